"""Messages one by one, or by groups: what the left of the Inbox shows, and the group whose messages are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desk import Desk
from ui.screens._inbox.flowing import flowing
from ui.screens._inbox.groups import GroupsPanel
from ui.widgets.basic import Segments, icon_button, label, row
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.grouping import MessageGroup
    from ui.screens._inbox.screen import InboxScreen

MESSAGES, GROUPS = "messages", "groups"


class Grouped(QObject):
    """Holds the two views and the group that narrows the list, if any."""

    def __init__(self, desk: Desk, screen: InboxScreen) -> None:
        super().__init__(screen)
        t = desk.t
        self._desk, self._screen = desk, screen
        self._group: MessageGroup | None = None
        self.panel = GroupsPanel(desk, screen.progress)
        self.choice = Segments([(one, t(f"ui.groups.view.{one}")) for one in (MESSAGES, GROUPS)], MESSAGES, "")
        self.choice.setAccessibleName(t("ui.groups.view"))
        self.views = QWidget()
        line = row(margins=(2, 1, 2, 1), parent=self.views)
        line.addWidget(flowing(self.choice, screen.standing.again, pushed=1))
        self._named = label("", "small", tone="accent", wrap=True)
        self._clear = icon_button("x", t("ui.groups.clear_all"), self.clear)
        self.chip = QWidget()
        named = row(margins=(3, 0, 2, 0), parent=self.chip)
        named.addWidget(self._named, 1)
        named.addWidget(self._clear)
        self.chip.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(screen.list)
        self.stack.addWidget(self.panel)
        self.choice.chosen.connect(self.show_view)
        self.panel.opened.connect(self.show_group)
        self.panel.turned.connect(self._screen.loader.load)
        self.panel.answer_asked.connect(self.answer)
        desk.actions.add(
            screen, "inbox.groups", t("ui.groups.toggle"), self.toggle, group=t("ui.inbox.title"), keys="Ctrl+G"
        )

    @property
    def view(self) -> str:
        """``messages`` or ``groups``."""
        return GROUPS if self.stack.currentIndex() else MESSAGES

    @property
    def is_groups(self) -> bool:
        """True while the groups are shown."""
        return self.view == GROUPS

    @property
    def group_id(self) -> int:
        """The group whose messages are listed, 0 for none."""
        return self._group.id if self._group is not None else 0

    def toggle(self) -> None:
        """The other view."""
        self.show_view(MESSAGES if self.view == GROUPS else GROUPS)

    def show_view(self, view: str) -> None:
        """Show the messages or the groups."""
        self.choice.set_current(view)
        self.stack.setCurrentIndex(1 if view == GROUPS else 0)
        self._screen.standing.follow_view()
        if view == GROUPS:
            self.panel.list.setFocus()
            self.panel.go_in()
        else:
            self._screen.loader.load(self._screen.list.current_id)
            self._screen.to_list()
        self._screen.keys.follow()

    def follow(self, thread_id: int | None, threads: tuple[int, ...]) -> None:
        """Another thread is on show; its groups are."""
        if self._group is not None and thread_id not in (None, self._group.thread_id):
            self._forget()
        self.panel.follow(thread_id, threads)

    async def narrowed(self, copilot: Copilot, ids: tuple[int, ...]) -> tuple[int, ...]:
        """Of ``ids``, those in the group on show; all of them without one."""
        from copilot.errors import UserError

        group = self._group
        if group is None:
            return ids
        try:
            members = frozenset(await copilot.groups.ids(group.id))
        except UserError:
            # Groups were looked for anew: this one is no more.
            return ids
        return tuple(one for one in ids if one in members)

    def show_group(self, group: MessageGroup) -> None:
        """List the messages of a group."""
        self._group = group
        name = self._desk.t("ui.groups.chip", name=beginning(group.name, 40), count=group.size)
        self._named.setText(name)
        self._clear.setAccessibleName(self._desk.t("ui.groups.clear", name=beginning(group.name, 40)))
        self.chip.show()
        self.show_view(MESSAGES)
        self._screen.filters.changed.emit()

    def clear(self) -> None:
        """All messages again."""
        self._forget()
        self._screen.filters.changed.emit()

    def _forget(self) -> None:
        self._group = None
        self.chip.hide()

    def answer(self, group: MessageGroup) -> None:
        """One approach for a group, then a reply for each of its messages."""
        from ui.dialogs.answer_once import AnswerOnce

        dialog = AnswerOnce(self._desk, group, self._screen.writing.brand, self._screen)
        dialog.drafted.connect(self._screen.decisions.drafted)
        dialog.approve_asked.connect(self._screen.acts.approve_items)
        dialog.open()
