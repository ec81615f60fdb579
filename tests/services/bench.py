"""A profile with the demo brand and scripted models, for tests of the services over a real store."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import Brand
from copilot.paths import assets_dir
from copilot.settings import ProviderSettings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@asynccontextmanager
async def opened(folder: Path, *answers: object, remote: bool = False) -> AsyncIterator[Copilot]:
    """A copilot on a profile of its own; its model ``essai`` plays ``answers``."""
    copilot = open_copilot(folder, clock=lambda: NOW)
    script = {"script": json.dumps(answers or ["Bonjour."]), "remote": "yes" if remote else "no"}
    copilot.save_settings(copilot.settings.with_provider(ProviderSettings("essai", "scripted", script)))
    try:
        yield copilot
    finally:
        await copilot.aclose()


async def demo_brand(copilot: Copilot) -> Brand:
    """The demo brand, stored."""
    text = (assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8")
    return (await copilot.brands.import_toml(text)).brand


async def demo_thread(copilot: Copilot) -> int:
    """The demo thread in JSON Lines, stored; its id."""
    path = assets_dir() / "demo" / "threads" / "portes-ouvertes.jsonl"
    return (await copilot.conversations.import_thread(path.read_bytes(), path.name, network="facebook_page")).thread.id


def thread_of(*lines: tuple[str, str]) -> bytes:
    """A thread of (author, text) in JSON Lines."""
    told: list[dict[str, Any]] = [
        {"id": str(number), "author": author, "text": text} for number, (author, text) in enumerate(lines, 1)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in told).encode()
