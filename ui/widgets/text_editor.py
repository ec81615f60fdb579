"""A plain text editor: pastes words alone, marks findings and what is too long, keeps its undo through everything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QSizePolicy, QTextEdit, QToolTip, QWidget

from ui.theme import Theme
from ui.tokens import SPACE

#: A paste larger than this is cut, and said: no network takes a text of 200,000 characters.
LONGEST_PASTE = 200_000
#: An editor that grows does so up to this many lines, then scrolls.
MOST_LINES = 22
#: Marks drawn at once: a text with more is wrong all over.
MOST_MARKS = 200
#: A word longer than this is broken anywhere: looking for a better place takes Qt seconds.
_ENDLESS = re.compile(r"\S{5000}")
_BREAKS = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n", "\x00": "\ufffd"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to mark: Python offsets, a colour name of the tokens, ``wave``, ``dots`` or ``ground``.

    ``note`` is what is said of it to a person who points at it.
    """

    start: int
    end: int
    colour: str
    kind: str = "wave"
    note: str = ""


def raw_text(document: QTextDocument) -> str:
    """The text of ``document`` with its no-break spaces: ``toPlainText`` makes plain spaces of them."""
    return document.toRawText().translate(_BREAKS)


def plain_copy(cursor: QTextCursor) -> QMimeData:
    """What is selected, for the clipboard, with its no-break spaces."""
    made = QMimeData()
    made.setText(cursor.selectedText().translate(_BREAKS))
    return made


def units(text: str, offset: int) -> int:
    """The UTF-16 position, as Qt counts, of a Python ``offset``."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


class TextEditor(QPlainTextEdit):
    """``changed_by_hand`` is told for each change a person made; texts put in by the program are silent."""

    changed_by_hand = Signal()
    left = Signal()
    paste_cut = Signal(int)
    menu_asked = Signal(object, int)  # QMenu to add to, the Python offset pointed at

    def __init__(self, theme: Theme, name: str, *, smallest_lines: int = 3, grows: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._silent = False
        self._smallest = smallest_lines
        self._streaming = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # Not Qt's WheelFocus: scrolling past a text must not send there what is typed next.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._text_changed)
        theme.changed.connect(self._draw_marks)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._resized())
            self.document().contentsChanged.connect(self._resized)
            self.cursorPositionChanged.connect(self._keep_cursor_in_sight)
        self._grows = grows
        self._lines = 0

    def text(self) -> str:
        """The text, with newlines, no NUL and no Qt separators."""
        # Not toPlainText, which turns no-break spaces into plain ones.
        return raw_text(self.document())

    def show_text(self, text: str) -> None:
        """Put another text in, without undo: for turning to another item."""
        self._silent = True
        self._streaming = False
        told = text.translate(_BREAKS)
        if told and told == self.text():
            # The same words, as after a stream: nothing moves.
            self.document().clearUndoRedoStacks()
        else:
            self._wrap_for(told, anew=True)
            self.setPlainText(told)
        self._silent = False
        self.set_marks(())

    def replace_all_undoable(self, text: str) -> None:
        """Replace the text as one step that the person can undo; it counts as a change by hand."""
        self._wrap_for(text)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text.translate(_BREAKS))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def slip_under(self, text: str, cursor_at: int) -> None:
        """Put ``text`` under what stands: one undo shows it, a second one goes on as before."""
        present = self.text()
        self._silent = True
        self.replace_all_undoable(text)
        self.replace_all_undoable(present)
        self._silent = False
        cursor = self.textCursor()
        cursor.setPosition(min(cursor_at, units(present, len(present))))
        self.setTextCursor(cursor)

    def insert_at_cursor(self, text: str) -> None:
        """Insert where the person types, undoable."""
        self._wrap_for(text)
        self.textCursor().insertText(text.translate(_BREAKS))
        self.ensureCursorVisible()

    def begin_stream(self) -> None:
        """Empty the editor for a text that comes in pieces; nobody types meanwhile."""
        self.show_text("")
        self._streaming = True
        self.setReadOnly(True)

    def append_stream(self, text: str) -> None:
        """Add a piece at the end; the view follows only when it was at the end."""
        if not self._streaming:
            return
        bar = self.verticalScrollBar()
        # An editor that still grows shows its end anyway: scrolling it would make a line jump for one frame.
        follows = bar.value() >= bar.maximum() - 4 and not (self._grows and self._lines <= MOST_LINES)
        self._silent = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.document().characterCount() - 1)
        cursor.insertText(text.translate(_BREAKS))
        self._silent = False
        if follows:
            bar.setValue(bar.maximum())

    def end_stream(self) -> None:
        """The last piece came: the person may type. What came cannot be undone away."""
        self._streaming = False
        self.setReadOnly(False)
        self.document().clearUndoRedoStacks()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark passages of the text as it stands."""
        self._marks = tuple(marks)
        self._draw_marks()

    def select(self, start: int, end: int) -> None:
        """Select a passage (Python offsets) and bring it into view."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt's name
        """Words alone, and not without end."""
        if not source.hasText():
            return
        text = source.text()
        if len(text) > LONGEST_PASTE:
            self.paste_cut.emit(len(text) - LONGEST_PASTE)
            text = text[:LONGEST_PASTE]
        self.insert_at_cursor(text)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802  # Qt's name
        return plain_copy(self.textCursor())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802  # Qt's name
        """Files go to whoever holds the editor; text comes in here."""
        return source.hasText() and not source.hasUrls()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Pointing at a mark says what it is about."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        said = self.note_at(self.cursorForPosition(event.pos()).position())
        if said:
            QToolTip.showText(event.globalPos(), f"<p>{escape(said)}</p>", self)
        else:
            QToolTip.hideText()
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """The usual menu, with what others have to say of the passage before it."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if by_key else self.cursorForPosition(event.pos())
        self.menu_asked.emit(menu, self._python_offset(cursor.position()))
        menu.popup(event.globalPos())

    def note_at(self, position: int) -> str:
        """What is said of the marks at a ``position`` of the document, a line each."""
        text = self.text()
        notes = (
            mark.note
            for mark in self._marks[:MOST_MARKS]
            if mark.note and units(text, mark.start) <= position <= units(text, mark.end)
        )
        return "\n".join(dict.fromkeys(notes))

    def offset(self) -> int:
        """Where the cursor is, or where what is selected ends, as a Python offset."""
        return self._python_offset(self.textCursor().selectionEnd())

    def _python_offset(self, position: int) -> int:
        units_before = self.text().encode("utf-16-le", "surrogatepass")[: position * 2]
        return len(units_before.decode("utf-16-le", "replace"))

    def replace_undoable(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in place of a passage (Python offsets), as one step that the person can undo."""
        self._wrap_for(text)
        whole = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(whole, start))
        cursor.setPosition(units(whole, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text.translate(_BREAKS))
        self.setTextCursor(cursor)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        hint = super().sizeHint()
        return QSize(hint.width(), self._wanted_height()) if self._grows else hint

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Another text size gives another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._grows:
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        if self._grows:
            self._resized()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        hint = super().minimumSizeHint()
        lines = self.fontMetrics().lineSpacing() * self._smallest + SPACE[5]
        return QSize(min(hint.width(), 120), lines)

    def _wanted_height(self) -> int:
        lines = min(max(self._smallest, self._line_count()), MOST_LINES)
        # Rounded up, as Qt lays lines out: at large text sizes the font's own figure is a little short.
        return ceil(QFontMetricsF(self.font()).lineSpacing()) * lines + SPACE[6]

    def _resized(self) -> None:
        """The text takes another number of lines: the editor follows by whole lines, and scrolls past the last."""
        lines = self._line_count()
        if lines == self._lines:
            return
        self._lines = lines
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if lines > MOST_LINES else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != wanted:
            self.setVerticalScrollBarPolicy(wanted)
        self.updateGeometry()

    def _line_count(self) -> int:
        """Lines the text takes, counted as far as it matters: Qt lays out, and counts, only what is in sight."""
        count, block = 0, self.document().firstBlock()
        while block.isValid() and count <= MOST_LINES:
            self.blockBoundingGeometry(block)
            count += max(1, block.layout().lineCount())
            block = block.next()
        return count

    def _keep_cursor_in_sight(self) -> None:
        """What is typed stays in sight when an area around the editor scrolls."""
        if not self.hasFocus():
            return
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea) and (inside := around.widget()) is not None:
            at = self.viewport().mapTo(inside, self.cursorRect().center())
            around.ensureVisible(at.x(), at.y(), 0, self.fontMetrics().lineSpacing() * 2)

    def _wrap_for(self, text: str, *, anew: bool = False) -> None:
        mode = QTextOption.WrapMode
        if _ENDLESS.search(text):
            self.setWordWrapMode(mode.WrapAnywhere)
        elif anew and self.wordWrapMode() != mode.WrapAtWordBoundaryOrAnywhere:
            self.setWordWrapMode(mode.WrapAtWordBoundaryOrAnywhere)

    def _text_changed(self) -> None:
        if not self._silent:
            self.changed_by_hand.emit()

    def _draw_marks(self) -> None:
        text = self.text()
        # Marks of a text that was changed since have no place: the next checks bring theirs.
        marks = self._marks[:MOST_MARKS]
        self.setExtraSelections([self._selection(mark, text) for mark in marks if mark.end <= len(text)])

    def _selection(self, mark: Mark, text: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        colour = QColor(getattr(self._theme.colours, mark.colour))
        style = QTextCharFormat()
        if mark.kind == "ground":
            style.setBackground(QColor(getattr(self._theme.colours, f"{mark.colour}_soft")))
            style.setForeground(colour)
        else:
            lines = QTextCharFormat.UnderlineStyle
            style.setUnderlineStyle(lines.DotLine if mark.kind == "dots" else lines.WaveUnderline)
            style.setUnderlineColor(colour)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(text, mark.start))
        cursor.setPosition(units(text, mark.end), QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format = style
        return made


def set_bare(editor: QWidget) -> None:
    """No border until it has the focus: for an editor that is the card's own ground."""
    editor.setProperty("bare", True)
