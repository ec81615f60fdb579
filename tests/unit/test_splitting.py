"""A long text as a thread: cut where a reader pauses, each part fitting, the text had back exactly."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.domain.network import Network
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.text.measure import measure
from copilot.text.measure.graphemes import grapheme_ends
from copilot.text.sentences import sentence_ends
from copilot.text.splitting import Part, rejoin, split

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
PIECES = [
    *"aZ1 .-_/@#:?()!&,;'*\n\r\t\0éÇ«»’…中。\x1c\x85",
    *("\u202f", "\u00a0", "\u200d", "\ufe0f", "\ufeff", "\u0301", "\u0600", "\u202e", "\ud83d", "🚲", FAMILY, "🇫🇷"),
    *("Bonjour à tous. ", "Venez ! ", "Oui… ", "M. Dupont", "https://exemple.fr/a", "#Vélo ", "@jo@masto.fr ", "\r\n"),
    *("@[Vélo à Lyon](urn:li:organization:1)", "  ", "prix.La", "e\u0301", "ש"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=80).map("".join)
POST = (
    "Notre atelier ouvre ses portes samedi 14 mars ! M. J. Dupont vous y attend avec « Le Citadin », notre vélo à "
    "3.490,50 € (p. ex. en vert)… Vous pourrez l’essayer, le régler, le comparer, etc. Rendez-vous de 10 h à 18 h. "
    "Entrée libre, réservation sur https://velo.example/reserver?a=1&b=2 ou auprès de @velo_lyon.\n\n"
    "Au programme :\n1. Essais sur route fermée.\n2. Atelier avec Mme St. Pierre, e.g. crevaisons.\n"
    "« On vous attend ! » dit l’équipe. #VéloÀLyon #PortesOuvertes"
)


def count_fits(part: Part, network: Network, limit: int | None = None) -> bool:
    found = measure(part.text, network, limit=limit)
    return found.limit is None or found.count <= found.limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Bonjour. Merci !", ["Bonjour.", "Merci !"], id="two sentences"),
        pytest.param("Bonjour\u202f! Merci\u202f? Oui", ["Bonjour\u202f!", "Merci\u202f?", "Oui"], id="narrow spaces"),
        pytest.param("M. Dupont et Mme Le Goff. Fin", ["M. Dupont et Mme Le Goff.", "Fin"], id="title"),
        pytest.param("Des vélos, etc. Venez", ["Des vélos, etc. Venez"], id="etc."),
        pytest.param("En ville, p. ex. Lyon. Fin", ["En ville, p. ex. Lyon.", "Fin"], id="p. ex."),
        pytest.param("Bikes, e.g. Trek. End", ["Bikes, e.g. Trek.", "End"], id="e.g."),
        pytest.param("See Dr. Smith at 5 p.m. Monday. End", ["See Dr. Smith at 5 p.m. Monday.", "End"], id="English"),
        pytest.param("J. R. Tolkien écrit. Fin", ["J. R. Tolkien écrit.", "Fin"], id="initials"),
        pytest.param("J.-C. Martin écrit. Fin", ["J.-C. Martin écrit.", "Fin"], id="double initials"),
        pytest.param("Le 12 sept. 2026, à sept. Venez", ["Le 12 sept. 2026, à sept.", "Venez"], id="month or number"),
        pytest.param("De 10 h à 18 h. Entrée libre", ["De 10 h à 18 h.", "Entrée libre"], id="hours"),
        pytest.param("Il coûte 3.50 € ou 3,50 €. Oui", ["Il coûte 3.50 € ou 3,50 €.", "Oui"], id="decimals"),
        pytest.param("Depuis 2019. Enfin", ["Depuis 2019.", "Enfin"], id="year"),
        pytest.param("Oui… Non", ["Oui… Non"], id="ellipsis"),
        pytest.param("Oui... Non", ["Oui... Non"], id="three full stops"),
        pytest.param("Vraiment ?! Oui", ["Vraiment ?!", "Oui"], id="two signs"),
        pytest.param("« Venez ! » dit-il. Fin", ["« Venez ! » dit-il.", "Fin"], id="quotation goes on"),
        pytest.param("Il dit : « Venez. » Puis rien", ["Il dit : « Venez. »", "Puis rien"], id="quotation ends"),
        pytest.param("(Oui.) Non", ["(Oui.)", "Non"], id="parenthesis"),
        pytest.param("Un\nDeux\n\n3. Trois", ["Un", "Deux", "3. Trois"], id="lines and list"),
        pytest.param("Voir exemple.fr. Puis", ["Voir exemple.fr.", "Puis"], id="domain"),
        pytest.param("今日は。明日も！", ["今日は。", "明日も！"], id="CJK"),
        pytest.param("approx. five km. Then", ["approx. five km.", "Then"], id="small letter"),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    ends = [0, *sentence_ends(text), len(text)]
    pieces = [text[start:end].strip() for start, end in itertools.pairwise(ends)]
    assert [piece for piece in pieces if piece] == expected


def test_a_text_that_fits_stays_as_it_is() -> None:
    text = "  Bonjour à tous.  "
    assert split(text, networks.get("x")) == (Part(1, 1, text, text),)
    assert split("", networks.get("x")) == ()
    assert rejoin(()) == ""
    assert len(split("a. " * 100_000, networks.get("wordpress"))) == 1


@pytest.mark.parametrize(("language", "mark"), [("fr", r" \(\d/\d\)\Z"), ("en", r"\n\d/\d\Z")])
def test_parts_end_with_sentences_and_say_their_place(language: str, mark: str) -> None:
    x = networks.get("x")
    parts = split(POST, x, language=language)
    assert [part.ends for part in parts] == ["sentence", "end"]
    assert parts[0].body.endswith("18 h.")
    assert [(part.number, part.total) for part in parts] == [(1, 2), (2, 2)]
    assert all(re.search(mark, part.text) and count_fits(part, x) for part in parts)
    assert rejoin(parts) == POST


def test_without_numbers_a_part_is_its_body() -> None:
    parts = split(POST, networks.get("bluesky"), limit=120, numbered=False)
    assert len(parts) > 3
    assert all(part.text == part.body for part in parts)
    assert rejoin(parts) == POST


def test_clauses_then_words_then_signs() -> None:
    x = networks.get("x")
    clauses = split("un deux trois, quatre cinq six sept, huit neuf dix", x, limit=30)
    assert (clauses[0].body, clauses[0].ends) == ("un deux trois,", "clause")
    words = split("un deux trois quatre cinq six sept huit neuf dix", x, limit=30)
    assert (words[0].body, words[0].ends) == ("un deux trois quatre", "word")
    signs = split("é" * 50, x, limit=30)
    assert [(part.body, part.ends) for part in signs] == [("é" * 24, "sign"), ("é" * 24, "sign"), ("é" * 2, "end")]


def test_french_signs_stay_with_their_word() -> None:
    parts = split("Bonjour à tous, venez nombreux : on fête « Le Citadin » à 3 490 € !", networks.get("x"), limit=22)
    bodies = [part.body for part in parts]
    assert all(body[0] not in "!:»€?;%" and body[-1] != "«" for body in bodies)
    assert any("3 490 €" in body for body in bodies)


def test_ten_parts_leave_room_for_two_figures() -> None:
    x = networks.get("x")
    text = "Une phrase assez courte. " * 110
    parts = split(text, x)
    assert len(parts) > 9
    assert parts[-1].text.endswith(f"({len(parts)}/{len(parts)})")
    assert all(count_fits(part, x) for part in parts)
    assert rejoin(parts) == text


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "threads", "linkedin", "telegram"])
@pytest.mark.parametrize(
    "whole",
    [
        "https://velo.example/une/adresse?a=1",
        "#VéloÀLyonEnville",
        "@velo_lyon",
        "@[Vélo à Lyon](urn:li:organization:12)",
    ],
)
def test_links_hashtags_and_mentions_stay_whole(network: str, whole: str) -> None:
    if whole.startswith("@[") and network != "linkedin":
        whole = whole.replace(" ", "_")
    where = networks.get(network)
    for before in range(0, 60, 7):
        text = "b" * before + " (" + whole + ") " + "fin, " * 30
        parts = split(text, where, limit=100)
        assert sum(whole in part.body for part in parts) == 1
        assert rejoin(parts) == text


def test_a_link_longer_than_a_part_is_cut_rather_than_lost() -> None:
    bluesky = networks.get("bluesky")
    text = "Voir https://a.fr/" + "x" * 700
    parts = split(text, bluesky)
    assert [part.ends for part in parts] == ["word", "sign", "sign", "end"]
    assert all(count_fits(part, bluesky) for part in parts)
    assert rejoin(parts) == text


def test_a_sign_longer_than_a_part_is_cut_too() -> None:
    threads = networks.get("threads")
    text = "a" + "\u0301" * 2_000 + " fin"
    parts = split(text, threads)
    assert all(count_fits(part, threads) for part in parts)
    assert rejoin(parts) == text


@pytest.mark.parametrize(("text", "limit"), [("Bonjour à tous", 5), ("中" * 10, 7)])
def test_a_limit_too_short_is_refused_in_words(text: str, limit: int) -> None:
    with pytest.raises(UserError) as caught:
        split(text, networks.get("x"), limit=limit)
    assert caught.value.kind == "split.impossible"
    for language in LANGUAGES:
        assert str(limit) in Translator(language).error(caught.value)


@pytest.mark.parametrize("name", ["x", "bluesky", "mastodon", "threads", "linkedin", "telegram", "facebook_page"])
@given(text=TEXTS, limit=st.integers(20, 60), numbered=st.booleans(), language=st.sampled_from(["fr", "en"]))
@settings(max_examples=80, deadline=None)
def test_parts_fit_and_give_the_text_back(name: str, text: str, limit: int, numbered: bool, language: str) -> None:
    network = networks.get(name)
    parts = split(text, network, limit=limit, numbered=numbered, language=language)
    assert rejoin(parts) == text
    assert all(count_fits(part, network, limit) for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    boundaries = {0, *grapheme_ends(text)}
    for part in parts:
        assert (part.before + part.after).strip() == "" or len(parts) == 1
        assert part.text.startswith(part.body)
        if part.ends != "sign":
            assert len(rejoin(parts[: part.number])) in boundaries


HOSTILE = [
    "a.b-c.",
    "a.fr/(b",
    "\u0301",
    "🇫",
    "@a@b.",
    "\ud83d",
    "\0",
    "ש\u202e ",
    "#é ",
    " ",
    "\n",
    ".",
    "!)",
    "a, ",
    "。",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("name", ["x", "bluesky", "threads"])
def test_time_grows_like_the_text(name: str, unit: str) -> None:
    network = networks.get(name)

    def taken(size: int) -> float:
        text = (unit * size)[:size]
        started = time.process_time()
        parts = split(text, network)
        spent = time.process_time() - started
        assert rejoin(parts) == text
        return spent

    # Numbers of more figures may ask for one more go: four times the text takes eight times as long at most.
    small, large = (min(taken(size) for _ in range(2)) for size in (6_000, 24_000))
    assert large < max(16 * small, 0.1)
