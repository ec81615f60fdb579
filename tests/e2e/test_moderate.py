"""Decisions on messages and crises from the command line."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.paths import assets_dir
from tests.e2e.conftest import Replique

NOW = datetime.now(UTC).replace(microsecond=0)
TEXTS = (
    "Vous êtes une bande de connards",
    "Mon colis est arrivé cassé, personne ne répond",
    "À quelle heure ouvrez-vous ?",
)


@pytest.fixture
def thread(replique: Replique, demo_brand: str, tmp_path: Path) -> list[int]:
    """Three messages of a forum the brand does not say it hosts; their ids."""
    lines = [
        {"id": str(number), "author": f"A{number}", "text": text, "created_at": (NOW - timedelta(hours=2)).isoformat()}
        for number, text in enumerate(TEXTS)
    ]
    file = tmp_path / "fil.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert replique("thread", "import", file, "--network", "discourse").code == 0
    assert replique("triage", 1).code == 0
    return [one["id"] for one in replique("thread", "show", 1, "--json").json["messages"]]


def test_from_proposal_to_statement_and_back(replique: Replique, thread: list[int]) -> None:
    insult, complaint, _question = thread
    proposed = replique("moderate", "propose", insult, "--json").json
    assert (proposed["action"], proposed["clause"]["id"], proposed["category"]) == (
        "hide",
        "interdits",
        "injure_publique",
    )
    decide = ("moderate", "decide", insult, complaint, "--action", "hide", "--clause", "interdits", "--by", "Nora")
    dry = replique(*decide, "--dry-run", "--json").json["decisions"]
    assert [one["id"] for one in dry] == [None, None]
    assert replique("moderate", "list", "--json").json == {"decisions": []}
    told = replique(*decide, "--json").json
    first, second = told["decisions"]
    assert (first["warnings"], len(second["warnings"])) == ([], 1)
    assert "juridique" in told["notice"]
    assert "À faire sur le réseau" in first["to_do"]
    assert first["evidence"]["text"] == TEXTS[0]
    stated = replique("moderate", "statement", first["id"], "--json").json
    assert stated["statement"]["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert (stated["hosted"], stated["required"]) == (False, False)
    letter = replique("moderate", "statement", first["id"], "--letter")
    assert letter.out.startswith("Bonjour,")
    assert "avis juridique" in letter.err
    assert replique("moderate", "done", first["id"], "--by", "Nora").code == 0
    undone = replique("moderate", "undo", first["id"], second["id"], "--by", "Nora", "--json").json["decisions"]
    assert [one["undone_by"] for one in undone] == ["Nora", "Nora"]
    assert replique("audit", "verify", "--json").json["holds"]


def test_decisions_become_a_table_no_spreadsheet_runs(replique: Replique, thread: list[int], tmp_path: Path) -> None:
    assert replique("moderate", "decide", thread[1], "--action", "hide", "--facts", "=1+1", "--by", "Nora").code == 0
    file = tmp_path / "décisions.csv"
    assert replique("moderate", "list", "--csv", file, "--json").json == {"file": str(file), "decisions": 1}
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, only = csv.reader(opened, delimiter=";")
    told = dict(zip(titles, only, strict=True))
    assert (told["Par"], told["État"], told["Faits"]) == ("Nora", "à faire sur le réseau", "'=1+1")
    assert told["Texte du message"] == TEXTS[1]
    again = replique("moderate", "list", "--csv", file, "--json")
    assert (again.code, again.json["error"]["kind"]) == (1, "file.exists")


def test_the_thresholds_of_a_crisis_are_shown_changed_and_put_back(replique: Replique) -> None:
    usual = replique("crisis", "thresholds", "--json").json["thresholds"]
    assert (usual["yellow"], usual["theme_share"]) == (2.0, 0.5)
    assert replique("crisis", "thresholds", "yellow", "2,5").code == 0
    changed = replique("crisis", "thresholds", "theme_share", "40 %", "--json").json["thresholds"]
    assert changed == {**usual, "yellow": 2.5, "theme_share": 0.4}
    refused = {"red": "1", "days": "2.5", "safety_red": "0", "theme_share": "120 %", "yellow": "inf", "floor": "deux"}
    for name, value in refused.items():
        told = replique("crisis", "thresholds", name, value, "--json")
        assert (told.code, told.json["error"]["kind"]) == (1, "crisis.threshold"), name
    assert replique("crisis", "thresholds", "nombre", "3", "--json").json["error"]["kind"] == "settings.unknown"
    assert "40 %" in replique("crisis", "thresholds").out.replace("\u202f", " ")
    assert replique("crisis", "thresholds", "--usual", "--json").json["thresholds"] == usual


def test_a_space_the_brand_hosts_makes_the_statement_a_duty(
    replique: Replique, thread: list[int], tmp_path: Path
) -> None:
    exported = tmp_path / "marque.toml"
    told = replique("brand", "export", "aubrelle").out
    exported.write_text(told + '\n[moderation]\nhosted_networks = ["Discourse"]\ninfluential = ["@journal"]\n', "utf-8")
    assert replique("brand", "import", exported, "--json").code == 0
    again = replique("brand", "export", "aubrelle").out
    assert 'hosted_networks = ["discourse"]' in again
    assert 'influential = ["journal"]' in again
    done = replique("moderate", "decide", thread[0], "--action", "delete", "--clause", "ton", "--by", "Nora", "--json")
    assert done.json["decisions"][0]["hosted"] is True
    assert replique("moderate", "statement", 1, "--json").json["required"] is True
    refused = replique("moderate", "statement", 1, "--facts", "Appelez le 06 12 34 56 78", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "moderation.statement_blocked")
    assert "06 12 34 56 78" in refused.json["error"]["message"]


#: The fields of the Transparency Database that a text hidden for a clause of a charter has.
FIELDS = {
    "decision_visibility", "decision_ground", "incompatible_content_ground", "incompatible_content_explanation",
    "content_type", "category", "territorial_scope", "content_language", "content_date",
    "application_date", "decision_facts", "source_type", "automated_detection", "automated_decision", "puid",
}  # fmt: skip


def test_on_its_own_forum_a_decision_is_proved_then_stated_and_the_author_told(
    replique: Replique, thread: list[int], tmp_path: Path
) -> None:
    exported = tmp_path / "marque.toml"
    told = replique("brand", "export", "aubrelle").out
    exported.write_text(told + '\n[moderation]\nhosted_networks = ["discourse"]\n', "utf-8")
    assert replique("brand", "import", exported).code == 0
    decide = ("moderate", "decide", thread[0], "--action", "hide", "--clause", "interdits", "--by", "Nora", "--json")
    (decision,) = replique(*decide).json["decisions"]
    # The evidence is there before anybody does anything on the forum.
    evidence = decision["evidence"]
    assert (evidence["text"], decision["done_at"], decision["hosted"]) == (TEXTS[0], None, True)
    assert evidence["text_sha256"] == hashlib.sha256(TEXTS[0].encode()).hexdigest()
    assert replique("moderate", "done", decision["id"], "--by", "Nora").code == 0
    official = tomllib.loads((assets_dir() / "moderation" / "dsa.toml").read_text("utf-8"))
    for language, opening, quoting in (("fr", "Bonjour,", "le message dit"), ("en", "Hello,", "the message says")):
        stated = replique("moderate", "statement", decision["id"], "--language", language, "--json").json
        assert (stated["hosted"], stated["required"]) == (True, True)
        fields = stated["statement"]
        assert set(fields) == FIELDS
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                assert one in official.get(name, [one]), name
        assert fields["content_language"] == "FR"
        assert fields["decision_facts"].startswith(quoting)
        letter = replique("moderate", "statement", decision["id"], "--language", language, "--letter").out
        assert letter.startswith(opening)
        assert f"{quoting} " in letter
        assert TEXTS[0] in letter
    english = replique("moderate", "statement", decision["id"], "--language", "en", "--letter").out
    assert "le message dit" not in english
    mine = ("moderate", "statement", decision["id"], "--language", "en", "--facts", "Une insulte.", "--letter")
    assert "Facts and circumstances: Une insulte." in replique(*mine).out
    assert replique("audit", "verify", "--json").json["holds"]


@pytest.mark.parametrize(
    ("arguments", "code", "kind"),
    [
        (["decide", "1", "--action", "ban", "--by", "N"], 2, "usage.not_one_of"),
        (["decide", "1", "--by", "N"], 2, "usage.missing"),
        (["decide", "--action", "hide", "--by", "N"], 2, "usage.missing"),
        (["decide", "1", "--action", "hide"], 1, "review.name_needed"),
        (["decide", "99", "--action", "hide", "--by", "N"], 1, "message.unknown"),
        (["decide", "1", "--action", "hide", "--clause", "x", "--by", "N"], 1, "moderation.clause_unknown"),
        (["propose", "99"], 1, "message.unknown"),
        (["list", "99"], 1, "thread.unknown"),
        (["undo", "7", "--by", "N"], 1, "moderation.unknown"),
        (["statement", "7"], 1, "moderation.unknown"),
        (["statement", "7", "--until", "demain"], 2, "usage.bad_value"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refusals_are_told_in_json(
    replique: Replique, thread: list[int], arguments: list[str], code: int, kind: str
) -> None:
    told = replique("moderate", *arguments, "--json")
    assert (told.code, told.json["error"]["kind"]) == (code, kind)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_people_read_sentences(replique: Replique, thread: list[int], lang: str) -> None:
    for arguments in (
        ["moderate", "categories"],
        ["moderate", "propose", thread[1]],
        ["moderate", "decide", thread[1], "--action", "hide", "--by", "Nora"],
        ["moderate", "list"],
        ["crisis", "status"],
        ["crisis", "open", "--level", "orange", "--reason", "Rappel", "--by", "Nora"],
        ["crisis", "list"],
        ["crisis", "close", "--by", "Nora"],
    ):
        said = replique(*arguments, lang=lang)
        assert said.code == 0
        assert said.out.strip()
        for key in ("moderation.", "crisis.", "intent.", "cli."):
            assert key not in said.out + said.err


def test_a_burst_is_seen_opened_and_closed(replique: Replique, tmp_path: Path) -> None:
    angry = "Toujours pas livré, personne ne répond, c’est une honte"
    hours = [*(float(hour) for hour in range(1, 30)), *[0.1] * 30]
    lines = [
        {
            "id": str(number),
            "author": f"A{number}",
            "text": angry,
            "created_at": (NOW - timedelta(hours=at)).isoformat(),
        }
        for number, at in enumerate(hours)
    ]
    file = tmp_path / "fil.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert replique("thread", "import", file, "--network", "x").code == 0
    assert replique("triage", 1).code == 0
    status = replique("crisis", "status", 1, "--json").json
    assert (status["level"], status["computable"], status["open"]) == ("red", True, None)
    assert status["series"][-1]["start"].endswith("+00:00")
    opened = replique("crisis", "open", "--level", "red", "--reason", "Livraisons", "--by", "Nora", "--json").json
    twice = replique("crisis", "open", "--level", "red", "--reason", "Livraisons", "--by", "Nora", "--json")
    assert (twice.code, twice.json["error"]["kind"]) == (1, "crisis.already_open")
    assert replique("crisis", "status", "--json").json["open"]["id"] == opened["id"]
    assert replique("crisis", "close", "--by", "Léa", "--note", "Fini", "--json").json["open"] is False
    assert replique("crisis", "close", "--by", "Léa", "--json").json["error"]["kind"] == "crisis.none_open"
    assert replique("audit", "verify").code == 0


def test_a_crisis_of_one_brand_is_told_when_no_brand_is_named(replique: Replique, demo_brand: str) -> None:
    told = ("--level", "red", "--reason", "Rappel", "--by", "Nora", "--brand", demo_brand, "--json")
    crisis = replique("crisis", "open", *told).json
    status = replique("crisis", "status", "--json").json
    assert (status["open"], status["open_all"]) == (crisis, [crisis])
    assert crisis["brand"] in replique("crisis", "status").out


def test_a_holding_statement_with_a_gap_cannot_be_approved(replique: Replique, demo_brand: str) -> None:
    told = replique(
        "crisis", "statement", "--network", "facebook_page", "--fact", "une panne", "--next", "17 h", "--json"
    )
    (item,) = told.json["items"]
    assert item["can_be_approved"] is False
    blocking = [one["id"] for one in item["findings"] if one["severity"] == "blocks"]
    assert blocking == ["open_slot"] * 5, "whom to ask is on the brand’s sheet"
    refused = replique("item", "approve", item["id"], "--by", "Nora", "--json")
    assert refused.code == 1
