"""Good news at the foot of the window: a place of their own, so that they cover nothing and move nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from copilot.i18n import Translator
from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.basic import row
from ui.widgets.message_bar import MessageBar, breakable

#: Height of the place, in px at a text size of 100 %: two lines of text.
HEIGHT = 36


class TwoLines(QLabel):
    """Text on two lines at most: what does not fit goes from its middle, as a name is long and the end counts."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def show_text(self, text: str) -> None:
        """Show as much of ``text`` as fits; the tooltip has all of it where that is not all."""
        self._whole = text
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as it is on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(breakable(self._whole)) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It takes the room there is."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another part of the text fits."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """In another font too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        short = breakable(self._whole)
        # Lines end with a word and so a little before their end: as much less as it takes, down to one line.
        cuts = (metrics.elidedText(short, Qt.TextElideMode.ElideMiddle, room * n // 10) for n in range(19, 9, -1))
        shown = short
        while not self._is_room_for(shown) and (cut := next(cuts, None)) is not None:
            shown = cut
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleDescription(self.toolTip())

    def _is_room_for(self, text: str) -> bool:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        needed = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, text)
        return needed.width() <= room and needed.height() <= 2 * metrics.lineSpacing()


class NewsBar(MessageBar):
    """A message bar of a fixed height, as wide as what it says."""

    text: TwoLines

    def _made_text(self) -> QLabel:
        made = TwoLines()
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return made

    def _margins(self) -> tuple[int, int, int, int]:
        return 3, 0, 1, 0

    def _put(self, text: str) -> None:
        self.text.show_text(text)


class NewsPlace(QWidget):
    """The foot of the window: always as high, whether there is something to say or not."""

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._theme = theme
        self.bar = NewsBar(theme, t)
        row(self.bar, parent=self).addStretch(0)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # Below it as much as between a screen and its own edge, above it nothing: the screen ends with its margin.
        self.setContentsMargins(SPACE[6], 0, SPACE[6], SPACE[2])
        self.setFixedHeight(self._theme.px(HEIGHT) + SPACE[2])
