"""What is being typed outlives the program, whatever ends it."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from tests.clock import Clock
from tests.store.samples import draft

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=Clock(NOON))
    yield opened
    await opened.aclose()


async def test_what_was_kept_is_found_at_the_next_start(copilot: Copilot) -> None:
    body = {"text": "Brouillon\ud83d \0 à finir", "networks": ["x", "linkedin"]}
    await copilot.working.keep("compose:brief", body)
    await copilot.aclose()
    again = open_copilot(copilot.profile.root, clock=Clock(NOON))
    copy = await again.working.get("compose:brief")
    await again.aclose()
    assert copy
    assert (copy.key, copy.body, copy.revision, copy.saved_at) == ("compose:brief", body, None, NOON)


async def test_copies_are_listed_newest_first_and_dropped(copilot: Copilot) -> None:
    clock = copilot.clock
    assert isinstance(clock, Clock)
    for key in ("item:1", "item:2", "brand:alize"):
        clock.now += timedelta(seconds=1)
        await copilot.working.keep(key, {"text": key}, 4)
    assert [copy.key for copy in await copilot.working.list()] == ["brand:alize", "item:2", "item:1"]
    assert [copy.key for copy in await copilot.working.list("item:")] == ["item:2", "item:1"]
    await copilot.working.drop()
    await copilot.working.drop("item:1", "brand:alize", "item:404")
    assert [copy.key for copy in await copilot.working.list()] == ["item:2"]
    assert await copilot.working.get("item:1") is None


async def test_a_body_that_cannot_be_kept_leaves_the_last_one(copilot: Copilot) -> None:
    await copilot.working.keep("item:1", {"text": "bon"})
    with pytest.raises(TypeError):
        await copilot.working.keep("item:1", {"text": object()})
    copy = await copilot.working.get("item:1")
    assert copy
    assert copy.body == {"text": "bon"}


async def test_a_copy_of_an_item_changes_nothing_of_it(copilot: Copilot) -> None:
    with copilot.store().write() as work:
        item = work.items.add(draft(), NOON)
    before = await copilot.review.history(item.id)
    await copilot.working.keep(f"item:{item.id}", {"text": "Tout autre texte"}, item.revision)
    assert await copilot.review.history(item.id) == before
    assert await copilot.custody.audit_entries() == ()


async def test_a_write_of_another_process_is_waited_for(copilot: Copilot) -> None:
    await copilot.working.keep("item:1", {"text": "un"})
    path = copilot.store().path
    assert path
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ["COMMIT"])
        release.start()
        await copilot.working.keep("item:1", {"text": "deux"})
        release.join()
    copy = await copilot.working.get("item:1")
    assert copy
    assert copy.body == {"text": "deux"}


TYPIST = """
import asyncio, sys
from copilot.app import open_copilot

async def main():
    copilot = open_copilot(sys.argv[1])
    for number in range(10**9):
        await copilot.working.keep("item:12", {"text": "é\\ud83d" * 1500, "number": number}, 3)
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("kept", [1, 2, 25])
def test_a_kill_right_after_keeping_loses_nothing(tmp_path: Path, kept: int) -> None:
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path / "profile")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert typist.stdout
    for _ in range(kept):
        line = typist.stdout.readline()
        assert line, "the typist stopped by itself"
    typist.kill()
    said = [int(line), *map(int, typist.stdout.read().split())]
    assert typist.wait() == -signal.SIGKILL
    typist.stdout.close()

    async def found() -> tuple[object, object, int | None]:
        copilot = open_copilot(tmp_path / "profile")
        copy = await copilot.working.get("item:12")
        await copilot.aclose()
        assert copy
        return copy.body["number"], copy.body["text"], copy.revision

    number, text, revision = asyncio.run(found())
    # The kill may fall between the commit and what the typist says of it, never the other way round.
    assert number in (said[-1], said[-1] + 1)
    assert (text, revision) == ("é\ud83d" * 1500, 3)
