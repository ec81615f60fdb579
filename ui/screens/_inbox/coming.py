"""What a load under way has found: how many messages, and the gravest of them, before the last is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.widgets.basic import badge, column, label, restyle, row
from ui.widgets.message_marks import URGENCY_LOOK
from ui.widgets.message_words import author_shown, beginning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from copilot.domain.imports import Glimpse, SoFar
    from copilot.i18n import Translator


class _Line(QLabel):
    """One line of text, cut where the window ends; the whole of it on hover."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Cut again."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class Coming(QWidget):
    """Hidden until there is something to show."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.told = label("")
        self._body = column(self.told, space=1, parent=self)
        self._lines: list[tuple[QLabel, _Line, QHBoxLayout]] = []
        self.hide()

    @property
    def shown(self) -> list[str]:
        """The messages shown, as they are told."""
        return [line.accessibleName() for _urgency, line, _layout in self._lines if not line.isHidden()]

    def show_so_far(self, found: SoFar) -> None:
        """Show what was read by now."""
        t = self._t
        read = t("ui.inbox.coming.read", count=found.messages)
        urgent = [t(f"ui.inbox.coming.{one.value}", count=found.urgent[one]) for one in sorted(found.urgent)]
        said = t("ui.inbox.coming", read=read, urgent=urgent) if urgent else t("ui.inbox.coming.none", read=read)
        self.told.setText(said)
        self._show(found.first)
        self.show()

    def clear(self) -> None:
        """The load is over: what it brought is in the list."""
        self.hide()
        self._show(())

    def _show(self, first: Sequence[Glimpse]) -> None:
        while len(self._lines) < len(first):
            urgency, line = badge(""), _Line()
            layout = row(urgency, space=2)
            layout.addWidget(line, 1)
            self._body.addLayout(layout)
            self._lines.append((urgency, line, layout))
        for place, (urgency, line, _layout) in enumerate(self._lines):
            one = first[place] if place < len(first) else None
            urgency.setVisible(one is not None)
            line.setVisible(one is not None)
            if one is not None:
                urgency.setText(self._t(f"ui.inbox.urgency.{one.urgency.value}"))
                restyle(urgency, badge=URGENCY_LOOK.get(one.urgency, "neutral"))
                line.say(self._said(one))

    def _said(self, one: Glimpse) -> str:
        author, text = author_shown(one.author, self._t), beginning(one.text, 200)
        if one.author.name or one.author.handle:
            return self._t("ui.inbox.coming.one", author=author, text=text)
        return self._t("ui.inbox.coming.nobody", text=text)
