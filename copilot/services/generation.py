"""The only way to run a prompt on a model: from values to an answer that can be used, and a line in the ledger."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from copilot.domain.hashing import sha256_of
from copilot.domain.prompt import Prompt, Run
from copilot.errors import Bug, OutsideError, RepliqueError, UserError
from copilot.prompting import structured
from copilot.prompting.template import inputs, nonce_of
from copilot.services._generation_display import Display
from copilot.services._generation_models import OpenModel, OpenModels, Source
from copilot.services._generation_pseudonyms import Pseudonyms, restored
from copilot.services._generation_values import Chunk, GenerationFailure, GenerationRequest, GenerationResult, Question

if TYPE_CHECKING:
    from copilot.services._generation_chain import Tally

logger = logging.getLogger("replique.generation")

__all__ = [
    "Chunk",
    "Generation",
    "GenerationFailure",
    "GenerationRequest",
    "GenerationResult",
    "Pseudonyms",
    "Question",
    "Source",
]

#: Seconds kept to give a first answer back when a second does not come.
_SPARE_SECONDS = 0.5
#: Runs at once, unless asked otherwise.
CONCURRENCY = 8
#: Outcomes in the ledger that are not the kind of an error.
OK, CUT, TIMEOUT, CANCELLED = "ok", "cut", "timeout", "cancelled"
_OUTCOMES = {"generation.cut": CUT, "generation.timeout": TIMEOUT}


@dataclass(slots=True)
class _Round:
    """What passes from step to step of one run."""

    request: GenerationRequest
    model: OpenModel
    tally: Tally
    emit: Callable[[str], None]
    inputs: dict[str, str]
    vault: Pseudonyms | None
    with_schema: bool


class Generation:
    """Runs prompts. One instance serves a whole application; it belongs to one event loop at a time.

    Args:
        source_of: the configured source of an id; raises ``UserError`` ``provider.unknown``.
        ledger: writes one run down. Called once for each run that asked a model, however it ended.
        clock: the time now, with its zone.
        salt: what the delimiters of untrusted blocks are drawn from; another at each start when there is none.
    """

    def __init__(
        self,
        source_of: Callable[[str], Source],
        ledger: Callable[[Run], None],
        clock: Callable[[], datetime],
        salt: bytes = b"",
    ) -> None:
        self._salt = salt or secrets.token_bytes(16)
        self._models = OpenModels(source_of)
        self._ledger = ledger
        self._clock = clock

    async def run(self, request: GenerationRequest) -> GenerationResult:
        """The answer, whole.

        Cancelling the task closes the connection to the model, so that its server stops.

        Raises:
            UserError: ``prompt.missing_variable``, ``prompt.unknown_variable``, ``provider.*`` of the settings,
                and what the vault refuses to restore.
            OutsideError: ``provider.*``, ``generation.timeout``, ``generation.cut``, ``generation.empty``,
                ``generation.refused``, ``generation.not_json``.
        """
        return await self._run(request, _show_nothing)

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Chunk | GenerationResult]:
        """The answer as it comes (text prompts), then the result. Leaving early cancels the run.

        Raises:
            RepliqueError: as :meth:`run`.
        """
        arrived: asyncio.Queue[Chunk | None] = asyncio.Queue()
        task = asyncio.create_task(
            self._run(request, lambda text: arrived.put_nowait(Chunk(request.subject, text))), name="generation"
        )
        task.add_done_callback(lambda _: arrived.put_nowait(None))
        try:
            while (chunk := await arrived.get()) is not None:
                yield chunk
            yield await task
        finally:
            await _stop([task])

    async def run_many(
        self, requests: Iterable[GenerationRequest], concurrency: int = CONCURRENCY
    ) -> AsyncIterator[GenerationResult | GenerationFailure]:
        """The answers in the order they come; a failure is one of them and stops no other. Leaving early stops all."""
        async with aclosing(self.stream_many(requests, concurrency)) as answers:
            async for one in answers:
                if not isinstance(one, Chunk):
                    yield one

    async def stream_many(
        self, requests: Iterable[GenerationRequest], concurrency: int = CONCURRENCY
    ) -> AsyncGenerator[Chunk | GenerationResult | GenerationFailure, None]:
        """As :meth:`run_many`, with the parts of each answer as they come: all of them before its own end."""
        waiting = iter(tuple(requests))
        arrived: asyncio.Queue[Chunk | GenerationResult | GenerationFailure | None] = asyncio.Queue()

        def shown(subject: str) -> Callable[[str], None]:
            return lambda text: arrived.put_nowait(Chunk(subject, text))

        async def work() -> None:
            try:
                for request in waiting:
                    arrived.put_nowait(await self._settled(request, shown(request.subject)))
            finally:
                arrived.put_nowait(None)

        workers = [asyncio.create_task(work(), name="generation") for _ in range(max(1, concurrency))]
        left = len(workers)
        try:
            while left:
                one = await arrived.get()
                if one is None:
                    left -= 1
                else:
                    yield one
        finally:
            await _stop(workers)

    async def aclose(self) -> None:
        """Close connections and end the local model's process. Runs under way fail."""
        await self._models.aclose()

    async def _settled(
        self, request: GenerationRequest, emit: Callable[[str], None]
    ) -> GenerationResult | GenerationFailure:
        try:
            return await self._run(request, emit)
        except RepliqueError as error:
            return GenerationFailure(request.subject, error)
        except Exception as error:
            logger.exception("a run failed in a way nobody foresaw")
            return GenerationFailure(request.subject, Bug("generation.unexpected", type=type(error).__name__))

    async def _run(self, request: GenerationRequest, emit: Callable[[str], None]) -> GenerationResult:
        from copilot.services._generation_chain import Tally

        tally = Tally()
        outcome, hash_out = "", ""
        try:
            async with asyncio.timeout(request.total_timeout) as limit:
                result = await self._answer(request, tally, emit)
            outcome, hash_out = OK, result.hash_out
        except TimeoutError:
            if not limit.expired():
                raise
            outcome = TIMEOUT
            raise OutsideError("generation.timeout", count=max(1, round(request.total_timeout))) from None
        except asyncio.CancelledError:
            outcome = CANCELLED
            raise
        except RepliqueError as error:
            outcome = _OUTCOMES.get(error.kind, error.kind)
            raise
        except Exception as error:
            outcome = type(error).__name__
            raise
        else:
            return result
        finally:
            if tally.hash_in:
                self._write_down(request, tally, outcome, hash_out or sha256_of(tally.raw))

    async def _answer(self, request: GenerationRequest, tally: Tally, emit: Callable[[str], None]) -> GenerationResult:
        async with self._models.use(request.provider) as model:
            vault, values = _hidden(request, model.source)
            ready = self._ready(request.prompt, values)
            tally.model, tally.hash_in = model.name, _hash_in(request.prompt, values)
            wants_schema = request.prompt.output == "json" and request.prompt.schema is not None
            step = _Round(request, model, tally, emit, ready, vault, wants_schema and model.takes_schema)
            if request.prompt.output != "json":
                text, repaired = await self._text(step)
                lost = vault.lost(values[request.keeps], text) if vault and request.keeps else ()
                return replace(self._result(step, text, None, repaired=repaired), lost=lost)
            found, repaired = await self._object(step)
            return self._result(step, json.dumps(found, ensure_ascii=False), found, repaired=repaired)

    def question(self, request: GenerationRequest) -> Question:
        """What :meth:`run` would send for ``request``, to the last character; nothing is sent, no model is opened.

        Raises:
            UserError: ``provider.unknown``, ``prompt.missing_variable``, ``prompt.unknown_variable``,
                ``privacy.not_public``.
        """
        from copilot.services._generation_chain import sent

        source = self._models.source(request.provider)
        vault, values = _hidden(request, source)
        messages = sent(request.prompt, self._ready(request.prompt, values))
        return Question(request.provider, source.model, source.remote, vault is not None, messages)

    def model_of(self, provider: str) -> str:
        """The name of the model a source asks; the id of the source when it has none.

        Raises:
            UserError: ``provider.unknown``.
        """
        return self._models.source(provider).model or provider

    async def request_body(self, request: GenerationRequest) -> bytes:
        """The body of the first request of :meth:`run`, to the last byte; empty when its source makes none.

        Raises:
            UserError: as :meth:`question`, and ``provider.*`` of the settings.
        """
        from copilot.services._generation_unsent import body_of

        source = self._models.source(request.provider)
        _, values = _hidden(request, source)
        return await body_of(source, request.prompt, self._ready(request.prompt, values))

    def _ready(self, prompt: Prompt, values: Mapping[str, str]) -> dict[str, str]:
        """The inputs of the template. The same values get the same delimiters, which nobody outside can guess."""
        told = json.dumps([prompt.version, dict(values)], sort_keys=True).encode()
        return inputs(prompt, values, nonce_of(hmac.digest(self._salt, told, "sha256")))

    async def _text(self, step: _Round) -> tuple[str, bool]:
        """The text of a prompt, and whether it took a second round."""
        display = Display(step.vault.restore_given if step.vault else None)
        await self._ask(step, lambda text: _emit(step.emit, display.feed(text)))
        _emit(step.emit, display.end())
        text = _answered_text(step)
        objection = step.request.objection(text) if step.request.objection else ""
        again = await self._text_again(step, objection) if objection else None
        return (text, False) if again is None else (again, True)

    async def _text_again(self, step: _Round, objection: str) -> str | None:
        """The answer to ``objection``; None when there is none in the time left: the first one then stands."""
        left = step.request.total_timeout - step.tally.usage.seconds - _SPARE_SECONDS
        try:
            async with asyncio.timeout(left):
                await self._ask(step, _show_nothing, repair=(step.tally.raw, objection))
            return _answered_text(step)
        except TimeoutError:
            return None
        except RepliqueError as error:
            logger.info("no second answer: %s", error.kind)
            return None

    async def _object(self, step: _Round) -> tuple[dict[str, Any], bool]:
        """The object of a ``json`` prompt, and whether it took a repair."""
        schema = step.request.prompt.schema or {}
        await self._ask(step, _show_nothing)
        raw = step.tally.raw
        if not structured.clean(raw):
            raise OutsideError("generation.empty", model=step.model.name)
        try:
            return restored(structured.parse(raw, schema), step.vault), False
        except structured.Unusable as unusable:
            problem = unusable.problem
        await self._ask(step, _show_nothing, repair=(raw, problem))
        try:
            return restored(structured.parse(step.tally.raw, schema), step.vault), True
        except structured.Unusable as unusable:
            raise OutsideError("generation.not_json", model=step.model.name, why=unusable.wording) from None

    async def _ask(self, step: _Round, show: Callable[[str], None], repair: tuple[str, str] | None = None) -> None:
        """One round; once more without the schema when the service does not take it."""
        if not await self._round_with_schema(step, show, repair):
            await self._round(step, show, repair)
        _check_end(step)

    async def _round_with_schema(
        self, step: _Round, show: Callable[[str], None], repair: tuple[str, str] | None
    ) -> bool:
        """False when there is no schema to send, or when the service has just refused it."""
        if not step.with_schema:
            return False
        try:
            await self._round(step, show, repair)
        except OutsideError as error:
            if error.kind != "provider.schema_refused":
                raise
            step.with_schema = step.model.takes_schema = False
        return step.with_schema

    async def _round(self, step: _Round, show: Callable[[str], None], repair: tuple[str, str] | None) -> None:
        from copilot.services import _generation_chain as chains

        prompt, tally = step.request.prompt, step.tally
        tally.new_round()
        asked = step.inputs
        if repair is not None:
            raw, problem = repair
            request = (
                structured.repair_request(raw, problem, prompt.schema or {})
                if prompt.output == "json"
                else structured.rewrite_request(raw, problem)
            )
            asked = {**asked, chains.REFUSED: raw[: chains.REFUSED_SHOWN], chains.REPAIR: request}
        chain = chains.chain_of(step.model, prompt, with_schema=step.with_schema, repairing=repair is not None)
        async with aclosing(chains.pieces_of(chain, asked)) as pieces:
            async for piece in pieces:
                tally.add(piece)
                show(piece.text)

    def _result(self, step: _Round, text: str, values: Mapping[str, Any] | None, *, repaired: bool) -> GenerationResult:
        request, tally = step.request, step.tally
        return GenerationResult(
            subject=request.subject,
            text=text,
            values=values,
            usage=tally.usage,
            provider=request.provider,
            model=tally.model,
            prompt=request.prompt.name,
            prompt_version=request.prompt.version,
            hash_in=tally.hash_in,
            hash_out=sha256_of(text),
            repaired=repaired,
        )

    def _write_down(self, request: GenerationRequest, tally: Tally, outcome: str, hash_out: str) -> None:
        prompt = request.prompt
        self._ledger(
            Run(
                id=0,
                at=self._clock(),
                task=prompt.task,
                prompt=prompt.name,
                prompt_version=prompt.version,
                provider=request.provider,
                model=tally.model,
                usage=tally.usage,
                outcome=outcome,
                hash_in=tally.hash_in,
                hash_out=hash_out,
            )
        )


def _hidden(request: GenerationRequest, source: Source) -> tuple[Pseudonyms | None, Mapping[str, str]]:
    """The vault that serves for ``source``, and the values as it gets them. Raises ``privacy.not_public``."""
    if request.private and source.remote:
        raise UserError("privacy.not_public", provider=request.provider)
    vault = request.vault if source.hides else None
    return vault, {name: vault.mask(text) for name, text in request.values.items()} if vault else request.values


def _answered_text(step: _Round) -> str:
    """What the model answered, with the words that were hidden from it. Raises OutsideError ``generation.empty``."""
    # Cleaned before the words are put back: what people wrote is not ours to clean.
    text = structured.clean(step.tally.raw)
    if not text:
        raise OutsideError("generation.empty", model=step.model.name)
    return step.vault.restore_given(text) if step.vault else text


def _show_nothing(_: str) -> None:
    """For whoever waits for the whole."""


def _emit(emit: Callable[[str], None], text: str) -> None:
    if text:
        emit(text)


def _check_end(step: _Round) -> None:
    """Refuse an answer that its own end says is none.

    Raises:
        OutsideError: ``generation.cut``, ``generation.refused``.
    """
    if step.tally.finish == "length":
        # Asking again under the same limit would cut it again.
        raise OutsideError("generation.cut", model=step.model.name, count=step.request.prompt.max_tokens)
    if step.tally.finish == "content_filter" or step.tally.refusal:
        raise OutsideError("generation.refused", model=step.model.name)


def _hash_in(prompt: Prompt, values: Mapping[str, str]) -> str:
    """SHA-256 of what makes the question: the prompt's version and the values as the model gets them."""
    return sha256_of(json.dumps([prompt.task, prompt.name, prompt.version, dict(values)], sort_keys=True))


async def _stop(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel what still runs and wait until it is over."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
