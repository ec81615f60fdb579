"""How the Inbox shares a small height: the message and why it was triaged so come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

from ui.tokens import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.screens._inbox.screen import InboxScreen

#: The height of the screen, in px at 100 %, below which everything stands closer.
SHORT = 610
#: What is left to the reply, in px at 100 %, however long the message is.
LEAST_REPLY = 165


class Room(QObject):
    """Follows the height of the screen. ``shares`` is how the person wants the right of it shared, in px."""

    def __init__(self, screen: InboxScreen, cards: Sequence[QWidget]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._cards = [one.layout() for one in cards]
        self._is_short = self._was_moved = self._is_shared = False
        self.shares = screen.down.sizes()
        screen.down.splitterMoved.connect(lambda _at, _handle: self._moved())
        screen.conversation.placed.connect(self._give)

    def fit(self) -> None:
        """The screen has another height."""
        screen = self._screen
        is_short = screen.height() < screen.desk.theme.px(SHORT)
        if is_short == self._is_short:
            return
        self._is_short, self._was_moved, self._is_shared = is_short, False, False
        between = SPACE[2] if is_short else SPACE[3]
        around = screen.layout()
        for one in (around, screen.body):
            if isinstance(one, QLayout):
                one.setSpacing(between)
        if around is not None:
            margins = around.contentsMargins()
            margins.setTop(SPACE[2] if is_short else SPACE[4])
            around.setContentsMargins(margins)
        for card in self._cards:
            if card is not None:
                card.setContentsMargins(SPACE[3], between, SPACE[3], between)
        screen.strip.set_short(is_short)

    def share(self, sizes: Sequence[int]) -> None:
        """Share the right of the screen so, in px, the conversation first."""
        self.shares = list(sizes)
        self._screen.down.setSizes(self.shares)

    def _moved(self) -> None:
        self.shares, self._was_moved = self._screen.down.sizes(), True

    def _give(self, wanted: int) -> None:
        """In little height the message on show has the ``wanted`` px, as far as the reply keeps its own."""
        down, px = self._screen.down, self._screen.desk.theme.px
        whole = sum(down.sizes())
        upper = whole * self.shares[0] // max(1, sum(self.shares))
        if self._is_short and not self._was_moved:
            upper = max(upper, min(wanted + 2 * SPACE[2] + 2, whole - px(LEAST_REPLY)))
        elif self._is_shared:
            return
        self._is_shared = not self._is_short
        if upper != down.sizes()[0]:
            down.setSizes([upper, whole - upper])
