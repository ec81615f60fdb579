"""Every check: fires on its bad samples, is silent on its good ones, points inside the text, says it in a sentence."""

from __future__ import annotations

import time
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import checks, networks
from copilot.checks._samples import Sample
from copilot.domain.brand import RuleLevel
from copilot.domain.finding import Finding, Severity
from copilot.i18n import LANGUAGES, Translator
from copilot.registry import discover

RULES = discover("copilot.checks")


def _samples(kind: str) -> list[object]:
    return [
        pytest.param(module, sample, id=f"{name}-{language}-{number}")
        for name, module in RULES.items()
        for language, samples in getattr(module, kind).items()
        for number, sample in enumerate(samples)
    ]


def test_the_rules_are_there() -> None:
    expected = (
        "address banned_term copied_reference emoji_policy empty forbidden_character hashtag_cap hashtag_validity "
        "length open_slot personal_details unsourced_claim"
    )
    assert set(expected.split()) <= set(checks.rules())


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_title_and_a_usual_weight(name: str) -> None:
    assert name == RULES[name].NAME
    assert checks.usual_severities()[name] in Severity
    for language in LANGUAGES:
        title = Translator(language)(f"check.{name}.title")
        assert title
        assert "check." not in title


@pytest.mark.parametrize(("module", "sample"), _samples("BAD"))
def test_a_brand_gives_a_rule_another_weight_or_none(module: ModuleType, sample: Sample) -> None:
    draft, context = sample.draft(), sample.context()
    assert context.brand is not None
    for level in RuleLevel:
        brand = replace(context.brand, checks={module.NAME: level})
        found = [one for one in checks.check(draft, replace(context, brand=brand)) if one.rule == module.NAME]
        assert {one.severity.value for one in found} == (set() if level is RuleLevel.OFF else {level.value})


@pytest.mark.parametrize(("module", "sample"), _samples("BAD"))
def test_automatic_fixes_settle(module: ModuleType, sample: Sample) -> None:
    draft, context = sample.draft(), sample.context()
    once = checks.fixed(draft, context)
    assert checks.fixed(once, context) == once
    assert not [one for one in checks.check(once, context) if one.automatic]


@pytest.mark.parametrize("module", RULES.values(), ids=RULES.keys())
def test_a_rule_has_samples_in_its_languages(module: ModuleType) -> None:
    languages = getattr(module, "LANGUAGES", LANGUAGES)
    for samples in (module.BAD, module.GOOD):
        assert set(samples) == set(languages)
        assert all(samples.values())
        assert all(sample.language == language for language, several in samples.items() for sample in several)


@pytest.mark.parametrize(("module", "sample"), _samples("BAD"))
def test_a_rule_fires_on_its_bad_samples(module: ModuleType, sample: Sample) -> None:
    draft = sample.draft()
    found = list(module.check(draft, sample.context()))
    assert found
    for finding in found:
        assert finding.rule == module.NAME
        _points_inside(finding, draft.text)
        _is_said(finding)


@pytest.mark.parametrize(("module", "sample"), _samples("GOOD"))
def test_a_rule_is_silent_on_its_good_samples(module: ModuleType, sample: Sample) -> None:
    assert list(module.check(sample.draft(), sample.context())) == []


@pytest.mark.parametrize(("module", "sample"), _samples("BAD"))
def test_check_runs_every_rule_and_sorts(module: ModuleType, sample: Sample) -> None:
    found = checks.check(sample.draft(), sample.context())
    assert module.NAME in {finding.rule for finding in found}
    order = list(Severity)
    assert [order.index(finding.severity) for finding in found] == sorted(
        order.index(finding.severity) for finding in found
    )


PIECES = [
    *(
        "tu",
        "Vous",
        "{",
        "}",
        "#",
        "@",
        "«",
        "»",
        "\0",
        "\ud83d",
        "\u202e",
        "\u200d",
        "🚲",
        "e\u0301",
        "3 490 €",
        "12/05",
    ),
    *("a.fr", "https://", "x@y.fr", "06 12 34 56 78", "révolutionnaire", "-", "’", " ", "\n", "'", "#l’été", "{nom}"),
]


@given(
    text=st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join),
    tags=st.lists(st.text(max_size=12), max_size=3),
    network=st.sampled_from(sorted(networks.load())),
)
@settings(max_examples=80, deadline=None)
def test_any_text_is_checked_without_a_crash(text: str, tags: list[str], network: str) -> None:
    sample = Sample(
        text, network=network, hashtags=tuple(tags), alt_texts=(text,), untrusted=(text[::-1],), part="reply"
    )
    for finding in checks.check(sample.draft(), sample.context()):
        _points_inside(finding, text)
        _is_said(finding)


HOSTILE = {
    "dotted": "a.b-c." * 5_000,
    "guillemets": "«" * 30_000,
    "braces": "{" * 30_000,
    "hashes": "#a" * 15_000,
    "marks": "e" + "\u0301" * 20_000,
    "ats": "@a." * 30_000,
    "orders": "Venez " * 5_000,
    "one word": "é" * 30_000,
    "slots": "{a}" * 30_000,
    "digits": "1 " * 15_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    sample = Sample(text, network="x", untrusted=("ok",))
    started = time.process_time()
    checks.check(sample.draft(), sample.context())
    # About 0.7 s at worst for 30,000 characters; quadratic ways take minutes.
    assert time.process_time() - started < 8


def _points_inside(finding: Finding, text: str) -> None:
    assert 0 <= finding.start <= finding.end <= len(text)


def _is_said(finding: Finding) -> None:
    for language in LANGUAGES:
        t = Translator(language)
        assert t.has(finding.wording.key), finding.wording.key
        sentence = t.wording(finding.wording)
        assert "check." not in sentence
        assert "unit." not in sentence
