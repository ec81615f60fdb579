"""What leaves this computer and when, the logs, and forgetting the conversations of others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from ui.desk import Changes, Desk
from ui.icons import icon
from ui.screens._settings.parts import Ask, FolderLine, Section, SettingRow, day, outcome, say
from ui.screens._settings.sources import PLAYBOOK, place_of, shortened, title_of
from ui.widgets.basic import badge, button, card, clear, column, label, row, rule
from ui.widgets.declared_form import still

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from copilot.app import Copilot
    from copilot.domain.conversation import Thread
    from copilot.services.providers import Configured

    Told = tuple[tuple[Configured, ...], tuple[tuple[Thread, int], ...], datetime, Path]

#: Days offered first: a year of conversations is kept.
USUAL_DAYS = 365
MOST_DAYS = 36_500


class Privacy(Section):
    """In plain words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.privacy"))
        t = self.t
        self._threads: tuple[tuple[Thread, int], ...] = ()
        self._now: datetime | None = None
        leaving = self.card(t("ui.privacy.leaving"), t("ui.privacy.leaving.text"))
        self.sources = column(space=2)
        leaving.addLayout(self.sources)
        leaving.addWidget(rule())
        leaving.addWidget(label(t("ui.privacy.never"), "muted", wrap=True))
        self._forgetting()
        logs = self.card(t("ui.privacy.logs"), t("ui.privacy.logs.text"))
        self.logs = FolderLine(desk)
        logs.addWidget(self.logs)
        self.body.addStretch(1)

    def _forgetting(self) -> None:
        t = self.t
        lines = self.card(t("ui.privacy.forget"), t("ui.privacy.forget.text"))
        self.days = QLineEdit(str(USUAL_DAYS))
        self.days.setValidator(QIntValidator(0, MOST_DAYS, self.days))
        self.days.setFixedWidth(self.desk.theme.px(80))
        self.days.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.days.textChanged.connect(lambda _days: self._days_changed())
        self.forget_button = button("", icon_name="trash-2", run=self._ask_old)
        controls = QWidget()
        row(self.days, self.forget_button, parent=controls)
        self.old_row = SettingRow(self.desk, t("ui.privacy.older"), controls, "")
        self.days.setAccessibleName(t("ui.privacy.older"))
        self.thread_box = QComboBox()
        self.thread_box.setAccessibleName(t("ui.privacy.one"))
        self.thread_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.thread_box.setMinimumContentsLength(24)
        self.forget_one_button = button(t("ui.privacy.forget_one"), icon_name="trash-2", run=self._ask_one)
        one = QWidget()
        line = row(space=2, parent=one)
        line.addWidget(still(self.thread_box), 1)
        line.addWidget(self.forget_one_button)
        self.ask = Ask(self.desk)
        self.outcome = outcome()
        lines.addWidget(self.old_row)
        lines.addWidget(rule())
        lines.addWidget(column_of(label(t("ui.privacy.one"), "strong"), one))
        lines.addWidget(self.ask)
        lines.addWidget(self.outcome)

    def load(self) -> None:
        """Ask for the sources and the conversations."""

        async def work(copilot: Copilot) -> Told:
            threads = await copilot.conversations.list()
            return copilot.providers.list(), threads, copilot.clock(), copilot.profile.logs

        self.desk.run(work, self._show, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """Sources and conversations."""
        return changes.providers or changes.threads

    def _show(self, told: Told) -> None:
        sources, self._threads, self._now, logs = told
        self.logs.set_path(str(logs))
        clear(self.sources)
        for one in sources:
            self.sources.addWidget(self._source(one))
        chosen = self.thread_box.currentData()
        self.thread_box.clear()
        for thread, count in self._threads:
            self.thread_box.addItem(self._named(thread, count), thread.id)
        self.thread_box.setCurrentIndex(max(0, self.thread_box.findData(chosen)))
        some = bool(self._threads)
        self.thread_box.setEnabled(some)
        self.forget_one_button.setEnabled(some)
        self._count()

    def _source(self, source: Configured) -> QFrame:
        t = self.t
        made = card("sunken")
        shown = badge(t("ui.privacy.partly"), "info") if source.remote else badge(t("ui.privacy.nothing"), "ok")
        head = row(label(title_of(t, source), "strong"), shown, 1)
        if source.id == PLAYBOOK:
            words = t("ui.privacy.playbook")
        elif source.remote:
            words = t("ui.privacy.remote", place=shortened(place_of(t, source), 120))
        else:
            words = t("ui.privacy.local")
        column(head, label(words, wrap=True), space=1, margins=3, parent=made)
        return made

    def _named(self, thread: Thread, count: int) -> str:
        title = shortened(thread.title, 60) or self.t("ui.privacy.untitled")
        return self.t("ui.privacy.thread", title=title, count=count, date=self._day(thread.imported_at))

    def _day(self, at: datetime | None) -> str:
        return day(self.t, at) if at is not None else "–"

    def _asked_days(self) -> int | None:
        return int(self.days.text()) if self.days.hasAcceptableInput() else None

    def _old(self) -> int:
        days = self._asked_days()
        if self._now is None or days is None:
            return 0
        last = self._now - timedelta(days=days)
        return sum(1 for thread, _count in self._threads if thread.imported_at and thread.imported_at <= last)

    def _days_changed(self) -> None:
        # A question about another number of days no longer holds.
        if self.ask.isVisible():
            self.ask.shut()
            self.days.setFocus()
        self._count()

    def _count(self) -> None:
        count = self._old()
        words = self.t("ui.privacy.forget_old", count=count)
        self.forget_button.setText(words)
        self.forget_button.setAccessibleName(words)
        self.forget_button.setEnabled(count > 0)
        self.forget_button.setIcon(icon("trash-2"))
        self.old_row.set_error("")
        self.old_row.note.setText(self.t("ui.privacy.held", count=len(self._threads)))
        self.old_row.note.show()

    def _ask_old(self) -> None:
        days, count = self._asked_days(), self._old()
        if days is None or not count:
            return
        self.ask.ask(
            self.t("ui.privacy.ask_old", count=count, days=self.t.number(days)),
            self.t("ui.privacy.forget_yes"),
            lambda: self._forget_old(days),
        )

    def _ask_one(self) -> None:
        thread_id = self.thread_box.currentData()
        self.ask.ask(
            self.t("ui.privacy.ask_one", name=self.thread_box.currentText()),
            self.t("ui.privacy.forget_yes"),
            lambda: self._forget_one(thread_id),
        )

    def _forget_old(self, days: int) -> None:
        by = self.desk.person
        self.desk.run(
            lambda copilot: copilot.storage.forget_older_than(days, by), self._forgot, self._refused, owner=self
        )

    def _forget_one(self, thread_id: int) -> None:
        by = self.desk.person

        async def work(copilot: Copilot) -> int:
            await copilot.storage.forget_thread(thread_id, by)
            return 1

        self.desk.run(work, self._forgot, self._refused, owner=self)

    def _forgot(self, count: int) -> None:
        say(self.outcome, self.t("ui.privacy.forgot", count=count), "ok")
        self.desk.announce(Changes(threads=True, all_items=True))

    def _refused(self, error: Exception) -> None:
        self.tell_error(error, self.outcome)


def column_of(*parts: QWidget) -> QWidget:
    """Parts one over the other, as one widget."""
    made = QWidget()
    column(*parts, space=1, parent=made)
    return made
