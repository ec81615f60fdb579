"""The Inbox as a moderator meets it after an incident: nothing cut, nothing lost, the keyboard where the eye is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from copilot.importers.threads import csv_table, jsonl, wxr, xlsx_table
from tests.ui.inbox_stage import CTRL, KEY, Settled, Stage, table
from ui.desk import Desk
from ui.dialogs.answer_once import AnswerOnce
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.import_mapping import MappingDialog
from ui.main_window import MainWindow
from ui.screens._inbox import acts
from ui.screens._inbox.counts import Count, Counts
from ui.widgets.said_text import BREAK, SaidText, breakable

TOWNS = ("Lyon", "Lille", "Brest", "Nantes", "Metz")
COMPLAINTS = [{"text": f"Le colis {place} est en retard, très déçu du service."} for place in range(4)]
MIXED = [
    *COMPLAINTS,
    {"text": "Bonjour, à quelle heure ouvrez-vous le samedi ?"},
    {"text": "Bravo à toute l’équipe, merci !"},
    {"text": "Where can I get my brake checked, please?"},
]


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def test_messages_no_rule_had_read_are_triaged_when_the_inbox_appears(
    window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    """As an older version left them: without urgency they would come last, and distress among them."""
    told = table([{"text": "Je veux en finir avec la vie"}, *MIXED]).encode()
    desk.run(lambda copilot: copilot.conversations.import_thread(told, "fil.csv"))
    settled(desk)
    stage = Stage(window, desk, qtbot, settled)
    stage.show_all()
    assert all(row.message.triage for row in stage.rows())
    assert stage.rows()[0].message.text.startswith("Je veux en finir")
    assert stage.shown_order()[0] == stage.rows()[0].message.id
    assert not stage.screen.progress.is_running
    assert not stage.screen.progress.isVisible()


def count_of(desk: Desk, *numbers: int) -> Counts:
    made = Counts(desk, "Intentions")
    made.show_counts([Count(str(place), f"mot {place}", number) for place, number in enumerate(numbers)])
    return made


def test_what_has_no_room_is_counted_right_whoever_asks_for_its_size(desk: Desk, qtbot: QtBot) -> None:
    made = count_of(desk, *range(40, 28, -1))
    qtbot.addWidget(made)
    made.resize(260, 40)
    made.show()
    hidden = 12 - sum(one.isVisible() for one in made.buttons)
    assert made._others.text() == f"+{hidden}"
    made.minimumSizeHint()
    assert made._others.text() == f"+{hidden}"
    assert made._others.width() >= made._others.sizeHint().width()
    assert made._others.geometry().right() <= made.width()


def walked(stage: Stage) -> list[QWidget]:
    """What the Tab key goes through, from the list on."""
    stage.in_list()
    seen: list[QWidget] = []
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        seen.append(focus)
        stage.qtbot.keyClick(focus, KEY.Key_Tab)
    return seen


def test_the_strip_is_one_stop_of_the_tab_key_and_the_arrows_go_through_it(stage: Stage) -> None:
    stage.load(*MIXED)
    strip, filters = stage.screen.strip, stage.screen.filters
    parts = (*strip.intents.buttons, *strip.languages.buttons, strip.level, strip.fold)
    row = [one for one in parts if one.isVisible()]
    assert len(row) > 4
    (stop,) = [one for one in walked(stage) if one in row]
    assert stop is row[0]
    assert arrowed(stage, stop) == row
    stage.qtbot.keyClick(row[-1], KEY.Key_Left)
    assert QApplication.focusWidget() is row[-2]
    stage.qtbot.keyClick(row[-2], KEY.Key_Tab)
    assert QApplication.focusWidget() is filters.thread_choice
    stage.qtbot.keyClick(filters.thread_choice, KEY.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is row[-2], "the key comes back to where the person was"
    stage.qtbot.keyClick(row[-2], KEY.Key_Home)
    assert QApplication.focusWidget() is row[0]


def test_the_chips_are_one_stop_and_one_that_goes_hands_it_on(stage: Stage) -> None:
    stage.load(*MIXED)
    filters = stage.screen.filters
    chips = [one for one in (*filters.urgency.values(), filters.state, filters.intent, filters.more) if one.isEnabled()]
    (stop,) = [one for one in walked(stage) if one in chips]
    assert stop is chips[0]
    assert set(chips) < set(arrowed(stage, stop))
    filters.toggle_intent("complaint")
    stage.rest()
    filters.reset.setFocus()
    stage.qtbot.keyClick(filters.reset, KEY.Key_Space)
    stage.rest()
    assert filters.reset.isHidden()
    assert len([one for one in walked(stage) if filters.isAncestorOf(one)]) == 4, "thread, words, order, chips"


def arrowed(stage: Stage, stop: QWidget) -> list[QWidget]:
    """What the right arrow goes through from ``stop`` on, to the end."""
    stop.setFocus()
    met = [stop]
    while True:
        stage.qtbot.keyClick(met[-1], KEY.Key_Right)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is met[-1]:
            return met
        met.append(focus)


def test_every_stop_of_the_tab_key_has_a_name(stage: Stage) -> None:
    stage.load(*MIXED)
    stage.screen.strip.level.setFocus()
    stage.press(KEY.Key_Return)
    dialog = stage.dialog()
    for area in dialog.findChildren(QScrollArea):
        assert area.accessibleName(), area
    dialog.reject()
    stage.in_list()
    stage.press(KEY.Key_D)
    moderate = stage.dialog()
    assert all(area.accessibleName() for area in moderate.findChildren(QScrollArea))
    moderate.reject()


def test_an_endless_word_goes_on_below_and_is_copied_as_written(stage: Stage) -> None:
    word = "https://exemple.fr/" + "x" * 300
    stage.load({"text": f"Voyez {word} merci"}, {"text": "court", "author": "Jean-Christophe " * 6})
    stage.window.resize(960, 620)
    stage.turn_to("Voyez")
    view = stage.screen.conversation
    inside = view.area.widget()
    assert inside is not None
    assert inside.width() <= view.area.viewport().width()
    said = view.message.text
    said.setSelection(0, len(said.text()))
    said.setFocus()
    stage.qtbot.keyClick(said, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == f"Voyez {word} merci"
    stage.turn_to("court")
    assert inside.width() <= view.area.viewport().width()


@pytest.mark.parametrize("text", ["e" * 24 + "\u0301", "👍" * 24 + "\U0001f3fd", "mot " * 30, ""])
def test_no_sign_is_cut_in_two(text: str) -> None:
    assert BREAK not in breakable(text)


def test_what_breaks_comes_back_whole(qtbot: QtBot) -> None:
    made = SaidText("Copier")
    qtbot.addWidget(made)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
    made.setText(breakable("a" * 100))
    made.setSelection(0, len(made.text()))
    assert made.selectedText() == "a" * 100
    assert made.minimumSizeHint().width() < made.fontMetrics().horizontalAdvance("a" * 50)


def test_the_reply_spells_its_buttons_only_where_they_fit(stage: Stage) -> None:
    stage.load(*MIXED)
    stage.window.resize(960, 620)
    stage.screen.list.selectAll()
    stage.rest()
    head = stage.screen.reply.head
    parts = [one for one in head.findChildren(QWidget) if one.isVisible()]
    assert all(one.width() >= one.sizeHint().width() for one in parts if one.parent() is head)
    assert stage.screen.reply.selected.isVisible()


def test_sorting_again_is_no_matter_of_groups(stage: Stage) -> None:
    stage.load(*MIXED)
    stage.press(KEY.Key_T)
    popup = QApplication.focusWidget()
    assert popup is not None
    stage.qtbot.keyClick(popup, KEY.Key_U)
    stage.rest()
    assert stage.screen.standing.is_stale
    assert stage.screen.standing.again.isVisible()
    stage.press(KEY.Key_G, CTRL)
    assert not stage.screen.standing.again.isVisible()
    stage.press(KEY.Key_G, CTRL)
    assert stage.screen.standing.again.isVisible()


def test_the_keyboard_goes_to_what_the_groups_offer_first(stage: Stage) -> None:
    stage.load(*MIXED)
    panel = stage.screen.grouped.panel
    stage.press(KEY.Key_G, CTRL)
    assert QApplication.focusWidget() is panel.seek
    stage.press(KEY.Key_Return)
    assert QApplication.focusWidget() is panel.list
    assert panel.list.height() > panel.height() // 2


def test_the_file_dialog_shows_every_kind_of_export(stage: Stage) -> None:
    stage.screen.loading.choose_file()
    dialog = stage.screen.findChild(QFileDialog)
    assert dialog is not None
    shown = dialog.nameFilters()[0]
    for format_of in (csv_table, jsonl, wxr, xlsx_table):
        assert all(f"*{one}" in shown for one in format_of.EXTENSIONS)
    dialog.reject()


def test_what_comes_while_something_runs_is_read_after_it(stage: Stage, tmp_path: Path) -> None:
    screen, ended = stage.screen, asyncio.Event()
    path = tmp_path / "fil.csv"
    path.write_text(table(COMPLAINTS), encoding="utf-8")

    async def long(_copilot: object) -> None:
        await ended.wait()

    job = stage.desk.run(long, lambda _none: None, owner=screen)
    screen.progress.follow(job, "Travail")
    screen.loading.open_path(path)
    screen.loading.load_text(table([{"id": "p1", "text": "Collé"}]), "facebook_page")
    assert not stage.rows()
    assert stage.told[-1].kind == "info"
    job.cancel()
    stage.rest()
    assert sorted(row.message.text for row in stage.rows()) == sorted(["Collé", *(one["text"] for one in COMPLAINTS)])


def test_columns_said_anew_for_a_file_that_is_gone_leave_what_was_read(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "avis.csv"
    path.write_text("Nom;Commentaire;Remarque\nAna;Bonjour;Colis perdu\nBen;Merci;Très bien\n", encoding="utf-8")
    stage.screen.loading.open_path(path)
    stage.rest()
    act = stage.told[-1].act
    assert act is not None
    act()
    dialog = stage.dialog()
    assert isinstance(dialog, MappingDialog)
    choice = dialog.choices[2]
    choice.setCurrentIndex(choice.findData("text"))
    path.unlink()
    dialog.choices[0].setFocus()
    stage.press(KEY.Key_Return)
    assert [one.kind for one in stage.told][-1] == "danger"
    assert sorted(row.message.text for row in stage.rows()) == ["Bonjour", "Merci"]


def test_a_long_cell_says_that_it_goes_on(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "longs.csv"
    path.write_text(f"x1;Ana;{'très long mot ' * 20};ok\nx2;Ben;court;oui\n", encoding="utf-8")
    stage.screen.loading.open_path(path)
    dialog = stage.dialog()
    assert isinstance(dialog, MappingDialog)
    assert dialog._samples(2).splitlines()[0].endswith("…")
    assert dialog._samples(1) == "Ana\nBen"
    dialog.reject()


def test_the_same_file_brought_again_says_so_in_good_french(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text("id,author,text\n1,Ana,Un\n2,Ben,Deux\n3,Cyd,Trois\n", encoding="utf-8")
    stage.screen.loading.open_path(path)
    stage.rest()
    path.write_text("id,author,text\n1,Ana,Un\n2,Ben,Deux\n3,Cyd,Trois\n4,Dan,Quatre\n", encoding="utf-8")
    stage.screen.loading.open_path(path)
    stage.rest()
    assert "1 nouveau message." in stage.told[-1].text


def in_groups(stage: Stage) -> int:
    """The groups on show, and a message on the right that is not the current one of the list; its id."""
    stage.load(*MIXED)
    stage.turn_to("Where can I")
    stage.press(KEY.Key_G, CTRL)
    stage.press(KEY.Key_Return)
    screen = stage.screen
    assert screen.reply.message_id != screen.list.current_id
    return screen.reply.message_id


@pytest.mark.parametrize(("name", "state"), [("skip", "skipped"), ("hand", "human")])
def test_beside_the_groups_a_decision_is_for_the_message_on_show(stage: Stage, name: str, state: str) -> None:
    here = in_groups(stage)
    stage.screen.list.selectAll()
    stage.screen.keys.follow()
    assert not stage.screen.reply.selected.isVisible()
    stage.screen.keys.actions[name].trigger()
    stage.rest()
    assert [row.message.id for row in stage.rows() if row.state.value == state] == [here]
    assert stage.screen.grouped.view == "groups"
    assert stage.screen.reply.message_id == here


def test_beside_the_groups_a_correction_is_of_the_message_on_show(stage: Stage) -> None:
    here = in_groups(stage)
    stage.screen.conversation.correct.click()
    popup = QApplication.focusWidget()
    assert popup is not None
    stage.qtbot.keyClick(popup, KEY.Key_S)
    stage.rest()
    corrected = [
        row.message.id for row in stage.rows() if (it := row.message.triage) and it.decided_by.value == "person"
    ]
    assert corrected == [here]
    assert stage.screen.reply.message_id == here
    assert stage.screen.grouped.view == "groups"


def test_replies_to_a_group_are_approved_as_a_list_and_taken_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.load(*({"text": f"Merci à toute l’équipe de {town}, le vélo est super !"} for town in TOWNS))
    monkeypatch.setattr(acts, "MOST_APPROVED", 3)
    stage.press(KEY.Key_G, CTRL)
    stage.press(KEY.Key_Return)
    stage.press(KEY.Key_B)
    once = stage.dialog()
    assert isinstance(once, AnswerOnce)
    stage.press(KEY.Key_Return, CTRL)
    stage.press(KEY.Key_Return, CTRL)
    approve = stage.dialog()
    assert isinstance(approve, ApproveDialog)
    assert len(approve._sheets) == 3
    assert any(one.text.startswith("3 réponses à la fois") for one in stage.told)
    for _ in approve._sheets:
        stage.press(KEY.Key_PageDown, CTRL)
    assert approve.yes.isEnabled(), approve.why_not.text()
    stage.press(KEY.Key_Return, CTRL)
    assert [row.state.value for row in stage.rows()].count("approved") == 3
    # Taken back as any approval of the Inbox is.
    assert stage.screen.decisions.can_undo
    stage.screen.decisions.undo()
    stage.rest()
    assert "approved" not in [row.state.value for row in stage.rows()]


def test_one_reply_to_correct_does_not_hold_back_the_others(stage: Stage) -> None:
    stage.load(*({"text": f"Bonjour, à quelle heure ouvrez-vous le samedi {day} à Lyon ?"} for day in range(2, 7)))
    stage.press(KEY.Key_G, CTRL)
    stage.press(KEY.Key_Return)
    stage.press(KEY.Key_B)
    once = stage.dialog()
    assert isinstance(once, AnswerOnce)
    stage.press(KEY.Key_Return, CTRL)
    assert once._to_correct
    assert "à corriger" in once.said.text()
    ready = len(once._items) - len(once._to_correct)
    if not ready:
        assert not once.go_on.isEnabled()
        return
    stage.press(KEY.Key_Return, CTRL)
    approve = stage.dialog()
    assert isinstance(approve, ApproveDialog)
    assert len(approve._sheets) == ready
    assert not any(sheet.refusing for sheet in approve._sheets)
    approve.reject()
