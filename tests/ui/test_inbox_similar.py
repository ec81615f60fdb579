"""Replies given before: said beside the editor with how near they are, taken undoably, listed before the saved ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.review import Action
from tests.ui.inbox_stage import Stage
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens._inbox.saved import SavedReplies

THREAD = (
    "id,author,text\n"
    "1,Léa Fontan,Bonjour à quelle heure ouvrez-vous le samedi à Lyon ?\n"
    "2,Hugo Marin,Bonjour à quelle heure ouvrez-vous le samedi à Lyon svp ?\n"
    "3,Inès Roche,Bravo à toute l’équipe pour la fête d’hier\n"
)
REPLY = "Bonjour Léa, nous ouvrons dès le matin le samedi. Toute l’équipe vous attend."


class Loaded(Stage):
    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> None:
        super().__init__(window, desk, qtbot, settled)
        self.screen.loading.load_text(THREAD, "facebook_page")
        self.rest()

    def message(self, author: str) -> int:
        for one in self.screen.list.messages.ids:
            row = self.screen.list.messages.known(one)
            if row is not None and row.message.author.name == author:
                return one
        raise AssertionError(author)

    def turn(self, author: str) -> None:
        message_id = self.message(author)
        self.screen.list.turn_to(message_id)
        self.qtbot.waitUntil(lambda: self.screen.reply.similar.found_for == message_id)
        self.rest()

    def answer(self, author: str, text: str) -> None:
        message_id = self.message(author)
        brand, done = self.screen.writing.brand, []

        async def go(copilot: Copilot) -> None:
            message = (await copilot.inbox.rows([message_id]))[0].message
            kept = await copilot.conversations.draft(message.thread_id, message_id, text, brand=brand, author="Nora")
            quotes = [one.quote for one in kept.findings if one.confirmable]
            seen = kept.item.package.sha256
            await copilot.review.decide(kept.item.id, Action.APPROVE, by="Ines", seen_hash=seen, confirmed=quotes)

        self.desk.run(go, lambda _none: done.append(True))
        self.qtbot.waitUntil(lambda: bool(done))
        self.rest()


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> Loaded:
    return Loaded(window, desk, qtbot, settled)


def test_the_nearest_reply_is_said_and_taken_for_the_new_person(stage: Loaded) -> None:
    stage.turn("Hugo Marin")
    before = stage.screen.reply.similar.found
    assert not [one for one in before if one.source == "approved"]
    stage.answer("Léa Fontan", REPLY)
    stage.turn("Inès Roche")
    stage.turn("Hugo Marin")
    similar = stage.screen.reply.similar
    assert similar.isVisible()
    assert similar.found[0].source == "approved"
    assert "%" in similar.near.text()
    similar.take.click()
    stage.rest()
    own = stage.screen.reply.own
    assert own.text().startswith("Bonjour Hugo,")
    assert "Léa" not in own.text()
    own.undo()
    assert own.text() == ""


def test_the_saved_replies_begin_with_what_is_near(stage: Loaded) -> None:
    stage.answer("Léa Fontan", REPLY)
    stage.turn("Inès Roche")
    stage.turn("Hugo Marin")
    stage.screen.acts.saved_replies()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SavedReplies)
    item = dialog.list.item(0)
    assert item is not None
    assert "%" in item.text()
    assert "Léa" not in dialog.text.text()
    assert dialog.told.text()
    dialog.insert.click()
    stage.rest()
    assert stage.screen.reply.own.text().startswith("Bonjour Hugo")


def test_nothing_is_said_of_another_subject(stage: Loaded) -> None:
    stage.answer("Léa Fontan", REPLY)
    stage.turn("Inès Roche")
    assert not [one for one in stage.screen.reply.similar.found if one.source == "approved"]
