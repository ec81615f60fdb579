"""A tab of rows: a table over a form for the chosen row; rows are added, copied, moved and removed with undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSplitter, QStackedWidget, QToolButton, QWidget

from ui.actions import bind
from ui.desk import Desk
from ui.icons import icon
from ui.screens._brands.editing import Editing
from ui.screens._brands.forms import inserted, moved, with_value, without
from ui.screens._brands.tab import BrandTab, Steps
from ui.tokens import SPACE
from ui.widgets.basic import EmptyState, button, card, column, icon_button, row, scrolled
from ui.widgets.table_editor import RowsTable, one_line

#: Width, in px at 100 %, from which the form stands beside the table.
BESIDE = 700
EMPTY = "–"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it shows of a row, its width in px at 100 % (0 takes what is left).

    ``from_width`` is the width of the table, in px at 100 %, under which the column gives way.
    """

    title: str
    shown: Callable[[Any], str]
    width: int = 0
    from_width: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a tab of rows, in the person's language."""

    title: str
    add: str
    removed: str
    empty: str
    empty_text: str


class Rows(QAbstractTableModel):
    """The rows of a brand, in an order of its own."""

    def __init__(self, columns: Sequence[Column], tab: RecordTab) -> None:
        super().__init__(tab)
        self._columns, self._tab = tuple(columns), tab
        self.rows: tuple[Any, ...] = ()
        self.order: list[int] = []
        self.wrong: Collection[int] = ()

    def show_rows(self, rows: tuple[Any, ...], order: Sequence[int]) -> None:
        """Show ``rows``; only what changed when there are as many as before."""
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows, self.order = rows, list(order)
            self.endResetModel()
            return
        self.rows, self.order = rows, list(order)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802  # Qt's name
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.order[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._columns[index.column()].shown(self.rows[place])) or EMPTY
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index, place)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and place in self.wrong:
            return icon("circle-alert", self._tab.desk.theme.colours.danger)
        tone = self._tab.tone(self.rows[place])
        if tone and role == Qt.ItemDataRole.BackgroundRole:
            return QColor(getattr(self._tab.desk.theme.colours, f"{tone}_soft"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _said(self, index: Index, place: int) -> str:
        told = self._columns[index.column()]
        shown = f"{told.title} : {one_line(told.shown(self.rows[place]))}"
        return f"{self._tab.t('ui.brands.to_mend')} : {shown}" if place in self.wrong else shown


class RecordTab(BrandTab):
    """``part`` is the field of a brand that holds the rows. Fields are bound to the chosen row."""

    part = ""

    def __init__(self, desk: Desk, editing: Editing, words: Words, columns: Sequence[Column]) -> None:
        super().__init__(desk, editing)
        self.owns = (self.part,)
        self._fitted = False
        self.words, self._columns = words, tuple(columns)
        self.place = -1
        self.table = RowsTable(words.title)
        self.model = Rows(columns, self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.edit_asked.connect(self.edit_row)
        self.table.move_asked.connect(self.move_row)
        self._build()

    # What each tab says of its rows.

    def form(self) -> QWidget:
        """The form for one row, its fields bound."""
        raise TypeError("a tab of rows has a form")

    def new_row(self) -> Any:
        """A row as it begins."""
        raise TypeError("a tab of rows begins them")

    def copy_of(self, one: Any) -> Any:
        """A row like ``one`` that can stand beside it."""
        return one

    def tone(self, _one: Any) -> str:
        """The colour a row stands on: danger, warn or nothing."""
        return ""

    def order(self, rows: tuple[Any, ...]) -> list[int]:
        """The order in which rows are shown."""
        return list(range(len(rows)))

    def extras(self) -> tuple[QWidget, ...]:
        """Controls at the right of the buttons."""
        return ()

    def first_control(self) -> QWidget:
        """Where editing a row begins."""
        return next(iter(self.fields.values())).control

    # The rows.

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows of the brand under edit."""
        return tuple(getattr(self.editing.brand, self.part))

    def place_of(self, steps: Steps) -> Steps:
        """Fields are those of the chosen row."""
        return (self.part, self.place, *steps)

    def put_value(self, steps: Steps, value: Any) -> None:
        """A field was edited: its row follows."""
        if 0 <= self.place < len(self.rows):
            super().put_value(steps, value)
            self.model.show_rows(self.rows, self.model.order)
            self.table.fit_rows()

    def show_brand(self) -> None:
        """Show the rows, and the one that was chosen."""
        rows = self.rows
        self.model.show_rows(rows, self.order(rows))
        self.table.fit_rows()
        self._stack.setCurrentIndex(1 if rows else 0)
        self.select(min(max(self.place, 0), len(rows) - 1))
        self._follow()

    def select(self, place: int) -> None:
        """Choose the row at ``place`` of the brand."""
        self.place = place
        if place in self.model.order:
            self.table.selectRow(self.model.order.index(place))
        self._show_row()

    def add(self) -> None:
        """A row more, after the chosen one."""
        self._insert(self.place + 1 if self.rows else 0, self.new_row())
        self.edit_row()

    def duplicate(self) -> None:
        """The chosen row once more."""
        if 0 <= self.place < len(self.rows):
            self._insert(self.place + 1, self.copy_of(self.rows[self.place]))

    def remove(self) -> None:
        """The chosen row goes; the message bar gives it back."""
        place, rows = self.place, self.rows
        if not 0 <= place < len(rows):
            return
        brand, gone = self.editing.brand, rows[place]
        self.editing.put(with_value(brand, (self.part,), without(rows, place)))
        self.desk.tell(
            "ok", self.words.removed, act_label=self.t("ui.undo"), act=partial(self._bring_back, brand.id, place, gone)
        )

    def move_row(self, by: int) -> None:
        """The chosen row goes up or down."""
        rows, to = self.rows, self.place + by
        if self.move_up.isEnabled() and 0 <= self.place < len(rows) and 0 <= to < len(rows):
            brand = self.editing.brand
            place, self.place = self.place, to
            self.editing.put(with_value(brand, (self.part,), moved(rows, place, to)))

    def edit_row(self) -> None:
        """To the first field of the chosen row."""
        if 0 <= self.place < len(self.rows):
            # As Tab would: a name that is only a proposal is replaced by typing.
            self.first_control().setFocus(Qt.FocusReason.TabFocusReason)

    def reveal(self, steps: Steps) -> None:
        """Choose the row, then its field."""
        if len(steps) > 1 and isinstance(steps[1], int):
            self.select(steps[1])
        super().reveal(steps)

    def show_marks(self) -> None:
        """Mark the rows, and the fields of the chosen one."""
        self.model.wrong = {steps[1] for steps in self._wrong if len(steps) > 1 and isinstance(steps[1], int)}
        self.table.viewport().update()
        super().show_marks()

    # Inside.

    def _insert(self, place: int, one: Any) -> None:
        brand = self.editing.brand
        self.place = place
        self.editing.put(with_value(brand, (self.part,), inserted(self.rows, place, one)))

    def _bring_back(self, brand_id: str, place: int, gone: Any) -> None:
        if self.editing.brand.id == brand_id:
            self._insert(min(place, len(self.rows)), gone)

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self.model.order[now.row()] != self.place:
            self.place = self.model.order[now.row()]
            self._show_row()

    def _show_row(self) -> None:
        if 0 <= self.place < len(self.rows):
            for show in self._shows:
                show()
        self.show_marks()

    def _build(self) -> None:
        t, words = self.t, self.words
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        frame, holder = card(), QWidget()
        column(self.form(), 1, margins=4, parent=frame)
        column(frame, 1, margins=(0, 0, 1, 0), parent=holder)
        self.area = scrolled(holder)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.area)
        self.splitter.setHandleWidth(SPACE[3])
        self.table.resized.connect(self._fit_columns)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        begin = button(words.add, "primary", icon_name="plus", run=self.add)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState(self.desk.theme, "file-text", words.empty, words.empty_text, begin))
        page = QWidget()
        column(self._toolbar(), self.splitter, space=2, parent=page).setStretch(1, 1)
        self._stack.addWidget(page)
        self.lines = column(self._stack, margins=(0, 0, 2, 0), parent=self)
        self.table.setAccessibleDescription(t("ui.brands.table.keys"))

    def _toolbar(self) -> QWidget:
        t, words = self.t, self.words
        add = partial(self.desk.actions.add, group=words.title)
        name = f"brands.{self.part}"
        self.adding = add(self, f"{name}.add", words.add, self.add, keys=("Ctrl+N", "Ins"), icon_name="plus")
        self.copying = add(
            self, f"{name}.copy", t("ui.brands.row.copy"), self.duplicate, keys="Ctrl+D", icon_name="copy"
        )
        self.removing = add(
            self.table, f"{name}.remove", t("ui.table.remove"), self.remove, keys="Del", icon_name="trash-2"
        )
        up, down = partial(self.move_row, -1), partial(self.move_row, 1)
        self.move_up = add(self.table, f"{name}.up", t("ui.brands.row.up"), up, keys="Ctrl+Up", icon_name="chevron-up")
        self.move_down = add(
            self.table, f"{name}.down", t("ui.brands.row.down"), down, keys="Ctrl+Down", icon_name="chevron-down"
        )
        add_button = button(words.add, icon_name="plus")
        bind(add_button, self.adding)
        buttons: list[QToolButton] = []
        for action in (self.copying, self.removing, self.move_up, self.move_down):
            buttons.append(icon_button("copy", action.text()))
            bind(buttons[-1], action, with_text=False)
        made = QWidget()
        row(add_button, *buttons, 1, *self.extras(), space=1, parent=made)
        return made

    def _follow(self) -> None:
        several = len(self.rows) > 1
        self.move_up.setEnabled(several)
        self.move_down.setEnabled(several)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Columns give way where there is no room; the form goes under the table."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        px = self.desk.theme.px
        beside = self.width() >= px(BESIDE)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted or not self._fitted:
            self._fitted = True
            self.splitter.setOrientation(wanted)
            self.splitter.setSizes([560, 440] if beside else [500, 500])
        self._fit_columns()

    def _fit_columns(self) -> None:
        px = self.desk.theme.px
        header = self.table.horizontalHeader()
        for place, one in enumerate(self._columns):
            self.table.setColumnHidden(place, self.table.width() < px(one.from_width))
            if one.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                self.table.setColumnWidth(place, px(one.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
