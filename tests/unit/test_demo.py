"""The demo brand, its briefs and its threads: what ships must work and name nobody real."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime

import pytest

from copilot import networks
from copilot.brandfile import check_brand, read_brand, write_brand
from copilot.domain.conversation import TOPICS
from copilot.paths import assets_dir
from copilot.playbook.posts import compose_posts
from copilot.text.facts import find_facts

DEMO = assets_dir() / "demo"
TODAY = date(2026, 11, 21)
LANGUAGES = {"lancement-heron.md": "fr", "portes-ouvertes.txt": "fr", "winter-check.md": "en"}
SECRETS = {
    "lancement-heron.md": ("200 demandes", "600", "trois roues", "Inès", "artisans", "superlatif"),
    "portes-ouvertes.txt": ("Camille", "Solène", "nombre de visiteurs", "15 mars", "convenu", "photos"),
    "winter-check.md": ("quiet weeks", "margin", "Inès", "25 November", "friendly"),
}


def text_of(path: str) -> str:
    return (DEMO / path).read_text(encoding="utf-8")


def test_the_brand_is_whole() -> None:
    brand = read_brand(text_of("brand.toml"))
    (warning,) = check_brand(text_of("brand.toml"), today=TODAY)
    assert warning.wording.key == "brand.warning.expired"
    assert len(brand.facts) >= 20
    assert {fact.language for fact in brand.facts} == {"fr", "en"}
    assert {topic for fact in brand.facts for topic in fact.topics} >= set(TOPICS) - {"customer_service", "app_or_site"}
    assert any(fact.valid_until == date(2027, 12, 31) for fact in brand.facts)
    assert 8 <= len(brand.charter) <= 12
    assert set(brand.accounts) <= set(networks.load())
    assert read_brand(write_brand(brand)) == brand


def test_each_french_fact_has_its_english_twin() -> None:
    brand = read_brand(text_of("brand.toml"))
    french = {fact.id for fact in brand.facts_on(TODAY) if fact.language == "fr"}
    assert {fact.id.removesuffix("-en") for fact in brand.facts if fact.language == "en"} == french


def test_no_fact_says_what_the_voice_bans() -> None:
    brand = read_brand(text_of("brand.toml"))
    for fact in brand.facts:
        assert not any(term in fact.statement.lower() for term in brand.voice.banned)


@pytest.mark.parametrize("path", sorted(path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*.*")))
def test_addresses_lead_nowhere(path: str) -> None:
    for link in re.findall(r"(?:https?://|@)([\w-]+(?:\.[\w-]+)+)", text_of(path)):
        assert link.endswith((".example", "yseult.f")) or "@" + link in text_of(path), link
    for domain in re.findall(r"https?://([\w.-]+)", text_of(path)):
        assert domain.rstrip(".").endswith(".example")


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("network", tuple(networks.load()))
def test_posts_of_the_demo(name: str, network: str) -> None:
    text, language = text_of(f"briefs/{name}"), LANGUAGES[name]
    brand = read_brand(text_of("brand.toml"))
    facts = find_facts(text, language)
    posts = compose_posts(text, facts=facts, hashtags=(), brand=brand, network=networks.get(network), language=language)
    assert len({post.structure for post in posts}) == 3
    for post in posts:
        assert not any(secret in post.text for secret in SECRETS[name]), post.text


def test_the_csv_thread() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("threads/winter-check.csv"))))
    assert list(rows[0]) == ["author", "text", "date", "parent", "id"]
    ids = [row["id"] for row in rows]
    assert 12 <= len(rows) <= 20
    assert len(set(ids)) == len(ids)
    assert all(not row["parent"] or row["parent"] in ids for row in rows)
    assert all(datetime.fromisoformat(row["date"]).tzinfo for row in rows)


def test_the_json_lines_thread() -> None:
    rows = [json.loads(line) for line in text_of("threads/portes-ouvertes.jsonl").splitlines()]
    assert all(list(row) == ["id", "parent", "author", "handle", "text", "date"] for row in rows)
    ids = [row["id"] for row in rows]
    assert 12 <= len(rows) <= 20
    assert all(row["parent"] is None or row["parent"] in ids for row in rows)
    assert all(datetime.fromisoformat(row["date"]).tzinfo for row in rows)


def test_the_pasted_thread_looks_pasted() -> None:
    lines = text_of("threads/facebook-heron.txt").splitlines()
    assert 12 <= sum(bool(re.fullmatch(r"\d+ (?:h|min|j)", line)) for line in lines) <= 20
    assert lines.count("Répondre") >= 12
