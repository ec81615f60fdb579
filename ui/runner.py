"""The one bridge between Qt and the services: an engine thread with an asyncio loop, and jobs that live in Qt's.

The engine thread runs every service and owns the database session. What a job yields is gathered and
handed to Qt at most once in 33 ms: token by token, a burst of 3,000 tokens froze a window for 6 s.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

if TYPE_CHECKING:
    import asyncio

#: Seconds between two deliveries of one job.
FLUSH = 0.033
#: Seconds of work after which other events of the window have their turn.
SLICE = 0.004
#: Seconds that running jobs get to end when the window closes.
DRAIN = 1.0

Make = Callable[[], Awaitable[Any]]
MakeStream = Callable[[], AsyncIterator[Any]]


class Job(QObject):
    """One piece of work under way. Its signals come in Qt's thread; after ``cancel`` only ``finished`` does."""

    arrived = Signal(list)  # what a stream yielded since the last time, or a long call has to show
    progressed = Signal(int, int)  # done, total
    succeeded = Signal(object)
    failed = Signal(object)  # an exception
    finished = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task: asyncio.Task[None] | None = None
        self._waiting: list[Any] = []
        self._flush_due = False
        self.is_running = True
        self.is_cancelled = False

    def cancel(self) -> None:
        """Ask it to stop. Nothing more is told of it but ``finished``."""
        if self.is_running and not self.is_cancelled:
            self.is_cancelled = True
            self._runner.cancel(self)

    # In the engine thread.

    def _yielded(self, value: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._waiting.append(value)
        if not self._flush_due:
            self._flush_due = True
            loop.call_later(FLUSH, self._flush)

    def _flush(self) -> None:
        self._flush_due = False
        if self._waiting:
            told, self._waiting = self._waiting, []
            self._runner.post(self, "arrived", told)

    # In Qt's thread.

    def _deliver(self, what: str, value: Any) -> None:
        if what == "finished":
            self.is_running = False
            self.finished.emit()
            self.deleteLater()
        elif self.is_cancelled:
            return
        elif what == "progressed":
            self.progressed.emit(*value)
        else:
            getattr(self, what).emit(value)


class Report:
    """How a long call says how far it is, and what it has so far; from any thread."""

    def __init__(self, runner: Runner, job: Job) -> None:
        self._runner, self._job = runner, job

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total``: comes with ``progressed``."""
        self._runner.post(self._job, "progressed", (done, total))

    def show(self, value: object) -> None:
        """Something to show by now: comes with ``arrived``."""
        self._runner.post(self._job, "arrived", [value])


class _Mailbox(QObject):
    """Carries what the engine tells into Qt's thread, in order, a little at an event: in between the window draws."""

    _WAKE = QEvent.Type(QEvent.registerEventType())

    def __init__(self) -> None:
        super().__init__()
        self._letters: deque[tuple[Job, str, Any]] = deque()
        self._lock = threading.Lock()
        self._awake = False
        self._shut = False

    @property
    def is_empty(self) -> bool:
        """True when everything told was handed over."""
        return not self._letters

    def post(self, job: Job, what: str, value: Any) -> None:
        with self._lock:
            if self._shut:
                return
            self._letters.append((job, what, value))
            if self._awake:
                return
            self._awake = True
        QCoreApplication.postEvent(self, QEvent(self._WAKE))

    def shut(self) -> None:
        with self._lock:
            self._shut = True
            self._letters.clear()

    def event(self, event: QEvent) -> bool:
        if event.type() != self._WAKE:
            return super().event(event)
        until = time.perf_counter() + SLICE
        while (letter := self._next(until)) is not None:
            job, what, value = letter
            # A job dies with the widget that asked for it: nobody waits for its news any more.
            if shiboken6.isValid(job):
                job._deliver(what, value)  # the two halves of one bridge
        return True

    def _next(self, until: float) -> tuple[Job, str, Any] | None:
        """What to hand over now; past ``until`` the rest waits for another event."""
        with self._lock:
            if self._letters and time.perf_counter() < until:
                return self._letters.popleft()
            self._awake = bool(self._letters)
        if self._awake:
            QCoreApplication.postEvent(self, QEvent(self._WAKE))
        return None


class Runner:
    """Runs services in the engine thread. Made and used in Qt's thread."""

    _loop: asyncio.AbstractEventLoop
    _ending: asyncio.Task[None]

    def __init__(self) -> None:
        self._mailbox = _Mailbox()
        self._jobs: set[Job] = set()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._early: deque[Callable[[], object]] = deque()
        self._lock = threading.Lock()

    @property
    def is_idle(self) -> bool:
        """True when no job runs and all that was told is handed over."""
        return not self._jobs and self._mailbox.is_empty

    def call(self, make: Make, parent: QObject | None = None) -> Job:
        """Run one service call; its value comes with ``succeeded``."""

        async def body(_: Job) -> Any:
            return await make()

        return self._start(body, parent)

    def call_with_progress(self, make: Callable[[Report], Awaitable[Any]], parent: QObject | None = None) -> Job:
        """As :meth:`call`; ``make`` gets what to report with."""

        async def body(job: Job) -> Any:
            return await make(Report(self, job))

        return self._start(body, parent)

    def stream(self, make: MakeStream, parent: QObject | None = None) -> Job:
        """Run one stream; its values come in lists with ``arrived``, then ``succeeded`` with None."""

        async def body(job: Job) -> None:
            stream = make()
            try:
                async for value in stream:
                    job._yielded(value, self._loop)  # the two halves of one bridge
            finally:
                job._flush()
                if isinstance(stream, AsyncGenerator):
                    await stream.aclose()

        return self._start(body, parent)

    def cancel(self, job: Job) -> None:
        """Cancel ``job`` in its own thread."""
        with suppress(RuntimeError):
            self._in_engine(lambda: job._task and job._task.cancel())

    def post(self, job: Job, what: str, value: Any) -> None:
        """Tell Qt's thread something of ``job``; from any thread."""
        self._mailbox.post(job, what, value)

    def close(self, last: Make | None = None) -> bool:
        """Accept nothing more, cancel what runs, wait for it, run ``last``, end the thread.

        Returns:
            False when something did not end within :data:`DRAIN` seconds; the thread is a daemon and dies with us.
        """
        if self._closed:
            return True
        self._closed = True
        self._mailbox.shut()
        done = threading.Event()

        async def end() -> None:
            import asyncio

            try:
                mine = asyncio.current_task()
                others = [task for task in asyncio.all_tasks() if task is not mine]
                for task in others:
                    task.cancel()
                if others:
                    await asyncio.wait(others, timeout=DRAIN)
                # What would not end in time is told by the value of close(), not by asyncio at its own death.
                self._loop.set_exception_handler(lambda _loop, _context: None)
                if last is not None:
                    await last()
                await self._loop.shutdown_asyncgens()
            finally:
                done.set()
                self._loop.stop()

        if self._thread is None and last is None:
            return True
        self._in_engine(lambda: self._keep(self._loop.create_task(end())))
        done.wait(DRAIN + 0.7)
        thread = self._thread
        if thread is not None:
            thread.join(0.3)
            if thread.is_alive():
                return False
        self._loop.close()
        return True

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._ending = task

    def _in_engine(self, call: Callable[[], object]) -> None:
        """Run ``call`` in the engine's loop, which begins with the first one: a window shows without waiting for it."""
        with self._lock:
            if not self._ready.is_set():
                self._early.append(call)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
                    self._thread.start()
                return
        self._loop.call_soon_threadsafe(call)

    def _run(self) -> None:
        # Here and not at the top: 25 ms that the first paint does not wait for.
        import asyncio

        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        with self._lock:
            for call in self._early:
                self._loop.call_soon(call)
            self._early.clear()
            self._ready.set()
        self._loop.run_forever()

    def _start(self, body: Callable[[Job], Awaitable[Any]], parent: QObject | None) -> Job:
        job = Job(self, parent)
        if self._closed:
            job.is_running = False
            return job
        self._jobs.add(job)

        async def run() -> None:
            from asyncio import CancelledError

            try:
                value = await body(job)
            except CancelledError:
                pass
            except Exception as error:  # told to whoever asked
                self.post(job, "failed", error)
            else:
                self.post(job, "succeeded", value)

        def ended(_task: asyncio.Task[None]) -> None:
            self.post(job, "finished", None)
            self._jobs.discard(job)

        def begin() -> None:
            job._task = self._loop.create_task(run())
            # Not a "finally" in its body: a task cancelled before its first step runs none of it.
            job._task.add_done_callback(ended)
            if job.is_cancelled:
                job._task.cancel()

        self._in_engine(begin)
        return job
