"""A moderator after an incident, on the command line: what is read, grouped, decided, and in which words."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGINT
from typing import Any

import pytest
import typer

from copilot.cli import corrections
from copilot.cli.tree import command_names, load_command
from copilot.i18n import Translator, fill
from tests.e2e.conftest import Replique

COMMENTS = (
    "#boycott",
    "Boycott !",
    "Je veux mourir, plus rien ne va.",
    "Où est ma commande 4512 ? Trois semaines d’attente.",
    "Gagnez 500 € par jour, écrivez sur Telegram @gains_rapides",
    "Gagnez 700 € par jour, écrivez sur Telegram @gains_rapides",
    "Gagnez 900 € par jour, écrivez sur Telegram @gains_rapides",
    "Sale connasse, ferme ta gueule",
)

#: The program as a terminal starts it, even where these tests were started without a terminal and ignore Ctrl-C.
HEEDS = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('copilot', run_name='__main__', alter_sys=True)"
)


@pytest.fixture
def thread(replique: Replique) -> int:
    """The comments above, in a thread of no known network."""
    told = [{"id": str(place), "author": f"Compte {place}", "text": text} for place, text in enumerate(COMMENTS, 1)]
    return int(replique("thread", "import", "-", "--json", stdin=json.dumps(told)).json["id"])


def messages(replique: Replique, thread: int) -> dict[str, int]:
    """The number of each message, by its text."""
    return {one["text"]: one["id"] for one in replique("triage", thread, "--json").json["messages"]}


def _commands() -> list[tuple[str, Any]]:
    def walk(path: str, command: Any) -> list[tuple[str, Any]]:
        inside = getattr(command, "commands", {})
        return [(path, command), *(one for name, sub in inside.items() for one in walk(f"{path} {name}", sub))]

    told = [("triage corrections", typer.main.get_command(corrections.app))]
    return [one for name, command in [*((name, load_command(name)) for name in command_names()), *told]
            for one in walk(name, command)]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_to_be_typed_has_a_name_in_the_language_of_the_person(language: str) -> None:
    t = Translator(language)
    unnamed = [
        f"{path} {param.name}"
        for path, command in _commands()
        for param in command.params
        if not getattr(param, "is_flag", False) and param.name != "help" and not getattr(param, "hidden", False)
        if not t.has(f"cli.metavar.{param.name}")
    ]
    assert not unnamed


@pytest.mark.parametrize("command", [("groups", "list"), ("crisis", "close"), ("moderate", "categories")])
def test_the_help_of_a_command_without_arguments_says_how_to_write_it(replique: Replique, command: tuple[str]) -> None:
    assert "Usage\u00a0: replique " + " ".join(command) in replique(*command, "--help").out


def test_a_bad_line_is_answered_with_its_id_and_never_with_what_json_does_not_have(replique: Replique) -> None:
    asked = '{"id": 7, "text": 5}\n{"id": NaN, "text": "bonjour"}\n{"id": "b", "text": "x", "created_at": "hier"}\n'
    done = replique("triage", "--jsonl", "--rules-only", stdin=asked)
    bad, number, late = done.lines
    assert (bad["id"], bad["error"]["kind"]) == (7, "jsonl.not_text")
    assert number["error"]["kind"] == "jsonl.not_json"
    assert (late["id"], late["error"]["kind"]) == ("b", "triage.bad_time")
    assert "NaN" not in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")
def test_ctrl_c_while_lines_are_awaited_ends_cleanly(tmp_path: Path) -> None:
    told = subprocess.Popen(
        [sys.executable, "-c", HEEDS, "--profile", str(tmp_path), "triage", "--jsonl", "--rules-only"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert told.stdin
    assert told.stdout
    told.stdin.write(b'{"text": "bonjour"}\n')
    told.stdin.flush()
    assert json.loads(told.stdout.readline())["intent"]
    told.send_signal(SIGINT)
    began = time.monotonic()
    assert told.wait(30) == 130
    assert time.monotonic() - began < 30
    assert told.stderr
    assert told.stderr.read() == b""
    for pipe in (told.stdin, told.stdout, told.stderr):
        pipe.close()


def test_the_reason_of_the_system_is_said_in_the_language_of_the_person(replique: Replique, tmp_path: Path) -> None:
    where = tmp_path / "aucun" / "corrections.jsonl"
    done = replique("triage", "corrections", "export", where, "--json")
    assert done.code == 3
    assert "ce chemin n’existe pas" in done.json["error"]["message"]
    english = replique("triage", "corrections", "export", where, "--json", lang="en")
    assert "this path does not exist" in english.json["error"]["message"]


def test_a_number_that_names_a_thing_can_be_typed_again(replique: Replique) -> None:
    assert "9999" in replique("moderate", "propose", 9999, "--json").json["error"]["message"]


def test_a_sentence_within_a_sentence_ends_once() -> None:
    assert fill("Échec : {why}. Rien n’est perdu.", {"why": "Panne."}) == "Échec : Panne. Rien n’est perdu."
    assert fill("{name}... et {name}.", {"name": "a."}) == "a.... et a."


def test_sentences_in_a_list_are_parted_as_sentences() -> None:
    told = {"why": ("Retirez-le.", "Corrigez-le."), "names": ("un", "deux")}
    assert Translator("fr")._shown(told["why"]) == "Retirez-le. Corrigez-le."
    assert Translator("fr")._shown(told["names"]) == "un, deux"


def test_people_in_danger_come_before_a_boycott_and_the_reason_is_in_their_words(
    replique: Replique, thread: int
) -> None:
    rows = replique("triage", thread).out
    assert rows.index("mourir") < rows.index("oycott")
    assert "Le sens ressemble" not in rows.split("mourir")[1].split("\n")[0]


def test_the_same_decision_taken_again_is_the_same_decision(replique: Replique, thread: int) -> None:
    spam = messages(replique, thread)[COMMENTS[4]]
    arguments = ("moderate", "decide", spam, "--action", "hide", "--by", "Nora", "--json")
    first, again = replique(*arguments).json["decisions"], replique(*arguments).json["decisions"]
    assert first[0]["id"] == again[0]["id"]
    assert len(replique("moderate", "list", "--json").json["decisions"]) == 1
    other = replique(*arguments, "--category", "escroquerie").json["decisions"]
    assert other[0]["id"] != first[0]["id"]
    assert replique("audit", "verify").code == 0


def test_what_is_true_of_a_whole_wave_is_said_once(replique: Replique, thread: int) -> None:
    known = messages(replique, thread)
    done = replique("moderate", "decide", *(known[text] for text in COMMENTS[4:7]), "--action", "hide", "--by", "Nora")
    assert done.err.count("Aucun article de la charte") == 1
    assert "Attention, 3 messages\u00a0:" in done.err


def test_the_letter_of_a_thread_of_no_known_network_names_none(
    replique: Replique, thread: int, demo_brand: str
) -> None:
    insult = messages(replique, thread)[COMMENTS[7]]
    decided = replique(
        "moderate", "decide", insult, "--action", "delete", "--by", "Nora", "--clause", "interdits", "--brand",
        demo_brand, "--json",
    ).json["decisions"][0]  # fmt: skip
    for language, said in (("fr", "supprimer votre message. La mesure"), ("en", "delete your message. The measure")):
        letter = replique("moderate", "statement", decided["id"], "--letter", "--language", language).out
        assert said in letter


def test_a_call_for_a_boycott_is_not_told_as_an_accident(replique: Replique, thread: int) -> None:
    known = messages(replique, thread)
    why = replique("moderate", "propose", known["Boycott !"], "--json").json["why"]
    assert any("peut annoncer une crise" in line for line in why)
    assert not any("danger ou d’un incident" in line for line in why)


@pytest.mark.parametrize(
    ("name", "value"), [("yellow", "50"), ("yellow", "abc"), ("theme_share", "400"), ("days", "0")]
)
def test_a_threshold_that_does_not_suit_says_what_would(replique: Replique, name: str, value: str) -> None:
    done = replique("crisis", "thresholds", name, value, "--json")
    assert done.code == 1
    assert done.json["error"]["kind"] == "crisis.threshold"
    assert " entre " in done.json["error"]["message"]


def test_drafts_that_are_none_cannot_be_archived(replique: Replique) -> None:
    done = replique("groups", "undo", 99999, "--by", "Nora", "--json")
    assert (done.code, done.json["error"]["kind"]) == (1, "item.unknown")


def test_the_file_of_a_scenario_is_given_as_the_help_says(replique: Replique, tmp_path: Path) -> None:
    script = tmp_path / "reponses.json"
    script.write_text('["Bonjour"]', encoding="utf-8")
    assert replique("provider", "add", "essai", "--type", "scripted", "--path", script, "--json").code == 0
    assert replique("provider", "test", "essai", "--json").json["works"] is True


def test_an_erasure_says_one_figure_a_line(replique: Replique, thread: int) -> None:
    done = replique("privacy", "erase", "Compte 1", "--by", "Nora", "--dry-run")
    assert done.code == 0
    assert "  Messages\u00a0: 1\n" in done.out
    assert "(s)" not in done.out
