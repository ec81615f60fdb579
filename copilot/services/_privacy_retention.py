"""Emptying what is older than a brand keeps it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand, Retention
from copilot.paths import Profile

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork

logger = logging.getLogger("replique.privacy")

#: Messages emptied in one transaction.
AT_ONCE = 2_000
#: Who empties at the start, in the audit.
RETENTION = "retention"
#: Says in the marker that nothing of what was emptied is left in the files.
_CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Purged:
    """What was emptied for a brand, or would be. ``logs`` counts files and lines of the ledger."""

    brand: str
    messages: int = 0
    decisions: int = 0
    pseudonyms: int = 0
    logs: int = 0

    @property
    def total(self) -> int:
        """Everything together."""
        return self.messages + self.decisions + self.pseudonyms + self.logs


def purge(store: Store, profile: Profile, brand: Brand, now: datetime, by: str, *, dry_run: bool) -> Purged:
    """Empty what ``brand`` no longer keeps. The audit keeps how much, never what."""
    kept = brand.retention
    if dry_run:
        with store.read() as work:
            done = Purged(brand.id, _messages_old(work, brand, now), *_others(work, brand, now, erase=False))
            return Purged(
                brand.id, done.messages, done.decisions, done.pseudonyms, done.logs + _files(profile, kept, now)
            )
    emptied = _empty_messages(store, brand, now)
    with store.write() as work:
        decisions, pseudonyms, lines = _others(work, brand, now, erase=True)
        told = Purged(brand.id, emptied, decisions, pseudonyms, lines + _files(profile, kept, now, erase=True))
        if told.total:
            counts = {"messages": emptied, "decisions": decisions, "pseudonyms": pseudonyms, "logs": told.logs}
            work.audit.append(now, by, "retention_purged", f"brand:{brand.id}", counts)
    return told


def purge_when_due(
    store: Store, profile: Profile, brands: Callable[[UnitOfWork], tuple[Brand, ...]], now: datetime
) -> None:
    """Once a day, empty what brands no longer keep. A failure is logged: it keeps nobody from working.

    What was emptied leaves the files too; where it could not, it does the next day.
    """
    try:
        last = _last_purge(profile)
        if last.day == now.date().isoformat():
            return
        # Until the files are clean they are said not to be: whatever stops us, the next day makes up for it.
        _write(profile, now.date())
        with store.read() as work:
            limited = [brand for brand in brands(work) if brand.retention != Retention()]
        done = [purge(store, profile, brand, now, RETENTION, dry_run=False) for brand in limited]
        if any(one.total for one in done) or (limited and not last.clean):
            store.compact()
        elif not last.clean:
            return
        _write(profile, now.date(), clean=True)
    except Exception:
        logger.exception("the retention could not be applied")


@dataclass(frozen=True, slots=True)
class _LastPurge:
    """The ISO day of the last purge at the start; ``clean`` when nothing of what it emptied is left in the files.

    Versions that did not clean the files wrote the day alone.
    """

    day: str
    clean: bool


def _last_purge(profile: Profile) -> _LastPurge:
    """Raises OSError or ValueError when it cannot be read. Costs one small file."""
    try:
        day, _, state = _marker(profile).read_text(encoding="ascii").strip().partition("\n")
    except FileNotFoundError:
        return _LastPurge("", clean=True)
    return _LastPurge(day.strip(), state.strip() == _CLEAN)


def _write(profile: Profile, day: date, *, clean: bool = False) -> None:
    _marker(profile).write_text(day.isoformat() + (f"\n{_CLEAN}" if clean else ""), encoding="ascii")


def _marker(profile: Profile) -> Path:
    return profile.root / "purged.txt"


def _last(days: int | None, now: datetime) -> datetime | None:
    return None if days is None else now - timedelta(days=days)


def _messages_old(work: UnitOfWork, brand: Brand, now: datetime) -> int:
    last = _last(brand.retention.messages_days, now)
    return 0 if last is None else work.privacy.count_messages_before(work.privacy.threads_of(brand.id), last)


def _empty_messages(store: Store, brand: Brand, now: datetime) -> int:
    last = _last(brand.retention.messages_days, now)
    if last is None:
        return 0
    emptied = 0
    while True:
        with store.write() as work:
            some = work.privacy.messages_before(work.privacy.threads_of(brand.id), last, AT_ONCE)
            if not some:
                return emptied
            ids = [one.id for one in some]
            work.upkeep.drop_copies([f"message:{one}" for one in ids])
            work.privacy.blank(some, now, corrections_too=False)
        emptied += len(some)


def _others(work: UnitOfWork, brand: Brand, now: datetime, *, erase: bool) -> tuple[int, int, int]:
    kept = brand.retention
    decisions, pseudonyms, logs = (
        _last(days, now) for days in (kept.decisions_days, kept.pseudonyms_days, kept.logs_days)
    )
    return (
        work.privacy.decisions_before(brand.id, decisions, erase=erase) if decisions else 0,
        work.privacy.pseudonyms_before(work.privacy.threads_of(brand.id), pseudonyms, erase=erase) if pseudonyms else 0,
        work.privacy.runs_before(logs, erase=erase) if logs else 0,
    )


def _files(profile: Profile, kept: Retention, now: datetime, *, erase: bool = False) -> int:
    """Log files that nobody wrote to since; the one in use is never among them."""
    last = _last(kept.logs_days, now)
    if last is None or not profile.logs.is_dir():
        return 0
    gone = 0
    for path in profile.logs.iterdir():
        try:
            if path.is_file() and path.stat().st_mtime < last.timestamp():
                if erase:
                    path.unlink()
                gone += 1
        except OSError:
            continue
    return gone
