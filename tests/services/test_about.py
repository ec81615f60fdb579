"""About: what is really shipped, nothing of development, with licences that can be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from copilot import __version__
from copilot.paths import assets_dir
from copilot.services import about as module
from copilot.services.about import about, licence_text


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    module._shipped.cache_clear()
    yield
    module._shipped.cache_clear()


def names() -> set[str]:
    return {one.name.lower().replace("_", "-") for one in about().licences}


def test_it_tells_versions() -> None:
    told = about("6.11.0")
    assert (told.version, told.python, told.qt_version) == (__version__, sys.version.split()[0], "6.11.0")


def test_libraries_are_listed_with_those_they_bring() -> None:
    assert {"sqlalchemy", "openai", "pyside6-essentials", "shiboken6", "markupsafe", "python"} <= names()


def test_tools_of_development_are_not_listed() -> None:
    assert not names() & {"pytest", "ruff", "mypy", "hypothesis", "reportlab", "pyinstaller", "uv", "replique"}


def test_every_library_has_a_version_a_licence_and_a_page() -> None:
    bare = [one for one in about().licences if not (one.name and one.version and one.licence)]
    assert bare == []
    assert all(len(one.licence) <= 200 and "\n" not in one.licence for one in about().licences)
    assert all(one.url == "" or one.url.startswith("http") for one in about().licences)
    assert sum(1 for one in about().licences if one.url) > 50


def test_they_are_in_the_order_of_their_names() -> None:
    told = [one.name.casefold() for one in about().licences]
    assert told == sorted(told)
    assert len(told) == len(set(told))


@pytest.mark.parametrize(("name", "words"), [("SQLAlchemy", "MIT"), ("regex", "Apache"), ("tiktoken", "MIT License")])
def test_a_licence_can_be_read(name: str, words: str) -> None:
    assert words in licence_text(name)


def test_nearly_every_library_ships_its_licence() -> None:
    without = {one.name for one in about().licences if not licence_text(one.name)}
    # Their wheels carry none; the frozen program adds the texts.
    assert without <= {"PySide6_Essentials", "shiboken6", "lazy-importer", "tokenizers", "flatbuffers"}


@pytest.mark.parametrize("name", ["", "nobody-wrote-this", "../../etc/passwd", "\0", "x" * 100_000])
def test_what_is_not_there_has_no_licence(name: str) -> None:
    assert licence_text(name) == ""


def test_a_frozen_program_without_its_own_record_lists_what_it_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    carried = [metadata.distribution("regex"), metadata.distribution("polib")]
    monkeypatch.setattr(metadata, "distributions", lambda: carried)
    monkeypatch.setattr(module, "PRODUCT", "a-product-that-is-not-installed")
    assert [one.name for one in about().licences if one.name in ("regex", "polib", "openai")] == ["polib", "regex"]


def test_assets_are_listed_and_their_licence_stays_among_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "OFL.txt").write_text("SIL Open Font License")
    (tmp_path.parent / "outside.txt").write_text("secret")
    (tmp_path / "licences.toml").write_text(
        '[[asset]]\nname = "Inter"\nversion = "4"\nlicence = "OFL-1.1"\nurl = "https://rsms.me/inter/"\n'
        'file = "fonts/OFL.txt"\n'
        '[[asset]]\nname = "Other"\nversion = "1"\nlicence = "ISC"\nurl = ""\nfile = "../outside.txt"\n'
    )
    monkeypatch.setattr(module, "assets_dir", lambda: tmp_path)
    found = {one.name: one.licence for one in about().licences}
    assert (found["Inter"], found["Other"]) == ("OFL-1.1", "ISC")
    assert licence_text("Inter") == "SIL Open Font License"
    assert licence_text("Other") == ""


def test_every_shipped_asset_has_its_licence() -> None:
    listed = module._assets()
    assert bool(listed) == (assets_dir() / "licences.toml").is_file()
    for licence, file in listed:
        assert licence.name
        assert file is None or file.is_file(), file


def test_it_is_quick_and_loads_nothing_before_it_is_asked() -> None:
    code = (
        "import sys, time; import copilot.services.about as a; early = 'packaging' in sys.modules;"
        "s = time.process_time(); a.about(); print(early, time.process_time() - s)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    early, seconds = done.stdout.split()
    assert early == "False"
    # Measured 0.1 s of processor; a machine under load takes more.
    assert float(seconds) < 1.0
