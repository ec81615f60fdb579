"""A line of counts, each a word, a number and a small bar; those that find no room are behind the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desk import Desk
from ui.tokens import SPACE
from ui.widgets.arrow_row import ArrowRow
from ui.widgets.basic import PushButton, restyle


@dataclass(frozen=True, slots=True)
class Count:
    """``value`` is what a press tells, ``share`` how long the bar is (0 to 1), ``tone`` a colour of the tokens."""

    value: str
    name: str
    number: int
    share: float = 0.0
    tone: str = "accent"
    is_chosen: bool = False
    hint: str = ""


class CountButton(PushButton):
    """A count with its bar below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self._desk = desk
        self._count: Count | None = None
        self.setProperty("kind", "count")
        self.setCheckable(True)

    @property
    def value(self) -> str:
        """What it counts."""
        return self._count.value if self._count else ""

    def show_count(self, count: Count) -> None:
        """Show ``count``."""
        t = self._desk.t
        self._count = count
        self.setText(f"{count.name} {t.number(count.number)}".replace("&", "&&"))
        self.setChecked(count.is_chosen)
        self.setAccessibleName(t("ui.inbox.filter.urgency", name=count.name, number=count.number))
        self.setAccessibleDescription(count.hint)
        self.setToolTip(count.hint)
        restyle(self, tone=count.tone if count.share == 0 else "")
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's name
        """What the list shows decides whether it looks chosen."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        if self._count is None or not self._count.share:
            return
        colours = self._desk.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect()).adjusted(6, self.height() - 6, -6, -3)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(whole, 1.5, 1.5)
        painter.setBrush(QColor(getattr(colours, self._count.tone)))
        wide = max(3.0, whole.width() * min(1.0, self._count.share))
        painter.drawRoundedRect(QRectF(whole.left(), whole.top(), wide, whole.height()), 1.5, 1.5)
        painter.end()


class Counts(QWidget):
    """``pressed`` carries the value of a count; ``more`` tells that the person wants those without room."""

    pressed = Signal(str)
    more = Signal()

    def __init__(self, desk: Desk, name: str, arrows: ArrowRow | None = None) -> None:
        """``arrows`` go through the counts, among others; without them, through the counts alone."""
        super().__init__()
        self._desk = desk
        self._arrows = ArrowRow(self) if arrows is None else arrows
        self.setAccessibleName(name)
        self._buttons: list[CountButton] = []
        self._shown = 0
        # Never empty: Qt takes the width of four letters for a button without words.
        self._others = PushButton("+0")
        self._others.setParent(self)
        self._others.setProperty("kind", "count")
        self._others.clicked.connect(lambda _checked=False: self.more.emit())
        self._others.hide()
        self._arrows.join(self._others)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def buttons(self) -> tuple[CountButton, ...]:
        """The counts, those without room included."""
        return tuple(self._buttons[: self._shown])

    @property
    def count(self) -> int:
        """How many counts there are."""
        return self._shown

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show ``counts`` in this order; the buttons stay, and with them the focus."""
        while len(self._buttons) < len(counts):
            made = CountButton(self._desk)
            made.setParent(self)
            made.clicked.connect(lambda _checked=False, button=made: self.pressed.emit(button.value))
            self._buttons.append(made)
            # One made later stands in its place for the Tab key too, not after all else in the window.
            before = self._buttons[-2] if len(self._buttons) > 1 else self._others
            QWidget.setTabOrder(before, made)
            QWidget.setTabOrder(made, self._others)
            self._arrows.join(made)
        for made, count in zip(self._buttons, counts, strict=False):
            made.show_count(count)
        self._shown = len(counts)
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        wide = sum(one.sizeHint().width() for one in self.buttons)
        return QSize(wide + SPACE[1] * max(0, self._shown - 1), self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        first = self.buttons[0].sizeHint().width() if self._shown else 0
        return QSize(first + (SPACE[1] + self._room_for_others() if self._shown > 1 else 0), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._place()

    def _height(self) -> int:
        return max((one.sizeHint().height() for one in (*self.buttons, self._others)), default=0)

    def _room_for_others(self) -> int:
        """The room for the longest it may say; what it says stays."""
        metrics = self._others.fontMetrics()
        longer = metrics.horizontalAdvance(f"+{self._shown}") - metrics.horizontalAdvance(self._others.text())
        return self._others.sizeHint().width() + max(0, longer)

    def _place(self) -> None:
        """As many as fit from the left; the rest behind one button that says how many."""
        widths = [one.sizeHint().width() for one in self.buttons]
        fits = _fitting(widths, self.width(), self._room_for_others())
        left = 0
        for place, one in enumerate(self._buttons):
            is_in = place < fits
            if is_in:
                one.setGeometry(left, 0, widths[place], self.height())
                left += widths[place] + SPACE[1]
            one.setVisible(is_in)
        hidden = self._shown - fits
        self._others.setVisible(hidden > 0)
        if hidden > 0:
            self._others.setText(f"+{hidden}")
            names = ", ".join(one.text().replace("&&", "&") for one in self.buttons[fits:])
            self._others.setAccessibleName(self._desk.t("ui.inbox.strip.more", count=hidden))
            self._others.setToolTip(names)
            self._others.setGeometry(left, 0, self._others.sizeHint().width(), self.height())


def _fitting(widths: Sequence[int], room: int, others: int) -> int:
    """How many of ``widths`` fit in ``room``, that of the button for the others kept free when it is needed."""
    if sum(widths) + SPACE[1] * (len(widths) - 1) <= room:
        return len(widths)
    taken = 0
    for place, width in enumerate(widths):
        taken += width + SPACE[1]
        if taken + others > room:
            return place
    return len(widths)
