"""Pseudonyms that last, what would leave, erasing somebody, retention: over a real store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import Brand, Retention
from copilot.domain.conversation import Approach, Decider, Intent
from copilot.domain.crisis import CrisisLevel
from copilot.domain.finding import Severity
from copilot.domain.hashing import sha256_of
from copilot.domain.inbox import State
from copilot.domain.moderation import ModerationAction, ModerationAsked
from copilot.domain.review import Action
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.secrets import Secrets
from copilot.services._privacy_paper import held_json, held_page
from copilot.services._pseudonym_register import ThreadRegister
from copilot.services.conversations import Answered, ReplyRequest
from copilot.services.privacy import masked
from copilot.services.review import Edit
from copilot.store.tables import metadata
from copilot.text.privacy import Vault
from tests.clock import Clock
from tests.servers.fake_openai import Reply, serving

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
#: Found nowhere else, and not made of words an index would cut.
SECRET = "Quetzalcoatlienne7391"
LINES = (
    ("1", "", "Zoé Xantippe", f"Mon diabète me fatigue, appelez-moi au 06 12 34 56 78. {SECRET}"),
    ("2", "1", "Idris Bel", "Zoé Xantippe a raison, Zoé tu es forte !"),
    ("3", "2", "Zoé Xantippe", f"Merci Idris ! {SECRET}"),
    ("4", "", "Zoé Autre", "Bonjour, à quelle heure ouvrez-vous ?"),
)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def copilot(begun_profile: Path, clock: Clock) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=clock, secrets=Secrets(lambda: None))
    yield opened
    await opened.aclose()


def export(year: int = 2026) -> bytes:
    told = [
        {
            "id": key,
            "parent_id": parent or None,
            "author": author,
            "text": text,
            "created_at": f"{year}-03-01T10:00:00Z",
        }
        for key, parent, author, text in LINES
    ]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in told).encode()


async def loaded(copilot: Copilot) -> dict[str, int]:
    done = await copilot.inbox.load(export(), "fil.jsonl", network="facebook_page")
    return {one.external_id: one.id for one in done.thread.messages}


def scripted(copilot: Copilot, *answers: object, **more: str) -> None:
    values = {"script": json.dumps(list(answers)), "remote": "yes", **more}
    copilot.providers.add("loin", "scripted", values, None)


async def reply(copilot: Copilot, message_id: int) -> Answered:
    request = ReplyRequest(1, (message_id,), provider="loin", author="Nora")
    (answered,) = [one async for one in copilot.conversations.reply(request)]
    return answered


async def test_a_person_has_the_same_pseudonym_at_each_answer_and_after_a_restart(
    copilot: Copilot, tmp_path: Path
) -> None:
    ids = await loaded(copilot)
    scripted(copilot, {"echo": True})
    first = await copilot.privacy.preview(ids["1"], "loin")
    second = await copilot.privacy.preview(ids["2"], "loin")
    await copilot.aclose()
    again = open_copilot(copilot.profile.root, clock=lambda: NOW, secrets=Secrets(lambda: None))
    try:
        third = await again.privacy.preview(ids["3"], "loin")
    finally:
        await again.aclose()
    told = [{one.value: one.token for one in shown.kept} for shown in (first, second, third)]
    assert told[0]["06 12 34 56 78"] == told[1]["06 12 34 56 78"] == told[2]["06 12 34 56 78"] == "[[PHONE_1]]"
    assert told[1]["Zoé Xantippe"] == told[2]["Zoé Xantippe"]
    values = [token for one in told for token in one.values()]
    assert len(set(values)) == len({value for one in told for value in one}), "one token, one value"


async def test_another_spelling_has_its_own_pseudonym_of_one_number_that_lasts(copilot: Copilot) -> None:
    await loaded(copilot)
    text = "Jo le taxi est nul. jo le taxi encore, JO LE TAXI"
    masked = []
    for said in (text, text.lower(), text):
        # As at each answer: a new vault, the same register.
        vault = Vault(["Jo le taxi"], register=ThreadRegister(copilot.store, 1, lambda: NOW))
        masked.append(vault.mask(said))
        assert vault.restore(masked[-1]) == said
    assert masked[0] == masked[2] == "[[PERSON_1]] est nul. [[PERSON_1B]] encore, [[PERSON_1C]]"
    assert masked[1] == "[[PERSON_1B]] est nul. [[PERSON_1B]] encore, [[PERSON_1B]]"


async def test_the_preview_is_what_the_service_gets_to_the_last_character(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    async with serving(Reply(pieces=["Bonjour, merci."])) as fake:
        values = {"base_url": fake.url, "model": "big-cloud"}
        copilot.providers.add("loin", "openai_compatible", values, None)
        shown = await copilot.privacy.preview(ids["1"], "loin")
        await reply(copilot, ids["1"])
        sent, raw = fake.last.body["messages"], fake.last.raw
        assert shown.request == raw == shown.body, "the very bytes"
        copilot.providers.add("loin", "openai_compatible", {**values, "pseudonyms": "no"}, None)
        clear = await copilot.privacy.preview(ids["1"], "loin")
        await reply(copilot, ids["1"])
        assert clear.request == fake.last.raw
        assert b"06 12 34 56 78" in clear.request
        asked = len(fake.seen)
        await copilot.privacy.preview(ids["2"], "loin")
        assert len(fake.seen) == asked, "a preview asks nobody"
    assert [{"role": role, "content": text} for role, text in shown.messages] == sent
    assert json.loads(shown.body)["messages"] == sent
    assert shown.remote
    assert shown.masked
    whole = json.dumps(sent, ensure_ascii=False)
    assert "06 12 34 56 78" not in whole
    assert "[[PHONE_1]]" in whole
    assert ("06 12 34 56 78", "[[PHONE_1]]", "PHONE") in [(one.value, one.token, one.kind) for one in shown.kept]
    assert shown.health == ("diabète",)
    assert "diabète" in whole, "what is told of health is not hidden: the preview says so"


async def test_pseudonyms_are_a_choice_for_each_source(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    for chosen, hidden in (("auto", True), ("no", False), ("yes", True)):
        scripted(copilot, {"echo": True}, pseudonyms=chosen)
        shown = await copilot.privacy.preview(ids["1"], "loin")
        assert shown.masked is hidden
        assert ("06 12 34 56 78" in shown.messages[1][1]) is not hidden
        assert bool(shown.kept) is hidden
        assert copilot.providers.hides("loin") is hidden
    copilot.providers.add("loin", "scripted", {"script": '["a"]', "remote": "no"}, None)
    assert not (await copilot.privacy.preview(ids["1"], "loin")).masked, "nothing leaves: nothing is hidden"
    assert (await copilot.privacy.preview(ids["1"], "playbook")).messages == ()


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("Bonjour [[PERSON_9]], merci de votre message.", "[[PERSON_9]]"),
        ("Bonjour [[PERSONNE_1]], merci de votre message.", "[[PERSONNE_1]]"),
        ("Bonjour PERSON_1, merci de votre message.", "PERSON_1"),
        ("Bonjour , merci de votre message.", "Bonjour ,"),
    ],
)
async def test_a_pseudonym_changed_invented_or_dropped_blocks_a_draft_that_is_kept(
    copilot: Copilot, answer: str, quote: str
) -> None:
    ids = await loaded(copilot)
    scripted(copilot, answer)
    answered = await reply(copilot, ids["4"])
    assert answered.inspected
    assert answered.inspected.item.text == answer
    blocking = [
        one for one in answered.inspected.findings if one.severity is Severity.BLOCKS and one.rule == "pseudonym"
    ]
    assert [one.quote for one in blocking] == [quote]


@given(st.text(), st.lists(st.text(max_size=12), max_size=3))
def test_every_text_comes_back_from_its_pseudonyms(text: str, names: list[str]) -> None:
    vault = Vault(names)
    assert vault.restore(vault.mask(text)) == text
    told = masked(text, tuple(names))
    assert told["restored"] == text


def bytes_of(copilot: Copilot) -> bytes:
    folder = copilot.profile.root
    return b"".join(path.read_bytes() for path in folder.rglob("replique.db*"))


async def test_somebody_is_erased_to_the_last_byte_and_their_answers_keep_their_place(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    scripted(copilot, "Bonjour [[PERSON_1]], merci.")
    await reply(copilot, ids["3"])
    await copilot.privacy.preview(ids["1"], "loin")
    asked = ModerationAsked((ids["1"],), ModerationAction.KEEP, "Nora")
    await copilot.moderation.decide(asked)
    before = await copilot.conversations.get(1)
    rehearsed = await copilot.privacy.erase("@ZOE xantippe", "Nora", dry_run=True)
    assert await copilot.conversations.get(1) == before, "a rehearsal touches nothing"
    done = await copilot.privacy.erase("zoe xantippe", "Nora")
    assert replace(rehearsed, dry_run=False, compacted=True) == done
    assert (done.messages, done.threads, done.replies, done.decisions, done.mentions) == (2, 1, 1, 1, 1)
    assert done.pseudonyms >= 1
    thread = await copilot.conversations.get(1)
    gone = [one for one in thread.messages if one.deleted]
    assert [one.external_id for one in gone] == ["1", "3"]
    rows = {one.message.external_id: one.state for one in await copilot.inbox.rows([one.id for one in thread.messages])}
    assert (rows["1"], rows["2"], rows["3"]) == (State.SKIPPED, State.WAITING, State.SKIPPED), "nothing left to answer"
    assert "crisis.why.untriaged" not in [one.key for one in (await copilot.crisis.status(1)).why]
    assert all(not one.text and not one.author.name and one.sha256 != "" for one in gone)
    assert [one.parent_id for one in thread.messages] == [one.parent_id for one in before.messages]
    assert await copilot.review.list() == ()
    assert (await copilot.custody.verify_audit()).holds
    told = [one for one in await copilot.custody.audit_entries() if one.action == "person_erased"]
    assert "Xantippe" not in json.dumps([one.subject for one in told])
    assert len(str(told[0].details["hashes"])) == 64
    # The write-ahead log is still there: nothing may wait in it either.
    for trace in (SECRET, "Xantippe", "xantippe", "diabète"):
        assert trace.encode() not in bytes_of(copilot), trace
    told_by_others = next(one for one in thread.messages if one.external_id == "2")
    assert told_by_others.text == "[…] a raison, Zoé tu es forte !"
    await copilot.aclose()
    assert SECRET.encode() not in bytes_of(copilot)
    with closing(sqlite3.connect(copilot.profile.database)) as db:
        found = db.execute("SELECT count(*) FROM message_words WHERE message_words MATCH ?", (SECRET,)).fetchone()
    assert found == (0,)


NAMING = (
    ("1", "", "Zoé Xantippe", "Mon colis n’est jamais arrivé, quelle honte !"),
    ("2", "1", "Idris Bel", "Zoé a raison, colis perdu et zoé attend toujours"),
    ("3", "1", "Ana Roy", "Courage ZOE ! Xantippe, quel beau nom"),
    ("4", "", "Marc Pic", "Une prozoéenne et un zoo"),
    ("5", "", "Lou Sy", "Zoé Xantippe et Zoé Autre sont là"),
)


async def naming_thread(copilot: Copilot) -> dict[str, int]:
    lines = [
        {"id": key, "parent_id": parent or None, "author": author, "text": text} for key, parent, author, text in NAMING
    ]
    told = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines).encode()
    done = await copilot.inbox.load(told, "fil.jsonl", network="facebook_page")
    return {one.external_id: one.id for one in done.thread.messages}


async def test_a_first_name_alone_is_shown_and_taken_out_only_where_a_person_says_so(copilot: Copilot) -> None:
    ids = await naming_thread(copilot)
    would = await copilot.privacy.erase("Zoé Xantippe", "Nora", dry_run=True)
    assert [(one.id, one.words) for one in would.named] == [
        (ids["2"], ("Zoé", "zoé")),
        (ids["3"], ("ZOE", "Xantippe")),
        (ids["5"], ("Zoé",)),
    ]
    assert would.named[0].excerpt == NAMING[1][3]
    with pytest.raises(UserError, match=r"privacy\.not_a_mention"):
        await copilot.privacy.erase("Zoé Xantippe", "Nora", also=(ids["2"], ids["4"]))
    assert (await copilot.privacy.erase("Zoé Xantippe", "Nora", dry_run=True)).messages == 1, "nothing was erased"
    done = await copilot.privacy.erase("Zoé Xantippe", "Nora", also=(ids["2"],))
    assert (done.also, [one.id for one in done.named]) == (1, [ids["3"], ids["5"]])
    texts = {one.external_id: one.text for one in (await copilot.conversations.get(1)).messages}
    assert texts == {
        "1": "", "2": "[…] a raison, colis perdu et […] attend toujours", "3": NAMING[2][3], "4": NAMING[3][3],
        "5": "[…] et Zoé Autre sont là",
    }  # fmt: skip


async def test_what_was_drawn_from_a_changed_message_is_renewed(copilot: Copilot) -> None:
    ids = await naming_thread(copilot)
    await copilot.groups.find(1)
    await copilot.semantic.correct([ids["3"]], Intent.PRAISE, by="Léa")
    vector = b"\0" * 512
    with copilot.store().write() as work:
        work.vectors.put("m", {ids["2"]: vector, ids["4"]: vector})
        told = work.threads.get(1).messages
        quoting = replace(
            told[1].triage,
            why=(Wording("triage.why.words", {"words": (Wording("triage.quoted", {"text": "Zoé a raison"}),)}),),
        )
        work.threads.set_triage({ids["2"]: quoting})
    done = await copilot.privacy.erase("Zoé Xantippe", "Nora", every_mention=True)
    assert (done.also, done.named) == (3, ())
    with copilot.store().read() as work:
        assert set(work.vectors.of_thread("m", 1)) == {ids["4"]}
        triage = work.threads.message(ids["2"]).triage
        corrected = work.threads.message(ids["3"]).triage
        held = work.groups.of_message(ids["2"]) + work.groups.of_message(ids["3"])
    assert triage
    assert triage.why[0].params["words"] == (Wording("triage.quoted", {"text": "[…] a raison"}),)
    assert corrected
    assert (corrected.intent, corrected.decided_by) == (Intent.PRAISE, Decider.PERSON)
    assert held == ()
    for trace in ("Xantippe", "xantippe", "Zoé a", "ZOE"):
        assert trace.encode() not in bytes_of(copilot), trace
    with closing(sqlite3.connect(copilot.profile.database)) as db:
        found = db.execute("SELECT count(*) FROM message_words WHERE message_words MATCH 'xantippe'").fetchone()
    assert found == (0,)
    assert (await copilot.custody.verify_audit()).holds


async def test_no_export_read_later_brings_somebody_back(copilot: Copilot) -> None:
    await loaded(copilot)
    await copilot.privacy.erase("Zoé Xantippe", "Nora")
    newer = json.dumps({"id": "5", "author": "Bob", "text": "Bonne soirée !"}).encode()
    for content in (export(), export() + b"\n" + newer):
        await copilot.inbox.take_in(content, "fil.jsonl", network="facebook_page")
        held = [await copilot.conversations.get(thread.id) for thread, _ in await copilot.conversations.list()]
        told = " ".join(f"{one.text} {one.author.name}" for thread in held for one in thread.messages)
        assert SECRET not in told
        assert "Xantippe" not in told
    kept = (await copilot.conversations.get(1)).messages
    assert [one.external_id for one in kept if not one.deleted] == ["2", "4", "5"]


async def test_several_people_of_one_name_are_shown_before_any_is_erased(copilot: Copilot) -> None:
    await loaded(copilot)
    with pytest.raises(UserError, match="privacy.ambiguous") as refusal:
        await copilot.privacy.erase("Zoé", "Nora")
    assert set(refusal.value.params["people"]) == {"Zoé Xantippe", "Zoé Autre"}
    with pytest.raises(UserError, match="privacy.not_repeated"):
        await copilot.privacy.erase("Zoé", "Nora", exact="Zoé Quelconque")
    for wanted, kind in (("Personne Du Tout", "privacy.nobody"), (" @ ", "privacy.nobody_named")):
        with pytest.raises(UserError, match=kind):
            await copilot.privacy.erase(wanted, "Nora")
    with pytest.raises(UserError, match="privacy.near") as refusal:
        await copilot.privacy.erase("Idris", "Nora")
    assert refusal.value.params["people"] == ("Idris Bel",)
    done = await copilot.privacy.erase("Zoé", "Nora", exact="Zoé Autre")
    assert (done.messages, [one.name for one in done.people]) == (1, ["Zoé Autre"])


async def test_all_that_is_held_on_somebody_is_handed_over(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    scripted(copilot, "Bonjour, merci.")
    await reply(copilot, ids["3"])
    held = await copilot.privacy.held_on("Zoé Xantippe")
    told = held_json(held)
    assert [one["id"] for one in told["messages"]] == [ids["1"], ids["3"]]
    assert [one["text"] for one in told["replies"]] == ["Bonjour, merci."]
    assert [one["id"] for one in told["mentions"]] == [ids["2"]]
    for language in ("fr", "en"):
        page = held_page(language, held, NOW)
        assert SECRET in page
        assert "privacy." not in page


async def test_what_a_brand_no_longer_keeps_is_emptied_at_the_start_once_a_day(copilot: Copilot, clock: Clock) -> None:
    kept = Retention(messages_days=365, decisions_days=30, logs_days=30, pseudonyms_days=10)
    await copilot.brands.save(Brand(id="b", name="B", retention=kept), by="Nora")
    done, _ = await copilot.inbox.take_in(export(), "fil.jsonl", network="facebook_page", brand="b")
    ids = {one.external_id: one.id for one in (await copilot.conversations.get(done.thread.id)).messages}
    scripted(copilot, "Bonjour.")
    await copilot.privacy.preview(ids["1"], "loin")
    assert [one.total for one in await copilot.privacy.purge("Nora")] == [0]
    clock.now = NOW + timedelta(days=20)
    (would,) = await copilot.privacy.purge("Nora", dry_run=True)
    assert (would.messages, would.pseudonyms > 0) == (0, True)
    clock.now = NOW + timedelta(days=400)
    await copilot.aclose()
    again = open_copilot(copilot.profile.root, clock=clock, secrets=Secrets(lambda: None))
    try:
        thread = await again.conversations.get(done.thread.id)
        assert {(one.text, one.author.name, one.deleted) for one in thread.messages} == {("", "", True)}
        entries = await again.custody.audit_entries()
        assert entries[-1].action == "retention_purged"
        assert entries[-1].details["messages"] == len(LINES)
        assert (await again.custody.verify_audit()).holds
        assert [one.total for one in await again.privacy.purge("Nora")] == [0]
    finally:
        await again.aclose()


#: Words of what was said, as the index of words holds them: each may be cut of the beginning it shares with another.
INDEXED = (b"uetzalcoatlienne7391", b"antippe", b"iab\xc3\xa8te", b"iabete")


def left_in(copilot: Copilot) -> list[bytes]:
    """The words of messages that are still in the files of the database."""
    held = bytes_of(copilot)
    return [word for word in INDEXED if word in held]


async def a_year_later(copilot: Copilot, clock: Clock) -> Path:
    """The folder of a profile that is closed, and a year from what it holds: its brand keeps it no longer."""
    await copilot.brands.save(Brand(id="b", name="B", retention=Retention(messages_days=365)), by="Nora")
    await copilot.inbox.take_in(export(), "fil.jsonl", network="facebook_page", brand="b")
    assert all(word in bytes_of(copilot) for word in (b"Xantippe", b"antippe"))
    clock.now = NOW + timedelta(days=400)
    await copilot.aclose()
    return copilot.profile.root


def as_emptied_before_files_were_cleaned(profile: Path) -> None:
    """What the start of an earlier version left: messages emptied, their words still in the index."""
    with closing(sqlite3.connect(profile / "replique.db", isolation_level=None)) as db:
        db.execute("UPDATE messages SET text = '', author_name = '', author_handle = '', deleted = 1")
    (profile / "purged.txt").write_text((NOW + timedelta(days=399)).date().isoformat(), encoding="ascii")


async def test_what_is_emptied_at_the_start_leaves_the_files_to_the_last_byte(copilot: Copilot, clock: Clock) -> None:
    root = await a_year_later(copilot, clock)
    again = open_copilot(root, clock=clock, secrets=Secrets(lambda: None))
    try:
        again.store()
        # Open still: nothing may wait in the write-ahead log either.
        assert left_in(again) == []
    finally:
        await again.aclose()


@pytest.mark.parametrize("how", ["start", "by hand"])
async def test_what_an_earlier_purge_left_in_the_files_leaves_them_too(
    copilot: Copilot, clock: Clock, how: str
) -> None:
    root = await a_year_later(copilot, clock)
    as_emptied_before_files_were_cleaned(root)
    if how == "by hand":
        clock.now = NOW + timedelta(days=399)
    again = open_copilot(root, clock=clock, secrets=Secrets(lambda: None))
    try:
        again.store()
        assert bool(left_in(again)) == (how == "by hand")
        if how == "by hand":
            assert [one.total for one in await again.privacy.purge("Nora")] == [0]
        assert left_in(again) == []
    finally:
        await again.aclose()


async def test_files_that_somebody_reads_at_the_start_are_cleaned_the_day_after(
    copilot: Copilot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copilot.store.upkeep.BUSY_SECONDS", 0)
    root = await a_year_later(copilot, clock)
    with closing(sqlite3.connect(root / "replique.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        early = open_copilot(root, clock=clock, secrets=Secrets(lambda: None))
        early.store()
        await early.aclose()
    clock.now += timedelta(days=1)
    again = open_copilot(root, clock=clock, secrets=Secrets(lambda: None))
    try:
        again.store()
        assert left_in(again) == []
    finally:
        await again.aclose()


async def test_nothing_is_emptied_of_a_brand_that_keeps_everything(copilot: Copilot, clock: Clock) -> None:
    await copilot.brands.save(Brand(id="b", name="B"), by="Nora")
    await copilot.inbox.take_in(export(), "fil.jsonl", network="facebook_page", brand="b")
    clock.now = NOW + timedelta(days=9_000)
    assert [one.total for one in await copilot.privacy.purge("Nora")] == [0]


async def test_the_register_says_sources_and_periods_and_leaves_what_only_people_know(copilot: Copilot) -> None:
    await copilot.brands.save(Brand(id="b", name="Vélo | Zéphyr", retention=Retention(messages_days=180)), by="Nora")
    copilot.providers.add("api", "openai_compatible", {"base_url": "https://api.example/v1", "model": "m"}, None)
    for language, fill in (("fr", "[à compléter]"), ("en", "[to be completed]")):
        page = await copilot.privacy.register(language)
        assert "api.example" in page
        assert "180" in page
        assert fill in page
        assert "privacy.register" not in page
        assert "Vélo \\| Zéphyr" in page


def test_no_table_keeps_anything_by_person() -> None:
    by_author = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if "author" in column.name and column.name != "author_is_owner"
    }
    assert by_author == {("messages", "author_name"), ("messages", "author_handle"), ("items", "author")}


async def test_an_approach_can_be_previewed(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    scripted(copilot, "Bonjour.")
    plain = await copilot.privacy.preview(ids["4"], "loin")
    firm = await copilot.privacy.preview(ids["4"], "loin", approach=Approach.FIRM)
    assert plain.messages != firm.messages


async def test_what_was_not_said_in_public_reaches_no_remote_model(copilot: Copilot) -> None:
    late = "Ma commande est arrivée en retard, et moi je suis malade."
    posts = [
        {"id": "6", "content": "Malade mardi, le pont rouge.", "visibility": "private", "account": {"acct": "nadia"}},
        {"id": "7", "content": late, "visibility": "direct", "account": {"acct": "nadia"}},
        {"id": "8", "content": "Vous ouvrez le samedi ?", "visibility": "public", "account": {"acct": "idris"}},
    ]
    context = {"ancestors": [], "descendants": [{**one, "in_reply_to_id": "1"} for one in posts]}
    done = await copilot.inbox.load(json.dumps(context).encode(), "fil.json")
    ids = {one.external_id: one.id for one in done.thread.messages}
    async with serving(Reply(pieces=["Bonjour, merci."])) as fake:
        copilot.providers.add("loin", "openai_compatible", {"base_url": fake.url, "model": "big-cloud"}, None)
        refused = await reply(copilot, ids["7"])
        assert refused.error
        assert refused.error.kind == "privacy.not_public"
        with pytest.raises(UserError, match="not_public"):
            await copilot.privacy.preview(ids["7"], "loin")
        assert not fake.seen
        await reply(copilot, ids["8"])
        read = await copilot.second_reading.read(done.thread.id, "loin")
        assert [one.kind for one in read.errors if isinstance(one, UserError)] == ["privacy.not_public"]
        assert fake.seen
        assert all(b"malade" not in one.raw for one in fake.seen)


async def test_what_was_captured_of_others_who_name_somebody_is_reworded_too(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    asked = ModerationAsked((ids["2"],), ModerationAction.HIDE, "Nora", facts="Cite Zoé Xantippe.")
    await copilot.moderation.decide(asked)
    (before,) = await copilot.moderation.list()
    assert "Xantippe" in before.evidence.text + before.facts
    done = await copilot.privacy.erase("zoe xantippe", "Nora")
    assert done.decisions == 1
    (after,) = await copilot.moderation.list()
    assert "antippe" not in f"{after.evidence.text} {after.facts} {after.reason}".casefold()
    assert (after.evidence.text_sha256, after.by) == (before.evidence.text_sha256, "Nora")
    assert b"antippe" not in bytes_of(copilot)


async def sent_back(copilot: Copilot, message_id: int, reason: str, thread_id: int = 1) -> int:
    """A reply to a message, sent back with this reason."""
    draft = await copilot.conversations.draft(thread_id, message_id, "Bonjour, nous regardons.", author="Nora")
    shown = draft.item.package.sha256
    await copilot.review.decide(draft.item.id, Action.REQUEST_CHANGES, by="Omar", seen_hash=shown, reason=reason)
    return draft.item.id


def reasons_held(copilot: Copilot) -> list[str]:
    with closing(sqlite3.connect(copilot.profile.database)) as db:
        return [row[0] for row in db.execute("SELECT reason FROM decisions WHERE reason <> '' ORDER BY id")]


async def test_the_audit_holds_no_reason_in_words_and_written_reasons_are_reworded(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    item_id = await sent_back(copilot, ids["2"], "Répondre à Zoé Xantippe d’abord.")
    await copilot.crisis.open(CrisisLevel.RED, "Zoé Xantippe a porté plainte", by="Nora")
    entries = json.dumps([(one.action, one.details) for one in await copilot.custody.audit_entries()])
    assert "antippe" not in entries
    assert "reason_sha256" in entries
    before = await copilot.review.history(item_id)
    done = await copilot.privacy.erase("zoe xantippe", "Nora")
    assert done.reasons == 2
    (crisis,) = await copilot.crisis.list()
    assert crisis.reason == "[…] a porté plainte"
    after = await copilot.review.history(item_id)
    (was,) = before.decisions
    assert after.decisions == (replace(was, reason="Répondre à […] d’abord."),)
    assert (await copilot.custody.verify_audit()).holds
    assert b"antippe" not in bytes_of(copilot)


async def test_a_trial_erasure_leaves_every_reason_as_it_is(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    await sent_back(copilot, ids["2"], "Répondre à Zoé Xantippe d’abord.")
    assert (await copilot.privacy.erase("zoe xantippe", "Nora", dry_run=True)).reasons == 1
    assert reasons_held(copilot) == ["Répondre à Zoé Xantippe d’abord."]


async def test_a_word_of_the_name_goes_from_reasons_about_replies_to_that_person(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    await sent_back(copilot, ids["1"], "Mme XANTIPPE doit être remboursée, Zoé Xantippe l’a dit.")
    await sent_back(copilot, ids["4"], "Zoé demande autre chose.")
    assert (await copilot.privacy.erase("zoe xantippe", "Nora")).reasons == 1
    assert reasons_held(copilot) == ["Mme […] doit être remboursée, […] l’a dit.", "Zoé demande autre chose."]
    assert b"antippe" not in bytes_of(copilot).lower()


async def test_erasing_from_one_thread_rewords_the_reasons_of_that_thread_alone(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    there = (await copilot.inbox.load("auteur,texte\nZoé Xantippe,Oui\nIdris Bel,Non\n".encode(), "autre.csv")).thread
    await sent_back(copilot, ids["2"], "Ici, Zoé Xantippe attend.")
    await sent_back(copilot, there.messages[1].id, "Là, Zoé Xantippe attend.", there.id)
    await copilot.crisis.open(CrisisLevel.RED, "Zoé Xantippe a porté plainte", by="Nora", thread_id=there.id)
    done = await copilot.privacy.erase("zoe xantippe", "Nora", thread_id=1)
    assert done.reasons == 1
    assert reasons_held(copilot) == ["Ici, […] attend.", "Là, Zoé Xantippe attend."]
    assert [one.reason for one in await copilot.crisis.list()] == ["Zoé Xantippe a porté plainte"]
    assert (await copilot.privacy.erase("zoe xantippe", "Nora", thread_id=there.id)).reasons == 2
    assert [one.reason for one in await copilot.crisis.list()] == ["[…] a porté plainte"]


async def test_an_export_proves_its_approval_after_a_reason_was_reworded(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    item_id = await sent_back(copilot, ids["4"], "Ne pas citer Zoé Xantippe.")
    found = await copilot.review.edit(item_id, Edit(text="Bonjour, nous ouvrons à 9 h."), by="Nora")
    quotes = [one.quote for one in found.findings if one.confirmable]
    seen = found.item.package.sha256
    await copilot.review.decide(item_id, Action.APPROVE, by="Omar", seen_hash=seen, confirmed=quotes)
    await copilot.privacy.erase("zoe xantippe", "Nora")
    assert (await copilot.custody.verify_audit()).holds
    report = await copilot.exports.export([item_id], "json", copilot.profile.root / "out")
    assert [one.id for one in report.items] == [item_id]


async def test_what_was_confirmed_is_in_the_audit_as_hashes(copilot: Copilot) -> None:
    ids = await loaded(copilot)
    item_id = await sent_back(copilot, ids["4"], "Dire le prix.")
    found = await copilot.review.edit(item_id, Edit(text="Bonjour, le vélo est à 4 321 €."), by="Nora")
    quotes = [one.quote for one in found.findings if one.confirmable]
    assert quotes
    await copilot.review.decide(
        item_id, Action.APPROVE, by="Omar", seen_hash=found.item.package.sha256, confirmed=quotes
    )
    entries = await copilot.custody.audit_entries()
    (approval,) = [one for one in entries if one.action == "approve"]
    assert approval.details["confirmed_sha256"] == [sha256_of(one) for one in quotes]
    assert "4 321" not in json.dumps([one.details for one in entries], ensure_ascii=False).replace("\u202f", " ")
