"""Times of day, told apart from durations (``en 24 h``), ratios (``16:9``) and opening formulas (``24/7``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.page import Page

_S = "[ \u00a0\u202f]"
_HOUR = r"(?<![\d:.,/])(?:[01]?\d|2[0-3])"
_H = rf"{_S}?(?:h(?:eures?|rs?)?)(?![^\W\d])"

_LETTER_H = re.compile(rf"(?P<hour>{_HOUR}){_H}(?:{_S}?(?P<minute>[0-5]\d)(?!\d|[.,]\d))?(?![\w/])", re.IGNORECASE)
_COLON = re.compile(rf"(?P<hour>{_HOUR}):(?P<minute>[0-5]\d)(?![\d:.])(?:{_S}?(?P<half>[ap])\.?m\b\.?)?", re.IGNORECASE)
_AM_PM = re.compile(
    rf"(?:(?P<low>{_HOUR}){_S}?[-–]{_S}?|(?P<low_to>{_HOUR}){_S}to{_S})?"
    rf"(?P<hour>(?<![\d:.,/])(?:0?[1-9]|1[0-2]))(?:[:.](?P<minute>[0-5]\d))?{_S}?(?P<half>[ap])(?:m\b|\.m\.)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?<!\w)(?:de|from|entre|between){_S})?(?P<low>{_HOUR}){_S}?(?:à|et|[-–]|to){_S}?"
    rf"(?P<hour>{_HOUR}){_H}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<!\w)(?:à|jusqu['’]à|avant|dès|de|at|by|until|before)\s(?P<name>midi|minuit|noon|midnight)(?![\w-])",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?:ratio|format|échelle|scale|score|cote)\s*:?\s*$", re.IGNORECASE)
_ANY_RATIO = re.compile(r"(?<![\d:])\d{1,4}:\d{1,4}(?![\d:])")
_LASTING_BEFORE = re.compile(
    r"(?:\b(?:en|sous|pendant|durant|dure|durera|durées?(?: de)?(?: :)?|autonomie(?: de)?(?: :)?|moins de|plus de"
    r"|délai de|toutes les|tous les|environ|maximum|within|for|in|under|every|lasts|about|total de"
    r"|livraison|delivery)|d['’]ici"
    r"|d['’]environ)\s*$",
    re.IGNORECASE,
)
_LASTING_AFTER = re.compile(
    r"\s?(?:d['’](?:autonomie|affilée|attente|écoute|avance|atelier)"
    r"|de (?:vol|route|trajet|marche|cours|formation|spectacle"
    r"|musique|jeu|charge|live|direct|travail|lecture)|chrono|non[- ]stop"
    r"|par (?:jour|semaine|mois)|max\b|/|of |a day|long)",
    re.IGNORECASE,
)
_ALWAYS_OPEN = re.compile(
    r"24\s?h\s?(?:/|sur)\s?24(?:\s?h)?|(?<![\d/])24\s?/\s?7(?![\d/])|7\s?j(?:ours)?\s?(?:/|sur)\s?7(?:\s?j)?"
)


def is_lasting(page: Page, start: int, end: int) -> bool:
    """True when the words around ``text[start:end]`` make it a duration, not a time of day."""
    return bool(_LASTING_BEFORE.search(page.before(start, 24)) or _LASTING_AFTER.match(page.after(end, 24)))


def _clock(hour: int, minute: str | None, half: str | None = None) -> str:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02d}:{minute or '00'}"


def _ranges(page: Page) -> Iterator[FoundFact]:
    for match in _RANGE.finditer(page.text):
        said = match.group()[:5].lower().startswith(("de", "from", "entre", "betwe"))
        bare = match.group()[: match.start("hour") - match.start()].rstrip(" \u00a0\u202f")
        if (said or bare.endswith(("-", "–"))) and not is_lasting(page, *match.span()):
            yield page.fact(FactKind.TIME, *match.span("low"), _clock(int(match["low"]), None))


def _close(page: Page, pattern: re.Pattern[str]) -> None:
    """Keep every finder out of what ``pattern`` matches."""
    for match in pattern.finditer(page.text):
        if page.free(*match.span()):
            page.block(*match.span())


def find_times(page: Page) -> Iterator[FoundFact]:
    """Times of day on 24 hours; both ends of a range (``de 9 à 18 h``, ``9-11 am``)."""
    _close(page, _ALWAYS_OPEN)
    for match in _AM_PM.finditer(page.text):
        yield page.fact(
            FactKind.TIME, match.start("hour"), match.end(), _clock(int(match["hour"]), match["minute"], match["half"])
        )
        for low in ("low", "low_to"):
            if match[low] and 1 <= int(match[low]) <= 12:
                yield page.fact(FactKind.TIME, *match.span(low), _clock(int(match[low]), None, match["half"]))
    yield from _ranges(page)
    for match in _LETTER_H.finditer(page.text):
        if not is_lasting(page, *match.span()):
            yield page.fact(FactKind.TIME, *match.span(), _clock(int(match["hour"]), match["minute"]))
    for match in _COLON.finditer(page.text):
        if not _RATIO.search(page.before(match.start(), 16)):
            yield page.fact(FactKind.TIME, *match.span(), _clock(int(match["hour"]), match["minute"], match["half"]))
    for match in _NAMED.finditer(page.text):
        noon = match["name"].lower() in ("midi", "noon")
        yield page.fact(FactKind.TIME, *match.span("name"), "12:00" if noon else "00:00")
    _close(page, _ANY_RATIO)
