"""Pages of the inbox hold what reading every message says they should, in its order, however they are read."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from copilot.domain.conversation import Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.deadlines import Cutoffs, Lateness
from copilot.domain.inbox import Flag, InboxFilter, InboxRow, Mark, Order, State, flags_of, urgency_rank
from copilot.store import along, endings, paging
from copilot.store.unit_of_work import Store
from tests.store.conftest import KINDS, _server_url, new_schema
from tests.store.samples import NOON

WORDS = ("vélo", "velours", "colis", "merci", "le", "la", "Été", "cœur", "l’eau", "rare")
SHARES = (20, 3, 10, 10, 60, 40, 5, 5, 5, 1)
#: Limits that make a few hundred messages read in each of the ways that a million are.
LIMITS: tuple[dict[str, int], ...] = (
    {},
    {"FEW": 1, "RARE": 1, "FIRST": 5, "USUAL": 3, "CROWD": 2, "PROBED": 1, "STRIDE": 2, "MORE": 2},
    {"RARE": 1, "FIRST": 5, "CROWD": 3, "PROBED": 1, "MOST_ENDINGS": 0, "STRIDE": 1},
    {"RARE": 1, "FIRST": 4, "SHORT": 9, "USUAL": 3, "STRIDE": 5},
    {"FEW": 40, "RARE": 4, "FIRST": 7, "PROBED": 10, "TRIED": 3, "SHORT": 0, "MOST_ENDINGS": 1},
    {"RARE": 30, "FIRST": 9, "PROBED": 5, "TRIED": 2, "SHORT": 0, "CROWD": 4, "STRIDE": 3},
)
LATE = Cutoffs(
    tuple((rank, NOON - timedelta(minutes=300 + 10 * rank)) for rank in range(4)),
    tuple((rank, NOON - timedelta(minutes=100 + 10 * rank)) for rank in range(4)),
)


@pytest.fixture(scope="module", params=KINDS)
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("naive")
        opened = Store.on_sqlite(folder / "replique.db", folder / "backups")
        yield _filled(opened)
        opened.close()
        return
    with new_schema(_server_url()) as url:
        opened = Store.on_postgres(url)
        yield _filled(opened)
        opened.close()


def _filled(store: Store) -> Store:
    draw = random.Random(3)
    with store.write() as work:
        for number in range(4):
            messages = tuple(_message(draw, number, place) for place in range(110))
            brand = "b" if number % 2 else ""
            thread = Thread(0, f"Fil {number}", "csv", "x", "fr", messages=messages, brand_id=brand)
            work.threads.add(thread, str(number) * 64, NOON)
        every = work.inbox.ids(InboxFilter())
        work.inbox.mark(draw.sample(every, 60), Mark.SKIPPED, "Nora", NOON)
        work.inbox.mark(draw.sample(every, 20), Mark.HUMAN, "Nora", NOON)
    return store


def _message(draw: random.Random, number: int, place: int) -> Message:
    rank = draw.choice(tuple(Urgency))
    triage = Triage(
        draw.choice(("fr", "fr", "en")), draw.choice(tuple(Intent)), draw.choice(tuple(Tone)), rank,
        draw.random() < 0.05, draw.random() < 0.3, hostile=draw.random() < 0.1,
    )  # fmt: skip
    # Whole days, the same second, the same instant, before the clock of the index, no date.
    at = draw.choice(
        (
            NOON - timedelta(minutes=draw.randrange(500), seconds=draw.randrange(60)),
            NOON - timedelta(minutes=draw.randrange(5), microseconds=draw.randrange(1_000_000)),
            datetime(2025, 1, draw.randint(1, 3), tzinfo=UTC),
            datetime(1969, 12, 31, draw.randrange(24), tzinfo=UTC),
            None,
        )
    )
    text = " ".join(draw.choices(WORDS, SHARES, k=draw.randint(1, 6)))
    author = Author(f"Auteur {draw.randrange(5)}", f"@a{draw.randrange(9)}", draw.random() < 0.08)
    return Message(
        0, 0, place, f"{number}-{place}", None, author, text, at, triage=triage if draw.random() < 0.9 else None,
        changed_at=NOON if draw.random() < 0.1 else None, answered=draw.random() < 0.1, deleted=draw.random() < 0.05,
    )  # fmt: skip


def _asked(draw: random.Random) -> InboxFilter:
    choices: list[dict[str, object]] = [
        {"thread_id": draw.randint(1, 5)},
        {"intents": tuple(draw.sample(tuple(Intent), draw.randint(1, 3)))},
        {"tones": tuple(draw.sample(tuple(Tone), draw.randint(1, 2)))},
        {"urgencies": tuple(draw.sample(tuple(Urgency), draw.randint(1, 3)))},
        {"languages": (draw.choice(("fr", "en", "es")),)},
        {"states": tuple(draw.sample(tuple(State), draw.randint(1, 3)))},
        {"states": (State.OWN,)},
        {"authors": (draw.choice(("Auteur 1", "@a3", "@nobody")),)},
        {"since": NOON - timedelta(minutes=draw.randrange(600))},
        {"until": draw.choice((NOON - timedelta(minutes=draw.randrange(600)), datetime(2025, 1, 2, tzinfo=UTC)))},
        {"flags": draw.choice((Flag.UNSURE, Flag.HOSTILE, Flag.HOSTILE | Flag.EXPLICIT_TOXIC))},
        {"only_changed": True},
        {"brand_id": draw.choice(("", "b", "nobody"))},
        {"due": draw.choice(tuple(Lateness)), "cutoffs": LATE},
    ]
    made: dict[str, object] = {"order": draw.choice(tuple(Order))}
    if draw.random() < 0.7:
        made["words"] = " ".join(
            draw.choices(("velo", "VÉL", "le", "l", "me", "ete", "coeur", "rare", "nul"), k=draw.choice((1, 1, 2)))
        )
    for one in draw.sample(choices, draw.choice((0, 1, 1, 2, 3))):
        made |= one
    return InboxFilter(**made)  # type: ignore[arg-type]  # fields by name


def _folded(text: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.findall(r"\w+", bare.lower().replace("œ", "oe"))


def _passes(row: InboxRow, asked: InboxFilter, brands: dict[int, str]) -> bool:
    message, triage = row.message, row.message.triage
    found = _folded(f"{message.author.name} {message.author.handle} {message.text}")
    flags = flags_of(triage) if triage else Flag(0)
    at = message.created_at
    return (
        all(any(one.startswith(word) for one in found) for word in _folded(asked.words))
        and asked.thread_id in (None, message.thread_id)
        and (not asked.intents or (triage is not None and triage.intent in asked.intents))
        and (not asked.tones or (triage is not None and triage.tone in asked.tones))
        and (not asked.urgencies or (triage is not None and triage.urgency in asked.urgencies))
        and (not asked.languages or (triage is not None and triage.language in asked.languages))
        and (not asked.states or row.state in asked.states)
        and (not asked.authors or bool({message.author.name, message.author.handle} & set(asked.authors)))
        and (asked.since is None or (at is not None and at >= asked.since))
        and (asked.until is None or (at is not None and at <= asked.until))
        and (not asked.flags or bool(flags & asked.flags))
        and (not asked.only_changed or message.changed_at is not None)
        and asked.brand_id in (None, brands[message.thread_id])
        and (asked.due is None or _is_due(row, asked.due))
    )


def _is_due(row: InboxRow, due: Lateness) -> bool:
    message = row.message
    open_states = (State.WAITING, State.DRAFTED, State.IN_REVIEW)
    if row.state not in open_states or message.answered or message.deleted:
        return False
    if message.triage is None or message.created_at is None:
        return False
    rank = urgency_rank(message.triage.urgency)
    late, soon = dict(LATE.late), dict(LATE.soon)
    if rank not in late:
        return False
    is_late = message.created_at < late[rank]
    return is_late if due is Lateness.LATE else not is_late and message.created_at < soon[rank]


def _in_order(rows: list[InboxRow], order: Order) -> list[int]:
    oldest = datetime(1, 1, 1, tzinfo=UTC)

    def key(row: InboxRow) -> tuple[object, ...]:
        message = row.message
        place = (message.thread_id, message.position)
        time = (message.created_at is not None, message.created_at or oldest)
        rank = urgency_rank(message.triage.urgency) if message.triage else 5
        return {Order.THREAD: place, Order.URGENCY: (rank, *time, *place)}.get(order, (*time, *place))

    return [row.message.id for row in sorted(rows, key=key, reverse=order is Order.NEWEST)]


@pytest.mark.parametrize("limits", LIMITS, ids=range(len(LIMITS)))
def test_pages_are_what_reading_every_message_says(
    full: Store, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(next(one for one in (paging, along, endings) if hasattr(one, name)), name, value)
    draw = random.Random(str(limits))
    with full.read() as work:
        every = work.inbox.rows(range(1, 5 * 110))
        brands = {one.thread.id: one.thread.brand_id for one in work.inbox.threads()}
        assert len(every) == 4 * 110
        shown = 0
        for _question in range(60):
            asked = _asked(draw)
            wanted = _in_order([row for row in every if _passes(row, asked, brands)], asked.order)
            told: list[int] = []
            most, after = draw.choice((3, 7, 40)), None
            for _page in range(200):
                page = work.inbox.page(asked, after, most)
                told += page.ids
                if (after := page.after) is None:
                    break
            assert told == wanted, asked
            assert list(work.inbox.ids(asked)) == wanted, asked
            assert list(work.inbox.ids(asked, most)) == wanted[:most], asked
            shown += bool(wanted)
        assert shown > 15
