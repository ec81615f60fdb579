"""Brands edited, created, removed and brought back; facts that end; a voice heard before it is saved."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import (
    Address,
    Brand,
    Contact,
    EmojiPolicy,
    Fact,
    HashtagList,
    PreferredTerm,
    VoiceProfile,
)
from copilot.domain.item import Status
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.services.brands import BrandInvalid
from copilot.services.voice_sample import voice_sample
from tests.store.samples import draft
from tests.unit.test_brandfile import brands as any_brand
from tests.work import seconds_of_work

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
LUMEN = Brand("lumen", "Lumen", voice=VoiceProfile(traits=("direct",)), facts=(Fact("prix", "Le vélo coûte 890 €."),))


@pytest.fixture
def copilot(begun_profile: Path) -> Iterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOON)
    yield opened
    asyncio.run(opened.aclose())


def actions(copilot: Copilot) -> list[tuple[str, str, str]]:
    with copilot.store().read() as work:
        assert work.audit.verify().holds
        return [(entry.by, entry.action, entry.subject) for entry in work.audit.entries()]


async def refused(work: object) -> UserError:
    with pytest.raises(UserError) as caught:
        await work  # type: ignore[misc]  # any coroutine of the service
    for language in LANGUAGES:
        sentence = Translator(language).error(caught.value)
        assert sentence != caught.value.key
        assert "{" not in sentence
    return caught.value


async def test_an_edited_brand_is_kept_and_told_to_the_audit(copilot: Copilot) -> None:
    saved = await copilot.brands.save(LUMEN, by="Nora")
    assert saved.brand == await copilot.brands.get("lumen") == LUMEN
    assert [problem.wording.key for problem in saved.problems] == ["brand.warning.no_source"]
    assert actions(copilot) == [("Nora", "brand_saved", "brand:lumen")]


async def test_saving_what_did_not_change_tells_nothing(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    await copilot.brands.save(LUMEN, by="Nora", replaces=LUMEN)
    assert len(actions(copilot)) == 1


async def test_what_is_kept_is_what_its_file_says(copilot: Copilot) -> None:
    typed = replace(
        LUMEN, accounts={"X": "@lumen"}, hashtags=(HashtagList("base", ("#Vélo",), ("Instagram",)),), timezone=""
    )
    kept = (await copilot.brands.save(typed, by="Nora")).brand
    assert kept.accounts == {"x": "@lumen"}
    assert kept.hashtags == (HashtagList("base", ("Vélo",), ("instagram",)),)
    assert kept.timezone == "Europe/Paris"
    assert await copilot.brands.get("lumen") == kept


WRONG = {
    "no name": (replace(LUMEN, name=" "), "name"),
    "an unknown zone": (replace(LUMEN, timezone="Europe/Ici"), "timezone"),
    "a fact without a statement": (
        replace(
            LUMEN,
            facts=(*LUMEN.facts, Fact("b", "")),
        ),
        "facts[2].statement",
    ),
    "the same fact twice": (replace(LUMEN, facts=LUMEN.facts * 2), "facts[2].id"),
    "half a preferred term": (
        replace(LUMEN, voice=VoiceProfile(preferred=(PreferredTerm("atelier", ""),))),
        "voice.preferred[1].instead_of",
    ),
    "an unknown language": (replace(LUMEN, voice=VoiceProfile(language="de")), "voice.language"),
    "half a character": (replace(LUMEN, name="Lumen \ud83d"), "TOML"),
}


@pytest.mark.parametrize(("brand", "path"), WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_value_names_its_field_and_stores_nothing(copilot: Copilot, brand: Brand, path: str) -> None:
    error = await refused(copilot.brands.save(brand, by="Nora"))
    assert isinstance(error, BrandInvalid)
    assert (error.kind, error.params["path"]) == ("brand.invalid", path)
    assert await copilot.brands.list() == ()
    assert actions(copilot) == []


async def test_every_mistake_of_a_brand_is_there_at_once(copilot: Copilot) -> None:
    error = await refused(copilot.brands.save(replace(LUMEN, name="", timezone="x"), by="Nora"))
    assert isinstance(error, BrandInvalid)
    assert {problem.path for problem in error.problems} == {"name", "timezone"}


async def test_a_change_made_meanwhile_is_never_overwritten(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    theirs = replace(LUMEN, sector="vélos")
    await copilot.brands.save(theirs, by="Ana", replaces=LUMEN)
    error = await refused(copilot.brands.save(replace(LUMEN, sector="tricycles"), by="Nora", replaces=LUMEN))
    assert error.kind == "brand.edited_meanwhile"
    assert await copilot.brands.get("lumen") == theirs
    mine = await copilot.brands.save(replace(theirs, sector="tricycles"), by="Nora", replaces=theirs)
    assert mine.brand.sector == "tricycles"


async def test_a_brand_removed_meanwhile_is_told(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    await copilot.brands.remove("lumen", by="Ana")
    error = await refused(copilot.brands.save(replace(LUMEN, sector="vélos"), by="Nora", replaces=LUMEN))
    assert error.kind == "brand.removed_meanwhile"
    assert await copilot.brands.list() == ()


async def test_the_identifier_does_not_change(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    error = await refused(copilot.brands.save(replace(LUMEN, id="autre"), by="Nora", replaces=LUMEN))
    assert error.kind == "brand.id_changed"
    assert [brand.id for brand in await copilot.brands.list()] == ["lumen"]


async def test_new_brands_never_share_an_identifier(copilot: Copilot) -> None:
    made = [await copilot.brands.create(name, by="Nora") for name in ("Été & Cie", "ete-cie", "Été, Cie ", "😀")]
    assert [brand.id for brand in made] == ["ete-cie", "ete-cie-2", "ete-cie-3", "brand"]
    long = [await copilot.brands.create("a" * 300, by="Nora") for _ in range(2)]
    assert len({brand.id for brand in long}) == 2
    assert (await refused(copilot.brands.create("  ", by="Nora"))).kind == "brand.invalid"


async def test_a_copy_has_its_own_name_and_identifier(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    first = await copilot.brands.duplicate("lumen", by="Nora")
    second = await copilot.brands.duplicate("lumen", by="Nora")
    named = await copilot.brands.duplicate("lumen", by="Nora", name="Lumen Pro")
    assert [(one.id, one.name) for one in (first, second, named)] == [
        ("lumen-2", "Lumen 2"),
        ("lumen-3", "Lumen 3"),
        ("lumen-pro", "Lumen Pro"),
    ]
    assert replace(first, id="lumen", name="Lumen") == LUMEN
    assert (await refused(copilot.brands.duplicate("rien"))).kind == "brand.unknown"


async def test_a_removed_brand_comes_back_and_its_items_never_left(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    with copilot.store().write() as work:
        item = work.items.add(draft("Le vélo coûte 890 €.", brand_id="lumen"), NOON)
    before = await copilot.review.show(item.id)
    gone = await copilot.brands.remove("lumen", by="Nora")
    assert gone == LUMEN
    orphan = await copilot.review.show(item.id)
    assert orphan.item == before.item
    assert "unsourced_claim" in {finding.rule for finding in orphan.findings}
    assert await copilot.brands.restore(gone, by="Nora") == LUMEN
    assert await copilot.review.show(item.id) == before
    assert [action for _by, action, _subject in actions(copilot)] == ["brand_saved", "brand_removed", "brand_saved"]
    assert orphan.item.status is Status.DRAFT


async def test_a_brand_does_not_come_back_over_another(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    gone = await copilot.brands.remove("Lumen", by="Nora")
    other = await copilot.brands.create("Lumen", by="Ana")
    assert (await refused(copilot.brands.restore(gone, by="Nora"))).kind == "brand.exists"
    assert await copilot.brands.get("lumen") == other
    assert (await refused(copilot.brands.remove("rien", by="Nora"))).kind == "brand.unknown"


async def test_a_removed_default_brand_stands_in_nobodys_way(copilot: Copilot) -> None:
    await copilot.brands.save(LUMEN, by="Nora")
    assert await copilot.brands.choose(None, "partie") == LUMEN
    assert (await refused(copilot.brands.choose("partie", None))).kind == "brand.unknown"


async def test_facts_about_to_end_and_facts_that_ended(copilot: Copilot) -> None:
    days = {"hier": 20, "ce-soir": 21, "demain": 22, "quinzaine": 35, "apres": 36}
    facts = [Fact(name, name, valid_until=date(2026, 11, 1) + (date(2026, 11, 2) - date(2026, 11, 1)) * (day - 1))
             for name, day in reversed(days.items())]  # fmt: skip
    brand = replace(LUMEN, facts=(Fact("toujours", "toujours"), *facts))
    assert [fact.id for fact in await copilot.brands.expiring(brand)] == ["ce-soir", "demain", "quinzaine"]
    assert [fact.id for fact in await copilot.brands.expiring(brand, within_days=0)] == ["ce-soir"]
    assert [fact.id for fact in await copilot.brands.expired(brand)] == ["hier"]


async def test_the_day_is_the_one_where_the_brand_is(copilot: Copilot) -> None:
    brand = replace(LUMEN, timezone="Pacific/Kiritimati", facts=(Fact("f", "f", valid_until=TODAY),))
    assert [fact.id for fact in await copilot.brands.expired(brand)] == ["f"]
    assert copilot.brands.today(replace(brand, timezone="Nulle/Part")) == TODAY


@settings(max_examples=40, deadline=None)
@given(any_brand)
def test_a_saved_brand_goes_out_and_comes_back_equal(brand: Brand) -> None:
    async def round_trip() -> None:
        opened = _shared()
        saved = await opened.brands.save(brand, by="Nora")
        assert saved.brand == brand
        text = await opened.brands.export_toml(brand.id)
        assert (await opened.brands.import_toml(text)).brand == brand

    asyncio.run(round_trip())


_OPENED: list[Copilot] = []


@pytest.fixture(autouse=True, scope="module")
def _one_profile_for_all_examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    _OPENED.append(open_copilot(tmp_path_factory.mktemp("round-trip"), clock=lambda: NOON))
    yield
    asyncio.run(_OPENED.pop().aclose())


def _shared() -> Copilot:
    return _OPENED[-1]


VOICE = replace(LUMEN, voice=VoiceProfile(signature="Léa"))


def spoken(
    *, address: Address = Address.VOUS, emoji: EmojiPolicy = EmojiPolicy.SPARING, signature: str = "Léa"
) -> tuple[str, str]:
    brand = replace(VOICE, voice=replace(VOICE.voice, address=address, emoji=emoji, signature=signature))
    sample = voice_sample(brand, "fr", TODAY)
    assert not sample.post_findings
    assert not sample.reply_findings
    return sample.post, sample.reply


def test_the_form_of_address_is_heard() -> None:
    formal, familiar = r"\b(vous|votre|vos)\b", r"\b(tu|te|ton|ta|tes|toi)\b|\bt’"
    for address, wanted, other in ((Address.VOUS, formal, familiar), (Address.TU, familiar, formal)):
        for text in spoken(address=address):
            assert re.search(wanted, text, re.IGNORECASE)
            assert not re.search(other, text, re.IGNORECASE)


def test_each_emoji_policy_reads_differently() -> None:
    none, sparing, free = (spoken(emoji=policy) for policy in EmojiPolicy)
    assert len({none[0], sparing[0], free[0]}) == 3
    assert none[1] != sparing[1]


def test_the_signature_closes_the_reply() -> None:
    assert spoken()[1].endswith("\nLéa")
    assert spoken(signature="L’équipe")[1].endswith("\nL’équipe")


def test_a_preferred_term_takes_the_place_of_the_other() -> None:
    term = PreferredTerm("atelier", "magasin")
    sample = voice_sample(replace(VOICE, voice=replace(VOICE.voice, preferred=(term,))), "fr", TODAY)
    assert "magasin" in sample.brief
    assert "atelier" in sample.post
    assert "magasin" not in sample.post
    assert sample.replaced == (term,)


def test_a_banned_word_is_shown_where_it_stands() -> None:
    sample = voice_sample(replace(VOICE, voice=VoiceProfile(banned=("équipe",))), "fr", TODAY)
    banned = [finding for finding in sample.post_findings if finding.rule == "banned_term"]
    assert [sample.post[one.start : one.end].casefold() for one in banned] == ["équipe"]


def test_the_sample_speaks_the_language_asked_for() -> None:
    english = voice_sample(VOICE, "en", TODAY)
    assert english.language == "en"
    assert "Open day" in english.post
    assert "thank you" in english.reply
    assert voice_sample(VOICE, "de", TODAY).language == "fr"


def test_the_same_brand_always_gives_the_same_sample() -> None:
    assert voice_sample(VOICE, "fr", TODAY) == voice_sample(VOICE, "fr", TODAY)


HOSTILE = {
    "a megabyte": "x" * 1_000_000,
    "marks": "e" + "\u0301" * 50_000,
    "braces and halves": "\ud800\0\u202e{a}{{{b}}}" * 1000,
    "headings": "# " * 1000,
    "empty": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_brand_half_typed_breaks_or_slows_the_sample(text: str) -> None:
    voice_sample(VOICE, "fr", TODAY)
    many = (PreferredTerm(text, text),) * 300
    voice = VoiceProfile("fr", Address.TU, (text,), EmojiPolicy.FREE, many, (text,) * 300, text, (text,), (text,))
    facts = tuple(Fact(str(number), text, text, (text,) * 30) for number in range(300))
    brand = Brand(text, text, text, text, text, voice, Contact(text, text, text, text, text), facts=facts)
    began = time.process_time()
    sample = voice_sample(brand, "fr", TODAY)
    assert time.process_time() - began < 2
    assert sample.brief.startswith("\n# Portes") or sample.brief.startswith("# Portes")


def test_a_sample_is_quick_enough_to_follow_typing() -> None:
    voice_sample(VOICE, "fr", TODAY)
    assert min(seconds_of_work(lambda: voice_sample(VOICE, "fr", TODAY)) for _ in range(5)) < 0.05
