"""Settings of the window: old files load, a slip costs one setting and no more, a broken file can be put aside."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from copilot import settings
from copilot.errors import OutsideError, UserError
from copilot.settings import ProviderSettings, Settings

NOW = datetime(2026, 11, 21, 9, 8, 7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_what_the_window_sets_round_trips(path: Path) -> None:
    chosen = Settings(theme="dark", text_size=175, first_run_done=True, author="Zoé Ndiaye", reduced_motion=True)
    settings.save(chosen, path)
    assert settings.load(path) == chosen


def test_a_file_of_before_the_window_loads(path: Path) -> None:
    path.write_text('{"form": 1, "language": "fr", "four_eyes": true, "providers": []}')
    assert settings.load(path) == Settings(language="fr", four_eyes=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("theme", "purple", id="unknown theme"),
        pytest.param("theme", ["dark"], id="theme in a list"),
        pytest.param("theme", None, id="no theme"),
        pytest.param("text_size", 110, id="size between two"),
        pytest.param("text_size", "150", id="size as text"),
        pytest.param("text_size", 100.0, id="size with a fraction"),
        pytest.param("text_size", True, id="size as a switch"),
        pytest.param("text_size", -1, id="negative size"),
        pytest.param("first_run_done", "no", id="switch as text"),
        pytest.param("reduced_motion", 1, id="switch as a number"),
        pytest.param("author", {"name": "Zoé"}, id="author as an object"),
        pytest.param("author", "Z" * 101, id="endless author"),
        pytest.param("author", "Zoé\u0000", id="author with NUL"),
        pytest.param("author", "Zoé\nNdiaye", id="author on two lines"),
        pytest.param("author", "\ud800", id="author with half a character"),
    ],
)
def test_a_wrong_value_costs_that_setting_only(path: Path, name: str, value: object) -> None:
    kept = Settings(language="en").with_provider(ProviderSettings("a", "scripted", {"script": "[]"}))
    settings.save(kept, path)
    path.write_text(json.dumps({**json.loads(path.read_text()), name: value}))
    assert settings.load(path) == kept


def test_every_offered_value_is_accepted(path: Path) -> None:
    for theme in settings.THEMES:
        for size in settings.TEXT_SIZES:
            settings.save(Settings(theme=theme, text_size=size), path)
            assert settings.load(path) == Settings(theme=theme, text_size=size)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"form": 1, "provid', id="cut in half"),
        pytest.param(b"\xff\xfe{", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b'{"form": 1e999}', id="endless form"),
        pytest.param(b'{"form": NaN}', id="form that is no number"),
    ],
)
def test_a_broken_file_is_kept_until_it_is_put_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError, match="settings.broken"):
        settings.load(path)
    assert path.read_bytes() == content
    aside = settings.repair(path, NOW)
    assert aside == path.with_name("settings.broken-20261121-090807.json")
    assert aside.read_bytes() == content
    assert settings.load(path) == Settings()


def test_two_broken_files_of_one_second_are_both_kept(path: Path) -> None:
    asides = []
    for content in ("one", "two"):
        path.write_text(content)
        asides.append(settings.repair(path, NOW))
    assert [aside.read_text() for aside in asides] == ["one", "two"]


@pytest.mark.parametrize("content", [None, '{"form": 1, "theme": "dark"}'])
def test_sound_settings_are_never_moved(path: Path, content: str | None) -> None:
    if content:
        path.write_text(content)
    assert settings.repair(path, NOW) == path
    assert [one.read_text() for one in path.parent.iterdir()] == ([content] if content else [])


def test_settings_of_a_newer_version_are_never_moved(path: Path) -> None:
    path.write_text('{"form": 2}')
    with pytest.raises(UserError, match="settings.newer"):
        settings.repair(path, NOW)
    assert path.read_text() == '{"form": 2}'


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(OutsideError, match="settings.unreadable"):
        settings.repair(path, NOW)


def test_a_path_that_is_no_text_is_saved_and_read_back(path: Path) -> None:
    chosen = Settings().with_provider(ProviderSettings("local", "local", {"path": "/models/\udce9.gguf"}))
    settings.save(chosen, path)
    assert settings.load(path) == chosen
