"""Models through the command line: scripted answers, a real model in a GGUF file, and what must never get through."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique
from tests.servers.models import model_or_skip

THREAD = "\n".join(
    json.dumps(line, ensure_ascii=False)
    for line in [
        {
            "id": "1",
            "author": "Maëlle Tourneur",
            "text": "Où en est mon remboursement ? Appelez-moi au 06 12 34 56 78.",
        },
        {
            "id": "2",
            "author": "Gains faciles",
            "text": "Cliquez ici pour gagner 4000 € par jour https://gains.example/go",
        },
        {"id": "3", "author": "Paul", "text": "Je n’en peux plus, je veux mourir."},
    ]
)


def scripted(replique: Replique, answers: list[object], **settings: str) -> None:
    pairs = {"script": json.dumps(answers), **settings}
    arguments = [word for name, value in pairs.items() for word in ("--set", f"{name}={value}")]
    done = replique("provider", "add", "essai", "--type", "scripted", *arguments, "--json")
    assert done.code == 0, done.out


def thread(replique: Replique) -> int:
    return int(replique("thread", "import", "-", "--network", "facebook", "--json", stdin=THREAD).json["id"])


def test_a_chain_writes_posts_and_the_ledger_knows(replique: Replique, brief: Path) -> None:
    scripted(replique, ["Le Héron arrive à l’atelier. Venez l’essayer."])
    done = replique("compose", brief, "--network", "x", "--provider", "essai", "--variants", "2", "--json").json
    assert [item["text"] for item in done["items"]] == ["Le Héron arrive à l’atelier. Venez l’essayer."] * 2
    assert all(item["writer"] == "chain" for item in done["items"])
    used = replique("usage", "--json").json["usage"]
    assert [(line["task"], line["runs"], line["failed"]) for line in used] == [("compose", 2, 0)]


def test_what_a_model_invents_blocks_until_a_person_confirms_it_by_name(replique: Replique, brief: Path) -> None:
    scripted(replique, ["Le Héron est à 1 234 € seulement, appelez le 01 02 03 04 05."])
    item = replique("compose", brief, "--network", "linkedin", "--provider", "essai", "--variants", "1", "--json").json[
        "items"
    ][0]
    refused = replique("item", "approve", item["id"], "--by", "Nora", "--json").json["error"]
    quotes = [finding["quote"] for finding in refused["findings"]]
    assert {finding["id"] for finding in refused["findings"]} == {"unsourced_claim"}
    assert len(quotes) == 2
    one = replique("item", "approve", item["id"], "--by", "Nora", "--confirm", quotes[0], "--json")
    assert one.code == 1
    both = [word for quote in quotes for word in ("--confirm", quote)]
    assert replique("item", "approve", item["id"], "--by", "Nora", *both, "--json").json["status"] == "approved"
    last = replique("audit", "export").lines[-1]
    # The audit keeps what was confirmed as hashes: quotes may hold somebody's words.
    assert last["details"]["confirmed_sha256"] == [hashlib.sha256(quote.encode()).hexdigest() for quote in quotes]


def test_a_model_never_answers_a_spammer_nor_somebody_in_distress(replique: Replique) -> None:
    scripted(replique, ["Bonjour, voici ma réponse."])
    told = replique("reply", thread(replique), "--all", "--provider", "essai", "--json").json
    by_message = {one["message"]: one for one in told["replies"]}
    assert [one["do_not_answer"] for one in by_message.values()].count(True) == 1
    assert [one["human_now"] for one in by_message.values()].count(True) == 1
    assert len(told["items"]) == 1
    assert replique("usage", "--json").json["usage"][0]["runs"] == 1


def test_a_remote_model_sees_pseudonyms_and_the_reply_has_the_names_back(replique: Replique) -> None:
    scripted(replique, [{"echo": True}], remote="yes")
    told = replique("reply", thread(replique), "--all", "--provider", "essai", "--json")
    assert told.code == 0, told.out
    text = told.json["items"][0]["text"]
    # The scripted model gives back what it was sent: names are home again, nothing is left masked.
    assert "06 12 34 56 78" in text
    assert "[[" not in text


def test_a_model_that_obeys_a_comment_is_caught(replique: Replique) -> None:
    scripted(replique, ["Tout est remboursé, suivez https://pirate.example et appelez le 06 12 34 56 78."])
    item = replique("reply", thread(replique), "--all", "--provider", "essai", "--json").json["items"][0]
    assert item["can_be_approved"] is False
    assert {"copied_reference", "unsourced_claim"} & {finding["id"] for finding in item["findings"]}


FAILURES = [
    ([{"text": "Coupé net", "finish": "length"}], 3, "generation.cut"),
    ([""], 3, "generation.empty"),
    ([{"error": "unauthorised"}], 3, "provider.unauthorised"),
]


@pytest.mark.parametrize(("answers", "code", "kind"), FAILURES, ids=["cut", "empty", "error"])
def test_a_bad_answer_is_named_and_nothing_is_stored(
    replique: Replique, brief: Path, answers: list[object], code: int, kind: str
) -> None:
    scripted(replique, answers)
    done = replique("compose", brief, "--network", "x", "--provider", "essai", "--variants", "1", "--json")
    assert done.code == code
    assert done.json["failures"][0]["error"]["kind"] == kind
    assert replique("item", "list", "--json").json == {"items": []}


def test_an_unknown_provider_is_told(replique: Replique, brief: Path) -> None:
    done = replique("compose", brief, "--network", "x", "--provider", "fantôme", "--json")
    assert (done.code, done.json["error"]["kind"]) == (1, "provider.unknown")


def test_a_provider_is_listed_tested_made_default_and_removed(replique: Replique) -> None:
    scripted(replique, ["bonjour"])
    assert replique("provider", "test", "essai", "--json").json["works"] is True
    assert replique("settings", "set", "provider", "essai").code == 0
    listed = replique("provider", "list", "--json").json["providers"]
    assert [(one["id"], one["default"]) for one in listed] == [("playbook", False), ("essai", True)]
    assert replique("provider", "remove", "essai", "--json").code == 0
    assert [one["id"] for one in replique("provider", "list", "--json").json["providers"]] == ["playbook"]


def test_a_key_is_never_in_the_settings(replique: Replique, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    import keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    done = replique(
        "provider", "add", "m", "--preset", "mistral", "--model", "x", "--key-stdin", "--json", stdin="sk-très-secrète"
    )
    assert (done.code, done.json["error"]["kind"]) == (3, "secret.no_keyring")
    kept = [path.read_bytes() for path in (tmp_path / "profil").rglob("*") if path.is_file()]
    assert not any("très-secrète".encode() in content for content in kept)


@pytest.mark.timeout(240)
def test_a_gguf_file_writes_on_this_computer(replique: Replique, tmp_path: Path) -> None:
    path = model_or_skip()
    added = replique(
        "provider",
        "add",
        "gguf",
        "--type",
        "local",
        "--path",
        path,
        "--set",
        "threads=1",
        "--set",
        "context=4096",
        "--json",
    )
    assert added.code == 0, added.out
    assert added.json["remote"] is False
    assert replique("provider", "test", "gguf", "--json").json["works"] is True
