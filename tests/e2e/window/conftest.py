"""A display for all tests here; a profile with the demo brand; a look into its store; a picture when a test fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from copilot.app import open_copilot
from copilot.domain.item import Item
from copilot.domain.working import WorkingCopy
from copilot.paths import assets_dir
from copilot.store.unit_of_work import Store
from tests.e2e.window.screen import Seat, Window, display, has_display, settings_of


@pytest.fixture(scope="session")
def seat() -> Iterator[Seat]:
    if not has_display():
        pytest.skip("Xvfb and xdotool are needed (Debian: xvfb, xdotool)")
    with display() as name:
        yield Seat(name)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A profile with the demo brand, where the first run is over."""
    folder = tmp_path / "profil été"
    settings_of(folder)

    async def prepare() -> None:
        copilot = open_copilot(folder)
        try:
            await copilot.brands.import_toml(
                (assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8"), name="brand.toml"
            )
        finally:
            await copilot.aclose()

    asyncio.run(prepare())
    return folder


class Ledger:
    """Looks into the store of a profile while the window works on it."""

    def __init__(self, profile: Path) -> None:
        self._store = Store.on_sqlite(profile / "replique.db", profile / "backups")

    def items(self) -> dict[int, Item]:
        with self._store.read() as work:
            return {one.id: one for one in work.items.list()}

    def typed(self, key: str) -> WorkingCopy | None:
        with self._store.read() as work:
            return work.working.get(key)

    def text_of(self, item_id: int) -> str:
        """The text of an item as typed: its working copy, else its last version."""
        copy = self.typed(f"item:{item_id}")
        return str(copy.body["text"]) if copy else self.items()[item_id].text

    def ask(self, question: Callable[[Any], Any]) -> Any:
        with self._store.read() as work:
            return question(work)

    def close(self) -> None:
        with self._store.read() as work:
            assert work.audit.verify().holds
        self._store.close()


@pytest.fixture
def ledger(profile: Path) -> Iterator[Ledger]:
    made = Ledger(profile)
    yield made
    made.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A picture of the display, in the folder of the test, when it fails."""
    report = yield
    seat = getattr(item, "funcargs", {}).get("seat")
    if report.when == "call" and report.failed and isinstance(seat, Seat):
        folder = item.funcargs["tmp_path"]  # type: ignore[attr-defined]  # the fixtures of a test function
        seat.shoot(folder / "failed.png")
        report.sections.append(("display", str(folder / "failed.png")))
    return report


@pytest.fixture
def start(seat: Seat, profile: Path) -> Iterator[Callable[..., Window]]:
    """Starts windows on the profile; none survives the test."""
    started: list[Window] = []

    def open_one(*options: str) -> Window:
        started.append(Window(seat, profile, *options))
        return started[-1]

    yield open_one
    for one in started:
        one.end()
