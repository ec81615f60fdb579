"""``python -m scripts._window NAME FOLDER SECONDS``: the measurement of that name, on a profile."""

from __future__ import annotations

import sys
from importlib import import_module

PLACES = ("starting", "streaming", "inbox", "visiting")


def main() -> None:
    """Run it; it ends the process itself."""
    for place in PLACES:
        found = getattr(import_module(f"scripts._window.{place}"), f"child_{sys.argv[1]}", None)
        if found is not None:
            found()
            return
    raise SystemExit(f"no measurement is called {sys.argv[1]}")


main()
