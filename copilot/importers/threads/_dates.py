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
            "février fevrier févr fevr feb february fév",
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
_SPACE = re.compile(r"[\s\xa0\u202f\u2009]+")
_CLOCK = (
    r"(?:(?:\s*,)?\s*(?:à |at |T)?\s*(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})?"
    r"(?::(?P<second>\d{2}))?\s?(?P<half>[ap]\.?m\.?)?)?"
)
_NUMERIC = re.compile(rf"(?P<first>\d{{1,2}})[/.\-](?P<other>\d{{1,2}})[/.\-](?P<year>\d{{4}}){_CLOCK}", re.I)
#: ``3/14/26 2:30 PM``; not with hyphens, which put the year first.
_SHORT_YEAR = re.compile(rf"(?P<first>\d{{1,2}})[/.](?P<other>\d{{1,2}})[/.](?P<year>\d{{2}})(?!\d){_CLOCK}", re.I)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){_CLOCK}", re.I)
_DAY_NAMED = re.compile(
    rf"(?:\w+ )?(?P<day>\d{{1,2}})(?:er)? (?P<name>[^\W\d]{{3,9}})\.?,? (?P<year>\d{{4}}){_CLOCK}", re.I
)
_MONTH_NAMED = re.compile(rf"(?P<name>[^\W\d]{{3,9}})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}){_CLOCK}", re.I)
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
#: Days since 1900 in a sheet whose cells lost their form (1970 to 2100).
_SERIAL = re.compile(r"(?:2[5-9]|[3-6]\d|7[0-2])\d{3}\.\d+")
#: ``+0000 UTC``: what Go and some savers write after a time.
_OFFSET = re.compile(r"\s*([+-]\d{2}:?\d{2})(?: [A-Z]{1,5})?$")
_DAY_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: ``il y a 3 sem.``, ``3 h``, ``2 days ago``, ``hier``.
_RELATIVE = re.compile(
    r"(?:il y a )?(?:environ |about )?(?:\d{1,3}|une?|an?) ?"
    r"(?:s|sec\w*\.?|m|min\w*\.?|h|hr?s?|heures?|hours?|j|jours?|d|days?|"
    r"sem\w*\.?|w|wk?s?|weeks?|mois|mo|months?|ans?|y|yrs?|years?)(?: ago)?|hier|yesterday|à l’instant|just now",
    re.I,
)
_HOUR = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """``at`` is aware UTC when an instant is known; ``words`` what the file said when it is not."""

    at: datetime | None = None
    words: str | None = None


def is_dated(value: str) -> bool:
    """True for a cell that holds nothing but a day or an instant, in any of the ways exports write them."""
    shown = _SPACE.sub(" ", value).strip()
    if not shown or len(shown) > 60:
        return False
    patterns = (_DAY_ONLY, _NUMERIC, _SHORT_YEAR, _YEAR_FIRST, _DAY_NAMED, _MONTH_NAMED)
    if any(_names_a_day(pattern.fullmatch(shown)) for pattern in patterns) or _RELATIVE.fullmatch(shown):
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
    shown = _SPACE.sub(" ", value).strip()
    return _NUMERIC.match(shown) or _SHORT_YEAR.match(shown)


def parse_when(value: str, zone: tzinfo, *, day_first: bool = True) -> When:
    """The instant ``value`` names, else its words. A day without an hour is no instant."""
    shown = _SPACE.sub(" ", value).strip()
    if not shown:
        return When()
    at = _instant(shown[:80], zone, day_first)
    return When(at) if at else When(words=shown[:80])


def _instant(shown: str, zone: tzinfo, day_first: bool) -> datetime | None:
    try:
        if _EPOCH.fullmatch(shown):
            number = float(shown)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        if _DAY_ONLY.fullmatch(shown):
            return None
        shown = _OFFSET.sub(r"\1", shown) if shown[:4].isdigit() else shown
        found = _written(shown, day_first) or _serial(shown) or _iso(shown) or _mail(shown)
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


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


def _written(shown: str, day_first: bool) -> datetime | None:
    for pattern in (_NUMERIC, _SHORT_YEAR, _YEAR_FIRST, _DAY_NAMED, _MONTH_NAMED):
        found = pattern.fullmatch(shown)
        if found and found["hour"]:
            day = _day(found.groupdict(), day_first)
            return None if day is None else datetime(day.year, day.month, day.day, *_clock(found))
    return None


def _day(parts: dict[str, str | None], day_first: bool) -> date | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
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
