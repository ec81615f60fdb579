"""X's counting against an independent port of twitter-text, over generated texts.

Left out of the alphabets, because the port is known wrong there: ``ſ``, ``ı`` and the Kelvin sign (Python ignores
case where the original does not), and emoji after 2018 or not fully qualified (its list is that of Emoji 12). Its
check of a host name is replaced: Python's IDNA codec refuses names the original lets through, which only asks that
each label be of 1 to 63 characters in Punycode.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
import warnings
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.text.measure import measure
from copilot.text.measure.links import find_links

PIECES = [
    *"aZ19 .-_/@#:?()!&=~+|,;'\"%$*\néÇ«»’…\u202f\u00a0\u200e中のя",
    *("http://", "https://", ".com", ".fr", ".La", ".co", "com", "t.co/", "xn--", ".みんな", ".中国"),
    *("vermögensberatung", "😷", "🚲", "👨\u200d👩\u200d👧", "🇫🇷", "👋🏽", "❤\ufe0f", "1\ufe0f\u20e3"),
    *("👩🏽\u200d🚀", "🏳\ufe0f\u200d🌈"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join).map(lambda text: unicodedata.normalize("NFC", text))


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    with warnings.catch_warnings():
        # The port reads its data through pkg_resources, which warns that it is old.
        warnings.simplefilter("ignore")
        import twitter_text
    sys.modules["twitter_text.extract_urls"].idna_to_ascii = _host_or_none  # type: ignore[attr-defined]  # see above
    port: ModuleType = twitter_text
    return port


def _host_or_none(host: str) -> str | None:
    labels = host.split(".")
    lengths = [len(label if label.isascii() else "xn--" + label.encode("punycode").decode()) for label in labels]
    only_ascii_is_punycode = not host.startswith("xn--") or bool(_plain_name().search(host))
    return host if only_ascii_is_punycode and all(1 <= length <= 63 for length in lengths) else None


def _plain_name() -> re.Pattern[str]:
    from twitter_text.regexp.valid_ascii_domain import valid_ascii_domain

    found: re.Pattern[str] = valid_ascii_domain
    return found


@given(text=TEXTS)
@settings(max_examples=600, deadline=None)
def test_links_are_those_of_the_port(oracle: ModuleType, text: str) -> None:
    expected = [(found["indices"][0], found["indices"][0] + len(found["url"])) for found in _links(oracle, text)]
    assert [(link.start, link.end) for link in find_links(text)] == expected


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_weights_are_those_of_the_port(oracle: ModuleType, text: str) -> None:
    assert measure(text, networks.get("x")).count == oracle.parse_tweet(text).weightedLength


#: What Emoji 12 (2019) brought, and two signs twemoji 11 knew without their U+FE0F only.
NOT_KNOWN = {
    *("woman and man holding hands", "people holding hands", "women holding hands", "men holding hands"),
    *("deaf man", "deaf woman", "deaf person", "man standing", "woman standing", "person standing"),
    *("man kneeling", "woman kneeling", "person kneeling", "man with probing cane", "woman with probing cane"),
    *("man in motorized wheelchair", "woman in motorized wheelchair", "man in manual wheelchair"),
    *("woman in manual wheelchair", "pinching hand", "ear with hearing aid", "service dog"),
    *("eye in speech bubble", "infinity"),
}


def test_every_emoji_of_2018_is_one_sign(oracle: ModuleType) -> None:
    from twitter_text.regexp.emoji import emoji_list

    full = [entry for entry in emoji_list if entry.status == "fully-qualified"]
    texts = {entry: "".join(chr(int(code, 16)) for code in entry.codepoint.split()) for entry in full}
    x = networks.get("x")
    dearer = {entry.name.split(":")[0] for entry, text in texts.items() if measure(text, x).count != 2}
    assert len(full) > 2500
    assert dearer == NOT_KNOWN


def test_a_post_of_3000_characters_is_counted_far_faster_than_a_keystroke() -> None:
    prose = "Notre atelier ouvre ses portes samedi : « Le Citadin », notre vélo… 🚲 ! Voir https://exemple.fr/essai. "
    x = networks.get("x")
    for text in ((prose * 40)[:3000], "a.b-c." * 500):
        best = min(_seconds(lambda text=text: measure(text, x)) for _ in range(5))
        assert best < 0.02


def _links(oracle: ModuleType, text: str) -> list[dict[str, list[int]]]:
    found: list[dict[str, list[int]]] = oracle.extract_urls_with_indices(text)
    return found


def _seconds(work: object) -> float:
    assert callable(work)
    started = time.process_time()
    work()
    return time.process_time() - started
