"""The Brands screen. Its parts are in ``ui/screens/_brands``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "brands"
TITLE = "ui.brands.title"
ICON = "building-2"
ORDER = 40


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._brands.screen import BrandsScreen

    return BrandsScreen(desk)
