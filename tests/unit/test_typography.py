"""Typography: what is mended and how, what is never touched, whatever the text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.domain.brand import Typography
from copilot.text.measure import measure
from copilot.text.typography import apply_all, edits

N, B = "\u202f", "\u00a0"


def mended(
    text: str, network: str = "facebook_page", style: Typography = Typography.FRANCE, language: str = "fr"
) -> str:
    return apply_all(text, language, networks.get(network), style)


FRENCH = [
    ("Bonjour!", f"Bonjour{N}!"),
    ("Quoi ?!", f"Quoi{N}?!"),
    ("Oui!!! Non", f"Oui{N}!!! Non"),
    ("Un ; deux : trois", f"Un{N}; deux{B}: trois"),
    ("Bonjour   !", f"Bonjour{N}!"),
    ("(vraiment?) oui(?)", f"(vraiment{N}?) oui(?)"),
    ("«oui» « non »", f"«{B}oui{B}» «{B}non{B}»"),
    ('Il dit "oui".', f"Il dit «{B}oui{B}»."),
    ("Un “oui” franc", f"Un «{B}oui{B}» franc"),
    ('« Un "oui" franc »', f"«{B}Un “oui” franc{B}»"),
    ('l\'"essai"', f"l’«{B}essai{B}»"),
    ('un écran 27" et un 32" !', f'un écran 27" et un 32"{N}!'),
    ("l'été d'Anne", "l’été d’Anne"),
    ("Bientôt...", "Bientôt…"),
    ("thé, café, etc...", "thé, café, etc."),
    ("À 10h30, puis 18h", f"À 10{B}h{B}30, puis 18{B}h"),
    ("9h-18h", f"9{B}h-18{B}h"),
    ("24h/24", "24h/24"),
    ("12 500 abonnés", f"12{N}500 abonnés"),
    ("12500 €", f"12{N}500{B}€"),
    ("1250000 vues", f"1{N}250{N}000 vues"),
    ("3490 €", f"3490{B}€"),
    ("50% de moins, 12€, 3,50 €/mois", f"50{B}% de moins, 12{B}€, 3,50{B}€/mois"),
    ("5km, 20°C, 16 Go", f"5{B}km, 20{B}°C, 16{B}Go"),
    ("n°5, N° 12", f"n°{B}5, N°{B}12"),
    ("la 1ère, le 1er, la 2ème, le XXIème siècle", "la 1re, le 1er, la 2e, le XXIe siècle"),
    ("A bientôt. A l'heure. A 5 km. A noter", f"À bientôt. À l’heure. À 5{B}km. À noter"),
    ("L'Etat, l'Ecole, Etes-vous, Evénement", "L’État, l’École, Êtes-vous, Événement"),
    ("Ca y est. ETAT", "Ça y est. ÉTAT"),
    ("L’Edition limitée, l’Education nationale", "L’Édition limitée, l’Éducation nationale"),
    ("Voir https://a.fr\u00a0! Oui", "Voir https://a.fr ! Oui"),
    ("Merci @nom! #été!", "Merci @nom ! #été !"),
    ("Bonjour {prenom}!", f"Bonjour {{prenom}}{N}!"),
    ("**Important**: ouvert!", f"**Important**{B}: ouvert{N}!"),
    ("en 2024: 10 visites, score 3 : 1", f"en 2024{B}: 10 visites, score 3 : 1"),
    ("Super!🎉", f"Super{N}!🎉"),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_of_france(text: str, expected: str) -> None:
    assert mended(text) == expected
    assert mended(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://a.fr/l'été?x=1!&y=2;z 10:30 16:9 :) ;-) :-D :/ :'( <3 ^^",
        "x.y'z@exemple.fr @l_ami #L'été `l'a! ?` ```\nl'a ! \n``` <@12> <:non:34> :tada: &amp; ok",
        "http://a.fr:8080/x , ftp://b.fr/l'a photo_l'a.jpg C:\\l'a",
        "# Titre\n## Sous-titre\n- un\n* deux\n1. trois\n> quatre",
        "75011 Paris, 06 12 34 56 78, +33 1 23 45 67 89, +1 555 123 4567, 0 800 123 456",
        "dossier 123 456, SIRET 123 456 789 00012, réf. 123 456, code 12500, en 2026, n°\u00a012345",
        "A-t-il plu, la vitamine A l’aide, Excellent, Enfin, Entrée, Europe, Eric et Emilie",
        "Yahoo! et Limited Edition, Star Academy",
        "un (?) et (!) — deux – trois",
        "Il mesure 5' 10, écran 27\" seul",
        '{"clé": "valeur l\'a"}',
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_the_space_that_costs_least() -> None:
    text = "12 500 oui!"
    assert mended(text, "x") == mended(text, "threads") == f"12{B}500 oui{B}!"
    assert mended(f"Oui{N}!", "x") == f"Oui{B}!"
    assert mended(f"Oui{B}!", "linkedin") == f"Oui{B}!"
    youtube = networks.get("youtube")
    assert apply_all("Oui!", "fr", youtube, part="post") == f"Oui{B}!"
    assert apply_all("Oui!", "fr", youtube, part="reply") == f"Oui{N}!"
    assert apply_all("Oui!", "fr") == f"Oui{N}!"


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        (Typography.SIMPLE, "Oui ! «non» 5% l'a : b", "Oui ! « non » 5 % l’a : b"),
        (Typography.SIMPLE, f"Oui{N}! Non{B}: «{B}a{B}»", f"Oui{N}! Non{B}: «{B}a{B}»"),
        (Typography.SWISS, "Oui! «non» a: b", "Oui! «non» a: b"),
        (Typography.SWISS, "Oui ! « non »", f"Oui{N}! «{N}non{N}»"),
        (Typography.QUEBEC, "Oui ! Non ; a: « b »", f"Oui! Non; a{B}: «{B}b{B}»"),
    ],
)
def test_house_styles(style: Typography, text: str, expected: str) -> None:
    assert mended(text, style=style) == expected
    assert mended(expected, style=style) == expected


def test_english() -> None:
    assert mended("Hello ! How are you ? Fine : yes", language="en") == "Hello! How are you? Fine: yes"
    assert mended("It's fine, don't worry", language="en") == "It's fine, don't worry"
    assert mended("It's fine, don’t worry", language="en") == "It’s fine, don’t worry"
    assert mended('“Yes” and "no"', language="en") == "“Yes” and “no”"
    untouched = 'He said "no" at 10:30 :) — 5% off; score 3 : 2...'
    assert mended(untouched, language="en") == untouched
    assert mended("¿Qué tal ?", language="es") == "¿Qué tal ?"


def test_a_text_that_fits_still_fits() -> None:
    network = networks.get("x")
    tight = "é" * 271 + " Oui!... "
    assert measure(tight, network).count == 280
    once = apply_all(tight, "fr", network)
    assert measure(once, network).fits
    assert once == apply_all(once, "fr", network)
    assert "…" in once
    full = "é" * 275 + " Oui!"
    assert apply_all(full, "fr", network) == full
    assert [edit.fits for edit in edits(full, "fr", network)] == [True]
    threads = networks.get("threads")
    assert apply_all("l'a " * 125, "fr", threads) == "l'a " * 125
    assert apply_all("l'a " * 124, "fr", threads) == "l'a " * 124
    assert apply_all("l'a " * 50, "fr", threads) == "l’a " * 50


PIECES = [
    *(
        "Bonjour",
        "l'",
        "d’",
        "A ",
        "bientôt",
        "Etat",
        "Ca va",
        "10h30",
        "18h",
        "12 500",
        "12500 €",
        "n°5",
        "2ème",
        "etc...",
    ),
    *(
        "https://a.fr/l'x!",
        "a.fr",
        "x@y.fr",
        "@nom",
        "@a.b@c.fr",
        "#l'été",
        "#tag",
        ":)",
        ";-)",
        ":-D",
        "10:30",
        "16:9",
    ),
    *("`l'a !`", "```", "`", "{nom}", "{", "<@12>", ":tada:", '<b a="x">', "&amp;", "06 12 34 56 78", "www.a.fr"),
    *("«", "»", "“", "”", '"', "'", "!", "?", ";", ":", "…", "...", "..", ".", ",", "(", ")", "-", "—", "%", "€", "°"),
    *(
        " ",
        "  ",
        N,
        B,
        "\u2009",
        "\n",
        "\r\n",
        "\t",
        "🎉",
        "👩\u200d🚀",
        "e\u0301",
        "\0",
        "\ud83d",
        "\u202e",
        "ש",
        "\ue000",
    ),
    *("5", "100 %", "5km", "1 000 000", "Yahoo!", "prix.La", "photo.jpg", "h", "km"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join)
STYLES = st.sampled_from(list(Typography))
NETWORKS = st.sampled_from(["x", "threads", "facebook_page", "bluesky", "mastodon", "linkedin"])
PROTECTED = re.compile(
    r"https?://[^\s\"“”«»]+|\w[\w.+-]*@[\w-]+\.[a-z]+|(?<!\w)@\w+|(?<!\w)#\w+|(?<![\w:])\d{1,2}:\d{2}(?![\w:])|\{\w+\}|<@\d+>"
)
LETTERS = re.compile(r"[^\W\d_]")
ACCENTED = str.maketrans("ÉÊÎÂÀÇ", "EEIAAC")


@given(TEXTS, NETWORKS, STYLES, st.sampled_from(["fr", "en"]))
@settings(max_examples=400, deadline=None)
def test_applied_twice_it_changes_nothing_more(text: str, network: str, style: Typography, language: str) -> None:
    once = mended(text, network, style, language)
    assert mended(once, network, style, language) == once


@example("x@y.fr...x@y.fr", "x", Typography.FRANCE)
@given(TEXTS, NETWORKS, STYLES)
@settings(max_examples=300, deadline=None)
def test_links_names_tags_and_letters_stay(text: str, network: str, style: Typography) -> None:
    after = mended(text, network, style)
    assert PROTECTED.findall(after) == PROTECTED.findall(text)
    if not re.search("[èe]me|[èe]re", text):
        assert "".join(LETTERS.findall(after)).translate(ACCENTED) == "".join(LETTERS.findall(text)).translate(ACCENTED)


@given(TEXTS, NETWORKS)
@settings(max_examples=100, deadline=None)
def test_it_never_makes_a_text_too_long(text: str, network: str) -> None:
    target = networks.get(network)
    filled = "a " * 100 + text
    if measure(filled, target).fits:
        assert measure(mended(filled, network), target).fits


HOSTILE = {
    "signs": "!?;:" * 1,
    "quotes": '"a" ',
    "open quotes": '"',
    "guillemets": "«",
    "apostrophes": "l'",
    "backticks": "`",
    "fences": "``` ",
    "braces": "{",
    "angles": "<a",
    "ats": "@a.",
    "hashes": "#a'",
    "spaces": " ",
    "spaces and signs": "   !",
    "digits": "1 ",
    "thousands": "1 000 ",
    "long figure": "9",
    "marks": "e\u0301\u0302\u0303",
    "surrogates": "\ud83d",
    "nul": "\0",
    "right to left": "שלום ",
    "dots": ".",
    "ellipses": "... ",
    "dotted": "a.b-c.",
    "capitals": "Etat A ",
    "hours": "10h30",
    "colons": ":a",
    "zeros": "0 ",
    "pluses": "+1 ",
    "prose": "L'Etat a dit : « oui » à 10h30 ! ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("language", ["fr", "en"])
def test_time_is_linear(piece: str, language: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (20_000, 160_000))
    first = min(_seconds(small, language) for _ in range(5))
    second = min(_seconds(large, language) for _ in range(3))
    # Eight times the text: a quadratic way takes 64 times as long.
    assert second < 28 * first + 0.05


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    edits(text, language)
    return time.process_time() - started
