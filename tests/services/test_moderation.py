"""Decisions on messages over a real store: evidence first, one transaction, the inbox kept in step, statements."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.brand import Brand, ModerationPolicy
from copilot.domain.inbox import InboxFilter, State
from copilot.domain.moderation import Moderation, ModerationAction, ModerationAsked, Statement
from copilot.errors import UserError
from copilot.services.moderation import StatementAsked
from tests.services.bench import NOW, demo_brand, opened
from tests.store.samples import approve
from tests.store.test_imports import reply_to

INSULT = "Vous êtes une bande de connards, allez crever"
COMPLAINT = "Mon vélo est arrivé cassé et personne ne répond depuis trois semaines."
LINES = (
    ("1", "Ana Torres", INSULT),
    ("2", "Zélie", COMPLAINT),
    ("3", "promo", "GAGNEZ 500€ PAR JOUR depuis chez vous, contactez-moi sur WhatsApp http://gain-facile.example"),
    ("4", "Max", "What time do you open on Saturday?"),
    ("5", "Aubrelle", "Bonjour Zélie, écrivez-nous en message privé."),
    ("6", "Rose", "Je n’en peux plus, je veux en finir avec la vie"),
    ("7", "Kim", "Je vais te tuer, je sais où tu habites"),
)


def export(network_lines: tuple[tuple[str, str, str], ...] = LINES) -> bytes:
    told = [
        {"id": key, "author": author, "text": text, "created_at": "2026-03-01T10:00:00Z", "owner": author == "Aubrelle"}
        for key, author, text in network_lines
    ]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in told).encode()


async def loaded(copilot: Copilot, network: str = "discourse", *, hosted: bool = True) -> tuple[Brand, dict[str, int]]:
    """The demo brand, hosting its forum, and the messages above by their id in the export."""
    brand = await demo_brand(copilot)
    if hosted:
        policy = ModerationPolicy(hosted_networks=("discourse", "wordpress"))
        brand = (await copilot.brands.save(replace(brand, moderation=policy), by="Nora", replaces=brand)).brand
    done = await copilot.inbox.load(export(), "fil.jsonl", network=network)
    return brand, {one.external_id: one.id for one in done.thread.messages}


def hide(*ids: int, **more: str) -> ModerationAsked:
    return ModerationAsked(ids, ModerationAction.HIDE, "Nora", **more)


def warned(moderation: Moderation) -> list[str]:
    return [one.key.removeprefix("moderation.warning.") for one in moderation.warnings]


async def states(copilot: Copilot, *ids: int) -> list[State]:
    return [row.state for row in await copilot.inbox.rows(ids)]


async def test_a_decision_keeps_what_was_seen_and_says_why(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (one,) = await copilot.moderation.decide(hide(ids["1"], clause="Interdits", category="injure_publique"))
        assert (one.evidence.text, one.evidence.taken_at, one.language) == (INSULT, NOW, "fr")
        assert one.clause is not None
        assert one.clause.id == "interdits"
        assert INSULT in one.reason
        assert one.clause.text in one.reason
        assert "pourrait relever de" in one.reason
        assert "à vérifier par une personne" in one.reason
        assert "illégal" not in one.reason
        assert (one.hosted, one.to_do) == (True, True)
        assert await copilot.moderation.get(one.id) == one


async def test_the_reason_is_in_the_language_of_the_message(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (one,) = await copilot.moderation.decide(hide(ids["4"], category="escroquerie"))
        assert one.language == "en"
        assert "could come under: Scam" in one.reason


async def test_the_audit_holds_hashes_and_no_word_of_the_message(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (one,) = await copilot.moderation.decide(hide(ids["1"], facts="Insulte : « connards »", clause="ton"))
        entry = (await copilot.custody.audit_entries())[-1]
        assert (entry.action, entry.subject, entry.by) == ("moderated", f"message:{ids['1']}", "Nora")
        assert entry.details["message_sha256"] == one.evidence.message_sha256
        assert "connard" not in json.dumps(dict(entry.details))
        assert (await copilot.custody.verify_audit()).holds


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("keep", State.SKIPPED),
        ("hide", State.SKIPPED),
        ("delete", State.SKIPPED),
        ("report", State.SKIPPED),
        ("escalate", State.HUMAN),
        ("answer", State.WAITING),
    ],
)
async def test_a_decision_and_its_undoing_move_the_message_in_the_inbox(
    tmp_path: Path, action: str, state: State
) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        asked = ModerationAsked((ids["1"], ids["2"]), ModerationAction(action), "Nora")
        told = await copilot.moderation.decide(asked)
        assert await states(copilot, ids["1"], ids["2"]) == [state, state]
        undone = await copilot.moderation.undo([one.id for one in told], by="Léa")
        assert await states(copilot, ids["1"], ids["2"]) == [State.WAITING, State.WAITING]
        assert [(one.stands, one.undone_by, one.undone_at) for one in undone] == [(False, "Léa", NOW)] * 2
        assert undone[0].evidence.text == INSULT


@pytest.mark.parametrize(("action", "status"), [("hide", "draft"), ("report", "draft"), ("escalate", "approved")])
async def test_a_reply_to_what_is_decided_against_is_a_draft_again(tmp_path: Path, action: str, status: str) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        with copilot.store().write() as work:
            items = [
                approve(work, work.items.add(reply_to(work.threads.message(ids[one])), NOW)).id for one in ("2", "4")
            ]
        await copilot.moderation.decide(ModerationAsked((ids["2"],), ModerationAction(action), "Nora"))
        with copilot.store().read() as work:
            assert [work.items.get(one).status.value for one in items] == [status, "approved"]
            told = [(entry.action, entry.by) for entry in work.audit.of_subject(f"item:{items[0]}")]
        assert told == ([] if status == "approved" else [("message_decided", "Nora"), ("approval_lapsed", "Nora")])
        lapses = (await copilot.review.history(items[0])).lapses
        assert [(one.why, one.by) for one in lapses] == told[:1]


async def test_undoing_brings_back_the_mark_of_before_or_of_the_decision_that_holds(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        one = ids["1"]
        await copilot.inbox.hand_over([one], by="Nora")
        (first,) = await copilot.moderation.decide(hide(one))
        (second,) = await copilot.moderation.decide(ModerationAsked((one,), ModerationAction.ESCALATE, "Nora"))
        (third,) = await copilot.moderation.decide(ModerationAsked((one,), ModerationAction.ANSWER, "Nora"))
        assert warned(second) == ["replaces"]
        assert await states(copilot, one) == [State.WAITING]
        await copilot.moderation.undo([second.id], by="Nora")
        assert await states(copilot, one) == [State.WAITING]
        await copilot.moderation.undo([third.id], by="Nora")
        assert await states(copilot, one) == [State.SKIPPED]
        await copilot.moderation.undo([first.id], by="Nora")
        assert await states(copilot, one) == [State.HUMAN]


async def test_a_mark_somebody_changed_since_is_theirs(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (told,) = await copilot.moderation.decide(hide(ids["1"]))
        await copilot.inbox.hand_over([ids["1"]], by="Léa")
        await copilot.moderation.undo([told.id], by="Nora")
        assert await states(copilot, ids["1"]) == [State.HUMAN]


async def test_one_message_that_cannot_be_decided_on_leaves_all_as_they_were(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        before = len(await copilot.custody.audit_entries())
        for refused, kind in (
            (hide(ids["1"], ids["5"]), "moderation.own"),
            (hide(ids["1"], 9999), "message.unknown"),
            (hide(), "moderation.nothing"),
            (hide(ids["1"], clause="inconnu"), "moderation.clause_unknown"),
            (hide(ids["1"], category="inconnue"), "moderation.category_unknown"),
            (hide(ids["1"], facts="é" * 5001), "moderation.facts_long"),
            (hide(ids["1"], facts="a\ud800"), "text.surrogate"),
            (hide(ids["1"], brand_id="inconnue"), "brand.unknown"),
            (replace(hide(ids["1"]), by=" "), "review.name_needed"),
        ):
            with pytest.raises(UserError) as caught:
                await copilot.moderation.decide(refused)
            assert caught.value.kind == kind
        assert await copilot.moderation.list() == ()
        assert await states(copilot, ids["1"]) == [State.WAITING]
        assert len(await copilot.custody.audit_entries()) == before


async def test_undoing_is_all_or_nothing_and_happens_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        first, second = await copilot.moderation.decide(hide(ids["1"], ids["2"]))
        await copilot.moderation.undo([second.id], by="Nora")
        for act in (copilot.moderation.undo, copilot.moderation.done):
            with pytest.raises(UserError) as caught:
                await act([first.id, second.id], by="Nora")
            assert caught.value.kind == "moderation.undone"
        assert (await copilot.moderation.get(first.id)).stands


async def test_what_was_done_on_the_network_is_noted_by_a_person(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (told,) = await copilot.moderation.decide(hide(ids["1"]))
        (done,) = await copilot.moderation.done([told.id], by="Léa")
        assert (done.done_by, done.done_at, done.to_do) == ("Léa", NOW, False)
        assert (await copilot.custody.audit_entries())[-1].action == "moderation_done"


async def test_criticism_and_questions_are_defended_and_abuse_is_not(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        told = await copilot.moderation.prepare(hide(ids["1"], ids["2"], ids["4"], clause="ton"))
        assert [warned(one) for one in told] == [[], ["opinion"], ["opinion"]]
        assert await copilot.moderation.list() == ()
        (kept,) = await copilot.moderation.prepare(ModerationAsked((ids["2"],), ModerationAction.KEEP, "Nora"))
        assert warned(kept) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ce message est illégal.", ["illégal"]),
        ("Propos illicites, constitue un délit", ["illicites", "constitue un délit"]),
        ("This is unlawful", ["unlawful"]),
        ("Pourrait être illégal, à vérifier par une personne", []),
        ("Rien d’illégal : hors sujet", []),
        ("La personne écrit « c’est illégal »", []),
        ("Insulte une vendeuse nommée", []),
    ],
)
async def test_a_verdict_is_a_court_s_to_give(tmp_path: Path, words: str, found: list[str]) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        for asked in (hide(ids["1"], facts=words), hide(ids["1"], reason=words)):
            (one,) = await copilot.moderation.prepare(asked)
            told = [warn.params["words"] for warn in one.warnings if warn.key == "moderation.warning.verdict"]
            assert told == found


async def test_other_warnings(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        prepare = copilot.moderation.prepare
        assert warned((await prepare(hide(ids["1"])))[0]) == ["no_ground"]
        assert warned((await prepare(hide(ids["1"], category="denigrement")))[0]) == ["no_offence"]
        assert "distress" in warned((await prepare(hide(ids["6"], clause="ton")))[0])
        invented = "Il dit « je vous hais »"
        assert warned((await prepare(hide(ids["1"], clause="ton", facts=invented)))[0]) == ["quote"]


async def test_a_message_with_somebodys_phone_may_be_hidden_without_reproach(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        await demo_brand(copilot)
        text = "Mon vélo est cassé, rappelez-moi au 06 12 34 56 78 s’il vous plaît"
        done = await copilot.inbox.load(export((("1", "Ana", text),)), "fil.jsonl", network="x")
        one = done.thread.messages[0].id
        assert warned((await copilot.moderation.prepare(hide(one, clause="vie-privee")))[0]) == []
        why = [wording.key for wording in (await copilot.moderation.propose(one)).why]
        assert "moderation.suggest.details" in why


async def test_no_copy_is_kept_where_keeping_one_is_forbidden(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (one,) = await copilot.moderation.decide(hide(ids["1"], category="pedopornographie"))
        assert (one.evidence.text, one.facts) == ("", "")
        assert INSULT not in one.reason
        assert len(one.evidence.text_sha256) == 64
        assert "no_copy" in warned(one)


@pytest.mark.parametrize(
    ("key", "action", "clause"),
    [
        ("1", ModerationAction.HIDE, "interdits"),
        ("2", ModerationAction.ANSWER, None),
        ("4", ModerationAction.ANSWER, None),
        ("6", ModerationAction.ESCALATE, None),
        ("7", ModerationAction.ESCALATE, "interdits"),
    ],
)
async def test_a_suggestion_follows_the_triage_and_is_never_applied(
    tmp_path: Path, key: str, action: ModerationAction, clause: str | None
) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        found = await copilot.moderation.propose(ids[key])
        assert (found.action, found.clause.id if found.clause else None) == (action, clause)
        assert found.why
        assert await copilot.moderation.list() == ()
        assert await copilot.inbox.ids(InboxFilter(states=(State.SKIPPED, State.HUMAN))) == ()


async def stated(copilot: Copilot, asked: ModerationAsked, **more: object) -> Statement:
    (told,) = await copilot.moderation.decide(asked)
    return await copilot.moderation.statement(StatementAsked(told.id, **more))  # type: ignore[arg-type]  # named fields


async def test_a_statement_has_official_fields_and_a_letter_with_redress(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand, ids = await loaded(copilot)
        found = await stated(copilot, hide(ids["1"], clause="interdits"), territory=("fr", "BE"))
        assert found.problems == ()
        assert (found.duty, found.exempt) == (True, None)
        fields = found.fields
        assert fields["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
        assert fields["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
        assert fields["territorial_scope"] == ["BE", "FR"]
        assert (fields["content_date"], fields["application_date"]) == ("2026-03-01", "2026-03-02")
        assert (fields["content_language"], fields["source_type"]) == ("FR", "SOURCE_VOLUNTARY")
        assert fields["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
        for part in (
            INSULT,
            brand.contact.email,
            "article 21",
            "sans limite de temps",
            "une personne l’a lu",
            "BE, FR",
            "publié le 1er mars 2026",
            "à partir du 2 mars 2026",
        ):
            assert part in found.letter
        assert "2026-" not in found.letter
        assert "Ana" not in json.dumps(dict(fields))


async def test_a_category_alone_is_a_legal_ground_to_be_verified(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        asked = replace(hide(ids["1"], category="injure_publique"), action=ModerationAction.DELETE)
        fields = (await stated(copilot, asked, until=date(2026, 12, 31))).fields
        assert fields["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
        assert fields["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
        assert "1881" in str(fields["illegal_content_legal_ground"])
        assert "à vérifier par une personne" in str(fields["illegal_content_explanation"])
        assert fields["end_date_visibility_restriction"] == "2026-12-31"


@pytest.mark.parametrize(
    ("language", "days"),
    [("fr", ("2 mars 2026", "31 décembre 2026")), ("en", ("March 2, 2026", "December 31, 2026"))],
)
async def test_a_letter_writes_its_days_in_words(language: str, days: tuple[str, ...], tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        found = await stated(copilot, hide(ids["1"], clause="interdits"), language=language, until=date(2026, 12, 31))
        assert all(day in found.letter for day in days)
        assert "2026-" not in found.letter


@pytest.mark.parametrize(
    "facts",
    [
        "Il écrit de la part de Monsieur Paul Durand.",
        "Il donne son numéro, 06 12 34 56 78.",
        "Contact : paul.durand@exemple.fr",
        "Le compte @pauldurand insulte l’équipe.",
        "Ana Torres insulte l’équipe.",
    ],
)
async def test_personal_data_keeps_a_statement_from_being_issued(tmp_path: Path, facts: str) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        found = await stated(copilot, hide(ids["1"], clause="interdits"), facts=facts)
        assert found.fields == {}
        assert {one.key for one in found.problems} == {"moderation.problem.personal"}


async def test_what_keeps_a_statement_from_being_issued_is_said_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        facts = "Il donne son numéro, 06 12 34 56 78."
        found = await stated(copilot, hide(ids["1"], clause="interdits"), facts=facts)
        assert [one.params["quote"] for one in found.problems] == ["06 12 34 56 78"]


async def test_spam_owes_no_statement_and_says_so_unless_asked_anyway(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (told,) = await copilot.moderation.decide(hide(ids["3"], clause="publicite"))
        found = await copilot.moderation.statement(StatementAsked(told.id))
        assert found.exempt is not None
        assert (found.fields, found.letter) == ({}, "")
        anyway = await copilot.moderation.statement(StatementAsked(told.id, anyway=True, facts="Publicité répétée."))
        assert anyway.fields["decision_facts"] == "Publicité répétée."


async def test_elsewhere_than_at_home_a_statement_is_good_practice(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot, "facebook_page")
        assert not (await stated(copilot, hide(ids["1"], clause="interdits"))).duty


async def test_a_statement_is_refused_where_it_makes_no_sense(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        _brand, ids = await loaded(copilot)
        (kept,) = await copilot.moderation.decide(ModerationAsked((ids["2"],), ModerationAction.KEEP, "Nora"))
        (bare,) = await copilot.moderation.decide(hide(ids["1"]))
        (gone,) = await copilot.moderation.decide(hide(ids["4"], clause="ton"))
        await copilot.moderation.undo([gone.id], by="Nora")
        for moderation, kind in ((kept, "no_restriction"), (bare, "no_ground"), (gone, "undone")):
            with pytest.raises(UserError) as caught:
                await copilot.moderation.statement(StatementAsked(moderation.id))
            assert caught.value.kind == f"moderation.{kind}"
        with pytest.raises(UserError) as caught:
            await copilot.moderation.statement(StatementAsked(bare.id, source="rumour"))
        assert caught.value.kind == "moderation.source_unknown"


async def test_without_a_brand_decisions_are_taken_all_the_same(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        hostile = "\u202e" + "a\u0301" * 50_000 + "\u200b<script>"
        done = await copilot.inbox.load(export((("1", "Ana", hostile), ("2", "Bo", "🙂"))), "fil.jsonl", network="")
        ids = tuple(one.id for one in done.thread.messages)
        told = await copilot.moderation.decide(hide(*ids, category="harcelement"))
        assert [one.brand_id for one in told] == ["", ""]
        assert all(len(one.facts) < 500 for one in told)


async def test_making_a_report_of_danger_disappear_is_warned_of(tmp_path: Path) -> None:
    told = (
        ("1", "Ana", "La fourche a cassé net dans la descente, ma femme est à l’hôpital."),
        ("2", "Kim", "Je vais te tuer, je sais où tu habites"),
    )
    async with opened(tmp_path) as copilot:
        await demo_brand(copilot)
        done = await copilot.inbox.load(export(told), "danger.jsonl", network="facebook_page")
        report, threat = [one.id for one in done.thread.messages]
        for action in (ModerationAction.HIDE, ModerationAction.DELETE):
            asked = ModerationAsked((report, threat), action, "Nora", clause="interdits")
            first, second = await copilot.moderation.decide(asked)
            assert "safety" in warned(first)
            assert "safety" not in warned(second)
        (kept,) = await copilot.moderation.decide(ModerationAsked((report,), ModerationAction.ESCALATE, "Nora"))
        assert "safety" not in warned(kept)


async def test_an_attack_on_somebody_suggests_what_it_may_be(tmp_path: Path) -> None:
    told = {
        "Kill yourself, loser": "provocation_suicide",
        "Voici l’adresse du patron, 12 rue Haute, allez lui rendre visite ce soir": "doxing",
        "Sale arabe, rentre chez toi": "injure_discriminatoire",
    }
    async with opened(tmp_path) as copilot:
        await demo_brand(copilot)
        lines = tuple((str(place), "Kim", text) for place, text in enumerate(told))
        done = await copilot.inbox.load(export(lines), "attaques.jsonl", network="facebook_page")
        for message, category in zip(done.thread.messages, told.values(), strict=True):
            found = await copilot.moderation.propose(message.id)
            assert (found.action, found.category) == (ModerationAction.ESCALATE, category), message.text
            assert message.triage is not None
            assert message.triage.urgency.value == "P0"
