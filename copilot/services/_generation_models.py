"""The models that are open, one for each configured source, shared by every run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

from copilot.errors import UserError
from copilot.settings import ProviderSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable


@dataclass(eq=False, slots=True)
class OpenModel:
    """A model, what it was opened with, and the chains built on it."""

    source: ModuleType
    settings: ProviderSettings
    secret: str | None = field(repr=False)
    chat: BaseChatModel
    loop: asyncio.AbstractEventLoop
    leaving: AsyncExitStack
    users: int = 0
    takes_schema: bool = True
    chains: dict[tuple[str, ...], Runnable[dict[str, str], object]] = field(default_factory=dict)

    @property
    def remote(self) -> bool:
        """Does what it is asked leave this machine?"""
        return bool(self.source.REMOTE(self.settings.values))

    @property
    def name(self) -> str:
        """The model's name."""
        return str(self.source.MODEL(self.settings.values))

    def fits(self, settings: ProviderSettings, secret: str | None) -> bool:
        """True while it is what these settings ask for, in this event loop."""
        return (
            self.settings == settings and self.secret == secret and self.loop is asyncio.get_running_loop()
        )


class OpenModels:
    """Opens a model at its first use, again when its settings or its key changed, and closes them all."""

    def __init__(
        self,
        sources: Callable[[], Mapping[str, ModuleType]],
        settings_of: Callable[[str], ProviderSettings],
        secret_of: Callable[[str], str | None],
    ) -> None:
        self._sources = sources
        self._settings_of = settings_of
        self._secret_of = secret_of
        self._open: dict[str, OpenModel] = {}
        self._opening: dict[tuple[str, asyncio.AbstractEventLoop], asyncio.Lock] = {}

    @asynccontextmanager
    async def use(self, provider: str) -> AsyncIterator[OpenModel]:
        """The model of a configured source, kept open at least as long as this is.

        Raises:
            UserError: ``provider.unknown``, ``provider.source_unknown``, and what opening it raises.
        """
        settings, secret = self._settings_of(provider), self._secret_of(provider)
        lock = self._opening.setdefault((provider, asyncio.get_running_loop()), asyncio.Lock())
        async with lock:
            now = self._open.get(provider)
            if now is None or not now.fits(settings, secret):
                fresh = await self._opened(settings, secret)
                self._open[provider] = fresh
                await self._leave_when_free(now)
                now = fresh
            now.users += 1
        try:
            yield now
        finally:
            now.users -= 1
            if self._open.get(provider) is not now:
                await self._leave_when_free(now)

    async def aclose(self) -> None:
        """Close every model; runs under way fail."""
        closing, self._open = self._open, {}
        self._opening.clear()
        for model in closing.values():
            model.users = 0
            await self._leave_when_free(model)

    async def _opened(self, settings: ProviderSettings, secret: str | None) -> OpenModel:
        sources = self._sources()
        source = sources.get(settings.provider)
        if source is None:
            raise UserError("provider.source_unknown", name=settings.provider, known=tuple(sources))
        async with AsyncExitStack() as stack:
            chat = await stack.enter_async_context(source.open_model(settings.values, secret))
            return OpenModel(source, settings, secret, chat, asyncio.get_running_loop(), stack.pop_all())

    async def _leave_when_free(self, model: OpenModel | None) -> None:
        """Close a model nobody uses. One of an event loop that is over cannot be closed any more: it is dropped."""
        if model is not None and not model.users and model.loop is asyncio.get_running_loop():
            await model.leaving.aclose()
