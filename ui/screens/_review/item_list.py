"""The list at the left: light rows over ids, the worst finding of each looked up as it comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from copilot import networks
from copilot.domain.finding import Severity
from ui.screens._review.loading import Line, load_severities
from ui.screens._review.row_delegate import RowDelegate

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.desk import Desk
    from ui.runner import Job

Index = QModelIndex | QPersistentModelIndex
#: Milliseconds of rest before the checks of what is in sight are asked for.
LOOK = 60


class ItemModel(QAbstractListModel):
    """The lines as they came; severities are added when they are known."""

    def __init__(self, desk: Desk, parent: QListView) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines: tuple[Line, ...] = ()
        self._place: dict[int, int] = {}
        self._severities: dict[int, tuple[int, Severity | None]] = {}

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(self.lines[index.row()])
        return None

    def spoken(self, line: Line) -> str:
        """What a screen reader says of a line."""
        t = self._desk.t
        severity = self.severity(line)
        parts = [
            networks.get(line.network).label, t(f"ui.kind.{line.kind.value}"), t(f"status.{line.status.value}"),
            t(f"ui.severity.{severity.value}") if severity else "", line.author, line.beginning,
        ]  # fmt: skip
        return ", ".join(part for part in parts if part)

    def put(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self._place = {line.id: place for place, line in enumerate(lines)}
        self.endResetModel()

    def change(self, lines: tuple[Line, ...]) -> None:
        """The same items in the same order, some of them changed."""
        self.lines = lines
        if lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def place_of(self, item_id: int | None) -> int:
        """The row of an item, -1 when it is not in the list."""
        return self._place.get(item_id, -1) if item_id is not None else -1

    def severity(self, line: Line) -> Severity | None:
        """The worst finding of a line, as far as it is known."""
        known = self._severities.get(line.id)
        return known[1] if known and known[0] == line.revision else None

    def unknown(self, lines: Sequence[Line]) -> list[Line]:
        """Those among ``lines`` whose findings are not known yet."""
        return [one for one in lines if self._severities.get(one.id, (0, None))[0] != one.revision]

    def know(self, found: dict[int, tuple[int, Severity | None]]) -> None:
        """Take in the worst findings of some items."""
        self._severities.update(found)
        for item_id in found:
            if (place := self.place_of(item_id)) >= 0:
                self.dataChanged.emit(self.index(place), self.index(place))


class ItemList(QListView):
    """``turned`` tells the item to show, None when there is none; ``chosen`` that the selection is another one."""

    turned = Signal(object)
    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._silent = False
        self._looking: Job | None = None
        self.items = ItemModel(desk, self)
        self.setModel(self.items)
        self.drawn = RowDelegate(desk, self.items, self)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName(desk.t("ui.review.list"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._soon = QTimer(self, singleShot=True, interval=LOOK)
        self._soon.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._soon.start())
        self.selectionModel().currentChanged.connect(self._turned)
        self.selectionModel().selectionChanged.connect(self._chosen)
        desk.theme.changed.connect(self._theme_changed)

    @property
    def current_id(self) -> int | None:
        """The item to show."""
        place = self.currentIndex().row()
        return self.items.lines[place].id if 0 <= place < len(self.items.lines) else None

    def selected_lines(self) -> list[Line]:
        """The selected items in the order of the list; the current one when nothing is selected."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if not places and self.currentIndex().isValid():
            places = [self.currentIndex().row()]
        return [self.items.lines[place] for place in places]

    def put(self, lines: tuple[Line, ...]) -> None:
        """Show other lines; selection, place and the item on show stay where they can."""
        before = self.items.lines
        if [line.id for line in before] == [line.id for line in lines]:
            self.items.change(lines)
            self._soon.start()
            return
        current, chosen = self.current_id, {line.id for line in self.selected_lines()}
        bar = self.verticalScrollBar()
        top = bar.value()
        self._silent = True
        self.items.put(lines)
        follow = current if self.items.place_of(current) >= 0 else self._neighbour(before, current)
        if follow is not None:
            self._make_current(follow)
            self._select(chosen)
        self._silent = False
        self.doItemsLayout()
        bar.setValue(top)
        if follow != current:
            self.scrollTo(self.currentIndex())
            self.turned.emit(follow)
        self.chosen.emit()
        self._soon.start()

    def turn_to(self, item_id: int | None) -> bool:
        """Make an item the current one, alone; False when it is not in the list."""
        place = self.items.place_of(item_id)
        if place < 0:
            return False
        self._make_current(self.items.lines[place].id)
        self.scrollTo(self.items.index(place))
        return True

    def step(self, by: int) -> None:
        """Go to the next or the previous item."""
        place = self.currentIndex().row() + by
        if 0 <= place < len(self.items.lines):
            self.turn_to(self.items.lines[place].id)

    def after(self, decided: set[int]) -> int | None:
        """The item that follows those decided, else the one before them."""
        place = self.currentIndex().row()
        lines = self.items.lines
        following = [line.id for line in (*lines[place + 1 :], *reversed(lines[: max(0, place)]))]
        return next((one for one in following if one not in decided), None)

    def _neighbour(self, before: Sequence[Line], gone: int | None) -> int | None:
        """The item that takes the place of one that went: the next that is left, else the last."""
        place = next((at for at, line in enumerate(before) if line.id == gone), 0)
        for line in (*before[place + 1 :], *reversed(before[:place])):
            if self.items.place_of(line.id) >= 0:
                return line.id
        return self.items.lines[0].id if self.items.lines else None

    def _make_current(self, item_id: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.items.index(self.items.place_of(item_id)), flags.ClearAndSelect)

    def _select(self, ids: set[int]) -> None:
        selection = QItemSelection()
        for one in ids:
            if (place := self.items.place_of(one)) >= 0:
                selection.select(self.items.index(place), self.items.index(place))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _turned(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._silent:
            self.turned.emit(self.current_id)

    def _chosen(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._silent:
            self.chosen.emit()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._soon.start()

    def _look(self) -> None:
        """Ask for the findings of what is in sight, and of nothing else."""
        if self._looking is not None and self._looking.is_running:
            self._soon.start()
            return
        first = max(0, self.indexAt(QPoint(4, 4)).row())
        room = self.viewport().height() // max(1, self.drawn.height) + 2
        wanted = self.items.unknown(self.items.lines[first : first + room])[:8]
        if not wanted or not self.isVisible():
            return
        ids = [line.id for line in wanted]

        async def work(copilot: Copilot) -> dict[int, Severity]:
            return await load_severities(copilot, ids)

        def found(told: dict[int, Severity]) -> None:
            self.items.know({line.id: (line.revision, told.get(line.id)) for line in wanted})
            self._soon.start()

        self._looking = self._desk.run(work, found, owner=self)

    def _theme_changed(self) -> None:
        self.drawn.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
