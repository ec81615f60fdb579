"""From imported threads to a level, crises opened and closed by a person, and statements that invent nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.brand import ModerationPolicy
from copilot.domain.crisis import CrisisLevel
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.crisis import FACTS, Holding
from copilot.settings import CrisisThresholds
from tests.services.bench import NOW, demo_brand, opened

ANGRY = "Toujours pas livré, personne ne répond, c’est une honte"
CALM = "Très belle couleur, bravo"
SHEET = {
    "fact": "une coupure du service de commande",
    "when": "2 mars 2026 à 9 h 30",
    "known": "les commandes passées avant 9 h sont enregistrées",
    "unknown": "la durée de la coupure",
    "doing": "nos équipes rétablissent le service",
    "next": "12 h 30",
    "page": "https://aubrelle.example/aide",
    "contact": "bonjour@aubrelle.example",
}


def export(*told: tuple[str, float | None], author: str = "") -> bytes:
    """A thread of (text, hours before now); None has no date."""
    lines = [
        {
            "id": str(number),
            "author": author or f"Auteur {number}",
            "handle": f"@a{number}",
            "text": f"{text} {number}",
            **({"created_at": (NOW - timedelta(hours=hours)).isoformat()} if hours is not None else {}),
        }
        for number, (text, hours) in enumerate(told, 1)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def quiet(hours: int = 30) -> list[tuple[str, float | None]]:
    return [(text, float(hour)) for hour in range(1, hours) for text in (ANGRY, CALM)]


async def load(copilot: Copilot, *told: tuple[str, float | None]) -> int:
    return (await copilot.inbox.load(export(*told), "fil.jsonl", network="x")).thread.id


async def test_a_burst_of_complaints_raises_the_level_of_its_thread(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await load(copilot, *quiet())
        assert (await copilot.crisis.status(thread)).level is CrisisLevel.GREEN
        # The same conversation exported later: what is new joins it.
        assert await load(copilot, *quiet(), *[(ANGRY, 0.1)] * 30) == thread
        found = await copilot.crisis.status(thread)
        assert found.level is CrisisLevel.RED
        assert (found.thread_id, found.computable, found.undated) == (thread, True, 0)
        assert found.series[-1].negative >= 30
        assert found.why[0].key == "crisis.why.volume_now"


async def test_the_thresholds_of_the_settings_are_used(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await load(copilot, *quiet(), *[(ANGRY, 0.1)] * 30)
        copilot.save_settings(replace(copilot.settings, crisis=CrisisThresholds(floor=100.0)))
        assert (await copilot.crisis.status(thread)).level is CrisisLevel.GREEN


async def test_messages_without_a_date_make_the_pace_not_computable(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await load(copilot, *[(ANGRY, None)] * 40)
        found = await copilot.crisis.status(thread)
        assert (found.computable, found.series, found.undated) == (False, (), 40)
        assert "crisis.why.no_dates" in [one.key for one in found.why]
        assert (found.level, found.shown_level) == (CrisisLevel.GREEN, "unknown")


async def test_one_word_of_danger_without_a_date_is_no_alert(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await load(copilot, ("La batterie a pris feu dans le salon", None), (CALM, None), (CALM, None))
        found = await copilot.crisis.status(thread)
        assert (found.computable, found.shown_level) == (False, "unknown")
        assert "crisis.why.safety_undated" in [one.key for one in found.why]
        dated = await load(copilot, ("La batterie a pris feu dans le salon", 1.0), (CALM, 2.0))
        assert (await copilot.crisis.status(dated)).level is CrisisLevel.ORANGE


async def test_one_text_copied_by_many_is_one_voice_and_a_boycott_is_no_danger(tmp_path: Path) -> None:
    raid = [json.dumps({"id": f"r{at}", "author": f"Compte {at}", "text": "BOYCOTT de cette marque, honte à vous !",
                        "created_at": NOW.isoformat()}) for at in range(14)]  # fmt: skip
    others = (
        "Votre crème m’a brûlé la peau, je suis à l’hôpital",
        "Je suis journaliste, je prépare un article sur vous",
    )
    told = [
        json.dumps({"id": f"a{at}", "author": f"Auteur {at}", "text": text, "created_at": NOW.isoformat()})
        for at, text in enumerate(others)
    ]
    async with opened(tmp_path) as copilot:
        done = await copilot.inbox.load("\n".join([*raid, *told]).encode(), "fil.jsonl", network="x")
        found = await copilot.crisis.status(done.thread.id)
        counted = {one.key.removeprefix("crisis.why."): one.params.get("count") for one in found.why}
        assert (counted["safety"], counted["press"], counted["calls"]) == (1, 1, 1)
        assert found.level is CrisisLevel.ORANGE


async def test_the_accounts_a_brand_names_are_watched(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        policy = ModerationPolicy(influential=("a3",))
        await copilot.brands.save(replace(brand, moderation=policy), by="Nora", replaces=brand)
        thread = await load(copilot, (CALM, 3.0), (CALM, 2.0), (ANGRY, 0.5))
        with copilot.store().write() as work:
            work.threads._connection.exec_driver_sql("UPDATE threads SET brand_id = 'aubrelle'")
        for found in (await copilot.crisis.status(thread), await copilot.crisis.status(brand_id="aubrelle")):
            assert found.level is CrisisLevel.YELLOW
            assert found.why[0].params["names"] == ("a3",)


async def test_what_is_unknown_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        for asked, kind in (
            (copilot.crisis.status(99), "thread.unknown"),
            (copilot.crisis.status(brand_id="nulle-part"), "brand.unknown"),
        ):
            with pytest.raises(UserError) as caught:
                await asked
            assert caught.value.kind == kind


async def test_an_empty_profile_has_nothing_to_count(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        found = await copilot.crisis.status()
        assert (found.level, found.computable, found.open) == (CrisisLevel.GREEN, False, None)


async def test_a_crisis_is_opened_once_told_to_all_who_ask_and_closed(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        service = copilot.crisis
        assert await service.is_open(brand.id) is None
        own = await service.open(CrisisLevel.ORANGE, "Rappel de frein", by="Nora", brand_id=brand.id)
        with pytest.raises(UserError) as caught:
            await service.open(CrisisLevel.RED, "Encore", by="Nora", brand_id=brand.id)
        assert caught.value.kind == "crisis.already_open"
        assert await service.is_open(brand.id) == own
        assert await service.is_open("autre") is None
        every = await service.open(CrisisLevel.RED, "Tout le groupe", by="Nora")
        assert await service.is_open("autre") == every
        assert await service.is_open(brand.id) == own
        closed = await service.close(by="Léa", brand_id=brand.id, note="Pièce changée")
        assert (closed.closed_by, closed.closed_at, closed.note) == ("Léa", NOW, "Pièce changée")
        assert await service.is_open(brand.id) == every
        assert (await service.status(brand_id=brand.id)).open == every
        assert [one.id for one in await service.list()] == [every.id, own.id]
        told = [entry.action for entry in await copilot.custody.audit_entries()]
        assert told[-3:] == ["crisis_opened", "crisis_opened", "crisis_closed"]


async def test_without_a_brand_every_open_crisis_is_told_the_gravest_and_newest_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        await copilot.brands.save(replace(brand, id="autre", name="Autre"), by="Nora")
        await copilot.brands.save(replace(brand, id="tierce", name="Tierce"), by="Nora")
        red = await copilot.crisis.open(CrisisLevel.RED, "Rappel", by="Nora", brand_id=brand.id)
        found = await copilot.crisis.status()
        assert (found.open, found.open_all, found.can_open) == (red, (red,), True)
        orange = await copilot.crisis.open(CrisisLevel.ORANGE, "Retards", by="Nora", brand_id="autre")
        newer = await copilot.crisis.open(CrisisLevel.RED, "Fuite", by="Nora", brand_id="tierce")
        every = await copilot.crisis.open(CrisisLevel.YELLOW, "Groupe", by="Nora")
        found = await copilot.crisis.status()
        assert (found.open, found.open_all, found.can_open) == (newer, (newer, red, orange, every), False)
        own = await copilot.crisis.status(brand_id="autre")
        assert (own.open, own.open_all, own.can_open) == (orange, (orange, every), False)
        for one in (newer, red, orange, every):
            await copilot.crisis.close(by="Nora", brand_id=one.brand_id)
        assert (await copilot.crisis.status()).open_all == ()


@pytest.mark.parametrize(
    ("level", "reason", "by", "kind"),
    [
        (CrisisLevel.GREEN, "Rien", "Nora", "crisis.green"),
        (CrisisLevel.RED, " \n", "Nora", "crisis.reason_needed"),
        (CrisisLevel.RED, "é" * 2001, "Nora", "crisis.reason_long"),
        (CrisisLevel.RED, "Incendie", "", "review.name_needed"),
    ],
)
async def test_a_crisis_needs_a_level_a_reason_and_somebody(
    tmp_path: Path, level: CrisisLevel, reason: str, by: str, kind: str
) -> None:
    async with opened(tmp_path) as copilot:
        with pytest.raises(UserError) as caught:
            await copilot.crisis.open(level, reason, by=by)
        assert caught.value.kind == kind
        assert await copilot.crisis.list() == ()


async def test_nothing_open_cannot_be_closed(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        with pytest.raises(UserError) as caught:
            await copilot.crisis.close(by="Nora")
        assert caught.value.kind == "crisis.none_open"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("missing", FACTS)
async def test_each_fact_nobody_states_stays_open_and_blocks(tmp_path: Path, missing: str, language: str) -> None:
    async with opened(tmp_path) as copilot:
        facts = {name: stated for name, stated in SHEET.items() if name != missing} | {missing: "  "}
        (draft,) = await copilot.crisis.draft_holding(Holding(facts, ("facebook_page",), language, None, "Nora"))
        assert [one.rule for one in draft.blocking].count("open_slot") == 1
        with pytest.raises(UserError):
            await copilot.review.decide(draft.item.id, Action.APPROVE, by="Léa", seen_hash=draft.item.package.sha256)


async def test_a_whole_fact_sheet_gives_a_statement_that_can_be_approved(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        asked = Holding(SHEET, ("facebook_page", "mastodon", "facebook_page"), "fr", brand, "Nora")
        first, second = await copilot.crisis.draft_holding(asked)
        assert [one.rule for one in first.blocking] == []
        assert (first.item.network, second.item.network) == ("facebook_page", "mastodon")
        assert (first.item.brand_id, first.item.author, first.item.status) == (brand.id, "Nora", Status.DRAFT)
        for stated in SHEET.values():
            assert stated in first.item.text
        assert ".." not in first.item.text


async def test_the_contact_is_the_brands_and_a_short_network_gets_the_short_form(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        facts = {"fact": "un lot de freins est rappelé", "known": "12 vélos concernés", "next": "demain à 9 h"}
        asked = Holding(facts, ("facebook_page", "x"), "fr", brand, "Nora")
        whole, short = await copilot.crisis.draft_holding(asked)
        assert brand.contact.email in whole.item.text
        assert "Ce que nous savons à cette heure" in whole.item.text
        assert short.item.text.startswith("Un lot de freins est rappelé. Ce que nous savons\u00a0: 12 vélos concernés.")
        assert short.measure.fits
        # What nobody stated still blocks.
        assert [one.rule for one in short.blocking].count("open_slot") >= 1
        other = replace(asked, facts=facts | {"contact": "le 3900"})
        assert "le 3900" in (await copilot.crisis.draft_holding(other))[0].item.text


@pytest.mark.parametrize("network", ["x", "bluesky"])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_time_and_the_contact_a_person_states_stand_in_the_short_form(
    tmp_path: Path, language: str, network: str
) -> None:
    stated = {"fact": "un lot de freins est rappelé", "when": "12 nov. à 9 h", "contact": "contact@aubrelle.example"}
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        (draft,) = await copilot.crisis.draft_holding(Holding(stated, (network,), language, brand, "Nora"))
        assert draft.measure.fits
        assert [one for one in stated.values() if one.casefold() not in draft.item.text.casefold()] == []


async def test_a_full_sheet_is_worded_tersely_rather_than_cut(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        (draft,) = await copilot.crisis.draft_holding(Holding(SHEET, ("x",), "fr", brand, "Nora"))
        assert draft.measure.fits
        assert draft.blocking == ()
        assert [one for one in SHEET.values() if one.casefold() not in draft.item.text.casefold()] == []


async def test_what_no_wording_makes_fit_stays_whole_and_is_told_by_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        told = SHEET | {"doing": "nos équipes rétablissent le service et contrôlent chaque commande " * 5}
        (draft,) = await copilot.crisis.draft_holding(Holding(told, ("x",), "fr", brand, "Nora"))
        assert SHEET["contact"] in draft.item.text
        (long,) = (one for one in draft.blocking if one.rule == "length")
        # What is past the limit is marked to the end, the contact in it.
        assert SHEET["contact"] in draft.item.text[long.start : long.end]


def words_of(text: str) -> set[str]:
    return set(text.replace(":", " ").replace(".", " ").split())


async def test_nothing_is_said_that_nobody_stated(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        empty = copilot.crisis.holding_text({}, "fr")
        full = copilot.crisis.holding_text(SHEET, "fr")
        stated = words_of(" ".join(SHEET.values()))
        assert words_of(full) <= words_of(empty) | stated
        assert copilot.crisis.holding_text({"fact": "a {known} b."}, "fr").startswith(
            "Nous avons été informés de ceci\u00a0: a {known} b.\n"
        )


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (Holding({}, ()), "compose.no_network"),
        (Holding({}, ("nulle-part",)), "network.unknown"),
        (Holding({}, ("x",), "de"), "language.unknown"),
        (Holding({"cause": "un sabotage"}, ("x",)), "crisis.fact_unknown"),
        (Holding({"fact": "a\ud800"}, ("x",)), "text.surrogate"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_statement_that_cannot_be_drafted_stores_nothing(tmp_path: Path, asked: Holding, kind: str) -> None:
    async with opened(tmp_path) as copilot:
        with pytest.raises(UserError) as caught:
            await copilot.crisis.draft_holding(asked)
        assert caught.value.kind == kind
        assert await copilot.review.list() == ()
