"""A part of the screen that opens and closes under its title."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.icons import icon
from ui.widgets.basic import button, column, row


class Folding(QWidget):
    """``toggled_by_hand`` tells that the person opened or closed it."""

    toggled_by_hand = Signal(bool)

    def __init__(self, title: str, content: QWidget, *, opened: bool = False) -> None:
        super().__init__()
        self._content = content
        self.head = button(title, "link", run=self._toggle)
        column(row(self.head, 1), content, space=1, parent=self)
        self.set_open(opened)

    @property
    def is_open(self) -> bool:
        """True while its content is on screen."""
        return not self._content.isHidden()

    def set_title(self, title: str) -> None:
        """Another title."""
        self.head.setText(title)
        self.head.setAccessibleName(title)

    def set_open(self, opened: bool) -> None:
        """Open or close it."""
        self._content.setVisible(opened)
        self.head.setIcon(icon("chevron-down" if opened else "chevron-right"))

    def _toggle(self) -> None:
        self.set_open(not self.is_open)
        self.toggled_by_hand.emit(self.is_open)
