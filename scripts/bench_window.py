"""The window's benchmarks. Each measurement is a process of its own: ``scripts/_window``."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts._window.inbox import MESSAGES, comments

ROOT = Path(__file__).resolve().parent.parent


def asked(name: str, folder: Path | str = "-") -> dict[str, Any]:
    """What a child of ``name`` measured on the profile ``folder``."""
    told = subprocess.run(
        [sys.executable, "-m", "scripts._window", name, str(folder), str(time.monotonic())],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    lines = [line for line in told.stdout.splitlines() if line.startswith("{")]
    if told.returncode or not lines:
        raise SystemExit(f"bench {name}: {told.returncode}\n{told.stdout}\n{told.stderr}")
    found = json.loads(lines[-1])
    assert isinstance(found, dict)
    return found


def in_turns(one: Callable[[], float], other: Callable[[], float], times: int) -> tuple[float, float]:
    """Medians of two measurements made in turns, so that the machine's noise falls on both."""
    firsts, seconds = [], []
    for _ in range(times):
        firsts.append(one())
        seconds.append(other())
    return statistics.median(firsts), statistics.median(seconds)


def prepare(folder: Path, messages: int = 0) -> Path:
    """A profile with the demo brand, its first run done, and ``messages`` messages."""
    from copilot.app import open_copilot
    from copilot.paths import assets_dir
    from copilot.settings import Settings

    async def fill() -> None:
        copilot = open_copilot(folder)
        try:
            brand = assets_dir() / "demo" / "brand.toml"
            await copilot.brands.import_toml(brand.read_text(encoding="utf-8"), name=brand.name)
            if messages:
                await copilot.inbox.load(comments(messages), "bench.csv")
            copilot.save_settings(Settings(language="fr", first_run_done=True))
        finally:
            await copilot.aclose()

    asyncio.run(fill())
    return folder


def measured(rows: Callable[..., Any]) -> list[Any]:
    """The rows of the table; ``rows(what, figure, wanted, holds)`` makes one."""
    with tempfile.TemporaryDirectory() as scratch:
        small = prepare(Path(scratch) / "small")
        bare, paint = in_turns(lambda: asked("bare")["seconds"], lambda: asked("paint", small)["seconds"], 9)
        imports, ready = in_turns(lambda: asked("imports")["seconds"], lambda: asked("ready", small)["seconds"], 5)
        memory_bare, memory = asked("bare")["rss"], asked("rest", small)["rss"]
        stream = min(asked("stream", small)["gap"] for _ in range(3))
        stop, closing = asked("stop", small)["seconds"], asked("closing", small)["seconds"]
        written = min((asked("compose", small) for _ in range(3)), key=lambda told: told["gap"])
        flood = min(asked("flood", small)["gap"] for _ in range(3))
        load = asked("load", prepare(Path(scratch) / "load"))
        large = prepare(Path(scratch) / "large", MESSAGES)
        inbox = asked("inbox", large)
        visits = asked("visits", small)["kept"]
        cycles = asked("cycles", small)
    worst = max(cycles.values())
    start, filled, rest = paint / bare, ready / imports, memory / memory_bare
    gap, frame, said = load["gap"], inbox["frame"], written["gap"]
    return [
        rows("first paint / bare window", f"{start:.2f} ({paint * 1000:.0f} ms)", "<= 1.8", start <= 1.8),
        rows("ready / its imports", f"{filled:.2f} ({ready * 1000:.0f} ms)", "<= 2.5", filled <= 2.5),
        rows("memory at rest / bare window", f"{rest:.2f} ({memory:.0f} MB)", "<= 2.2", rest <= 2.2),
        rows("8 streams at 100/s, longest gap", f"{stream * 1000:.0f} ms", "<= 16 ms", stream <= 0.016),
        rows("Compose, 8 networks: while they stream", f"{said * 1000:.0f} ms", "<= 16 ms", said <= 0.016),
        rows(
            "the same: 8 cards and first words / texts stored",
            f"{written['start'] * 1000:.0f} / {written['end'] * 1000:.0f} ms",
        ),
        rows("Compose, 8 networks: stop", f"{stop * 1000:.0f} ms", "<= 1 s", stop <= 1),
        rows("close while something is stuck", f"{closing:.1f} s", "<= 3 s", closing <= 3),
        rows("flood of 24,000, longest gap", f"{flood * 1000:.0f} ms", "<= 100 ms", flood <= 0.1),
        rows("load of 100,000, longest gap", f"{gap * 1000:.0f} ms ({load['seconds']:.1f} s)", "<= 100 ms", gap <= 0.1),
        rows("the same: processor", f"{load['processor']:.1f} s", "<= 25 s", load["processor"] <= 25),
        rows("the same: processor / rules alone", f"{load['processor'] / load['rules']:.1f}"),
        rows("the same: memory above idle", f"{load['memory']:.0f} MB", "<= 300 MB", load["memory"] <= 300),
        rows("scroll, search in 100,000: next frame", f"{frame * 1000:.0f} ms", "<= 50 ms", frame <= 0.05),
        rows("the same: rows there", f"{inbox['rows'] * 1000:.0f} ms"),
        rows("400 openings of each screen, kept", f"{visits:.1f} MB", "<= 2 MB", visits <= 2),
        # A combo box under any style sheet keeps 0.5 to 1 KB in Qt itself each time it is made anew.
        rows("400 makings of each screen, kept", f"{worst:.1f} MB at worst"),
    ]
