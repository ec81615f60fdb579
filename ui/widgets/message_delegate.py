"""Draws one message of the list: who, when, how it begins, what triage says, where it stands. Plain text only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from copilot.domain.conversation import Intent, Urgency
from ui.icons import picture
from ui.tokens import RADIUS, RADIUS_SMALL, SPACE, TYPE
from ui.widgets.message_words import author_shown, beginning, network_shown, when_shown

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxRow
    from ui.desk import Desk
    from ui.widgets.message_list import MessageModel

#: Messages whose laid out lines are kept.
KEPT = 400
#: Lines of a message's beginning.
TEXT_LINES = 2

URGENCY_LOOK = {Urgency.P0: "danger", Urgency.P1: "warn", Urgency.P2: "info"}
INTENT_LOOK = {
    Intent.DISTRESS: "danger", Intent.CRISIS_SIGNAL: "danger", Intent.COMPLAINT: "warn", Intent.PRAISE: "ok",
    Intent.QUESTION: "info",
}  # fmt: skip
#: Icon and colour of each state.
STATE_LOOK = {
    "waiting": ("circle", "muted"), "drafted": ("pencil", "info"), "in_review": ("eye", "accent_text"),
    "approved": ("circle-check", "ok"), "skipped": ("skip-forward", "muted"), "human": ("user", "warn"),
    "own": ("message-circle-reply", "muted"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """One message laid out for a width."""

    row: InboxRow
    author: QTextLayout
    text: QTextLayout
    when: str
    badges: tuple[tuple[str, str], ...]
    where: str
    state: str


class MessageDelegate(QStyledItemDelegate):
    """All rows are of one height; what is laid out is kept by message and width."""

    def __init__(self, desk: Desk, messages: MessageModel, parent: QStyledItemDelegate | object) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # any QObject owns a delegate
        self._desk = desk
        self._messages = messages
        self._kept: OrderedDict[tuple[int, int], Lines] = OrderedDict()
        self._pictures: dict[tuple[str, str], QPixmap] = {}
        self._now = datetime.now().astimezone()
        self.forget()

    def forget(self) -> None:
        """The theme, the text size or the language changed: lay out anew."""
        self._kept.clear()
        self._pictures.clear()
        self._now = datetime.now().astimezone()
        px = self._desk.theme.px
        self._body, self._strong, self._small = (
            self._font(TYPE["body"]),
            self._font(TYPE["body"]),
            self._font(TYPE["small"]),
        )
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._line = QFontMetrics(self._body).height()
        self._small_line = QFontMetrics(self._small).height()
        self._badge = self._small_line + px(4)
        self._height = SPACE[2] + self._line + 2 + TEXT_LINES * self._line + SPACE[1] + self._badge + SPACE[2] + 1

    def _font(self, size: int) -> QFont:
        from PySide6.QtWidgets import QApplication

        font = QFont(QApplication.font())
        font.setPixelSize(self._desk.theme.px(size))
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802  # Qt's name
        return QSize(200, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._messages.row_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, state)
        inner = rect.adjusted(SPACE[3], SPACE[2], -SPACE[2], -SPACE[2])
        if row is None:
            self._skeleton(painter, inner)
        else:
            self._draw(painter, inner, self._lines(row, inner.width()))
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
            painter.drawLine(rect.left() + SPACE[3], rect.bottom(), rect.right() - SPACE[2], rect.bottom())

    def _skeleton(self, painter: QPainter, inner: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._desk.theme.colours.raised))
        thick = self._line - 6
        for place, share in enumerate((0.35, 0.9, 0.7, 0.45)):
            top = inner.top() + 3 + place * (self._line + 2)
            painter.drawRoundedRect(QRectF(inner.left(), top, inner.width() * share, thick), thick / 2, thick / 2)

    def _draw(self, painter: QPainter, inner: QRect, lines: Lines) -> None:
        colours = self._desk.theme.colours
        painter.setPen(QColor(colours.text))
        lines.author.draw(painter, QPointF(inner.topLeft()))
        top = inner.top() + self._line + 2
        painter.setPen(QColor(colours.text))
        lines.text.draw(painter, QPointF(inner.left(), top))
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            QRect(inner.left(), inner.top(), inner.width(), self._line),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            lines.when,
        )
        self._foot(painter, QRect(inner.left(), inner.bottom() + 1 - self._badge, inner.width(), self._badge), lines)

    def _foot(self, painter: QPainter, foot: QRect, lines: Lines) -> None:
        colours = self._desk.theme.colours
        metrics = QFontMetrics(self._small)
        icon_name, colour_name = STATE_LOOK[lines.row.state.value]
        colour = getattr(colours, colour_name)
        state_wide = metrics.horizontalAdvance(lines.state)
        right = foot.right() - state_wide
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colour))
        painter.drawText(QRect(right, foot.top(), state_wide + 1, foot.height()), middle, lines.state)
        glyph = self._desk.theme.px(14)
        right -= glyph + SPACE[1]
        painter.drawPixmap(right, foot.top() + (foot.height() - glyph) // 2, self._picture(icon_name, colour, glyph))
        left = foot.left()
        for text, look in lines.badges:
            wide = metrics.horizontalAdvance(text) + 2 * SPACE[2] - 2
            if left + wide > right - SPACE[1]:
                return
            self._pill(painter, QRect(left, foot.top(), wide, foot.height()), text, look)
            left += wide + SPACE[1]
        painter.setPen(QColor(colours.muted))
        room = right - SPACE[2] - left - SPACE[1]
        if room > 3 * metrics.averageCharWidth():
            told = metrics.elidedText(lines.where, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + SPACE[1], foot.top(), room, foot.height()), middle, told)

    def _pill(self, painter: QPainter, area: QRect, text: str, look: str) -> None:
        colours = self._desk.theme.colours
        neutral = look == "neutral"
        painter.setBrush(QColor(colours.raised if neutral else getattr(colours, f"{look}_soft")))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(colours.muted if neutral else getattr(colours, look)))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _picture(self, name: str, colour: str, size: int) -> QPixmap:
        key = (name, colour)
        if key not in self._pictures:
            self._pictures[key] = picture(name, colour, size, 2.0)
        return self._pictures[key]

    def _lines(self, row: InboxRow, width: int) -> Lines:
        key = (row.message.id, width)
        kept = self._kept.get(key)
        if kept is None or kept.row is not row:
            kept = self._kept[key] = self._laid_out(row, width)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept

    def _laid_out(self, row: InboxRow, width: int) -> Lines:
        t, message = self._desk.t, row.message
        when = when_shown(message, t, self._now)
        author_room = width - QFontMetrics(self._small).horizontalAdvance(when) - SPACE[2]
        badges: list[tuple[str, str]] = []
        if triage := message.triage:
            look = URGENCY_LOOK.get(triage.urgency, "neutral")
            badges.append((t(f"ui.inbox.urgency.{triage.urgency.value}"), look))
            badges.append((t(f"intent.{triage.intent.value}"), INTENT_LOOK.get(triage.intent, "neutral")))
        return Lines(
            row,
            _layout(author_shown(message.author, t), self._strong, author_room, 1),
            _layout(beginning(message.text) or t("ui.inbox.no_words"), self._body, width, TEXT_LINES),
            when,
            tuple(badges),
            " · ".join(part for part in (network_shown(row.network), beginning(row.thread_title, 80)) if part),
            t(f"ui.inbox.state.{row.state.value}"),
        )


def _layout(text: str, font: QFont, width: int, most: int) -> QTextLayout:
    """``text`` laid out in at most ``most`` lines, the last one cut with an ellipsis; read from its own side."""
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    starts = _starts(text, font, width, option)
    if len(starts) > most:
        cut = starts[most - 1]
        rest = QFontMetrics(font).elidedText(_tail(text, cut), Qt.TextElideMode.ElideRight, width)
        text = _head(text, cut) + rest
    made = QTextLayout(text, font)
    made.setTextOption(option)
    made.setCacheEnabled(True)
    _break(made, width, most)
    return made


def _starts(text: str, font: QFont, width: int, option: QTextOption) -> list[int]:
    """Where the lines of ``text`` begin, in UTF-16 units."""
    made = QTextLayout(text, font)
    made.setTextOption(option)
    return _break(made, width, 99)


def _break(made: QTextLayout, width: int, most: int) -> list[int]:
    starts: list[int] = []
    top = 0.0
    made.beginLayout()
    while len(starts) < most:
        line = made.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
        starts.append(line.textStart())
    made.endLayout()
    return starts


def _head(text: str, units: int) -> str:
    return text.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")


def _tail(text: str, units: int) -> str:
    return text.encode("utf-16-le", "replace")[2 * units :].decode("utf-16-le", "ignore")
