"""Threads and messages in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, not_, or_, select, true, update

from copilot.domain.conversation import Author, Decider, Message, Thread, Triage
from copilot.domain.inbox import flags_of, urgency_rank
from copilot.errors import UserError
from copilot.store.columns import about_in, exact, moment, shown_about, shown_time, triage_in, triage_out
from copilot.store.tables import messages, threads
from copilot.text.sameness import text_key

#: Messages in one statement: a load can be stopped between two.
BATCH = 2000


def message_of(row: Row[Any]) -> Message:
    """A row of the table of messages as a :class:`Message`."""
    return Message(
        id=row.id,
        thread_id=row.thread_id,
        position=row.position,
        external_id=row.external_id,
        parent_id=row.parent_id,
        author=Author(row.author_name, row.author_handle, row.author_is_owner),
        text=row.text,
        created_at=moment(row.created_at) if exact(row.created_at) else None,
        created_rel=row.created_rel,
        rating=row.rating,
        triage=triage_in(row.triage),
        edited_at=moment(row.edited_at) if row.edited_at else None,
        likes=row.likes,
        link=row.link,
        deleted=row.deleted,
        hidden=row.hidden,
        answered=row.answered,
        changed_at=moment(row.changed_at) if row.changed_at else None,
        about=about_in(row.created_at) if row.created_at else None,
    )


def thread_of(row: Row[Any], told: tuple[Message, ...] = ()) -> Thread:
    """A row of the table of threads as a :class:`Thread`, with the messages ``told``."""
    return Thread(
        id=row.id,
        title=row.title,
        source=row.source,
        network=row.network,
        language=row.language,
        post_text=row.post_text,
        imported_at=moment(row.imported_at),
        messages=told,
        brand_id=row.brand_id,
        origin=row.origin,
        truncated=row.truncated,
    )


def insert_thread(connection: Connection, thread: Thread, sha256: str, at: datetime) -> int:
    """Store ``thread`` without its messages; its id."""
    result = connection.execute(
        threads.insert().values(
            title=thread.title,
            source=thread.source,
            network=thread.network,
            language=thread.language,
            post_text=thread.post_text,
            sha256=sha256,
            imported_at=shown_time(at),
            brand_id=thread.brand_id,
            origin=thread.origin,
            truncated=thread.truncated,
        )
    )
    key = result.inserted_primary_key
    return int(key[0]) if key else 0


class ThreadRepository:
    """Threads with their messages in order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, thread: Thread, sha256: str, at: datetime, stored: Callable[[int], None] = lambda _count: None
    ) -> Thread:
        """Store ``thread`` and its messages; ids are given here.

        ``stored`` is told how many messages are in after each batch; raising there undoes everything.
        """
        thread_id = insert_thread(self._connection, thread, sha256, at)
        told = sorted(thread.messages, key=lambda message: message.position)
        for start in range(0, len(told), BATCH):
            batch = told[start : start + BATCH]
            self._connection.execute(messages.insert(), [message_columns(thread_id, message) for message in batch])
            stored(start + len(batch))
        return replace(thread, id=thread_id, imported_at=at, messages=self._numbered(thread_id, told))

    def _numbered(self, thread_id: int, told: Sequence[Message]) -> tuple[Message, ...]:
        """The messages just stored, with the ids they were given: quicker than reading what they say again."""
        ids = self._connection.execute(
            select(messages.c.id).where(messages.c.thread_id == thread_id).order_by(messages.c.position, messages.c.id)
        ).scalars()
        return tuple(replace(message, id=given, thread_id=thread_id) for given, message in zip(ids, told, strict=True))

    def get(self, thread_id: int) -> Thread:
        """The thread of this id, messages included.

        Raises:
            UserError: ``thread.unknown``.
        """
        thread = self.without_messages(thread_id)
        found = self._connection.execute(
            select(messages).where(messages.c.thread_id == thread_id).order_by(messages.c.position)
        )
        return replace(thread, messages=tuple(message_of(one) for one in found))

    def without_messages(self, thread_id: int) -> Thread:
        """The thread of this id alone.

        Raises:
            UserError: ``thread.unknown``.
        """
        row = self._connection.execute(select(threads).where(threads.c.id == thread_id)).one_or_none()
        if row is None:
            raise UserError("thread.unknown", id=thread_id)
        return thread_of(row)

    def around(self, thread_id: int, message_id: int, before: int) -> Thread:
        """The thread with one message, its last, and at most ``before`` of those that stand just before it.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``.
        """
        thread = self.without_messages(thread_id)
        here = messages.c.thread_id == thread_id
        place = self._connection.execute(select(messages.c.position).where(here, messages.c.id == message_id)).scalar()
        if place is None:
            raise UserError("message.not_in_thread", id=message_id, thread=thread_id)
        found = self._connection.execute(
            select(messages)
            .where(here, messages.c.position <= place)
            .order_by(messages.c.position.desc())
            .limit(before + 1)
        ).all()
        return replace(thread, messages=tuple(message_of(one) for one in reversed(found)))

    def people(self, thread_id: int) -> tuple[Author, ...]:
        """Those who wrote in a thread, each once, ourselves left out."""
        name, handle = messages.c.author_name, messages.c.author_handle
        others = select(name, handle).where(messages.c.thread_id == thread_id, messages.c.author_is_owner.is_(False))
        return tuple(Author(row.author_name, row.author_handle) for row in self._connection.execute(others.distinct()))

    def post_text(self, thread_id: int) -> str:
        """The post that a thread comments, empty when unknown."""
        found = self._connection.execute(select(threads.c.post_text).where(threads.c.id == thread_id)).scalar()
        return found or ""

    def list(self) -> tuple[tuple[Thread, int], ...]:
        """All threads, newest first, without messages but with how many they hold."""
        counted = select(messages.c.thread_id, func.count().label("n")).group_by(messages.c.thread_id).subquery()
        rows = self._connection.execute(
            select(threads, func.coalesce(counted.c.n, 0).label("n"))
            .outerjoin(counted, counted.c.thread_id == threads.c.id)
            .order_by(threads.c.id.desc())
        )
        return tuple((thread_of(row), int(row.n)) for row in rows)

    def message(self, message_id: int) -> Message:
        """The message of this id.

        Raises:
            UserError: ``message.unknown``.
        """
        row = self._connection.execute(select(messages).where(messages.c.id == message_id)).one_or_none()
        if row is None:
            raise UserError("message.unknown", id=message_id)
        return message_of(row)

    def messages(self, ids: Iterable[int]) -> Mapping[int, Message]:
        """The messages of these ids, those that exist."""
        wanted = sorted(set(ids))
        found: dict[int, Message] = {}
        for start in range(0, len(wanted), 500):
            rows = self._connection.execute(select(messages).where(messages.c.id.in_(wanted[start : start + 500])))
            found.update({row.id: message_of(row) for row in rows})
        return found

    def set_triage(
        self, triaged: Mapping[int, Triage], *, by_person: bool = False, read: Mapping[int, str] | None = None
    ) -> None:
        """Keep what was said of each message. What a person decided stays, unless a person says otherwise.

        ``read`` are the texts it was said of, where known: nothing is kept of a message that says something else by
        now.
        """
        if triaged:
            mine = messages.c.triage.contains(_BY_PERSON, autoescape=True)
            open_to = true() if by_person else or_(messages.c.triage.is_(None), not_(mine))
            if read is not None:
                open_to = and_(open_to, messages.c.text == bindparam("read"))
            self._connection.execute(
                update(messages)
                .where(messages.c.id == bindparam("message"), open_to)
                .values({column: bindparam(f"told_{column}") for column in _TRIAGE_COLUMNS}),
                [
                    {"message": message_id}
                    | ({} if read is None else {"read": read[message_id]})
                    | {f"told_{column}": value for column, value in _triage_columns(triage).items()}
                    for message_id, triage in triaged.items()
                ],
            )

    def remove(self, thread_id: int) -> bool:
        """Forget a thread and its messages. True when it was there."""
        return bool(self._connection.execute(delete(threads).where(threads.c.id == thread_id)).rowcount)


def message_columns(thread_id: int, message: Message) -> dict[str, object]:
    """A :class:`Message` as a row of the table of messages."""
    return {
        "thread_id": thread_id,
        "position": message.position,
        "external_id": message.external_id,
        "parent_id": message.parent_id,
        "author_name": message.author.name,
        "author_handle": message.author.handle,
        "author_is_owner": message.author.is_owner,
        "text": message.text,
        "created_at": _written(message),
        "created_rel": message.created_rel,
        "rating": message.rating,
        "sha256": message.sha256,
        "edited_at": shown_time(message.edited_at) if message.edited_at else None,
        "likes": message.likes,
        "link": message.link,
        "deleted": message.deleted,
        "hidden": message.hidden,
        "answered": message.answered,
        "changed_at": shown_time(message.changed_at) if message.changed_at else None,
        "text_key": text_key(message.text),
        **(_triage_columns(message.triage) if message.triage else _UNTRIAGED),
    }


def _written(message: Message) -> str | None:
    if message.created_at is not None:
        return shown_time(message.created_at)
    return shown_about(message.about) if message.about else None


#: As :func:`triage_out` writes it; in a quoted text the same signs stand behind backslashes.
_BY_PERSON = f'"decided_by":"{Decider.PERSON}"'
_TRIAGE_COLUMNS = ("triage", "urgency_rank", "intent", "tone", "language", "flags")
#: As the columns are by default: every row of one statement must name the same columns.
_UNTRIAGED: Mapping[str, object] = {
    "triage": None,
    "urgency_rank": 5,
    "intent": "",
    "tone": "",
    "language": "",
    "flags": 0,
}


def _triage_columns(triage: Triage) -> dict[str, object]:
    """What triage says, whole, and again in the columns that the inbox filters and orders by."""
    return {
        "triage": triage_out(triage),
        "urgency_rank": urgency_rank(triage.urgency),
        "intent": triage.intent.value,
        "tone": triage.tone.value,
        "language": triage.language,
        "flags": int(flags_of(triage)),
    }
