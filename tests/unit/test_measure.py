"""Counting as each network counts: tables of facts, then laws over any text."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.domain.network import Network
from copilot.text.measure import COUNTERS, as_sent, escape_linkedin, grapheme_count, measure, outgoing
from copilot.text.measure.entities import entities
from copilot.text.measure.graphemes import grapheme_ends, grapheme_floor

FAMILY = "👨\u200d👩\u200d👧\u200d👦"

TRICKY = [
    *"aZ1 .,-_/@#:?()[]{}<>|*~\\\n\r\t\0éœ’«»…€•→™²中の",
    *"\u00a0\u202f\u2060\u200d\u200e\u202e\ufe0f\ufe0e\ufeff\u0301\u0327",
    *("🚲", "👩", "👧", "🇫", "🇷", "🇬", "👋🏽", FAMILY, "1\ufe0f\u20e3", "❤️", "🐦\u200d🔥", "\ud83d"),
    *("e\u0301", "क\u094d", "http://", "https://exemple.fr/a", "exemple.fr", ".com", "prix.La"),
    *("@jo@masto.fr", "@[Vélo](urn:li:organization:1)"),
]
TEXTS = st.lists(st.sampled_from(TRICKY) | st.characters(), max_size=60).map("".join)


def count(text: str, network: str, part: str = "post", **options: object) -> int:
    return measure(text, networks.get(network), part, **options).count  # type: ignore[arg-type]  # options of one test


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("Bonjour à tous", 14, id="latin"),
        pytest.param("é à ç œ æ « » ’ ‘ “ ” – — · ² ³ ½ ° © ® × ÷", 43, id="weight 1 in French"),
        pytest.param("\u00a0\u2009\u2011", 3, id="spaces and hyphen of weight 1"),
        pytest.param("…€№•→✓™ᵉ\u202f\u2060", 20, id="weight 2 in French"),
        pytest.param("\u200e\u200f", 4, id="direction marks"),
        pytest.param("e\u0301", 1, id="NFC first"),
        pytest.param("日本語", 6, id="CJK"),
        pytest.param("😷", 2, id="emoji"),
        pytest.param(FAMILY, 2, id="family"),
        pytest.param("👩🏽\u200d🚀", 2, id="skin tone and role"),
        pytest.param("🏳️\u200d🌈", 2, id="rainbow flag"),
        pytest.param("🇫🇷", 2, id="flag"),
        pytest.param("🇫🇫", 4, id="no such flag"),
        pytest.param("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2, id="Scotland"),
        pytest.param("1\ufe0f\u20e3", 2, id="keycap"),
        pytest.param("#\u20e3", 2, id="keycap without variation selector"),
        pytest.param("©\ufe0f", 2, id="copyright as emoji"),
        pytest.param("☺\ufe0e", 4, id="text presentation asked"),
        pytest.param("👩🏽\u200d🦲", 2, id="emoji 11"),
        pytest.param("🐦\u200d🔥", 5, id="newer sequence costs its parts"),
        pytest.param("🫱🏻\u200d🫲🏿", 9, id="newer handshake costs its parts"),
        pytest.param("🥲", 2, id="newer single emoji"),
        pytest.param("𝗴𝗿𝗮𝘀", 8, id="decorative letters"),
        pytest.param("https://exemple.fr", 23, id="link"),
        pytest.param("https://exemple.fr/" + "a" * 300 + "?b=c#d", 23, id="long link"),
        pytest.param("exemple.fr", 23, id="bare domain"),
        pytest.param("HTTP://EXEMPLE.FR/A", 23, id="case"),
        pytest.param("Voir exemple.fr, puis b.com.", 5 + 23 + 7 + 23 + 1, id="closing punctuation"),
        pytest.param("Pas cher le prix.La suite", 3 + 1 + 4 + 1 + 2 + 1 + 23 + 6, id="missing space makes a link"),
        pytest.param("bonjour.Merci", 13, id="missing space without a domain"),
        pytest.param("«https://exemple.fr»", 1 + 23 + 1, id="quotation marks"),
        pytest.param("a@exemple.fr", 12, id="e-mail"),
        pytest.param("#exemple.fr", 11, id="after a hash"),
        pytest.param("Sur été.fr", 4 + 23, id="accents"),
        pytest.param("http://日本語.jp/", 23, id="IDN with scheme"),
        pytest.param("日本語.jp", 9, id="IDN without scheme"),
        pytest.param("http://xn--bcher-kva.example.com", 23, id="punycode"),
        pytest.param("a.b-c.d", 7, id="dots without a domain"),
        pytest.param("exemple.fr-ance", 15, id="hyphen after the domain"),
        pytest.param("exemple.frontiere", 17, id="letters after the domain"),
        pytest.param("https://exemple.fr/a(b)c(d", 23 + 2, id="parentheses"),
        pytest.param("https://t.co/abc/def", 23 + 4, id="shortened link takes no path"),
        pytest.param("https://t.co/" + "a" * 41, 54, id="shortened link too long"),
        pytest.param("a" * 64 + ".com", 68, id="label too long"),
        pytest.param("-a.fr", 1 + 4, id="hyphen before"),
        pytest.param("@a.fr", 5, id="mention"),
        pytest.param("test_sous.exemple.fr", 5 + 23, id="underscore in a bare subdomain"),
        pytest.param("http://test_sous.exemple.fr", 23, id="underscore in a subdomain"),
        pytest.param("http://sous_exemple.fr", 22, id="underscore in a domain"),
        pytest.param("a\r\nb", 3, id="line ends are sent as LF"),
    ],
)
def test_x_weights(text: str, expected: int) -> None:
    assert count(text, "x") == expected


@pytest.mark.parametrize(
    ("network", "part", "text", "expected"),
    [
        pytest.param("bluesky", "post", FAMILY + "🇫🇷é", 3, id="bluesky graphemes"),
        pytest.param("bluesky", "post", "e\u0301te\u0301", 3, id="bluesky NFD"),
        pytest.param("bluesky", "post", "https://exemple.fr/abc", 22, id="bluesky links count whole"),
        pytest.param("mastodon", "post", "https://exemple.fr/" + "a" * 99, 23, id="mastodon link"),
        pytest.param("mastodon", "post", "exemple.fr/" + "a" * 99, 110, id="mastodon bare domain counts whole"),
        pytest.param("mastodon", "post", "Merci @jo@mastodon.social !", 11, id="mastodon mention"),
        pytest.param("mastodon", "post", "a@jo@mastodon.social", 20, id="mastodon no mention in a word"),
        pytest.param("mastodon", "post", "https://a.fr/@jo@masto.fr", 23, id="mastodon mention inside a link"),
        pytest.param("mastodon", "post", FAMILY, 1, id="mastodon graphemes"),
        pytest.param("threads", "post", "l’été 🚲", 14, id="threads bytes"),
        pytest.param("threads", "post", "e\u0301", 2, id="threads bytes of the NFC text"),
        pytest.param("youtube", "post", "«…»", 7, id="youtube description bytes"),
        pytest.param("youtube", "title", "«…»", 3, id="youtube title"),
        pytest.param("youtube", "reply", "«…»", 3, id="youtube comment"),
        pytest.param("telegram", "post", "🚲a", 2, id="telegram code points"),
        pytest.param("facebook_page", "post", "🚲a", 3, id="facebook UTF-16"),
        pytest.param("instagram", "reply", "🚲a", 3, id="instagram UTF-16"),
        pytest.param("linkedin", "post", "(a) #b 🚲", 12, id="linkedin post escaped"),
        pytest.param("linkedin", "reply", "(a) #b 🚲", 9, id="linkedin comment plain"),
        pytest.param("linkedin", "post", "@[Vélo](urn:li:organization:1)", 30, id="linkedin mention template"),
        pytest.param("reddit", "post", "🚲\ud83d", 2, id="reddit characters"),
    ],
)
def test_other_networks(network: str, part: str, text: str, expected: int) -> None:
    assert count(text, network, part) == expected


def test_a_content_warning_is_counted_whole_on_mastodon_only() -> None:
    warning = "https://exemple.fr/tres/longue/adresse"
    assert count("abc", "mastodon", content_warning=warning) == 3 + len(warning)
    assert count("abc", "bluesky", content_warning=warning) == 3


def test_linkedin_2990_and_20_parentheses_do_not_fit() -> None:
    result = measure("a" * 2970 + "()" * 10, networks.get("linkedin"))
    assert (result.count, result.fits, result.overflow_at) == (3010, False, 2985)


def test_a_telegram_text_with_a_picture_is_a_caption() -> None:
    telegram = networks.get("telegram")
    assert measure("a" * 1025, telegram).fits
    caption = measure("a" * 1025, telegram, with_media=True)
    assert (caption.limit, caption.fits, caption.overflow_at) == (1024, False, 1024)


def test_bluesky_has_two_limits() -> None:
    bluesky = networks.get("bluesky")
    heavy = measure(FAMILY * 150, bluesky)
    assert (heavy.count, heavy.limit, heavy.unit, heavy.fits) == (150 * 25, 3000, "bytes", False)
    assert heavy.overflow_at == 120 * 7
    assert measure("a" * 301, bluesky).unit == "graphemes"


def test_a_limit_of_the_account_wins() -> None:
    assert measure("a" * 5000, networks.get("x"), limit=25_000).fits
    assert measure("a" * 200, networks.get("mastodon"), limit=140).overflow_at == 140


@pytest.mark.parametrize("char", ["\ufffe", "\ufeff", "\uffff"])
def test_x_refuses_a_text_for_one_character(char: str) -> None:
    result = measure(f"abc{char}def", networks.get("x"))
    assert (result.fits, result.overflow_at) == (False, 3)


def test_overflow_is_never_inside_a_sign() -> None:
    x = networks.get("x")
    assert measure("a" * 279 + "👨\u200d👩\u200d👧", x).overflow_at == 279
    assert measure("a" * 270 + " https://exemple.fr/abc", x).overflow_at == 271
    assert measure("a" * 280 + "\u0301", networks.get("threads"), limit=280).overflow_at == 279


def test_a_cut_that_would_make_a_link_moves_back() -> None:
    text = "Bien prix.Latitude " + "a" * 300
    result = measure(text, networks.get("x"), limit=12)
    assert result.overflow_at is not None
    assert text[: result.overflow_at] == "Bien prix.L"


@pytest.mark.parametrize("network", networks.load().values(), ids=lambda network: network.id)
@given(text=TEXTS, room=st.integers(1, 40), part=st.sampled_from(["post", "reply"]))
@settings(max_examples=25, deadline=None)
def test_what_comes_before_the_overflow_fits(network: Network, text: str, room: int, part: str) -> None:
    result = measure(text, network, part, limit=room)
    assert result.fits == (result.overflow_at is None)
    if result.overflow_at is None:
        assert result.count <= room
        return
    assert 0 <= result.overflow_at < len(text)
    before = text[: result.overflow_at]
    assert measure(before, network, part, limit=room).fits
    assert result.overflow_at == grapheme_floor(text, result.overflow_at)


@pytest.mark.parametrize("counter", sorted(COUNTERS))
@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_composed_and_decomposed_count_the_same(counter: str, text: str) -> None:
    network = next(network for network in networks.load().values() if network.parts["post"].count == counter)
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert measure(composed, network).count == measure(decomposed, network).count


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_graphemes_are_those_of_uax29(text: str) -> None:
    import regex

    ends = [match.end() for match in regex.finditer(r"\X", text)]
    assert grapheme_count(text) == len(ends)
    assert list(grapheme_ends(text)) == ends


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_sent_text_is_nfc_whatever_the_marks(text: str) -> None:
    marks = "\u0323\u0301\u0327\u0344" * 40
    for one in (text, text + marks, marks + text):
        assert as_sent(one) == unicodedata.normalize("NFC", one.replace("\r\n", "\n").replace("\r", "\n"))


def test_linkedin_escaping_is_one_backslash_each() -> None:
    assert escape_linkedin(r"\|{}@[]()<>#*_~") == r"\\\|\{\}\@\[\]\(\)\<\>\#\*\_\~"
    assert escape_linkedin("Merci @[Vélo](urn:li:organization:1) (bis)") == (
        "Merci @[Vélo](urn:li:organization:1) \\(bis\\)"
    )


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_outgoing_text_is_escaped_for_linkedin_posts_only(text: str) -> None:
    linkedin = networks.get("linkedin")
    assert outgoing(text, linkedin, "post") == escape_linkedin(as_sent(text))
    assert outgoing(text, linkedin, "reply") == as_sent(text)
    assert outgoing(text, networks.get("x"), "post") == as_sent(text)


HOSTILE = {
    "dotted": "a.b-c." * 10_000,
    "links": "a.fr/(b" * 7_500,
    "marks": "e" + "\u0301" * 25_000,
    "unordered marks": "a" + "\u0302\u0327" * 12_500,
    "flags": "🇫" * 25_000,
    "parentheses": "a.fr/" + "(x)" * 15_000,
    "mentions": "@a@b." * 10_000,
    "half signs": "\ud83d" * 25_000,
    "no letter": "\0" * 50_000,
    "prose": "Voici « l’été » … à vélo 🚲 ! " * 2_500,
}


SIZES = (10_000, 40_000)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "linkedin", "threads", "telegram", "facebook_page"])
def test_time_grows_like_the_text(network: str, text: str) -> None:
    where = networks.get(network)

    def taken(size: int) -> float:
        started = time.process_time()
        # A limit of one unit: where the text crosses it is looked for at both sizes.
        measure(text[:size], where, limit=1)
        return time.process_time() - started

    # In turns, and the best of each: what else the machine does falls on both sizes.
    turns = [tuple(map(taken, SIZES)) for _ in range(7)]
    small, large = map(min, zip(*turns, strict=True))
    # Four times the text; a quadratic way takes sixteen times as long.
    assert large < max(9 * small, 0.01)


@pytest.mark.parametrize("network", networks.load().values(), ids=lambda network: network.id)
def test_a_million_characters_and_anything_in_them_are_counted(network: Network) -> None:
    text = "é\0\u202e\u05e9\ud83d\ufeff🚲e\u0301\r\n a.b-c." * 50_000
    started = time.process_time()
    result = measure(text, network)
    # About a second at worst; it must come to an end, quick or slow the machine.
    assert time.process_time() - started < 30
    assert result.count >= len(text) // 2
    assert result.fits == (result.limit is None)


def test_a_mastodon_server_may_count_bare_domains_as_links() -> None:
    mastodon = networks.get("mastodon")
    newer = replace(mastodon, links=replace(mastodon.links, counted_bare=True))
    assert measure("Voir exemple.fr/abc", mastodon).count == 5 + 14
    assert measure("Voir exemple.fr/abc", newer).count == 5 + 23


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@jo@masto.fr", 3, id="mention"),
        pytest.param("@jo@masto.fr.", 4, id="full stop"),
        pytest.param("@jo.b-c@masto.fr", 7, id="dots and hyphens in a name"),
        pytest.param("(@jo@masto.fr)", 5, id="parentheses"),
        pytest.param("@jo@été.fr", 3, id="domain with accents"),
        pytest.param("@jo@masto.fr@x.fr", 17, id="one sign too many"),
        pytest.param("@jo@masto.fr://a", 16, id="looks like an address"),
        pytest.param("/@jo@masto.fr", 13, id="after a slash"),
        pytest.param("@jo", 3, id="local"),
        pytest.param("@jo @al@b.fr\r\n@al@b.fr", 11, id="several"),
    ],
)
def test_mastodon_counts_a_mention_without_its_server(text: str, expected: int) -> None:
    assert count(text, "mastodon") == expected


@pytest.mark.parametrize(
    ("network", "text", "expected"),
    [
        ("x", "Merci @jo_b et @jo@masto.fr #Vélo", ["mention jo_b", "hashtag Vélo"]),
        ("x", "prix.La #l’été #R&D #2026 #a·b", ["link prix.La", "hashtag l", "hashtag R", "hashtag a·b"]),
        ("x", "https://a.fr/#b&#c x#d &#e (#f) 中#g", ["link https://a.fr/#b&#c", "hashtag f"]),
        ("x", "#\ufe0f\u20e3 #a#b ##c #d://e ＃f", ["hashtag c", "hashtag f"]),
        ("x", "RT@a:@b f@c @d/liste @éa @ab\u00e9 ＠e", ["mention a", "mention b", "mention e"]),
        ("mastodon", "prix.La @jo@masto.fr. #Vélo", ["mention jo@masto.fr", "hashtag Vélo"]),
        ("bluesky", "@jo.fr @jo #R&D", ["mention jo.fr", "hashtag R&D"]),
        ("instagram", "@velo.lyon. #Vélo-ville", ["mention velo.lyon", "hashtag Vélo"]),
        ("linkedin", "@[Vélo à Lyon](urn:li:organization:1) @jo", ["mention [Vélo à Lyon](urn:li:organization:1)"]),
        ("discord", "<@12> @jo #canal", ["mention <@12>"]),
        ("reddit", "u/jo_b et r/velo", ["mention u/jo_b"]),
        ("newsletter", "@jo #Vélo https://a.fr", ["link https://a.fr"]),
    ],
)
def test_what_becomes_a_link(network: str, text: str, expected: list[str]) -> None:
    assert [f"{one.kind} {one.value}" for one in entities(text, networks.get(network))] == expected


@pytest.mark.parametrize("network", networks.load().values(), ids=lambda network: network.id)
@given(text=TEXTS)
@settings(max_examples=25, deadline=None)
def test_what_becomes_a_link_stands_in_the_text(network: Network, text: str) -> None:
    end = 0
    for one in entities(text, network):
        assert end <= one.start < one.end <= len(text)
        assert one.kind == "link" or text[one.start : one.end].endswith(one.value)
        end = one.end


@pytest.mark.parametrize(
    "unit", ["#", "@", "#a", "@a.", "-@a", "@a@b.", "@[a](", "u/", "<@", "RT@", "#\u0301", "a.b-c."]
)
@pytest.mark.parametrize("network", ["x", "mastodon", "linkedin", "instagram", "discord"])
def test_looking_for_links_grows_like_the_text(network: str, unit: str) -> None:
    where = networks.get(network)

    def taken(size: int) -> float:
        text = (unit * size)[:size]
        started = time.process_time()
        entities(text, where)
        return time.process_time() - started

    small, large = (min(taken(size) for _ in range(3)) for size in SIZES)
    assert large < max(9 * small, 0.01)
