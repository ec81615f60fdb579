"""Decisions on messages in the database, with the evidence taken at that moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, true, update

from copilot.domain.brand import CharterClause
from copilot.domain.inbox import Mark
from copilot.domain.moderation import AGAINST, Evidence, Moderation, ModerationAction
from copilot.errors import UserError
from copilot.store.columns import dumps, moment, shown_time, wordings_in, wordings_out
from copilot.store.lapses import DECIDED, reopen_replies
from copilot.store.parts import in_parts
from copilot.store.tables import message_marks, moderations

_c = moderations.c


class ModerationRepository:
    """What was decided on each message, in order; a decision is undone, never removed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, told: Sequence[Moderation]) -> tuple[Moderation, ...]:
        """Store decisions; ids are given here, in the order of ``told``."""
        stored: list[Moderation] = []
        for some in in_parts(told):
            adding = moderations.insert().returning(_c.id, sort_by_parameter_order=True)
            ids = self._connection.execute(adding, [_columns(one) for one in some]).scalars().all()
            stored += [replace(one, id=given) for given, one in zip(ids, some, strict=True)]
        return tuple(stored)

    def reopen_replies(self, told: Sequence[Moderation]) -> int:
        """Send the replies to messages just decided against, by one person at once, back to draft; how many."""
        ids = [one.message_id for one in told if one.action in AGAINST and one.message_id is not None]
        return reopen_replies(self._connection, ids, DECIDED, told[0].at, told[0].by) if ids else 0

    def get(self, moderation_id: int) -> Moderation:
        """The decision of this id.

        Raises:
            UserError: ``moderation.unknown``.
        """
        return self.get_all([moderation_id])[0]

    def get_all(self, ids: Sequence[int]) -> tuple[Moderation, ...]:
        """The decisions of ``ids``, in that order, each once.

        Raises:
            UserError: ``moderation.unknown`` for the first that does not exist.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[int, Moderation] = {}
        for some in in_parts(wanted):
            for row in self._connection.execute(select(moderations).where(_c.id.in_(some))):
                found[row.id] = moderation_of(row)
        for one in wanted:
            if one not in found:
                raise UserError("moderation.unknown", id=one)
        return tuple(found[one] for one in wanted)

    def list(self, thread_id: int | None = None, most: int | None = None) -> tuple[Moderation, ...]:
        """Decisions, newest first."""
        query = select(moderations).order_by(_c.id.desc())
        if thread_id is not None:
            query = query.where(_c.thread_id == thread_id)
        return tuple(moderation_of(row) for row in self._connection.execute(query.limit(most) if most else query))

    def of_message(self, message_id: int) -> tuple[Moderation, ...]:
        """All decisions on one message, oldest first."""
        query = select(moderations).where(_c.message_id == message_id).order_by(_c.id)
        return tuple(moderation_of(row) for row in self._connection.execute(query))

    def standing(self, message_ids: Iterable[int]) -> Mapping[int, Moderation]:
        """The last decision on each message that was not undone."""
        found: dict[int, Moderation] = {}
        for some in in_parts(dict.fromkeys(message_ids)):
            query = select(moderations).where(_c.message_id.in_(some), _c.undone_at.is_(None)).order_by(_c.id)
            found.update({row.message_id: moderation_of(row) for row in self._connection.execute(query)})
        return found

    def marks(self, message_ids: Iterable[int]) -> Mapping[int, Mark]:
        """The inbox mark of each message that has one."""
        found: dict[int, Mark] = {}
        for some in in_parts(dict.fromkeys(message_ids)):
            query = select(message_marks.c.message_id, message_marks.c.mark).where(message_marks.c.message_id.in_(some))
            found.update({message_id: Mark(mark) for message_id, mark in self._connection.execute(query)})
        return found

    def keep(self, told: Sequence[Moderation]) -> None:
        """Store again decisions that were done or undone since; the evidence and who decided stay as they are."""
        if told:
            self._connection.execute(
                update(moderations)
                .where(_c.id == bindparam("moderation"))
                .values(body=bindparam("b"), undone_by=bindparam("u"), undone_at=bindparam("w")),
                [
                    {
                        "moderation": one.id,
                        "b": _body(one),
                        "u": one.undone_by or None,
                        "w": shown_time(one.undone_at) if one.undone_at else None,
                    }
                    for one in told
                ],
            )

    def forget(self, message_ids: Iterable[int]) -> int:
        """Erase what the decisions on these messages quote, hashes aside; how many decisions that concerned."""
        erased: list[Moderation] = []
        for some in in_parts(dict.fromkeys(message_ids)):
            for row in self._connection.execute(select(moderations).where(_c.message_id.in_(some))).all():
                one = moderation_of(row)
                evidence = replace(one.evidence, text="", link="")
                erased.append(replace(one, facts="", reason="", evidence=evidence))
        self._rewrite(erased)
        return len(erased)

    def reword(
        self, reworded: Callable[[str], str], *, thread_id: int | None = None, message_ids: Iterable[int] | None = None
    ) -> int:
        """Change what decisions quote and say, hashes aside; how many changed.

        Those on ``message_ids``, else those of ``thread_id``, else all.
        """
        among: list[ColumnElement[bool]] = [true() if thread_id is None else _c.thread_id == thread_id]
        if message_ids is not None:
            among = [_c.message_id.in_(some) for some in in_parts(message_ids)]
        rows = [row for some in among for row in self._connection.execute(select(moderations).where(some))]
        changed = [told for row in rows if (told := _reworded(one := moderation_of(row), reworded)) != one]
        self._rewrite(changed)
        return len(changed)

    def _rewrite(self, told: Sequence[Moderation]) -> None:
        """Store decisions again with what they quote now."""
        if told:
            change = update(moderations).where(_c.id == bindparam("moderation")).values(evidence=bindparam("e"))
            self._connection.execute(change, [{"moderation": one.id, "e": one.evidence.text} for one in told])
            self.keep(told)


def _reworded(one: Moderation, reworded: Callable[[str], str]) -> Moderation:
    evidence = replace(one.evidence, text=reworded(one.evidence.text))
    return replace(one, facts=reworded(one.facts), reason=reworded(one.reason), evidence=evidence)


def _columns(one: Moderation) -> dict[str, object]:
    return {
        "message_id": one.message_id,
        "thread_id": one.thread_id,
        "brand_id": one.brand_id,
        "action": one.action.value,
        "by": one.by,
        "at": shown_time(one.at),
        "message_sha256": one.evidence.message_sha256,
        "evidence": one.evidence.text,
        "body": _body(one),
        "undone_by": one.undone_by or None,
        "undone_at": shown_time(one.undone_at) if one.undone_at else None,
    }


def _body(one: Moderation) -> str:
    seen = one.evidence
    return dumps(
        {
            "facts": one.facts,
            "reason": one.reason,
            "language": one.language,
            "clause": [one.clause.id, one.clause.text] if one.clause else None,
            "category": one.category,
            "hosted": one.hosted,
            "warnings": wordings_out(one.warnings),
            "mark_before": one.mark_before.value if one.mark_before else "",
            "done_by": one.done_by,
            "done_at": shown_time(one.done_at) if one.done_at else None,
            "seen": {
                "text_sha256": seen.text_sha256,
                "taken_at": shown_time(seen.taken_at),
                "said_at": shown_time(seen.said_at) if seen.said_at else None,
                "said_rel": seen.said_rel,
                "link": seen.link,
                "network": seen.network,
                "intent": seen.intent,
                "risk": seen.risk,
                "flagged": seen.flagged,
            },
        }
    )


def _moment(written: str | None) -> datetime | None:
    return moment(written) if written else None


def moderation_of(row: Row[Any]) -> Moderation:
    """A row of the table as a :class:`Moderation`."""
    told = json.loads(row.body)
    seen, clause = told["seen"], told["clause"]
    return Moderation(
        id=row.id,
        message_id=row.message_id,
        thread_id=row.thread_id,
        brand_id=row.brand_id,
        action=ModerationAction(row.action),
        by=row.by,
        at=moment(row.at),
        evidence=Evidence(
            text=row.evidence,
            message_sha256=row.message_sha256,
            text_sha256=seen["text_sha256"],
            taken_at=moment(seen["taken_at"]),
            said_at=_moment(seen["said_at"]),
            said_rel=seen["said_rel"],
            link=seen["link"],
            network=seen["network"],
            intent=seen["intent"],
            risk=seen["risk"],
            flagged=seen["flagged"],
        ),
        facts=told["facts"],
        reason=told["reason"],
        language=told["language"],
        clause=CharterClause(*clause) if clause else None,
        category=told["category"],
        hosted=told["hosted"],
        warnings=wordings_in(told["warnings"]),
        mark_before=Mark(told["mark_before"]) if told["mark_before"] else None,
        done_by=told["done_by"],
        done_at=_moment(told["done_at"]),
        undone_by=row.undone_by or "",
        undone_at=_moment(row.undone_at),
    )
