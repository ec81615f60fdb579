"""A table of rows worked with the keyboard alone, and a small table whose cells are typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from copilot.i18n import Translator
from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.basic import button, column, icon_button, label, row

#: Characters of a cell that are drawn, rows whose height follows their words, and lines of the highest.
LONGEST_CELL, MOST_FITTED, MOST_LINES = 240, 200, 4
Index = QModelIndex | QPersistentModelIndex


def one_line(text: str) -> str:
    """``text`` as a cell shows it."""
    head = " ".join(text[: LONGEST_CELL * 2].split())
    return head if len(head) <= LONGEST_CELL else f"{head[: LONGEST_CELL - 1]}…"


class _Padded(QStyledItemDelegate):
    """Measures wrapped words in the width the padding of the style sheet leaves them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        option.rect.setWidth(option.rect.width() - 2 * SPACE[2] - 4)
        return super().sizeHint(option, index)


class RowsTable(QTableView):
    """Whole rows; Delete, Insert, Return or F2 and Ctrl with an arrow are told as wishes."""

    add_asked = Signal()
    remove_asked = Signal()
    edit_asked = Signal()
    move_asked = Signal(int)
    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setItemDelegate(_Padded(self))
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Once a turn of the loop: a column that stretches gets its width after the others.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self.fit_rows)
        self.horizontalHeader().sectionResized.connect(lambda _place, _old, _new: self._fitting.start())
        self.doubleClicked.connect(lambda _index: self.edit_asked.emit())

    def fit_rows(self) -> None:
        """Give each row the height of its words, up to a few lines; a very long table has even rows."""
        rows = self.model().rowCount() if self.model() is not None else 0
        line = self.fontMetrics().lineSpacing()
        header = self.verticalHeader()
        header.setMinimumSectionSize(line + SPACE[3])
        header.setMaximumSectionSize(line * MOST_LINES + SPACE[3])
        header.setDefaultSectionSize(line * 2 + SPACE[3])
        if rows <= MOST_FITTED:
            self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Words wrap elsewhere: rows get other heights."""
        super().resizeEvent(event)
        self.resized.emit()
        self._fitting.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """The keys of a list one works in."""
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif ctrl and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)


class _Cells(QAbstractTableModel):
    """Rows of texts that can be typed in."""

    typed = Signal(int, int, str)

    def __init__(self, theme: Theme, titles: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._titles = theme, tuple(titles)
        self.rows: list[tuple[str, ...]] = []
        self.wrong: set[tuple[int, int]] = set()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802  # Qt's name
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = (index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self.rows[at[0]][at[1]])
        if role == Qt.ItemDataRole.EditRole:
            return self.rows[at[0]][at[1]]
        if role == Qt.ItemDataRole.BackgroundRole and at in self.wrong:
            return QColor(self._theme.colours.danger_soft)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles[at[1]]} : {one_line(self.rows[at[0]][at[1]])}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802  # Qt's name
        if role != Qt.ItemDataRole.EditRole or value == self.rows[index.row()][index.column()]:
            return False
        self.typed.emit(index.row(), index.column(), str(value))
        return True

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        same = len(rows) == len(self.rows)
        if not same:
            self.beginResetModel()
        self.rows = list(rows)
        if not same:
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self._titles) - 1))


class TableEditor(QWidget):
    """A small table of texts. ``edited`` carries all rows (a tuple of tuples of str) when a person changed them.

    ``titles`` are the shown titles of the columns, by name.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, t: Translator, name: str, titles: Mapping[str, str], add: str) -> None:
        super().__init__()
        self._width = len(titles)
        self.names = tuple(titles)
        self.setAccessibleName(name)
        self.model = _Cells(theme, tuple(titles.values()), self)
        self.table = RowsTable(name)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.note = label("", "small", tone="danger", wrap=True)
        self.note.hide()
        self.add_button = button(add, icon_name="plus", run=self.add)
        self.remove_button = icon_button("trash-2", t("ui.table.remove"), self.remove)
        self.setFocusProxy(self.table)
        line = row(self.add_button, self.remove_button, 1, space=2)
        column(self.table, line, self.note, space=2, parent=self)
        self.model.typed.connect(self._typed)
        self.table.add_asked.connect(self.add)
        self.table.remove_asked.connect(self.remove)
        self.table.edit_asked.connect(self._edit)
        self.table.move_asked.connect(self._move)
        self._size()

    def show_value(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show other rows, silently."""
        if list(rows) != self.model.rows:
            at = self.table.currentIndex()
            self.model.show_rows(rows)
            self.table.setCurrentIndex(self.model.index(min(at.row(), len(rows) - 1), max(at.column(), 0)))
            self._size()

    def set_wrong(self, cells: Sequence[tuple[int, int]], text: str = "") -> None:
        """Mark cells, and say why below."""
        self.model.wrong = set(cells)
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.table.viewport().update()
        if cells:
            self.table.setCurrentIndex(self.model.index(*cells[0]))

    def add(self) -> None:
        """One more row, its first cell open."""
        self._change([*self.model.rows, ("",) * self._width])
        self.table.setCurrentIndex(self.model.index(len(self.model.rows) - 1, 0))
        self.table.setFocus()
        self._edit()

    def remove(self) -> None:
        """The chosen row goes."""
        at = self.table.currentIndex()
        if at.isValid():
            self._change([one for place, one in enumerate(self.model.rows) if place != at.row()])
            self.table.setCurrentIndex(self.model.index(min(at.row(), len(self.model.rows) - 1), at.column()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Another size of text gives other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _edit(self) -> None:
        if self.table.currentIndex().isValid():
            self.table.edit(self.table.currentIndex())

    def _move(self, by: int) -> None:
        at = self.table.currentIndex()
        to = at.row() + by
        if at.isValid() and 0 <= to < len(self.model.rows):
            rows = list(self.model.rows)
            rows.insert(to, rows.pop(at.row()))
            self._change(rows)
            self.table.setCurrentIndex(self.model.index(to, at.column()))

    def _typed(self, place: int, part: int, text: str) -> None:
        rows = list(self.model.rows)
        rows[place] = (*rows[place][:part], text, *rows[place][part + 1 :])
        self._change(rows)

    def _change(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.model.show_rows(rows)
        self._size()
        self.edited.emit(tuple(rows))

    def _size(self) -> None:
        """As high as its rows, up to eight."""
        self.table.fit_rows()
        rows = len(self.model.rows)
        high = sum(self.table.rowHeight(place) for place in range(min(rows, 8)))
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(high + header + SPACE[2])
        self.table.setVisible(bool(rows))
        self.remove_button.setVisible(bool(rows))
