"""Absurd and hostile texts: no crash, no time that grows faster than the text."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.conversation import Intent, Triage
from copilot.i18n import Translator
from copilot.intelligence.triage import RuleTriage

RULES = RuleTriage()
PIECES = [
    "merci",
    "pas",
    "jamais",
    "recu",
    "con",
    "?",
    "!",
    "vous",
    "😡",
    "a.b",
    "@x",
    "<url>",
    "\u202e",
    "12,5",
    "€",
    "c0n",
]


def read(text: str) -> Triage:
    return RULES.triage(text, language="fr")


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_explained(text: str) -> None:
    found = read(text)
    assert found.why
    for reason in found.why:
        told = Translator("fr").wording(reason)
        assert told == told.encode("utf-8", "replace").decode("utf-8")
        assert len(told) < 400


@given(st.lists(st.sampled_from(PIECES)))
@settings(max_examples=100, deadline=None)
def test_reading_twice_says_the_same(words: list[str]) -> None:
    text = " ".join(words)
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 merci \udfff",
        "merci\x00beaucoup",
        "\u202eتأخير كبير في التوصيل؟\u202c",
        "שלום, איפה ההזמנה שלי?",
        "e" + "\u0301" * 50_000,
    ],
    ids=["surrogates", "nul", "arabic", "hebrew", "marks"],
)
def test_odd_texts(text: str) -> None:
    assert read(text).intent in Intent


def test_invisible_characters_hide_nothing() -> None:
    assert read("con\u200bnard de vendeur").explicit_toxic


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a-",
        "a.",
        "1 ",
        "*",
        "a*",
        "\u0301",
        "? ",
        "pas ",
        "vous vous moquez de ",
        "http://",
        "@a ",
        "€",
        "merci pour tout ce retard ",
        "1.1",
        "a@",
        "😂",
        "^^",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):
            start = process_time()
            read(text)
            times.append(process_time() - start)
        return min(times)

    seconds(1_000)
    assert seconds(100_000) < max(seconds(20_000), 0.005) * 15
