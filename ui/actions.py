"""Every action of the window: one list that the command palette, the cheat sheet and the tooltips read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.icons import icon
from ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Listed:
    """An action as the palette and the cheat sheet show it. ``group`` is a title already in the person's language."""

    id: str
    title: str
    group: str
    keys: str
    action: QAction


class Actions(QObject):
    """The actions that exist now. An action lives as long as the widget it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        # By number: an action says itself when it goes, whatever became of what Python knew of it.
        self._known: dict[int, tuple[str, str, QAction]] = {}
        self._made = 0

    def add(
        self,
        widget: QWidget,
        action_id: str,
        title: str,
        run: Callable[[], object],
        *,
        group: str,
        keys: str | tuple[str, ...] = (),
        icon_name: str = "",
        everywhere: bool = False,
        listed: bool = True,
    ) -> QAction:
        """Make an action of ``widget``.

        ``keys`` are portable key sequences (``Ctrl+Return``); they work while ``widget`` or a child has the
        focus, or in the whole window when ``everywhere`` and for a screen, as long as it is shown. Single letters
        should belong to lists, never to editors.
        """
        action = QAction(title, widget)
        action.setObjectName(action_id)
        if icon_name:
            action.setIcon(icon(icon_name))
        sequences = [QKeySequence(one) for one in ((keys,) if isinstance(keys, str) else keys)]
        action.setShortcuts(sequences)
        context = Qt.ShortcutContext
        whole_window = everywhere or isinstance(widget, Screen)
        action.setShortcutContext(context.WindowShortcut if whole_window else context.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: run())
        widget.addAction(action)
        if listed:
            self._list(action_id, group, action)
        return action

    def listed(self) -> list[Listed]:
        """The actions whose widget is on screen, in the order they were made."""
        return [
            Listed(action_id, action.text(), group, shown_keys(action), action)
            for action_id, group, action in self._known.values()
            if shiboken6.isValid(action) and _is_near(action)
        ]

    def _list(self, action_id: str, group: str, action: QAction) -> None:
        number = self._made = self._made + 1
        self._known[number] = (action_id, group, action)
        known = self._known
        # Kept any longer, it would keep alive what it ran: a whole screen.
        action.destroyed.connect(lambda _gone=None: known.pop(number, None))


def _is_near(action: QAction) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def shown_keys(action: QAction) -> str:
    """The shortcuts of an action as this system writes them, empty when it has none."""
    shown = [one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts()]
    return " · ".join(one for one in shown if one)


def bind(button: QAbstractButton, action: QAction, *, with_text: bool = True) -> None:
    """Make ``button`` run ``action`` and show its title, icon and keys; it follows the action's state."""

    def follow() -> None:
        keys = shown_keys(action)
        title = action.text()
        if with_text:
            button.setText(title)
        if button.property("kind") != "primary":  # an icon as dark as the text would vanish on the accent
            button.setIcon(action.icon())
        why = action.whatsThis()
        button.setToolTip(why or (f"{title} ({keys})" if keys else title))
        button.setAccessibleName(title)
        button.setEnabled(action.isEnabled())

    button.clicked.connect(action.trigger)
    action.changed.connect(follow)
    follow()
