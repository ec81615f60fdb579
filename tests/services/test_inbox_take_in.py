"""Loads for a window: the messages do not come back with the answer, and nothing walks through them at once."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.inbox import InboxFilter
from copilot.intelligence.lexicon import shipped_lexicon


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


def csv_of(count: int) -> bytes:
    return ("author,text\n" + "".join(f"Client {n},Où est ma commande {n} ?\n" for n in range(count))).encode()


async def test_what_was_taken_in_is_stored_and_only_counted(copilot: Copilot) -> None:
    content = csv_of(450)
    done, count = await copilot.inbox.take_in(content, "fil.csv")
    again, count_again = await copilot.inbox.take_in(content, "fil.csv")
    assert (count, count_again) == (450, 450)
    assert (done.already, again.already) == (False, True)
    assert done.thread.messages == again.thread.messages == ()
    assert (await copilot.inbox.facets(InboxFilter())).total == 450
    whole = await copilot.inbox.load(content, "fil.csv")
    assert [message.position for message in whole.thread.messages] == sorted(
        message.position for message in whole.thread.messages
    )
    assert whole.thread.messages[0].text == "Où est ma commande 0 ?"


async def test_a_load_leaves_what_was_frozen_frozen(copilot: Copilot) -> None:
    shipped_lexicon()
    frozen = gc.get_freeze_count()
    assert frozen > 100_000, "the lexicon is no object of a collection"
    await copilot.inbox.take_in(csv_of(20), "fil.csv")
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000


#: Reads one file into a store, without triage, and prints by how many megabytes the process was larger meanwhile.
MEASURED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from copilot.services._loading import Asked, Load
from copilot.store.unit_of_work import Store

def now_and_at_most():
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmRSS"].split()[0]) / 1e3, int(told["VmHWM"].split()[0]) / 1e3

folder, small, large = map(Path, sys.argv[1:])
store = Store.on_sqlite(folder / "r.db", folder / "backups")
for path in (small, large):
    before, _most = now_and_at_most()
    done = Load(store, None, Asked(path, path.name), datetime.now(UTC), Event(), lambda _done, _total: None).run()
print(done.shape.messages, now_and_at_most()[1] - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    rows, letters = 3_000, "abcdefghijklmnopqrstuvwxyz" * 770
    small, large = tmp_path / "petit.csv", tmp_path / "grand.csv"
    small.write_bytes(csv_of(500))
    with large.open("w", encoding="utf-8") as file:
        file.write("author,text\n")
        file.writelines(f"Client {n},Bonjour {n} {letters}\n" for n in range(rows))
    assert large.stat().st_size > 60_000_000
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path), str(small), str(large)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env=os.environ.copy(),
    )  # fmt: skip
    count, larger = told.stdout.split()
    assert int(count) == rows
    # Pages of the database, one statement of rows and what waits for it; the whole file would take twice as much.
    assert float(larger) < 90
