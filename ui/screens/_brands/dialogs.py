"""The dialogs of the brands: a name for a new one, and a file to import, checked as it is pasted or opened."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from copilot.domain.brand import Brand
from copilot.domain.finding import Severity
from copilot.domain.wording import Wording
from copilot.errors import OutsideError, UserError
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.runner import Job
from ui.widgets.basic import Field, button, clear, label, restyle, row
from ui.widgets.text_editor import Mark, TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.brands import BrandImported

REST = 250
#: Bytes of a file that is read, and problems shown at once.
MOST_BYTES, MOST_PROBLEMS = 4_000_000, 5


class NameDialog(Dialog):
    """Asks for a name. ``named`` carries it."""

    named = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.brands.new.title"), parent)
        self.setMinimumWidth(desk.theme.px(420))
        self.line = QLineEdit()
        self.line.setMaxLength(120)
        self.body.addWidget(Field(t("ui.brands.name"), self.line, t("ui.brands.new.hint")))
        self.create_button = button(t("ui.brands.new.create"), "primary", run=self._named)
        self.create_button.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.create_button.setEnabled(bool(text.strip())))
        self.line.returnPressed.connect(self._named)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.create_button)

    def _named(self) -> None:
        if self.line.text().strip():
            self.named.emit(self.line.text().strip())
            self.accept()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong on a line of a brand file; ``blocks`` when the file cannot be imported with it."""

    line: int
    wording: Wording
    blocks: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A brand file that was read: its problems, and the brand it would replace."""

    problems: tuple[Problem, ...]
    replaced: Brand | None

    @property
    def is_sound(self) -> bool:
        """True when it can be imported."""
        return not any(one.blocks for one in self.problems)


def read_file(path: Path) -> str:
    """The text of a brand file. Raises UserError ``file.*`` and OutsideError ``file.unreadable``."""
    try:
        if path.is_dir():
            raise UserError("file.is_folder", path=path.name)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("file.missing", path=path.name) from error
    except OSError as error:
        raise OutsideError("file.unreadable", path=path.name, why=error.strerror or "") from error
    if len(content) > MOST_BYTES:
        raise UserError("file.too_large", path=path.name, most=MOST_BYTES // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file.not_utf8", path=path.name) from error


async def check_file(copilot: Copilot, text: str) -> Checked:
    """What is wrong in a brand file, and which brand has its identifier already."""
    found = await copilot.brands.check(text)
    problems = tuple(Problem(one.line, one.wording, one.severity is Severity.BLOCKS) for one in found)
    if any(one.blocks for one in problems):
        return Checked(problems, None)
    told = tomllib.loads(text.removeprefix("\ufeff"))
    wanted, name = str(told.get("id", "")), str(told.get("name", "")).casefold()
    known = await copilot.brands.list()
    same = (one for one in known if one.id == wanted or (not wanted and one.name.casefold() == name))
    return Checked(problems, next(same, None))


class ImportDialog(Dialog):
    """A brand file, opened, dropped or pasted. ``imported`` carries what was stored and the brand it replaced."""

    imported = Signal(object, object)  # BrandImported, Brand or None
    checked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.brands.import.title"), parent)
        self.desk, self.t = desk, t
        self._name = t("ui.brands.import.pasted")
        self._job: Job | None = None
        self.result_of_check: Checked | None = None
        self.setAcceptDrops(True)
        self.at_least(desk.theme.px(620), desk.theme.px(460))
        self.text = TextEditor(desk.theme, t("ui.brands.import.text"), smallest_lines=8)
        self.text.setPlaceholderText(t("ui.brands.import.placeholder"))
        self.text.changed_by_hand.connect(self._typed)
        self.text.paste_cut.connect(lambda count: self._say(t("ui.item.paste_cut", count=count), "warn"))
        self.status = label("", "muted", wrap=True)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(2)
        opener = button(t("ui.brands.import.open"), icon_name="folder-open", run=self._choose)
        self.body.addWidget(label(t("ui.brands.import.hint"), "muted", wrap=True))
        self.body.addLayout(row(opener, 1))
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.status)
        self.body.addLayout(self._problems)
        self.import_button = button(t("ui.brands.import.do"), "primary", run=self._import)
        self.import_button.setEnabled(False)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.import_button)
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self._check)

    def open_path(self, path: str) -> None:
        """Read a file into the dialog."""
        chosen = Path(path)

        async def work(_copilot: Copilot) -> str:
            return await asyncio.to_thread(read_file, chosen)

        def read(text: str) -> None:
            self._name = chosen.name
            self.show_text(text)

        self.desk.run(work, read, self._failed, owner=self)

    def show_text(self, text: str) -> None:
        """Put a brand file in, and check it at once."""
        if len(text) > 1_000_000:
            self._failed(UserError("brand.too_big", limit=1_000_000))
            return
        self.text.show_text(text)
        self._check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """A file may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """The first file is read."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_path(paths[0])

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.t("ui.brands.import.open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.t("ui.brands.import.filter"), self.t("ui.brands.import.all")])
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def _typed(self) -> None:
        self.import_button.setEnabled(False)
        self._timer.start()

    def _check(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        text = self.text.text()
        self.import_button.setEnabled(False)
        if not text.strip():
            self.result_of_check = None
            self._show_problems(())
            self._say("")
            return
        self._job = self.desk.run(lambda copilot: check_file(copilot, text), self._came, self._failed, owner=self)

    def _came(self, found: Checked) -> None:
        t = self.t
        self._job = None
        self.result_of_check = found
        self.import_button.setEnabled(found.is_sound)
        self._show_problems(found.problems)
        if not found.is_sound:
            self._say(t("ui.brands.import.broken", name=self._name), "danger")
        elif found.replaced is not None:
            self._say(t("ui.brands.import.replaces", name=found.replaced.name[:80]), "warn")
        else:
            self._say(t("ui.brands.import.sound"), "ok")
        self.checked.emit()

    def _failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, UserError | OutsideError):
            self._say(self.t.error(error), "danger")
            self.checked.emit()
        else:
            self.desk.tell_error(error)

    def _say(self, text: str, tone: str = "") -> None:
        self.status.setText(text)
        self.status.setAccessibleName(text)
        restyle(self.status, tone=tone)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        clear(self._problems)
        t = self.t
        blocking = [one for one in problems if one.blocks]
        shown = (blocking or list(problems))[:MOST_PROBLEMS]
        for one in shown:
            said = t("ui.brands.import.line", line=one.line, why=t.wording(one.wording))
            see = button(t("ui.findings.see"), "link", run=partial(self._see, one.line))
            see.setAccessibleName(f"{t('ui.findings.see')} : {said}")
            words = label(said, wrap=True, tone="danger" if one in blocking else "warn")
            line = row(words, see, space=2)
            line.setStretch(0, 1)
            self._problems.addLayout(line)
        left = len(blocking or problems) - len(shown)
        if left > 0:
            self._problems.addWidget(label(t("ui.findings.more", count=left), "small"))
        self.text.set_marks([self._mark(one) for one in shown])

    def _mark(self, problem: Problem) -> Mark:
        start, end = self._span(problem.line)
        return Mark(start, end, "danger" if problem.blocks else "warn", "ground")

    def _see(self, line: int) -> None:
        self.text.select(*self._span(line))
        self.text.setFocus()

    def _span(self, line: int) -> tuple[int, int]:
        """Where a line of the text begins and ends."""
        lines = self.text.text().split("\n")
        start = sum(len(one) + 1 for one in lines[: line - 1])
        return start, start + (len(lines[line - 1]) if 0 < line <= len(lines) else 0)

    def _import(self) -> None:
        text, name, person = self.text.text(), self._name, self.desk.person
        self.import_button.setEnabled(False)

        async def work(copilot: Copilot) -> tuple[BrandImported, Brand | None]:
            before = {one.id: one for one in await copilot.brands.list()}
            done = await copilot.brands.import_toml(text, name=name, by=person)
            return done, before.get(done.brand.id)

        def stored(told: tuple[BrandImported, Brand | None]) -> None:
            self.imported.emit(*told)
            self.accept()

        self.desk.run(work, stored, self._failed, owner=self)
