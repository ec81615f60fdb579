"""The orders of the inbox: what a message is ordered by, and what stands beyond a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, tuple_

from copilot.domain.inbox import Order, Place
from copilot.store.columns import moment, shown_time
from copilot.store.conditions import Condition, kept_back
from copilot.store.search import ID_BITS
from copilot.store.tables import messages

_m = messages.c
#: The last second that the index of words tells from the next.
LAST_SECOND = (1 << 34) - 1
#: What a page is read by: enough to order messages and to say where a page ends.
KEYS = (_m.id, _m.urgency_rank, _m.created_at, _m.thread_id, _m.position)
Keys = Row[tuple[int, int, str | None, int, int]]

_rank, _created, _thread, _position = (kept_back(column, "sqlite") for column in KEYS[1:])

ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: (_m.urgency_rank, _m.created_at.nulls_first(), _m.thread_id, _m.position),
    Order.OLDEST: (_m.created_at.nulls_first(), _m.thread_id, _m.position),
    Order.NEWEST: (_m.created_at.desc().nulls_last(), _m.thread_id.desc(), _m.position.desc()),
    Order.THREAD: (_m.thread_id, _m.position),
}


def _past(after: Place, *, has_date: bool, newest: bool) -> Condition:
    """Beyond ``after`` in the order of time, among those with or without a date."""
    columns: tuple[Any, ...] = (_m.created_at, _m.thread_id, _m.position)
    values: tuple[Any, ...] = (after.created_at, after.thread_id, after.position)
    here = tuple_(*columns) if has_date else tuple_(*columns[1:])
    there = tuple_(*values) if has_date else tuple_(*values[1:])
    return here < there if newest else here > there


#: The same, so that SQLite sorts what it found rather than follow an index through all messages.
SORTED: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: (_rank, _created.nulls_first(), _thread, _position),
    Order.OLDEST: (_created.nulls_first(), _thread, _position),
    Order.NEWEST: (_created.desc().nulls_last(), _thread.desc(), _position.desc()),
    Order.THREAD: (_thread, _position),
}

#: Conditions on messages that an index follows, and the columns of their order.
Stretch = tuple[list[Condition], tuple[ColumnElement[Any], ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """Part of an order that follows time: all messages, or those of one rank of urgency."""

    newest: bool
    rank: int | None = None

    def stretches(self, after: Place | None, *, undated: bool = True, second: int | None = None) -> Iterator[Stretch]:
        """What an index follows in one go, dated messages and those without a date, in the order they come in.

        Conditions and columns to order by, from ``after`` on; only what the index of words has in ``second``, if told.
        """
        columns = ORDERS[Order.NEWEST if self.newest else Order.OLDEST]
        within = [] if self.rank is None else [_m.urgency_rank == self.rank]
        for has_date in (True, False) if self.newest else (False, True):
            if not has_date and (not undated or second):
                continue
            here = [*within, _m.created_at.is_not(None) if has_date else _m.created_at.is_(None)]
            if has_date and second is not None:
                here += in_seconds(second, second)
            if after is not None and bool(after.created_at) is has_date:
                here.append(_past(after, has_date=has_date, newest=self.newest))
            elif after is not None and has_date is self.newest:
                continue  # this stretch was left behind
            yield here, columns if has_date else columns[1:]


def in_seconds(first: int, last: int) -> list[Condition]:
    """Dated messages that the index of words has in these seconds: before the first and after the last, all there are.

    Either may be beyond those two, which bounds nothing.
    """
    found: list[Condition] = []
    if first > 0:
        found.append(_m.created_at >= shown_time(datetime.fromtimestamp(first, UTC)))
    if last < LAST_SECOND:
        found.append(_m.created_at < shown_time(datetime.fromtimestamp(last + 1, UTC)))
    return found


def in_time(created_at: str | None, thread_id: int, position: int) -> tuple[str, int, int]:
    """What a message is compared by from the oldest to the newest; what has no date is older."""
    return created_at or "", thread_id, position


def time_of(row: Keys) -> tuple[str, int, int]:
    """:func:`in_time` of a row."""
    return in_time(row.created_at, row.thread_id, row.position)


def place_of(row: Keys) -> Place:
    """Where a message stands."""
    return Place(row.urgency_rank, row.created_at or "", row.thread_id, row.position, row.id)


def second_of(created_at: str | None) -> int:
    """The seconds that the index of words numbers a message by, as its triggers tell them."""
    seconds = int(moment(created_at).timestamp() // 1) if created_at else 0
    return min(max(seconds, 0), LAST_SECOND)


def number_of(row: Keys) -> int:
    """The number of a message in the index of words."""
    return (second_of(row.created_at) << ID_BITS) + int(row.id)


def numbers_of_second(second: int) -> tuple[int, int]:
    """The lowest and the highest number of the messages of one second."""
    return second << ID_BITS, ((second + 1) << ID_BITS) - 1


def beyond(order: Order, after: Place) -> Condition:
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
