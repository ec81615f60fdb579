"""kill -9 at random moments: the store opens, nothing approved is lost, nothing unapproved appears."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from copilot.domain.item import NEEDS_APPROVAL, Status
from copilot.store.backup import check_database
from copilot.store.unit_of_work import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS, LANES = 104, 2


@dataclass
class Known:
    """What the worker said: which approvals it asked for, and how each item stands if nothing was in flight."""

    asked: set[tuple[int, str]] = field(default_factory=set)
    approved: dict[int, str] = field(default_factory=dict)
    exported: set[tuple[int, str]] = field(default_factory=set)
    in_flight: tuple[str, int] | None = None

    def hear(self, line: str) -> None:
        verb, what, number, digest = (*line.split(), "", "", "")[:4]
        if verb == "ask":
            self.in_flight = (what, int(number))
            if what == "approve":
                self.asked.add((int(number), digest))
        elif verb in ("done", "refused"):
            self.in_flight = None
        if (verb, what) == ("done", "approve"):
            self.approved[int(number)] = digest
        elif (verb, what) == ("done", "edit"):
            self.approved.pop(int(number), None)
        elif (verb, what) == ("done", "export"):
            self.exported.add((int(number), digest))


def one_life(profile: Path, out: Path, known: Known, dice: random.Random) -> None:
    """Start the worker, let it work for a random while, kill it without warning, hear what it had said."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.busy_worker", str(profile), str(out), str(dice.randrange(10**9))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    assert worker.stdout
    for _ in range(dice.randrange(1, 60)):
        line = worker.stdout.readline()
        assert line, "the worker stopped by itself"
        known.hear(line)
    # Somewhere inside the next thing it does.
    with contextlib.suppress(subprocess.TimeoutExpired):
        worker.wait(timeout=dice.random() * 0.02)
    worker.kill()
    for line in worker.stdout:
        known.hear(line)
    worker.wait()
    worker.stdout.close()


def check(profile: Path, out: Path, known: Known) -> None:
    """The store against what was said."""
    check_database(profile / "replique.db")
    store = Store.on_sqlite(profile / "replique.db", profile / "backups")
    with store.read() as work:
        items = {item.id: item for item in work.items.list()}
        assert work.audit.verify().holds
    store.close()
    for item_id, digest in known.approved.items():
        if known.in_flight == ("edit", item_id):
            continue  # the edit it was busy with may have been stored: it lapsed the approval, rightly
        approval = items[item_id].approval
        assert approval, f"the approval of item {item_id} was lost"
        assert approval.package_hash == digest
    for item in items.values():
        if item.status in NEEDS_APPROVAL:
            assert item.status is Status.APPROVED
            assert item.approval
            assert item.approval.package_hash == item.package.sha256
            assert (item.id, item.package.sha256) in known.asked, f"item {item.id} was approved by nobody"
        # Take it as it stands from here on: what was in flight has landed or not.
        known.approved.pop(item.id, None)
        if item.approval:
            known.approved[item.id] = item.approval.package_hash
    known.in_flight = None
    for path in out.glob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        for entry in told["items"]:
            assert (entry["id"], entry["package_hash"]) in known.asked, f"{path.name} holds what nobody approved"


def lane(folder: Path, kills: int, seed: int) -> Known:
    profile, out = folder / "profil é", folder / "sorties"
    out.mkdir(parents=True)
    known, dice = Known(), random.Random(seed)
    for _ in range(kills):
        one_life(profile, out, known, dice)
        check(profile, out, known)
    return known


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_moment(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with ThreadPoolExecutor(LANES) as pool:
        lanes = [
            pool.submit(lane, tmp_path / f"lane-{number}", KILLS // LANES, seed + number) for number in range(LANES)
        ]
        for done in lanes:
            known = done.result()
            assert len(known.asked) > 20
            assert known.exported
            assert list((tmp_path / "lane-0" / "sorties").glob("*.json"))
