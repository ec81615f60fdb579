"""Hashtags to choose from: what each network takes, why each is there, what to know of it, however strange the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.domain.brand import Brand, HashtagList, PreferredTerm, VoiceProfile
from copilot.i18n import LANGUAGES, Translator
from copilot.text.hashtags import TagUses, cautions, is_unreadable, propose, rude_reading, suggest
from copilot.text.hashtags.casing import LONGEST_WRITTEN
from copilot.text.tag_rules import kept

BRIEF = """Bonjour Claire,

Peux-tu préparer un post pour les Journées européennes du patrimoine ? Le moulin de Kervignac ouvre ses portes
les 18 et 19 septembre : visite guidée, mouture à l’ancienne et pain au levain. Merci de ne pas citer le devis.

Bien à toi,
Soizic Le Goff
Service communication
"""


def tags(text: str, network: str = "mastodon", brand: Brand | None = None, **options: object) -> list[str]:
    found = propose(text, "auto", network=networks.get(network), brand=brand, **options)  # type: ignore[arg-type]  # any option
    return [one.tag for one in found]


def warned(tag: str, brand: Brand | None = None, uses: dict[str, TagUses] | None = None) -> set[str]:
    return {one.id for one in cautions(tag, brand, uses)}


def test_a_mail_gives_its_subject_and_neither_greeting_nor_signature_nor_what_is_not_to_be_said() -> None:
    found = tags(BRIEF)
    assert found[0] == "JournéesEuropéennesDuPatrimoine"
    assert {"MoulinDeKervignac", "PainAuLevain", "VisiteGuidée"} <= set(found)
    assert not [tag for tag in found if any(part in tag for part in ("Claire", "Soizic", "Goff", "Devis", "Service"))]


@pytest.mark.parametrize(("network", "most"), [("instagram", 5), ("tiktok", 5), ("threads", 1), ("mastodon", 15)])
def test_the_cap_of_a_network_is_kept_and_told(network: str, most: int) -> None:
    found = propose(BRIEF * 3, "fr", network=networks.get(network))
    assert 0 < len(found) <= most
    assert {one.cap for one in found} == {networks.get(network).hashtags.max}


@pytest.mark.parametrize("network", ["discord", "reddit", "newsletter", "google_business", "discourse"])
def test_networks_without_hashtags_get_none(network: str) -> None:
    assert tags(BRIEF, network) == []


def test_a_topic_of_threads_keeps_its_spaces() -> None:
    assert tags("Nous fêtons la Nuit de la lecture.", "threads") == ["Nuit de la lecture"]
    assert tags("L’atelier R&D. Le salon R&D Nord Énergie ouvre ses portes.", "threads")[0].count("&") == 0


@pytest.mark.parametrize("network", sorted(networks.load()))
def test_every_proposed_tag_is_taken_whole(network: str) -> None:
    where = networks.get(network)
    text = "Rendez-vous à L’Escale pour la soirée « Rock & Swing » : jus de pomme, l’été indien, R&D et web 2.0. #été"
    for tag in tags(text, network):
        assert kept(tag, where) == tag


REASONS = [
    ("On prépare le Black Friday en boutique de vélos.", "BlackFriday", "calendar_day"),
    ("Un bouquet pour la fête des Mères, c’est ici.", "FêteDesMères", "calendar_day"),
    ("Campagne : Un toit pour tous\nNos bénévoles vous attendent.", "UnToitPourTous", "campaign"),
    ("On roule samedi #VéloLibre.", "VéloLibre", "written"),
    ("Le salon ouvre à Nantes, avec des jeux.", "Nantes", "place"),
    ("Our bakery opens on Mother's Day.", "MothersDay", "calendar_day"),
]


@pytest.mark.parametrize(("text", "tag", "reason"), REASONS, ids=[tag for _, tag, _ in REASONS])
def test_each_reason_has_its_name(text: str, tag: str, reason: str) -> None:
    found = {one.tag: one for one in propose(text, "auto", network=networks.get("mastodon"))}
    assert found[tag].reason_id == reason
    assert all(Translator(language).has(found[tag].reason.key) for language in LANGUAGES)


def test_a_day_the_brief_does_not_name_is_not_proposed() -> None:
    text = "Le samedi 18 septembre, le moulin ouvre ses portes aux visiteurs."
    assert not [one for one in propose(text, "fr", network=networks.get("x")) if one.reason_id == "calendar_day"]


RUDE = [
    ("SusanAlbumParty", "anal"),
    ("PenIsland", "penis"),
    ("ArtisanAlsacien", None),
    ("WhoRepresents", "whore"),
    ("ConcertDeNoël", None),
    ("ÉcoNature", None),
    ("MenuDeNoël", None),
    ("PetitSalon", None),
    ("Concert", None),
    ("NationalGallery", None),
]


@pytest.mark.parametrize(("tag", "reading"), RUDE, ids=[tag for tag, _ in RUDE])
def test_rude_readings_across_words(tag: str, reading: str | None) -> None:
    assert rude_reading(tag) == reading


def test_each_warning() -> None:
    brand = Brand("a", "A", voice=VoiceProfile(banned=("pas cher",), preferred=(PreferredTerm("vélo", "bicyclette"),)))
    uses = {"velolibre": TagUses(3, 3)}
    assert warned("VéloPasCher", brand) == {"banned"}
    assert warned("BellesBicyclettes", brand) == {"banned"}
    assert warned("Décher", brand) == set()
    assert warned("Like4Like") == warned("JeSuisCharlie") == {"problem"}
    assert warned("SusanAlbumParty") == {"ambiguous"}
    assert warned("love") == {"generic"}
    assert warned("VéloLibre", uses=uses) == {"used"}
    assert warned("journéesdupatrimoine") == {"unreadable"}
    assert warned("JournéesDuPatrimoine") == set()


def test_every_warning_is_a_sentence_in_both_languages() -> None:
    brand = Brand("a", "A", voice=VoiceProfile(banned=("vélo",)))
    several = ("VéloLibre", "f4f", "nsfw", "metoo", "SusanAlbumParty", "love", "bikeweekmanchester")
    for tag in several:
        for caution in cautions(tag, brand, {"velolibre": TagUses(2, 2)}):
            for language in LANGUAGES:
                said = Translator(language).wording(caution.wording)
                assert "{" not in said
                assert f"#{tag}" in said


def test_several_words_in_small_letters_are_hard_to_read() -> None:
    assert is_unreadable("bikeweekmanchester")
    assert not is_unreadable("vélo")
    assert not is_unreadable("BikeWeekManchester")


def test_what_the_brand_bans_comes_last_with_a_warning_and_never_under_a_post() -> None:
    brand = Brand("m", "Moulin Vert", voice=VoiceProfile(banned=("levain",)))
    mastodon = networks.get("mastodon")
    found = propose(BRIEF, "fr", network=mastodon, brand=brand)
    assert "PainAuLevain" in [one.tag for one in found if "banned" in {caution.id for caution in one.warnings}]
    assert "PainAuLevain" not in [one.tag for one in suggest(BRIEF, "fr", brand=brand, network=mastodon, limit=15)]


def test_tags_of_the_brand_rotate_by_their_uses() -> None:
    lists = (HashtagList("base", ("UnMoulin", "DeuxMoulins", "TroisMoulins", "QuatreMoulins")),)
    brand = Brand("m", "Moulin", hashtags=lists)
    text = "UnMoulin DeuxMoulins TroisMoulins QuatreMoulins"
    assert tags(text, "instagram", brand)[:3] == ["UnMoulin", "DeuxMoulins", "TroisMoulins"]
    uses = {"unmoulin": TagUses(2, 2), "deuxmoulins": TagUses(1, 1)}
    assert tags(text, "instagram", brand, uses=uses)[:3] == ["TroisMoulins", "QuatreMoulins", "DeuxMoulins"]


HOSTILE = {
    "a megabyte of words": "vélo pliant de ville. " * 48_000,
    "a megabyte without a stop": "vélo " * 200_000,
    "a megabyte of linkers": "de la " * 170_000,
    "names without end": "Musée Paris " * 80_000,
    "marks": "e" + "\u0301" * 50_000 + " vélo",
    "right to left": "مهرجان المدينة في باريس " * 3_000,
    "surrogates": "vélo \udc00\ud83d cargo " * 5_000,
    "one word": "é" * 500_000,
    "quotes": "«" * 100_000,
    "open quotes": "« a " * 50_000,
    "keys": "a: b\n" * 50_000,
    "hashes": "#a" * 100_000,
    "dashes": "-" * 200_000,
    "dots": "a.b-c." * 30_000,
    "colons": ":" * 200_000,
    "line ends": "\n" * 500_000,
    "spaces": " " * 500_000,
    "campaigns": "campagne : x y z\n" * 20_000,
    "nul": "\0" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    tags(text)
    # Under a second alone on two slow cores; quadratic ways take minutes.
    assert time.process_time() - started < 6


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=400) | st.lists(st.sampled_from([*BRIEF.split(" "), "\ud83d", "#", "«", "»", "\n"])).map(" ".join),
    st.sampled_from(sorted(networks.load())),
)
def test_any_text_gives_tags_within_the_rules(text: str, network: str) -> None:
    where = networks.get(network)
    found = tags(text, network)
    assert len(found) <= (15 if where.hashtags.max is None else where.hashtags.max)
    assert all(kept(tag, where) == tag and len(tag) <= LONGEST_WRITTEN for tag in found)
