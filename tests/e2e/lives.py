"""Processes to be killed, on Linux begun ready: what a start reads is read once, each is a copy of that.

A start costs seconds, the work between two kills a part of one. Elsewhere, where a copy that has read Qt may not be
whole, each reads everything anew.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

#: What the copies are made of: its import reads all that the workers need.
READY = "tests.e2e.ready"


class Life:
    """A process that runs ``work(*given, say)`` until it is killed. ``say`` sends a line, heard whatever comes next."""

    def __init__(self, work: Callable[..., object], *given: object, errors: Path) -> None:
        """``errors`` is the file in which its standard error ends up."""
        forks = sys.platform == "linux"
        context: Any = get_context("forkserver" if forks else "spawn")
        if forks:
            context.set_forkserver_preload([READY])
        self._heard, told = context.Pipe(duplex=False)
        self._process = context.Process(target=_live, args=(work, given, told, str(errors)), daemon=True)
        self._process.start()
        told.close()

    def __enter__(self) -> Life:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.kill()
        self._process.close()
        self._heard.close()

    @property
    def is_over(self) -> bool:
        """True once it ended, by itself or not."""
        return self._process.exitcode is not None

    def hear(self) -> str:
        """The next line, empty once there are no more."""
        # Cut in the middle of a line, it did not say it.
        with contextlib.suppress(EOFError, OSError):
            return str(self._heard.recv())
        return ""

    def rest(self) -> Iterator[str]:
        """The lines it had said before it was killed."""
        while line := self.hear():
            yield line

    def wait(self, seconds: float) -> None:
        """Let it live so long at most."""
        self._process.join(seconds)

    def kill(self) -> None:
        """End it without warning."""
        self._process.kill()
        self._process.join()


def _live(work: Callable[..., object], given: tuple[object, ...], told: Connection, errors: str) -> None:
    handle = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, sys.stderr.fileno())
    work(*given, told.send)
