"""Archives from the command line: the object of one thread, those of several, refusals."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

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


def test_an_archive_that_is_cut_is_said_where_a_file_that_is_cut_is(replique: Replique, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "x.zip", mai_csv=FIRST, juin_csv=SECOND * 50).read_bytes()
    path = tmp_path / "coupe.zip"
    path.write_bytes(whole[: whole.index(b"juin.csv") + 200])
    done = replique("thread", "import", path, "--json").json
    assert (done["archive"]["truncated"], done["truncated"]) == (True, True)


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


@pytest.mark.parametrize(("content", "lang", "name"), [("", "fr", "« texte collé »"), ("[]", "en", "“pasted text”")])
def test_an_empty_conversation_of_no_name_is_named_all_the_same(
    replique: Replique, content: str, lang: str, name: str
) -> None:
    refused = replique("thread", "import", "-", "--json", stdin=content, lang=lang)
    assert refused.json["error"]["kind"] == "empty"
    assert name.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in refused.json["error"]["message"].replace(
        "\u202f", "\u00a0"
    )


def test_an_archive_without_a_conversation_is_refused(replique: Replique, tmp_path: Path) -> None:
    refused = replique("thread", "import", zipped(tmp_path / "x.zip", note_txt="Voici."), "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "unsupported")
    assert replique("thread", "list", "--json").json["threads"] == []


@pytest.mark.parametrize(
    ("members", "kind", "word"),
    [
        ({}, "empty", "aucun fichier"),
        ({"dossier/": b""}, "empty", "aucun fichier"),
        ({"autre.zip": b"PK\x03\x04"}, "unsupported", "autre archive"),
        ({"table.csv": b"colA;colB\n1;2\n3;4\n"}, "needs_mapping", "table.csv"),
    ],
)
def test_what_is_wrong_with_an_archive_is_said(
    replique: Replique, tmp_path: Path, members: dict[str, bytes], kind: str, word: str
) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    told = replique("thread", "import", path, "--json")
    assert (told.code, told.json["error"]["kind"]) == (1, kind)
    assert word in told.json["error"]["message"]
    assert replique("thread", "list", "--json").json["threads"] == []


def test_the_columns_of_the_only_table_of_an_archive_can_be_told(replique: Replique, tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", table_csv="colA;colB\n1;Bonjour\n3;Merci\n")
    done = replique("thread", "import", path, "--map", "text=colB", "--json").json
    assert (done["title"], done["messages"]) == ("table", 2)


def test_garbage_that_begins_as_an_archive_is_malformed(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(range(1, 256)) * 20)
    assert replique("thread", "import", path, "--json").json["error"]["kind"] == "malformed"


def test_files_whose_name_begins_with_a_dot_are_read_and_those_of_systems_are_not(
    replique: Replique, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (".avis.csv", "..\\juin.csv", "__MACOSX/._mai.csv", ".DS_Store", "._mai.csv"):
            archive.writestr(name, FIRST if "mai" in name else SECOND.replace("Max", name.strip(".")))
    done = replique("thread", "import", path, "--json").json
    assert len(done["archive"]["read"]) == 2
    assert done["archive"]["left_count"] == 0


def test_a_title_that_turns_the_writing_around_is_shown_as_it_is(replique: Replique, tmp_path: Path) -> None:
    path = tmp_path / "x\u202evsc.csv"
    path.write_text(FIRST, encoding="utf-8")
    told = replique("thread", "import", path)
    listed = replique("thread", "list")
    assert "\u202e" not in told.out + told.err + listed.out
    assert "<U+202E>" in listed.out
