"""Model servers already running on this machine. Looked for on request only, and never further than this machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.settings import ProviderSettings

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Place:
    """A port of this machine where a program usually listens. ``preset`` is the service it is set up as."""

    label: str
    port: int
    preset: str = "other"


#: Ports the programs themselves choose when nobody says otherwise.
PLACES = (
    Place("Ollama", 11434, "ollama"),
    Place("LM Studio", 1234, "lmstudio"),
    Place("llama.cpp", 8080),
    Place("vLLM", 8000, "vllm"),
    Place("Jan", 1337),
    Place("KoboldCpp", 5001),
)
#: Programs that give their name with each model: believed more than the port.
_OWNERS = {"llamacpp": ("llama.cpp", "other"), "vllm": ("vLLM", "vllm"), "koboldcpp": ("KoboldCpp", "other")}
#: Models that write nothing, and models that a program on this machine has run elsewhere.
_NOT_WRITERS = re.compile(r"embed|rerank|whisper|[-:]cloud$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A model server on this machine. ``models`` are those that can write here; there may be none."""

    label: str
    base_url: str
    models: tuple[str, ...]
    preset: str = "other"

    def as_provider(self, model: str) -> ProviderSettings:
        """``model`` of this server, ready to be added as a model source."""
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.label}-{model.rpartition('/')[2]}".lower())
        values = {"preset": self.preset, "base_url": self.base_url, "model": model}
        return ProviderSettings(name[:40].strip("-"), "openai_compatible", values)


async def find_local(timeout: float = 1.5, *, places: Sequence[Place] = PLACES) -> tuple[FoundServer, ...]:  # noqa: ASYNC109  # one bound for all the places together, said by the caller
    """The model servers that answer on this machine, in the order of ``places``.

    Every place is asked at the same time, without a key. What is closed, silent, slow, endless or no model server is
    left out; nothing is raised for it.

    Args:
        timeout: seconds after which an answer no longer counts.
        places: where to look.
    """
    from copilot.providers._probe import client

    async with client() as http:
        found = await asyncio.gather(*(_ask(http, place, timeout) for place in places))
    return tuple(server for server in found if server)


async def _ask(http: httpx.AsyncClient, place: Place, seconds: float) -> FoundServer | None:
    from copilot.providers._probe import models

    try:
        async with asyncio.timeout(seconds):
            answered = await models(http, place.port, ollama=place.preset == "ollama")
    except TimeoutError:
        return None
    if answered is None:
        return None
    names, owner = answered
    label, preset = _OWNERS.get(owner, (place.label, place.preset))
    writers = tuple(name for name in names if not _NOT_WRITERS.search(name))
    return FoundServer(label, f"http://127.0.0.1:{place.port}/v1", writers, preset)
