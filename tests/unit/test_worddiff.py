"""Word differences: nothing lost, readable, and quick whatever the texts."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copilot.text.worddiff import Change, DiffPart, diff_words
from tests.work import seconds_of_work

SHOWN = {Change.SAME: "{}", Change.ADDED: "[+{}]", Change.REMOVED: "[-{}]"}


def shown(before: str, after: str) -> str:
    return "".join(SHOWN[part.change].format(part.text) for part in diff_words(before, after))


def sides(parts: tuple[DiffPart, ...]) -> tuple[str, str]:
    return (
        "".join(part.text for part in parts if part.change is not Change.ADDED),
        "".join(part.text for part in parts if part.change is not Change.REMOVED),
    )


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        pytest.param("Venez samedi !", "Venez dimanche !", "Venez [-samedi][+dimanche] !", id="a word"),
        pytest.param("à l’atelier", "dans l’atelier", "[-à][+dans] l’atelier", id="beside an elision"),
        pytest.param("Voir l’atelier", "Voir l’usine", "Voir l’[-atelier][+usine]", id="after an elision"),
        pytest.param("jusqu’à lundi", "jusqu’au lundi", "jusqu’[-à][+au] lundi", id="a long elision"),
        pytest.param("L'été", "L’été", "[-L'][+L’]été", id="the apostrophe alone"),
        pytest.param("aujourd’hui oui", "hui oui", "[-aujourd’hui][+hui] oui", id="an apostrophe inside a word"),
        pytest.param("We don't know", "We do know", "We [-don't][+do] know", id="an English contraction"),
        pytest.param("Venez.", "Venez !", "Venez[-.][+ !]", id="punctuation and its space"),
        pytest.param("Prix : 12,50 €", "Prix : 13,50 €", "Prix : [-12,50][+13,50] €", id="a price is one word"),
        pytest.param("bravo 👩‍🚀🎉", "bravo 👩‍🔧🎉", "bravo [-👩‍🚀][+👩‍🔧]🎉", id="an emoji of several signs"),
        pytest.param("le 🇫🇷", "le 🇫🇮", "le [-🇫🇷][+🇫🇮]", id="a flag"),
        pytest.param("le #Vélo bleu", "le #Velo bleu", "le [-#Vélo][+#Velo] bleu", id="a hashtag"),
        pytest.param(
            "ici https://a.example/x?y=1 ok",
            "ici https://a.example/x?y=2 ok",
            "ici [-https://a.example/x?y=1][+https://a.example/x?y=2] ok",
            id="a link",
        ),
        pytest.param("été doux", "e\u0301te\u0301 doux", "[-été][+e\u0301te\u0301] doux", id="composed or not"),
        pytest.param("un deux trois", "cinq six sept", "[-un deux trois][+cinq six sept]", id="no island of spaces"),
        pytest.param("Un.\n\nDeux.", "Trois.\n\nCinq.", "[-Un][+Trois].\n\n[-Deux][+Cinq].", id="paragraphs"),
        pytest.param("fin", "fin du mois", "fin[+ du mois]", id="added at the end"),
        pytest.param("a  b", "a b", "a [- ]b", id="spaces alone"),
        pytest.param("東京に行く", "京都に行く", "[-東]京[+都]に行く", id="a script without spaces"),
        pytest.param("pareil", "pareil", "pareil", id="nothing"),
        pytest.param("", "", "", id="nothing at all"),
        pytest.param("", "neuf", "[+neuf]", id="from nothing"),
    ],
)
def test_a_change_is_shown_as_a_person_would_say_it(before: str, after: str, wanted: str) -> None:
    assert shown(before, after) == wanted


def test_the_words_of_a_long_text_are_still_compared() -> None:
    lines = [f"Ligne {number} de la charte de l’atelier, inchangée." for number in range(1500)]
    after = list(lines)
    after[10] = after[10].replace("charte", "règle")
    after[1400] = after[1400].replace("inchangée", "revue")
    parts = diff_words("\n".join(lines), "\n".join(after))
    assert [part.text for part in parts if part.change is not Change.SAME] == ["charte", "règle", "inchangée", "revue"]


ANYTHING = st.text(st.characters(codec=None), max_size=60)
SENTENCES = st.lists(
    st.sampled_from(["l’", "été", "à", "atelier", ".", ",", "!", " ", "  ", "\n", "\u202f", "🎉", "\u0301", "\ud800"]),
    max_size=40,
).map("".join)


@given(ANYTHING | SENTENCES, ANYTHING | SENTENCES)
@example("a\r\nb", "a\nb")
@example("\ud83d", "\ud83d\ude00")
@example(" \x1c x", "\x1c y")
def test_both_texts_are_found_again_whole(before: str, after: str) -> None:
    parts = diff_words(before, after)
    assert sides(parts) == (before, after)
    assert all(part.text for part in parts)


@given(SENTENCES, SENTENCES)
def test_no_space_stands_alone_between_two_changes(before: str, after: str) -> None:
    parts = diff_words(before, after)
    for left, middle, right in zip(parts, parts[1:], parts[2:], strict=False):
        if middle.change is Change.SAME and Change.SAME not in (left.change, right.change):
            assert not middle.text.isspace() or "\n" in middle.text


@given(SENTENCES, SENTENCES)
def test_parts_alternate_and_a_removal_comes_before_what_replaces_it(before: str, after: str) -> None:
    kinds = [part.change for part in diff_words(before, after)]
    for one, other in pairwise(kinds):
        assert one is not other
        assert (one, other) != (Change.ADDED, Change.REMOVED)


def _drawn(count: int, words: list[str], between: str = " ") -> str:
    dice = random.Random(7)
    return between.join(dice.choice(words) for _ in range(count))


WORDS = [f"mot{number}" for number in range(3000)]
HEAVY = [
    pytest.param(_drawn(150_000, WORDS), _drawn(150_000, WORDS[::-1]), id="two unrelated texts"),
    pytest.param("a b " * 250_000, "b a " * 250_000, id="two words, turned"),
    pytest.param(
        "\n".join(f"ligne {n}" for n in range(80_000)),
        "\n".join(f"ligne {n}" if n % 2 else f"autre {n}" for n in range(80_000)),
        id="every other line",
    ),
    pytest.param(
        "\n".join(f"ligne {n}" for n in range(2400)),
        "\n".join(f"ligne {n}" if n % 2 else f"autre {n}" for n in range(2400)),
        id="every other line of fewer",
    ),
    pytest.param(
        " ".join(f"m{n}" for n in range(2500)),
        " ".join(f"m{n}" if n % 2 else f"x{n}" for n in range(2500)),
        id="every other word",
    ),
    pytest.param(_drawn(2400, ["a", "b"]), _drawn(2400, ["b", "a"], "  "), id="two words, drawn"),
    pytest.param("x" * 1_000_000, "x" * 500_000 + "y" * 500_000, id="one word of a million letters"),
    pytest.param("e" + "\u0301" * 50_000, "e" + "\u0300" * 50_000, id="combining marks"),
    pytest.param("\n" * 1_000_000, "\n \n" * 300_000, id="empty lines"),
    pytest.param("!?" * 500_000, "?!." * 300_000, id="punctuation"),
    pytest.param("\ud800 " * 300_000, "\udc00 \ud800" * 250_000, id="lone surrogates"),
    pytest.param("l'" * 500_000, "l’" * 500_000, id="apostrophes"),
]


@pytest.mark.parametrize(("before", "after"), HEAVY)
def test_a_heavy_comparison_takes_less_than_a_second_of_work(before: str, after: str) -> None:
    found: list[DiffPart] = []
    assert seconds_of_work(lambda: found.extend(diff_words(before, after))) < 1
    assert sides(tuple(found)) == (before, after)
