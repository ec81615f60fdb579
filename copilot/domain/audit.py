"""The audit log: entries chained by hash, so that a change or a gap shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FORM = b"replique-audit/1\n"
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened. ``hash`` covers every other field, ``previous`` included.

    ``details`` holds numbers, hashes and names of ours, never words of anybody: a reason or a quote is there by its
    hash. Entries made before that was so hold them in clear.
    """

    seq: int
    at: datetime
    by: str
    action: str
    subject: str
    details: Mapping[str, object]
    previous: str
    hash: str


def entry_hash(
    seq: int, at: datetime, by: str, action: str, subject: str, details: Mapping[str, object], previous: str
) -> str:
    """SHA-256 of the canonical form of an entry: the fields in this order, compact JSON, keys sorted."""
    body = json.dumps(
        [seq, at.astimezone(UTC).isoformat(timespec="microseconds"), by, action, subject, details, previous],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(FORM + body.encode("utf-8", "surrogatepass")).hexdigest()


def chained(
    previous: AuditEntry | None, at: datetime, by: str, action: str, subject: str, details: Mapping[str, object]
) -> AuditEntry:
    """The entry that follows ``previous`` (None for the first)."""
    seq = previous.seq + 1 if previous else 1
    link = previous.hash if previous else GENESIS
    digest = entry_hash(seq, at, by, action, subject, details, link)
    return AuditEntry(seq, at, by, action, subject, details, link, digest)


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of walking the chain: how many entries hold, and the first that does not."""

    entries: int
    broken_at: int | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        """True when every entry is as it was written."""
        return self.broken_at is None


def verify(entries: Iterable[AuditEntry], head: tuple[int, str] | None = None) -> Verification:
    """Walk ``entries`` in order; ``head`` is the (seq, hash) the store remembers as the last one.

    ``why`` is ``gap`` (a missing or doubled number), ``link`` (does not follow the one before), ``content``
    (changed after it was written) or ``tail`` (the last entries were removed).
    """
    count, link = 0, GENESIS
    for entry in entries:
        expected = count + 1
        if entry.seq != expected:
            return Verification(count, expected, "gap")
        if entry.previous != link:
            return Verification(count, entry.seq, "link")
        digest = entry_hash(entry.seq, entry.at, entry.by, entry.action, entry.subject, entry.details, entry.previous)
        if digest != entry.hash:
            return Verification(count, entry.seq, "content")
        count, link = entry.seq, entry.hash
    if head is not None and (count, link) != head:
        return Verification(count, count + 1, "tail")
    return Verification(count)
