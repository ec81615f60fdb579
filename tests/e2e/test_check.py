"""``replique check``: any text, checked from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Replique

CASE = "Passez à l’usine."


def findings(told: dict[str, object], rule: str) -> list[dict[str, object]]:
    found = told["findings"]
    assert isinstance(found, list)
    return [one for one in found if one["id"] == rule]


def test_a_text_is_checked_for_its_network(replique: Replique) -> None:
    told = replique("check", "-", "--network", "x", "--json", stdin="a" * 290 + "\n").json
    assert told["count"]["count"] == 290
    (found,) = findings(told, "length")
    assert (found["severity"], found["start"], found["end"]) == ("blocks", 280, 290)
    assert told["language"] in ("fr", "en")


def test_a_brand_speaks_from_the_profile_or_from_its_file(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    told = replique("check", "-", "--network", "x", "--brand", demo_brand, "--json", stdin=CASE).json
    assert findings(told, "banned_term")[0]["fix"] == "atelier"
    file = tmp_path / "marque.toml"
    file.write_text("name = 'A'\n[limits]\nx = 300\n[voice]\nbanned = ['usine']\n[checks]\nbanned_term = 'off'\n")
    told = replique("check", "-", "--network", "x", "--brand", file, "--json", stdin=CASE + "a" * 275).json
    assert findings(told, "banned_term") == findings(told, "length") == []


def test_claims_are_judged_only_against_sources_that_were_given(replique: Replique, tmp_path: Path) -> None:
    text = "Le Citadin coûte 2 990 €."
    assert findings(replique("check", "-", "--network", "x", "--json", stdin=text).json, "unsourced_claim") == []
    brief = tmp_path / "brief.txt"
    brief.write_text("Le vélo Citadin est au prix de 3 490 €.", encoding="utf-8")
    told = replique("check", "-", "--network", "x", "--source", brief, "--json", stdin=text).json
    assert "2 990 €" in {one["quote"] for one in told["findings"] if one["severity"] == "blocks"}


def test_lines_are_answered_one_by_one(replique: Replique, demo_brand: str) -> None:
    lines = [
        {"text": CASE, "network": "x", "brand": demo_brand},
        {"text": "a", "network": "minitel"},
        {"text": "a", "network": "x", "part": "poster"},
        {"network": "x"},
        {"text": CASE, "network": "facebook", "part": "comment"},
    ]
    done = replique("check", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
    first, *wrong, last = done.lines
    assert {"id", "severity", "start", "end", "message", "fix"} <= set(first["findings"][0])
    assert [one["error"]["kind"] for one in wrong] == ["network.unknown", "check.unknown_part", "jsonl.missing"]
    assert last["fixed"] == CASE


def test_fix_writes_the_mended_text_alone(replique: Replique) -> None:
    assert replique("check", "-", "--network", "x", "--fix", stdin="Bonjour.\n").out == "Bonjour.\n"


def test_what_is_missing_or_unreadable_is_said(replique: Replique, tmp_path: Path) -> None:
    assert replique("check", "-", "--json", stdin="a").code == 2
    assert replique("check", tmp_path / "nulle-part.txt", "--network", "x", "--json").json["error"]["kind"] == (
        "file.missing"
    )
    file = tmp_path / "cp1252.txt"
    file.write_bytes("été".encode("cp1252"))
    assert replique("check", file, "--network", "x", "--json").json["error"]["kind"] == "file.not_utf8"
