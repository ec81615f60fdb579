"""The brands there are: who answers, whose thread it is, and where people work, which says what is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.widgets.message_marks import Limits

if TYPE_CHECKING:
    from copilot.domain.brand import Brand
    from copilot.domain.inbox import ThreadSummary
    from ui.screens._inbox.screen import InboxScreen

#: Where people work when no brand says.
HOME = "Europe/Paris"


class Brands(QObject):
    """Reads the brands and keeps the one that answers."""

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._found: tuple[Brand, ...] = ()
        self._of_threads: dict[int, str] = {}
        screen.reply.brand.currentIndexChanged.connect(lambda _place: self.take())

    def read(self) -> None:
        """Read them anew; the one that answers stays."""
        self._screen.desk.run(lambda copilot: copilot.brands.list(), self._show, owner=self)

    def of_thread(self, thread_id: int) -> str:
        """The id of the brand a thread is of, empty when of none."""
        return self._of_threads.get(thread_id, "")

    def follow(self, threads: Sequence[ThreadSummary]) -> None:
        """These threads are there."""
        self._of_threads = {one.thread.id: one.thread.brand_id for one in threads if one.thread.brand_id}
        self._show_limits()

    def take(self) -> None:
        """The brand chosen answers from now on."""
        screen = self._screen
        screen.writing.brand = screen.reply.brand.currentData()
        screen.writing.forget()
        screen.reply.similar.turn_to(screen.reply.row, screen.writing.brand)
        screen.loader.load(screen.meant_id)

    def _show(self, found: tuple[Brand, ...]) -> None:
        screen = self._screen
        self._found = found
        kept = screen.writing.brand.id if screen.writing.brand else screen.desk.settings.default_brand
        choice = screen.reply.brand
        choice.blockSignals(True)
        choice.clear()
        for one in found:
            choice.addItem(one.name, one)
        ids = [one.id for one in found]
        choice.setCurrentIndex(ids.index(kept) if kept in ids else 0)
        choice.blockSignals(False)
        choice.setVisible(len(found) > 1)
        self.take()
        self._show_limits()

    def _show_limits(self) -> None:
        zones = {one.id: one.timezone for one in self._found}
        here = next(iter(zones.values()), HOME)
        of_threads = {thread: zones[brand] for thread, brand in self._of_threads.items() if brand in zones}
        limits = Limits(self._screen.desk.settings.sla, here, of_threads)
        self._screen.conversation.limits = limits
        self._screen.list.show_limits(limits)
