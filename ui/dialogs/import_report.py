"""What an import found and did: how many messages, what changed, and everything that was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import button, column, label, rule, scrolled
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.domain.imports import Shape, Updated
    from copilot.domain.wording import Wording

#: Figures told only when there is something to tell.
_ALWAYS = ("messages", "roots")
_SHAPE = ("messages", "roots", "max_depth", "owner_replies", "deleted", "duplicates")
_UPDATED = ("added", "changed", "deleted", "answered", "lapsed", "unchanged")


class ImportReport(Dialog):
    """Figures first, then the remarks one under the other."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        shape: Shape,
        updated: Updated | None,
        warnings: Sequence[Wording],
        parent: QWidget,
    ) -> None:
        t = desk.t
        super().__init__(t("ui.import.title"), parent)
        self.at_least(desk.theme.px(560), desk.theme.px(380))
        self.body.addWidget(label(beginning(title, 120), "strong", wrap=True))
        content = QWidget()
        lines = column(space=3, parent=content)
        lines.setContentsMargins(0, 0, SPACE[3], 0)
        lines.addLayout(_figures(desk, "shape", shape, _SHAPE))
        if updated is not None:
            lines.addWidget(rule())
            lines.addWidget(label(t("ui.import.updated"), "strong"))
            lines.addLayout(_figures(desk, "updated", updated, _UPDATED))
            if updated.lapsed:
                lines.addWidget(label(t("ui.import.lapsed", count=updated.lapsed), wrap=True, tone="warn"))
        if warnings:
            lines.addWidget(rule())
            lines.addWidget(label(t("ui.import.noticed"), "strong"))
            for one in warnings:
                lines.addWidget(label(t.wording(one), wrap=True, selectable=True))
        lines.addStretch(1)
        self.body.addWidget(scrolled(content, t("ui.import.title")), 1)
        self.buttons(button(t("ui.close"), "primary", run=self.accept))


def _figures(desk: Desk, family: str, told: object, names: Sequence[str]) -> QGridLayout:
    """A name and its figure a line; nothing of what did not happen."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE[4])
    grid.setVerticalSpacing(SPACE[1])
    shown = [(name, int(getattr(told, name))) for name in names if getattr(told, name) or name in _ALWAYS]
    for line, (name, figure) in enumerate(shown):
        grid.addWidget(label(desk.t(f"ui.import.{family}.{name}"), "muted"), line, 0)
        grid.addWidget(label(desk.t.number(figure), "strong"), line, 1)
    grid.setColumnStretch(2, 1)
    return grid
