"""The audit chain: what was written holds, and any tampering shows where."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from copilot.store.unit_of_work import Store
from tests.store.samples import NOON


def fill(store: Store, count: int = 5) -> None:
    for number in range(count):
        with store.write() as work:
            work.audit.append(NOON, "Nora", "approve", f"item:{number}", {"package": "é" * 3, "n": number})


def test_a_whole_chain_holds(store: Store) -> None:
    fill(store)
    with store.read() as work:
        result = work.audit.verify()
    assert (result.holds, result.entries) == (True, 5)


def test_writers_at_the_same_time_make_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: fill(store, 5), range(4)))
    with store.read() as work:
        result = work.audit.verify()
    assert (result.holds, result.entries) == (True, 20)


#: What somebody who drops the triggers may do, and the entry it must be found at.
TAMPERING = [
    pytest.param("UPDATE audit SET details = '{}' WHERE seq = 3", (3, "content"), id="content"),
    pytest.param("UPDATE audit SET \"by\" = 'X' WHERE seq = 1", (1, "content"), id="who"),
    pytest.param("UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 2", (2, "content"), id="when"),
    pytest.param("DELETE FROM audit WHERE seq = 2", (2, "gap"), id="removed"),
    pytest.param("DELETE FROM audit WHERE seq = 5", (5, "tail"), id="last removed"),
    pytest.param("DELETE FROM audit", (1, "tail"), id="all removed"),
    pytest.param("UPDATE audit SET previous = hash WHERE seq = 4", (4, "link"), id="link"),
]


@pytest.mark.parametrize(("statement", "found"), TAMPERING)
def test_tampering_is_found(sqlite_store: Store, statement: str, found: tuple[int, str]) -> None:
    store = sqlite_store
    assert store.path
    fill(store)
    with closing(sqlite3.connect(store.path)) as db:
        for name in ("updated", "deleted"):
            db.execute(f"DROP TRIGGER audit_never_{name}")
        db.execute(statement)
        db.commit()
    with store.read() as work:
        result = work.audit.verify()
    assert (result.broken_at, result.why) == found
