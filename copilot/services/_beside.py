"""The store beside the loop: what is asked of it, or kept in it, runs in a thread and in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork

Result = TypeVar("Result")


async def reading(store: Store, ask: Callable[[UnitOfWork], Result]) -> Result:
    """What ``ask`` finds."""

    def answered() -> Result:
        with store.read() as work:
            return ask(work)

    return await asyncio.to_thread(answered)


async def writing(store: Store, keep: Callable[[UnitOfWork], Result]) -> Result:
    """What ``keep`` answers, all of what it did being stored, or nothing when it raises."""

    def kept() -> Result:
        with store.write() as work:
            return keep(work)

    return await asyncio.to_thread(kept)
