"""How the Inbox shares its room: what is read and written has it, whatever the size of the window."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.inbox_stage import Settled, Stage
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tokens import SPACE

DELAY = {"text": "Ma commande est en retard de dix jours, je suis très déçue. Que comptez-vous faire ?"}


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def sized(stage: Stage, width: int, height: int) -> None:
    stage.window.resize(width, height)
    stage.rest()
    assert (stage.window.width(), stage.window.height()) == (width, height)


@pytest.mark.parametrize("size", [(1200, 800), (1440, 900), (1440, 1200)])
def test_the_height_to_spare_goes_to_what_is_written_not_to_the_decisions(stage: Stage, size: tuple[int, int]) -> None:
    stage.load(DELAY)
    sized(stage, *size)
    screen = stage.screen
    foot, around = screen.foot, screen.foot.parentWidget()
    assert around is not None
    buttons = max(one.height() for one in foot.findChildren(type(foot._onward[-1])))
    assert foot.height() <= buttons + 1
    assert around.height() - foot.geometry().bottom() <= SPACE[4]
    pages = screen.reply.pages
    below = foot.mapTo(around, foot.rect().topLeft()).y() - pages.mapTo(around, pages.rect().bottomLeft()).y()
    assert below <= 2 * SPACE[2] + screen.reply.similar.height() * screen.reply.similar.isVisible() + 1


LONG_WHY = {
    "text": "Boycott total de cette marque de voleurs, partagez partout avant qu’ils effacent les commentaires !"
}


def is_whole(stage: Stage, widget: QWidget) -> bool:
    """All of ``widget`` is in sight."""
    area = stage.screen.conversation.area.viewport()
    place = widget.rect().translated(widget.mapTo(area, QPoint(0, 0)))
    return widget.isVisible() and area.rect().contains(place)


def test_in_the_least_height_the_message_shows_with_its_badges_and_its_why(stage: Stage) -> None:
    stage.load(*[DELAY] * 3, LONG_WHY)
    stage.turn_to("Boycott")
    sized(stage, 1280, 900)
    usual = stage.screen.down.sizes()
    for width in (960, 1100):
        sized(stage, width, 600)
        conversation = stage.screen.conversation
        message = conversation.message
        badges = [one for one in conversation.badges if not one.isHidden()]
        parts = (message.author, message.text, *badges, conversation.correct, conversation.why)
        stage.qtbot.waitUntil(lambda parts=parts: all(is_whole(stage, one) for one in parts))  # type: ignore[misc]
        reply, foot = stage.screen.reply, stage.screen.foot
        assert reply.pages.height() >= 3 * reply.fontMetrics().height()
        assert foot.visibleRegion().boundingRect() == foot.rect()
    sized(stage, 1280, 900)
    stage.qtbot.waitUntil(lambda: abs(stage.screen.down.sizes()[0] - usual[0]) <= 2)


def test_how_a_person_shares_the_room_is_kept_in_the_least_height_too(stage: Stage) -> None:
    stage.load(*[DELAY] * 3, LONG_WHY)
    sized(stage, 960, 600)
    down = stage.screen.down
    down.handle(1).setFocus()
    down.moveSplitter(130, 1)
    asked = down.sizes()
    stage.turn_to("Boycott")
    assert down.sizes() == asked
    assert stage.screen.state()["down"] == asked


def test_two_scopes_never_stand_side_by_side_without_a_word(stage: Stage) -> None:
    stage.load(
        *(
            {"text": f"Le colis {place} est en retard, très déçu.", "date": "2026-01-05T10:00:00+00:00"}
            for place in range(4)
        )
    )
    screen, t = stage.screen, stage.desk.t
    strip = screen.strip
    assert strip.whole.isHidden()
    for narrow in ("colis 1", ""):
        screen.filters.search.setText(narrow)
        stage.rest()
        assert strip.whole.isVisible() is bool(narrow)
        why = t("ui.inbox.strip.whole.thread.why" if screen.filters.thread_id else "ui.inbox.strip.whole.all.why")
        for one in (strip.late, strip.level):
            assert one.isVisible()
            assert (why in one.toolTip()) is bool(narrow)
            assert (why in one.accessibleDescription()) is bool(narrow)
    screen.filters.state.tick(["waiting", "drafted"])
    screen.filters.changed.emit()
    stage.rest()
    assert strip.whole.isHidden(), "what is late is to do: the same messages are counted"
    screen.filters.toggle_intent("complaint")
    screen.filters.choose_thread(stage.rows()[0].message.thread_id)
    stage.rest()
    assert strip.whole.text() == t("ui.inbox.strip.whole.thread")
    stage.window.resize(960, 600)
    stage.rest()
    assert strip.whole.isVisible()


def test_the_tab_key_goes_where_the_eye_goes(stage: Stage) -> None:
    """From area to area as they stand, each left for good before the next one."""
    stage.load(*[DELAY] * 3, LONG_WHY)
    stage.turn_to("Boycott")
    screen, window = stage.screen, stage.window
    heads = [item.widget() for place in range(screen.head.count()) if (item := screen.head.itemAt(place))]
    areas: dict[str, list[QWidget | None]] = {
        "rail": list(window._rail_buttons),
        "title": heads,
        "strip": [screen.strip],
        "filters": [screen.filters],
        "list": [screen.across.widget(0)],
        "conversation": [screen.conversation],
        "reply": [screen.reply],
        "decisions": [screen.foot],
    }

    def area_of(widget: QWidget) -> str:
        for name, parts in areas.items():
            if any(one is widget or one.isAncestorOf(widget) for one in parts if one is not None):
                return name
        return type(widget).__name__

    window.close_news()
    first = window._rail_buttons[0]
    first.setFocus()
    met: list[QWidget] = []
    here = QApplication.focusWidget()
    while here is not None and here not in met:
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    order = [name for name, _stops in groupby(map(area_of, met))]
    assert order == list(areas), [(area_of(one), one.accessibleName()) for one in met]
    heads_met = [one for one in met if one in heads]
    assert heads_met == sorted(heads_met, key=lambda one: one.x())
