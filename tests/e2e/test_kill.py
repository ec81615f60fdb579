"""kill -9 at random moments: the store opens, nothing approved is lost, nothing unapproved appears."""

from __future__ import annotations

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
from tests.e2e import busy_worker
from tests.e2e.conftest import Replique
from tests.e2e.lives import Life

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
    errors = out.parent / "erreurs.txt"
    with Life(busy_worker.work, profile, out, dice.randrange(10**9), errors=errors) as worker:
        for _ in range(dice.randrange(1, 60)):
            line = worker.hear()
            assert line, f"the worker stopped by itself: {errors.read_text(encoding='utf-8')}"
            known.hear(line)
        # Somewhere inside the next thing it does.
        worker.wait(dice.random() * 0.02)
        worker.kill()
        for line in worker.rest():
            known.hear(line)


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


# -- a group half answered ---------------------------------------------------------------------------------------------

LATE = "Mon colis n’est toujours pas arrivé, la livraison devait avoir lieu lundi"


def kill_after(profile: Path, group: int, provider: str, drafts: int) -> None:
    """Answer the group in another process, killed without warning once it has told ``drafts`` of its drafts."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.group_worker", str(profile), str(group), provider],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert worker.stdin
    assert worker.stdout
    try:
        for place in range(drafts):
            assert worker.stdout.readline().startswith("drafted"), "the worker stopped by itself"
            if place + 1 < drafts:
                worker.stdin.write("go on\n")
                worker.stdin.flush()
    finally:
        worker.kill()
        worker.wait()
        worker.stdin.close()
        worker.stdout.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("provider", "members", "kills"), [("playbook", 30, (1,)), ("essai", 6, (1, 2))])
def test_a_group_half_answered_is_answered_on_and_nothing_twice(
    replique: Replique, demo_brand: str, tmp_path: Path, provider: str, members: int, kills: tuple[int, ...]
) -> None:
    """The playbook stores 25 drafts at once, a model each on its own: both stop between two, then go on."""
    replies = [f"Bonjour, nous regardons où en est la livraison du lundi {place}." for place in range(members)]
    script = json.dumps(replies, ensure_ascii=False)
    assert replique("provider", "add", "essai", "--type", "scripted", "--set", f"script={script}").code == 0
    lines = [{"id": str(place), "author": f"A{place}", "text": LATE} for place in range(members)]
    file = tmp_path / "fil.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert replique("thread", "import", file, "--network", "facebook_page").code == 0
    (group,) = replique("groups", 1, "--kind", "exact", "--json").json["groups"]
    profile, had = tmp_path / "profil", dict[int, str]()
    for drafts in kills:
        kill_after(profile, group["id"], provider, drafts)
        check_database(profile / "replique.db")
        read = replique("groups", "replies", group["id"], "--json").json["items"]
        now = {one["id"]: one["text"] for one in read}
        assert len(had) + drafts <= len(now) < members
        assert had.items() <= now.items(), "what was stored stays as it was"
        had = now
    answer = ("groups", "answer", group["id"], "--by", "Nora", "--provider", provider, "--json")
    assert len(replique(*answer).json["items"]) == members - len(had)
    items = replique("groups", "replies", group["id"], "--json").json["items"]
    store = Store.on_sqlite(profile / "replique.db", profile / "backups")
    with store.read() as work:
        answered = [work.items.get(one["id"]).message_id for one in items]
        assert work.audit.verify().holds
    store.close()
    assert len(set(answered)) == len(items) == members, "one reply a message"
    if provider == "playbook":
        assert len({one["text"] for one in items}) == members, "no two alike, those of before included"
    assert replique(*answer).json["items"] == []
