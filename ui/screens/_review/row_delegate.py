"""Draws one item of the list: where it goes, how it begins, where it stands, its worst finding. Plain text only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from copilot import networks
from ui.tokens import SPACE
from ui.widgets.message_words import beginning
from ui.widgets.row_delegate import CardRowDelegate
from ui.widgets.status import SEVERITY_ICONS, SEVERITY_TONES, TONES, capital

if TYPE_CHECKING:
    from copilot.i18n import Translator
    from ui.desk import Desk
    from ui.screens._review.item_list import ItemModel
    from ui.screens._review.loading import Line


def age(at: datetime | None, now: datetime, t: Translator) -> str:
    """How long ago, in one short word."""
    if at is None:
        return ""
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 60:
        return t("ui.review.age.minutes", count=minutes) if minutes else t("ui.review.age.now")
    if minutes < 24 * 60:
        return t("ui.review.age.hours", count=minutes // 60)
    return t("ui.review.age.days", count=minutes // (24 * 60))


class RowDelegate(CardRowDelegate):
    """Two lines of words and a line of badges."""

    def __init__(self, desk: Desk, items: ItemModel, parent: QObject) -> None:
        self._desk = desk
        self._items = items
        super().__init__(desk.theme, parent)

    def forget(self) -> None:
        """The theme or the text size changed."""
        super().forget()
        self.height = 2 * SPACE[2] + 2 * self._line + 2 * SPACE[1] + self._badge + 3

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = self._items.lines[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, state, SPACE[3])
        inner = rect.adjusted(SPACE[3], SPACE[2], -SPACE[3], -SPACE[2] - 1)
        self._head(painter, QRect(inner.left(), inner.top(), inner.width(), self._line), line)
        painter.setFont(self._body)
        painter.setPen(QColor(self._desk.theme.colours.text))
        text = line.beginning or self._desk.t("ui.review.no_words")
        under = QRect(inner.left(), inner.top() + self._line + SPACE[1], inner.width(), self._line)
        self._elided(painter, under, text)
        self._foot(painter, QRect(inner.left(), inner.bottom() + 1 - self._badge, inner.width(), self._badge), line)
        painter.restore()

    def _head(self, painter: QPainter, area: QRect, line: Line) -> None:
        t, colours = self._desk.t, self._desk.theme.colours
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        when = age(line.at, datetime.now(UTC), t)
        wide = QFontMetrics(self._small).horizontalAdvance(when)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        left = area.left()
        if severity := self._items.severity(line):
            size = self._desk.theme.px(15)
            colour = getattr(colours, SEVERITY_TONES[severity])
            at = area.top() + (area.height() - size) // 2
            painter.drawPixmap(left, at, self._picture(SEVERITY_ICONS[severity], colour, size))
            left += size + SPACE[1] + 2
        painter.setFont(self._strong)
        painter.setPen(QColor(colours.text))
        network = networks.get(line.network).label
        painter.drawText(QRect(left, area.top(), area.right() - left - wide, area.height()), _MIDDLE, network)
        left += QFontMetrics(self._strong).horizontalAdvance(network) + SPACE[2]
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        room = area.right() - wide - SPACE[2] - left
        self._elided(painter, QRect(left, area.top(), room, area.height()), t(f"ui.kind.{line.kind.value}"))

    def _foot(self, painter: QPainter, area: QRect, line: Line) -> None:
        colours = self._desk.theme.colours
        painter.setFont(self._small)
        tone = TONES[line.status]
        text = capital(self._desk.t(f"status.{line.status.value}"))
        wide = QFontMetrics(self._small).horizontalAdvance(text) + 2 * SPACE[2]
        pill = QRect(area.left(), area.top(), wide, area.height())
        self._pill(painter, pill, text, tone)
        painter.setPen(QColor(colours.muted))
        rest = QRect(pill.right() + SPACE[2], area.top(), area.right() - pill.right() - SPACE[2], area.height())
        self._elided(painter, rest, beginning(line.author or line.account, 60))

    def _elided(self, painter: QPainter, area: QRect, text: str) -> None:
        if area.width() <= 0:
            return
        told = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _MIDDLE | Qt.TextFlag.TextSingleLine, told)


#: Words begin at the left whatever their script: the badge and the age keep their sides.
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
