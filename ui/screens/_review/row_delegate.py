"""Draws one item of the list: where it goes, how it begins, where it stands, its worst finding. Plain text only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from copilot import networks
from ui.icons import picture
from ui.tokens import RADIUS, RADIUS_SMALL, SPACE, TYPE
from ui.widgets.message_words import beginning
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


class RowDelegate(QStyledItemDelegate):
    """All rows are of one height: two lines of words and a line of badges."""

    def __init__(self, desk: Desk, items: ItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items = items
        self._pictures: dict[tuple[str, str], QPixmap] = {}
        self.height = 0
        self.forget()

    def forget(self) -> None:
        """The theme or the text size changed."""
        self._pictures.clear()
        self._body, self._strong, self._small = (self._font(TYPE[one]) for one in ("body", "body", "small"))
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._line = QFontMetrics(self._body).height()
        self._badge = QFontMetrics(self._small).height() + self._desk.theme.px(4)
        self.height = 2 * SPACE[2] + 2 * self._line + 2 * SPACE[1] + self._badge + 3

    def _font(self, size: int) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(self._desk.theme.px(size))
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802  # Qt's name
        return QSize(200, self.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = self._items.lines[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, state)
        inner = rect.adjusted(SPACE[3], SPACE[2], -SPACE[3], -SPACE[2] - 1)
        self._head(painter, QRect(inner.left(), inner.top(), inner.width(), self._line), line)
        painter.setFont(self._body)
        painter.setPen(QColor(self._desk.theme.colours.text))
        text = line.beginning or self._desk.t("ui.review.no_words")
        under = QRect(inner.left(), inner.top() + self._line + SPACE[1], inner.width(), self._line)
        self._elided(painter, under, text)
        self._foot(painter, QRect(inner.left(), inner.bottom() + 1 - self._badge, inner.width(), self._badge), line)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours, flag = self._desk.theme.colours, QStyle.StateFlag
        selected = bool(state & flag.State_Selected)
        area = QRectF(rect).adjusted(2, 1, -2, -1)
        if selected or state & flag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if selected else colours.raised))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if state & flag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        elif not selected:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(rect.left() + SPACE[3], rect.bottom(), rect.right() - SPACE[3], rect.bottom())

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
        neutral = tone == "neutral"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised if neutral else getattr(colours, f"{tone}_soft")))
        painter.drawRoundedRect(pill, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(colours.muted if neutral else getattr(colours, tone)))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(colours.muted))
        rest = QRect(pill.right() + SPACE[2], area.top(), area.right() - pill.right() - SPACE[2], area.height())
        self._elided(painter, rest, beginning(line.author or line.account, 60))

    def _elided(self, painter: QPainter, area: QRect, text: str) -> None:
        if area.width() <= 0:
            return
        told = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _MIDDLE | Qt.TextFlag.TextSingleLine, told)

    def _picture(self, name: str, colour: str, size: int) -> QPixmap:
        key = (name, colour)
        if key not in self._pictures:
            self._pictures[key] = picture(name, colour, size, 2.0)
        return self._pictures[key]


#: Words begin at the left whatever their script: the badge and the age keep their sides.
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
