"""Work done a little at a time: between two pieces of it the window draws and hears keys."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: Seconds of work after which the event loop has its turn.
SLICE = 0.004


class Turns(QObject):
    """A queue worked off in turns of the event loop, in order; what is longer than :data:`SLICE` has one to itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._work_off)

    @property
    def is_done(self) -> bool:
        """True when nothing waits."""
        return not self._queue

    def add(self, *works: Callable[[], object]) -> None:
        """Do ``works`` after what waits already."""
        self._queue.extend(works)
        if self._queue and not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Do all that waits now."""
        while self._queue:
            self._queue.popleft()()

    def _work_off(self) -> None:
        until = time.perf_counter() + SLICE
        try:
            while self._queue:
                self._queue.popleft()()
                if time.perf_counter() >= until:
                    break
        finally:
            # One that breaks does not hold up the others.
            if self._queue:
                self._timer.start()
