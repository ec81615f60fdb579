"""Groups in the database: replaced together, read page by page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain.conversation import Author, Message, Thread
from copilot.domain.grouping import Alarm, GroupKind, Growth, Member, MessageGroup
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON


def loaded(store: Store, count: int = 6) -> tuple[int, tuple[int, ...]]:
    told = tuple(
        Message(0, 0, place, str(place), None, Author("Ours" if place == 5 else f"A{place}", "", place == 5), "Texte")
        for place in range(count)
    )
    with store.write() as work:
        kept = work.threads.add(Thread(0, "Fil", "csv", "x", "fr", messages=told), "a" * 64, NOON)
    return kept.id, tuple(message.id for message in kept.messages)


def group(thread: int, ids: tuple[int, ...], kind: GroupKind = GroupKind.EXACT) -> MessageGroup:
    members = tuple(Member(one, place / 10) for place, one in enumerate(ids))
    growth = Growth(2, 0.5, NOON)
    why = (Wording("groups.why.copies", {"count": 3}),)
    return MessageGroup(
        0, thread, kind, "colis · retard", ("colis", "retard"), len(ids), 3, ids[0], growth, Alarm.RAID, why, members
    )


def test_a_group_comes_back_as_it_was_kept(store: Store) -> None:
    thread, ids = loaded(store)
    given = group(thread, ids[:4])
    with store.write() as work:
        (kept,) = work.groups.replace(thread, [given], NOON)
    with store.read() as work:
        assert work.groups.get(kept.id) == kept == replace(given, id=kept.id, members=(), made_at=NOON)
        assert [one.message.id for one in work.groups.members(kept.id)] == list(ids[:4])
        assert [one.distance for one in work.groups.members(kept.id, 1, 2)] == [0.1, 0.2]
        assert work.groups.member_ids(kept.id) == ids[:4]
        assert work.groups.of_message(ids[1]) == (kept,)
        assert work.groups.of_message(ids[5]) == ()


def test_groups_of_a_thread_are_replaced_together(store: Store) -> None:
    thread, ids = loaded(store)
    with store.write() as work:
        work.groups.replace(thread, [group(thread, ids[:3]), group(thread, ids[:4], GroupKind.NEAR)], NOON)
        assert [one.size for one in work.groups.list(thread)] == [4, 3]
        assert [one.kind for one in work.groups.list(kinds=[GroupKind.EXACT])] == [GroupKind.EXACT]
        work.groups.replace(thread, [group(thread, ids[:3])], NOON)
        assert work.groups.count(thread) == work.groups.count() == 1


def test_messages_that_are_gone_are_in_no_group(store: Store) -> None:
    thread, ids = loaded(store)
    with store.write() as work:
        (kept,) = work.groups.replace(thread, [group(thread, (*ids[:3], 99_999))], NOON)
        assert kept.size == 3
        assert work.groups.replace(thread, [group(thread, (ids[0], 88_888, 99_999))], NOON) == ()


def test_a_thread_that_goes_takes_its_groups(store: Store) -> None:
    thread, ids = loaded(store)
    with store.write() as work:
        (kept,) = work.groups.replace(thread, [group(thread, ids[:3])], NOON)
        work.threads.remove(thread)
        with pytest.raises(UserError, match=r"groups\.unknown"):
            work.groups.get(kept.id)


def test_ours_are_not_read_to_be_grouped(store: Store) -> None:
    thread, ids = loaded(store)
    with store.read() as work:
        assert [row.id for row in work.groups.said(thread)] == list(ids[:5])
