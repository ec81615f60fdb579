"""All that the workers of the kill tests read when they start, read by the import of this module."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import tests.e2e.busy_worker as busy
import tests.e2e.window.typing_worker  # the window's modules  # noqa: F401
from copilot.app import open_copilot
from copilot.domain.item import Status
from copilot.errors import UserError


async def _day(folder: Path) -> None:
    copilot = open_copilot(folder / "profil")
    try:
        await busy.compose(copilot, 1, _nothing)
        items = await copilot.review.list(statuses=[Status.DRAFT])
        for item in items:
            try:
                await busy.approve(copilot, item.id, _nothing)
            except UserError:
                continue
        await busy.export(copilot, folder, 1, _nothing)
    finally:
        await copilot.aclose()


def _nothing(_line: str) -> None:
    """Nobody listens."""


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(_day(Path(folder)))
