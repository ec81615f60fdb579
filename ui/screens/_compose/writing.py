"""Writing under way: the proposal of a brief, a variant once more, an adaptation. Each word goes to its own card."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.desk import Changes
from ui.screens._compose.options import Choice
from ui.screens._compose.variants import UNNUMBERED
from ui.turns import Turns

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.posts import Composed
    from ui.desk import Desk
    from ui.runner import Job


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal is asked with: the brief, the choices, the person."""

    text: str
    name: str
    choice: Choice
    person: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one job writes: these networks, and of them only this variant when one is named."""

    networks: tuple[str, ...]
    number: int | None = None


#: Texts written at the same time by a model, all networks together.
AT_ONCE = 8


async def proposed(
    copilot: Copilot, asked: Asked, networks: tuple[str, ...], only: tuple[int, ...] = (), *, at_once: int = AT_ONCE
) -> Any:
    """The stream of a proposal; runs in the engine's thread."""
    from copilot.services.posts import ComposeRequest

    choice = asked.choice
    request = ComposeRequest(
        text=asked.text,
        name=asked.name,
        networks=networks,
        variants=choice.variants,
        language=choice.language,
        provider=copilot.writer(choice.writer),
        brand=await copilot.brands.get(choice.brand) if choice.brand else None,
        author=asked.person,
        only=only,
        concurrency=at_once,
    )
    return copilot.posts.stream(request)


def _proposal(
    asked: Asked, networks: tuple[str, ...], at_once: int, drafts: deque[int], copilot: Copilot
) -> AsyncIterator[Any]:
    return _flat(proposed(copilot, asked, networks, at_once=at_once), drafts)


def _once_more(asked: Asked, network: str, number: int, drafts: deque[int], copilot: Copilot) -> AsyncIterator[Any]:
    return _flat(proposed(copilot, asked, (network,), (number,)), drafts)


def _adaptation(item_id: int, network: str, writer: str, person: str, copilot: Copilot) -> AsyncIterator[Any]:
    return copilot.rewriting.adapt(item_id, (network,), provider=writer, author=person)


async def _flat(opened: Any, drafts: deque[int]) -> AsyncGenerator[Any, None]:
    """What ``opened`` gives; each draft is noted as soon as it is stored: what is stopped tells nothing any more."""
    from copilot.services.posts import Composed

    async with aclosing(await opened) as stream:
        async for one in stream:
            if isinstance(one, Composed) and one.inspected is not None:
                drafts.append(one.inspected.item.id)
            yield one


class Writing(QObject):
    """Runs what writes. ``piece`` and ``whole`` tell what came, ``failed`` which networks get nothing, and why."""

    piece = Signal(str, int, str)  # network, variant, text
    whole = Signal(object)  # Composed
    failed = Signal(object, object)  # Part, error
    finished = Signal(object)  # Part
    stopped = Signal(bool)  # True when a proposal was
    proposed = Signal()  # nothing of a proposal is awaited any more
    began = Signal()
    progressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._mains: dict[Job, Part] = {}
        self._others: dict[Job, Part] = {}
        self._done = self._total = self._each = 0
        self._came_to: dict[str, int] = {}  # texts that came, by network
        self._kept: set[int] = set()
        # A dozen texts that come at once do not hold the window up.
        self._turns = Turns(self)

    @property
    def is_running(self) -> bool:
        """True while a proposal is being written."""
        return bool(self._mains)

    @property
    def is_writing(self) -> bool:
        """True while anything is."""
        return self.is_running or bool(self._others)

    def propose(self, asked: Asked, drafts: deque[int]) -> None:
        """Write every variant for every network chosen: a job a network, so that one can be stopped alone.

        ``drafts`` gets the id of each draft once it is stored, from the engine's thread.
        """
        if self.is_running:
            return
        networks = asked.choice.networks
        self._done, self._total, self._each = 0, asked.choice.texts, asked.choice.variants
        self._came_to.clear()
        at_once = max(1, AT_ONCE // max(1, len(networks)))
        for network in networks:
            part = Part((network,))
            make = partial(_proposal, asked, part.networks, at_once, drafts)
            self._mains[self._start(make, part, main=True)] = part
        self.began.emit()
        self.progressed.emit(0, self._total)

    def again(self, asked: Asked, network: str, number: int, drafts: deque[int]) -> None:
        """Write one variant of one network once more; ``drafts`` as in :meth:`propose`."""
        self._other(partial(_once_more, asked, network, number, drafts), Part((network,), number))

    def adapt(self, item_id: int, networks: tuple[str, ...], writer: str, person: str) -> None:
        """Write the text of an item for other networks."""
        for network in networks:
            self._other(
                partial(_adaptation, item_id, network, writer, person),
                Part((network,), UNNUMBERED),
            )

    def stop_network(self, network: str) -> None:
        """Stop what is written for one network; the others go on."""
        self._turns.finish()
        was_proposing = self.is_running
        for jobs in (self._mains, self._others):
            for job in [job for job, part in jobs.items() if part.networks == (network,)]:
                job.cancel()
                del jobs[job]
                if jobs is self._mains:
                    self._total -= self._each - self._came_to.get(network, 0)
        if self.is_running:
            self.progressed.emit(self._done, self._total)
        self._announce()
        if was_proposing and not self.is_running:
            self.proposed.emit()

    def stop(self) -> bool:
        """Stop all that writes; True when something was. Nothing more comes of it."""
        was, was_proposing = self.is_writing, self.is_running
        # What came whole before the stop is kept.
        self._turns.finish()
        for job in (*self._mains, *self._others):
            job.cancel()
        self._mains.clear()
        self._others.clear()
        if was:
            self._announce()
            self.stopped.emit(was_proposing)
        return was

    def _other(self, make: Callable[[Copilot], AsyncIterator[Any]], part: Part) -> None:
        self._others[self._start(make, part, main=False)] = part
        self.began.emit()

    def _start(self, make: Callable[[Copilot], AsyncIterator[Any]], part: Part, *, main: bool) -> Job:
        held: list[Job] = []

        def over(error: Exception | None) -> None:
            (self._mains if main else self._others).pop(held[0], None)
            if error is not None:
                self.failed.emit(part, error)
            else:
                self.finished.emit(part)
            self._announce()
            if main and not self.is_running:
                self.proposed.emit()

        held.append(
            self._desk.stream(
                make,
                lambda told: self._arrived(told, main),
                lambda _none: self._turns.add(lambda: over(None)),
                lambda error: self._turns.add(lambda: over(error)),
                owner=self,
            )
        )
        return held[0]

    def _arrived(self, told: list[Any], main: bool) -> None:
        """Pieces that follow each other in one variant are given at once."""
        from copilot.services.posts import Composing

        waiting: dict[tuple[str, int], list[str]] = {}
        for one in told:
            key = (one.network, one.variant)
            if isinstance(one, Composing):
                waiting.setdefault(key, []).append(one.text)
                continue
            waiting.pop(key, None)  # the text of the draft counts
            self._turns.add(partial(self._came, one, main))
        for (network, variant), pieces in waiting.items():
            self._turns.add(partial(self.piece.emit, network, variant, "".join(pieces)))

    def _came(self, one: Composed, main: bool) -> None:
        if one.inspected is not None:
            self._kept.add(one.inspected.item.id)
        if main:
            self._done += 1
            self._came_to[one.network] = self._came_to.get(one.network, 0) + 1
            self.progressed.emit(self._done, self._total)
        self.whole.emit(one)

    def _announce(self) -> None:
        kept, self._kept = self._kept, set()
        if kept:
            self._desk.announce(Changes(items=frozenset(kept)))
