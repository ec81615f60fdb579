"""The audit log in the database: appended in the same transaction as what it tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from threading import Event

from sqlalchemy import Connection, select, update

from copilot.domain.audit import AuditEntry, Verification, chained, verify
from copilot.store.columns import moment, shown_time
from copilot.store.stopping import until
from copilot.store.tables import audit, audit_head


def entry_of(
    seq: int, at: str, by: str, action: str, subject: str, details: str, previous: str, digest: str
) -> AuditEntry:
    """A row as an :class:`AuditEntry`."""
    # What was spoiled must still be read: its hash then tells that it was.
    try:
        told = json.loads(details)
    except ValueError:
        told = {"unreadable": details}
    try:
        when = moment(at)
    except ValueError:
        when = datetime.min.replace(tzinfo=UTC)
    return AuditEntry(seq, when, by, action, subject, told if isinstance(told, dict) else {}, previous, digest)


def _columns(entry: AuditEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": shown_time(entry.at),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "details": json.dumps(entry.details, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "previous": entry.previous,
        "hash": entry.hash,
    }


class AuditLog:
    """Appends and reads entries; never changes one (the database refuses it too)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, at: datetime, by: str, action: str, subject: str, details: Mapping[str, object]) -> AuditEntry:
        """Chain a new entry to the last one."""
        return self.append_each(at, by, action, [subject], details)[0]

    def append_each(
        self, at: datetime, by: str, action: str, subjects: Sequence[str], details: Mapping[str, object]
    ) -> tuple[AuditEntry, ...]:
        """Chain one new entry a subject: the same thing happened to each."""
        return self.append_all(at, by, action, [(subject, details) for subject in subjects])

    def append_all(
        self, at: datetime, by: str, action: str, told: Sequence[tuple[str, Mapping[str, object]]]
    ) -> tuple[AuditEntry, ...]:
        """Chain one new entry for each (subject, details)."""
        if not told:
            return ()
        # Writers take turns on the head row, so that two of them never follow the same entry.
        head = self._connection.execute(select(audit_head.c.seq, audit_head.c.hash).with_for_update()).one()
        previous = AuditEntry(head.seq, at, "", "", "", {}, "", head.hash) if head.seq else None
        entries: list[AuditEntry] = []
        for subject, details in told:
            previous = chained(previous, at, by, action, subject, details)
            entries.append(previous)
        self._connection.execute(audit.insert(), [_columns(entry) for entry in entries])
        self._connection.execute(update(audit_head).values(seq=entries[-1].seq, hash=entries[-1].hash))
        return tuple(entries)

    def entries(self) -> Iterator[AuditEntry]:
        """All entries in order."""
        for row in self._connection.execute(select(audit).order_by(audit.c.seq)):
            yield entry_of(*row)

    def of_subject(self, subject: str) -> tuple[AuditEntry, ...]:
        """The entries about one thing, in order."""
        rows = self._connection.execute(select(audit).where(audit.c.subject == subject).order_by(audit.c.seq))
        return tuple(entry_of(*row) for row in rows)

    def verify(self, stop: Event | None = None) -> Verification:
        """Walk the whole chain against the remembered head. Raises Stopped once ``stop`` is set."""
        head = self._connection.execute(select(audit_head.c.seq, audit_head.c.hash)).one_or_none()
        return verify(until(stop, self.entries()), (head.seq, head.hash) if head else (-1, ""))
