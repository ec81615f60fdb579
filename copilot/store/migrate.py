"""Bringing a database to today's schema: create, upgrade after a backup, or refuse kindly."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from copilot.errors import OutsideError, UserError
from copilot.store.engine import APPLICATION_ID, our_errors, sqlite_engine

#: The newest revision, spelled out so that opening an up-to-date store needs no alembic (0.6 s to import).
HEAD = "0007"
#: Alembic keeps the running migration in a global of its own.
_ONE_AT_A_TIME = threading.Lock()
#: SHA-256 of the guards (triggers) of a store, by revision: without them it does not hold the first law by itself.
GUARDS = {
    "0001": "b70439fc7128b281271225c8347c746551aa5730cf291e8d4aacc0733bfa4ac9",
    "0002": "b70439fc7128b281271225c8347c746551aa5730cf291e8d4aacc0733bfa4ac9",
    "0003": "497f68849d81df01aa119bb8dffe15ae46b10637e7919fe6d38df0cabe5dee09",
    "0004": "291eee958fc1a4caf1dc774ed5335fecddac3e9ecd11d8c753cf0cc61e7557f8",
    "0005": "291eee958fc1a4caf1dc774ed5335fecddac3e9ecd11d8c753cf0cc61e7557f8",
    "0006": "291eee958fc1a4caf1dc774ed5335fecddac3e9ecd11d8c753cf0cc61e7557f8",
    "0007": "bb3c9c5dd5787ce22e6668bda71d82aa36d6f9be1ce30648ce7b65420d78e46d",
}
_VERSIONS = Path(__file__).parent / "migrations" / "versions"


@lru_cache(maxsize=1)
def known_revisions() -> tuple[str, ...]:
    """The revisions this version of the product knows, oldest first."""
    names = sorted(path.name for path in _VERSIONS.iterdir() if re.match(r"\d{4}_.*\.pyc?$", path.name))
    return tuple(dict.fromkeys(name[:4] for name in names))


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, "head")


def sqlite_revision(path: Path) -> str | None:
    """The revision of the file at ``path``; None for an empty database. Nothing is written.

    Raises:
        UserError: ``store.not_ours`` for another program's database.
        OutsideError: ``store.corrupt``, ``store.cannot_open``, ``store.busy``.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=15)) as db:
            names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not names:
                return None
            if "alembic_version" not in names or "audit_head" not in names:
                raise UserError("store.not_ours", path=str(path))
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except sqlite3.OperationalError as error:
        busy = "locked" in str(error)
        raise OutsideError("store.busy" if busy else "store.cannot_open", path=str(path)) from error
    except sqlite3.DatabaseError as error:
        raise OutsideError("store.corrupt", path=str(path)) from error


def guards_of(db: sqlite3.Connection) -> str:
    """SHA-256 of the triggers of a database, whatever the order they were made in."""
    told = sorted(str(row[0]) for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _require_guards(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=15)) as db:
        if guards_of(db) != GUARDS[HEAD]:
            raise UserError("store.guards_missing", path=str(path))


def open_sqlite(path: Path, backups: Path, now: Callable[[], datetime]) -> Engine:
    """An engine on an up-to-date database at ``path``, created or upgraded when needed.

    An upgrade first copies the file into ``backups``.

    Raises:
        UserError: ``store.newer`` (made by a newer version: refused, untouched), ``store.not_ours``,
            ``store.guards_missing`` (somebody removed what keeps unapproved items in).
        OutsideError: ``store.corrupt`` (an empty file too; kept as it is), ``store.cannot_open``, ``store.full``...
    """
    if not path.exists():
        _create(path)
    elif path.stat().st_size == 0:
        # Never ours: a store is built aside and moved here whole. What it held may still be in a backup.
        raise OutsideError("store.corrupt", path=str(path))
    revision = sqlite_revision(path)
    if revision is not None and revision not in known_revisions():
        raise UserError("store.newer", path=str(path), revision=revision)
    engine = sqlite_engine(path)
    if revision != HEAD:
        if revision is not None:
            from copilot.store.backup import copy_database

            backups.mkdir(parents=True, exist_ok=True)
            copy_database(path, backups / f"replique-{revision}-{now():%Y%m%dT%H%M%S%f}.db")
        _upgrade_in_place(engine, str(path))
    _require_guards(path)
    return engine


def _upgrade_in_place(engine: Engine, where: str) -> None:
    with our_errors(where), engine.connect().execution_options(replique_mode="IMMEDIATE") as connection:
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(1382052977)"))
            upgrade(connection)


def _create(path: Path) -> None:
    """Build a new database beside ``path`` and move it there whole: a crash never leaves half a store."""
    try:
        handle, name = tempfile.mkstemp(prefix=".new-", suffix=".db", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise OutsideError("store.cannot_open", path=str(path)) from error
    draft = Path(name)
    try:
        engine = sqlite_engine(draft)
        _upgrade_in_place(engine, str(path))
        engine.dispose()
        with closing(sqlite3.connect(draft)) as db:
            # Closing the last connection writes the log back: the file alone is then the whole store.
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was quicker: its store is as good
        except OSError:
            draft.replace(path)  # a file system without hard links
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            leftover.unlink(missing_ok=True)


def open_postgres(engine: Engine, where: str) -> Engine:
    """Bring the PostgreSQL database behind ``engine`` up to date.

    Raises:
        UserError: ``store.newer``.
        OutsideError: ``store.no_server`` when it cannot be reached.
    """
    with our_errors(where), engine.connect() as connection:
        revision = None
        if inspect(connection).has_table("alembic_version"):
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in known_revisions():
        raise UserError("store.newer", path=where, revision=str(revision))
    if revision != HEAD:
        _upgrade_in_place(engine, where)
    return engine
