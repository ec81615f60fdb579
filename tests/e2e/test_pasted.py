"""A conversation pasted into the command: what its "2 h" says once it is known when it was copied."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

PAGE = "Léa Martin\nToujours pas reçu ma commande, c’est une honte !\n2 h\nJ’aime\nRépondre\n"
WEEKS = PAGE.replace("2 h", "2 sem.")
COPIED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "options", "due"),
    [
        pytest.param(PAGE, ["--copied-at", "2026-11-20T10:00Z"], COPIED - timedelta(minutes=30), id="hours"),
        pytest.param(WEEKS, ["--copied-at", "2026-11-20T10:00Z"], None, id="weeks are too loose"),
        pytest.param(PAGE, [], None, id="a file does not say"),
    ],
)
def test_an_answer_is_due_about_then(
    replique: Replique, tmp_path: Path, page: str, options: list[str], due: datetime | None
) -> None:
    saved = tmp_path / "fil.txt"
    saved.write_text(page, encoding="utf-8")
    thread = replique("thread", "import", saved, *options, "--json").json["id"]
    (told,) = replique("thread", "show", thread, "--json").json["messages"]
    assert (told["created_at"], told["created_rel"]) == (None, page.split("\n")[2])
    assert told["triage"]["sla"] == {
        "class": "P1",
        "due": due.isoformat() if due else None,
        **({"due_within_minutes": 60} if due else {}),
    }


def test_when_it_was_written_is_told_about(replique: Replique, tmp_path: Path) -> None:
    saved = tmp_path / "fil.txt"
    saved.write_text(PAGE + WEEKS.replace("Léa", "Ana"), encoding="utf-8")
    thread = replique("thread", "import", saved, "--copied-at", "2026-11-20T10:00Z", "--json").json["id"]
    first, second = replique("thread", "show", thread, "--json").json["messages"]
    about = COPIED - timedelta(hours=2, minutes=30)
    assert (first["created_about"], first["created_within_minutes"]) == (about.isoformat(), 60)
    assert second["created_about"] is None
    assert "created_within_minutes" not in second


def test_the_standard_input_is_pasted_now(replique: Replique) -> None:
    thread = replique("thread", "import", "-", "--json", stdin=PAGE).json["id"]
    (told,) = replique("thread", "show", thread, "--json").json["messages"]
    assert told["triage"]["sla"]["due_within_minutes"] == 60
    assert replique("crisis", "status", thread, "--json").json["about"] == 1


def test_a_moment_that_is_none_is_refused(replique: Replique, tmp_path: Path) -> None:
    (tmp_path / "fil.txt").write_text(PAGE, encoding="utf-8")
    refused = replique("thread", "import", tmp_path / "fil.txt", "--copied-at", "tantôt", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (2, "usage.copied_at")


def test_a_thread_shown_says_whose_messages_are_and_what_became_of_them(replique: Replique, tmp_path: Path) -> None:
    def of(place: int, author: str, text: str, **more: object) -> dict[str, object]:
        who, when = {"id": author, "name": f"Compte {author}"}, "2026-11-20T10:00:00+0000"
        return {"id": f"77_{place}", "from": who, "message": text, "created_time": when, **more}

    saved = tmp_path / "fil.json"
    post = of(9, "77", "Portes ouvertes")
    comments = [of(1, "5", "Super", is_hidden=True), of(2, "6", "Et le parking ?"), of(3, "77", "Devant la porte")]
    for text in ("Super", "Super, merci"):
        comments[0]["message"] = text
        saved.write_text(json.dumps({**post, "comments": {"data": comments}}), encoding="utf-8")
        replique("thread", "import", saved)
    lines = [line for line in replique("thread", "show", 1).out.split("\n") if " · " in line]
    told = [line.partition("10:00")[2].removeprefix(" · ") for line in lines]
    assert told == ["masqué · modifié", "", "votre marque"]
