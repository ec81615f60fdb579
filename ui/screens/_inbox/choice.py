"""A button that opens a list of choices with counts; several may be ticked, and the list stays open meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from copilot.i18n import Translator
from ui.icons import icon


class _StayingMenu(QMenu):
    """A menu of ticks that closes when the person says so, not at each tick."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        action = self.activeAction()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


class ChoiceButton(QPushButton):
    """One dimension of the filter. ``ticked`` tells that the person changed what is ticked."""

    ticked = Signal()

    def __init__(self, t: Translator, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self._title = title
        self._actions: dict[str, QAction] = {}
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setIcon(icon("chevron-down"))
        # The arrow stands after the words.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = _StayingMenu(self)
        self._menu.setAccessibleName(title)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self._menu)
        self._name()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values ticked, in their order."""
        return tuple(value for value, action in self._actions.items() if action.isChecked())

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """The values one may tick, with their names; what is ticked stays."""
        kept = set(self.chosen)
        if list(self._actions) != [value for value, _text in options]:
            self._menu.clear()
            self._actions = {value: self._action(text) for value, text in options}
        for value, text in options:
            action = self._actions[value]
            action.setData(text)
            action.setChecked(value in kept)
        self._name()

    def tick(self, values: Sequence[str]) -> None:
        """Tick exactly these, without telling."""
        for value, action in self._actions.items():
            action.setChecked(value in values)
        self._name()

    def count(self, counts: Mapping[str, int]) -> None:
        """How many messages each value would show."""
        for value, action in self._actions.items():
            found = counts.get(value, 0)
            # A tab sets the count apart, at the right of the menu; what would show nothing can only be unticked.
            action.setText(f"{_literal(str(action.data()))}\t{self._t.number(found)}")
            action.setEnabled(bool(found) or action.isChecked())

    def _action(self, text: str) -> QAction:
        made = self._menu.addAction(_literal(text))
        made.setCheckable(True)
        made.setData(text)
        made.triggered.connect(self._ticked)
        return made

    def _ticked(self) -> None:
        self._name()
        self.ticked.emit()

    def _name(self) -> None:
        chosen = self.chosen
        names = [str(self._actions[value].data()) for value in chosen]
        if not names:
            told = self._title
        elif len(names) == 1:
            told = self._t("ui.inbox.filter.one", title=self._title, value=names[0])
        else:
            told = self._t("ui.inbox.filter.several", title=self._title, number=len(names))
        self.setText(_literal(told))
        self.setChecked(bool(chosen))
        self.setAccessibleName(self._t("ui.inbox.filter.by", title=self._title))
        self.setAccessibleDescription(", ".join(names))
        self.setToolTip("")

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's name
        """Pressing opens the menu; what is ticked there alone decides whether the button looks chosen."""


def _literal(text: str) -> str:
    return text.replace("&", "&&").replace("\t", " ")
