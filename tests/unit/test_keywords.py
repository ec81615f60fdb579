"""Key phrases: whole noun phrases, verbatim, never a fragment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.text.keywords import phrases
from copilot.text.lexicons import stop_words

BIKE = (
    "Le 3 mars 2027, nous lançons l'Aérienne, un vélo électrique de ville fabriqué à Lyon. Batterie amovible, freins à "
    "disque, assistance jusqu'à 80 km. Inscrivez-vous pour un essai gratuit sur zephyr.example. Le vélo électrique est "
    "livré en 48 h."
)
SHOW = (
    "We are launching the Aero X, our lightest city bike, at the London Cycle Show on March 3rd. Removable battery and "
    "disc brakes. Sign up for a test ride before Friday."
)
READING = (
    "La médiathèque municipale organise la Nuit de la lecture : contes pour enfants, lecture à voix haute "
    "et chasse au trésor."
)

EXPECTED = [
    ("fr", BIKE, {"vélo électrique de ville", "freins à disque", "Batterie amovible", "Aérienne"}),
    (
        "en",
        SHOW,
        {"London Cycle Show", "city bike", "Aero X", "Removable battery", "disc brakes"},
    ),
    ("fr", READING, {"Nuit de la lecture", "lecture à voix haute", "chasse au trésor", "médiathèque municipale"}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), EXPECTED, ids=["bike", "show", "reading"])
def test_noun_phrases_are_found(language: str, text: str, wanted: set[str]) -> None:
    assert wanted <= {phrase.text for phrase in phrases(text, language)}


FRAGMENTS = ["lançons", "Inscrivez", "fabriqué", "organise", "launching", "Sign up", "zephyr", "mars 2027", "livré"]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_verb_date_or_link_gets_in(fragment: str) -> None:
    found = [phrase.text for language, text, _ in EXPECTED for phrase in phrases(text, language, 100)]
    assert not any(fragment in text for text in found)


def test_what_comes_back_weighs_more() -> None:
    assert phrases("Café bio. Thé vert. Café bio.", "fr")[0].text == "Café bio"


def test_limit_and_order() -> None:
    found = phrases(BIKE, "fr", 3)
    assert len(found) == 3
    assert [phrase.score for phrase in found] == sorted((phrase.score for phrase in found), reverse=True)


@given(st.text(max_size=300) | st.lists(st.sampled_from([*BIKE.split(), "de", "l'", "\n", "É\u0301"])).map(" ".join))
def test_phrases_are_verbatim_and_whole(text: str) -> None:
    for phrase in phrases(text, "fr", 50):
        assert text[phrase.start : phrase.end] == phrase.text
        ends = (phrase.text.split()[0].casefold(), phrase.text.split()[-1].casefold())
        # A name keeps its article: « Le Bon Cageot ».
        assert phrase.named or not set(ends) & stop_words("fr")


def test_a_very_long_text_is_read_in_part() -> None:
    assert phrases("vélo pliant. " * 100_000, "fr")[0].text == "vélo pliant"
