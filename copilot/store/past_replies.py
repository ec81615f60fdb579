"""Replies that a person approved, with the message each answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from copilot.domain.conversation import Author, Intent
from copilot.domain.item import NEEDS_APPROVAL, ItemKind
from copilot.store.columns import moment
from copilot.store.tables import items, messages


@dataclass(frozen=True, slots=True)
class PastReply:
    """An approved reply and the message it answered."""

    item_id: int
    text: str
    at: datetime
    message_id: int
    thread_id: int
    answered: str
    author: Author


class PastReplyRepository:
    """What was answered before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, brand_id: str, intent: Intent, language: str, most: int) -> tuple[PastReply, ...]:
        """The last replies of a brand in a language that were approved, to messages of an intent, the newest first."""
        i, m = items.c, messages.c
        query = (
            select(i.id, i.text, i.approved_at, m.id.label("message_id"), m.thread_id, m.text.label("answered"))
            .add_columns(m.author_name, m.author_handle)
            .join(messages, m.id == i.message_id)
            .where(i.status.in_([status.value for status in NEEDS_APPROVAL]), i.kind == ItemKind.REPLY.value)
            .where(i.brand_id == brand_id, i.language == language, m.intent == intent.value)
            .order_by(i.approved_at.desc(), i.id.desc())
            .limit(most)
        )
        return tuple(
            PastReply(
                row.id,
                row.text,
                moment(row.approved_at),
                row.message_id,
                row.thread_id,
                row.answered,
                Author(row.author_name, row.author_handle),
            )
            for row in self._connection.execute(query)
        )
