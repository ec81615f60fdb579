"""Values that no source writes but that follow from what it writes: products, differences, counts, "more than"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading

_MORE = re.compile(r"(?:plus de|au[- ]dela de|more than|over|upwards of|above) $")
_LESS = re.compile(r"(?:moins de|less than|under|fewer than|below|a peine|pas loin de) $")
_NEARLY = re.compile(
    r"(?:pres de|presque|environ|quelque|autour de|a peu pres|dans les|nearly|almost|around|about|roughly|some|circa"
    r"|approximately|close to) $"
)
_ROUND = re.compile(r"(?:une? (?:petite |bonne |bon |petit )?(?:[a-z]{3,9}aine|millier)|a (?:dozen|hundred|thousand))")
_OLD_PRICE = re.compile(r"(?:de|economise[zr]?|gagnez|save|saving|off|remise|reduction|rabais) $|$")
#: How far a rounded value may be from the true one.
_LOOSE = Decimal("0.15")
_FAR = Decimal("0.35")
_TOTAL = re.compile(
    r"(?<![a-z])(?:au total|en tout|the set|in total|altogether|the lot|total|la serie|par an)(?![a-z])"
)
_DAYLIKE = frozenset(
    ["soir", "evening", "date", "night", "day", "jour", "week-end", "weekend", "seance", "represent", "show", "session"]
)
_SERIES = re.compile(
    r"(?<![a-z])(?P<what>saison|season|episode|tome|volume|vol|niveau|level|quai|quay|zone|hall|chapitre|partie"
    r"|etape)s? $"
)
_MOST = 60


def follows(draft: Reading, mention: Mention, reading: Reading) -> Iterator[Mention]:
    """What ``reading`` writes that makes a value of ``draft`` true without writing it."""
    if mention.number is None:
        return
    if mention.kind is ClaimKind.PRICE:
        yield from _products(draft, mention, reading)
    if mention.kind is ClaimKind.QUANTITY:
        yield from _days_counted(mention, reading)
        yield from _in_a_series(draft, mention, reading)
    if mention.kind in (ClaimKind.PRICE, ClaimKind.QUANTITY, ClaimKind.PERCENTAGE, ClaimKind.DURATION):
        yield from _rounded(draft, mention, reading)


def _before(reading: Reading, mention: Mention, length: int = 24) -> str:
    return reading.shadow.low[max(0, mention.start - length) : mention.start]


def _products(draft: Reading, mention: Mention, reading: Reading) -> Iterator[Mention]:
    """72 € for two hours at 36 €; 21 € for half of 42 €; 80 € for 100 € less 20 %; 20 € for what is saved of 100."""
    first, last = draft.span(draft.sentence(mention.start))
    factors = {
        one.number
        for one in draft.between(first, last)
        if one.kind in (ClaimKind.QUANTITY, ClaimKind.DURATION) and one.number and 2 <= one.number <= 100
    }
    if _TOTAL.search(draft.shadow.low, mention.end, min(last, mention.end + 30)) or _TOTAL.search(
        _before(draft, mention)
    ):
        factors |= {Decimal(few) for few in range(2, 13)}
    prices = [one for one in reading.of_kind(ClaimKind.PRICE)[:_MOST] if one.about == mention.about]
    shares = [one.number for one in reading.of_kind(ClaimKind.PERCENTAGE)[:_MOST] if one.number]
    for one in prices:
        base = one.number or Decimal(0)
        made = {base * factor for factor in factors} | {base * (100 - share) / 100 for share in shares}
        if mention.number in made:
            yield one


def _days_counted(mention: Mention, reading: Reading) -> Iterator[Mention]:
    """The dates of one sentence, when there are as many: "trois soirs"."""
    if mention.about not in _DAYLIKE or mention.number is None or mention.number > 31:
        return
    by_sentence: dict[int, list[Mention]] = {}
    for one in reading.of_kind(ClaimKind.DATE)[:_MOST]:
        by_sentence.setdefault(reading.sentence(one.start), []).append(one)
    for days in by_sentence.values():
        if len(days) == mention.number:
            yield days[0].moved(days[0].start, days[-1].end)


def _in_a_series(draft: Reading, mention: Mention, reading: Reading) -> Iterator[Mention]:
    """The "saison 2" of "S2"."""
    series = _SERIES.search(_before(draft, mention))
    if series:
        code = f"{series['what'][0]}{mention.number}"
        place = reading.words.get(code)
        if place is not None:
            yield mention.moved(place, place + len(code))


def _rounded(draft: Reading, mention: Mention, reading: Reading) -> Iterator[Mention]:
    """The "plus de 200" said of 213, "près de 500" for 487, "une centaine" for 97."""
    before = _before(draft, mention)
    low = draft.shadow.low[mention.start : mention.end]
    more, less = bool(_MORE.search(before)), bool(_LESS.search(before))
    nearly = bool(_NEARLY.search(before) or _ROUND.match(low))
    if not (more or less or nearly) or mention.number is None:
        return
    for one in reading.of_kind(mention.kind):
        if one.number is None or (one.about != mention.about and mention.kind is not ClaimKind.QUANTITY):
            continue
        away = one.number - mention.number
        room = abs(mention.number) * (_LOOSE if nearly else _FAR)
        if abs(away) <= room and (nearly or (more and away >= 0) or (less and away <= 0)):
            yield one
