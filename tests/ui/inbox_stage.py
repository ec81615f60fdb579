"""The Inbox screen with what the tests of its parts do to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot.domain.inbox import InboxFilter, InboxRow
from ui.desk import Desk, Message
from ui.dialogs.base import Dialog
from ui.main_window import MainWindow
from ui.screens._inbox.screen import InboxScreen

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[Desk], None]


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Messages as a CSV file; ``id`` and ``author`` are made up when they are not told."""
    names = list(dict.fromkeys(["id", "author", "text", *(name for one in rows for name in one)]))
    out = io.StringIO()
    made = csv.DictWriter(out, names)
    made.writeheader()
    for place, one in enumerate(rows):
        made.writerow({"id": f"m{place}", "author": f"Personne {place}", **one})
    return out.getvalue()


class Stage:
    """The screen on a real store."""

    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
        self.window, self.desk, self.qtbot = window, desk, qtbot
        self._settled = settled
        self.told: list[Message] = []
        desk.told.connect(self.told.append)
        window.go("inbox")
        screen = window.screen_of("inbox")
        assert isinstance(screen, InboxScreen)
        self.screen = screen
        self.rest()

    def rest(self) -> None:
        """Wait until everything asked for is shown."""

        def still() -> bool:
            timers = (self.screen._settle, self.screen.loader._breath, self.screen.filters._rest)
            return self.desk.runner.is_idle and not any(timer.isActive() for timer in timers)

        for _ in range(3):
            self.qtbot.waitUntil(still, timeout=90_000)
            self._settled(self.desk)

    def load(self, *rows: Mapping[str, str], network: str = "facebook_page") -> None:
        self.screen.loading.load_text(table(rows), network)
        self.rest()
        self.show_all()

    def show_all(self) -> None:
        """All messages, ours too, whatever became of them."""
        self.screen.filters.bring_back({"order": "urgency"})
        self.screen.filters.changed.emit()
        self.rest()
        self.in_list()

    def in_list(self) -> None:
        self.window.activateWindow()
        self.screen.list.setFocus()
        self.qtbot.waitUntil(self.screen.list.hasFocus)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier)
        self.rest()

    def turn_to(self, start: str) -> int:
        """Go to the message that begins so; its id."""
        row = next(one for one in self.rows() if one.message.text.startswith(start))
        assert self.screen.list.turn_to(row.message.id)
        self.rest()
        return row.message.id

    def rows(self) -> tuple[InboxRow, ...]:
        """All messages as stored, by urgency."""
        with self.desk._copilot().store().read() as work:
            return tuple(work.inbox.rows(work.inbox.ids(InboxFilter())))

    def row(self, message_id: int) -> InboxRow:
        with self.desk._copilot().store().read() as work:
            return work.inbox.rows([message_id])[0]

    def dialog(self) -> Dialog:
        """The dialog that is open, once it has all it shows."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Dialog))
        self.rest()
        found = QApplication.activeModalWidget()
        assert isinstance(found, Dialog)
        return found

    def shown_order(self) -> list[int]:
        return list(self.screen.list.messages.ids)
