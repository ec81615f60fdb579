"""The decisions below the reply, in one line: those that set it aside go by their icons where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.actions import bind
from ui.tokens import SPACE
from ui.widgets.basic import button
from ui.widgets.flow import Flow


class Foot(QWidget):
    """``aside`` at the left, ``onward`` at the right, the last one being the way on."""

    def __init__(self, aside: Sequence[QAction], onward: Sequence[QAction]) -> None:
        super().__init__()
        self._aside = [(self._made(one, "quiet", with_text=False), one) for one in aside]
        self._onward = [self._made(one, "primary" if one is onward[-1] else "") for one in onward]
        flow = self._flow = Flow(self, space=1, pushed=len(self._aside))
        for made in (*(made for made, _ in self._aside), *self._onward):
            flow.addWidget(made)
        size = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        size.setHeightForWidth(True)
        self.setSizePolicy(size)
        self._spell(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Names are spelt out where all of them fit in one line."""
        super().resizeEvent(event)
        self._spell(True)
        buttons = [*(made for made, _ in self._aside), *self._onward]
        wanted = sum(made.sizeHint().width() for made in buttons) + SPACE[1] * (len(buttons) - 1)
        self._spell(wanted <= self.width())
        # What is above gives way before the decisions do.
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _spell(self, spelt: bool) -> None:
        high = self._onward[-1].sizeHint().height()
        for made, action in self._aside:
            made.setFixedHeight(high)
            text = action.text() if spelt else ""
            if made.text() != text:
                made.setText(text)

    def _made(self, action: QAction, kind: str, *, with_text: bool = True) -> QPushButton:
        made = button("", kind)
        bind(made, action, with_text=with_text)
        return made
