"""A list where Return does what a double click does, on every system."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget


class EnterList(QListWidget):
    """A list widget; some systems keep Return for renaming."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Return activates the current line; Home and End go to lines that are seen."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemActivated.emit(item)
            return
        if (
            event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
            return
        super().keyPressEvent(event)

    def _go_to_end(self, *, last: bool) -> None:
        """To the first or the last line there is to see: Qt's own goes to one that a search hides."""
        places = range(self.count() - 1, -1, -1) if last else range(self.count())
        for place in places:
            item = self.item(place)
            if not item.isHidden() and item.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentItem(item)
                return
