"""What the measurements of the window share: each is a process of its own, which prints one JSON object.

Times across processes are ``time.monotonic``, one clock for the whole machine.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.application import Application


def tell(**told: Any) -> None:
    """Print what was measured and be gone: what follows is not measured."""
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)


def rss() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def settled_rss() -> float:
    """The same once garbage is collected and the allocator gave its free pages back: what is kept for good."""
    import ctypes
    import gc

    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return rss()


def since() -> float:
    return time.monotonic() - float(sys.argv[3])


def after_paint(widget: Any, then: Callable[[], None]) -> QObject:
    """Call ``then`` once ``widget`` was painted for the first time."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        done = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
            if event.type() == QEvent.Type.Paint and not self.done:
                self.done = True
                QTimer.singleShot(0, then)
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    return watch


def application_then(then: Callable[[Application], None]) -> None:
    """Open the application as the command does, and run ``then`` once it is ready."""
    from ui.application import run

    def ready(application: Application) -> None:
        application.desk.broke.connect(_broken)
        application.window.resize(1280, 720)
        application.window.painted.connect(lambda: when_filled(application, lambda: then(application)))

    run(Path(sys.argv[2]), ready=ready)


def _broken(error: BaseException) -> None:
    """A figure of something broken is none."""
    traceback.print_exception(error)
    sys.stderr.flush()
    os._exit(1)


def when_filled(application: Application, then: Callable[[], None]) -> None:
    """Once the first screen is there and nothing runs for it any more."""
    from PySide6.QtCore import QTimer

    timer = QTimer(application)
    quiet = [0]

    def look() -> None:
        calm = bool(application.window.screen_name) and application.runner.is_idle
        quiet[0] = quiet[0] + 1 if calm else 0
        if quiet[0] >= 2:
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start(2)


class Gaps:
    """The longest time the event loop did not turn."""

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start(1)

    def _turn(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def restart(self) -> None:
        """Forget what was seen."""
        self._last = time.perf_counter()
        self.longest = 0.0
