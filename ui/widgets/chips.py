"""Words as chips in a row: removed and moved with the keyboard, dragged with the mouse, each with its remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSizePolicy, QToolTip, QWidget

from ui.tokens import SPACE
from ui.widgets.basic import button, label, no_icon
from ui.widgets.flow import Flow

#: Chips drawn at once, and characters of each: the rest is counted.
MOST_CHIPS, LONGEST_CHIP = 200, 60
_CROSS = "  ×"


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip says: ``name`` is its word, ``note`` a short remark after it, ``about`` what a tooltip tells."""

    name: str
    about: str
    note: str = ""
    sign: QIcon | None = None


def tip(text: str) -> str:
    """``text`` for a tooltip that wraps and never reads it as marks."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if text else ""


def keep_height(widget: QWidget) -> None:
    """Let ``widget`` be as high as its lines need at its width, and no higher."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def shortened(text: str, most: int = LONGEST_CHIP) -> str:
    """``text`` on one line, with an ellipsis when it is longer than ``most``."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


class DropMark(QWidget):
    """A bar where what is dragged would fall."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Accent))
        painter.end()


class ChipRow(QWidget):
    """Chips, then ``line`` to add more and what comes ``after`` it.

    It shows and asks, and changes nothing by itself: ``removed`` carries a place, ``moved`` from where to where.
    """

    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self, line: QLineEdit, *after: QWidget) -> None:
        super().__init__()
        self.chips: list[QPushButton] = []
        self.line = line
        self._shown: tuple[tuple[str, ...], bool, str] = ((), True, "")
        self._tips: list[str] = []
        self._pressed: QPoint | None = None
        self._dragged: int | None = None
        self._gap = 0
        self._rest = [line, *after]
        self._flow = Flow(self, space=1)
        for one in self._rest:
            self._flow.addWidget(one)
        keep_height(self)
        self._mark = DropMark(self)
        self._mark.hide()

    @property
    def is_dragging(self) -> bool:
        """True while a chip is under way."""
        return self._dragged is not None

    def show_chips(self, chips: Sequence[Chip], *, more: str = "", changeable: bool = True) -> None:
        """Show other chips; those that keep their words keep the focus too. ``more`` is said after the last one."""
        told = (tuple(one.name for one in chips), changeable, more)
        if told != self._shown:
            self._shown = told
            self._make(len(chips), more)
        self._tips = [one.about for one in chips]
        for made, one in zip(self.chips, chips, strict=True):
            _dress(made, one, changeable)
        self._flow.invalidate()
        self.updateGeometry()

    def focus_chip(self, place: int) -> None:
        """Give the focus to the chip at ``place``, the last one when there are fewer, the line when there is none."""
        following: QWidget = self.chips[min(place, len(self.chips) - 1)] if self.chips else self.line
        following.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Delete removes a chip; Ctrl and an arrow move it, and so does the mouse; only its cross is pressed."""
        if not isinstance(watched, QPushButton) or watched not in self.chips or not self._shown[1]:
            return super().eventFilter(watched, event)
        place = self.chips.index(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(place, event) or super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and self._mouse(place, watched, event):
            return True
        return super().eventFilter(watched, event)

    def _make(self, count: int, more: str) -> None:
        self._let_fall()
        for chip in self.chips:
            chip.removeEventFilter(self)
        kept = [item for item in (self._flow.takeAt(self._flow.count() - 1) for _ in self._rest) if item is not None]
        self._flow.clear()
        self.chips = [button("", "chip", run=partial(self._press, place)) for place in range(count)]
        before: QWidget = self.line
        for chip in self.chips:
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            # New widgets stand at the end of the window's order: they are brought to where the line stands.
            QWidget.setTabOrder(before, chip)
            before = chip
        if more:
            self._flow.addWidget(label(more, "small"))
        for item in reversed(kept):
            self._flow.addItem(item)
        if self.chips:
            QWidget.setTabOrder(before, self.line)

    def _press(self, place: int) -> None:
        if self._shown[1]:
            self.removed.emit(place)

    def _key(self, place: int, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._let_fall()
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(place)
            return True
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_ctrl and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = place + (1 if event.key() == Qt.Key.Key_Right else -1)
            if 0 <= to < len(self.chips):
                self.moved.emit(place, to)
            return True
        return False

    def _mouse(self, place: int, chip: QPushButton, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()
        elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            at = event.globalPosition().toPoint()
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if self._dragged is None and far and len(self.chips) > 1:
                self._dragged = place
                chip.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._dragged is not None:
                self._hold_over(self.mapFromGlobal(at))
                return True
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._released(place, chip, event)
        return False

    def _released(self, place: int, chip: QPushButton, event: QMouseEvent) -> bool:
        pressed, dragged, gap = self._pressed, self._dragged, self._gap
        self._let_fall()
        if pressed is None:
            return True  # Escape took it back
        if dragged is not None:
            chip.setDown(False)
            to = gap - (gap > dragged)
            if to != dragged:
                self.moved.emit(dragged, to)
            return True
        cross = chip.fontMetrics().horizontalAdvance(_CROSS) + SPACE[3]
        if event.position().x() < chip.width() - cross:
            chip.setDown(False)
            QToolTip.showText(event.globalPosition().toPoint(), tip(self._tips[place]), chip)
            return True
        return False

    def _hold_over(self, at: QPoint) -> None:
        self._gap, bar = gap_at([chip.geometry() for chip in self.chips], at)
        self._mark.setGeometry(bar)
        self._mark.show()
        self._mark.raise_()

    def _let_fall(self) -> None:
        if self._dragged is not None and self._dragged < len(self.chips):
            self.chips[self._dragged].unsetCursor()
            self.chips[self._dragged].setDown(False)
        self._pressed = self._dragged = None
        self._mark.hide()


def gap_at(places: Sequence[QRect], at: QPoint) -> tuple[int, QRect]:
    """Before which of ``places`` (in lines from the top) ``at`` is, their number for the end; and the bar to draw."""
    width = SPACE[1] // 2
    for number, one in enumerate(places):
        above = at.y() < one.top() and number > 0
        if above:  # past the end of the line before
            last = places[number - 1]
            return number, QRect(last.right() + 2, last.top(), width, last.height())
        if at.y() <= one.bottom() and at.x() < one.center().x():
            return number, QRect(max(0, one.left() - 1 - width), one.top(), width, one.height())
    last = places[-1]
    return len(places), QRect(last.right() + 2, last.top(), width, last.height())


def _dress(made: QPushButton, chip: Chip, changeable: bool) -> None:
    words = f"{shortened(chip.name)} · {chip.note}" if chip.note else shortened(chip.name)
    # A doubled ampersand is one on a button; a single one would be an access key.
    made.setText(f"{words}{_CROSS if changeable else ''}".replace("&", "&&"))
    made.setIcon(chip.sign or no_icon())
    made.setToolTip(tip(chip.about))
    made.setAccessibleName(words)
    made.setAccessibleDescription(chip.about)
