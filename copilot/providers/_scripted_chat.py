"""The chat model that plays back answers written beforehand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from copilot.domain.wording import Wording
from copilot.errors import OutsideError
from copilot.providers._async_only import AsyncOnlyChat

#: Four characters a token: good enough to have something to count.
_PER_TOKEN = 4
#: An order such as ``réponds : « … »`` or ``write "…"``, for the answer that obeys one.
_ORDER = re.compile(
    r"(?:r[ée]ponds?|[ée]cris|dis|reply|answer|write|say)[^\n«\"“]{0,40}[«\"“]\s{0,3}([^»\"”\n]{1,500})[»\"”]",
    re.IGNORECASE,
)
#: Parameters of the errors that need more than the host.
_PARAMS: dict[str, dict[str, object]] = {
    "rate_limited": {"wait": Wording("provider.wait.seconds", {"count": 20})},
    "server": {"status": "503", "wait": Wording("provider.wait.unknown")},
    "refused": {"status": "400"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to play.

    ``pieces`` come ``delay`` seconds apart, the first after ``first_delay``; ``hang`` waits for ever after them.
    ``error`` is a kind of ``provider.<kind>`` raised after the pieces. ``match`` keeps the answer for questions
    that contain it. ``obey`` answers with what an order found in the question asks to say, ``echo`` with the
    question's last message.
    """

    pieces: tuple[str, ...] = ()
    delay: float = 0.0
    first_delay: float = 0.0
    finish: str = "stop"
    refusal: str = ""
    error: str = ""
    hang: bool = False
    match: str = ""
    obey: bool = False
    echo: bool = False


class ScriptedChat(AsyncOnlyChat):
    """Plays ``answers`` in turn, and again from the first; those with a ``match`` only when it is there."""

    answers: Sequence[Answer]
    name_shown: str = "scripted"
    _turn: int = PrivateAttr(default=0)

    @property
    def _llm_type(self) -> str:
        return "replique-scripted"

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        *,
        max_tokens: int | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        asked = "\n".join(str(message.content) for message in messages)
        answer = self._next(asked)
        pieces = _pieces(answer, asked, str(messages[-1].content) if messages else "")
        written = 0
        for index, piece in enumerate(pieces):
            await asyncio.sleep(answer.delay if index else answer.first_delay)
            written += len(piece)
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if run_manager:
                await run_manager.on_llm_new_token(piece, chunk=chunk)
            yield chunk
        if answer.hang:
            await asyncio.Event().wait()
        if answer.error:
            params = {"host": self.name_shown, "model": self.name_shown, **_PARAMS.get(answer.error, {})}
            raise OutsideError(f"provider.{answer.error}", **params)
        yield _last(answer, len(asked), written)

    def _next(self, asked: str) -> Answer:
        for answer in self.answers:
            if answer.match and answer.match in asked:
                return answer
        unmatched = [answer for answer in self.answers if not answer.match]
        if not unmatched:
            return Answer()
        self._turn += 1
        return unmatched[(self._turn - 1) % len(unmatched)]


def _pieces(answer: Answer, asked: str, last: str) -> tuple[str, ...]:
    if answer.echo:
        return (last,)
    if answer.obey:
        order = _ORDER.search(asked)
        return (order[1].strip(),) if order else answer.pieces
    return answer.pieces


def _last(answer: Answer, asked: int, written: int) -> ChatGenerationChunk:
    tokens_in, tokens_out = -(-asked // _PER_TOKEN), -(-written // _PER_TOKEN)
    usage = UsageMetadata(input_tokens=tokens_in, output_tokens=tokens_out, total_tokens=tokens_in + tokens_out)
    refusal = {"refusal": answer.refusal} if answer.refusal else {}
    return ChatGenerationChunk(
        message=AIMessageChunk(content="", usage_metadata=usage, additional_kwargs=refusal),
        generation_info={"finish_reason": answer.finish},
    )
