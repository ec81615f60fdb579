"""Copies of everything: made now, made by themselves, put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QListWidgetItem

from ui.desk import Changes, Desk
from ui.screens._settings.parts import Ask, Busy, Section, moment, outcome, run_stoppable, say, weight
from ui.screens._settings.sources import shortened
from ui.widgets.basic import button, label, row

if TYPE_CHECKING:
    from copilot.services.storage import BackupFile
    from ui.runner import Job

_FILTER = "ui.backups.filter"


class Backups(Section):
    """Make one, see those made before an upgrade or a restore, put one back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.backups"))
        self._job: Job | None = None
        self._make()
        self._restore()
        self.body.addStretch(1)

    def _make(self) -> None:
        t = self.t
        lines = self.card(t("ui.backups.make.title"), t("ui.backups.make.text"))
        self.make_button = button(t("ui.backups.make"), "primary", run=self._ask_where)
        self.make_busy = Busy(self.desk, t("ui.backups.making"))
        self.make_outcome = outcome()
        lines.addLayout(row(self.make_button, 1))
        lines.addWidget(self.make_busy)
        lines.addWidget(self.make_outcome)

    def _restore(self) -> None:
        t = self.t
        lines = self.card(t("ui.backups.restore.title"), t("ui.backups.restore.text"))
        self.none = label(t("ui.backups.none"), "muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(t("ui.backups.list"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _line: self._follow())
        self.list.itemActivated.connect(lambda _item: self._ask_chosen())
        self.restore_button = button(t("ui.backups.restore"), icon_name="undo-2", run=self._ask_chosen)
        self.remove_button = button(t("ui.backups.remove"), "quiet", icon_name="trash-2", run=self._ask_remove)
        self.file_button = button(t("ui.backups.from_file"), "quiet", icon_name="folder-open", run=self._ask_file)
        self.ask = Ask(self.desk)
        self.restore_busy = Busy(self.desk, t("ui.backups.restoring"))
        self.outcome = outcome()
        lines.addWidget(self.none)
        lines.addWidget(self.list)
        lines.addLayout(row(self.restore_button, self.remove_button, 1, self.file_button))
        lines.addWidget(self.ask)
        lines.addWidget(self.restore_busy)
        lines.addWidget(self.outcome)

    def load(self) -> None:
        """Ask for the automatic copies."""
        self.desk.run(lambda copilot: copilot.storage.backups(), self._show, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """Everything was put back, perhaps."""
        return changes.all_items

    def _show(self, found: tuple[BackupFile, ...]) -> None:
        chosen = self._chosen()
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{self._when(one)}\n{self._why(one)} · {weight(self.desk, one.bytes)}")
            item.setData(Qt.ItemDataRole.UserRole, str(one.path))
            self.list.addItem(item)
            if chosen is not None and one.path == chosen:
                self.list.setCurrentItem(item)
        if found and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        # As tall as what it holds, up to five.
        tall = sum(self.list.sizeHintForRow(line) for line in range(min(5, len(found))))
        self.list.setFixedHeight(tall + 2 * self.list.frameWidth() + self.desk.theme.px(4))
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        self._follow()

    def _follow(self) -> None:
        some = self._chosen() is not None
        for one in (self.restore_button, self.remove_button):
            one.setVisible(self.list.count() > 0)
            one.setEnabled(some)

    def _when(self, one: BackupFile) -> str:
        return moment(self.t, one.at)

    def _why(self, one: BackupFile) -> str:
        known = "ui.backups.before_restore" if one.path.name.startswith("replaced-") else "ui.backups.before_upgrade"
        return self.t(known)

    def _chosen(self) -> Path | None:
        item = self.list.currentItem()
        return Path(str(item.data(Qt.ItemDataRole.UserRole))) if item else None

    # Making one.

    def _ask_where(self) -> None:
        dialog = QFileDialog(self.window(), self.t("ui.backups.make"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.t(_FILTER))
        dialog.setDefaultSuffix("db")
        today = QDate.currentDate().toString("yyyy-MM-dd")
        dialog.selectFile(f"replique-{today}.db")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Copy everything to ``path``, as the dialog of files does; it has asked before replacing a file."""
        if self._job is not None:
            return
        target = Path(path)
        say(self.make_outcome, "")
        self._hold()
        self._job = run_stoppable(
            self.desk, self.make_busy,
            lambda copilot, report: copilot.custody.backup(target, overwrite=True, progress=report),
            self._made, self._not_made, lambda: self._stopped(self.make_outcome, "ui.backups.make_stopped"),
        )  # fmt: skip

    def _made(self, path: Path) -> None:
        self._idle()
        say(self.make_outcome, self.t("ui.backups.made", path=shortened(str(path), 200)), "ok")

    def _not_made(self, error: Exception) -> None:
        self._idle()
        self.tell_error(error, self.make_outcome)

    def _stopped(self, where: QLabel, told: str) -> None:
        self._idle()
        self._follow()
        say(where, self.t(told))

    def _hold(self) -> None:
        """One at a time."""
        for one in (self.make_button, self.restore_button, self.file_button, self.remove_button):
            one.setEnabled(False)

    def _idle(self) -> None:
        self._job = None
        self.make_busy.end()
        self.restore_busy.end()
        for one in (self.make_button, self.restore_button, self.file_button, self.remove_button):
            one.setEnabled(True)

    # Putting one back.

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), self.t("ui.backups.from_file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.t(_FILTER), self.t("ui.form.all_filter")])
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def open_path(self, path: str) -> None:
        """Ask about putting the file ``path`` back, as the dialog of files does."""
        chosen = Path(path)
        self._ask(chosen, shortened(chosen.name, 120))

    def _ask_chosen(self) -> None:
        item, chosen = self.list.currentItem(), self._chosen()
        if item is not None and chosen is not None:
            self._ask(chosen, item.text().partition("\n")[0])

    def _ask(self, chosen: Path, name: str) -> None:
        if self._job is None:
            say(self.outcome, "")
            self.ask.ask(
                self.t("ui.backups.ask", name=name), self.t("ui.backups.restore_yes"), lambda: self.put_back(chosen)
            )

    def put_back(self, chosen: Path, *, undoing: bool = False) -> None:
        """Put ``chosen`` in place of what is there, which is copied first."""
        if self._job is not None:
            return
        self._hold()
        self._job = run_stoppable(
            self.desk, self.restore_busy, lambda copilot, report: copilot.custody.restore(chosen, progress=report),
            lambda kept: self._back(kept, undoing), self._not_back,
            lambda: self._stopped(self.outcome, "ui.backups.restore_stopped"),
        )  # fmt: skip

    def _back(self, kept: Path | None, undoing: bool) -> None:
        self._idle()
        self.desk.announce(Changes(all_items=True, threads=True, brands=True))
        if undoing or kept is None:
            self.desk.tell("ok", self.t("ui.backups.undone" if undoing else "ui.backups.restored_fresh"))
        else:
            self.desk.tell(
                "ok", self.t("ui.backups.restored"), act_label=self.t("ui.undo"),
                act=lambda: self.put_back(kept, undoing=True), stays=True,
            )  # fmt: skip

    def _not_back(self, error: Exception) -> None:
        self._idle()
        self._follow()
        self.tell_error(error, self.outcome)

    # Removing one.

    def _ask_remove(self) -> None:
        item, chosen = self.list.currentItem(), self._chosen()
        if item is None or chosen is None or self._job is not None:
            return
        name = item.text().partition("\n")[0]
        self.ask.ask(
            self.t("ui.backups.ask_remove", name=name), self.t("ui.backups.remove_yes"), lambda: self._remove(chosen)
        )

    def _remove(self, chosen: Path) -> None:
        by = self.desk.person

        def done(freed: int) -> None:
            say(self.outcome, self.t("ui.backups.removed", size=weight(self.desk, freed)), "ok")
            self.load()

        self.desk.run(
            lambda copilot: copilot.storage.remove_backup(chosen, by), done,
            lambda error: self.tell_error(error, self.outcome), owner=self,
        )  # fmt: skip
