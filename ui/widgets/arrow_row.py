"""Widgets that stand in a row: one stop of the Tab key, from which the arrows go to the others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

#: What every row is named.
NAME = "arrow-row"
#: By how many places each key goes; a row's ends stop it.
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1_000, Qt.Key.Key_End: 1_000}
_CHANGES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange)


class ArrowRow(QObject):
    """The Tab key comes back to the widget that had the focus last, as long as it can have it."""

    def __init__(self, area: QWidget, *members: QWidget) -> None:
        """``area`` holds all members, at any depth; left and right are what the eye sees in it."""
        super().__init__(area)
        self.setObjectName(NAME)
        self._area = area
        self._members: list[QWidget] = []
        self._last: QWidget | None = None
        for one in members:
            self.join(one)

    @property
    def members(self) -> tuple[QWidget, ...]:
        """All that stand in it, in no order."""
        return tuple(self._members)

    def join(self, member: QWidget) -> None:
        """Make ``member`` one of the row."""
        self._members.append(member)
        member.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._went(watched, event)
        if kind == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._last = watched
            self._settle()
        elif kind in _CHANGES:
            self._settle()
        return super().eventFilter(watched, event)

    def _went(self, watched: QObject, event: QKeyEvent) -> bool:
        step = _STEPS.get(event.key())
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        row = self._at_hand()
        if watched not in row:
            return False
        place = row.index(watched) + step
        row[max(0, min(len(row) - 1, place))].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _settle(self) -> None:
        row = self._at_hand()
        stop = self._last if self._last in row else next(iter(row), None)
        for one in self._members:
            wanted = Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus
            # Those that cannot have the focus now keep their place, for when they can.
            if one in row and one.focusPolicy() != wanted:
                one.setFocusPolicy(wanted)

    def _at_hand(self) -> list[QWidget]:
        """The members that can have the focus, as they are read: line by line, left to right."""
        shown = [one for one in self._members if one.isVisibleTo(self._area) and one.isEnabled()]
        lines: list[list[QWidget]] = []
        bottom = -1
        for one in sorted(shown, key=lambda one: self._middle(one).y()):
            if not lines or self._middle(one).y() >= bottom:
                lines.append([])
                bottom = self._middle(one).y() + one.height() // 2
            lines[-1].append(one)
        return [one for line in lines for one in sorted(line, key=lambda one: self._middle(one).x())]

    def _middle(self, member: QWidget) -> QPoint:
        return member.mapTo(self._area, member.rect().center())
