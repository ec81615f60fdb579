"""Groups of messages in the database: those of a thread are replaced together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, delete, func, select

from copilot.domain.grouping import Alarm, GroupKind, GroupMember, Growth, Member, MessageGroup
from copilot.errors import UserError
from copilot.store.columns import dumps, moment, shown_time, wordings_in, wordings_out
from copilot.store.tables import message_group_members, message_groups, messages
from copilot.store.threads import message_of

#: Rows in one statement.
AT_ONCE = 5_000

#: The concerns that a triage names, read from its JSON without the rest of it.
_TOPICS, _TOPIC = re.compile(r'"topics":\[([^\]]*)\]'), re.compile(r'"([a-z_]+)"')

_g, _in = message_groups.c, message_group_members.c


def _body(group: MessageGroup) -> str:
    growth = group.growth
    return dumps(
        {
            "words": list(group.words),
            "authors": group.authors,
            "growth": [growth.last_hour, growth.before, shown_time(growth.until)] if growth else None,
            "alarm": group.alarm.value,
            "why": wordings_out(group.why),
        }
    )


def _group(row: Row[Any]) -> MessageGroup:
    told = json.loads(row.body)
    growth = told["growth"]
    return MessageGroup(
        id=row.id,
        thread_id=row.thread_id,
        kind=GroupKind(row.kind),
        name=row.name,
        words=tuple(told["words"]),
        size=row.size,
        authors=told["authors"],
        representative=row.message_id,
        growth=Growth(growth[0], growth[1], moment(growth[2])) if growth else None,
        alarm=Alarm(told["alarm"]),
        why=wordings_in(told["why"]),
        made_at=moment(row.made_at),
    )


class SaidRow(NamedTuple):
    """What grouping reads of a message."""

    id: int
    text: str
    text_key: int | None
    author: str
    created_at: str | None
    intent: str
    urgency_rank: int
    language: str
    topics: tuple[str, ...]


class GroupRepository:
    """The groups of threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def said(self, thread_id: int) -> Iterator[SaidRow]:
        """The messages of a thread that have a text and are not ours, in its order, read as they are asked for."""
        columns = (
            messages.c.id, messages.c.text, messages.c.text_key, messages.c.author_handle, messages.c.author_name,
            messages.c.created_at, messages.c.intent, messages.c.urgency_rank, messages.c.language, messages.c.triage,
        )  # fmt: skip
        others = (messages.c.thread_id == thread_id, messages.c.author_is_owner.is_(False), messages.c.text != "")
        query = select(*columns).where(*others, messages.c.deleted.is_(False))
        for row in self._connection.execute(query.order_by(messages.c.position, messages.c.id)):
            topics = _TOPICS.search(row.triage or "")
            yield SaidRow(
                row.id, row.text, row.text_key, row.author_handle or row.author_name, row.created_at, row.intent,
                row.urgency_rank, row.language, tuple(_TOPIC.findall(topics[1])) if topics else (),
            )  # fmt: skip

    def replace(self, thread_id: int, groups: Sequence[MessageGroup], at: datetime) -> tuple[MessageGroup, ...]:
        """Keep ``groups`` as all those of a thread, and give them their ids; members are left out of the answer.

        A message that is gone meanwhile is in none, and a group that loses its representative or most of its members
        is not kept.
        """
        self._connection.execute(delete(message_groups).where(_g.thread_id == thread_id))
        here = set(self._connection.execute(select(messages.c.id).where(messages.c.thread_id == thread_id)).scalars())
        kept = [(group, members) for group in groups if (members := _standing(group, here))]
        stored: list[MessageGroup] = []
        rows: list[dict[str, object]] = []
        for group, members in kept:
            values = {
                "thread_id": thread_id,
                "kind": group.kind.value,
                "name": group.name.encode("utf-8", "replace").decode(),
                "size": len(members),
                "message_id": group.representative,
                "body": _body(group),
                "made_at": shown_time(at),
            }
            key = self._connection.execute(message_groups.insert().values(values)).inserted_primary_key
            given = int(key[0]) if key else 0
            rows += [{"group_id": given, "message_id": one.message_id, "distance": one.distance} for one in members]
            stored.append(replace(group, id=given, thread_id=thread_id, size=len(members), members=(), made_at=at))
        for start in range(0, len(rows), AT_ONCE):
            self._connection.execute(message_group_members.insert(), rows[start : start + AT_ONCE])
        return tuple(stored)

    def list(
        self,
        thread_id: int | None = None,
        *,
        kinds: Sequence[GroupKind] = (),
        start: int = 0,
        most: int = 100,
    ) -> tuple[MessageGroup, ...]:
        """A page of groups, the largest first, of one thread or of all; without members."""
        query = select(message_groups).order_by(_g.size.desc(), _g.id)
        if thread_id is not None:
            query = query.where(_g.thread_id == thread_id)
        if kinds:
            query = query.where(_g.kind.in_([kind.value for kind in kinds]))
        return tuple(_group(row) for row in self._connection.execute(query.offset(max(0, start)).limit(most)))

    def count(self, thread_id: int | None = None) -> int:
        """How many groups there are."""
        query = select(func.count()).select_from(message_groups)
        if thread_id is not None:
            query = query.where(_g.thread_id == thread_id)
        return int(self._connection.execute(query).scalar_one())

    def get(self, group_id: int) -> MessageGroup:
        """A group without its members.

        Raises:
            UserError: ``groups.unknown``.
        """
        row = self._connection.execute(select(message_groups).where(_g.id == group_id)).one_or_none()
        if row is None:
            raise UserError("groups.unknown", id=group_id)
        return _group(row)

    def members(self, group_id: int, start: int = 0, most: int = 100) -> tuple[GroupMember, ...]:
        """A page of the members of a group with what they say, the nearest first."""
        rows = self._connection.execute(
            select(messages, _in.distance)
            .join(message_group_members, _in.message_id == messages.c.id)
            .where(_in.group_id == group_id)
            .order_by(_in.distance, messages.c.position, messages.c.id)
            .offset(max(0, start))
            .limit(most)
        )
        return tuple(GroupMember(message_of(row), float(row.distance)) for row in rows)

    def member_ids(self, group_id: int) -> tuple[int, ...]:
        """The ids of all members of a group, in the order of their thread."""
        rows = self._connection.execute(
            select(_in.message_id)
            .join(messages, messages.c.id == _in.message_id)
            .where(_in.group_id == group_id)
            .order_by(messages.c.position, messages.c.id)
        )
        return tuple(rows.scalars())

    def of_message(self, message_id: int) -> tuple[MessageGroup, ...]:
        """The groups a message is in, the smallest first."""
        rows = self._connection.execute(
            select(message_groups)
            .join(message_group_members, and_(_in.group_id == _g.id, _in.message_id == message_id))
            .order_by(_g.size, _g.id)
        )
        return tuple(_group(row) for row in rows)

    def remove(self, thread_ids: Iterable[int]) -> None:
        """Forget the groups of these threads."""
        self._connection.execute(delete(message_groups).where(_g.thread_id.in_(list(thread_ids))))


def _standing(group: MessageGroup, here: set[int]) -> tuple[Member, ...]:
    """The members of a group that are still there; none when what is left is no group."""
    left = tuple(one for one in group.members if one.message_id in here)
    return left if group.representative in here and 2 * len(left) > len(group.members) else ()
