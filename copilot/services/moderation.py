"""Decisions on messages: prepared, taken with their evidence, carried out elsewhere by a person, undone.

Nothing here hides or deletes anything on a network: kept are who decided what, on what ground, and what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.conversation import Message, Thread, Triage
from copilot.domain.hashing import sha256_of
from copilot.domain.inbox import Mark
from copilot.domain.moderation import (
    RESTRICTIONS,
    LegalCategory,
    Moderation,
    ModerationAsked,
    Statement,
    Suggestion,
    mark_of,
)
from copilot.domain.review import checked_name
from copilot.errors import UserError
from copilot.services._beside import reading, writing
from copilot.services._deciding import Ground, clause_of, clean_facts, clean_reason, decided, verdict_warnings
from copilot.services._legal_words import legal_words
from copilot.services._statements import SOURCES, StatementAsked, statement_of
from copilot.services._suggesting import suggestion_for

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork

__all__ = ["SOURCES", "Moderations", "StatementAsked"]


class Moderations:
    """Decisions on the messages of a profile. Each call reads or writes in a worker thread, in one transaction."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        default_brand: Callable[[], str | None],
        triage: Callable[[Message, Thread], Triage],
    ) -> None:
        self._store = store
        self._clock = clock
        self._default_brand = default_brand
        self._triage = triage

    def categories(self) -> tuple[LegalCategory, ...]:
        """The legal categories a message could come under."""
        return tuple(legal_words().categories.values())

    async def propose(self, message_id: int, *, brand_id: str = "") -> Suggestion:
        """What could be decided on a message, and why; nothing is stored.

        Raises:
            UserError: ``message.unknown``, ``brand.unknown``.
        """

        def asked(work: UnitOfWork) -> Suggestion:
            message = work.threads.message(message_id)
            thread = _thread_of(work, message)
            triage = message.triage or self._triage(message, thread)
            return suggestion_for(message, triage, self._brand(work, brand_id, thread))

        return await reading(self._store(), asked)

    async def prepare(self, asked: ModerationAsked) -> tuple[Moderation, ...]:
        """The decisions as :meth:`decide` would take them, with what speaks against each; nothing is stored.

        Raises:
            UserError: as :meth:`decide`.
        """
        return await reading(self._store(), lambda work: self._prepared(work, asked))

    async def decide(self, asked: ModerationAsked) -> tuple[Moderation, ...]:
        """Take the same decision on each message: evidence, decision, inbox mark and audit are stored together.

        A reply to a message that is to be hidden, deleted or reported is a draft again, its approval lapses.

        A message on which the very same decision of the same person already stands keeps that one: asked for again,
        after a power cut for example, nothing is doubled.

        Raises:
            UserError: ``message.unknown``, ``moderation.own``, ``moderation.nothing``, ``moderation.clause_unknown``,
                ``moderation.category_unknown``, ``moderation.facts_long``, ``moderation.reason_long``,
                ``review.name_needed``, ``brand.unknown``;
                then nothing was stored.
        """

        def kept(work: UnitOfWork) -> tuple[Moderation, ...]:
            wanted = self._prepared(work, asked)
            ids = [one.message_id for one in wanted if one.message_id is not None]
            standing = work.moderations.standing(ids)
            same = {one: before for one, before in standing.items() if before.id in _repeated(wanted, standing)}
            stored = work.moderations.add([one for one in wanted if one.message_id not in same])
            _put_mark(work, ids, mark_of(asked.action), wanted[0].by, wanted[0].at)
            entries = [(f"message:{one.message_id}", _proof(one)) for one in stored]
            if entries:
                work.audit.append_all(wanted[0].at, wanted[0].by, "moderated", entries)
            # Nobody publishes an answer below what was just decided against.
            work.moderations.reopen_replies(stored)
            kept_now = same | {one.message_id: one for one in stored if one.message_id is not None}
            return tuple(kept_now[one] for one in ids)

        return await writing(self._store(), kept)

    async def done(self, ids: Sequence[int], *, by: str) -> tuple[Moderation, ...]:
        """Note that a person carried these decisions out on the network.

        Raises:
            UserError: ``moderation.unknown``, ``moderation.undone``, ``review.name_needed``.
        """
        by, at = checked_name(by), self._clock()

        def kept(work: UnitOfWork) -> tuple[Moderation, ...]:
            told = work.moderations.get_all(ids)
            _still_standing(told)
            changed = tuple(replace(one, done_by=by, done_at=at) for one in told)
            work.moderations.keep(changed)
            work.audit.append_all(at, by, "moderation_done", [(_subject(one), _numbered(one)) for one in changed])
            return changed

        return await writing(self._store(), kept)

    async def undo(self, ids: Sequence[int], *, by: str) -> tuple[Moderation, ...]:
        """Take decisions back, all or none; the inbox shows the messages as they were. The evidence stays.

        Raises:
            UserError: ``moderation.unknown``, ``moderation.undone``, ``review.name_needed``.
        """
        by, at = checked_name(by), self._clock()

        def kept(work: UnitOfWork) -> tuple[Moderation, ...]:
            told = work.moderations.get_all(ids)
            _still_standing(told)
            changed = tuple(replace(one, undone_by=by, undone_at=at) for one in told)
            work.moderations.keep(changed)
            _put_marks_back(work, changed, at)
            work.audit.append_all(at, by, "moderation_undone", [(_subject(one), _numbered(one)) for one in changed])
            return changed

        return await writing(self._store(), kept)

    async def get(self, moderation_id: int) -> Moderation:
        """A decision. Raises UserError ``moderation.unknown``."""
        return await reading(self._store(), lambda work: work.moderations.get(moderation_id))

    async def list(self, thread_id: int | None = None) -> tuple[Moderation, ...]:
        """Decisions, newest first; those of one thread when it is named.

        Raises:
            UserError: ``thread.unknown``.
        """

        def asked(work: UnitOfWork) -> tuple[Moderation, ...]:
            if thread_id is not None:
                work.threads.without_messages(thread_id)
            return work.moderations.list(thread_id)

        return await reading(self._store(), asked)

    async def of_message(self, message_id: int) -> tuple[Moderation, ...]:
        """All decisions on a message, oldest first."""
        return await reading(self._store(), lambda work: work.moderations.of_message(message_id))

    async def statement(self, asked: StatementAsked) -> Statement:
        """The statement of reasons of a decision that restricts a message: official fields and letter.

        Raises:
            UserError: ``moderation.unknown``, ``moderation.undone``, ``moderation.no_restriction``,
                ``moderation.no_ground``, ``moderation.source_unknown``.
        """

        def made(work: UnitOfWork) -> Statement:
            moderation = work.moderations.get(asked.moderation_id)
            found = work.threads.messages([moderation.message_id] if moderation.message_id else [])
            message = next(iter(found.values()), None)
            brand = _brand_of(work, moderation.brand_id)
            return statement_of(moderation, asked, brand, message.author if message else None, _content(message))

        return await reading(self._store(), made)

    async def foreseen(self, asked: ModerationAsked) -> Statement | None:
        """The statement of reasons of the first of these decisions, before it is taken.

        None for a decision that restricts nothing or has no ground.

        Raises:
            UserError: as :meth:`decide`.
        """

        def made(work: UnitOfWork) -> Statement | None:
            decision = self._prepared(work, replace(asked, message_ids=asked.message_ids[:1]))[0]
            if decision.action not in RESTRICTIONS or not (decision.clause or decision.category):
                return None
            message = work.threads.message(asked.message_ids[0])
            brand = _brand_of(work, decision.brand_id)
            return statement_of(decision, StatementAsked(0), brand, message.author, _content(message))

        return await reading(self._store(), made)

    def _prepared(self, work: UnitOfWork, asked: ModerationAsked) -> tuple[Moderation, ...]:
        by, at = checked_name(asked.by), self._clock()
        facts, reason = clean_facts(asked.facts), clean_reason(asked.reason)
        ids = tuple(dict.fromkeys(asked.message_ids))
        if not ids:
            raise UserError("moderation.nothing")
        told = work.threads.messages(ids)
        standing, marks = work.moderations.standing(ids), work.moderations.marks(ids)
        grounds: dict[int, Ground] = {}
        made: list[Moderation] = []
        for one in ids:
            if one not in told:
                raise UserError("message.unknown", id=one)
            message = told[one]
            if message.author.is_owner:
                raise UserError("moderation.own", id=one)
            if message.thread_id not in grounds:
                grounds[message.thread_id] = self._ground(work, message, asked)
            before = standing.get(one)
            ground = grounds[message.thread_id]
            message = replace(message, triage=message.triage or self._triage(message, ground.thread))
            was = before.mark_before if before else marks.get(one)
            decision = decided(message, ground, asked.action, facts, before, at)
            decision = _in_own_words(decision, reason) if reason else decision
            made.append(replace(decision, by=by, mark_before=was))
        return tuple(made)

    def _ground(self, work: UnitOfWork, message: Message, asked: ModerationAsked) -> Ground:
        thread = _thread_of(work, message)
        brand = self._brand(work, asked.brand_id, thread)
        category = legal_words().get(asked.category) if asked.category else None
        return Ground(thread, brand, clause_of(asked.clause, brand), category, asked.language)

    def _brand(self, work: UnitOfWork, asked: str, thread: Thread) -> Brand | None:
        """Whose charter holds: the brand asked for, else the thread's, else the usual or the only one."""
        if asked:
            return work.brands.get(asked)
        if thread.brand_id:
            return _brand_of(work, thread.brand_id)
        if brand := _brand_of(work, self._default_brand() or ""):
            return brand
        known = work.brands.list()
        return known[0] if len(known) == 1 else None


def _in_own_words(decision: Moderation, reason: str) -> Moderation:
    """``decision`` with a ``reason`` a person wrote; the words of the charter in it are not theirs."""
    theirs = reason.replace(decision.clause.text, "") if decision.clause else reason
    found = (one for one in verdict_warnings(theirs) if one not in decision.warnings)
    return replace(decision, reason=reason, warnings=(*decision.warnings, *found))


def _thread_of(work: UnitOfWork, message: Message) -> Thread:
    return work.threads.without_messages(message.thread_id)


def _brand_of(work: UnitOfWork, brand_id: str) -> Brand | None:
    """The brand of this id; None when there is none of that id any more."""
    try:
        return work.brands.get(brand_id) if brand_id else None
    except UserError as error:
        if error.kind != "brand.unknown":
            raise
        return None


def _repeated(wanted: Sequence[Moderation], standing: Mapping[int, Moderation]) -> set[int]:
    """The decisions that stand already, word for word, by the same person on the same text."""
    found = set()
    for one in wanted:
        before = standing.get(one.message_id) if one.message_id is not None else None
        if before is not None and _substance(one) == _substance(before):
            found.add(before.id)
    return found


def _substance(one: Moderation) -> tuple[object, ...]:
    return one.action, one.by, one.brand_id, one.clause, one.category, one.facts, one.reason, one.evidence.text_sha256


def _proof(one: Moderation) -> dict[str, object]:
    """What the audit keeps of a decision: no word of anybody, only hashes."""
    return {
        **_numbered(one),
        "action": one.action.value,
        "clause": one.clause.id if one.clause else "",
        "category": one.category,
        "message_sha256": one.evidence.message_sha256,
        "evidence_sha256": one.evidence.text_sha256,
        "reason_sha256": sha256_of(one.reason),
    }


def _content(message: Message | None) -> str:
    """The language a message is in as an ISO 639-1 code; empty where nobody knows."""
    told = message.triage.language if message and message.triage else ""
    return told if len(told) == 2 else ""


def _numbered(one: Moderation) -> dict[str, object]:
    return {"moderation": one.id}


def _subject(one: Moderation) -> str:
    return f"message:{one.message_id}" if one.message_id else f"moderation:{one.id}"


def _still_standing(told: Sequence[Moderation]) -> None:
    for one in told:
        if not one.stands:
            raise UserError("moderation.undone", id=one.id)


def _put_mark(work: UnitOfWork, ids: Sequence[int], mark: Mark | None, by: str, at: datetime) -> None:
    if mark is None:
        work.inbox.unmark(ids)
    else:
        work.inbox.mark(ids, mark, by, at)


def _put_marks_back(work: UnitOfWork, undone: Sequence[Moderation], at: datetime) -> None:
    """Each message shows the mark of the decision that now holds, else the one it had before any.

    A mark that somebody changed since is theirs: it stays.
    """
    last = {one.message_id: one for one in sorted(undone, key=lambda one: one.id) if one.message_id is not None}
    ids = [one for one in last if one is not None]
    holding, marks = work.moderations.standing(ids), work.moderations.marks(ids)
    wanted: dict[tuple[Mark | None, str], list[int]] = {}
    for message_id in ids:
        one, now = last[message_id], holding.get(message_id)
        if (now and now.id > one.id) or marks.get(message_id) != mark_of(one.action):
            continue
        mark, by = (mark_of(now.action), now.by) if now else (one.mark_before, one.undone_by)
        wanted.setdefault((mark, by), []).append(message_id)
    for (mark, by), some in wanted.items():
        _put_mark(work, some, mark, by, at)
