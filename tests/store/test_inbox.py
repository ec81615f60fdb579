"""The inbox in the database: what is found, in which order, and what an older database becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from copilot.domain.conversation import Author, Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.inbox import Facets, InboxFilter, Mark, Order, State, state_of
from copilot.domain.item import ItemKind
from copilot.domain.review import Action, ReviewState, decide
from copilot.errors import UserError
from copilot.store.unit_of_work import Store
from tests.store.conftest import KINDS, _server_url, new_schema
from tests.store.samples import NOON, add_to_first, approve, draft, thread
from tests.store.test_working import _make_first, _open

TEXTS = (
    "Mon vélo n’est jamais arrivé à l’atelier",
    "VELO magnifique, un vrai coup de cœur 👏",
    "Quand pose-t-on un rendez-vous ? Prix : 100 % OK",
    "مرحبا, où est le café\u0301 ?",
)


def triage(intent: Intent = Intent.QUESTION, urgency: Urgency = Urgency.P2, language: str = "fr") -> Triage:
    return Triage(language, intent, Tone.NEUTRAL, urgency, False, False)


def added(store: Store, told: Thread, digest: str = "a" * 64) -> tuple[int, ...]:
    with store.write() as work:
        return tuple(message.id for message in work.threads.add(told, digest, NOON).messages)


def found(store: Store, asked: InboxFilter) -> tuple[int, ...]:
    with store.read() as work:
        return work.inbox.ids(asked)


def places(store: Store, words: str) -> list[int]:
    """Which of TEXTS a search finds."""
    with store.read() as work:
        return sorted(row.message.position for row in work.inbox.rows(work.inbox.ids(InboxFilter(words=words))))


SEARCHES = [
    ("velo", [0, 1]),
    ("Vélo", [0, 1]),
    ("vel", [0, 1]),
    ("elo", []),
    ("v", [0, 1, 2]),
    ("jamais atelier", [0]),
    ("atelier jamais", [0]),
    ("l'atelier", [0]),
    ("coeur", [1]),
    ("cœur", [1]),
    ("rendez-vous", [2]),
    ("rendez-vo", [2]),
    ("vous-rendez", []),
    ("cafe", [3]),
    ("مرح", [3]),
    ("👏", [1]),
    ("100 %", [2]),
    ("  ", [0, 1, 2, 3]),
    ("", [0, 1, 2, 3]),
    ('"', []),
    ("velo OR atelier", []),
    ("velo*", [0, 1]),
    ("-velo", [0, 1]),
    ("velo NOT jamais", []),
    ("NEAR(velo jamais)", []),
    ("text:velo", []),
    ('velo" OR "cafe', []),
    ("zorglub", []),
    ("Alice", [1]),
    ("@bob", [2]),
    ("marin", [2]),
]


def told_thread() -> Thread:
    authors = (Author("Zoé"), Author("Alice"), Author("", "@bob.marin"), Author("Inès"))
    messages = tuple(
        replace(message, author=author) for message, author in zip(thread(*TEXTS).messages, authors, strict=True)
    )
    return replace(thread(), messages=messages)


def test_a_search_finds_the_beginnings_of_words_whatever_their_accents(store: Store) -> None:
    added(store, told_thread())
    for words, expected in SEARCHES:
        assert places(store, words) == expected, words


@pytest.fixture(scope="module", params=KINDS)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all the examples of a law."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("inbox")
        store = Store.on_sqlite(folder / "replique.db", folder / "backups")
        added(store, told_thread())
        yield store
        store.close()
        return
    with new_schema(_server_url()) as url:
        store = Store.on_postgres(url)
        added(store, told_thread())
        yield store
        store.close()


SYNTAX = st.sampled_from(
    ['"', "*", "NEAR(", ")", " OR ", " AND ", " NOT ", "-", "^", ":", "{", "+", "\\", "'", "&", "|"]
)
HOSTILE = st.lists(st.one_of(SYNTAX, st.sampled_from(["velo", "text", "\0", "\ud800", "e\u0301"]), st.text())).map(
    "".join
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=HOSTILE)
def test_no_search_is_a_syntax_nor_an_error(lasting: Store, words: str) -> None:
    with lasting.read() as work:
        ids = work.inbox.ids(InboxFilter(words=words))
        assert len(work.inbox.rows(ids)) == len(ids) <= len(TEXTS)
        work.inbox.facets(InboxFilter(words=words))


@pytest.mark.parametrize(
    "words",
    ["é" * 10_000, "a " * 5_000, '"' * 10_000, "\0" * 10_000, "e" + "\u0301" * 10_000, "\u202e" * 10_000, "(" * 10_000],
    ids=["one word", "many words", "quotes", "NUL", "marks", "directions", "signs"],
)
def test_a_search_of_ten_thousand_characters_is_only_long(lasting: Store, words: str) -> None:
    with lasting.read() as work:
        assert len(work.inbox.ids(InboxFilter(words=words))) <= len(TEXTS)


@pytest.mark.parametrize(
    "body", ["x" * 1_000_000, "mot " * 250_000, "e" + "\u0301" * 50_000], ids=["word", "words", "marks"]
)
def test_an_absurd_message_is_stored_and_searched(store: Store, body: str) -> None:
    added(store, thread(body, "vélo"))
    assert len(found(store, InboxFilter(words="velo"))) == 1


def test_messages_that_changed_or_left_are_searched_as_they_are_now(sqlite_store: Store) -> None:
    first = added(sqlite_store, told_thread())
    added(sqlite_store, thread("vélo neuf"), "b" * 64)
    with sqlite_store.write() as work:
        run = work.threads._connection.execute
        run(text("UPDATE messages SET text = 'trottinette' WHERE id = :id"), {"id": first[0]})
        work.threads.remove(2)
    assert places(sqlite_store, "velo") == [1]
    assert places(sqlite_store, "trottinette") == [0]
    with sqlite_store.write() as work:
        # Raises when the index and the texts no longer agree.
        work.threads._connection.execute(
            text("INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)")
        )


def test_orders(store: Store) -> None:
    urgencies = (Urgency.P2, Urgency.P0, Urgency.P4, Urgency.P0, None)
    hours = (3, 2, 1, None, 4)
    messages = tuple(
        replace(
            message,
            created_at=NOON + timedelta(hours=hour) if hour is not None else None,
            triage=triage(urgency=urgency) if urgency else None,
        )
        for message, urgency, hour in zip(thread(*"abcde").messages, urgencies, hours, strict=True)
    )
    ids = added(store, replace(thread(), messages=messages))
    orders = {order: [ids.index(one) for one in found(store, InboxFilter(order=order))] for order in Order}
    assert orders == {
        Order.URGENCY: [3, 1, 0, 2, 4],
        Order.OLDEST: [3, 2, 1, 0, 4],
        Order.NEWEST: [4, 0, 1, 2, 3],
        Order.THREAD: [0, 1, 2, 3, 4],
    }


def test_a_triage_said_later_moves_the_message(store: Store) -> None:
    (first, second) = added(store, thread("Bonjour", "Où est mon vélo ?"))
    with store.read() as work:
        assert [(message.id, language) for message, language in work.inbox.untriaged(9)] == [
            (first, "fr"),
            (second, "fr"),
        ]
    with store.write() as work:
        work.threads.set_triage({second: triage(Intent.COMPLAINT, Urgency.P1, "en")})
    assert found(store, InboxFilter()) == (second, first)
    assert found(store, InboxFilter(intents=(Intent.COMPLAINT,))) == (second,)
    assert found(store, InboxFilter(languages=("en",), urgencies=(Urgency.P1,), tones=(Tone.NEUTRAL,))) == (second,)
    with store.write() as work:
        work.threads.set_triage({second: triage(Intent.PRAISE)})
    assert found(store, InboxFilter(intents=(Intent.COMPLAINT,))) == ()
    with store.read() as work:
        assert work.inbox.facets(InboxFilter()) == Facets(
            2,
            1,
            {Intent.PRAISE: 1},
            {Tone.NEUTRAL: 1},
            {Urgency.P2: 1},
            {"fr": 1},
            {State.WAITING: 2},
        )


def _reply_at(store: Store, message_id: int, stage: int) -> None:
    """A reply to the message: 0 rejected, 1 draft, 2 in review, 3 approved."""
    with store.write() as work:
        item = work.items.add(draft("Merci", kind=ItemKind.REPLY, message_id=message_id), NOON)
        if stage == 3:
            approve(work, item)
        elif stage in (0, 2):
            action = Action.REJECT if stage == 0 else Action.SUBMIT
            state, decision = decide(
                ReviewState(item.status, item.approval, (item.author,)),
                action,
                by="Nora",
                at=NOON,
                present_hash=item.package.sha256,
                seen_hash=item.package.sha256,
                reason="non",
            )
            work.items.save_decision(replace(item, status=state.status, approval=state.approval), decision)


def test_the_state_is_the_same_in_a_row_in_a_filter_and_in_the_counts(store: Store) -> None:
    cases = list(product((False, True), (None, Mark.SKIPPED, Mark.HUMAN), (None, 0, 1, 2, 3)))
    messages = tuple(
        replace(message, author=Author("x", "", is_owner))
        for message, (is_owner, _mark, _stage) in zip(thread(*map(str, cases)).messages, cases, strict=True)
    )
    ids = added(store, replace(thread(), messages=messages))
    expected: dict[int, State] = {}
    for message_id, (is_owner, mark, stage) in zip(ids, cases, strict=True):
        if mark:
            with store.write() as work:
                changed = work.inbox.mark([message_id], mark, "Léa", NOON)
            assert changed == (() if is_owner else (message_id,))
        if stage is not None:
            _reply_at(store, message_id, stage)
        expected[message_id] = state_of(is_owner=is_owner, mark=mark, stage=stage or 0)
    with store.read() as work:
        rows = {row.message.id: row for row in work.inbox.rows(ids)}
        counts = work.inbox.facets(InboxFilter()).states
        (summary,) = work.inbox.threads()
    assert {one: row.state for one, row in rows.items()} == expected
    assert {one for one, row in rows.items() if row.item_id is None} == {
        one for one, case in zip(ids, cases, strict=True) if not case[2]
    }
    for state in State:
        wanted = tuple(one for one in ids if expected[one] is state)
        assert wanted
        assert found(store, InboxFilter(states=(state,), order=Order.THREAD)) == wanted
        assert counts[state] == len(wanted)
    assert (summary.count, summary.waiting) == (len(ids), counts[State.WAITING])
    both = (State.WAITING, State.SKIPPED, State.OWN)
    assert found(store, InboxFilter(states=both, order=Order.THREAD)) == tuple(
        one for one in ids if expected[one] in both
    )
    assert len(found(store, InboxFilter(states=tuple(State)))) == len(ids)


def test_the_reply_of_a_row_is_the_one_furthest_on_its_way(store: Store) -> None:
    (message_id,) = added(store, thread("Bonjour"))
    for stage in (1, 3, 1, 0):
        _reply_at(store, message_id, stage)
    with store.read() as work:
        (row,) = work.inbox.rows([message_id])
    assert (row.state, row.item_id) == (State.APPROVED, 2)


def test_a_conversation_holds_ancestors_and_neighbours(store: Store) -> None:
    plain = thread(*"abcdefgh").messages
    parents = (None, "m0", "m1", "m2", None, "m6", "m5", "gone")
    messages = tuple(replace(message, parent_id=parent) for message, parent in zip(plain, parents, strict=True))
    ids = added(store, replace(thread(), post_text="Notre vélo", messages=messages))
    added(store, thread("ailleurs"), "b" * 64)

    def told(messages: tuple[Message, ...]) -> str:
        return "".join(message.text for message in messages)

    with store.read() as work:
        third = work.inbox.conversation(ids[3], 2, 3)
        assert (told(third.ancestors), told(third.before), told(third.after)) == ("abc", "bc", "efg")
        assert (third.thread.post_text, third.thread.messages, third.row.message.text) == ("Notre vélo", (), "d")
        looped = work.inbox.conversation(ids[5], 0, 10)
        assert (told(looped.ancestors), told(looped.before), told(looped.after)) == ("g", "", "gh")
        assert work.inbox.conversation(ids[7], 10, 10).ancestors == ()
        with pytest.raises(UserError) as caught:
            work.inbox.conversation(999, 1, 1)
    assert caught.value.kind == "message.unknown"


def test_marks_leave_with_their_message_and_say_what_changed(store: Store) -> None:
    ids = added(store, thread(*map(str, range(1200))))
    with store.write() as work:
        assert work.inbox.mark((*ids, ids[0], 99_999), Mark.SKIPPED, "Léa", NOON) == ids
        assert work.inbox.mark(ids, Mark.SKIPPED, "Léa", NOON) == ()
        assert work.inbox.mark(ids[:2], Mark.HUMAN, "Léa", NOON) == ids[:2]
        assert work.inbox.unmark(ids[1:]) == ids[1:]
        assert work.inbox.unmark(ids[1:]) == ()
    assert found(store, InboxFilter(states=(State.HUMAN,))) == ids[:1]
    with store.write() as work:
        work.threads.remove(1)
        assert work.threads._connection.execute(text("SELECT count(*) FROM message_marks")).scalar() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_an_inbox_of_the_first_version_is_filled_from_what_was_said(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sqlite":
        _filled(tmp_path / "replique.db", monkeypatch)
        return
    with new_schema(_server_url()) as url:
        _filled(url, monkeypatch)


def _filled(where: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (triage(Intent.DISTRESS, Urgency.P0), None, triage(Intent.SPAM, Urgency.P4, "en"), triage())
    messages = tuple(replace(message, triage=one) for message, one in zip(told_thread().messages, said, strict=True))
    first = _make_first(monkeypatch, where)
    add_to_first(first, "a" * 64, messages)
    add_to_first(first, "b" * 64, thread("Le vélo d’à côté").messages)
    first.close()
    store = _open(where)
    try:
        assert found(store, InboxFilter()) == (1, 4, 3, 2, 5)
        assert found(store, InboxFilter(intents=(Intent.SPAM,), languages=("en",))) == (3,)
        assert found(store, InboxFilter(words="velo", order=Order.THREAD)) == (1, 2, 5)
        with store.read() as work:
            again = work.threads.get(1).messages + work.threads.get(2).messages
            assert [(one.text, one.triage) for one in again[:4]] == [(one.text, one.triage) for one in messages]
            assert work.inbox.facets(InboxFilter()).untriaged == 2
    finally:
        store.close()


def test_a_thread_is_told_as_it_is_read_again(store: Store) -> None:
    told = replace(thread("a", "b", "c"), messages=tuple(reversed(thread("a", "b", "c").messages)))
    counts: list[int] = []
    with store.write() as work:
        added_thread = work.threads.add(told, "a" * 64, NOON, counts.append)
    with store.read() as work:
        assert work.threads.get(added_thread.id) == added_thread
    assert counts == [3]


def test_many_audit_entries_are_one_chain(store: Store) -> None:
    with store.write() as work:
        work.audit.append(NOON, "Léa", "edit", "item:1", {})
        entries = work.audit.append_each(NOON, "Léa", "skipped", ["message:1", "message:2"], {})
        assert work.audit.append_each(NOON, "Léa", "skipped", [], {}) == ()
    with store.read() as work:
        assert [entry.seq for entry in entries] == [2, 3]
        assert work.audit.of_subject("message:2") == entries[1:]
        verified = work.audit.verify()
    assert verified.holds
    assert verified.entries == 3
