"""Threads: imported, triaged, answered with proposals that a person will edit and approve."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from copilot import networks
from copilot.domain.brand import Brand, Fact
from copilot.domain.conversation import Approach, ImportedThread, Message, ReplyProposal, Thread, Triage
from copilot.domain.item import Item, ItemKind, Status
from copilot.domain.wording import Wording
from copilot.errors import RepliqueError, UserError
from copilot.importers.threads import load_thread
from copilot.intelligence.triage import RuleTriage
from copilot.services.generation import Generation, GenerationRequest, GenerationResult
from copilot.services.inspection import Inspected, Inspector
from copilot.services.prompts import Prompts
from copilot.store.unit_of_work import Store, UnitOfWork
from copilot.text.language import detect
from copilot.text.privacy import Vault

#: How many earlier messages a writer sees before the one it answers.
CONTEXT_MESSAGES = 6
#: How many recent replies the next one must not repeat.
RECENT_REPLIES = 20
#: Replies stored in one transaction: few enough to come at once, many enough to be quick on a slow disk.
AT_ONCE = 25
#: Statuses that mean "there is already a reply on its way".
OPEN_REPLY = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.SCHEDULED)


@dataclass(frozen=True, slots=True)
class ThreadImported:
    """A stored thread; ``already`` is True when the same content had been imported before."""

    thread: Thread
    format: str
    already: bool
    warnings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one message: a stored draft, a reason not to answer, or an error."""

    message: Message
    proposal: ReplyProposal | None = None
    inspected: Inspected | None = None
    error: RepliqueError | None = None


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """Which messages of a thread to answer, and how. ``message_ids`` empty means all that need it."""

    thread_id: int
    message_ids: tuple[int, ...] = ()
    approach: Approach | None = None
    provider: str = "playbook"
    prompt: str = "standard"
    brand: Brand | None = None
    author: str = ""
    concurrency: int = 4


class Conversations:
    """The threads of a profile."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        inspector: Inspector,
        generation: Callable[[], Generation],
        prompts: Prompts,
    ) -> None:
        self._store = store
        self._clock = clock
        self._inspector = inspector
        self._generation = generation
        self._prompts = prompts
        self._triage = RuleTriage()

    async def import_thread(self, content: bytes, name: str, *, network: str = "") -> ThreadImported:
        """Read and store a thread; the same content is stored once.

        Raises:
            UserError: ``thread.*`` when nothing can be read, ``network.unknown``.
        """
        at = self._clock()
        network_id = networks.get(network).id if network else ""
        read = load_thread(content, name, network=network_id, captured_at=at)
        digest = hashlib.sha256(network_id.encode() + b"\n" + content).hexdigest()
        with self._store().write() as work:
            known = work.threads.find(digest)
            if known:
                return ThreadImported(known, read.format, True, read.warnings)
            thread = work.threads.add(_thread_of(read), digest, at)
            work.audit.append(
                at, "–", "thread_imported", f"thread:{thread.id}", {"content": digest, "messages": len(read.messages)}
            )
        return ThreadImported(thread, read.format, False, read.warnings)

    async def list(self) -> tuple[tuple[Thread, int], ...]:
        """Threads, newest first, with how many messages each holds."""
        with self._store().read() as work:
            return work.threads.list()

    async def get(self, thread_id: int) -> Thread:
        """A thread and its messages. Raises UserError ``thread.unknown``."""
        with self._store().read() as work:
            return work.threads.get(thread_id)

    async def triage(self, thread_id: int) -> Thread:
        """Triage every message of a thread and keep the result."""
        thread = await self.get(thread_id)
        found = {message.id: self.triage_message(message, thread) for message in thread.messages}
        with self._store().write() as work:
            work.threads.set_triage(found)
        return replace(
            thread, messages=tuple(replace(message, triage=found[message.id]) for message in thread.messages)
        )

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

        Our own messages and those that already have a reply on its way are left out when no message is
        named. One failure does not stop the others.

        Raises:
            UserError: ``thread.unknown``, ``message.not_in_thread``, ``provider.unknown``.
        """
        thread = await self.triage(request.thread_id)
        chosen = self._chosen(thread, request)
        answers = self._by_playbook if request.provider == "playbook" else self._by_chain
        async for answered in answers(thread, chosen, request):
            yield answered

    def _chosen(self, thread: Thread, request: ReplyRequest) -> tuple[Message, ...]:
        by_id = {message.id: message for message in thread.messages}
        if request.message_ids:
            missing = [one for one in request.message_ids if one not in by_id]
            if missing:
                raise UserError("message.not_in_thread", id=missing[0], thread=thread.id)
            return tuple(by_id[one] for one in request.message_ids)
        with self._store().read() as work:
            taken = {item.message_id for item in work.items.list(statuses=OPEN_REPLY, kind=ItemKind.REPLY)}
        return tuple(message for message in thread.messages if not message.author.is_owner and message.id not in taken)

    async def _by_playbook(
        self, thread: Thread, chosen: Sequence[Message], request: ReplyRequest
    ) -> AsyncIterator[Answered]:
        said: deque[str] = deque(maxlen=RECENT_REPLIES)
        places = {message.id: place for place, message in enumerate(thread.messages)}
        for start in range(0, len(chosen), AT_ONCE):
            proposed: list[tuple[Message, ReplyProposal]] = []
            for message in chosen[start : start + AT_ONCE]:
                proposal = self.propose(
                    message,
                    brand=request.brand,
                    network=thread.network,
                    approach=request.approach,
                    context=_context(thread, places[message.id]),
                    avoid=tuple(said),
                )
                if proposal.text is not None:
                    said.append(proposal.text)
                proposed.append((message, proposal))
            for answered in self._kept(thread, proposed, request, "playbook"):
                yield answered
            # Lets whoever waits for the answers show them, or cancel.
            await asyncio.sleep(0)

    def propose(
        self,
        message: Message,
        *,
        brand: Brand | None,
        network: str = "",
        approach: Approach | None = None,
        context: Sequence[str] = (),
        facts: Sequence[Fact] = (),
        avoid: Sequence[str] = (),
    ) -> ReplyProposal:
        """The playbook's reply to one triaged message; nothing is stored."""
        from copilot.playbook.replies import propose_reply

        triage = message.triage or self.triage_text(message.text)
        return propose_reply(
            message.text,
            triage,
            brand=brand,
            language=reply_language(triage.language, brand),
            approach=approach,
            author_name=message.author.name,
            network=network,
            today=self._inspector.today(brand),
            context=context,
            facts=facts,
            avoid=avoid,
        )

    async def _by_chain(
        self, thread: Thread, chosen: Sequence[Message], request: ReplyRequest
    ) -> AsyncIterator[Answered]:
        wanted: dict[str, Message] = {}
        requests: list[GenerationRequest] = []
        places = {message.id: place for place, message in enumerate(thread.messages)}
        for message in chosen:
            # The rules decide what must not be answered by a machine, whatever writes the rest.
            guard = self.propose(message, brand=request.brand, network=thread.network)
            if guard.text is None:
                yield Answered(message, guard)
                continue
            subject = f"message:{message.id}"
            wanted[subject] = message
            requests.append(self._generation_request(thread, places[message.id], request, subject))
        async for result in self._generation().run_many(requests, concurrency=request.concurrency):
            message = wanted[result.subject]
            if isinstance(result, GenerationResult):
                language = reply_language(_language_of(message), request.brand)
                proposal = ReplyProposal(result.text.strip(), language, request.approach)
                for answered in self._kept(thread, [(message, proposal)], request, "chain"):
                    yield answered
            else:
                yield Answered(message, error=result.error)

    def _generation_request(self, thread: Thread, place: int, request: ReplyRequest, subject: str) -> GenerationRequest:
        message = thread.messages[place]
        language = reply_language(_language_of(message), request.brand)
        values = self._prompts.reply_values(
            brand=request.brand,
            today=self._inspector.today(request.brand),
            language=language,
            approach=request.approach,
            context=_context(thread, place),
            message=message.text,
        )
        names = [one.author.name for one in thread.messages if not one.author.is_owner]
        handles = [one.author.handle for one in thread.messages if not one.author.is_owner]
        prompt = self._prompts.get("reply", language, request.prompt)
        return GenerationRequest(
            prompt=prompt,
            values=self._prompts.filled(prompt, values),
            provider=request.provider,
            subject=subject,
            vault=Vault(
                known_names=[name for name in names if name],
                known_handles=[handle for handle in handles if handle],
                allowed=public_words(request.brand),
            ),
        )

    def _kept(
        self, thread: Thread, proposed: Sequence[tuple[Message, ReplyProposal]], request: ReplyRequest, writer: str
    ) -> tuple[Answered, ...]:
        """Store the drafts among ``proposed`` in one transaction."""
        at = self._clock()

        def keep(work: UnitOfWork, message: Message, proposal: ReplyProposal) -> Answered:
            if proposal.text is None:
                return Answered(message, proposal)
            try:
                _still_there(work, message)
                stored = work.items.add(_item(thread, message, proposal, request, writer), at)
            except UserError as error:
                return Answered(message, proposal, error=error)
            told = {"package": stored.package.sha256}
            work.audit.append(at, request.author or writer, "proposed", f"item:{stored.id}", told)
            return Answered(message, proposal, self._inspector.inspect(work, stored))

        with self._store().write() as work:
            return tuple(keep(work, message, proposal) for message, proposal in proposed)


def _still_there(work: UnitOfWork, message: Message) -> None:
    """A late answer goes to its own message, or nowhere when that one is gone or says something else."""
    present = work.threads.messages([message.id]).get(message.id)
    if present is None or present.sha256 != message.sha256:
        raise UserError("review.message_changed", id=message.id)


def _language_of(message: Message) -> str:
    return message.triage.language if message.triage else "und"


def reply_language(detected: str, brand: Brand | None) -> str:
    """The language to answer in: the person's when we write it, else the brand's."""
    return detected if detected in ("fr", "en") else (brand.voice.language if brand else "fr")


def public_words(brand: Brand | None) -> tuple[str, ...]:
    """What a brand says of itself in public: not personal data."""
    if brand is None:
        return ()
    contact = brand.contact
    reach = (contact.email, contact.phone, contact.url, contact.private_channel, contact.team)
    return tuple(word for word in (brand.name, *reach, *brand.accounts.values(), brand.voice.signature) if word)


def _context(thread: Thread, place: int) -> tuple[str, ...]:
    """The post, then the messages just before the one at ``place``, oldest first."""
    before = thread.messages[max(0, place - CONTEXT_MESSAGES) : place]
    return tuple(text for text in (thread.post_text, *(one.text for one in before)) if text)


def _item(thread: Thread, message: Message, proposal: ReplyProposal, request: ReplyRequest, writer: str) -> Item:
    """The draft of a proposed reply."""
    network = networks.get(thread.network or "facebook_page")
    return Item(
        id=0,
        kind=ItemKind.REPLY,
        network=network.id,
        account=request.brand.accounts.get(network.id, "") if request.brand else "",
        language=proposal.language,
        text=proposal.text or "",
        brand_id=request.brand.id if request.brand else "",
        message_id=message.id,
        answers=message.sha256,
        structure=proposal.approach.value if proposal.approach else request.prompt,
        writer=writer,
        author=request.author,
    )


def _thread_of(read: ImportedThread) -> Thread:
    """An imported thread with the language most of its messages are in."""
    found = Counter(detect(message.text) for message in read.messages[:200])
    found.pop("und", None)
    language = found.most_common(1)[0][0] if found else "und"
    return Thread(0, read.title, read.format, read.network, language, read.post_text, None, read.messages)
