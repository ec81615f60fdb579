"""Pages of the inbox: each begins where the last one ended, and costs the same among a thousand or a million messages.

A page is read along an index that follows its order, or from the few messages that one condition lets through, or
along the index of words, whose numbers follow time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, tuple_

from copilot.domain.inbox import InboxFilter, InboxPage, Order, Place, urgency_rank
from copilot.store.columns import moment
from copilot.store.conditions import Condition, leaders, passing
from copilot.store.search import ID_BITS, found_among, found_each, number_column, numbered, searched, terms
from copilot.store.tables import messages

#: Messages that are quicker sorted than met in order.
FEW = 30_000
#: Words found in fewer messages than this are all looked up; and when what is found can be read in the order of time.
RARE, RARE_IN_TIME = 1_500, 400
#: Beginnings of words that SQLite keeps ready, in letters, and texts that hold them from which they are usual.
SHORT, USUAL = 3, 150_000
#: Messages looked up at first along the words found, then each time so many times more, up to what a statement takes.
FIRST, MORE, AT_ONCE = 250, 4, 16_000
#: Messages met for each that a condition lets through from which it is asked before they are looked up.
DENSE = 4
#: Ranks of urgency, that of messages not triaged included.
RANKS = 6

_m = messages.c
_KEYS = (_m.id, _m.urgency_rank, _m.created_at, _m.thread_id, _m.position)
_ID_MASK = (1 << ID_BITS) - 1
#: The id of the message of a number in the index of words.
_ID: ColumnElement[int] = number_column().bitwise_and(_ID_MASK)

#: Two numbers of the index of words and all between.
Span = tuple[int, int]
_EVER: Span = (0, 1 << 62)
_UNDATED: Span = (0, (1 << ID_BITS) - 1)

Keys = Row[tuple[int, int, str | None, int, int]]
ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: (_m.urgency_rank, _m.created_at.nulls_first(), _m.thread_id, _m.position),
    Order.OLDEST: (_m.created_at.nulls_first(), _m.thread_id, _m.position),
    Order.NEWEST: (_m.created_at.desc().nulls_last(), _m.thread_id.desc(), _m.position.desc()),
    Order.THREAD: (_m.thread_id, _m.position),
}


class Pages:
    """Reads pages of one filter."""

    def __init__(self, connection: Connection, asked: InboxFilter) -> None:
        self._connection = connection
        self._asked = asked
        self._dialect = connection.dialect.name

    def page(self, after: Place | None, most: int) -> InboxPage:
        """At most ``most`` messages after ``after``, or the first ones."""
        found = self._read(after, most + 1)
        kept = found[:most]
        more = len(found) > most and bool(kept)
        return InboxPage(tuple(row.id for row in kept), _place(kept[-1]) if more else None)

    def _read(self, after: Place | None, most: int) -> list[Keys]:
        if self._dialect != "sqlite":
            return self._followed(after, most, searched(self._asked.words, self._dialect))
        leader, count = self._leader()
        numbers = numbered(self._asked.words)
        if numbers is None:
            signs = searched(self._asked.words, self._dialect)
            return self._sorted(after, most, signs, leader) if leader else self._followed(after, most, signs)
        words, is_timed = self._asked.words, self._asked.order in (Order.NEWEST, Order.OLDEST)
        if is_timed and not leader:
            return self._along_words(after, most, "", [_EVER])
        rare = RARE_IN_TIME if is_timed else RARE
        if self._count(numbers.limit(rare)) < rare:
            return self._sorted(after, most, [found_among(words, leads=True)])
        if is_timed:
            return self._along_words(after, most, leader, self._spans(leader, count))
        if leader:
            return self._sorted(after, most, [_m.id.in_(self._led(numbers, leader).with_only_columns(_ID))])
        usual = all(len(term) <= SHORT for term in terms(words)) and self._count(numbers.limit(USUAL)) == USUAL
        return self._followed(after, most, [found_each(words) if usual else found_among(words)])

    def _leader(self) -> tuple[str, int]:
        """The condition that lets the fewest through, when it lets few; and how many."""
        best, least = "", FEW
        for name, leader in leaders(self._asked).items():
            count = self._count(leader.counted.limit(least))
            if count < least:
                best, least = name, count
        return best, least

    def _spans(self, leader: str, count: int) -> list[Span]:
        """The numbers between which the index of words has all that ``leader`` lets through, in the order of time."""
        if not count:
            return [(1, 0)]
        condition = leaders(self._asked)[leader].condition
        if leader == "thread":
            # Three questions, each answered at one end of its index.
            each = (func.min(_m.created_at), func.max(_m.created_at))
            ends = [select(one).where(condition, _m.created_at.is_not(None)).scalar_subquery() for one in each]
            known: Any = select(*ends, exists().where(condition, _m.created_at.is_(None)))
        else:
            told = func.count() - func.count(_m.created_at)
            known = select(func.min(_m.created_at), func.max(_m.created_at), told).where(condition)
        first, last, undated = self._connection.execute(known).one()
        spans = [_UNDATED] if undated else []
        if first is not None:
            low, high = _seconds(first) << ID_BITS, ((_seconds(last) + 1) << ID_BITS) - 1
            # What is older than the clock of the index stands with what has no date.
            spans = [*spans, (low, high)] if low > _UNDATED[1] else [(0, high)]
        return spans

    def _led(self, numbers: Select[Any], leader: str) -> Select[Any]:
        """Of the numbers in the index of words, those of messages that pass, told from the few of ``leader``."""
        return numbers.where(_ID.in_(select(_m.id).where(*passing(self._asked, self._dialect, leader=leader))))

    def _count(self, query: Any) -> int:
        return int(self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def _sorted(self, after: Place | None, most: int, words: list[Condition], leader: str = "") -> list[Keys]:
        """The few that ``leader`` or the words let through, put in order."""
        order = self._asked.order
        # Led by the words, no other condition may choose an index.
        bounds = [_beyond(order, after)] if after else []
        asked = passing(self._asked, self._dialect, leader=leader)
        query = select(*_KEYS).where(*asked, *words, *bounds).order_by(*ORDERS[order]).limit(most)
        return list(self._connection.execute(query))

    def _followed(self, after: Place | None, most: int, words: list[Condition], every: int | None = None) -> list[Keys]:
        """Along the index of the order, stretch by stretch: an index holds what has no date apart."""
        found: list[Keys] = []
        asked = passing(self._asked, self._dialect)
        for stretch, columns in self._stretches(after):
            query = select(*_KEYS).where(*asked, *words, *stretch).order_by(*columns).limit(most - len(found))
            found += self._connection.execute(query)
            if len(found) >= most:
                break
        return found

    def _stretches(self, after: Place | None) -> Iterator[tuple[list[Condition], tuple[ColumnElement[Any], ...]]]:
        """The parts of an order that an index follows, from ``after`` on: conditions and columns to order by."""
        order = self._asked.order
        if order is Order.THREAD:
            yield ([_beyond(order, after)] if after else []), ORDERS[order]
            return
        if order is not Order.URGENCY:
            yield from self._of_time(after, [], newest=order is Order.NEWEST)
            return
        wanted = {urgency_rank(one) for one in self._asked.urgencies} or set(range(RANKS))
        for rank in sorted(wanted):
            if after is None or rank > after.urgency_rank:
                yield from self._of_time(None, [_m.urgency_rank == rank], newest=False)
            elif rank == after.urgency_rank:
                yield from self._of_time(after, [_m.urgency_rank == rank], newest=False)

    def _of_time(
        self, after: Place | None, within: list[Condition], *, newest: bool
    ) -> Iterator[tuple[list[Condition], tuple[ColumnElement[Any], ...]]]:
        """Dated messages and those without a date, in the order they come in."""
        undated = self._asked.since is None and self._asked.until is None
        columns = ORDERS[Order.NEWEST if newest else Order.OLDEST]
        for has_date in (True, False) if newest else (False, True):
            if not has_date and not undated:
                continue
            here = [*within, _m.created_at.is_not(None) if has_date else _m.created_at.is_(None)]
            if after is not None and bool(after.created_at) is has_date:
                here.append(_past(after, has_date=has_date, newest=newest))
            elif after is not None and has_date is newest:
                continue  # this stretch was left behind
            yield here, columns if has_date else columns[1:]

    def _along_words(self, after: Place | None, most: int, leader: str, spans: Sequence[Span]) -> list[Keys]:
        """Along the words found, whose numbers follow time, until enough pass; more are looked up at each step."""
        newest = self._asked.order is Order.NEWEST
        number, numbers = number_column(), numbered(self._asked.words)
        assert numbers is not None
        numbers = numbers.order_by(number.desc() if newest else number)
        # A thread has a time of its own, where most of what is met may be of it.
        is_led = leader not in ("", "thread")
        numbers = self._led(numbers, leader) if is_led else numbers
        conditions = passing(self._asked, self._dialect)
        lowest, highest = self._bounds(newest, after)
        found: list[Keys] = []
        step = FIRST
        for first, last in reversed(spans) if newest else spans:
            low, high = max(lowest, first), min(highest, last)
            while len(found) < most and low <= high:
                bounded = numbers.where(number >= low, number <= high).limit(step)
                some = self._connection.execute(bounded).scalars().all()
                passed = self._in_order(some, conditions)
                found += passed
                if len(some) < step:
                    break
                if leader and not is_led and len(passed) * DENSE < len(some):
                    numbers, is_led = self._led(numbers, leader), True
                low, high = (low, some[-1] - 1) if newest else (some[-1] + 1, high)
                step = _next_step(step, len(passed), most - len(found))
        return found[:most]

    def _bounds(self, newest: bool, after: Place | None) -> tuple[int, int]:
        """The lowest and highest number to look at."""
        low, high = 0, (1 << 62)
        if self._asked.since is not None:
            low = max(0, int(self._asked.since.timestamp())) << ID_BITS
        if self._asked.until is not None:
            high = ((max(0, int(self._asked.until.timestamp())) + 1) << ID_BITS) - 1
        if after is not None:
            here = number_of(after)
            low, high = (low, min(high, here - 1)) if newest else (max(low, here + 1), high)
        return low, high

    def _in_order(self, numbers: Sequence[int], conditions: list[Condition]) -> list[Keys]:
        """Of the messages of ``numbers`` those that pass, in the order of their numbers."""
        by_id = {number & _ID_MASK: place for place, number in enumerate(numbers)}
        # One value that holds them all: thousands of parameters take longer to write than to look up.
        some = select(func.json_each(json.dumps(list(by_id))).table_valued("value").c.value)
        rows: list[Keys] = list(self._connection.execute(select(*_KEYS).where(_m.id.in_(some), *conditions)))
        return sorted(rows, key=lambda row: by_id[row.id])


def _next_step(step: int, passed: int, wanted: int) -> int:
    """How many messages to look up next, from how many passed of the last ``step`` and are still wanted."""
    likely = step * MORE if not passed else int(1.3 * wanted * step / passed)
    return min(max(likely, FIRST), step * MORE, AT_ONCE)


def number_of(place: Place) -> int:
    """The number that the index of words gives to the message at ``place``, as its triggers do."""
    return (_seconds(place.created_at) << ID_BITS) + place.id


def _seconds(created_at: str) -> int:
    seconds = int(moment(created_at).timestamp() // 1) if created_at else 0
    return min(max(seconds, 0), (1 << 34) - 1)


def _place(row: Keys) -> Place:
    return Place(row.urgency_rank, row.created_at or "", row.thread_id, row.position, row.id)


def _past(after: Place, *, has_date: bool, newest: bool) -> Condition:
    """Beyond ``after`` in the order of time, among those with or without a date."""
    columns: tuple[Any, ...] = (_m.created_at, _m.thread_id, _m.position)
    values: tuple[Any, ...] = (after.created_at, after.thread_id, after.position)
    here = tuple_(*columns) if has_date else tuple_(*columns[1:])
    there = tuple_(*values) if has_date else tuple_(*values[1:])
    return here < there if newest else here > there


def _beyond(order: Order, after: Place) -> Condition:
    """Beyond ``after`` in ``order``, for a query that sorts."""
    if order is Order.THREAD:
        return tuple_(_m.thread_id, _m.position) > tuple_(after.thread_id, after.position)
    newest = order is Order.NEWEST
    has_date = bool(after.created_at)
    here = and_(
        _m.created_at.is_not(None) if has_date else _m.created_at.is_(None),
        _past(after, has_date=has_date, newest=newest),
    )
    ways = [here]
    if has_date is newest:
        ways.append(_m.created_at.is_(None) if newest else _m.created_at.is_not(None))
    told = or_(*ways)
    if order is not Order.URGENCY:
        return told
    return or_(_m.urgency_rank > after.urgency_rank, and_(_m.urgency_rank == after.urgency_rank, told))
