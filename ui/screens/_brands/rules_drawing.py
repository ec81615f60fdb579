"""How a rule is drawn: its title, what it looks at, its five choices, what may go out without it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from copilot.domain.brand import RuleLevel
from ui.screens._brands.rules import LEVELS, Rule
from ui.theme import Theme
from ui.tokens import RADIUS_SMALL, SPACE, TYPE
from ui.widgets.row_delegate import CardRowDelegate

if TYPE_CHECKING:
    from ui.screens._brands.rules_list import RuleList, RuleModel

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
#: Size of a choice, in px at 100 %.
CELL = 30
#: The picture of each choice.
ICONS = {
    None: "circle", RuleLevel.BLOCKS: "ban", RuleLevel.WARNS: "triangle-alert", RuleLevel.ADVISES: "lightbulb",
    RuleLevel.OFF: "x",
}  # fmt: skip
_TONES = {RuleLevel.BLOCKS: "danger", RuleLevel.WARNS: "warn", RuleLevel.ADVISES: "info", RuleLevel.OFF: "muted"}
_SOFT = {RuleLevel.BLOCKS: "danger_soft", RuleLevel.WARNS: "warn_soft", RuleLevel.ADVISES: "info_soft"}


class RuleDelegate(CardRowDelegate):
    """Rows as high as their words."""

    def __init__(self, theme: Theme, model: RuleModel, view: RuleList) -> None:
        self._heights: dict[tuple[str, int], int] = {}
        super().__init__(theme, view)
        self._model, self._view = model, view

    def forget(self) -> None:
        """The theme or the text size changed: measure anew."""
        super().forget()
        self._heights.clear()
        self._family = QFont(self._small)
        self._family.setPixelSize(self._theme.px(TYPE["strong"]))
        self._family.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        width, rule = self._view.viewport().width(), self._model.rule_at(index)
        if rule is None:
            return QSize(100, QFontMetrics(self._family).height() + SPACE[6])
        room = self._room(width)
        words = sum(self._height(text, self._small, room) + SPACE[1] // 2 for text, _tone in self._model.notes_of(rule))
        title = self._height(rule.title, self._strong, room)
        small = QFontMetrics(self._small).height()
        return QSize(100, max(title + words, self._theme.px(CELL) + small + SPACE[1]) + 2 * SPACE[3])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rule = self._model.rule_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if rule is None:
            self._draw_family(painter, option.rect, str(index.data()))
        else:
            self._ground(painter, option.rect, option.state, SPACE[3])
            self._draw_words(painter, option.rect, rule)
            self._draw_choices(painter, option.rect, rule)
        painter.restore()

    def cells(self, row: QRect) -> Sequence[QRect]:
        """Where the choices of a row are."""
        side = self._theme.px(CELL)
        left = row.right() - SPACE[3] - side * len(LEVELS)
        top = row.top() + SPACE[3]
        return [QRect(left + side * n, top, side, side) for n in range(len(LEVELS))]

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, _at: Index) -> bool:  # noqa: N802  # Qt's name
        """Pointing at a choice says it in words."""
        if event.type() != QEvent.Type.ToolTip:
            return False
        said = self._view.said_at(event.pos())
        if said:
            QToolTip.showText(event.globalPos(), f"<p>{escape(said)}</p>", view)
        else:
            QToolTip.hideText()
        return True

    def _room(self, width: int) -> int:
        """The width left to the words of a row of ``width``."""
        return max(80, width - self._theme.px(CELL) * len(LEVELS) - 4 * SPACE[3])

    def _height(self, text: str, font: QFont, width: int) -> int:
        key = (f"{font.pixelSize()}{font.weight()}{text}", width)
        if key not in self._heights:
            box = QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, text)
            self._heights[key] = box.height()
        return self._heights[key]

    def _draw_family(self, painter: QPainter, rect: QRect, title: str) -> None:
        painter.setFont(self._family)
        painter.setPen(QColor(self._theme.colours.accent_text))
        box = rect.adjusted(SPACE[3], 0, -SPACE[3], -SPACE[1])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), title)

    def _draw_words(self, painter: QPainter, rect: QRect, rule: Rule) -> None:
        colours, room = self._theme.colours, self._room(rect.width())
        left, top = rect.left() + SPACE[3], rect.top() + SPACE[3]
        lines = [(rule.title, self._strong, "text")]
        lines += [(text, self._small, tone) for text, tone in self._model.notes_of(rule)]
        for text, font, tone in lines:
            high = self._height(text, font, room)
            painter.setFont(font)
            painter.setPen(QColor(getattr(colours, tone)))
            painter.drawText(QRect(left, top, room, high), _WRAPPED, text)
            top += high + SPACE[1] // 2

    def _draw_choices(self, painter: QPainter, rect: QRect, rule: Rule) -> None:
        colours, level = self._theme.colours, self._model.level(rule)
        cells, weight = self.cells(rect), rule.weight(level)
        frame = QRectF(cells[0].united(cells[-1])).adjusted(0.5, 0.5, -0.5, -0.5)
        around = QPainterPath()
        around.addRoundedRect(frame, RADIUS_SMALL, RADIUS_SMALL)
        painter.fillPath(around, QColor(colours.surface))
        for one, cell in zip(LEVELS, cells, strict=True):
            chosen = one == level
            if chosen:
                painter.save()
                painter.setClipPath(around)
                painter.fillRect(cell, QColor(getattr(colours, _SOFT.get(weight, "raised"))))
                painter.restore()
            tone = getattr(colours, _TONES[weight]) if chosen else colours.muted
            self._draw_icon(painter, cell, ICONS[one], tone)
        painter.setPen(QPen(QColor(colours.outline if level else colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(around)
        for cell in cells[1:]:
            painter.drawLine(cell.left(), cell.top() + 1, cell.left(), cell.bottom() - 1)
        painter.setFont(self._small)
        painter.setPen(QColor(getattr(colours, _TONES[weight] if level else "muted")))
        words = QRect(cells[0].left(), cells[0].bottom() + SPACE[1], cells[-1].right() - cells[0].left(), rect.height())
        centred = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(words, centred, self._model.said_of(rule))

    def _draw_icon(self, painter: QPainter, cell: QRect, name: str, colour: str) -> None:
        side = self._theme.px(15)
        box = QRect(0, 0, side, side)
        box.moveCenter(cell.center())
        painter.drawPixmap(box, self._picture(name, colour, side))
