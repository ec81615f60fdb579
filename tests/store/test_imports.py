"""A message that changes takes the approval of its reply with it, whoever changes it, on both databases."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from sqlalchemy import event, text

from copilot.domain.conversation import Author, Message, Thread
from copilot.domain.imports import Updated
from copilot.domain.inbox import InboxFilter
from copilot.domain.item import Item, ItemKind, Status
from copilot.errors import UserError
from copilot.store import incoming
from copilot.store.imports import Import
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON, approve, draft, status_of, thread


def stored(store: Store, *texts: str) -> Thread:
    with store.write() as work:
        return work.threads.add(thread(*texts), "a" * 64, NOON)


def reply_to(message: Message) -> Item:
    return draft("Nous regardons.", kind=ItemKind.REPLY, message_id=message.id, answers=message.sha256, hashtags=())


def approved_reply(store: Store, message: Message) -> Item:
    with store.write() as work:
        return approve(work, work.items.add(reply_to(message), NOON))


def again(store: Store, told: Thread, messages: list[Message], *, is_whole: bool = True) -> Updated:
    """Import another state of the thread ``told``."""
    with store.write() as work:
        asked = Import(replace(told, id=0, messages=()), secrets.token_hex(32), NOON, is_whole)
        thread_id = work.imports.begin(asked)
        work.imports.add(thread_id, [replace(one, position=n) for n, one in enumerate(messages, start=1)])
        assert work.imports.earlier(thread_id) == told.id
        return work.imports.merge(thread_id, told.id, asked)


@pytest.mark.parametrize("change", ["text = 'Autre', sha256 = :sha256", "deleted = true"])
def test_no_approval_outlives_what_it_answers_whoever_changes_it(store: Store, change: str) -> None:
    first, second = stored(store, "Où est mon vélo ?", "Bravo").messages
    items = [approved_reply(store, first), approved_reply(store, second)]
    with store._engine.begin() as connection:
        statement = text(f"UPDATE messages SET {change} WHERE id = :id")
        connection.execute(statement, {"id": first.id} | ({"sha256": "c" * 64} if ":sha256" in change else {}))
    assert [status_of(store, item.id) for item in items] == [Status.DRAFT, Status.APPROVED]
    with pytest.raises(UserError) as caught, store.write() as work:
        approve(work, work.items.get(items[0].id))
    assert caught.value.kind == "store.message_changed"


def test_what_has_left_stays_as_it_left(store: Store) -> None:
    (message,) = stored(store, "Où est mon vélo ?").messages
    item = approved_reply(store, message)
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE items SET status = 'published'"))
        connection.execute(text("UPDATE messages SET sha256 = :sha256"), {"sha256": "c" * 64})
    assert status_of(store, item.id) is Status.PUBLISHED


def test_an_import_says_why_an_approval_lapsed_and_lets_a_person_approve_again(store: Store) -> None:
    told = stored(store, "Où est mon vélo ?", "Bravo", "Merci")
    item, other = approved_reply(store, told.messages[0]), approved_reply(store, told.messages[1])
    edited = replace(told.messages[0], text="Où est mon vélo, enfin ?")
    updated = again(store, told, [edited, *told.messages[1:]])
    assert updated == Updated(changed=1, unchanged=2, lapsed=1)
    assert [status_of(store, one.id) for one in (item, other)] == [Status.DRAFT, Status.APPROVED]
    with store.read() as work:
        now = work.items.get(item.id)
        assert (now.answers, now.approval, now.revision) == (edited.sha256, None, item.revision + 1)
        entries = work.audit.of_subject(f"item:{item.id}")
        assert [entry.action for entry in entries] == ["message_changed", "approval_lapsed"]
        assert entries[1].details == {"approved": item.package.sha256}
        assert work.audit.verify().holds
        assert work.threads.message(told.messages[0].id).changed_at == NOON
    with store.write() as work:
        approve(work, work.items.get(item.id))
    assert status_of(store, item.id) is Status.APPROVED


def test_a_reply_to_what_was_deleted_is_a_draft_again(store: Store) -> None:
    told = stored(store, "Nul", "Bravo", "Merci")
    item = approved_reply(store, told.messages[0])
    emptied = replace(told.messages[0], text="", deleted=True)
    assert again(store, told, [emptied, *told.messages[1:]]) == Updated(deleted=1, unchanged=2, lapsed=1)
    assert status_of(store, item.id) is Status.DRAFT
    with store.read() as work:
        gone = work.threads.message(told.messages[0].id)
    assert (gone.deleted, gone.text) == (True, "Nul")


def test_a_reply_to_what_was_answered_elsewhere_is_a_draft_again_unless_it_left(store: Store) -> None:
    told = stored(store, "Nul", "Bravo", "Merci")
    waiting, used = (approved_reply(store, one) for one in told.messages[:2])
    with store.write() as work:
        work.items.record_exports([(used.id, used.package.sha256)], "csv", "f" * 64, NOON)
    ours = [
        replace(one, id=0, external_id=f"nous-{one.id}", parent_id=one.external_id, author=Author("Atelier", "", True))
        for one in told.messages[:2]
    ]
    updated = again(store, told, [*told.messages, *ours])
    assert (updated.added, updated.answered, updated.lapsed) == (2, 2, 1)
    assert [status_of(store, one.id) for one in (waiting, used)] == [Status.DRAFT, Status.APPROVED]
    with store.read() as work:
        entries = work.audit.of_subject(f"item:{waiting.id}")
    assert [entry.action for entry in entries] == ["message_answered", "approval_lapsed"]


def test_a_part_of_a_conversation_deletes_nothing(store: Store) -> None:
    told = stored(store, "Un", "Deux", "Trois", "Quatre")
    assert again(store, told, list(told.messages[:3]), is_whole=False).deleted == 0
    assert again(store, told, list(told.messages[:3])).deleted == 1


def test_new_messages_stand_where_the_file_has_them(store: Store) -> None:
    told = stored(store, "Un", "Deux", "Trois")
    first, second, third = told.messages
    added = replace(
        first, external_id="neuf", parent_id=first.external_id, text="Entre", author=Author("Atelier", "", True)
    )
    updated = again(store, told, [third, first, added, second])
    assert updated == Updated(added=1, answered=1, unchanged=2)
    with store.read() as work:
        now = work.threads.get(told.id)
        assert len(work.threads.list()) == 1
    assert [(one.text, one.position) for one in now.messages] == [("Trois", 1), ("Un", 2), ("Entre", 3), ("Deux", 4)]
    assert [one.answered for one in now.messages] == [False, True, False, False]
    assert [one.id for one in now.messages if one.external_id != "neuf"] == [third.id, first.id, second.id]


def test_an_author_that_is_no_longer_named_is_no_change(store: Store) -> None:
    told = stored(store, "Un", "Deux", "Trois")
    nameless = [replace(one, author=Author()) for one in told.messages]
    with store.write() as work:
        asked = Import(replace(told, id=0, messages=()), "b" * 64, NOON, is_whole=True)
        thread_id = work.imports.begin(asked)
        work.imports.add(thread_id, nameless)
        updated = work.imports.merge(thread_id, told.id, asked)
    assert updated == Updated(unchanged=3)
    with store.read() as work:
        now = work.threads.get(told.id).messages
    assert [replace(one, position=0) for one in now] == [replace(one, position=0) for one in told.messages]


def nameless(told: Thread) -> list[Message]:
    """The messages of ``told`` as a file without ids has them, in other words of the same sense for a machine."""
    texts = [one.text.upper() for one in told.messages]
    return [
        replace(one, external_id=f"m-{place}", parent_id=None, text=text)
        for place, (one, text) in enumerate(zip(told.messages, texts, strict=True))
    ]


def test_messages_without_ids_are_found_by_who_wrote_them_and_their_words(store: Store) -> None:
    told = stored(store, "Où est donc mon vélo ?", "Quels sont vos horaires ?", "Faites-vous des devis ?")
    updated = again(store, replace(told, title="Autre"), nameless(told))
    assert updated == Updated(changed=3)
    with store.read() as work:
        now = work.threads.get(told.id).messages
    assert [(one.id, one.external_id) for one in now] == [(one.id, one.external_id) for one in told.messages]
    assert [one.text for one in now] == [one.text.upper() for one in told.messages]
    assert [replace(one, id=0).sha256 for one in now] == [one.sha256 for one in now]


def test_words_that_anybody_says_are_not_enough(store: Store) -> None:
    told = stored(store, "Merci", "Bravo", "Merci beaucoup")
    with store.write() as work:
        other = replace(told, id=0, title="Autre", messages=())
        thread_id = work.imports.begin(Import(other, secrets.token_hex(32), NOON))
        work.imports.add(thread_id, nameless(told))
        assert work.imports.earlier(thread_id) is None


def test_a_reply_is_put_under_its_parent_when_that_comes(store: Store) -> None:
    told = stored(store, "Un", "Deux", "Trois")
    places = [one.position for one in told.messages]
    with store.write() as work:
        work.imports.keep_references(told.id, [(places[0], "neuf"), (places[1], "jamais")], [(places[2], "n°3")])
        assert work.imports.awaited(told.id) == {"neuf", "jamais"}
    first = told.messages[0]
    added = [replace(first, external_id="neuf", text="Neuf"), replace(first, external_id="dix", text="Dix")]
    with store.write() as work:
        asked = Import(replace(told, id=0, messages=()), "b" * 64, NOON)
        thread_id = work.imports.begin(asked)
        work.imports.add(thread_id, [replace(one, position=n) for n, one in enumerate(added, start=1)])
        work.imports.keep_references(thread_id, [(2, "n°3")], [])
        assert work.imports.merge(thread_id, told.id, asked).added == 2
        assert work.imports.awaited(told.id) == {"jamais"}
    with store.read() as work:
        now = {one.external_id: one.parent_id for one in work.threads.get(told.id).messages}
    third = told.messages[2].external_id
    assert (now[first.external_id], now["dix"], now["neuf"]) == ("neuf", third, None)


def test_the_same_numbers_by_other_people_are_another_conversation(store: Store) -> None:
    told = stored(store, "Un", "Deux", "Trois")
    others = [replace(one, author=Author("Quelqu’un"), text=f"Autre {one.text}") for one in told.messages]
    with store.write() as work:
        thread_id = work.imports.begin(Import(replace(told, id=0, messages=()), "b" * 64, NOON))
        work.imports.add(thread_id, others)
        assert work.imports.earlier(thread_id) is None


def test_messages_in_any_order_of_time_keep_their_places_and_are_found(store: Store) -> None:
    (first,) = thread("Un").messages
    days = (9, None, 3, 27, None, 1, 27)
    told = [
        replace(
            first,
            external_id=f"c{place}",
            position=place,
            text=f"Mot{place}",
            created_at=NOON.replace(day=day) if day else None,
        )
        for place, day in enumerate(days, start=1)
    ]
    with store.write() as work:
        thread_id = work.imports.begin(Import(thread(), "b" * 64, NOON))
        work.imports.add(thread_id, told[:5])
        work.imports.add(thread_id, told[5:])
        work.imports.rest()
    with store.read() as work:
        kept = work.threads.get(thread_id).messages
        found = [work.inbox.ids(InboxFilter(words=one.text)) for one in kept]
    assert [replace(one, id=0, thread_id=0) for one in kept] == [replace(one, id=0, thread_id=0) for one in told]
    assert [one.id for one in kept] == sorted(one.id for one in kept)
    assert found == [(one.id,) for one in kept]


def test_a_thousand_messages_are_one_statement_of_the_table(sqlite_store: Store) -> None:
    (first,) = thread("Un").messages
    told = [replace(first, external_id=f"c{place}", position=place) for place in range(1, 1001)]
    ran: list[tuple[str, bool]] = []

    @event.listens_for(sqlite_store._engine, "before_cursor_execute")
    def _ran(_c: object, _k: object, statement: str, _p: object, _x: object, is_many: bool) -> None:
        ran.append((statement, is_many))

    with sqlite_store.write() as work:
        work.imports.add(work.imports.begin(Import(thread(), "b" * 64, NOON)), told)
        work.imports.rest()
    # The index of words is written out at each of them, and one that is run with many values is many.
    assert [is_many for statement, is_many in ran if statement.startswith("INSERT INTO messages ")] == [False]
    assert len(ran) < 20
    with sqlite_store._engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)")


def test_no_statement_takes_more_text_than_memory_has_room_for() -> None:
    (first,) = thread("Un").messages
    rows = [incoming.row_of(replace(first, text="x" * (incoming.MOST_CHARS // 2))) for _ in range(5)]
    assert [len(some) for some in incoming.batches(iter(rows))] == [2, 2, 1]
