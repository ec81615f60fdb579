"""``replique brand remove``: gone, with a copy first when one is asked for."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Replique


def test_a_removed_brand_comes_back_from_its_copy(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    before = replique("brand", "show", demo_brand, "--json").json
    copy = tmp_path / "copie.toml"
    done = replique("brand", "remove", demo_brand, "--out", copy, "--by", "Nora", "--json")
    assert (done.code, done.json["removed"], done.json["file"]) == (0, demo_brand, str(copy))
    assert replique("brand", "list", "--json").json == {"brands": []}
    assert replique("brand", "import", copy, "--json").json["created"] is True
    assert replique("brand", "show", demo_brand, "--json").json == before


def test_a_copy_that_cannot_be_written_keeps_the_brand(replique: Replique, demo_brand: str, tmp_path: Path) -> None:
    taken = tmp_path / "copie.toml"
    taken.write_text("déjà là", encoding="utf-8")
    done = replique("brand", "remove", demo_brand, "--out", taken, "--json")
    assert (done.code, done.json["error"]["kind"]) == (1, "file.exists")
    assert taken.read_text(encoding="utf-8") == "déjà là"
    assert [one["id"] for one in replique("brand", "list", "--json").json["brands"]] == [demo_brand]
    assert replique("brand", "remove", "rien", "--json").json["error"]["kind"] == "brand.unknown"
