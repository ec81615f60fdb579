"""Legal categories, official values and wordings: whole, without a verdict, without a figure nobody checked."""

from __future__ import annotations

import re

import polib
import pytest

from copilot.domain.brand import CharterClause
from copilot.domain.moderation import excerpt, missing_quotes, statement_problems
from copilot.i18n import LANGUAGES, catalogue_file
from copilot.services._legal_words import holding_words, legal_words, official_values

GOOD: dict[str, object] = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"],
    "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "incompatible_content_ground": "article 3",
    "incompatible_content_explanation": "contraire à la charte",
    "content_type": ["CONTENT_TYPE_TEXT"],
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "territorial_scope": ["FR", "BE"],
    "content_language": "FR",
    "content_date": "2026-11-20",
    "application_date": "2026-11-21",
    "decision_facts": "Une insulte.",
    "source_type": "SOURCE_VOLUNTARY",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "puid": "replique-1-ab_C",
}


def problems(**changed: object) -> list[tuple[str, object]]:
    found = statement_problems({**GOOD, **changed}, official_values())
    return [(one.key.removeprefix("moderation.problem."), one.params.get("field")) for one in found]


def test_a_whole_statement_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"decision_visibility": []}, ("no_decision", None)),
        ({"decision_visibility": ["HIDDEN"]}, ("value", "decision_visibility")),
        ({"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}, ("missing", "decision_visibility_other")),
        ({"content_type": ["CONTENT_TYPE_OTHER"]}, ("missing", "content_type_other")),
        ({"category_specification": ["KEYWORD_OTHER"]}, ("missing", "category_specification_other")),
        ({"decision_facts": "  "}, ("missing", "decision_facts")),
        ({"decision_facts": "a" * 5001}, ("long", "decision_facts")),
        ({"incompatible_content_ground": "a" * 501}, ("long", "incompatible_content_ground")),
        ({"incompatible_content_explanation": "a" * 2001}, ("long", "incompatible_content_explanation")),
        ({"incompatible_content_explanation": ""}, ("missing", "incompatible_content_explanation")),
        ({"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"}, ("missing", "illegal_content_legal_ground")),
        ({"territorial_scope": ["FR", "US"]}, ("value", "territorial_scope")),
        ({"content_date": "1999-12-31"}, ("day", "content_date")),
        ({"content_date": "20/11/2026"}, ("day", "content_date")),
        ({"content_date": "2026-11-22"}, ("order", "content_date")),
        ({"application_date": "2019-12-31", "content_date": "2019-12-30"}, ("day", "application_date")),
        ({"application_date": "2026-02-30"}, ("day", "application_date")),
        ({"end_date_visibility_restriction": "2026-11-20"}, ("order", "end_date_visibility_restriction")),
        ({"puid": "a b"}, ("puid", None)),
        ({"puid": "é"}, ("puid", None)),
        ({"puid": "a" * 501}, ("long", "puid")),
        ({"content_language": "fr"}, ("language", None)),
        ({"source_type": "ME"}, ("value", "source_type")),
    ],
    ids=str,
)
def test_what_the_official_database_refuses_is_a_problem(
    changed: dict[str, object], expected: tuple[str, object]
) -> None:
    assert expected in problems(**changed)


def test_every_category_uses_official_values_known_channels_and_no_penalty() -> None:
    words, official = legal_words(), official_values()
    assert len(words.categories) == 19
    assert len(official["category"]) == 16
    assert len(official["category_specification"]) == 70
    for one in words.categories.values():
        assert one.dsa_category in official["category"]
        assert set(one.dsa_keywords) <= official["category_specification"]
        assert set(one.label) == set(LANGUAGES)
        told = " ".join([*one.label.values(), one.law, *one.note.values()])
        assert not re.search(r"€|amende|prison|\bans\b|\bfine\b|illégal|illegal", told, re.I), told
        assert all(theme in words.themes for theme in words.themes_of[one.key])
    assert {key for key, one in words.categories.items() if not one.copy} == {"pedopornographie", "revenge_porn"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_moderation_gives_a_verdict(language: str) -> None:
    told = {one.msgid: one.msgstr for one in polib.pofile(str(catalogue_file(language)))}
    ours = {key: text for key, text in told.items() if key.startswith(("moderation.", "error.moderation.", "cli.mod"))}
    assert ours
    assert [key for key, text in ours.items() if re.search("illégal|illegal|illicite", text, re.I)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je vais te TUER, tu vas voir", "menaces"),
        ("I know where you live.", "menaces"),
        ("Cette attente me tue, j’adore", ""),
        ("allez vous pendre tous !", "provocation_suicide"),
        ("", ""),
    ],
)
def test_signs_are_whole_words_whatever_case_and_accents(text: str, expected: str) -> None:
    assert legal_words().sign_of(text) == expected


def test_the_clause_that_speaks_most_of_a_theme_is_found() -> None:
    charter = (
        CharterClause("1", "Soyez courtois."),
        CharterClause("2", "La publicité et les liens douteux sont masqués."),
        CharterClause("3", "Injures et propos haineux sont retirés."),
    )
    words = legal_words()
    found = [words.clause_about([theme], charter) for theme in ("spam", "abuse", "minors")]
    assert [one.id if one else None for one in found] == ["2", "3", None]
    assert words.clause_about(["spam"], ()) is None


def test_a_quotation_that_is_not_in_the_message_is_named() -> None:
    text = "L’équipe est   NULLE\net bête"
    assert missing_quotes("Il dit « l'équipe est nulle et bête »", text) == ()
    assert missing_quotes("Il dit « vous êtes des voleurs » et “nulle”", text) == ("vous êtes des voleurs",)


def test_an_excerpt_is_one_line_of_bounded_length() -> None:
    assert excerpt("a\n\n b") == "a b"
    assert len(excerpt("é" * 1_000_000)) == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_holding_statement_has_a_place_for_every_fact(language: str) -> None:
    words = holding_words()[language]
    held = set(re.findall(r"\{(\w+)\}", " ".join(words["lines"])))
    assert held == set(words["slots"])
    assert not re.search(r"[{}\n]", " ".join(words["slots"].values()))
