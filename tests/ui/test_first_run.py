"""The first start on a fresh profile: three steps, each of them skippable, nothing kept that was not tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.i18n import LANGUAGES, Translator
from copilot.paths import profile_at
from copilot.services.discovery import Place
from copilot.settings import Settings, load, save
from tests.servers.fake_openai import Reply, error
from tests.ui.settings_world import cut, model_server, words
from ui.application import Application
from ui.desk import Desk
from ui.dialogs.first_run import FirstRun
from ui.theme import Choice

#: The offscreen platform says so for every dialog with a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
KEY = "sk-very-secret-1a2b3c"
Settled = Callable[[Desk], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profil neuf été"


@pytest.fixture
def app(folder: Path, qapp: Any, qtbot: QtBot, settled: Settled) -> Iterator[Application]:
    """The whole application on a profile that nobody used."""
    folder.mkdir()
    save(Settings(language="fr"), folder / "settings.json")
    made = Application(qapp, profile_at(folder))
    made.window.resize(1280, 720)
    made.show()
    qtbot.waitUntil(lambda: bool(made.window.screen_name))
    settled(made.desk)
    yield made
    made.window.close()
    assert made.close()


@pytest.fixture
def dialog(app: Application, qtbot: QtBot, settled: Settled) -> FirstRun:
    made = app.window.findChild(FirstRun) or FirstRun(app.desk, app.window)
    made.open()
    qtbot.waitExposed(made)
    settled(app.desk)
    return made


def engine(qtbot: QtBot, desk: Desk, make: Callable[[Copilot], Any]) -> Any:
    got: list[Any] = []
    desk.run(make, got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


async def _brands(copilot: Copilot) -> list[str]:
    return [one.name for one in await copilot.brands.list()]


def on_disk(folder: Path) -> Settings:
    return load(folder / "settings.json")


def to_brand(dialog: FirstRun) -> None:
    dialog.go(1)


def to_model(dialog: FirstRun, desk: Desk, settled: Settled) -> None:
    dialog.go(1)
    dialog.advance()
    settled(desk)
    assert dialog.step == 2


def test_escape_works_at_once_and_it_does_not_come_back(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: on_disk(folder).first_run_done)
    settled(app.desk)
    assert on_disk(folder).default_provider == "playbook"
    assert app.window.screen_name == "compose"
    assert engine(qtbot, app.desk, _brands) == []


def test_with_the_keyboard_alone_to_a_brief_on_screen(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.step == 1
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settled(app.desk)
    assert dialog.step == 2
    assert dialog.focusWidget() is dialog.model.options["playbook"].radio
    while dialog.focusWidget() is not dialog.next_button:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    asked: list[tuple[str, object]] = []
    app.desk.asked.connect(lambda name, what: asked.append((name, what)))
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(asked))
    settled(app.desk)
    assert asked[0][0] == "compose"
    assert "Héron" in str(asked[0][1])
    kept = on_disk(folder)
    assert (kept.default_brand, kept.default_provider, kept.first_run_done) == ("aubrelle", "playbook", True)
    assert engine(qtbot, app.desk, _brands) == ["Cycles Aubrelle"]


def test_return_alone_leads_to_the_end_and_belongs_to_the_fields_of_a_model(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    to_model(dialog, app.desk, settled)
    dialog.model.options["account"].radio.click()
    settled(app.desk)
    assert not dialog.next_button.isDefault()
    dialog.model.options["playbook"].radio.click()
    dialog.model.options["playbook"].radio.setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_disk(folder).first_run_done)
    settled(app.desk)
    assert on_disk(folder).default_brand == "aubrelle"


def test_return_presses_the_button_that_has_the_focus(
    dialog: FirstRun, app: Application, qtbot: QtBot, settled: Settled
) -> None:
    to_model(dialog, app.desk, settled)
    dialog.back_button.setFocus()
    qtbot.keyClick(dialog.back_button, Qt.Key.Key_Return)
    assert dialog.step == 1
    assert dialog.isVisible()


def test_arrows_choose_and_back_returns(dialog: FirstRun, qtbot: QtBot, app: Application, settled: Settled) -> None:
    to_brand(dialog)
    assert dialog.brand.choice == "demo"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert dialog.brand.choice == "new"
    dialog.back_button.setFocus()
    qtbot.keyClick(dialog.back_button, Qt.Key.Key_Space)
    assert dialog.step == 0


def test_the_language_changes_the_dialog_and_the_window(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    assert Translator("fr")("ui.first.language") in words(dialog)
    next(one for one in dialog.language.language.findChildren(QPushButton) if one.text() == "English").click()
    assert Translator("en")("ui.first.language") in words(dialog)
    qtbot.waitUntil(lambda: on_disk(folder).language == "en" and app.desk.t.language == "en")
    settled(app.desk)
    assert dialog.windowTitle() == "Welcome to Réplique"
    assert "Compose" in {one.strip() for one in words(app.window)}
    to_model(dialog, app.desk, settled)
    assert Translator("en")("ui.models.search") in {
        one.text() for one in dialog.model.options["server"].findChildren(QPushButton)
    }


def test_a_language_that_cannot_be_saved_says_so(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    engine(qtbot, app.desk, _settings)
    (folder / "settings.json").unlink()
    (folder / "settings.json").mkdir()
    next(one for one in dialog.language.language.findChildren(QPushButton) if one.text() == "English").click()
    settled(app.desk)
    assert "cannot be saved" in dialog.language.outcome.text()


async def _settings(copilot: Copilot) -> Settings:
    return copilot.settings


def test_a_brand_of_ones_own_wants_a_name_and_gives_way_to_another_choice(
    dialog: FirstRun, app: Application, qtbot: QtBot, settled: Settled
) -> None:
    to_brand(dialog)
    dialog.brand.options["new"].radio.setChecked(True)
    dialog.advance()
    settled(app.desk)
    assert dialog.step == 1
    assert "Donnez un nom" in dialog.brand.outcome.text()
    dialog.brand.name.setText("Maison Ondée")
    dialog.advance()
    settled(app.desk)
    assert dialog.step == 2
    assert engine(qtbot, app.desk, _brands) == ["Maison Ondée"]
    assert not dialog.model.example.isVisible()
    dialog.go(1)
    dialog.brand.options["demo"].radio.setChecked(True)
    dialog.advance()
    settled(app.desk)
    assert engine(qtbot, app.desk, _brands) == ["Cycles Aubrelle"]


def test_the_same_choice_twice_makes_one_brand(
    dialog: FirstRun, app: Application, qtbot: QtBot, settled: Settled
) -> None:
    to_brand(dialog)
    dialog.brand.options["new"].radio.setChecked(True)
    dialog.brand.name.setText("Maison Ondée")
    dialog.advance()
    settled(app.desk)
    dialog.go(1)
    dialog.advance()
    settled(app.desk)
    assert dialog.step == 2
    assert engine(qtbot, app.desk, _brands) == ["Maison Ondée"]


def _toml(folder: Path) -> tuple[Path, str]:
    file = folder / "marque.toml"
    file.write_text('id = "ondee"\nname = "Maison Ondée"\nsector = 3\n', encoding="utf-8")
    return file, "ligne 3"


def _binary(folder: Path) -> tuple[Path, str]:
    file = folder / "photo.toml"
    file.write_bytes(b"\xff\xfe\x00\x01" * 50)
    return file, "photo.toml ne peut pas être lu"


def _folder(folder: Path) -> tuple[Path, str]:
    return folder, "ne peut pas être lu"


def _large(folder: Path) -> tuple[Path, str]:
    file = folder / "gros.toml"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    return file, "trop gros"


@pytest.mark.parametrize("make", [_toml, _binary, _folder, _large])
def test_a_file_that_is_no_brand_is_explained_in_place(
    dialog: FirstRun,
    app: Application,
    qtbot: QtBot,
    settled: Settled,
    tmp_path: Path,
    make: Callable[[Path], tuple[Path, str]],
) -> None:
    to_brand(dialog)
    dialog.brand.options["file"].radio.setChecked(True)
    path, sentence = make(tmp_path)
    dialog.brand.open_path(str(path))
    dialog.advance()
    settled(app.desk)
    assert dialog.step == 1
    assert sentence in dialog.brand.outcome.text()
    assert engine(qtbot, app.desk, _brands) == []


def test_a_brand_file_is_imported(
    dialog: FirstRun, app: Application, qtbot: QtBot, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "à nous.toml"
    file.write_text('﻿id = "ondee"\nname = "Maison Ondée"\n', encoding="utf-8")
    to_brand(dialog)
    dialog.brand.options["file"].radio.setChecked(True)
    dialog.brand.open_path(str(file))
    dialog.advance()
    settled(app.desk)
    assert dialog.step == 2
    assert engine(qtbot, app.desk, _brands) == ["Maison Ondée"]


def test_an_account_is_tried_before_it_is_kept(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_model(dialog, app.desk, settled)
    dialog.model.options["account"].radio.setChecked(True)
    form = dialog.model.form
    assert form is not None
    with model_server(error(401, "no", "invalid_api_key"), Reply()) as server:
        for name, value in {"preset": "other", "base_url": server.url, "model": "petit", "api_key": KEY}.items():
            form.form.set_value(name, value)
        form.test()
        settled(app.desk)
        assert "refuse la clé" in form.form.error_of("api_key")
        dialog.advance()
        assert "n’est pas gardé" in dialog.model.outcome.text()
        assert not on_disk(folder).first_run_done
        form.form.set_value("api_key", KEY + "4")
        form.test()
        settled(app.desk)
    assert on_disk(folder).providers == ()
    # This machine may have a keyring or none: the key stays in memory either way.
    form.keep(for_this_run=True)
    settled(app.desk)
    kept = on_disk(folder)
    assert kept.default_provider == "petit"
    assert KEY not in (folder / "settings.json").read_text()
    dialog.advance()
    qtbot.waitUntil(lambda: on_disk(folder).first_run_done)


def test_a_server_is_looked_for_only_when_asked(
    dialog: FirstRun, app: Application, folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    with model_server(Reply(body='{"object":"list","data":[{"id":"qwen3:8b"}]}'), Reply()) as server:
        to_model(dialog, app.desk, settled)
        dialog.model.found.places = (Place("LM Studio", server.port, "lmstudio"),)
        dialog.model.options["server"].radio.setChecked(True)
        settled(app.desk)
        assert server.connections == 0
        dialog.model.found.search()
        settled(app.desk)
        (use,) = [one for one in dialog.model.found.findChildren(QPushButton) if one.text() == "Choisir"]
        use.click()
        settled(app.desk)
        assert dialog.model.form is not None
        assert "qwen3:8b" in dialog.model.form.outcome.text()
        dialog.model.form.keep()
        settled(app.desk)
    assert on_disk(folder).default_provider == "qwen3-8b"
    assert dialog.model.is_settled


def test_a_file_that_is_no_model_is_said_next_to_it(
    dialog: FirstRun, app: Application, qtbot: QtBot, settled: Settled, tmp_path: Path
) -> None:
    to_model(dialog, app.desk, settled)
    dialog.model.options["file"].radio.setChecked(True)
    form = dialog.model.form
    assert form is not None
    file = tmp_path / "notes.gguf"
    file.write_text("ceci n’est pas un modèle")
    form.form.set_value("path", str(file))
    form.test()
    settled(app.desk)
    assert "GGUF" in form.form.error_of("path")
    assert not form.keep_button.isEnabled()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [100, 150])
def test_nothing_is_cut(
    dialog: FirstRun, app: Application, settled: Settled, language: str, size: int, folder: Path, qtbot: QtBot
) -> None:
    app.theme.apply(Choice("light", size))
    if language != "fr":
        next(one for one in dialog.language.language.findChildren(QPushButton) if one.text() == "English").click()
        qtbot.waitUntil(lambda: app.desk.t.language == language)
        settled(app.desk)
    made = FirstRun(app.desk, app.window)
    made.open()
    qtbot.waitExposed(made)
    settled(app.desk)
    assert cut(made) == []
    to_model(made, app.desk, settled)
    assert cut(made) == []
    for name in ("account", "server", "file"):
        made.model.options[name].radio.setChecked(True)
        settled(app.desk)
        assert cut(made) == [], name
    made.reject()
    settled(app.desk)
