"""``python -m ui``: the window alone, as ``replique app``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(folder: Path | None = None, language: str = "") -> int:
    """Open the window, in ``language`` when one is asked for. Returns the exit code.

    Says what is missing when this system cannot show a window (exit code 3).
    """
    from ui.system import complain, obstacle

    if told := obstacle():
        complain(told)
        return 3
    from copilot.errors import RepliqueError
    from ui.application import STUBBORN, run

    try:
        code = run(folder, language)
    except RepliqueError as error:
        complain(error)
        return error.exit_code
    if code == STUBBORN:
        # What was typed is kept, and the store stands any end: a thread that does not stop must not hold the process.
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
