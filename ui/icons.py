"""Icons of ``assets/icons``, drawn in the colour of the palette: a change of theme needs nothing more."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from copilot.paths import assets_dir


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    path = assets_dir() / "icons" / f"{name}.svg"
    drawn = path.read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawn.encode()))


class _Engine(QIconEngine):
    """Draws one SVG; the colour follows the palette unless one is given."""

    def __init__(self, name: str, colour: str = "") -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # A square at the left: an icon that is asked for wider than high keeps its distance to the words after it.
        side = min(rect.width(), rect.height())
        square = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, self._tint(mode, state)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        if size.isEmpty():  # asked for by a widget that has no room yet
            return drawn
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
        if self._colour:
            return self._colour
        role = QPalette.ColorRole.Accent if state == QIcon.State.On else QPalette.ColorRole.ButtonText
        return palette.color(QPalette.ColorGroup.Active, role).name()


#: Size of an icon beside words: 4 px wider than the drawing, which is their distance.
BESIDE_WORDS = QSize(20, 16)


def icon(name: str, colour: str = "") -> QIcon:
    """The icon ``name`` (a file of ``assets/icons`` without its ending), tinted ``colour`` or as the text."""
    return QIcon(_Engine(name, colour))


def picture(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` logical px for a screen of ``ratio``."""
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
