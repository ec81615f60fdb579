"""The application: one instance a profile, the engine, the window, and a way out that loses nothing."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLockFile, QObject, QSettings, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from copilot import settings as settings_file
from copilot.errors import Bug, OutsideError, RepliqueError
from copilot.paths import Profile, profile_at
from copilot.settings import Settings
from ui.actions import Actions
from ui.desk import Desk
from ui.main_window import MainWindow, icon_of_application
from ui.qt_words import QtWords
from ui.runner import Runner
from ui.theme import Choice, Theme, load_emoji

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.autosave import Unsaved


#: The exit code when something did not end in time: its threads must not keep the process.
STUBBORN = 70
#: Milliseconds within which an instance that is asked to close has closed.
CLOSES_WITHIN = 3_500


class Application(QObject):
    """Everything that lives while the window does. Built once in ``ui/__main__.py``."""

    def __init__(self, app: QApplication, profile: Profile, language: str = "") -> None:
        super().__init__()
        self._app = app
        self.profile = profile
        self._copilot: Copilot | None = None
        self.settings_error: RepliqueError | None = None
        self.settings_aside: Path | None = None
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
        self._former_hook = sys.excepthook
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
        # The store is asked for first: when it cannot be opened, that is said once, and not by each screen.
        self.desk.run(self._open_store, lambda _none: self._first_run(), self._not_opened, owner=self)
        self.window.start()
        QTimer.singleShot(0, load_emoji)
        if self.settings_error is not None:
            self.desk.tell_error(self.settings_error)
        elif self.settings_aside is not None:
            self.desk.tell("warn", self.desk.t("ui.start.settings_aside", name=self.settings_aside.name), stays=True)

    def _first_run(self) -> None:
        """Once a profile: not where settings that cannot be read may say that it was done."""
        if self.desk.settings.first_run_done or self.settings_error is not None or self.settings_aside is not None:
            return
        from ui.dialogs.first_run import FirstRun

        FirstRun(self.desk, self.window).open()

    @staticmethod
    async def _open_store(copilot: Copilot) -> None:
        copilot.store()

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, RepliqueError) or isinstance(error, Bug):
            self.desk.tell_error(error)
            return
        from ui.dialogs.trouble import StoreTrouble

        StoreTrouble(self.desk, error, self.profile.backups, self.window.renew, self.window).open()

    def close(self) -> bool:
        """Keep what is being typed, stop what runs, close the store. Within 3 s whatever runs."""
        sys.excepthook = self._former_hook
        copies = self.desk.unsaved()
        kept = threading.Event()

        async def last() -> None:
            if copies:
                from ui.autosave import keep_all

                await keep_all(self.copilot(), copies)
            kept.set()
            if self._copilot is not None:
                await self._copilot.aclose()

        ended = self.runner.close(last)
        if copies and not kept.is_set():
            self._keep_without_engine(copies)
        return ended

    def _keep_without_engine(self, copies: list[Unsaved]) -> None:
        """The engine's thread does not come back from something: what is typed is kept beside it."""
        import asyncio

        from copilot.app import Copilot
        from ui.autosave import keep_all

        beside = Copilot(self.profile)

        async def work() -> None:
            try:
                await keep_all(beside, copies)
            finally:
                await beside.aclose()

        try:
            asyncio.run(work())
        except Exception:
            import logging

            logging.getLogger("replique.window").exception("what was typed could not be kept")

    def _settings(self) -> Settings:
        path = self.profile.settings
        try:
            return settings_file.load(path)
        except RepliqueError as error:
            broken = error
        try:
            if broken.kind == "settings.broken":
                self.settings_aside = settings_file.repair(path)
                return settings_file.load(path)
        except RepliqueError as error:
            broken = error
        self.settings_error = broken
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
            self._app.installTranslator(QtWords(self.desk.t, self))

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

    EndSignals(application.window.close, application)
    Listener(application.profile, application.window).listen()


def _is_elsewhere(profile: Profile, lock: QLockFile) -> bool:
    """True when another instance holds the profile, and came to the front.

    Raises:
        OutsideError: ``window.held``: it does not answer, and did not end while we waited.
    """
    from ui.instance import raise_other

    if raise_other(profile):
        return True
    # It may be closing.
    if lock.tryLock(CLOSES_WITHIN):
        return False
    if raise_other(profile):
        return True
    raise OutsideError("window.held")


def _refuse(app: QApplication, error: RepliqueError, language: str) -> None:
    """Say ``error`` in a window of its own, and wait until it is closed."""
    from copilot.i18n import choose_language
    from ui.desk import WindowTranslator
    from ui.dialogs.trouble import Refusal

    Theme(app)
    refusal = Refusal(WindowTranslator(language or choose_language()), error, None)
    refusal.finished.connect(app.quit)
    refusal.open()
    app.exec()


def run(folder: Path | None = None, language: str = "", *, ready: Callable[[Application], None] | None = None) -> int:
    """Open the window on a profile and stay until it is closed. Returns the exit code.

    ``ready`` is called once the window exists, before its first paint.
    """
    # Nothing made before the first paint is garbage: looking for some costs a twentieth of the start.
    gc.disable()
    # The engine gives the window its turn five times sooner than Python's 5 ms: what streams shows in between.
    sys.setswitchinterval(0.001)
    profile = profile_at(folder)
    app = new_application(sys.argv[:1])
    try:
        profile.ensure()
    except RepliqueError as error:
        _refuse(app, error, language)
        raise
    lock = profile_lock(profile)
    if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError and _is_elsewhere(profile, lock):
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
    return code if ended else STUBBORN
