"""How long things are kept, where the brand hosts, whom it watches: set in the form, stored as the file has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from copilot.domain.brand import Brand, ModerationPolicy, Retention
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens._brands.forms import from_json, to_json_values
from ui.screens._brands.keeping import KEPT
from ui.screens._brands.screen import BrandsScreen

Settled = Callable[[Desk], None]


@pytest.fixture
def screen(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> BrandsScreen:
    window.go("brands")
    found = window.screen_of("brands")
    assert isinstance(found, BrandsScreen)
    qtbot.waitUntil(lambda: desk.runner.is_idle and found.editor.editing.brand.id == "aubrelle")
    settled(desk)
    return found


def test_days_are_kept_and_none_at_all_is_without_a_limit(screen: BrandsScreen, desk: Desk, qtbot: QtBot) -> None:
    page = screen.editor.page("contact")
    days = page.fields[("retention", "messages_days")].control
    assert days.text() == desk.t("ui.keeping.unlimited")
    days.setValue(365)
    watched = page.fields[("moderation", "influential")].control
    qtbot.keyClicks(watched.line, "@journal")
    watched.commit()
    edited = screen.editor.editing.brand
    assert edited.retention == Retention(messages_days=365)
    assert edited.moderation == ModerationPolicy(influential=("journal",))
    assert from_json(to_json_values(edited)) == edited
    found: list[Brand] = []
    desk.run(lambda copilot: copilot.brands.save(edited, by="Lina"), found.append)
    qtbot.waitUntil(lambda: bool(found))
    kept: list[Brand] = []
    desk.run(lambda copilot: copilot.brands.get("aubrelle"), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert (kept[0].retention, kept[0].moderation) == (edited.retention, edited.moderation)
    days.setValue(0)
    assert screen.editor.editing.brand == replace(edited, retention=Retention())


def test_every_duration_of_a_brand_has_its_field(screen: BrandsScreen) -> None:
    assert set(KEPT) == set(Retention.__slots__)
    for name in KEPT:
        assert screen.editor.page("contact").fields[("retention", name)].control.accessibleName()
