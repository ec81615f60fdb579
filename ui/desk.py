"""What a screen works with: services through the runner, sentences, theme, messages, actions, news of changes."""

from __future__ import annotations

import gc
import getpass
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from copilot.errors import Bug, RepliqueError
from copilot.i18n import Translator, choose_language

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import Settings
    from ui.actions import Actions
    from ui.autosave import Autosave, Unsaved
    from ui.runner import Job, Report, Runner
    from ui.theme import Theme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed, for the screens that show it. ``items`` empty with ``all_items`` False means none."""

    items: frozenset[int] = frozenset()
    all_items: bool = False
    threads: bool = False
    brands: bool = False
    prompts: bool = False
    settings: bool = False
    providers: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A line for the message bar. ``kind`` is info, ok, warn or danger; ``act`` runs when its button is pressed."""

    kind: str
    text: str
    act_label: str = ""
    act: Callable[[], object] | None = None
    stays: bool = False


class WindowTranslator(Translator):
    """Speaks of screens where the command line speaks of commands: ``ui.error.*`` wins over ``error.*``."""

    def error(self, error: RepliqueError) -> str:
        """The sentence of an error, as somebody at a window can follow it."""
        own = f"ui.error.{error.kind}"
        return self(own, **error.params) if self.has(own) else super().error(error)


class Desk(QObject):
    """Handed to every screen. Lives in Qt's thread; ``make`` functions run in the engine's."""

    changed = Signal(object)  # Changes
    told = Signal(object)  # Message
    broke = Signal(object)  # an exception that is ours to mend
    asked = Signal(str, object)  # go to a screen (name), with what to show there

    def __init__(
        self,
        copilot: Callable[[], Copilot],
        runner: Runner,
        theme: Theme,
        actions: Actions,
        settings: Settings,
        language: str = "",
    ) -> None:
        super().__init__()
        self._checks_ready = False
        self._copilot = copilot
        self.runner = runner
        self.theme = theme
        self.actions = actions
        self.settings = settings
        # Asked for at the start, until the person chooses another.
        self._asked_language = (language, settings.language)
        self.t: Translator = WindowTranslator(self.wanted_language())
        self._watched: list[Autosave] = []
        self._on_way: dict[str, Unsaved] = {}

    def wanted_language(self) -> str:
        """The language to speak: as asked at the start, until the settings say something else."""
        asked, was = self._asked_language
        if asked and self.settings.language == was:
            return asked
        return choose_language(self.settings.language)

    def watch(self, autosave: Autosave) -> None:
        """Ask ``autosave`` what is unsaved when the window closes."""
        self._watched = [one for one in self._watched if shiboken6.isValid(one)]
        self._watched.append(autosave)

    def unsaved(self) -> list[Unsaved]:
        """What is typed and not known to be kept yet, everywhere: one copy a key, the latest."""
        self._watched = [one for one in self._watched if shiboken6.isValid(one)]
        typed = [copy for one in self._watched if (copy := one.unsaved()) is not None]
        return list({**self._on_way, **{copy.key: copy for copy in typed}}.values())

    def keep(self, copy: Unsaved) -> None:
        """Keep what is typed as a working copy; until that is done it counts as unsaved."""
        self._on_way[copy.key] = copy

        async def work(copilot: Copilot) -> None:
            await copilot.working.keep(copy.key, copy.body, copy.revision)

        def done(_none: None) -> None:
            if self._on_way.get(copy.key) is copy:
                del self._on_way[copy.key]

        self.run(work, done)

    def drop(self, key: str) -> None:
        """Forget the working copy of ``key``."""
        self._on_way.pop(key, None)
        self.run(lambda copilot: copilot.working.drop(key))

    @property
    def person(self) -> str:
        """Who decides here: the name in the settings, else the session's."""
        return self.settings.author or _session_name()

    def run(
        self,
        make: Callable[[Copilot], Awaitable[T]],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Call a service. ``done`` gets its value, ``failed`` its error (told in the message bar when None).

        Neither is called once ``owner`` is gone or the job is cancelled.
        """
        job = self.runner.call(lambda: make(self._copilot()), owner or self)
        return self._listen(job, done, failed)

    def make_checks_ready(self, text: str, language: str) -> None:
        """Once, while the person still reads or types: what checks the texts takes a quarter of a second to load."""
        if self._checks_ready or not text.strip():
            return
        self._checks_ready = True
        self.run(
            lambda copilot: copilot.checking.warm(text, language),
            # What was loaded stays for good: looking through it for garbage would stop the window for 70 ms.
            lambda _none: gc.freeze(),
            # A failure is told by the first real check.
            lambda _error: None,
        )

    def run_with_progress(
        self,
        make: Callable[[Copilot, Report], Awaitable[T]],
        progressed: Callable[[int, int], None],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """As :meth:`run` for a long call that reports (done, total), and may show what it has with ``arrived``."""
        job = self.runner.call_with_progress(lambda report: make(self._copilot(), report), owner or self)
        job.progressed.connect(progressed)
        return self._listen(job, done, failed)

    def stream(
        self,
        make: Callable[[Copilot], AsyncIterator[T]],
        arrived: Callable[[list[T]], None],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Listen to a service that yields; ``arrived`` gets what came since the last time, at most every 33 ms."""
        job = self.runner.stream(lambda: make(self._copilot()), owner or self)
        job.arrived.connect(arrived)
        return self._listen(job, done, failed)

    def tell(
        self, kind: str, text: str, *, act_label: str = "", act: Callable[[], object] | None = None, stays: bool = False
    ) -> None:
        """Show a line in the message bar: ``kind`` info, ok, warn or danger."""
        self.told.emit(Message(kind, text, act_label, act, stays))

    def tell_error(self, error: Exception) -> None:
        """Say what failed: a sentence for what a person or the world can mend, a report for a bug."""
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self.tell("danger", self.t.error(error), stays=True)
        else:
            import logging

            logging.getLogger("replique.window").error("a job failed: %s", type(error).__name__, exc_info=error)
            self.broke.emit(error)

    def announce(self, changes: Changes) -> None:
        """Tell the screens that something changed."""
        self.changed.emit(changes)

    def go(self, screen: str, what: object = None) -> None:
        """Show another screen, with what it should show."""
        self.asked.emit(screen, what)

    def _listen(self, job: Job, done: Callable[[Any], None] | None, failed: Callable[[Exception], None] | None) -> Job:
        if done is not None:
            job.succeeded.connect(done)
        job.failed.connect(failed or self.tell_error)
        return job


def _session_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no entry for this user id
        return "–"
