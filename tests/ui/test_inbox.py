"""The Inbox screen, on a real profile with real key events: triage, undo, filters, late replies, hostile text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.conversation import Approach
from copilot.domain.inbox import State
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.paths import assets_dir
from copilot.services.review import Edit
from tests.ui.inbox_stage import CTRL, KEY, Settled, Stage
from tests.ui.review_tools import ask
from ui.desk import Desk
from ui.dialogs.approve import ApproveDialog
from ui.main_window import MainWindow
from ui.screens._inbox.screen import InboxScreen
from ui.widgets.message_list import PAGE
from ui.widgets.message_words import MARKS, beginning, shown

THREADS = assets_dir() / "demo" / "threads"


def jsonl(texts: list[str], **more: str) -> str:
    lines = [
        {"id": f"m{place}", "author": f"Personne {place}", "text": text, **more} for place, text in enumerate(texts)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)


def questions(count: int) -> str:
    return jsonl([f"Bonjour, la livraison du vélo {place} coûte combien ?" for place in range(count)])


class Clearing(Stage):
    """The screen with what a test does to it."""

    @property
    def words(self) -> str:
        return "\n".join(one.text for one in self.told)

    def load_file(self, text: str, network: str = "facebook_page") -> None:
        self.screen.loading.load_text(text, network)
        self.rest()
        self.in_list()

    def state_of(self, message_id: int) -> State:
        with self.desk._copilot().store().read() as work:
            return work.inbox.rows([message_id])[0].state

    def all_states(self) -> list[State]:
        with self.desk._copilot().store().read() as work:
            from copilot.domain.inbox import InboxFilter

            return [row.state for row in work.inbox.rows(work.inbox.ids(InboxFilter()))]

    def approve(self) -> None:
        """A, and Ctrl+Return in the dialog once it may be pressed."""
        self.press(KEY.Key_A)
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ApproveDialog)
        self.qtbot.waitUntil(dialog.yes.isEnabled)
        self.qtbot.keyClick(dialog.text, KEY.Key_Return, CTRL)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.in_list()
        self.rest()


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Clearing:
    return Clearing(window, desk, qtbot, settled)


def test_thirty_messages_are_cleared_to_the_end_without_a_mouse(stage: Clearing) -> None:
    stage.load_file(questions(30))
    messages = stage.screen.list.messages
    assert messages.rowCount() == 30
    for place in range(30):
        here = stage.screen.list.current_id
        if place % 3 == 0:
            stage.press(KEY.Key_S)
        elif place % 3 == 1:
            stage.press(KEY.Key_H)
        else:
            stage.press(KEY.Key_1)
            assert stage.state_of(here) is State.DRAFTED
            stage.press(KEY.Key_V)
        assert stage.screen.list.current_id != here, "the next message is there at once"
    assert messages.rowCount() == 0
    assert stage.screen.empty.currentWidget() is stage.screen.empty.all_done
    states = stage.all_states()
    assert [states.count(one) for one in (State.SKIPPED, State.HUMAN, State.IN_REVIEW)] == [10, 10, 10]


def test_each_decision_is_taken_back_last_first(stage: Clearing) -> None:
    stage.load_file(questions(4))
    done = []
    for key in (KEY.Key_S, KEY.Key_H):
        done.append(stage.screen.list.current_id)
        stage.press(key)
    done.append(stage.screen.list.current_id)
    stage.press(KEY.Key_1)
    stage.press(KEY.Key_V)
    assert [stage.state_of(one) for one in done] == [State.SKIPPED, State.HUMAN, State.IN_REVIEW]
    for one, was in zip(reversed(done), (State.DRAFTED, State.WAITING, State.WAITING), strict=True):
        stage.press(KEY.Key_U)
        assert stage.state_of(one) is was
        assert stage.screen.list.current_id == one, "what was taken back is on screen"
    stage.press(KEY.Key_U)
    assert not stage.screen.decisions.can_undo


def test_a_decision_right_after_an_undo_is_for_what_comes_back(stage: Clearing) -> None:
    stage.load_file(questions(3))
    first = stage.screen.list.current_id
    stage.press(KEY.Key_S)
    front = stage.screen.list.current_id
    assert front != first
    for key in (KEY.Key_U, KEY.Key_H):  # no rest in between: faster than the store
        stage.qtbot.keyClick(stage.screen.list, key)
    stage.rest()
    assert stage.state_of(first) is State.HUMAN
    assert stage.state_of(front) is State.WAITING
    assert not stage.screen.decisions.is_undoing


def test_undoing_on_a_forgotten_thread_says_that_nothing_was_undone(stage: Clearing) -> None:
    stage.load_file(questions(2))
    # On the same network it would be the same conversation, exported again.
    stage.load_file(questions(3), network="instagram")
    thread_id = stage.screen.filters.thread_id
    assert thread_id is not None
    stage.press(KEY.Key_S)
    stage.desk.run(lambda copilot: copilot.storage.forget_thread(thread_id, "Lina"))
    stage.rest()
    stage.told.clear()
    before = stage.all_states()
    for key in (KEY.Key_U, KEY.Key_H):
        stage.qtbot.keyClick(stage.screen.list, key)
    stage.rest()
    assert stage.desk.t("ui.inbox.undone.none") in stage.words
    assert [one.kind for one in stage.told] == ["info"]
    assert stage.all_states() == before, "what was meant for a message that is gone is done to no other"


def test_approving_shows_the_bytes_then_the_next_message_and_can_be_undone(stage: Clearing) -> None:
    stage.load_file(questions(3))
    first = stage.screen.list.current_id
    stage.press(KEY.Key_1)
    stage.press(KEY.Key_E)
    stage.screen.reply.item.editor.replace_all_undoable("Bonjour, la livraison est offerte. L’équipe")
    stage.press(KEY.Key_Escape)
    assert stage.screen.list.hasFocus()
    item_id = stage.screen.reply.item.item_id
    assert item_id is not None
    stage.screen.reply.item.set_text_undoable("Bonjour Personne, nous vous répondons en message privé.")
    stage.approve()
    with stage.desk._copilot().store().read() as work:
        item = work.items.get(item_id)
    assert item.status is Status.APPROVED
    assert item.text == "Bonjour Personne, nous vous répondons en message privé."
    assert stage.state_of(first) is State.APPROVED
    assert stage.screen.list.current_id not in (0, first)
    stage.press(KEY.Key_U)
    assert stage.state_of(first) is State.DRAFTED
    assert stage.screen.list.current_id == first
    assert stage.screen.reply.item.item_id == item_id


def test_another_approach_replaces_the_text_undoably(stage: Clearing) -> None:
    stage.load_file(questions(1))
    stage.press(KEY.Key_1)
    editor = stage.screen.reply.item.editor
    first = editor.text()
    stage.press(KEY.Key_2)
    assert editor.text() != first
    editor.undo()
    assert editor.text() == first


def test_own_words_are_kept_for_their_message_and_become_its_reply(stage: Clearing) -> None:
    stage.load_file(questions(2))
    first = stage.screen.list.current_id
    stage.press(KEY.Key_E)
    own = stage.screen.reply.own
    assert own.hasFocus()
    stage.qtbot.keyClicks(own, "Bonjour, 12 euros.")
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_J)
    assert own.text() == ""
    stage.press(KEY.Key_K)
    assert stage.screen.list.current_id == first
    assert own.text() == "Bonjour, 12 euros."
    stage.press(KEY.Key_V)
    assert stage.state_of(first) is State.IN_REVIEW


def test_saved_replies_go_where_the_person_types(stage: Clearing) -> None:
    stage.load_file(questions(1))
    stage.press(KEY.Key_E)
    stage.press(KEY.Key_Semicolon, CTRL)
    from ui.screens._inbox.saved import SavedReplies

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SavedReplies)
    assert dialog.list.count() > 1
    wanted = dialog.list.item(1).data(Qt.ItemDataRole.UserRole).text
    stage.qtbot.keyClick(dialog.search, KEY.Key_Down)
    stage.qtbot.keyClick(dialog.search, KEY.Key_Return)
    stage.rest()
    assert stage.screen.reply.own.text() == wanted


def test_filters_and_search_narrow_the_list_and_are_cleared(stage: Clearing) -> None:
    stage.screen.loading.open_path(THREADS / "facebook-heron.txt")
    stage.rest()
    filters, messages = stage.screen.filters, stage.screen.list.messages
    every = messages.rowCount()
    assert every > 8
    stage.in_list()
    stage.press(KEY.Key_F, CTRL)
    assert filters.search.hasFocus()
    stage.qtbot.keyClicks(filters.search, "bretagne")
    stage.rest()
    assert messages.rowCount() == 1
    stage.press(KEY.Key_Escape)
    stage.rest()
    assert messages.rowCount() == every
    filters.urgency["P0"].click()
    stage.rest()
    assert 0 < messages.rowCount() < every
    filters.search.setText("zzzz")
    stage.rest()
    assert stage.screen.empty.currentWidget() is stage.screen.empty.no_match
    filters.clear()
    stage.rest()
    assert messages.rowCount() >= every
    stage.screen.filters.intent.tick(["question"])
    stage.screen.filters.changed.emit()
    stage.rest()
    rows = [messages.known(one) for one in messages.ids]
    assert rows
    assert {row.message.triage.intent.value for row in rows if row and row.message.triage} == {"question"}


def test_danger_says_why_no_reply_is_proposed_and_what_to_do(stage: Clearing) -> None:
    stage.screen.loading.open_path(THREADS / "facebook-heron.txt")
    stage.rest()
    assert stage.screen.list.messages.known(stage.screen.list.current_id) is not None
    notice = stage.screen.reply.notice
    assert notice.isVisible()
    assert "112" in notice.text.text()
    assert "(H)" in notice.text.text()
    stage.in_list()
    stage.press(KEY.Key_A)
    assert QApplication.activeModalWidget() is None


def test_a_late_reply_lands_on_its_own_message(stage: Clearing) -> None:
    stage.load_file(questions(2))
    screen = stage.screen
    first = screen.list.current_id
    row = screen.list.messages.known(first)
    assert row is not None
    screen.writing.draft(row, "Réponse au premier message.", approach=Approach.SHORT)
    screen.list.step(1)
    second = screen.list.current_id
    stage.rest()
    assert screen.list.current_id == second
    assert screen.reply.item.item_id is None
    assert stage.state_of(first) is State.DRAFTED
    assert stage.state_of(second) is State.WAITING
    screen.list.step(-1)
    stage.rest()
    assert screen.reply.item.text() == "Réponse au premier message."


def test_offers_that_come_late_wait_for_their_message(stage: Clearing) -> None:
    stage.load_file(questions(2))
    screen = stage.screen
    first = screen.list.current_id
    screen.acts.propose()
    offers = screen.writing.offers(first)
    screen.list.step(1)
    stage.rest()
    assert offers is not None
    assert screen.writing.offers(first) is offers
    assert len(offers.found) > 1
    assert all(one.is_whole for one in offers.found)


def test_bulk_propose_writes_drafts_and_stops_when_told(stage: Clearing) -> None:
    stage.load_file(questions(120))
    screen = stage.screen
    stage.press(KEY.Key_A, CTRL)
    assert len(screen.list.selected_ids()) == 120
    focus = QApplication.focusWidget()
    assert focus is not None
    stage.qtbot.keyClick(focus, KEY.Key_R)
    stage.qtbot.waitUntil(lambda: screen.progress.bar.value() > 0)
    screen.progress.stop()
    stage.rest()
    assert not screen.progress.isVisible()
    drafted = stage.all_states().count(State.DRAFTED)
    assert 0 < drafted < 120
    stage.press(KEY.Key_A, CTRL)
    stage.press(KEY.Key_R)
    assert stage.all_states().count(State.DRAFTED) == 120
    assert screen.list.messages.known(screen.list.messages.id_at(0)).state is State.DRAFTED  # type: ignore[union-attr]  # it is on screen


def test_drafts_made_for_many_go_with_one_undo_but_for_those_a_person_took_further(stage: Clearing) -> None:
    stage.load_file(questions(8))
    screen = stage.screen
    stage.press(KEY.Key_A, CTRL)
    stage.press(KEY.Key_R)
    assert stage.all_states().count(State.DRAFTED) == 8
    drafts = [row.item_id for row in stage.rows() if row.item_id is not None]
    desk = stage.desk

    async def go_on(copilot: Copilot) -> None:
        kept = await copilot.review.show(drafts[0])
        await copilot.review.edit(drafts[0], Edit(text=f"{kept.item.text} À bientôt."), by="Lina")
        await copilot.review.decide(drafts[1], Action.SUBMIT, by="Lina")

    ask(stage.qtbot, desk, go_on)
    stage.in_list()
    stage.press(KEY.Key_Z, CTRL)
    states = stage.all_states()
    assert states.count(State.WAITING) == 6
    assert states.count(State.DRAFTED) == 1
    assert stage.told[-1].text == f"{desk.t('ui.drafts.gone', count=6)} {desk.t('ui.drafts.kept', count=2)}"
    assert not screen.decisions.can_undo


def test_skipping_a_selection_is_one_step_back(stage: Clearing) -> None:
    stage.load_file(questions(12))
    stage.press(KEY.Key_A, CTRL)
    stage.press(KEY.Key_S)
    assert stage.all_states().count(State.SKIPPED) == 12
    stage.in_list() if stage.screen.list.isVisible() else stage.screen.empty.setFocus()
    stage.press(KEY.Key_U)
    assert stage.all_states().count(State.WAITING) == 12


def test_a_hundred_thousand_messages_ask_for_few_pages(stage: Clearing) -> None:
    stage.load_file(questions(300))
    view, messages = stage.screen.list, stage.screen.list.messages
    known = tuple(messages.ids)
    # Rows of the store again and again: the list only ever sees ids.
    view.show_ids(known * 334)
    assert messages.rowCount() == 100_200
    before = messages.pages_asked
    bar = view.verticalScrollBar()
    for place in range(100):
        bar.setValue(bar.maximum() * place // 99)
        view.viewport().repaint()
    assert bar.value() == bar.maximum()
    last = messages.id_at(messages.rowCount() - 1)
    stage.qtbot.waitUntil(lambda: messages.known(last) is not None)
    assert messages.pages_asked - before <= 6


HOSTILE = [
    "a" + "\u0301" * 50_000,
    "\u202eevil\u202c מה שלומך \u2066x\u2069",
    "<b>gras</b><img src='file:///etc/passwd'>",
    "avant\x00après\x07",
    "x" * 300_000,
    "\n\n\n\n",
    "👩‍👩‍👧‍👦" * 2_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["marks", "rtl", "html", "nul", "long", "lines", "emoji"])
def test_hostile_text_is_drawn_as_plain_text_and_soon(text: str) -> None:
    drawn = shown(text)
    assert len(drawn) <= 6_000
    assert drawn.count("\u0301") <= MARKS
    assert not set(drawn) & set("\x00\x07\u202e\u2066")
    assert "\n" not in beginning(text)
    if "<b>" in text:
        assert drawn == text


def test_hostile_messages_do_not_break_the_screen(stage: Clearing) -> None:
    stage.load_file(jsonl([one for one in HOSTILE if one.strip()]))
    screen = stage.screen
    for _ in range(screen.list.messages.rowCount()):
        for one in screen.conversation.findChildren(QLabel):
            assert one.textFormat() is Qt.TextFormat.PlainText
        image = QImage(screen.size(), QImage.Format.Format_ARGB32)
        screen.render(image)
        screen.list.step(1)
        stage.rest()


@pytest.mark.parametrize("what", ["folder", "image", "empty", "large"])
def test_files_that_are_no_threads_are_refused_in_words(stage: Clearing, tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "large":
        with path.open("wb") as stream:
            stream.truncate(200_000_000)
    else:
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200) if what == "image" else b"")
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    stage.screen.dropEvent(event)
    stage.rest()
    assert [one.kind for one in stage.told] == ["danger"]
    assert what in stage.words
    assert stage.screen.empty.currentWidget() is stage.screen.empty.none


def test_the_same_thread_twice_is_said_and_added_once(stage: Clearing) -> None:
    stage.load_file(questions(3))
    stage.load_file(questions(3))
    assert stage.screen.list.messages.rowCount() == 3
    assert "déjà" in stage.words


def test_the_example_is_one_click_away(stage: Clearing) -> None:
    assert stage.screen.empty.isVisible()
    buttons = {one.text(): one for one in stage.screen.empty.none.findChildren(type(stage.screen.filters.reset))}
    buttons["Essayer un exemple"].click()
    stage.rest()
    assert stage.screen.list.messages.rowCount() > 5


def test_filters_message_and_splitters_come_back(stage: Clearing) -> None:
    stage.load_file(questions(5))
    stage.screen.filters.order.setCurrentIndex(2)
    stage.rest()
    stage.in_list()
    stage.press(KEY.Key_J)
    stage.press(KEY.Key_J)
    stage.screen.across.setSizes([450, 580])
    here, kept = stage.screen.list.current_id, stage.screen.state()
    # A change of language builds every screen anew from what it kept, as the next start does.
    stage.window.use_language()
    other = stage.window.screen_of("inbox")
    assert isinstance(other, InboxScreen)
    stage.screen = other
    stage.rest()
    assert other.list.current_id == here
    assert {**other.state(), "down": 0} == {**kept, "down": 0}


def test_news_of_changes_keep_message_selection_and_scroll(stage: Clearing) -> None:
    from ui.desk import Changes

    stage.load_file(questions(80))
    view = stage.screen.list
    view.turn_to(view.messages.id_at(40))
    stage.rest()
    here, scroll = view.current_id, view.verticalScrollBar().value()
    stage.desk.announce(Changes(all_items=True, threads=True))
    stage.rest()
    assert (view.current_id, view.verticalScrollBar().value()) == (here, scroll)
    assert PAGE < 80


def test_a_key_pressed_before_the_next_message_is_there_never_touches_the_last_one(stage: Clearing) -> None:
    stage.load_file(questions(3))
    view = stage.screen.list
    first = view.current_id
    for key in (KEY.Key_J, KEY.Key_E, KEY.Key_S, KEY.Key_H):
        stage.qtbot.keyClick(view, key)
    second = view.current_id
    assert second != first
    stage.rest()
    assert stage.screen.reply.message_id == second
    assert stage.screen.reply.own.hasFocus(), "the editor of the message that was asked for"
    assert set(stage.all_states()) == {State.WAITING}, "what was typed for the editor decided nothing"
    stage.in_list()
    stage.qtbot.keyClick(view, KEY.Key_K)
    stage.qtbot.keyClick(view, KEY.Key_1)
    stage.rest()
    assert stage.state_of(second) is State.WAITING
    assert stage.screen.reply.message_id == first


def test_approving_in_haste_shows_the_reply_to_the_message_turned_to(stage: Clearing) -> None:
    stage.load_file(questions(2))
    view = stage.screen.list
    stage.press(KEY.Key_1)
    first_item = stage.screen.reply.item.item_id
    stage.press(KEY.Key_J)
    stage.press(KEY.Key_2)
    second_item = stage.screen.reply.item.item_id
    stage.in_list()
    stage.qtbot.keyClick(view, KEY.Key_K)
    stage.qtbot.keyClick(view, KEY.Key_A)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ApproveDialog)
    stage.rest()
    assert [one.outgoing.item_id for one in dialog._sheets] == [first_item] != [second_item]
    dialog.reject()


def test_a_message_that_went_leaves_nothing_to_act_on(stage: Clearing) -> None:
    stage.load_file(questions(2))
    gone = stage.screen.list.messages.id_at(1)
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(stage.desk._copilot().profile.database)) as base, base:
        base.execute("DELETE FROM messages WHERE id = ?", (gone,))
    stage.press(KEY.Key_J)
    assert stage.screen.reply.row is None
    assert not stage.screen.right.isVisible()


def test_a_reply_whose_message_changed_is_refused_in_words(stage: Clearing) -> None:
    import sqlite3
    from contextlib import closing

    stage.load_file(questions(1))
    here = stage.screen.list.current_id
    row = stage.screen.list.messages.known(here)
    assert row is not None
    stage.screen.writing.draft(row, "Bonjour, nous vous répondons en message privé.")
    stage.rest()
    with closing(sqlite3.connect(stage.desk._copilot().profile.database)) as base, base:
        base.execute("UPDATE messages SET text = 'Tout autre chose' WHERE id = ?", (here,))
    stage.press(KEY.Key_A)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ApproveDialog)
    stage.qtbot.waitUntil(dialog.yes.isEnabled)
    stage.qtbot.keyClick(dialog.text, KEY.Key_Return, CTRL)
    stage.rest()
    said = "\n".join([stage.words, *(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())])
    assert "a changé ou n’existe plus" in said
    assert stage.state_of(here) is State.DRAFTED
    dialog.reject()


def test_a_load_that_is_stopped_says_so_and_starts_no_other(stage: Clearing, tmp_path: Path) -> None:
    large, other = tmp_path / "grand.csv", tmp_path / "autre.csv"
    large.write_text("author,text\n" + "".join(f"A{n},Où est ma commande {n} ?\n" for n in range(20_000)), "utf-8")
    other.write_text("author,text\nB,Bonjour\n", "utf-8")
    stage.screen.loading.open_paths([large, other])
    stage.qtbot.waitUntil(lambda: stage.screen.progress.bar.value() > 0)
    stage.screen.progress.stop()
    stage.rest()
    assert stage.words == "Le chargement de grand.csv est arrêté."
    assert stage.all_states() == []
    assert stage.screen.empty.currentWidget() is stage.screen.empty.none


def test_another_search_begins_at_its_first_message(stage: Clearing) -> None:
    stage.load_file(
        jsonl([*(f"Bonjour, la livraison {n} coûte combien ?" for n in range(20)), "Un vélo ?", "Un vélo bleu ?"])
    )
    view = stage.screen.list
    stage.screen.filters.order.setCurrentIndex(3)
    stage.rest()
    view.turn_to(view.messages.id_at(10))
    stage.rest()
    stage.screen.filters.search.setText("velo")
    stage.rest()
    assert view.messages.rowCount() == 2
    assert view.current_id == view.messages.id_at(0)


def test_the_message_keeps_its_room_beside_a_notice(stage: Clearing) -> None:
    stage.load_file(
        jsonl(["Bonjour, la livraison coûte combien ?", "Le frein a lâché, je suis tombé, c’est dangereux !"])
    )
    rooms, notices = set(), set()
    for place in range(2):
        stage.screen.list.turn_to(stage.screen.list.messages.id_at(place))
        stage.rest()
        rooms.add(stage.screen.down.sizes()[0])
        notices.add(stage.screen.reply.notice.isVisible())
    assert notices == {True, False}
    assert len(rooms) == 1, "nothing jumps from one message to the next"
    assert min(rooms) > 150


def test_own_words_below_a_notice_are_in_sight(stage: Clearing) -> None:
    stage.load_file(jsonl(["Le frein a lâché, je suis tombé, c’est dangereux !"]))
    stage.window.resize(960, 620)
    stage.rest()
    stage.screen.reply.write()
    stage.rest()
    own = stage.screen.reply.own
    assert stage.screen.reply.notice.isVisible()
    assert own.hasFocus()
    # All of it but the rounding of its frame.
    assert own.visibleRegion().boundingRect().height() >= own.height() - 2


def test_a_crowded_head_tells_only_what_is_to_answer(stage: Clearing) -> None:
    stage.load_file(questions(12))
    t, count = stage.screen.t, stage.screen.tally.label
    whole = t("ui.inbox.count", count=12, waiting=12)
    for width, told in ((1280, whole), (400, t("ui.inbox.count.short", waiting=12)), (1280, whole)):
        stage.screen.resize(width, 620)
        assert count.text() == told
        assert count.accessibleName() == whole
        assert count.toolTip() == ("" if told == whole else whole)


def test_languages_are_named_in_the_language_of_the_window(stage: Clearing) -> None:
    from ui.widgets.message_words import language_shown

    assert [language_shown(code, stage.desk.t) for code in ("fr", "en", "und", "")] == [
        "français", "anglais", "langue inconnue", "langue inconnue",
    ]  # fmt: skip


def test_more_replies_than_can_be_read_at_once_says_how_many_are_left(
    stage: Clearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens._inbox.acts.MOST_APPROVED", 2)
    stage.load_file(questions(5))
    stage.press(KEY.Key_A, CTRL)
    stage.press(KEY.Key_R)
    stage.press(KEY.Key_A)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ApproveDialog)
    assert "3 à approuver ensuite" in stage.words
    dialog.reject()


def test_a_number_without_approaches_says_how_to_get_some(stage: Clearing) -> None:
    stage.load_file(questions(1))
    row = stage.screen.list.messages.known(stage.screen.list.current_id)
    assert row is not None
    stage.screen.writing.draft(row, "Bonjour, nous vous répondons en message privé.")
    stage.rest()
    stage.screen.writing.forget()
    stage.told.clear()
    stage.press(KEY.Key_2)
    assert "(R)" in stage.words
    assert stage.screen.reply.item.text() == "Bonjour, nous vous répondons en message privé."


def test_a_long_title_keeps_what_is_counted_after_it(stage: Clearing) -> None:
    from PySide6.QtWidgets import QStyleOptionComboBox

    stage.load_file(questions(2))
    choice = stage.screen.filters.thread_choice
    choice.addItem("Avis <b>de</b> la page " + "très " * 40 + "(2 / 2)", 99)
    choice.blockSignals(True)
    choice.setCurrentIndex(choice.count() - 1)
    choice.blockSignals(False)
    choice._follow(choice.currentText())
    choice.resize(300, choice.height())
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    assert option.currentText.startswith("Avis")
    assert option.currentText.endswith("(2 / 2)")
    assert choice.fontMetrics().horizontalAdvance(option.currentText) < 300
    assert "&lt;b&gt;" in choice.toolTip()
    choice.removeItem(choice.count() - 1)


def test_when_the_thread_on_show_is_forgotten_the_others_are_shown(stage: Clearing) -> None:
    from ui.desk import Changes

    stage.load_file(questions(2))
    # On the same network it would be the same conversation, exported again.
    stage.load_file(questions(3), network="instagram")
    thread_id = stage.screen.filters.thread_id
    assert thread_id is not None
    assert stage.screen.list.messages.rowCount() == 3
    stage.desk.run(lambda copilot: copilot.storage.forget_thread(thread_id, "Lina"))
    stage.rest()
    stage.desk.announce(Changes(threads=True, all_items=True))
    stage.rest()
    assert stage.screen.filters.thread_id is None
    assert stage.screen.list.messages.rowCount() == 2
    assert stage.screen.reply.row is not None
    assert stage.screen.reply.row.message.thread_id != thread_id
