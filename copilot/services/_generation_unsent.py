"""What a run would send, taken from the very code that sends, with no network behind it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from copilot.domain.prompt import Prompt
from copilot.errors import RepliqueError
from copilot.services._generation_models import OpenModel, Source


async def body_of(source: Source, prompt: Prompt, inputs: dict[str, str]) -> bytes:
    """The body of the first request for ``inputs``; empty when the source makes no request.

    Raises:
        UserError: ``provider.*`` of the settings.
    """
    unsent = getattr(source.module, "unsent_model", None)
    if unsent is None:
        return b""
    from copilot.services import _generation_chain as chains

    with_schema = prompt.output == "json" and prompt.schema is not None
    async with unsent(source.values) as (chat, bodies):
        model = OpenModel(source, chat, asyncio.get_running_loop(), AsyncExitStack())
        chain = chains.chain_of(model, prompt, with_schema=with_schema, repairing=False)
        try:
            async for _ in chains.pieces_of(chain, inputs):
                break
        except RepliqueError:
            # As meant: there is no network.
            pass
        return bodies[0] if bodies else b""
