"""Benchmarks, as ratios measured in one run: machines differ and are noisy, ratios less so.

``scripts/bench [start] [chain] [count] [triage]``. Each row says what was measured, the figure and what it should be.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("REPLIQUE_PROFILE", str(Path(os.environ.get("TMPDIR", "/tmp")) / "replique-bench-profile"))


SHORT_PROMPT = """+++
task = "reply"
name = "bench"
language = "en"
description = "Bench"
inputs = []
untrusted = ["message"]
output = "text"
temperature = 0.0
max_tokens = 48
+++
# system
You answer customers in one sentence.

# user
{{{message}}}
"""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``holds`` is None when nothing is demanded."""

    what: str
    figure: str
    wanted: str = ""
    holds: bool | None = None


def median_seconds(action: Callable[[], object], times: int) -> float:
    """Median wall-clock of ``action``."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def start() -> list[Row]:
    """What a process costs before it does anything."""

    def run(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True, cwd=ROOT)

    bare = median_seconds(run("-c", "pass"), 9)
    help_ = median_seconds(run("-m", "copilot", "--help"), 9)
    count = median_seconds(run("-m", "copilot", "count", "--network", "x", "Bonjour"), 9)
    imported = median_seconds(run("-c", "import copilot.app"), 9)
    return [
        Row("python -c pass", f"{bare * 1000:.0f} ms"),
        Row("replique --help / python -c pass", f"{help_ / bare:.1f} ({help_ * 1000:.0f} ms)"),
        Row("import copilot.app, above python -c pass", f"{(imported - bare) * 1000:.0f} ms"),
        Row("replique count, whole process", f"{count * 1000:.0f} ms", "<= 350 ms", count <= 0.35),
    ]


def count() -> list[Row]:
    """Counting 3,000 characters against ``regex`` finding their graphemes."""
    import regex

    from copilot import networks
    from copilot.text.measure import measure

    grapheme = regex.compile(r"\X")
    texts = {
        "French, links, emoji": ("Rendez-vous à l’atelier : https://velo.example/été 👩‍👩‍👧 « dès 490 € » ! " * 60)[
            :3000
        ],
        "dotted text": ("a.b-c." * 500)[:3000],
    }
    rows = []
    every = networks.load()
    for name, text in texts.items():
        base = median_seconds(lambda text=text: grapheme.findall(text), 30)
        on_x = median_seconds(lambda text=text: measure(text, every["x"]), 30)
        on_all = median_seconds(lambda text=text: [measure(text, one) for one in every.values()], 10)
        rows.append(
            Row(
                f"count on X / regex \\X, {name}", f"{on_x / base:.2f} ({on_x * 1000:.2f} ms)", "<= 1 ms", on_x <= 0.001
            )
        )
        rows.append(
            Row(
                f"all {len(every)} networks / \\X, {name}",
                f"{on_all / base:.1f} ({on_all * 1000:.1f} ms)",
                "<= 10 ms",
                on_all <= 0.01,
            )
        )
    return rows


def triage() -> list[Row]:
    """Messages triaged by the rules in a second, language included."""
    from copilot.intelligence.triage import RuleTriage

    rules = RuleTriage()
    texts = [
        "Toujours pas reçu ma commande, c’est honteux !",
        "What time do you open on Sunday?",
        "Bravo à toute l’équipe, super accueil 👏",
        "Le frein avant a lâché dans une descente, c’est dangereux.",
    ]
    rules.triage(texts[0])
    taken = median_seconds(lambda: [rules.triage(f"{text} {n}") for n in range(250) for text in texts], 5)
    return [Row("triage by rules", f"{1000 / taken:,.0f} messages/s")]


async def _with_server(work: Callable[[str, str, str], Awaitable[list[Row]]]) -> list[Row]:
    from tests.servers.models import fetch

    from copilot.providers._llama_server import LlamaServer, Spec

    server = LlamaServer(Spec(fetch(), 1024, 8, 0), 60.0)
    try:
        running = await server.running()
        return await work(running.base_url, running.key, server.spec.model)
    finally:
        await server.aclose()


def chain() -> list[Row]:
    """The chain against the raw client, on the same llama.cpp server, one after the other in turns."""
    return asyncio.run(_with_server(_chain))


async def _chain(base_url: str, key: str, model: str) -> list[Row]:
    import httpx2
    import openai

    from copilot.domain.prompt import Run
    from copilot.errors import OutsideError
    from copilot.prompting.file import parse_prompt
    from copilot.prompting.template import render
    from copilot.providers import discover
    from copilot.services.generation import Chunk, Generation, GenerationRequest, Source
    # Short: what is compared is the way to the model, not how fast this machine reads a long prompt.
    prompt = parse_prompt(SHORT_PROMPT, path="bench.en.md", origin="own")
    runs: list[Run] = []
    source = Source("bench", discover()["openai_compatible"], {"base_url": base_url, "model": model}, key)
    generation = Generation(lambda _name: source, runs.append, lambda: datetime.now(UTC))
    # The server closes idle connections after 5 s, httpx's own default: shorter here, so that none is caught closing.
    http = openai.DefaultAsyncHttpxClient(limits=httpx2.Limits(keepalive_expiry=2))
    client = openai.AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, http_client=http)

    def values(number: int) -> Mapping[str, str]:
        return {"message": f"Where is my order number {number:05d}? It should have come last week."}

    async def raw(number: int) -> tuple[float, float]:
        told = [{"role": role, "content": text} for role, text in render(prompt, values(number))]
        start, first = time.perf_counter(), 0.0
        stream = await client.chat.completions.create(
            model=model, messages=told, stream=True, temperature=0.0, max_tokens=48,  # type: ignore[call-overload]
            stream_options={"include_usage": True},
        )  # fmt: skip
        async for part in stream:
            if not first and part.choices and part.choices[0].delta.content:
                first = time.perf_counter() - start
        return first, time.perf_counter() - start

    async def ours(number: int) -> tuple[float, float]:
        request = GenerationRequest(prompt=prompt, values=values(number), provider="bench", subject=str(number))
        start, first = time.perf_counter(), 0.0
        # The small model never ends by itself: an answer cut at 48 tokens is what both clients get here.
        with contextlib.suppress(OutsideError):
            async for part in generation.stream(request):
                if not first and isinstance(part, Chunk) and part.text:
                    first = time.perf_counter() - start
        return first, time.perf_counter() - start

    for warm in range(3):
        await raw(warm)
        await ours(warm)
    taken: dict[str, list[tuple[float, float]]] = {"raw": [], "ours": []}
    for number in range(40):
        order = (("raw", raw), ("ours", ours)) if number % 2 else (("ours", ours), ("raw", raw))
        for place, (name, action) in enumerate(order):
            taken[name].append(await action(100 + 2 * number + place))
    first = {name: statistics.median(pair[0] for pair in pairs) for name, pairs in taken.items()}
    total = {name: statistics.median(pair[1] for pair in pairs) for name, pairs in taken.items()}
    more = (first["ours"] - first["raw"]) * 1000

    async def many_raw(base: int) -> float:
        gate = asyncio.Semaphore(8)

        async def one(number: int) -> None:
            async with gate:
                await raw(number)

        start = time.perf_counter()
        await asyncio.gather(*(one(base + number) for number in range(50)))
        return time.perf_counter() - start

    async def many_ours(base: int) -> float:
        asked = [
            GenerationRequest(prompt=prompt, values=values(base + number), provider="bench", subject=str(number))
            for number in range(50)
        ]
        start = time.perf_counter()
        async for _ in generation.run_many(asked, concurrency=8):
            pass
        return time.perf_counter() - start

    rounds = {"raw": [], "ours": []}
    for number in range(5):
        order = (("raw", many_raw), ("ours", many_ours)) if number % 2 else (("ours", many_ours), ("raw", many_raw))
        for place, (name, action) in enumerate(order):
            rounds[name].append(await action(1000 + 100 * (2 * number + place)))
    batch = statistics.median(rounds["ours"]) / statistics.median(rounds["raw"])
    await generation.aclose()
    await client.close()
    return [
        Row(
            "chain / raw client, first token",
            f"{first['ours'] / first['raw']:.3f} ({more:+.1f} ms on {first['raw'] * 1000:.0f} ms)",
            "<= 1.05 or +5 ms",
            first["ours"] / first["raw"] <= 1.05 or more <= 5,
        ),
        Row(
            "chain / raw client, total",
            f"{total['ours'] / total['raw']:.3f} ({total['raw'] * 1000:.0f} ms raw)",
            "<= 1.05",
            total["ours"] / total["raw"] <= 1.05,
        ),
        Row(
            "50 replies, 8 at once / raw asyncio client",
            f"{batch:.3f} ({statistics.median(rounds['raw']):.1f} s raw)",
            "<= 1.10",
            batch <= 1.10,
        ),
    ]


BENCHES: dict[str, Callable[[], list[Row]]] = {"start": start, "count": count, "triage": triage, "chain": chain}


def main() -> None:
    """Run the benches asked for and print a table; leave with 1 when a wanted figure is missed."""
    from rich.console import Console
    from rich.table import Table

    asked = sys.argv[1:] or list(BENCHES)
    table = Table("measured", "figure", "wanted", "holds")
    missed = False
    for name in asked:
        for row in BENCHES[name]():
            holds = "" if row.holds is None else ("yes" if row.holds else "NO")
            missed |= row.holds is False
            table.add_row(row.what, row.figure, row.wanted, holds)
    Console(width=120).print(table)
    sys.exit(missed)


if __name__ == "__main__":
    main()
