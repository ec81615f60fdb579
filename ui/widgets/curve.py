"""Messages an hour as a curve: all of them, the negative ones, and the band that is usual then, shaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import QDateTime, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from copilot.domain.crisis import CrisisLevel, Hour
from copilot.i18n import Translator
from ui.theme import Theme
from ui.tokens import SPACE, TYPE, Colours
from ui.widgets.basic import label, row

#: Hours in a small curve.
SHORT = 48
#: The lowest top of the scale, and of a small curve's: two messages are no mountain.
LEAST, LEAST_SMALL = 4, 12
#: Tops of a scale, times a power of ten: their halves are plain numbers too.
TOPS = (1, 2, 4, 6, 8, 10)
#: How much of its colour the usual band has.
BAND_ALPHA = 0.22
#: Hours apart that moments written below a curve may be.
STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 168)

#: Colour of each level, and whether its dot is full.
LEVEL_LOOK = {
    CrisisLevel.GREEN: ("ok", True), CrisisLevel.YELLOW: ("warn", False), CrisisLevel.ORANGE: ("danger", False),
    CrisisLevel.RED: ("danger", True),
}  # fmt: skip
UNKNOWN_LOOK = ("muted", False)


def moment_shown(at: datetime, language: str) -> str:
    """A moment in local time, as the language writes it."""
    return QLocale(language).toString(_local(at), "ddd d MMM, HH:mm")


def level_dot(level: CrisisLevel | None, colours: Colours, size: int, ratio: float) -> QPixmap:
    """The sign of a level, None for one that is not known: its word says the same beside it."""
    colour, is_full = LEVEL_LOOK[level] if level is not None else UNKNOWN_LOOK
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(getattr(colours, colour))
    painter.setPen(QPen(ink, size / 6))
    painter.setBrush(ink if is_full else Qt.BrushStyle.NoBrush)
    edge = size / 6
    painter.drawEllipse(QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    return drawn


class KeyMark(QWidget):
    """What a colour of the curve (a name of the tokens) stands for."""

    def __init__(self, theme: Theme, text: str, colour: str, *, is_band: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self._is_band = is_band
        self._sign = QLabel()
        self._sign.setFixedSize(14, 10 if is_band else 4)
        row(self._sign, label(text, "small"), space=2, parent=self)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        drawn = QPixmap(self._sign.size())
        ink = QColor(getattr(self._theme.colours, self._colour))
        ink.setAlphaF(BAND_ALPHA if self._is_band else 1.0)
        drawn.fill(ink)
        self._sign.setPixmap(drawn)


class Curve(QWidget):
    """``pointed`` carries the hour a person points at, by mouse or arrows, None when they left; ``pressed`` a click.

    A small curve has neither scale nor keyboard: what is beside it says the same in words.
    """

    pointed = Signal(object)
    pressed = Signal()

    def __init__(self, theme: Theme, t: Translator, name: str, *, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._t = t
        self._small = small
        self._hours: tuple[Hour, ...] = ()
        self._at: int | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(not small)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if small else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Expanding,
        )
        if small:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    @property
    def hours(self) -> tuple[Hour, ...]:
        """The hours drawn, oldest first."""
        return self._hours

    def show_hours(self, hours: Sequence[Hour]) -> None:
        """Draw ``hours``, oldest first; a small curve has the last of them."""
        self._hours = tuple(hours[-SHORT:] if self._small else hours)
        self._at = None
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        px = self._theme.px
        return QSize(px(88), px(24)) if self._small else QSize(px(420), px(170))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        px = self._theme.px
        return QSize(px(48), px(24)) if self._small else QSize(px(220), px(120))

    # What is pointed at.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Left and Right go from hour to hour, Home and End to the ends."""
        key, last = event.key(), len(self._hours) - 1
        here = last if self._at is None else self._at
        places = {
            Qt.Key.Key_Left: here if self._at is None else here - 1, Qt.Key.Key_Right: here + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }  # fmt: skip
        if self._small or last < 0 or key not in places:
            super().keyPressEvent(event)
        else:
            self._point(max(0, min(last, places[Qt.Key(key)])))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if self._hours and not self._small:
            plot = self._plot()
            share = (event.position().x() - plot.left()) / max(1.0, plot.width())
            self._point(max(0, min(len(self._hours) - 1, round(share * (len(self._hours) - 1)))))

    def leaveEvent(self, event: object) -> None:  # noqa: N802  # Qt's name
        """The mouse is gone; what the keyboard pointed at goes too."""
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusOutEvent(event)
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def _point(self, place: int | None) -> None:
        if place != self._at:
            self._at = place
            self.update()
            self.pointed.emit(None if place is None else self._hours[place])

    # How it is drawn.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hours:
            plot, top = self._plot(), self._top()
            if not self._small:
                self._scale(painter, plot, top)
            self._band(painter, plot, top)
            colours = self._theme.colours
            self._line(painter, plot, top, [hour.total for hour in self._hours], colours.outline, 1.2)
            self._line(painter, plot, top, [hour.negative for hour in self._hours], colours.danger, 1.8)
            self._pointer(painter, plot, top)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _plot(self) -> QRectF:
        if self._small:
            return QRectF(self.rect()).adjusted(3, 3, -4, -3)
        px = self._theme.px
        return QRectF(self.rect()).adjusted(px(40), px(10), -px(12), -px(24))

    def _top(self) -> float:
        highest = max(max(hour.total, hour.negative, hour.usual_high or 0.0) for hour in self._hours)
        return max(float(LEAST_SMALL), highest) if self._small else _round_top(max(float(LEAST), highest))

    def _spot(self, plot: QRectF, top: float, place: int, value: float) -> QPointF:
        share = place / (len(self._hours) - 1) if len(self._hours) > 1 else 1.0
        return QPointF(plot.left() + share * plot.width(), plot.bottom() - value / top * plot.height())

    def _band(self, painter: QPainter, plot: QRectF, top: float) -> None:
        """The usual band, where it is known."""
        colours = self._theme.colours
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(colours.ok)
        fill.setAlphaF(BAND_ALPHA)
        painter.setBrush(fill)
        for known, group in groupby(enumerate(self._hours), key=lambda one: one[1].usual_high is not None):
            stretch = list(group)
            if not known:
                continue
            upper = [self._spot(plot, top, place, hour.usual_high or 0.0) for place, hour in stretch]
            lower = [self._spot(plot, top, place, hour.usual_low or 0.0) for place, hour in stretch]
            if len(stretch) == 1:
                upper, lower = (
                    [upper[0] - QPointF(3, 0), upper[0] + QPointF(3, 0)],
                    [lower[0] - QPointF(3, 0), lower[0] + QPointF(3, 0)],
                )
            painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def _line(
        self, painter: QPainter, plot: QRectF, top: float, values: Sequence[int], colour: str, width: float
    ) -> None:
        spots = [self._spot(plot, top, place, value) for place, value in enumerate(values)]
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(spots))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(spots[-1], width + 0.8, width + 0.8)

    def _scale(self, painter: QPainter, plot: QRectF, top: float) -> None:
        """Three heights with their numbers, and some moments below."""
        colours, px = self._theme.colours, self._theme.px
        font = QFont(self.font())
        font.setPixelSize(px(TYPE["small"]))
        painter.setFont(font)
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(colours.muted))
            place = QRectF(0, y - px(10), plot.left() - SPACE[2], px(20))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._t.number(round(share * top))
            )
        for x, text in self._moments(painter, plot):
            place = QRectF(x - px(60), plot.bottom() + SPACE[1], px(120), px(18))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _moments(self, painter: QPainter, plot: QRectF) -> Iterator[tuple[float, str]]:
        """Where to write which moment: round local hours, as many as there is room for."""
        count = len(self._hours)
        room = max(2, int(plot.width() / self._theme.px(84)))
        step = next((one for one in STEPS if count / one <= room), STEPS[-1])
        locale = QLocale(self._t.language)
        half = self._theme.px(30)
        for place, hour in enumerate(self._hours):
            local = hour.start.astimezone()
            number = local.hour + 24 * local.toordinal()
            x = self._spot(plot, 1.0, place, 0).x()
            if number % step == 0 and plot.left() + half / 2 <= x <= plot.right() - half:
                yield (
                    x,
                    locale.toString(
                        _local(hour.start), "ddd d MMM" if step >= 24 else "d/M HH:mm" if count > 24 else "HH:mm"
                    ),
                )

    def _pointer(self, painter: QPainter, plot: QRectF, top: float) -> None:
        if self._at is None:
            return
        colours, hour = self._theme.colours, self._hours[self._at]
        foot = self._spot(plot, top, self._at, 0)
        painter.setPen(QPen(QColor(colours.accent), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(foot.x(), plot.top()), foot)
        painter.setPen(QPen(QColor(colours.surface), 1.5))
        for value, colour in ((hour.total, colours.outline), (hour.negative, colours.danger)):
            painter.setBrush(QColor(colour))
            painter.drawEllipse(self._spot(plot, top, self._at, value), 4, 4)


def _round_top(highest: float) -> float:
    """The smallest round number not below ``highest``."""
    unit = 10.0 ** (len(str(int(highest))) - 1)
    return next(top * unit for top in TOPS if top * unit >= highest)


def _local(at: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
