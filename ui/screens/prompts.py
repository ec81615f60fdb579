"""The Prompts screen. Its parts are in ``ui/screens/_prompts``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "prompts"
TITLE = "ui.prompts.title"
ICON = "sparkles"
ORDER = 50


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._prompts.screen import PromptsScreen

    return PromptsScreen(desk)
