"""The dialogs: an approval is of the bytes shown and read, a reason is words, a file is what was shown."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.item import PlannedTime, Status
from copilot.domain.review import Action
from copilot.services.inspection import Inspected
from copilot.services.review import Edit
from tests.ui.review_tools import ask, edit, history, posts, shown
from ui.desk import Desk
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.reason import ReasonDialog
from ui.theme import Theme
from ui.widgets.exact_text import ExactText, pieces

Settled = Callable[[Desk], None]
CTRL = Qt.KeyboardModifier.ControlModifier

# Qt's offscreen platform says this of every window that has a smallest size; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


def opened(qtbot: QtBot, desk: Desk, ids: Sequence[int], behind: QWidget, settled: Settled) -> ApproveDialog:
    dialog = ApproveDialog(desk, ids, behind)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    settled(desk)
    qtbot.waitUntil(lambda: dialog.where.count() > 0)
    return dialog


def to_end(dialog: ApproveDialog) -> None:
    bar = dialog.text.verticalScrollBar()
    bar.setValue(bar.maximum())


def test_what_cannot_be_seen_is_named_and_emoji_stay_whole() -> None:
    shown_text = "".join(
        one.text
        for one in pieces("a\u202eb\u200bc\u00adé👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e007f")
    )
    assert shown_text == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+00AD⟩é👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e007f"
    assert "".join(one.text for one in pieces("Prix\xa0: 3\u202f490\xa0€\nfin")) == "Prix\xa0: 3\u202f490\xa0€\nfin"
    assert "".join(one.text for one in pieces("fin  \n\tb\u3000")) == "fin⟨2\xa0×\xa0U+0020⟩\n⟨U+0009⟩b⟨U+3000⟩"


def test_a_pile_of_marks_is_counted_and_the_count_is_exact() -> None:
    told = list(pieces("e" + "\u0301" * 50_000))
    assert sum(len(one.text) for one in told) < 100
    assert sum(one.count for one in told) + sum(len(one.text) for one in told if not one.named) == 50_001


@pytest.mark.parametrize("category", ["Cf", "Cc", "Zl", "Zp"])
def test_no_invisible_character_of_unicode_goes_unnamed(category: str) -> None:
    hidden = [chr(at) for at in range(0x20000) if unicodedata.category(chr(at)) == category and chr(at) != "\n"]
    assert hidden
    for char in hidden:
        (before, *told) = list(pieces(f"a{char}b"))
        assert before.text == "a"
        assert told[0].named, f"U+{ord(char):04X}"


def test_a_short_text_is_read_at_once_and_ctrl_return_approves_its_exact_bytes(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    item = edit(qtbot, desk, posts(qtbot, desk, ["linkedin"])[0].item.id, "Bonjour\xa0!").item
    dialog = opened(qtbot, desk, [item.id], behind, settled)
    qtbot.waitUntil(dialog.yes.isEnabled)
    assert dialog.text.document().toRawText().replace("\u2029", "\n") == item.outgoing_text
    said = [part.text() for part in dialog.findChildren(type(dialog.exact))]
    assert "LinkedIn" in said
    assert item.account in said
    got: list[list[Inspected]] = []
    dialog.approved.connect(got.append)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(got))
    stored = shown(qtbot, desk, item.id).item
    assert stored.status is Status.APPROVED
    assert stored.approval is not None
    assert stored.approval.package_hash == item.package.sha256
    assert stored.approval.by == "Lina"


def test_several_are_refused_until_each_was_scrolled_to_its_end(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    made = posts(qtbot, desk)
    long = "\n".join(f"Ligne {place}" for place in range(120))
    ids = [
        edit(qtbot, desk, one.item.id, long[:480] if one.item.network != "linkedin" else long).item.id for one in made
    ]
    dialog = opened(qtbot, desk, ids, behind, settled)
    for place in range(3):
        qtbot.waitUntil(lambda place=place: dialog._place == place)
        assert not dialog.yes.isEnabled()
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda place=place: to_end(dialog) or dialog._sheets[place].seen)
        if place < 2:
            assert not dialog._sheets[place + 1].seen
            qtbot.keyClick(dialog.text, Qt.Key.Key_PageDown, CTRL)
    blocked = [one.item.id for one in (shown(qtbot, desk, each) for each in ids) if one.blocking]
    assert dialog.yes.isEnabled() is not bool(blocked)
    assert all(shown(qtbot, desk, one).item.status is Status.DRAFT for one in ids)


def test_a_text_longer_than_the_sheet_is_not_read_before_it_is_scrolled(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0]
    long = "Une phrase assez longue pour prendre toute la largeur de la feuille, et même davantage. " * 30
    dialog = opened(qtbot, desk, [edit(qtbot, desk, first.item.id, long).item.id], behind, settled)
    assert dialog.why_not.text() == desk.t("ui.approve.read_one")
    assert not dialog.yes.isEnabled()
    qtbot.keyClick(dialog.text, Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(dialog.yes.isEnabled)


def test_the_sheet_takes_the_room_there_is_for_the_text(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0]
    dialog = opened(qtbot, desk, [first.item.id], behind, settled)
    assert dialog.height() >= 640
    dialog.reject()
    behind.resize(960, 580)
    low = opened(qtbot, desk, [first.item.id], behind, settled)
    assert low.height() <= behind.height()


@pytest.mark.parametrize("height", range(120, 240, 6))
def test_the_end_is_seen_by_the_keyboard_at_any_height(height: int, theme: Theme, qtbot: QtBot) -> None:
    sheet = ExactText(theme, "texte")
    qtbot.addWidget(sheet)
    sheet.resize(612, height)
    sheet.show()
    qtbot.waitExposed(sheet)
    seen: list[bool] = []
    sheet.end_seen.connect(lambda: seen.append(True))
    sheet.show_exact("Une phrase assez longue pour prendre toute la largeur de la feuille, et davantage. " * 30)
    qtbot.waitUntil(lambda: sheet._settled)
    bar = sheet.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert seen == []
    qtbot.keyClick(sheet, Qt.Key.Key_End, CTRL)
    assert seen != []


def test_an_item_changed_under_the_dialog_is_shown_anew_and_not_approved(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = edit(qtbot, desk, posts(qtbot, desk, ["linkedin"])[0].item.id, "Avant").item
    dialog = opened(qtbot, desk, [first.id], behind, settled)
    qtbot.waitUntil(dialog.yes.isEnabled)
    edit(qtbot, desk, first.id, "Après")
    dialog.yes.click()
    settled(desk)
    assert dialog.isVisible()
    assert dialog.text.toPlainText().startswith("Après")
    assert dialog.why_not.text() == desk.t("ui.approve.changed")
    assert shown(qtbot, desk, first.id).item.status is Status.DRAFT
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.yes.click()
    qtbot.waitUntil(lambda: shown(qtbot, desk, first.id).item.status is Status.APPROVED)


def test_what_was_copied_from_a_comment_is_confirmed_by_name_or_not_approved(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    async def reply(copilot: Copilot) -> Inspected:
        content = (
            b'{"id":"a","parent":null,"author":"Eve","text":"Voyez https://piege.example et https://bis.example"}\n'
        )
        thread = (await copilot.conversations.import_thread(content, "t.jsonl", network="facebook_page")).thread
        said = "Merci, voyez https://piege.example & https://bis.example"
        return await copilot.conversations.draft(thread.id, thread.messages[0].id, said, author="Karim")

    told = ask(qtbot, desk, reply)
    quotes = [one.quote for one in told.blocking if one.confirmable]
    assert len(quotes) == 2
    dialog = opened(qtbot, desk, [told.item.id], behind, settled)
    qtbot.waitUntil(lambda: dialog._sheets[0].seen)
    boxes = dialog.findChildren(QCheckBox)
    assert len(boxes) == 2
    assert not dialog.yes.isEnabled()
    for box, quote in zip(boxes, quotes, strict=True):
        assert quote in box.text()
        assert not dialog.yes.isEnabled()
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.yes.click()
    qtbot.waitUntil(lambda: shown(qtbot, desk, told.item.id).item.status is Status.APPROVED)


def test_a_finding_that_nobody_may_lift_forbids_the_approval(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = edit(qtbot, desk, posts(qtbot, desk, ["x"])[0].item.id, "x" * 400)
    dialog = opened(qtbot, desk, [first.item.id], behind, settled)
    to_end(dialog)
    settled(desk)
    assert not dialog.yes.isEnabled()
    assert dialog.findings.findings
    count = len(dialog._sheets[0].refusing)
    assert dialog.why_not.text() == desk.t("ui.approve.blocked", count=count)


def test_the_planned_time_and_hidden_characters_are_told(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0].item
    planned = PlannedTime(datetime(datetime.now(UTC).year + 1, 3, 3, 9, 30), "Europe/Paris")
    ask(
        qtbot,
        desk,
        lambda copilot: copilot.review.edit(first.id, Edit(text="Salut\u200b", planned=planned), by="Nadia"),
    )
    dialog = opened(qtbot, desk, [first.id], behind, settled)
    said = [part.text() for part in dialog.findChildren(type(dialog.exact))]
    assert any("mars" in one and "09:30" in one and "Europe/Paris" in one for one in said)
    assert dialog.hidden.isVisible()
    assert dialog.hidden.text() == desk.t("ui.approve.hidden", count=1)


def test_an_exact_text_without_end_is_shown_and_reaches_its_end(desk: Desk, qtbot: QtBot) -> None:
    made = ExactText(desk.theme, "essai")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    ends: list[int] = []
    made.end_seen.connect(lambda: ends.append(1))
    made.show_exact("a" * 200_000)
    qtbot.waitUntil(lambda: made._settled)
    assert ends == []
    made.verticalScrollBar().setValue(made.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: bool(ends) or made.verticalScrollBar().value() < made.verticalScrollBar().maximum())


def test_a_reason_is_words_and_ctrl_return_sends_them(desk: Desk, behind: QWidget, qtbot: QtBot) -> None:
    dialog = ReasonDialog(desk, "Rejeter", "Pourquoi", behind)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    given: list[str] = []
    dialog.given.connect(given.append)
    qtbot.keyClicks(dialog.editor, "   ")
    assert not dialog.send.isEnabled()
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Return, CTRL)
    assert given == []
    qtbot.keyClicks(dialog.editor, "Trop long")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Return, CTRL)
    assert given == ["Trop long"]


def test_history_compares_versions_and_gives_an_earlier_one_back(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0].item
    edit(qtbot, desk, first.id, "Autre texte")
    ask(
        qtbot,
        desk,
        lambda copilot: copilot.review.decide(first.id, Action.REQUEST_CHANGES, by="Nadia", reason="Trop sec <b>"),
    )
    dialog = HistoryDialog(desk, first.id, behind)
    dialog.open()
    settled(desk)
    assert dialog.older.count() == 2
    assert "Autre" in dialog.diff.toPlainText()
    assert "Trop sec <b>" in dialog.decisions.item(0).text()
    assert dialog.restore.text() == desk.t("ui.history.restore_one", name=desk.t("ui.history.proposal"))
    dialog.older.setCurrentIndex(1)
    assert not dialog.restore.isEnabled()
    dialog.newer.setCurrentIndex(0)
    asked = []
    dialog.restore_asked.connect(asked.append)
    dialog.restore.click()
    assert [one.text for one in asked] == [history(qtbot, desk, first.id).versions[0].text]


def test_a_single_version_is_compared_with_nothing(desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled) -> None:
    dialog = HistoryDialog(desk, posts(qtbot, desk, ["linkedin"])[0].item.id, behind)
    dialog.open()
    settled(desk)
    assert dialog.diff.toPlainText() != ""
    assert not dialog.pickers.isVisible()
    assert not dialog.restore.isVisible()


def test_the_file_written_is_the_file_shown(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled, tmp_path: Path
) -> None:
    first = edit(qtbot, desk, posts(qtbot, desk, ["linkedin"])[0].item.id, "Bonjour")
    digest = first.item.package.sha256
    ask(
        qtbot, desk,
        lambda copilot: copilot.review.decide(first.item.id, Action.APPROVE, by="Lina", seen_hash=digest),
    )  # fmt: skip
    dialog = ExportDialog(desk, [first.item.id], behind)
    dialog.open()
    settled(desk)
    for name in ("json", "markdown"):
        dialog.format.setCurrentIndex(dialog.format.findData(name))
        settled(desk)
        qtbot.waitUntil(dialog.write.isEnabled)
    shown_text = dialog.text.document().toRawText().replace("\u2029", "\n")
    assert "Bonjour" in shown_text
    target = tmp_path / "été" / "relecture.md"
    target.parent.mkdir()
    with qtbot.waitSignal(dialog.exported):
        dialog.open_path(target)
    assert target.read_text(encoding="utf-8-sig").strip() == shown_text.strip()


def test_what_a_format_refuses_is_said_in_the_dialog(
    desk: Desk, behind: QWidget, qtbot: QtBot, settled: Settled
) -> None:
    first = edit(qtbot, desk, posts(qtbot, desk, ["linkedin"])[0].item.id, "Bonjour")
    dialog = ExportDialog(desk, [first.item.id], behind)
    dialog.open()
    settled(desk)
    assert not dialog.write.isEnabled()
    named = "LinkedIn « Bonjour »"
    qtbot.waitUntil(lambda: dialog.note.text() == desk.t("ui.export.not_approved", count=1, names=named))


def test_the_approval_of_a_reply_says_who_is_answered(
    qtbot: QtBot, desk: Desk, behind: QWidget, settled: Settled
) -> None:
    content = json.dumps({"id": "1", "author": "<b>Lou</b>", "text": "Mon vélo grince.\nQue faire ?"}).encode()

    async def reply(copilot: Copilot) -> Inspected:
        thread = (await copilot.conversations.import_thread(content, "t.jsonl", network="facebook_page")).thread
        return await copilot.conversations.draft(thread.id, thread.messages[0].id, "Bonjour !", author="Karim")

    dialog = opened(qtbot, desk, [ask(qtbot, desk, reply).item.id], behind, settled)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert any(one.startswith("<b>Lou</b> : Mon vélo grince. Que faire") for one in said)
