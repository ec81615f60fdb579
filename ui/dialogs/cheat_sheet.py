"""The cheat sheet: every shortcut that works now, by group."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.actions import Listed
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import badge, button, label, scrolled


class CheatSheet(Dialog):
    """Shown by ``?``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.keys.title"), parent)
        self.at_least(desk.theme.px(560), desk.theme.px(480))
        self.body.addWidget(scrolled(_table([one for one in desk.actions.listed() if one.keys]), self.windowTitle()))
        self.buttons(button(desk.t("ui.close"), "primary", run=self.accept))


def _table(actions: list[Listed]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, SPACE[2], 0)
    grid.setHorizontalSpacing(SPACE[4])
    grid.setVerticalSpacing(SPACE[1])
    grid.setColumnStretch(0, 1)
    line = 0
    for group, members in groupby(sorted(actions, key=lambda one: one.group), key=lambda one: one.group):
        heading = label(group, "strong")
        heading.setContentsMargins(0, SPACE[2] if line else 0, 0, SPACE[1])
        grid.addWidget(heading, line, 0, 1, 2)
        for one in members:
            line += 1
            grid.addWidget(label(one.title), line, 0)
            grid.addWidget(badge(one.keys), line, 1)
        line += 1
    grid.setRowStretch(line, 1)
    return made
