"""Real servers on loopback. A machine that cannot start one skips with the reason; in CI that is a failure."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str) -> None:
    """Skip, or fail in CI, when one of ``programs`` is not on this machine."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    reason = f"not on this machine: {', '.join(missing)} (scripts/test installs them on Debian and Ubuntu)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
