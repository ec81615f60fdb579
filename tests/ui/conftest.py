"""Real windows on real profiles, offscreen. Any Qt, Python or log warning fails the test."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot.app import Copilot, open_copilot
from copilot.paths import assets_dir, profile_at
from copilot.settings import Settings
from ui.actions import Actions
from ui.application import Application
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.runner import Runner
from ui.theme import Choice, Theme, sheet
from ui.tokens import LIGHT

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

#: Milliseconds that a window is waited for: a machine may stand still for seconds, and who passes does not wait.
PATIENCE = 30_000
FRENCH = Settings(language="fr", author="Lina", first_run_done=True)


class PatientQtBot(QtBot):
    """Waits as long as a busy machine may need, where a test says nothing else."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        """As :meth:`QtBot.waitUntil`."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: Any,
        *,
        timeout: int = PATIENCE,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> Any:
        """As :meth:`QtBot.waitSignal`."""
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The library's own, with more patience."""
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def _nothing_left_open(qapp: QApplication) -> Iterator[None]:
    """A dialog that a test leaves open would be the modal one of the next: all is closed and gone first.

    Windows too: each style sheet goes through every widget there is.
    """
    before = QApplication.topLevelWidgets()
    yield
    for one in QApplication.topLevelWidgets():
        one.close()
        if one not in before and one.parent() is None:
            one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in our own log is a failure, unless the test takes it out of ``caplog``."""
    yield
    loud = [one for one in caplog.records if one.levelno >= logging.WARNING and one.name.startswith("replique")]
    assert [one.getMessage() for one in loud] == []


@pytest.fixture(scope="session")
def first_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with the demo brand in it, made once: each test has a copy."""
    folder = tmp_path_factory.mktemp("modele") / "profil"

    async def prepare() -> None:
        copilot = open_copilot(folder)
        try:
            brand = next((assets_dir() / "demo").glob("*brand*.toml"), None) or next(
                (assets_dir() / "demo").glob("*.toml")
            )
            await copilot.brands.import_toml(brand.read_text(encoding="utf-8"), name=brand.name)
        finally:
            await copilot.aclose()

    asyncio.run(prepare())
    return folder


@pytest.fixture
def profile_folder(first_profile: Path, tmp_path: Path) -> Path:
    """A profile with the demo brand in it."""
    return Path(shutil.copytree(first_profile, tmp_path / "profil été"))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The theme, applied once to the application of the tests."""
    found = qapp.findChild(Theme)
    made = found if isinstance(found, Theme) else Theme(qapp)
    light = Choice("light")
    if made.choice != light or qapp.styleSheet() != sheet(LIGHT, light.text_size):
        # A style sheet takes half a second: only after a test that left another one.
        made.apply(light)
    return made


@pytest.fixture
def desk(profile_folder: Path, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """A desk over the services of ``profile_folder``; closed at the end, which must work."""
    held: list[Copilot] = []

    def copilot() -> Copilot:
        if not held:
            held.append(open_copilot(profile_folder))
        return held[0]

    async def last() -> None:
        if held:
            await held[0].aclose()

    runner = Runner()
    made = Desk(copilot, runner, theme, Actions(), FRENCH)
    yield made
    assert runner.close(last)


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window on ``desk``, shown, at 1280x720."""
    made = MainWindow(desk, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until nothing runs any more."""

    def wait(desk: Desk) -> None:
        # Calm several times in a row: what a job brought may have asked for the next one.
        calm = [0]

        def is_calm() -> bool:
            calm[0] = calm[0] + 1 if desk.runner.is_idle else 0
            return calm[0] >= 5

        qtbot.waitUntil(is_calm)
        QApplication.sendPostedEvents()

    return wait


@pytest.fixture
def application(profile_folder: Path, qapp: QApplication) -> Iterator[Application]:
    """The whole application, as the command starts it, without its loop."""
    made = Application(qapp, profile_at(profile_folder))
    yield made
    made.window.close()
    assert made.close()
