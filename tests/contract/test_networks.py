"""Every file of assets/networks keeps its word, and a wrong one is refused with the field that is wrong."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from copilot import networks
from copilot.domain.network import Network, Sourced
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.paths import assets_dir
from copilot.text.measure import measure
from copilot.text.measure.entities import entities
from copilot.text.tag_rules import kept
from tests.work import seconds_of_work

ALL = list(networks.load().values())
PARTS = [pytest.param(network, part, id=f"{network.id}-{part}") for network in ALL for part in network.parts]


def test_the_eighteen_networks_are_there() -> None:
    expected = (
        "bluesky discord discourse facebook_page google_business instagram linkedin mastodon newsletter pinterest"
    )
    expected += " reddit snapchat telegram threads tiktok wordpress x youtube"
    assert list(networks.load()) == expected.split()


@pytest.mark.parametrize(("network", "part"), PARTS)
def test_a_limit_is_sourced_dated_and_kept(network: Network, part: str) -> None:
    limit = network.parts[part]
    assert len(limit.source) > 10
    assert date.fromisoformat(limit.checked) <= date(2026, 12, 31)
    if limit.max is None:
        assert measure("a" * 200_000, network, part).fits
        return
    assert measure("a" * limit.max, network, part).fits
    over = measure("a" * (limit.max + 1), network, part)
    assert (over.count, over.limit, over.overflow_at) == (limit.max + 1, limit.max, limit.max)
    assert (over.unit, over.fits) == (limit.unit, False)


@pytest.mark.parametrize(
    ("name", "part", "figure"),
    [
        ("x", "post", 280),
        ("facebook_page", "post", 63_206),
        ("facebook_page", "reply", 8_000),
        ("instagram", "post", 2_200),
        ("linkedin", "post", 3_000),
        ("linkedin", "reply", 1_250),
        ("threads", "post", 500),
        ("bluesky", "post", 300),
        ("mastodon", "post", 500),
        ("tiktok", "post", 2_200),
        ("tiktok", "title", 90),
        ("tiktok", "description", 4_000),
        ("youtube", "title", 100),
        ("youtube", "post", 5_000),
        ("youtube", "reply", 10_000),
        ("pinterest", "post", 500),
        ("telegram", "post", 4_096),
        ("telegram", "caption", 1_024),
        ("discord", "post", 2_000),
        ("reddit", "title", 300),
        ("reddit", "post", 40_000),
        ("discourse", "post", 32_000),
        ("google_business", "post", 1_500),
        ("wordpress", "post", None),
        ("newsletter", "post", None),
    ],
)
def test_the_figures_that_matter(name: str, part: str, figure: int | None) -> None:
    assert networks.get(name).parts[part].max == figure


@pytest.mark.parametrize(
    ("name", "part", "figure"),
    [
        ("bluesky", "alt", 2_000),
        ("mastodon", "alt", 1_500),
        ("x", "alt", 1_000),
        ("youtube", "tags", 500),
        ("pinterest", "link", 2_048),
        ("newsletter", "subject", 998),
        ("newsletter", "preheader", None),
        ("newsletter", "title", 998),
        ("wordpress", "description", None),
        ("discord", "description", 4_096),
        ("google_business", "reply", 4_096),
    ],
)
def test_the_figures_of_the_other_parts(name: str, part: str, figure: int | None) -> None:
    assert networks.get(name).parts[part].max == figure


def test_figures_that_only_advise_or_refuse_too_short_a_text() -> None:
    letter, forum = networks.get("newsletter").parts, networks.get("discourse").parts
    assert (letter["subject"].advised, letter["preheader"].advised) == ((35, 60), (40, 100))
    assert networks.get("wordpress").parts["title"].advised == (50, 60)
    assert (forum["post"].min, forum["title"].min) == (20, 15)
    assert networks.get("bluesky").parts["post"].max_bytes == 3_000


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.id)
def test_every_figure_says_where_it_comes_from(network: Network) -> None:
    tables: list[Sourced] = [network.hashtags, network.mentions, network.links, network.media, network.capabilities]
    kinds = (network.media.image, network.media.gif, network.media.video, network.media.document)
    tables += [kind for kind in kinds if kind.max]
    origins = [origin for table in tables for origin in (table.origin, *table.apart.values())]
    origins += [network.composer_origin, *(limit.origin for limit in network.parts.values())]
    for origin in origins:
        assert origin.source.strip()
        assert date.fromisoformat(origin.checked) <= date(2026, 12, 31)
        assert origin.to_confirm == (origin.confidence == "memory")


def test_a_figure_known_otherwise_than_its_table_says_so() -> None:
    x, telegram = networks.get("x"), networks.get("telegram")
    assert not x.hashtags.origin.to_confirm
    assert x.hashtags.origin_of("advised").to_confirm
    assert not telegram.parts["caption"].to_confirm
    assert telegram.parts["caption"].origin_of("count").to_confirm


def test_a_length_says_when_its_limit_is_to_be_confirmed() -> None:
    tiktok = networks.get("tiktok")
    assert measure("a", tiktok, "reply").to_confirm
    assert not measure("a", tiktok, "title").to_confirm
    assert not measure("a", tiktok, "reply", limit=200).to_confirm


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("x", ["@velo_lyon", "@a"], ["@vélo", "@a-b", "@" + "a" * 16, "velo"]),
        ("bluesky", ["@velo.bsky.social", "@a.fr"], ["@velo", "@velo_a.fr"]),
        ("mastodon", ["@velo", "@velo@mastodon.social", "@jo.b-c@été.fr"], ["@.velo", "velo@mastodon.social"]),
        ("linkedin", ["@[Vélo & Cie](urn:li:organization:12)"], ["@velo", "@[Vélo](12)"]),
        ("discord", ["<@12>", "<@&12>"], ["@velo"]),
        ("telegram", ["@velo_lyon"], ["@velo", "@1velo"]),
        ("reddit", ["u/velo_lyon", "/u/velo"], ["@velo"]),
    ],
)
def test_how_a_mention_is_written(name: str, yes: list[str], no: list[str]) -> None:
    pattern = re.compile(networks.get(name).mentions.pattern)
    assert [one for one in yes if not pattern.fullmatch(one)] == []
    assert [one for one in no if pattern.fullmatch(one)] == []


def test_what_differs_between_networks() -> None:
    every = networks.load()
    dead = {network.id for network in ALL if not network.links_clickable}
    assert dead == {"instagram", "tiktok", "pinterest", "snapchat", "google_business"}
    assert {n.id for n in ALL if n.media_required} == {"instagram", "tiktok", "youtube", "pinterest", "snapchat"}
    assert {n.id for n in ALL if n.capabilities.threads} == {"x", "threads", "bluesky", "mastodon"}
    assert {n.id for n in ALL if n.capabilities.markup == "markdown"} == {"discord", "reddit", "discourse"}
    assert every["instagram"].media.image.formats == ("jpg",)
    assert "png" not in every["tiktok"].media.image.formats
    assert every["bluesky"].media.image.max_bytes == 2_000_000
    assert every["x"].media.image.max_bytes == 5_000_000
    assert every["x"].url_weight == every["x"].links.weight == every["mastodon"].url_weight == 23
    assert every["threads"].links.max == 5
    assert not every["bluesky"].mentions.works
    assert every["mastodon"].mentions.counted == "name"
    assert every["linkedin"].escape_parts == ("post",)


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.id)
def test_an_address_is_a_web_address(network: Network) -> None:
    for address in (network.composer_url, network.composer_page):
        assert address == "" or re.fullmatch(r"https://[a-z.]+/[!-~]*", address)
    assert not (network.composer_url and network.composer_page)


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.id)
def test_a_tag_kept_and_a_tag_seen_are_the_same(network: Network) -> None:
    """What ``tag_rules`` keeps of a hashtag is what the file says."""
    text = "Vive #RendezVous2026 à vélo"
    seen = [one.value for one in entities(text, network) if one.kind == "hashtag"]
    assert seen == ([] if network.hashtags.max == 0 else ["RendezVous2026"])
    assert network.hashtags.max == 0 or kept("RendezVous2026", network) == "RendezVous2026"


def test_hashtag_caps() -> None:
    caps = {network.id: network.hashtags.max for network in ALL if network.hashtags.max is not None}
    unused = dict.fromkeys(["discord", "discourse", "google_business", "newsletter", "reddit"], 0)
    assert caps == {"instagram": 5, "threads": 1, "tiktok": 5, "youtube": 60, "pinterest": 20, **unused}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("X", "x"),
        ("twitter", "x"),
        ("Facebook", "facebook_page"),
        ("facebook-page", "facebook_page"),
        (" google ", "google_business"),
        ("Google Business", "google_business"),
        ("IG", "instagram"),
    ],
)
def test_ids_and_aliases(name: str, expected: str) -> None:
    assert networks.get(name).id == expected


@pytest.mark.parametrize("name", ["", "myspace", "../x", "x.toml", "\0", "é" * 10_000])
def test_an_unknown_network_is_named_with_those_known(name: str) -> None:
    with pytest.raises(UserError) as caught:
        networks.get(name)
    assert caught.value.kind == "network.unknown"
    for language in LANGUAGES:
        sentence = Translator(language).error(caught.value)
        assert "mastodon" in sentence
        assert "{" not in sentence


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.id)
def test_units_have_a_name_in_both_languages(network: Network) -> None:
    for limit in network.parts.values():
        for language in LANGUAGES:
            t = Translator(language)
            assert t(f"unit.{limit.unit}", count=1) != t(f"unit.{limit.unit}", count=2)


WRONG = [
    pytest.param(r"max = 280", "max = 0", "parts.post.max", id="no room"),
    pytest.param(r"max = 280", "max = 99999999", "parts.post.max", id="absurd"),
    pytest.param(r"max = 280", 'max = "280"', "parts.post.max", id="a word for a figure"),
    pytest.param(r"max = 280\n", "", "parts.post.max", id="missing figure"),
    pytest.param(r"max = 280", "max = 280\nunlimited = true", "parts.post.max", id="both"),
    pytest.param(r'source = ".*"\n', "", "composer.source", id="no source"),
    pytest.param(r'source = ".*"', 'source = " "', "composer.source", id="empty source"),
    pytest.param(r'checked = ".*"', 'checked = "hier"', "composer.checked", id="no date"),
    pytest.param(r'confidence = ".*"', 'confidence = "maybe"', "composer.confidence", id="confidence"),
    pytest.param(r'count = ".*"', 'count = "words"', "parts.post.count", id="counter"),
    pytest.param(r'unit = ".*"', 'unit = "bytes"', "parts.post.unit", id="unit of another counter"),
    pytest.param(r"\[parts.reply\]", "[parts.story]", "parts.reply", id="missing part"),
    pytest.param(r"\[parts.alt\]", "[parts.story]", "parts.story", id="unknown part"),
    pytest.param(r'id = "x"', 'id = "y"', "id", id="id of another file"),
    pytest.param(r'label = "X"', 'label = ""', "label", id="no label"),
    pytest.param(r"weight = 23", "weight = -1", "links.weight", id="weight"),
    pytest.param(r"weight = 23", "weight = true", "links.weight", id="a truth value for a figure"),
    pytest.param(r"weight = 23", "weight = 2.3e1", "links.weight", id="a fraction for a figure"),
    pytest.param(r"weight = 23", "wieght = 23", "links.wieght", id="slip of the keyboard"),
    pytest.param(r"\[links\]", "[liens]", "links", id="missing table"),
    pytest.param(r"max = 280", "max = -280", "parts.post.max", id="negative"),
    pytest.param(r"max = 280", "max = 1_000_000_000_000", "parts.post.max", id="1e12"),
    pytest.param(r"max = 280", "max = 1e12", "parts.post.max", id="1e12 as a fraction"),
    pytest.param(r"max = 280", "max = nan", "parts.post.max", id="no number"),
    pytest.param(r"max = 280", "max = true", "parts.post.max", id="truth value"),
    pytest.param(r"max = 280", "max = 280\nmin = 281", "parts.post.min", id="shortest past the longest"),
    pytest.param(r"max = 280", "max = 280\nadvised = [0.5, 2]", "parts.post.advised", id="half a character"),
    pytest.param(r"max = 280", "max = 280\nmax_bytes = 0", "parts.post.max_bytes", id="no byte"),
    pytest.param(r"ratio = \[.*\]", "ratio = [nan, 3.0]", "media.image.ratio", id="ratio no number"),
    pytest.param(r"ratio = \[.*\]", "ratio = [inf, inf]", "media.image.ratio", id="ratio endless"),
    pytest.param(r"ratio = \[.*\]", "ratio = [3.0, 1.0]", "media.image.ratio", id="ratio the wrong way round"),
    pytest.param(r"ratio = \[.*\]", "ratio = [true, 3]", "media.image.ratio", id="ratio a truth value"),
    pytest.param(r"sizes = \[\[1600, 900\]", "sizes = [[1600, 0]", "media.image.sizes", id="size"),
    pytest.param(r"max_bytes = 5_000_000", "max_bytes = -1", "media.image.max_bytes", id="file size"),
    pytest.param(r"max_bytes = 5_000_000", "max_bytes = 10_000_000_000_000", "media.image.max_bytes", id="huge file"),
    pytest.param(r"formats = .*", "formats = [1]", "media.image.formats", id="formats"),
    pytest.param(r"\[media\]\nmax = 4", "[media]\nmax = 3", "media.image.max", id="more pictures than media"),
    pytest.param(r"mixed = false", "mixed = 0", "media.mixed", id="a figure for a truth value"),
    pytest.param(r'markup = "none"', 'markup = "word"', "capabilities.markup", id="markup"),
    pytest.param(r"threads = true\n", "", "capabilities.threads", id="missing capability"),
    pytest.param(r'pattern = ".*"', 'pattern = "@("', "mentions.pattern", id="no expression"),
    pytest.param(r'pattern = ".*"', 'pattern = "#.+"', "mentions.pattern", id="expression of something else"),
    pytest.param(r'counted = "whole"', 'counted = "half"', "mentions.counted", id="how a mention counts"),
    pytest.param(r'keeps = "word"', 'keeps = "none"', "hashtags.keeps", id="keeps"),
    pytest.param(r"apart.advised", "apart.wisdom", "hashtags.apart.wisdom", id="origin of no figure"),
    pytest.param(r'url = "https:', 'url = "javascript:', "composer.url", id="address"),
    pytest.param(r'checked = ".*"', 'checked = "2026-13-01"', "composer.checked", id="no such month"),
    pytest.param(r"advised = \[1, 2\]", "advised = [2, 1]", "hashtags.advised", id="advised the wrong way round"),
    pytest.param(r"advised = \[1, 2\]", "advised = [1]", "hashtags.advised", id="advised cut"),
    pytest.param(r'style = "camel"', 'style = "shout"', "hashtags.style", id="style"),
    pytest.param(r'aliases = \["twitter"\]', "aliases = [1]", "aliases", id="aliases"),
    pytest.param(r"line_breaks = true\n", "", "capabilities.line_breaks", id="missing field"),
    pytest.param(r"aliases = .*\n", "", "aliases", id="missing aliases"),
    pytest.param(r'id = "x"', "id = ", "line", id="no TOML"),
]


@pytest.mark.parametrize(("pattern", "replacement", "field"), WRONG)
def test_a_wrong_file_names_its_field(tmp_path: Path, pattern: str, replacement: str, field: str) -> None:
    good = (assets_dir() / "networks" / "x.toml").read_text(encoding="utf-8")
    bad, changes = re.subn(pattern, replacement, good, count=1)
    assert changes == 1
    path = tmp_path / "x.toml"
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        networks.read(path)
    assert caught.value.kind == "network.invalid"
    assert caught.value.params["file"] == "x.toml"
    assert field in str(caught.value.params["field"])
    for language in LANGUAGES:
        assert "x.toml" in Translator(language).error(caught.value)


def test_loading_them_all_is_quick() -> None:
    paths = sorted((assets_dir() / "networks").glob("*.toml"))

    def load() -> None:
        networks.read.cache_clear()
        for path in paths:
            networks.read(path)

    # 12 ms measured on two cores shared by others.
    assert min(seconds_of_work(load) for _ in range(5)) < 0.05


FIGURE = re.compile(r"^(\w+) = (\d[\d_]*)$", re.MULTILINE)
ABSURD = ["0", "-1", "1_000_000_000_000_000", "1e12", "nan", "-inf", "true", '"dix"', "[]", "{}", ""]


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.id)
def test_no_absurd_figure_gets_through(tmp_path: Path, network: Network) -> None:
    good = (assets_dir() / "networks" / f"{network.id}.toml").read_text(encoding="utf-8")
    path = tmp_path / f"{network.id}.toml"
    for figure in FIGURE.finditer(good):
        for value in ABSURD:
            if value == "0" and figure[2] == "0":
                continue
            path.write_text(f"{good[: figure.start(2)]}{value}{good[figure.end(2) :]}", encoding="utf-8")
            networks.read.cache_clear()
            with pytest.raises(UserError) as caught:
                networks.read(path)
            assert caught.value.kind == "network.invalid"
