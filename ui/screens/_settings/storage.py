"""Where the profile is, what it holds and weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.desk import Changes, Desk
from ui.screens._settings.parts import Busy, FolderLine, Section, day, outcome, run_stoppable, say, weight
from ui.tokens import SPACE
from ui.widgets.basic import button, label, row

if TYPE_CHECKING:
    from copilot.services.storage import StorageReport
    from ui.runner import Job

SIZES = ("database", "backups", "logs")
COUNTS = ("brands", "briefs", "threads", "messages", "items", "audit_entries")


class StorageSection(Section):
    """Folder, sizes, counts, and giving unused room back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.storage"))
        t = self.t
        self._job: Job | None = None
        folder = self.card(t("ui.storage.folder"), t("ui.storage.folder.text"))
        self.folder = FolderLine(desk)
        folder.addWidget(self.folder)
        self.values: dict[str, QLabel] = {}
        sizes = self.card(t("ui.storage.sizes"))
        sizes.addWidget(self._table({name: t(f"ui.storage.size.{name}") for name in SIZES}))
        self.compact_button = button(t("ui.storage.compact"), icon_name="zap", run=self.compact)
        self.busy = Busy(desk, t("ui.storage.compacting"))
        self.outcome = outcome()
        sizes.addWidget(label(t("ui.storage.compact.text"), "muted", wrap=True))
        sizes.addLayout(row(self.compact_button, 1))
        sizes.addWidget(self.busy)
        sizes.addWidget(self.outcome)
        counts = self.card(t("ui.storage.counts"))
        counts.addWidget(self._table({name: t(f"ui.storage.count.{name}") for name in COUNTS}))
        self.oldest = label(kind="small", wrap=True)
        self.oldest.hide()
        counts.addWidget(self.oldest)
        self.body.addStretch(1)

    def _table(self, names: dict[str, str]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[6])
        grid.setVerticalSpacing(SPACE[2])
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, self.desk.theme.px(180))
        for line, (name, title) in enumerate(names.items()):
            self.values[name] = label("…", "strong", selectable=True)
            self.values[name].setAccessibleName(title)
            grid.addWidget(label(title, "muted"), line, 0)
            grid.addWidget(self.values[name], line, 1)
        return made

    def load(self) -> None:
        """Ask how much there is."""
        self.desk.run(lambda copilot: copilot.storage.report(), self._show, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """Whatever is stored."""
        return changes.all_items or changes.threads or changes.brands or bool(changes.items)

    def _show(self, found: StorageReport) -> None:
        self.folder.set_path(str(found.profile))
        for name in SIZES:
            self._set(name, weight(self.desk, int(getattr(found, f"{name}_bytes"))))
        for name in COUNTS:
            self._set(name, self.t.number(int(getattr(found, name))))
        if found.on_server:
            self._set("database", self.t("ui.storage.on_server"))
            self.compact_button.setEnabled(False)
        first = found.oldest_thread
        say(self.oldest, self.t("ui.storage.oldest", date=day(self.t, first)) if first else "", scroll=False)

    def _set(self, name: str, text: str) -> None:
        self.values[name].setText(text)
        self.values[name].setAccessibleDescription(text)

    def compact(self) -> None:
        """Give back the room of what was deleted."""
        if self._job is not None:
            return
        say(self.outcome, "")
        self.compact_button.setEnabled(False)
        self._job = run_stoppable(
            self.desk, self.busy, lambda copilot, _report: copilot.storage.compact(),
            self._done, self._failed, self._stopped,
        )  # fmt: skip

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.compact_button.setEnabled(True)

    def _done(self, freed: int) -> None:
        self._ended()
        key = "ui.storage.compacted" if freed else "ui.storage.compact_nothing"
        say(self.outcome, self.t(key, size=weight(self.desk, freed)), "ok")
        self.load()

    def _stopped(self) -> None:
        self._ended()
        say(self.outcome, self.t("ui.storage.compact_stopped"))

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.tell_error(error, self.outcome)
