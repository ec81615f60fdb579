"""Remarks and claims of a text: one key from one to the next, one to mend, one to read where a claim comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from copilot.domain.claim import ClaimStatus
from tests.ui.review_tools import edit, posts
from ui.desk import Desk
from ui.dialogs.source import SourceDialog
from ui.widgets.findings import is_small
from ui.widgets.item_editor import ItemEditor

Settled = Callable[[Desk], None]

# Qt's offscreen platform says this of every window that has a smallest size; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PLAIN = "Bonjour ! L'atelier vous attend : venez nombreux... Entrée libre ?"


@pytest.fixture
def editor(desk: Desk, qtbot: QtBot) -> ItemEditor:
    made = ItemEditor(desk)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def showing(qtbot: QtBot, desk: Desk, editor: ItemEditor, settled: Settled, text: str) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0]
    editor.show_item(edit(qtbot, desk, first.item.id, text))
    settled(desk)
    editor.editor.setFocus()
    editor.editor.moveCursor(QTextCursor.MoveOperation.Start)


def selected(editor: ItemEditor) -> str:
    return editor.editor.textCursor().selectedText()


def test_small_fixes_stand_in_one_line_and_are_made_at_once_and_undone_at_once(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    showing(qtbot, desk, editor, settled, PLAIN)
    small = [one for one in editor.findings.findings if is_small(one)]
    assert len(small) > 3
    lines = [one.text() for one in editor.findings.findChildren(QPushButton) if one.isVisibleTo(editor)]
    assert lines.count(desk.t("ui.findings.fix_all")) == 1
    qtbot.keyClick(
        editor.editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    settled(desk)
    assert editor.text() == ("Bonjour\u202f! L’atelier vous attend\xa0: venez nombreux… Entrée libre\u202f?")
    qtbot.waitUntil(lambda: not [one for one in editor.findings.findings if one.automatic])
    editor.editor.undo()
    assert editor.text() == PLAIN


def test_keys_go_from_remark_to_remark_and_mend_the_one_in_front(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    showing(qtbot, desk, editor, settled, "Un vélo électrique pas cher, sorti de l’usine.")
    placed = sorted({(one.start, one.end) for one in editor.findings.findings if one.start < one.end})
    assert len(placed) >= 3
    seen = []
    for _ in range(len(placed) + 1):
        qtbot.keyClick(editor.editor, Qt.Key.Key_F8)
        seen.append(selected(editor))
    assert seen[0] == seen[-1], "after the last comes the first"
    assert {"vélo électrique", "usine"} <= set(seen)
    qtbot.keyClick(editor.editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    editor.editor.select(*next((s, e) for s, e in placed if editor.text()[s:e] == "usine"))
    qtbot.keyClick(editor.editor, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert "atelier" in editor.text()
    assert "usine" not in editor.text()
    editor.editor.undo()
    assert editor.text().endswith("usine.")


def test_pointing_at_a_passage_says_why(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    showing(qtbot, desk, editor, settled, "Venez à l’usine.")
    place = editor.text().index("usine") + 2
    assert "atelier" in editor.editor.note_at(place)
    assert editor.editor.note_at(1) == ""


def test_a_fix_of_other_words_is_not_applied(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    showing(qtbot, desk, editor, settled, "Venez à l’usine.")
    finding = next(one for one in editor.findings.findings if one.quote == "usine")
    editor.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(editor.editor, "Oui. ")
    editor.walk.fix(finding)
    assert editor.text() == "Oui. Venez à l’usine."


def test_each_claim_is_linked_to_its_source(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    showing(qtbot, desk, editor, settled, "Le Courlis coûte 890 €. Livraison offerte sous 24 h.")
    qtbot.waitUntil(lambda: editor.claims.sheet is not None)
    assert editor.claims.sheet
    by_quote = {one.claim.quote: one for one in editor.claims.sheet.claims}
    price = by_quote["890 €"]
    assert price.status is ClaimStatus.SUPPORTED
    assert price.source == "fact:courlis"
    assert any(one.status is not ClaimStatus.SUPPORTED for one in by_quote.values())
    qtbot.mouseClick(editor.claims.summary, Qt.MouseButton.LeftButton)
    links = {one.text(): one for one in editor.claims.findChildren(QPushButton)}
    qtbot.waitUntil(links["890 €"].isVisible)
    qtbot.mouseClick(links["890 €"], Qt.MouseButton.LeftButton)
    assert selected(editor) == "890 €"
    editor.claims.source_asked.emit(price)
    dialog = editor.findChild(SourceDialog)
    assert dialog
    assert "890 €" in dialog.text.text()
    dialog.accept()


def test_another_item_shows_no_claim_of_the_one_before(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    showing(qtbot, desk, editor, settled, "Le Courlis coûte 890 €.")
    qtbot.waitUntil(lambda: editor.claims.sheet is not None)
    editor.clear()
    assert editor.claims.sheet is None
    assert not editor.claims.isVisibleTo(editor)


def test_the_menu_of_a_misspelled_word_mends_it_or_makes_it_the_brands(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    showing(qtbot, desk, editor, settled, "Notre acceuil est ouvert, avec du loriotin.")
    menu = QMenu(editor)
    editor.editor.menu_asked.emit(menu, editor.text().index("acceuil") + 2)
    assert menu.actions() == [], "nothing is added to an empty menu"
    menu.addAction("Copier")
    editor.editor.menu_asked.emit(menu, editor.text().index("acceuil") + 2)
    by_name = {one.text(): one for one in menu.actions()}
    by_name[desk.t("ui.findings.replace_by", text="accueil")].trigger()
    assert editor.text().startswith("Notre accueil est")
    qtbot.waitUntil(editor.is_checked)
    strange = next((one for one in editor.findings.findings if one.quote == "loriotin"), None)
    assert strange is not None
    other = QMenu(editor)
    other.addAction("Copier")
    editor.editor.menu_asked.emit(other, strange.start + 1)
    next(one for one in other.actions() if one.text() == desk.t("ui.findings.know", text="loriotin")).trigger()
    settled(desk)
    qtbot.waitUntil(lambda: all(one.quote != "loriotin" for one in editor.findings.findings))


# The offscreen platform says these of every menu that is popped up.
@pytest.mark.qt_log_ignore("raise\\(\\)", "grabbing the keyboard", extend=True)
def test_other_words_are_looked_for_beside_the_window(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    showing(qtbot, desk, editor, settled, "Un grand chrysantaime pour la Toussaint.")
    word = next(one for one in editor.findings.findings if one.quote == "chrysantaime")
    editor.walk.look_further(word)
    qtbot.waitUntil(lambda: editor.walk.offered is not None)
    assert editor.walk.offered
    offers = {one.text(): one for one in editor.walk.offered.actions()}
    offers[desk.t("ui.findings.replace_by", text="chrysanthème")].trigger()
    assert editor.text() == "Un grand chrysanthème pour la Toussaint."
    editor.walk.offered.close()
