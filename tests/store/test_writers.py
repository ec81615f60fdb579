"""Two people at work at once: what one wrote is never undone by what the other had read before."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from copilot.domain.conversation import Intent, Tone, Triage, Urgency
from copilot.domain.item import Item, Status
from copilot.errors import OutsideError, UserError
from copilot.store import engine
from copilot.store.unit_of_work import Store, UnitOfWork
from tests.store.conftest import KINDS, _server_url, new_schema
from tests.store.samples import NOON, approve, draft, thread


def test_an_edit_is_not_lost_to_a_decision_taken_at_the_same_time(store: Store) -> None:
    """The one who decides waits for the one who edits, then reads what was written."""
    with store.write() as work:
        item = work.items.add(draft("Avant."), NOON)
    read, go_on = Event(), Event()

    def decide() -> str:
        read.set()
        go_on.wait(30)
        with store.write() as work:
            return approve(work, work.items.get(item.id)).text

    with ThreadPoolExecutor(1) as pool:
        decided = pool.submit(decide)
        assert read.wait(30)
        with store.write() as work:
            before = work.items.get(item.id)
            go_on.set()
            work.items.save_content(replace(before, text="Après."), "Léa", NOON)
        assert decided.result(20) == "Après."
    with store.read() as work:
        kept = work.items.get(item.id)
        assert (kept.text, kept.status, kept.revision) == ("Après.", Status.APPROVED, 2)
        assert kept.approval is not None
        assert kept.approval.package_hash == kept.package.sha256
        assert [version.text for version in work.items.versions(item.id)] == ["Avant.", "Après."]


def test_many_edits_at_once_are_all_kept(store: Store) -> None:
    with store.write() as work:
        item = work.items.add(draft("0"), NOON)

    def add(number: int) -> None:
        with store.write() as work:
            before = work.items.get(item.id)
            work.items.save_content(replace(before, text=f"{before.text} {number}"), "Léa", NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(1, 13)))
    with store.read() as work:
        assert sorted(map(int, work.items.get(item.id).text.split())) == list(range(13))
        assert len(work.items.versions(item.id)) == 13


ACTS: dict[str, Callable[[UnitOfWork, Item], object]] = {
    "content": lambda work, old: work.items.save_content(replace(old, text="Autre."), "Nora", NOON),
    "decision": approve,
    "state": lambda work, old: work.items.save_state(replace(old, status=Status.IN_REVIEW), NOON),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_read_in_an_earlier_transaction_overwrites_nothing(store: Store, act: str) -> None:
    with store.write() as work:
        old = work.items.add(draft("Avant."), NOON)
    with store.write() as work:
        work.items.save_content(replace(work.items.get(old.id), text="Après."), "Léa", NOON)
    with pytest.raises(UserError, match=r"review\.edited_meanwhile"), store.write() as work:
        ACTS[act](work, old)
    with store.read() as work:
        kept = work.items.get(old.id)
        assert (kept.text, kept.status, work.items.decisions(old.id)) == ("Après.", Status.DRAFT, ())


@pytest.mark.parametrize("kind", KINDS)
def test_a_turn_that_does_not_come_is_told(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1)
    with ExitStack() as opened:
        if kind == "sqlite":
            store = Store.on_sqlite(tmp_path / "replique.db", tmp_path / "backups")
        else:
            store = Store.on_postgres(opened.enter_context(new_schema(_server_url())))
        opened.callback(store.close)
        with store.write(), pytest.raises(OutsideError, match=r"store\.busy"), store.write():
            pass


def test_what_a_model_read_of_a_text_is_dropped_when_the_text_changed_meanwhile(store: Store) -> None:
    with store.write() as work:
        kept = work.threads.add(thread("Avant", "Même"), "a" * 64, NOON)
    ids = [message.id for message in kept.messages]
    with store.read() as work:
        read = work.vectors.texts(ids)
    with store.write() as work:
        work.vectors.put("m", dict.fromkeys(ids, b"\0\0"), {ids[0]: "Autre", ids[1]: read[ids[1]]})
    with store.read() as work:
        assert work.vectors.missing("m") == (ids[0],)


def test_what_was_said_of_a_text_is_dropped_when_the_text_changed_meanwhile(store: Store) -> None:
    with store.write() as work:
        kept = work.threads.add(thread("Avant", "Même"), "a" * 64, NOON)
        first, second = kept.messages
        told = Triage("fr", Intent.PRAISE, Tone.POSITIVE, Urgency.P3, explicit_toxic=False, unsure=False)
        read = {first.id: "Autre", second.id: second.text}
        work.threads.set_triage({first.id: told, second.id: told}, read=read)
        assert work.threads.message(first.id).triage is None
        assert work.threads.message(second.id).triage == told
