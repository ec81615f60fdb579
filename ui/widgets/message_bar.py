"""The line at the top of the window that says what happened, what was kept and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from copilot.i18n import Translator
from ui.desk import Message
from ui.icons import picture
from ui.theme import Theme
from ui.widgets.basic import button, icon_button, label, restyle, row

#: Milliseconds that good news stay; bad news stay until they are closed.
STAYS = 8000
#: Width, in px at a text size of 100 %, of a message that lies over the screen.
LYING = 560
ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert"}


class MessageBar(QFrame):
    """Shows one message at a time; a newer one takes its place. ``toggled`` tells when it comes and goes."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], object] | None = None
        self._glyph = QLabel()
        self._glyph.setFixedSize(18, 18)
        self.text = label(wrap=True, selectable=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.act_button = button("", "link")
        self.act_button.clicked.connect(self._acted)
        self.close_button = icon_button("x", t("ui.bar.close"), self.hide)
        row(self._glyph, self.text, self.act_button, self.close_button, space=2, margins=(3, 1, 1, 1), parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Put ``message`` up."""
        colour = getattr(self._theme.colours, message.kind)
        self._glyph.setPixmap(picture(ICONS[message.kind], colour, 18, self.devicePixelRatioF()))
        self.text.setText(message.text)
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

    def lie_over(self, left: int, top: int, width: int) -> None:
        """Lie over what is below, centred in ``width`` px from ``left``: good news come and go, and nothing moves."""
        mine = min(width, self._theme.px(LYING))
        layout = self.layout()
        tall = layout.heightForWidth(mine) if layout is not None and layout.hasHeightForWidth() else -1
        self.setGeometry(left + (width - mine) // 2, top, mine, max(tall, self.sizeHint().height()))
        self.raise_()

    def act(self) -> None:
        """Press its button, if it shows one."""
        if self.isVisible() and self._act is not None:
            self._acted()

    def _acted(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
