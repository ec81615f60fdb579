"""Where the frozen program begins: the window, the command line, or the process that suggests spellings."""

import sys

from copilot.__main__ import main

_SPELLING_CHILD = "--replique-spelling-child"

if __name__ == "__main__":
    if sys.argv[1:2] == [_SPELLING_CHILD]:
        from copilot.text.spelling._child import run_child_if_asked

        run_child_if_asked(sys.argv[1:])
    main()
