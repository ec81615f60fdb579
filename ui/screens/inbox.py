"""The Inbox screen. Its parts are in ``ui/screens/_inbox``."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen

NAME = "inbox"
TITLE = "ui.inbox.title"
ICON = "inbox"
ORDER = 20


def build(desk: Desk) -> Screen:
    """The screen, empty; it loads when it appears."""
    from ui.screens._inbox.screen import InboxScreen

    return InboxScreen(desk)
