"""Whether two threads are one conversation, by what their messages say."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, and_, func, or_, select

from copilot.store.columns import exact, moment
from copilot.store.tables import messages
from copilot.text.sameness import normalised

#: Messages looked at to tell whether two threads are one.
SAMPLED = 400
#: The ids given to messages whose file has none: the beginning of a hash of what they say.
MADE_UP = "m-"
#: An id of so many characters is no number that any file counts its rows by.
LONG_ID = 6
#: Words and letters of a text which two people do not write by chance, as they do "Merci beaucoup !"; letters alone
#: where words are not parted.
LONG_WORDS, LONG_LETTERS, LETTERS_ALONE = 3, 10, 20
#: Different texts of the kind that tell two conversations are one; one less where they have but a few messages.
PROOFS, FEW = 3, 5
#: And as many where they stand in another order.
PROOFS_DISORDERED = 4
#: Seconds between two times of one message: some exports round them.
SAME_TIME = 60
#: Pairs of messages with the same text looked at.
MOST_ALIKE = 4000
#: Characters of a text that tell whether it is long.
_SHOWN = 2000

new, held = messages.alias("new"), messages.alias("held")


@dataclass(frozen=True, slots=True)
class _Alike:
    """A message of the smaller thread and one of the larger.

    ``proof`` is what they share when that is more than anybody says; ``is_given`` when both have the ids of a file, and
    ``is_mixed`` when one of them has.
    """

    place: int
    other_place: int
    proof: object = None
    is_given: bool = False
    is_mixed: bool = False


def is_same(connection: Connection, thread_id: int, into: int, *, has_same_title: bool) -> bool:
    """True when half of the smaller thread is in the larger, and that is not but words which anybody says.

    Messages are the same by id and author where their file gives ids; else by author and time, or author and text,
    and then they stand in the same order. ``thread_id`` was just read, ``into`` is older: what was erased there is
    known by its id and time.
    """
    sizes = {one: _count(connection, messages.c.thread_id == one) for one in (thread_id, into)}
    if not all(sizes.values()):
        return False
    step = max(1, min(sizes.values()) // SAMPLED)
    is_new_small = sizes[thread_id] <= sizes[into]
    small, large = (thread_id, into) if is_new_small else (into, thread_id)
    sample = _rows(connection, and_(messages.c.thread_id == small, messages.c.position % step == 0))
    there = _Large(connection, large)

    def pairs(found: Mapping[Row[Any], Sequence[Row[Any]]]) -> Iterator[_Pair]:
        return (_Pair(one, other, is_new_small) for one, others in found.items() for other in others)

    alike = [_by_id(pair, has_same_title=has_same_title) for pair in pairs(there.with_ids(sample))]
    given = [one for one in alike if one is not None and one.is_given]
    if len(given) * 2 >= len(sample) and (has_same_title or any(one.proof for one in given)):
        return True
    texts = [_by_text(pair) for pair in pairs(there.with_texts(sample))]
    return _is_enough([one for one in (*alike, *texts) if one is not None], len(sample), has_same_title=has_same_title)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A message of the smaller thread beside one of the larger."""

    one: Row[Any]
    other: Row[Any]
    is_new_small: bool

    @property
    def new(self) -> Row[Any]:
        """The one that was just read."""
        return self.one if self.is_new_small else self.other

    @property
    def held(self) -> Row[Any]:
        """The one that was there."""
        return self.other if self.is_new_small else self.one

    @property
    def has_same_author(self) -> bool:
        """Both show the same name and handle."""
        first, second = self.one, self.other
        return bool(first.author_name == second.author_name and first.author_handle == second.author_handle)

    @property
    def is_erased(self) -> bool:
        """What is there is empty, and of the same time."""
        held = self.held
        is_empty = held.deleted and not (held.text or held.author_name or held.author_handle)
        return bool(is_empty and exact(held.created_at) == exact(self.new.created_at))

    def alike(self, proof: object = None, *, is_given: bool = False, is_mixed: bool = False) -> _Alike:
        """As what :func:`_is_enough` weighs."""
        return _Alike(self.one.position, self.other.position, proof, is_given, is_mixed)


class _Large:
    """The larger thread, looked up for each message of a sample: no plan of a database then walks through it."""

    def __init__(self, connection: Connection, thread_id: int) -> None:
        self._connection = connection
        self._here = messages.c.thread_id == thread_id

    def with_ids(self, sample: Sequence[Row[Any]]) -> Mapping[Row[Any], Sequence[Row[Any]]]:
        """For each message, that of the same id."""
        ids = [one.external_id for one in sample]
        found = {one.external_id: one for one in self._rows(messages.c.external_id, ids)}
        return {one: (found[one.external_id],) for one in sample if one.external_id in found}

    def with_texts(self, sample: Sequence[Row[Any]]) -> Mapping[Row[Any], Sequence[Row[Any]]]:
        """For each message, those of the same text, signs and case aside."""
        keys = sorted({one.text_key for one in sample if one.text_key is not None})
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for one in self._rows(messages.c.text_key, keys):
            found[one.text_key].append(one)
        return {one: found[one.text_key] for one in sample if one.text_key in found}

    def _rows(self, column: Column[Any], values: Sequence[object]) -> Iterator[Row[Any]]:
        for start in range(0, len(values), SAMPLED):
            some = column.in_(values[start : start + SAMPLED])
            yield from _rows(self._connection, and_(self._here, some), MOST_ALIKE)


def _rows(connection: Connection, condition: ColumnElement[bool], most: int | None = None) -> Sequence[Row[Any]]:
    return connection.execute(select(*_COLUMNS).where(condition).limit(most)).all()


def are_at_the_same_time(first: str | None, second: str | None) -> bool:
    """False when two messages are known to be of different times; a day alone is any time of it."""
    first, second = exact(first), exact(second)
    if first is None or second is None or first == second:
        return True
    one, other = moment(first).astimezone(), moment(second).astimezone()
    if abs((one - other).total_seconds()) <= SAME_TIME:
        return True
    return time() in (one.time(), other.time()) and one.date() == other.date()


def is_long(text: str) -> bool:
    """True for a text that two people do not write by chance."""
    plain = normalised(text)
    letters = len(plain.replace(" ", ""))
    return letters >= LETTERS_ALONE or (letters >= LONG_LETTERS and plain.count(" ") + 1 >= LONG_WORDS)


def same_author() -> ColumnElement[bool]:
    """A new message and one that is held have the same author."""
    return and_(new.c.author_name == held.c.author_name, new.c.author_handle == held.c.author_handle)


def is_emptied() -> ColumnElement[bool]:
    """The message that is held was erased."""
    return and_(held.c.deleted, held.c.text == "", held.c.author_name == "", held.c.author_handle == "")


def one_made_up() -> ColumnElement[bool]:
    """The file of one of two messages has no ids."""
    return or_(*(one.c.external_id.startswith(MADE_UP, autoescape=True) for one in (new, held)))


_COLUMNS = [
    *(messages.c[name] for name in ("external_id", "position", "created_at", "text_key", "deleted")),
    *(messages.c[name] for name in ("author_name", "author_handle")),
    func.substr(messages.c.text, 1, _SHOWN).label("text"),
]


def _by_id(pair: _Pair, *, has_same_title: bool) -> _Alike | None:
    new, held = pair.new, pair.held
    is_made_up = new.external_id.startswith(MADE_UP)
    at = exact(new.created_at)
    has_time = at is not None and moment(at).astimezone().time() != time()
    if pair.is_erased:
        # Nothing is left but the id and the time: without one that says something, no more than a title tells it.
        is_proof = is_made_up or has_time
        if not (is_proof or has_same_title):
            return None
        return pair.alike(new.external_id if is_proof else None, is_given=not is_made_up)
    if not pair.has_same_author:
        return None
    if is_made_up:
        is_dated = has_time and bool(new.author_name)
        is_proof = is_dated or (new.text_key == held.text_key and is_long(new.text))
        return pair.alike(_proof(new) if is_proof else None)
    if not (has_same_title or new.text == held.text):
        return None
    is_proof = new.text == held.text and (len(new.external_id) >= LONG_ID or is_long(new.text))
    return pair.alike(_proof(new) if is_proof else None, is_given=True)


def _by_text(pair: _Pair) -> _Alike | None:
    new, held = pair.new, pair.held
    made_up = [one.external_id.startswith(MADE_UP) for one in (new, held)]
    if not any(made_up) or new.external_id == held.external_id or not pair.has_same_author:
        return None
    if not are_at_the_same_time(new.created_at, held.created_at):
        return None
    return pair.alike(_proof(new) if is_long(new.text) else None, is_mixed=not all(made_up))


def _proof(row: Row[Any]) -> object:
    """The same for the same text, or (a text changed since) for the same message."""
    return row.text_key if row.text_key is not None else row.external_id


def _is_enough(alike: Sequence[_Alike], count: int, *, has_same_title: bool) -> bool:
    chain = max(
        _in_order(alike, lambda one: one.other_place),
        _in_order(alike, lambda one: -one.other_place),
        key=len,
    )
    proofs = len({one.proof for one in chain if one.proof is not None})
    if len(chain) * 2 >= count:
        if has_same_title and (len(chain) >= count or proofs >= (PROOFS - 1 if count >= FEW else 1)):
            return True
        if proofs >= (PROOFS if count >= FEW or any(one.is_mixed for one in chain) else PROOFS - 1):
            return True
    every = {one.place for one in alike}
    proofs = len({one.proof for one in alike if one.proof is not None})
    return len(every) * 4 >= count * 3 and proofs >= PROOFS_DISORDERED


def _in_order(alike: Sequence[_Alike], place_of: Callable[[_Alike], int]) -> list[_Alike]:
    """As many of them as stand in the same order in both threads, each message once."""
    # Of one message, the later places first: only one of them can then be taken.
    told = sorted(alike, key=lambda one: (one.place, -place_of(one)))
    ends: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for number, one in enumerate(told):
        length = bisect_left(ends, place_of(one))
        before.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [place_of(one)]
        lasts[length : length + 1] = [number]
    chain: list[_Alike] = []
    at = lasts[-1] if lasts else -1
    while at >= 0:
        chain.append(told[at])
        at = before[at]
    return chain


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count(messages.c.id)).where(condition)).scalar() or 0)
