"""The line at the top of the window that says what happened, what was kept and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTextBoundaryFinder, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from copilot.i18n import Translator
from ui.desk import Message
from ui.icons import picture
from ui.theme import Theme
from ui.widgets.basic import button, icon_button, label, restyle, row

#: Milliseconds that good news stay; bad news stay until they are closed.
STAYS = 8000
#: Characters of a stretch that no line may break, a file name most often, beyond which its middle is left out.
LONGEST_STRETCH = 48
ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert"}


def breakable(text: str, most: int = LONGEST_STRETCH) -> str:
    """``text`` with the middle left out of each stretch of over ``most`` characters that no line may break."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts in these
    parts, start = [], 0
    while (end := finder.toNextBoundary()) != -1:
        parts.append(_middle_out(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"), most))
        start = end
    return "".join(parts)


def _middle_out(part: str, most: int) -> str:
    half = most // 2
    return part if len(part) <= most else f"{part[:half]}…{part[-half:]}"


class MessageBar(QFrame):
    """Shows one message at a time; a newer one takes its place. ``toggled`` tells when it comes and goes.

    What a screen reader says and the tooltip are the whole message, also when the line shows it shortened.
    """

    toggled = Signal(bool)

    def __init__(self, theme: Theme, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], object] | None = None
        self._glyph = QLabel()
        self._glyph.setFixedSize(18, 18)
        self.text = self._made_text()
        self.act_button = button("", "link")
        self.act_button.clicked.connect(self._acted)
        self.close_button = icon_button("x", t("ui.bar.close"), self.hide)
        row(self._glyph, self.text, self.act_button, self.close_button, space=2, margins=self._margins(), parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Put ``message`` up."""
        colour = getattr(self._theme.colours, message.kind)
        self._glyph.setPixmap(picture(ICONS[message.kind], colour, 18, self.devicePixelRatioF()))
        self._put(message.text)
        self._act = message.act
        self.act_button.setText(message.act_label)
        self.act_button.setAccessibleName(message.act_label)
        self.act_button.setVisible(message.act is not None)
        restyle(self, bar=message.kind)
        self.setAccessibleName(message.text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if message.stays:
            self._timer.stop()
        else:
            self._timer.start(STAYS)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self.toggled.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        super().hideEvent(event)
        self.toggled.emit(False)

    def act(self) -> None:
        """Press its button, if it shows one."""
        if self.isVisible() and self._act is not None:
            self._acted()

    def _acted(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _made_text(self) -> QLabel:
        made = label(wrap=True, selectable=True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return made

    def _margins(self) -> tuple[int, int, int, int]:
        return 3, 1, 1, 1

    def _put(self, text: str) -> None:
        shown = breakable(text)
        self.text.setText(shown)
        self.text.setToolTip(text if shown != text else "")
        self.text.setAccessibleDescription(self.text.toolTip())
