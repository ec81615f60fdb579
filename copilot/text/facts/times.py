"""Times of day, told apart from durations (``en 24 h``), ratios (``16:9``) and opening formulas (``24/7``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.dates import WEEKDAYS
from copilot.text.facts.page import Page

_S = "[ \u00a0\u202f]"
# A slash parts two times (``7h/9h``) or a price from its unit (``12 €/h``).
_HOUR = r"(?<![\d:.,])(?:(?<!/)|(?<=[hH]/)|(?<=[hH]\d\d/))(?:[01]?\d|2[0-3])"
_H = rf"{_S}?(?:h(?:eures?|rs?)?)(?![^\W\d])"

_LETTER_H = re.compile(
    rf"(?P<hour>{_HOUR}){_H}(?:{_S}?(?P<minute>[0-5]\d)(?!\d|[.,]\d))?(?!\w|/(?! ?\d{{1,2}} ?h))",
    re.IGNORECASE,
)
_COLON = re.compile(rf"(?P<hour>{_HOUR}):(?P<minute>[0-5]\d)(?![\d:.])(?:{_S}?(?P<half>[ap])\.?m\b\.?)?", re.IGNORECASE)
_AM_PM = re.compile(
    rf"(?:(?P<low>{_HOUR}(?:[:.][0-5]\d)?)(?:{_S}?[-–]{_S}?|{_S}(?:to|until|till){_S}|(?<=\d){_S}and{_S}))?"
    rf"(?P<hour>(?<![\d:.,/])(?:0?[1-9]|1[0-2]))(?:[:.](?P<minute>[0-5]\d))?{_S}?(?P<half>[ap])(?:m\b|\.m\.)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?<!\w)(?:de|from|entre|between){_S})?(?P<low>{_HOUR}){_S}?(?:à|et|[-–]|to){_S}?"
    rf"(?P<hour>{_HOUR}){_H}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(?<!\w)(?:à|jusqu['’]à|avant|dès|de|vers|entre|pour|ce|demain|at|by|until|till|before|from|to|around|between"
    rf"|{'|'.join(WEEKDAYS)})\s|(?<=\d)(?:h|am|pm)?\s?[-–]\s?|\d\s?(?:h|am|pm)(?:\s?\d\d)?\s(?:et|and)\s)"
    r"(?P<name>midi|minuit|noon|midnight)(?!\w|-\w)|(?<!\w)(?P<first>midi|minuit|noon|midnight)(?=(?:\s?[-–]|\s(?:to|à|until))\s?\d)",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(?:ratio|format|échelle|scale|score|cote)\s*:?\s*$", re.IGNORECASE)
_ANY_RATIO = re.compile(r"(?<![\d:])\d{1,4}:\d{1,4}(?![\d:])")
_LASTING_BEFORE = re.compile(
    r"(?:\b(?:en|sous|pendant|durant|dure|durera|durées?(?: de)?(?: :)?|autonomie(?: de)?(?: :)?|moins de|plus de"
    r"|délai de|toutes les|tous les|environ|maximum|within|for|in|under|every|lasts|about|total de"
    r"|livraison|delivery|cdi|cdd|contrats?(?: de)?|temps partiel)|d['’]ici"
    r"|d['’]environ)\s*$",
    re.IGNORECASE,
)
_LASTING_AFTER = re.compile(
    r"\s?(?:d(?:e |['’])(?!la |le |l['’]|la\b)(?-i:[a-zà-ÿ])|chrono|hebdo\w*|non[- ]stop"
    r"|par (?:jour|semaine|mois)|max\b|/(?!\s?\d)|of |a day|long)",
    re.IGNORECASE,
)
#: ``à 2h de Lyon`` is a distance, ``départ à 2h de Lyon`` a time.
_FAR = re.compile(r"(?<!départ )(?<!rdv )\bà [1-6] ?h(?:\d\d)? de [A-ZÀ-Þ]")
_ALWAYS_OPEN = re.compile(
    r"24\s?h\s?(?:/|sur)\s?24(?:\s?h)?|(?<![\d/])24\s?/\s?7(?![\d/])|7\s?j(?:ours)?\s?(?:/|sur)\s?7(?:\s?j)?"
)


def is_lasting(page: Page, start: int, end: int) -> bool:
    """True when the words around ``text[start:end]`` make it a duration, not a time of day."""
    if _FAR.search(page.text[max(0, start - 12) : end + 8]):
        return True
    return bool(_LASTING_BEFORE.search(page.before(start, 24)) or _LASTING_AFTER.match(page.after(end, 24)))


def _clock(hour: int, minute: str | None, half: str | None = None) -> str:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02d}:{minute or '00'}"


def _half_said_once(page: Page, match: re.Match[str]) -> Iterator[FoundFact]:
    """The beginning of ``2:30-4pm``, in the afternoon too; that of ``11-2pm`` is in the morning."""
    hour, _, minute = match["low"].replace(".", ":").partition(":")
    if not 1 <= int(hour) <= 12:
        return
    half = "a" if int(hour) % 12 > int(match["hour"]) % 12 else match["half"]
    yield page.fact(FactKind.TIME, *match.span("low"), _clock(int(hour), minute or None, half))


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
        if match["low"]:
            yield from _half_said_once(page, match)
    yield from _ranges(page)
    for match in _LETTER_H.finditer(page.text):
        if not is_lasting(page, *match.span()):
            yield page.fact(FactKind.TIME, *match.span(), _clock(int(match["hour"]), match["minute"]))
    for match in _COLON.finditer(page.text):
        if not _RATIO.search(page.before(match.start(), 16)):
            yield page.fact(FactKind.TIME, *match.span(), _clock(int(match["hour"]), match["minute"], match["half"]))
    for match in _NAMED.finditer(page.text):
        group = "name" if match["name"] else "first"
        noon = match[group].lower() in ("midi", "noon")
        yield page.fact(FactKind.TIME, *match.span(group), "12:00" if noon else "00:00")
    _close(page, _ANY_RATIO)
