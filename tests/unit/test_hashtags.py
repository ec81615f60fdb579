"""Hashtags: how a phrase becomes one, which are proposed, how many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.brand import Brand, HashtagList
from copilot.domain.network import HashtagRules, Network
from copilot.i18n import Translator
from copilot.text.facts import find_facts
from copilot.text.hashtags import LONGEST, camel_case, suggest
from copilot.text.lexicons import folded

CAMEL = [
    ("l'été", "Été"),
    ("l’été", "Été"),
    ("L'Oréal", "LOréal"),
    ("rendez-vous", "RendezVous"),
    ("R&D", "RD"),
    ("2026", None),
    ("24/7", None),
    ("m²", None),
    ("", None),
    ("👍🎉", None),
    ("freins à disque", "FreinsÀDisque"),
    ("artisans d’art", "ArtisansDArt"),
    ("JO Paris 2024", "JOParis2024"),
    ("iPhone 15", "iPhone15"),
    ("Web 2.0", "Web2_0"),
    ("JOURNÉE PORTES OUVERTES", "JournéePortesOuvertes"),
    ("e\u0301cole d\u00a0art", "ÉcoleDArt"),
    ("#Déjà", "Déjà"),
    ("TER", "TER"),
    ("children's corner", "ChildrensCorner"),
    ("salon international de la mobilité durable", None),
    ("la grande braderie de la rentrée scolaire", "GrandeBraderieRentréeScolaire"),
]


@pytest.mark.parametrize(("phrase", "tag"), CAMEL, ids=[phrase or "empty" for phrase, _ in CAMEL])
def test_camel_case(phrase: str, tag: str | None) -> None:
    assert camel_case(phrase) == tag


@given(st.text(max_size=60))
def test_camel_case_makes_a_valid_tag_or_none(phrase: str) -> None:
    tag = camel_case(phrase)
    if tag is not None:
        assert len(tag) <= LONGEST
        assert all(sign.isalpha() or sign.isdecimal() or sign == "_" for sign in tag)
        assert any(sign.isalpha() for sign in tag)


TEXT = (
    "Nous lançons l'Aérienne, un vélo électrique de ville, à Lyon. L'Aérienne a des freins à disque. Nouveau produit ! "
    "#MobilitéDouce"
)
BRAND = Brand(
    "zephyr",
    "Zéphyr Cycles",
    hashtags=(
        HashtagList("Partout", ("VilleÀVélo", "aerienne", "VéloÉlectrique")),
        HashtagList("Instagram", ("ZéphyrLife",), ("instagram",)),
        HashtagList("LinkedIn", ("MobilitésPro",), ("linkedin",)),
    ),
)


def network(high: int, maximum: int | None = None, name: str = "instagram", max_chars: int | None = None) -> Network:
    return Network(name, name, {}, HashtagRules(maximum, (0, high), max_chars=max_chars))


def tags(room: Network, brand: Brand | None = BRAND, text: str = TEXT, limit: int | None = None) -> list[str]:
    found = suggest(text, "fr", facts=find_facts(text), brand=brand, network=room, limit=limit)
    return [hashtag.tag for hashtag in found]


def test_what_the_text_speaks_of_comes_first_and_other_brand_tags_only_fill_up() -> None:
    assert tags(network(4))[:2] == ["aerienne", "VéloÉlectrique"]
    assert "ZéphyrLife" not in tags(network(4))
    wanting = Network("instagram", "instagram", {}, HashtagRules(None, (30, 30)))
    assert "ZéphyrLife" in tags(wanting)
    assert "MobilitésPro" not in tags(network(30))


def test_without_a_brand_the_brief_fills_the_room() -> None:
    assert tags(network(5), None) == ["MobilitéDouce", "Aérienne", "Lyon", "VéloÉlectriqueDeVille", "FreinsÀDisque"]


@pytest.mark.parametrize(
    ("room", "limit", "count"),
    [
        (network(3), None, 3),
        (network(5, 0), None, 0),
        (network(5, 2), None, 2),
        (network(2, 5), 9, 5),
        (network(3), 1, 1),
    ],
    ids=["advised", "none there", "cap under advice", "limit over cap", "limit"],
)
def test_caps_are_kept(room: Network, limit: int | None, count: int) -> None:
    assert len(tags(room, limit=limit)) == count


def test_no_two_tags_differ_by_case_or_accents_alone() -> None:
    keys = [folded(tag) for tag in tags(network(30))]
    assert len(keys) == len(set(keys))


def test_generic_words_and_streets_are_refused() -> None:
    text = "Nouveau produit : entrée gratuite, offre client, au 12 rue de la Paix."
    assert tags(network(9), None, text) == []


def test_a_network_may_ask_for_shorter_tags() -> None:
    assert all(len(tag) <= 8 for tag in tags(network(9, max_chars=8)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_tag_says_why(language: str) -> None:
    found = suggest(TEXT, "fr", facts=find_facts(TEXT), brand=BRAND, network=network(30))
    translate = Translator(language)
    kinds = {hashtag.reason.key.rpartition(".")[2] for hashtag in found}
    assert kinds == {"brand_list", "brief_phrase", "place", "brand_name", "written"} | ({"product"} & kinds)
    assert all(translate.has(hashtag.reason.key) and "{" not in translate.wording(hashtag.reason) for hashtag in found)
