"""Work in a thread that stops when nobody waits for it any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from typing import TypeVar

Result = TypeVar("Result")


async def stoppable(work: Callable[[], Result], stop: Event) -> Result:
    """Run ``work`` in a thread. Cancelled, set ``stop`` and wait until the thread has let go."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([running])
        if not running.cancelled():
            running.exception()  # asked for, so that nobody is told it was never looked at
        raise


def told_in_loop(tell: Callable[[int, int], None] | None) -> Callable[[int, int], None]:
    """``tell``, to be called from any thread: it runs in the loop of the caller."""
    if tell is None:
        return lambda _done, _total: None
    loop = asyncio.get_running_loop()

    def told(done: int, total: int) -> None:
        loop.call_soon_threadsafe(tell, done, total)

    return told
