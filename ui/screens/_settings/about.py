"""What this program is made of, with the licence of each piece, and whether the installation is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit

from ui.desk import Changes, Desk
from ui.screens._settings.parts import Busy, Section, outcome, run_stoppable, say
from ui.widgets.basic import button, column, label, row

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.about import About
    from copilot.services.self_check import SelfCheck
    from ui.runner import Report


class AboutSection(Section):
    """Versions, self-check, licences."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.about"))
        t = self.t
        self._asked = ""
        head = self.card(t("ui.about.title"), t("ui.about.text"))
        self.versions = label("…", selectable=True, wrap=True)
        self.copy_button = button(t("ui.copy"), "quiet", icon_name="copy", run=self._copy)
        line = row(space=2)
        line.addWidget(self.versions, 1)
        line.addWidget(self.copy_button)
        head.addLayout(line)
        check = self.card(t("ui.about.check"), t("ui.about.check.text"))
        self.check_button = button(t("ui.about.check.run"), icon_name="circle-check", run=self.check)
        self.busy = Busy(desk, t("ui.about.checking"))
        self.outcome = outcome()
        check.addLayout(row(self.check_button, 1))
        check.addWidget(self.busy)
        check.addWidget(self.outcome)
        self._licences()

    def _licences(self) -> None:
        t = self.t
        lines = self.card(t("ui.about.licences"), t("ui.about.licences.text"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("ui.about.filter"))
        self.filter.setAccessibleName(t("ui.about.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._sift)
        self.list = QListWidget()
        self.list.setAccessibleName(t("ui.about.licences"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(t("ui.about.licence_text"))
        self.text.setTabChangesFocus(True)
        height = self.desk.theme.px(300)
        self.list.setMinimumHeight(height)
        self.text.setMinimumHeight(height)
        both = row(space=3)
        both.addLayout(column(self.filter, self.list), 2)
        both.addWidget(self.text, 3)
        lines.addLayout(both)

    def load(self) -> None:
        """Ask what there is: reading the licences takes a while, away from both threads."""

        async def work(_copilot: Copilot) -> About:
            import asyncio

            from copilot.services.about import about

            return await asyncio.to_thread(about, qVersion())

        self.desk.run(work, self._show, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """Never: a program does not change while it runs."""
        return False

    def _show(self, found: About) -> None:
        t = self.t
        self.versions.setText(
            t(
                "ui.about.versions",
                version=found.version,
                python=found.python,
                qt=found.qt_version,
                pyside=pyside_version,
            )
        )
        self.list.clear()
        for one in found.licences:
            licence = one.licence or t("ui.about.licence_unknown")
            item = QListWidgetItem(f"{one.name} {one.version}".strip() + f"\n{licence}")
            item.setData(Qt.ItemDataRole.UserRole, (one.name, one.url))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.versions.text())
        self.desk.tell("ok", self.t("ui.copied"))

    def _sift(self, wanted: str) -> None:
        for line in range(self.list.count()):
            item = self.list.item(line)
            item.setHidden(wanted.casefold().strip() not in item.text().casefold())

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            self.text.clear()
            return
        name, url = item.data(Qt.ItemDataRole.UserRole)
        self._asked = name

        async def work(_copilot: Copilot) -> str:
            import asyncio

            from copilot.services.about import licence_text

            return await asyncio.to_thread(licence_text, name)

        def show(text: str) -> None:
            if self._asked == name:
                none = self.t("ui.about.no_text", name=name)
                self.text.setPlainText("\n\n".join(part for part in (url, text or none) if part))

        self.desk.run(work, show, owner=self)

    def check(self) -> None:
        """Look at the installation and the profile."""

        async def work(copilot: Copilot, _report: Report) -> SelfCheck:
            from copilot.services.self_check import check

            return await check(copilot.profile, copilot.store, copilot.secrets, copilot.prompts.library)

        say(self.outcome, "")
        self.check_button.setEnabled(False)
        run_stoppable(self.desk, self.busy, work, self._checked, self._failed, self._stopped)

    def _stopped(self) -> None:
        self._ended()
        say(self.outcome, self.t("ui.about.check_stopped"))

    def _ended(self) -> None:
        self.busy.end()
        self.check_button.setEnabled(True)

    def _checked(self, found: SelfCheck) -> None:
        self._ended()
        if found.problems:
            said = [self.t.error(one) for one in found.problems]
            say(self.outcome, "\n".join([self.t("ui.about.problems", count=len(said)), *said]), "danger")
            return
        counts = {name: self.t.number(count) for name, count in found.counts.items()}
        say(self.outcome, self.t("ui.about.sound", **counts), "ok")

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.tell_error(error, self.outcome)
