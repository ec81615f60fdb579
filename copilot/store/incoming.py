"""Messages on their way in: as plain rows that can wait in a file, and into the table many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection, func, select

from copilot.domain.conversation import Author, Message
from copilot.store.tables import messages
from copilot.store.threads import message_columns

#: What a message says, in the order of ``COLUMNS``: text, numbers, nothing else.
Row: TypeAlias = tuple[object, ...]
Item = TypeVar("Item")

#: The columns of a row; which thread a message belongs to is said when it is stored.
COLUMNS = tuple(name for name in message_columns(0, Message(0, 0, 0, "", None, Author(), "")) if name != "thread_id")
#: Rows in one statement; a load can be stopped between two.
AT_ONCE = 5000
#: Characters in one statement, unless one row has more.
MOST_CHARS = 8_000_000

_POSITION, _PARENT, _ANSWERED, _TEXT = (COLUMNS.index(one) for one in ("position", "parent_id", "answered", "text"))
_NAMES = ", ".join(("id", "thread_id", *COLUMNS))
_STAGE = f"CREATE TEMPORARY TABLE incoming_messages AS SELECT {_NAMES} FROM messages LIMIT 0"  # noqa: S608  # our columns
_FILL = f"INSERT INTO temp.incoming_messages VALUES ({', '.join('?' * (len(COLUMNS) + 2))})"  # noqa: S608  # only signs
#: The index of words writes itself out at each statement, and each time its numbers, which follow time, go back: row by
#: row in the order of a file, that takes longer than all the rest of storing.
_TAKE = (
    f"INSERT INTO messages ({_NAMES}) SELECT {_NAMES} FROM temp.incoming_messages "  # noqa: S608  # our own columns
    "ORDER BY substr(created_at, 1, 19), id"
)


def row_of(message: Message) -> Row:
    """``message`` as a row."""
    return tuple(message_columns(0, message).values())[1:]


def position_of(row: Row) -> int:
    """Where in its thread the message of ``row`` stands."""
    place = row[_POSITION]
    assert isinstance(place, int)
    return place


def linked(row: Row, parent_id: str | None, answered: bool) -> Row:
    """``row`` with what is known of a message once the whole file was read."""
    if row[_PARENT] == parent_id and row[_ANSWERED] == answered:
        return row
    told = list(row)
    told[_PARENT], told[_ANSWERED] = parent_id, answered
    return tuple(told)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """``rows``, as many at a time as one statement takes."""
    return grouped(rows, lambda row: len(str(row[_TEXT])), AT_ONCE, MOST_CHARS)


def grouped(items: Iterable[Item], chars_of: Callable[[Item], int], most: int, most_chars: int) -> Iterator[list[Item]]:
    """``items`` by ``most``, or by fewer as soon as they have ``most_chars`` characters."""
    some: list[Item] = []
    size = 0
    for item in items:
        some.append(item)
        size += chars_of(item)
        if len(some) == most or size >= most_chars:
            yield some
            some, size = [], 0
    if some:
        yield some


def begin(connection: Connection) -> None:
    """Make ready for :func:`insert`."""
    if connection.dialect.name == "sqlite":
        end(connection)
        # A table of this connection alone, without an index or a trigger.
        connection.exec_driver_sql(_STAGE)


def end(connection: Connection) -> None:
    """Let go of what :func:`begin` made."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS temp.incoming_messages")


def insert(connection: Connection, thread_id: int, rows: Sequence[Row]) -> None:
    """Store ``rows``, at most what :func:`batches` gives, as messages of a thread."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        told = [{"thread_id": thread_id, **dict(zip(COLUMNS, row, strict=True))} for row in rows]
        connection.execute(messages.insert(), told)
        return
    first = int(connection.execute(select(func.coalesce(func.max(messages.c.id), 0))).scalar_one()) + 1
    connection.exec_driver_sql(_FILL, [(number, thread_id, *row) for number, row in enumerate(rows, start=first)])
    connection.exec_driver_sql(_TAKE)
    connection.exec_driver_sql("DELETE FROM temp.incoming_messages")
