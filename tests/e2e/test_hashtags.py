"""``replique hashtags``: for a file, for lines, with the groups of a brand."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Replique

BRIEF = "La médiathèque de Quimper organise la Nuit de la lecture, avec des contes et un atelier de calligraphie."


def test_a_brief_gives_tags_with_reasons_and_the_cap(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text(BRIEF, encoding="utf-8")
    told = replique("hashtags", path, "--network", "instagram", "--json").json
    assert (told["network"], told["cap"], told["language"]) == ("instagram", 5, "fr")
    assert 0 < len(told["hashtags"]) <= 5
    first = told["hashtags"][0]
    assert (first["tag"], first["reason_id"], first["cap"]) == ("NuitDeLaLecture", "calendar_day", 5)
    assert "{" not in first["reason"]
    shown = replique("hashtags", path, "--network", "instagram").out
    assert "#NuitDeLaLecture" in shown
    assert "hashtags" in replique("hashtags", path, "--network", "discord").out


def test_lines_are_answered_in_order_and_bad_ones_told(replique: Replique) -> None:
    asked: list[dict[str, object]] = [
        {"brief": BRIEF, "network": "mastodon"},
        {"brief": BRIEF, "network": "discord"},
        {"brief": "", "network": "x"},
        {"brief": BRIEF, "network": "nulle-part"},
        {"brief": BRIEF, "network": "x", "brand": "inconnue"},
        {"brief": BRIEF, "network": "x", "limit": "deux"},
        {"brief": "Vélo \udc00 cargo à Lyon", "network": "x", "limit": 1},
        {"brief": "We launch our sourdough masterclass with #like4like.", "network": "threads"},
    ]
    answers = replique("hashtags", "--jsonl", stdin="\n".join(map(json.dumps, asked))).lines
    assert len(answers) == len(asked)
    assert set(answers[0]["hashtags"][0]) >= {"tag", "reason", "reason_id", "warnings"}
    assert not any("#" in one["tag"] for one in answers[0]["hashtags"])
    assert answers[1]["hashtags"] == []
    assert "error" in answers[2] or answers[2]["hashtags"] == []
    assert [answer["error"]["kind"] for answer in answers[3:6]] == [
        "network.unknown",
        "brand.unknown",
        "jsonl.not_a_number",
    ]
    assert len(answers[6]["hashtags"]) == 1
    assert answers[7]["hashtags"][0]["warnings"][0]["id"] == "problem"


def test_groups_of_a_brand_are_saved_and_shown(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text(BRIEF, encoding="utf-8")
    options = ("--network", "instagram", "--brand", demo_brand)
    proposed = replique("hashtags", path, *options, "--save", "lecture", "--json").json["hashtags"]
    groups = replique("hashtags", "--groups", *options, "--json").json["groups"]
    saved = next(group for group in groups if group["name"] == "lecture")
    assert saved["networks"] == ["instagram"]
    assert {one["tag"] for one in saved["hashtags"]} == {one["tag"] for one in proposed}
    assert "lecture" in replique("hashtags", "--groups", "--brand", demo_brand).out


def test_what_is_missing_is_told(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text(BRIEF, encoding="utf-8")
    assert replique("hashtags").code == 2
    assert "--network" in replique("hashtags", path).err
    assert "--brand" in replique("hashtags", path, "--network", "x", "--save", "a").err
    assert "--brand" in replique("hashtags", "--groups").err
