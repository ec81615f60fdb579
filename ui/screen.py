"""What a screen is: a widget that can be shown, told of changes, left, saved and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.tokens import SPACE
from ui.widgets.basic import label, row

if TYPE_CHECKING:
    from ui.desk import Changes, Desk


class ScreenModule(Protocol):
    """A file of ``ui/screens``: light at import, it builds its screen on demand.

    ``NAME`` is unique; ``TITLE`` a catalogue key; ``ICON`` a file of ``assets/icons``; ``ORDER`` its place in the rail.
    """

    NAME: str
    TITLE: str
    ICON: str
    ORDER: int

    @staticmethod
    def build(desk: Desk) -> Screen:
        """The screen, empty; it loads when it appears."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line at the top of a screen: its title at the left, room for controls at the right."""

    title: QLabel
    widget: QWidget


class Screen(QWidget):
    """Base of screens. ``head`` is the line of the title: add controls to it. ``body`` is the layout below."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self.title = label(title, "h1")
        self.setAccessibleName(title)
        self.head = row(self.title, 1, space=2)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE[3])
        lines = QVBoxLayout(self)
        # Below it the window has room of its own, for its news.
        lines.setContentsMargins(SPACE[6], SPACE[4], SPACE[6], SPACE[1])
        lines.setSpacing(SPACE[3])
        lines.addLayout(self.head)
        lines.addLayout(self.body, 1)

    def appear(self) -> None:
        """Called each time the screen comes to the front: load what is missing or stale."""

    def show_what(self, what: object) -> None:
        """Show something in particular (an item id, a thread id...), asked by another screen."""

    def refresh(self, changes: Changes) -> None:
        """Something changed; called at once when visible, else just before it appears."""

    def leave(self) -> None:
        """The screen goes to the back: commit what is being typed."""

    def state(self) -> dict[str, Any]:
        """What to bring back after a change of language; :meth:`lasting` of it at the next start (JSON values)."""
        return {}

    def lasting(self, state: dict[str, Any]) -> dict[str, Any]:
        """What of ``state`` outlives the program: all of it, where a screen does not say otherwise."""
        return state

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back what :meth:`state` or :meth:`lasting` gave. Unknown or missing entries are left alone."""
