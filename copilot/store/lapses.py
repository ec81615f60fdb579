"""Replies to messages that changed: what was approved, or waits for it, must be looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from copilot.domain.item import Item, ItemKind, Status
from copilot.domain.review import FROZEN, ReviewState, changed
from copilot.store.audit import AuditLog
from copilot.store.items import ItemRepository
from copilot.store.parts import in_parts

#: Who is said to have done what an import did.
NOBODY = "–"
#: Whose version one is of which not a word was written: "–" would be somebody who gave no name.
UNWRITTEN = ""
#: Why replies are drafts again, as the audit tells it.
DELETED, ANSWERED, DECIDED = "message_deleted", "message_answered", "message_decided"


def lapse_replies(connection: Connection, rebound: Mapping[int, str], gone: Sequence[int], at: datetime) -> int:
    """Send the open replies to these messages back to draft; how many were further on their way.

    ``rebound`` gives the new hash of the messages whose text or author changed: their replies answer it from now on,
    and each approval, of other bytes, lapses. ``gone`` are messages that were deleted where they stood.
    """
    items, count = ItemRepository(connection), 0
    for reply in _open_replies(items, list(rebound)):
        count += _rebind(connection, items, reply, rebound[reply.message_id or 0], at)
    return count + reopen_replies(connection, gone, DELETED, at)


def reopen_replies(connection: Connection, message_ids: Sequence[int], why: str, at: datetime, by: str = NOBODY) -> int:
    """Send the replies to these messages that are on their way back to draft; how many. ``why`` is for the audit.

    Those to messages that somebody answered stay when they were exported: they are that answer.
    """
    items, count = ItemRepository(connection), 0
    for reply in _open_replies(items, message_ids):
        was_used = why == ANSWERED and items.was_exported(reply.id)
        if reply.status is not Status.DRAFT and not was_used:
            count += 1
            items.save_state(replace(reply, status=Status.DRAFT, approval=None), at)
            _tell(connection, reply, why, reply.package.sha256, at, by)
    return count


def _open_replies(items: ItemRepository, message_ids: Sequence[int]) -> list[Item]:
    found: list[Item] = []
    for some in in_parts(message_ids):
        found += items.list(kind=ItemKind.REPLY, message_ids=some)
    return [item for item in found if item.status not in FROZEN and item.status is not Status.ARCHIVED]


def _rebind(connection: Connection, items: ItemRepository, reply: Item, sha256: str, at: datetime) -> bool:
    after = replace(reply, answers=sha256)
    state = changed(
        ReviewState(reply.status, reply.approval), old_hash=reply.package.sha256, new_hash=after.package.sha256
    )
    items.save_content(replace(after, status=state.status, approval=state.approval), UNWRITTEN, at)
    _tell(connection, reply, "message_changed", after.package.sha256, at)
    return state.status is not reply.status


def _tell(connection: Connection, reply: Item, action: str, after: str, at: datetime, by: str = NOBODY) -> None:
    audit, subject = AuditLog(connection), f"item:{reply.id}"
    audit.append(at, by, action, subject, {"before": reply.package.sha256, "after": after})
    if reply.approval:
        audit.append(at, by, "approval_lapsed", subject, {"approved": reply.approval.package_hash})
