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
