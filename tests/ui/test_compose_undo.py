"""A proposal is taken back: its drafts go but for those a person took further, and the screen is as before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.item import Status
from copilot.domain.review import Action
from tests.ui.test_compose import add_scripted, ask, brief, card, choose, kept
from ui.desk import Desk, Message
from ui.main_window import MainWindow
from ui.screens._compose.kept import items_of, show_kept
from ui.screens._compose.screen import ComposeScreen

#: Said by the offscreen platform of windows and menus; no other platform says it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Settled = Callable[[Desk], None]


class Table:
    """Compose in the whole window, with what the tests do at it."""

    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
        self.window, self.desk, self.qtbot, self._settled = window, desk, qtbot, settled
        self.told: list[Message] = []
        desk.told.connect(self.told.append)
        window.go("compose")
        self.rest()
        screen = window.screen_of("compose")
        assert isinstance(screen, ComposeScreen)
        self.screen = screen

    def rest(self) -> None:
        self._settled(self.desk)

    def propose(self, *networks: str, variants: int = 2, writer: str = "playbook") -> list[int]:
        """Propose for these networks; the drafts that came."""
        choose(self.screen, *networks, variants=variants, writer=writer)
        self.screen.left.write_button.click()
        self.qtbot.waitUntil(lambda: not self.screen.writing.is_writing)
        self.rest()
        return sorted(self.screen.cards.item_ids)

    def undo(self) -> None:
        self.screen.undo_action.trigger()
        self.rest()

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.window.activateWindow()
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus)
        self.qtbot.keyClick(widget, key, modifier)
        self.rest()

    def statuses(self, ids: Sequence[int]) -> list[Status]:
        """Where the items stand in the store."""
        found = {one.id: one.status for one in ask(self.desk, self.qtbot, lambda copilot: copilot.review.list())}
        return [found[item_id] for item_id in ids]

    def cards(self) -> dict[str, list[int]]:
        self.screen.cards.finish()
        return {one.network.id: one.item_ids for one in self.screen.cards.all}

    @property
    def last(self) -> str:
        """The last thing told."""
        return self.told[-1].text


@pytest.fixture
def table(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Table:
    made = Table(window, desk, qtbot, settled)
    brief(made.screen)
    return made


def test_a_proposal_is_one_press_away_from_never_having_been(table: Table) -> None:
    screen = table.screen
    assert not screen.undo_action.isEnabled()
    assert not screen.undo_button.isVisible()
    cursor = screen.brief.editor.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    screen.brief.editor.setTextCursor(cursor)
    before, top = screen.brief.text, screen.left.y()
    drafts = table.propose("linkedin", "x")
    assert table.last == "4 textes proposés."
    assert table.told[-1].act_label == "Annuler"
    assert screen.undo_button.isVisible()
    assert screen.left.y() == top, "what is below the title moves for no button"

    assert table.window._news.isVisible()
    table.window._news.act_button.click()
    table.rest()
    assert table.last == "4 brouillons retirés."
    assert table.statuses(drafts) == [Status.ARCHIVED] * 4
    assert table.cards() == {}
    assert screen.right.currentWidget() is screen.welcome
    assert screen.brief.text == before
    assert screen.brief.editor.textCursor().selectedText() == before[3:9]
    assert screen.brief.editor.hasFocus()
    assert screen.write_action.isEnabled()
    assert not screen.undo_button.isVisible()
    assert screen.undo_action.whatsThis() == "Il n’y a pas de proposition à annuler."
    table.qtbot.waitUntil(lambda: kept(table.desk, table.qtbot).get("cards") == [])
    table.rest()


def test_the_cards_of_before_come_back_as_they_were_one_proposal_after_the_other(table: Table) -> None:
    screen = table.screen
    first = table.propose("linkedin", "mastodon")
    card(screen, "linkedin").turn_to(2)
    card(screen, "mastodon").toggle()
    table.rest()
    cards, texts = screen.cards.body(), card(screen, "linkedin").editor.text()
    second = table.propose("x", "linkedin", variants=3)
    assert table.last == "6 textes proposés. Les 4 textes précédents restent dans Validation."
    table.undo()
    assert table.last == "6 brouillons retirés."
    assert screen.cards.body() == cards
    assert card(screen, "linkedin").editor.text() == texts
    assert card(screen, "mastodon").is_collapsed
    assert table.statuses([*first, *second]) == [Status.DRAFT] * 4 + [Status.ARCHIVED] * 6
    table.undo()
    assert table.last == "4 brouillons retirés."
    assert table.cards() == {}
    assert table.statuses(first) == [Status.ARCHIVED] * 4


def test_what_a_person_typed_or_decided_stays_on_the_screen_and_is_said(table: Table) -> None:
    screen = table.screen
    earlier = table.propose("linkedin", variants=1)
    linkedin_1, linkedin_2, x_1, x_2 = table.propose("linkedin", "x")
    made = card(screen, "linkedin")
    made.editor.set_text_undoable("Un texte à moi.")  # no version yet
    card(screen, "x").turn_to(2)
    table.rest()
    card(screen, "x").tools.submit()
    table.rest()
    table.undo()
    assert table.last == ("2 brouillons retirés. 2 brouillons gardés\u00a0: ils ont été modifiés ou décidés depuis.")
    expected = [Status.DRAFT, Status.ARCHIVED, Status.ARCHIVED, Status.IN_REVIEW]
    assert table.statuses([linkedin_1, linkedin_2, x_1, x_2]) == expected
    assert table.cards() == {"linkedin": [*earlier, linkedin_1], "x": [x_2]}
    stored = ask(table.desk, table.qtbot, lambda copilot: copilot.review.show(linkedin_1))
    assert stored.item.text == "Un texte à moi."
    card(screen, "linkedin").turn_to_place(2)
    table.rest()
    assert card(screen, "linkedin").editor.text() == "Un texte à moi."


def test_what_was_approved_stays_approved_and_what_was_put_away_is_not_called_kept(table: Table) -> None:
    approved, rejected = table.propose("linkedin")

    async def decide(copilot: Copilot) -> bool:
        seen = await copilot.review.show(approved)
        confirmed = [one.quote for one in seen.findings if one.quote]
        await copilot.review.decide(
            approved, Action.APPROVE, by="Nora", seen_hash=seen.item.package.sha256, confirmed=confirmed
        )
        await copilot.review.decide(rejected, Action.REJECT, by="Nora", reason="Trop long")
        return True

    ask(table.desk, table.qtbot, decide)
    table.undo()
    assert table.last == "1 brouillon gardé\u00a0: il a été modifié ou décidé depuis."
    assert table.statuses([approved, rejected]) == [Status.APPROVED, Status.ARCHIVED]
    assert table.cards() == {"linkedin": [approved]}


def test_the_brief_keeps_what_was_typed_since_and_says_so(table: Table) -> None:
    table.propose("x")
    editor = table.screen.brief.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    table.qtbot.keyClicks(editor, " Buvette.")
    typed = table.screen.brief.text
    table.undo()
    assert table.last == "2 brouillons retirés. Le brief garde ce que vous y avez changé depuis."
    assert table.screen.brief.text == typed


def test_a_version_written_once_more_goes_too_and_an_adaptation_stays(table: Table) -> None:
    screen = table.screen
    (first,) = table.propose("x", variants=1)
    card(screen, "x").tools.again()
    table.qtbot.waitUntil(lambda: card(screen, "x").item_ids != [first] and not screen.writing.is_writing)
    (again,) = card(screen, "x").item_ids
    screen._adapt_to(again, ("mastodon",))
    table.qtbot.waitUntil(lambda: bool(table.cards().get("mastodon")) and not screen.writing.is_writing)
    table.rest()
    (adapted,) = card(screen, "mastodon").item_ids
    table.undo()
    assert table.last == "2 brouillons retirés."
    assert table.statuses([first, again, adapted]) == [Status.ARCHIVED, Status.ARCHIVED, Status.DRAFT]
    assert table.cards() == {"mastodon": [adapted]}


def test_ctrl_z_takes_a_proposal_back_only_where_nothing_else_has_it(table: Table) -> None:
    screen = table.screen
    drafts = table.propose("linkedin")
    editor = screen.brief.editor
    before = screen.brief.text
    editor.moveCursor(QTextCursor.MoveOperation.End)
    table.qtbot.keyClicks(editor, "!")
    for _ in range(5):  # beyond what the editor has to undo
        table.press(editor, Qt.Key.Key_Z, CONTROL)
    made = card(screen, "linkedin")
    table.press(made.editor.editor, Qt.Key.Key_Z, CONTROL)
    table.press(made.fold_button, Qt.Key.Key_Z, CONTROL)
    table.press(made.tools.rewrite_button, Qt.Key.Key_Z, CONTROL)
    assert table.statuses(drafts) == [Status.DRAFT] * 2
    assert screen.brief.text != before, "the editor undid its own"
    editor.replace_all_undoable(before)
    table.press(screen.left.write_button, Qt.Key.Key_Z, CONTROL)
    assert table.last == "2 brouillons retirés."
    assert table.statuses(drafts) == [Status.ARCHIVED] * 2
    table.press(screen.left.write_button, Qt.Key.Key_Z, CONTROL)
    assert table.last == "Il n’y a pas de proposition à annuler."


@pytest.mark.parametrize("at", ["brief", "text", "button", "news"])
def test_the_keyboard_reaches_it_from_anywhere(table: Table, at: str) -> None:
    screen = table.screen
    drafts = table.propose("linkedin")
    if at == "news":
        table.press(card(screen, "linkedin").editor.editor, Qt.Key.Key_U, CONTROL | SHIFT)
    elif at == "button":
        table.press(screen.undo_button, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    else:
        focus = screen.brief.editor if at == "brief" else card(screen, "linkedin").editor.editor
        table.press(focus, Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert table.statuses(drafts) == [Status.ARCHIVED] * 2
    assert screen.brief.editor.hasFocus()
    assert "compose.undo" in {one.id for one in table.desk.actions.listed()}


def test_what_was_stopped_is_taken_back_with_what_had_come(table: Table, settled: Settled) -> None:
    screen, qtbot = table.screen, table.qtbot
    answers: list[object] = [{"text": "Un.", "match": "LinkedIn"}, {"text": "Commencé ", "hang": True}]
    add_scripted(table.desk, qtbot, settled, answers)
    earlier = table.propose("mastodon", variants=1)
    choose(screen, "linkedin", "x", variants=1, writer="essai")
    screen.left.write_button.click()
    qtbot.waitUntil(lambda: bool(card(screen, "linkedin").item_ids))
    qtbot.waitUntil(lambda: "Commencé" in card(screen, "x").editor.text())
    assert not screen.undo_action.isEnabled(), "while it writes, it is stopped"
    (came,) = card(screen, "linkedin").item_ids
    screen.stop_action.trigger()
    assert table.told[-1].text.startswith("L’écriture est arrêtée.")
    act = table.told[-1].act
    assert act is not None
    table.rest()
    act()
    table.rest()
    assert table.statuses([came]) == [Status.ARCHIVED]
    assert table.cards() == {"mastodon": earlier}


def test_a_proposal_of_which_nothing_came_gives_the_cards_of_before_back(table: Table, settled: Settled) -> None:
    add_scripted(table.desk, table.qtbot, settled, [{"error": "rate_limited"}] * 4)
    assert table.propose("x", variants=1, writer="essai") == []
    assert not table.screen.undo_button.isVisible(), "nothing came, and nothing was there before"
    earlier = table.propose("linkedin")
    table.propose("linkedin", "x", variants=1, writer="essai")
    assert table.last == "Aucun texte n’est venu. Les 2 textes précédents restent dans Validation."
    table.undo()
    assert table.last == "L’écran est comme avant la proposition."
    assert table.cards() == {"linkedin": earlier}
    assert table.statuses(earlier) == [Status.DRAFT] * 2


def test_where_one_side_shows_the_brief_is_in_front_again(table: Table) -> None:
    screen = table.screen
    table.propose("linkedin")
    screen.sides.show()  # as in a window too narrow for both
    screen._show_side("cards")
    table.undo()
    assert screen.sides.current == "brief"
    assert screen.left.isVisible()


def test_what_is_remembered_of_cards_still_to_come_is_told_without_making_them(table: Table) -> None:
    table.propose("linkedin", "x", "mastodon")
    cards = table.screen.cards
    told, items = cards.body(), cards.item_ids
    assert [len(one["items"]) for one in told] == [2, 2, 2]
    held = ask(table.desk, table.qtbot, lambda copilot: items_of(copilot, sorted(items)))
    show_kept(cards, told, held)
    assert cards.all == ()
    # As when what is typed is kept while the cards are made: they were all made at once, the window stood still.
    assert cards.body() == told
    assert cards.item_ids == items
    cards.take_news([replace(one, item=replace(one.item, status=Status.APPROVED)) for one in held.values()])
    assert cards.all == ()
    cards.finish()
    assert cards.body() == told
    assert sorted(cards.approved_ids) == sorted(items)


def test_what_is_kept_while_a_proposal_begins_makes_no_card(table: Table) -> None:
    screen = table.screen
    choose(screen, "linkedin", "x", variants=1, writer="playbook")
    screen.propose()
    screen.touched()
    screen._autosave.keep_now()
    assert screen.cards.all == ()
    table.qtbot.waitUntil(lambda: not screen.writing.is_writing)
    table.rest()
    assert [len(one.item_ids) for one in screen.cards.all] == [1, 1]


def test_after_a_start_the_drafts_are_simply_there(table: Table) -> None:
    drafts = table.propose("linkedin", "x")
    table.qtbot.waitUntil(lambda: bool(kept(table.desk, table.qtbot).get("cards")))
    table.rest()
    table.window.renew()
    table.rest()
    again = table.window.screen_of("compose")
    assert isinstance(again, ComposeScreen)
    again.cards.finish()
    assert sorted(again.cards.item_ids) == drafts
    assert table.statuses(drafts) == [Status.DRAFT] * 4
    assert not again.undo_action.isEnabled()
    assert not again.undo_button.isVisible()
    # What is proposed now is taken back to them.
    table.screen = again
    table.propose("mastodon")
    table.undo()
    assert sorted(again.cards.item_ids) == drafts
    QApplication.processEvents()
