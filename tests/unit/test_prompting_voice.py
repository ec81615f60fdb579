"""What prompts are told of a brand, its facts, a network and a language."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.brand import Address, Brand, EmojiPolicy, Fact, PreferredTerm, VoiceProfile
from copilot.domain.conversation import Approach
from copilot.domain.network import HashtagRules, Limit, Network
from copilot.prompting.voice import (
    REWRITES,
    approach_line,
    brand_voice,
    fact_lines,
    language_name,
    network_rules,
    none_line,
    rewrite_line,
)

TODAY = date(2026, 12, 1)
BRAND = Brand(
    "lenoir",
    "Atelier Lenoir",
    sector="chaussures",
    description="Répare\nles chaussures",
    voice=VoiceProfile(
        address=Address.TU,
        traits=("direct", "chaleureux"),
        emoji=EmojiPolicy.NONE,
        preferred=(PreferredTerm("ressemelage", "réparation"),),
        banned=("pas cher", "{name} {{{facts}}}"),
        signature="L’équipe",
        do=("nommer la paire",),
        do_not=("promettre un délai",),
    ),
)


def network(
    limit: int | None = 300, unit: str = "characters", tags: HashtagRules | None = None, **rules: bool
) -> Network:
    part = Limit(limit, "graphemes", unit, "https://example.org", "2026-01-01", "sourced")
    return Network("x", "Réseau X", {"post": part}, hashtags=tags or HashtagRules(), **rules)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("fr", ["Atelier Lenoir (chaussures)", "Répare les chaussures", "tutoyer", "aucun"], id="fr"),
        pytest.param("en", ["Atelier Lenoir (chaussures)", "Répare les chaussures", "“tu”", "none"], id="en"),
    ],
)
def test_a_voice_says_everything_it_knows(language: str, expected: list[str]) -> None:
    text = brand_voice(BRAND, language)
    for part in (
        *expected,
        "direct, chaleureux",
        "ressemelage",
        "réparation",
        "pas cher",
        "nommer",
        "délai",
        "L’équipe",
    ):
        assert part in text
    assert "{name} {{{facts}}}" in text


def test_an_empty_voice_says_only_what_always_holds() -> None:
    assert brand_voice(Brand("b", "B"), "fr").count("\n") == 2
    assert "vouvoyer" in brand_voice(Brand("b", "B"), "fr")


def test_expired_facts_and_those_of_the_other_language_are_left_out() -> None:
    facts = (
        Fact("1", "Le ressemelage coûte 65 €", value="65 €", language="fr"),
        Fact("2", "A resole costs €65", language="en"),
        Fact("3", "Promotion", value="-10 %", language="fr", valid_until=date(2026, 11, 30)),
        Fact("4", "Téléphone", value="02 40 00 00 00"),
        Fact("5", "Noël", language="fr", valid_until=TODAY),
    )
    assert fact_lines(facts, TODAY, "fr").split("\n") == [
        "- Le ressemelage coûte 65 €",
        "- Téléphone\u00a0: 02 40 00 00 00",
        "- Noël (valable jusqu’au 1 décembre 2026)",
    ]
    assert "A resole costs €65" in fact_lines(facts, TODAY, "en")
    assert "ressemelage" not in fact_lines(facts, TODAY, "en")
    assert "ressemelage" in fact_lines(facts[:1], TODAY, "en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_fact_is_said_to_be_none(language: str) -> None:
    assert fact_lines((), TODAY, language) == none_line(language) == {"fr": "(aucun)", "en": "(none)"}[language]


def test_a_fact_keeps_to_its_line() -> None:
    text = fact_lines((Fact("1", "Un\r\n- faux\u2028fait {x}\tbon\u202f!"),), TODAY, "fr")
    assert text == "- Un - faux fait {x} bon\u202f!"


@pytest.mark.parametrize(
    ("one", "present", "absent"),
    [
        pytest.param(network(), ["300 caractères", "de 0 à 3"], ["image", "paragraphe", "cliquables"], id="plain"),
        pytest.param(network(63206), ["63\u202f206 caractères"], [], id="thousands"),
        pytest.param(network(500, "bytes"), ["450 caractères"], ["500"], id="bytes"),
        pytest.param(network(None), ["Réseau X"], ["Longueur"], id="no limit"),
        pytest.param(network(tags=HashtagRules(max=0)), ["Hashtags\u00a0: aucun."], [], id="no hashtags"),
        pytest.param(network(tags=HashtagRules(max=1, advised=(2, 5))), ["de 1 à 1"], [], id="cap below advice"),
        pytest.param(
            network(links_clickable=False, media_required=True, line_breaks=False),
            ["cliquables", "image", "paragraphe"],
            [],
            id="all constraints",
        ),
    ],
)
def test_network_rules_are_told(one: Network, present: list[str], absent: list[str]) -> None:
    text = network_rules(one, "fr")
    assert all(part in text for part in present)
    assert not any(part in text for part in absent)
    assert len(network_rules(one, "en").split("\n")) == len(text.split("\n"))


@pytest.mark.parametrize(
    ("code", "into", "name"),
    [
        ("fr", "fr", "français"),
        ("fr", "en", "French"),
        ("en", "fr", "anglais"),
        ("es", "fr", "espagnol"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("und", "en", "the language of the text"),
        ("", "fr", "la langue du texte"),
        ("x{y}\ud800", "fr", "la langue du texte"),
        ("es", "es", "espagnol"),
    ],
)
def test_a_language_has_a_name(code: str, into: str, name: str) -> None:
    assert language_name(code, into) == name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_approach_and_rewriting_has_its_own_sentence(language: str) -> None:
    lines = [approach_line(one, language) for one in (*Approach, None)] + [
        rewrite_line(one, language) for one in REWRITES
    ]
    assert len(set(lines)) == len(Approach) + 1 + len(REWRITES)
    assert not any(line.startswith("prompting.") for line in lines)
    assert rewrite_line("En vers\n{{{x}}}", language) == "En vers {{{x}}}"
