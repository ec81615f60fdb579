"""The chain of a run: ``template | model | pieces``, and what its pieces add up to."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, cast

from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableConfig, RunnableSequence

from copilot.domain.prompt import Prompt, Usage
from copilot.prompting.template import chat_template
from copilot.services._generation_models import OpenModel

#: Names, in the chain's input, of the answer to repair (its beginning: the request quotes it) and of the request.
REFUSED, REPAIR = "refused_answer", "repair_request"
#: Characters of the refused answer shown as the model's own turn: servers want the roles to alternate.
REFUSED_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer as the model's server gave it."""

    text: str = ""
    finish: str = ""
    refusal: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


class Pieces(Runnable[BaseMessage, Piece]):
    """The last step: a message, or a chunk of one, as a piece."""

    def invoke(self, input: BaseMessage, config: RunnableConfig | None = None, **kwargs: Any) -> Piece:
        """The message as a piece."""
        return _piece(input)


class Chain(RunnableSequence[dict[str, str], Piece]):
    """``template | model | pieces``, streamed in the task that reads it.

    LangChain's own streaming of a sequence makes a task for every chunk. A cancellation that comes between two
    of them leaves the connection to the garbage collector, and the server goes on writing for nobody; in one
    task it always reaches the read that waits, and closes the connection on its way out. It also adds up all
    that passes, at every step, for tracers we do not have.
    """

    async def astream(
        self, input: dict[str, str], config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Piece]:
        """The pieces as they come."""
        question = await self.first.ainvoke(input, config)
        async for message in self.middle[0].astream(question, config, **kwargs):
            piece = self.last.invoke(message)
            if piece != _NOTHING:
                yield piece


_NOTHING = Piece()


def _piece(message: BaseMessage) -> Piece:
    counted = message.usage_metadata if isinstance(message, AIMessageChunk) else None
    usage: Mapping[str, Any] = counted or {}
    content = message.content
    return Piece(
        text=content if isinstance(content, str) else str(message.text),
        finish=str(message.response_metadata.get("finish_reason") or ""),
        refusal=str(message.additional_kwargs.get("refusal") or ""),
        tokens_in=int(usage.get("input_tokens", 0)),
        tokens_out=int(usage.get("output_tokens", 0)),
    )


@dataclass(slots=True)
class Tally:
    """What a run has come to so far: kept up to date while pieces arrive, so that it is right however it ends."""

    began: float = field(default_factory=perf_counter)
    first: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    parts: list[str] = field(default_factory=list)
    finish: str = ""
    refusal: str = ""
    remote: bool = False
    model: str = ""
    hash_in: str = ""

    @property
    def raw(self) -> str:
        """The present answer as it came."""
        return "".join(self.parts)

    @property
    def usage(self) -> Usage:
        """Tokens of every round, seconds until now."""
        first = None if self.first is None else self.first - self.began
        return Usage(self.tokens_in, self.tokens_out, perf_counter() - self.began, first)

    def new_round(self) -> None:
        """Forget the answer, keep the cost."""
        self.parts.clear()
        self.finish = self.refusal = ""

    def add(self, piece: Piece) -> None:
        """Count a piece in."""
        if self.first is None and piece.text:
            self.first = perf_counter()
        self.parts.append(piece.text)
        self.finish = piece.finish or self.finish
        self.refusal += piece.refusal
        self.tokens_in += piece.tokens_in
        self.tokens_out += piece.tokens_out


def chain_of(
    model: OpenModel, prompt: Prompt, *, with_schema: bool, repairing: bool
) -> Runnable[dict[str, str], Piece]:
    """The chain of a prompt on a model, built once."""
    shape = str(with_schema) + str(repairing)
    key = (prompt.task, prompt.name, prompt.language, prompt.version, shape)
    chain = model.chains.get(key)
    if chain is None:
        chain = cast("Runnable[dict[str, str], object]", _built(model, prompt, with_schema, repairing))
        if len(model.chains) >= _KEPT_CHAINS:
            model.chains.pop(next(iter(model.chains)))
        model.chains[key] = chain
    return cast("Runnable[dict[str, str], Piece]", chain)


#: Chains kept for each model; a person who edits a prompt makes one a version.
_KEPT_CHAINS = 64


def _built(model: OpenModel, prompt: Prompt, with_schema: bool, repairing: bool) -> Runnable[dict[str, str], Piece]:
    template = chat_template(prompt)
    if repairing:
        template = ChatPromptTemplate.from_messages(
            [*template.messages, ("ai", "{{{" + REFUSED + "}}}"), ("human", "{{{" + REPAIR + "}}}")],
            template_format="mustache",
        )
    schema = prompt.schema if with_schema else None
    bound = model.chat.bind(temperature=prompt.temperature, max_tokens=prompt.max_tokens, schema=schema)
    return Chain(first=template, middle=[bound], last=Pieces())


def sent(prompt: Prompt, inputs: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The messages of the first round of :func:`chain_of`, as (role, text): the same template, the same inputs."""
    roles = {"human": "user", "ai": "assistant"}
    messages = chat_template(prompt).invoke(inputs).to_messages()
    return tuple((roles.get(message.type, message.type), str(message.content)) for message in messages)


async def pieces_of(chain: Runnable[dict[str, str], Piece], inputs: dict[str, str]) -> AsyncGenerator[Piece, None]:
    """Run a chain; leaving this early closes what it opened."""
    stream = cast("AsyncGenerator[Piece, None]", chain.astream(inputs))
    async with aclosing(stream) as pieces:
        async for piece in pieces:
            yield piece
