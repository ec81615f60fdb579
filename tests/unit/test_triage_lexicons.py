"""The shipped lexicons are well formed, and the compiler reads phrases as its documentation says."""

from __future__ import annotations

import tomllib
from collections import defaultdict

import pytest

from copilot.domain.conversation import TOPICS
from copilot.errors import Bug
from copilot.i18n import LANGUAGES, Translator
from copilot.intelligence.lexicon import Lexicon, fold_phrase, lexicon_files, shipped_lexicon

TABLES = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in lexicon_files()}
RULES = [(name, rule) for name, table in TABLES.items() for rule in table.get("rule", ())]
SPEC = {
    "sets": {"person": ["livreur vendeu*"], "spoilt": ["casse+"]},
    "rule": [
        {"name": "short", "weights": {"complaint": 1}, "phrases": ["mort"]},
        {"name": "long", "phrases": ["mort de rire"]},
        {"name": "who", "phrases": ["le <person>"]},
        {"name": "gap", "phrases": ["rendez .. argent"]},
        {"name": "may", "phrases": ["tres? bon|bien"]},
        {"name": "start", "phrases": ["^ allo <qm>"]},
        {"name": "agreed", "phrases": ["<spoilt>"]},
    ],
}


def found(text: str) -> set[str]:
    lexicon = Lexicon([SPEC])
    return {match.rule.name for match in lexicon.find(lexicon.read(text))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("il est mort", {"short"}),
        ("mort de rire", {"long"}),
        ("mortel", set()),
        ("le livreur", {"who"}),
        ("le vendeur", {"who"}),
        ("livreur", set()),
        ("rendez-moi tout de suite mon argent", {"gap"}),
        ("rendez-moi ça. Mon argent est là", set()),
        ("très bon", {"may"}),
        ("bien", {"may"}),
        ("allô ?", {"start"}),
        ("oui allô ?", set()),
        ("cassées", {"agreed"}),
    ],
)
def test_phrases_mean_what_they_say(text: str, names: set[str]) -> None:
    assert found(text) == names


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(Bug, match="unknown_set"):
        Lexicon([{"rule": [{"name": "x", "phrases": ["<nowhere>"]}]}])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_sentence(language: str) -> None:
    says = Translator(language)
    missing = [name for name in shipped_lexicon().rule_names if not says.has(f"triage.rule.{name}")]
    assert missing == []


def test_a_rule_weighs_the_same_in_every_file() -> None:
    faces = defaultdict(set)
    for _file, rule in RULES:
        face = {key: value for key, value in rule.items() if key != "phrases"}
        faces[rule["name"]].add(repr(sorted(face.items())))
    assert [name for name, seen in faces.items() if len(seen) > 1] == []


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[f"{file}-{rule['name']}" for file, rule in RULES])
def test_phrases_are_well_formed(file: str, rule: dict[str, list[str]]) -> None:
    wrong = []
    for phrase in rule["phrases"]:
        steps = fold_phrase(phrase)
        split = any("|" in step and set(step) & set("'’-") for step in phrase.split())
        empty = any("" in step.rstrip("?").split("|") for step in steps)
        if not steps or steps[0] == ".." or steps[-1] == ".." or split or empty:
            wrong.append(phrase)
    assert wrong == []


def test_topics_are_the_domains() -> None:
    assert set(TABLES["topics.toml"]["topics"]) == set(TOPICS)
