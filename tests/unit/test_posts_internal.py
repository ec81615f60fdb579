"""What a brief keeps between us never comes out, in the posts nor in their hashtags; the news always does."""

from __future__ import annotations

import pytest

from copilot import networks
from copilot.domain.post import PostProposal
from copilot.playbook.post_brief import is_internal, public_units
from copilot.playbook.post_lexicon import both
from copilot.playbook.post_press import asked_hashtags, dateline_length, has_embargo, opens_news
from copilot.playbook.post_typography import typeset
from copilot.playbook.posts import compose_posts, public_text
from copilot.text.facts import find_facts

NEWS = {"fr": "Le marché de Sète ouvre samedi 4 avril.", "en": "The fair opens in Leeds on Saturday 4 April."}
NOTES = [
    ("fr", "Le client est inquiet car seulement 3 lots sont vendus, donc surtout pas d'info là-dessus."),
    ("fr", "PS : le module Zéphyr sort plus tard, n'en parle pas encore"),
    ("fr", "NB : la photo de Zéphyr arrive demain"),
    ("fr", "La direction hésite, pas un mot là-dessus."),
    ("fr", "Le prix a baissé mais il ne faut pas en parler."),
    ("fr", "Faut pas dire que Zéphyr part."),
    ("fr", "Le fournisseur change, n'en dites rien."),
    ("fr", "Tarif de 12 € à confirmer."),
    ("fr", "La cliente veut du bleu."),
    ("fr", "Tu peux me faire un post rapide ?"),
    ("fr", "(la gérante a pas encore validé le prix)"),
    ("fr", "Bisous. Zoé."),
    ("fr", "A+. Zoé."),
    ("fr", "biz\nZoé"),
    ("fr", "Amitiés,\nZoé"),
    ("fr", "Contact presse : Zoé Petit, 01 99 00 12 34"),
    ("fr", "Communiqué de presse"),
    ("en", "Don't compare w/ Zephyr"),
    ("en", "- don't compare w/ Zephyr"),
    ("en", "The roof leaks, so please never bring up Zephyr."),
    ("en", "Could we get something out soon?"),
    ("en", "For immediate release"),
    ("en", "Media contact: Zoe Small, 0117 496 0000"),
    ("en", "ENDS\nZephyr is a company of 12 people."),
    ("en", "Notes to editors: Zephyr is a company."),
    ("en", "The new logo is not approved yet."),
    ("en", "The client wants more blue."),
]


def compose(text: str, network: str = "linkedin", language: str = "fr") -> tuple[PostProposal, ...]:
    facts = find_facts(text, language)
    chosen = networks.get(network)
    return compose_posts(text, facts=facts, hashtags=(), brand=None, network=chosen, language=language)


@pytest.mark.parametrize(("language", "note"), NOTES, ids=[note[:30] for _, note in NOTES])
def test_a_note_stays_between_us(language: str, note: str) -> None:
    assert [unit.text for unit in public_units(f"{NEWS[language]}\n\n{note}")] == [NEWS[language]]
    assert public_text(f"{NEWS[language]}\n\n{note}", language) == typeset(NEWS[language], language)


@pytest.mark.parametrize(
    "text",
    [
        "N'hésitez surtout pas à venir.",
        "Les clients veulent du local.",
        "Pour éviter de faire la queue, réservez.",
        "Le spectacle parle de la mer.",
        "We never compare our neighbours.",
        "Merci à Paul et Zoé.",
    ],
)
def test_what_sounds_like_a_note_and_is_none(text: str) -> None:
    assert not is_internal(text)


def test_public_text_of_a_brief_all_internal_is_empty() -> None:
    assert public_text("Objectif : vendre\nBudget : 3 000 €", "fr") == ""


def test_hashtags_asked_for_are_kept_and_forbidden_ones_are_not() -> None:
    assert public_text(f"{NEWS['fr']}\nHashtag : #MarchéDeSète", "fr").endswith("\n#MarchéDeSète")
    assert asked_hashtags("Hashtag : pas de #Zéphyr") == ()


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Pour info et diffusion svp", "la piscine ferme lundi 14 septembre.", True),
        ("FYI", "the pool is closed.", True),
        ("Rappel", "réunion publique jeudi.", True),
        ("Note interne", "la piscine ferme lundi.", False),
        ("Note", "le logo est en pièce jointe.", False),
        ("Budget", "à voir lundi.", False),
    ],
)
def test_an_opening_hands_the_news_over(label: str, value: str, expected: bool) -> None:
    assert opens_news(label, value) is expected
    assert bool(public_units(f"{label} : {value}")) is expected


@pytest.mark.parametrize("network", ["x", "instagram", "linkedin", "wordpress"])
def test_the_news_is_in_every_variant(network: str) -> None:
    text = (
        "Objet : TR: fermeture piscine\nDe : mairie\n\nPour info et diffusion svp : la piscine sera fermée du lundi 14 "
        "au vendredi 25 septembre 2026.\n\n- cours maintenus à Saint-Cyr\n- cartes acceptées là-bas\n"
    )
    posts = compose(text, network)
    assert len(posts) == 3
    assert all("sera fermée du lundi 14 au vendredi 25 septembre 2026" in post.text for post in posts)


def test_a_dateline_never_says_when() -> None:
    line = "Bristol, 1 September 2026 - The shelter will host its eighth fair on Sunday 20 September at Castle Park."
    assert line[dateline_length(line) :].startswith("The shelter")
    posts = compose(line, language="en")
    assert posts
    assert all("1 September" not in post.text and "2026" not in post.text for post in posts)


def test_a_country_in_a_claim_is_no_venue() -> None:
    text = (
        "Exposition de nuit\n\nDu 17 octobre 2026 au 28 février 2027.\n\n- 35 œuvres jamais vues en France\n- Visites"
    )
    assert not any("Où\u00a0:" in post.text for post in compose(text))


@pytest.mark.parametrize(
    ("brief", "language", "slot"),
    [
        ("Sous embargo jusqu'au 2 avril.\n\n" + NEWS["fr"], "fr", "{embargo\u00a0: date à vérifier}\n"),
        ("Under embargo until 2 April.\n\n" + NEWS["en"], "en", "{embargo: check the date}\n"),
    ],
)
@pytest.mark.parametrize("network", ["x", "facebook_page", "newsletter"])
def test_an_embargo_leaves_a_slot_open(brief: str, language: str, slot: str, network: str) -> None:
    posts = compose(brief, network, language)
    assert posts
    assert all(post.text.startswith(slot) for post in posts)


def test_no_embargo_no_slot() -> None:
    assert not has_embargo("Pas d'embargo. Le marché ouvre.")
    assert not has_embargo("Embargo : aucun")
    assert not any("{" in post.text for post in compose(NEWS["fr"]))


def test_no_hollow_hook_is_left() -> None:
    hollow = ("la nouvelle ?", "Quoi de neuf", "C’est officiel", "prévu de passer", "heard the news", "It’s official")
    phrases = [
        phrase
        for lexicon in both()
        for table in (*lexicon.hooks.values(), *lexicon.leads.values())
        for theme in table.values()
        for phrase in theme
    ]
    assert not [phrase for phrase in phrases for words in hollow if words in phrase]


def test_a_hook_is_made_of_the_subject() -> None:
    posts = {
        post.structure: post.text for post in compose("# Fermeture de la piscine\n\nElle ferme lundi 14 septembre.")
    }
    assert posts["question"].startswith("Fermeture de la piscine\u00a0: qu’est-ce qui change\u202f?")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A 5 minutes du tram. A 10 h.", "fr", "À 5 minutes du tram. À 10\u00a0h."),
        ("Le vitamine A 5 fois", "fr", "Le vitamine A 5 fois"),
        ("Tél. 01 99 00 12 34", "fr", "Tél. 01\u00a099\u00a000\u00a012\u00a034"),
        ("Call 0117 496 0000", "en", "Call 0117\u00a0496\u00a00000"),
    ],
)
def test_small_signs(text: str, language: str, expected: str) -> None:
    assert typeset(text, language) == expected
    assert typeset(typeset(text, language), language) == expected
