"""Tables whose columns nothing names: refused, shown, corrected, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

UNNAMED = "x1;Ana;bref;ok\nx2;Ben;court;oui\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "avis.csv"
    path.write_text(UNNAMED, encoding="utf-8")
    return path


def test_columns_are_asked_for_then_remembered(replique: Replique, table: Path, tmp_path: Path) -> None:
    refused = replique("thread", "import", table, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "needs_mapping")
    shown = replique("thread", "columns", table, "--json").json
    assert shown["guess"]
    assert not shown["remembered"]
    assert shown["sample"][0] == ["x1", "Ana", "bref", "ok"]

    done = replique("thread", "import", table, "--map", "text=3", "--map", "author=2", "--json").json
    assert (done["messages"], done["warnings"]) == (2, [])
    thread = replique("thread", "show", done["id"], "--json").json
    assert [one["text"] for one in thread["messages"]] == ["bref", "court"]

    other = tmp_path / "autres.csv"
    other.write_text("x3;Cyd;bien;ok\n", encoding="utf-8")
    assert replique("thread", "import", other, "--json").json["messages"] == 1
    assert replique("thread", "columns", other, "--json").json["remembered"]
    assert not replique("thread", "columns", other, "--forget", "--json").json["remembered"]


@pytest.mark.parametrize(
    ("asked", "kind", "code"),
    [
        ("text=9", "mapping.unknown_column", 1),
        ("colour=1", "mapping.unknown_part", 1),
        ("author=1", "mapping.no_text", 1),
        ("text", "usage.map", 2),
    ],
)
def test_columns_that_cannot_be(replique: Replique, table: Path, asked: str, kind: str, code: int) -> None:
    refused = replique("thread", "import", table, "--map", asked, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (code, kind)
    assert replique("thread", "list", "--json").json["threads"] == []


TITLED = "Rapport;{month};2026\nAuteur;Message;Date\nQui;Verbatim long;Quand\nLéa;Toujours rien reçu;12/11/2026\n"


def test_the_line_of_the_header_is_corrected_and_remembered(replique: Replique, tmp_path: Path) -> None:
    first, later = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(TITLED.format(month="novembre"), encoding="utf-8")
    later.write_text(TITLED.format(month="décembre").replace("Léa", "Zoé"), encoding="utf-8")
    assert replique("thread", "columns", first, "--json").json["header"] == 2
    said = ("--map", "header=3", "--map", "text=Verbatim long", "--map", "author=Qui", "--map", "date=3")
    shown = replique("thread", "columns", first, *said, "--json").json
    assert (shown["header"], [one["part"] for one in shown["columns"]]) == (3, ["author", "text", "date"])
    done = replique("thread", "import", later, "--json").json
    assert done["messages"] == 1
    thread = replique("thread", "show", done["id"], "--json").json
    assert [one["text"] for one in thread["messages"]] == ["Toujours rien reçu"]
    assert replique("thread", "columns", later, "--forget", "--json").json["header"] == 2


def test_a_table_may_be_said_to_have_no_header(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Auteur;Message\nLéa;Bonjour\n", encoding="utf-8")
    done = replique("thread", "import", path, "--map", "header=0", "--map", "text=2", "--json").json
    assert done["messages"] == 2
    shown = replique("thread", "columns", path, "--json").json
    assert (shown["header"], shown["remembered"]) == (0, True)


@pytest.mark.parametrize(
    ("asked", "kind", "code"),
    [("header=99", "mapping.unknown_header", 1), ("header=trois", "usage.map_header", 2)],
)
def test_a_header_that_cannot_be(replique: Replique, table: Path, asked: str, kind: str, code: int) -> None:
    refused = replique("thread", "import", table, "--map", asked, "--map", "text=3", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (code, kind)


def test_keys_have_no_line_that_names_them(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"auteur": "Léa", "texte": "Bonjour"}\n', encoding="utf-8")
    refused = replique("thread", "import", path, "--map", "header=1", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "mapping.no_header")


def test_what_cells_betray_is_shown_as_a_guess(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "4512;Camille R.;12/11/2026;Toujours pas reçu mon colis\n4513;Yanis;13/11/2026;Super accueil en boutique\n",
        encoding="utf-8",
    )
    shown = replique("thread", "columns", path, "--json").json
    assert [(one["part"], one["guess"]) for one in shown["columns"]] == [
        ("id", True), ("author", True), ("date", True), ("text", True),
    ]  # fmt: skip
    assert "auteur (supposé)" in replique("thread", "columns", path).out
    said = replique("thread", "columns", path, "--map", "id=", "--json").json
    assert [one["guess"] for one in said["columns"]] == [False] * 4
    assert said["columns"][0]["part"] is None


SAVED = "Comments export\n\n{head},Name,Date,Comment\n{first},Léa,2026-01-12 10:00,Bonjour\n"
SAVED += "{second},Marque,2026-01-12 10:05,Avec plaisir\n{third},Zed,2026-01-12 10:07,Nul\n"


@pytest.mark.parametrize(
    ("table", "parts"),
    [
        (SAVED.format(head="", first="1", second="1-1", third="2"), ["parent", "author", "date", "text"]),
        (
            SAVED.format(head="Comment number,Nested comment number", first="1,", second="1,1", third="2,"),
            [None, "parent", "author", "date", "text"],
        ),
        (SAVED.format(head="", first="1", second="2", third="3"), [None, "author", "date", "text"]),
        (SAVED.format(head="Parent", first="", second="1-1", third=""), ["parent", "author", "date", "text"]),
    ],
)
def test_numbers_that_tell_the_parents_are_shown(
    replique: Replique, tmp_path: Path, table: str, parts: list[str | None]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table, encoding="utf-8")
    shown = replique("thread", "columns", path, "--json").json
    assert [one["part"] for one in shown["columns"]] == parts
    is_numbered = shown["columns"][0]["column"] != "Parent" and "parent" in parts
    assert [one["guess"] for one in shown["columns"]] == [one == "parent" and is_numbered for one in parts]
    assert ("en réponse à (supposé)" in replique("thread", "columns", path).out) == is_numbered
