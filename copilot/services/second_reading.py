"""A chat model asked about the messages triage is unsure of: several in one question, and nobody else's label."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.conversation import Author, Decider, Intent, Message, Thread, Triage
from copilot.domain.inbox import Flag, InboxFilter
from copilot.domain.prompt import Usage
from copilot.domain.wording import Wording
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.services._asked_before import left_open, was_asked_of
from copilot.services._pseudonym_register import ThreadRegister
from copilot.services._reply_cases import vault_of
from copilot.services.generation import Generation, GenerationFailure, GenerationRequest, GenerationResult
from copilot.services.prompts import Prompts

if TYPE_CHECKING:
    from copilot.domain.brand import Brand
    from copilot.services.semantic import Semantic
    from copilot.store.unit_of_work import Store, UnitOfWork

#: The template, and how many texts one question holds.
PROMPT, IN_A_QUESTION = "batch", 12
#: Characters of a text, and of the post above it, that are shown to a model.
LONGEST, LONGEST_POST = 1_200, 2_000
#: Questions at once.
CONCURRENCY = 4
#: Messages asked about, unless more are wanted.
MOST = 500
#: Unsure messages looked at, at most.
LOOKED_AT = 200_000
#: Letters of the code a text is known by within a question: drawn by chance, so that no text can name another.
CODE_LETTERS = 6

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SecondRead:
    """What came of it.

    Of the ``unsure`` messages, ``already_asked`` say what this model left in doubt before; ``asked`` were put to it, in
    ``questions``; ``answered`` got an answer that can be used, ``changed`` have another intent, ``still_unsure`` remain
    in doubt. ``refused`` answers spoke of a text nobody asked about, or twice of one; ``unanswered`` messages got none.
    ``usage`` is what the ledger has for it, failures included.
    """

    provider: str
    unsure: int = 0
    already_asked: int = 0
    asked: int = 0
    answered: int = 0
    changed: int = 0
    still_unsure: int = 0
    refused: int = 0
    unanswered: int = 0
    questions: int = 0
    usage: Usage = field(default_factory=Usage)
    errors: tuple[RepliqueError, ...] = ()

    @property
    def settled(self) -> int:
        """Messages that the answers put out of doubt."""
        return self.answered - self.still_unsure

    @property
    def left(self) -> int:
        """Unsure messages that could still be put to the model, and were not."""
        return self.unsure - self.already_asked - self.asked


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a reading begins with. ``before`` tells the ledger's newer runs from those there were."""

    thread: Thread
    unsure: int
    already_asked: int
    wanted: tuple[Message, ...]
    brand: Brand | None
    people: tuple[Author, ...]
    before: tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class _Batch:
    """One question: the messages behind each code. Messages that say the same share one."""

    messages: Mapping[str, tuple[Message, ...]]
    thread: Thread


@dataclass(slots=True)
class _Counts:
    answered: int = 0
    changed: int = 0
    still_unsure: int = 0
    refused: int = 0
    unanswered: int = 0
    errors: list[RepliqueError] = field(default_factory=list)


class SecondReading:
    """Asks chat models what messages want."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        generation: Callable[[], Generation],
        prompts: Prompts,
        semantic: Callable[[], Semantic],
        codes: Callable[[], str] | None = None,
    ) -> None:
        """``codes`` draws what a text is known by in a question; by chance unless said."""
        self._store, self._clock, self._generation = store, clock, generation
        self._prompts, self._semantic = prompts, semantic
        self._codes = codes or _code

    async def read(
        self,
        thread_id: int,
        provider: str,
        *,
        prompt: str = PROMPT,
        most: int = MOST,
        concurrency: int = CONCURRENCY,
        again: bool = False,
        progress: Progress | None = None,
    ) -> SecondRead:
        """Ask ``provider`` about at most ``most`` messages of a thread that triage is unsure of, the most urgent first.

        Each answer is kept as it comes; a question that fails leaves its messages as they were and stops no other.
        What a person settled is never asked about. What was found grave keeps its urgency whatever the model says.
        A text that this model left in doubt before is not put to it, unless ``again``.
        ``progress`` is told messages done, of those asked. Cancelled, what was answered stays.

        Raises:
            UserError: ``thread.unknown``, ``prompt.unknown``, ``provider.unknown``.
        """
        told = await asyncio.to_thread(self._gathered, thread_id, most, "" if again else provider)
        batches = self._batches(told.thread, told.wanted)
        asked = {
            f"triage:{thread_id}:{number}": (
                batch,
                self._question(batch, provider, prompt, number, told.brand, told.people),
            )
            for number, batch in enumerate(batches, 1)
        }
        counts, done = _Counts(), 0
        requests = [request for _batch, request in asked.values()]
        async with aclosing(_answers(self._generation(), requests, concurrency)) as answers:
            async for subject, result in answers:
                batch = asked[subject][0]
                await asyncio.to_thread(self._settle, batch, result, provider, told.brand, counts)
                done += sum(map(len, batch.messages.values()))
                if progress is not None:
                    progress(done, len(told.wanted))
        return SecondRead(
            provider,
            unsure=told.unsure,
            already_asked=told.already_asked,
            asked=len(told.wanted),
            answered=counts.answered,
            changed=counts.changed,
            still_unsure=counts.still_unsure,
            refused=counts.refused,
            unanswered=counts.unanswered,
            questions=len(requests),
            usage=await asyncio.to_thread(self._cost, provider, told.before),
            errors=tuple(counts.errors),
        )

    # -- what to ask -----------------------------------------------------------------------------------------------

    def _gathered(self, thread_id: int, most: int, unless_by: str) -> _Gathered:
        """What there is to ask, but for what the source ``unless_by`` was asked before; all of it without one."""
        at = self._clock()
        with self._store().read() as work:
            thread = work.threads.without_messages(thread_id)
            ids = work.inbox.ids(InboxFilter(thread_id=thread_id, flags=Flag.UNSURE), LOOKED_AT)
            found = work.threads.messages(ids)
            brand = next((one for one in work.brands.list() if one.id == thread.brand_id), None)
            people = work.threads.people(thread_id)
            last = max((run.id for run in work.runs.list(at)), default=0)
        open_ones = [found[one] for one in ids if one in found and _is_open(found[one])]
        wanted = self._not_asked(open_ones, unless_by) if unless_by else open_ones
        known = len(open_ones) - len(wanted)
        return _Gathered(thread, len(open_ones), known, tuple(wanted[:most]), brand, people, (at, last))

    def _not_asked(self, unsure: Sequence[Message], provider: str) -> list[Message]:
        """Those of ``unsure`` whose text the model of ``provider`` was not asked about yet."""
        try:
            model = self._generation().model_of(provider)
        except UserError:
            # Each question says what is wrong with the source.
            return list(unsure)
        asked = {_said_by(one) for one in unsure if one.triage and was_asked_of(one.triage, provider, model)}
        return [one for one in unsure if _said_by(one) not in asked]

    def _batches(self, thread: Thread, unsure: Sequence[Message]) -> list[_Batch]:
        """The questions: what seems to give orders is asked alone, so that it steers no other answer.

        What was not said in public is asked apart: a remote model gets none of it.
        """
        same: dict[str, list[Message]] = {}
        for message in unsure:
            same.setdefault(_said_by(message), []).append(message)
        groups = [tuple(some) for some in same.values()]
        parts = []
        for private in (False, True):
            calm = [some for some in groups if not _is_hostile(some) and _is_private(some) is private]
            parts += [calm[start : start + IN_A_QUESTION] for start in range(0, len(calm), IN_A_QUESTION)]
        parts += [[some] for some in groups if _is_hostile(some)]
        return [_Batch(self._coded(part), thread) for part in parts]

    def _coded(self, part: Iterable[tuple[Message, ...]]) -> dict[str, tuple[Message, ...]]:
        coded: dict[str, tuple[Message, ...]] = {}
        for some in part:
            code = self._codes()
            while code in coded:
                code = self._codes()
            coded[code] = some
        return coded

    def _question(
        self,
        batch: _Batch,
        provider: str,
        name: str,
        number: int,
        brand: Brand | None,
        people: Sequence[Author],
    ) -> GenerationRequest:
        from copilot.prompting.voice import none_line, shortened

        language = batch.thread.language if batch.thread.language in ("fr", "en") else "fr"
        lines = [
            json.dumps({"id": code, "text": _flat(shortened(some[0].text, LONGEST, language))}, ensure_ascii=False)
            for code, some in batch.messages.items()
        ]
        values = {
            "thread_context": shortened(batch.thread.post_text, LONGEST_POST, language) or none_line(language),
            "messages": "\n".join(lines),
        }
        prompt = self._prompts.get("triage", language, name)
        filled = self._prompts.filled(prompt, values)
        register = ThreadRegister(self._store, batch.thread.id, self._clock)
        return GenerationRequest(
            prompt=prompt,
            values=filled,
            provider=provider,
            subject=f"triage:{batch.thread.id}:{number}",
            vault=vault_of(people, filled.values(), brand, register),
            private=any(map(_is_private, batch.messages.values())),
        )

    # -- what was answered -----------------------------------------------------------------------------------------

    def _settle(
        self,
        batch: _Batch,
        result: GenerationResult | RepliqueError,
        provider: str,
        brand: Brand | None,
        counts: _Counts,
    ) -> None:
        """Keep what an answer says of the messages it was asked about."""
        if isinstance(result, RepliqueError):
            counts.errors.append(result)
            counts.unanswered += sum(map(len, batch.messages.values()))
            return
        said, refused = _labels(result.values or {}, batch.messages)
        counts.refused += refused
        rules = self._semantic().triager(brand.id if brand else "")
        model = result.model or provider
        told: dict[int, Triage] = {}
        texts: dict[int, str] = {}
        for code, some in batch.messages.items():
            if code not in said:
                counts.unanswered += len(some)
                continue
            intent, doubts = said[code]
            for message in some:
                assert message.triage is not None
                again = rules.settled(message.text, intent, message.triage, author=message.author.name)
                told[message.id] = merged(message.triage, again, doubts=doubts, model=model, provider=provider)
                texts[message.id] = message.text
                counts.changed += told[message.id].intent is not message.triage.intent
        if not told:
            counts.errors.append(OutsideError("triage.no_answer", model=model))
        counts.answered += len(told)
        counts.still_unsure += sum(one.unsure for one in told.values())
        with self._store().write() as work:
            work.threads.set_triage(told, read=texts)

    def _cost(self, provider: str, before: tuple[datetime, int]) -> Usage:
        """What the ledger has of this reading."""
        at, last = before

        def mine(work: UnitOfWork) -> list[Usage]:
            return [
                run.usage
                for run in work.runs.list(at)
                if run.id > last and run.task == "triage" and run.provider == provider
            ]

        with self._store().read() as work:
            found = mine(work)
        return Usage(
            sum(one.tokens_in for one in found),
            sum(one.tokens_out for one in found),
            sum(one.seconds for one in found),
        )


async def _answers(
    generation: Generation, requests: Sequence[GenerationRequest], concurrency: int
) -> AsyncGenerator[tuple[str, GenerationResult | RepliqueError], None]:
    async with aclosing(generation.stream_many(requests, concurrency)) as results:
        async for one in results:
            if isinstance(one, GenerationResult):
                yield one.subject, one
            elif isinstance(one, GenerationFailure):
                yield one.subject, one.error


def _is_open(message: Message) -> bool:
    """True when triage is unsure of it and nobody has settled it."""
    triage = message.triage
    if triage is None or not triage.unsure or message.author.is_owner or not message.text.strip():
        return False
    return triage.decided_by not in (Decider.PERSON, Decider.MODEL)


def _said_by(message: Message) -> str:
    """What tells a text from others: messages of the same are asked about together."""
    from copilot.text.sameness import normalised

    return normalised(message.text) or message.text


def _is_private(some: Sequence[Message]) -> bool:
    """True when nobody of those who say the same said it in public."""
    return all(one.hidden for one in some)


def _is_hostile(some: Sequence[Message]) -> bool:
    return any(one.triage is not None and one.triage.hostile for one in some)


def _code() -> str:
    from copilot.prompting.template import fresh_nonce

    return fresh_nonce()[:CODE_LETTERS]


def _flat(text: str) -> str:
    """``text`` on one line: an escape that JSON would write beside a name would hide it from what hides names."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _labels(values: Mapping[str, object], asked: Mapping[str, object]) -> tuple[dict[str, tuple[Intent, bool]], int]:
    """What an answer says of each code that was asked about, with whether it doubts; and how many it says in vain.

    The labels were checked against the schema. A code nobody gave, or that gets two labels, is refused.
    """
    said: dict[str, tuple[Intent, bool]] = {}
    refused, twice = 0, set()
    rows = values.get("messages")
    for row in rows if isinstance(rows, list) else []:
        code = row["id"]
        label = (Intent(row["intent"]), bool(row["unsure"]))
        if code not in asked or said.get(code, label) != label:
            refused += 1
            twice.add(code)
            continue
        said[code] = label
    return {code: label for code, label in said.items() if code not in twice}, refused


def merged(before: Triage, again: Triage, *, doubts: bool, model: str, provider: str = "") -> Triage:
    """What triage says once the ``model`` of a source was asked: ``again`` is ``before`` with the model's intent.

    A model that ``doubts`` changes nothing but the reasons. What was grave keeps its urgency, and a person is told.
    """
    from copilot.intelligence.settling import GRAVE

    asked = {"model": model, "provider": provider}
    if doubts:
        return left_open(before, Wording("triage.why.model_unsure", asked))
    intent = Wording(f"intent.{again.intent.value}")
    if before.intent in GRAVE and again.intent not in GRAVE:
        return left_open(before, Wording("triage.why.kept_grave_model", {**asked, "intent": intent}))
    why = (Wording("triage.why.model", {"model": model, "intent": intent}), *before.why)
    return replace(again, unsure=False, confidence=None, decided_by=Decider.MODEL, why=why)


__all__ = ["SecondRead", "SecondReading", "merged"]
