"""Long work on an SQLite file that stops when nobody waits for it any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

T = TypeVar("T")

#: Instructions of SQLite between two looks at whether to go on: a millisecond, or a few rows of a megabyte.
BETWEEN = 1_000


class Stopped(Exception):
    """Nobody waits for it any more; what was begun is undone."""


@contextmanager
def stopping(db: sqlite3.Connection, stop: Event | None) -> Iterator[None]:
    """Interrupt what runs on ``db`` inside once ``stop`` is set: SQLite takes back what the statement did.

    ``sqlite3_interrupt`` would do nothing between two statements; asked in this way no moment is missed.

    Raises:
        Stopped: ``stop`` was set.
    """
    if stop is None:
        yield
        return
    asked = False
    if stop.is_set():
        raise Stopped

    def wanted() -> int:
        nonlocal asked
        asked = asked or stop.is_set()
        return int(asked)

    db.set_progress_handler(wanted, BETWEEN)
    try:
        yield
    except sqlite3.OperationalError as error:
        if asked:
            raise Stopped from error
        raise
    finally:
        db.set_progress_handler(None, 0)


def until(stop: Event | None, told: Iterable[T]) -> Iterator[T]:
    """``told``, one by one. Raises Stopped once ``stop`` is set."""
    for one in told:
        if stop is not None and stop.is_set():
            raise Stopped
        yield one
