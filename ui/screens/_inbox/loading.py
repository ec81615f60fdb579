"""Threads come in: a file dropped or opened, a conversation pasted."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QPlainTextEdit, QWidget

from copilot.errors import OutsideError, UserError
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog
from ui.screens._inbox.coming import Coming
from ui.screens._inbox.progress import Progress
from ui.widgets.basic import Field, button
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from copilot.app import Copilot
    from copilot.domain.imports import TableMapping, Updated
    from copilot.services.conversations import ThreadImported
    from ui.runner import Job, Report

#: What exports of conversations are called by, for the file dialog alone: what a file is, its content says.
EXTENSIONS = ("zip", "csv", "tsv", "xlsx", "xlsm", "json", "jsonl", "ndjson", "xml", "wxr", "txt", "md")
#: Warnings said at once.
FEW = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to read: a file, or the bytes of what was pasted and when, in the zone of the person."""

    content: Path | bytes
    name: str = ""
    network: str = ""
    copied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load. ``mapping`` is how the columns of a table were read, None for what is no table."""

    done: ThreadImported
    count: int
    mapping: TableMapping | None = None

    @property
    def has_columns(self) -> bool:
        """True for a table that was read just now, whose columns may be corrected."""
        return self.mapping is not None and not self.done.already


class PasteDialog(Dialog):
    """A box for a conversation copied from a page. ``pasted`` tells the text and the network."""

    pasted = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.inbox.paste.title"), parent)
        t = desk.t
        self.at_least(desk.theme.px(620), desk.theme.px(480))
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
        self._empty = t("error.thread.empty", name=t("error.thread.unnamed"))
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

    def __init__(self, desk: Desk, progress: Progress, coming: Coming, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._progress = progress
        self._coming = coming
        self._screen = screen
        self._waiting: list[Wanted] = []
        self._job: Job | None = None
        self._name = ""
        self._is_asking = False
        progress.stopped.connect(self._stopped)
        progress.free.connect(self._next)

    def choose_file(self) -> None:
        """Ask for a file."""
        t = self._desk.t
        dialog = QFileDialog(self._screen, t("ui.inbox.open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        files = " ".join(f"*.{one}" for one in EXTENSIONS)
        dialog.setNameFilters([f"{t('ui.inbox.open.threads')} ({files})", t("ui.inbox.open.all")])
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
        self._add(*(Wanted(path, path.name or str(path)) for path in paths))

    def load_text(self, text: str, network: str = "") -> None:
        """Load what was pasted."""
        self._add(Wanted(text.encode("utf-8", "replace"), "", network, datetime.now().astimezone()))

    def _add(self, *wanted: Wanted) -> None:
        """Read these now, or once the work under way has ended: nothing that was given is lost."""
        if self._progress.is_running:
            self._desk.tell("info", self._desk.t("ui.inbox.load.waits", count=len(wanted)))
        self._waiting += wanted
        self._next()

    def _next(self) -> None:
        if self._waiting and not self._progress.is_running and not self._is_asking:
            self._look(self._waiting.pop(0))

    def _look(self, wanted: Wanted) -> None:
        """See whether it is a table whose columns must be said before it is read."""

        async def work(copilot: Copilot) -> TableMapping | None:
            if isinstance(wanted.content, Path):
                check_regular(wanted.content)
            return await copilot.mappings.proposed(wanted.content, wanted.name)

        def looked(found: TableMapping | None) -> None:
            self._is_asking = False
            if found is not None and found.is_guess:
                self._ask(wanted, found)
            else:
                self._start(wanted, None)

        def failed(error: Exception) -> None:
            self._is_asking = False
            self._desk.tell_error(error)
            self._next()

        self._is_asking = True
        self._desk.run(work, looked, failed, owner=self)

    def _ask(self, wanted: Wanted, mapping: TableMapping, instead_of: int | None = None) -> None:
        """Show the columns; what is accepted is read, ``instead_of`` the thread that was read otherwise."""
        from ui.dialogs.import_mapping import MappingDialog

        self._is_asking = True
        dialog = MappingDialog(self._desk, self._shown(wanted), mapping, self._screen)

        def accepted(said: TableMapping, remember: bool) -> None:
            self._is_asking = False
            self._start(wanted, said, remember=remember, instead_of=instead_of)

        def ended() -> None:
            self._is_asking = False
            self._next()

        def ask_header(line: int) -> None:
            def work(copilot: Copilot) -> Coroutine[object, object, TableMapping | None]:
                return copilot.mappings.proposed(wanted.content, wanted.name, line)

            self._desk.run(work, lambda found: dialog.show_mapping(found) if found else None, owner=dialog)

        dialog.accepted_mapping.connect(accepted)
        dialog.header_asked.connect(ask_header)
        dialog.rejected.connect(ended)
        dialog.open()

    def _shown(self, wanted: Wanted) -> str:
        return beginning(wanted.name, 60) or self._desk.t("error.thread.unnamed")

    def _start(
        self,
        wanted: Wanted,
        mapping: TableMapping | None,
        *,
        remember: bool = False,
        instead_of: int | None = None,
    ) -> None:
        t, by = self._desk.t, self._desk.person
        shown = self._shown(wanted)

        async def work(copilot: Copilot, report: Report) -> Loaded:
            from copilot.services.mappings import with_parts

            # What was read wrongly must not be taken for an earlier export of the same.
            is_apart = instead_of is not None
            said = with_parts(mapping, mapping.parts) if mapping is not None else None
            if said is not None and remember:
                await copilot.mappings.remember(said)
            if isinstance(wanted.content, Path):
                done, count = await copilot.inbox.take_in_file(
                    wanted.content, network=wanted.network, mapping=said, apart=is_apart,
                    progress=report, seen=report.show,
                )  # fmt: skip
            else:
                done, count = await copilot.inbox.take_in(
                    wanted.content, wanted.name, network=wanted.network, mapping=said, apart=is_apart,
                    copied_at=wanted.copied_at, progress=report, seen=report.show,
                )  # fmt: skip
            # Only once the other reading is there: one that is stopped or fails leaves the first.
            if instead_of not in (None, done.thread.id):
                await copilot.storage.forget_thread(instead_of, by)
            table = said or await copilot.mappings.proposed(wanted.content, wanted.name)
            return Loaded(done, count, table)

        def progressed(done: int, total: int) -> None:
            share = t.number(100 * done // max(1, total))
            self._progress.report(done, total, t("ui.inbox.load.progress", name=shown, share=share))

        self._name = shown
        self._job = self._desk.run_with_progress(work, progressed, lambda told: self._done(wanted, told), owner=self)
        self._job.arrived.connect(lambda found: self._coming.show_so_far(found[-1]))
        self._progress.follow(self._job, t("ui.inbox.load.start", name=shown))
        self._job.finished.connect(self._ended)

    def _done(self, wanted: Wanted, told: Loaded) -> None:
        t, done = self._desk.t, told.done
        title = beginning(done.thread.title, 60)
        if done.others:
            parts = [self._several(wanted, done)]
        elif done.already:
            parts = [t("ui.inbox.load.already", title=title, count=told.count)]
        elif done.updated is not None:
            parts = [self._updated(title, done.updated)]
            if done.updated.lapsed:
                parts.append(t("ui.import.lapsed", count=done.updated.lapsed))
        else:
            parts = [t("ui.inbox.load.done", title=title, count=told.count)]
        parts += [t.wording(one) for one in done.warnings[:FEW]]
        if len(done.warnings) > FEW:
            parts.append(t("ui.inbox.load.more_warnings", count=len(done.warnings) - FEW))
        warned = bool(done.warnings)
        is_known = done.already and all(one.already for one in done.others)
        kind = "warn" if warned else "info" if is_known else "ok"
        label, act = self._more(wanted, told)
        self._desk.tell(kind, " ".join(parts), act_label=label, act=act, stays=warned)
        self._desk.announce(Changes(threads=True, all_items=_has_lapsed(done)))
        self.loaded.emit(done.thread.id)

    def _several(self, wanted: Wanted, done: ThreadImported) -> str:
        """How many conversations an archive held, and messages in all of them."""
        t, read = self._desk.t, (done, *done.others)
        messages = t.number(sum(one.shape.messages for one in read))
        return t("ui.inbox.load.archive", name=self._shown(wanted), count=len(read), messages=messages)

    def _updated(self, title: str, told: Updated) -> str:
        t = self._desk.t
        counts = {"added": told.added, "changed": told.changed, "deleted": told.deleted}
        news = [t(f"ui.inbox.load.{name}", count=count) for name, count in counts.items() if count]
        if not news:
            return t("ui.inbox.load.unchanged", title=title)
        return t("ui.inbox.load.updated", title=title, news=news)

    def _more(self, wanted: Wanted, told: Loaded) -> tuple[str, Callable[[], object] | None]:
        """What a click on the news shows: all that was noticed, else the columns of a table read for the first time."""
        t, done = self._desk.t, told.done
        if done.warnings or done.updated is not None or done.others:
            return t("ui.import.see"), lambda: self._report(wanted, told)
        if told.has_columns:
            return t("ui.mapping.see"), lambda: self._show_columns(wanted, told)
        return "", None

    def _show_columns(self, wanted: Wanted, told: Loaded) -> None:
        if told.mapping is not None:
            # A thread that was there before holds more than this file.
            instead_of = told.done.thread.id if told.done.updated is None else None
            self._ask(wanted, told.mapping, instead_of=instead_of)

    def _report(self, wanted: Wanted, told: Loaded) -> None:
        from copilot.domain.imports import in_all
        from ui.dialogs.import_report import ImportReport

        done = told.done
        read = (done, *done.others)
        title = done.thread.title if done.archive is None else wanted.name
        shape = in_all([one.shape for one in read])
        updated = done.updated if not done.others else None
        # Conversations of one archive often have the same to say.
        warnings = list({self._desk.t.wording(one): one for each in read for one in each.warnings}.values())
        report = ImportReport(
            self._desk, title, shape, updated, warnings, self._screen,
            conversations=read, archive=done.archive, has_columns=told.has_columns,
        )  # fmt: skip
        report.columns_asked.connect(lambda: self._show_columns(wanted, told))
        report.open()

    def _ended(self) -> None:
        job, self._job = self._job, None
        self._coming.clear()
        if job is not None and job.is_cancelled:
            self._desk.tell("info", self._desk.t("ui.inbox.load.stopped", name=self._name))
            # A last write under way is finished, and all of it is there.
            self._desk.announce(Changes(threads=True))
        self._next()

    def _stopped(self) -> None:
        # What was stopped may be replies being proposed.
        if self._job is not None:
            self._waiting.clear()


def _has_lapsed(done: ThreadImported) -> bool:
    """True when replies that were written are to be read again."""
    return any(one.updated is not None and one.updated.lapsed for one in (done, *done.others))


def check_regular(path: Path) -> None:
    """Refuse what is no file: a pipe or a device may never end.

    Raises:
        UserError: ``thread.missing``, ``thread.is_folder``, ``thread.unreadable``.
        OutsideError: ``thread.disk``.
    """
    name = path.name or str(path)
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError("thread.missing", name=name) from error
    except PermissionError as error:
        raise UserError("thread.unreadable", name=name) from error
    except OSError as error:
        raise OutsideError("thread.disk", name=name, why=error.strerror or str(error)) from error
    if stat.S_ISDIR(kind):
        raise UserError("thread.is_folder", name=name)
    if not stat.S_ISREG(kind):
        raise UserError("thread.unreadable", name=name)
