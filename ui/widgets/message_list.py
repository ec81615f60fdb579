"""A list of messages that stays smooth at 100,000: the model holds ids and brings rows as they are drawn."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui.widgets.hits import Sought

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.inbox import InboxRow
    from ui.desk import Desk
    from ui.widgets.message_marks import Limits

#: Rows brought at a time, and rows kept.
PAGE, KEPT = 64, 4_096
#: Characters a screen reader says of one message.
SPOKEN = 200
#: Milliseconds between two looks at the clock: what is late is said to the minute.
MINUTE = 60_000

Index = QModelIndex | QPersistentModelIndex


class MessageModel(QStringListModel):
    """Ids in the order the store gave them; rows come page by page for what is drawn, and only that.

    Its strings are empty and only there to be counted: a view asks for the count once a row whenever it lays out,
    which takes 120 ms for 100,000 rows when Python answers and 9 ms when Qt does. ``pages_asked`` counts the pages
    asked of the store.
    """

    rows_came = Signal()

    def __init__(self, desk: Desk, on_screen: Callable[[], range], parent: QListView | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on_screen = on_screen
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, InboxRow] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: set[int] = set()
        self._under_way = False
        self._failed = False
        self.pages_asked = 0
        self.sought = Sought()
        self.limits: Limits | None = None
        self.now = datetime.now().astimezone()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_at(index.row())
        return self.spoken(row) if row else "…"

    def spoken(self, row: InboxRow) -> str:
        """What a screen reader says of a message."""
        from ui.widgets.message_marks import marks_of
        from ui.widgets.message_words import author_shown, beginning

        t = self._desk.t
        parts = [author_shown(row.message.author, t), t(f"ui.inbox.state.{row.state.value}")]
        parts += [one.text for one in marks_of(row, t, self.limits, self.now)]
        return ", ".join([*parts, beginning(row.message.text, SPOKEN)])

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._ids

    def id_at(self, place: int) -> int:
        """The id in this place, 0 when there is none."""
        return self._ids[place] if 0 <= place < len(self._ids) else 0

    def place_of(self, message_id: int) -> int:
        """Where this id is, -1 when it is not shown."""
        try:
            return self._ids.index(message_id)
        except ValueError:
            return -1

    def row_at(self, place: int) -> InboxRow | None:
        """The row in this place, or None and it comes soon."""
        if not 0 <= place < len(self._ids):
            return None
        row = self._rows.get(self._ids[place])
        if row is None or row.message.id in self._stale:
            self._wanted.add(place // PAGE)
            if not self._under_way and not self._failed:
                self._soon.start()
        return row

    def known(self, message_id: int) -> InboxRow | None:
        """The row of this id if it is here; nothing is asked for."""
        return self._rows.get(message_id)

    def set_ids(self, ids: Iterable[int]) -> None:
        """Show these messages; rows that are known are drawn at once."""
        self._ids = array("q", ids)
        self._wanted.clear()
        self._failed = False
        self.setStringList([""] * len(self._ids))

    def put(self, row: InboxRow) -> None:
        """Show ``row`` in place of what was known of its message."""
        self._rows[row.message.id] = row
        self._stale.discard(row.message.id)
        place = self.place_of(row.message.id)
        if place >= 0:
            self.dataChanged.emit(self.index(place), self.index(place))

    def refresh(self, message_ids: Iterable[int] | None = None) -> None:
        """Bring these rows anew, all of them when None; what is known is drawn until they come."""
        self._stale.update(self._rows if message_ids is None else message_ids)
        self._failed = False
        self.rows_came.emit()

    def shows(self, ids: Sequence[int]) -> bool:
        """True when exactly these are shown, in this order."""
        return len(ids) == len(self._ids) and self._ids == array("q", ids)

    def take_out(self, message_id: int) -> None:
        """Show this message no longer."""
        place = self.place_of(message_id)
        if place >= 0:
            del self._ids[place]
            self.removeRows(place, 1)

    def _ask(self) -> None:
        # What scrolled away since it was drawn is not worth a look in the store.
        places = self._on_screen()
        seen = range(places.start // PAGE, (places.stop - 1) // PAGE + 1)
        pages, self._wanted = sorted(self._wanted.intersection(seen)), set()
        ids = tuple(
            one
            for page in pages
            for one in self._ids[page * PAGE : (page + 1) * PAGE]
            if one not in self._rows or one in self._stale
        )
        self._stale.difference_update(ids)
        if not ids or self._under_way:
            return
        self._under_way = True
        self.pages_asked += len(pages)

        async def fetch(copilot: Copilot) -> tuple[InboxRow, ...]:
            return await copilot.inbox.rows(ids)

        self._desk.run(fetch, self._came, self._not_come, owner=self)

    def _came(self, rows: Sequence[InboxRow]) -> None:
        self._under_way = False
        for row in rows:
            self._rows[row.message.id] = row
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        # What was wanted meanwhile may have scrolled away: drawing asks anew for what is on screen.
        self._wanted.clear()
        self.rows_came.emit()

    def _not_come(self, error: Exception) -> None:
        self._under_way = False
        self._failed = True
        self._desk.tell_error(error)


class MessageList(QListView):
    """The list itself. ``turned`` tells the id of the current message (0: none), ``chosen`` how many are selected."""

    turned = Signal(int)
    chosen = Signal(int)
    entered_message = Signal(int)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        from ui.widgets.message_delegate import MessageDelegate

        self.messages = MessageModel(desk, self.on_screen, self)
        self.setModel(self.messages)
        self.drawn = MessageDelegate(desk, self.messages, self)
        self.setItemDelegate(self.drawn)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self._silent = False
        self.messages.rows_came.connect(self.viewport().update)
        self.activated.connect(lambda index: self.entered_message.emit(self.messages.id_at(index.row())))
        self.selectionModel().currentChanged.connect(self._turned)
        self.selectionModel().selectionChanged.connect(self._chosen)
        desk.theme.changed.connect(self._theme_changed)
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.look_at_clock)
        self._minute.start()

    def show_sought(self, wanted: Sought) -> None:
        """Mark what is searched in the messages."""
        if wanted != self.messages.sought:
            self.messages.sought = wanted
            self._draw_anew()

    def show_limits(self, limits: Limits) -> None:
        """Say what is late by these limits."""
        if limits != self.messages.limits:
            self.messages.limits = limits
            self._draw_anew()

    def look_at_clock(self) -> None:
        """Say what is late by now."""
        self.messages.now = datetime.now().astimezone()
        self._draw_anew()

    def _draw_anew(self) -> None:
        self.drawn.lay_out_anew()
        self.viewport().update()

    @property
    def current_id(self) -> int:
        """The id of the current message, 0 when none."""
        return self.messages.id_at(self.currentIndex().row())

    def selected_ids(self) -> tuple[int, ...]:
        """The ids selected, in order; by ranges, as a hundred thousand may be."""
        spans = sorted((one.top(), one.bottom()) for one in self._ranges())
        return tuple(one for top, bottom in spans for one in self.messages.ids[top : bottom + 1])

    def show_ids(self, ids: Iterable[int], keep: int = 0) -> None:
        """Show other messages; ``keep`` stays current, and where it was on screen, when it is among them."""
        before = self.currentIndex()
        offset = self.visualRect(before).top() if before.isValid() and self.current_id == keep else None
        selected = set(self.selected_ids()) if self.chosen_count() > 1 else set()
        self._silent = True
        self.messages.set_ids(ids)
        place = self.messages.place_of(keep) if keep else -1
        if place >= 0:
            self._make_current(place)
            self._put_at(place, offset)
            self._select_again(selected)
        self._silent = False
        self.turned.emit(self.current_id)
        self.chosen.emit(self.chosen_count())

    def turn_to(self, message_id: int) -> bool:
        """Make a message current and bring it into view. False when it is not shown."""
        place = self.messages.place_of(message_id)
        if place >= 0:
            self._make_current(place)
            self.scrollTo(self.messages.index(place))
        return place >= 0

    def step(self, by: int) -> bool:
        """Go ``by`` messages on (back when negative); False at the end."""
        place = max(self.currentIndex().row(), -1) + by
        if not 0 <= place < self.messages.rowCount():
            return False
        self._make_current(place)
        self.scrollTo(self.messages.index(place))
        return True

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Nothing: letters are actions here, and looking through 100,000 messages would freeze the window."""

    def _make_current(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.messages.index(place), flags.ClearAndSelect)

    def _put_at(self, place: int, offset: int | None) -> None:
        index = self.messages.index(place)
        if offset is None:
            self.scrollTo(index)
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(index).top() - offset)

    def _select_again(self, ids: set[int]) -> None:
        if not ids:
            return
        selection = QItemSelection()
        start = -1
        for place, one in enumerate([*self.messages.ids, 0]):
            if one in ids and start < 0:
                start = place
            elif one not in ids and start >= 0:
                selection.select(self.messages.index(start), self.messages.index(place - 1))
                start = -1
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def chosen_count(self) -> int:
        """How many are selected."""
        return sum(one.height() for one in self._ranges())

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _turned(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._silent:
            self.turned.emit(self.current_id)

    def _chosen(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._silent:
            self.chosen.emit(self.chosen_count())

    def _theme_changed(self) -> None:
        self.drawn.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def on_screen(self) -> range:
        """The places of the messages on screen."""
        first = self.indexAt(QPoint(1, 0)).row()
        last = self.indexAt(QPoint(1, self.viewport().height() - 1)).row()
        return range(max(first, 0), (last if last >= 0 else self.messages.rowCount() - 1) + 1)
