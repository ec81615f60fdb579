"""How many messages there are, beside the title, in as many words as there is room for."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from copilot.i18n import Translator
from ui.tokens import SPACE
from ui.widgets.basic import label


class Tally:
    """Fills ``label``, one of the parts of ``head``."""

    def __init__(self, t: Translator, head: QBoxLayout) -> None:
        self._t = t
        self._head = head
        self._counted: tuple[int, int] | None = None
        self.label = label("", "muted")

    def count(self, told: tuple[int, int] | None) -> None:
        """How many are shown, and how many wait; None when nothing was loaded."""
        self._counted = told

    def fit(self, room: int) -> None:
        """Say it all in ``room`` px, or beside a crowded head only how many there are to answer."""
        if self._counted is None:
            self.label.setText("")
            return
        shown, waiting = self._counted
        whole = self._t("ui.inbox.count", count=shown, waiting=waiting)
        self.label.setText(whole)
        self.label.setAccessibleName(whole)
        others = [item.widget() for place in range(self._head.count()) if (item := self._head.itemAt(place))]
        hints = [one.sizeHint().width() + self._head.spacing() for one in others if one is not None]
        is_tight = sum(hints) > room - 2 * SPACE[6]
        if is_tight:
            self.label.setText(self._t("ui.inbox.count.short", waiting=waiting))
        self.label.setToolTip(whole if is_tight else "")
