"""Holds the promises of a draft against what the brand commits to in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copilot.domain.claim import ClaimKind, Source
from copilot.text.claims.comparing import Found, trimmed
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading
from copilot.text.claims.stems import stems

_Known = Sequence[tuple[Source, Reading]]
#: A source that says the word at all covers these; "free" must be of the same thing.
_NOTIONS = {
    "refund": ("refund",),
    "delivery": ("deliver",),
    "exchange": ("exchange", "replace"),
    "replacement": ("replace", "exchange"),
}
_KIN = {"compensation": ("compensation", "free"), "free": ("free", "compensation"), "refund": ("refund",)}
_KIN |= {"exchange": ("exchange", "replacement"), "replacement": ("replacement", "exchange")}
_FIRST_WORD = re.compile(r"(?<![a-z\d])(?:1ere?|premiere?s?|1st|first)(?![a-z])")
_GIVING = re.compile(
    r"offert(?:es|e|s)?|gratuit(?:ement|es|e|s)?|free|complimentary|offr(?:e|ons|irons|ira|ir)|inclus\w*"
)
#: When somebody would have their money, as no policy says it.
_MOMENT = re.compile(
    r"(?<!\w)(?:demain|aujourd'hui|ce soir|ce matin|cet apres-midi|cette semaine|immediatement|tout de suite"
    r"|sur-le-champ|dans l'heure|dans la journee"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|tomorrow|today|tonight|right away|right now"
    r"|immediately|instantly|straight away"
    r"|this (?:week|morning|afternoon|evening)|within the hour|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday)(?!\w)"
)
_NEAR = 40
_APART = re.compile(r" et | and |, | ainsi que | plus ")
_BEFORE = 60
_FIRST = re.compile("1er|premier")
_TIME_SPAN = re.compile(
    r"(?<!\w)(?:1er|premier|first|\d+|deux|trois|two|three)"
    r" (?:mois|months?|semaines?|weeks?) (?:(?:est|sont|is|are) )?\Z"
)


def support(draft: Reading, mention: Mention, known: _Known) -> Found | None:
    """Where a source makes the same promise, of the same thing, without taking it back."""
    for source, reading in known:
        for one in reading.of_kind(ClaimKind.PROMISE):
            if (
                one.about in _KIN.get(mention.about, (mention.about,))
                and one.value
                and _same_thing(draft, mention, reading, one)
                and not _sooner(draft, mention, reading)
            ):
                return Found(source, reading, one.start, one.end)
    for notion in _NOTIONS.get(mention.about, ()):
        for source, reading in known:
            if _sooner(draft, mention, reading):
                continue
            found = _notion(reading, notion, mention.about)
            if found:
                return Found(source, reading, *found)
    return None


def _sooner(draft: Reading, mention: Mention, reading: Reading) -> bool:
    """True for a refund promised for a moment the source does not name: a policy does not say "tomorrow"."""
    if mention.about != "refund":
        return False
    first, last = draft.span(draft.sentence(mention.start))
    said = draft.shadow.low[max(first, mention.start - _NEAR) : min(last, mention.end + _NEAR)]
    return any(moment not in reading.shadow.low for moment in _MOMENT.findall(said))


def _same_thing(draft: Reading, mention: Mention, reading: Reading, one: Mention) -> bool:
    if mention.about == "moment":
        return set(mention.keys) == set(one.keys) and _words(draft, mention) == _words(reading, one)
    if mention.about != "free":
        return mention.about == one.about
    theirs = reading.stems(reading.sentence(one.start))
    if any(not given & theirs for given in _given_apart(draft, mention)):
        return False
    near = _object(draft, mention)
    if _first(draft, mention) and _first(reading, one):
        return True
    if _numbers_by(draft, mention) & _numbers_by(reading, one):
        return True
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


def _first(reading: Reading, mention: Mention) -> bool:
    low = reading.shadow.low
    return bool(_FIRST_WORD.search(low[max(0, mention.start - 30) : mention.end + 30]))


def _numbers_by(reading: Reading, mention: Mention) -> frozenset[str]:
    """The figures beside a gift, in words or not: the 5 of "under-5s travel free"."""
    told = reading.between(mention.start - 24, mention.end + 24)
    return frozenset(f"{one.number}" for one in told if one.number is not None and one.number > 1)


def _given_apart(draft: Reading, mention: Mention) -> list[frozenset[str]]:
    """Each thing given of a list: "le repas" and "un coupe-vent" of "le repas et un coupe-vent offerts"."""
    words = draft.shadow.low[mention.start : mention.end]
    if not words.endswith(("offerts", "offertes", "gratuits", "gratuites")):
        return []
    listed = [stems(_GIVING.sub(" ", part)) for part in _APART.split(words)]
    return [one for one in listed if one] if len(listed) > 1 else []


def _days_said(reading: Reading, mention: Mention) -> frozenset[int]:
    """The weekdays named in the sentence of a mention."""
    first, last = reading.span(reading.sentence(mention.start))
    days = (one.day for one in reading.between(first, last) if one.kind is ClaimKind.DATE)
    return frozenset(day.weekday for day in days if day is not None and day.weekday is not None)


def _span_of_time(reading: Reading, mention: Mention) -> str:
    """The "mois" of "premier mois offert", the "month" of "first month free"."""
    low = reading.shadow.low
    _, start, _ = _giving_word(reading, mention)
    said = _TIME_SPAN.search(low[max(0, start - 24) : start])
    return _FIRST.sub("first", said.group().strip()) if said else ""


def _words(reading: Reading, mention: Mention) -> str:
    return reading.shadow.low[mention.start : mention.end]


def _object(draft: Reading, mention: Mention) -> frozenset[str]:
    """What is free: the telling words close by, after "free", before "offerte"."""
    low = draft.shadow.low
    first, last = draft.span(draft.sentence(mention.start))
    word, start, end = _giving_word(draft, mention)
    own = (
        stems(_GIVING.sub(" ", low[mention.start : mention.end])) if mention.end - mention.start > end - start else None
    )
    if own:
        return own
    if word.startswith(("entree", "acces", "frais de")):
        return stems(word) - {"free"}
    after = stems(low[end : min(last, end + 32)].partition(",")[0])
    before = _last(low[max(first, start - _BEFORE) : start], 4 if word == "sans frais" else 2)
    if word in ("free", "complimentary") or word.startswith("offr"):
        return after or before
    return (before or after) - {"free"}


def _giving_word(draft: Reading, mention: Mention) -> tuple[str, int, int]:
    """The word that gives, without what it gives, and where it stands."""
    low = draft.shadow.low[mention.start : mention.end]
    found = None if low.startswith(("entree", "acces", "frais de")) else _GIVING.search(low)
    if not found:
        return low, mention.start, mention.end
    return found.group(), mention.start + found.start(), mention.start + found.end()


def _last(stretch: str, most: int) -> frozenset[str]:
    """The last telling words of a stretch, its clause first."""
    words = [one for one in stretch.replace("'", " ").split() if stems(one)]
    return stems(" ".join(words[-most:]))


def _notion(reading: Reading, notion: str, about: str) -> tuple[int, int] | None:
    """The first sentence that speaks of the notion and does not refuse it."""
    refused = {reading.sentence(one.start) for one in reading.refusals if one.value == about}
    for sentence in range(min(len(reading.ends) + 1, 400)):
        if sentence not in refused and notion in reading.stems(sentence):
            start, end = reading.span(sentence)
            return trimmed(reading.shadow.low, start, end)
    return None


def contradiction(mention: Mention, valid: Iterable[tuple[Source, Reading]]) -> Found | None:
    """Where a source refuses what the draft promises."""
    for source, reading in valid:
        for one in reading.refusals:
            if one.value == mention.about:
                start, end = trimmed(reading.shadow.low, *reading.span(reading.sentence(one.start)))
                return Found(source, reading, start, max(end, start))
    return None
