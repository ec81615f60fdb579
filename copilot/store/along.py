"""Messages that hold words, read along the index of words, whose numbers follow time, until enough of them pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, select

from copilot.domain.inbox import InboxFilter, Place
from copilot.store.conditions import Condition, kept_back, passing
from copilot.store.order import KEYS, Keys, Part, in_time, numbers_of_second, second_of, time_of
from copilot.store.search import ID_BITS, found_among, number_column, numbered, of_messages
from copilot.store.tables import messages

#: Messages looked up at first along the words found, then each time so many times more, up to what a statement takes.
FIRST, MORE, AT_ONCE = 250, 4, 16_000
#: Messages met for each that a condition lets through from which it is asked before they are looked up.
DENSE = 4
#: Messages of one second, or without a date, from which they are read along the index of their order.
CROWD = 1_000

_m = messages.c
_ID_MASK = (1 << ID_BITS) - 1

#: Two numbers of the index of words and all between.
Span = tuple[int, int]
_EVER: Span = (0, 1 << 62)
_UNDATED: Span = (0, _ID_MASK)


class Led(NamedTuple):
    """A condition that lets few messages through, and how many."""

    name: str
    condition: Condition
    few: int


class Along:
    """Reads at most ``most`` messages after ``after`` of one part of an order, along the words of ``asked``."""

    def __init__(self, connection: Connection, asked: InboxFilter, part: Part, after: Place | None, most: int) -> None:
        self._connection = connection
        self._asked = asked
        self._part = part
        self._after = after
        self._most = most
        numbers = numbered(asked.words)
        assert numbers is not None
        number = number_column()
        self._numbers = numbers.order_by(number.desc() if part.newest else number)
        # Rows that passed, each with its second.
        self._found: list[tuple[int, Keys]] = []
        self._asked_first: Condition | None = None

    def read(self, led: Led | None) -> list[Keys]:
        """The messages, in the order of time. ``led`` may be asked before they are looked up."""
        # A thread has a time of its own, where most of what is met may be of it.
        self._asked_first = led.condition if led and led.name != "thread" else None
        spans = self._spans(led) if led else [_EVER]
        lowest, highest = self._bounds()
        for first, last in reversed(spans) if self._part.newest else spans:
            low, high = max(lowest, first), min(highest, last)
            while low <= high and (end := self._read_on((low, high), led)) is not None:
                low, high = (low, end - 1) if self._part.newest else (end + 1, high)
            if len(self._found) >= self._most:
                break
        rows = sorted((row for _second, row in self._found), key=time_of, reverse=self._part.newest)
        return rows[: self._most]

    def _read_on(self, span: Span, led: Led | None) -> int | None:
        """Read the numbers of ``span`` in one go; where another way goes on from, None when there is no need."""
        numbers = self._numbers.where(number_column() >= span[0], number_column() <= span[1])
        conditions = self._passing(self._asked_first)
        if self._asked_first is not None:
            numbers, conditions = numbers.where(of_messages(conditions)), []
        step, met = FIRST, 0
        with self._connection.execute(numbers) as cursor:
            while some := [int(row[0]) for row in cursor.fetchmany(step)]:
                passed = self._passed(some, conditions)
                second = some[-1] >> ID_BITS
                if len(some) < step or self._is_settled(second):
                    return None
                met = met + len(some) if some[0] >> ID_BITS == second else 0
                if met > CROWD:
                    return self._read_second(second)
                if led and self._asked_first is None and passed * DENSE < len(some):
                    self._asked_first = led.condition
                    return some[-1]
                step = _next_step(step, passed, self._most - len(self._found))
        return None

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

    def _read_second(self, second: int) -> int:
        """Find those of ``second`` along the index of the order; where its numbers end."""
        low, high = numbers_of_second(second)
        self._found = [one for one in self._found if one[0] != second]
        conditions = [*self._passing(self._asked_first), found_among(self._asked.words, low, high)]
        wanted = self._most - len(self._found)
        of_second: list[Keys] = []
        for stretch, columns in self._part.stretches(self._after, second=second):
            query = select(*KEYS).where(*conditions, *stretch).order_by(*columns).limit(wanted - len(of_second))
            of_second += self._connection.execute(query)
        self._found += ((second, row) for row in of_second)
        return low if self._part.newest else high

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

    def _spans(self, led: Led) -> list[Span]:
        """The numbers between which the index of words has all that ``led`` lets through, in the order of time."""
        ends = (func.min(_m.created_at), func.max(_m.created_at))
        known: Select[*tuple[Any, ...]]
        if led.name == "thread":
            # Three questions, each answered at one end of its index.
            dated = [select(end).where(led.condition, _m.created_at.is_not(None)).scalar_subquery() for end in ends]
            known = select(dated[0], dated[1], exists().where(led.condition, _m.created_at.is_(None)))
        else:
            undated = func.count() - func.count(_m.created_at)
            known = select(*ends).add_columns(undated).where(led.condition)
        first, last, undated = self._connection.execute(known).one()
        spans = [_UNDATED] if undated else []
        if first is not None:
            low, high = second_of(first) << ID_BITS, ((second_of(last) + 1) << ID_BITS) - 1
            # What is older than the clock of the index stands with what has no date; where that comes first, all is
            # read in one go: the words are put together again at each.
            is_apart = low > _UNDATED[1] and (self._part.newest or not undated)
            spans = [*spans, (low, high)] if is_apart else [(0, high)]
        return spans


def _next_step(step: int, passed: int, wanted: int) -> int:
    """How many messages to look up next, from how many passed of the last ``step`` and are still wanted."""
    likely = step * MORE if not passed else int(1.3 * wanted * step / passed)
    return min(max(likely, FIRST), step * MORE, AT_ONCE)
