"""A long file is triaged by two processes: with what one alone says, even where one dies, and nobody is left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest

from copilot.crew import cores_beside
from copilot.domain.conversation import Message
from copilot.intelligence.triage import RuleTriage
from copilot.services._loading import Asked, Load
from copilot.services._triaging import MANY, Stopped
from copilot.store.unit_of_work import Store

pytestmark = pytest.mark.skipif(not cores_beside(), reason="this machine has one core: nobody works beside it")

RULES = RuleTriage()
SAID = (
    "Toujours pas de nouvelles de mon colis, c’est honteux.",
    "Merci, super accueil en boutique !",
    "Vous ouvrez quand le dimanche ?",
    "La batterie a pris feu, ma fille est brûlée.",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.on_sqlite(tmp_path / "r.db", tmp_path / "backups")


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """A table so long that another process is called, of which no two messages are the same."""
    path, filling = tmp_path / "long.csv", "et puis encore ceci " * 20
    with path.open("w", encoding="utf-8") as file:
        file.write("id,author,text\n")
        number = 0
        while file.tell() < MANY * 1.2:
            lines = (f"{n},Client {n},{SAID[n % len(SAID)]} {n} {filling}\n" for n in range(number, number + 500))
            file.writelines(lines)
            number += 500
    return path


def loaded(
    store: Store, path: Path, meanwhile: Callable[[], None], stop: Event | None = None
) -> tuple[int, list[Message]]:
    """How many messages were kept, and those of the thread in order; ``meanwhile`` is called while it is read."""
    at = datetime(2026, 11, 21, 10, tzinfo=UTC)
    load = Load(store, RULES, Asked(path, path.name), at, stop or Event(), lambda _done, _total: meanwhile())
    done = load.run()
    with store.read() as work:
        messages = list(work.threads.get(done.thread.id).messages)
    assert done.shape is not None
    return done.shape.messages, messages


def as_one_process_says(messages: list[Message]) -> None:
    assert [int(one.external_id) for one in messages] == list(range(len(messages)))
    for one in messages[::97]:
        assert one.triage == RULES.triage(one.text, author=one.author.name, thread_language="fr"), one.text[:60]


def test_another_process_helps_with_a_long_file_and_is_gone_at_the_end(store: Store, long_file: Path) -> None:
    seen: set[int] = set()
    count, messages = loaded(store, long_file, lambda: seen.update(one.pid or 0 for one in active_children()))
    assert len(seen) == 1
    assert count == len(messages) > 5_000
    as_one_process_says(messages)
    assert not [one for one in active_children() if one.pid in seen]


def test_a_helping_process_that_is_killed_loses_nothing(store: Store, long_file: Path) -> None:
    killed: set[int] = set()

    def kill() -> None:
        for one in active_children():
            if one.pid and one.pid not in killed:
                killed.add(one.pid)
                os.kill(one.pid, signal.SIGKILL)

    count, messages = loaded(store, long_file, kill)
    assert killed
    assert count == len(messages) > 5_000
    as_one_process_says(messages)


def test_giving_up_dismisses_the_other_process_and_stores_nothing(store: Store, long_file: Path) -> None:
    stop, seen = Event(), set[int]()

    def give_up() -> None:
        seen.update(one.pid or 0 for one in active_children())
        if seen:
            stop.set()

    with pytest.raises(Stopped):
        loaded(store, long_file, give_up, stop)
    for one in active_children():
        one.join(60)
    assert not [one for one in active_children() if one.pid in seen]
    with store.read() as work:
        assert list(work.threads.list()) == []
