"""Rewriting and adapting through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

LONG = (
    "Le Héron arrive à l’atelier. Nous aimons le printemps. Nous aimons les balades. Prix : 3 490 €. "
    "Réservez : https://aubrelle.example/heron"
)


@pytest.fixture
def item(replique: Replique, demo_brand: str, brief: Path) -> int:
    """A draft for LinkedIn with sentences to spare."""
    made = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--variants", "1", "--json").json
    number = int(made["items"][0]["id"])
    assert replique("item", "edit", number, "--text", LONG, "--by", "Nora").code == 0
    return number


def test_a_rewriting_is_shown_and_kept_only_when_asked(replique: Replique, item: int) -> None:
    shown = replique("rewrite", item, "--as", "shorter", "--json")
    assert shown.code == 0, shown.out
    assert "printemps" not in shown.json["text"]
    assert "3 490 €" in shown.json["text"]
    assert (shown.json["item"], shown.json["kind"], shown.json["kept"]) == (item, "shorter", False)
    assert replique("item", "show", item, "--json").json["text"] == LONG
    kept = replique("rewrite", item, "--as", "shorter", "--keep", "--by", "Nora", "--json").json
    after = replique("item", "show", item, "--json").json
    assert (after["text"], after["status"], after["findings"]) == (kept["text"], "draft", kept["findings"])
    history = replique("item", "history", item, "--json").json
    assert [version["by"] for version in history["versions"]][-1] == "Nora"


def test_a_rewriting_for_people_says_what_became_of_it(replique: Replique, item: int) -> None:
    said = replique("rewrite", item, "--as", "shorter")
    assert "n’a pas changé" in said.out
    assert "Le Héron arrive" in said.out
    assert "Saved" in replique("rewrite", item, "--as", "shorter", "--keep", lang="en").out


def test_a_rewriting_that_needs_a_model_says_where_to_set_one(replique: Replique, item: int) -> None:
    refused = replique("rewrite", item, "--as", "warmer", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "rewrite.not_offered")
    assert "provider add" in refused.json["error"]["message"]
    script = json.dumps(["Bienvenue au Héron."])
    assert replique("provider", "add", "essai", "--type", "scripted", "--set", f"script={script}", "--json").code == 0
    done = replique("rewrite", item, "--as", "warmer", "--provider", "essai", "--json")
    assert (done.code, done.json["text"]) == (0, "Bienvenue au Héron.")


def test_a_way_that_does_not_exist_is_told_with_those_that_do(replique: Replique, item: int) -> None:
    refused = replique("rewrite", item, "--as", "bigger", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (2, "usage.not_one_of")
    assert "translate_en" in refused.json["error"]["message"]


def test_a_post_is_adapted_to_other_networks(replique: Replique, item: int) -> None:
    done = replique("adapt", item, "--network", "x", "--network", "instagram", "--by", "Nora", "--json")
    assert done.code == 0, done.out
    assert [(one["network"], one["variant"], one["author"]) for one in done.json["items"]] == [
        ("x", 1, "Nora"),
        ("instagram", 1, "Nora"),
    ]
    assert all(one["count"]["fits"] for one in done.json["items"])
    assert replique("item", "show", item, "--json").json["text"] == LONG
    assert replique("adapt", item, "--network", "x").code == 0
    refused = replique("adapt", item, "--network", "linkedin", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "adapt.same_network")
    assert replique("audit", "verify", "--json").json["holds"] is True


def test_a_rewriting_that_dropped_somebody_is_shown_and_never_kept(replique: Replique, item: int) -> None:
    text = "Bonjour Maëlle Tourneur, votre vélo est prêt, appelez le 06 12 34 56 78."
    assert replique("item", "edit", item, "--text", text, "--by", "Nora").code == 0
    script = json.dumps(["Votre vélo est prêt, [[PERSON_1]]."])
    add = ("provider", "add", "loin", "--type", "scripted", "--set", f"script={script}", "--set", "remote=yes")
    assert replique(*add).code == 0
    asked = ("rewrite", item, "--as", "simpler", "--provider", "loin", "--json")
    (found,) = [one for one in replique(*asked).json["findings"] if one["id"] == "pseudonym"]
    assert (found["severity"], found["quote"]) == ("blocks", "06 12 34 56 78")
    refused = replique(*asked, "--keep", "--by", "Nora")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "rewrite.lost")
    assert "06 12 34 56 78" in refused.json["error"]["message"]
    assert replique("item", "show", item, "--json").json["text"] == text
