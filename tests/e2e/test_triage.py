"""``replique triage``: lines in, lines out at once; a thread by the best reading there is; a model for the doubts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

TELLING = {"lang", "language", "intent", "tone", "urgency", "risk", "explicit_toxic", "possibly_hateful", "hostile"}
TELLING |= {"unsure", "confidence", "decided_by", "topics", "sla", "why"}


def lines(*told: object) -> str:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in told)


def test_each_line_has_its_answer_in_order_and_bad_ones_spoil_no_other(replique: Replique) -> None:
    asked = lines(
        {"text": "Toujours pas reçu ma commande, c’est honteux !", "id": "k1", "created_at": "2026-11-20T10:00:00Z"},
        "pas du json",
        {"text": 3},
        {"texte": "x"},
        "[1]",
        {"text": "Merci", "created_at": "hier"},
        {"text": "\ud83d \x00 \u202e"},
        {"text": "Vous ouvrez le dimanche ?", "lang": "fr"},
    )
    for more in ([], ["--rules-only"]):
        answers = replique("triage", "--jsonl", *more, stdin=asked).lines
        assert [one.get("error", {}).get("kind") for one in answers] == [
            None, "jsonl.not_json", "jsonl.not_text", "jsonl.missing", "jsonl.not_an_object", "triage.bad_time", None,
            None,
        ]  # fmt: skip
        first, last = answers[0], answers[-1]
        assert set(first) == {*TELLING, "id"}
        assert set(last) == TELLING
        assert (first["intent"], first["urgency"], last["intent"]) == ("complaint", "P1", "question")
        assert first["sla"] == {"class": "P1", "due": "2026-11-20T12:00:00+00:00"}
        assert {one["decided_by"] for one in (first, last)} == {"rules" if more else "words"}


def test_more_lines_than_a_batch_are_answered_in_order(replique: Replique) -> None:
    asked = lines(*({"text": f"Merci {number}", "id": number} for number in range(1_200)))
    answers = replique("triage", "--jsonl", "--rules-only", stdin=asked).lines
    assert [one["id"] for one in answers] == list(range(1_200))


def test_where_other_processes_join_in_all_is_as_if_one_had_answered(replique: Replique) -> None:
    bad = 9_000
    asked = [json.dumps({"text": f"Toujours rien reçu, colis {number}", "id": number}) for number in range(10_000)]
    asked[bad] = "pas du json"
    answers = replique("triage", "--jsonl", "--rules-only", stdin="\n".join(asked)).lines
    assert [one.get("id") for one in answers] == [None if number == bad else number for number in range(10_000)]
    assert str(bad + 1) in answers[bad]["error"]["message"].replace("\u202f", "")
    alone = replique("triage", "--jsonl", "--rules-only", stdin=asked[0]).lines[0]
    assert [one for one in answers if {**one, "id": 0, "why": []} != {**alone, "why": []}] == [answers[bad]]


def test_brackets_and_colons_of_a_comment_are_shown_as_they_are(replique: Replique, tmp_path: Path) -> None:
    said = ["[/] [bold]rouge", "[sticker]", "[red]promo[/red] :smile:"]
    table = tmp_path / "fil.csv"
    table.write_text("\n".join(["id,author,text", *(f"{place},[b]Zoé[/],{text}" for place, text in enumerate(said))]))
    assert replique("thread", "import", table).code == 0
    for command in (("triage", 1), ("search", "--thread", 1), ("search", "--author", "[b]Zoé[/]")):
        shown = replique(*command)
        assert shown.code == 0, shown.err
        assert all(text in shown.out for text in said)
        assert "[b]Zoé[/]" in shown.out


def test_a_line_is_answered_before_the_next_one_comes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "copilot", "--profile", str(tmp_path / "p"), "triage", "--jsonl", "--rules-only"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for text, intent in (("Vous ouvrez quand ?", "question"), ("Merci, super accueil !", "praise")):
            run.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["intent"] == intent
        run.stdin.write(b'{"text": "sans fin de ligne"}')
        run.stdin.close()
        assert json.loads(run.stdout.readline())["intent"]
        assert run.stdout.readline() == b""


def imported(replique: Replique, tmp_path: Path, *texts: str) -> int:
    source = tmp_path / "fil.jsonl"
    told = [{"id": str(number), "author": "Léa", "text": text} for number, text in enumerate(texts)]
    source.write_text(lines(*told), encoding="utf-8")
    return int(replique("thread", "import", source, "--json").json["id"])


def test_a_thread_is_read_by_the_best_there_is_and_says_by_what(replique: Replique, tmp_path: Path) -> None:
    thread = imported(replique, tmp_path, "Bravo et merci !", "Colis jamais reçu, c’est honteux", "Bof bof")
    rules = replique("triage", thread, "--rules-only", "--json").json
    assert rules["decided_by"] == {"rules": 3}
    told = replique("triage", thread, "--json").json
    assert told["decided_by"] == {"words": 3}
    assert (told["refined"]["read"], told["refined"]["by"]) == (3, "words")
    assert [one["triage"]["intent"] for one in told["messages"][:2]] == ["praise", "complaint"]
    assert replique("triage", thread, "--json").json["refined"]["read"] == 0
    assert replique("triage", "--all", "--again", "--json").json["refined"]["read"] == 3
    shown = replique("triage", thread)
    assert "Bof bof" in shown.out
    assert "3" in shown.err


def test_a_model_is_asked_about_doubts_only_and_its_cost_is_said(replique: Replique, tmp_path: Path) -> None:
    thread = imported(replique, tmp_path, "Bravo et merci beaucoup !", "Bof bof", "Hum, à voir")
    script = json.dumps(['{"messages": [{"id": "zzzzzz", "intent": "spam", "unsure": false}]}'])
    assert replique("provider", "add", "essai", "--type", "scripted", "--set", f"script={script}").code == 0
    before = replique("triage", thread, "--json").json["messages"]
    done = replique("triage", thread, "--provider", "essai", "--json")
    asked = done.json["asked"]
    doubts = sum(one["triage"]["unsure"] for one in before)
    assert (done.code, asked["asked"], asked["answered"], asked["refused"]) == (3, doubts, 0, 1)
    assert asked["tokens_in"] > 0
    assert [one["triage"]["intent"] for one in done.json["messages"]] == [one["triage"]["intent"] for one in before]
    said = replique("triage", thread, "--provider", "essai").err
    assert "essai" in said
    assert replique("triage", thread, "--provider", "personne", "--json").json["error"]["kind"] == "provider.unknown"


def test_the_classes_of_urgency_are_the_persons_to_set(replique: Replique) -> None:
    line = lines({"text": "Vous ouvrez le dimanche ?", "created_at": "2026-11-20T10:00:00+00:00"})
    assert replique("settings", "set", "sla-p2", "45").code == 0
    assert replique("settings", "set", "sla-working", "none").code == 0
    (answer,) = replique("triage", "--jsonl", "--rules-only", stdin=line).lines
    assert answer["sla"] == {"class": "P2", "due": "2026-11-20T10:45:00+00:00"}
    for typed, minutes in (("1 h", 60), ("90 min", 90), ("2j", 2880), ("1h30", 90), ("1,5 h", 90), ("none", None)):
        told = replique("settings", "set", "sla-p1", typed, "--json").json
        assert told["settings"]["sla-p1"] == minutes, typed
    for wrong in ("peu", "1 h 75", "0", "90 j", "1 min 30", "1 h 1 h"):
        refused = replique("settings", "set", "sla-p2", wrong, "--json").json["error"]
        assert refused["kind"] == "settings.bad_value", wrong
        assert "1 h" in refused["message"]
        assert "90 min" in refused["message"]


def test_by_when_an_answer_is_due_is_told_as_soon_as_a_thread_is_there(replique: Replique, tmp_path: Path) -> None:
    table = tmp_path / "fil.csv"
    table.write_text("id,author,text,date\n1,Léa,Toujours pas reçu ma commande !!,2026-11-20 10:00\n")
    replique("thread", "import", table)
    (shown,) = replique("thread", "show", 1, "--json").json["messages"]
    (triaged,) = replique("triage", 1, "--json").json["messages"]
    assert shown["triage"]["sla"] == triaged["triage"]["sla"]
    assert shown["triage"]["sla"]["due"]


def test_a_language_nobody_speaks_is_ignored_and_said_so(replique: Replique) -> None:
    asked = lines(
        {"text": "Toujours pas reçu ma commande, c’est honteux !", "lang": "klingon"},
        {"text": "Bonjour", "lang": "fr-CA"},
        {"text": "Still no answer to my emails", "lang": "", "thread_lang": "und"},
        {"text": "ok", "lang": "FRA", "thread_lang": "x" * 500},
    )
    told = replique("triage", "--jsonl", "--rules-only", stdin=asked).lines
    assert [one["language"] for one in told] == ["fr", "fr", "en", "fr"]
    assert [one.get("lang_ignored") for one in told] == [["klingon"], None, None, ["x" * 40]]
    assert told[0]["lang"] == "fr"


NOBODY = '{"messages": [{"id": "zz", "intent": "spam", "unsure": false}]}'


@pytest.mark.parametrize("answer", ['{"messages": []}', NOBODY])
def test_a_model_that_says_nothing_of_use_is_told_and_changes_nothing(
    replique: Replique, tmp_path: Path, answer: str
) -> None:
    thread = imported(replique, tmp_path, "Bof bof", "Hum, à voir")
    replique("provider", "add", "essai", "--type", "scripted", "--set", f"script={json.dumps([answer])}")
    before = replique("triage", thread, "--json").json["messages"]
    done = replique("triage", thread, "--provider", "essai", "--json")
    assert [one["kind"] for one in done.json["asked"]["errors"]] == ["triage.no_answer"]
    assert (done.code, done.json["asked"]["answered"]) == (3, 0)
    assert [one["triage"]["intent"] for one in done.json["messages"]] == [one["triage"]["intent"] for one in before]


def test_a_reply_is_to_what_a_person_says_the_message_is(replique: Replique, tmp_path: Path) -> None:
    table = tmp_path / "fil.csv"
    table.write_text("id,author,text\n1,Zoé,La batterie a pris feu et ma fille est aux urgences\n", encoding="utf-8")
    assert replique("thread", "import", table).code == 0
    assert replique("triage", 1).code == 0
    refused = replique("reply", 1, "--message", 1, "--json").json["replies"][0]
    assert (refused["reply"], refused["human_now"]) == (None, True)
    assert replique("triage", "corrections", "add", 1, "--intent", "complaint", "--by", "Lina").code == 0
    given = replique("reply", 1, "--message", 1, "--json").json["replies"][0]
    assert given["reply"]
    assert not any(word in given["reply"] for word in ("sécurité", "frayeur", "inquiétude"))
