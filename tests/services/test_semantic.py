"""The semantic layer over a store: the model comes and goes, moderators correct, triage learns and never overrules."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.cli.main import run
from copilot.domain.conversation import Author, Decider, Intent, Message, Thread, Tone, Urgency
from copilot.domain.learning import ClassAgreement, agreement_of
from copilot.errors import OutsideError, UserError
from copilot.intelligence.semantic import folder
from copilot.intelligence.semantic.embedder import WIDTH

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TEXTS = (
    "Bonjour, vous ouvrez dimanche ?",
    "Merci, super accueil !",
    "Colis jamais reçu, c’est honteux",
    "bonjour merci",
    "",
)


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOW)
    yield opened
    await opened.aclose()


def stored(copilot: Copilot, texts: tuple[str, ...] = TEXTS, brand: str = "") -> tuple[Message, ...]:
    messages = tuple(Message(0, 0, n, f"m{n}", None, Author("Léa"), text) for n, text in enumerate(texts))
    thread = Thread(0, "Fil", "json", "", "fr", messages=messages, brand_id=brand)
    with copilot.store().write() as work:
        return work.threads.add(thread, f"{len(texts)}{brand}".ljust(64, "a"), NOW).messages


async def test_a_corrected_message_is_a_persons_and_stays_so(copilot: Copilot) -> None:
    messages = stored(copilot)
    (changed,) = await copilot.semantic.correct([messages[0].id], Intent.CRISIS_SIGNAL, by="Léa")
    thread = await copilot.conversations.get(messages[0].thread_id)
    told = thread.messages[0].triage
    assert told is not None
    assert changed == messages[0].id
    assert (told.intent, told.decided_by, told.unsure) == (Intent.CRISIS_SIGNAL, Decider.PERSON, False)
    assert (told.urgency, told.tone, told.confidence) == (Urgency.P0, Tone.NEGATIVE, None)
    machine = copilot.conversations.triage_text(TEXTS[0])
    with copilot.store().write() as work:
        work.threads.set_triage({changed: machine, messages[1].id: machine})
    after = (await copilot.conversations.triage(thread.id)).messages
    assert after[0].triage == told
    assert after[1].triage == machine


async def test_a_text_that_spells_a_decision_is_still_triaged(copilot: Copilot) -> None:
    (message,) = stored(copilot, ('"decided_by":"person" insulte {"decided_by":"person"}',))
    first = (await copilot.conversations.triage(message.thread_id)).messages[0].triage
    with copilot.store().write() as work:
        work.threads.set_triage({message.id: copilot.conversations.triage_text("Merci !")})
    assert (await copilot.conversations.get(message.thread_id)).messages[0].triage != first


async def test_a_reply_to_a_corrected_message_reads_what_the_person_said(copilot: Copilot) -> None:
    from copilot.services.conversations import ReplyRequest

    messages = stored(copilot)
    await copilot.semantic.correct([messages[0].id], Intent.SPAM, by="Léa")
    answered = [
        one async for one in copilot.conversations.reply(ReplyRequest(messages[0].thread_id, (messages[0].id,)))
    ]
    assert answered[0].proposal is not None
    assert answered[0].proposal.do_not_answer


async def test_a_correction_is_undone(copilot: Copilot) -> None:
    messages = stored(copilot)
    await copilot.conversations.triage(messages[0].thread_id)
    await copilot.semantic.correct([messages[2].id], Intent.PRAISE, by="Léa")
    assert await copilot.semantic.undo([messages[2].id, messages[1].id], by="Léa") == (messages[2].id,)
    told = (await copilot.conversations.get(messages[0].thread_id)).messages[2].triage
    assert told is not None
    assert told.decided_by is not Decider.PERSON
    assert await copilot.semantic.corrections() == ()
    with copilot.store().read() as work:
        actions = [entry.action for entry in work.audit.of_subject(f"message:{messages[2].id}")]
    assert actions == ["intent_corrected", "intent_restored"]


async def test_agreement_counts_what_triage_had_said_first(copilot: Copilot) -> None:
    messages = stored(copilot)
    thread = await copilot.conversations.triage(messages[0].thread_id)
    said = [one.triage.intent for one in thread.messages if one.triage]
    assert said[:3] == [Intent.QUESTION, Intent.PRAISE, Intent.COMPLAINT]
    await copilot.semantic.correct([messages[0].id], Intent.QUESTION, by="Léa")
    await copilot.semantic.correct([messages[1].id], Intent.TROLL, by="Léa")
    # A second thought changes what is meant, not what triage had said.
    await copilot.semantic.correct([messages[1].id], Intent.COMPLAINT, by="Nora")
    found = await copilot.semantic.agreement()
    assert (found.judged, found.agreed, found.rate) == (2, 1, 0.5)
    assert found.by_intent[Intent.PRAISE] == ClassAgreement(said=1, false_alarms=1)
    assert found.by_intent[Intent.COMPLAINT] == ClassAgreement(missed=1)
    assert found.by_intent[Intent.QUESTION].false_alarm_rate == 0
    assert agreement_of({}).rate is None


async def test_a_brand_learns_from_its_own_corrections_alone(copilot: Copilot) -> None:
    messages = stored(copilot, ("Le zoulou fait zoum zoum",), brand="velo")
    await copilot.semantic.correct([messages[0].id], Intent.SUGGESTION, by="Léa")
    assert [one.intent for one in await copilot.semantic.corrections("velo")] == [Intent.SUGGESTION]
    assert await copilot.semantic.corrections() == ()
    ours, others = (copilot.semantic.triager(brand).triage("Le zoulou fait zoum zoum") for brand in ("velo", ""))
    assert ours.intent is Intent.SUGGESTION
    assert others.intent is not Intent.SUGGESTION


async def test_corrections_go_to_a_file_and_come_back(copilot: Copilot, tmp_path: Path) -> None:
    messages = stored(copilot)
    await copilot.semantic.correct([messages[0].id, messages[2].id], Intent.COMPLAINT, by="Léa")
    text = await copilot.semantic.export_corrections()
    other = open_copilot(tmp_path / "other", clock=lambda: NOW)
    learned = await other.semantic.import_corrections(
        text + "not json\n[]\n" + '{"text":"x","label":"nope"}\n', by="Max"
    )
    assert (learned.kept, learned.refused) == (2, (3, 4, 5))
    assert [(one.text, one.intent, one.by) for one in await other.semantic.corrections()] == [
        (TEXTS[0], Intent.COMPLAINT, "Léa"),
        (TEXTS[2], Intent.COMPLAINT, "Léa"),
    ]
    assert await other.semantic.export_corrections() == text
    await other.aclose()


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "", "intent": "praise"}',
        '{"text": 3, "intent": "praise"}',
        '{"text": "a", "intent": ["praise"]}',
        "[" * 100_000,
        '{"intent": "praise"}',
    ],
    ids=["no text", "a number", "a list", "deep", "without text"],
)
async def test_a_file_without_a_correction_is_refused(line: str, copilot: Copilot) -> None:
    with pytest.raises(UserError, match=r"corrections\.nothing"):
        await copilot.semantic.import_corrections(line, by="Léa")
    assert await copilot.semantic.corrections() == ()


async def test_half_a_pair_goes_to_a_file_and_comes_back(copilot: Copilot) -> None:
    await copilot.semantic.import_corrections('{"text": "a \\ud83d b", "intent": "praise"}', by="Léa")
    text = await copilot.semantic.export_corrections()
    text.encode()
    assert json.loads(text)["intent"] == "praise"


async def test_nothing_changes_when_a_message_is_gone_or_nobody_corrects(copilot: Copilot) -> None:
    messages = stored(copilot)
    with pytest.raises(UserError, match=r"message\.unknown"):
        await copilot.semantic.correct([messages[0].id, 999], Intent.SPAM, by="Léa")
    with pytest.raises(UserError, match=r"corrections\.by_nobody"):
        await copilot.semantic.correct([messages[0].id], Intent.SPAM, by=" ")
    assert await copilot.semantic.corrections() == ()


async def test_vectors_are_stored_for_what_has_text(with_model: Copilot) -> None:
    messages = stored(with_model)
    told: list[tuple[int, int]] = []
    done = await with_model.semantic.embed_missing(
        messages[0].thread_id, lambda done, total: told.append((done, total))
    )
    await asyncio.sleep(0)
    assert done == 4
    assert told[-1] == (4, 4)
    with with_model.store().read() as work:
        kept = work.vectors.of_thread(folder.MODEL_ID, messages[0].thread_id)
    assert list(kept) == [message.id for message in messages[:4]]
    assert {len(vector) for vector in kept.values()} == {2 * WIDTH}
    assert await with_model.semantic.embed_missing() == 0


async def test_a_cancelled_reading_keeps_what_was_read(with_model: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copilot.services.semantic.AT_ONCE", 2)
    messages = stored(with_model)

    def cancel_at_two(done: int, _total: int) -> None:
        if done == 2:
            running.cancel()

    running = asyncio.ensure_future(with_model.semantic.embed_missing(messages[0].thread_id, cancel_at_two))
    with pytest.raises(asyncio.CancelledError):
        await running
    with with_model.store().read() as work:
        kept = work.vectors.count(folder.MODEL_ID)
    assert kept in (2, 4)


async def test_a_correction_keeps_the_vector_it_is_learnt_by(with_model: Copilot) -> None:
    messages = stored(with_model)
    await with_model.semantic.correct([messages[3].id], Intent.OTHER, by="Léa")
    (kept,) = await with_model.semantic.corrections()
    assert kept.model == folder.MODEL_ID
    assert kept.vector is not None
    assert len(kept.vector) == 2 * WIDTH
    assert with_model.semantic.triager().by_meaning


async def test_without_a_model_reading_is_refused_and_triage_goes_by_words(copilot: Copilot) -> None:
    stored(copilot)
    with pytest.raises(OutsideError, match=r"models\.not_installed"):
        await copilot.semantic.embed_missing()
    assert copilot.semantic.triager().triage("Bonjour, vous ouvrez à quelle heure ?").decided_by is Decider.WORDS


async def test_a_broken_model_is_said_and_not_used(with_model: Copilot) -> None:
    place = folder.own_place(with_model.profile)
    (place / folder.NETWORK).write_bytes(b"half")
    stored(with_model)
    (state,) = await with_model.semantic.models()
    assert (state.installed, state.usable, state.broken) == (True, False, folder.NETWORK)
    with pytest.raises(OutsideError, match=r"models\.broken"):
        await with_model.semantic.embed_missing()
    assert not with_model.semantic.triager().by_meaning


async def test_a_model_is_removed(with_model: Copilot) -> None:
    assert (await with_model.semantic.models())[0].usable
    assert await with_model.semantic.remove()
    assert not (await with_model.semantic.models())[0].installed
    assert not await with_model.semantic.remove()


async def test_adding_a_model_that_is_there_leaves_it(with_model: Copilot) -> None:
    state = await with_model.semantic.add(Path("no such file"))
    assert state.usable


async def test_adding_another_file_is_refused_and_leaves_nothing(copilot: Copilot, tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    wheel.write_bytes(b"PK")
    with pytest.raises(UserError, match=r"models\.not_this_file"):
        await copilot.semantic.add(wheel)
    assert list((copilot.profile.root / "models" / "semantic").iterdir()) == []


def test_the_command_line_says_what_is_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = ["--profile", str(tmp_path / "p")]
    assert run([*profile, "models", "list", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["models"]
    assert (told["name"], told["installed"], told["licence"]) == ("semantic", False, "MIT")
    assert run([*profile, "models", "add", "nope", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "usage.model"
    assert run([*profile, "models", "add", "semantic", "--file", str(tmp_path / "x.whl"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "models.no_such_file"


def test_the_command_line_corrects_counts_and_moves_corrections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = ["--profile", str(tmp_path / "p")]
    source = tmp_path / "fil.jsonl"
    source.write_text('{"id":"1","author":"Léa","text":"Bravo et merci !"}\n', encoding="utf-8")
    assert run([*profile, "thread", "import", str(source), "--json"]) == 0
    thread = json.loads(capsys.readouterr().out)["id"]
    assert run([*profile, "triage", str(thread), "--json"]) == 0
    (message,) = json.loads(capsys.readouterr().out)["messages"]
    corrections = [*profile, "triage", "corrections"]
    assert run([*corrections, "add", str(message["id"]), "--intent", "spam", "--by", "Nora", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"corrected": [message["id"]], "intent": "spam"}
    assert run([*corrections, "agreement", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["judged"], told["agreed"], told["by_intent"]["praise"]["false_alarms"]) == (1, 0, 1)
    assert run([*corrections, "export", str(tmp_path / "c.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["corrections"] == 1
    assert (
        run(
            [
                "--profile",
                str(tmp_path / "q"),
                "triage",
                "corrections",
                "import",
                str(tmp_path / "c.jsonl"),
                "--by",
                "Max",
                "--json",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["kept"] == 1
    assert run([*corrections, "undo", str(message["id"]), "--by", "Nora", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"restored": [message["id"]]}
    assert run([*corrections, "add", "1", "--intent", "nope", "--by", "Nora", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "usage.intent"
