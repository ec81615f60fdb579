"""Pages of the inbox: each begins where the last one ended, and costs the same among a thousand or a million messages.

A page is read along an index that follows its order, or from the few messages that one condition lets through, or
along the index of words, whose numbers follow time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, tuple_

from copilot.domain.inbox import InboxFilter, InboxPage, Order, Place, urgency_rank
from copilot.store.columns import moment
from copilot.store.conditions import Condition, leaders, passing
from copilot.store.search import ID_BITS, found_among, found_each, number_column, numbered, searched, terms
from copilot.store.tables import messages

#: Messages that are quicker sorted than met in order.
FEW = 30_000
#: Words found in fewer messages than this are all looked up.
RARE = 1_500
#: Beginnings of words that SQLite keeps ready, in letters, and texts that hold them from which they are usual.
SHORT, USUAL = 3, 150_000
#: Messages looked up at first along the words found, then each time so many times more, up to what a statement takes.
FIRST, MORE, AT_ONCE = 250, 4, 16_000
#: Ranks of urgency, that of messages not triaged included.
RANKS = 6

_m = messages.c
_KEYS = (_m.id, _m.urgency_rank, _m.created_at, _m.thread_id, _m.position)
_ID_MASK = (1 << ID_BITS) - 1

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
        words = self._asked.words
        if self._count(numbers.limit(RARE)) < RARE:
            return self._sorted(after, most, [found_among(words, leads=True)])
        if leader:
            return self._sorted(after, most, [found_among(words, *self._span(leader, count))], leader)
        if self._asked.order in (Order.NEWEST, Order.OLDEST):
            return self._along_words(after, most)
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

    def _span(self, leader: str, count: int) -> tuple[int, int]:
        """The numbers between which the index of words has all that ``leader`` lets through."""
        if not count:
            return 1, 0
        condition = leaders(self._asked)[leader].condition
        known = select(func.min(_m.created_at), func.max(_m.created_at), func.count() - func.count(_m.created_at))
        first, last, undated = self._connection.execute(known.where(condition)).one()
        if first is None:
            return 0, (1 << ID_BITS) - 1
        low = 0 if undated else _seconds(first) << ID_BITS
        return low, ((_seconds(last) + 1) << ID_BITS) - 1

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

    def _along_words(self, after: Place | None, most: int) -> list[Keys]:
        """Along the words found, whose numbers follow time, until enough pass; more are looked up at each step."""
        newest = self._asked.order is Order.NEWEST
        number, numbers = number_column(), numbered(self._asked.words)
        assert numbers is not None
        conditions = passing(self._asked, self._dialect)
        found: list[Keys] = []
        low, high = self._bounds(newest, after)
        step = FIRST
        while len(found) < most:
            bounded = numbers.where(number >= low, number <= high)
            some = list(
                self._connection.execute(bounded.order_by(number.desc() if newest else number).limit(step)).scalars()
            )
            if not some:
                break
            found += self._in_order(some, conditions)
            if len(some) < step:
                break
            low, high = (low, some[-1] - 1) if newest else (some[-1] + 1, high)
            step = min(step * MORE, AT_ONCE)
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
        rows: list[Keys] = []
        ids = list(by_id)
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            rows += self._connection.execute(select(*_KEYS).where(_m.id.in_(some), *conditions))
        return sorted(rows, key=lambda row: by_id[row.id])


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
