"""Bluesky's facets: what is a link, a tag, a mention, and where, in UTF-8 bytes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.text.facets import facet_records, facets
from copilot.text.measure import as_sent

PIECES = [
    *"aZ19 .-_/@#:?()!&,;'\"$*\n\r\t\0éÇ«»’…中",
    *("\u202f", "\u00a0", "\ufe0f", "\u200b", "\u20e3", "\u0301", "\ud83d", "e\u0301", "🚲", "👨\u200d👩\u200d👧"),
    *("https://", "http://", "exemple.fr", ".La", "@jo.bsky.social", "#Vélo", "#L’été", " ", " "),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join)


def found(text: str) -> list[tuple[str, str, str]]:
    """Kind, what the bytes hold, value."""
    raw = as_sent(text).encode("utf-8", "surrogatepass")
    return [
        (one.kind, raw[one.byte_start : one.byte_end].decode("utf-8", "surrogatepass"), one.value)
        for one in facets(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Voir https://exemple.fr/a", [("link", "https://exemple.fr/a", "https://exemple.fr/a")], id="link"
        ),
        pytest.param("Voir exemple.fr/a", [("link", "exemple.fr/a", "https://exemple.fr/a")], id="no scheme"),
        pytest.param("Été : exemple.fr.", [("link", "exemple.fr", "https://exemple.fr")], id="full stop"),
        pytest.param("https://a.fr/b?c=d!", [("link", "https://a.fr/b?c=d", "https://a.fr/b?c=d")], id="exclamation"),
        pytest.param("https://a.fr…", [("link", "https://a.fr", "https://a.fr")], id="ellipsis"),
        pytest.param("https://a.fr...", [("link", "https://a.fr", "https://a.fr")], id="three full stops"),
        pytest.param("(https://a.fr/b)", [("link", "https://a.fr/b", "https://a.fr/b")], id="in parentheses"),
        pytest.param(
            "https://a.fr/b_(c)", [("link", "https://a.fr/b_(c)", "https://a.fr/b_(c)")], id="own parentheses"
        ),
        pytest.param("« https://a.fr »", [("link", "https://a.fr", "https://a.fr")], id="French quotes"),
        pytest.param("«https://a.fr»", [], id="glued to a French quote"),
        pytest.param(
            "Httpbin.org", [("link", "Httpbin.org", "https://Httpbin.org")], id="a name that begins with http"
        ),
        pytest.param("HTTPS://a.fr", [("link", "HTTPS://a.fr", "HTTPS://a.fr")], id="capitals of a telephone"),
        pytest.param("prix.La suite", [], id="missing space"),
        pytest.param("bonjour.Merci", [], id="no domain"),
        pytest.param("ok.fiat bien.music", [("link", "bien.music", "https://bien.music")], id="names of today"),
        pytest.param("https://", [], id="scheme alone"),
        pytest.param("a@exemple.fr", [], id="e-mail"),
        pytest.param("https://a.fr/é", [("link", "https://a.fr/é", "https://a.fr/é")], id="accent in a path"),
        pytest.param("#Vélo", [("tag", "#Vélo", "Vélo")], id="tag"),
        pytest.param("Vive #L’été !", [("tag", "#L’été", "L’été")], id="apostrophe in a tag"),
        pytest.param("#rendez-vous", [("tag", "#rendez-vous", "rendez-vous")], id="hyphen in a tag"),
        pytest.param("#R&D, #a.b.", [("tag", "#R&D", "R&D"), ("tag", "#a.b", "a.b")], id="signs in a tag"),
        pytest.param("＃Vélo", [("tag", "＃Vélo", "Vélo")], id="wide sign"),
        pytest.param("#🚲", [("tag", "#🚲", "🚲")], id="emoji tag"),
        pytest.param("#2026 #!! #", [], id="digits or punctuation only"),
        pytest.param("#2026Vélo", [("tag", "#2026Vélo", "2026Vélo")], id="digits first"),
        pytest.param("#\ufe0f\u20e3 1#a", [], id="keycap, glued"),
        pytest.param("(#Vélo)", [], id="after a parenthesis"),
        pytest.param("#" + "a" * 64, [("tag", "#" + "a" * 64, "a" * 64)], id="longest tag"),
        pytest.param("#" + "a" * 65, [], id="tag too long"),
        pytest.param("#q" + "\u0301" * 400, [], id="tag of too many bytes"),
        pytest.param("#e\u0301te\u0301", [("tag", "#été", "été")], id="composed as it is sent"),
        pytest.param("Merci @jo.bsky.social !", [("mention", "@jo.bsky.social", "jo.bsky.social")], id="mention"),
        pytest.param("(@jo.fr)", [("mention", "@jo.fr", "jo.fr")], id="mention in parentheses"),
        pytest.param("@jo.fr.", [("mention", "@jo.fr", "jo.fr")], id="mention and full stop"),
        pytest.param("@jo @jo@mastodon.social", [], id="handles of other networks"),
        pytest.param("@jo.test", [("mention", "@jo.test", "jo.test")], id="test handle"),
        pytest.param("a\r\nexemple.fr", [("link", "exemple.fr", "https://exemple.fr")], id="line ends"),
        pytest.param("#a(exemple.fr", [("tag", "#a(exemple.fr", "a(exemple.fr")], id="no overlap"),
    ],
)
def test_what_is_a_facet(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_offsets_are_utf8_bytes() -> None:
    text = "👩\u200d👩\u200d👧 été : https://a.fr/é #Vélo @jo.fr"
    spans = [(one.byte_start, one.byte_end) for one in facets(text)]
    assert spans == [(27, 42), (43, 49), (50, 56)]


def test_a_post_carries_its_facets_and_no_mention_without_a_did() -> None:
    records = facet_records("@jo.fr @al.fr https://a.fr #Vélo", {"jo.fr": "did:plc:abc"})
    assert [record["index"] for record in records] == [
        {"byteStart": 0, "byteEnd": 6},
        {"byteStart": 14, "byteEnd": 26},
        {"byteStart": 27, "byteEnd": 33},
    ]
    assert [record["features"] for record in records] == [
        [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:abc"}],
        [{"$type": "app.bsky.richtext.facet#link", "uri": "https://a.fr"}],
        [{"$type": "app.bsky.richtext.facet#tag", "tag": "Vélo"}],
    ]


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_facets_are_in_order_and_hold_what_they_say(text: str) -> None:
    end = 0
    for one in facets(text):
        assert end <= one.byte_start < one.byte_end
        end = one.byte_end
    for kind, written, value in found(text):
        assert written in (
            {"link": {value, value.removeprefix("https://")}}.get(kind) or {f"{s}{value}" for s in "#＃@"}
        )
        assert not any(char.isspace() for char in written if char not in "\x1c\x1d\x1e\x1f\x85")


@pytest.mark.parametrize("unit", ["#", "#a ", "@a.", "@jo.fr ", "a.fr ", "https://", "(", "a.fr)", "#\u0301", "a.b-c."])
def test_time_grows_like_the_text(unit: str) -> None:
    def taken(size: int) -> float:
        text = (unit * size)[:size]
        started = time.process_time()
        facets(text)
        return time.process_time() - started

    small, large = (min(taken(size) for _ in range(3)) for size in (20_000, 80_000))
    assert large < max(12 * small, 0.02)
