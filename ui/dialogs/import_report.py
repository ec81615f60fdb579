"""What an import found and did: how many messages, what changed, and everything that was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.dialogs.base import Dialog, Lines
from ui.tokens import SPACE
from ui.widgets.basic import button, column, label, rule, scrolled
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.domain.imports import Shape, Unpacked, Updated
    from copilot.domain.wording import Wording
    from copilot.services.conversations import ThreadImported

#: Figures told only when there is something to tell.
_ALWAYS = ("messages", "roots")
_SHAPE = ("messages", "roots", "max_depth", "owner_replies", "deleted", "duplicates")
#: Conversations and files of an archive that are named.
_MOST = 100
_UPDATED = ("added", "changed", "deleted", "answered", "lapsed", "unchanged")


class ImportReport(Dialog):
    """Figures first, then the remarks one under the other. ``columns_asked``: the person wants to see the columns."""

    columns_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        title: str,
        shape: Shape,
        updated: Updated | None,
        warnings: Sequence[Wording],
        parent: QWidget,
        *,
        conversations: Sequence[ThreadImported] = (),
        archive: Unpacked | None = None,
        has_columns: bool = False,
    ) -> None:
        """``conversations`` are those of an ``archive``, which then is what ``title`` names."""
        t = desk.t
        super().__init__(t("ui.import.title"), parent)
        self.at_least(desk.theme.px(560), desk.theme.px(380))
        self.body.addWidget(label(beginning(title, 120), "strong", wrap=True))
        content = Lines()
        lines = column(space=3, parent=content)
        lines.setContentsMargins(0, 0, SPACE[3], 0)
        lines.addLayout(_figures(desk, "shape", shape, _SHAPE))
        if updated is not None:
            lines.addWidget(rule())
            lines.addWidget(label(t("ui.import.updated"), "strong"))
            lines.addLayout(_figures(desk, "updated", updated, _UPDATED))
            if updated.lapsed:
                lines.addWidget(label(t("ui.import.lapsed", count=updated.lapsed), wrap=True, tone="warn"))
        if archive is not None:
            lines.addWidget(rule())
            lines.addLayout(_read(desk, conversations))
        if warnings:
            lines.addWidget(rule())
            lines.addWidget(label(t("ui.import.noticed"), "strong"))
            for one in warnings:
                lines.addWidget(label(t.wording(one), wrap=True, selectable=True))
        if archive is not None and archive.left:
            lines.addWidget(rule())
            lines.addLayout(_left(desk, archive))
        lines.addStretch(1)
        self.body.addWidget(scrolled(content, t("ui.import.title")), 1)
        self.columns = button(t("ui.mapping.see"), run=self._show_columns)
        self.columns.setVisible(has_columns)
        self.buttons(self.columns, button(t("ui.close"), "primary", run=self.accept))

    def _show_columns(self) -> None:
        self.accept()
        self.columns_asked.emit()


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


def _read(desk: Desk, conversations: Sequence[ThreadImported]) -> QVBoxLayout:
    """The conversations of an archive, how long each is and which files it is made of."""
    t = desk.t
    lines = column(label(t("ui.import.archive.read"), "strong"), space=1)
    for one in conversations[:_MOST]:
        said = t("ui.import.archive.thread", title=beginning(one.thread.title, 80), count=one.shape.messages)
        lines.addWidget(label(said, wrap=True, selectable=True))
        lines.addWidget(label(", ".join(one.files), "small", wrap=True, selectable=True))
    if len(conversations) > _MOST:
        lines.addWidget(label(t("ui.import.archive.more", count=len(conversations) - _MOST), "muted"))
    return lines


def _left(desk: Desk, archive: Unpacked) -> QVBoxLayout:
    """The files of an archive that were not read, and why."""
    t = desk.t
    lines = column(label(t("ui.import.archive.left"), "strong"), space=1)
    for one in archive.left[:_MOST]:
        said = t("ui.import.archive.file", name=one.name, why=t(f"thread.left.{one.why}"))
        lines.addWidget(label(said, "muted", wrap=True, selectable=True))
    rest = archive.left_count - min(len(archive.left), _MOST)
    if rest:
        lines.addWidget(label(t("ui.import.archive.more", count=rest), "muted"))
    return lines
