"""Archives from the command line: the object of one thread, those of several, refusals."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.e2e.conftest import Replique

FIRST = "id,author,text\n1,Léa,Où est ma commande ?\n"
SECOND = "id,author,text\n2,Max,Merci\n"


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_an_archive_of_one_thread_answers_as_its_file_does(replique: Replique, tmp_path: Path) -> None:
    packed = replique("thread", "import", zipped(tmp_path / "x.zip", mai_csv=FIRST), "--json").json
    path = tmp_path / "mai.csv"
    path.write_text(FIRST, encoding="utf-8")
    plain = replique("thread", "import", path, "--json").json
    assert packed.keys() - plain.keys() == {"archive"}
    assert (plain["already"], plain["id"]) == (True, packed["id"])
    assert packed["archive"] == {
        "read": [{"id": packed["id"], "files": ["mai.csv"]}], "left": [], "left_count": 0, "truncated": False,
    }  # fmt: skip


def test_an_archive_of_several_threads_answers_with_the_others_beside_the_first(
    replique: Replique, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "x.zip", mai_csv=FIRST, juin_csv=SECOND, note_txt="Voici.")
    done = replique("thread", "import", path, "--json").json
    assert (done["title"], done["messages"]) == ("mai", 1)
    assert [(one["title"], one["messages"]) for one in done["others"]] == [("juin", 1)]
    assert done["archive"]["left"] == [{"name": "note.txt", "why": "not_comments"}]
    threads = replique("thread", "list", "--json").json["threads"]
    assert {one["id"] for one in threads} == {done["id"], done["others"][0]["id"]}
    told = replique("thread", "import", path)
    assert "juin.csv" in told.out + told.err


def test_a_piped_archive_is_read_too(replique: Replique, tmp_path: Path) -> None:
    content = zipped(tmp_path / "x.zip", mai_csv=FIRST).read_bytes()
    assert replique("thread", "import", "-", "--json", stdin=content).json["messages"] == 1


def test_an_archive_without_a_conversation_is_refused(replique: Replique, tmp_path: Path) -> None:
    refused = replique("thread", "import", zipped(tmp_path / "x.zip", note_txt="Voici."), "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "unsupported")
    assert replique("thread", "list", "--json").json["threads"] == []
