"""The two main jobs from one end to the other, and what must never happen on the way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique


def test_brief_to_approved_posts_to_files(replique: Replique, demo_brand: str, brief: Path, tmp_path: Path) -> None:
    done = replique(
        "compose", brief, "--brand", demo_brand, "--network", "linkedin", "--network", "x", "--variants", "3", "--json"
    )
    assert done.code == 0, done.out
    items = done.json["items"]
    assert [item["network"] for item in items] == ["linkedin"] * 3 + ["x"] * 3
    assert len({item["text"] for item in items}) == 6
    assert all(item["count"]["fits"] for item in items)

    chosen = next(item for item in items if item["can_be_approved"])
    out = tmp_path / "sortie.json"
    refused = replique("export", chosen["id"], "--format", "json", "--out", out, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "export.not_approved")
    assert not out.exists()

    approved = replique("item", "approve", chosen["id"], "--by", "Nora", "--json")
    assert approved.code == 0, approved.out
    assert approved.json["status"] == "approved"
    assert approved.json["approval"]["package_hash"] == chosen["package_hash"]

    exported = replique("export", "--format", "json", "--out", out, "--json")
    assert exported.code == 0, exported.out
    told = json.loads(out.read_text(encoding="utf-8"))
    assert [(one["id"], one["package_hash"]) for one in told["items"]] == [(chosen["id"], chosen["package_hash"])]
    assert replique("audit", "verify", "--json").json["holds"] is True


def test_editing_an_approved_item_lapses_its_approval(replique: Replique, demo_brand: str, brief: Path) -> None:
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"]
    item = next(one for one in items if one["can_be_approved"])
    replique("item", "approve", item["id"], "--by", "Nora")
    edited = replique("item", "edit", item["id"], "--text", "Rendez-vous à l’atelier.", "--by", "Léa", "--json").json
    assert (edited["status"], edited["approval"]) == ("draft", None)
    back = replique("item", "edit", item["id"], "--text", item["text"], "--json").json
    assert (back["package_hash"], back["status"]) == (item["package_hash"], "draft")
    history = replique("item", "history", item["id"], "--json").json
    assert [version["revision"] for version in history["versions"]] == [1, 2, 3]
    actions = [line["action"] for line in replique("audit", "export").lines]
    assert actions[-3:] == ["edit", "approval_lapsed", "edit"]


@pytest.mark.parametrize(
    ("change", "value"),
    [("--text", "Autre texte."), ("--hashtags", "Autre"), ("--account", "@autre"), ("--at", "2027-05-05T10:00")],
)
def test_any_change_lapses(replique: Replique, demo_brand: str, brief: Path, change: str, value: str) -> None:
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"]
    item = next(one for one in items if one["can_be_approved"])
    assert replique("item", "approve", item["id"], "--by", "Nora").code == 0
    assert replique("item", "edit", item["id"], change, value, "--json").json["status"] == "draft"


def test_a_planned_post_goes_to_hootsuite(replique: Replique, demo_brand: str, brief: Path, tmp_path: Path) -> None:
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"]
    item = next(one for one in items if one["can_be_approved"])["id"]
    replique("item", "edit", item, "--at", "2031-03-03T10:30")
    replique("item", "approve", item, "--by", "Nora")
    done = replique("export", item, "--format", "hootsuite", "--out", tmp_path / "h.csv", "--json")
    assert done.code == 0, done.out
    rows = list(csv.reader(io.StringIO((tmp_path / "h.csv").read_bytes().decode("utf-8"), newline="")))
    assert rows[0][0] == "03/03/2031 10:30"


def test_thread_to_approved_replies(replique: Replique, demo_brand: str, thread_file: Path, tmp_path: Path) -> None:
    imported = replique("thread", "import", thread_file, "--network", "facebook", "--json").json
    assert imported["messages"] > 10
    again = replique("thread", "import", thread_file, "--network", "facebook", "--json").json
    assert (again["id"], again["already"]) == (imported["id"], True)
    triaged = replique("triage", imported["id"], "--json").json["messages"]
    assert {"question", "complaint"} <= {message["triage"]["intent"] for message in triaged}
    replies = replique("reply", imported["id"], "--all", "--brand", demo_brand, "--json").json
    slas = {message["id"]: message["triage"]["sla"] for message in triaged}
    assert any(sla["due"] for sla in slas.values())
    assert all(one["triage"]["sla"] == slas[one["message"]] for one in replies["replies"])
    silent = [one for one in replies["replies"] if one["reply"] is None]
    assert silent, "a troll or a spammer is in the demo thread"
    assert all(one["item"] is None and one["why"] for one in silent)
    sound = [item["id"] for item in replies["items"] if item["can_be_approved"]]
    assert sound
    assert replique("item", "approve", *sound, "--by", "Nora").code == 0
    done = replique("export", "--format", "markdown", "--out", tmp_path / "r.md", "--json").json
    assert [one["id"] for one in done["items"]] == sound
    assert replique("reply", imported["id"], "--all", "--brand", demo_brand, "--json").json["items"] == []


def test_a_reply_to_what_changed_says_why_it_is_a_draft_again(
    replique: Replique, demo_brand: str, tmp_path: Path
) -> None:
    export = tmp_path / "fil.jsonl"
    row = {"id": "1", "author": "Zoé", "text": "Bravo à toute l’équipe, merci !"}
    export.write_text(json.dumps(row), encoding="utf-8")
    thread = replique("thread", "import", export, "--brand", demo_brand, "--json").json["id"]
    item = replique("reply", thread, "--all", "--json").json["items"][0]["id"]
    replique("item", "approve", item, "--by", "Nora")
    assert "lapsed" not in replique("item", "show", item, "--json").json
    export.write_text(json.dumps(row | {"text": "Finalement, la roue est voilée."}), encoding="utf-8")
    assert replique("thread", "import", export, "--json").json["updated"]["lapsed"] == 1
    shown = replique("item", "show", item, "--json").json
    assert (shown["status"], shown["lapsed"]["why"]) == ("draft", "message_changed")
    assert "À relire\xa0: le message a changé" in replique("item", "show", item).out
    replique("item", "approve", item, "--by", "Nora")
    assert "lapsed" not in replique("item", "show", item, "--json").json


def test_an_open_slot_blocks_approval(replique: Replique, demo_brand: str, brief: Path) -> None:
    item = replique("compose", brief, "--brand", demo_brand, "--network", "x", "--json").json["items"][0]["id"]
    replique("item", "edit", item, "--text", "Bonjour, écrivez-nous à {canal privé}.")
    refused = replique("item", "approve", item, "--by", "Nora", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "review.blocked")
    assert refused.json["error"]["findings"][0]["id"] == "open_slot"


def test_a_text_that_is_too_long_blocks_approval(replique: Replique, demo_brand: str, brief: Path) -> None:
    item = replique("compose", brief, "--brand", demo_brand, "--network", "x", "--json").json["items"][0]["id"]
    replique("item", "edit", item, "--text", "mot " * 200, "--hashtags", "")
    refused = replique("item", "approve", item, "--by", "Nora", "--json")
    assert [one["id"] for one in refused.json["error"]["findings"]] == ["length"]


REFUSALS = [
    (["approve", "1"], 2, "usage.missing"),
    (["approve", "99", "--by", "Nora"], 1, "item.unknown"),
    (["approve", "1", "--by", "Nora", "--hash", "0" * 64], 1, "review.unsaved_edit"),
    (["reject", "1", "--by", "Nora"], 1, "review.reason_needed"),
    (["request-changes", "1", "--by", "Nora", "--reason", "  "], 1, "review.reason_needed"),
    (["reopen", "1", "--by", "Nora"], 1, "review.not_from"),
    (["approve", "un", "--by", "Nora"], 2, "usage.bad_value"),
    (["edit", "1"], 2, "usage.no_edit"),
    (["edit", "1", "--at", "demain"], 1, "time.not_a_time"),
    (["edit", "1", "--at", "2027-03-03"], 1, "time.not_a_time"),
    (["edit", "1", "--at", "0001-01-01T00:00+14:00"], 1, "time.not_a_time"),
    (["edit", "1", "--at", "9999-12-31T23:59"], 1, "time.too_far"),
    (["edit", "1", "--at", "2020-01-01T10:00"], 1, "time.too_far"),
    (["edit", "1", "--at", "2026-01-01T10:00"], 1, "time.past"),
    (["edit", "1", "--at", "2027-03-28T02:30"], 1, "time.nonexistent"),
    (["approve", "1", "--by", "Nora\x1b[31m"], 1, "review.bad_name"),
    (["edit", "1", "--at", "2027-01-01T10:00", "--zone", "Europe/Lutèce"], 1, "time.unknown_zone"),
    (["edit", "1", "--file", "nulle-part.txt"], 1, "file.missing"),
]


@pytest.mark.parametrize(("arguments", "code", "kind"), REFUSALS, ids=str)
def test_refusals_are_told_and_change_nothing(
    replique: Replique, demo_brand: str, brief: Path, arguments: list[str], code: int, kind: str
) -> None:
    before = replique("compose", brief, "--brand", demo_brand, "--network", "x", "--json").json["items"][0]
    done = replique("item", *arguments, "--json")
    assert (done.code, done.json["error"]["kind"]) == (code, kind)
    assert done.json["error"]["message"]
    after = replique("item", "show", before["id"], "--json").json
    assert after == before


def test_rejected_then_approved_is_refused_and_reopened_is_not(
    replique: Replique, demo_brand: str, brief: Path
) -> None:
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"]
    item = next(one for one in items if one["can_be_approved"])["id"]
    assert (
        replique("item", "reject", item, "--by", "Nora", "--reason", "Hors sujet", "--json").json["status"]
        == "archived"
    )
    assert replique("item", "approve", item, "--by", "Nora", "--json").json["error"]["kind"] == "review.not_from"
    assert replique("item", "edit", item, "--text", "x", "--json").json["error"]["kind"] == "review.archived"
    assert replique("item", "reopen", item, "--by", "Nora", "--json").json["status"] == "draft"
    assert replique("item", "approve", item, "--by", "Nora", "--json").json["status"] == "approved"
    assert (
        replique("item", "approve", item, "--by", "Nora", "--json").json["error"]["kind"] == "review.already_approved"
    )


def test_four_eyes(replique: Replique, demo_brand: str, brief: Path) -> None:
    replique("settings", "set", "four-eyes", "on")
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--by", "Léa", "--json").json[
        "items"
    ]
    item = next(one for one in items if one["can_be_approved"])["id"]
    assert replique("item", "approve", item, "--by", "léa", "--json").json["error"]["kind"] == "review.own_work"
    assert replique("item", "approve", item, "--by", "Nora", "--json").code == 0


def test_the_editor_edits(replique: Replique, demo_brand: str, brief: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = replique("compose", brief, "--brand", demo_brand, "--network", "x", "--json").json["items"][0]["id"]
    monkeypatch.setenv("EDITOR", 'sh -c \'printf "Depuis l’éditeur\\n" > "$0"\'')
    assert replique("item", "edit", item, "--json").json["text"] == "Depuis l’éditeur"
    monkeypatch.setenv("EDITOR", "false")
    failed = replique("item", "edit", item, "--json")
    assert (failed.code, failed.json["error"]["kind"]) == (3, "editor.failed")
    assert replique("item", "show", item, "--json").json["text"] == "Depuis l’éditeur"


def test_backup_and_restore_by_command(replique: Replique, demo_brand: str, brief: Path, tmp_path: Path) -> None:
    replique("compose", brief, "--brand", demo_brand, "--network", "x")
    saved = replique("backup", tmp_path / "copie.db", "--json")
    assert saved.code == 0
    assert replique("backup", tmp_path / "copie.db", "--json").json["error"]["kind"] == "backup.exists"
    replique("compose", brief, "--brand", demo_brand, "--network", "linkedin")
    assert len(replique("item", "list", "--json").json["items"]) == 6
    restored = replique("restore", tmp_path / "copie.db", "--json").json
    assert len(replique("item", "list", "--json").json["items"]) == 3
    assert Path(restored["kept"]).is_file()
    (tmp_path / "faux.db").write_text("rien")
    assert replique("restore", tmp_path / "faux.db", "--json").json["error"]["kind"] == "backup.not_a_store"
    assert len(replique("item", "list", "--json").json["items"]) == 3


def test_the_demo_does_the_whole_job(replique: Replique, tmp_path: Path) -> None:
    done = replique("demo", "--out", tmp_path / "démo é", "--json").json
    assert len(done["briefs"]) == len(done["threads"]) == 3
    assert done["approved"] > 10
    assert done["audit"]["holds"]
    assert all(Path(path).stat().st_size > 500 for path in done["files"])
    assert sum(thread["do_not_answer"] for thread in done["threads"]) >= 1
    assert sum(thread["human_now"] for thread in done["threads"]) >= 1
    # The person's own profile was not touched.
    assert replique("item", "list", "--json").json == {"items": []}
    again = replique("demo", "--out", tmp_path / "démo é", "--json").json
    assert again["folder"] != done["folder"]


def forged(database: Path, *statements: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


APPROVAL = (
    "UPDATE items SET status='approved', approval_hash=package_hash, approved_by='X',"
    " approved_at='2026-11-21T12:00:00.000000+00:00' WHERE id=1"
)
DECISION = (
    "INSERT INTO decisions (item_id, revision, action, by, at, reason, package_hash, status_before, status_after)"
    " SELECT id, revision, 'approve', 'X', updated_at, '', package_hash, 'draft', 'approved' FROM items WHERE id=1"
)


def test_an_approval_forged_in_the_database_exports_nothing(
    replique: Replique, demo_brand: str, brief: Path, tmp_path: Path
) -> None:
    replique("compose", brief, "--brand", demo_brand, "--network", "linkedin")
    forged(tmp_path / "profil" / "replique.db", DECISION, APPROVAL)
    refused = replique("export", "1", "--format", "json", "--out", tmp_path / "x.json", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "export.unproved")
    assert not (tmp_path / "x.json").exists()
    proof = replique("audit", "verify", "--json")
    assert (proof.code, proof.json["holds"], proof.json["why"]) == (1, False, "unproved")


def test_a_piped_item_is_shown_whole(replique: Replique, demo_brand: str, brief: Path) -> None:
    item = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"][0]
    long = "mot " * 100 + "https://aubrelle.example/une/adresse/tres/longue\x1b[31m fin"
    replique("item", "edit", item["id"], "--text", long)
    said = replique("item", "show", item["id"]).out
    assert "https://aubrelle.example/une/adresse/tres/longue" in said
    assert "\x1b" not in said
    assert "mot " * 100 in said


def test_several_decisions_each_have_their_answer(replique: Replique, demo_brand: str, brief: Path) -> None:
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--json").json["items"]
    sound = next(one for one in items if one["can_be_approved"])["id"]
    done = replique("item", "approve", sound, "999", "--by", "Nora", "--json")
    assert done.code == 1
    assert [one["id"] for one in done.json["items"]] == [sound]
    assert [(one["id"], one["error"]["kind"]) for one in done.json["failures"]] == [(999, "item.unknown")]


def test_four_eyes_knows_everyone_who_wrote(replique: Replique, demo_brand: str, brief: Path) -> None:
    replique("settings", "set", "four-eyes", "on")
    items = replique("compose", brief, "--brand", demo_brand, "--network", "linkedin", "--by", "Léa", "--json").json
    item = next(one for one in items["items"] if one["can_be_approved"])["id"]
    replique("item", "edit", item, "--text", "Rendez-vous à l’atelier.", "--hashtags", "", "--by", "Zoé")
    assert replique("item", "approve", item, "--by", "zoé", "--json").json["error"]["kind"] == "review.own_work"
    assert replique("item", "approve", item, "--by", "Nora", "--json").code == 0
