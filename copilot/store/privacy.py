"""People in the database: their pseudonyms, what is held on them, forgetting it. Items keep their guards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from copilot.domain.conversation import Author, Message, Triage
from copilot.domain.inbox import Mark
from copilot.domain.wording import Wording
from copilot.store.columns import shown_time
from copilot.store.parts import in_parts
from copilot.store.tables import (
    corrections,
    item_versions,
    items,
    message_group_members,
    message_groups,
    message_marks,
    message_references,
    message_vectors,
    messages,
    moderations,
    pseudonyms,
    runs,
    threads,
)
from copilot.store.threads import message_columns, message_of

_TOKEN = re.compile(r"\[\[([A-Z]+)_\d+[A-Z]?\]\]")
#: Stands where somebody erased was named by others.
UNNAMED = "[…]"
#: Who set aside what was emptied: not a person's judgement of the message.
NO_PERSON = "–"


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who wrote: under which name and handle, how many messages in how many threads."""

    author: Author
    messages: int
    threads: int


class PrivacyRepository:
    """What points at people, in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- pseudonyms -------------------------------------------------------------------------------------------------

    def tokens(self, thread_id: int, wanted: Sequence[tuple[str, str]], at: datetime) -> Mapping[tuple[str, str], str]:
        """The token of each (kind, value) in a thread; those that had none get the next numbers."""
        from copilot.text.privacy import Numbering

        given = self.pseudonyms(thread_id)
        numbering = Numbering(given)
        known = {(found[1], value): token for token, value in given.items() if (found := _TOKEN.fullmatch(token))}
        fresh: list[dict[str, object]] = []
        for kind, value in wanted:
            if (kind, value) not in known:
                token = known[kind, value] = numbering.next(kind, value)
                fresh.append({"thread_id": thread_id, "token": token, "value": value, "made_at": shown_time(at)})
        if fresh:
            self._connection.execute(pseudonyms.insert(), fresh)
        return {one: known[one] for one in wanted}

    def pseudonyms(self, thread_id: int) -> Mapping[str, str]:
        """What each token of a thread stands for."""
        query = select(pseudonyms.c.token, pseudonyms.c.value).where(pseudonyms.c.thread_id == thread_id)
        return {row.token: row.value for row in self._connection.execute(query)}

    def drop_pseudonyms(self, thread_id: int, tokens: Iterable[str]) -> int:
        """Forget these tokens of a thread; how many were there."""
        here = pseudonyms.c.thread_id == thread_id
        gone = [self._connection.execute(delete(pseudonyms).where(here, pseudonyms.c.token == one)) for one in tokens]
        return sum(one.rowcount for one in gone)

    def pseudonyms_before(self, thread_ids: Sequence[int], last: datetime, *, erase: bool) -> int:
        """How many tokens of these threads were made before ``last``; gone with ``erase``."""
        old = (pseudonyms.c.thread_id.in_(thread_ids), pseudonyms.c.made_at < shown_time(last))
        if erase:
            return self._connection.execute(delete(pseudonyms).where(*old)).rowcount
        return int(self._connection.execute(select(func.count()).select_from(pseudonyms).where(*old)).scalar_one())

    # -- people -----------------------------------------------------------------------------------------------------

    def people(self, thread_id: int | None = None) -> tuple[Held, ...]:
        """Those who wrote, each name and handle once, ourselves left out. Only counted: nothing judges anybody."""
        name, handle = messages.c.author_name, messages.c.author_handle
        query = select(
            name, handle, func.count().label("n"), func.count(messages.c.thread_id.distinct()).label("places")
        )
        query = query.where(messages.c.author_is_owner.is_(False), or_(name != "", handle != "")).group_by(name, handle)
        if thread_id is not None:
            query = query.where(messages.c.thread_id == thread_id)
        rows = self._connection.execute(query.order_by(name, handle))
        return tuple(Held(Author(row.author_name, row.author_handle), row.n, row.places) for row in rows)

    def written_by(self, author: Author, thread_id: int | None = None) -> tuple[Message, ...]:
        """The messages of somebody, in order."""
        query = select(messages).where(
            messages.c.author_name == author.name,
            messages.c.author_handle == author.handle,
            messages.c.author_is_owner.is_(False),
        )
        if thread_id is not None:
            query = query.where(messages.c.thread_id == thread_id)
        rows = self._connection.execute(query.order_by(messages.c.thread_id, messages.c.position))
        return tuple(message_of(row) for row in rows)

    def naming(self, needles: Sequence[str], but: Iterable[int] = ()) -> tuple[int, ...]:
        """Ids of the messages of others whose text holds one of ``needles``, as it is written."""
        if not needles:
            return ()
        said = _holds(messages.c.text, needles)
        left_out = set(but)
        found = self._connection.execute(select(messages.c.id).where(said).order_by(messages.c.id)).scalars()
        return tuple(one for one in found if one not in left_out)

    def replies_to(self, message_ids: Iterable[int]) -> tuple[int, ...]:
        """Ids of our replies to these messages."""
        found: list[int] = []
        for some in in_parts(message_ids):
            found += self._connection.execute(select(items.c.id).where(items.c.message_id.in_(some))).scalars()
        return tuple(sorted(found))

    def items_naming(self, needles: Sequence[str]) -> tuple[int, ...]:
        """Ids of the items whose present text holds one of ``needles``."""
        if not needles:
            return ()
        said = _holds(items.c.text, needles)
        return tuple(self._connection.execute(select(items.c.id).where(said).order_by(items.c.id)).scalars())

    # -- forgetting -------------------------------------------------------------------------------------------------

    def blank(self, told: Sequence[Message], at: datetime, *, corrections_too: bool) -> None:
        """Empty these messages: author, text, and what was drawn from them. Each keeps its place, for its answers.

        They are set aside: nobody has anything to answer there. With ``corrections_too`` the examples drawn from them
        go; without it their text goes, label and numbers stay.
        """
        for some in in_parts(told):
            ids = [one.id for one in some]
            self._blank_rows(some)
            for table in (message_vectors, message_marks):
                self._connection.execute(delete(table).where(table.c.message_id.in_(ids)))
            aside = {"mark": Mark.SKIPPED.value, "by": NO_PERSON, "at": shown_time(at)}
            self._connection.execute(message_marks.insert(), [{"message_id": one} | aside for one in ids])
            self._leave_groups(ids)
            self._drop_references(some)
            theirs = corrections.c.message_id.in_(ids)
            if corrections_too:
                self._connection.execute(delete(corrections).where(theirs))
            else:
                self._connection.execute(update(corrections).where(theirs).values(text=""))

    def unname(self, told: Sequence[Message], named: re.Pattern[str]) -> int:
        """Put :data:`UNNAMED` for what ``named`` finds, accents aside, in what others wrote and what was drawn from it.

        The words that triage quotes go too; what the texts mean is to be read again, and their groups found again.
        """
        for one in told:
            changed = replace(one, text=unnamed(one.text, named), triage=_triage_unnamed(one.triage, named))
            left = message_columns(one.thread_id, changed)
            values = {name: left[name] for name in ("text", "text_key", "sha256", "triage")}
            self._connection.execute(update(messages).where(messages.c.id == one.id).values(values))
        for some in in_parts(one.id for one in told):
            self._connection.execute(delete(message_vectors).where(message_vectors.c.message_id.in_(some)))
            self._leave_groups(some)
            theirs = select(corrections.c.id, corrections.c.text).where(corrections.c.message_id.in_(some))
            for row in self._connection.execute(theirs).all():
                text = unnamed(row.text, named)
                self._connection.execute(update(corrections).where(corrections.c.id == row.id).values(text=text))
        return len(told)

    def _blank_rows(self, told: Sequence[Message]) -> None:
        rows = []
        for one in told:
            left = replace(
                one,
                author=Author(),
                text="",
                triage=None,
                rating=None,
                likes=None,
                link="",
                deleted=True,
                created_rel=None,
            )
            values = message_columns(one.thread_id, left)
            rows.append({"message": one.id} | {f"told_{name}": value for name, value in values.items()})
        columns = [name for name in message_columns(0, told[0]) if name not in ("thread_id", "position", "external_id")]
        self._connection.execute(
            update(messages)
            .where(messages.c.id == bindparam("message"))
            .values({name: bindparam(f"told_{name}") for name in columns}),
            rows,
        )

    def _drop_references(self, told: Sequence[Message]) -> None:
        """Forget what these messages are called and await, and what of others awaits somebody by their name."""
        names = {shown for one in told for shown in (one.author.name, one.author.handle, f"@{one.author.handle}")}
        ids = message_references.c.message_id.in_([one.id for one in told])
        named = and_(message_references.c.is_parent, message_references.c.name.in_(names - {"", "@"}))
        self._connection.execute(delete(message_references).where(or_(ids, named)))

    def _leave_groups(self, ids: Sequence[int]) -> None:
        """Take messages out of their groups. A group one of them stands for goes: its name may be their words."""
        member = message_group_members.c
        theirs = select(member.group_id).where(member.message_id.in_(ids)).distinct()
        shrunk = list(self._connection.execute(theirs).scalars())
        self._connection.execute(delete(message_groups).where(message_groups.c.message_id.in_(ids)))
        self._connection.execute(delete(message_group_members).where(member.message_id.in_(ids)))
        for group in shrunk:
            left = select(func.count()).select_from(message_group_members).where(member.group_id == group)
            size = int(self._connection.execute(left).scalar_one())
            one = message_groups.c.id == group
            gone = (
                delete(message_groups).where(one) if size < 2 else update(message_groups).where(one).values(size=size)
            )
            self._connection.execute(gone)

    def drop_items(self, item_ids: Iterable[int]) -> int:
        """Remove items with their versions; their decisions stay, reasons included: see ``reword_reasons``."""
        gone = 0
        for some in in_parts(item_ids):
            self._connection.execute(delete(item_versions).where(item_versions.c.item_id.in_(some)))
            gone += self._connection.execute(delete(items).where(items.c.id.in_(some))).rowcount
        return gone

    def drop_versions_naming(self, needles: Sequence[str]) -> int:
        """Remove the former versions of items whose text holds one of ``needles``."""
        if not needles:
            return 0
        said = _holds(item_versions.c.text, needles)
        present = select(items.c.id).where(
            items.c.id == item_versions.c.item_id, items.c.revision == item_versions.c.revision
        )
        return self._connection.execute(delete(item_versions).where(said, ~present.exists())).rowcount

    def drop_corrections_of(self, hashes: Iterable[str]) -> int:
        """Remove the examples drawn from texts with these hashes, whatever message they came from."""
        return sum(
            self._connection.execute(delete(corrections).where(corrections.c.text_sha256.in_(some))).rowcount
            for some in in_parts(hashes)
        )

    # -- retention --------------------------------------------------------------------------------------------------

    def threads_of(self, brand_id: str) -> tuple[int, ...]:
        """Ids of the threads of a brand."""
        return tuple(self._connection.execute(select(threads.c.id).where(threads.c.brand_id == brand_id)).scalars())

    def messages_before(self, thread_ids: Sequence[int], last: datetime, most: int) -> tuple[Message, ...]:
        """Up to ``most`` messages of others in these threads, said (or imported) before ``last``, not yet emptied."""
        said = func.coalesce(messages.c.created_at, threads.c.imported_at)
        query = (
            select(messages)
            .join(threads, threads.c.id == messages.c.thread_id)
            .where(messages.c.thread_id.in_(thread_ids), said < shown_time(last), messages.c.author_is_owner.is_(False))
            .where(or_(messages.c.text != "", messages.c.author_name != "", messages.c.author_handle != ""))
            .order_by(messages.c.id)
            .limit(most)
        )
        return tuple(message_of(row) for row in self._connection.execute(query))

    def count_messages_before(self, thread_ids: Sequence[int], last: datetime) -> int:
        """How many messages :meth:`messages_before` would find."""
        said = func.coalesce(messages.c.created_at, threads.c.imported_at)
        query = (
            select(func.count())
            .select_from(messages.join(threads, threads.c.id == messages.c.thread_id))
            .where(messages.c.thread_id.in_(thread_ids), said < shown_time(last), messages.c.author_is_owner.is_(False))
            .where(or_(messages.c.text != "", messages.c.author_name != "", messages.c.author_handle != ""))
        )
        return int(self._connection.execute(query).scalar_one())

    def decisions_before(self, brand_id: str, last: datetime, *, erase: bool) -> int:
        """How many moderation decisions of a brand were taken before ``last``; gone with ``erase``."""
        old = (moderations.c.brand_id == brand_id, moderations.c.at < shown_time(last))
        if erase:
            return self._connection.execute(delete(moderations).where(*old)).rowcount
        return int(self._connection.execute(select(func.count()).select_from(moderations).where(*old)).scalar_one())

    def runs_before(self, last: datetime, *, erase: bool) -> int:
        """How many lines of the ledger of models are older than ``last``; gone with ``erase``."""
        old = runs.c.at < shown_time(last)
        if erase:
            return self._connection.execute(delete(runs).where(old)).rowcount
        return int(self._connection.execute(select(func.count()).select_from(runs).where(old)).scalar_one())


def _holds(column: ColumnElement[str], needles: Sequence[str]) -> ColumnElement[bool]:
    """Whether one of ``needles`` is in ``column``, as it is written."""
    return or_(*(column.contains(one, autoescape=True) for one in needles))


def unnamed(text: str, named: re.Pattern[str]) -> str:
    """``text`` without what ``named`` finds in it once its accents are gone: a character stays a character."""
    from copilot.text.personal import flat

    parts, end = [], 0
    for match in named.finditer(flat(text)):
        parts += [text[end : match.start()], UNNAMED]
        end = match.end()
    return "".join((*parts, text[end:]))


def _triage_unnamed(triage: Triage | None, named: re.Pattern[str]) -> Triage | None:
    return None if triage is None else replace(triage, why=tuple(_wording_unnamed(one, named) for one in triage.why))


def _wording_unnamed(wording: Wording, named: re.Pattern[str]) -> Wording:
    """``wording`` with the words it quotes."""

    def told(value: object) -> object:
        if isinstance(value, str):
            return unnamed(value, named)
        if isinstance(value, Wording):
            return _wording_unnamed(value, named)
        return tuple(told(one) for one in value) if isinstance(value, tuple) else value

    return Wording(wording.key, {name: told(value) for name, value in wording.params.items()})
