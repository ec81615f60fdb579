"""Writes replies to cases: by the playbook or a chain, one at a time or several approaches side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand, Fact
from copilot.domain.conversation import Approach, Author, Intent, Message, ReplyProposal, Triage
from copilot.domain.finding import Finding
from copilot.domain.item import Item
from copilot.domain.wording import Wording
from copilot.errors import RepliqueError, UserError
from copilot.services._drafts import keep_draft
from copilot.services._fitting import too_long
from copilot.services._pseudonym_register import ThreadRegister
from copilot.services._reply_cases import (
    USUAL_NETWORK,
    Case,
    language_of,
    reply_item,
    reply_language,
    still_there,
    vault_of,
)
from copilot.services.generation import Chunk, Generation, GenerationRequest, GenerationResult, Question
from copilot.services.inspection import Inspected, Inspector, account_network
from copilot.services.prompts import Prompts

if TYPE_CHECKING:
    from copilot.services.similar import Similar
    from copilot.store.unit_of_work import Store, UnitOfWork

#: How many recent replies the next one must not repeat.
RECENT_REPLIES = 20
#: Messages answered together for which past replies are looked for.
LOOKED_BACK = 60
#: Ways tried to word a reply before one is given again as it is.
VARIANTS = 12
#: Replies stored in one transaction: few enough to come at once, many enough to be quick on a slow disk.
AT_ONCE = 25


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
    #: Replies given to the same concern just before: none is given again as it is.
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replying:
    """A part of a reply under way, to append to that message's card (and approach's). The result's text counts."""

    message_id: int
    approach: Approach | None
    text: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A reply to one message in one approach, not stored: with its findings, or why there is none."""

    approach: Approach | None
    proposal: ReplyProposal | None = None
    error: RepliqueError | None = None
    findings: tuple[Finding, ...] = ()


_ANY_APPROACH = (Approach.EMPATHIC, Approach.FACTUAL, Approach.SHORT, Approach.PRIVATE)
_APPROACHES = {
    Intent.COMPLAINT: (Approach.EMPATHIC, Approach.FACTUAL, Approach.SHORT, Approach.FIRM, Approach.PRIVATE),
    Intent.QUESTION: (Approach.FACTUAL, Approach.SHORT, Approach.EMPATHIC, Approach.PRIVATE),
    Intent.PRAISE: (Approach.EMPATHIC, Approach.SHORT),
    Intent.SUGGESTION: (Approach.EMPATHIC, Approach.SHORT, Approach.FACTUAL),
    Intent.MALINFORMED: (Approach.FACTUAL, Approach.FIRM, Approach.SHORT, Approach.EMPATHIC),
    Intent.PRIVATE_DATA_REQUEST: (Approach.PRIVATE, Approach.SHORT, Approach.FACTUAL),
    Intent.CRISIS_SIGNAL: (Approach.FACTUAL, Approach.EMPATHIC, Approach.SHORT, Approach.PRIVATE),
}


class ReplyWriter:
    """Writes replies and stores those that are drafts."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        inspector: Inspector,
        generation: Callable[[], Generation],
        prompts: Prompts,
        similar: Callable[[], Similar] | None = None,
    ) -> None:
        self._similar = similar
        self._store = store
        self._clock = clock
        self._inspector = inspector
        self._generation = generation
        self._prompts = prompts

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
        variant: int = 0,
    ) -> ReplyProposal:
        """The playbook's reply to one message that was triaged; nothing is stored."""
        from copilot.playbook.replies import propose_reply

        assert message.triage
        return propose_reply(
            message.text,
            message.triage,
            brand=brand,
            language=reply_language(message.triage.language, brand),
            approach=approach,
            author_name=message.author.name,
            network=network,
            today=self._inspector.today(brand),
            context=context,
            answered=answered,
            facts=facts,
            avoid=avoid,
            variant=variant,
        )

    async def answers(self, cases: Sequence[Case], request: ReplyRequest) -> AsyncGenerator[Replying | Answered, None]:
        """A reply to each of ``cases``, stored as it comes."""
        write = self._by_playbook if request.provider == "playbook" else self._by_chain
        async with aclosing(write(cases, request)) as answered:
            async for one in answered:
                yield one

    async def approaches(self, case: Case, request: ReplyRequest) -> AsyncGenerator[Replying | Proposed, None]:
        """The approaches that suit ``case``, side by side; nothing is stored."""
        guard = self.proposal(case, request)
        if guard.text is None:
            yield Proposed(None, guard)
            return
        offered = approaches_for(case.message.triage)
        write = self._side_by_side if request.provider == "playbook" else self._streamed_side_by_side
        async with aclosing(write(case, offered, request)) as proposed:
            async for one in proposed:
                yield one

    def proposal(
        self,
        case: Case,
        request: ReplyRequest,
        approach: Approach | None = None,
        avoid: Sequence[str] = (),
        variant: int = 0,
    ) -> ReplyProposal:
        """The playbook's reply to a case; another ``variant`` is worded another way."""
        return self.propose(
            case.message,
            brand=request.brand,
            network=case.thread.network,
            approach=approach,
            context=case.context,
            answered=case.answered,
            avoid=avoid,
            variant=variant,
        )

    async def _by_playbook(self, cases: Sequence[Case], request: ReplyRequest) -> AsyncGenerator[Answered, None]:
        looks_back = len(cases) <= LOOKED_BACK and request.approach is None and not request.avoid
        said: deque[str] = deque(request.avoid, maxlen=RECENT_REPLIES)
        given = set(request.avoid)
        for start in range(0, len(cases), AT_ONCE):
            proposed: list[tuple[Case, ReplyProposal]] = []
            for case in cases[start : start + AT_ONCE]:
                proposal = self._another(case, request, tuple(said), given)
                if looks_back and proposal.text is not None:
                    proposal = await asyncio.to_thread(self._as_before, case, request, proposal, given)
                if proposal.text is not None:
                    said.append(proposal.text)
                    given.add(proposal.text)
                proposed.append((case, proposal))
            for answered in self._kept(proposed, request, "playbook"):
                yield answered
            # Lets whoever waits for the answers show them, or cancel.
            await asyncio.sleep(0)

    def _another(self, case: Case, request: ReplyRequest, said: tuple[str, ...], given: set[str]) -> ReplyProposal:
        """The playbook's reply to a case, worded like none of ``given`` where its sentences allow another."""
        proposal = self.proposal(case, request, request.approach, avoid=said)
        for variant in range(1, VARIANTS):
            if proposal.text is None or proposal.text not in given:
                break
            proposal = self.proposal(case, request, request.approach, avoid=said, variant=variant)
        return proposal

    def _as_before(self, case: Case, request: ReplyRequest, proposal: ReplyProposal, given: set[str]) -> ReplyProposal:
        """The reply that was approved for nearly the same message, in place of ``proposal``, when it fits anybody."""
        if self._similar is None or not case.message.id:
            return proposal
        from copilot.services.similar import again

        found = self._similar().found(case.message.id, request.brand, 1, approved_only=True)
        text = again(found[0], case.message.author) if found else None
        if text is None or text in given:
            return proposal
        why = Wording("reply.why.similar", {"id": found[0].item_id})
        return ReplyProposal(text, proposal.language, proposal.approach, why=(why,))

    async def _by_chain(
        self, cases: Sequence[Case], request: ReplyRequest
    ) -> AsyncGenerator[Replying | Answered, None]:
        wanted: dict[str, Case] = {}
        requests: list[GenerationRequest] = []
        people = self._people(request.thread_id)
        for case in cases:
            # The rules decide what must not be answered by a machine, whatever writes the rest.
            guard = self.proposal(case, request)
            if guard.text is None:
                yield Answered(case.message, guard)
                continue
            subject = f"message:{case.message.id}"
            wanted[subject] = case
            ask = partial(self._generation_request, case, request, request.approach, subject, people)
            requests.append(await asyncio.to_thread(ask, looks_back=len(cases) <= LOOKED_BACK))
        async with aclosing(self._generation().stream_many(requests, request.concurrency)) as results:
            async for result in results:
                case = wanted[result.subject]
                if isinstance(result, Chunk):
                    yield Replying(case.message.id, request.approach, result.text)
                elif isinstance(result, GenerationResult):
                    for answered in self._kept([(case, _written(case, result, request))], request, "chain"):
                        yield answered
                else:
                    yield Answered(case.message, error=result.error)

    async def _side_by_side(
        self, case: Case, offered: Sequence[Approach], request: ReplyRequest
    ) -> AsyncGenerator[Proposed, None]:
        said: list[str] = []
        for approach in offered:
            proposal = self.proposal(case, request, approach)
            if proposal.text not in said:
                said.append(proposal.text or "")
                yield self._proposed(case, approach, proposal, request, "playbook")
            await asyncio.sleep(0)

    async def _streamed_side_by_side(
        self, case: Case, offered: Sequence[Approach], request: ReplyRequest
    ) -> AsyncGenerator[Replying | Proposed, None]:
        people = self._people(case.thread.id)
        wanted = {f"message:{case.message.id}:{approach.value}": approach for approach in offered}
        requests = [
            self._generation_request(case, request, approach, subject, people) for subject, approach in wanted.items()
        ]
        async with aclosing(self._generation().stream_many(requests, request.concurrency)) as results:
            async for result in results:
                approach = wanted[result.subject]
                if isinstance(result, Chunk):
                    yield Replying(case.message.id, approach, result.text)
                elif isinstance(result, GenerationResult):
                    proposal = replace(_written(case, result, request), approach=approach)
                    yield self._proposed(case, approach, proposal, request, "chain")
                else:
                    yield Proposed(approach, error=result.error)

    def _people(self, thread_id: int) -> tuple[Author, ...]:
        with self._store().read() as work:
            return work.threads.people(thread_id)

    def question(self, case: Case, request: ReplyRequest) -> tuple[GenerationRequest, Question]:
        """What would be asked for a reply to ``case``, and how: by the very steps of :meth:`answers`."""
        subject = f"message:{case.message.id}"
        asked = self._generation_request(case, request, request.approach, subject, self._people(request.thread_id))
        return asked, self._generation().question(asked)

    async def request_body(self, asked: GenerationRequest) -> bytes:
        """The body of the request that asks ``asked``, to the last byte; empty where no request is made."""
        return await self._generation().request_body(asked)

    def _generation_request(
        self,
        case: Case,
        request: ReplyRequest,
        approach: Approach | None,
        subject: str,
        people: Sequence[Author],
        *,
        looks_back: bool = True,
    ) -> GenerationRequest:
        similar = self._similar().found(case.message.id, request.brand, 3) if self._similar and looks_back else ()
        language = reply_language(language_of(case.message), request.brand)
        values = self._prompts.reply_values(
            brand=request.brand,
            today=self._inspector.today(request.brand),
            language=language,
            approach=approach,
            context=case.context,
            message=case.message.text,
            similar=[one.text for one in similar],
            intent=case.message.triage.intent.value if case.message.triage else "",
        )
        prompt = self._prompts.get("reply", language, request.prompt)
        filled = self._prompts.filled(prompt, values)
        return GenerationRequest(
            prompt=prompt,
            values=filled,
            provider=request.provider,
            subject=subject,
            vault=vault_of(people, filled.values(), request.brand, self._register(case.thread.id)),
            objection=too_long(account_network(case.thread.network or USUAL_NETWORK, request.brand), "reply"),
            private=case.message.hidden,
        )

    def _register(self, thread_id: int) -> ThreadRegister:
        return ThreadRegister(self._store, thread_id, self._clock)

    def _proposed(
        self, case: Case, approach: Approach, proposal: ReplyProposal, request: ReplyRequest, writer: str
    ) -> Proposed:
        item = _item(case, proposal, request, writer)
        with self._store().read() as work:
            return Proposed(approach, proposal, findings=self._inspector.inspect(work, item).findings)

    def _kept(
        self, proposed: Sequence[tuple[Case, ReplyProposal]], request: ReplyRequest, writer: str
    ) -> tuple[Answered, ...]:
        """Store the drafts among ``proposed`` in one transaction."""
        at = self._clock()

        def keep(work: UnitOfWork, case: Case, proposal: ReplyProposal) -> Answered:
            if proposal.text is None:
                return Answered(case.message, proposal)
            try:
                still_there(work, case.message)
                kept = keep_draft(work, self._inspector, _item(case, proposal, request, writer), at)
            except UserError as error:
                return Answered(case.message, proposal, error=error)
            return Answered(case.message, proposal, kept)

        with self._store().write() as work:
            return tuple(keep(work, case, proposal) for case, proposal in proposed)


def approaches_for(triage: Triage | None) -> tuple[Approach, ...]:
    """The approaches that suit a message, the usual one first."""
    if triage is None:
        return _ANY_APPROACH
    if triage.intent is Intent.COMPLAINT and triage.explicit_toxic:
        return (Approach.FIRM, Approach.FACTUAL, Approach.SHORT, Approach.PRIVATE)
    return _APPROACHES.get(triage.intent, _ANY_APPROACH)


def _written(case: Case, result: GenerationResult, request: ReplyRequest) -> ReplyProposal:
    language = reply_language(language_of(case.message), request.brand)
    return ReplyProposal(result.text.strip(), language, request.approach)


def _item(case: Case, proposal: ReplyProposal, request: ReplyRequest, writer: str) -> Item:
    return reply_item(
        case, proposal, brand=request.brand, structure=request.prompt, writer=writer, author=request.author
    )
