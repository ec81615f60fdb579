"""The order a person reads in: it stays as it is until they ask for another, whatever becomes of the messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.widgets.basic import button

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxFilter
    from ui.screens._inbox.screen import InboxScreen

#: What a list answers: the filter, and the group it is narrowed to (0 for none).
Asked = tuple["InboxFilter", int]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Messages as they are to be shown. ``is_new``: another list was asked for, and it begins at its top.

    ``is_stale``: the order asked for would be another one by now.
    """

    asked: Asked
    ids: tuple[int, ...]
    is_new: bool
    is_sorted: bool
    is_stale: bool = False


class Standing(QObject):
    """Keeps the order on screen, and says quietly when it is no longer the one asked for."""

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._shown: Asked | None = None
        self._is_asked = False
        self.is_stale = False
        self.again = button(screen.t("ui.inbox.do.sort_again"), "chip", icon_name="arrow-up-down")
        told = screen.t("ui.inbox.sort_again.hint")
        self.again.setToolTip(f"<span>{told} (F5)</span>")
        self.again.setAccessibleDescription(told)
        self.again.clicked.connect(lambda _checked=False: self.sort_again())
        self.again.hide()

    def arranging(self, asked: Asked) -> Callable[[tuple[int, ...]], Awaitable[Arranged]]:
        """What puts the messages that ``asked`` shows in the order to show them in; runs in the engine."""
        is_new = asked != self._shown
        is_sorted = is_new or self._is_asked
        shown = () if is_sorted else tuple(self._screen.list.messages.ids)

        async def arranged(wanted: tuple[int, ...]) -> Arranged:
            if is_sorted or shown == wanted:
                return Arranged(asked, wanted, is_new, is_sorted)
            # A hundred thousand take a tenth of a second: not in the thread that all else runs in.
            kept = tuple(await asyncio.to_thread(kept_order, shown, wanted))
            return Arranged(asked, kept, is_new, is_sorted, kept != wanted)

        return arranged

    def took(self, arranged: Arranged) -> None:
        """This is what is shown now."""
        self._shown = arranged.asked
        if arranged.is_sorted:
            self._is_asked = False
        self.is_stale = arranged.is_stale
        self.follow_view()

    def follow_view(self) -> None:
        """Offer it beside the list of messages alone."""
        self.again.setVisible(self.is_stale and not self._screen.grouped.is_groups)

    def sort_again(self) -> None:
        """Put the list in the order asked for."""
        self._is_asked = True
        self._screen.filters.changed.emit()
        self._screen.to_list()


def kept_order(shown: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """``wanted`` in the order of ``shown``: what is gone goes, what is new comes after the one it follows there."""
    staying = set(shown).intersection(wanted)
    first: list[int] = []
    after: dict[int, list[int]] = {}
    here = first
    for one in wanted:
        if one in staying:
            here = after.setdefault(one, [])
        else:
            here.append(one)
    made = first
    for one in shown:
        if one in staying:
            made.append(one)
            made += after.get(one, ())
    return made
