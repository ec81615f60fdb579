"""A text exactly as it leaves, to be read before saying yes to it: what cannot be seen is shown by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from ui.theme import Theme
from ui.widgets.text_editor import plain_copy

#: Combining marks drawn on one letter; the rest of a pile is counted instead.
MARKS = 4
#: A word longer than this is broken anywhere: looking for a better place takes Qt seconds.
_ENDLESS = re.compile(r"\S{5000}")
#: European words, their spaces and signs: nothing in them hides.
_PLAIN = re.compile(
    r"[\n\x21-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2bff]+|[ \xa0\u202f]+"
)
_JOINER, _VARIATION, _BLACK_FLAG = "\u200d", "\ufe0f", "\U0001f3f4"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what is shown; a ``named`` one stands for what cannot be seen, and ``count`` of it."""

    text: str
    named: bool = False
    count: int = 0


def pieces(text: str) -> Iterator[Piece]:
    """``text`` as it may be shown: invisible, reordering and piled up characters by their number, ``⟨U+202E⟩``."""
    at, size = 0, len(text)
    while at < size:
        if plain := _PLAIN.match(text, at):
            run, at = plain.group(), plain.end()
            if run[0] in " \xa0\u202f" and (at == size or text[at] == "\n"):
                yield _named(run[0], len(run)) if len(set(run)) == 1 else Piece(_code(run), named=True, count=len(run))
            else:
                yield Piece(run)
            continue
        end = at + 1
        char = text[at]
        if unicodedata.category(char) in ("Mn", "Me") and not _is_joined(text, at):
            while end < size and text[end] == char:
                end += 1
            seen = min(end - at, max(0, MARKS - _pile_before(text, at)))
            if seen:
                yield Piece(char * seen)
            if end - at > seen:
                yield _named(char, end - at - seen)
        elif _is_seen(text, at):
            yield Piece(char)
        else:
            while end < size and text[end] == char:
                end += 1
            yield _named(char, end - at)
        at = end


def _named(char: str, count: int) -> Piece:
    shown = _code(char)
    return Piece(shown if count == 1 else f"⟨{count}\xa0×\xa0{shown[1:]}", named=True, count=count)


def _code(run: str) -> str:
    return "".join(f"⟨U+{ord(one):04X}⟩" for one in run)


def _pile_before(text: str, at: int) -> int:
    """Marks just before ``at``, as far as it matters."""
    count = 0
    while count < MARKS and at - count > 0 and unicodedata.category(text[at - count - 1]) in ("Mn", "Me"):
        count += 1
    return count


def _is_seen(text: str, at: int) -> bool:
    category = unicodedata.category(text[at])
    if category[0] == "C" or category in ("Zl", "Zp", "Zs"):
        return _is_joined(text, at)
    return True


def _is_joined(text: str, at: int) -> bool:
    """True for the invisible parts of one emoji: they are the emoji."""
    char, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char == _JOINER:
        return (_is_emoji(before) or before == _VARIATION) and _is_emoji(after)
    if char == _VARIATION:
        return _is_emoji(before) or (before in "0123456789#*" and before != "")
    if "\U000e0020" <= char <= "\U000e007f":
        return before == _BLACK_FLAG or ("\U000e0020" <= before <= "\U000e007e")
    return False


def _is_emoji(char: str) -> bool:
    return char != "" and (unicodedata.category(char) in ("So", "Sk") or "\u2190" <= char <= "\u2bff")


class ExactText(QPlainTextEdit):
    """Read only. ``end_seen`` is told once the end of the text shown was on screen."""

    end_seen = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._told: tuple[Piece, ...] = ()
        self._settled = False
        self.hidden_count = 0
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._look())
        bar.rangeChanged.connect(lambda _low, _high: self._look())
        theme.changed.connect(self._draw)

    def show_exact(self, text: str) -> None:
        """Show another text, from its beginning."""
        self._settled = False
        self._told = tuple(pieces(text))
        self.hidden_count = sum(one.count for one in self._told)
        mode = QTextOption.WrapMode
        self.setWordWrapMode(mode.WrapAnywhere if _ENDLESS.search(text) else mode.WrapAtWordBoundaryOrAnywhere)
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._soon()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802  # Qt's name
        return plain_copy(self.textCursor())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self._soon()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._soon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._soon()

    def _soon(self) -> None:
        # Laid out first: until then any text seems to fit.
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        # Qt lays out what is in sight only: the end has its place once all of it is laid out.
        self.blockBoundingGeometry(self.document().lastBlock())
        self._settled = True
        self._look()

    def _look(self) -> None:
        if self._settled and self.isVisible() and self._told and self._is_end_in_sight():
            self.end_seen.emit()

    def _is_end_in_sight(self) -> bool:
        bar = self.verticalScrollBar()
        last = self.blockBoundingGeometry(self.document().lastBlock()).translated(self.contentOffset())
        # With the last line in sight the bar may still have a step to go, which Ctrl+End does not take.
        is_down = bar.value() == bar.maximum()
        spare = self.fontMetrics().lineSpacing() if is_down else self.document().documentMargin()
        return last.bottom() <= self.viewport().height() + spare

    def _draw(self) -> None:
        colours = self._theme.colours
        named = QTextCharFormat()
        named.setForeground(QColor(colours.danger))
        named.setBackground(QColor(colours.danger_soft))
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for one in self._told:
            cursor.insertText(one.text, named if one.named else QTextCharFormat())
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)
