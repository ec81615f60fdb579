"""Messages that hold words, read along the index of words, whose numbers follow time, until enough of them pass."""

from __future__ import annotations

import json
from array import array
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, or_, select

from copilot.domain.inbox import InboxFilter, Place
from copilot.store.conditions import Condition, kept_back, passing
from copilot.store.endings import Match
from copilot.store.order import (
    KEYS,
    LAST_SECOND,
    Keys,
    Part,
    in_seconds,
    in_time,
    numbers_of_second,
    second_of,
    time_of,
)
from copilot.store.search import ID_BITS, LAST, found_among, number_column, numbered, of_messages
from copilot.store.tables import messages

#: Messages looked up at first along the words found, then each time so many times more, up to what a statement takes.
FIRST, MORE, AT_ONCE = 250, 4, 16_000
#: Messages among which words are looked for at first, in a rank of urgency or from the newest on; then :data:`MORE`
#: times more, and beyond so many all the rest.
STRIDE, FAR = 2_000, 130_000
#: Messages met for each that a condition lets through from which it is asked before they are looked up.
DENSE = 4
#: Messages up to which the times of the first and the last are looked for: of more, most often any.
TIMED = 5_000
#: Messages of one second, or without a date, from which they are read along the index of their order.
CROWD = 1_000

_m = messages.c
_ID_MASK = (1 << ID_BITS) - 1

#: Two numbers of the index of words and all between.
Span = tuple[int, int]
_EVER: Span = (0, LAST)
_UNDATED: Span = (0, _ID_MASK)


class Led(NamedTuple):
    """A condition that lets few messages through, and how many."""

    name: str
    condition: Condition
    few: int


class Along:
    """Reads at most ``most`` messages after ``after`` of one part of an order, along the words of ``asked``."""

    def __init__(
        self, connection: Connection, asked: InboxFilter, match: Match, part: Part, after: Place | None, most: int
    ) -> None:
        self._connection = connection
        self._asked = asked
        self._part = part
        self._after = after
        self._most = most
        self._match = match
        # Rows that passed, each with its second.
        self._found: list[tuple[int, Keys]] = []
        self._asked_first: Condition | None = None

    def read(self, led: Led | None) -> list[Keys]:
        """The messages, in the order of time. ``led`` may be asked before they are looked up."""
        # A thread has a time of its own, where most of what is met may be of it.
        self._asked_first = led.condition if led and led.name != "thread" else None
        apart = self._part.newest or self._match.is_ready
        spans = spans_of(self._connection, led, apart=apart) if led else [_EVER]
        lowest, highest = self._bounds()
        for first, last in _backward(spans) if self._part.newest else spans:
            span = max(lowest, first), min(highest, last)
            if led is None and self._part.rank is not None:
                self._read_strides(span, self._part.rank)
            else:
                self._read_span(span, led)
            if len(self._found) >= self._most:
                break
        rows = sorted((row for _second, row in self._found), key=time_of, reverse=self._part.newest)
        return rows[: self._most]

    def _read_span(self, span: Span, led: Led | None) -> None:
        low, high = span
        is_backward = self._part.newest and low > _UNDATED[1]
        while low <= high and (end := self._read_on((low, high), led, is_backward)) is not None:
            low, high = (low, end - 1) if is_backward else (end + 1, high)

    def _read_strides(self, span: Span, rank: int) -> None:
        """Along the messages of a rank, which an index has from the oldest on: first what has no date."""
        low, high = span
        stride, read = STRIDE, 0
        if low <= _UNDATED[1]:
            self._read_span((low, min(high, _UNDATED[1])), None)
            low = _UNDATED[1] + 1
        while low <= high and len(self._found) < self._most:
            end = min(high, self._stride_end(low >> ID_BITS, rank, stride))
            self._asked_first = _m.urgency_rank == rank
            self._read_span((low, end), None)
            low, read = end + 1, read + stride
            stride = _next_stride(read, len(self._found), self._most)

    def _stride_end(self, second: int, rank: int, stride: int) -> int:
        """The highest number of the second until which ``rank`` has so many messages, from ``second`` on."""
        ranked = select(_m.created_at).where(_m.urgency_rank == rank, *in_seconds(second, LAST_SECOND))
        last = self._connection.execute(ranked.order_by(_m.created_at).offset(stride).limit(1)).scalar_one_or_none()
        return LAST if last is None else numbers_of_second(second_of(last))[1]

    def _read_on(self, span: Span, led: Led | None, is_backward: bool) -> int | None:
        """Read the numbers of ``span`` in one go; where another way goes on from, None when there is no need."""
        conditions = [] if self._asked_first is not None else self._passing(None)
        step, met = FIRST if conditions or self._asked_first is not None else self._most + 1, 0
        with closing(self._numbers_back(span) if is_backward else self._numbers(span)) as numbers:
            while some := list(islice(numbers, step)):
                passed = self._passed(some, conditions)
                second = some[-1] >> ID_BITS
                if len(some) < step or self._is_settled(second):
                    return None
                met = met + len(some) if some[0] >> ID_BITS == second else 0
                if met > CROWD:
                    self._read_second(second)
                    return numbers_of_second(second)[0 if is_backward else 1]
                if led and self._asked_first is None and passed * DENSE < len(some):
                    self._asked_first = led.condition
                    return some[-1]
                step = _next_step(step, passed, self._most - len(self._found))
        return None

    def _numbers(self, span: Span, *, newest: bool = False) -> Generator[int]:
        """The numbers of ``span`` that hold the words, those only that pass when a condition is asked first."""
        number = number_column()
        query = numbered(self._match.asked, *span).order_by(number.desc() if newest else number)
        if self._asked_first is not None:
            query = query.where(of_messages([*self._passing(self._asked_first), *within(span)]))
        with self._connection.execute(query) as cursor:
            while some := cursor.fetchmany(FIRST):
                yield from (int(row[0]) for row in some)

    def _numbers_back(self, span: Span) -> Generator[int]:
        """The same from the newest on.

        FTS5 may skip messages when it goes back in its index over a gap of 2**56 or more between two numbers, such as
        between what has no date and what has one. Only words that it puts together at each question are read back;
        others forward, stretch after stretch, each of more messages than the last.
        """
        if self._match.is_whole:
            yield from self._numbers(span, newest=True)
            return
        low, high = span
        # Words of which some are put together at each question are asked for once.
        stretch, read, told, pace = STRIDE if self._match.is_ready else LAST, 0, 0, 0.0
        # Where few pass, of words that many hold, all the rest takes longer to read than to part.
        far = FAR if self._asked_first is None else FAR * MORE
        while low <= high:
            last = high >> ID_BITS
            if stretch > far:
                begin = low
            elif stretch > STRIDE * MORE:
                # By the pace of the last ones: they need not be counted.
                begin = max(low, (last - int(stretch * pace)) << ID_BITS)
            else:
                begin = max(low, self._stretch_begin(last, stretch))
            some = array("q", self._numbers((begin, high)))
            yield from reversed(some)
            pace = (last + 1 - (begin >> ID_BITS)) / stretch
            told, read, high = told + len(some), read + stretch, begin - 1
            following = _next_stride(read, told, max(self._most, told + FIRST))
            stretch = following if self._asked_first is not None else max(following, 2 * stretch)

    def _stretch_begin(self, second: int, stretch: int) -> int:
        """The lowest number of the second from which there are so many messages until ``second``."""
        dated = select(_m.created_at).where(*in_seconds(0, second), _m.created_at.is_not(None))
        first = self._connection.execute(
            dated.order_by(_m.created_at.desc()).offset(stretch).limit(1)
        ).scalar_one_or_none()
        return 0 if first is None else numbers_of_second(second_of(first))[0]

    def _passing(self, leader: Condition | None) -> list[Condition]:
        dialect = self._connection.dialect.name
        of_rank = [] if self._part.rank is None else [kept_back(_m.urgency_rank, dialect) == self._part.rank]
        return [*passing(self._asked, dialect, leader), *of_rank]

    def _passed(self, numbers: Sequence[int], conditions: list[Condition]) -> int:
        """Keep those of ``numbers`` whose messages pass; how many."""
        seconds = {number & _ID_MASK: number >> ID_BITS for number in numbers}
        # One value that holds them all: thousands of parameters take longer to write than to look up.
        some = select(func.json_each(json.dumps(list(seconds))).table_valued("value").c.value)
        rows: Iterable[Keys] = self._connection.execute(select(*KEYS).where(_m.id.in_(some), *conditions))
        found = [(seconds[row.id], row) for row in rows if self._is_after(row)]
        self._found += found
        return len(found)

    def _is_after(self, row: Keys) -> bool:
        if self._after is None:
            return True
        here = in_time(self._after.created_at, self._after.thread_id, self._after.position)
        return time_of(row) < here if self._part.newest else time_of(row) > here

    def _is_settled(self, second: int) -> bool:
        """Enough was found, whatever else is of the ``second`` that was reached."""
        if len(self._found) < self._most:
            return False
        return len(self._found) - self._crowd(second) >= self._most

    def _crowd(self, second: int) -> int:
        return sum(one == second for one, _row in self._found)

    def _read_second(self, second: int) -> None:
        """Find those of ``second`` along the index of the order."""
        low, high = numbers_of_second(second)
        self._found = [one for one in self._found if one[0] != second]
        conditions = [*self._passing(self._asked_first), found_among(self._match.asked, low, high)]
        wanted = self._most - len(self._found)
        of_second: list[Keys] = []
        for stretch, columns in self._part.stretches(self._after, second=second):
            query = select(*KEYS).where(*conditions, *stretch).order_by(*columns).limit(wanted - len(of_second))
            of_second += self._connection.execute(query)
        self._found += ((second, row) for row in of_second)

    def _bounds(self) -> Span:
        """The lowest and highest number to look at; those of the second of ``after`` are looked at again."""
        low, high = _EVER
        if self._asked.since is not None:
            low = max(0, int(self._asked.since.timestamp())) << ID_BITS
        if self._asked.until is not None:
            high = ((max(0, int(self._asked.until.timestamp())) + 1) << ID_BITS) - 1
        if self._after is not None:
            first, last = numbers_of_second(second_of(self._after.created_at))
            low, high = (low, min(high, last)) if self._part.newest else (max(low, first), high)
        return low, high


def _backward(spans: Sequence[Span]) -> list[Span]:
    """``spans`` from the newest on, what has no date apart."""
    found: list[Span] = []
    for low, high in reversed(spans):
        if high > _UNDATED[1]:
            found.append((max(low, _UNDATED[1] + 1), high))
        if low <= _UNDATED[1]:
            found.append((low, min(high, _UNDATED[1])))
    return found


def within(span: Span) -> list[Condition]:
    """Conditions that the messages of ``span`` fulfil, by which an index knows those that do not."""
    first, last = (number >> ID_BITS for number in span)
    if first > 0:
        return in_seconds(first, last)
    return [or_(_m.created_at.is_(None), *in_seconds(0, last))] if last < LAST_SECOND else []


def spans_of(connection: Connection, led: Led, *, apart: bool) -> list[Span]:
    """The numbers between which the index of words has all that ``led`` lets through, in the order of time.

    What has no date ``apart``, or in one go with the rest: words may have to be put together at each.
    """
    if led.name == "traits" and led.few > TIMED:
        return [_UNDATED, (_UNDATED[1] + 1, LAST)] if apart else [_EVER]
    first, last, undated = _times(connection, led)
    spans = [_UNDATED] if undated else []
    if first is not None and last is not None:
        low, high = second_of(first) << ID_BITS, numbers_of_second(second_of(last))[1]
        # What is older than the clock of the index stands with what has no date.
        is_apart = low > _UNDATED[1] and (apart or not undated)
        spans = [*spans, (low, high)] if is_apart else [(0, high)]
    return spans


def _times(connection: Connection, led: Led) -> tuple[str | None, str | None, int]:
    """The time of the first message and of the last, and how many have none."""
    ends = (func.min(_m.created_at), func.max(_m.created_at))
    known: Select[*tuple[Any, ...]]
    if led.name == "thread":
        # Three questions, each answered at one end of its index.
        dated = [select(end).where(led.condition, _m.created_at.is_not(None)).scalar_subquery() for end in ends]
        known = select(dated[0], dated[1], exists().where(led.condition, _m.created_at.is_(None)))
    else:
        undated = func.count() - func.count(_m.created_at)
        known = select(*ends).add_columns(undated).where(led.condition)
    first, last, count = connection.execute(known).one()
    return first, last, int(count)


def _next_stride(read: int, found: int, most: int) -> int:
    """How many messages to go on among, from how many of ``most`` were found among those read."""
    likely = int(1.3 * (most - found) * read / found) if found else read * MORE
    return min(max(likely, STRIDE), read * MORE)


def _next_step(step: int, passed: int, wanted: int) -> int:
    """How many messages to look up next, from how many passed of the last ``step`` and are still wanted."""
    likely = step * MORE if not passed else int(1.3 * wanted * step / passed)
    return min(max(likely, FIRST), step * MORE, AT_ONCE)
