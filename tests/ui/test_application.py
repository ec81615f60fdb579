"""The application around the window: one a profile, brought back as it was, closed in time, calm when things break."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from copilot import settings as settings_file
from copilot.app import open_copilot
from copilot.errors import OutsideError, UserError
from copilot.paths import profile_at
from copilot.settings import Settings
from ui import system
from ui.application import Application, _listen, profile_lock
from ui.desk import Changes
from ui.dialogs.first_run import FirstRun
from ui.dialogs.report import Report
from ui.dialogs.trouble import Refusal, StoreTrouble

ROOT = Path(__file__).resolve().parents[2]
READY = Settings(language="fr", author="Lina", first_run_done=True)

Open = Callable[..., Application]


def keep_settings(folder: Path, kept: Settings = READY) -> None:
    settings_file.save(kept, profile_at(folder).settings)


@pytest.fixture
def open_one(qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """Opens a whole application on a folder and waits until its first screen is there; all are closed at the end."""
    opened: list[Application] = []

    def start(folder: Path, *, wait: bool = True) -> Application:
        profile = profile_at(folder)
        profile.ensure()
        made = Application(qapp, profile)
        opened.append(made)
        made.show()
        qtbot.waitUntil(lambda: bool(made.window.screen_name) and (made.runner.is_idle or not wait))
        return made

    yield start
    for one in opened:
        end(one)


def end(application: Application) -> bool:
    """Close it as the loop's end does."""
    if not shiboken6.isValid(application.window):
        return True
    application.window.close()
    ended = application.close()
    shiboken6.delete(application.window)
    return ended


def said(application: Application) -> str:
    """What the message bar says."""
    bars = (application.window._news, application.window._bar)
    return next((one.text.text() for one in bars if one.isVisible()), "")


# Coming back.


def test_size_screen_and_selection_come_back(open_one: Open, profile_folder: Path) -> None:
    keep_settings(profile_folder)
    first = open_one(profile_folder)
    # No wider than the least: a window is never larger than its screen, and this one is narrow.
    first.window.resize(960, 707)
    first.window.go("prompts")
    QTest.qWait(0)
    first.window.screen_of("prompts").show_what("reply/fr/standard")
    assert end(first)
    second = open_one(profile_folder)
    assert second.window.screen_name == "prompts"
    assert (second.window.width(), second.window.height()) == (960, 707)
    assert second.window.screen_of("prompts").state()["prompt"] == "reply/fr/standard"


@pytest.mark.parametrize("broken", ["{", "[1]", '{"compose": 3}', "\udcff"])
def test_a_broken_memory_of_the_window_costs_nothing_but_itself(
    open_one: Open, profile_folder: Path, broken: str
) -> None:
    keep_settings(profile_folder)
    (profile_folder / "window.ini").write_text(
        f"[window]\ngeometry=@ByteArray(x)\nscreen=nowhere\nstates={json.dumps(broken)}\n", encoding="utf-8"
    )
    assert open_one(profile_folder).window.screen_name == "compose"


def test_the_language_changes_without_a_restart_and_keeps_what_is_typed(
    open_one: Open, profile_folder: Path, qtbot: QtBot
) -> None:
    keep_settings(profile_folder)
    application = open_one(profile_folder)
    compose: Any = application.window.screen_of("compose")
    QTest.keyClicks(compose.brief.editor, "Portes ouvertes samedi")
    assert compose.title.text() == "Rédiger"

    async def speak(copilot: Any) -> Settings:
        from dataclasses import replace

        copilot.save_settings(replace(copilot.settings, language="en"))
        return copilot.settings  # type: ignore[no-any-return]  # the settings just kept

    def kept(settings: Settings) -> None:
        application.desk.settings = settings
        application.desk.announce(Changes(settings=True))

    application.desk.run(speak, kept)
    qtbot.waitUntil(lambda: application.window.screen_of("compose") is not compose)
    renewed: Any = application.window.screen_of("compose")
    qtbot.waitUntil(lambda: renewed.brief.text == "Portes ouvertes samedi")
    assert renewed.title.text() != "Rédiger"
    shown = [one.text() for one in application.window.findChildren(QLabel) if one.isVisible()]
    assert "Rédiger" not in shown


# Closing.


async def _stubborn() -> AsyncIterator[str]:
    """A stream that does not want to stop."""
    while True:
        yield "encore "
        try:
            await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            continue


@pytest.mark.parametrize("kind", ["asks", "blocks"])
def test_closes_whatever_runs_and_keeps_what_is_typed(
    open_one: Open, profile_folder: Path, qtbot: QtBot, kind: str
) -> None:
    keep_settings(profile_folder)
    application = open_one(profile_folder)
    compose: Any = application.window.screen_of("compose")
    got: list[str] = []
    application.desk.stream(lambda _copilot: _stubborn(), got.extend)
    qtbot.waitUntil(lambda: bool(got))
    closed, over = threading.Event(), threading.Event()
    if kind == "blocks":

        async def blocks(_copilot: Any) -> None:
            # The engine's thread is stuck: that is what is tried.
            closed.wait(60)
            over.set()

        application.desk.run(blocks)
    QTest.keyClicks(compose.brief.editor, "Samedi des dix heures")
    application.window.close()
    application.close()
    # Nobody waited for its end; `scripts/bench window` tells the seconds.
    assert not over.is_set()
    closed.set()
    copilot = open_copilot(profile_folder)
    kept = asyncio.run(copilot.working.get("compose:brief"))
    asyncio.run(copilot.aclose())
    assert kept
    assert kept.body["text"] == "Samedi des dix heures"


def started(folder: Path, *, display: str = "offscreen", **environment: str) -> subprocess.Popen[str]:
    """The window in a process of its own."""
    known = {**os.environ, "QT_QPA_PLATFORM": display, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "copilot", "--ui-lang", "fr", "--profile", str(folder)],
        env={name: value for name, value in known.items() if value},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_request_to_end_closes_cleanly(profile_folder: Path, qtbot: QtBot, number: signal.Signals) -> None:
    keep_settings(profile_folder)
    window = started(profile_folder)
    try:
        # It answers others once it is on screen: from then on it listens to signals as well.
        from ui.instance import raise_other

        qtbot.waitUntil(lambda: raise_other(profile_at(profile_folder)))
        window.send_signal(number)
        told = window.communicate(timeout=30)[1]
        # Offscreen there is nothing to raise a window above.
        assert (window.returncode, told.replace("This plugin does not support raise()\n", "")) == (0, "")
    finally:
        window.kill()
        window.wait()
    assert "compose" in (profile_folder / "window.ini").read_text(encoding="utf-8")


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_second_start_raises_the_first_and_ends(open_one: Open, profile_folder: Path, qtbot: QtBot) -> None:
    keep_settings(profile_folder)
    lock = profile_lock(profile_at(profile_folder))
    assert lock.tryLock(0)
    application = open_one(profile_folder)
    former = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        _listen(application)
        application.window.showMinimized()
        second = started(profile_folder)
        try:
            qtbot.waitUntil(lambda: second.poll() is not None)
        finally:
            second.kill()
            _out, told = second.communicate()
        assert (second.returncode, told) == (0, "")
        qtbot.waitUntil(lambda: not application.window.isMinimized())
    finally:
        signal.set_wakeup_fd(-1)
        for one, before in former.items():
            signal.signal(one, before)
        lock.unlock()


# Broken things.


def test_settings_cut_in_half_are_put_aside_and_it_says_so(open_one: Open, profile_folder: Path) -> None:
    keep_settings(profile_folder)
    whole = (profile_folder / "settings.json").read_text(encoding="utf-8")
    (profile_folder / "settings.json").write_text(whole[: len(whole) // 2], encoding="utf-8")
    application = open_one(profile_folder)
    assert application.desk.settings == Settings()
    aside = list(profile_folder.glob("settings.broken-*.json"))
    assert [one.read_text(encoding="utf-8") for one in aside] == [whole[: len(whole) // 2]]
    assert aside[0].name in said(application)
    # Whether the first run was done is not known any more: nobody is asked again.
    assert not application.window.findChildren(FirstRun)


def test_settings_of_a_newer_version_stay_and_it_says_so(open_one: Open, profile_folder: Path) -> None:
    newer = json.dumps({"form": 99})
    (profile_folder / "settings.json").write_text(newer, encoding="utf-8")
    application = open_one(profile_folder)
    assert (profile_folder / "settings.json").read_text(encoding="utf-8") == newer
    assert "plus récente" in said(application) or "newer" in said(application)
    assert not application.window.findChildren(FirstRun)


@pytest.mark.parametrize("name", ["Mes données", "Dossier d’été", "été 🌞 ", "a'b\"c %d {x}", "é\u0301 ﷽ עברית"])
def test_any_path_will_do(open_one: Open, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    keep_settings(folder)
    application = open_one(folder)
    assert said(application) == ""
    assert end(application)
    assert (folder / "window.ini").exists()
    assert (folder / "replique.db").exists()


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999_later'")
    db.close()


def _damaged(path: Path) -> None:
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    path.write_bytes(b"not a database at all" * 400)


def _sound(path: Path) -> bytes:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path.read_bytes()


@pytest.mark.parametrize(("spoil", "kind"), [(_newer, "store.newer"), (_damaged, "store.corrupt")])
def test_a_store_that_cannot_be_opened_is_said_once_with_the_ways_out(
    open_one: Open, profile_folder: Path, qtbot: QtBot, spoil: Callable[[Path], None], kind: str
) -> None:
    keep_settings(profile_folder)
    spoil(profile_folder / "replique.db")
    before = (profile_folder / "replique.db").read_bytes()
    application = open_one(profile_folder)
    qtbot.waitUntil(lambda: bool(application.window.findChildren(StoreTrouble)))
    [trouble] = application.window.findChildren(StoreTrouble)
    assert "{" not in trouble.text.text()
    assert trouble.text.text() == application.desk.t.error(
        UserError(kind, path=str(profile_folder / "replique.db"), revision="9999_later")
    )
    assert trouble.restore.isVisibleTo(trouble) == (kind == "store.corrupt")
    assert not application.window.findChildren(Report)
    assert (profile_folder / "replique.db").read_bytes() == before
    trouble.quit.click()
    assert not application.window.isVisible()


def test_a_backup_put_in_the_place_of_a_damaged_store_brings_the_work_back(
    open_one: Open, profile_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    keep_settings(profile_folder)
    backup = tmp_path / "sauvegarde.db"
    backup.write_bytes(_sound(profile_folder / "replique.db"))
    _damaged(profile_folder / "replique.db")
    application = open_one(profile_folder)
    qtbot.waitUntil(lambda: bool(application.window.findChildren(StoreTrouble)))
    [trouble] = application.window.findChildren(StoreTrouble)
    trouble.open_path(tmp_path / "replique.db")
    qtbot.waitUntil(trouble.again.isEnabled)
    assert trouble.isVisible()
    trouble.open_path(backup)
    qtbot.waitUntil(lambda: not application.window.findChildren(StoreTrouble))
    compose: Any = application.window.screen_of("compose")
    qtbot.waitUntil(lambda: compose.options.has_brands)
    assert len(list((profile_folder / "backups").glob("replaced-*"))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into a folder that is read-only")
def test_a_profile_that_is_read_only_is_said(open_one: Open, profile_folder: Path, qtbot: QtBot) -> None:
    keep_settings(profile_folder)
    for one in (*profile_folder.iterdir(), profile_folder):
        one.chmod(0o500 if one.is_dir() else 0o400)
    try:
        application = open_one(profile_folder)
        qtbot.waitUntil(lambda: bool(application.window.findChildren(StoreTrouble)))
    finally:
        for one in (profile_folder, *profile_folder.iterdir()):
            one.chmod(0o700 if one.is_dir() else 0o600)


def test_a_full_disk_is_said_and_the_window_stays(open_one: Open, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "plein"
    keep_settings(folder)
    # A store that can hold no more pages than it has: what a full disk does to SQLite.
    application = open_one(folder)
    compose: Any = application.window.screen_of("compose")

    async def fill(copilot: Any) -> None:
        with copilot.store().write() as work:
            held = work.working._connection
            held.exec_driver_sql("PRAGMA max_page_count = 1")

    application.desk.run(fill)
    qtbot.waitUntil(lambda: application.runner.is_idle)
    # More than the page there is; pasted but for the last letters, as each key lays the text out again.
    compose.brief.editor.insertPlainText("x" * 8990)
    QTest.keyClicks(compose.brief.editor, "x" * 10)
    qtbot.waitUntil(lambda: said(application) != "")
    assert "plein" in said(application)
    assert not application.window.findChildren(Report)
    assert compose.brief.text == "x" * 9000


@pytest.mark.parametrize("place", ["file", "below"])
def test_a_profile_that_cannot_be_a_folder_is_said_in_a_window_and_to_the_terminal(
    tmp_path: Path, qtbot: QtBot, theme: object, place: str
) -> None:
    taken = tmp_path / "pris"
    taken.write_text("un fichier")
    folder = taken if place == "file" else taken / "dessous"
    with pytest.raises(OutsideError, match="profile.unusable") as raised:
        profile_at(folder).ensure()
    from ui.desk import WindowTranslator

    refusal = Refusal(WindowTranslator("fr"), raised.value, None)
    refusal.open()
    assert str(folder) in refusal.text.text()
    with qtbot.waitSignal(refusal.finished):
        QTest.keyClick(refusal, Qt.Key.Key_Escape)
    assert taken.read_text() == "un fichier"


# No window at all.


def test_without_a_display_a_sentence_and_exit_code_three(profile_folder: Path) -> None:
    ended = started(profile_folder, display="", DISPLAY="", WAYLAND_DISPLAY="", LANG="fr_FR.UTF-8", REPLIQUE_LANG="fr")
    _out, told = ended.communicate(timeout=20)
    assert ended.returncode == 3
    assert "aucun écran" in told
    assert "Traceback" not in told
    assert told.count("\n") == 1


def test_a_display_that_nobody_serves_is_no_crash(profile_folder: Path) -> None:
    ended = started(profile_folder, display="xcb", DISPLAY=":4242", WAYLAND_DISPLAY="", REPLIQUE_LANG="fr")
    _out, told = ended.communicate(timeout=20)
    assert ended.returncode == 3
    assert ":4242" in told


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system.obstacle() is None
    monkeypatch.setitem(system.PACKAGES, "libnothere.so.9", "libnothere9")
    found = system.obstacle()
    assert found is not None
    assert (found.kind, found.params["packages"]) == ("window.libraries", "libnothere9")


# First run.


def test_the_first_run_is_asked_once(open_one: Open, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "neuf"
    first = open_one(folder, wait=False)
    qtbot.waitUntil(lambda: bool(first.window.findChildren(FirstRun)))
    [dialog] = first.window.findChildren(FirstRun)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settings_file.load(folder / "settings.json").first_run_done)
    assert end(first)
    second = open_one(folder)
    qtbot.waitUntil(lambda: second.runner.is_idle)
    assert not second.window.findChildren(FirstRun)


# What nobody foresaw.


def test_an_error_in_a_slot_is_reported_redacted_once_and_the_window_lives_on(
    open_one: Open, profile_folder: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    keep_settings(profile_folder)
    application = open_one(profile_folder)

    def breaks() -> None:
        raise KeyError("sk-0123456789abcdef nora@aubrelle.example /home/nora/secret.txt")

    hook = application._unforeseen
    with capture_exceptions() as caught:
        sys.excepthook = hook
        for _ in range(3):
            QTimer.singleShot(0, breaks)
        qtbot.waitUntil(lambda: bool(application.window.findChildren(Report)))
        QTest.qWait(50)
    assert caught == []
    [report] = application.window.findChildren(Report)
    told = report.text.toPlainText()
    assert "KeyError" in told
    assert "test_application.py" in told
    for secret in ("sk-0123", "nora@", "/home/nora"):
        assert secret not in told
    report.copy.click()
    assert QApplication.clipboard().text() == told
    with qtbot.waitSignal(report.finished):
        QTest.keyClick(report, Qt.Key.Key_Escape)
    application.window.go("brands")
    assert application.window.screen_name == "brands"
    loud = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one.getMessage() for one in loud] == ["an error nobody foresaw"] * 3
    caplog.clear()
