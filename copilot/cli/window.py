"""The door from the command line to the window."""

from __future__ import annotations

import importlib
from pathlib import Path

from copilot.errors import UserError

#: The module that shows the window, by name: the core does not depend on it, and runs where it is not installed.
WINDOW = "ui.__main__"


def open_window(profile: str = "", language: str = "") -> int:
    """Show the window and stay until it is closed; the exit code. Raises UserError ``window.not_installed``."""
    try:
        window = importlib.import_module(WINDOW)
    except ModuleNotFoundError as error:
        if error.name != WINDOW.partition(".")[0]:
            raise
        raise UserError("window.not_installed") from error
    return int(window.main(Path(profile) if profile else None, language))
