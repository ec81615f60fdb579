"""Dates of messages: absolute ones as UTC, relative ones kept in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "février fevrier févr fevr feb february fév fev",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "août aout aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "décembre decembre déc dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = (
    r"(?:(?:\s*,)?\s*(?:à |at |T)?\s*(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})?"
    r"(?::(?P<second>\d{2}))?\s?(?P<half>[ap]\.?m\.?)?)?"
)
_NUMERIC = re.compile(rf"(?P<first>\d{{1,2}})[/.\-](?P<other>\d{{1,2}})[/.\-](?P<year>\d{{4}}){_CLOCK}", re.I)
#: ``3/14/26 2:30 PM``; not with hyphens, which put the year first.
_SHORT_YEAR = re.compile(rf"(?P<first>\d{{1,2}})[/.](?P<other>\d{{1,2}})[/.](?P<year>\d{{2}})(?!\d){_CLOCK}", re.I)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[/.\-](?P<month>\d{{1,2}})[/.\-](?P<day>\d{{1,2}}){_CLOCK}", re.I)
#: ``le vendredi``, ``Fri,``: what may stand before a day.
_BEFORE = r"(?:[^\W\d]{2,9}[.,]{0,2} ){0,2}"
#: ``2026``, ``26`` or ``’26``, which is no day once the month has its name.
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?![\d:h])"
_DAY_NAMED = re.compile(
    rf"{_BEFORE}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?(?: of)?[ \-](?P<name>[^\W\d]{{3,9}})\.?,?[ \-]{_YEAR}{_CLOCK}",
    re.I,
)
_MONTH_NAMED = re.compile(
    rf"{_BEFORE}(?P<name>[^\W\d]{{3,9}})\.?[ \-](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |-){_YEAR}{_CLOCK}", re.I
)
_PATTERNS = (_NUMERIC, _SHORT_YEAR, _YEAR_FIRST, _DAY_NAMED, _MONTH_NAMED)
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
#: Days since 1900 in a sheet whose cells lost their form (1970 to 2100).
_SERIAL = re.compile(r"(?:2[5-9]|[3-6]\d|7[0-2])\d{3}\.\d+")
#: ``+0000 UTC``: what Go and some savers write after a time.
_OFFSET = re.compile(r"\s*([+-]\d{2}:?\d{2})(?: [A-Z]{1,5})?$")
#: Of ``2026-06-05`` and its like without signs.
_DAY_LENGTH = 10
#: ``il y a 3 sem.``, ``3 h``, ``2 days ago``, ``hier``.
_RELATIVE = re.compile(
    r"(?:il y a )?(?:environ |about )?(?:\d{1,3}|une?|an?) ?"
    r"(?:s|sec\w*\.?|m|min\w*\.?|h|hr?s?|heures?|hours?|j|jours?|d|days?|"
    r"sem\w*\.?|w|wk?s?|weeks?|mois|mo|months?|ans?|y|yrs?|years?)(?: ago)?|hier|yesterday|à l’instant|just now",
    re.I,
)
_HOUR = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?", re.I)
_UTC = (" UTC", " GMT")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
#: ``hier à 14:30``, ``5 juin``, ``juin 2026``, ``lundi dernier``: a time, though no instant.
_WORDS = re.compile(
    rf"(?:(?:{_RELATIVE.pattern}|avant.hier|aujourd.hui|today|(?:just )?now|maintenant|à l.instant"
    r"|(?:la )?semaine dernière|(?:last|next) \w+|(?:over|almost|about|plus de|moins de|environ) .{1,20}"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di(?: dernier)?|dimanche(?: dernier)?|(?:lun|mar|mer|jeu|ven|sam|dim)\.?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?"
    rf"|{_BEFORE}\d{{1,2}}(?:er|st|nd|rd|th)? (?:{_MONTH})\.?|{_BEFORE}(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?)"
    rf"(?:,? ?(?:à |at )?{_HOUR.pattern})?(?: ?[·•]? ?\(?(?:modifié|edited)\)?)?"
    rf"|(?:{_MONTH})\.? \d{{4}}|(?:19|20)\d\d(?:[-/]\d\d)?)",
    re.I,
)
#: A few words with a number among them, in a language whose times are not known here.
_PHRASE = re.compile(r"(?:[^\W\d]+[.,]? ){0,3}\d{1,4}(?:[:h]\d\d)? ?[^\W\d]{1,12}[.,]?(?: [^\s]{1,12}){0,3}")
#: How much later than this year a year of two figures may be.
_YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class When:
    """``at`` is aware UTC when a day or an instant is known; ``words`` what the file said when it is not.

    ``is_day`` when ``at`` is the midnight of a day without an hour. ``unread`` is what was no time that is known.
    """

    at: datetime | None = None
    words: str | None = None
    is_day: bool = False
    unread: str = ""


def is_dated(value: str) -> bool:
    """True for a cell that holds nothing but a day or an instant, in any of the ways exports write them."""
    shown = " ".join(value.split())
    if not shown or len(shown) > 60:
        return False
    if any(_names_a_day(pattern.fullmatch(shown)) for pattern in _PATTERNS) or _RELATIVE.fullmatch(shown):
        return True
    # A bare number is a time only when its length says so.
    return parse_when(shown, UTC).at is not None


def _names_a_day(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    parts = found.groupdict()
    return "name" not in parts or (parts["name"] or "").lower() in _MONTHS


def is_clock(value: str) -> bool:
    """True for ``14:05`` and its like."""
    return _HOUR.fullmatch(value.strip()) is not None


def zone_of(captured_at: datetime) -> tzinfo:
    """The zone of dates written without one: that of the person who captured the thread, summer time included."""
    zone = captured_at.tzinfo
    here = captured_at.replace(tzinfo=None).astimezone()
    if zone is None or (isinstance(zone, timezone) and zone is not UTC and here.utcoffset() == captured_at.utcoffset()):
        # An offset is only that of the day of the capture.
        return _HERE
    return zone


class _Here(tzinfo):
    """The zone of this computer, as it was on each day."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return None if when is None else when.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, when: datetime | None) -> str | None:
        return None if when is None else when.replace(tzinfo=None).astimezone().tzname()


_HERE = _Here()


def is_day_first(values: list[str]) -> bool | None:
    """Whether numeric dates of a column put the day first; None when every one reads both ways."""
    for value in values:
        found = _numeric(value)
        if found:
            first, other = int(found["first"]), int(found["other"])
            if first > 12 >= other:
                return True
            if other > 12 >= first:
                return False
    return None


def is_numeric_date(value: str) -> bool:
    """True for ``05/06/2026`` and its like, whose order must be known."""
    return _numeric(value) is not None


def _numeric(value: str) -> re.Match[str] | None:
    shown = " ".join(value.split())
    return _NUMERIC.match(shown) or _SHORT_YEAR.match(shown)


def parse_when(value: str, zone: tzinfo, *, day_first: bool = True) -> When:
    """The instant ``value`` names, midnight in ``zone`` for a day without an hour, else its words."""
    shown = " ".join(value.split())[:80]
    if not shown or (shown[0] == "0" and not shown.strip("0-:/ T")):
        # Nothing, or the zeros a database writes for it.
        return When()
    at, is_day = _instant(shown, zone, day_first)
    if at is not None:
        return When(at, is_day=is_day)
    if _WORDS.fullmatch(shown):
        return When(words=shown)
    return When(words=shown if _PHRASE.fullmatch(shown) else None, unread=shown)


def _instant(shown: str, zone: tzinfo, day_first: bool) -> tuple[datetime | None, bool]:
    """What ``shown`` names, and whether it is a whole day."""
    try:
        if shown[-1].isdigit() and _EPOCH.fullmatch(shown):
            number = float(shown)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC), False
        found, is_day = _named(shown, day_first)
        if found is None:
            return None, False
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC if shown.endswith(_UTC) else zone)
        return found.astimezone(UTC), is_day
    except (ValueError, OverflowError, OSError):
        return None, False


def _named(shown: str, day_first: bool) -> tuple[datetime | None, bool]:
    if shown[:4].isdigit():
        # Nearly all files write it this way.
        shown = _OFFSET.sub(r"\1", shown)
        found = _iso(shown)
        if found is not None:
            return found, len(shown) <= _DAY_LENGTH
    written = _written(shown.removesuffix(_UTC[0]).removesuffix(_UTC[1]), day_first)
    return written if written[0] is not None else (_serial(shown) or _mail(shown), False)


def _iso(shown: str) -> datetime | None:
    try:
        return datetime.fromisoformat(shown.removesuffix(" UTC") + ("+00:00" if shown.endswith(" UTC") else ""))
    except ValueError:
        return None


def _serial(shown: str) -> datetime | None:
    if not _SERIAL.fullmatch(shown):
        return None
    return datetime(1899, 12, 30) + timedelta(seconds=round(float(shown) * 86_400))


def _mail(shown: str) -> datetime | None:
    try:
        return parsedate_to_datetime(shown)
    except (ValueError, TypeError, IndexError):
        return None


def _written(shown: str, day_first: bool) -> tuple[datetime | None, bool]:
    for pattern in _PATTERNS:
        found = pattern.fullmatch(shown)
        if found:
            day = _day(found.groupdict(), day_first)
            if day is None:
                return None, False
            clock = _clock(found) if found["hour"] else (0, 0, 0)
            return datetime(day.year, day.month, day.day, *clock), not found["hour"]
    return None, False


def _day(parts: dict[str, str | None], day_first: bool) -> date | None:
    year = int((parts["year"] or "0").lstrip("'’"))
    if year < 100:
        year += 2000
        if year > datetime.now(UTC).year + _YEARS_AHEAD:
            # Of another century, or no year at all.
            return None
    if "first" in parts:
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        return date(year, other, first) if day_first else date(year, first, other)
    month = _MONTHS.get((parts.get("name") or "").lower()) if "name" in parts else int(parts["month"] or 0)
    return date(year, month, int(parts["day"] or 0)) if month else None


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found["hour"])
    half = (found["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return hour, int(found["minute"] or 0), int(found["second"] or 0)
