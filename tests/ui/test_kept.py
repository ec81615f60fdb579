"""What is thrown away leaves nothing behind, and what is long to make is made a little at a time."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui import turns
from ui.actions import Actions
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.widgets.basic import clear, column, label, row
from ui.widgets.flow import Flow

Settled = Callable[[Desk], None]


def _throw_away(*widgets: QWidget) -> None:
    for one in widgets:
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _ours() -> Counter[str]:
    """How many objects of the window's own classes Python still holds, gone for Qt or not."""
    gc.collect()
    return Counter(
        type(one).__qualname__
        for one in gc.get_objects()
        if issubclass(type(one), QObject) and type(one).__module__.startswith("ui.")
    )


@pytest.mark.parametrize("name", ["compose", "inbox", "review", "brands", "prompts", "settings"])
def test_a_screen_thrown_away_leaves_no_object(name: str, window: MainWindow, desk: Desk, settled: Settled) -> None:
    settled(desk)
    _throw_away(window.build_screen(name))
    before = _ours()
    for _ in range(3):
        _throw_away(window.build_screen(name))
    assert _ours() - before == Counter()


def test_a_flow_gives_its_places_back(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = Flow(holder)
    for _ in range(3):
        flow.addWidget(QPushButton())
    places = [one for at in range(3) if (one := flow.itemAt(at)) is not None]
    parts = [one.widget() for one in places]
    flow.let_go()
    assert not any(shiboken6.isValid(one) for one in places)
    assert all(shiboken6.isValid(one) for one in parts)
    for part in parts:
        assert part is not None
        flow.addWidget(part)
    places = [one for at in range(3) if (one := flow.itemAt(at)) is not None]
    assert len(places) == 3
    _throw_away(holder)
    assert not any(shiboken6.isValid(one) for one in places)


def test_what_is_cleared_is_gone_with_the_layouts_in_it(qtbot: QtBot) -> None:
    holder = QWidget()
    inner = row(label("a"), 1)
    lines = column(label("b"), inner, 1, parent=holder)
    places = [lines.itemAt(0), lines.itemAt(2), inner.itemAt(0)]
    clear(lines)
    _throw_away()
    assert lines.count() == 0
    assert not any(shiboken6.isValid(one) for one in (*places, inner))
    _throw_away(holder)


def test_an_action_is_forgotten_with_its_widget(qtbot: QtBot) -> None:
    actions = Actions()
    owner = QWidget()
    owner.show()
    actions.add(owner, "essai", "Essai", lambda: None, group="Groupe")
    assert [one.id for one in actions.listed()] == ["essai"]
    _throw_away(owner)
    assert actions.listed() == []
    assert not actions._known


def test_work_is_done_in_order_a_turn_each_when_it_is_long(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = QObject()
    queue, done = turns.Turns(owner), list[str]()
    monkeypatch.setattr(turns, "SLICE", 1e-9)  # anything is long
    queue.add(lambda: done.append("a"), lambda: done.append("b"))
    queue.add(lambda: done.append("c"))
    assert done == []
    QCoreApplication.processEvents()
    assert done == ["a"]
    qtbot.waitUntil(lambda: queue.is_done)
    assert done == ["a", "b", "c"]


def test_work_that_is_asked_for_at_once_is_done_at_once(qtbot: QtBot) -> None:
    owner = QObject()
    queue, done = turns.Turns(owner), list[str]()
    queue.add(lambda: done.append("a"), lambda: done.append("b"))
    queue.finish()
    assert done == ["a", "b"]
    assert queue.is_done
