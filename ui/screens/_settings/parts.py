"""What the sections of the settings are made of: rows, a question asked in place, a folder, the way to write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QDate, QLocale, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from copilot.errors import RepliqueError
from copilot.i18n import Translator
from copilot.settings import Settings
from ui.desk import Changes, Desk
from ui.tokens import SPACE
from ui.widgets.basic import button, card, column, icon_button, label, restyle, reveal, row, rule

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.runner import Job, Report

T = TypeVar("T")

#: Widest a section gets, in px at 100 %: longer lines are hard to read.
WIDEST = 840
#: Below this width, in px at 100 %, a row puts its control under its words.
NARROW = 560


class Section(QWidget):
    """One page of the settings. It loads when it is shown and when what it shows changed."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self.setAccessibleName(title)
        desk.theme.changed.connect(self._fit)
        self._fit()
        self.body = column(space=4, margins=(0, 0, 2, 4), parent=self)

    def _fit(self) -> None:
        self.setMaximumWidth(self.desk.theme.px(WIDEST))

    def card(self, title: str, text: str = "") -> QVBoxLayout:
        """A card with a title and what it is about; returns the layout to fill."""
        frame = card()
        made = column(label(title, "title", wrap=True), space=3, margins=4, parent=frame)
        if text:
            made.addWidget(label(text, "muted", wrap=True))
        self.body.addWidget(frame)
        return made

    def load(self) -> None:
        """Ask for what is shown."""

    def concerns(self, changes: Changes) -> bool:
        """Whether ``changes`` touch what is shown."""
        return changes.settings

    def tell_error(self, error: Exception, where: QLabel | None = None) -> None:
        """Say an error in ``where``, else in the message bar; a bug always opens its report."""
        if where is None or not isinstance(error, RepliqueError):
            self.desk.tell_error(error)
            return
        say(where, self.t.error(error), "danger")


class SettingRow(QWidget):
    """What is set and why at the left, its control at the right; one over the other where there is no room."""

    def __init__(self, desk: Desk, title: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self._theme = desk.theme
        self.control = control
        self.title = label(title, "strong", wrap=True)
        self.title.setBuddy(control)
        self._hint = hint
        self.note = label(hint, "small", wrap=True)
        if not hint:
            self.note.hide()
        control.setAccessibleName(title)
        control.setAccessibleDescription(hint)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE[2])
        self._line.addLayout(column(self.title, self.note, space=0), 1)
        self._line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_error(self, text: str) -> None:
        """Say what is wrong in the place of the hint; empty takes it away."""
        self.note.setText(text or self._hint)
        self.note.setVisible(bool(text or self._hint))
        restyle(self.note, tone="danger" if text else "")
        restyle(self.control, wrong=bool(text))
        self.control.setAccessibleDescription(text or self._hint)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Choose between side by side and one over the other."""
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if event.size().width() < self._theme.px(NARROW) else direction.LeftToRight
        if wanted != self._line.direction():
            self._line.setDirection(wanted)
            stacked = wanted == direction.TopToBottom
            side = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag.AlignVCenter
            self._line.setAlignment(self.control, side)
        super().resizeEvent(event)


class Ask(QFrame):
    """A question in place, for what cannot be undone: says exactly what will happen, then yes or no."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = None
        self._before: QWidget | None = None
        self.setProperty("bar", "warn")
        self.text = label(wrap=True)
        self.yes = button("", "danger", run=self._agreed)
        self.no = button(desk.t("ui.cancel"), run=self.shut)
        column(self.text, row(1, self.no, self.yes), space=3, margins=3, parent=self)
        self.hide()

    def ask(self, text: str, yes: str, act: Callable[[], None]) -> None:
        """Put the question; the way back has the focus."""
        focused = QGuiApplication.focusObject()
        self._before = focused if isinstance(focused, QWidget) else None
        self._act = act
        self.text.setText(text)
        self.setAccessibleName(text)
        self.yes.setText(yes)
        self.yes.setAccessibleName(yes)
        self.show()
        self.no.setFocus()
        reveal(self)

    def shut(self) -> None:
        """Take the question away; the focus goes back where it was."""
        self._act = None
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before):
            before.setFocus()

    def _agreed(self) -> None:
        act = self._act
        self.shut()
        if act is not None:
            act()


class FolderLine(QWidget):
    """A path with the buttons that open and copy it."""

    def __init__(self, desk: Desk, path: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._path = path
        self.shown = label(path, "mono", wrap=True, selectable=True)
        self.open_button = icon_button("folder-open", desk.t("ui.settings.folder.open"), self._open)
        self.copy_button = icon_button("copy", desk.t("ui.settings.folder.copy"), self._copy)
        line = row(space=1, parent=self)
        line.addWidget(self.shown, 1)
        line.addWidget(self.open_button)
        line.addWidget(self.copy_button)

    @property
    def path(self) -> str:
        """The path shown."""
        return self._path

    def set_path(self, path: str) -> None:
        """Show another path. Long names may be cut at any separator, never on screen."""
        self._path = path
        self.shown.setText(path.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.shown.setAccessibleName(path)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path)
        self._desk.tell("ok", self._desk.t("ui.copied"))

    def _open(self) -> None:
        folder = Path(self._path)
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(self._path)):
            self._desk.tell("warn", self._desk.t("ui.settings.folder.cannot_open", path=self._path))


class Busy(QWidget):
    """A bar that moves while something runs, with a way to stop it. Takes no room at rest."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__()
        self._still = desk.theme.choice.reduced_motion
        self.text = label(text, "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        self.stop_button = button(desk.t("ui.settings.stop"))
        line = row(self.text, space=3, parent=self)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop_button)
        self.hide()

    def start(self, stop: Callable[[], None] | None = None) -> None:
        """Show that something runs; ``stop`` is what its button does, none hides it."""
        # A bar without an end moves; where motion is unwelcome it stands half full.
        self.bar.setRange(0, 2 if self._still else 0)
        self.bar.setValue(1)
        self.stop_button.setVisible(stop is not None)
        self.stop_button.setEnabled(True)
        if self.stop_button.property("wired"):
            self.stop_button.clicked.disconnect()
        self.stop_button.setProperty("wired", stop is not None)
        if stop is not None:
            self.stop_button.clicked.connect(lambda _checked=False: stop())
        self.show()

    def progress(self, done: int, total: int) -> None:
        """``done`` of ``total``: the bar has an end from now on. At its end nothing is left that could be stopped."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        if done >= total:
            self.stop_button.setEnabled(False)

    def end(self) -> None:
        """It is over."""
        self.bar.setRange(0, 1)
        self.hide()


def run_stoppable(
    desk: Desk,
    busy: Busy,
    make: Callable[[Copilot, Report], Awaitable[T]],
    done: Callable[[T], None],
    failed: Callable[[Exception], None],
    stopped: Callable[[], None],
) -> Job:
    """As :meth:`Desk.run_with_progress`, with ``busy`` to show it and to stop it.

    ``stopped`` comes once what was stopped has let go. What was done before it could be stopped is done: then it is
    ``done`` that comes. Nothing comes once ``busy`` is gone.
    """
    made: list[T] = []

    async def work(copilot: Copilot, report: Report) -> None:
        made.append(await make(copilot, report))

    def ended() -> None:
        if made:
            done(made[0])
        elif job.is_cancelled:
            stopped()

    def stop() -> None:
        busy.stop_button.setEnabled(False)
        job.cancel()

    job = desk.run_with_progress(work, busy.progress, None, failed, owner=busy)
    job.finished.connect(ended)
    busy.start(stop)
    return job


def say(where: QLabel, text: str, tone: str = "", *, scroll: bool = True) -> None:
    """Put ``text`` in ``where`` and bring it into sight; empty hides it."""
    where.setText(text)
    where.setAccessibleName(text)
    where.setVisible(bool(text))
    restyle(where, tone=tone)
    if text and scroll:
        reveal(where)


def outcome() -> QLabel:
    """A hidden line for what came of something."""
    made = label(wrap=True, selectable=True)
    made.hide()
    return made


def divided(lines: QVBoxLayout, *rows: QWidget) -> None:
    """Add ``rows`` with a hairline between them."""
    for number, one in enumerate(rows):
        if number:
            lines.addWidget(rule())
        lines.addWidget(one)


def weight(desk: Desk, size: int) -> str:
    """Bytes as people say them."""
    t = desk.t
    for key, unit in (("ui.settings.size.gb", 1e9), ("ui.settings.size.mb", 1e6), ("ui.settings.size.kb", 1e3)):
        if size >= unit:
            return t(key, size=t.number(round(size / unit, 1)))
    return t("ui.settings.size.b", count=size)


def day(t: Translator, at: datetime) -> str:
    """The day of a moment where the person is, as the language writes it."""
    local = at.astimezone()
    return QLocale(t.language).toString(QDate(local.year, local.month, local.day), "d MMMM yyyy")


def moment(t: Translator, at: datetime) -> str:
    """A moment, to the minute, where the person is."""
    local = at.astimezone()
    return f"{day(t, at)}, {local:%H:%M}"


def save(
    desk: Desk,
    owner: QWidget | None,
    values: dict[str, Any],
    done: Callable[[Settings], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
    *,
    told: str = "",
) -> None:
    """Keep ``values`` among the settings and use them at once; ``told`` goes to the message bar, with an undo."""
    before = {name: getattr(desk.settings, name) for name in values}

    async def work(copilot: Copilot) -> Settings:
        from dataclasses import replace

        copilot.save_settings(replace(copilot.settings, **values))
        return copilot.settings

    def lives() -> bool:
        return owner is None or shiboken6.isValid(owner)

    def kept(new: Settings) -> None:
        desk.settings = new
        desk.announce(Changes(settings=True))
        if done is not None and lives():
            done(new)
        if told:
            # After the window has taken the new language, if it did: the message bar is then another one.
            QTimer.singleShot(0, desk, lambda: _tell_saved(desk, told, before))

    def refused(error: Exception) -> None:
        if failed is not None and lives():
            failed(error)
        else:
            desk.tell_error(error)

    # Of the desk, not of ``owner``: what was kept is used even when who asked is gone, as after a change of language.
    desk.run(work, kept, refused)


def _tell_saved(desk: Desk, told: str, before: dict[str, Any]) -> None:
    desk.tell("ok", desk.t(told), act_label=desk.t("ui.undo"), act=lambda: save(desk, None, before))
