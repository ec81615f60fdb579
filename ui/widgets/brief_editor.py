"""The editor of a brief: takes pasted text and dropped files, and underlines the facts found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from copilot.domain.post import FactKind, FoundFact
from ui.theme import Theme
from ui.widgets.text_editor import TextEditor

#: Facts underlined at most: each is looked at whenever a line is painted.
MOST_UNDERLINED = 500
#: The colour of each kind of fact. Its name is in the list below the brief: colour only helps.
COLOURS = {
    FactKind.PRODUCT: "accent_text",
    FactKind.PRICE: "ok",
    FactKind.PERCENTAGE: "ok",
    FactKind.QUANTITY: "ok",
    FactKind.DATE: "info",
    FactKind.TIME: "info",
    FactKind.PLACE: "accent_text",
    FactKind.LINK: "muted",
    FactKind.EMAIL: "muted",
    FactKind.PHONE: "muted",
    FactKind.CALL_TO_ACTION: "warn",
}


def files_in(mime: QMimeData) -> list[str]:
    """The paths of the files that ``mime`` carries; web addresses are text."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


class BriefEditor(TextEditor):
    """``files_given`` tells the paths of dropped or pasted files; reading them is for whoever listens."""

    files_given = Signal(list)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, smallest_lines=6)
        self._facts: tuple[FoundFact, ...] = ()
        self._underlines: list[QTextEdit.ExtraSelection] = []
        theme.changed.connect(self._tint)

    def set_facts(self, facts: Sequence[FoundFact]) -> None:
        """Underline ``facts`` of the text as it stands."""
        self._facts = tuple(facts[:MOST_UNDERLINED])
        self._underlines = list(self._found_underlines())
        self.setExtraSelections(self._underlines)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """No taller than it must be: it takes the room that is left."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802  # Qt's name
        """Text, or a file copied in the system's file browser."""
        return source.hasText() or bool(files_in(source))

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt's name
        if paths := files_in(source):
            self.files_given.emit(paths)
        else:
            super().insertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        if files_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        if files_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        if paths := files_in(event.mimeData()):
            event.acceptProposedAction()
            self.files_given.emit(paths)
        else:
            super().dropEvent(event)

    def _found_underlines(self) -> Iterator[QTextEdit.ExtraSelection]:
        text = self.toPlainText()
        at = place = 0
        length = len(text)
        for fact in self._facts:
            # Facts come in order, none over another: one walk converts all offsets to Qt's UTF-16 ones.
            if not at <= fact.start <= fact.end <= length:
                continue
            place += _units(text, at, fact.start)
            end = place + _units(text, fact.start, fact.end)
            yield self._underline(place, end, fact.kind)
            at, place = fact.end, end

    def _underline(self, start: int, end: int, kind: FactKind) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format = self._line(kind)
        return made

    def _line(self, kind: FactKind) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        style.setUnderlineColor(QColor(getattr(self._theme.colours, COLOURS[kind])))
        return style

    def _tint(self) -> None:
        if self._underlines:
            self.set_facts(self._facts)


def _units(text: str, start: int, end: int) -> int:
    piece = text[start:end]
    return len(piece) + sum(1 for one in piece if one > "\uffff")
