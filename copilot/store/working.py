"""Working copies in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from copilot.domain.working import WorkingCopy
from copilot.errors import OutsideError
from copilot.store.columns import moment, shown_time
from copilot.store.tables import working_copies

#: Characters of a key.
LONGEST_KEY = 200


def _copy(row: Row[Any]) -> WorkingCopy:
    try:
        body = json.loads(row.body)
        saved_at = moment(row.saved_at)
    except (ValueError, RecursionError) as error:
        # Only somebody else's hand writes what we cannot read back: nothing is guessed.
        raise OutsideError("store.damaged_copy", key=row.key) from error
    if not isinstance(body, dict):
        raise OutsideError("store.damaged_copy", key=row.key)
    return WorkingCopy(row.key, body, row.revision, saved_at)


class WorkingCopyRepository:
    """Working copies by key, each kept once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, key: str, body: Mapping[str, object], revision: int | None, at: datetime) -> None:
        """Keep ``body`` under ``key`` in place of what was there.

        Raises:
            ValueError: a key that is empty or longer than 200 characters.
            TypeError: a body that JSON cannot hold.
        """
        if not 0 < len(key) <= LONGEST_KEY:
            raise ValueError("a working copy needs a key of 1 to 200 characters")
        # ASCII escapes carry lone surrogates and NUL, which no text column takes as they are.
        values = {"body": json.dumps(dict(body)), "revision": revision, "saved_at": shown_time(at)}
        # In one statement: two processes that keep the same new key at once must not fail.
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(working_copies).values(key=key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def get(self, key: str) -> WorkingCopy | None:
        """What is kept under ``key``, if anything. Raises OutsideError ``store.damaged_copy``."""
        row = self._connection.execute(select(working_copies).where(working_copies.c.key == key)).one_or_none()
        return _copy(row) if row else None

    def list(self, prefix: str = "") -> tuple[WorkingCopy, ...]:
        """The readable copies whose key begins with ``prefix``, the newest first."""
        # Not LIKE: SQLite's takes no account of case.
        begins = func.substr(working_copies.c.key, 1, len(prefix)) == prefix
        rows = self._connection.execute(
            select(working_copies).where(begins).order_by(working_copies.c.saved_at.desc(), working_copies.c.key)
        )
        found = []
        for row in rows:
            try:
                found.append(_copy(row))
            except OutsideError:
                continue  # one damaged copy must not keep a person from the others
        return tuple(found)

    def drop(self, *keys: str) -> None:
        """Forget what is kept under these keys; one that is not there is no matter."""
        self._connection.execute(delete(working_copies).where(working_copies.c.key.in_(keys)))
