"""Holds the promises of a draft against what the brand commits to in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copilot.domain.claim import ClaimKind, Source
from copilot.text.claims.comparing import Found
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading
from copilot.text.claims.stems import stems

_Known = Sequence[tuple[Source, Reading]]
#: A source that says the word at all covers these; "free" must be of the same thing.
_NOTIONS = {"refund": "refund", "delivery": "deliver", "exchange": "exchange", "replacement": "replace"}
_KIN = {"compensation": ("compensation", "free"), "free": ("free", "compensation", "delivery"), "refund": ("refund",)}
_BEFORE = 60
_FIRST = re.compile("1er|premier")
_TIME_SPAN = re.compile(
    r"(?<!\w)(?:1er|premier|first|\d+|deux|trois|two|three)"
    r" (?:mois|months?|semaines?|weeks?) (?:(?:est|sont|is|are) )?\Z"
)


def support(draft: Reading, mention: Mention, known: _Known) -> Found | None:
    """Where a source makes the same promise, of the same thing, without taking it back."""
    for source, reading in known:
        for one in reading.mentions:
            if (
                one.about in _KIN.get(mention.about, (mention.about,))
                and one.value
                and _same_thing(draft, mention, reading, one)
            ):
                return Found(source, reading, one.start, one.end)
    notion = _NOTIONS.get(mention.about)
    for source, reading in known if notion else ():
        found = _notion(reading, str(notion), mention.about)
        if found:
            return Found(source, reading, *found)
    return None


def _same_thing(draft: Reading, mention: Mention, reading: Reading, one: Mention) -> bool:
    if mention.about == "moment":
        return set(mention.keys) == set(one.keys) and _words(draft, mention) == _words(reading, one)
    if mention.about != "free":
        return mention.about == one.about
    theirs = reading.stems(reading.sentence(one.start))
    near = _object(draft, mention)
    if not near or _days_said(draft, mention) & _days_said(reading, one):
        return True
    if _span_of_time(draft, mention) and _span_of_time(draft, mention) == _span_of_time(reading, one):
        return True
    if near & theirs:
        return True
    shared = (draft.stems(draft.sentence(mention.start)) & theirs) - {"free"}
    if any(one.isdigit() for one in shared) or not near - {"gift"}:
        return True
    return len(shared) >= 2


def _days_said(reading: Reading, mention: Mention) -> frozenset[int]:
    """The weekdays named in the sentence of a mention."""
    first, last = reading.span(reading.sentence(mention.start))
    days = (one.day for one in reading.between(first, last) if one.kind is ClaimKind.DATE)
    return frozenset(day.weekday for day in days if day is not None and day.weekday is not None)


def _span_of_time(reading: Reading, mention: Mention) -> str:
    """The "mois" of "premier mois offert", the "month" of "first month free"."""
    low = reading.shadow.low
    said = _TIME_SPAN.search(low[max(0, mention.start - 24) : mention.start])
    return _FIRST.sub("first", said.group().strip()) if said else ""


def _words(reading: Reading, mention: Mention) -> str:
    return reading.shadow.low[mention.start : mention.end]


def _object(draft: Reading, mention: Mention) -> frozenset[str]:
    """What is free: the telling words close by, after "free", before "offerte"."""
    low = draft.shadow.low
    first, last = draft.span(draft.sentence(mention.start))
    word = low[mention.start : mention.end]
    if word.startswith(("entree", "acces", "frais de")):
        return stems(word) - {"free"}
    after = stems(low[mention.end : min(last, mention.end + 32)].partition(",")[0])
    before = _last(low[max(first, mention.start - _BEFORE) : mention.start])
    if word in ("free", "complimentary") or word.startswith("offr"):
        return after or before
    return (before or after) - {"free"}


def _last(stretch: str) -> frozenset[str]:
    """The two last telling words of a stretch, its clause first."""
    words = [one for one in stretch.replace("'", " ").split() if stems(one)]
    return stems(" ".join(words[-2:]))


def _notion(reading: Reading, notion: str, about: str) -> tuple[int, int] | None:
    """The first sentence that speaks of the notion and does not refuse it."""
    refused = {reading.sentence(one.start) for one in reading.refusals if one.value == about}
    for sentence in range(min(len(reading.ends) + 1, 400)):
        if sentence not in refused and notion in reading.stems(sentence):
            start, end = reading.span(sentence)
            return _trimmed(reading.shadow.low, start, end)
    return None


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    while start < end and low[start].isspace():
        start += 1
    while end > start and low[end - 1].isspace():
        end -= 1
    return start, min(end, start + 200)


def contradiction(mention: Mention, valid: Iterable[tuple[Source, Reading]]) -> Found | None:
    """Where a source refuses what the draft promises."""
    for source, reading in valid:
        for one in reading.refusals:
            if one.value == mention.about:
                start, end = _trimmed(reading.shadow.low, *reading.span(reading.sentence(one.start)))
                return Found(source, reading, start, max(end, start))
    return None
