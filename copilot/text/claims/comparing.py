"""Which words of a source say the same as a claim, and which say another value for the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.domain.claim import ClaimKind, Source
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading
from copilot.text.claims.reckoning import follows
from copilot.text.claims.stems import stems

_NEAR = 48
_PARTS = re.compile("[,;:(]")
_CLAUSE = re.compile(r"[,.;:!?\n()\d]")
#: Percentages that a share in words stands for: two thirds are 66, 66.7 or 67 %.
_SHARE = Decimal(1)
_SAME_KIND = {
    ClaimKind.PRICE: (ClaimKind.PRICE,),
    ClaimKind.PERCENTAGE: (ClaimKind.PERCENTAGE,),
    ClaimKind.TIME: (ClaimKind.TIME,),
    ClaimKind.DURATION: (ClaimKind.DURATION,),
    ClaimKind.QUANTITY: (ClaimKind.QUANTITY,),
    ClaimKind.ORDER_NUMBER: (ClaimKind.ORDER_NUMBER,),
    ClaimKind.NAME: (ClaimKind.NAME,),
}


@dataclass(frozen=True, slots=True)
class Found:
    """``reading.shadow.low[start:end]`` of a source."""

    source: Source
    reading: Reading
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a claim is about: the stems of its sentence, and those close to it."""

    sentence: frozenset[str]
    near: frozenset[str]


def context_of(reading: Reading, mention: Mention) -> Surroundings:
    """What stands around a mention in its sentence, the mention left out."""
    return Surroundings(reading.stems(reading.sentence(mention.start)), remembered(reading, mention, "near", _near))


def remembered(
    reading: Reading, mention: Mention, what: str, made: Callable[[Reading, Mention], frozenset[str]]
) -> frozenset[str]:
    """What ``made`` says of a mention, worked out once: a source is held against many drafts."""
    key = (what, mention.kind, mention.start, mention.end)
    if key not in reading.notes:
        reading.notes[key] = made(reading, mention)
    return reading.notes[key]


def _near(reading: Reading, mention: Mention) -> frozenset[str]:
    first, last = reading.span(reading.sentence(mention.start))
    low = reading.shadow.low
    start, end = max(first, mention.start - _NEAR), min(max(last, mention.end), mention.end + _NEAR)
    near = stems(low[start : mention.start]) | stems(low[mention.end : end])
    own = frozenset([mention.about]) if mention.kind is ClaimKind.QUANTITY and mention.about else frozenset()
    return near | own


def around(reading: Reading, mention: Mention) -> frozenset[str]:
    """The stems of the sentence of a mention and of the one before it: a heading speaks for what follows."""
    sentence = reading.sentence(mention.start)
    return reading.stems(sentence) | (reading.stems(sentence - 1) if sentence else frozenset())


def trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    """A sentence without the space around it, cut at two hundred characters."""
    while start < end and low[start].isspace():
        start += 1
    while end > start and low[end - 1].isspace():
        end -= 1
    return start, min(end, start + 200)


def best(draft: Reading, mention: Mention, known: Sequence[tuple[Source, Reading]]) -> Found | None:
    """Where the sources say what ``mention`` says; where they speak of the same thing, when there are several."""
    wanted = context_of(draft, mention).sentence
    found: list[tuple[int, int, Found]] = []
    for rank, (source, reading) in enumerate(known):
        for one in _same(mention, reading, wanted):
            score = len(wanted & around(reading, one))
            found.append((score, -rank, Found(source, reading, one.start, one.end)))
    return max(found, key=lambda each: each[:2])[2] if found else _reckoned(draft, mention, known)


def _reckoned(draft: Reading, mention: Mention, known: Sequence[tuple[Source, Reading]]) -> Found | None:
    for source, reading in known:
        for one in follows(draft, mention, reading):
            return Found(source, reading, one.start, one.end)
    return None


def _same(mention: Mention, reading: Reading, wanted: frozenset[str] = frozenset()) -> Iterator[Mention]:
    met = False
    for key in mention.keys:
        for one in reading.by_key.get(key, ())[:64]:
            if one.kind is ClaimKind.PROMISE or _counts_other_things(mention, reading, one, wanted):
                continue
            met = True
            yield one
    if met:
        return
    if mention.kind is ClaimKind.PERCENTAGE and mention.number is not None:
        yield from (one for one in reading.of_kind(ClaimKind.PERCENTAGE) if _near_share(mention, one))
    if mention.about == "model" and any(_alike(mention, one) for one in reading.of_kind(mention.kind)):
        return
    if mention.kind in (ClaimKind.PRICE, ClaimKind.PERCENTAGE) and mention.number is not None:
        yield from _bare_number(mention, reading)
    numbered = mention.about == "model" or mention.kind in (ClaimKind.QUANTITY, ClaimKind.DURATION, ClaimKind.TIME)
    if numbered and mention.number is not None:
        yield from _same_number(mention, reading)
    if mention.kind is ClaimKind.QUANTITY and mention.number is not None and 2 <= mention.number <= 12:
        listed = (
            None
            if any(_alike(mention, one) for one in reading.of_kind(mention.kind))
            else _enumerated(mention, reading, wanted)
        )
        if listed:
            yield listed
    if mention.about == "code" or mention.kind is ClaimKind.ORDER_NUMBER:
        yield from _same_code(mention, reading)
    elif mention.kind is ClaimKind.QUANTITY and not mention.about and mention.number is not None and mention.number > 2:
        yield from _as_written(mention, reading)


def _bare_number(mention: Mention, reading: Reading) -> Iterator[Mention]:
    """A price of a list that says its currency once or never: "coupe 85 (au lieu de 110)"."""
    for one in reading.of_kind(ClaimKind.QUANTITY):
        if one.number == mention.number and not one.about and one.keys and one.keys[0].startswith("number "):
            yield one


def _as_written(mention: Mention, reading: Reading) -> Iterator[Mention]:
    """A bare number inside a longer sign: 214 in "C214", 3.2 in "v3.2"."""
    written = f"{mention.number}"
    low = reading.shadow.low
    place = low.find(written)
    if place >= 0 and not low[place - 1 : place].isdigit() and not low[place + len(written) :][:1].isdigit():
        yield mention.moved(place, place + len(written))


def _counts_other_things(mention: Mention, reading: Reading, one: Mention, wanted: frozenset[str]) -> bool:
    """True when the same number counts something else, and the source counts these things too."""
    if mention.kind is not ClaimKind.QUANTITY or not mention.about or one.about in ("", mention.about, "model"):
        return False
    if one.kind is not ClaimKind.QUANTITY or len(wanted & context_of(reading, one).near) > 1:
        return False
    return any(_alike(mention, other) for other in reading.of_kind(mention.kind)) and not _counts_the_same(
        mention, reading, one
    )


def _near_share(mention: Mention, one: Mention) -> bool:
    if mention.number is None or one.number is None or mention.number == one.number:
        return mention.number == one.number
    return abs(mention.number - one.number) <= _SHARE and (mention.number % 1 != 0 or one.number % 1 != 0)


def _same_number(mention: Mention, reading: Reading) -> Iterator[Mention]:
    """The same number counted otherwise: "500 exemplaires" and "500 vélos"; a bare number and any."""
    bare = mention.about in ("", "model") and mention.kind in (ClaimKind.QUANTITY, ClaimKind.NAME)
    for one in reading.mentions[:1000]:
        if one.kind is ClaimKind.DATE and one.day and bare and mention.number in (one.day.day, one.day.year):
            yield one
        elif one.number is None or one.number != mention.number:
            continue
        elif (
            (mention.about and mention.about in context_of(reading, one).near)
            or bare
            or one.about == "model"
            or (one.kind is ClaimKind.QUANTITY and not one.about)
        ):
            yield one


def _enumerated(mention: Mention, reading: Reading, wanted: frozenset[str]) -> Mention | None:
    """A list of as many things: "trois coloris" of "rouge, vert et bleu"."""
    if mention.number is None or mention.number % 1:
        return None
    low = reading.shadow.low
    for sentence in range(min(len(reading.ends) + 1, 60)):
        start, end = reading.span(sentence)
        said = low[start : min(end, start + 600)]
        parts = [
            part
            for stretch in said.split(":")
            for part in [stretch]
            if stretch.count(",") + stretch.count("/") or " et " in stretch or " and " in stretch
        ]
        for part in parts:
            count = (
                1 + part.count(",") + part.count("/") + part.count(" et ") + part.count(" and ") - part.count(", and ")
            )
            if count == mention.number and (
                not mention.about or mention.about in stems(said) or len(wanted & stems(said)) > 1
            ):
                return mention.moved(start, start + len(said))
    return None


def _same_code(mention: Mention, reading: Reading) -> Iterator[Mention]:
    wanted = mention.keys[0].removeprefix("code ") if mention.keys else ""
    for one in reading.mentions[:1000]:
        if any(key.removeprefix("code ").removeprefix("number ") == wanted for key in one.keys):
            yield one
    place = reading.words.get(wanted)
    if place is not None and wanted:
        yield mention.moved(place, place + len(wanted))


def _alike(mention: Mention, one: Mention) -> bool:
    """True when both are values of the same sort: prices, or so many of the same thing."""
    if one.kind not in _SAME_KIND.get(mention.kind, ()) or one.about == "vocative":
        return False
    if mention.kind is ClaimKind.NAME:
        if mention.about == "model":
            return one.about == "model" and mention.value.split()[0] == one.value.split()[0]
        return one.about == "code" and mention.about == "code"
    if mention.kind is ClaimKind.QUANTITY:
        return mention.about == one.about and bool(mention.about)
    if mention.kind is ClaimKind.DURATION:
        return mention.keys[:1] != one.keys[:1]
    return True


def _counts_the_same(mention: Mention, reading: Reading, one: Mention) -> bool:
    """True for the "entreprises" of a draft and "340 clients entreprises"."""
    if not (mention.kind is one.kind is ClaimKind.QUANTITY) or not mention.about:
        return False
    after = reading.shadow.low[one.end : one.end + 24]
    return after.startswith(" ") and mention.about in stems(_CLAUSE.split(after, maxsplit=1)[0])


def _candidates(mention: Mention, known: Iterable[tuple[Source, Reading]]) -> Iterator[tuple[Source, Reading, Mention]]:
    for source, reading in known:
        for one in reading.of_kind(mention.kind):
            comparable = _alike(mention, one) or _counts_the_same(mention, reading, one)
            if comparable and not set(one.keys) & set(mention.keys):
                yield source, reading, one


def rivals_of(draft: Reading, mention: Mention, known: Sequence[tuple[Source, Reading]]) -> Found | None:
    """Another value that the sources give for the same thing; None when they speak of other things."""
    candidates = list(_candidates(mention, known))
    if not candidates:
        return None
    wanted = context_of(draft, mention)
    ranked = sorted(
        candidates,
        key=lambda each: (
            -2 * len(wanted.near & context_of(each[1], each[2]).near) - len(wanted.sentence & around(each[1], each[2])),
            _unlike(mention, each[2]),
        ),
    )
    source, reading, one = ranked[0]
    shared = wanted.sentence & around(reading, one)
    alone = len({each[2].keys[:1] for each in candidates}) == 1
    if shared or mention.kind in (ClaimKind.QUANTITY, ClaimKind.ORDER_NUMBER):
        return Found(source, reading, one.start, one.end)
    if alone and (not wanted.near or wanted.near & _known_stems(known)):
        return Found(source, reading, one.start, one.end)
    return None


def _unlike(mention: Mention, one: Mention) -> int:
    """How far apart two written values are, to choose between rivals that are otherwise equal."""
    ours, theirs = mention.value, one.value
    return sum(left != right for left, right in zip(ours, theirs, strict=False)) + abs(len(ours) - len(theirs))


def _known_stems(known: Sequence[tuple[Source, Reading]]) -> frozenset[str]:
    gathered: set[str] = set()
    for _, reading in known:
        for sentence in range(min(len(reading.ends) + 1, 400)):
            gathered |= reading.stems(sentence)
    return frozenset(gathered)


_SWAPPED = frozenset([ClaimKind.PRICE, ClaimKind.PERCENTAGE, ClaimKind.TIME, ClaimKind.DURATION])


def says_otherwise(
    draft: Reading, mention: Mention, support: Found, known: Sequence[tuple[Source, Reading]]
) -> Found | None:
    """A value given for what the draft speaks of, while the one it gives belongs to something else.

    Only when the words beside the claim stand beside the other value, and none of them beside the claimed one.
    """
    if mention.kind not in _SWAPPED:
        return None
    if mention.kind is ClaimKind.TIME:
        other = _other_day(draft, mention, known)
        if other:
            return other
    near = _label(draft, mention)
    if not near:
        return None
    labels = [_label(reading, one) for _, reading in known for one in _same(mention, reading)]
    if not labels or not all(labels):
        return None
    best_so_far: tuple[int, Found | None] = (0, None)
    for source, reading, one in _candidates(mention, known):
        theirs = _label(reading, one)
        shared = min(len((near - (label & theirs)) & theirs) for label in labels)
        if shared > best_so_far[0] and not any((near - (label & theirs)) & label for label in labels):
            best_so_far = (shared, Found(source, reading, one.start, one.end))
    return best_so_far[1]


def _other_day(draft: Reading, mention: Mention, known: Sequence[tuple[Source, Reading]]) -> Found | None:
    """The hour that the sources give for the weekday of the draft, when the one it gives is that of other days."""
    wanted = _governing(draft, mention)
    if not wanted:
        return None
    rival: Found | None = None
    for source, reading in known:
        for one in reading.of_kind(ClaimKind.TIME):
            days = _governing(reading, one)
            same = bool(set(one.keys) & set(mention.keys))
            if same and (not days or days & wanted):
                return None
            if not same and days & wanted:
                rival = rival or Found(source, reading, one.start, one.end)
    return rival


def _governing(reading: Reading, mention: Mention) -> frozenset[int]:
    """The weekdays that an hour is of: those said before it in its sentence, the nearest ones."""
    first, _ = reading.span(reading.sentence(mention.start))
    days: frozenset[int] = frozenset()
    for one in reading.between(first, mention.start):
        if one.kind is ClaimKind.DATE and one.day and one.day.day is None:
            days = one.day.weekdays or days
    return days


#: What any price or hour is called: it tells no two of them apart.
_VAGUE = frozenset(["price", "full", "open", "start", "end", "discount"])


def _label(reading: Reading, mention: Mention) -> frozenset[str]:
    """The words between the value before it (or the start of the sentence) and a value: what it is the value of."""
    return remembered(reading, mention, "label", _said_before)


def _said_before(reading: Reading, mention: Mention) -> frozenset[str]:
    first, _ = reading.span(reading.sentence(mention.start))
    start = max(first, mention.start - _NEAR)
    for other in reading.between(start - _NEAR, mention.start):
        if other.end > start and other.kind is mention.kind:
            start = other.end
    for part in reversed(_PARTS.split(reading.shadow.low[start : mention.start])):
        said = frozenset(one for one in stems(part) - _VAGUE if not one.isdigit())
        if said:
            return said
    return frozenset()
