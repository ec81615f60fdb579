"""What a profile holds and weighs; forgetting the conversations of others for good."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.review import checked_name
from copilot.errors import OutsideError, UserError
from copilot.paths import Profile
from copilot.services._archiving import archive
from copilot.services._stoppable import stoppable

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork
    from copilot.store.upkeep import Forgotten

#: A century: more days than this is a slip.
MOST_DAYS = 36_500
_STAMP = re.compile(r"-(\d{8}T\d{6})(\d{6})?$")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """An automatic backup; ``at`` is an aware time, ``bytes`` the place it takes."""

    path: Path
    at: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class StorageReport:
    """What the profile folder holds, in bytes and in things. ``on_server``: the database is not in the folder."""

    profile: Path
    database_bytes: int
    backups_bytes: int
    logs_bytes: int
    brands: int
    briefs: int
    threads: int
    messages: int
    items: int
    audit_entries: int
    oldest_thread: datetime | None
    on_server: bool = False


class Storage:
    """The data of a profile."""

    def __init__(self, profile: Profile, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._profile = profile
        self._store = store
        self._clock = clock

    async def report(self) -> StorageReport:
        """How much is kept, and where."""
        store = self._store()
        with store.read() as work:
            counts = work.upkeep.counts()
        return StorageReport(
            profile=self._profile.root,
            database_bytes=store.size(),
            backups_bytes=_weight(self._profile.backups),
            logs_bytes=_weight(self._profile.logs),
            brands=counts.brands,
            briefs=counts.briefs,
            threads=counts.threads,
            messages=counts.messages,
            items=counts.items,
            audit_entries=counts.audit_entries,
            oldest_thread=counts.oldest_thread,
            on_server=store.path is None,
        )

    async def forget_thread(self, thread_id: int, by: str) -> Forgotten:
        """Remove a thread and its messages; the audit keeps that it was done, by whom, and how many.

        Our own replies stay, without the message. Those that have not left are archived: nobody could judge them any
        more, and an export would stumble on them. The bytes leave the files with :meth:`compact`; backups made before
        still hold them.

        Raises:
            UserError: ``thread.unknown``, ``review.name_needed``, ``review.bad_name``; nothing was removed.
        """
        name = checked_name(by)
        with self._store().write() as work:
            return self._forget(work, thread_id, name)

    async def forget_older_than(self, days: int, by: str) -> int:
        """Forget every thread imported ``days`` days ago or before, all or none; returns how many.

        Raises:
            UserError: ``storage.bad_days``, ``review.name_needed``, ``review.bad_name``; nothing was removed.
        """
        name = checked_name(by)
        if not 0 <= days <= MOST_DAYS:
            raise UserError("storage.bad_days", value=days)
        last = self._clock() - timedelta(days=days)
        with self._store().write() as work:
            old = work.upkeep.imported_until(last)
            for thread_id in old:
                self._forget(work, thread_id, name)
        return len(old)

    def _forget(self, work: UnitOfWork, thread_id: int, name: str) -> Forgotten:
        for item_id in work.upkeep.replies_to(thread_id):
            archive(work, work.items.get(item_id), name, self._clock())
        gone = work.upkeep.forget(thread_id)
        told = {"messages": gone.messages, "replies": gone.replies}
        work.audit.append(self._clock(), name, "thread_forgotten", f"thread:{thread_id}", told)
        return gone

    async def compact(self) -> int:
        """Make what was deleted leave the database's files; returns the bytes given back, 0 on a server.

        Cancelled, the database is as it was.

        Raises:
            OutsideError: ``store.busy`` (another program reads), ``store.full`` (as much room as the database is
                needed), ``store.corrupt``...; nothing is lost, do it again.
        """
        store = self._store()
        before = store.size()
        stop = Event()
        await stoppable(lambda: store.compact(stop), stop)
        return max(0, before - store.size())

    async def backups(self) -> tuple[BackupFile, ...]:
        """The automatic backups, the newest first."""
        folder = self._profile.backups
        found = [_backup(path) for path in folder.glob("*.db") if path.is_file() and not path.name.startswith(".")]
        return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))

    async def remove_backup(self, path: Path, by: str) -> int:
        """Delete one of :meth:`backups` for good; returns its bytes.

        Raises:
            UserError: ``storage.not_a_backup``, ``review.name_needed``, ``review.bad_name``; nothing was deleted.
            OutsideError: ``storage.cannot_delete``; the file is still there.
        """
        name = checked_name(by)
        known = next((one for one in await self.backups() if one.path == path), None)
        if known is None:
            raise UserError("storage.not_a_backup", name=path.name)
        with self._store().write() as work:
            work.audit.append(self._clock(), name, "backup_removed", f"backup:{path.name}", {"bytes": known.bytes})
            try:
                for part in _parts(path):
                    part.unlink()
            except OSError as error:
                why = error.strerror or str(error)
                raise OutsideError("storage.cannot_delete", name=path.name, why=why) from error
        return known.bytes


def _backup(path: Path) -> BackupFile:
    weight = sum(part.stat().st_size for part in _parts(path))
    stamp = _STAMP.search(path.stem)
    try:
        at = datetime.strptime(stamp[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if stamp else None
    except ValueError:
        at = None
    return BackupFile(path, at or datetime.fromtimestamp(path.stat().st_mtime, UTC), weight)


def _parts(path: Path) -> tuple[Path, ...]:
    """The file and, of a store kept because it was damaged, its log; the file itself last."""
    sides = (path.with_name(path.name + side) for side in ("-wal", "-shm"))
    return (*(side for side in sides if side.is_file()), path)


def _weight(folder: Path) -> int:
    """Bytes of the files under ``folder``, those that go away meanwhile left out."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
