"""What Windows, macOS and Linux are told about the program."""

import ast
import plistlib
import shutil
import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from copilot import __version__
from copilot.paths import assets_dir
from scripts._build import contents, versions

APP = assets_dir() / "app"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("2.14.3rc1", (2, 14, 3, 0)), ("1", (1, 0, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4))],
)
def test_a_version_is_four_numbers_for_windows(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert versions.four_numbers(version) == numbers


def test_the_resource_of_windows_names_the_program_and_its_version() -> None:
    text = versions.windows_version(APP / "windows-version.txt", __version__, "replique-cli.exe")
    calls = [node for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Call)]
    told = {}
    for call in calls:
        assert isinstance(call.func, ast.Name)
        if call.func.id == "StringStruct":
            name, value = map(ast.literal_eval, call.args)
            told[name] = value
        if call.func.id == "FixedFileInfo":
            fixed = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    assert fixed["filevers"] == fixed["prodvers"] == versions.four_numbers(__version__)
    assert told["ProductVersion"] == told["FileVersion"] == __version__
    assert (told["ProductName"], told["OriginalFilename"]) == ("Réplique", "replique-cli.exe")
    assert told["LegalCopyright"] == versions.COPYRIGHT


def test_macos_is_told_the_name_the_version_and_both_languages() -> None:
    told = plistlib.loads(plistlib.dumps(versions.macos_plist("1.2.3rc1")))
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == "1.2.3"
    assert told["CFBundleDisplayName"] == "Réplique"
    assert told["CFBundleLocalizations"] == ["fr", "en"]
    assert told["NSHumanReadableCopyright"]
    assert "CFBundleDocumentTypes" not in told


def test_linux_finds_the_menu_entry_the_description_and_the_icons(tmp_path: Path) -> None:
    versions.linux_share(APP, tmp_path, __version__, date(2026, 11, 21))
    entry = (tmp_path / "applications" / "replique.desktop").read_text("utf-8")
    told = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    assert (told["Name"], told["Exec"], told["Terminal"]) == ("Réplique", "replique", "false")
    assert told["Comment[fr]"]
    assert told["Comment"]
    icons = tmp_path / "icons" / "hicolor"
    assert {path.stem for path in icons.rglob("*.*")} == {told["Icon"]}
    described = ET.parse(tmp_path / "metainfo" / "replique.metainfo.xml").getroot()
    release = described.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": __version__, "date": "2026-11-21"}
    assert described.findtext("launchable") == "replique.desktop"
    assert described.findtext("id") == versions.BUNDLE_ID


def test_the_description_is_what_software_centres_accept(tmp_path: Path) -> None:
    if not shutil.which("appstreamcli"):
        pytest.skip("appstreamcli is not on this machine")
    versions.linux_share(APP, tmp_path, __version__, date(2026, 11, 21))
    described = tmp_path / "metainfo" / "replique.metainfo.xml"
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", described], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_the_licences_of_qt_are_whole(tmp_path: Path) -> None:
    package = tmp_path / "copyright"
    package.write_text("MIT\n", "utf-8")
    versions.licence_texts(assets_dir().parent, tmp_path / "doc", {"libz": package})
    assert (tmp_path / "doc" / "libraries" / "libz.txt").read_text("utf-8") == "MIT\n"
    for name, title in (("LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"), ("GPL-3.0", "GNU GENERAL PUBLIC LICENSE")):
        text = (tmp_path / "doc" / f"{name}.txt").read_text("utf-8")
        assert title in text
        assert "Version 3, 29 June 2007" in text


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Core.dll", "PySide6/plugins/platforms/qwindows.dll", "PySide6/MSVCP140.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll", "PySide6/translations/qtbase_fr.qm", "python311.dll",
        "VCRUNTIME140.dll",
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/QtWidgets.abi3.so", "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "numpy/_core/_multiarray_umath.pyd", "assets/app/replique.svg", "assets/licences/LGPL-3.0.txt",
    ],
)  # fmt: skip
def test_what_the_window_needs_is_kept_on_each_system(name: str) -> None:
    entry = (name.replace("/", "\\") if ".dll" in name else name, "/here/file", "BINARY")
    assert contents.kept([entry]) == [entry]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Qml.dll", "PySide6/opengl32sw.dll", "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll", "PySide6/translations/qtbase_de.qm",
        "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", "PySide6/Qt/plugins/imageformats/libqtiff.dylib",
        "PySide6/libpyside6qml.abi3.so.6.11", "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "libQt6EglFSDeviceIntegration.so.6", "numpy/_core/_umath_tests.cpython-311-x86_64-linux-gnu.so",
        "assets/app/windows-version.txt",
    ],
)  # fmt: skip
def test_what_nobody_needs_is_left_out_on_each_system(name: str) -> None:
    assert contents.kept([(name, "/here/file", "BINARY")]) == []
    assert contents.kept([("link", name, "SYMLINK")]) == []


@pytest.mark.skipif(not contents.LINUX, reason="elsewhere the system's own libraries are never collected")
def test_of_the_systems_libraries_only_those_a_desktop_may_lack_are_taken() -> None:
    folder = "/usr/lib/x86_64-linux-gnu"
    taken = [
        "libssl.so.3",
        "libxcb-cursor.so.0",
        "libxkbcommon-x11.so.0",
        "libgomp.so.1",
        "libpython3.11.so.1.0",
        "libz.so.1",
    ]
    left = [
        "libgtk-3.so.0",
        "libglib-2.0.so.0",
        "libstdc++.so.6",
        "libfontconfig.so.1",
        "libreadline.so.8",
        "libxcb.so.1",
    ]
    entries = [(name, f"{folder}/{name}", "BINARY") for name in (*taken, *left)]
    assert [entry[0] for entry in contents.kept(entries)] == taken


def test_every_plug_in_and_screen_is_asked_for_by_name() -> None:
    wanted = set(contents.modules())
    assert {
        "copilot.checks.length",
        "copilot.exporters.buffer",
        "copilot.importers.briefs.pdf",
        "ui.screens.compose",
    } <= wanted
    for package in ("copilot", "ui"):
        for path in (assets_dir().parent / package).rglob("*.py"):
            name = ".".join(path.relative_to(assets_dir().parent).with_suffix("").parts).removesuffix(".__init__")
            assert name in wanted


def test_every_migration_is_read_as_a_file() -> None:
    root = assets_dir().parent
    folders = {
        Path(source).relative_to(root).as_posix(): to for source, to in contents.files(root) if str(root) in source
    }
    assert folders["copilot/store/migrations/versions/*.py"] == "copilot/store/migrations/versions"
    assert folders["copilot/store/migrations/env.py"] == "copilot/store/migrations"
    assert {"assets", "prompts", "LICENSE"} <= set(folders)


def test_only_the_libraries_carried_are_told_with_licences_and_no_path_of_this_machine(tmp_path: Path) -> None:
    root = assets_dir().parent
    told = contents.about_libraries(
        [("PySide6/QtCore.abi3.so", "", "EXTENSION"), ("typer", "", "PYMODULE")], root, tmp_path
    )
    folders = {name.partition("/")[0].partition("-")[0] for name, _source, _kind in told}
    assert folders == {"pyside6_essentials", "replique", "typer"}
    assert not [name for name, _source, _kind in told if name.endswith((".json", "INSTALLER", "REQUESTED"))]
    record = next(source for name, source, _kind in told if name.startswith("pyside6") and name.endswith("RECORD"))
    assert "LGPL-3.0.txt" in Path(record).read_text("utf-8")
    assert all(Path(source).is_file() for _name, source, _kind in told)
