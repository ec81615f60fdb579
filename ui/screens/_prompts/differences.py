"""What the template changes of the shipped one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.widgets.basic import column, label
from ui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.text.worddiff import DiffPart
    from ui.runner import Job


#: Lines shown around a change, and what stands for the others.
_CONTEXT, _REST = 3, "⋯"


class DifferencesPanel(QWidget):
    """Compared in the engine: two long texts take longer than a frame."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shipped: str | None = None
        self._compared: tuple[str, str] | None = None
        self._job: Job | None = None
        self.note = label("", "small", wrap=True)
        self.view = DiffView(desk.theme, desk.t("ui.prompts.diff"))
        lines = column(self.note, space=2, margins=(0, 3, 0, 0), parent=self)
        lines.addWidget(self.view, 1)

    def set_shipped(self, shipped: str | None) -> None:
        """The shipped source; None when the prompt is the person's alone."""
        self._shipped = shipped.replace("\r\n", "\n") if shipped is not None else None
        self._compared = None

    def compare(self, text: str) -> None:
        """Show what changed from the shipped source to ``text``."""
        t = self.desk.t
        if self._shipped is None:
            self.note.setText(t("ui.prompts.diff.own_alone"))
            self.view.setVisible(False)
            return
        self.view.setVisible(text != self._shipped)
        self.note.setText(t("ui.prompts.diff.same" if text == self._shipped else "ui.prompts.diff.how"))
        pair = (self._shipped, text)
        if pair == self._compared or text == self._shipped:
            return
        if self._job is not None:
            self._job.cancel()
        self._compared = pair

        async def work(_copilot: Copilot) -> tuple[DiffPart, ...]:
            from copilot.text.worddiff import diff_words

            return tuple(_with_context(diff_words(*pair)))

        self._job = self.desk.run(work, self.view.show_parts, owner=self)


def _with_context(parts: Iterable[DiffPart]) -> Iterator[DiffPart]:
    """The changes with the lines around them; a sign stands for the rest, which is the same."""
    from copilot.text.worddiff import Change, DiffPart

    found = list(parts)
    for place, part in enumerate(found):
        lines = part.text.split("\n")
        if part.change is not Change.SAME or len(lines) <= 3 * _CONTEXT:
            yield part
            continue
        head = lines[:_CONTEXT] if place else []
        tail = lines[-_CONTEXT:] if place < len(found) - 1 else []
        yield DiffPart(Change.SAME, "\n".join([*head, _REST, *tail]))
