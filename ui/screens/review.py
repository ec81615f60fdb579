"""The Review screen. Its parts are in ``ui/screens/_review``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "review"
TITLE = "ui.review.title"
ICON = "circle-check"
ORDER = 30


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._review.screen import ReviewScreen

    return ReviewScreen(desk)
