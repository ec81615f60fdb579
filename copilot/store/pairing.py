"""Messages without ids of their own, found again in what is there of their conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, exists, func, or_, select, update

from copilot.store.parts import in_parts
from copilot.store.resembling import MADE_UP, are_at_the_same_time, held, new, one_made_up, same_author
from copilot.store.tables import messages
from copilot.store.threads import message_of

#: Messages that may have been edited are looked for among so many.
MOST_EDITED = 2000
#: How alike a text and the same one edited are, from 0 to 1, and the characters compared.
ALIKE, COMPARED = 0.6, 600


@dataclass(frozen=True, slots=True)
class _Renamed:
    """A message just stored, and the id it has elsewhere."""

    id: int
    before: str
    after: str


def name_alike(connection: Connection, thread_id: int, into: int) -> None:
    """Give messages of ``thread_id``, just stored, the ids that the same ones have in ``into``.

    Only where one of both has an id that was made up: of the same author, with the same text or, between the same
    neighbours, one that was edited.
    """
    if _count_alone(connection, thread_id, into):
        _rename(connection, thread_id, list(_with_same_text(connection, thread_id, into)))
    if 0 < _count_alone(connection, thread_id, into) <= MOST_EDITED:
        _rename(connection, thread_id, list(_edited(connection, thread_id, into)))


def _alone(one: FromClause, thread_id: int, other: int) -> ColumnElement[bool]:
    """A message of a thread whose id no message of the other thread has."""
    twin = messages.alias()
    same = exists().where(twin.c.thread_id == other, twin.c.external_id == one.c.external_id)
    return and_(one.c.thread_id == thread_id, ~same)


def _count_alone(connection: Connection, thread_id: int, into: int) -> int:
    return int(connection.execute(select(func.count(new.c.id)).where(_alone(new, thread_id, into))).scalar() or 0)


def _with_same_text(connection: Connection, thread_id: int, into: int) -> Iterator[_Renamed]:
    pairs = (
        select(new.c.id, new.c.external_id, new.c.created_at, *_OF_HELD)
        .where(_alone(new, thread_id, into), held.c.thread_id == into)
        .where(new.c.text_key == held.c.text_key, same_author(), one_made_up(), _alone(held, into, thread_id))
        .order_by(new.c.position, held.c.position)
    )
    named: set[int] = set()
    taken: set[str] = set()
    for row in connection.execute(pairs):
        is_free = row.id not in named and row.held_id not in taken
        if is_free and are_at_the_same_time(row.created_at, row.held_at):
            named.add(row.id)
            taken.add(row.held_id)
            yield _Renamed(row.id, row.external_id, row.held_id)


_OF_HELD = (held.c.external_id.label("held_id"), held.c.created_at.label("held_at"), held.c.text.label("held_text"))


def _edited(connection: Connection, thread_id: int, into: int) -> Iterator[_Renamed]:
    """Messages that are alone of their author on either side, beside the same neighbour, with texts that are alike."""
    pairs = (
        select(new.c.id, new.c.external_id, new.c.created_at, new.c.text, *_OF_HELD)
        .where(_alone(new, thread_id, into), _alone(held, into, thread_id), same_author())
        .where(_made_up(new), _made_up(held), or_(new.c.author_name != "", new.c.author_handle != ""))
        .where(held.c.deleted.is_(False), or_(_beside(-1), _beside(1)))
        .limit(MOST_EDITED)
    )
    rows = connection.execute(pairs).all()
    counts = Counter(row.id for row in rows) + Counter(row.held_id for row in rows)
    for row in rows:
        is_one = counts[row.id] == 1 and counts[row.held_id] == 1
        if is_one and are_at_the_same_time(row.created_at, row.held_at) and _are_alike(row.text, row.held_text):
            yield _Renamed(row.id, row.external_id, row.held_id)


def _made_up(one: FromClause) -> ColumnElement[bool]:
    return one.c.external_id.startswith(MADE_UP, autoescape=True)


def _beside(step: int) -> ColumnElement[bool]:
    """The messages that stand ``step`` places from both have the same id."""
    near, far = messages.alias(f"near{step + 1}"), messages.alias(f"far{step + 1}")
    return exists().where(
        near.c.thread_id == new.c.thread_id,
        near.c.position == new.c.position + step,
        far.c.thread_id == held.c.thread_id,
        far.c.position == held.c.position + step,
        near.c.external_id == far.c.external_id,
    )


def _are_alike(first: str, second: str) -> bool:
    found = SequenceMatcher(None, first[:COMPARED], second[:COMPARED], autojunk=False)
    return found.quick_ratio() >= ALIKE and found.ratio() >= ALIKE


def _rename(connection: Connection, thread_id: int, told: Sequence[_Renamed]) -> None:
    """Change ids, what is bound to them, and what the replies say they answer."""
    after = {one.before: one.after for one in told}
    ids = {one.id: one.after for one in told}
    for some in in_parts(ids):
        rows = connection.execute(select(messages).where(messages.c.id.in_(some))).all()
        named = [(row.id, replace(message_of(row), external_id=ids[row.id])) for row in rows]
        values = [{"message": one, "named": told.external_id, "hash": told.sha256} for one, told in named]
        connection.execute(_NAME, values)
    if not after:
        return
    below = select(messages.c.id, messages.c.parent_id).where(
        messages.c.thread_id == thread_id, messages.c.parent_id.is_not(None)
    )
    moved = [
        {"message": row.id, "above": after[row.parent_id]}
        for row in connection.execute(below)
        if row.parent_id in after
    ]
    for changes in in_parts(moved):
        connection.execute(_PUT, changes)


_NAME = (
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(external_id=bindparam("named"), sha256=bindparam("hash"))
)
_PUT = update(messages).where(messages.c.id == bindparam("message")).values(parent_id=bindparam("above"))
