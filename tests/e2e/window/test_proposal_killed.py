"""kill -9 while proposals are made and taken back: a draft is there or put away, and no card shows one put away."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from copilot.app import open_copilot
from copilot.domain.item import Item, Status
from copilot.store.unit_of_work import Store
from tests.e2e.lives import Life
from tests.e2e.window import proposing_worker
from tests.e2e.window.screen import settings_of

KILLS = 10
#: Seconds that one life lasts at most once it showed its cards.
LONGEST = 2.0
BRIEF = "Portes ouvertes de l’atelier samedi, entrée libre."


def prepare(profile: Path) -> None:
    settings_of(profile)

    async def keep() -> None:
        copilot = open_copilot(profile)
        try:
            choice = {"language": "fr", "networks": ["linkedin", "x"], "variants": 2, "writer": "playbook", "brand": ""}
            await copilot.working.keep("compose:brief", {"text": BRIEF, **choice, "cards": []})
        finally:
            await copilot.aclose()

    asyncio.run(keep())


def stored(profile: Path) -> dict[int, Item]:
    store = Store.on_sqlite(profile / "replique.db", profile / "backups")
    try:
        with store.read() as work:
            assert work.audit.verify().holds
            return {item.id: item for item in work.items.list()}
    finally:
        store.close()


def one_life(folder: Path, number: int, lasts: float) -> list[tuple[str, set[int]]]:
    """Start the window, let somebody propose and take back, kill it; what was said."""
    errors = folder / f"erreurs-{number:02d}.txt"
    with Life(proposing_worker.work, folder / "profil é", errors=errors) as worker:
        lines = [worker.hear()]
        worker.wait(lasts)
        assert not worker.is_over, errors.read_text(encoding="utf-8")
        worker.kill()
        lines += worker.rest()
    assert errors.read_text(encoding="utf-8") == ""
    return [(line.split()[0], set(map(int, line.split()[1:]))) for line in lines]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_while_proposals_are_made_and_taken_back(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    profile = tmp_path / "profil é"
    prepare(profile)
    before: dict[int, Item] = {}
    undone: set[int] = set()
    for number in range(KILLS):
        (what, shown), *told = one_life(tmp_path, number, dice.random() * LONGEST)
        assert what == "shown"
        assert all(before[item_id].status is Status.DRAFT for item_id in shown), "a card shows what was put away"
        before = stored(profile)
        said: dict[str, set[int]] = {name: set() for name in ("proposed", "undoing", "undone")}
        for what, ids in told:
            said[what] |= ids
        undone |= said["undone"]
        assert all(before[item_id].status is Status.ARCHIVED for item_id in undone)
        assert all(before[item_id].status is Status.DRAFT for item_id in said["proposed"] - said["undoing"])
        # In one step: of the last one, all or none.
        assert len({before[item_id].status for item_id in said["undoing"] - said["undone"]}) <= 1
    assert undone
