"""Dates, in French and English, with what makes them comparable."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.page import Page

_FRENCH = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = {
    **{"janv": 1, "févr": 2, "fév": 2, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11},
    **{"déc": 12, "dec": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9},
}
MONTHS = {name: rank for names in (_FRENCH, _ENGLISH) for rank, name in enumerate(names, 1)}
MONTHS |= {"fevrier": 2, "aout": 8, "decembre": 12}
WEEKDAYS = (
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_ALL = MONTHS | _SHORT

_S = "[ \t\u00a0\u202f]"
_LONG_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ANY_MONTH = "(?:" + _LONG_MONTH + "|(?:" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")\b\.?)"
_ENGLISH_MONTH = "(?:" + "|".join([*_ENGLISH, r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"]) + ")"
_DAY = r"(?<![\d.,:])(?:(?<!/)|(?<=\d/))(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:er|ᵉʳ|st|nd|rd|th|º)?"
#: French weekdays cut short: with their point, since "mer" and "mar" are words too.
_SHORT_WEEKDAY = r"(?:lun|mar|mer|jeu|ven|sam|dim)\."
_ANY_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)}|{_SHORT_WEEKDAY}|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?)"
_WEEKDAY = rf"(?:{_ANY_WEEKDAY},?{_S}(?:the{_S}|le{_S})?)?"
_YEAR = r"(?:19|20)\d{2}(?!\d)"

_DAY_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY}(?P<day>{_DAY}){_ORDINAL}{_S}(?:of{_S})?(?P<month>{_ANY_MONTH})(?!\w)"
    rf"(?:,?{_S}(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY}(?P<month>{_ENGLISH_MONTH}){_S}(?P<day>{_DAY}){_ORDINAL}(?!\w)(?![:.]\d)"
    rf"(?:{_S}?(?:-|–|to|and|&){_S}?(?P<last>{_DAY}){_ORDINAL}(?!\w))?(?:,?{_S}(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/-])(?P<year>(?:19|20)\d{2})(?P<mark>[-/])(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?![\d/-])")
_NUMERIC = re.compile(
    rf"(?<!\w)(?:{_WEEKDAY})(?<![\d/.])(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)"
    r"(?P<year>(?:19|20)\d{2}|\d{2})(?![\d/]|[.-]\d)",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    rf"(?:(?<!\w)(?:le|les|du|au|ce|dès|avant|limite|jusqu['’]au|on|by|until|till|from|before|{'|'.join(WEEKDAYS)}"
    rf"|{_SHORT_WEEKDAY}|(?:sam|dim|jeu|ven|lun|mon|tue|wed|thu|fri|sat|sun)(?={_S})){_S}"
    rf"|(?:dates?|jours?|days?|limite|quand|when)\**{_S}?:\**{_S}?|\t{_S}{{0,4}}|^{_S}{{0,4}}[-•*]?{_S}{{0,4}}|\|{_S}{{0,4}})"
    r"(?P<day>0?[1-9]|[12]\d|3[01])/(?P<month>0[1-9]|1[0-2])(?![\d/]|[.,]\d)",
    re.IGNORECASE | re.MULTILINE,
)
#: ``et 13/12`` after ``12/12``.
_NEXT_NUMERIC = re.compile(
    rf"{_S}?(?:et|au|à|and|to|&|,|-|–)(?:{_S}le|{_S}(?:{'|'.join(WEEKDAYS)}))?{_S}?"
    r"(?P<day>0?[1-9]|[12]\d|3[01])/(?P<month>0[1-9]|1[0-2])(?![\d/]|[.,]\d)",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?P<month>{_ANY_MONTH}){_S}(?P<year>{_YEAR})(?!\w)", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"(?<!\w)(?:en|début|fin|mi-|dès|depuis|courant|d['’]ici|jusqu['’]en|mois de|mois d['’]"
    rf"|in|by|since|early|late|mid-?|until)"
    rf"{_S}?(?P<month>{_LONG_MONTH})(?!\w)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(
    rf"(?<!\w)(?:en|depuis|dès|début|fin|courant|d['’]ici|avant|rapport à|comparé à|édition|saison|rentrée"
    rf"|été|hiver|automne|printemps|vs\.?|in|since|by|until|before|than|compared (?:to|with)"
    rf"|summer|winter|spring|autumn){_S}(?P<year>{_YEAR})(?![\w%€$£.,/]\d|{_S}?[%€$£]|\w)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"(?P<value>{_WEEKDAY}(?P<day>{_DAY}){_ORDINAL})"
    rf"(?:{_S}?[-–/]{_S}?|,{_S}|{_S}?&{_S}?|{_S}(?:au|et|à|ou|to|and|or){_S}(?:le{_S}|les{_S}|the{_S})?)$",
    re.IGNORECASE,
)
_RANGE_GAP = re.compile(r"\s*(?:au|à|to|till|until|through|[-–]|et|and)\s*", re.IGNORECASE)
_SERIES_MAX = 8


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def exists(self) -> bool:
        if not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= calendar.monthrange(self.year or 2000, self.month)[1]

    @property
    def iso(self) -> str:
        year = f"{self.year:04d}" if self.year else "-"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def _rank(name: str) -> int:
    return _ALL[name.lower().rstrip(".")]


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def _capital_needed(match: re.Match[str]) -> bool:
    """English "may" and "march" are verbs unless they are capitalised."""
    return match["month"].lower() in ("may", "march") and match["month"][0].islower()


def _days_first(page: Page) -> Iterator[_Day]:
    for match in _DAY_FIRST.finditer(page.text):
        found = _Day(match.start(), match.end(), _year(match), _rank(match["month"]), int(match["day"]))
        yield found
        position = match.start()
        for _ in range(_SERIES_MAX):
            earlier = _EARLIER.search(page.text[max(0, position - 40) : position])
            if not earlier:
                break
            offset = max(0, position - 40)
            yield _Day(
                offset + earlier.start("value"),
                offset + earlier.end("value"),
                found.year,
                found.month,
                int(earlier["day"]),
            )
            position = offset + earlier.start("value")


def _months_first(page: Page) -> Iterator[_Day]:
    for match in _MONTH_FIRST.finditer(page.text):
        if _capital_needed(match):
            continue
        year, month = _year(match), _rank(match["month"])
        last = match["last"]
        end = match.end("day") if last else match.end()
        while last and page.text[end : end + 1].isalpha():
            end += 1
        yield _Day(match.start(), end, year, month, int(match["day"]))
        if last:
            yield _Day(match.start("last"), match.end(), year, month, int(last))


def _numeric(page: Page) -> Iterator[_Day]:
    for pattern in (_ISO, _NUMERIC):
        for match in pattern.finditer(page.text):
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
            if month > 12 >= day and pattern is _NUMERIC:
                month, day = day, month
            yield _Day(match.start(), match.end(), year + 2000 if year < 100 else year, month, day)
    for match in _NO_YEAR.finditer(page.text):
        yield _Day(match.start("day"), match.end(), None, int(match["month"]), int(match["day"]))
        following = _NEXT_NUMERIC.match(page.text, match.end())
        for _ in range(_SERIES_MAX):
            if not following:
                break
            yield _Day(following.start("day"), following.end(), None, int(following["month"]), int(following["day"]))
            following = _NEXT_NUMERIC.match(page.text, following.end())


def _with_years(page: Page, days: list[_Day]) -> Iterator[_Day]:
    """The year of the end of a range belongs to its beginning too (the year before, from December to January)."""
    for here, following in zip_longest(days, days[1:]):
        joined = following and _RANGE_GAP.fullmatch(page.text, here.end, max(here.end, following.start))
        if joined and following and here.year is None and following.year:
            year = following.year - 1 if here.month > following.month else following.year
            yield _Day(here.start, here.end, year, here.month, here.day)
        else:
            yield here


def find_dates(page: Page) -> Iterator[FoundFact]:
    """Days, months after a preposition or with a year, years after a preposition. Impossible days are no facts."""
    claimed: dict[int, _Day] = {}
    for day in (*_numeric(page), *_days_first(page), *_months_first(page)):
        if day.exists and page.free(day.start, day.end):
            claimed.setdefault(day.start, day)
    for day in _with_years(page, sorted(claimed.values(), key=lambda day: day.start)):
        yield page.fact(FactKind.DATE, day.start, day.end, day.iso)
    for match in _MONTH_YEAR.finditer(page.text):
        if not _capital_needed(match):
            yield page.fact(FactKind.DATE, *match.span(), f"{match['year']}-{_rank(match['month']):02d}")
    for match in _MONTH_ALONE.finditer(page.text):
        if not _capital_needed(match):
            yield page.fact(FactKind.DATE, *match.span("month"), f"--{_rank(match['month']):02d}")
    for match in _YEAR_ALONE.finditer(page.text):
        yield page.fact(FactKind.DATE, *match.span("year"), match["year"])
