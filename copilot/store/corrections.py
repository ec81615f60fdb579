"""What moderators said of messages, in the database: one row a brand and a text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from copilot.domain.conversation import Decider, Intent
from copilot.domain.learning import Correction
from copilot.store.columns import moment, shown_time
from copilot.store.tables import corrections
from copilot.text.sameness import normalised


def text_hash(text: str) -> str:
    """The same for texts that differ by case, accents and signs alone: one correction serves them all."""
    return hashlib.sha256(normalised(text).encode("utf-8", "replace")).hexdigest()


class CorrectionRepository:
    """The corrections of all brands."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, correction: Correction) -> None:
        """Keep ``correction``. Of the same text a person may change their mind; what triage had said first stays."""
        digest = text_hash(correction.text)
        known = self._connection.execute(
            update(corrections)
            .where(corrections.c.brand_id == correction.brand_id, corrections.c.text_sha256 == digest)
            .values(_changing(correction))
        )
        if known.rowcount:
            return
        told = {
            "brand_id": correction.brand_id,
            "text_sha256": digest,
            "language": correction.language,
            "said": correction.said.value,
            "said_by": correction.said_by.value,
        }
        self._connection.execute(corrections.insert().values(told | _changing(correction)))

    def of_brand(self, brand_id: str) -> tuple[Correction, ...]:
        """The corrections of a brand, oldest first."""
        asked = select(corrections).where(corrections.c.brand_id == brand_id).order_by(corrections.c.id)
        return tuple(_correction_of(row) for row in self._connection.execute(asked))

    def of_messages(self, ids: Iterable[int]) -> Mapping[int, Correction]:
        """The corrections that were made on these messages."""
        asked = select(corrections).where(corrections.c.message_id.in_(list(ids)))
        return {row.message_id: _correction_of(row) for row in self._connection.execute(asked)}

    def find(self, brand_id: str, text: str) -> Correction | None:
        """What was said of this text for a brand, None when nothing was."""
        asked = select(corrections).where(
            corrections.c.brand_id == brand_id, corrections.c.text_sha256 == text_hash(text)
        )
        row = self._connection.execute(asked).one_or_none()
        return _correction_of(row) if row else None

    def remove(self, brand_id: str, text: str) -> bool:
        """Forget what was said of this text. True when something was."""
        gone = delete(corrections).where(
            corrections.c.brand_id == brand_id, corrections.c.text_sha256 == text_hash(text)
        )
        return bool(self._connection.execute(gone).rowcount)

    def counted(self, brand_id: str) -> Mapping[tuple[Intent, Intent], int]:
        """How many texts triage said one thing of and a person another, by what was said and what was meant."""
        asked = (
            select(corrections.c.said, corrections.c.intent, func.count().label("n"))
            .where(corrections.c.brand_id == brand_id)
            .group_by(corrections.c.said, corrections.c.intent)
        )
        return {(Intent(row.said), Intent(row.intent)): int(row.n) for row in self._connection.execute(asked)}


def _changing(correction: Correction) -> dict[str, object]:
    return {
        "message_id": correction.message_id,
        "text": correction.text,
        "intent": correction.intent.value,
        "model": correction.model,
        "vector": correction.vector,
        "by": correction.by,
        "at": shown_time(correction.at),
    }


def _correction_of(row: Row[Any]) -> Correction:
    return Correction(
        brand_id=row.brand_id,
        text=row.text,
        language=row.language,
        intent=Intent(row.intent),
        said=Intent(row.said),
        said_by=Decider(row.said_by),
        by=row.by,
        at=moment(row.at),
        message_id=row.message_id,
        model=row.model,
        vector=bytes(row.vector) if row.vector is not None else None,
    )
