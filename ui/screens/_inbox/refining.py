"""Messages that the rules read at once are read again by their meaning, when a person asks; with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from copilot.domain.conversation import Decider
from ui.desk import Changes

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services._refining import Refined
    from ui.runner import Job
    from ui.screens._inbox.screen import InboxScreen


class Refining(QObject):
    """Refines the triage of the thread on show, or of all."""

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._job: Job | None = None
        self._again = False

    def learnt(self) -> None:
        """A person corrected messages: what was refined already may now be read otherwise."""
        self._again = True

    def start(self) -> None:
        """Read the messages again; one long work at a time."""
        screen, t = self._screen, self._screen.t
        if screen.progress.is_running:
            screen.desk.tell("info", t("ui.inbox.busy"))
            return
        thread_id, again = screen.filters.thread_id, self._again

        async def work(copilot: Copilot, report: Callable[[int, int], None]) -> Refined:
            return await copilot.inbox.refine(thread_id, again=again, progress=report)

        def progressed(done: int, total: int) -> None:
            screen.progress.report(done, total, t("ui.inbox.refine.progress", done=done, total=total))

        self._job = screen.desk.run_with_progress(work, progressed, self._done, owner=self)
        screen.progress.follow(self._job, t("ui.inbox.refine.start"))
        self._job.finished.connect(self._ended)

    def _done(self, told: Refined) -> None:
        self._again = False
        t = self._screen.t
        if not told.read:
            self._screen.desk.tell("info", t("ui.inbox.refine.nothing"))
            return
        parts = [t("ui.inbox.refine.read", count=told.read), t("ui.inbox.refine.changed", count=told.changed)]
        if told.unsure:
            parts.append(t("ui.inbox.refine.unsure", count=told.unsure))
        if told.by is Decider.WORDS:
            parts.append(t("ui.inbox.refine.by_words"))
        self._screen.desk.tell("ok", " ".join(parts))
        self._screen.desk.announce(Changes(threads=True))

    def _ended(self) -> None:
        job, self._job = self._job, None
        if job is not None and job.is_cancelled:
            self._screen.desk.tell("info", self._screen.t("ui.inbox.refine.stopped"))
            self._screen.desk.announce(Changes(threads=True))
