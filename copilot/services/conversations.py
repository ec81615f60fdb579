"""Threads: imported, triaged, answered with proposals that a person will edit and approve."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand, Fact
from copilot.domain.conversation import (
    Approach,
    Decider,
    Message,
    ReplyProposal,
    Thread,
    Triage,
)
from copilot.domain.imports import Shape, Unpacked, Updated
from copilot.domain.item import ItemKind, Status
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.intelligence.triage import RuleTriage
from copilot.services._drafts import keep_draft
from copilot.services._loading import Asked, with_messages
from copilot.services._reply_cases import (
    Case,
    case_at,
    case_of,
    language_of,
    reply_item,
    reply_language,
)
from copilot.services._reply_writing import Answered, Proposed, Replying, ReplyRequest, ReplyWriter, approaches_for
from copilot.services._triaging import read_by_rules
from copilot.services._unpacking import load
from copilot.services.generation import Generation, GenerationRequest, Question
from copilot.services.inspection import Inspected, Inspector
from copilot.services.prompts import Prompts
from copilot.text.language import detect

if TYPE_CHECKING:
    from copilot.services.similar import Similar
    from copilot.store.unit_of_work import Store

__all__ = ["Answered", "Conversations", "Proposed", "ReplyRequest", "Replying", "ThreadImported"]

#: Statuses that mean "there is already a reply on its way".
OPEN_REPLY = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.SCHEDULED)


@dataclass(frozen=True, slots=True)
class ThreadImported:
    """A stored thread; ``already`` is True when the same content was the last that it was imported from.

    ``shape`` is what the file holds (what the thread holds when it was there already); ``truncated`` when the file was
    not read to its end; ``updated`` what it brought to a thread that was there, None for a new one.

    Of an archive, this is the first conversation: ``others`` are those after it, ``files`` what the archive calls the
    files of this one, ``archive`` what else was in it. All three are empty for a file.
    """

    thread: Thread
    format: str
    already: bool
    warnings: tuple[Wording, ...]
    shape: Shape = field(default_factory=Shape)
    truncated: bool = False
    updated: Updated | None = None
    files: tuple[str, ...] = ()
    others: tuple[ThreadImported, ...] = ()
    archive: Unpacked | None = None


class Conversations:
    """The threads of a profile."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        inspector: Inspector,
        generation: Callable[[], Generation],
        prompts: Prompts,
        similar: Callable[[], Similar] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._inspector = inspector
        self._writer = ReplyWriter(store, clock, inspector, generation, prompts, similar)
        self._triage = RuleTriage()

    async def import_thread(self, content: bytes, name: str, *, network: str = "") -> ThreadImported:
        """Read and store a thread; a later export of one that is there brings it up to date.

        Raises:
            UserError: ``thread.*`` when nothing can be read, ``network.unknown``.
        """
        asked = Asked(content, name, network)
        done = load(self._store(), None, asked, self._clock(), Event(), lambda _done, _total: None)
        return with_messages(self._store(), done)

    async def list(self) -> tuple[tuple[Thread, int], ...]:
        """Threads, newest first, with how many messages each holds."""
        with self._store().read() as work:
            return work.threads.list()

    async def thread_of(self, message_id: int) -> int:
        """The id of the thread a message is in. Raises UserError ``message.unknown``."""
        with self._store().read() as work:
            return work.threads.message(message_id).thread_id

    async def get(self, thread_id: int) -> Thread:
        """A thread and its messages. Raises UserError ``thread.unknown``."""
        with self._store().read() as work:
            return work.threads.get(thread_id)

    async def triage(self, thread_id: int) -> Thread:
        """A thread whose messages are all triaged; what was not yet is kept."""
        thread = await self.get(thread_id)
        unread = [one for one in thread.messages if one.triage is None]
        found = {one.id: one.triage for one in read_by_rules(self._triage, thread, unread) if one.triage}
        if found:
            with self._store().write() as work:
                work.threads.set_triage(found)
        messages = tuple(replace(one, triage=one.triage or found[one.id]) for one in thread.messages)
        return replace(thread, messages=messages)

    async def by_rules(self, thread_id: int) -> Thread:
        """A thread as the rules alone read it; only what had not been read yet is kept. Raises as :meth:`get`."""
        thread = await self.triage(thread_id)
        return replace(thread, messages=tuple(read_by_rules(self._triage, thread, thread.messages)))

    def triage_message(self, message: Message, thread: Thread) -> Triage:
        """What the rules say of one message of ``thread``."""
        return self._triage.triage(message.text, author=message.author.name, thread_language=thread.language)

    def triage_text(
        self, text: str, *, author: str | None = None, language: str | None = None, thread_language: str | None = None
    ) -> Triage:
        """What the rules say of a text on its own."""
        return self._triage.triage(text, author=author, language=language, thread_language=thread_language)

    async def reply(self, request: ReplyRequest) -> AsyncIterator[Answered]:
        """Propose a reply to each message asked for; drafts are stored as they come.

        Our own messages, those that were answered or deleted where they stand and those that already have a reply on
        its way are left out when no message is named. One failure does not stop the others.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``, ``provider.unknown``.
        """
        async with aclosing(self.stream_reply(request)) as answers:
            async for one in answers:
                if isinstance(one, Answered):
                    yield one

    async def stream_reply(self, request: ReplyRequest) -> AsyncGenerator[Replying | Answered, None]:
        """As :meth:`reply`, with the text of each reply as it is written. Leaving early stops all.

        Messages that are named are read alone, with what stands just before them: not their whole thread.

        Raises:
            UserError: as :meth:`reply`.
        """
        cases = self._named(request) if request.message_ids else await self._unanswered(request.thread_id)
        async with aclosing(self._writer.answers(cases, request)) as answered:
            async for one in answered:
                yield one

    async def approaches(
        self,
        thread_id: int,
        message_id: int,
        *,
        provider: str = "playbook",
        brand: Brand | None = None,
        author: str = "",
        prompt: str = "standard",
    ) -> AsyncGenerator[Replying | Proposed, None]:
        """Replies to one message in the approaches that suit it, side by side; nothing is stored.

        When the message must not be answered, one :class:`Proposed` without approach says why.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``, ``prompt.unknown``.
        """
        request = ReplyRequest(thread_id, (message_id,), None, provider, prompt, brand, author)
        (case,) = self._named(request)
        async with aclosing(self._writer.approaches(case, request)) as proposed:
            async for one in proposed:
                yield one

    @staticmethod
    def suiting(triage: Triage | None) -> tuple[Approach, ...]:
        """The approaches that suit a message with this triage, the usual one first."""
        return approaches_for(triage)

    def question(self, request: ReplyRequest) -> tuple[GenerationRequest, Question]:
        """What :meth:`reply` would ask a model about the one message named, nothing being sent.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``, ``prompt.unknown``, ``provider.unknown``.
        """
        (case,) = self._named(request)
        return self._writer.question(case, request)

    async def request_body(self, asked: GenerationRequest) -> bytes:
        """The body of the request :meth:`reply` would make for ``asked``, to the last byte; empty where it makes none.

        Raises:
            UserError: ``provider.*`` of the settings.
        """
        return await self._writer.request_body(asked)

    async def draft(
        self,
        thread_id: int,
        message_id: int,
        text: str,
        *,
        approach: Approach | None = None,
        writer: str = "person",
        brand: Brand | None = None,
        author: str = "",
    ) -> Inspected:
        """Store ``text`` as the draft of a reply: a proposal that was chosen, or what a person wrote.

        ``writer`` is who wrote it: ``playbook``, ``chain`` or ``person``.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``, ``reply.no_text``, ``text.surrogate``.
        """
        if not text.strip():
            raise UserError("reply.no_text")
        (case,) = self._named(ReplyRequest(thread_id, (message_id,)))
        written = detect(text)
        language = written if written in ("fr", "en") else reply_language(language_of(case.message), brand)
        proposal = ReplyProposal(text, language, approach)
        item = reply_item(case, proposal, brand=brand, structure="", writer=writer, author=author)
        with self._store().write() as work:
            return keep_draft(work, self._inspector, item, self._clock())

    def _named(self, request: ReplyRequest) -> tuple[Case, ...]:
        """The cases of the messages named, triaged anew."""
        with self._store().read() as work:
            found = [case_of(work, request.thread_id, message_id) for message_id in request.message_ids]
        cases = tuple(self._triaged(case) for case in found)
        told = {
            case.message.id: case.message.triage
            for case, before in zip(cases, found, strict=True)
            if case.message.triage and case.message.triage != before.message.triage
        }
        if told:
            with self._store().write() as work:
                work.threads.set_triage(told)
        return cases

    def _triaged(self, case: Case) -> Case:
        # What was refined, or settled, is not read by the rules again: they would undo it.
        if case.message.triage and case.message.triage.decided_by is not Decider.RULES:
            return case
        return replace(case, message=replace(case.message, triage=self.triage_message(case.message, case.thread)))

    async def _unanswered(self, thread_id: int) -> tuple[Case, ...]:
        thread = await self.triage(thread_id)
        with self._store().read() as work:
            taken = {item.message_id for item in work.items.list(statuses=OPEN_REPLY, kind=ItemKind.REPLY)}
        return tuple(
            case_at(thread, place)
            for place, message in enumerate(thread.messages)
            if not (message.author.is_owner or message.answered or message.deleted or message.id in taken)
        )

    def propose(
        self,
        message: Message,
        *,
        brand: Brand | None,
        network: str = "",
        approach: Approach | None = None,
        context: Sequence[str] = (),
        answered: str = "",
        facts: Sequence[Fact] = (),
        avoid: Sequence[str] = (),
    ) -> ReplyProposal:
        """The playbook's reply to one triaged message; nothing is stored."""
        triaged = message if message.triage else replace(message, triage=self.triage_text(message.text))
        return self._writer.propose(
            triaged, brand=brand, network=network, approach=approach, context=context, answered=answered, facts=facts,
            avoid=avoid,
        )  # fmt: skip
