"""What texts mean, as numbers, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, and_, delete, func, select

from copilot.store.parts import in_parts
from copilot.store.tables import message_vectors, messages


class VectorRepository:
    """The vectors of messages. One message has one, of the model that read it last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def missing(self, model: str, thread_id: int | None = None) -> tuple[int, ...]:
        """Ids of the messages (of one thread, or of all) that ``model`` has not read; those without text left out."""
        known = and_(message_vectors.c.message_id == messages.c.id, message_vectors.c.model == model)
        wanted = select(messages.c.id).outerjoin(message_vectors, known).where(message_vectors.c.message_id.is_(None))
        wanted = wanted.where(messages.c.text != "")
        if thread_id is not None:
            wanted = wanted.where(messages.c.thread_id == thread_id)
        return tuple(self._connection.execute(wanted.order_by(messages.c.thread_id, messages.c.position)).scalars())

    def texts(self, ids: Iterable[int]) -> Mapping[int, str]:
        """The texts of these messages, those that exist."""
        found: dict[int, str] = {}
        for some in in_parts(dict.fromkeys(ids)):
            rows = self._connection.execute(select(messages.c.id, messages.c.text).where(messages.c.id.in_(some)))
            found.update({row.id: row.text for row in rows})
        return found

    def put(self, model: str, vectors: Mapping[int, bytes], read: Mapping[int, str] | None = None) -> None:
        """Keep what ``model`` made of messages; of those that are gone meanwhile nothing is kept.

        ``read`` are the texts it read, where known: of those that say something else by now nothing is kept either.
        """
        for some in in_parts(dict.fromkeys(vectors)):
            texts = self.texts(some)
            here = {one for one, text in texts.items() if read is None or read.get(one) == text}
            self._connection.execute(delete(message_vectors).where(message_vectors.c.message_id.in_(some)))
            rows = [{"message_id": one, "model": model, "vector": vectors[one]} for one in some if one in here]
            if rows:
                self._connection.execute(message_vectors.insert(), rows)

    def of(self, model: str, ids: Iterable[int]) -> Mapping[int, bytes]:
        """What ``model`` made of these messages, where it has read them."""
        found: dict[int, bytes] = {}
        for some in in_parts(dict.fromkeys(ids)):
            rows = self._connection.execute(
                select(message_vectors.c.message_id, message_vectors.c.vector).where(
                    message_vectors.c.message_id.in_(some), message_vectors.c.model == model
                )
            )
            found.update({row.message_id: bytes(row.vector) for row in rows})
        return found

    def of_thread(self, model: str, thread_id: int) -> Mapping[int, bytes]:
        """What ``model`` made of the messages of a thread, by id, in the order of the thread."""
        rows = self._connection.execute(
            select(message_vectors.c.message_id, message_vectors.c.vector)
            .join(messages, messages.c.id == message_vectors.c.message_id)
            .where(messages.c.thread_id == thread_id, message_vectors.c.model == model)
            .order_by(messages.c.position)
        )
        return {row.message_id: bytes(row.vector) for row in rows}

    def count(self, model: str) -> int:
        """How many messages ``model`` has read."""
        counted = select(func.count()).select_from(message_vectors).where(message_vectors.c.model == model)
        return int(self._connection.execute(counted).scalar_one())
