"""What the database holds and weighs; forgetting threads, and giving back the place they took."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from sqlalchemy import Connection, Table, exc, func, select

from copilot.errors import OutsideError, UserError
from copilot.store.columns import moment, shown_time
from copilot.store.engine import BUSY_SECONDS, our_errors
from copilot.store.stopping import stopping
from copilot.store.tables import audit, brands, briefs, items, messages, threads, working_copies


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each thing there are. ``oldest_thread`` is when the first one still there was imported."""

    brands: int
    briefs: int
    threads: int
    messages: int
    items: int
    audit_entries: int
    oldest_thread: datetime | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone: ``messages`` of ``threads``. ``replies`` are ours that answered them: they stay, alone."""

    threads: int = 0
    messages: int = 0
    replies: int = 0


class Upkeep:
    """Counting and forgetting, in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self) -> Counts:
        """How much is there."""
        oldest = self._connection.execute(select(func.min(threads.c.imported_at))).scalar()
        return Counts(
            brands=self._number(brands),
            briefs=self._number(briefs),
            threads=self._number(threads),
            messages=self._number(messages),
            items=self._number(items),
            audit_entries=self._number(audit),
            oldest_thread=moment(oldest) if oldest else None,
        )

    def _number(self, table: Table) -> int:
        return int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())

    def imported_until(self, last: datetime) -> tuple[int, ...]:
        """The ids of the threads imported at ``last`` or before, in order."""
        old = select(threads.c.id).where(threads.c.imported_at <= shown_time(last)).order_by(threads.c.id)
        return tuple(self._connection.execute(old).scalars())

    def replies_to(self, thread_id: int) -> tuple[int, ...]:
        """The ids of the items that answer a message of the thread, in order."""
        inside = select(messages.c.id).where(messages.c.thread_id == thread_id)
        found = select(items.c.id).where(items.c.message_id.in_(inside)).order_by(items.c.id)
        return tuple(self._connection.execute(found).scalars())

    def forget(self, thread_id: int) -> Forgotten:
        """Remove a thread, its messages and what was being typed about them.

        Replies to it stay, bound to what they answered by its hash alone.

        Raises:
            UserError: ``thread.unknown``.
        """
        here = messages.c.thread_id == thread_id
        ids = tuple(self._connection.execute(select(messages.c.id).where(here)).scalars())
        answered = self.replies_to(thread_id)
        replies = len(answered)
        # Numbers may be given again: what is kept under them must not be found by another thread's messages.
        self.drop_copies([f"thread:{thread_id}", *(f"message:{one}" for one in ids)])
        # What was being typed in a reply may quote the person.
        self.drop_copies([f"item:{one}" for one in answered])
        if not self._connection.execute(threads.delete().where(threads.c.id == thread_id)).rowcount:
            raise UserError("thread.unknown", id=thread_id)
        return Forgotten(1, len(ids), replies)

    def drop_copies(self, subjects: Iterable[str]) -> None:
        """Forget what is kept under ``message:12`` and under ``message:12:anything``."""
        wanted, key = set(subjects), working_copies.c.key
        for one in self._connection.execute(select(key)).scalars().all():
            if ":".join(one.split(":", 2)[:2]) in wanted:
                self._connection.execute(working_copies.delete().where(key == one))


def compact(path: Path, stop: Event | None = None) -> None:
    """Rewrite the SQLite file ``path`` without what was deleted, its write-ahead log emptied.

    Raises:
        Stopped: ``stop`` was set; the file holds what it held.
        OutsideError: ``store.busy`` while somebody reads or writes, ``store.full``, ``store.corrupt``...; nothing is
            lost.
    """
    with our_errors(str(path)):
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as db, stopping(db, stop):
                for index in _text_indexes(db):
                    # It only marks words as deleted; merged, they go.
                    db.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'optimize\')')  # noqa: S608  # a name of the schema
                db.execute("VACUUM")
                busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise exc.DBAPIError("VACUUM", None, error) from error
    if busy:
        raise OutsideError("store.busy", path=str(path))


def _text_indexes(db: sqlite3.Connection) -> tuple[str, ...]:
    told = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'")
    return tuple(name.replace('"', '""') for name, sql in told if "fts5" in sql.lower())


def size_of(path: Path) -> int:
    """Bytes of the SQLite file ``path`` and of its log."""
    parts = (path.with_name(path.name + side) for side in ("", "-wal", "-shm"))
    return sum(part.stat().st_size for part in parts if part.exists())
