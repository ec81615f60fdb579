"""Copies of the store: made while it is in use, checked before they replace anything."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

from copilot.domain.audit import verify
from copilot.errors import OutsideError, UserError
from copilot.store.migrate import GUARDS, guards_of, known_revisions, sqlite_revision
from copilot.store.stopping import Stopped, stopping

#: Pages copied between two looks at whether to go on, 4 MB: some tens of milliseconds.
STEP = 1024

Tell = Callable[[int, int], None]


def copy_database(
    source: Path, target: Path, *, overwrite: bool = False, stop: Event | None = None, tell: Tell | None = None
) -> None:
    """Copy the live SQLite database ``source`` to ``target``, whole or not at all.

    ``tell`` hears how many pages of how many are copied. What is written to ``source`` meanwhile is not in the copy.

    Raises:
        UserError: ``backup.exists`` when ``target`` is there and ``overwrite`` is False.
        OutsideError: ``backup.cannot_write``, ``store.corrupt``.
        Stopped: ``stop`` was set; ``target`` is as it was.
    """
    if target.exists() and not overwrite:
        raise UserError("backup.exists", path=str(target))
    try:
        handle, name = tempfile.mkstemp(prefix=".copy-", suffix=".db", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise OutsideError("backup.cannot_write", path=str(target), why=error.strerror or str(error)) from error
    draft = Path(name)
    try:
        with closing(sqlite3.connect(source, timeout=15)) as db, closing(sqlite3.connect(draft)) as copy:
            # One moment of it: begun anew at each change, a copy would never end while somebody types.
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            db.backup(copy, pages=STEP, progress=_progress(stop, tell))
            # One plain file: a backup must not need its write-ahead log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        if stop is not None and stop.is_set():
            raise Stopped
        draft.replace(target)
    except sqlite3.DatabaseError as error:
        kind = "backup.cannot_write" if "full" in str(error) or "I/O" in str(error) else "store.corrupt"
        raise OutsideError(kind, path=str(source if kind == "store.corrupt" else target), why=str(error)) from error
    except OSError as error:
        raise OutsideError("backup.cannot_write", path=str(target), why=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _progress(stop: Event | None, tell: Tell | None) -> Callable[[int, int, int], None]:
    def told(_status: int, remaining: int, total: int) -> None:
        if stop is not None and stop.is_set():
            raise Stopped
        if tell is not None:
            tell(total - remaining, total)

    return told


def check_database(path: Path, stop: Event | None = None) -> None:
    """Make sure ``path`` is a sound store of a known version, its audit chain whole.

    Raises:
        UserError: ``backup.missing``, ``backup.not_a_store``, ``backup.damaged``, ``backup.audit_broken``,
            ``backup.guards_missing``, ``store.newer``.
        Stopped: ``stop`` was set.
    """
    if not path.is_file():
        raise UserError("backup.missing", path=str(path))
    try:
        revision = sqlite_revision(path)
    except (UserError, OutsideError) as error:
        with path.open("rb") as file:
            ours = error.kind == "store.corrupt" and file.read(15) == b"SQLite format 3"
        raise UserError("backup.damaged" if ours else "backup.not_a_store", path=str(path)) from error
    if revision is None:
        raise UserError("backup.not_a_store", path=str(path))
    if revision not in known_revisions():
        raise UserError("store.newer", path=str(path), revision=revision)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db, stopping(db, stop):
            answer = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
            orphans = db.execute("PRAGMA foreign_key_check").fetchone()
            if answer != ["ok"] or orphans:
                raise UserError("backup.damaged", path=str(path))
            _check_audit(db, path)
            if guards_of(db) != GUARDS[revision]:
                raise UserError("backup.guards_missing", path=str(path))
    except sqlite3.DatabaseError as error:
        raise UserError("backup.damaged", path=str(path)) from error


def _check_audit(db: sqlite3.Connection, path: Path) -> None:
    from copilot.store.audit import entry_of

    rows = db.execute("SELECT seq, at, by, action, subject, details, previous, hash FROM audit ORDER BY seq")
    head = db.execute("SELECT seq, hash FROM audit_head").fetchone()
    result = verify((entry_of(*row) for row in rows), (int(head[0]), str(head[1])) if head else None)
    if not result.holds:
        raise UserError("backup.audit_broken", path=str(path), entry=result.broken_at)


def staged_restore(source: Path, target: Path, *, stop: Event | None = None, tell: Tell | None = None) -> Path:
    """Check the backup ``source`` and copy it beside ``target``, which is not touched: the copy's place.

    Raises:
        UserError: as :func:`check_database`; OutsideError: ``backup.cannot_write``.
        Stopped: ``stop`` was set. In each case no copy is left.
    """
    check_database(source, stop)
    incoming = staged_path(target)
    copy_database(source, incoming, overwrite=True, stop=stop, tell=tell)
    return incoming


def staged_path(target: Path) -> Path:
    """Where :func:`staged_restore` puts what is to take the place of ``target``."""
    return target.with_name(f".restore-{os.getpid()}.db")


def put_in_place(incoming: Path, target: Path, kept: Path) -> None:
    """Put ``incoming`` in place of ``target``, which nobody has open and whose content goes to ``kept``.

    Raises:
        OutsideError: ``backup.cannot_write``; the present store is still in place.
    """
    try:
        if target.exists():
            _keep(target, kept)
            # The log of the old file must never be replayed over the new one.
            for side in ("-wal", "-shm"):
                target.with_name(target.name + side).unlink(missing_ok=True)
        incoming.replace(target)
    except OSError as error:
        raise OutsideError("backup.cannot_write", path=str(target), why=error.strerror or str(error)) from error
    finally:
        incoming.unlink(missing_ok=True)


def _keep(target: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        copy_database(target, kept)
    except OutsideError as error:
        if error.kind != "store.corrupt":
            raise
        for side in ("", "-wal", "-shm"):
            part = target.with_name(target.name + side)
            if part.exists():
                kept.with_name(kept.name + side).write_bytes(part.read_bytes())
