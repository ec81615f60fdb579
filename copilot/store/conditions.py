"""What a filter of the inbox asks of messages, as conditions; those that may lead the search apart from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal_column, or_, select, union_all

from copilot.domain.deadlines import Cutoffs, Lateness, Moments
from copilot.domain.inbox import STAGES, STATE_OF_STAGE, Flag, InboxFilter, State, urgency_rank
from copilot.domain.item import ItemKind
from copilot.store.columns import is_hourly, shown_time
from copilot.store.tables import items, message_marks, messages, threads
from copilot.store.traits import COLUMNS as TRAITS
from copilot.store.traits import Traits

Condition = ColumnElement[bool]

_m = messages.c


def open_reply() -> tuple[Condition, ...]:
    """The replies that are on their way."""
    return (
        items.c.message_id.is_not(None),
        items.c.kind == ItemKind.REPLY.value,
        items.c.status.in_([status.value for status in STAGES]),
    )


def kept_back(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """``column`` so that SQLite does not look for it in an index: it would leave the one that follows the order."""
    if dialect != "sqlite":
        return column
    return literal_column(f"+messages.{column.key}", column.type)


def standing(states: Sequence[State]) -> list[Condition]:
    """The condition that a message is in one of ``states``, told message by message."""
    if not states or set(states) == set(State):
        return []
    return [or_(*(_STANDINGS[state] for state in states))]


def _has_reply(*stages: int) -> Condition:
    """A message has a reply at one of these stages."""
    statuses = [status.value for status, stage in STAGES.items() if stage in stages]
    reply = select(items.c.id).where(items.c.message_id == _m.id, items.c.kind == ItemKind.REPLY.value)
    return exists(reply.where(items.c.status.in_(statuses)))


def _is_marked(mark: str | None = None) -> Condition:
    marked = select(message_marks.c.message_id).where(message_marks.c.message_id == _m.id)
    return exists(marked if mark is None else marked.where(message_marks.c.mark == mark))


_OTHERS = _m.author_is_owner.is_(False)
#: What ``state_of`` says, in SQL.
_STANDINGS: dict[State, Condition] = {
    State.OWN: _m.author_is_owner,
    State.WAITING: and_(_OTHERS, ~_has_reply(1, 2, 3), ~_is_marked()),
    State.DRAFTED: and_(_OTHERS, _has_reply(1), ~_has_reply(2, 3), ~_is_marked()),
    State.IN_REVIEW: and_(_OTHERS, _has_reply(2), ~_has_reply(3), ~_is_marked()),
    State.APPROVED: and_(_OTHERS, _has_reply(3)),
    State.SKIPPED: and_(_OTHERS, _is_marked("skipped"), ~_has_reply(3)),
    State.HUMAN: and_(_OTHERS, _is_marked("human"), ~_has_reply(3)),
}
#: States of messages that have a reply or a mark: most often a small part of all.
_TOUCHED = frozenset({State.DRAFTED, State.IN_REVIEW, State.APPROVED, State.SKIPPED, State.HUMAN})


@dataclass(frozen=True, slots=True)
class Leader:
    """A condition that an index answers, and the rows to count to know how many messages it lets through."""

    condition: Condition
    counted: Select[Any]


def leaders(asked: InboxFilter, traits: Sequence[Traits] | None = None) -> dict[str, Leader]:
    """The conditions of ``asked`` that may lead the search: whichever lets the fewest messages through.

    ``traits``: those that ``asked`` lets through, of all there are; None when they say nothing.
    """
    ways = _narrowing(asked)
    if traits is not None:
        ways = {"traits": _together(traits), **ways}
    found = {name: Leader(one, select(_m.id).where(one)) for name, one in ways.items()}
    if asked.states and set(asked.states) <= _TOUCHED:
        touched = union_all(*_touched(asked.states)).subquery()
        found["states"] = Leader(_m.id.in_(select(touched.c.message_id)), select(touched))
    if asked.states == (State.OWN,) and traits is None:
        found["states"] = Leader(_m.author_is_owner, select(_m.id).where(_m.author_is_owner))
    return found


def _together(traits: Sequence[Traits]) -> Condition:
    """The messages of ``traits``, and others between them: each column apart, as the index is leapt along."""
    values = list(zip(*traits, strict=True)) or [()] * len(TRAITS)
    return and_(*(column.in_(sorted(set(some))) for column, some in zip(TRAITS, values, strict=True)))


def _touched(states: Sequence[State]) -> list[Select[Any]]:
    """The messages that may be in ``states``, from replies and marks."""
    marks = [state.value for state in states if state in (State.SKIPPED, State.HUMAN)]
    stages = {stage for stage, state in STATE_OF_STAGE.items() if state in states}
    statuses = [status.value for status, stage in STAGES.items() if stage in stages]
    replied = select(items.c.message_id).where(*open_reply(), items.c.status.in_(statuses))
    return [replied, select(message_marks.c.message_id).where(message_marks.c.mark.in_(marks))]


def _narrowing(asked: InboxFilter) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    if asked.thread_id is not None:
        found["thread"] = _m.thread_id == asked.thread_id
    if asked.brand_id is not None:
        found["brand"] = _m.thread_id.in_(select(threads.c.id).where(threads.c.brand_id == asked.brand_id))
    if asked.authors:
        names = list(asked.authors)
        found["authors"] = or_(_m.author_name.in_(names), _m.author_handle.in_(names))
    if asked.flags and Flag.UNSURE not in asked.flags:
        # Messages with another flag are few and have an index of their own.
        found["flags"] = and_(_m.flags > 1, _m.flags.bitwise_and(int(asked.flags)) != 0)
    if asked.only_changed:
        found["changed"] = _m.changed_at.is_not(None)
    if asked.since is not None or asked.until is not None:
        found["dates"] = and_(*_between(asked))
    if asked.due is not None and asked.cutoffs is not None:
        found["due"] = _timed(asked.due, asked.cutoffs, _m.urgency_rank)
    return found


def passing(asked: InboxFilter, dialect: str, leader: Condition | None = None) -> list[Condition]:
    """Every condition of ``asked`` but its words; only ``leader`` (of :func:`leaders`) may choose an index."""

    def among(column: ColumnElement[Any], values: Sequence[object]) -> Condition:
        return kept_back(column, dialect).in_(values)

    found: list[Condition] = []
    if leader is not None:
        found.append(leader)
    if asked.thread_id is not None:
        # A thread is together in the order of time, too: its own index may follow both.
        found.append(_m.thread_id == asked.thread_id if leader is None else among(_m.thread_id, [asked.thread_id]))
    if asked.authors:
        found.append(or_(among(_m.author_name, asked.authors), among(_m.author_handle, asked.authors)))
    if asked.flags:
        found.append(kept_back(_m.flags, dialect).bitwise_and(int(asked.flags)) != 0)
    if asked.only_changed:
        found.append(kept_back(_m.changed_at, dialect).is_not(None))
    if asked.urgencies:
        found.append(among(_m.urgency_rank, [urgency_rank(one) for one in asked.urgencies]))
    if asked.intents:
        found.append(among(_m.intent, [one.value for one in asked.intents]))
    if asked.tones:
        found.append(_m.tone.in_([one.value for one in asked.tones]))
    if asked.languages:
        found.append(among(_m.language, asked.languages))
    return [*found, *_between(asked), *_of_brand(asked, dialect), *_due(asked, dialect), *_standing(asked, dialect)]


def _standing(asked: InboxFilter, dialect: str) -> list[Condition]:
    if asked.states == (State.OWN,):
        return [kept_back(_m.author_is_owner, dialect).is_(True)]
    return standing(asked.states)


def _between(asked: InboxFilter) -> list[Condition]:
    found: list[Condition] = []
    if asked.since is not None:
        found.append(_m.created_at >= shown_time(asked.since))
    if asked.until is not None:
        found.append(_m.created_at <= shown_time(asked.until))
    return found


def to_answer() -> list[Condition]:
    """The messages somebody should still answer: nothing approved, set aside, answered elsewhere or deleted."""
    approved = select(items.c.message_id).where(
        items.c.message_id.is_not(None),
        items.c.kind == ItemKind.REPLY.value,
        items.c.status.in_([status.value for status, stage in STAGES.items() if stage == 3]),
    )
    aside = select(message_marks.c.message_id)
    return [_OTHERS, _m.answered.is_(False), _m.deleted.is_(False), _m.id.not_in(approved), _m.id.not_in(aside)]


def written_before(moments: Moments) -> Condition:
    """The messages that were written before the moment of their class."""
    ways = [and_(_m.urgency_rank == rank, _m.created_at < shown_time(at)) for rank, at in moments]
    return or_(false(), *ways)


def _timed(due: Lateness, cutoffs: Cutoffs, rank_column: ColumnElement[int]) -> Condition:
    """The messages whose class and time say ``due``."""
    late = dict(cutoffs.late)
    ways: list[Condition] = []
    for rank, at in cutoffs.late if due is Lateness.LATE else cutoffs.soon:
        way = [rank_column == rank, _m.created_at < shown_time(at)]
        if due is Lateness.SOON:
            way.append(is_hourly(_m.created_at))
        if due is Lateness.SOON and rank in late:
            way.append(_m.created_at >= shown_time(late[rank]))
        ways.append(and_(*way))
    return or_(false(), *ways)


def _due(asked: InboxFilter, dialect: str) -> list[Condition]:
    if asked.due is None or asked.cutoffs is None:
        return []
    # Told message by message: a page meets few, and marks may be as many as messages.
    unanswered = [_OTHERS, _m.answered.is_(False), _m.deleted.is_(False), ~_has_reply(3), ~_is_marked()]
    return [_timed(asked.due, asked.cutoffs, kept_back(_m.urgency_rank, dialect)), *unanswered]


def _of_brand(asked: InboxFilter, dialect: str) -> list[Condition]:
    if asked.brand_id is None:
        return []
    of_brand = select(threads.c.id).where(threads.c.brand_id == asked.brand_id)
    return [kept_back(_m.thread_id, dialect).in_(of_brand)]


def base(asked: InboxFilter) -> list[Condition]:
    """What counts beside the choices of ``asked`` keep of it: thread, authors, dates, flags, changes, brand."""
    found = _between(asked)
    if asked.due is not None and asked.cutoffs is not None:
        found += [_timed(asked.due, asked.cutoffs, _m.urgency_rank), *to_answer()]
    known = _narrowing(asked)
    found += [known[name] for name in ("thread", "brand", "authors") if name in known]
    if "changed" in known:
        # Few, known from an index of their own, where counting would follow another.
        alike = messages.alias()
        found.append(_m.id.in_(select(alike.c.id).where(alike.c.changed_at.is_not(None))))
    if asked.flags:
        found.append(_m.flags.bitwise_and(int(asked.flags)) != 0)
    return found
