"""Plain text as a post shows it: links tinted, folded when it is told to, what is refused struck below a line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.post_view import Fold, PostView

#: Characters past a fold that may still shape its last line.
PAST_FOLD = 200
#: Characters after a fold within which the line of what is refused is shown all the same.
PAST_LINE = 60
#: Looks of a stretch of text: a link, what is refused, the line before it.
TINT, LOST, LINE = "tint", "lost", "line"


class PostText(QWidget):
    """Plain text with its links and tags tinted, folded when it is told to."""

    def __init__(self, theme: Theme, more: str, cut_here: str) -> None:
        super().__init__()
        self._theme, self._more, self._cut_here = theme, more, cut_here
        self._text = ""
        self._looks: tuple[tuple[int, int, str], ...] = ()
        self._fold: Fold | None = None
        self._laid_out: tuple[object, ...] = ()
        self._heights: dict[int, int] = {}
        self.folds = False
        self.unfolded = False
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._anew)

    def show_view(self, view: PostView, fold: Fold | None = None) -> None:
        """Show a post, folded where ``fold`` says."""
        before = self._state
        self._text, self._looks = self._with_line(view)
        # What is refused so early is never folded anywhere.
        early = fold is not None and view.cut_at is not None and view.cut_at <= fold.characters + PAST_LINE
        self._fold = None if early else fold
        # A text that grows behind its fold looks the same.
        if before != self._state:
            self._anew()

    def _with_line(self, view: PostView) -> tuple[str, tuple[tuple[int, int, str], ...]]:
        """The text with the line that says where it is cut, and how its stretches look."""
        cut = view.cut_at
        tints = [(start, end, TINT) for start, end in view.tints if cut is None or end <= cut]
        if cut is None:
            return view.text, tuple(tints)
        line = f"\n{self._cut_here}\n" if cut else f"{self._cut_here}\n"
        after = cut + len(line)
        looks = (*tints, (cut, after, LINE), (after, len(view.text) + len(line), LOST))
        return view.text[:cut] + line + view.text[cut:], looks

    def set_unfolded(self, unfolded: bool) -> None:
        """Show the whole text, or what the network shows of it first."""
        self.unfolded = unfolded
        self._anew()

    @property
    def drawn(self) -> str:
        """What is on screen."""
        return self._document.toPlainText()

    @property
    def _state(self) -> tuple[object, ...]:
        """All that what is on screen depends on, but its width."""
        seen = self._seen
        return seen, self._fold, self.unfolded, tuple(one for one in self._looks if one[0] < len(seen))

    @property
    def _seen(self) -> str:
        """As much of the text as what is on screen depends on."""
        if self._fold is None or self.unfolded:
            return self._text
        return self._text[: self._fold.characters + PAST_FOLD]

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        # Layouts ask for several widths, again and again.
        if width not in self._heights:
            self._lay_out(width)
            self._heights[width] = round(self._document.size().height() + 0.5)
        return self._heights[width]

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        width = self.width() or 300
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(80, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._lay_out(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        # A layout may have asked for the height of another width since.
        self._lay_out(self.width())
        painter = QPainter(self)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.colours.text))
        context.clip = QRectF(event.rect())
        self._document.documentLayout().draw(painter, context)
        painter.end()

    def _anew(self) -> None:
        width = max(80, self.width())
        before = self._heights.get(width)
        self._heights.clear()
        self._laid_out = ()
        # A text that grows within its last line moves nothing around it.
        if self.heightForWidth(width) != before:
            self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> None:
        text = self._seen
        wanted = (width, *self._state)
        if wanted == self._laid_out:
            return
        self._laid_out = wanted
        # Each of these lays the whole document out again.
        if self._document.defaultFont() != self.font():
            self._document.setDefaultFont(self.font())
        self._document.setPlainText(text)
        if self._document.textWidth() != max(40, width):
            self._document.setTextWidth(max(40, width))
        self._document.size()  # lays the lines out
        cut = self._cut()
        self.folds = cut is not None
        if cut is not None and not self.unfolded:
            shown = self._fitting(cut)
            self._tint(len(shown), muted_tail=True)
        else:
            self._tint(len(text), muted_tail=False)

    def _cut(self) -> int | None:
        """Where the text folds, a Python offset; None when all of it is shown."""
        if self._fold is None:
            return None
        folds = (self._fold.characters, self._end_of_line(self._fold.lines))
        places = [end for end in folds if end < len(self._seen)]
        return min(places, default=None)

    def _fitting(self, cut: int) -> str:
        """What is shown, drawn with the word that unfolds the rest on the last line."""
        shown = self._text[:cut].rstrip(" \n.,;:")
        most = self._fold.lines if self._fold is not None else 1
        # A word at a time, of the last line only: a few turns.
        for _ in range(40):
            self._document.setPlainText(f"{shown}… {self._more}")
            if sum(block.layout().lineCount() for block in _blocks(self._document)) <= most:
                break
            shorter = shown.rstrip().rpartition(" ")[0] or shown[:-10]
            shown = shorter.rstrip(" \n.,;:")
        return shown

    def _end_of_line(self, number: int) -> int:
        seen = 0
        for block in _blocks(self._document):
            layout = block.layout()
            if seen + layout.lineCount() >= number:
                line = layout.lineAt(number - seen - 1)
                return _offset(self._text, block.position() + line.textStart() + line.textLength())
            seen += layout.lineCount()
        return len(self._seen)

    def _tint(self, end: int, *, muted_tail: bool) -> None:
        colours = self._theme.colours
        at = place = 0
        for start, stop, look in self._looks:
            if start >= end:
                break
            place += _units(self._text[at:start])
            length = _units(self._text[start : min(stop, end)])
            colour = {TINT: colours.info, LOST: colours.muted, LINE: colours.danger}[look]
            self._colour(place, place + length, colour, struck=look == LOST)
            at, place = min(stop, end), place + length
        if muted_tail:
            self._colour(_units(self._text[:end]), self._document.characterCount() - 1, colours.muted)

    def _colour(self, start: int, end: int, colour: str, *, struck: bool = False) -> None:
        last = self._document.characterCount() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        made = QTextCharFormat()
        made.setForeground(QColor(colour))
        made.setFontStrikeOut(struck)
        cursor.mergeCharFormat(made)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def _units(text: str) -> int:
    return len(text) + sum(1 for one in text if one > "\uffff")


def _offset(text: str, place: int) -> int:
    """The Python offset of a UTF-16 ``place``."""
    seen = 0
    for offset, one in enumerate(text):
        if seen >= place:
            return offset
        seen += 2 if one > "\uffff" else 1
    return len(text)
