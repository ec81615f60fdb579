"""``python -m copilot`` and the command ``replique``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from copilot.providers._llama_child import run_child_if_asked

    run_child_if_asked(sys.argv[1:])
    from copilot.cli.main import prepare_streams, run

    prepare_streams()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
