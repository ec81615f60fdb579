"""The Settings screen. Its parts are in ``ui/screens/_settings``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "settings"
TITLE = "ui.settings.title"
ICON = "settings"
ORDER = 60


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._settings.screen import SettingsScreen

    return SettingsScreen(desk)
