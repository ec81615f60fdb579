"""``replique privacy`` as a script or a person runs it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from copilot.text.personal import KINDS
from tests.e2e.conftest import Replique

LINES = (
    ("1", "Zoé Xantippe", "Mon diabète me fatigue, appelez-moi au 06 12 34 56 78."),
    ("2", "Idris Bel", "Bonjour, à quelle heure ouvrez-vous ?"),
)


@pytest.fixture
def thread(replique: Replique, tmp_path: Path) -> int:
    """A thread of two messages, read in."""
    path = tmp_path / "fil.jsonl"
    told = [{"id": key, "author": author, "text": text} for key, author, text in LINES]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in told), encoding="utf-8")
    done = replique("thread", "import", path, "--network", "facebook_page", "--json")
    assert done.code == 0, done.out
    return int(done.json["id"])


def first_message(replique: Replique, thread: int) -> int:
    return int(replique("thread", "show", thread, "--json").json["messages"][0]["id"])


def test_each_line_is_answered_with_what_was_hidden_and_comes_back(replique: Replique) -> None:
    texts = [f"Je m'appelle Camille Lefèvre 🚲, commande n° {10_000 + one}, merci à Zorblax" for one in range(500)]
    asked = [json.dumps({"text": text, "known_names": ["Zorblax Quux"]}) for text in texts]
    began = time.perf_counter()
    answers = replique("privacy", "--jsonl", stdin="\n".join(asked)).lines
    assert time.perf_counter() - began < 30
    assert len(answers) == 500
    for text, answer in zip(texts, answers, strict=True):
        assert answer["restored"] == text
        shown = [(text[start:end], kind) for start, end, kind in answer["spans"]]
        assert shown == [("Camille Lefèvre", "PERSON"), (text[44:49], "REF"), ("Zorblax", "PERSON")]
        assert all(value not in answer["masked"] for value, _ in shown)
        assert {kind for _, kind in shown} <= set(KINDS)


def test_a_bad_line_gets_an_error_and_the_next_one_its_answer(replique: Replique) -> None:
    good = json.dumps({"text": "écrire à lea@poste.example"}).encode() + b"\n"
    bad = b'{"text": 12}\n{"text": "a", "known_names": "Zoe"}\nnot json\n[1]\n{}\n{"text":"\xe9"}\n'
    answers = replique("privacy", "--jsonl", stdin=good + bad + good).lines
    assert [("error" in one) for one in answers] == [False, True, True, True, True, True, True, False]
    assert answers[0]["spans"] == [[9, 26, "EMAIL"]]
    assert all(one["error"]["kind"] and one["error"]["message"] for one in answers[1:-1])


HOSTILE = [
    "[[PERSON_1]] dit à Camille Lefèvre : [[person_1]], [[EMAIL_2]], [[TEXT_1]]",
    "\ud800 Camille \udfff Lefèvre \x00 06 12 34 56 78",
    "\u202eeéè\u200b lea@poste.example \u2066",
    "é" * 1_000_000,
    "06 12 34 56 78 " * 20_000,
    "[[" * 200_000,
    "e\u0301" * 50_000 + " M. Dubois",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_to_the_last_sign(replique: Replique, text: str) -> None:
    (answer,) = replique("privacy", "--jsonl", stdin=json.dumps({"text": text})).lines
    assert answer["restored"] == text
    for start, end, kind in answer["spans"]:
        assert 0 <= start < end <= len(text)
        assert kind in KINDS


def test_offsets_count_code_points(replique: Replique) -> None:
    text = "👩\u200d👩\u200d👧 e\u0301 lea@poste.example"
    (answer,) = replique("privacy", "--jsonl", stdin=json.dumps({"text": text})).lines
    ((start, end, kind),) = answer["spans"]
    assert (text[start:end], kind) == ("lea@poste.example", "EMAIL")


def test_the_preview_prints_the_request_and_what_stays_home(replique: Replique, thread: int) -> None:
    added = replique("provider", "add", "loin", "--base-url", "https://api.example/v1", "--model", "big", "--json")
    assert added.code == 0, added.out
    message = first_message(replique, thread)
    told = replique("privacy", "preview", message, "--provider", "loin", "--json").json
    assert told["masked"]
    assert told["health"] == ["diabète"]
    assert "06 12 34 56 78" not in told["body"]
    assert ("06 12 34 56 78", "PHONE") in [(one["value"], one["type"]) for one in told["kept"]]
    assert json.loads(told["body"])["messages"] == told["messages"]
    assert told["bytes"] == len(told["body"].encode())
    assert replique("privacy", "preview", message, "--provider", "loin", "--raw").out == told["body"]
    shown = replique("privacy", "preview", message, "--provider", "loin").out
    assert told["body"] in shown
    assert "06 12 34 56 78" in shown.split(told["body"])[1]
    asked = ("privacy", "preview", message, "--provider", "loin", "--approach")
    assert replique(*asked, "empathic", "--json").json["body"] != told["body"], "the prompt names the approach"
    assert replique(*asked, "x", "--json").json["error"]["kind"] == "reply.unknown_approach"


def test_somebody_is_reported_rehearsed_and_erased(replique: Replique, thread: int, tmp_path: Path) -> None:
    held = replique("privacy", "report", "Zoé Xantippe", "--json").json
    assert [one["text"] for one in held["messages"]] == [LINES[0][2]]
    out = tmp_path / "zoe.json"
    assert replique("privacy", "report", "Zoé Xantippe", "--out", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8")) == held
    would = replique("privacy", "erase", "zoe xantippe", "--by", "Nora", "--dry-run", "--json").json
    assert (would["messages"], would["dry_run"]) == (1, True)
    assert replique("privacy", "report", "Zoé Xantippe", "--json").json == held
    done = replique("privacy", "erase", "zoe xantippe", "--by", "Nora", "--json").json
    assert (done["messages"], done["compacted"]) == (1, True)
    assert replique("privacy", "report", "Zoé Xantippe", "--json").json["error"]["kind"] == "privacy.nobody"
    kept = b"".join(path.read_bytes() for path in (tmp_path / "profil").rglob("replique.db*"))
    assert b"Xantippe" not in kept
    assert "diabète".encode() not in kept


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_lines_that_keep_a_first_name_are_shown_and_chosen(replique: Replique, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "fil.jsonl"
    told = [("Zoé Xantippe", "Bonjour"), ("Idris", "Zoé a raison"), ("Ana", "Merci ZOÉ !"), ("Lou", "Rien")]
    lines = [{"id": str(place), "author": name, "text": text} for place, (name, text) in enumerate(told)]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), encoding="utf-8")
    thread = replique("thread", "import", path, "--network", "facebook_page", "--json").json["id"]
    ids = [one["id"] for one in replique("thread", "show", thread, "--json").json["messages"]]
    erase = ("privacy", "erase", "zoe xantippe", "--by", "Nora")
    would = replique(*erase, "--dry-run", "--json").json
    assert [(one["id"], one["thread"], one["excerpt"], one["words"]) for one in would["named"]] == [
        (ids[1], thread, "Zoé a raison", ["Zoé"]), (ids[2], thread, "Merci ZOÉ !", ["ZOÉ"]),
    ]  # fmt: skip
    said = replique(*erase, "--dry-run", lang=lang).out
    assert "--also" in said
    assert f"{ids[1]}  Zoé a raison" in said
    refused = replique(*erase, "--also", ids[3], "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "privacy.not_a_mention")
    done = replique(*erase, "--also", ids[2], "--json").json
    assert (done["also"], [one["id"] for one in done["named"]]) == (1, [ids[1]])
    texts = [one["text"] for one in replique("thread", "show", thread, "--json").json["messages"]]
    assert texts == ["", "Zoé a raison", "Merci […] !", "Rien"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_register_is_a_file_and_a_purge_can_be_rehearsed(replique: Replique, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "registre.md"
    assert replique("privacy", "report", "--out", out, lang=lang).code == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert "privacy." not in page
    done = replique("privacy", "purge", "--dry-run", "--json", lang=lang)
    assert (done.code, done.json) == (0, {"dry_run": True, "brands": []})
    assert replique("privacy", "purge", "--dry-run", lang=lang).out.strip()


def test_what_is_shown_is_what_leaves_for_the_brand_of_the_thread(replique: Replique, tmp_path: Path) -> None:
    source = tmp_path / "fil.csv"
    source.write_text("id,author,text\n1,Léa,Où est ma commande ?\n", encoding="utf-8")
    for name in ("aubrelle", "castelnau"):
        path = tmp_path / f"{name}.toml"
        path.write_text(f'id = "{name}"\nname = "Maison {name.capitalize()}"\n', encoding="utf-8")
        assert replique("brand", "import", path, "--json").code == 0
    assert replique("thread", "import", source, "--brand", "castelnau").code == 0
    script = json.dumps(["Bonjour, nous regardons."])
    assert replique("provider", "add", "essai", "--type", "scripted", "--set", f"script={script}").code == 0
    preview = replique("privacy", "preview", 1, "--provider", "essai", "--json")
    assert (preview.code, "Castelnau" in preview.out, "Aubrelle" in preview.out) == (0, True, False)
    assert replique("reply", 1, "--all", "--json").code == 0
