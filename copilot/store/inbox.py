"""The inbox in the database: messages filtered, ordered, counted and searched without reading what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Join,
    Select,
    Subquery,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
)

from copilot.domain.conversation import Message
from copilot.domain.deadlines import Cutoffs
from copilot.domain.inbox import (
    STAGES,
    STATE_OF_STAGE,
    Conversation,
    Facets,
    InboxFilter,
    InboxPage,
    InboxRow,
    Mark,
    Place,
    State,
    ThreadSummary,
    stage_of,
    state_of,
)
from copilot.domain.item import ItemKind, Status
from copilot.errors import UserError
from copilot.store.columns import is_hourly, shown_time
from copilot.store.conditions import base, kept_back, open_reply, to_answer, written_before
from copilot.store.facets import Kind, facets_of
from copilot.store.paging import Pages
from copilot.store.parts import in_parts
from copilot.store.search import searched
from copilot.store.tables import items, message_marks, messages, threads
from copilot.store.threads import message_of, thread_of

#: Ids in one list: more are reached by narrowing, or page by page.
MOST_IDS = 200_000
#: Messages from which on reading all of them is quicker than looking up those of one thread.
LARGE = 20_000
#: Characters of a name that is looked for.
MOST_LIKE = 100
#: How far up the parents of a message are looked for: deeper threads only exist to hurt.
MOST_ANCESTORS = 100
#: ``urgency_rank`` of a message that was not triaged.
UNTRIAGED = 5

_m = messages.c


def _answered() -> Subquery:
    """The messages that have a reply on its way or a mark, with their state: what ``state_of`` says, in SQL."""
    by_stage = [
        (items.c.status.in_([status.value for status, at in STAGES.items() if at == stage]), stage)
        for stage in STATE_OF_STAGE
    ]
    replies = select(items.c.message_id, case(*by_stage, else_=0).label("stage"), literal("").label("mark"))
    each = union_all(
        replies.where(*open_reply()),
        select(message_marks.c.message_id, literal(0).label("stage"), message_marks.c.mark),
    ).subquery()
    stage, mark = func.max(each.c.stage), func.max(each.c.mark)
    state = case(
        (stage == 3, State.APPROVED.value),
        (mark != "", mark),
        (stage == 2, State.IN_REVIEW.value),
        else_=State.DRAFTED.value,
    )
    return select(each.c.message_id, state.label("state")).group_by(each.c.message_id).subquery()


class InboxRepository:
    """Messages of all threads, as a moderator goes through them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(self, asked: InboxFilter, most: int = MOST_IDS) -> tuple[int, ...]:
        """The ids of the messages that ``asked`` shows, in its order: the first ``most`` of them."""
        return Pages(self._connection, asked).ids(most)

    def page(self, asked: InboxFilter, after: Place | None, most: int) -> InboxPage:
        """At most ``most`` of the messages that ``asked`` shows, in its order: the first, or those after ``after``."""
        return Pages(self._connection, asked).page(after, most)

    def facets(self, asked: InboxFilter) -> Facets:
        """Counts by each choice, added up from groups of messages alike."""
        base = self._base(asked)
        # In the order of the index: counted along it, nothing is sorted.
        values = (_m.language, _m.intent, _m.tone, _m.urgency_rank)
        grouped = select(*values, _m.author_is_owner, func.count()).where(*base).group_by(*values, _m.author_is_owner)
        cells: Counter[Kind] = Counter()
        for language, intent, tone, rank, is_owner, count in self._connection.execute(grouped):
            cells[Kind(intent, tone, rank, language, State.OWN if is_owner else State.WAITING)] += count
        for language, intent, tone, rank, state, count in self._connection.execute(self._touched(*values).where(*base)):
            cells[Kind(intent, tone, rank, language, State(state))] += count
            cells[Kind(intent, tone, rank, language, State.WAITING)] -= count
        return facets_of(asked, cells)

    def deadlines(self, limits: Cutoffs, thread_id: int | None, brand_id: str) -> tuple[int, int, int, int]:
        """Of the messages to answer that have a time limit: late, due within the hour, all, without a date."""
        late = func.count().filter(written_before(limits.late))
        # A day is too loose to say that an hour is left.
        close = and_(written_before(limits.soon), is_hourly(_m.created_at))
        by_then = func.count().filter(or_(written_before(limits.late), close))
        dialect = self._connection.dialect.name
        scope = base(InboxFilter(thread_id=thread_id, brand_id=brand_id or None))
        if thread_id is not None and self._is_large(thread_id):
            scope = [kept_back(_m.thread_id, dialect) == thread_id]
        query = select(late, by_then, func.count(), func.count().filter(_m.created_at.is_(None)))
        # Read from end to end: an index would look up each message for what it does not hold.
        limited = kept_back(_m.urgency_rank, dialect).in_([rank for rank, _at in limits.late])
        row = self._connection.execute(query.where(limited, *to_answer(), *scope)).one()
        return int(row[0]), int(row[1]) - int(row[0]), int(row[2]), int(row[3])

    def _is_large(self, thread_id: int) -> bool:
        some = select(_m.id).where(_m.thread_id == thread_id).limit(LARGE).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one()) == LARGE

    def authors(self, like: str, thread_id: int | None, most: int) -> tuple[str, ...]:
        """Names and handles of others that hold ``like``, those who wrote most first."""
        typed = "".join(char for char in like[:MOST_LIKE] if char.isprintable()).strip()
        here = [_m.author_is_owner.is_(False)] + ([_m.thread_id == thread_id] if thread_id is not None else [])
        count = func.count()
        found: Counter[str] = Counter()
        for column in (_m.author_name, _m.author_handle):
            query = select(column, count).where(column.icontains(typed, autoescape=True), column != "", *here)
            found.update(
                dict(self._connection.execute(query.group_by(column).order_by(count.desc(), column).limit(most)).all())
            )
        return tuple(name for name, _count in found.most_common(most))

    def _touched(self, *values: ColumnElement[Any]) -> Select[Any]:
        """How many messages of others, by ``values`` and state, are no longer waiting."""
        answered = _answered()
        return (
            select(*values, answered.c.state, func.count())
            .select_from(messages.join(answered, answered.c.message_id == _m.id))
            .where(_m.author_is_owner.is_(False))
            .group_by(*values, answered.c.state)
        )

    def _base(self, asked: InboxFilter) -> list[ColumnElement[bool]]:
        return [*base(asked), *searched(asked.words, self._connection.dialect.name)]

    def rows(self, ids: Sequence[int]) -> tuple[InboxRow, ...]:
        """The messages of ``ids`` that exist, in that order."""
        found: dict[int, InboxRow] = {}
        for some in in_parts(dict.fromkeys(ids)):
            found.update(self._rows(some))
        return tuple(found[one] for one in ids if one in found)

    def _rows(self, ids: Sequence[int]) -> dict[int, InboxRow]:
        replies = self._replies(ids)
        query = (
            select(messages, message_marks.c.mark, threads.c.title, threads.c.network)
            .select_from(_marked().join(threads))
            .where(_m.id.in_(ids))
        )
        found: dict[int, InboxRow] = {}
        for row in self._connection.execute(query):
            open_replies = replies.get(row.id, ())
            stage = stage_of(status for _item, status in open_replies)
            state = state_of(is_owner=row.author_is_owner, mark=Mark(row.mark) if row.mark else None, stage=stage)
            furthest = max((item for item, status in open_replies if STAGES.get(status, 0) == stage), default=None)
            found[row.id] = InboxRow(message_of(row), state, furthest, row.title, row.network)
        return found

    def _replies(self, ids: Sequence[int]) -> dict[int, list[tuple[int, Status]]]:
        found: dict[int, list[tuple[int, Status]]] = {}
        rows = self._connection.execute(
            select(items.c.id, items.c.message_id, items.c.status).where(
                items.c.message_id.in_(ids),
                items.c.kind == ItemKind.REPLY.value,
                items.c.status.in_([status.value for status in STAGES]),
            )
        )
        for row in rows:
            found.setdefault(row.message_id, []).append((row.id, Status(row.status)))
        return found

    def conversation(self, message_id: int, before: int, after: int) -> Conversation:
        """A message among its ancestors and neighbours.

        Raises:
            UserError: ``message.unknown``.
        """
        shown = self.rows([message_id])
        if not shown:
            raise UserError("message.unknown", id=message_id)
        message = shown[0].message
        header = self._connection.execute(select(threads).where(threads.c.id == message.thread_id)).one()
        return Conversation(
            thread_of(header),
            shown[0],
            self._ancestors(message),
            self._neighbours(message, before, earlier=True)[::-1],
            self._neighbours(message, after, earlier=False),
        )

    def _ancestors(self, message: Message) -> tuple[Message, ...]:
        """From the root to the parent; a loop made by hand ends the walk."""
        seen = {message.external_id}
        found: list[Message] = []
        parent = message.parent_id
        while parent is not None and parent not in seen and len(found) < MOST_ANCESTORS:
            row = self._connection.execute(
                select(messages).where(_m.thread_id == message.thread_id, _m.external_id == parent)
            ).one_or_none()
            if row is None:
                break
            seen.add(parent)
            found.append(message_of(row))
            parent = found[-1].parent_id
        return tuple(reversed(found))

    def _neighbours(self, message: Message, count: int, *, earlier: bool) -> tuple[Message, ...]:
        """Messages of the thread just before or after, nearest first."""
        here = (message.position, message.id)
        place = (_m.position, _m.id)
        if earlier:
            aside = or_(place[0] < here[0], and_(place[0] == here[0], place[1] < here[1]))
            query = select(messages).order_by(_m.position.desc(), _m.id.desc())
        else:
            aside = or_(place[0] > here[0], and_(place[0] == here[0], place[1] > here[1]))
            query = select(messages).order_by(_m.position, _m.id)
        rows = self._connection.execute(query.where(_m.thread_id == message.thread_id, aside).limit(max(0, count)))
        return tuple(message_of(row) for row in rows)

    def threads(self) -> tuple[ThreadSummary, ...]:
        """All threads, newest first."""
        waiting: Counter[int] = Counter()
        counts: Counter[int] = Counter()
        owner = _m.author_is_owner
        for thread_id, is_owner, count in self._connection.execute(
            select(_m.thread_id, owner, func.count()).group_by(_m.thread_id, owner)
        ):
            counts[thread_id] += count
            waiting[thread_id] += 0 if is_owner else count
        for thread_id, _state_of, count in self._connection.execute(self._touched(_m.thread_id)):
            waiting[thread_id] -= count
        rows = self._connection.execute(select(threads).order_by(threads.c.id.desc()))
        return tuple(ThreadSummary(thread_of(row), counts[row.id], waiting[row.id]) for row in rows)

    def mark(self, ids: Iterable[int], mark: Mark, by: str, at: datetime) -> tuple[int, ...]:
        """Mark messages and say which changed: not ours, nor those whose reply is approved."""
        changed: list[int] = []
        for some in in_parts(dict.fromkeys(ids)):
            closed = {State.OWN, State.APPROVED, State(mark.value)}
            told = tuple(one for one, state in sorted(self._states(some).items()) if state not in closed)
            if told:
                self._connection.execute(delete(message_marks).where(message_marks.c.message_id.in_(told)))
                when = shown_time(at)
                marks = [{"message_id": one, "mark": mark.value, "by": by, "at": when} for one in told]
                self._connection.execute(message_marks.insert(), marks)
                changed += told
        return tuple(changed)

    def _states(self, ids: Sequence[int]) -> dict[int, State]:
        replies = self._replies(ids)
        query = select(_m.id, _m.author_is_owner, message_marks.c.mark).select_from(_marked()).where(_m.id.in_(ids))
        return {
            row.id: state_of(
                is_owner=row.author_is_owner,
                mark=Mark(row.mark) if row.mark else None,
                stage=stage_of(status for _item, status in replies.get(row.id, ())),
            )
            for row in self._connection.execute(query)
        }

    def unmark(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Take marks away and say of which messages."""
        changed: list[int] = []
        for some in in_parts(dict.fromkeys(ids)):
            marked = message_marks.c.message_id
            told = tuple(self._connection.execute(select(marked).where(marked.in_(some)).order_by(marked)).scalars())
            self._connection.execute(delete(message_marks).where(marked.in_(told)))
            changed += told
        return tuple(changed)

    def untriaged(self, most: int) -> tuple[tuple[Message, str], ...]:
        """Up to ``most`` messages that no rule has read, each with the language of its thread."""
        query = (
            select(messages, threads.c.language.label("thread_language"))
            .join(threads)
            .where(_m.urgency_rank == UNTRIAGED, _m.triage.is_(None), _m.deleted.is_(False))
            .limit(most)
        )
        return tuple((message_of(row), str(row.thread_language)) for row in self._connection.execute(query))


def _marked() -> Join:
    return messages.outerjoin(message_marks, message_marks.c.message_id == _m.id)
