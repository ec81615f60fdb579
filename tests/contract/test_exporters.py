"""Every export format: its golden bytes, what it may not change, and writing all of it or nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copilot import registry
from copilot.errors import OutsideError, UserError
from copilot.exporters import ExportFile, target_paths, write_files
from copilot.i18n import LANGUAGES, Translator
from tests.export_rows import NOW, ZONE, everything, posts

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "exports"
FORMATS = registry.discover("copilot.exporters")
SCHEDULING = ("buffer", "hootsuite", "sprout")


def exported(name: str, language: str = "fr") -> list[ExportFile]:
    rows = posts() if name in SCHEDULING else everything()
    return list(FORMATS[name].export(rows, now=NOW, brand_zone=ZONE, language=language))


def golden_name(name: str, language: str, file: ExportFile) -> str:
    return f"{name}-{language}{file.name_suffix}{file.extension}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_golden_bytes(name: str, language: str) -> None:
    for file in exported(name, language):
        path = GOLDEN / golden_name(name, language, file)
        assert path.exists(), f"tests/data/exports lacks {path.name}"
        assert file.content == path.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_every_item_is_there_once(name: str) -> None:
    rows = posts() if name in SCHEDULING else everything()
    given = [item for file in exported(name) for item in file.rows]
    assert sorted(given) == sorted(row.item_id for row in rows)
    assert all(file.extension == FORMATS[name].EXTENSION for file in exported(name))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_bytes(name: str) -> None:
    assert exported(name) == exported(name)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_export_is_said(name: str) -> None:
    with pytest.raises(UserError, match=r"export\.nothing"):
        FORMATS[name].export([], now=NOW, brand_zone=ZONE)


@pytest.mark.parametrize("name", FORMATS)
def test_notes_are_in_both_languages(name: str) -> None:
    for file in exported(name):
        for note in file.notes:
            for language in LANGUAGES:
                assert Translator(language).has(note.key)
                assert "{" not in Translator(language).wording(note)


def one(content: bytes = b"bonjour", suffix: str = "") -> ExportFile:
    return ExportFile(suffix, content, (1,), ".csv")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestNames:
    @pytest.mark.parametrize(
        ("out", "expected"),
        [("sortie.csv", ["sortie.csv", "sortie-2.csv"]), ("sortie", ["sortie", "sortie-2"]),
         ("sortie.txt", ["sortie.txt", "sortie-2.txt"]), ("SORTIE.CSV", ["SORTIE.CSV", "SORTIE-2.CSV"])],
    )  # fmt: skip
    def test_a_file_is_named_after_what_was_asked(self, out: str, expected: list[str], tmp_path: Path) -> None:
        paths = target_paths([one(), one(suffix="-2")], tmp_path / out)
        assert [path.name for path in paths] == expected

    def test_a_folder_gets_named_files(self, tmp_path: Path) -> None:
        assert write_files([one()], tmp_path) == [tmp_path / "replique.csv"]


class TestWriting:
    def test_files_and_missing_folders_are_made(self, tmp_path: Path) -> None:
        out = tmp_path / "a" / "b" / "x.csv"
        assert write_files([one(), one(b"deux", "-2")], out) == [out, out.with_name("x-2.csv")]
        assert out.read_bytes() == b"bonjour"
        assert names_in(out.parent) == ["x-2.csv", "x.csv"]

    def test_another_file_is_not_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "x-2.csv").write_bytes(b"le mien")
        with pytest.raises(UserError, match=r"export\.exists"):
            write_files([one(), one(b"deux", "-2")], tmp_path / "x.csv")
        assert names_in(tmp_path) == ["x-2.csv"]
        assert (tmp_path / "x-2.csv").read_bytes() == b"le mien"

    def test_the_same_file_may_be_written_again(self, tmp_path: Path) -> None:
        assert write_files([one()], tmp_path / "x.csv") == write_files([one()], tmp_path / "x.csv")

    def test_overwriting_when_asked(self, tmp_path: Path) -> None:
        for name in ("x.csv", "x-2.csv"):
            (tmp_path / name).write_bytes(b"ancien")
        write_files([one(), one(b"deux", "-2")], tmp_path / "x.csv", overwrite=True)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
            "x.csv": b"bonjour", "x-2.csv": b"deux",
        }  # fmt: skip

    def test_what_is_no_file_is_left_alone(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"export\.not_a_file"):
            write_files([one()], Path("/dev/null"), overwrite=True)
        (tmp_path / "x-2.csv").mkdir()
        with pytest.raises(UserError, match=r"export\.not_a_file"):
            write_files([one(), one(suffix="-2")], tmp_path / "x.csv", overwrite=True)
        assert names_in(tmp_path) == ["x-2.csv"]

    def test_a_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(b"")
        with pytest.raises(OutsideError, match=r"export\.disk_failed"):
            write_files([one()], tmp_path / "f" / "x.csv")

    def test_all_or_nothing_when_a_rename_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "x.csv").write_bytes(b"ancien")
        real = Path.replace

        def fails_on_the_second(self: Path, target: Path) -> Path:
            if Path(target).name == "x-3.csv":
                raise OSError(errno.EROFS, "Read-only file system")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", fails_on_the_second)
        files = [one(), one(b"deux", "-2"), one(b"trois", "-3")]
        with pytest.raises(OutsideError, match=r"export\.disk_read_only"):
            write_files(files, tmp_path / "x.csv", overwrite=True)
        assert names_in(tmp_path) == ["x.csv"]
        assert (tmp_path / "x.csv").read_bytes() == b"ancien"

    def test_a_folder_one_may_not_write_in(self, tmp_path: Path) -> None:
        folder = tmp_path / "fermé"
        folder.mkdir(mode=0o500)
        if os.access(folder, os.W_OK):
            pytest.skip("this account may write everywhere")
        with pytest.raises(OutsideError, match=r"export\.disk_read_only"):
            write_files([one()], folder / "x.csv")


#: Files stop growing at 1,000 bytes, as on a full disk: the system itself refuses the rest. In a process of its own,
#: for the limit holds for everything it writes, a test report in a file included.
ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from copilot.errors import OutsideError
from copilot.exporters import ExportFile, write_files
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
files = [ExportFile("", b"un", (1,), ".csv"), ExportFile("-2", b"x" * 5000, (2,), ".csv")]
try:
    write_files(files, Path(sys.argv[1]))
except OutsideError as error:
    print(error.kind)
"""


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path / "x.csv")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "export.disk_full", done.stderr
    assert names_in(tmp_path) == []
