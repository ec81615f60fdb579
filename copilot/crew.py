"""Pieces of one kind of work, done in order by this process and by others beside it, as many as there are cores."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Piece = TypeVar("Piece")
Done = TypeVar("Done")

#: Processes beside this one at most: each holds lexicons of its own.
MOST = 3
#: Pieces each of them has before it: the one it does and those it does while this process is busy.
BEFORE_EACH = 4
#: Pieces done that wait for an earlier one, at most.
WAITING = 64


class Crew(Generic[Piece, Done]):
    """Processes that do pieces of one kind of work.

    ``begin(*given)`` is called once in each and answers what does a piece; both must be importable. Nothing is asked
    of them before they are ready. Where processes cannot be had, or one dies, there is no more room, and whoever asks
    does the work alone.
    """

    def __init__(self, begin: Callable[..., Callable[[Piece], Done]], *given: object, many: int) -> None:
        """Start ``many`` processes; this returns at once."""
        self._asked: list[Future[Any]] = []
        self._broken = False
        self._many = many
        self._processes: list[Any] = []
        try:
            self._start(begin, given)
        except (OSError, ImportError, NotImplementedError):  # no semaphores, no more processes: sandboxes
            self._broken = True

    def _start(self, begin: Callable[..., Callable[[Piece], Done]], given: tuple[object, ...]) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import active_children, get_context

        others = set(active_children())
        # The same way everywhere: a copy of a process with threads may wait for ever.
        self._pool = ProcessPoolExecutor(self._many, get_context("spawn"), initializer=_begin, initargs=(begin, given))
        with _uninterrupted(), _without_main():
            self._ready = [self._pool.submit(_nothing) for _ in range(self._many)]
        self._processes = [one for one in active_children() if one not in others]

    @property
    def has_room(self) -> bool:
        """Whether a piece given now is soon begun."""
        if self._broken or not all(one.done() for one in self._ready):
            return False
        self._asked = [one for one in self._asked if not one.done()]
        return len(self._asked) < self._many * BEFORE_EACH

    def ask(self, piece: Piece) -> Future[Done] | None:
        """Have ``piece`` done by one of the processes; None when they are no more."""
        from concurrent.futures import BrokenExecutor

        try:
            asked: Future[Done] = self._pool.submit(_do, piece)
        except BrokenExecutor:
            self._broken = True
            return None
        self._asked.append(asked)
        return asked

    def answered(self, asked: Future[Done]) -> tuple[Done] | None:
        """What was asked for, once it is done; None when the process died first."""
        from concurrent.futures import BrokenExecutor

        try:
            return (asked.result(),)
        except BrokenExecutor:
            self._broken = True
            return None

    def close(self) -> None:
        """Dismiss the processes, even those that are not ready."""
        if not self._processes:
            return
        for process in self._processes:
            process.terminate()
        # What keeps the accounts of the pool ends before the interpreter does, which would find its pipes closed.
        self._pool.shutdown()


@dataclass(slots=True)
class _Asked(Generic[Piece, Done]):
    """A piece, and either who does it or what was done."""

    piece: Piece
    by: Future[Done] | None
    done: tuple[Done] | None

    @property
    def is_over(self) -> bool:
        return self.by is None or self.by.done()


def in_order(
    pieces: Iterable[Piece | None],
    work: Callable[[Piece], Done],
    crew: Callable[[], Crew[Piece, Done] | None],
    *,
    waiting: int = WAITING,
) -> Iterator[Done]:
    """What ``work`` answers for each of ``pieces``, in their order; ``crew()`` is who helps by now, if anybody.

    None among the pieces says that the next one may be long in coming: what was asked is waited for first. So it is
    once ``waiting`` pieces are under way or done.
    """
    asked: deque[_Asked[Piece, Done]] = deque()
    for piece in pieces:
        if piece is not None:
            asked.append(_begun(piece, work, crew()))
        while asked and (piece is None or asked[0].is_over or len(asked) > waiting):
            yield _over(asked.popleft(), work, crew())
    while asked:
        yield _over(asked.popleft(), work, crew())


def _begun(piece: Piece, work: Callable[[Piece], Done], crew: Crew[Piece, Done] | None) -> _Asked[Piece, Done]:
    by = crew.ask(piece) if crew is not None and crew.has_room else None
    return _Asked(piece, by, None if by else (work(piece),))


def _over(asked: _Asked[Piece, Done], work: Callable[[Piece], Done], crew: Crew[Piece, Done] | None) -> Done:
    done = asked.done
    if asked.by is not None and crew is not None:
        done = crew.answered(asked.by)
    return done[0] if done is not None else work(asked.piece)


def cores_beside() -> int:
    """How many processes may work beside this one: none on a machine of one core."""
    here = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(MOST, here - 1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C is for this process: those begun meanwhile never hear it."""
    if hasattr(signal, "pthread_sigmask"):
        # Handed down to the processes that this thread begins; here it only waits.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    else:
        yield


@contextmanager
def _without_main() -> Iterator[None]:
    """Processes begun meanwhile do not run this program again, which may guard nothing: they need no more of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


#: In one of the processes: what does a piece of the work.
_work: list[Callable[[Any], Any]] = []


def _begin(begin: Callable[..., Callable[[Any], Any]], given: tuple[object, ...]) -> None:
    import logging

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    # As the command line itself: a library's last resort would print what people wrote.
    logging.getLogger("replique").addHandler(logging.NullHandler())
    _work[:] = [begin(*given)]


def _end_with_parent() -> None:
    """A process killed outright tells nobody: its crew must not outlive it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _nothing() -> None:
    """Done as soon as the process is ready."""


def _do(piece: Any) -> Any:
    return _work[0](piece)
