"""What goes into the store comes out as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from copilot.domain.conversation import Intent, Tone, Triage, Urgency
from copilot.domain.item import Media, PlannedTime
from copilot.domain.prompt import Run, Usage
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON, draft, thread

TEXTS = [
    pytest.param("Ligne 1\n\nLigne 2\n  retrait", id="line breaks"),
    pytest.param("👩\u200d👩\u200d👧 🇫🇷 \u200fمرحبا\u200f {signature} {{x}} %s", id="emoji, RTL, braces"),
    pytest.param("e\u0301te\u0301", id="decomposed accents are composed"),
    pytest.param("a\r\nb\rc", id="line ends are one kind"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_an_item_round_trips(store: Store, text: str) -> None:
    import unicodedata

    item = draft(
        text,
        media=(Media("ab" * 32, "Un vélo", "https://velo.example/1.jpg"),),
        planned=PlannedTime(datetime(2027, 3, 28, 10, 30), "Europe/Paris"),
    )
    with store.write() as work:
        stored = work.items.add(item, NOON)
    with store.read() as work:
        again = work.items.get(stored.id)
        versions = work.items.versions(stored.id)
    assert again == stored
    assert again.text == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert again.package.sha256 == item.package.sha256 == versions[0].package_hash
    assert (again.hashtags, again.media, again.planned) == (item.hashtags, item.media, item.planned)


def test_a_thread_round_trips_with_its_triage(store: Store) -> None:
    triage = Triage(
        "fr",
        Intent.COMPLAINT,
        Tone.NEGATIVE,
        Urgency.P1,
        False,
        True,
        (Wording("triage.why.words", {"words": ("retard", "remboursement"), "n": 2}),),
        ("delivery",),
    )
    with store.write() as work:
        stored = work.threads.add(thread("Toujours rien reçu !", "Merci 👏"), "a" * 64, NOON)
        work.threads.set_triage({stored.messages[0].id: triage})
    with store.read() as work:
        again = work.threads.get(stored.id)
        assert again.messages[0].triage == triage
        assert again.messages[1].triage is None
        assert [message.text for message in again.messages] == ["Toujours rien reçu !", "Merci 👏"]
        assert work.threads.list()[0][1] == 2
        found = work.imports.find("a" * 64)
        assert found is not None
        assert work.threads.get(found) == again


def test_the_hash_of_a_message_follows_its_text(store: Store) -> None:
    first, second = thread("Bonjour", "Bonjour !").messages
    assert first.sha256 != replace(first, text="Bonsoir").sha256
    assert first.sha256 != second.sha256
    assert first.sha256 == replace(first, id=9, triage=None, position=4).sha256


def test_an_error_in_a_unit_of_work_keeps_nothing(store: Store) -> None:
    def fail_at_the_end() -> None:
        with store.write() as work:
            work.items.add(draft(), NOON)
            work.audit.append(NOON, "Léa", "proposed", "item:1", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    with store.read() as work:
        assert work.items.list() == ()
        assert work.audit.verify().entries == 0


def test_reading_never_writes(store: Store) -> None:
    with store.read() as work:
        work.items.add(draft(), NOON)
    with store.read() as work:
        assert work.items.list() == ()


@pytest.mark.parametrize(
    ("ask", "kind"),
    [
        pytest.param(lambda work: work.items.get(7), "item.unknown", id="item"),
        pytest.param(lambda work: work.threads.get(7), "thread.unknown", id="thread"),
        pytest.param(lambda work: work.threads.message(7), "message.unknown", id="message"),
        pytest.param(lambda work: work.briefs.get(7), "brief.unknown", id="brief"),
        pytest.param(lambda work: work.brands.get("x"), "brand.unknown", id="brand"),
    ],
)
def test_what_is_not_there_is_named(store: Store, ask, kind: str) -> None:
    with pytest.raises(UserError) as caught, store.read() as work:
        ask(work)
    assert caught.value.kind == kind


def test_usage_is_summed_by_provider_model_and_task(store: Store) -> None:
    run = Run(0, NOON, "reply", "standard", "abc", "local", "m", Usage(10, 20, 1.5, 0.1), "ok", "0" * 64, "1" * 64)
    with store.write() as work:
        for one in (run, replace(run, outcome="timeout"), replace(run, task="compose")):
            work.runs.add(one)
    with store.read() as work:
        lines = work.runs.summed()
        assert [(line.task, line.runs, line.failed, line.tokens_out) for line in lines] == [
            ("compose", 1, 0, 20),
            ("reply", 2, 1, 40),
        ]
        assert work.runs.list()[0] == replace(run, id=1)


def test_a_lone_surrogate_is_refused_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(UserError) as caught, store.write() as work:
        work.items.add(draft("abc\ud83d"), NOON)
    assert caught.value.kind == "text.surrogate"
    with store.read() as work:
        assert work.items.list() == ()
