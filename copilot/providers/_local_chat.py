"""The chat model of a local file: the OpenAI protocol on loopback, to a process that comes and goes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, cast

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import ConfigDict, PrivateAttr

from copilot.errors import OutsideError
from copilot.providers._async_only import AsyncOnlyChat
from copilot.providers._llama_server import LlamaServer, Running
from copilot.providers._openai_chat import OpenAIChat

#: Seconds without a word. A long prompt on a slow machine is silent for minutes; a caller's own limit comes first.
SILENCE_SECONDS = 900.0
#: What the end of the process looks like from outside.
_GONE = frozenset({"provider.cut_answer", "provider.unreachable"})
_DIED = "provider.local_died"


class LocalChat(AsyncOnlyChat):
    """Answers from a process of ours; one that dies costs the answers under way and no more."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    server: LlamaServer
    _connected: tuple[Running, OpenAIChat] | None = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "replique-local"

    async def aclose(self) -> None:
        """Close the connections, then end the process."""
        if self._connected is not None:
            (_, chat), self._connected = self._connected, None
            await chat.aclose()
        await self.server.aclose()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        began = False
        try:
            async with aclosing(self._once(messages, stop, run_manager, kwargs)) as chunks:
                async for chunk in chunks:
                    began = True
                    yield chunk
        except OutsideError as error:
            if error.kind != _DIED or began:
                raise
        else:
            return
        # It was dying already when it was asked: the next one gets the question, once.
        async with aclosing(self._once(messages, stop, run_manager, kwargs)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _once(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        run_manager: AsyncCallbackManagerForLLMRun | None,
        options: dict[str, Any],
    ) -> AsyncGenerator[ChatGenerationChunk, None]:
        """Ask the present process.

        Raises:
            OutsideError: ``provider.local_died`` when it ends before its answer.
        """
        running = await self.server.running()
        chat = await self._chat(running)
        ended_well = False
        try:
            answer = chat._astream(messages, stop=stop, run_manager=run_manager, **options)
            async with aclosing(cast("AsyncGenerator[ChatGenerationChunk, None]", answer)) as chunks:
                async for chunk in chunks:
                    yield chunk
            ended_well = True
        except OutsideError as error:
            if error.kind not in _GONE:
                raise
            await self.server.discard(running)
            raise OutsideError(_DIED, model=self.server.spec.model) from None
        finally:
            if not ended_well:
                self.server.doubt(running)

    async def _chat(self, running: Running) -> OpenAIChat:
        """The client of that process; the one of a process that is gone is closed."""
        if self._connected is not None and self._connected[0] is running:
            return self._connected[1]
        chat = OpenAIChat.connect(running.base_url, self.server.spec.model, running.key, read_seconds=SILENCE_SECONDS)
        former, self._connected = self._connected, (running, chat)
        if former is not None:
            await former[1].aclose()
        return chat
