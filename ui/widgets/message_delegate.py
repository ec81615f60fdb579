"""Draws one message of the list: who, when, how it begins, what triage says, where it stands. Plain text only.

What was searched is marked in it; why triage said so, and all that its badges mean, is told on hover.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from ui.tokens import SPACE
from ui.widgets.hits import Span, beginning_near, hits
from ui.widgets.message_marks import hover, marks_of
from ui.widgets.message_words import author_shown, beginning, network_shown, when_shown
from ui.widgets.row_delegate import CardRowDelegate

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxRow
    from ui.desk import Desk
    from ui.widgets.message_list import MessageModel

#: Messages whose laid out lines are kept.
KEPT = 400
#: Characters there must be room for to say where a message was written.
LEAST_WHERE = 9
#: Lines of a message's beginning.
TEXT_LINES = 2

#: Icon and colour of each state.
STATE_LOOK = {
    "waiting": ("circle", "muted"), "drafted": ("pencil", "info"), "in_review": ("eye", "accent_text"),
    "approved": ("circle-check", "ok"), "skipped": ("skip-forward", "muted"), "human": ("user", "warn"),
    "own": ("message-circle-reply", "muted"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pill:
    """A badge in its place: how far from the left, and how wide."""

    left: int
    width: int
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Foot:
    """The last line of a message: its badges, where it was said, where it stands (in words where there is room)."""

    pills: tuple[Pill, ...]
    where: str
    where_left: int
    state: str
    state_wide: int


@dataclass(frozen=True, slots=True)
class Lines:
    """One message laid out for a width."""

    row: InboxRow
    author: QTextLayout
    text: QTextLayout
    when: str
    foot: Foot


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
        self.lay_out_anew()
        self._glyph = self._desk.theme.px(14)
        self.height = SPACE[2] + self._line + 2 + TEXT_LINES * self._line + SPACE[1] + self._badge + SPACE[2] + 1

    def lay_out_anew(self) -> None:
        """What is searched changed, or the clock went on."""
        self._kept.clear()
        self._found = QTextCharFormat()
        self._found.setBackground(QColor(self._desk.theme.colours.warn_soft))
        self._found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self._found.setUnderlineColor(QColor(self._desk.theme.colours.warn))

    def helpEvent(  # noqa: N802  # Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Why triage said so, on hover."""
        row = self._messages.row_at(index.row()) if index.isValid() else None
        if row is None:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self.told_on_hover(row), view.viewport(), view.visualRect(index))
        return True

    def told_on_hover(self, row: InboxRow) -> str:
        """What a tooltip says of a message."""
        return hover(row, self._desk.t, self._messages.limits, self._messages.now)

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

    def _foot(self, painter: QPainter, area: QRect, lines: Lines) -> None:
        colours, foot = self._desk.theme.colours, lines.foot
        icon_name, colour_name = STATE_LOOK[lines.row.state.value]
        colour = getattr(colours, colour_name)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = area.right() - foot.state_wide
        if foot.state:
            painter.setPen(QColor(colour))
            painter.drawText(QRect(right, area.top(), foot.state_wide + 1, area.height()), middle, foot.state)
            right -= SPACE[1]
        right -= self._glyph
        top = area.top() + (area.height() - self._glyph) // 2
        painter.drawPixmap(right, top, self._picture(icon_name, colour, self._glyph))
        for one in foot.pills:
            self._pill(painter, QRect(area.left() + one.left, area.top(), one.width, area.height()), one.text, one.look)
        painter.setPen(QColor(colours.muted))
        left = area.left() + foot.where_left
        painter.drawText(QRect(left, area.top(), right - left, area.height()), middle, foot.where)

    def _lines(self, row: InboxRow, width: int) -> Lines:
        key = (row.message.id, width)
        kept = self._kept.get(key)
        if kept is None or kept.row is not row:
            kept = self._kept[key] = self._laid_out(row, width)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept

    def _laid_out(self, row: InboxRow, width: int) -> Lines:
        t, message, wanted = self._desk.t, row.message, self._messages.sought
        when = when_shown(message, t, self._messages.now)
        author = author_shown(message.author, t)
        author_room = width - QFontMetrics(self._small).horizontalAdvance(when) - SPACE[2]
        text, found = beginning_near(message.text, wanted)
        text = text or t("ui.inbox.no_words.deleted" if message.deleted else "ui.inbox.no_words")
        return Lines(
            row,
            _layout(author, self._strong, author_room, 1, hits(author, wanted), self._found),
            _layout(text, self._body, width, TEXT_LINES, found, self._found),
            when,
            self._foot_of(row, width),
        )

    def _foot_of(self, row: InboxRow, width: int) -> Foot:
        """Every badge has its place: the state gives up its words for them, then the last ones become a number."""
        t, metrics = self._desk.t, QFontMetrics(self._small)
        marks = [(one.text, one.look) for one in marks_of(row, t, self._messages.limits, self._messages.now)]
        state = t(f"ui.inbox.state.{row.state.value}")
        state_wide = metrics.horizontalAdvance(state)
        room = width - state_wide - SPACE[1] - self._glyph - SPACE[2]
        pills, is_whole = self._placed(marks, room, metrics)
        if not is_whole:
            state, state_wide = "", 0
            room = width - self._glyph - SPACE[2]
            pills, _ = self._placed(marks, room, metrics)
        left = pills[-1].left + pills[-1].width + SPACE[2] if pills else 0
        where = ""
        if room - left > LEAST_WHERE * metrics.averageCharWidth():
            told = (part for part in (network_shown(row.network), beginning(row.thread_title, 80)) if part)
            where = metrics.elidedText(" · ".join(told), Qt.TextElideMode.ElideRight, room - left)
        return Foot(pills, where, left, state, state_wide)

    def _placed(
        self, marks: Sequence[tuple[str, str]], room: int, metrics: QFontMetrics
    ) -> tuple[tuple[Pill, ...], bool]:
        """The badges side by side in ``room``; the last is a number where not all have a place, and False is told."""
        wide = [metrics.horizontalAdvance(text) + 2 * SPACE[2] - 2 for text, _ in marks]
        count = len(marks)
        if sum(wide) + SPACE[1] * (count - 1) <= room:
            return _side_by_side(marks, wide), True
        while count:
            count -= 1
            more = self._desk.t("ui.inbox.mark.more", count=len(marks) - count)
            last = metrics.horizontalAdvance(more) + 2 * SPACE[2] - 2
            if sum(wide[:count]) + SPACE[1] * count + last <= room:
                break
        return _side_by_side([*marks[:count], (more, "neutral")], [*wide[:count], last]), False


def _side_by_side(marks: Sequence[tuple[str, str]], wide: Sequence[int]) -> tuple[Pill, ...]:
    left, made = 0, []
    for (text, look), width in zip(marks, wide, strict=True):
        made.append(Pill(left, width, text, look))
        left += width + SPACE[1]
    return tuple(made)


def _layout(
    text: str, font: QFont, width: int, most: int, found: Sequence[Span] = (), look: QTextCharFormat | None = None
) -> QTextLayout:
    """``text`` laid out in at most ``most`` lines, the last one cut with an ellipsis; read from its own side.

    What is ``found`` in it has its own ``look``.
    """
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
    if found and look is not None:
        made.setFormats(list(_ranges(text, found, look)))
    _break(made, width, most)
    return made


def _ranges(text: str, found: Sequence[Span], look: QTextCharFormat) -> Iterator[QTextLayout.FormatRange]:
    """The looks of what is found, in UTF-16 units; what was cut away has none."""
    for start, end in found:
        if end <= len(text):
            made = QTextLayout.FormatRange()
            made.start, made.length = _units(text[:start]), _units(text[start:end])
            made.format = look
            yield made


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


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
