"""The models that are open, one for each configured source, shared by every run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable


@dataclass(frozen=True, slots=True)
class Source:
    """A configured model source: its id, the module that opens it, the values of its fields, its key."""

    id: str
    module: ModuleType
    values: Mapping[str, str]
    secret: str | None = field(default=None, repr=False)

    @property
    def remote(self) -> bool:
        """Does what it is asked leave this machine?"""
        return bool(self.module.REMOTE(self.values))

    @property
    def hides(self) -> bool:
        """Are people hidden from it? As the person chose for it, else when texts leave this machine."""
        return hides(self.values, remote=self.remote)

    @property
    def model(self) -> str:
        """The name of the model asked."""
        return str(self.module.MODEL(self.values))


def hides(values: Mapping[str, str], *, remote: bool) -> bool:
    """Whether a source with these values gets pseudonyms: its ``pseudonyms`` is ``yes``, ``no``, or as it leaves."""
    chosen = values.get("pseudonyms", "")
    return chosen == "yes" if chosen in ("yes", "no") else remote


@dataclass(eq=False, slots=True)
class OpenModel:
    """A model, the source it was opened from, and the chains built on it."""

    source: Source
    chat: BaseChatModel
    loop: asyncio.AbstractEventLoop
    leaving: AsyncExitStack
    users: int = 0
    takes_schema: bool = True
    chains: dict[tuple[str, ...], Runnable[dict[str, str], object]] = field(default_factory=dict)

    @property
    def remote(self) -> bool:
        """Does what it is asked leave this machine?"""
        return self.source.remote

    @property
    def name(self) -> str:
        """The model's name."""
        return self.source.model

    def fits(self, source: Source) -> bool:
        """True while it is what this source would open, in this event loop."""
        return self.source == source and self.loop is asyncio.get_running_loop()


class OpenModels:
    """Opens a model at its first use, again when its settings or its key changed, and closes them all."""

    def __init__(self, source_of: Callable[[str], Source]) -> None:
        self._source_of = source_of
        self._open: dict[str, OpenModel] = {}
        self._opening: dict[tuple[str, asyncio.AbstractEventLoop], asyncio.Lock] = {}

    def source(self, provider: str) -> Source:
        """The configured source of an id. Raises UserError ``provider.unknown``."""
        return self._source_of(provider)

    @asynccontextmanager
    async def use(self, provider: str) -> AsyncIterator[OpenModel]:
        """The model of a configured source, kept open at least as long as this is.

        Raises:
            UserError: ``provider.unknown``, and what opening it raises.
        """
        source = self._source_of(provider)
        lock = self._opening.setdefault((provider, asyncio.get_running_loop()), asyncio.Lock())
        async with lock:
            now = self._open.get(provider)
            if now is None or not now.fits(source):
                fresh = await _opened(source)
                self._open[provider] = fresh
                await _leave_when_free(now)
                now = fresh
            now.users += 1
        try:
            yield now
        finally:
            now.users -= 1
            if self._open.get(provider) is not now:
                await _leave_when_free(now)

    async def aclose(self) -> None:
        """Close every model; runs under way fail."""
        closing, self._open = self._open, {}
        self._opening.clear()
        for model in closing.values():
            model.users = 0
            await _leave_when_free(model)


async def _opened(source: Source) -> OpenModel:
    async with AsyncExitStack() as stack:
        chat = await stack.enter_async_context(source.module.open_model(source.values, source.secret))
        return OpenModel(source, chat, asyncio.get_running_loop(), stack.pop_all())


async def _leave_when_free(model: OpenModel | None) -> None:
    """Close a model nobody uses. One of an event loop that is over cannot be closed any more: it is dropped."""
    if model is not None and not model.users and model.loop is asyncio.get_running_loop():
        await model.leaving.aclose()
