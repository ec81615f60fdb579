"""How the Inbox shares its room: what is read and written has it, whatever the size of the window."""

from __future__ import annotations

import pytest
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
