"""Answers a group and says each draft once it is stored, so that another process can kill it between two."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path


async def answer(profile: Path, group_id: int, provider: str) -> None:
    from copilot.app import open_copilot
    from copilot.services.conversations import Answered
    from copilot.services.grouping import GroupRequest

    copilot = open_copilot(profile)
    try:
        brand = await copilot.brands.choose(None, copilot.settings.default_brand)
        request = GroupRequest(group_id, None, provider, brand, "Nora")
        async for event in copilot.groups.answer(request):
            if isinstance(event, Answered) and event.inspected:
                print("drafted", event.inspected.item.id, flush=True)
                # Whoever listens says go on, or kills.
                sys.stdin.readline()
    finally:
        await copilot.aclose()


if __name__ == "__main__":
    asyncio.run(answer(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
