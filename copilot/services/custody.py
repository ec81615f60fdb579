"""Keeping what is kept: backup, restore, audit, ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from copilot.domain.audit import AuditEntry, Verification
from copilot.domain.item import NEEDS_APPROVAL
from copilot.errors import UserError
from copilot.paths import Profile
from copilot.services.proof import is_proved
from copilot.store.runs import UsageLine
from copilot.store.unit_of_work import Store


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

    async def backup(self, out: Path, *, overwrite: bool = False) -> Path:
        """Copy the store to ``out`` (a file, or a folder in which a dated file is made).

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
        copy_database(path, target, overwrite=overwrite)
        return target

    async def restore(self, source: Path) -> Path | None:
        """Put the backup ``source`` in place of the store, after checking it; returns where the old one is.

        Raises:
            UserError: what :func:`copilot.store.backup.check_database` says; nothing was touched.
            OutsideError: ``backup.cannot_write``.
        """
        import os

        from copilot.store.backup import restore_database

        if os.environ.get("REPLIQUE_DATABASE_URL"):
            raise UserError("backup.on_server")
        target = self._profile.ensure().database
        kept = self._profile.backups / f"replaced-{self._clock():%Y%m%dT%H%M%S%f}.db"
        self._close()
        restore_database(source, target, kept)
        return kept if kept.exists() else None

    async def verify_audit(self) -> Verification:
        """Walk the audit chain, then compare every approved item with what was decided."""
        with self._store().read() as work:
            walked = work.audit.verify()
            if walked.holds:
                approved = work.items.list(statuses=sorted(NEEDS_APPROVAL))
                unproved = next((item for item in approved if not is_proved(work, item)), None)
                if unproved:
                    return Verification(walked.entries, unproved.id, "unproved")
            return walked

    async def audit_entries(self) -> tuple[AuditEntry, ...]:
        """The whole audit, oldest first."""
        with self._store().read() as work:
            return tuple(work.audit.entries())

    async def usage(self, since: datetime | None = None) -> tuple[UsageLine, ...]:
        """What the models cost, by provider, model and task."""
        with self._store().read() as work:
            return work.runs.summed(since)
