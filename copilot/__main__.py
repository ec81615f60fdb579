"""``python -m copilot`` and the command ``replique``: the window, or the command line.

The window is asked for by ``replique`` alone or ``replique app``. It is looked at first, and without the command
line's libraries, which would take longer to load than the window itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_CHILD = "--replique-llama-child"
_OPTIONS = ("--profile", "--ui-lang")


def window_asked(argv: Sequence[str]) -> dict[str, str] | None:
    """The options of the window when ``argv`` (without the program) asks for it, else None."""
    found: dict[str, str] = {}
    words = list(argv)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if name in _OPTIONS and (equals or words):
            found[name] = value if equals else words.pop(0)
        elif word != "app" or words:
            return None
    return found


def main() -> None:
    """Show the window or run the command line, and leave with its exit code."""
    if getattr(sys, "frozen", False):
        # A packaged program is its own interpreter: what it starts beside itself begins here.
        from multiprocessing import freeze_support

        freeze_support()
    argv = sys.argv[1:]
    if argv[:1] == [_CHILD]:
        from copilot.providers._llama_child import run_child_if_asked

        run_child_if_asked(argv)
    asked = window_asked(argv)
    if asked is not None and asked.get("--ui-lang", "fr") in ("fr", "en"):
        from copilot.cli.window import open_window

        sys.exit(open_window(asked.get("--profile", ""), asked.get("--ui-lang", "")))
    from copilot.cli.main import prepare_streams, run

    prepare_streams()
    sys.exit(run(argv))


if __name__ == "__main__":
    main()
