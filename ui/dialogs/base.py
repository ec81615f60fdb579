"""Base of dialogs: same margins, a title inside, buttons at the right; opened and never executed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from ui.tokens import SPACE
from ui.widgets.basic import label, row


class Dialog(QDialog):
    """A modal sheet over the window. Fill ``body``; call :meth:`buttons` last; show it with ``open()``."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(SPACE[6], SPACE[6], SPACE[6], SPACE[4])
        lines.setSpacing(SPACE[4])
        self.heading = label(title, "title", wrap=True)
        lines.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE[3])
        lines.addLayout(self.body, 1)
        self._lines = lines

    def at_least(self, width: int, height: int) -> None:
        """Be this large, or as large as the window leaves room for."""
        around = (self.parentWidget() or self).window().size()
        self.setMinimumSize(min(width, around.width() - SPACE[8]), min(height, around.height() - SPACE[8]))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Never larger than the window it lies over: what does not fit scrolls, and the buttons are seen."""
        super().showEvent(event)
        if (around := self.parentWidget()) is not None and not event.spontaneous():
            room = around.window().size() - QSize(SPACE[8], SPACE[8])
            self.resize(self.size().boundedTo(room))

    def buttons(self, *made: QPushButton | int) -> None:
        """The row at the bottom: the way on at the right, the way out before it."""
        self._lines.addLayout(row(1, *made) if not any(isinstance(one, int) for one in made) else row(*made))


class Lines(QWidget):
    """What scrolls in a dialog, as high as its lines are: Qt's smallest height takes a wrapped one for several."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(super().minimumSizeHint().width(), 0)
