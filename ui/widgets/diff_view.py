"""Two texts as one, word by word: what went is struck through, what came is underlined."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from copilot.text.worddiff import Change, DiffPart, diff_words
from ui.theme import Theme


class DiffView(QTextEdit):
    """Read only. Changes carry a line as well as a colour."""

    def __init__(self, theme: Theme, name: str, before: str = "", after: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._parts: tuple[DiffPart, ...] = tuple(diff_words(before, after))
        theme.changed.connect(self._draw)
        self._draw()

    def show_texts(self, before: str, after: str) -> None:
        """Compare other texts."""
        self.show_parts(diff_words(before, after))

    def show_parts(self, parts: Iterable[DiffPart]) -> None:
        """Show a comparison made elsewhere: of long texts, it takes longer than a frame."""
        self._parts = tuple(parts)
        self._draw()

    def _draw(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for part in self._parts:
            cursor.insertText(part.text, self._format(part.change))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, change: Change) -> QTextCharFormat:
        colours = self._theme.colours
        made = QTextCharFormat()
        made.setForeground(QColor(colours.text))
        if change is Change.ADDED:
            made.setForeground(QColor(colours.ok))
            made.setBackground(QColor(colours.ok_soft))
            made.setFontUnderline(True)
        elif change is Change.REMOVED:
            made.setForeground(QColor(colours.danger))
            made.setBackground(QColor(colours.danger_soft))
            made.setFontStrikeOut(True)
        return made
