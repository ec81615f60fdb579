"""The left side: search, filters, the list, and what to do when it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from copilot import networks
from copilot.domain.item import ItemKind
from ui.desk import Desk
from ui.screens._review.item_list import ItemList
from ui.screens._review.loading import Asked, Listing, Shelf
from ui.tokens import SPACE
from ui.widgets.basic import EmptyState, button, column, label, row
from ui.widgets.flow import Flow

#: Milliseconds from the last key of a search to its answer.
SEARCH = 180


class ShelfChips(QWidget):
    """The shelves with how many items each holds; one is chosen."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._t = desk.t
        self._group = QButtonGroup(self)
        self._chips: dict[Shelf, QPushButton] = {}
        flow = Flow(self, space=2)
        self.setAccessibleName(desk.t("ui.review.shelves"))
        for shelf in Shelf:
            made = button(desk.t(f"ui.review.shelf.{shelf.value}"), "chip")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, told=shelf: self.chosen.emit(told))
            self._group.addButton(made)
            self._chips[shelf] = made
            flow.addWidget(made)
        self._chips[Shelf.WAITING].setChecked(True)

    def set_current(self, shelf: Shelf) -> None:
        """Choose without telling."""
        self._chips[shelf].setChecked(True)

    def show_counts(self, listing: Listing) -> None:
        """Say how many items each shelf holds."""
        for shelf, made in self._chips.items():
            text = f"{self._t(f'ui.review.shelf.{shelf.value}')}  {self._t.number(listing.counts[shelf])}"
            made.setText(text)
            made.setAccessibleName(text)


class ListPanel(QFrame):
    """``asked_changed`` tells that other lines are wanted; ``shelf_wanted`` that an empty list offers another shelf."""

    asked_changed = Signal()
    compose_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("card", "true")
        t = desk.t
        self.shelf = Shelf.WAITING
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("ui.review.search"))
        self.search.setAccessibleName(t("ui.review.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.network = QComboBox()
        self.network.setAccessibleName(t("ui.review.network"))
        self.network.addItem(t("ui.review.network.all"), "")
        self.kind = QComboBox()
        self.kind.setAccessibleName(t("ui.review.kind"))
        self.kind.addItem(t("ui.review.kind.all"), None)
        for one in ItemKind:
            self.kind.addItem(t(f"ui.kind.{one.value}"), one)
        for made in (self.network, self.kind):
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.currentIndexChanged.connect(lambda _place: self.asked_changed.emit())
        self._soon = QTimer(self, singleShot=True, interval=SEARCH)
        self._soon.timeout.connect(self.asked_changed)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.list = ItemList(desk)
        self.list.setProperty("bare", True)
        self.empty = QStackedWidget()
        self._empty_states()
        self.hint = label(t("ui.review.keys"), "small", wrap=True)
        self.hint.setContentsMargins(12, 0, 12, 8)
        self.filters = row(self.network, self.kind, space=2)
        top = column(self.search, self.filters, space=2, margins=(3, 3, 3, 0))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        lines = column(space=2, parent=self)
        lines.addLayout(top)
        lines.addWidget(self.stack, 1)
        lines.addWidget(self.hint)
        self.setMinimumWidth(desk.theme.px(300))
        desk.theme.changed.connect(self._lay_out_filters)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._lay_out_filters()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Down goes from the search to what it found."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed == Qt.Key.Key_Down and watched is self.search and self.stack.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def asked(self, keep: int | None) -> Asked:
        """What the filters ask for."""
        return Asked(self.shelf, self.network.currentData() or "", self.kind.currentData(), self.search.text(), keep)

    @property
    def is_narrowed(self) -> bool:
        """True when a search or a filter hides items of the shelf."""
        return bool(self.search.text().strip() or self.network.currentData() or self.kind.currentData())

    def show_listing(self, listing: Listing) -> None:
        """Show the lines, or why there are none."""
        self._show_networks(listing.networks)
        self.list.put(listing.lines)
        if listing.lines:
            self.stack.setCurrentWidget(self.list)
        else:
            nothing_at_all = not listing.counts[Shelf.ALL]
            self.empty.setCurrentIndex(0 if nothing_at_all else 1 if self.is_narrowed else 2)
            self.stack.setCurrentWidget(self.empty)
        self.hint.setVisible(bool(listing.lines))

    def choose_network(self, network: str) -> None:
        """Ask for one network, before anything is known of what there is."""
        if network in networks.load():
            self._show_networks((network,))
            self.network.blockSignals(True)
            self.network.setCurrentIndex(1)
            self.network.blockSignals(False)

    def widen(self) -> None:
        """Take search and filters away."""
        for made in (self.network, self.kind):
            made.blockSignals(True)
            made.setCurrentIndex(0)
            made.blockSignals(False)
        self.search.clear()
        self.asked_changed.emit()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out_filters(self) -> None:
        """Side by side when their words fit, else one under the other."""
        half = (self.width() - 2 * SPACE[3] - SPACE[2]) // 2
        wide = max(_width_for(self.network, 0), _width_for(self.kind, 0)) > half
        self.filters.setDirection(QBoxLayout.Direction.TopToBottom if wide else QBoxLayout.Direction.LeftToRight)

    def _show_networks(self, known: tuple[str, ...]) -> None:
        current = self.network.currentData()
        if current and current not in known:
            known = (*known, current)  # asked for, and still: the list says that there is nothing
        held = [self.network.itemData(place) for place in range(1, self.network.count())]
        if list(known) == held:
            return
        self.network.blockSignals(True)
        while self.network.count() > 1:
            self.network.removeItem(1)
        for one in known:
            self.network.addItem(networks.get(one).label, one)
        self.network.setCurrentIndex(max(0, self.network.findData(current)))
        self.network.blockSignals(False)

    def _empty_states(self) -> None:
        t, theme = self.desk.t, self.desk.theme
        compose = button(t("ui.review.empty.compose"), run=self.compose_wanted.emit)
        widen = button(t("ui.review.empty.widen"), run=self.widen)
        for made in (
            EmptyState(theme, "circle-check", t("ui.review.empty.title"), t("ui.review.empty.text"), compose),
            EmptyState(theme, "search", t("ui.review.none.title"), t("ui.review.none.text"), widen),
            EmptyState(theme, "check-check", t("ui.review.done.title"), t("ui.review.done.text")),
        ):
            self.empty.addWidget(made)


def _width_for(combo: QComboBox, place: int) -> int:
    """Px the words at ``place`` take with what is around them: the arrow and the padding."""
    return combo.fontMetrics().horizontalAdvance(combo.itemText(place)) + 2 * SPACE[6]
