"""Decisions and crises in the database: kept whole, undone without being lost, at most one crisis open a brand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from copilot.domain.brand import CharterClause
from copilot.domain.conversation import Author, Decider, Intent, Message, Risk, Thread, Tone, Triage, Urgency
from copilot.domain.crisis import Crisis, CrisisLevel, Tally
from copilot.domain.inbox import Mark
from copilot.domain.moderation import Evidence, Moderation, ModerationAction
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.store.crises import Scope
from copilot.store.tables import crises
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON, thread

TEXT = "Bande d’incapables 👏 « voleurs »"


def moderation(message_id: int | None, action: ModerationAction = ModerationAction.HIDE) -> Moderation:
    return Moderation(
        id=0,
        message_id=message_id,
        thread_id=1,
        brand_id="aubrelle",
        action=action,
        by="Nora",
        at=NOON,
        evidence=Evidence(
            TEXT, "a" * 64, "b" * 64, NOON, NOON, "3 h", "https://example.org/c/1", "x", "troll", "abuse"
        ),
        facts="le message dit « voleurs »",
        reason="Décision : masquer ce message.",
        language="fr",
        clause=CharterClause("ton", "Soyons courtois."),
        category="injure_publique",
        hosted=True,
        warnings=(Wording("moderation.warning.opinion", {"intent": Wording("intent.complaint")}),),
        mark_before=Mark.HUMAN,
    )


def loaded(store: Store, *texts: str) -> tuple[int, ...]:
    with store.write() as work:
        return tuple(one.id for one in work.threads.add(thread(*texts), "c" * 64, NOON).messages)


def test_a_decision_comes_back_as_it_was(store: Store) -> None:
    first, second = loaded(store, "un", "deux")
    told = [moderation(second), moderation(first, ModerationAction.KEEP)]
    with store.write() as work:
        stored = work.moderations.add(told)
    with store.read() as work:
        assert work.moderations.get_all([stored[1].id, stored[0].id]) == (stored[1], stored[0])
        assert work.moderations.get(stored[0].id) == replace(told[0], id=stored[0].id)
        assert work.moderations.list() == (stored[1], stored[0])
        assert work.moderations.list(99) == ()
        assert work.moderations.of_message(first) == (stored[1],)


def test_many_decisions_keep_the_order_of_their_messages(store: Store) -> None:
    ids = loaded(store, *(f"message {number}" for number in range(1203)))
    with store.write() as work:
        stored = work.moderations.add([moderation(one) for one in reversed(ids)])
    with store.read() as work:
        assert [work.moderations.get(one.id).message_id for one in (stored[0], stored[700], stored[-1])] == [
            ids[-1],
            ids[-701],
            ids[0],
        ]


def test_what_was_undone_no_longer_stands_and_stays_readable(store: Store) -> None:
    (message,) = loaded(store, "un")
    with store.write() as work:
        older, newer = work.moderations.add([moderation(message), moderation(message, ModerationAction.DELETE)])
        assert work.moderations.standing([message]) == {message: newer}
        gone = replace(newer, undone_by="Léa", undone_at=NOON, done_by="Léa", done_at=NOON)
        work.moderations.keep([gone])
        assert work.moderations.standing([message]) == {message: older}
        assert work.moderations.get(newer.id) == gone


def test_an_unknown_decision_is_named(store: Store) -> None:
    with store.read() as work, pytest.raises(UserError) as caught:
        work.moderations.get_all([7])
    assert (caught.value.kind, caught.value.params) == ("moderation.unknown", {"id": 7})


def test_decisions_outlive_their_messages(store: Store) -> None:
    (message,) = loaded(store, "un")
    with store.write() as work:
        (stored,) = work.moderations.add([moderation(message)])
        work.threads.remove(1)
    with store.read() as work:
        kept = work.moderations.get(stored.id)
    assert (kept.message_id, kept.thread_id, kept.evidence.text) == (None, None, TEXT)


def test_forgetting_leaves_only_hashes(store: Store) -> None:
    first, second = loaded(store, "un", "deux")
    with store.write() as work:
        told = work.moderations.add([moderation(first), moderation(second)])
        assert work.moderations.forget([first]) == 1
        gone, kept = work.moderations.get_all([one.id for one in told])
    assert (gone.evidence.text, gone.evidence.link, gone.facts, gone.reason) == ("", "", "", "")
    assert gone.evidence.message_sha256 == "a" * 64
    assert kept == told[1]


def crisis(brand: str = "aubrelle") -> Crisis:
    return Crisis(0, brand, None, CrisisLevel.ORANGE, "Rappel", "Nora", NOON)


def test_one_crisis_at_most_is_open_for_a_brand(store: Store) -> None:
    with store.write() as work:
        first = work.crises.add(crisis(), {"seen_level": "red"})
        work.crises.add(crisis(""), {})
    with pytest.raises(UserError) as caught, store.write() as work:
        work.crises.add(crisis(), {})
    assert caught.value.kind == "crisis.already_open"
    with store.write() as work:
        closed = work.crises.close(first.id, "Léa", NOON, "Bilan")
        assert (closed.closed_by, closed.note, closed.is_open) == ("Léa", "Bilan", False)
        again = work.crises.add(crisis(), {})
        assert work.crises.open_of("aubrelle") == again
        assert [one.id for one in work.crises.list("aubrelle")] == [again.id, first.id]
    with pytest.raises(UserError) as caught, store.write() as work:
        work.crises.close(first.id, "Léa", NOON, "")
    assert caught.value.kind == "crisis.already_closed"


def test_the_database_itself_refuses_a_second_open_crisis(store: Store) -> None:
    row = {"brand_id": "b", "level": "red", "reason": "r", "body": "{}", "opened_by": "N", "opened_at": "2026"}
    with pytest.raises(IntegrityError), store.write() as work:
        work.crises._connection.execute(crises.insert(), [row, row])


def said(
    number: int,
    at: datetime | None,
    tone: Tone = Tone.NEGATIVE,
    *,
    likes: int = 0,
    author: Author | None = None,
    **more: object,
) -> Message:
    triage = Triage(
        "fr", Intent.COMPLAINT, tone, Urgency.P2, False, False, topics=("delivery",), decided_by=Decider.RULES
    )
    return Message(
        0,
        0,
        number,
        f"m{number}",
        None,
        author or Author(f"A{number}", f"@a{number}"),
        f"texte {number}",
        created_at=at,
        triage=replace(triage, **more),  # type: ignore[arg-type]  # each test names fields of Triage
        likes=likes,
    )


def counted(store: Store, *messages: Message, scope: Scope | None = None) -> Tally:
    told = Thread(0, "Fil", "csv", "x", "fr", "", None, messages, brand_id="aubrelle")
    with store.write() as work:
        work.threads.add(told, "d" * 64, NOON)
    with store.read() as work:
        return work.crises.tally(scope or Scope(NOON + timedelta(days=1)))


def test_messages_are_counted_by_hour_tone_and_account(store: Store) -> None:
    hour = timedelta(hours=1)
    found = counted(
        store,
        said(1, NOON),
        said(2, NOON - timedelta(minutes=30), likes=500),
        said(3, NOON - hour, Tone.POSITIVE),
        said(4, NOON - 30 * hour, intent=Intent.CRISIS_SIGNAL),
        said(5, None),
        said(6, NOON + timedelta(days=400)),
        said(7, NOON, author=Author("Nous", "", is_owner=True)),
        said(8, NOON, author=Author("Le Journal", "@LeJournal")),
        scope=Scope(NOON + timedelta(days=1), thread_id=1, influential=("lejournal",)),
    )
    assert found.hours == {
        NOON: (2, 2),
        NOON - hour: (2, 1),
        NOON - 30 * hour: (1, 1),
    }
    assert found.newest == NOON
    assert found.last_hour == (3, 3)
    assert found.undated == 2
    assert found.influential == ("@a2", "@LeJournal")
    assert found.safety == 0  # said more than a day before the newest
    assert (found.theme, found.themed, found.judged) == ("delivery", 3, 3)


def test_danger_is_counted_by_person_apart_from_calls_and_distress_is_no_crisis(store: Store) -> None:
    twice = Author("Ana", "@ana")
    danger: dict[str, Any] = {"risk": Risk.SAFETY, "urgency": Urgency.P0}
    found = counted(
        store,
        said(1, NOON, intent=Intent.CRISIS_SIGNAL, author=twice, **danger),
        said(2, NOON, intent=Intent.CRISIS_SIGNAL, author=twice, **danger),
        said(3, NOON, **danger),
        said(4, NOON, intent=Intent.DISTRESS, **danger),
        said(5, NOON, intent=Intent.CRISIS_SIGNAL, author=Author()),
        said(6, NOON, intent=Intent.CRISIS_SIGNAL, author=Author()),
    )
    assert (found.safety, found.press, found.calls) == (2, 0, 2)


def test_an_export_wholly_ahead_of_the_clock_is_taken_as_told(store: Store) -> None:
    ahead = NOON + timedelta(days=400)
    found = counted(store, said(1, ahead), said(2, ahead - timedelta(hours=1)))
    assert (found.newest, found.undated) == (ahead, 0)


def test_a_brand_counts_its_own_threads_only(store: Store) -> None:
    until = NOON + timedelta(days=1)
    found = counted(store, said(1, NOON), scope=Scope(until, brand_id="autre"))
    assert found.newest is None
    with store.read() as work:
        assert work.crises.tally(Scope(until, brand_id="aubrelle")).newest == datetime(2026, 11, 21, 12, tzinfo=UTC)
