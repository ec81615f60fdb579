"""The Review screen in the real window, with real keys: what is decided is what is on screen, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.inbox import InboxFilter
from copilot.domain.item import ItemKind, PlannedTime, Status
from copilot.domain.review import Action
from copilot.i18n import Translator
from copilot.services.inspection import Inspected
from tests.ui.review_tools import ask, edit, heard, history, posts, shown, submitted
from ui.desk import Changes, Desk
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.reason import ReasonDialog
from ui.main_window import MainWindow
from ui.screens._review.list_panel import ShelfChips
from ui.screens._review.loading import Asked, Shelf, load_list
from ui.screens._review.screen import ReviewScreen
from ui.theme import Choice

Settled = Callable[[Desk], None]
Key, Modifier = Qt.Key, Qt.KeyboardModifier

# Qt's offscreen platform says this of every window that has a smallest size; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def review(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> ReviewScreen:
    """The screen in front, filled."""
    window.go("review")
    screen = window.screen_of("review")
    assert isinstance(screen, ReviewScreen)
    window.activateWindow()
    settled(desk)
    qtbot.waitUntil(lambda: screen._listing is not None)
    return screen


@pytest.fixture
def waiting(desk: Desk, qtbot: QtBot) -> list[int]:
    """Three posts that wait."""
    return submitted(qtbot, desk)


def on_show(review: ReviewScreen, qtbot: QtBot, item_id: int) -> None:
    qtbot.waitUntil(lambda: review.panel.item_id == item_id and review.right.currentWidget() is review.panel)


def press(qtbot: QtBot, review: ReviewScreen, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    review.window().activateWindow()
    review.list.setFocus()
    qtbot.waitUntil(review.list.hasFocus)
    qtbot.keyClick(review.list, key, modifier)


def dialog_of(review: ReviewScreen, qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in review.findChildren(kind)))
    found = [one for one in review.findChildren(kind) if one.isVisible()]
    return found[-1]


def status(qtbot: QtBot, desk: Desk, item_id: int) -> Status:
    return shown(qtbot, desk, item_id).item.status


def test_an_empty_profile_teaches_the_next_step(review: ReviewScreen) -> None:
    assert review.left.stack.currentWidget() is review.left.empty
    assert review.left.empty.currentIndex() == 0
    assert not review.actions_of[Action.APPROVE].isEnabled()
    assert not review.export_action.isEnabled()


def test_what_waits_is_listed_and_the_first_is_on_show(waiting: list[int], review: ReviewScreen, qtbot: QtBot) -> None:
    on_show(review, qtbot, waiting[0])
    assert [line.id for line in review.list.items.lines] == waiting
    press(qtbot, review, Key.Key_J)
    on_show(review, qtbot, waiting[1])
    press(qtbot, review, Key.Key_K)
    on_show(review, qtbot, waiting[0])


def test_typing_then_ctrl_return_approves_what_is_on_screen_and_the_next_comes(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    editor = review.panel.editor.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " Venez")
    qtbot.keyClick(editor, Key.Key_Return, Modifier.ControlModifier)
    dialog = dialog_of(review, qtbot, ApproveDialog)
    assert isinstance(dialog, ApproveDialog)
    qtbot.waitUntil(lambda: bool(dialog._sheets))
    assert " Venez" in dialog.text.toPlainText()
    dialog.text.verticalScrollBar().setValue(dialog.text.verticalScrollBar().maximum())
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.yes.click()
    on_show(review, qtbot, waiting[1])
    settled(desk)
    item = shown(qtbot, desk, waiting[0]).item
    assert item.status is Status.APPROVED
    assert item.text.endswith(" Venez")
    assert [line.id for line in review.list.items.lines] == waiting[1:]


def test_changes_and_rejection_need_words_and_u_takes_them_back_one_by_one(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    for key, place in ((Key.Key_C, 0), (Key.Key_R, 1)):
        press(qtbot, review, key)
        dialog = dialog_of(review, qtbot, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        assert not dialog.send.isEnabled()
        qtbot.keyClicks(dialog.editor, "Trop long")
        dialog.send.click()
        on_show(review, qtbot, waiting[place + 1])
        settled(desk)
    assert [status(qtbot, desk, one) for one in waiting] == [
        Status.CHANGES_REQUESTED,
        Status.ARCHIVED,
        Status.IN_REVIEW,
    ]
    assert history(qtbot, desk, waiting[1]).decisions[-1].reason == "Trop long"
    press(qtbot, review, Key.Key_U)
    on_show(review, qtbot, waiting[1])
    press(qtbot, review, Key.Key_U)
    on_show(review, qtbot, waiting[0])
    settled(desk)
    assert [status(qtbot, desk, one) for one in waiting] == [Status.IN_REVIEW] * 3
    assert not review.undo_action.isEnabled()


def test_several_are_decided_at_once_and_undone_at_once(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    press(qtbot, review, Key.Key_Down, Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(review.list.selected_lines()) == 2)
    assert review.selected.text() == desk.t("ui.review.selected", count=2)
    press(qtbot, review, Key.Key_W)
    settled(desk)
    qtbot.waitUntil(lambda: [line.id for line in review.list.items.lines] == waiting[2:])
    assert [status(qtbot, desk, one) for one in waiting[:2]] == [Status.DRAFT] * 2
    review.decisions.undo()
    settled(desk)
    assert [status(qtbot, desk, one) for one in waiting] == [Status.IN_REVIEW] * 3


def test_an_edited_item_stays_before_the_eyes_though_it_left_its_shelf(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    editor = review.panel.editor
    editor.editor.setFocus()
    qtbot.keyClicks(editor.editor, "Oui. ")
    editor.commit()
    settled(desk)
    qtbot.waitUntil(lambda: review.list.items.lines[0].status is Status.DRAFT)
    assert review.panel.item_id == waiting[0]
    assert editor.text().startswith("Oui. ")
    press(qtbot, review, Key.Key_J)
    on_show(review, qtbot, waiting[1])
    desk.announce(Changes(all_items=True))
    settled(desk)
    assert [line.id for line in review.list.items.lines] == waiting[1:]


def test_an_item_changed_elsewhere_shows_its_new_text_unless_it_is_being_typed_in(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    edit(qtbot, desk, waiting[0], "Changé ailleurs")
    desk.announce(Changes(items=frozenset({waiting[0]})))
    qtbot.waitUntil(lambda: review.panel.editor.text() == "Changé ailleurs")
    qtbot.keyClicks(review.panel.editor.editor, "Moi : ")
    typed = review.panel.editor.text()
    edit(qtbot, desk, waiting[0], "Encore ailleurs")
    desk.announce(Changes(items=frozenset({waiting[0]})))
    settled(desk)
    assert review.panel.editor.text() == typed


def test_four_eyes_disables_the_approval_of_own_work_and_says_why(
    desk: Desk, review: ReviewScreen, qtbot: QtBot, settled: Settled
) -> None:
    made = posts(qtbot, desk, ["linkedin", "x"])

    async def mine(copilot: Copilot) -> None:
        copilot.save_settings(replace(copilot.settings, four_eyes=True))
        from copilot.services.review import Edit

        await copilot.review.edit(made[0].item.id, Edit(text="De ma main"), by="Lina")
        for one in made:
            await copilot.review.decide(one.item.id, Action.SUBMIT, by="Karim")

    ask(qtbot, desk, mine)
    desk.settings = replace(desk.settings, four_eyes=True)
    desk.announce(Changes(all_items=True, settings=True))
    on_show(review, qtbot, made[0].item.id)
    approve = review.actions_of[Action.APPROVE]
    qtbot.waitUntil(lambda: not approve.isEnabled())
    assert approve.whatsThis() == desk.t("ui.review.own_work")
    told = heard(desk)
    review._decide(Action.APPROVE)
    assert [one.text for one in told] == [desk.t("ui.review.own_work")]
    press(qtbot, review, Key.Key_J)
    on_show(review, qtbot, made[1].item.id)
    qtbot.waitUntil(approve.isEnabled)
    settled(desk)


def test_the_store_refuses_own_work_even_when_the_screen_does_not_know(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    edit(qtbot, desk, waiting[0], "De ma main", by="Lina")

    async def strict(copilot: Copilot) -> None:
        copilot.save_settings(replace(copilot.settings, four_eyes=True))

    ask(qtbot, desk, strict)
    dialog = ApproveDialog(desk, [waiting[0]], review)
    dialog.open()
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.yes.click()
    settled(desk)
    qtbot.waitUntil(lambda: dialog.why_not.text() == desk.t("error.review.own_work", name="Lina"))
    assert status(qtbot, desk, waiting[0]) is Status.DRAFT


def test_a_planned_time_is_a_version_and_comes_after_what_was_typed(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    qtbot.keyClicks(review.panel.editor.editor, "Demain. ")
    at = (datetime.now(UTC) + timedelta(days=9)).replace(hour=9, minute=30, second=0, microsecond=0, tzinfo=None)
    planned = PlannedTime(at, "Europe/Paris")
    review.panel.planned.changed_by_hand.emit(planned)
    settled(desk)
    item = shown(qtbot, desk, waiting[0]).item
    assert item.planned == planned
    assert item.text.startswith("Demain. ")
    qtbot.waitUntil(lambda: not review.panel.planned.edit.isHidden())
    assert review.panel.planned.zone.text() == "Europe/Paris"
    review.panel.editor.editor.undo()
    assert not review.panel.editor.text().startswith("Demain. ")


def test_a_past_time_is_refused_and_the_field_shows_the_stored_one(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    on_show(review, qtbot, waiting[0])
    told = heard(desk)
    past = PlannedTime(
        datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0) - timedelta(days=2), "Europe/Paris"
    )
    review.panel.planned.show_planned(past, "Europe/Paris")
    review.panel.planned.changed_by_hand.emit(past)
    settled(desk)
    assert [one.kind for one in told] == ["danger"]
    assert review.panel.planned.edit.isHidden()
    assert shown(qtbot, desk, waiting[0]).item.planned is None


def test_the_difference_to_the_proposal_shows_only_when_there_is_one(
    waiting: list[int], review: ReviewScreen, qtbot: QtBot
) -> None:
    on_show(review, qtbot, waiting[0])
    fold = review.panel.diff_fold
    assert fold.isHidden()
    qtbot.keyClicks(review.panel.editor.editor, "Salut ")
    qtbot.waitUntil(lambda: not fold.isHidden())
    fold.head.click()
    assert review.panel.diff.toPlainText().startswith("Salut")


def test_search_and_filters_narrow_and_the_shelves_count(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    lines = review.list.items
    qtbot.waitUntil(lambda: len(lines.lines) == 3)
    review.left.network.setCurrentIndex(review.left.network.findData("mastodon"))
    qtbot.waitUntil(lambda: [line.network for line in lines.lines] == ["mastodon"])
    review.left.widen()
    qtbot.waitUntil(lambda: len(lines.lines) == 3)
    qtbot.keyClicks(review.left.search, "introuvable")
    qtbot.waitUntil(lambda: review.left.stack.currentWidget() is review.left.empty)
    assert review.left.empty.currentIndex() == 1
    review.left.widen()
    qtbot.waitUntil(lambda: len(lines.lines) == 3)
    review.left.kind.setCurrentIndex(review.left.kind.findData(ItemKind.REPLY))
    qtbot.waitUntil(lambda: not lines.lines)
    review.left.widen()
    settled(desk)
    chip = review.findChildren(ShelfChips)[0]._chips[Shelf.WAITING]
    assert chip.text().endswith("3")


def test_a_reply_shows_the_message_it_answers_as_plain_text(
    review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    async def reply(copilot: Copilot) -> Inspected:
        content = b'{"id":"a","parent":null,"author":"<b>Eve</b>","text":"Voyez <img src=x> https://piege.example"}\n'
        thread = (await copilot.conversations.import_thread(content, "t.jsonl", network="facebook_page")).thread
        told = await copilot.conversations.draft(
            thread.id, thread.messages[0].id, "Merci, voyez https://piege.example", author="Karim"
        )
        return await copilot.review.decide(told.item.id, Action.SUBMIT, by="Karim")

    made = ask(qtbot, desk, reply)
    assert [one.quote for one in made.blocking if one.confirmable]
    desk.announce(Changes(all_items=True))
    on_show(review, qtbot, made.item.id)
    said = [one for one in review.panel.source.findChildren(QLabel) if "<img" in one.text()]
    assert said
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in said)
    assert review.panel.source.folding.head.text() == desk.t("ui.review.answers_to", name="<b>Eve</b>")
    dialog = ApproveDialog(desk, [made.item.id], review)
    dialog.open()
    settled(desk)
    qtbot.waitUntil(lambda: bool(dialog._sheets) and dialog._sheets[0].seen)
    assert not dialog.yes.isEnabled()
    dialog._sheets[0].confirmed.update(one.quote for one in dialog._sheets[0].to_confirm)
    dialog._follow()
    assert dialog.yes.isEnabled()
    dialog.yes.click()
    qtbot.waitUntil(lambda: status(qtbot, desk, made.item.id) is Status.APPROVED)


def test_a_reply_to_what_changed_says_so_until_somebody_works_on_it(
    review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    line = '{"id":"a","parent":null,"author":"Eve","text":"%s"}\n'

    async def approved(copilot: Copilot) -> int:
        loaded = await copilot.inbox.load((line % "Bravo à tous !").encode(), "t.jsonl", network="facebook_page")
        (message_id,) = await copilot.inbox.ids(InboxFilter(thread_id=loaded.thread.id))
        told = await copilot.conversations.draft(loaded.thread.id, message_id, "Merci à vous !", author="Karim")
        await copilot.review.decide(told.item.id, Action.APPROVE, by="Nora", seen_hash=told.item.package.sha256)
        await copilot.inbox.load((line % "La roue est voilée.").encode(), "t.jsonl", network="facebook_page")
        return told.item.id

    item_id = ask(qtbot, desk, approved)
    desk.announce(Changes(all_items=True))
    review.findChildren(ShelfChips)[0]._chips[Shelf.DRAFTS].click()
    on_show(review, qtbot, item_id)
    told = review.panel.told_text
    qtbot.waitUntil(told.isVisible)
    assert told.text().startswith(desk.t("item.lapse.message_changed"))
    assert told.property("tone") == "warn"
    edit(qtbot, desk, item_id, "Bonjour, apportez-nous la roue.")
    desk.announce(Changes(items=frozenset({item_id})))
    qtbot.waitUntil(lambda: not told.isVisible())


def test_a_post_shows_the_brief_it_was_written_from_folded_until_asked(
    waiting: list[int], review: ReviewScreen, qtbot: QtBot
) -> None:
    on_show(review, qtbot, waiting[0])
    source = review.panel.source
    qtbot.waitUntil(lambda: not source.isHidden())
    assert not source.folding.is_open
    source.folding.head.click()
    assert source.folding.is_open
    said = [one.text() for one in source.findChildren(QLabel)]
    assert any("Héron" in one for one in said)


def test_the_exact_text_is_copied_with_its_no_break_spaces(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot
) -> None:
    on_show(review, qtbot, waiting[0])
    review.panel.copy_button.click()
    assert QGuiApplication.clipboard().text() == shown(qtbot, desk, waiting[0]).item.outgoing_text


def test_the_selection_that_is_approved_is_exported_else_all(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    async def approve(copilot: Copilot) -> None:
        for one in waiting[:2]:
            digest = (await copilot.review.bytes_of(one)).sha256
            await copilot.review.decide(one, Action.APPROVE, by="Lina", seen_hash=digest)

    ask(qtbot, desk, approve)
    desk.announce(Changes(all_items=True))
    settled(desk)
    qtbot.waitUntil(review.export_action.isEnabled)
    press(qtbot, review, Key.Key_E, Modifier.ControlModifier)
    dialog = dialog_of(review, qtbot, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog._ids == ()
    qtbot.waitUntil(dialog.write.isEnabled)
    dialog.reject()


def test_what_was_shown_comes_back(
    waiting: list[int], review: ReviewScreen, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    review.list.turn_to(waiting[2])
    on_show(review, qtbot, waiting[2])
    state = review.state()
    other = ReviewScreen(desk)
    qtbot.addWidget(other)
    other.restore(state)
    other.appear()
    settled(desk)
    qtbot.waitUntil(lambda: other.panel.item_id == waiting[2])
    other.restore({"shelf": 3, "item": "x", "sizes": [1], "kind": []})


def test_the_network_asked_for_comes_back(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    chooser = review.left.network
    chooser.setCurrentIndex(1)
    settled(desk)
    wanted, shown = chooser.currentData(), review.list.model().rowCount()
    assert wanted
    state = review.state()
    other = ReviewScreen(desk)
    qtbot.addWidget(other)
    other.restore(state)
    assert other.left.asked(None).network == wanted
    other.appear()
    settled(desk)
    assert other.left.network.currentData() == wanted
    assert other.list.model().rowCount() == shown
    other.restore({"network": "nulle part"})
    other.restore({"network": 3})
    assert other.left.network.currentData() == wanted


def test_thousands_are_listed_without_blocking(desk: Desk, qtbot: QtBot) -> None:
    first = posts(qtbot, desk, ["linkedin"])[0].item

    async def many(copilot: Copilot) -> int:
        with copilot.store().write() as work:
            for place in range(3_000):
                work.items.add(replace(first, id=0, text=f"Texte {place}"), copilot.clock())
        return len((await load_list(copilot, Asked(Shelf.DRAFTS))).lines)

    assert ask(qtbot, desk, many) == 3_001


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_is_cut_in_either_language(
    waiting: list[int], window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled, language: str
) -> None:
    desk.t = Translator(language)
    screen = ReviewScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1060, 720)
    screen.show()
    qtbot.waitExposed(screen)
    screen.appear()
    settled(desk)
    on_show(screen, qtbot, waiting[0])
    for one in screen.findChildren(QLabel):
        if one.isVisible() and one.text() and not one.wordWrap():
            assert one.width() >= one.sizeHint().width() - 1, one.text()
    for shelf in screen._buttons.values():
        if shelf.isVisible():
            assert shelf.width() >= shelf.minimumSizeHint().width(), shelf.text()


def test_down_goes_from_the_search_to_what_it_found(waiting: list[int], review: ReviewScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: review.left.stack.currentWidget() is review.left.list)
    review.left.search.setFocus()
    qtbot.keyClick(review.left.search, Key.Key_Down)
    qtbot.waitUntil(review.list.hasFocus)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_filters_show_their_words_at_any_size_of_the_text(
    percent: int, waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot
) -> None:
    desk.theme.apply(Choice("light", percent))
    try:
        for one in (review.left.network, review.left.kind):
            wanted = one.fontMetrics().horizontalAdvance(one.currentText())
            # What the arrow and the padding take.
            qtbot.waitUntil(lambda one=one, wanted=wanted: one.width() >= wanted + 42)
    finally:
        desk.theme.apply(Choice("light", 100))


def test_a_text_that_left_its_list_does_not_come_back_into_it_with_the_next_start(
    waiting: list[int], review: ReviewScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    other = ReviewScreen(desk)
    qtbot.addWidget(other)
    other.restore({"shelf": Shelf.APPROVED.value, "item": waiting[2]})
    other.appear()
    settled(desk)
    qtbot.waitUntil(lambda: other._listing is not None)
    assert other._listing is not None
    assert [one.id for one in other._listing.lines] == []
    assert other.panel.item_id is None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_choice_opens_as_a_list_with_nothing_cut(review: ReviewScreen, qtbot: QtBot) -> None:
    combo = review.left.kind
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    assert combo.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, combo) == 0
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(view.model().index(combo.count() - 1, 0))
    assert 0 < last.bottom() <= view.viewport().height()
    combo.hidePopup()
