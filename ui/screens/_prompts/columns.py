"""Library, template and tabs side by side; where there is no room for three, the template is one of the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from ui.desk import Desk
from ui.screens._prompts.source import TAB_TITLES
from ui.tokens import SPACE
from ui.widgets.basic import card, column, restyle

PREVIEW, RUN, DIFFERENCES = range(3)
#: px, at a text size of 100 %, under which the template shares its place with the tabs; widths of three columns.
NARROW = 900
WIDTHS = (210, 470, 380)


class Columns(QWidget):
    """``sides`` are the widgets of the tabs, in the order of :data:`TAB_TITLES`."""

    def __init__(self, desk: Desk, library: QWidget, template: QWidget, sides: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme, self._t = desk.theme, desk.t
        self._sides = tuple(sides)
        self._widths = list(WIDTHS)
        self._is_narrow = False
        left, self._centre, right = card(), card(), card()
        column(library, margins=1, parent=left)
        self._inside = column(template, margins=4, parent=self._centre)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self._t("ui.prompts.tabs"))
        self.tabs.setUsesScrollButtons(False)
        self.tabs.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.tabBar().setDrawBase(False)
        for widget, title in zip(self._sides, TAB_TITLES, strict=True):
            self.tabs.addTab(widget, self._t(title))
        column(self.tabs, margins=(4, 2, 4, 4), parent=right)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(SPACE[3])
        self.splitter.setChildrenCollapsible(False)
        for part, share in ((left, 0), (self._centre, 5), (right, 4)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, share)
        self.splitter.setSizes(self._widths)
        column(self.splitter, parent=self)
        self.splitter.splitterMoved.connect(lambda _at, _place: self._moved())
        desk.theme.changed.connect(self._fit)

    @property
    def tab(self) -> int:
        """Which tab is in front: :data:`PREVIEW`, :data:`RUN`, :data:`DIFFERENCES`, or -1 for the template."""
        shown = self.tabs.currentWidget()
        return self._sides.index(shown) if shown in self._sides else -1

    def show_tab(self, place: int) -> None:
        """Bring a tab to the front; a place that is none is left alone."""
        if 0 <= place < len(self._sides):
            self.tabs.setCurrentWidget(self._sides[place])

    def show_template(self) -> None:
        """Bring the template to the front where it shares its place with the tabs."""
        if self._is_narrow:
            self.tabs.setCurrentWidget(self._centre)

    def widths(self) -> list[int]:
        """The widths of three columns, as the person left them."""
        return list(self._widths)

    def use_widths(self, widths: object) -> None:
        """Bring :meth:`widths` back; anything else is left alone."""
        if isinstance(widths, list) and len(widths) == 3 and all(isinstance(one, int) and one > 0 for one in widths):
            self._widths = list(widths)
            if not self._is_narrow:
                self.splitter.setSizes(self._widths)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Three columns or two."""
        super().resizeEvent(event)
        self._fit()

    def _moved(self) -> None:
        if not self._is_narrow:
            self._widths = self.splitter.sizes()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self.tabs.insertTab(0, self._centre, self._t("ui.prompts.text"))
            self.tabs.setCurrentIndex(0)
        else:
            self.splitter.insertWidget(1, self._centre)
            self.splitter.setStretchFactor(1, 5)
            self.splitter.setStretchFactor(2, 4)
            self.splitter.setSizes(self._widths)
        edge = 0 if narrow else SPACE[4]
        self._inside.setContentsMargins(edge, SPACE[2] if narrow else edge, edge, edge)
        restyle(self._centre, card="" if narrow else "true")
        self._centre.show()
