"""kill -9 while somebody types, streams and approves: nothing typed a second before is lost, no text changes place."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from copilot.app import open_copilot
from copilot.domain.item import NEEDS_APPROVAL, Item
from copilot.services.posts import ComposeRequest
from copilot.store.backup import check_database
from copilot.store.unit_of_work import Store
from tests.e2e.lives import Life
from tests.e2e.window import typing_worker
from tests.e2e.window.screen import NotSeen, settings_of, until
from tests.e2e.window.typing_worker import LETTERS

ROOT = Path(__file__).resolve().parents[3]
KILLS, LANES = 50, 2
#: Seconds of typing that a kill may cost, and the longest that one life lasts after it is ready.
LOST, LONGEST = 1.0, 2.4
#: Seconds between two things the person does, at most, on a machine that has time.
USUAL = 0.3
NETWORKS = {"facebook_page": "Facebook", "linkedin": "LinkedIn", "discourse": "Discourse"}
BRIEF = "Portes ouvertes de l’atelier samedi, entrée libre."
_WORD = re.compile(r"v([a-j]+)w[a-j]+")
_DIGITS = str.maketrans("abcdefghij", "0123456789")


def prepare(profile: Path) -> None:
    """A profile whose source writes word by word, another text for each network."""
    answers = [
        {"text": f"Texte pour {label}, {'mot ' * 12}fin {name.translate(LETTERS)}.", "match": label, "delay": 0.012}
        for name, label in NETWORKS.items()
    ]
    source = {"id": "lent", "provider": "scripted", "values": {"script": json.dumps(answers)}}
    settings_of(profile, default_provider="lent", providers=[source])

    async def work() -> None:
        copilot = open_copilot(profile)
        try:
            request = ComposeRequest(BRIEF, networks=tuple(NETWORKS), variants=2, provider="lent")
            made = [one.inspected.item async for one in copilot.posts.compose(request) if one.inspected]
            cards = [
                {"network": name, "items": [one.id for one in made if one.network == name], "front": 0}
                for name in NETWORKS
            ]
            choice = {"language": "fr", "networks": list(NETWORKS), "variants": 2, "writer": "lent", "brand": ""}
            await copilot.working.keep("compose:brief", {"text": BRIEF, **choice, "cards": cards})
        finally:
            await copilot.aclose()

    asyncio.run(work())


@dataclass
class Known:
    """What the journals said, over all lives."""

    words: dict[str, int] = field(default_factory=dict)
    asked: set[tuple[int, str]] = field(default_factory=set)
    approved: dict[int, str] = field(default_factory=dict)
    typed: int = 0
    shown: int = 0
    kills: int = 0

    @property
    def did_enough(self) -> bool:
        """True when words were typed, kept and approved: else nothing could have been lost."""
        return self.typed > 100 and len(self.words) > 10 and len(self.asked) > 2

    def hear(self, told: Mapping[str, Any], killed: float) -> None:
        """One line of the journal of a life that ended at ``killed``."""
        what = told["what"]
        if what in ("broke", "told"):
            raise AssertionError(f"the window failed by itself: {told}")
        if what == "typed":
            self.typed += 1
            # Typing lapses an approval, rightly.
            self.approved.pop(told["item"], None)
            if told["at"] < killed - LOST:
                self.words[told["word"]] = told["item"]
        elif what == "ask":
            self.asked.add((told["item"], told["sha"]))
        elif what == "done":
            self.approved[told["item"]] = told["sha"]
        elif what == "shown":
            self.check_shown(told["item"], told["text"])

    def check_shown(self, item_id: int, text: str) -> None:
        """An editor opened anew shows all that was typed into its item, and nothing of another."""
        self.shown += 1
        lost = [word for word, item in self.words.items() if item == item_id and word not in text]
        assert not lost, f"item {item_id} lost {lost}: {text}"
        check_own(item_id, text)


def check_own(item_id: int, text: str) -> None:
    others = {int(one.translate(_DIGITS)) for one in _WORD.findall(text)} - {item_id}
    assert not others, f"item {item_id} shows words of {others}: {text}"


def check_store(profile: Path, known: Known) -> None:
    """The store against what was said."""
    check_database(profile / "replique.db")
    store = Store.on_sqlite(profile / "replique.db", profile / "backups")
    with store.read() as work:
        items = {item.id: item for item in work.items.list()}
        copies = work.working.list("item:")
        assert work.audit.verify().holds
    store.close()
    for copy in copies:
        check_own(int(copy.key.removeprefix("item:")), str(copy.body["text"]))
    for item in items.values():
        check_item(item, known)
    for item_id, sha in known.approved.items():
        approval = items[item_id].approval
        assert approval is not None, f"the approval of item {item_id} was lost"
        assert approval.package_hash == sha


def check_item(item: Item, known: Known) -> None:
    check_own(item.id, item.text)
    assert NETWORKS[item.network] in item.text, f"item {item.id} of {item.network} shows another's text: {item.text}"
    if item.status in NEEDS_APPROVAL:
        assert item.approval
        assert item.approval.package_hash == item.package.sha256
        assert (item.id, item.package.sha256) in known.asked, f"item {item.id} was approved by nobody"


def is_ready(journal: Path) -> bool:
    return journal.exists() and '"what": "ready"' in journal.read_text(encoding="utf-8")


def one_life(folder: Path, known: Known, dice: random.Random, *, last: bool, lasts: float = 0.0) -> None:
    """Start the window, let somebody work, kill it without warning; hear what was said."""
    journal = folder / f"journal-{known.kills:02d}.jsonl"
    errors = folder / f"erreurs-{known.kills:02d}.txt"
    given = folder / "profil é", journal, dice.randrange(10**9), last
    with Life(typing_worker.work, *given, errors=errors) as worker:
        with contextlib.suppress(NotSeen):
            until(lambda: worker.is_over or is_ready(journal), "the window is ready", 60)
        worker.wait(10 if last else lasts if lasts else dice.random() * LONGEST)
        killed = time.monotonic()
        assert last or not worker.is_over, f"the window ended by itself: {errors.read_text(encoding='utf-8')}"
        worker.kill()
    told = errors.read_text(encoding="utf-8")
    assert told == "", told
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert any(one["what"] == "ready" for one in lines), "the window never became ready"
    for one in lines:
        known.hear(one, killed - held_up(lines, killed))
    known.kills += 1


def held_up(lines: list[dict[str, Any]], killed: float) -> float:
    """Seconds in which the machine let the window do nothing: the person does something every 20 ms.

    The worst of the last seconds, beyond what opening a page takes, counts for the window and for its engine.
    """
    times = [one["at"] for one in lines if one["at"] > killed - 3 * LOST] + [killed]
    return 2 * max(0.0, max(after - before for before, after in pairwise(times)) - USUAL) if len(times) > 1 else 0.0


def lane(folder: Path, kills: int, seed: int) -> Known:
    folder.mkdir()
    profile, known, dice = folder / "profil é", Known(), random.Random(seed)
    prepare(profile)
    for _ in range(kills):
        one_life(folder, known, dice, last=False)
        check_store(profile, known)
    # Where the machine is so busy that little was done in the usual time, some live longer.
    while not known.did_enough and known.kills < 2 * kills:
        one_life(folder, known, dice, last=False, lasts=2 * LONGEST)
        check_store(profile, known)
    one_life(folder, known, dice, last=True)
    return known


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_while_somebody_types_streams_and_approves(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with ThreadPoolExecutor(LANES) as pool:
        lanes = [
            pool.submit(lane, tmp_path / f"lane-{number}", KILLS // LANES, seed + number) for number in range(LANES)
        ]
        found = [one.result() for one in lanes]
    for known in found:
        assert known.did_enough
        assert known.shown > 50
