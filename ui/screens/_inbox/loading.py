"""Threads come in: a file dropped or opened, a conversation pasted."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QPlainTextEdit, QWidget

from copilot.errors import OutsideError, UserError
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog
from ui.screens._inbox.progress import Progress
from ui.widgets.basic import Field, button
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.wording import Wording
    from ui.runner import Job

#: The largest file read, in bytes: what the reader of threads accepts.
LARGEST = 50_000_000
#: Warnings said at once.
FEW = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load."""

    thread_id: int
    title: str
    count: int
    already: bool
    warnings: tuple[Wording, ...]


class PasteDialog(Dialog):
    """A box for a conversation copied from a page. ``pasted`` tells the text and the network."""

    pasted = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.inbox.paste.title"), parent)
        t = desk.t
        self.setMinimumSize(desk.theme.px(620), desk.theme.px(480))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(t("ui.inbox.paste.hint"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.network = network_choice(desk)
        self.field = Field(t("ui.inbox.paste.text"), self.text)
        self.body.addWidget(self.field, 1)
        self.body.addWidget(Field(t("ui.inbox.network"), self.network, t("ui.inbox.network.hint")))
        self.read = button(t("ui.inbox.paste.read"), "primary", run=self._read)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.read)
        self._empty = t("error.thread.empty", name=t("ui.inbox.paste.name"))
        desk.actions.add(
            self, "inbox.paste.read", t("ui.inbox.paste.read"), self._read, group=t("ui.inbox.title"),
            keys="Ctrl+Return", listed=False,
        )  # fmt: skip
        self.text.setFocus()

    def _read(self) -> None:
        text = self.text.toPlainText()
        if not text.strip():
            self.field.set_error(self._empty)
            return
        self.accept()
        self.pasted.emit(text, str(self.network.currentData()))


def network_choice(desk: Desk) -> QComboBox:
    """The networks by name; the first entry leaves it to the file."""
    from copilot import networks

    made = QComboBox()
    made.setAccessibleName(desk.t("ui.inbox.network"))
    made.addItem(desk.t("ui.inbox.network.by_file"), "")
    for one in networks.load().values():
        made.addItem(one.label, one.id)
    return made


class Loading(QObject):
    """Reads threads into the store. ``loaded`` tells the id of the thread and whether it is new."""

    loaded = Signal(int)

    def __init__(self, desk: Desk, progress: Progress, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._progress = progress
        self._screen = screen
        self._waiting: list[Path] = []
        self._job: Job | None = None
        self._name = ""
        progress.stopped.connect(self._stopped)

    def choose_file(self) -> None:
        """Ask for a file."""
        t = self._desk.t
        dialog = QFileDialog(self._screen, t("ui.inbox.open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([t("ui.inbox.open.threads"), t("ui.inbox.open.all")])
        dialog.filesSelected.connect(lambda paths: self.open_paths([Path(one) for one in paths]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self) -> None:
        """Ask for a conversation copied from a page."""
        dialog = PasteDialog(self._desk, self._screen)
        dialog.pasted.connect(self.load_text)
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Load one file."""
        self.open_paths([path])

    def open_paths(self, paths: list[Path]) -> None:
        """Load files, one after the other."""
        self._waiting += paths
        self._next()

    def load_text(self, text: str, network: str = "") -> None:
        """Load what was pasted."""
        content = text.encode("utf-8", "replace")
        self._start(lambda: content, "", network)

    def _next(self) -> None:
        if self._waiting and not self._progress.is_running:
            path = self._waiting.pop(0)
            self._start(lambda: read_file(path), path.name, "")

    def _start(self, content: Callable[[], bytes], name: str, network: str) -> None:
        t = self._desk.t
        if self._progress.is_running:
            self._desk.tell("info", t("ui.inbox.busy"))
            return
        shown = beginning(name, 60) or t("ui.inbox.paste.name")

        async def work(copilot: Copilot, report: Callable[[int, int], None]) -> Loaded:
            read = await asyncio.to_thread(content)
            done, count = await copilot.inbox.take_in(read, name, network=network, progress=report)
            return Loaded(done.thread.id, done.thread.title, count, done.already, done.warnings)

        def progressed(done: int, total: int) -> None:
            self._progress.report(done, total, t("ui.inbox.load.progress", name=shown, done=done, total=total))

        self._name = shown
        self._job = self._desk.run_with_progress(work, progressed, self._done, owner=self)
        self._progress.follow(self._job, t("ui.inbox.load.start", name=shown))
        self._job.finished.connect(self._ended)

    def _done(self, told: Loaded) -> None:
        t = self._desk.t
        key = "ui.inbox.load.already" if told.already else "ui.inbox.load.done"
        parts = [t(key, title=beginning(told.title, 60), count=told.count)]
        parts += [t.wording(one) for one in told.warnings[:FEW]]
        if len(told.warnings) > FEW:
            parts.append(t("ui.inbox.load.more_warnings", count=len(told.warnings) - FEW))
        warned = bool(told.warnings)
        kind = "warn" if warned else "info" if told.already else "ok"
        self._desk.tell(kind, " ".join(parts), stays=warned)
        self._desk.announce(Changes(threads=True))
        self.loaded.emit(told.thread_id)

    def _ended(self) -> None:
        job, self._job = self._job, None
        if job is not None and job.is_cancelled:
            self._desk.tell("info", self._desk.t("ui.inbox.load.stopped", name=self._name))
            # A last write under way is finished, and all of it is there.
            self._desk.announce(Changes(threads=True))
        self._next()

    def _stopped(self) -> None:
        # What was stopped may be replies being proposed.
        if self._job is not None:
            self._waiting.clear()


def read_file(path: Path) -> bytes:
    """The bytes of a file that may be a thread; refused in words before anything large is read.

    Raises:
        UserError: ``thread.missing``, ``thread.is_folder``, ``thread.unreadable``, ``thread.too_large``.
        OutsideError: ``thread.disk``.
    """
    name = path.name or str(path)
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UserError("thread.is_folder", name=name)
        if not stat.S_ISREG(kind):
            # A pipe or a device may never end.
            raise UserError("thread.unreadable", name=name)
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
            size = max(len(content), path.stat().st_size)
    except PermissionError as error:
        raise UserError("thread.unreadable", name=name) from error
    except FileNotFoundError as error:
        raise UserError("thread.missing", name=name) from error
    except OSError as error:
        raise OutsideError("thread.disk", name=name, why=error.strerror or str(error)) from error
    if size > LARGEST:
        raise UserError("thread.too_large", name=name, size_mb=round(size / 1e6, 1), max_mb=LARGEST // 1_000_000)
    return content
