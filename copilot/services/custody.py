"""Keeping what is kept: backup, restore, audit, ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

from copilot.domain.audit import AuditEntry, Verification
from copilot.domain.item import NEEDS_APPROVAL
from copilot.errors import UserError
from copilot.paths import Profile
from copilot.services._stoppable import stoppable, told_in_loop
from copilot.services.proof import is_proved
from copilot.store.runs import UsageLine
from copilot.store.stopping import until
from copilot.store.unit_of_work import Store

Progress = Callable[[int, int], None]


class Custody:
    """Backups and proofs of a profile."""

    def __init__(
        self,
        profile: Profile,
        store: Callable[[], Store],
        close: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._profile = profile
        self._store = store
        self._close = close
        self._clock = clock

    async def backup(self, out: Path, *, overwrite: bool = False, progress: Progress | None = None) -> Path:
        """Copy the store to ``out`` (a file, or a folder in which a dated file is made).

        ``progress`` hears how many pages of how many are copied. Cancelled, it leaves no file, and one that was there
        as it was.

        Raises:
            UserError: ``backup.exists``, ``backup.on_server`` on PostgreSQL.
            OutsideError: ``backup.cannot_write``.
        """
        from copilot.store.backup import copy_database

        path = self._store().path
        if path is None:
            raise UserError("backup.on_server")
        if out.exists() and out.samefile(path):
            raise UserError("backup.onto_store", path=str(out))
        target = out / f"replique-{self._clock():%Y%m%dT%H%M%S}.db" if out.is_dir() else out
        stop, tell = Event(), told_in_loop(progress)
        await stoppable(lambda: copy_database(path, target, overwrite=overwrite, stop=stop, tell=tell), stop)
        return target

    async def restore(self, source: Path, *, progress: Progress | None = None) -> Path | None:
        """Put the backup ``source`` in place of the store, after checking it; returns where the old one is.

        ``progress`` hears how many pages of how many are copied beside the store. It can be cancelled until then and
        leaves everything as it was; the exchange that follows is not interrupted.

        Raises:
            UserError: what :func:`copilot.store.backup.check_database` says; nothing was touched.
            OutsideError: ``backup.cannot_write``.
        """
        import os

        from copilot.store.backup import put_in_place, staged_path, staged_restore

        if os.environ.get("REPLIQUE_DATABASE_URL"):
            raise UserError("backup.on_server")
        target = self._profile.ensure().database
        kept = self._profile.backups / f"replaced-{self._clock():%Y%m%dT%H%M%S%f}.db"
        stop, tell = Event(), told_in_loop(progress)
        try:
            await stoppable(lambda: staged_restore(source, target, stop=stop, tell=tell), stop)
            # No pause from here on: whatever else asks for the store meanwhile waits, and finds the new one.
            self._close()
            put_in_place(staged_path(target), target, kept)
        finally:
            staged_path(target).unlink(missing_ok=True)
        return kept if kept.exists() else None

    async def verify_audit(self) -> Verification:
        """Walk the audit chain, then compare every approved item with what was decided."""
        store, stop = self._store(), Event()
        return await stoppable(lambda: _verified(store, stop), stop)

    async def audit_entries(self) -> tuple[AuditEntry, ...]:
        """The whole audit, oldest first."""
        with self._store().read() as work:
            return tuple(work.audit.entries())

    async def usage(self, since: datetime | None = None) -> tuple[UsageLine, ...]:
        """What the models cost, by provider, model and task."""
        with self._store().read() as work:
            return work.runs.summed(since)


def _verified(store: Store, stop: Event) -> Verification:
    """What the audit says of itself and of the approved items. Raises Stopped when ``stop`` is set."""
    with store.read() as work:
        walked = work.audit.verify(stop)
        if walked.holds:
            approved = work.items.list(statuses=sorted(NEEDS_APPROVAL))
            unproved = next((item for item in until(stop, approved) if not is_proved(work, item)), None)
            if unproved:
                return Verification(walked.entries, unproved.id, "unproved")
        return walked
