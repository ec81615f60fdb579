"""Replies whose parent comes in another file: what they await is kept until it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, func, or_, select, union_all, update

from copilot.store.parts import AT_ONCE, in_parts
from copilot.store.tables import message_references, messages

#: An id of so many characters is no number that any file counts its rows by.
LONG_ID = 8
#: What Reddit puts in front of the id of a comment where something else names it.
_COMMENT = "t1_"

_parent = messages.alias("parent")
_called = message_references.alias("called")


def keep(connection: Connection, thread_id: int, told: Iterable[tuple[int, str, bool]]) -> None:
    """Keep (position, name, whether it is that of the parent) of messages of a thread."""
    for some in in_parts(told):
        here = (messages.c.thread_id == thread_id, messages.c.position.in_({place for place, _name, _is in some}))
        ids = {
            row.position: row.id for row in connection.execute(select(messages.c.id, messages.c.position).where(*here))
        }
        rows = [{"message_id": ids[place], "is_parent": is_it, "name": name} for place, name, is_it in some]
        connection.execute(message_references.insert(), rows)


def carry(connection: Connection, thread_id: int, into: int) -> None:
    """Give the messages of ``into`` what the same ones of ``thread_id``, just stored, say that they do not."""
    new, here = messages.alias("new"), message_references.alias("here")
    known = exists().where(here.c.message_id == messages.c.id, here.c.is_parent == message_references.c.is_parent)
    told = (
        select(messages.c.id, message_references.c.is_parent, message_references.c.name)
        .select_from(message_references)
        .join(new, new.c.id == message_references.c.message_id)
        .join(messages, messages.c.external_id == new.c.external_id)
        .where(new.c.thread_id == thread_id, messages.c.thread_id == into, ~known)
        .where(or_(message_references.c.is_parent.is_(False), messages.c.parent_id.is_(None)))
    )
    connection.execute(message_references.insert().from_select(["message_id", "is_parent", "name"], told))


def settle(connection: Connection, thread_id: int) -> None:
    """Put the messages of a thread whose parent has come under it, unless that would make a loop."""
    found = _arrived(connection, thread_id)
    if not found:
        return
    above = _with_replies(connection, thread_id) | {parent for _id, _own, parent in found}
    loose = [one for one in found if one[1] not in above]
    for some in in_parts(loose):
        _put(connection, some)
    # A message that has replies, or is about to, may stand above its own parent.
    for one in found:
        if one[1] in above and not _is_above(connection, thread_id, one[1], one[2]):
            _put(connection, [one])
    settled = select(messages.c.id).where(messages.c.thread_id == thread_id, messages.c.parent_id.is_not(None))
    ours = message_references.c.message_id.in_(settled)
    connection.execute(delete(message_references).where(message_references.c.is_parent, ours))


def answered_in(connection: Connection, thread_id: int, others: Sequence[int]) -> int | None:
    """Which of the ``others`` holds at least half of the parents that a thread awaits, told by ids of some length."""
    names = awaited(connection, thread_id)
    told = sorted(one for one in names if len(one) >= LONG_ID)[:AT_ONCE]
    if len(told) < min(len(names), AT_ONCE) / 2:
        return None
    found: Counter[int] = Counter()
    for some in in_parts(others):
        here = (messages.c.thread_id.in_(some), messages.c.external_id.in_(told))
        asked = select(messages.c.thread_id, func.count().label("n")).where(*here).group_by(messages.c.thread_id)
        found.update({row.thread_id: row.n for row in connection.execute(asked)})
    best, count = found.most_common(1)[0] if found else (None, 0)
    return best if count * 2 >= min(len(names), AT_ONCE) else None


def awaited(connection: Connection, thread_id: int) -> set[str]:
    """What the messages of a thread name as a parent that is not there."""
    query = select(message_references.c.name).join(messages, messages.c.id == message_references.c.message_id)
    return set(
        connection.execute(query.where(messages.c.thread_id == thread_id, message_references.c.is_parent)).scalars()
    )


def _arrived(connection: Connection, thread_id: int) -> list[tuple[int, str, str]]:
    """(message, its id in the file, that of its parent) of the messages whose parent is there now."""
    waiting = (
        select(messages.c.id, messages.c.external_id, message_references.c.name)
        .select_from(message_references)
        .join(messages, messages.c.id == message_references.c.message_id)
        .where(messages.c.thread_id == thread_id, messages.c.parent_id.is_(None), message_references.c.is_parent)
        .subquery()
    )
    shown = select(waiting.c.id, waiting.c.external_id, _parent.c.external_id.label("parent"))
    bare = func.substr(waiting.c.name, len(_COMMENT) + 1)
    by_id = shown.join(_parent, _parent.c.external_id == waiting.c.name)
    by_bare = shown.join(_parent, _parent.c.external_id == bare).where(
        waiting.c.name.startswith(_COMMENT, autoescape=True)
    )
    by_name = shown.join(_called, _called.c.name == waiting.c.name).join(_parent, _parent.c.id == _called.c.message_id)
    by_name = by_name.where(_called.c.is_parent.is_(False))
    each = [
        one.where(_parent.c.thread_id == thread_id, _parent.c.id != waiting.c.id) for one in (by_id, by_bare, by_name)
    ]
    found: dict[int, tuple[int, str, str]] = {}
    for row in connection.execute(union_all(*each)):
        found.setdefault(row.id, (row.id, row.external_id, row.parent))
    return [found[one] for one in sorted(found)]


def _with_replies(connection: Connection, thread_id: int) -> set[str]:
    """Which messages that wait for their parent have replies."""
    below = messages.alias("below")
    parents = select(below.c.parent_id).where(below.c.thread_id == thread_id, below.c.parent_id.is_not(None))
    waiting = select(message_references.c.message_id).where(message_references.c.is_parent)
    here = (messages.c.thread_id == thread_id, messages.c.id.in_(waiting), messages.c.external_id.in_(parents))
    return set(connection.execute(select(messages.c.external_id).where(*here)).scalars())


def _put(connection: Connection, some: Sequence[tuple[int, str, str]]) -> None:
    change = update(messages).where(messages.c.id == bindparam("message")).values(parent_id=bindparam("above"))
    connection.execute(change, [{"message": one, "above": parent} for one, _own, parent in some])


def _is_above(connection: Connection, thread_id: int, own: str, parent: str) -> bool:
    """True when the message ``own`` is an ancestor of ``parent``."""
    line = select(_parent.c.parent_id.label("name")).where(
        _parent.c.thread_id == thread_id, _parent.c.external_id == parent
    )
    line_up = line.cte("line", recursive=True)
    further = select(messages.c.parent_id).where(
        messages.c.thread_id == thread_id, messages.c.external_id == line_up.c.name
    )
    line_up = line_up.union(further)
    return connection.execute(select(line_up.c.name).where(line_up.c.name == own)).first() is not None
