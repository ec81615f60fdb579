"""Words of many messages, some without a date: the index of words loses none on the way back, nor finds one twice."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from copilot.domain.conversation import Thread
from copilot.domain.inbox import InboxFilter, Order
from copilot.store import endings
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON

COUNT = 24_000
WORDS = tuple(f"mot{letter}" for letter in "abcdefgh")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("gap")
    opened = Store.on_sqlite(folder / "replique.db", folder / "backups")
    with opened.write() as work:
        work.threads.add(Thread(0, "Fil", "csv", "x", "fr"), "0" * 64, NOON)
        draw = random.Random(4)
        rows = [
            {
                "id": place,
                "text": " ".join(draw.sample(WORDS, 3)),
                "at": None if draw.random() < 0.4 else _at(draw),
            }
            for place in range(1, COUNT + 1)
        ]
        work.threads._connection.execute(
            text(
                "INSERT INTO messages (id, thread_id, position, external_id, author_name, author_handle, "
                "author_is_owner, text, created_at, sha256) VALUES (:id, 1, :id, :id, 'A', '', 0, :text, :at, '')"
            ),
            rows,
        )
    return opened


def _at(draw: random.Random) -> str:
    return (NOON - timedelta(seconds=draw.randrange(40_000_000))).isoformat(timespec="microseconds")


def _all_of(store: Store, asked: InboxFilter, most: int) -> list[int]:
    told: list[int] = []
    after = None
    with store.read() as work:
        while True:
            page = work.inbox.page(asked, after, most)
            told += page.ids
            if (after := page.after) is None:
                return told


def _wanted(store: Store, words: str) -> list[int]:
    with store.read() as work:
        rows = work.threads._connection.execute(
            text("SELECT id, text, created_at FROM messages ORDER BY created_at DESC NULLS LAST, position DESC")
        )
        return [row.id for row in rows if all(any(w.startswith(a) for w in row.text.split()) for a in words.split())]


@pytest.mark.parametrize("words", [*WORDS, "mota motb", "motc mot", "mot"])
@pytest.mark.parametrize("short", [3, 0])
def test_going_back_over_the_gap_loses_nothing(
    store: Store, words: str, short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "SHORT", short)
    found = _all_of(store, InboxFilter(words=words, order=Order.NEWEST), 1_900)
    assert found == _wanted(store, words)
