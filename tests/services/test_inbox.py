"""The inbox at its full size: 100,000 messages filtered, counted, searched, set aside; threads loaded or not at all."""

from __future__ import annotations

import asyncio
import gc
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.app import Copilot, open_copilot
from copilot.domain.conversation import Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.inbox import urgency_rank
from copilot.domain.item import Item, ItemKind
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.inbox import Inbox, InboxFilter, Order, State
from copilot.store.unit_of_work import Store

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
#: Messages, of which so many are shared out between all threads and the rest are of the last one: a large thread is
#: counted otherwise than small ones.
MANY, SHARED = 32_000, 8_000
THREADS = 4
COMMON = ("vélo", "livraison", "retard", "merci", "bravo", "atelier", "colis", "cœur", "été", "prix")
LANGUAGES = ("fr", "en", "und")


def generated(number: int, chance: random.Random) -> Message:
    words = [chance.choice(COMMON) for _ in range(6)] + ([f"rare{number}"] if number % 1000 == 0 else [])
    triage = Triage(
        LANGUAGES[number % 3],
        chance.choice(tuple(Intent)),
        chance.choice(tuple(Tone)),
        chance.choice(tuple(Urgency)),
        False,
        False,
    )
    return Message(
        0,
        0,
        0,
        f"m{number}",
        None,
        Author("Aline", "", number % 50 == 7),
        " ".join(words),
        created_at=NOW - timedelta(seconds=chance.randrange(5_000_000)),
        triage=triage if number % 997 else None,
    )


@dataclass(frozen=True)
class World:
    inbox: Inbox
    by_id: dict[int, Message]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """32,000 messages in 4 threads, the last one large, stored once for all the tests that only read."""
    folder = tmp_path_factory.mktemp("many")
    store = Store.on_sqlite(folder / "replique.db", folder / "backups")
    chance = random.Random(7)
    every = [generated(number, chance) for number in range(MANY)]
    by_id: dict[int, Message] = {}
    with store.write() as work:
        for number in range(THREADS):
            mine = every[number:SHARED:THREADS] + (every[SHARED:] if number == THREADS - 1 else [])
            placed = tuple(replace(one, position=at) for at, one in enumerate(mine))
            told = Thread(0, f"Fil {number}", "csv", "youtube", "fr", "", None, placed)
            by_id.update({one.id: one for one in work.threads.add(told, f"{number}" * 64, NOW).messages})
    yield World(Inbox(lambda: store, lambda: NOW), by_id)
    store.close()


def state(message: Message) -> State:
    return State.OWN if message.author.is_owner else State.WAITING


def shows(asked: InboxFilter, message: Message) -> bool:
    """What a filter means, said again in plain Python."""
    told = message.triage
    return (
        asked.thread_id in (None, message.thread_id)
        and (not asked.states or state(message) in asked.states)
        and (not asked.intents or (told is not None and told.intent in asked.intents))
        and (not asked.tones or (told is not None and told.tone in asked.tones))
        and (not asked.urgencies or (told is not None and told.urgency in asked.urgencies))
        and (not asked.languages or (told is not None and told.language in asked.languages))
        and all(any(part.startswith(word) for part in message.text.split()) for word in asked.words.split())
    )


def place(order: Order, message: Message) -> tuple[object, ...]:
    assert message.created_at
    rank = urgency_rank(message.triage.urgency) if message.triage else 5
    if order is Order.THREAD:
        return (message.thread_id, message.position)
    return (*((rank,) if order is Order.URGENCY else ()), message.created_at, message.thread_id, message.position)


def subset(values: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(tuple(values)), max_size=2, unique=True).map(tuple)  # type: ignore[call-overload]


FILTERS = st.builds(
    InboxFilter,
    thread_id=st.sampled_from((None, 2, 99)),
    words=st.sampled_from(("", "vélo", "vélo merci", "rare", "rare5000", "absent")),
    intents=subset(Intent),
    tones=subset(Tone),
    urgencies=subset(Urgency),
    languages=subset(LANGUAGES),
    states=subset((State.WAITING, State.OWN, State.SKIPPED)),
    order=st.sampled_from(Order),
)


@settings(deadline=None, max_examples=25)
@given(asked=FILTERS)
def test_a_filter_shows_what_it_says_in_its_order_and_counts_it(world: World, asked: InboxFilter) -> None:
    told = [message for message in world.by_id.values() if shows(asked, message)]
    told.sort(key=lambda message: place(asked.order, message), reverse=asked.order is Order.NEWEST)
    assert asyncio.run(world.inbox.ids(asked)) == tuple(message.id for message in told)
    facets = asyncio.run(world.inbox.facets(asked))
    assert facets.total == len(told)
    without = replace(asked, intents=())
    shown = [message for message in world.by_id.values() if shows(without, message)]
    assert facets.intents == Counter(message.triage.intent for message in shown if message.triage)
    without = replace(asked, urgencies=())
    shown = [message for message in world.by_id.values() if shows(without, message)]
    assert facets.urgencies == Counter(message.triage.urgency for message in shown if message.triage)
    without = replace(asked, states=())
    assert facets.states == Counter(state(message) for message in world.by_id.values() if shows(without, message))


async def test_pages_come_in_the_order_asked_and_hold_the_messages(world: World) -> None:
    ids = await world.inbox.ids(InboxFilter())
    assert len(ids) == len(set(ids)) == MANY
    for page in (ids[:200], ids[15_000:15_050], ids[:200][::-1]):
        rows = await world.inbox.rows(page)
        assert [row.message for row in rows] == [world.by_id[one] for one in page]
        assert {row.network for row in rows} == {"youtube"}
    assert await world.inbox.rows((999_999, ids[0], 0)) == await world.inbox.rows((ids[0],))


async def test_accents_ligatures_and_beginnings_find_the_same(world: World) -> None:
    counts = {words: len(await world.inbox.ids(InboxFilter(words=words))) for words in ("coeur", "CŒUR", "cœ", "coeu")}
    assert len(set(counts.values())) == 1
    assert await world.inbox.ids(InboxFilter(words="ETE velo")) == await world.inbox.ids(InboxFilter(words="été vélo"))
    assert len(await world.inbox.ids(InboxFilter(words="rare"))) == MANY // 1000


async def test_threads_say_how_many_wait(world: World) -> None:
    told = {summary.thread.title: (summary.count, summary.waiting) for summary in await world.inbox.threads()}
    assert sum(count for count, _waiting in told.values()) == MANY
    own = sum(message.author.is_owner for message in world.by_id.values())
    assert sum(waiting for _count, waiting in told.values()) == MANY - own
    assert list(told) == ["Fil 3", "Fil 2", "Fil 1", "Fil 0"]


async def test_a_conversation_in_the_middle_of_many(world: World) -> None:
    ids = await world.inbox.ids(InboxFilter(thread_id=4, order=Order.THREAD))
    told = await world.inbox.conversation(ids[12_000])
    assert tuple(one.id for one in told.before) == ids[11_990:12_000]
    assert tuple(one.id for one in told.after) == ids[12_001:12_011]
    assert (told.thread.id, told.row.message.id) == (4, ids[12_000])


# -- decisions and loads, on a profile of their own -------------------------------------------------------------------


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOW)
    yield opened
    await opened.aclose()


def csv_of(count: int) -> bytes:
    lines = (f"{n};Léa {n};Où est mon vélo n° {n} ?;2026-11-20T10:00:00Z" for n in range(count))
    return "\n".join(("id;auteur;texte;date", *lines)).encode()


async def shown(copilot: Copilot, *states: State) -> tuple[int, ...]:
    return await copilot.inbox.ids(InboxFilter(states=states, order=Order.THREAD))


async def test_a_load_stores_and_triages_once(copilot: Copilot) -> None:
    steps: list[tuple[int, int, int]] = []
    content = csv_of(450)

    def progress(done: int, total: int) -> None:
        steps.append((done, total, threading.get_ident()))

    first = await copilot.inbox.load(content, "fil.csv", network="facebook", progress=progress)
    again = await copilot.inbox.load(content, "fil.csv", network="facebook")
    other = await copilot.conversations.import_thread(content, "fil.csv", network="facebook")
    assert (first.already, again.already, other.already) == (False, True, True)
    assert first.thread == again.thread == other.thread
    assert all(message.triage for message in first.thread.messages)
    assert [done for done, _total, _thread in steps] == sorted(done for done, _total, _thread in steps)
    assert steps[-1][:2] == (len(content), len(content))
    assert {thread for _done, _total, thread in steps} == {threading.get_ident()}
    facets = await copilot.inbox.facets(InboxFilter())
    assert (facets.total, facets.untriaged) == (450, 0)
    with copilot.store().read() as work:
        assert [entry.action for entry in work.audit.of_subject("thread:1")] == ["thread_imported"]


@pytest.mark.parametrize(
    ("count", "at"),
    [(4500, 0.01), (9000, 0.3), (4500, 0.75), (4500, 0.85)],
    ids=["once begun", "while triaging", "before the last triage", "while storing"],
)
async def test_a_cancelled_load_leaves_nothing(copilot: Copilot, count: int, at: float) -> None:
    reached = asyncio.Event()

    def progress(done: int, total: int) -> None:
        if done >= at * total:
            reached.set()

    load = asyncio.create_task(copilot.inbox.load(csv_of(count), "fil.csv", progress=progress))
    await reached.wait()
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert gc.isenabled()
    assert await copilot.inbox.threads() == ()
    assert await copilot.inbox.ids(InboxFilter()) == ()
    with copilot.store().write() as work:
        assert work.audit.verify().entries == 0


async def test_a_load_that_cannot_be_read_says_so_and_leaves_nothing(copilot: Copilot) -> None:
    for content, kind in ((b"", "thread.empty"), (b"%PDF-1.7 \0\1\2", "thread.binary")):
        with pytest.raises(UserError) as caught:
            await copilot.inbox.load(content, "x")
        assert caught.value.kind == kind
    with pytest.raises(UserError) as caught:
        await copilot.inbox.load(csv_of(2), "x.csv", network="minitel")
    assert caught.value.kind == "network.unknown"
    assert await copilot.inbox.threads() == ()


async def test_what_was_imported_untriaged_is_caught_up(copilot: Copilot) -> None:
    await copilot.conversations.import_thread(csv_of(450), "fil.csv")
    assert (await copilot.inbox.facets(InboxFilter())).untriaged == 450
    steps: list[tuple[int, int]] = []
    assert await copilot.inbox.triage_missing(lambda done, total: steps.append((done, total))) == 450
    assert await copilot.inbox.triage_missing(lambda done, total: steps.append((0, 0))) == 0
    assert (await copilot.inbox.facets(InboxFilter())).untriaged == 0
    assert steps == [(0, 450), (200, 450), (400, 450), (450, 450)]


async def test_messages_are_skipped_handed_over_and_restored(copilot: Copilot) -> None:
    await copilot.inbox.load(csv_of(6), "fil.csv")
    ids = await shown(copilot)
    assert await copilot.inbox.skip(ids[:3], by="Léa") == ids[:3]
    assert await copilot.inbox.hand_over(ids[2:4], by="Nora") == ids[2:4]
    assert await shown(copilot, State.SKIPPED) == ids[:2]
    assert await shown(copilot, State.HUMAN) == ids[2:4]
    assert await shown(copilot, State.WAITING) == ids[4:]
    assert await copilot.inbox.restore(ids, by="Léa") == ids[:4]
    assert await shown(copilot, State.WAITING) == ids
    with copilot.store().read() as work:
        told = [(entry.by, entry.action) for entry in work.audit.of_subject(f"message:{ids[2]}")]
        assert work.audit.verify().holds
    assert told == [("Léa", "skipped"), ("Nora", "handed_over"), ("Léa", "restored")]


async def test_the_state_follows_the_reply(copilot: Copilot) -> None:
    done = await copilot.inbox.load(csv_of(3), "fil.csv", network="facebook")
    first, second, _third = done.thread.messages
    with copilot.store().write() as work:
        items = [
            work.items.add(
                Item(
                    id=0,
                    kind=ItemKind.REPLY,
                    network="facebook_page",
                    account="",
                    language="fr",
                    text="Bonjour, nous regardons et revenons vers vous.",
                    message_id=message.id,
                    answers=message.sha256,
                    author="Léa",
                ),
                NOW,
            )
            for message in (first, second)
        ]
    assert await shown(copilot, State.DRAFTED) == (first.id, second.id)
    await copilot.review.decide(items[0].id, Action.SUBMIT, by="Léa")
    assert await shown(copilot, State.IN_REVIEW) == (first.id,)
    await copilot.review.decide(items[0].id, Action.APPROVE, by="Nora", seen_hash=items[0].package.sha256)
    assert await shown(copilot, State.APPROVED) == (first.id,)
    assert await copilot.inbox.skip((first.id, second.id), by="Léa") == (second.id,)
    assert await shown(copilot, State.APPROVED, State.SKIPPED) == (first.id, second.id)
    assert await copilot.inbox.restore((second.id,)) == (second.id,)
    assert await shown(copilot, State.DRAFTED) == (second.id,)
    (row,) = await copilot.inbox.rows((first.id,))
    assert (row.item_id, row.state) == (items[0].id, State.APPROVED)
