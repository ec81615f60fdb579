"""The application: one instance a profile, the engine, the window, and a way out that loses nothing."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLockFile, QObject, QSettings, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from copilot import settings as settings_file
from copilot.errors import RepliqueError
from copilot.paths import Profile, profile_at
from copilot.settings import Settings
from ui.actions import Actions
from ui.desk import Desk
from ui.main_window import MainWindow, icon_of_application
from ui.runner import Runner
from ui.theme import Choice, Theme, load_emoji

if TYPE_CHECKING:
    from copilot.app import Copilot


class Application(QObject):
    """Everything that lives while the window does. Built once in ``ui/__main__.py``."""

    def __init__(self, app: QApplication, profile: Profile, language: str = "") -> None:
        super().__init__()
        self._app = app
        self.profile = profile
        self._copilot: Copilot | None = None
        self.settings_error: RepliqueError | None = None
        settings = self._settings()
        self.theme = Theme(app, Choice(settings.theme, settings.text_size, settings.reduced_motion))
        app.setWindowIcon(icon_of_application())
        self.runner = Runner()
        self.actions = Actions()
        self.desk = Desk(self.copilot, self.runner, self.theme, self.actions, settings, language)
        self._translate_qt()
        kept = QSettings(str(profile.root / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.desk, kept)
        self.desk.changed.connect(self._changed)
        sys.excepthook = self._unforeseen

    def copilot(self) -> Copilot:
        """The services; called in the engine's thread only."""
        if self._copilot is None:
            from copilot.app import open_copilot

            self._copilot = open_copilot(self.profile.root)
        return self._copilot

    def show(self) -> None:
        """Show the window; what is slow comes after its first paint."""
        self.window.painted.connect(self._begin)
        self.window.show()

    def _begin(self) -> None:
        gc.enable()
        gc.freeze()
        self.window.start()
        QTimer.singleShot(0, load_emoji)
        if self.settings_error is not None:
            self.desk.tell_error(self.settings_error)

    def close(self) -> bool:
        """Keep what is being typed, stop what runs, close the store. Within 3 s whatever runs."""
        copies = self.desk.unsaved()

        async def last() -> None:
            if copies:
                from ui.autosave import keep_all

                await keep_all(self.copilot(), copies)
            if self._copilot is not None:
                await self._copilot.aclose()

        return self.runner.close(last)

    def _settings(self) -> Settings:
        try:
            return settings_file.load(self.profile.settings)
        except RepliqueError as error:
            self.settings_error = error
            return Settings()

    def _changed(self, changes: Any) -> None:
        if not changes.settings:
            return
        new = self.desk.settings
        choice = Choice(new.theme, new.text_size, new.reduced_motion)
        language = self.desk.t.language
        if choice != self.theme.choice:
            self.theme.apply(choice)
        if self.desk.wanted_language() != language:
            QTimer.singleShot(0, self._use_language)

    def _use_language(self) -> None:
        self.window.use_language()
        self._translate_qt()

    def _translate_qt(self) -> None:
        """Qt's own words (context menus, keys) in the same language."""
        for old in self.findChildren(QTranslator):
            self._app.removeTranslator(old)
            old.deleteLater()
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.desk.t.language != "en" and translator.load(f"qtbase_{self.desk.t.language}", folder):
            self._app.installTranslator(translator)

    def _unforeseen(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._app.quit()
            return
        import logging

        logging.getLogger("replique.window").error("an error nobody foresaw", exc_info=(kind, error, trace))
        self.desk.broke.emit(error)


def profile_lock(profile: Profile) -> QLockFile:
    """The lock that makes one instance of a profile; a crash leaves none (the process id is checked)."""
    lock = QLockFile(str(profile.root / "window.lock"))
    lock.setStaleLockTime(0)
    return lock


def new_application(arguments: list[str]) -> QApplication:
    """Qt's application object, named for the system."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(arguments)
    app.setApplicationName("Replique")
    app.setApplicationDisplayName("Réplique")
    app.setDesktopFileName("replique")
    return app


def _listen(application: Application) -> None:
    from ui.instance import Listener
    from ui.signals import EndSignals

    Listener(application.profile, application.window).listen()
    EndSignals(application.window.close, application)


def run(folder: Path | None = None, language: str = "", *, ready: Callable[[Application], None] | None = None) -> int:
    """Open the window on a profile and stay until it is closed. Returns the exit code.

    ``ready`` is called once the window exists, before its first paint.
    """
    # Nothing made before the first paint is garbage: looking for some costs a twentieth of the start.
    gc.disable()
    profile = profile_at(folder)
    app = new_application(sys.argv[:1])
    profile.ensure()
    lock = profile_lock(profile)
    if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
        from ui.instance import raise_other

        raise_other(profile)
        return 0
    application = Application(app, profile, language)
    application.window.painted.connect(partial(_listen, application))
    application.show()
    if ready is not None:
        ready(application)
    try:
        code = app.exec()
    finally:
        ended = application.close()
    return code if ended else 70
