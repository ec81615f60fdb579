"""Parts laid out as words in a line."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.tokens import SPACE
from ui.widgets.basic import clear


class Flow(QLayout):
    """Lays parts out as words in a line, going to the next line when there is no room.

    The parts from place ``pushed`` on stand at the right end of their line.
    """

    def __init__(self, parent: QWidget | None = None, space: int = 2, pushed: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._pushed = pushed
        items = self._items
        # Qt leaves the items of a layout to the destructor of its class, and a class of Python has none.
        self.destroyed.connect(lambda _gone=None: _drop_items(items))
        self._heights: dict[int, int] = {}
        self._space = SPACE[space]
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's name
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt's name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt's name
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        # Layouts around it ask for the same widths, again and again.
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), only_measure=True)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  # Qt's name
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802  # Qt's name
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def clear(self) -> None:
        """Remove and delete every part."""
        clear(self)

    def let_go(self) -> None:
        """Take every part out, to be laid out again: the widgets stay."""
        _drop_items(self._items)

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        top = rect.y()
        for line in self._lines(rect.width()):
            if not only_measure:
                self._set_line(line, QRect(rect.x(), top, rect.width(), 0))
            top += max(hint.height() for _, _, hint in line) + self._space
        return max(0, top - self._space - rect.y())

    def _lines(self, width: int) -> list[list[tuple[int, QLayoutItem, QSize]]]:
        """The parts on show by line, each with its place among all and its size."""
        lines: list[list[tuple[int, QLayoutItem, QSize]]] = []
        taken = 0
        for place, item in enumerate(self._items):
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if not lines or taken + hint.width() > width:
                lines.append([])
                taken = 0
            lines[-1].append((place, item, hint))
            taken += hint.width() + self._space
        return lines

    def _set_line(self, line: list[tuple[int, QLayoutItem, QSize]], rect: QRect) -> None:
        x = rect.x()
        spare = rect.width() - sum(hint.width() for _, _, hint in line) - self._space * (len(line) - 1)
        for place, item, hint in line:
            if self._pushed is not None and place >= self._pushed and spare > 0:
                x, spare = x + spare, 0
            item.setGeometry(QRect(QPoint(x, rect.y()), QSize(min(hint.width(), rect.width()), hint.height())))
            x += hint.width() + self._space


def _drop_items(items: list[QLayoutItem]) -> None:
    while items:
        if shiboken6.isValid(item := items.pop()):
            shiboken6.delete(item)
