"""Holds the days of a draft against the days of the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from copilot.domain.claim import ClaimKind, Source
from copilot.text.claims.comparing import Found, around, context_of, remembered, trimmed
from copilot.text.claims.days import MONTH_TO_MONTH, MONTHS, OFFSETS
from copilot.text.claims.mention import Day, Mention
from copilot.text.claims.reading import Reading

_WEEK = frozenset(range(7))
#: Days of a source that are added up.
_MOST_DAYS = 200
_Known = Sequence[tuple[Source, Reading]]
_OPEN = re.compile(r"(?<![a-z])(?:ouver\w*|ouvr\w*|open\w*)")
_CLOSED = re.compile(
    r"(?<![a-z])(?:ferme\w*|close\w*|shut|sauf|except|hors|hormis|excepte|excluding|but|pas (?:ouver\w+|le)|relache"
    r"|not open|aucun\w*|no)(?![a-z])"
)
_DAY_BEFORE = re.compile(r"(?<![a-z])(?:avant|before)(?: (?:le|la|the|[a-z]+di|[a-z]+day))* $")
_SOON = re.compile(r"(?<![a-z])(?:ce|this|next) $")
_SOON_AFTER = re.compile(r" (?:prochaine?|qui vient)(?![a-z])")


def support(draft: Reading, mention: Mention, known: _Known, today: date) -> Found | None:
    """Where a source says the day of ``mention``, or a date that falls on it."""
    wanted = context_of(draft, mention).sentence
    found = [
        (len(wanted & around(reading, one)), -rank, Found(source, reading, one.start, one.end))
        for rank, (source, reading) in enumerate(known)
        for one in _days(reading)
        if _agrees(draft, mention, reading, one, today)
    ]
    if found:
        return None if _of_something_else(draft, mention, known, today) else max(found, key=lambda each: each[:2])[2]
    return (
        _years(mention, known)
        or _months(mention, known)
        or _in_so_many_words(draft, mention, known)
        or _last_good_day(mention, known, today)
    )


def _of_something_else(draft: Reading, mention: Mention, known: _Known, today: date) -> bool:
    """True for a weekday alone that only dates of other things fall on, when the thing has its date."""
    day = mention.day
    if day is None or day.weekday is None or day.until is not None or day.day is not None:
        return False
    context = context_of(draft, mention)
    near, wide = context.near, context.sentence
    shared = {True: 0, False: 0}
    for _, reading in known:
        for one in _days(reading):
            agrees = _agrees(draft, mention, reading, one, today)
            if agrees and one.day and one.day.until is not None:
                return False
            theirs = context_of(reading, one)
            common = wide & theirs.sentence if agrees else near & theirs.near
            shared[agrees] = max(shared[agrees], len(common))
    return shared[True] == 0 < shared[False]


def _last_good_day(mention: Mention, known: _Known, today: date) -> Found | None:
    """The day a source is valid until, said of what it says."""
    meant = resolved(mention.day, today) if mention.day else None
    for source, reading in known:
        if meant is not None and source.valid_until == meant:
            start, end = trimmed(reading.shadow.low, *reading.span(0))
            return Found(source, reading, start, end)
    return None


def lasts(mention: Mention, known: _Known, today: date) -> Found | None:
    """The dates that make a number of days true: so many from today, or from the first to the last of a range."""
    if mention.about == "mo":
        return _from_month_to_month(mention, known)
    days = _whole_days(mention)
    if days is None:
        return _since(mention, known, today)
    for source, reading in known:
        for one in _days(reading):
            meant = resolved(one.day, today) if one.day else None
            if one.day and one.day.through and one.day.day and one.day.through - one.day.day + 1 == days:
                return Found(source, reading, one.start, one.end)
            if meant and days - 1 <= (meant - today).days <= days:
                return Found(source, reading, one.start, one.end)
    return None


def _from_month_to_month(mention: Mention, known: _Known) -> Found | None:
    """The "oct.-déc." that makes "trois mois" true."""
    for source, reading in known:
        for match in MONTH_TO_MONTH.finditer(reading.shadow.low):
            months = (MONTHS[match["to"]] - MONTHS[match["from"]]) % 12
            if mention.number in (months, months + 1):
                return Found(source, reading, *match.span())
    return None


def _since(mention: Mention, known: _Known, today: date) -> Found | None:
    """The year that makes "thirty years" true."""
    if mention.about != "yr" or mention.number is None:
        return None
    for source, reading in known:
        for one in _days(reading):
            if one.day and one.day.year and 0 <= today.year - one.day.year - mention.number <= 1:
                return Found(source, reading, one.start, one.end)
    return None


def _whole_days(mention: Mention) -> int | None:
    minutes = [key.removeprefix("minutes ") for key in mention.keys if key.startswith("minutes ")]
    if mention.about not in ("d", "wk") or not minutes or not minutes[0].isdigit():
        return None
    return int(minutes[0]) // 1440


def contradiction(draft: Reading, mention: Mention, known: _Known, today: date) -> Found | None:
    """Another day that the sources give for the same thing."""
    day = _said_day(mention, today)
    if day is None:
        return None
    wanted = context_of(draft, mention)
    rivals = [
        (
            2 * len(wanted.near & context_of(reading, one).near) + len(wanted.sentence & around(reading, one)),
            -rank,
            one.start,
            source,
            reading,
            one,
        )
        for rank, (source, reading) in enumerate(known)
        for one in _days(reading)
        if one.day and _comparable(day, one.day) and not _agrees(draft, mention, reading, one, today)
    ]
    if not rivals:
        return None
    score, _, _, source, reading, one = max(
        rivals, key=lambda each: (each[0], each[1], _closeness(day, each[5].day), -each[2])
    )
    alone = len({each[5].value for each in rivals}) == 1
    same_week = day.weekday is not None and day.day is None
    if (
        score
        or alone
        or (day.day and one.day and (one.day.month == day.month or one.day.day == day.day))
        or not same_week
    ):
        return Found(source, reading, one.start, one.end)
    return None


def _said_day(mention: Mention, today: date) -> Day | None:
    """The day of a mention; "tomorrow" is a date."""
    if mention.value not in OFFSETS:
        return mention.day
    meant = today + timedelta(days=OFFSETS[mention.value])
    return Day(meant.year, meant.month, meant.day)


def _closeness(ours: Day, theirs: Day | None) -> int:
    if theirs is None:
        return 0
    return sum(
        a is not None and a == b
        for a, b in ((ours.day, theirs.day), (ours.month, theirs.month), (ours.weekday, theirs.weekday))
    )


def _days(reading: Reading) -> Iterator[Mention]:
    return (one for one in reading.of_kind(ClaimKind.DATE)[:_MOST_DAYS] if one.day is not None)


def _comparable(ours: Day, theirs: Day) -> bool:
    """A day of the month against another, a weekday against another or against a dated weekday."""
    if ours.day is not None:
        return theirs.day is not None
    if ours.weekday is not None:
        return theirs.weekday is not None
    if ours.month is not None:
        return theirs.month is not None
    return ours.year is not None and theirs.year is not None


@lru_cache(maxsize=4096)
def resolved(day: Day, today: date) -> date | None:
    """The calendar day; without a year, the nearest to ``today``, ahead rather than behind."""
    if day.month is None or day.day is None:
        return None
    years = [day.year] if day.year else [today.year - 1, today.year, today.year + 1]
    dates = [made for year in years if (made := _made(year, day.month, day.day))]
    return min(dates, key=lambda one: abs((one - today).days - 90), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _agrees(draft: Reading, mention: Mention, reading: Reading, one: Mention, today: date) -> bool:
    ours, theirs = mention.day, one.day
    if ours is None or theirs is None:
        return False
    if mention.value in OFFSETS:
        return _relative(mention.value, one, theirs, today)
    if one.value in OFFSETS:
        return _relative(one.value, mention, ours, today)
    if ours.until is not None:
        return _ranges_agree(mention, one, today)
    if ours.day is None and ours.month is None and ours.year is None:
        return _weekday_agrees(draft, mention, reading, one, today)
    return _dates_agree(ours, theirs, today) or _eve(draft, mention, reading, one, today)


def _eve(draft: Reading, mention: Mention, reading: Reading, one: Mention, today: date) -> bool:
    """True for "before the 6th" and "until the 5th", whichever says which."""
    ours = resolved(mention.day, today) if mention.day else None
    theirs = resolved(one.day, today) if one.day else None
    if ours is None or theirs is None:
        return False
    return (ours - theirs).days == _is_before(draft, mention) - _is_before(reading, one) != 0


def _is_before(reading: Reading, mention: Mention) -> bool:
    return bool(_DAY_BEFORE.search(reading.shadow.low[max(0, mention.start - 20) : mention.start]))


def _relative(word: str, other: Mention, day: Day, today: date) -> bool:
    if other.value in OFFSETS:
        return OFFSETS[other.value] == OFFSETS[word]
    meant = today + timedelta(days=OFFSETS[word])
    if day.day is not None:
        return resolved(day, today) == meant
    return meant.weekday() in day.weekdays


def _dates_agree(ours: Day, theirs: Day, today: date) -> bool:
    if ours.month is not None and ours.month != theirs.month:
        return False
    if ours.day is not None and ours.day != theirs.day and not _within(ours.day, theirs):
        return False
    meant = resolved(theirs, today)
    year = theirs.year or (meant.year if meant else None)
    if ours.year is not None and ours.year != year:
        return bool(year is None and theirs.month and ours.year in (today.year, today.year + 1))
    if ours.weekday is None or ours.day is None:
        return ours.month is not None or theirs.year is not None
    if theirs.weekday is not None and ours.day == theirs.day:
        return ours.weekday == theirs.weekday
    exact = resolved(Day(ours.year or theirs.year, ours.month or theirs.month, ours.day), today)
    return exact is not None and exact.weekday() == ours.weekday


def _within(day: int, theirs: Day) -> bool:
    """True for a day inside a range of days of one month."""
    return theirs.day is not None and theirs.through is not None and theirs.day <= day <= theirs.through


def _weekdays_of(day: Day, today: date) -> frozenset[int]:
    if day.weekdays:
        return day.weekdays
    meant = resolved(day, today)
    return frozenset([meant.weekday()]) if meant else frozenset()


def _weekday_agrees(draft: Reading, mention: Mention, reading: Reading, one: Mention, today: date) -> bool:
    ours, theirs = mention.day, one.day
    if ours is None or theirs is None:
        return False
    if ours.weekday not in _weekdays_of(theirs, today):
        return theirs.until is not None and _stance(draft, mention) == "closed" and _stance(reading, one) != "closed"
    if _is_soon(draft, mention) and not _in_reach(theirs, today):
        return False
    return not (_opposed(draft, mention, reading, one) or _excepted(draft, mention, reading, one))


def _is_soon(draft: Reading, mention: Mention) -> bool:
    """True for "ce samedi", "samedi prochain", "next Friday"."""
    low = draft.shadow.low
    return bool(_SOON.search(low[max(0, mention.start - 6) : mention.start]) or _SOON_AFTER.match(low, mention.end))


def _in_reach(theirs: Day, today: date) -> bool:
    meant = resolved(theirs, today) if theirs.day else None
    return meant is None or 0 <= (meant - today).days <= 14


def _excepted(draft: Reading, mention: Mention, reading: Reading, one: Mention) -> bool:
    """True when a range of days leaves out the day in the same sentence: "tous les jours sauf le mardi"."""
    if one.day is None or one.day.until is None or mention.day is None:
        return False
    first, last = reading.span(reading.sentence(one.start))
    others = (each for each in reading.between(first, last) if each.kind is ClaimKind.DATE and each.day)
    same = (each for each in others if each.day and each.day.until is None and each.day.weekday == mention.day.weekday)
    return any(_opposed(draft, mention, reading, each) for each in same)


def _opposed(draft: Reading, mention: Mention, reading: Reading, one: Mention) -> bool:
    """True when one says open and the other closed on that day."""
    ours, theirs = _stance(draft, mention), _stance(reading, one)
    return bool(ours and theirs and ours != theirs)


def _stance(reading: Reading, mention: Mention) -> str:
    """``open`` or ``closed``, whichever word stands nearest before the day, else after it, in its clause."""
    return next(iter(remembered(reading, mention, "stance", _stances)), "")


def _stances(reading: Reading, mention: Mention) -> frozenset[str]:
    return frozenset([one] if (one := _read_stance(reading, mention)) else [])


def _read_stance(reading: Reading, mention: Mention) -> str:
    first, last = reading.span(reading.sentence(mention.start))
    low = reading.shadow.low
    before = low[max(first, mention.start - 60) : mention.start]
    opened = max((match.start() for match in _OPEN.finditer(before)), default=-1)
    shut = max((match.start() for match in _CLOSED.finditer(before)), default=-1)
    if opened == shut:
        after = low[mention.end : min(last, mention.end + 30)].partition(",")[0]
        return "open" if _OPEN.search(after) else "closed" if _CLOSED.search(after) else ""
    return "open" if opened > shut else "closed"


def _ranges_agree(mention: Mention, one: Mention, today: date) -> bool:
    ours, theirs = mention.day, one.day
    if ours is None or theirs is None:
        return False
    if mention.value == "weekend":
        return bool(_weekdays_of(theirs, today) & {5, 6})
    if mention.value in ("weekdays", "daily"):
        return bool(theirs.until is not None and ours.weekdays <= theirs.weekdays)
    return theirs.until is not None and ours.weekdays == theirs.weekdays


def _years(mention: Mention, known: _Known) -> Found | None:
    """A bare year that the source writes as a number, or in a date."""
    day = mention.day
    if day is None or day.year is None or day.month is not None:
        return None
    for source, reading in known:
        place = reading.words.get(str(day.year))
        if place is not None:
            return Found(source, reading, place, place + 4)
    return None


def _months(mention: Mention, known: _Known) -> Found | None:
    """A month alone that the source names, as a heading for instance."""
    day = mention.day
    if day is None or day.month is None or day.day is not None or day.year is not None:
        return None
    names = [name for name, rank in MONTHS.items() if rank == day.month and len(name) > 3]
    for source, reading in known:
        for name in names:
            place = reading.words.get(name)
            if place is not None:
                return Found(source, reading, place, place + len(name))
    return None


def _in_so_many_words(draft: Reading, mention: Mention, known: _Known) -> Found | None:
    """A set of weekdays that the source says day by day, or by the days it leaves out."""
    day = mention.day
    if day is None or day.until is None or mention.value == "weekend":
        return None
    for source, reading in known:
        told = [one for one in _days(reading) if one.day and one.day.weekday is not None]
        by_sentence: dict[int, list[Mention]] = {}
        for one in told[:_MOST_DAYS]:
            by_sentence.setdefault(reading.sentence(one.start), []).append(one)
        for group in by_sentence.values():
            if _adds_up(day.weekdays, reading, group):
                return Found(source, reading, group[0].start, group[-1].end)
        ends = [
            one for one in told if one.day and one.day.until is None and one.day.weekday in (day.weekday, day.until)
        ]
        if len({one.day.weekday for one in ends if one.day}) == 2 and len(ends) == len(told):
            return Found(source, reading, ends[0].start, ends[0].end)
    return None


def _adds_up(wanted: frozenset[int], reading: Reading, told: Sequence[Mention]) -> bool:
    """True when the days of a sentence are ``wanted``: those it opens, or all but those it closes."""
    opened: set[int] = set()
    shut: set[int] = set()
    for one in told:
        if one.day is not None:
            (shut if _stance(reading, one) == "closed" else opened).update(one.day.weekdays)
    return wanted == opened - shut or (bool(shut) and not opened and wanted == _WEEK - shut)
