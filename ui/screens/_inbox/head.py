"""The title of the reply with what brings words beside it, in one line: by icons alone where there is no room."""

from __future__ import annotations

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from ui.actions import bind
from ui.tokens import SPACE
from ui.widgets.basic import button, icon_button, row


class Head(QWidget):
    """``told`` at the left and ``choice`` at the right, before the actions that are added."""

    def __init__(self, *told: QWidget, choice: QWidget) -> None:
        super().__init__()
        self._parts = [*told, choice]
        self._spelt: list[tuple[QPushButton, QAction]] = []
        self._line = row(*told, 1, choice, space=2, parent=self)
        # The line never forces the pane to be wider than its place: names give way.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def add(self, action: QAction, *, spelt: bool = True) -> None:
        """A button for ``action``, with its name where there is room when ``spelt``."""
        made: QAbstractButton
        if spelt:
            made = button("", "quiet")
            self._spelt.append((made, action))
        else:
            made = icon_button("", "")
        bind(made, action, with_text=False)
        self._parts.append(made)
        self._line.addWidget(made)
        self.fit()

    def fit(self) -> None:
        """Spell the names out when all of them fit."""
        self._spell(True)
        shown = [one for one in self._parts if not one.isHidden()]
        wanted = sum(one.sizeHint().width() for one in shown) + SPACE[2] * len(shown)
        self._spell(wanted <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.fit()

    def _spell(self, spelt: bool) -> None:
        for made, action in self._spelt:
            text = action.text() if spelt else ""
            if made.text() != text:
                made.setText(text)
