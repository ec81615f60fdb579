"""Draws one message of the list: who, when, how it begins, what triage says, where it stands. Plain text only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from copilot.domain.conversation import Intent, Urgency
from ui.tokens import SPACE
from ui.widgets.message_words import author_shown, beginning, network_shown, when_shown
from ui.widgets.row_delegate import CardRowDelegate

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


class MessageDelegate(CardRowDelegate):
    """What is laid out is kept by message and width."""

    def __init__(self, desk: Desk, messages: MessageModel, parent: QObject) -> None:
        self._desk = desk
        self._messages = messages
        self._kept: OrderedDict[tuple[int, int], Lines] = OrderedDict()
        super().__init__(desk.theme, parent)

    def forget(self) -> None:
        """The theme, the text size or the language changed: lay out anew."""
        super().forget()
        self._kept.clear()
        self._now = datetime.now().astimezone()
        self.height = SPACE[2] + self._line + 2 + TEXT_LINES * self._line + SPACE[1] + self._badge + SPACE[2] + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._messages.row_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, state, SPACE[2])
        inner = rect.adjusted(SPACE[3], SPACE[2], -SPACE[2], -SPACE[2])
        if row is None:
            self._skeleton(painter, inner)
        else:
            self._draw(painter, inner, self._lines(row, inner.width()))
        painter.restore()

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
