"""Pages of the inbox: end to end they are the whole list, whatever the order, the filter and the way it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from copilot.domain.conversation import Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.inbox import Flag, InboxFilter, Mark, Order, State
from copilot.store import along, paging
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON

WORDS = ("vélo rouge", "Vélo cassé", "colis perdu", "merci beaucoup", "VELO et colis")
COUNT = 120


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("paging")
    opened = Store.on_sqlite(folder / "replique.db", folder / "backups")
    for number in range(3):
        with opened.write() as work:
            brand = "b" if number == 2 else ""
            thread = Thread(0, f"Fil {number}", "csv", "x", "fr", messages=tuple(_messages(number)), brand_id=brand)
            work.threads.add(thread, str(number) * 64, NOON)
    with opened.write() as work:
        work.inbox.mark(range(1, 3 * COUNT, 9), Mark.SKIPPED, "Nora", NOON)
    yield opened
    opened.close()


def _messages(number: int) -> Iterator[Message]:
    for place in range(COUNT):
        mix = place * 31 + number * 17
        urgency = tuple(Urgency)[mix % 5]
        intent = tuple(Intent)[mix % len(Intent)]
        triage = Triage(
            ("fr", "en")[mix % 2], intent, Tone.NEUTRAL, urgency, mix % 20 == 0, mix % 3 == 0, hostile=mix % 15 == 0
        )
        at = None if mix % 13 == 0 else NOON - timedelta(minutes=mix * 7 % 997, seconds=mix % 60)
        yield Message(
            0, 0, place, str(place), None, Author(f"Auteur {mix % 4}", f"@a{mix % 6}", mix % 40 == 0),
            f"{WORDS[mix % 5]} {place}", at, triage=triage if mix % 7 else None,
            changed_at=NOON if mix % 11 == 0 else None,
        )  # fmt: skip


FILTERS = [
    InboxFilter(),
    InboxFilter(words="velo"),
    InboxFilter(words="vélo colis"),
    InboxFilter(words="co", states=(State.WAITING,)),
    InboxFilter(intents=(Intent.COMPLAINT, Intent.PRAISE)),
    InboxFilter(urgencies=(Urgency.P1, Urgency.P3), languages=("fr",)),
    InboxFilter(states=(State.SKIPPED,)),
    InboxFilter(states=(State.WAITING, State.OWN), words="merci"),
    InboxFilter(thread_id=2),
    InboxFilter(thread_id=2, words="velo", urgencies=(Urgency.P2,)),
    InboxFilter(authors=("Auteur 1", "@a5")),
    InboxFilter(since=NOON - timedelta(minutes=500), until=NOON - timedelta(minutes=20)),
    InboxFilter(since=NOON - timedelta(minutes=500), words="velo"),
    InboxFilter(flags=Flag.HOSTILE | Flag.EXPLICIT_TOXIC),
    InboxFilter(flags=Flag.UNSURE, words="colis"),
    InboxFilter(only_changed=True),
    InboxFilter(brand_id="b"),
    InboxFilter(brand_id="nobody"),
]


#: Limits that make 360 messages read as a million are: nothing few enough to be sorted, or what one condition lets
#: through.
CROWDED = {"FEW": 1, "RARE": 1, "FIRST": 5, "USUAL": 3, "CROWD": 2, "PROBED": 1}
LED = {"RARE": 1, "FIRST": 5, "PROBED": 1}


@pytest.mark.parametrize("limits", [{}, CROWDED, LED], ids=["few", "crowded", "led"])
@pytest.mark.parametrize(("asked", "order"), list(product(FILTERS, Order)))
def test_pages_end_to_end_are_the_list(
    full: Store, monkeypatch: pytest.MonkeyPatch, asked: InboxFilter, order: Order, limits: dict[str, int]
) -> None:
    asked = replace(asked, order=order)
    with full.read() as work:
        whole = work.inbox.ids(asked)
        for name, value in limits.items():
            monkeypatch.setattr(paging if hasattr(paging, name) else along, name, value)
        told: list[int] = []
        after = None
        for _page in range(3 * COUNT):
            page = work.inbox.page(asked, after, 7)
            assert len(page.ids) <= 7
            told += page.ids
            after = page.after
            if after is None:
                break
        total = work.inbox.facets(asked).total
    assert told == list(whole)
    assert len(set(told)) == len(told) == total


def test_a_filter_shows_what_it_says(full: Store) -> None:
    with full.read() as work:
        changed = work.inbox.rows(work.inbox.ids(InboxFilter(only_changed=True)))
        authors = work.inbox.rows(work.inbox.ids(InboxFilter(authors=("Auteur 1", "@a5"))))
        since = NOON - timedelta(minutes=500)
        dated = work.inbox.rows(work.inbox.ids(InboxFilter(since=since)))
    assert changed
    assert all(row.message.changed_at for row in changed)
    assert {row.message.author.name == "Auteur 1" or row.message.author.handle == "@a5" for row in authors} == {True}
    assert all(row.message.created_at and row.message.created_at >= since for row in dated)


def test_the_index_of_words_follows_a_date_that_changes(full: Store) -> None:
    asked = InboxFilter(words="velo", order=Order.NEWEST)
    with full.write() as work:
        last = work.inbox.ids(asked)[-1]
        from copilot.store.tables import messages

        moved = messages.update().where(messages.c.id == last).values(created_at="2099-01-01T00:00:00.000000+00:00")
        work.inbox._connection.execute(moved)
        assert work.inbox.ids(asked)[0] == last
