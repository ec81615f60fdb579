"""Importing into the database: a thread comes in whole, then takes the place of its earlier self if it has one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
    true,
    update,
)

from copilot.domain.conversation import Author, Message, Thread
from copilot.domain.imports import Shape, Updated, max_depth
from copilot.errors import UserError
from copilot.store import incoming, references
from copilot.store._emptied import keep_emptied
from copilot.store.columns import is_about, shown_time
from copilot.store.lapses import ANSWERED, lapse_replies, reopen_replies
from copilot.store.pairing import name_alike
from copilot.store.parts import in_parts
from copilot.store.resembling import held, is_emptied, is_same, new, one_made_up, same_author
from copilot.store.tables import message_vectors, messages, threads
from copilot.store.threads import insert_thread, message_of

#: Messages looked up in other threads, at most, to tell which of those may be the same conversation.
LOOKED_UP = 200_000
#: Memory for the pages of the database while a thread is stored, in kB.
CACHE_KB = 16_000
#: What changes with the text or the author of a message.
_OF_THE_TEXT = (
    *("author_name", "author_handle", "author_is_owner", "text", "sha256", "text_key"),
    *("triage", "urgency_rank", "intent", "tone", "language", "flags"),
)
#: What a later export may say otherwise without the message being another.
_BESIDE = ("likes", "rating", "edited_at", "hidden")


@dataclass(frozen=True, slots=True)
class Import:
    """What was read of a conversation. ``is_whole``: the file holds all of it, what it lacks is gone."""

    thread: Thread
    sha256: str
    at: datetime
    is_whole: bool = False


class ImportRepository:
    """Threads as they come in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, sha256: str) -> int | None:
        """The id of the thread last imported from content of this hash, if any."""
        return self._connection.execute(select(threads.c.id).where(threads.c.sha256 == sha256)).scalar()

    def require(self, thread_id: int) -> None:
        """Refuse a thread that is not there.

        Raises:
            UserError: ``thread.unknown``.
        """
        if self._connection.execute(select(threads.c.id).where(threads.c.id == thread_id)).scalar() is None:
            raise UserError("thread.unknown", id=thread_id)

    def begin(self, asked: Import) -> int:
        """Store the thread without its messages; its id."""
        if self._connection.dialect.name == "sqlite":
            # A million rows go into a dozen indexes: with the two megabytes of every day, each would be read again.
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")
        incoming.begin(self._connection)
        return insert_thread(self._connection, asked.thread, asked.sha256, asked.at)

    def rest(self) -> None:
        """Give back the memory that storing took."""
        incoming.end(self._connection)
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("PRAGMA cache_size = -2000")
            self._connection.exec_driver_sql("PRAGMA shrink_memory")

    def add(self, thread_id: int, told: Sequence[Message]) -> None:
        """Store messages of a thread that was begun."""
        for some in incoming.batches(map(incoming.row_of, told)):
            self.add_rows(thread_id, some)

    def add_rows(self, thread_id: int, rows: Sequence[incoming.Row]) -> None:
        """As :meth:`add`, of rows that :func:`incoming.batches` gave."""
        incoming.insert(self._connection, thread_id, rows)

    def keep_references(
        self, thread_id: int, awaited: Iterable[tuple[int, str]], called: Iterable[tuple[int, str]]
    ) -> None:
        """Keep the parents that messages of a thread name and that are not there, and what replies call messages.

        Each goes with the position of its message.
        """
        references.keep(self._connection, thread_id, ((place, name, True) for place, name in awaited))
        references.keep(self._connection, thread_id, ((place, name, False) for place, name in called))

    def awaited(self, thread_id: int) -> set[str]:
        """The parents that messages of a thread name and that are not there."""
        return references.awaited(self._connection, thread_id)

    def count(self, thread_id: int) -> int:
        """How many messages a thread holds."""
        return self._count(messages.c.thread_id == thread_id)

    def shape(self, thread_id: int) -> Shape:
        """What a stored thread is made of."""
        above = messages.alias("above")
        link = and_(above.c.thread_id == thread_id, above.c.external_id == messages.c.parent_id)
        pairs = self._connection.execute(
            select(messages.c.id, above.c.id.label("above"))
            .outerjoin(above, link)
            .where(messages.c.thread_id == thread_id)
            .order_by(messages.c.id)
        )
        ids, aboves = array("q"), array("q")
        for row in pairs:
            ids.append(row.id)
            aboves.append(row.above or 0)
        parents = array("q", (bisect_left(ids, one) if one else -1 for one in aboves))
        here = messages.c.thread_id == thread_id
        return Shape(
            messages=len(ids),
            roots=sum(parent < 0 for parent in parents),
            max_depth=max_depth(parents),
            owner_replies=self._count(and_(here, messages.c.author_is_owner)),
            deleted=self._count(and_(here, messages.c.deleted)),
        )

    def earlier(self, thread_id: int) -> int | None:
        """The thread that is the same conversation as the one just stored: same origin, or mostly the same messages."""
        mine = self._connection.execute(select(threads).where(threads.c.id == thread_id)).one()
        others = select(threads).where(threads.c.id != thread_id, _may_be_of(threads, mine.network))
        is_other = threads.c.network != mine.network
        rows = self._connection.execute(others.order_by(is_other, threads.c.id.desc())).all()
        for row in rows:
            if mine.origin and row.origin == mine.origin:
                return int(row.id)
        rows = [row for row in rows if not (mine.origin and row.origin)]
        sharing = self._sharing(mine, len(rows))
        for row in rows:
            title = mine.title == row.title
            if row.id in sharing and is_same(self._connection, thread_id, row.id, has_same_title=title):
                return int(row.id)
        return references.answered_in(self._connection, thread_id, [row.id for row in rows])

    def _sharing(self, mine: Row[Any], others: int) -> set[int]:
        """The threads that may be the same as ``mine``: those with a message of the same id, or the same words.

        Asked one by one, an archive of hundreds of tables takes minutes. Where it is too much to look up, all of them.
        """
        here = threads.alias("here")
        ids = select(here.c.id).where(here.c.id != mine.id, _may_be_of(here, mine.network))
        if mine.origin:
            ids = ids.where(here.c.origin == "")
        if self._count(messages.c.thread_id == mine.id) * others <= LOOKED_UP:
            both = and_(new.c.thread_id == mine.id, held.c.thread_id == here.c.id)
            same_id = and_(new.c.external_id == held.c.external_id, or_(same_author(), is_emptied()))
            said = and_(new.c.text_key == held.c.text_key, same_author(), one_made_up())
            ids = ids.where(or_(exists().where(both, same_id), exists().where(both, said)))
        return set(self._connection.execute(ids).scalars())

    def merge(self, thread_id: int, into: int, asked: Import) -> Updated:
        """Bring thread ``into`` up to date with ``thread_id``, just stored, which then goes."""
        name_alike(self._connection, thread_id, into)
        keep_emptied(self._connection, thread_id, into)
        self._keep_known_authors(thread_id, into)
        pair = _pair(thread_id, into)
        matched, before = self._count(pair), self._count(messages.c.thread_id == into)
        other = and_(pair, messages.c.sha256 != new.c.sha256, new.c.deleted.is_(False))
        rebound = {
            row.id: row.sha256 for row in self._connection.execute(select(messages.c.id, new.c.sha256).where(other))
        }
        gone = self._gone(thread_id, into, is_whole=asked.is_whole and matched * 2 >= before)
        absent = len(gone) - self._count(and_(pair, new.c.deleted, messages.c.deleted.is_(False)))
        lapsed = lapse_replies(self._connection, rebound, gone, asked.at)
        self._take_texts(other, rebound, asked.at)
        self._set(gone, deleted=True)
        self._take_beside(pair)
        self._reorder(thread_id, into)
        references.carry(self._connection, thread_id, into)
        added = self._move(thread_id, into)
        references.settle(self._connection, into)
        touched = {*rebound, *gone}
        newly = self._answer(into)
        lapsed += reopen_replies(self._connection, newly, ANSWERED, asked.at)
        answered = [one for one in newly if one not in touched]
        unchanged = matched - len(rebound) - (len(gone) - absent) - self._count_among(pair, answered)
        self._connection.execute(threads.delete().where(threads.c.id == thread_id))
        self._describe(into, asked)
        return Updated(added, len(rebound), len(gone), len(answered), unchanged, lapsed)

    def _keep_known_authors(self, thread_id: int, into: int) -> None:
        """A message whose author the new file does not name has the one it had: some rights only hide who wrote."""
        nameless = and_(new.c.author_name == "", new.c.author_handle == "")
        named = or_(messages.c.author_name != "", messages.c.author_handle != "")
        found = self._connection.execute(
            select(new, messages.c.author_name.label("name"), messages.c.author_handle.label("handle"))
            .where(_pair(thread_id, into), nameless, named)
            .order_by(new.c.id)
        ).all()
        for row in found:
            author = Author(row.name, row.handle, row.author_is_owner)
            known = replace(message_of(row), author=author)
            values = {"author_name": row.name, "author_handle": row.handle, "sha256": known.sha256}
            self._connection.execute(update(messages).where(messages.c.id == row.id).values(values))

    def _gone(self, thread_id: int, into: int, *, is_whole: bool) -> list[int]:
        """The messages that the file says are deleted, or no longer holds."""
        here = and_(messages.c.thread_id == into, messages.c.deleted.is_(False))
        told = exists().where(new.c.thread_id == thread_id, new.c.external_id == messages.c.external_id, new.c.deleted)
        there = exists().where(new.c.thread_id == thread_id, new.c.external_id == messages.c.external_id)
        gone = or_(told, ~there) if is_whole else told
        return self._ids(select(messages.c.id).where(here, gone))

    def _take_texts(self, other: ColumnElement[bool], rebound: dict[int, str], at: datetime) -> None:
        if not rebound:
            return
        taken = {column: new.c[column] for column in _OF_THE_TEXT}
        self._connection.execute(update(messages).where(other).values(taken | {"changed_at": shown_time(at)}))
        # What was learnt of the earlier text says nothing of this one.
        for some in in_parts(rebound):
            self._connection.execute(message_vectors.delete().where(message_vectors.c.message_id.in_(some)))

    def _take_beside(self, pair: ColumnElement[bool]) -> None:
        """Votes, dates and places in the conversation, of the messages for which they are others."""
        differs = or_(*(messages.c[column].is_distinct_from(new.c[column]) for column in _BESIDE))
        self._connection.execute(update(messages).where(pair, differs).values({one: new.c[one] for one in _BESIDE}))
        back = and_(pair, messages.c.deleted, new.c.deleted.is_(False))
        # A deleted message the file no longer says deleted; those that were told gone are deleted in both.
        self._connection.execute(update(messages).where(back).values(deleted=False))
        # Whose replies are ours is known of one import and not of the other, where only accounts tell it.
        owned = and_(pair, new.c.author_is_owner, messages.c.author_is_owner.is_(False))
        self._connection.execute(update(messages).where(owned).values(author_is_owner=True))
        other = and_(new.c.created_at.is_not(None), messages.c.created_at.is_distinct_from(new.c.created_at))
        # What was about the first time is less so a day later.
        dated = and_(pair, other, or_(messages.c.created_at.is_(None), not_(is_about(new.c.created_at))))
        self._connection.execute(update(messages).where(dated).values(created_at=new.c.created_at))
        moved = and_(pair, new.c.parent_id.is_not(None), messages.c.parent_id.is_distinct_from(new.c.parent_id))
        known = exists().where(_known.c.thread_id == messages.c.thread_id, _known.c.external_id == new.c.parent_id)
        self._connection.execute(update(messages).where(moved, known).values(parent_id=new.c.parent_id))

    def _reorder(self, thread_id: int, into: int) -> None:
        """Places as in the new file; what it does not hold stays after what it stood after."""
        theirs = select(new.c.position, new.c.external_id).where(new.c.thread_id == thread_id).subquery()
        held = select(messages.c.id, messages.c.position, theirs.c.position.label("place")).outerjoin(
            theirs, theirs.c.external_id == messages.c.external_id
        )
        # One number for each: where it goes, then which it is. A million tuples would take four times the room.
        order: list[int] = []
        last = 0
        rows = self._connection.execute(held.where(messages.c.thread_id == into).order_by(messages.c.position))
        for count, row in enumerate(rows):
            last = last if row.place is None else row.place
            order.append(_sortable(last, row.place is None, count) | row.id)
        added = select(messages.c.position, messages.c.id).where(
            messages.c.thread_id == thread_id, ~self._is_held(into, messages.c.external_id)
        )
        order += [_sortable(row.position, False, 0) | row.id for row in self._connection.execute(added)]
        order.sort()
        self._place(one & _ID for one in order)

    def _place(self, ids: Iterable[int]) -> None:
        places = ({"message": one, "place": number} for number, one in enumerate(ids, start=1))
        change = update(messages).where(
            messages.c.id == bindparam("message"), messages.c.position != bindparam("place")
        )
        for some in in_parts(places):
            self._connection.execute(change.values(position=bindparam("place")), some)

    def _is_held(self, into: int, external_id: ColumnElement[str]) -> ColumnElement[bool]:
        return exists().where(_known.c.thread_id == into, _known.c.external_id == external_id)

    def _move(self, thread_id: int, into: int) -> int:
        """Give ``into`` the messages it did not have; how many."""
        here = and_(messages.c.thread_id == thread_id, ~self._is_held(into, messages.c.external_id))
        ids = self._ids(select(messages.c.id).where(here))
        self._set(ids, thread_id=into)
        return len(ids)

    def _answer(self, thread_id: int) -> list[int]:
        """Mark the messages that a message of the owner answers; those that were not marked before."""
        ours = select(new.c.parent_id).where(
            new.c.thread_id == thread_id, new.c.author_is_owner, new.c.deleted.is_(False), new.c.parent_id.is_not(None)
        )
        here = and_(messages.c.thread_id == thread_id, messages.c.author_is_owner.is_(False))
        waiting = and_(here, messages.c.answered.is_(False), messages.c.external_id.in_(ours))
        ids = self._ids(select(messages.c.id).where(waiting))
        self._set(ids, answered=True)
        # Our reply was deleted where it stood: the message waits again.
        alone = and_(messages.c.thread_id == thread_id, messages.c.answered, messages.c.external_id.not_in(ours))
        self._connection.execute(update(messages).where(alone).values(answered=False))
        return ids

    def _describe(self, into: int, asked: Import) -> None:
        told = {"sha256": asked.sha256, "truncated": asked.thread.truncated}
        kept = {"origin": asked.thread.origin, "post_text": asked.thread.post_text, "brand_id": asked.thread.brand_id}
        told |= {column: value for column, value in kept.items() if value}
        self._connection.execute(update(threads).where(threads.c.id == into).values(told))
        if asked.thread.network:
            unsaid = (threads.c.id == into, threads.c.network == "")
            self._connection.execute(update(threads).where(*unsaid).values(network=asked.thread.network))

    def _set(self, ids: Sequence[int], **values: object) -> None:
        for some in in_parts(ids):
            self._connection.execute(update(messages).where(messages.c.id.in_(some)).values(values))

    def _ids(self, query: Select[tuple[int]]) -> list[int]:
        return list(self._connection.scalars(query))

    def _count_among(self, pair: ColumnElement[bool], ids: Sequence[int]) -> int:
        return sum(self._count(and_(pair, messages.c.id.in_(some))) for some in in_parts(ids))

    def _count(self, condition: ColumnElement[bool]) -> int:
        return int(self._connection.execute(select(func.count(messages.c.id)).where(condition)).scalar() or 0)


_known = messages.alias("known")
#: The bits of an id in the numbers that are sorted.
_ID = (1 << 40) - 1


def _sortable(place: int, is_absent: bool, count: int) -> int:
    return ((place << 1 | is_absent) << 24 | count) << 40


def _may_be_of(one: FromClause, network: str) -> ColumnElement[bool]:
    """A thread of this network, or of one that nobody said."""
    return one.c.network.in_(("", network)) if network else true()


def _pair(thread_id: int, into: int) -> ColumnElement[bool]:
    """A message of ``into`` and the same of ``thread_id``."""
    return and_(messages.c.thread_id == into, new.c.thread_id == thread_id, new.c.external_id == messages.c.external_id)
