"""The real application, offscreen, at which somebody proposes and takes back, by the keyboard, until it is killed.

It says, a line an event: ``shown IDS`` (the items on the cards after the start), ``proposed IDS``, ``undoing IDS``,
``undone IDS``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from ui.application import Application, run
from ui.screens._compose.screen import ComposeScreen

#: Milliseconds between two things that the person does.
PACE = 20
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Person(QObject):
    """Proposes, and takes each proposal back."""

    def __init__(self, application: Application, say: Callable[[str], object]) -> None:
        super().__init__()
        self._application, self._tell = application, say
        self._drafts: set[int] = set()
        self._next = self._look
        self._timer = QTimer(self, interval=PACE)
        self._timer.timeout.connect(self._tick)
        application.window.painted.connect(self._timer.start)

    @property
    def _screen(self) -> ComposeScreen:
        screen = self._application.window.screen_of("compose")
        assert isinstance(screen, ComposeScreen)
        return screen

    def _say(self, what: str, ids: Iterable[int]) -> None:
        self._tell(" ".join([what, *map(str, sorted(ids))]))

    def _tick(self) -> None:
        window = self._application.window
        if window.screen_name == "compose" and self._application.runner.is_idle and not self._screen.is_busy:
            self._next()

    def _look(self) -> None:
        self._say("shown", self._screen.cards.item_ids)
        self._next = self._propose

    def _propose(self) -> None:
        editor = self._screen.brief.editor
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
        self._next = self._take_back

    def _take_back(self) -> None:
        self._drafts = set(self._screen.cards.item_ids)
        self._say("proposed", self._drafts)
        self._say("undoing", self._drafts)
        self._next = self._taken_back
        QTest.keyClick(self._screen.brief.editor, Qt.Key.Key_Backspace, CONTROL | SHIFT)

    def _taken_back(self) -> None:
        if not self._drafts & self._screen.cards.item_ids:
            self._say("undone", self._drafts)
            self._next = self._propose


def work(profile: Path, say: Callable[[str], object]) -> None:
    """Run until killed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    people: list[Person] = []
    run(profile, "fr", ready=lambda application: people.append(Person(application, say)))
