"""What opening the screens again and again keeps in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts._window.child import application_then, settled_rss, tell

if TYPE_CHECKING:
    from ui.application import Application


def child_cycles() -> None:
    """Build and throw away each screen 500 times: the memory kept from the 100th to the last."""
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer

    kept: dict[str, float] = {}

    def begin(application: Application) -> None:
        window = application.window
        names = list(window.screens)

        def cycle(name: str, left: int, at_start: float) -> None:
            for _ in range(10):
                made = window.build_screen(name)
                made.resize(1100, 700)
                made.hide()
                made.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if left == 400:
                at_start = settled_rss()
            if left > 10:
                QTimer.singleShot(0, lambda: cycle(name, left - 10, at_start))
                return
            kept[name] = settled_rss() - at_start
            following()

        def following() -> None:
            if not names:
                tell(**kept)
            cycle(names.pop(0), 500, 0.0)

        following()

    application_then(begin)


def child_visits() -> None:
    """Open each screen 500 times as a person does, one after the other: the memory kept from the 100th round on."""
    from PySide6.QtCore import QTimer

    def begin(application: Application) -> None:
        window = application.window
        names = list(window.screens)

        def visit(turn: int, at_start: float) -> None:
            round_, place = divmod(turn, len(names))
            if place == 0 and round_ == 100:
                at_start = settled_rss()
            if round_ == 500:
                tell(kept=settled_rss() - at_start)
            window.go(names[place])
            # A few turns of the event loop: what a screen asks of the store when it appears comes back and is shown.
            QTimer.singleShot(5, lambda: visit(turn + 1, at_start))

        visit(0, 0.0)

    application_then(begin)
