"""Every command: its help in both languages, its JSON, its JSON Lines, its errors."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from copilot import registry
from copilot.cli.tree import LocalGroup, command_names, load_command
from tests.e2e.conftest import Replique


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in command_names():
        command = load_command(name)
        found.append((name,))
        if isinstance(command, LocalGroup):
            context = typer.Context(command)
            found += [(name, sub) for sub in command.list_commands(context)]
    return found


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_help_is_whole_in_both_languages(replique: Replique, command: tuple[str, ...], lang: str) -> None:
    done = replique(*command, "--help", lang=lang)
    assert done.code == 0
    assert not re.search(r"\b(cli|error)\.[a-z_]+", done.out), done.out
    english = re.search(r"\bUsage: |Show this message|required\b", done.out)
    assert lang == "en" or not english, done.out


def test_the_root_help_speaks_the_language_asked(replique: Replique) -> None:
    assert replique("--help", lang="en").out.startswith("Usage: ")
    assert replique("--help", lang="fr").out.startswith("Usage\u00a0: ")


def test_an_unknown_part_is_refused_and_a_comment_is_a_reply(replique: Replique) -> None:
    assert replique("count", "--network", "linkedin", "--part", "zzz", "a", "--json").json["error"]["kind"] == (
        "network.unknown_part"
    )
    told = replique("count", "--network", "linkedin", "--part", "comment", "(a)", "--json").json
    assert (told["count"], told["limit"]) == (3, 1250)


def test_the_root_help_names_every_command(replique: Replique) -> None:
    for arguments in ([], ["--help"]):
        said = replique(*arguments).out
        assert all(re.search(rf"^  {name}  ", said, re.M) for name in command_names())


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["nope"], "usage.no_such_command"),
        (["item", "sho"], "usage.no_such_command"),
        (["count", "--bogus"], "usage.no_such_option"),
        (["compose"], "usage.missing"),
        (["compose", "x", "--variants", "beaucoup"], "usage.bad_value"),
        (["reply", "1"], "usage.message_or_all"),
        (["reply", "1", "--all", "--message", "2"], "usage.message_or_all"),
        (["export", "--format", "json"], "usage.missing"),
        (["item", "list", "--status", "presque"], "usage.not_one_of"),
    ],
    ids=str,
)
def test_usage_errors_are_sentences_and_leave_with_2(
    replique: Replique, arguments: list[str], kind: str, lang: str
) -> None:
    told = replique(*arguments, "--json", lang=lang)
    assert (told.code, told.json["error"]["kind"]) == (2, kind)
    said = replique(*arguments, lang=lang)
    assert said.code == 2
    assert said.err.strip() == told.json["error"]["message"]
    assert "error." not in said.err


def test_an_interface_language_that_does_not_exist(replique: Replique) -> None:
    assert replique("count", lang="de").code == 2


LINES = [
    ({"text": "Bonjour", "network": "x"}, None),
    ({"text": "é" * 281, "network": "x"}, None),
    ({"text": "a", "network": "nulle-part"}, "network.unknown"),
    ({"network": "x"}, "jsonl.missing"),
    ({"text": 3, "network": "x"}, "jsonl.not_text"),
    ({"text": "a", "network": "x", "options": {"limit": "x"}}, "jsonl.not_a_number"),
    ({"text": "a", "network": "x", "options": []}, None),
    ({"text": "\ud83d", "network": "x"}, None),
]


def test_count_answers_each_line_in_order(replique: Replique) -> None:
    stdin = "\n".join([*(json.dumps(line) for line, _ in LINES), "pas du json", "", "[1]", json.dumps(LINES[0][0])])
    done = replique("count", "--jsonl", stdin=stdin)
    assert done.code == 0
    answers = done.lines
    assert len(answers) == len(LINES) + 4
    for (_line, kind), answer in zip(LINES, answers, strict=False):
        assert answer.get("error", {}).get("kind") == kind
    assert answers[0] == {"count": 7, "limit": 280, "unit": "weighted", "fits": True, "overflow_at": None}
    assert (answers[1]["fits"], answers[1]["overflow_at"]) == (False, 280)
    assert [answer["error"]["kind"] for answer in answers[-4:-1]] == [
        "jsonl.not_json",
        "jsonl.not_json",
        "jsonl.not_an_object",
    ]
    assert answers[-1] == answers[0]


def test_bytes_that_are_not_utf8_spoil_their_line_only(replique: Replique) -> None:
    good = b'{"text":"a","network":"x"}\n'
    answers = replique("count", "--jsonl", stdin=good + b'{"text":"\xe9"}\n' + good).lines
    assert ["error" in answer for answer in answers] == [False, True, False]


def test_triage_answers_lines(replique: Replique) -> None:
    texts = ["Toujours pas reçu ma commande, c’est honteux !", "What time do you open on Sunday?", "🎉", ""]
    answers = replique("triage", "--jsonl", stdin="\n".join(json.dumps({"text": text}) for text in texts)).lines
    assert [
        set(answer) >= {"lang", "intent", "tone", "urgency", "explicit_toxic", "unsure", "why"} for answer in answers
    ]
    assert [answer["intent"] for answer in answers[:2]] == ["complaint", "question"]
    assert [answer["lang"] for answer in answers[:2]] == ["fr", "en"]


def test_reply_answers_lines_with_the_facts_given(replique: Replique) -> None:
    asked = [
        {
            "text": "Quels sont vos horaires le dimanche ?",
            "facts": "- Le magasin est ouvert le dimanche de 10 h à 13 h.",
        },
        {"text": "Je veux mourir, je n’en peux plus."},
        {"text": "Quels sont vos horaires ?", "approach": "inconnue"},
        {"text": "Merci pour tout, super équipe !", "approach": "short", "context": ["Bonjour"]},
    ]
    answers = replique("reply", "--jsonl", stdin="\n".join(map(json.dumps, asked))).lines
    assert "10" in answers[0]["reply"]
    assert "13" in answers[0]["reply"]
    assert answers[1]["reply"] is None
    assert answers[2]["error"]["kind"] == "reply.unknown_approach"
    assert answers[3]["reply"]
    for answer in (answers[0], answers[1], answers[3]):
        assert set(answer) >= {"reply", "do_not_answer", "why", "slots", "findings"}


def test_facts_answers_lines_and_files(replique: Replique, brief: Path) -> None:
    text = "Le vélo Alizé sort le 3 mars 2027 à 1 290 €."
    answer = replique("facts", "--jsonl", stdin=json.dumps({"brief": text})).lines[0]
    for fact in answer["facts"]:
        assert text[fact["start"] : fact["end"]] == fact["value"]
    assert {"date", "price"} <= {fact["kind"] for fact in answer["facts"]}
    assert replique("facts", brief, "--json").json["facts"]
    assert replique("facts", "-", "--json", stdin=text).json["facts"] == answer["facts"]


BAD_BRIEFS = [
    pytest.param(b"", "brief.empty", id="empty"),
    pytest.param(b"   \n\t", "brief.empty", id="blank"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "brief.binary", id="picture"),
    pytest.param(b"%PDF-1.7\n1 0 obj", "brief.pdf_broken", id="cut pdf"),
    pytest.param(b"a" * 5_000_001, "brief.too_large", id="too large"),
]


@pytest.mark.parametrize(("content", "kind"), BAD_BRIEFS)
def test_bad_briefs_each_have_their_error(replique: Replique, tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(content)
    for command in (["facts"], ["compose", "--network", "x"]):
        done = replique(command[0], path, *command[1:], "--json")
        assert (done.code, done.json["error"]["kind"]) == (1, kind)
    assert replique("item", "list", "--json").json == {"items": []}


def test_a_bad_brand_names_its_line(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "marque.toml"
    path.write_text('name = "Alizé"\n\n[voice]\naddress = "tutoyer"\n', encoding="utf-8")
    done = replique("brand", "import", path, "--json")
    assert (done.code, done.json["error"]["kind"]) == (1, "brand.invalid")
    assert "4" in done.json["error"]["message"]
    checked = replique("brand", "check", path, "--json")
    assert (checked.code, checked.json["problems"][0]["line"]) == (1, 4)
    assert replique("brand", "list", "--json").json == {"brands": []}


def test_a_brand_goes_out_as_it_came_in(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    out = tmp_path / "export.toml"
    assert replique("brand", "export", demo_brand, "--out", out).code == 0
    first = replique("brand", "show", demo_brand, "--json").json
    again = replique("brand", "import", out, "--json").json
    assert again["created"] is False
    assert replique("brand", "show", demo_brand, "--json").json == first
    assert replique("brand", "list", "--json").json["brands"][0]["id"] == demo_brand


def test_self_check_counts_what_there_is(replique: Replique) -> None:
    told = replique("self-check", "--json").json
    assert told["sound"], told["problems"]
    counts = told["counts"]
    assert counts["networks"] == 18
    assert counts["prompts"] >= 14
    assert counts["providers"] >= 3
    assert counts["exporters"] == 6
    assert counts["brief_importers"] == 5
    assert counts["thread_importers"] == len(registry.discover("copilot.importers.threads")) >= 3


def test_prompts_are_listed_shown_checked_and_rendered(replique: Replique) -> None:
    listed = replique("prompts", "list", "--json").json["prompts"]
    assert {prompt["task"] for prompt in listed} == {
        "compose", "adapt", "hashtags", "triage", "reply", "rewrite", "summary",
    }  # fmt: skip
    assert replique("prompts", "check", "--json").json == {"valid": True, "problems": []}
    rendered = replique("prompts", "render", "reply", "--set", "message=Bonjour {{{facts}}}", "--json").json
    assert "Bonjour {{{facts}}}" in rendered["messages"][-1]["text"]
    unknown = replique("prompts", "render", "reply", "--set", "inconnue=x", "--json")
    assert unknown.json["error"]["kind"] == "prompt.unknown_variable"


def test_a_profile_that_cannot_be_used_says_so(replique: Replique, tmp_path: Path) -> None:
    (tmp_path / "profil").write_text("un fichier")
    done = replique("item", "list", "--json")
    assert (done.code, done.json["error"]["kind"]) == (3, "profile.unusable")


def test_broken_settings_are_told_and_kept(replique: Replique, tmp_path: Path) -> None:
    (tmp_path / "profil").mkdir()
    (tmp_path / "profil" / "settings.json").write_text('{"form": 1, "prov')
    done = replique("settings", "show", "--json")
    assert (done.code, done.json["error"]["kind"]) == (1, "settings.broken")
    assert (tmp_path / "profil" / "settings.json").read_text() == '{"form": 1, "prov'


def test_the_language_of_the_settings_is_used(replique: Replique, tmp_path: Path) -> None:
    replique("settings", "set", "language", "en")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "copilot", "--profile", str(tmp_path / "profil"), "item", "list"],
        capture_output=True, text=True, encoding="utf-8", env={**env, "LC_ALL": "fr_FR.UTF-8"},
    )  # fmt: skip
    assert done.stdout.startswith("No item.")


def test_a_reader_that_leaves_early_is_no_error(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m copilot --profile "{tmp_path / "profil"}" brand show {demo_brand} | head -n 1',
        shell=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["count", "--network", "x"], ["facts", "-"], ["count", "--jsonl"]], ids=str)
def test_a_closed_standard_input_is_no_crash(tmp_path: Path, arguments: list[str]) -> None:
    command = f'"{sys.executable}" -m copilot --profile "{tmp_path}" {" ".join(arguments)} <&-'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_a_full_disk_under_the_output_is_told(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m copilot --profile "{tmp_path}" item list --json > /dev/full'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_console_that_is_not_utf8_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "copilot", "--profile", str(tmp_path), "count", "--network", "x", "é"],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "caractère".encode() in done.stdout


def test_count_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from copilot.cli.main import run; run(sys.argv[1:]);"
        "heavy = {'sqlalchemy', 'alembic', 'openai', 'langchain_core', 'pydantic', 'numpy', 'keyring', 'rich'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--profile", str(tmp_path), "count", "--network", "x", "Bonjour"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1] == "[]"
