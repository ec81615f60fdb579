"""Moments only known closely, among exact ones: kept, ordered, counted by hours where they are close enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copilot.domain.conversation import About, Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.inbox import InboxFilter, Order
from copilot.store.crises import Scope
from copilot.store.unit_of_work import Store

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANGRY = Triage("fr", Intent.COMPLAINT, Tone.NEGATIVE, Urgency.P1, explicit_toxic=False, unsure=False)
#: From the oldest to the newest; of one second, what is exact first.
TIMES: tuple[datetime | About | None, ...] = (
    None,
    About(NOON - 3 * DAY, DAY),
    NOON - 3 * HOUR,
    About(NOON - 2 * HOUR, HOUR),
    NOON - HOUR,
    About(NOON - HOUR, MINUTE),
    NOON - HOUR + timedelta(seconds=1),
    About(NOON + timedelta(microseconds=500_000), MINUTE),
)


def message(place: int, at: datetime | About | None) -> Message:
    said = {"about": at} if isinstance(at, About) else {"created_at": at}
    return Message(0, 0, place, f"m{place}", None, Author(f"A{place}"), f"Texte {place}", triage=ANGRY, **said)


@pytest.fixture
def thread_id(store: Store) -> int:
    told = tuple(message(place, at) for place, at in enumerate(TIMES, 1))
    with store.write() as work:
        return work.threads.add(Thread(0, "Fil", "pasted", "x", "fr", messages=told), "a" * 64, NOON).id


def test_a_moment_comes_back_as_close_as_it_was(store: Store, thread_id: int) -> None:
    with store.read() as work:
        told = work.threads.get(thread_id).messages
    assert tuple(one.created_at or one.about for one in told) == TIMES
    assert not any(one.created_at and one.about for one in told)


@pytest.mark.parametrize("most", [1, 3, 100])
@pytest.mark.parametrize("words", ["", "texte"])
def test_the_order_of_time_holds_page_by_page(store: Store, thread_id: int, words: str, most: int) -> None:
    asked = InboxFilter(thread_id=thread_id, order=Order.OLDEST, words=words)
    seen: list[int] = []
    after = None
    with store.read() as work:
        places = {one.id: one.position for one in work.threads.get(thread_id).messages}
        while True:
            page = work.inbox.page(asked, after, most)
            seen += [places[one] for one in page.ids]
            if (after := page.after) is None:
                break
    assert seen == list(range(1, len(TIMES) + 1))


def test_hours_are_counted_by_what_is_close_enough(store: Store, thread_id: int) -> None:
    with store.read() as work:
        tally = work.crises.tally(Scope(NOON + HOUR, thread_id))
    assert tally.hours == {
        NOON - 3 * HOUR: (1, 1),
        NOON - 2 * HOUR: (1, 1),
        NOON - HOUR: (3, 3),
        NOON: (1, 1),
    }
    assert (tally.undated, tally.about) == (2, 3)
