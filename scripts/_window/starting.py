"""How quickly the window starts and closes, and what it holds at rest."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts._window.child import after_paint, application_then, rss, since, tell, when_filled

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.application import Application


def child_bare() -> None:
    """A bare main window with one label: to its first paint, and its memory."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Bonjour"))
    window.resize(1280, 720)
    watch = after_paint(window, lambda: tell(seconds=since(), rss=rss()))
    window.show()
    app.exec()
    del watch


def child_imports() -> None:
    """The libraries a window over a store cannot do without."""
    import PySide6.QtWidgets
    import sqlalchemy.orm

    tell(seconds=since(), loaded=[PySide6.QtWidgets.__name__, sqlalchemy.orm.__name__])


def child_paint() -> None:
    """Ours, to its first paint."""
    from ui.application import run

    watches = []

    def ready(application: Application) -> None:
        application.window.resize(1280, 720)
        watches.append(after_paint(application.window, lambda: tell(seconds=since())))

    run(Path(sys.argv[2]), ready=ready)


def child_ready() -> None:
    """Ours, to a first screen that is filled, its store open."""
    application_then(lambda _application: tell(seconds=since()))


def child_rest() -> None:
    """Ours at rest: its memory some seconds after it is ready."""
    from PySide6.QtCore import QTimer

    application_then(lambda _application: QTimer.singleShot(3000, lambda: tell(rss=rss())))


def child_closing() -> None:
    """Close while the engine's thread is stuck in something and a text is being typed: until everything is let go."""
    import threading

    stuck = threading.Event()

    async def never_back(_copilot: Copilot) -> None:
        stuck.set()
        threading.Event().wait()

    def begin(application: Application) -> None:
        application.window.go("compose")
        when_filled(application, lambda: close(application))

    def close(application: Application) -> None:
        screen: Any = application.window.screen_of("compose")
        screen.brief.editor.replace_all_undoable("Samedi des dix heures")
        application.desk.run(never_back)
        if not stuck.wait(20):
            raise SystemExit("the engine never got stuck")
        begun = time.monotonic()
        application.window.close()
        application.close()
        tell(seconds=time.monotonic() - begun)

    application_then(begin)
