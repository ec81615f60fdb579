"""The bridge between Qt and the services."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.runner import Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close()


async def words(count: int, pause: float = 0.0) -> AsyncIterator[str]:
    for number in range(count):
        await asyncio.sleep(pause)
        yield f"w{number} "


def test_a_stream_comes_in_order_gathered_and_in_the_thread_of_qt(qtbot: QtBot, runner: Runner) -> None:
    got: list[list[str]] = []
    seen: set[str] = set()
    job = runner.stream(lambda: words(500, 0.001))
    job.arrived.connect(lambda told: (got.append(told), seen.add(threading.current_thread().name)))
    with qtbot.waitSignal(job.finished):
        pass
    assert "".join(part for told in got for part in told) == "".join(f"w{number} " for number in range(500))
    assert len(got) < 100
    assert seen == {"MainThread"}


def test_everything_arrived_before_the_end_is_told(qtbot: QtBot, runner: Runner) -> None:
    order: list[str] = []
    job = runner.stream(lambda: words(3))
    job.arrived.connect(order.extend)
    job.succeeded.connect(lambda _value: order.append("succeeded"))
    with qtbot.waitSignal(job.finished):
        pass
    assert order == ["w0 ", "w1 ", "w2 ", "succeeded"]


def test_an_error_comes_as_it_was_raised_after_what_came_before_it(qtbot: QtBot, runner: Runner) -> None:
    async def breaks() -> AsyncIterator[str]:
        yield "half"
        raise ValueError("no more")

    told: list[object] = []
    job = runner.stream(breaks)
    job.arrived.connect(told.append)
    job.failed.connect(told.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert told[0] == ["half"]
    assert isinstance(told[1], ValueError)


def test_a_cancelled_job_says_nothing_more_and_its_stream_is_closed(qtbot: QtBot, runner: Runner) -> None:
    closed = threading.Event()

    async def endless() -> AsyncIterator[str]:
        try:
            while True:
                yield "x"
                await asyncio.sleep(0.005)
        finally:
            closed.set()

    told: list[object] = []
    job = runner.stream(endless)
    with qtbot.waitSignal(job.arrived):
        pass
    job.arrived.connect(told.append)
    job.succeeded.connect(told.append)
    job.failed.connect(told.append)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert told == []
    assert closed.wait(30)


def test_a_job_dies_with_whoever_asked(qtbot: QtBot, runner: Runner) -> None:
    release = threading.Event()
    told: list[object] = []
    asker = QObject()

    async def late() -> str:
        await asyncio.to_thread(release.wait)
        return "late"

    runner.call(late, asker).succeeded.connect(told.append)
    asker.deleteLater()
    del asker
    with qtbot.waitSignal(runner.call(_nothing).finished):
        pass
    release.set()
    with qtbot.waitSignal(runner.call(_nothing).finished):
        pass
    qtbot.waitUntil(lambda: runner.is_idle)
    assert told == []


async def _nothing() -> None:
    return None


def test_progress_is_told_in_order(qtbot: QtBot, runner: Runner) -> None:
    async def work(report: object) -> None:
        for done in range(5):
            report(done, 5)  # type: ignore[operator]
            await asyncio.sleep(0)

    told: list[tuple[int, int]] = []
    job = runner.call_with_progress(work)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(job.finished):
        pass
    assert told == [(done, 5) for done in range(5)]


def test_fifty_streams_at_once_end_with_their_own_words(qtbot: QtBot, runner: Runner) -> None:
    got: dict[int, str] = dict.fromkeys(range(50), "")

    def listen(place: int) -> None:
        async def mine() -> AsyncIterator[str]:
            for number in range(20):
                await asyncio.sleep(0.005)
                yield f"{place}.{number} "

        def add(told: list[str]) -> None:
            got[place] += "".join(told)

        runner.stream(mine).arrived.connect(add)

    for place in range(50):
        listen(place)
    qtbot.waitUntil(lambda: runner.is_idle)
    wanted = {place: "".join(f"{place}.{number} " for number in range(20)) for place in range(50)}
    qtbot.waitUntil(lambda: got == wanted)


def test_a_flood_never_holds_the_window(qtbot: QtBot, runner: Runner) -> None:
    """24,000 pieces at once come in few deliveries: the loop turns meanwhile."""

    async def flood() -> AsyncIterator[str]:
        for number in range(24_000):
            yield "x "
            if number % 50 == 0:
                await asyncio.sleep(0)

    turns: list[float] = []
    ticking = QTimer(interval=1)
    ticking.timeout.connect(lambda: turns.append(time.monotonic()))
    ticking.start()
    deliveries: list[int] = []
    job = runner.stream(flood)
    job.arrived.connect(lambda told: deliveries.append(len(told)))
    with qtbot.waitSignal(job.finished):
        pass
    ticking.stop()
    assert sum(deliveries) == 24_000
    assert len(deliveries) <= 24_000 / 50
    assert turns


@pytest.mark.parametrize("stubborn", [False, True])
def test_closing_ends_what_runs_and_runs_the_last_thing(qtbot: QtBot, stubborn: bool) -> None:
    runner = Runner()
    began, last = threading.Event(), threading.Event()

    async def forever() -> None:
        began.set()
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if not stubborn:
                    raise

    async def finish() -> None:
        last.set()

    runner.call(forever)
    assert began.wait(30)
    # What does not end is left after a while; what ends is not waited for any longer.
    assert runner.close(finish)
    assert last.is_set()
    assert not runner.call(_nothing).is_running
