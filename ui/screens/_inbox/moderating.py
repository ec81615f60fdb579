"""Decisions of a moderator on messages: asked for in a dialog, kept, and what is left to do on the networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk import Changes

if TYPE_CHECKING:
    from copilot.domain.moderation import Moderation
    from ui.screens._inbox.screen import InboxScreen


class Moderating(QObject):
    """``counted`` tells how many decisions are left to carry out on the networks."""

    counted = Signal(int)

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.left = 0

    def decide(self, ids: tuple[int, ...]) -> None:
        """Ask what to do with these messages."""
        from ui.dialogs.moderate import MOST, ModerateDialog

        desk = self._screen.desk
        if not ids:
            return
        if len(ids) > MOST:
            desk.tell("info", desk.t("ui.moderate.too_many", limit=MOST))
            return
        dialog = ModerateDialog(desk, ids, self._screen.writing.brand, self._screen)
        dialog.decided.connect(self._decided)
        dialog.open()

    def show_left(self) -> None:
        """The list of what is left to do on the networks."""
        from ui.dialogs.to_do import ToDoDialog

        dialog = ToDoDialog(self._screen.desk, self._screen)
        dialog.changed.connect(self._changed_elsewhere)
        dialog.open()

    def count(self) -> None:
        """Count anew what is left to do."""
        from ui.dialogs.to_do import left_to_do

        def told(found: tuple[Moderation, ...]) -> None:
            self.left = len(found)
            self.counted.emit(self.left)

        self._screen.desk.run(left_to_do, told, owner=self)

    def _decided(self, told: tuple[Moderation, ...]) -> None:
        desk, t = self._screen.desk, self._screen.t
        action = told[0].action.value
        ids = tuple(one.message_id for one in told if one.message_id is not None)
        self._screen.decisions.moderated(told)
        said = t(f"ui.moderate.done.{action}", count=len(told))
        if told[0].to_do:
            said = f"{said} {t('ui.moderate.done.to_do')}"
        desk.tell("ok", said, act_label=t("ui.undo"), act=self._screen.decisions.undo)
        self._go_on(ids, action)
        self.count()

    def _go_on(self, ids: tuple[int, ...], action: str) -> None:
        if action == "answer":
            # It still waits for its answer, and the person is to write it.
            self._screen.rows_changed(ids)
            return
        self._screen.go_on(ids, "human" if action == "escalate" else "skipped")

    def _changed_elsewhere(self, told: tuple[Moderation, ...]) -> None:
        self._screen.desk.announce(Changes(threads=True, all_items=True))
        self.count()
