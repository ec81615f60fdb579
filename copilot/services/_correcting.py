"""What moderators say of messages: kept, learnt from, counted, taken back, written to a file and read from one."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.conversation import Decider, Intent, Message, Triage
from copilot.domain.learning import Agreement, Correction, agreement_of
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services._beside import reading

if TYPE_CHECKING:
    from copilot.intelligence.combined import CombinedTriage
    from copilot.intelligence.semantic.embedder import Embedder
    from copilot.store.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of a file of corrections: how many are kept, the numbers of the lines refused."""

    kept: int
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A message somebody settles: for which brand, what triage said before, what it means as numbers."""

    message: Message
    brand_id: str
    before: Triage
    vector: bytes | None


class Correcting(ABC):
    """Corrections over a store; what triage learns from them is the heir's."""

    _store: Callable[[], Store]
    _clock: Callable[[], datetime]

    @abstractmethod
    def embedder(self) -> Embedder | None:
        """What turns texts into vectors; None when no model is installed."""

    @abstractmethod
    def triager(self, brand: str = "") -> CombinedTriage:
        """The triage of a brand, taught its corrections."""

    @abstractmethod
    def unlearn(self, brands: Iterable[str]) -> None:
        """Let go of what was learnt for ``brands``."""

    async def correct(self, ids: Sequence[int], intent: Intent, *, by: str, brand: str = "") -> tuple[int, ...]:
        """Say what messages are. They keep it, triage learns from it, and agreement is counted; the ids changed.

        The intent that triage had already confirms it. Without ``brand``, each counts for the brand of its thread.

        Raises:
            UserError: ``message.unknown`` when one is not there, ``corrections.by_nobody``; nothing is changed.
        """
        if not by.strip():
            raise UserError("corrections.by_nobody")
        return await asyncio.to_thread(self._correct, tuple(dict.fromkeys(ids)), intent, by, brand)

    def _correct(self, ids: tuple[int, ...], intent: Intent, by: str, brand: str) -> tuple[int, ...]:
        judged = self._judged(ids, brand)
        model = embedder.model if (embedder := self.embedder()) else ""
        at = self._clock()
        with self._store().write() as work:
            for one in judged:
                if one.message.text.strip():
                    work.corrections.put(_correction(one, intent, by, at, model))
                if one.vector is not None:
                    work.vectors.put(model, {one.message.id: one.vector})
            told = {one.message.id: self._by_person(one, intent, by) for one in judged}
            work.threads.set_triage(told, by_person=True)
            subjects = [f"message:{one}" for one in told]
            work.audit.append_each(at, by, "intent_corrected", subjects, {"intent": intent.value})
        self.unlearn({one.brand_id for one in judged})
        return tuple(told)

    def _judged(self, ids: Sequence[int], brand: str) -> tuple[_Judged, ...]:
        with self._store().read() as work:
            messages = [work.threads.message(one) for one in ids]
            brands = {
                message.thread_id: brand or work.threads.without_messages(message.thread_id).brand_id
                for message in messages
            }
            before = {message.id: self._before(work, message) for message in messages}
            known = self._known_vectors(work, messages)
        vectors = self._vectors(messages, known)
        return tuple(
            _Judged(message, brands[message.thread_id], before[message.id], vectors.get(message.id))
            for message in messages
        )

    def _before(self, work: UnitOfWork, message: Message) -> Triage:
        """What triage says of a message, or had said of it before a person did."""
        known = message.triage or self.triager().rules.triage(message.text, author=message.author.name)
        if known.decided_by is not Decider.PERSON:
            return known
        first = work.corrections.of_messages([message.id]).get(message.id)
        return replace(known, intent=first.said, decided_by=first.said_by) if first else known

    def _known_vectors(self, work: UnitOfWork, messages: Sequence[Message]) -> Mapping[int, bytes]:
        embedder = self.embedder()
        return work.vectors.of(embedder.model, [message.id for message in messages]) if embedder else {}

    def _vectors(self, messages: Sequence[Message], known: Mapping[int, bytes]) -> Mapping[int, bytes]:
        """``known``, and the vectors of the other messages made now; nothing where no model is installed."""
        from copilot.intelligence.semantic.embedder import packed

        embedder = self.embedder()
        missing = [message for message in messages if message.id not in known and message.text]
        if embedder is None or not missing:
            return known
        made = packed(embedder.embed([message.text for message in missing]))
        return {**known, **dict(zip((message.id for message in missing), made, strict=True))}

    def _by_person(self, one: _Judged, intent: Intent, by: str) -> Triage:
        """A person settles the intent; tone and urgency follow from it and from the words."""
        settled = self.triager().settled(one.message.text, intent, one.before, author=one.message.author.name)
        return replace(
            settled,
            unsure=False,
            confidence=None,
            decided_by=Decider.PERSON,
            why=(Wording("triage.why.person", {"by": by}),),
        )

    async def undo(self, ids: Sequence[int], *, by: str) -> tuple[int, ...]:
        """Take back what was said of messages: triage reads them anew. The ids changed.

        Raises:
            OutsideError: ``models.broken``; nothing is changed.
        """
        return await asyncio.to_thread(self._undo, tuple(dict.fromkeys(ids)), by)

    def _undo(self, ids: tuple[int, ...], by: str) -> tuple[int, ...]:
        from copilot.intelligence.combined import asked_of

        with self._store().read() as work:
            messages = [one for one in work.threads.messages(ids).values() if _by_a_person(one)]
            threads = {one.thread_id: work.threads.without_messages(one.thread_id) for one in messages}
            corrections = work.corrections.of_messages([one.id for one in messages])
        brands = {
            one.id: corrections[one.id].brand_id if one.id in corrections else threads[one.thread_id].brand_id
            for one in messages
        }
        anew = {}
        for one in messages:
            learnt = self.triager(brands[one.id]).without(one.text)
            (anew[one.id],) = learnt.triage_batch([asked_of(one, threads[one.thread_id].language)])
        with self._store().write() as work:
            for one in messages:
                work.corrections.remove(brands[one.id], one.text)
            work.threads.set_triage(anew, by_person=True)
            subjects = [f"message:{one}" for one in anew]
            work.audit.append_each(self._clock(), by, "intent_restored", subjects, {})
        self.unlearn(brands.values())
        return tuple(anew)

    async def agreement(self, brand: str = "") -> Agreement:
        """How often triage and the moderators of a brand agreed, over the messages that one gave an intent to."""
        return agreement_of(await reading(self._store(), lambda work: work.corrections.counted(brand)))

    async def corrections(self, brand: str = "") -> tuple[Correction, ...]:
        """The corrections of a brand, oldest first."""
        return await reading(self._store(), lambda work: work.corrections.of_brand(brand))

    async def export_corrections(self, brand: str = "") -> str:
        """The corrections of a brand as JSON Lines: ``text``, ``intent``, ``said``, ``by``, ``at``..."""
        from copilot.services._lessons import written

        return written(await self.corrections(brand))

    async def import_corrections(self, content: str, *, by: str, brand: str = "") -> Learned:
        """Learn the corrections in ``content`` (JSON Lines: ``text`` and ``intent`` or ``label``) for a brand.

        Raises:
            UserError: ``corrections.nothing``.
        """
        return await asyncio.to_thread(self._import, content, by, brand)

    def _import(self, content: str, by: str, brand: str) -> Learned:
        from copilot.services._lessons import read

        at = self._clock()
        found = read(content, brand, by, at)
        kept = self._with_vectors(found.kept)
        with self._store().write() as work:
            for one in kept:
                work.corrections.put(one)
            work.audit.append(at, by, "corrections_imported", f"brand:{brand}", {"kept": len(kept)})
        self.unlearn([brand])
        return Learned(len(kept), found.refused)

    def _with_vectors(self, kept: Sequence[Correction]) -> Sequence[Correction]:
        from copilot.intelligence.semantic.embedder import packed

        embedder = self.embedder()
        if embedder is None:
            return kept
        vectors = packed(embedder.embed([one.text for one in kept]))
        return [replace(one, model=embedder.model, vector=made) for one, made in zip(kept, vectors, strict=True)]


def _correction(one: _Judged, intent: Intent, by: str, at: datetime, model: str) -> Correction:
    return Correction(
        brand_id=one.brand_id,
        text=one.message.text,
        language=one.before.language,
        intent=intent,
        said=one.before.intent,
        said_by=one.before.decided_by,
        by=by,
        at=at,
        message_id=one.message.id,
        model=model if one.vector is not None else "",
        vector=one.vector,
    )


def _by_a_person(message: Message) -> bool:
    return message.triage is not None and message.triage.decided_by is Decider.PERSON
