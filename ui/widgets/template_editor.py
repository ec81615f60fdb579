"""Edits a prompt template: line numbers, the front matter set apart, inputs as chips, mistakes underlined.

Never more than :data:`LONGEST` characters are held: Qt lays one word of 1,000,000 letters out for a minute.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.template_colouring import FENCE, FRONT, INPUT, Colouring
from ui.widgets.text_editor import TextEditor, units

#: Characters held, somewhat more than the longest prompt that can be saved.
LONGEST = 66_000
MONO = ("JetBrains Mono", "Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "monospace")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A passage that is wrong (Python offsets in the text; may be empty) and the sentence that says why."""

    start: int
    end: int
    sentence: str


class TemplateEditor(TextEditor):
    """``paste_cut`` tells how many characters of a paste did not fit."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, smallest_lines=4)
        self._held = ""
        self._wrongs: tuple[Wrong, ...] = ()
        self._meanings: dict[str, str] = {}
        self._wrong_lines: frozenset[int] = frozenset()
        self._colours = Colouring(self.document(), theme)
        self._gutter = _Gutter(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._gutter.update)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    @property
    def line(self) -> int:
        """The line of the cursor, from 1."""
        return self.textCursor().blockNumber() + 1

    def show_text(self, text: str) -> None:
        """Put another template in, without undo; what is over :data:`LONGEST` characters is left out."""
        self._forget_wrongs()
        super().show_text(text[:LONGEST])

    def set_inputs(self, meanings: dict[str, str]) -> None:
        """The inputs that exist, each with what it holds, said by a tooltip."""
        self._meanings = dict(meanings)
        self._colours.set_known(frozenset(meanings))

    def set_wrongs(self, wrongs: Sequence[Wrong]) -> None:
        """Underline what is wrong in the text as it stands."""
        told = tuple(wrongs)
        text = self.text()
        starts = _line_starts(text)
        self._wrongs = told
        self._wrong_lines = frozenset(bisect_right(starts, one.start) for one in told)
        self._colours.set_wrongs(dict(_by_line(told, text, starts)))
        self._gutter.update()

    def go_to(self, start: int, end: int) -> None:
        """Select a passage, in the middle of the view, and take the focus."""
        self.select(start, end)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert_input(self, name: str, *, alone: bool) -> None:
        """Insert ``{{{name}}}`` at the cursor, on a line of its own when ``alone``; one undo takes it back.

        From the front matter it goes where it may stand: at the end when ``alone``, else after ``# user``.
        """
        cursor = self.textCursor()
        if cursor.block().userState() == FRONT:
            cursor = self._place_in_body(alone=alone)
        tag = "{{{" + name + "}}}"
        cursor.beginEditBlock()
        if alone:
            before, after = _around(cursor)
            tag = ("\n" if before.strip() else "") + tag + ("\n" if after.strip() else "")
        cursor.insertText(tag)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_body(self) -> None:
        """Put the cursor on the first line after the front matter, at the top of the view."""
        block = self._first_of_body()
        self.moveCursor(QTextCursor.MoveOperation.End)
        cursor = QTextCursor(block if block.isValid() else self.document().firstBlock())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def declare(self, name: str, key: str) -> None:
        """Add ``name`` to the list ``key`` of the front matter when it is not there."""
        place = _declaration(self.text(), name, key)
        if place is None:
            return
        at, words = place
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self.text(), at))
        cursor.insertText(words)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt's name
        """Words alone, as many as fit."""
        if not source.hasText():
            return
        text = source.text()
        chosen = self.textCursor()
        room = max(0, LONGEST - self.document().characterCount() + chosen.selectionEnd() - chosen.selectionStart())
        if len(text) > room:
            self.paste_cut.emit(len(text) - room)
        self.insert_at_cursor(text[:room])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """A full editor takes no more letters."""
        full = self.document().characterCount() > LONGEST and event.text().isprintable() and bool(event.text())
        if full and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip of what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(cast("QHelpEvent", event))
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The gutter is as high as the view; who types keeps the line in view when a list opens under it."""
        caret = self.cursorRect()
        # A line that is cut at the edge is in view too.
        was_seen = 0 <= caret.center().y() <= event.oldSize().height()
        super().resizeEvent(event)
        self._place_gutter()
        if was_seen and self.hasFocus():
            self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The ground of the front matter lies under its words."""
        painter = QPainter(self.viewport())
        ground = QColor(self._theme.colours.raised)
        for block, area in self.lines_in_view():
            if block.userState() == FRONT:
                painter.fillRect(area, ground)
        painter.end()
        super().paintEvent(event)

    def lines_in_view(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """The lines on screen with their place in the viewport."""
        block = self.firstVisibleBlock()
        bottom, width = self.viewport().height(), self.viewport().width()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > bottom:
                return
            if block.isVisible():
                yield block, QRect(0, round(area.top()), width, round(area.bottom()) - round(area.top()))
            block = block.next()

    def gutter_width(self) -> int:
        """Room for the longest line number, in px."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + SPACE[4]

    def is_wrong_line(self, line: int) -> bool:
        """True for a line, from 1, with a mistake."""
        return line in self._wrong_lines

    def tip_at(self, offset: int) -> str:
        """What there is to say of the character at ``offset``: its mistakes, else the meaning of its input."""
        said = [one.sentence for one in self._wrongs if one.start <= offset < max(one.end, one.start + 1)]
        if said:
            return "\n\n".join(said[:3])
        text = self.text()
        first = text.rfind("\n", 0, offset) + 1
        last = text.find("\n", offset)
        for found in INPUT.finditer(text, first, last if last >= 0 else len(text)):
            if found.start() <= offset < found.end():
                return self._meanings.get(found[1], "")
        return ""

    def _first_of_body(self) -> QTextBlock:
        block = self.document().firstBlock()
        while block.isValid() and block.userState() == FRONT:
            block = block.next()
        return block

    def _place_in_body(self, *, alone: bool) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if alone:
            return cursor
        block = self._first_of_body()
        while block.isValid():
            if block.text().rstrip() == "# user":
                cursor.setPosition(block.position() + block.length() - 1)
                cursor.insertText("\n")
                break
            block = block.next()
        return cursor

    def _show_tip(self, event: QHelpEvent) -> None:
        point = self.viewport().mapFromGlobal(event.globalPos())
        cursor = self.cursorForPosition(point)
        text = self.text()
        said = self.tip_at(len(text.encode("utf-16-le")[: cursor.position() * 2].decode("utf-16-le", "ignore")))
        if said and self.viewport().rect().contains(point):
            # Escaped: a sentence may quote what others wrote.
            QToolTip.showText(event.globalPos(), f"<p>{escape(said)}</p>", self)
        else:
            QToolTip.hideText()

    def _text_changed(self) -> None:
        # Colouring is told as a change as well.
        held = self.document().toRawText()
        if held == self._held:
            return
        self._held = held
        # Passages moved: underlines stay where Qt carried them until the next inspection.
        self._wrongs = ()
        super()._text_changed()

    def _forget_wrongs(self) -> None:
        self._wrongs, self._wrong_lines = (), frozenset()
        self._colours.forget()

    def _follow_theme(self) -> None:
        # Families alone: the size comes with the style sheet.
        font = QFont(self.font())
        font.setFamilies(list(MONO))
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self._colours.follow_theme()
        self._make_room()

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        edge = self.viewport().geometry()
        self._gutter.setGeometry(edge.left() - self.gutter_width(), inside.top(), self.gutter_width(), inside.height())

    def _scrolled(self, area: QRect, moved: int) -> None:
        if moved:
            self._gutter.scroll(0, moved)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())


class _Gutter(QWidget):
    """The line numbers; silent for screen readers, which know the line themselves."""

    def __init__(self, editor: TemplateEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        colours = self._editor._theme.colours  # the two halves of one widget
        painter = QPainter(self)
        painter.setFont(self._editor.font())
        top = self._editor.viewport().mapTo(self._editor, QPoint(0, 0)).y() - self.y()
        height = self._editor.fontMetrics().lineSpacing()
        here = self._editor.line
        for block, area in self._editor.lines_in_view():
            number = block.blockNumber() + 1
            wrong = self._editor.is_wrong_line(number)
            painter.setPen(QColor(colours.danger if wrong else colours.text if number == here else colours.muted))
            place = QRect(0, area.top() + top, self.width() - SPACE[2], height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            if wrong:
                painter.fillRect(QRect(0, area.top() + top, 3, area.height()), QColor(colours.danger))
        painter.end()


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _by_line(wrongs: Sequence[Wrong], text: str, starts: Sequence[int]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """(line from 0, its wrong passages in columns), the first line of each passage alone; an empty one is a line."""
    found: dict[int, list[tuple[int, int]]] = {}
    for one in wrongs:
        if one.start > len(text):
            continue
        line = bisect_right(starts, one.start) - 1
        end_of_line = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
        first, last = one.start - starts[line], min(one.end, end_of_line) - starts[line]
        if last > first:
            found.setdefault(line, []).append((first, last))
    yield from found.items()


def _around(cursor: QTextCursor) -> tuple[str, str]:
    """The line before and after a selection."""
    block = cursor.document().findBlock(cursor.selectionStart())
    before = QTextCursor(block)
    before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
    after = QTextCursor(cursor.document())
    after.setPosition(cursor.selectionEnd())
    after.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return before.selectedText(), after.selectedText()


def _declaration(text: str, name: str, key: str) -> tuple[int, str] | None:
    """Where and what to write so that the list ``key`` of the front matter holds ``name``; None when it does."""
    end = text.find(f"\n{FENCE}", 1)
    found = re.compile(rf"^{re.escape(key)}[ \t]*=[ \t]*\[([^\]]*)\]", re.MULTILINE).search(text, 0, max(end, 0))
    if found is None or re.search(rf"[\"']{re.escape(name)}[\"']", found[1]):
        return None
    inner = found[1].rstrip()
    comma = ", " if inner.strip() and not inner.endswith(",") else " " if inner.endswith(",") else ""
    return found.start(1) + len(inner), f'{comma}"{name}"'
