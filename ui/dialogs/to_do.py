"""What was decided here and is left to do on the networks, by a person: each with its reason and its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from copilot.domain.moderation import RESTRICTIONS, excerpt
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import EmptyState, button, card, column, label, row
from ui.widgets.message_words import beginning, network_shown, shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QPushButton

    from copilot.app import Copilot
    from copilot.domain.moderation import Moderation, Statement

#: Decisions listed at once; the others come as these are done.
MOST = 300


async def left_to_do(copilot: Copilot) -> tuple[Moderation, ...]:
    """The decisions that a person still has to carry out, oldest first."""
    return tuple(one for one in reversed(await copilot.moderation.list()) if one.to_do)


class ToDoDialog(Dialog):
    """``changed`` tells that decisions were carried out or taken back: how many, and on which messages."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.todo.title"), parent)
        self._desk = desk
        self._told: dict[int, Moderation] = {}
        self.at_least(desk.theme.px(680), desk.theme.px(460))
        self.list = QListWidget()
        self.list.setAccessibleName(t("ui.todo.title"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.more = label("", "small", wrap=True)
        self.reason = label("", wrap=True, selectable=True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.reason.setMinimumHeight(desk.theme.px(64))
        self.link = label("", "small", wrap=True, selectable=True)
        self.empty = EmptyState(desk.theme, "check-check", t("ui.todo.empty.title"), t("ui.todo.empty"))
        self._hint = label(t("ui.todo.hint"), "small", wrap=True)
        self._said = card("sunken")
        title = label(t("ui.moderate.reason"), "strong")
        column(title, self.reason, self.link, space=1, margins=(3, 2, 3, 2), parent=self._said)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.more)
        self.body.addWidget(self._said)
        self.empty.hide()
        self.more.hide()
        self._add_buttons()
        self.list.currentItemChanged.connect(lambda _now, _before: self._follow())
        self.list.itemSelectionChanged.connect(self._follow)
        self._follow()
        self._load()

    @property
    def _chosen(self) -> tuple[Moderation, ...]:
        return tuple(self._told[int(one.data(Qt.ItemDataRole.UserRole))] for one in self.list.selectedItems())

    @property
    def _current(self) -> Moderation | None:
        item = self.list.currentItem()
        return self._told.get(int(item.data(Qt.ItemDataRole.UserRole))) if item else None

    def _load(self) -> None:
        self._desk.run(left_to_do, self._show, owner=self)

    def _show(self, told: Sequence[Moderation]) -> None:
        t = self._desk.t
        place = max(0, self.list.currentRow())
        some = told[:MOST]
        # Silent while it is filled: what is selected meanwhile is no longer known.
        self.list.blockSignals(True)
        self._told = {one.id: one for one in some}
        self.list.clear()
        for one in some:
            item = QListWidgetItem(self._line(one))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.heading.setText(t("ui.todo.count", count=len(told)) if told else t("ui.todo.title"))
        self.empty.setVisible(not told)
        self.list.setVisible(bool(told))
        acts = (self.copy_reason, self.copy_link, self.statement, self.undo, self.carried_out)
        for part in (self._said, *acts):
            part.setVisible(bool(told))
        self._hint.setVisible(bool(told))
        self.more.setVisible(len(told) > len(some))
        self.more.setText(t("ui.todo.more", count=len(told) - len(some)))
        if told:
            self.list.setCurrentRow(min(place, len(some) - 1))
            self.list.setFocus()
        self.list.blockSignals(False)
        self._follow()

    def _line(self, one: Moderation) -> str:
        t = self._desk.t
        words = beginning(excerpt(one.evidence.text, 160), 160) or t(
            "ui.todo.no_copy", hash=one.evidence.text_sha256[:8]
        )
        parts = (t(f"ui.moderate.action.{one.action.value}"), network_shown(one.evidence.network), words)
        return " · ".join(part for part in parts if part)

    def _follow(self) -> None:
        t, current, chosen = self._desk.t, self._current, self._chosen
        self.reason.setText(shown(current.reason, 1_200) if current else "")
        link = shown(current.evidence.link, 300) if current else ""
        self.link.setText(t("ui.todo.link", link=link) if link else "")
        self.link.setVisible(bool(link))
        self.carried_out.setText(t("ui.todo.done", count=max(1, len(chosen))))
        self.carried_out.setAccessibleName(self.carried_out.text())
        for made in (self.carried_out, self.undo):
            made.setEnabled(bool(chosen))
        self.copy_reason.setEnabled(current is not None)
        self.copy_link.setEnabled(bool(link))
        restricts = current is not None and current.action in RESTRICTIONS
        self.statement.setEnabled(restricts and bool(current and (current.clause or current.category)))

    def _carried_out(self) -> None:
        person, ids = self._desk.person, [one.id for one in self._chosen]
        if ids:
            self._write(lambda copilot: copilot.moderation.done(ids, by=person), "ui.todo.carried_out")

    def _take_back(self) -> None:
        person, ids = self._desk.person, [one.id for one in self._chosen]
        if ids:
            self._write(lambda copilot: copilot.moderation.undo(ids, by=person), "ui.inbox.undone.moderate")

    def _write(self, make: Callable[[Copilot], Awaitable[tuple[Moderation, ...]]], key: str) -> None:
        def done(told: tuple[Moderation, ...]) -> None:
            self._desk.tell("ok", self._desk.t(key, count=len(told)))
            self.changed.emit(told)
            self._load()

        self._desk.run(make, done, owner=self)

    def _show_statement(self) -> None:
        from ui.dialogs.statement import StatementDialog

        current = self._current
        if current is None:
            return
        moderation_id = current.id

        async def made(copilot: Copilot, facts: str) -> Statement:
            from copilot.services.moderation import StatementAsked

            return await copilot.moderation.statement(StatementAsked(moderation_id, facts=facts))

        StatementDialog(self._desk, made, self, editable=True).open()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.tell("ok", self._desk.t("ui.copied"))

    def _add_buttons(self) -> None:
        t = self._desk.t
        self.carried_out = button("", "primary", run=self._carried_out)
        self.undo = self._quiet("ui.todo.undo", "undo-2", self._take_back)
        self.copy_reason = self._quiet(
            "ui.todo.copy_reason", "copy", lambda: self._copy(self._current.reason if self._current else "")
        )
        self.copy_link = self._quiet(
            "ui.todo.copy_link", "link", lambda: self._copy(self._current.evidence.link if self._current else "")
        )
        self.statement = self._quiet("ui.moderate.statement", "file-text", self._show_statement)
        self.body.addLayout(row(self.copy_reason, self.copy_link, self.statement, 1, space=1))
        self._lines.addLayout(row(self.undo, 1, button(t("ui.close"), run=self.accept), self.carried_out))
        self._desk.actions.add(
            self, "todo.done", t("ui.todo.done", count=1), self._carried_out, group=t("ui.group.dialog"),
            keys="Ctrl+Return", listed=False,
        )  # fmt: skip

    def _quiet(self, key: str, icon_name: str, run: Callable[[], object]) -> QPushButton:
        return button(self._desk.t(key), "quiet", icon_name=icon_name, run=run)
