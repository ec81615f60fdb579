"""The dialogs of the Inbox in a small window with large letters: nothing cut, everything named and within reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.moderation import ModerationAction
from tests.ui.inbox_stage import Settled, Stage
from tests.ui.test_layout import controls, out_of_reach, overlapping, without_name, words_cut
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.dialogs.moderate import ModerateDialog
from ui.dialogs.privacy_preview import EXACT, STAYS, PrivacyPreview
from ui.main_window import MainWindow
from ui.theme import Choice

INSULT = {"author": "Zoé Martin", "text": "Bande de connards ! Écrivez à zoe.martin@example.org, je suis enceinte."}
REMOTE = {"base_url": "https://models.example.org/v1", "model": "grand"}


@pytest.fixture(params=[(1280, 720, 100), (960, 620, 130)], ids=["1280x720-100", "960x620-130"])
def stage(request: pytest.FixtureRequest, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    width, height, percent = request.param
    desk.theme.apply(Choice("dark", percent))
    window.resize(width, height)
    made = Stage(window, desk, qtbot, settled)
    made.load(INSULT, {"text": "Connards, oui."})
    return made


def moderate(stage: Stage) -> Dialog:
    stage.screen.acts.moderate()
    dialog = stage.dialog()
    assert isinstance(dialog, ModerateDialog)
    dialog.form.choose(ModerationAction.HIDE)
    dialog.form.clause.setCurrentIndex(1)
    dialog.form.category.setCurrentIndex(1)
    stage.qtbot.waitUntil(lambda: not dialog._rest.isActive())
    stage.rest()
    return dialog


def to_do(stage: Stage) -> Dialog:
    dialog = moderate(stage)
    assert isinstance(dialog, ModerateDialog)
    dialog.yes.click()
    stage.rest()
    stage.screen.moderating.show_left()
    return stage.dialog()


def nothing_to_do(stage: Stage) -> Dialog:
    stage.screen.moderating.show_left()
    return stage.dialog()


def statement(stage: Stage) -> Dialog:
    dialog = moderate(stage)
    assert isinstance(dialog, ModerateDialog)
    dialog.statement.click()
    return stage.dialog()


def preview(stage: Stage) -> PrivacyPreview:
    async def add(copilot: Copilot) -> None:
        copilot.providers.add("loin", "openai_compatible", REMOTE, None)

    stage.desk.run(add)
    stage.rest()
    stage.screen.acts.preview()
    dialog = stage.dialog()
    assert isinstance(dialog, PrivacyPreview)
    dialog.source.setCurrentIndex(dialog.source.findData("loin"))
    stage.rest()
    return dialog


def exact(stage: Stage) -> Dialog:
    dialog = preview(stage)
    dialog.show_view(EXACT)
    return dialog


def stays(stage: Stage) -> Dialog:
    dialog = preview(stage)
    dialog.show_view(STAYS)
    return dialog


def no_model(stage: Stage) -> Dialog:
    stage.screen.acts.preview()
    return stage.dialog()


@pytest.mark.parametrize("opened", [moderate, to_do, nothing_to_do, statement, preview, exact, stays, no_model])
def test_a_dialog_is_whole(stage: Stage, opened: Callable[[Stage], Dialog]) -> None:
    dialog: QWidget = opened(stage)
    stage.rest()
    window = stage.window
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
    assert words_cut(dialog) == []
    assert overlapping(dialog) == []
    assert without_name(dialog) == []
    # Tab has nowhere to lead from a button that is alone.
    assert len(controls(dialog)) == 1 or out_of_reach(dialog) == []
