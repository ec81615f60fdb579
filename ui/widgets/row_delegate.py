"""What the rows of the long lists share: fonts, the ground with its selection and focus, pills, tinted icons."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import picture
from ui.theme import Theme
from ui.tokens import RADIUS, RADIUS_SMALL, SPACE, TYPE


class CardRowDelegate(QStyledItemDelegate):
    """All rows are of one ``height``, in px: whoever lays them out sets it in :meth:`forget`."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: dict[tuple[str, str], QPixmap] = {}
        self.height = 0
        self.forget()

    def forget(self) -> None:
        """The theme or the text size changed: measure anew."""
        self._pictures.clear()
        self._body, self._strong, self._small = (self._font(TYPE[one]) for one in ("body", "body", "small"))
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._line = QFontMetrics(self._body).height()
        self._badge = QFontMetrics(self._small).height() + self._theme.px(4)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802  # Qt's name
        return QSize(200, self.height)

    def _font(self, size: int) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(self._theme.px(size))
        return font

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, right: int) -> None:
        """The row's ground; the hairline under it ends ``right`` px before its right side."""
        colours, flag = self._theme.colours, QStyle.StateFlag
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
            painter.drawLine(rect.left() + SPACE[3], rect.bottom(), rect.right() - right, rect.bottom())

    def _pill(self, painter: QPainter, area: QRect, text: str, look: str) -> None:
        """A badge; ``look`` is a tone of the tokens or ``neutral``."""
        colours = self._theme.colours
        neutral = look == "neutral"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised if neutral else getattr(colours, f"{look}_soft")))
        painter.drawRoundedRect(area, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(colours.muted if neutral else getattr(colours, look)))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _picture(self, name: str, colour: str, size: int) -> QPixmap:
        key = (name, colour)
        if key not in self._pictures:
            self._pictures[key] = picture(name, colour, size, 2.0)
        return self._pictures[key]
