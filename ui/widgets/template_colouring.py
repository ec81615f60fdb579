"""Colours a prompt template line by line: the keys of the front matter, the parts, the inputs, the mistakes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ui.theme import Theme
from ui.widgets.text_editor import units

#: Inputs tinted and letters underlined in one line.
_MOST_IN_LINE = 500
#: What opens and closes the front matter.
FENCE = "+++"
#: States of a line: in the front matter with its fences, or after it.
FRONT, BODY = 1, 2

INPUT = re.compile(r"\{\{\{[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}\}")
_PART = re.compile(r"#[ \t]+(system|user)[ \t]*")
_KEY = re.compile(r"[ \t]*(\[[^\]\n]{1,80}\]|[A-Za-z_][\w-]{0,80}(?=[ \t]*=))")


class Colouring(QSyntaxHighlighter):
    """Tints line by line as one types; ``wrongs`` come later, from the inspection."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._known: frozenset[str] = frozenset()
        self._wrongs: dict[int, list[tuple[int, int]]] = {}
        self._made()

    def set_known(self, known: Collection[str]) -> None:
        """The inputs that exist; another one is underlined."""
        self._known = frozenset(known)
        self.rehighlight()

    def set_wrongs(self, wrongs: dict[int, list[tuple[int, int]]]) -> None:
        """Underline these columns of lines, counted from 0, from now on."""
        if wrongs or self._wrongs:
            self._wrongs = wrongs
            self.rehighlight()

    def forget(self) -> None:
        """Another text comes."""
        self._wrongs = {}

    def follow_theme(self) -> None:
        """Take the colours of the theme."""
        self._made()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802  # Qt's name
        state = self._state(text)
        self.setCurrentBlockState(state)
        if state == FRONT:
            self._front(text)
        elif text.startswith("#") and _PART.fullmatch(text):
            self.setFormat(0, len(text), self._heading)
        elif "{" in text:
            self._inputs(text)
        wrongs = self._wrongs.get(self.currentBlock().blockNumber())
        if wrongs:
            self._underline(text, wrongs)

    def _state(self, text: str) -> int:
        before = self.previousBlockState()
        if self.currentBlock().blockNumber() == 0:
            return FRONT if text.removeprefix("\ufeff").rstrip() == FENCE else BODY
        if before != FRONT:
            return BODY
        # The closing fence belongs to the front matter: the line after it sees the fence and not the state alone.
        previous = self.currentBlock().previous()
        closed = previous.blockNumber() > 0 and previous.text().rstrip() == FENCE
        return BODY if closed else FRONT

    def _front(self, text: str) -> None:
        if text.rstrip() == FENCE:
            self.setFormat(0, len(text), self._quiet)
            return
        key = _KEY.match(text)
        if key:
            self.setFormat(key.start(1), key.end(1) - key.start(1), self._name)

    def _inputs(self, text: str) -> None:
        wide = any(one > "\uffff" for one in text)
        for number, found in enumerate(INPUT.finditer(text)):
            if number >= _MOST_IN_LINE:
                return
            start, end = found.span()
            if wide:
                start, end = units(text, start), units(text, end)
            self.setFormat(start, end - start, self._chip if found[1] in self._known else self._stranger)

    def _underline(self, text: str, wrongs: Sequence[tuple[int, int]]) -> None:
        for start, end in wrongs[:_MOST_IN_LINE]:
            first, last = units(text, start), units(text, end)
            for at in range(first, min(last, first + _MOST_IN_LINE)):
                style = QTextCharFormat(self.format(at))
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                style.setUnderlineColor(QColor(self._theme.colours.danger))
                self.setFormat(at, 1, style)

    def _made(self) -> None:
        colours = self._theme.colours
        self._chip = _style(colours.accent_text, colours.accent_soft)
        self._stranger = _style(colours.danger, colours.danger_soft)
        self._stranger.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._stranger.setUnderlineColor(QColor(colours.danger))
        self._heading = _style(colours.info)
        self._heading.setFontWeight(QFont.Weight.Bold)
        self._name = _style(colours.info)
        self._quiet = _style(colours.muted)


def _style(colour: str, ground: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    if ground:
        made.setBackground(QColor(ground))
    return made
