"""The Compose screen. Its parts are in ``ui/screens/_compose``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "compose"
TITLE = "ui.compose.title"
ICON = "pen-line"
ORDER = 10


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._compose.screen import ComposeScreen

    return ComposeScreen(desk)
