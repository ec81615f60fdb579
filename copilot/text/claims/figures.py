"""Figures: each is read where its digits stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.domain.claim import ClaimKind
from copilot.text.claims.amounts import priced, read_duration, read_measure, read_percentage, read_price
from copilot.text.claims.clocks import ALWAYS, AT_END, FROM, NOON, bare_hour, hour_keys, read_clock
from copilot.text.claims.codes import read_code
from copilot.text.claims.days import read_day
from copilot.text.claims.mention import Day, Mention
from copilot.text.claims.scanning import ANY_NUMBER, Capital, Scan
from copilot.text.claims.stems import stem
from copilot.text.claims.units import BASE_UNITS, SCALES, same_durations
from copilot.text.facts.dates import WEEKDAYS
from copilot.text.facts.numbers import plain
from copilot.text.lexicons import words

_DIGIT = re.compile(r"\d")

_LOW_JOINT = re.compile(r" ?(?:-|/) ?| (?:a|au|to|till|until|ou|or|et|and|jusqu'a) ")

_BOTH_BEFORE = re.compile(r"(?:entre|between|de|from|des|d') ?$")

_RANGE_BEFORE = re.compile(
    r"(?:^|[^\w ]|(?<![a-z])(?:de|des|d'|entre|from|between|environ|about|comptez|compter|coute|vaut|sous|en|dans"
    r"|within|in|takes?|dure|around|ouverts?|open|ages?"
    r"|aged|ans|jours|est|is|livraison|delivery|delai|les|the|par|for|pour|prevoir|prevoyez|comptons)) ?$"
)

_NOUN = re.compile(
    r" (?:(?:millions?|milliards?|thousand) )?(?:de |d'|of )?(?:(?:nouveaux|nouvelles|grands|grandes|petits|petites"
    r"|premiers|premieres|derniers|dernieres|belles|beaux"
    r"|seules|seuls|autres|new|free|limited|lucky|extra|first|last|signed|more|great|big|small|full|different|other"
    r"|meilleurs|meilleures|bons|bonnes) )?"
    r"(?P<noun>[^\W\d_][^\W\d_'-]{1,30}(?:-[^\W\d_]{2,20})?)"
)

_NOT_NOUNS = words(
    "a au aux du des le la les et ou de d en dans sur sous par pour avec sans chez dont qui que est sont sera "
    "seront ont a was were is are has have had and or of to in on at by for with without from the this that "
    "our your until plus moins tres pas et puis car mais si il elle ils elles on nous vous je tu se ne euros "
    "jusqu but so as we you they it he she who which when dès des depuis vers hors selon entre ici can will "
    "would could soit etc avant apres fois_"
)

_DAY_NAMES = frozenset(f"{name}{ending}" for name in WEEKDAYS for ending in ("", "s"))

_ORDINAL = re.compile(r"(?:er|ere|e|eme|ieme|st|nd|rd|th)(?![a-z])")

_ORDINAL_NOUN = re.compile(
    r" (?:edition|anniversaire|anniversary|saison|season|birthday|annee|year|fois|place|rang|etage|floor)"
)

_YEAR = re.compile(r"(?:19|20)\d\d$")

_YEAR_BEFORE = re.compile(
    r"(?:(?<!\w)(?:en|depuis|des|in|since|until|by|fonde(?:e|es|s)? en|cree(?:e|es|s)? en|annee|edition|millesime"
    r"|saison|printemps|ete|automne|hiver|spring"
    r"|summer|autumn|winter|season|rentree|cuvee|d'ici|avant|before|of|de|vintage|noel)) $"
)

_RATING = re.compile(r" ?(?:/|sur|out of) ?(?P<top>5|10|20|100)(?![\d/])(?: etoiles| stars)?")

_FRACTION = re.compile(r"(?P<of>\d{1,2})/(?P<all>\d{1,2})(?![\d/])")


_KEYCAP = "\ufe0f\u20e3"


def find_figures(text: str, language: str, closed: bytearray, capital: Capital) -> Iterator[Mention]:
    """Figures of ``text`` (a shadow in digits), in order.

    ``closed`` marks characters that other claims hold; ``capital(start, end)`` tells if a stretch was written with one.
    """
    scan = Scan(text, language, closed, capital)
    done = 0
    for match in _DIGIT.finditer(text):
        here = match.start()
        if here < done or closed[here]:
            continue
        end, found = _read(scan, here)
        done = max(end, here + 1)
        yield from found
    for match in NOON.finditer(text):
        hour = "12:00" if match["name"] in ("midi", "noon", "midday") else "00:00"
        keys = (f"time {hour}",) if hour == "12:00" else ("time 00:00", "time 24:00")
        yield Mention(ClaimKind.TIME, *match.span("name"), hour, keys)


def _read(scan: Scan, here: int) -> tuple[int, list[Mention]]:
    """What begins at the digit ``here``, and where it ends."""
    coded = read_code(scan, here)
    if coded:
        return coded
    always = ALWAYS.match(scan.text, here)
    if always:
        if always.lastgroup in ("week", "days"):
            return always.end(), [Mention(ClaimKind.DATE, *always.span(), "daily", day=Day(weekday=0, until=6))]
        return always.end(), [Mention(ClaimKind.TIME, *always.span(), "24/24", ("time 24/24",))]
    day = read_day(scan.text, here)
    if day:
        return day[-1].end, day
    number = ANY_NUMBER.match(scan.text, here)
    if not number:
        skipped = re.compile(r"\d+").match(scan.text, here)
        end = skipped.end() if skipped else here + 1
        return end, []
    end = number.end()
    if scan.text[end : end + 1] in _KEYCAP and scan.text[end : end + 1]:
        return end, []
    for reader in (read_clock, read_percentage, read_price, read_duration, read_measure):
        found = reader(scan, number)
        if found:
            return found[-1].end, found
    ranged = _low_of_range(scan, number)
    if ranged:
        return ranged[-1].end, ranged
    return _bare(scan, number)


def _low_of_range(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The low end of ``10 à 18 h``, ``20-30 %``, ``from €10 to 15``: it has the unit of the high end."""
    joint = _LOW_JOINT.match(scan.text, number.end())
    if not joint:
        return []
    word = joint.group().strip()
    if word in ("et", "and", "ou", "or", "/") and not _BOTH_BEFORE.search(scan.before(number.start(), 12)):
        return []
    if word in ("a", "au", "to") and not _RANGE_BEFORE.search(scan.before(number.start(), 14)):
        return []
    high = ANY_NUMBER.match(scan.text, joint.end())
    if not high:
        return []
    for reader in (read_clock, read_percentage, read_price, read_duration, read_measure):
        found = reader(scan, high)
        if found:
            return [_as_low(scan, number, found[0]), *found]
    if scan.language == "en" and FROM.search(scan.before(number.start(), 12)) and AT_END.match(scan.text, high.end()):
        return [bare_hour(one) for one in (number, high) if one.group().isdigit() and 1 <= int(one.group()) <= 12]
    return []


def _as_low(scan: Scan, number: re.Match[str], high: Mention) -> Mention:
    span = number.span()
    values = scan.values(number.group())
    if high.kind is ClaimKind.TIME:
        hour = int(values[0]) if values[0] <= 24 else 0
        later = (
            high.number is not None and high.number >= 12 and hour < 12 and "m" in scan.text[high.end - 2 : high.end]
        )
        keys = hour_keys(hour, 0, "", later or scan.language == "en")
        return Mention(ClaimKind.TIME, *span, keys[0].removeprefix("time "), keys, Decimal(hour))
    if high.kind is ClaimKind.PERCENTAGE:
        return Mention(
            high.kind, *span, f"{plain(values[0])} %", tuple(f"percent {plain(one)}" for one in values), values[0], "%"
        )
    if high.kind is ClaimKind.PRICE:
        return priced(*span, values, high.about, "")
    if high.kind is ClaimKind.DURATION:
        keys = tuple(same_durations(values[0], high.about))
        return Mention(high.kind, *span, keys[0], keys, values[0], high.about)
    factor = Decimal(1)
    for times, unit in BASE_UNITS.values():
        if unit == high.about and high.number and f"measure {plain(high.number * Decimal(times))} {unit}" in high.keys:
            factor = Decimal(times)
    return Mention(
        high.kind,
        *span,
        f"{plain(values[0] * factor)} {high.about}",
        (f"measure {plain(values[0] * factor)} {high.about}",),
        values[0],
        high.about,
    )


def _bare(scan: Scan, number: re.Match[str]) -> tuple[int, list[Mention]]:
    """A number without a unit: a year, a rank, a mark out of five, so many things, or the number alone."""
    text, start, end = scan.text, *number.span()
    values = scan.values(number.group())
    rank = _ORDINAL.match(text, end)
    if rank:
        if values[0] == 1 or not _ORDINAL_NOUN.match(text, rank.end()):
            return rank.end(), []
        return rank.end(), [
            Mention(ClaimKind.QUANTITY, start, rank.end(), plain(values[0]), (f"number {plain(values[0])}",), values[0])
        ]
    rated = _RATING.match(text, end)
    if rated and values[0] <= int(rated["top"]):
        shown = f"{plain(values[0])}/{rated['top']}"
        return rated.end(), [
            Mention(
                ClaimKind.QUANTITY,
                start,
                rated.end(),
                shown,
                (f"rating {shown}", f"percent {plain(values[0] * 100 / int(rated['top']))}"),
                values[0],
                "rating",
            )
        ]
    fraction = _FRACTION.match(text, start)
    if fraction:
        return fraction.end(), []
    if _list_mark(scan, start, end):
        return end, []
    if _YEAR.fullmatch(number.group()):
        soft = not _YEAR_BEFORE.search(scan.before(start))
        year = int(number.group())
        mention = Mention(
            ClaimKind.DATE, start, end, str(year), (f"number {year}",), values[0], day=Day(year=year), soft=soft
        )
        noun = _NOUN.match(text, end)
        if not soft or not noun or noun["noun"] in _NOT_NOUNS:
            return end, [mention]
    return _counted(scan, number, values)


def _list_mark(scan: Scan, start: int, end: int) -> bool:
    before = scan.text[max(0, start - 3) : start]
    opens = start == 0 or before.endswith("\n") or before in ("\n  ", "  ")
    return opens and bool(re.compile(r"[.)/:]|\s-|-\s").match(scan.text, end))


def _counted(scan: Scan, number: re.Match[str], values: tuple[Decimal, ...]) -> tuple[int, list[Mention]]:
    text, start, end = scan.text, *number.span()
    big = re.compile(r" (millions?|milliards?|billion|thousand|k)(?!\w)").match(text, end)
    if big:
        values = tuple(one * SCALES[big[1]] for one in values)
        end = big.end()
    noun = _NOUN.match(text, number.end())
    if noun and (noun["noun"] in _NOT_NOUNS or scan.closed[noun.start("noun")]):
        noun = None
    shown = plain(values[0])
    keys = tuple(f"number {plain(one)}" for one in values)
    if noun is None:
        return end, [Mention(ClaimKind.QUANTITY, start, end, shown, keys, values[0])]
    if noun["noun"] in _DAY_NAMES:
        return end, [Mention(ClaimKind.QUANTITY, start, end, shown, keys, values[0])]
    about = stem(noun["noun"])
    return noun.end(), [Mention(ClaimKind.QUANTITY, start, noun.end(), f"{shown} {about}", keys, values[0], about)]
