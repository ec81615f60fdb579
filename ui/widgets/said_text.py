"""What somebody wrote, in a label: a word longer than its place goes on below, and is copied as it was written."""

from __future__ import annotations

import re

from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy

from ui.icons import icon

#: Characters in a row without a place to break, after which one is made.
RUN = 24
#: Where a line may break and nothing is seen.
BREAK = "\u200b"
# Never before what belongs to the sign before it: accents that combine, joiners, variants, skin tones.
_LONG = re.compile(rf"([^\s{BREAK}]{{{RUN}}})(?=[^\s\u0300-\u036f\u200c-\u200f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff])")


def breakable(text: str) -> str:
    """``text`` with places to break in its endless words."""
    return _LONG.sub(rf"\1{BREAK}", text)


class SaidText(QLabel):
    """A label for :func:`breakable` texts. ``copy_name`` is how the way to copy what is selected is called."""

    def __init__(self, copy_name: str) -> None:
        super().__init__()
        self._copy_name = copy_name
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def selectedText(self) -> str:  # noqa: N802  # Qt's name
        """What is selected, as it was written."""
        return super().selectedText().replace(BREAK, "").replace("\u2029", "\n").replace("\u2028", "\n")

    def copy(self) -> None:
        """Put what is selected in the clipboard."""
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """Copying, and nothing that would copy the places to break too."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(icon("copy"), self._copy_name, self.copy).setEnabled(self.hasSelectedText())
        menu.popup(event.globalPos())
