"""The settings on a real profile: what is set is on disk at once, models are tried before they are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from copilot.app import Copilot, open_copilot
from copilot.i18n import LANGUAGES, _catalogue
from copilot.paths import assets_dir
from copilot.secrets import Secrets, environment_name
from copilot.services.discovery import Place
from copilot.settings import ProviderSettings, Settings, load
from copilot.settings import save as write_settings
from tests.keyring_double import Keyring
from tests.servers.fake_openai import FakeOpenAI, Reply, error
from tests.ui.conftest import FRENCH
from tests.ui.settings_world import cut, model_server, words
from ui.actions import Actions
from ui.application import Application
from ui.desk import Changes, Desk, Message
from ui.main_window import MainWindow
from ui.runner import Runner
from ui.screens._settings.about import AboutSection
from ui.screens._settings.audit import Audit
from ui.screens._settings.backups import Backups
from ui.screens._settings.general import LANGUAGE_NAMES, General
from ui.screens._settings.models import Models
from ui.screens._settings.privacy import Privacy
from ui.screens._settings.screen import SECTIONS, SettingsScreen
from ui.screens._settings.source_form import SourceForm
from ui.screens._settings.storage import StorageSection
from ui.theme import Choice, Theme

NAMES = [one[0] for one in SECTIONS]
KEY = "sk-very-secret-1a2b3c"
LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[Desk], None]


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def desk(profile_folder: Path, theme: Theme, qtbot: QtBot, keyring: Keyring) -> Iterator[Desk]:
    """A desk on a machine with ``keyring``."""
    held: list[Copilot] = []
    write_settings(FRENCH, profile_folder / "settings.json")

    def copilot() -> Copilot:
        if not held:
            held.append(open_copilot(profile_folder, secrets=Secrets(lambda: keyring)))
        return held[0]

    async def last() -> None:
        if held:
            await held[0].aclose()

    runner = Runner()
    made = Desk(copilot, runner, theme, Actions(), FRENCH)
    yield made
    assert runner.close(last)


@pytest.fixture
def told(desk: Desk) -> list[Message]:
    """What the message bar was asked to say."""
    heard: list[Message] = []
    desk.told.connect(heard.append)
    return heard


@pytest.fixture
def screen(window: MainWindow, desk: Desk, settled: Settled) -> SettingsScreen:
    window.go("settings")
    settled(desk)
    return cast(SettingsScreen, window.screen_of("settings"))


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with model_server() as fake:
        yield fake


def on_disk(folder: Path) -> Settings:
    return load(folder / "settings.json")


def engine(qtbot: QtBot, desk: Desk, make: Callable[[Copilot], Any]) -> Any:
    got: list[Any] = []
    desk.run(make, got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def import_threads(qtbot: QtBot, desk: Desk) -> int:
    files = sorted((assets_dir() / "demo" / "threads").iterdir())

    async def work(copilot: Copilot) -> int:
        for file in files:
            await copilot.conversations.import_thread(file.read_bytes(), file.name)
        return len(await copilot.conversations.list())

    return int(engine(qtbot, desk, work))


def press(qtbot: QtBot, made: Any) -> None:
    assert made.isVisible()
    assert made.isEnabled()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)


def models(screen: SettingsScreen, desk: Desk, settled: Settled) -> Models:
    screen.go("models")
    settled(desk)
    return cast(Models, screen.section("models"))


def fill(form: SourceForm, server: FakeOpenAI, key: str = KEY, model: str = "petit") -> None:
    for name, value in {"base_url": server.url, "model": model, "api_key": key}.items():
        form.form.set_value(name, value)


def new_form(qtbot: QtBot, screen: SettingsScreen, desk: Desk, settled: Settled) -> SourceForm:
    section = models(screen, desk, settled)
    press(qtbot, section.add_button)
    assert section.form is not None
    return section.form


# The screen.


@pytest.mark.parametrize(("language", "size"), [("fr", 100), ("en", 100), ("fr", 200)])
def test_no_label_is_cut_in_any_section(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot, language: str, size: int
) -> None:
    desk.theme.apply(Choice("light", size))
    import_threads(qtbot, desk)
    desk.settings = Settings(language=language, author="Lina", first_run_done=True)
    window.use_language()
    window.go("settings")
    screen = cast(SettingsScreen, window.screen_of("settings"))
    for name in NAMES:
        screen.go(name)
        settled(desk)
        # Pages that just filled are laid out in the next turns of the loop.
        qtbot.waitUntil(lambda: cut(screen) == [])
        area = screen.pages.currentWidget()
        assert isinstance(area, QScrollArea)
        assert area.widget().width() <= area.viewport().width(), name


def test_sections_by_keyboard(screen: SettingsScreen, qtbot: QtBot, desk: Desk, settled: Settled) -> None:
    screen.list.setFocus()
    seen = [screen.section_name]
    for _ in NAMES[1:]:
        qtbot.keyClick(screen.list, Qt.Key.Key_Down)
        settled(desk)
        seen.append(screen.section_name)
        assert screen.section(seen[-1]).isVisible()
    assert seen == NAMES


def test_the_section_comes_back(window: MainWindow, screen: SettingsScreen) -> None:
    screen.go("audit")
    assert screen.state() == {"section": "audit"}
    window.use_language()
    assert cast(SettingsScreen, window.screen_of("settings")).section_name == "audit"


def test_every_control_has_a_name(screen: SettingsScreen, desk: Desk, settled: Settled) -> None:
    for name in NAMES:
        screen.go(name)
        settled(desk)
        for one in screen.section(name).findChildren(QPushButton):
            assert one.accessibleName() or not one.isVisible(), (name, one.text())


# General.


def test_theme_and_size_are_on_disk_at_once_and_undone(
    screen: SettingsScreen, profile_folder: Path, qtbot: QtBot, desk: Desk, told: list[Message], settled: Settled
) -> None:
    general = cast(General, screen.section("general"))
    general.theme._buttons["dark"].click()
    qtbot.waitUntil(lambda: on_disk(profile_folder).theme == "dark")
    qtbot.waitUntil(lambda: bool(told))
    general.text_size.setCurrentIndex(3)
    general.text_size.activated.emit(3)
    qtbot.waitUntil(lambda: on_disk(profile_folder).text_size == 150)
    assert desk.settings.theme == "dark"
    undo = told[0].act
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: on_disk(profile_folder).theme == "auto")
    settled(desk)
    assert general.theme.current == "auto"
    assert on_disk(profile_folder).text_size == 150


def test_name_brand_and_four_eyes(
    screen: SettingsScreen, profile_folder: Path, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    general = cast(General, screen.section("general"))
    general.author.setFocus()
    general.author.selectAll()
    qtbot.keyClicks(general.author, "Zoe Angel")
    qtbot.keyClick(general.author, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_disk(profile_folder).author == "Zoe Angel")
    press(qtbot, general.four_eyes)
    qtbot.waitUntil(lambda: on_disk(profile_folder).four_eyes)
    assert general.brand.itemText(1) == "Cycles Aubrelle"
    general.brand.setCurrentIndex(1)
    general.brand.activated.emit(1)
    qtbot.waitUntil(lambda: on_disk(profile_folder).default_brand == "aubrelle")
    settled(desk)
    assert desk.person == "Zoe Angel"


def test_a_name_with_hidden_characters_is_refused_in_place(
    screen: SettingsScreen, profile_folder: Path, qtbot: QtBot
) -> None:
    general = cast(General, screen.section("general"))
    general.author.setText("Li\x07na")
    general.author.editingFinished.emit()
    assert "invisibles" in general.author_row.note.text()
    assert on_disk(profile_folder).author == "Lina"


def test_a_profile_that_cannot_be_written_says_so_and_keeps_what_held(
    screen: SettingsScreen, profile_folder: Path, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    engine(qtbot, desk, _settings)
    (profile_folder / "settings.json").unlink()
    (profile_folder / "settings.json").mkdir()
    general = cast(General, screen.section("general"))
    general.theme._buttons["dark"].click()
    settled(desk)
    assert "intacts" in general.theme_row.note.text()
    assert general.theme.current == "auto"
    assert desk.settings.theme == "auto"


async def _settings(copilot: Copilot) -> Settings:
    return copilot.settings


def test_a_broken_settings_file_is_put_aside_only_when_asked(
    window: MainWindow, desk: Desk, profile_folder: Path, qtbot: QtBot, settled: Settled
) -> None:
    file = profile_folder / "settings.json"
    half = file.read_text()[:40]
    file.write_text(half)
    window.go("settings")
    settled(desk)
    screen = cast(SettingsScreen, window.screen_of("settings"))
    assert "illisibles" in screen.broken_text.text()
    assert file.read_text() == half
    press(qtbot, screen.repair_button)
    settled(desk)
    assert not screen.repair_button.isVisible()
    assert [one.read_text() for one in profile_folder.glob("settings.broken-*.json")] == [half]


@pytest.fixture
def _not_the_first_start(profile_folder: Path) -> None:
    """The first start is over: nothing stands before the window."""
    write_settings(FRENCH, profile_folder / "settings.json")


@pytest.mark.usefixtures("_not_the_first_start")
def test_language_changes_every_word_and_loses_nothing(
    application: Application, qtbot: QtBot, settled: Settled, profile_folder: Path
) -> None:
    application.show()
    window, desk = application.window, application.desk
    qtbot.waitUntil(lambda: bool(window.screen_name))
    window.go("settings", "general")
    settled(desk)
    screen = cast(SettingsScreen, window.screen_of("settings"))
    before = desk.t.language
    other = next(one for one in LANGUAGES if one != before)
    general = cast(General, screen.section("general"))
    general.author.setFocus()
    general.author.selectAll()
    qtbot.keyClicks(general.author, "Nom a moitie ta")
    general.language._buttons[other].click()
    qtbot.waitUntil(lambda: desk.t.language == other and window.screen_of("settings").isVisible())
    settled(desk)
    qtbot.waitUntil(lambda: on_disk(profile_folder).author == "Nom a moitie ta")
    shown = words(window) - set(LANGUAGE_NAMES.values())
    others = {forms[0] for forms in _catalogue(other).values()}
    left = [
        key
        for key, forms in _catalogue(before).items()
        if key.startswith("ui.") and forms[0] in shown and forms[0] not in others
    ]
    assert left == []
    assert cast(SettingsScreen, window.screen_of("settings")).section_name == "general"
    assert on_disk(profile_folder).language == other


# Models.


def test_a_key_is_tried_before_it_is_kept(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, server: FakeOpenAI, keyring: Keyring,
    profile_folder: Path,
) -> None:  # fmt: skip
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    assert not form.keep_button.isEnabled()
    press(qtbot, form.test_button)
    settled(desk)
    assert "petit" in form.outcome.text()
    assert server.last.headers["authorization"] == f"Bearer {KEY}"
    assert on_disk(profile_folder).providers == ()
    assert keyring.held == {}
    press(qtbot, form.keep_button)
    settled(desk)
    (kept,) = on_disk(profile_folder).providers
    assert (kept.id, kept.values["model"], kept.values["base_url"]) == ("petit", "petit", server.url)
    assert list(keyring.held.values()) == [KEY]
    assert KEY not in (profile_folder / "settings.json").read_text()
    line = models(screen, desk, settled).lines["petit"]
    assert "trousseau" in line.key_place.text()
    assert KEY not in "".join(words(screen))


def test_a_wrong_key_is_said_next_to_it_and_nothing_is_kept(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, keyring: Keyring, profile_folder: Path
) -> None:
    with model_server(error(401, "no such key", "invalid_api_key")) as server:
        form = new_form(qtbot, screen, desk, settled)
        fill(form, server)
        press(qtbot, form.test_button)
        settled(desk)
    assert "refuse la clé" in form.form.error_of("api_key")
    assert not form.keep_button.isEnabled()
    assert not form.anyway_button.isVisible()
    assert form.form.secret() == KEY
    assert on_disk(profile_folder).providers == ()
    assert keyring.held == {}


def test_return_in_a_field_tries_and_a_refusal_goes_with_what_it_was_about(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot, settled: Settled, server: FakeOpenAI
) -> None:
    server.replies = [error(401, "Incorrect API key", "invalid_api_key"), Reply()]
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    key = form.form.control("api_key")
    key.setFocus()
    qtbot.keyClick(key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.form.error_of("api_key")))
    model = form.form.control("model")
    model.setFocus()
    qtbot.keyClicks(model, "2")
    assert form.form.error_of("api_key") == ""
    qtbot.keyClick(model, Qt.Key.Key_Return)
    qtbot.waitUntil(form.keep_button.isEnabled)
    settled(desk)


def test_another_value_must_be_tried_again(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, server: FakeOpenAI
) -> None:
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    press(qtbot, form.test_button)
    settled(desk)
    assert form.keep_button.isEnabled()
    form.form.set_value("model", "grand")
    assert not form.keep_button.isEnabled()
    assert form.outcome.text() == ""


def test_a_server_that_is_down_may_be_kept_by_choice(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, profile_folder: Path, unused_tcp_port: int
) -> None:
    form = new_form(qtbot, screen, desk, settled)
    form.form.set_value("base_url", f"http://127.0.0.1:{unused_tcp_port}/v1")
    form.form.set_value("model", "petit")
    press(qtbot, form.test_button)
    settled(desk)
    assert "Personne ne répond" in form.form.error_of("base_url")
    assert not form.keep_button.isEnabled()
    press(qtbot, form.anyway_button)
    settled(desk)
    assert [one.id for one in on_disk(profile_folder).providers] == ["petit"]


def test_a_silent_server_can_be_given_up(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, profile_folder: Path
) -> None:
    with model_server(Reply(pieces=(), hang=True)) as server:
        form = new_form(qtbot, screen, desk, settled)
        fill(form, server)
        press(qtbot, form.test_button)
        qtbot.waitUntil(lambda: bool(server.seen))
        press(qtbot, form.busy.stop_button)
        settled(desk)
    assert "arrêté" in form.outcome.text()
    assert form.test_button.isEnabled()
    assert on_disk(profile_folder).providers == ()


def test_a_keyring_that_refuses_names_the_variable_and_loses_nothing(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, server: FakeOpenAI, keyring: Keyring,
    profile_folder: Path,
) -> None:  # fmt: skip
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    press(qtbot, form.test_button)
    settled(desk)
    keyring.locked = True
    press(qtbot, form.keep_button)
    settled(desk)
    assert environment_name("provider:petit") in form.outcome.text()
    assert on_disk(profile_folder).providers == ()
    assert form.form.secret() == KEY
    press(qtbot, form.this_run_button)
    settled(desk)
    assert [one.id for one in on_disk(profile_folder).providers] == ["petit"]
    assert KEY not in (profile_folder / "settings.json").read_text()


def test_what_is_missing_is_said_next_to_the_field(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    form = new_form(qtbot, screen, desk, settled)
    form.form.set_value("silence", "jamais")
    press(qtbot, form.test_button)
    assert form.form.error_of("model") == "À remplir."
    assert "3\u202f600" in form.form.error_of("silence")
    assert form.form.control("model").hasFocus()


def test_removing_can_be_undone_with_its_key(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, server: FakeOpenAI, keyring: Keyring,
    profile_folder: Path, told: list[Message],
) -> None:  # fmt: skip
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    form.default_box.setChecked(True)
    press(qtbot, form.test_button)
    settled(desk)
    press(qtbot, form.keep_button)
    settled(desk)
    before = on_disk(profile_folder)
    assert before.default_provider == "petit"
    section = models(screen, desk, settled)
    press(qtbot, section.lines["petit"].remove_button)
    settled(desk)
    assert on_disk(profile_folder).providers == ()
    assert on_disk(profile_folder).default_provider == "playbook"
    assert keyring.held == {}
    undo = told[-1].act
    assert undo is not None
    undo()
    settled(desk)
    assert on_disk(profile_folder) == before
    assert list(keyring.held.values()) == [KEY]


def test_changing_keeps_the_key_unless_a_new_one_is_given(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, server: FakeOpenAI, keyring: Keyring,
    profile_folder: Path,
) -> None:  # fmt: skip
    form = new_form(qtbot, screen, desk, settled)
    fill(form, server)
    press(qtbot, form.test_button)
    settled(desk)
    press(qtbot, form.keep_button)
    settled(desk)
    section = models(screen, desk, settled)
    press(qtbot, section.lines["petit"].change_button)
    settled(desk)
    changed = section.form
    assert changed is not None
    assert changed.form.secret() == ""
    changed.form.set_value("model", "grand")
    press(qtbot, changed.test_button)
    settled(desk)
    assert server.last.headers["authorization"] == f"Bearer {KEY}"
    press(qtbot, changed.keep_button)
    settled(desk)
    (kept,) = on_disk(profile_folder).providers
    assert (kept.id, kept.values["model"]) == ("petit", "grand")
    assert list(keyring.held.values()) == [KEY]


def test_nothing_is_asked_of_this_computer_before_the_button(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    body = '{"object":"list","data":[{"id":"qwen3:8b","object":"model"}]}'
    with model_server(Reply(body=body)) as server:
        section = models(screen, desk, settled)
        section.found.places = (Place("LM Studio", server.port, "lmstudio"),)
        assert server.connections == 0
        press(qtbot, section.found.search_button)
        settled(desk)
        assert server.connections > 0
        (use,) = [one for one in section.found.findChildren(QPushButton) if one.text() == "Choisir"]
        press(qtbot, use)
    assert section.form is not None
    assert section.form.form.values()["model"] == "qwen3:8b"
    assert section.form.form.values()["base_url"] == f"http://127.0.0.1:{server.port}/v1"


def test_absurd_names_of_models_are_shown_and_break_nothing(
    window: MainWindow, desk: Desk, settled: Settled, profile_folder: Path
) -> None:
    absurd = "m\x00\u202e" + "é" * 50_000 + "\ud800"
    provider = ProviderSettings(
        "x", "openai_compatible", {"preset": "other", "base_url": "http://a.fr/v1", "model": absurd}
    )
    write_settings(Settings(language="fr", providers=(provider,)), profile_folder / "settings.json")
    window.go("settings", "models")
    settled(desk)
    window.go("settings", "privacy")
    settled(desk)
    screen = cast(SettingsScreen, window.screen_of("settings"))
    line = cast(Models, screen.section("models")).lines["x"]
    line.change_button.click()
    settled(desk)
    assert len(max(words(screen), key=len)) < 2_000


# Privacy.


def test_privacy_says_what_leaves_for_each_source(
    window: MainWindow, desk: Desk, settled: Settled, profile_folder: Path
) -> None:
    far = ProviderSettings("mistral", "openai_compatible", {"preset": "mistral", "model": "mistral-small"})
    near = ProviderSettings("ollama", "openai_compatible", {"preset": "ollama", "model": "qwen3"})
    write_settings(Settings(language="fr", providers=(far, near)), profile_folder / "settings.json")
    window.go("settings", "privacy")
    settled(desk)
    shown = words(window.screen_of("settings"))
    assert any("part vers Mistral" in one and "pseudonymes" in one for one in shown)
    assert any("tourne sur cet ordinateur" in one for one in shown)
    assert "Des textes partent" in shown


def test_old_conversations_are_forgotten_after_a_clear_yes(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    count = import_threads(qtbot, desk)
    screen.go("privacy")
    settled(desk)
    privacy = cast(Privacy, screen.section("privacy"))
    assert not privacy.forget_button.isEnabled()
    privacy.days.setText("0")
    assert str(count) in privacy.forget_button.text()
    press(qtbot, privacy.forget_button)
    assert privacy.ask.no.hasFocus()
    press(qtbot, privacy.ask.no)
    settled(desk)
    assert len(engine(qtbot, desk, lambda copilot: copilot.conversations.list())) == count
    press(qtbot, privacy.forget_button)
    press(qtbot, privacy.ask.yes)
    settled(desk)
    assert engine(qtbot, desk, lambda copilot: copilot.conversations.list()) == ()
    assert str(count) in privacy.outcome.text()
    assert not privacy.forget_one_button.isEnabled()


def test_one_conversation_is_forgotten(screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot) -> None:
    count = import_threads(qtbot, desk)
    screen.go("privacy")
    settled(desk)
    privacy = cast(Privacy, screen.section("privacy"))
    chosen = privacy.thread_box.currentData()
    press(qtbot, privacy.forget_one_button)
    press(qtbot, privacy.ask.yes)
    settled(desk)
    left = [thread.id for thread, _count in engine(qtbot, desk, lambda copilot: copilot.conversations.list())]
    assert chosen not in left
    assert len(left) == count - 1


# Backups, storage, journal, about.


async def _brands(copilot: Copilot) -> list[str]:
    return [one.name for one in await copilot.brands.list()]


def test_a_backup_is_made_put_back_and_undone(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, tmp_path: Path, told: list[Message]
) -> None:
    screen.go("backups")
    settled(desk)
    backups = cast(Backups, screen.section("backups"))
    file = tmp_path / "ma sauvegarde.db"
    backups.save_to(str(file))
    settled(desk)
    assert "ma sauvegarde.db" in backups.make_outcome.text()
    engine(qtbot, desk, lambda copilot: copilot.brands.create("Après", by="Lina"))
    backups.open_path(str(file))
    assert "remplacer tout" in backups.ask.text.text()
    changes: list[Changes] = []
    desk.changed.connect(changes.append)
    press(qtbot, backups.ask.yes)
    settled(desk)
    assert engine(qtbot, desk, _brands) == ["Cycles Aubrelle"]
    assert changes[-1].all_items
    assert changes[-1].brands
    assert backups.list.count() == 1
    undo = told[-1].act
    assert undo is not None
    undo()
    settled(desk)
    assert sorted(engine(qtbot, desk, _brands)) == ["Après", "Cycles Aubrelle"]


def test_what_is_no_backup_changes_nothing(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.go("backups")
    settled(desk)
    backups = cast(Backups, screen.section("backups"))
    file = tmp_path / "photo.db"
    file.write_bytes(b"\x89PNG not a store")
    backups.open_path(str(file))
    press(qtbot, backups.ask.yes)
    settled(desk)
    assert "n’est pas une sauvegarde" in backups.outcome.text()
    assert engine(qtbot, desk, _brands) == ["Cycles Aubrelle"]


def test_a_backup_where_nobody_can_write_says_so(
    screen: SettingsScreen, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    screen.go("backups")
    settled(desk)
    backups = cast(Backups, screen.section("backups"))
    backups.save_to(str(tmp_path / "absent" / "x.db"))
    settled(desk)
    assert "ne peut pas être écrit" in backups.make_outcome.text()
    assert backups.make_button.isEnabled()


def enlarged(folder: Path) -> None:
    """A store that takes its time: 60 MB, a third of it deleted."""
    with closing(sqlite3.connect(folder / "replique.db")) as db:
        rows = [(f"filler:{place}", "x" * 3_000) for place in range(20_000)]
        db.executemany("INSERT INTO working_copies (key, body, revision, saved_at) VALUES (?, ?, 0, '')", rows)
        db.execute("DELETE FROM working_copies WHERE rowid % 3 = 0 AND key LIKE 'filler:%'")
        db.commit()


@pytest.fixture
def large(screen: SettingsScreen, desk: Desk, settled: Settled, profile_folder: Path) -> SettingsScreen:
    """The settings over such a store."""
    settled(desk)
    enlarged(profile_folder)
    return screen


def test_a_stopped_backup_leaves_no_file_and_can_be_asked_again(
    large: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, tmp_path: Path
) -> None:
    large.go("backups")
    settled(desk)
    backups = cast(Backups, large.section("backups"))
    folder = tmp_path / "copies"
    folder.mkdir()
    backups.save_to(str(folder / "copie.db"))
    press(qtbot, backups.make_busy.stop_button)
    settled(desk)
    assert backups.make_outcome.text() == desk.t("ui.backups.make_stopped")
    assert list(folder.iterdir()) == []
    assert not backups.make_busy.isVisible()
    backups.save_to(str(folder / "copie.db"))
    told: list[tuple[int, int]] = []
    backups._job.progressed.connect(lambda done, total: told.append((done, total)))
    settled(desk)
    assert [one.name for one in folder.iterdir()] == ["copie.db"]
    assert "copie.db" in backups.make_outcome.text()
    assert len(told) > 1
    assert told[-1][0] == told[-1][1]


def test_a_stopped_restore_changes_nothing(
    large: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, tmp_path: Path, profile_folder: Path
) -> None:
    large.go("backups")
    settled(desk)
    backups = cast(Backups, large.section("backups"))
    backups.save_to(str(tmp_path / "copie.db"))
    settled(desk)
    engine(qtbot, desk, lambda copilot: copilot.brands.create("Après", by="Lina"))
    backups.put_back(tmp_path / "copie.db")
    press(qtbot, backups.restore_busy.stop_button)
    settled(desk)
    assert backups.outcome.text() == desk.t("ui.backups.restore_stopped")
    assert sorted(engine(qtbot, desk, _brands)) == ["Après", "Cycles Aubrelle"]
    assert list(profile_folder.glob(".restore-*")) == list(profile_folder.glob("backups/replaced-*")) == []
    assert backups.restore_button.isEnabled() is bool(backups.list.count())


def test_a_stopped_compaction_and_a_stopped_check_say_so(
    large: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, profile_folder: Path
) -> None:
    large.go("storage")
    settled(desk)
    storage = cast(StorageSection, large.section("storage"))
    before = (profile_folder / "replique.db").stat().st_size
    press(qtbot, storage.compact_button)
    press(qtbot, storage.busy.stop_button)
    settled(desk)
    assert storage.outcome.text() == desk.t("ui.storage.compact_stopped")
    assert (profile_folder / "replique.db").stat().st_size >= before
    press(qtbot, storage.compact_button)
    settled(desk)
    assert (profile_folder / "replique.db").stat().st_size < before
    large.go("about")
    settled(desk)
    about = cast(AboutSection, large.section("about"))
    press(qtbot, about.check_button)
    press(qtbot, about.busy.stop_button)
    settled(desk)
    assert about.outcome.text() == desk.t("ui.about.check_stopped")
    press(qtbot, about.check_button)
    settled(desk)
    assert about.outcome.property("tone") == "ok"


def test_storage_counts_and_compacts(screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot) -> None:
    count = import_threads(qtbot, desk)
    screen.go("storage")
    settled(desk)
    storage = cast(StorageSection, screen.section("storage"))
    assert storage.values["threads"].text() == str(count)
    assert storage.values["brands"].text() == "1"
    press(qtbot, storage.folder.copy_button)
    assert QApplication.clipboard().text() == storage.folder.path
    press(qtbot, storage.compact_button)
    settled(desk)
    assert "compactée" in storage.outcome.text()


def test_the_journal_is_verified_in_words(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot, profile_folder: Path
) -> None:
    screen.go("audit")
    audit = cast(Audit, screen.section("audit"))
    press(qtbot, audit.verify_button)
    settled(desk)
    assert audit.outcome.text().startswith("Intact")
    with closing(sqlite3.connect(profile_folder / "replique.db")) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE audit SET by = 'Mallory'")
        db.commit()
    press(qtbot, audit.verify_button)
    settled(desk)
    assert "modifiée après coup" in audit.outcome.text()


def test_about_lists_what_is_shipped_with_its_licence(
    screen: SettingsScreen, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    screen.go("about")
    settled(desk)
    about = cast(AboutSection, screen.section("about"))
    assert "Qt 6" in about.versions.text()
    about.filter.setText("inter")
    shown = [about.list.item(line) for line in range(about.list.count()) if not about.list.item(line).isHidden()]
    assert shown
    assert len(shown) < about.list.count()
    about.list.setCurrentItem(next(one for one in shown if one.text().startswith("Inter")))
    settled(desk)
    assert "SIL OPEN FONT LICENSE" in about.text.toPlainText().upper()
    press(qtbot, about.check_button)
    settled(desk)
    assert "Tout va bien" in about.outcome.text()
