"""Messages that no rule has read yet are read when the Inbox appears: without urgency they would come last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.desk import Changes

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.runner import Job
    from ui.screens._inbox.screen import InboxScreen


class Missing(QObject):
    """Catches up on the triage that an older version, or the demonstration, left undone."""

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._job: Job | None = None
        self._is_shown = False

    def catch_up(self) -> None:
        """Triage what is missing, beside; nothing is shown when nothing is."""
        if self._job is not None:
            return

        async def work(copilot: Copilot, report: Callable[[int, int], None]) -> int:
            return await copilot.inbox.triage_missing(report)

        self._job = self._screen.desk.run_with_progress(work, self._progressed, self._done, owner=self)
        self._job.finished.connect(self._ended)

    def _progressed(self, done: int, total: int) -> None:
        progress, t = self._screen.progress, self._screen.t
        if self._job is not None and not progress.is_running:
            progress.follow(self._job, t("ui.inbox.missing.start"))
            self._is_shown = True
        if self._is_shown:
            progress.report(done, total, t("ui.inbox.missing.progress", done=done, total=total))

    def _done(self, count: int) -> None:
        if count:
            self._screen.desk.announce(Changes(threads=True))

    def _ended(self) -> None:
        job, self._job, self._is_shown = self._job, None, False
        if job is not None and job.is_cancelled:
            self._screen.desk.announce(Changes(threads=True))
