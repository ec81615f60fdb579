"""Every file of assets/networks keeps its word, and a wrong one is refused with the field that is wrong."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from copilot import networks
from copilot.domain.network import Network
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.paths import assets_dir
from copilot.text.measure import measure

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
    pytest.param(r'source = ".*"\n', "", "parts.post.source", id="no source"),
    pytest.param(r'source = ".*"', 'source = " "', "parts.post.source", id="empty source"),
    pytest.param(r'checked = ".*"', 'checked = "hier"', "parts.post.checked", id="no date"),
    pytest.param(r'confidence = ".*"', 'confidence = "maybe"', "parts.post.confidence", id="confidence"),
    pytest.param(r'count = ".*"', 'count = "words"', "parts.post.count", id="counter"),
    pytest.param(r'unit = ".*"', 'unit = "bytes"', "parts.post.unit", id="unit of another counter"),
    pytest.param(r"\[parts.reply\]", "[parts.story]", "parts.reply", id="missing part"),
    pytest.param(r"\[parts.alt\]", "[parts.story]", "parts.story", id="unknown part"),
    pytest.param(r'id = "x"', 'id = "y"', "id", id="id of another file"),
    pytest.param(r'label = "X"', 'label = ""', "label", id="no label"),
    pytest.param(r"url_weight = 23", "url_weight = -1", "url_weight", id="weight"),
    pytest.param(r"url_weight = 23", "url_wieght = 23", "url_wieght", id="slip of the keyboard"),
    pytest.param(r"advised = \[1, 2\]", "advised = [2, 1]", "hashtags.advised", id="advised the wrong way round"),
    pytest.param(r"advised = \[1, 2\]", "advised = [1]", "hashtags.advised", id="advised cut"),
    pytest.param(r'style = "camel"', 'style = "shout"', "hashtags.style", id="style"),
    pytest.param(r'aliases = \["twitter"\]', "aliases = [1]", "aliases", id="aliases"),
    pytest.param(r"line_breaks = true\n", "", "line_breaks", id="missing field"),
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

    def once() -> float:
        networks.read.cache_clear()
        started = time.perf_counter()
        for path in paths:
            networks.read(path)
        return time.perf_counter() - started

    # 4 ms measured on two cores shared by others.
    assert min(once() for _ in range(5)) < 0.015
