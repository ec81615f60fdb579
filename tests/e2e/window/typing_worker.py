"""The real application, offscreen, at which somebody types, proposes and approves until it is killed.

The journal has one JSON line an event, on the disk before the next key: ``shown`` (what each editor shows after the
start), ``typed``, ``ask`` and ``done`` (an approval), ``end``.
"""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QWidget

from copilot.services.inspection import Inspected
from ui.application import Application, run
from ui.dialogs.approve import ApproveDialog
from ui.widgets.item_editor import ItemEditor

#: Milliseconds between two things that the person does.
PACE = 20
CONTROL = Qt.KeyboardModifier.ControlModifier
LETTERS = str.maketrans("0123456789", "abcdefghij")


def word_of(item_id: int, number: int) -> str:
    """A word that tells its item and its place: ``vbcwda``. Letters only, so that no check takes it for a price."""
    return f"v{item_id}w{number}".translate(LETTERS)


class Person(QObject):
    """Does one thing at each tick, chosen by the dice."""

    def __init__(self, application: Application, journal: int, dice: random.Random, *, only_look: bool) -> None:
        super().__init__()
        self.application = application
        self._journal = journal
        self._dice = dice
        self._only_look = only_look
        self._looked: list[ItemEditor] = []
        self._number = 0
        self._asked: ApproveDialog | None = None
        self._patience = 0
        self._timer = QTimer(self, interval=PACE)
        self._timer.timeout.connect(self._look)
        application.window.painted.connect(self._timer.start)

    def say(self, what: str, **told: Any) -> None:
        """One line of the journal, on the disk when this returns."""
        line = json.dumps({"what": what, "at": time.monotonic(), **told}, ensure_ascii=False) + "\n"
        os.write(self._journal, line.encode())
        os.fsync(self._journal)

    def _look(self) -> None:
        """Wait for the screen, then open an editor on every item, and say what it shows."""
        application = self.application
        if not application.window.screen_name or not application.runner.is_idle:
            return
        if not self._looked:
            self._looked = [ItemEditor(application.desk)]
            application.desk.run(lambda copilot: copilot.review.list(), self._open_all, owner=self)
            return
        for one in self._looked:
            if one.item_id is not None:
                self.say("shown", item=one.item_id, text=one.text())
        for one in self._looked:
            one.clear()
            one.deleteLater()
        self._timer.timeout.disconnect(self._look)
        if self._only_look:
            self.say("ready")
            application.window.close()
            return
        self._timer.timeout.connect(self._settle)

    def _settle(self) -> None:
        """Back to Compose, wherever the kill came; where it left no card, there is something to type in first."""
        if self.application.window.screen_name != "compose":
            self._press(Qt.Key.Key_1, CONTROL)
            return
        compose = self.application.window.screen_of("compose")
        if any(card.item_ids for card in compose.cards.all):  # type: ignore[attr-defined]  # Compose has cards
            self.say("ready")
            self._timer.timeout.disconnect(self._settle)
            self._timer.timeout.connect(self._tick)
        elif not compose.cards.all:  # type: ignore[attr-defined]  # as above
            self._propose()

    def _open_all(self, items: Any) -> None:
        for one in items:
            self._looked.append(ItemEditor(self.application.desk))
            self._open(one.id, self._looked[-1])

    def _open(self, item_id: int, editor: ItemEditor) -> None:
        self.application.desk.run(lambda copilot: copilot.review.show(item_id), editor.show_item, owner=self)

    def _tick(self) -> None:
        modal = QApplication.activeModalWidget()
        if isinstance(modal, ApproveDialog):
            self._approve_in(modal)
        elif isinstance(modal, QWidget):
            QTest.keyClick(modal, Qt.Key.Key_Escape)
        else:
            self._work()

    def _work(self) -> None:
        chance = self._dice.random()
        editor = self._editor()
        window = self.application.window
        if window.screen_name != "compose":
            self._press(Qt.Key.Key_1, CONTROL)
        elif not window.screen_of("compose").cards.all or chance < 0.03:  # type: ignore[attr-defined]  # Compose has cards
            self._propose()
        elif editor is None or chance < 0.08:
            self._press(Qt.Key.Key_Down, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        elif chance < 0.12:
            self._press(self._dice.choice((Qt.Key.Key_1, Qt.Key.Key_2)), Qt.KeyboardModifier.AltModifier)
        elif chance < 0.14:
            self._press(Qt.Key.Key_3, CONTROL)
        elif chance < 0.2:
            self._press(Qt.Key.Key_Return, CONTROL)
        else:
            self._type(editor)

    def _propose(self) -> None:
        brief = self.application.window.screen_of("compose").brief.editor  # type: ignore[attr-defined]  # Compose has it
        brief.setFocus()
        QTest.keyClick(brief, Qt.Key.Key_Return, CONTROL)

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.application.window, key, modifier)

    def _editor(self) -> ItemEditor | None:
        """The editor of an item that has the focus."""
        held: QWidget | None = QApplication.focusWidget()
        while held is not None and not isinstance(held, ItemEditor):
            held = held.parentWidget()
        return held

    def _type(self, editor: ItemEditor) -> None:
        text = QApplication.focusWidget()
        item_id = editor.item_id
        if not isinstance(text, QPlainTextEdit) or text.isReadOnly() or item_id is None:
            self._press(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
            return
        self._number += 1
        word = word_of(item_id, time.monotonic_ns() // 1_000_000)
        QTest.keyClick(text, Qt.Key.Key_End, CONTROL)
        QTest.keyClicks(text, f" {word}")
        if editor.item_id == item_id and editor.text().endswith(word):
            self.say("typed", item=item_id, word=word)

    def _approved(self, done: list[Inspected]) -> None:
        for one in done:
            self.say("done", item=one.item.id, sha=one.item.package.sha256)

    def _approve_in(self, dialog: ApproveDialog) -> None:
        if self._asked is not dialog:
            self._asked, self._patience = dialog, 0
            dialog.approved.connect(self._approved)
        self._patience += 1
        for box in dialog.findChildren(QCheckBox):
            if not box.isChecked():
                QTest.keyClick(box, Qt.Key.Key_Space)
        if dialog.yes.isEnabled():
            for one in dialog._sheets:  # what the person reads in it
                self.say("ask", item=one.outgoing.item_id, sha=one.outgoing.sha256)
            QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
        elif self._patience > 40:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)


def main(profile: Path, journal: Path, seed: int, *, only_look: bool) -> int:
    """Run until killed, or with ``only_look`` until all was looked at. Returns the exit code of the window."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    people: list[Person] = []

    def ready(application: Application) -> None:
        people.append(Person(application, handle, random.Random(seed), only_look=only_look))
        application.desk.broke.connect(lambda error: people[0].say("broke", error=repr(error)))
        application.desk.told.connect(
            lambda message: people[0].say("told", text=message.text) if message.kind == "danger" else None
        )

    code = run(profile, "fr", ready=ready)
    people[0].say("end", code=code)
    return code


def work(profile: Path, journal: Path, seed: int, only_look: bool, _say: object) -> None:
    """:func:`main`, for a process that does nothing else; what it has to say is in the journal."""
    main(profile, journal, seed, only_look=only_look)
