"""What a search found out along the way is used again until anything is written, by anybody, and never after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from copilot.domain.conversation import Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.inbox import InboxFilter, Mark, Order, State
from copilot.domain.item import ItemKind, Status
from copilot.store import remembered as module
from copilot.store.remembered import remembered
from copilot.store.unit_of_work import Store, UnitOfWork
from tests.store.samples import NOON, draft

ASKED = (
    InboxFilter(intents=(Intent.SPAM,)),
    InboxFilter(intents=(Intent.SPAM,), order=Order.NEWEST),
    InboxFilter(words="veloroute"),
    InboxFilter(words="velorou", intents=(Intent.SPAM,)),
    InboxFilter(states=(State.SKIPPED,)),
    InboxFilter(states=(State.DRAFTED,), words="velo"),
    InboxFilter(urgencies=(Urgency.P0,), words="velo", order=Order.OLDEST),
)


def triage(intent: Intent, urgency: Urgency) -> Triage:
    return Triage("fr", intent, Tone.NEUTRAL, urgency, False, False)


def add(work: UnitOfWork, name: str, *told: tuple[str, Intent, Urgency]) -> None:
    messages = tuple(
        Message(0, 0, n, f"{name}{n}", None, Author("Zoé"), text, created_at=NOON, triage=triage(intent, urgency))
        for n, (text, intent, urgency) in enumerate(told)
    )
    work.threads.add(Thread(0, name, "csv", "x", "fr", messages=messages), name * 64, NOON)


def calm(store: Store) -> None:
    with store.write() as work:
        add(work, "a", *(("Mon vélo roule bien", Intent.PRAISE, Urgency.P3) for _ in range(5)))


def touch(work: UnitOfWork) -> None:
    """A message of a trait and of a word that none had; a mark and a reply where there were none."""
    add(work, "b", ("La véloroute est coupée", Intent.SPAM, Urgency.P0))
    work.inbox.mark((1,), Mark.SKIPPED, "Nora", NOON)
    work.items.add(draft("Merci !", kind=ItemKind.REPLY, message_id=2, status=Status.DRAFT), NOON)


def found(store: Store) -> list[tuple[int, ...]]:
    with store.read() as work:
        return [work.inbox.page(asked, None, 10).ids for asked in ASKED]


NOTHING: list[tuple[int, ...]] = [()] * len(ASKED)
TOUCHED = [(6,), (6,), (6,), (6,), (1,), (2,), (6,)]


def test_what_is_written_is_found(store: Store) -> None:
    calm(store)
    assert found(store) == found(store) == NOTHING
    with store.write() as work:
        touch(work)
    assert found(store) == TOUCHED


def test_what_another_process_writes_is_found(sqlite_store: Store, tmp_path: Path) -> None:
    calm(sqlite_store)
    assert found(sqlite_store) == NOTHING
    other = Store.on_sqlite(tmp_path / "replique.db", tmp_path / "backups")
    with other.write() as work:
        touch(work)
    assert found(other) == TOUCHED
    other.close()
    assert found(sqlite_store) == TOUCHED


def broken_off(store: Store) -> None:
    with store.write() as work:
        touch(work)
        assert [work.inbox.page(asked, None, 10).ids for asked in ASKED] == TOUCHED
        raise ZeroDivisionError


def test_what_was_taken_back_is_not_found(store: Store) -> None:
    calm(store)
    assert found(store) == NOTHING
    with pytest.raises(ZeroDivisionError):
        broken_off(store)
    assert found(store) == NOTHING
    with store.write() as work:
        touch(work)
    # A server gives no number twice.
    assert [len(ids) for ids in found(store)] == [1] * len(ASKED)


def emptied_and_broken_off(store: Store) -> None:
    with store.write() as work:
        work.threads.remove(1)
        assert [work.inbox.page(asked, None, 10).ids for asked in ASKED] == NOTHING
        raise ZeroDivisionError


def test_what_was_nearly_removed_is_found(store: Store) -> None:
    with store.write() as work:
        touch_all(work)
    before = found(store)
    assert before[0] == before[2] == (1,)
    with pytest.raises(ZeroDivisionError):
        emptied_and_broken_off(store)
    assert found(store) == before


@pytest.fixture
def connection(sqlite_store: Store) -> Iterator[sqlalchemy.Connection]:
    with sqlite_store._engine.connect() as made:
        yield made


def test_it_is_kept_as_long_as_nobody_writes_and_no_longer(
    sqlite_store: Store, connection: sqlalchemy.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.begin():
        first = remembered(connection)
        first["one"] = 1
        assert remembered(connection) is first
    with connection.begin():
        assert remembered(connection) is first
    calm(sqlite_store)
    with connection.begin():
        assert remembered(connection) == {}
    monkeypatch.setattr(module, "MOST", 2)
    with connection.begin():
        remembered(connection).update(dict.fromkeys(range(3)))
        assert remembered(connection) == {}


def test_a_view_that_began_before_a_write_keeps_what_it_knows(
    sqlite_store: Store, connection: sqlalchemy.Connection
) -> None:
    with connection.begin():
        work = UnitOfWork(connection)
        assert work.inbox.page(ASKED[0], None, 10).ids == ()
        known = remembered(connection)
        with sqlite_store.write() as other:
            touch_all(other)
        assert remembered(connection) is known
        assert work.inbox.page(ASKED[0], None, 10).ids == ()
    with connection.begin():
        assert remembered(connection) is not known
        assert len(UnitOfWork(connection).inbox.page(ASKED[0], None, 10).ids) == 1


def touch_all(work: UnitOfWork) -> None:
    add(work, "c", ("La véloroute est coupée", Intent.SPAM, Urgency.P0))
