"""The decision of a moderator: on one message or several, with its ground, its evidence, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot.domain.inbox import State
from copilot.domain.moderation import Moderation, ModerationAction
from tests.ui.inbox_stage import CTRL, KEY, Settled, Stage
from ui.desk import Desk
from ui.dialogs.moderate import ModerateDialog
from ui.dialogs.statement import StatementDialog
from ui.dialogs.to_do import ToDoDialog
from ui.main_window import MainWindow

INSULT = {"text": "Bande de voleurs, vous êtes tous des connards finis."}
ASKS = {"text": "Bonjour, quand ouvrez-vous le samedi ?"}
OURS = {"text": "Nous ouvrons à dix heures.", "is_owner": "true"}


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def opened(stage: Stage) -> ModerateDialog:
    stage.qtbot.keyClick(stage.screen.list, KEY.Key_D)
    dialog = stage.dialog()
    assert isinstance(dialog, ModerateDialog)
    stage.qtbot.waitUntil(dialog.yes.isEnabled)
    return dialog


def decided(stage: Stage, dialog: ModerateDialog) -> None:
    stage.qtbot.waitUntil(lambda: not dialog._rest.isActive())
    stage.rest()
    stage.qtbot.keyClick(dialog.form.facts, KEY.Key_Return, CTRL)
    stage.rest()


def kept(stage: Stage) -> list[Moderation]:
    held: list[tuple[Moderation, ...]] = []
    stage.desk.run(lambda copilot: copilot.moderation.list(), held.append)
    stage.qtbot.waitUntil(lambda: bool(held))
    return list(held[0])


def test_a_digit_and_ctrl_return_decide_with_the_evidence_kept(stage: Stage) -> None:
    stage.load(INSULT, ASKS)
    here = stage.turn_to("Bande")
    dialog = opened(stage)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert dialog.form.action.isAncestorOf(focus)
    stage.qtbot.keyClick(focus, KEY.Key_4)
    assert dialog.form.chosen is ModerationAction.DELETE
    assert "supprimer" in dialog.yes.text()
    decided(stage, dialog)
    (told,) = kept(stage)
    assert (told.action, told.message_id, told.evidence.text) == (ModerationAction.DELETE, here, INSULT["text"])
    assert told.reason
    assert stage.row(here).state is State.SKIPPED
    assert stage.told[-1].act_label


def test_undo_in_the_message_bar_brings_the_message_back(stage: Stage) -> None:
    stage.load(INSULT, ASKS)
    here = stage.turn_to("Bande")
    dialog = opened(stage)
    dialog.form.choose(ModerationAction.HIDE)
    decided(stage, dialog)
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.rest()
    assert stage.row(here).state is State.WAITING
    assert stage.screen.list.current_id == here
    assert [one.stands for one in kept(stage)] == [False]


def test_one_decision_serves_a_group_and_leaves_our_messages_alone(stage: Stage) -> None:
    stage.load(INSULT, {"text": "Vous êtes des connards, oui."}, OURS)
    stage.press(KEY.Key_A, CTRL)
    dialog = opened(stage)
    assert "2" in dialog.heading.text()
    assert not dialog.evidence.others.isHidden()
    dialog.form.choose(ModerationAction.DELETE)
    decided(stage, dialog)
    told = kept(stage)
    assert len(told) == 2
    assert len({one.evidence.text_sha256 for one in told}) == 2
    assert len({one.reason for one in told}) == 2
    assert {row.state for row in stage.rows()} == {State.SKIPPED, State.OWN}


def test_the_words_selected_are_quoted_and_the_reason_may_be_ones_own_or_english(stage: Stage) -> None:
    stage.load(INSULT)
    dialog = opened(stage)
    dialog.form.choose(ModerationAction.HIDE)
    stage.rest()
    french = dialog.form.reason.text()
    cursor = dialog.evidence.text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("Bande de voleurs"), QTextCursor.MoveMode.KeepAnchor)
    dialog.evidence.text.setTextCursor(cursor)
    dialog.evidence.quote.click()
    assert "« Bande de voleurs »" in dialog.form.facts.text().replace("\xa0", " ")
    stage.qtbot.waitUntil(lambda: "voleurs »" in dialog.form.reason.text().replace("\xa0", " "))
    dialog.form.language.set_current("en")
    dialog.form.language.chosen.emit("en")
    stage.qtbot.waitUntil(lambda: dialog.form.reason.text() != french and "Decision" in dialog.form.reason.text())
    dialog.form.reason.setFocus()
    dialog.form.reason.selectAll()
    stage.qtbot.keyClicks(dialog.form.reason, "Nos regles demandent le respect.")
    assert not dialog.form.restore.isHidden()
    decided(stage, dialog)
    (told,) = kept(stage)
    assert told.reason == "Nos regles demandent le respect."
    assert told.language == "en"
    assert "Bande de voleurs" in told.facts


def test_a_statement_needs_a_ground_and_is_shown_before_the_decision(stage: Stage) -> None:
    stage.load(INSULT, network="discourse")
    dialog = opened(stage)
    dialog.form.choose(ModerationAction.KEEP)
    assert not dialog.statement.isEnabled()
    assert dialog.statement.toolTip()
    dialog.form.choose(ModerationAction.HIDE)
    assert dialog.form.clause.count() > 1
    dialog.form.clause.setCurrentIndex(1)
    stage.rest()
    assert dialog.statement.isEnabled()
    dialog.statement.click()
    shown = stage.dialog()
    assert isinstance(shown, StatementDialog)
    stage.qtbot.waitUntil(lambda: bool(shown.text.text()))
    letter = shown.text.text()
    shown.form.set_current("fields")
    shown.form.chosen.emit("fields")
    assert shown.text.text() != letter
    assert "illégal" not in letter.lower()
    assert not kept(stage)
    shown.accept()
    dialog.reject()


def test_to_a_message_of_ours_nothing_is_decided(stage: Stage) -> None:
    stage.load(OURS, ASKS)
    stage.turn_to("Nous ouvrons")
    assert not stage.screen.keys.actions["moderate"].isEnabled()
    stage.turn_to("Bonjour")
    assert stage.screen.keys.actions["moderate"].isEnabled()


def test_what_is_left_to_do_is_listed_and_ticked_off(stage: Stage) -> None:
    stage.load(INSULT, {"text": "Connards de voleurs, je vous déteste."}, ASKS)
    for start, action in (("Bande", ModerationAction.DELETE), ("Connards", ModerationAction.HIDE)):
        stage.turn_to(start)
        stage.in_list()
        dialog = opened(stage)
        dialog.form.choose(action)
        decided(stage, dialog)
    stage.in_list()
    stage.screen.moderating.show_left()
    listed = stage.dialog()
    assert isinstance(listed, ToDoDialog)
    assert listed.list.count() == 2
    assert listed.reason.text()
    stage.qtbot.keyClick(listed.list, KEY.Key_Return, CTRL)
    stage.rest()
    assert listed.list.count() == 1
    listed.undo.click()
    stage.rest()
    assert listed.list.count() == 0
    assert listed.empty.isVisible()
    assert not listed.carried_out.isEnabled()
    listed.accept()
    told = kept(stage)
    assert sorted((one.stands, one.done_at is not None) for one in told) == [(False, False), (True, True)]


def test_a_decision_refused_says_so_in_the_dialog_and_nothing_is_kept(stage: Stage) -> None:
    stage.load(INSULT)
    dialog = opened(stage)
    dialog.form.choose(ModerationAction.HIDE)
    thread = stage.rows()[0].message.thread_id
    stage.desk.run(lambda copilot: copilot.storage.forget_thread(thread, "Lina"))
    stage.rest()
    decided(stage, dialog)
    assert dialog.isVisible()
    assert dialog.error.isVisible()
    assert not kept(stage)
    dialog.reject()
