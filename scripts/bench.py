"""Benchmarks, as ratios measured in one run: machines differ and are noisy, ratios less so.

``scripts/bench [start] [chain] [count] [words] [triage] [inbox] [hostile] [privacy] [groups] [store] [window]``. Each
row says what was measured, the figure and what it should be.
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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from copilot.services.generation import GenerationRequest

Result = TypeVar("Result")

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
    shown = {
        "French": "Rendez-vous à l’atelier\u00a0: on y fête « Le Citadin », dès 490 €… Venez nombreux\u202f! ",
        "links, emoji": "Voir https://velo.example/été?a=1#b et exemple.fr 👩‍👩‍👧 🇫🇷 1️⃣ 👋🏽 #Vélo @jo ",
        "dotted text": "a.b-c.",
    }
    texts = {name: (text * 3000)[:3000] for name, text in shown.items()}
    rows = []
    every = networks.load()

    def on_each(text: str) -> None:
        for one in every.values():
            measure(text, one)

    for name, text in texts.items():
        base = median_seconds(partial(grapheme.findall, text), 30)
        on_x = median_seconds(partial(measure, text, every["x"]), 30)
        on_all = median_seconds(partial(on_each, text), 10)
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
    """The rules: messages in a second with their language, and how right languages, spam and insults are."""
    from scripts.bench_triage import triage_lines

    return list(triage_lines(Row))


async def _with_server(work: Callable[[str, str, str], Awaitable[list[Row]]]) -> list[Row]:
    from copilot.providers._llama_server import LlamaServer, Spec
    from tests.servers.models import fetch

    # One thread: llama.cpp's threads spin when cores are shared, and a busy machine would measure only that.
    server = LlamaServer(Spec(fetch(), 1024, 8, 1), 60.0)
    try:
        running = await server.running()
        return await work(running.base_url, running.key, server.spec.model)
    finally:
        await server.aclose()


def chain() -> list[Row]:
    """The chain against the raw client, on the same llama.cpp server, one after the other in turns."""
    return asyncio.run(_with_server(_chain))


class _Clients:
    """The raw client and the chain, on one server."""

    def __init__(self, base_url: str, key: str, model: str) -> None:
        import openai

        from copilot.prompting.file import parse_prompt
        from copilot.providers import discover
        from copilot.services.generation import Generation, Source

        # Short: what is compared is the way to the model, not how fast this machine reads a long prompt.
        self.prompt = parse_prompt(SHORT_PROMPT, path="bench.en.md", origin="own")
        self.model = model
        source = Source("bench", discover()["openai_compatible"], {"base_url": base_url, "model": model}, key)
        self.generation = Generation(lambda _name: source, lambda _run: None, lambda: datetime.now(UTC))
        # llama.cpp drops some kept connections unasked: the raw client, like ours, opens one for each answer.
        http = openai.DefaultAsyncHttpxClient(headers={"Connection": "close"})
        self.client = openai.AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, http_client=http)

    def values(self, number: int) -> Mapping[str, str]:
        return {"message": f"Where is my order number {number:05d}? It should have come last week."}

    async def raw(self, number: int) -> tuple[float, float]:
        """Seconds to the first token and in all, with the raw client."""
        from copilot.prompting.template import render

        told = [{"role": role, "content": text} for role, text in render(self.prompt, self.values(number))]
        begun, first = time.perf_counter(), 0.0
        stream = await self.client.chat.completions.create(
            model=self.model,
            messages=told,  # type: ignore[arg-type]  # plain dictionaries are what the client sends
            stream=True,
            temperature=0.0,
            max_tokens=48,
            stream_options={"include_usage": True},
        )
        async for part in stream:
            if not first and part.choices and part.choices[0].delta.content:
                first = time.perf_counter() - begun
        return first, time.perf_counter() - begun

    async def ours(self, number: int) -> tuple[float, float]:
        """The same through the chain."""
        from copilot.errors import OutsideError
        from copilot.services.generation import Chunk

        begun, first = time.perf_counter(), 0.0
        # The small model seldom ends by itself: an answer cut at 48 tokens is what both clients get here.
        with contextlib.suppress(OutsideError):
            async for part in self.generation.stream(self.request(number)):
                if not first and isinstance(part, Chunk) and part.text:
                    first = time.perf_counter() - begun
        return first, time.perf_counter() - begun

    def request(self, number: int) -> GenerationRequest:
        from copilot.services.generation import GenerationRequest

        return GenerationRequest(self.prompt, self.values(number), "bench", str(number))

    async def many_raw(self, base: int) -> float:
        """Seconds for 50 answers, 8 at once, with the raw client."""
        gate = asyncio.Semaphore(8)

        async def one(number: int) -> None:
            async with gate:
                await self.raw(number)

        begun = time.perf_counter()
        await asyncio.gather(*(one(base + number) for number in range(50)))
        return time.perf_counter() - begun

    async def many_ours(self, base: int) -> float:
        """The same through the chain."""
        begun = time.perf_counter()
        async for _ in self.generation.run_many([self.request(base + number) for number in range(50)], concurrency=8):
            pass
        return time.perf_counter() - begun

    async def aclose(self) -> None:
        await self.generation.aclose()
        await self.client.close()


async def _in_turns(
    raw: Callable[[int], Awaitable[Result]], ours: Callable[[int], Awaitable[Result]], times: int, step: int
) -> tuple[list[Result], list[Result]]:
    """Both, one after the other, the first one changing each time: noise of the machine falls on both."""
    taken: dict[str, list[Result]] = {"raw": [], "ours": []}
    for number in range(times):
        order = (("raw", raw), ("ours", ours)) if number % 2 else (("ours", ours), ("raw", raw))
        for place, (name, action) in enumerate(order):
            taken[name].append(await action(step * (2 * number + place + 1)))
    return taken["raw"], taken["ours"]


async def _chain(base_url: str, key: str, model: str) -> list[Row]:
    clients = _Clients(base_url, key, model)
    await _in_turns(clients.raw, clients.ours, 3, 1)
    raw, ours = await _in_turns(clients.raw, clients.ours, 24, 1)
    first_raw, first_ours = (statistics.median(pair[0] for pair in pairs) for pairs in (raw, ours))
    total_raw, total_ours = (statistics.median(pair[1] for pair in pairs) for pairs in (raw, ours))
    many_raw, many_ours = (
        statistics.median(seconds) for seconds in await _in_turns(clients.many_raw, clients.many_ours, 3, 100)
    )
    await clients.aclose()
    more = (first_ours - first_raw) * 1000
    first, total, many = first_ours / first_raw, total_ours / total_raw, many_ours / many_raw
    return [
        Row(
            "chain / raw client, first token",
            f"{first:.3f} ({more:+.1f} ms on {first_raw * 1000:.0f} ms)",
            "<= 1.05 or +5 ms",
            first <= 1.05 or more <= 5,
        ),
        Row("chain / raw client, total", f"{total:.3f} ({total_raw * 1000:.0f} ms raw)", "<= 1.05", total <= 1.05),
        Row("50 replies, 8 at once / raw asyncio", f"{many:.3f} ({many_raw:.1f} s raw)", "<= 1.10", many <= 1.10),
    ]


def window() -> list[Row]:
    """The window: start, streaming, 100,000 messages, memory."""
    from scripts.bench_window import measured

    return measured(Row)


def words() -> list[Row]:
    """Checks, hashtags and claims: how long they take once loaded, how right they are on texts judged by hand."""
    from datetime import date

    import regex

    from copilot import checks, networks
    from copilot.domain.claim import Source
    from copilot.text.claims import judge
    from copilot.text.hashtags import propose
    from scripts.bench_words import FOLDER, figures, rows

    posts = [one for one in rows(FOLDER / "ordinary.dev.jsonl") if len(one["text"]) >= 150 and one["language"] == "fr"]
    texts = [(one["text"] * 4)[:500] for one in posts[:20]]
    briefs = [one["brief"] for one in rows(FOLDER / "hashtags.dev.jsonl")]
    source = Source("brief", "\n".join(briefs)[:3000])
    network, day = networks.get("mastodon"), date(2026, 11, 21)
    context = checks.Context(None, (("brief", source.text),), (), day)
    grapheme = regex.compile(r"\X")
    turn = [0]

    def each(action: Callable[[str], object], among: list[str]) -> float:
        """Median seconds of ``action`` on a text it has not just seen: nothing is answered from memory."""

        def once() -> None:
            turn[0] += 1
            action(f"{among[turn[0] % len(among)]} {turn[0]}")

        return median_seconds(once, 60)

    each(lambda text: checks.check(checks.Draft(text=text, network=network), context), texts)
    bare = each(grapheme.findall, texts)
    whole = each(lambda text: checks.check(checks.Draft(text=text, network=network), context), texts)
    claimed = each(lambda text: judge(text, (source,), day), texts)
    tags = each(lambda text: propose(text, "fr", network=network), briefs)
    told = [
        Row(
            "all checks, 500 characters / \\X", f"{whole / bare:.0f} ({whole * 1000:.1f} ms)", "<= 10 ms", whole <= 0.01
        ),
        Row("claims, 500 characters, 3,000 of source", f"{claimed * 1000:.1f} ms", "<= 4 ms", claimed <= 0.004),
        Row("hashtags of a brief", f"{tags * 1000:.2f} ms", "<= 1 ms", tags <= 0.001),
    ]
    for name, figure in figures(FOLDER.glob("*.jsonl")):
        told.append(Row(f"{name}: {figure.name}", f"{figure.value:.3f}", figure.wanted, figure.holds))
    return told


def inbox() -> list[Row]:
    """Comments read: how right their intents are, how quickly their meaning is had."""
    from scripts.bench_inbox import semantic_lines

    return list(semantic_lines(Row))


def hostile() -> list[Row]:
    """Comments that give orders to a machine: how many are found, how many others are taken for them."""
    from scripts.bench_hostile import measured

    return list(measured(Row))


def privacy() -> list[Row]:
    """Personal details found in texts annotated by hand, and every text back from its pseudonyms."""
    from scripts.bench_privacy import FOLDER, figures

    rows = []
    for name, done in figures(FOLDER.glob("*.jsonl")):
        told = f"{done.recall:.3f} / {done.precision:.3f}, {done.restored} of {done.texts} texts back"
        holds = min(done.recall, done.precision) >= 0.95 and done.restored == done.texts
        rows.append(Row(f"personal details, {name}: recall / precision", told, ">= 0.95, all", holds))
    return rows


def store() -> list[Row]:
    """A million messages searched, filtered and paged; made once, and kept in the folder of temporary files."""
    from scripts.bench_store import store_lines

    return list(store_lines(Row))


def groups() -> list[Row]:
    """A hundred thousand messages grouped."""
    from scripts.bench_groups import group_lines

    return list(group_lines(Row))


BENCHES: dict[str, Callable[[], list[Row]]] = {
    "start": start,
    "count": count,
    "words": words,
    "triage": triage,
    "inbox": inbox,
    "hostile": hostile,
    "privacy": privacy,
    "groups": groups,
    "store": store,
    "chain": chain,
    "window": window,
}


def main() -> None:
    """Run the benches asked for and print a table; leave with 1 when a wanted figure is missed."""
    from rich.console import Console
    from rich.table import Table

    asked = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in asked if name not in BENCHES]:
        sys.exit(f"{', '.join(unknown)}? Known: {', '.join(BENCHES)}.")
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
