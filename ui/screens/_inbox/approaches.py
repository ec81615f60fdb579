"""Replies in several approaches, side by side: a number chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from copilot.domain.finding import Severity
from ui.tokens import SPACE
from ui.widgets.basic import badge, column, label, restyle, row, scrolled
from ui.widgets.message_words import shown

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.screens._inbox.offers import Offer, Offers

#: As many as there are keys for them.
MOST = 5
#: The narrowest card that reads well, in px at 100 %.
NARROWEST = 250


class OfferCard(QFrame):
    """One reply in one approach; pressing it takes it."""

    pressed = Signal(int)

    def __init__(self, desk: Desk, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place = place
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.number = badge(str(place + 1), "accent")
        self.title = label("", "strong")
        self.mark = badge("", "warn")
        self.text = label("", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column(row(self.number, self.title, 1, self.mark), self.text, 1, space=2, margins=3, parent=self)

    def show_offer(self, offer: Offer) -> None:
        """Show what is written of it so far."""
        t = self._desk.t
        name = t(f"ui.inbox.approach.{offer.approach.value}")
        self.title.setText(name)
        if offer.error is not None:
            self.text.setText(t.error(offer.error))
        else:
            self.text.setText(shown(offer.text) or t("ui.inbox.writing"))
        restyle(self.text, tone="danger" if offer.error else "")
        blocking = sum(one.severity is Severity.BLOCKS for one in offer.findings)
        told = len([one for one in offer.findings if one.severity is not Severity.ADVISES])
        self.mark.setVisible(bool(told))
        self.mark.setText(t("ui.inbox.to_mend", count=blocking) if blocking else t("ui.inbox.to_look_at", count=told))
        restyle(self.mark, badge="danger" if blocking else "warn")
        self.setAccessibleName(t("ui.inbox.offer", place=self._place + 1, name=name))
        self.setAccessibleDescription(self.text.text())
        self.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self._place)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        restyle(self, card="selected")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        restyle(self, card="true")
        super().focusOutEvent(event)


class Approaches(QWidget):
    """``taken`` tells the place of the offer the person wants."""

    taken = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(desk.t("ui.inbox.approaches"))
        inside = QWidget()
        self.cards = [OfferCard(desk, place, inside) for place in range(MOST)]
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, SPACE[2], 0)
        self._grid.setSpacing(SPACE[2])
        self._columns = 0
        self._count = 0
        for card in self.cards:
            card.pressed.connect(self.taken)
            card.hide()
        self.area = scrolled(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self.area, parent=self)

    def show_offers(self, offers: Offers) -> None:
        """Show what there is; cards that stay are filled anew, nothing jumps."""
        found = offers.found[:MOST]
        for card, offer in zip(self.cards, found, strict=False):
            card.show_offer(offer)
        for card in self.cards[len(found) :]:
            card.hide()
        self._place(len(found))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(400, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._place(self._count)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self._columns = 0
        return super().event(event)

    def _place(self, count: int) -> None:
        columns = max(1, min(count, self.width() // self._desk.theme.px(NARROWEST)))
        if (columns, count) == (self._columns, self._count):
            return
        self._columns, self._count = columns, count
        for card in self.cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self.cards[:count]):
            self._grid.addWidget(card, place // columns, place % columns)
        for place in range(MOST):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
