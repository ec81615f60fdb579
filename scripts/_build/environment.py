"""Runs first in the frozen program: what it starts (a browser, a second self) must not load our libraries."""

import os
import sys

if sys.platform.startswith("linux"):
    # The loader has read it already; inherited, it would make the system's own programs load our old libraries.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
# The local model runs in another process of this same program: it finds its own libraries again.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
