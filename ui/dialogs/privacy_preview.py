"""What would leave this computer for a reply, to the last byte, what stays here, and what no pseudonym hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHeaderView, QProgressBar, QStackedWidget, QWidget

from copilot.domain.conversation import Approach
from copilot.errors import Bug, RepliqueError
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import EmptyState, Field, Segments, button, column, label, restyle, row
from ui.widgets.exact_text import ExactText
from ui.widgets.message_words import beginning, shown
from ui.widgets.table_editor import RowsTable

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.services.privacy import Kept, Preview
    from copilot.services.providers import Configured
    from ui.runner import Job

PLAYBOOK = "playbook"
#: What can be looked at.
LEAVES, EXACT, STAYS = "leaves", "exact", "stays"
#: Characters of a name, and of a value kept here, that are shown.
NAME, VALUE = 60, 300
#: Milliseconds after which waiting is said.
PATIENCE = 200
#: Words about somebody's health that are told.
WORDS = 8


@dataclass(frozen=True, slots=True)
class Choices:
    """Who could write, and in which approaches: one request leaves for each."""

    sources: tuple[Configured, ...]
    approaches: tuple[Approach, ...]


class PrivacyPreview(Dialog):
    """Nothing is sent by looking. Made anew for each source and approach."""

    def __init__(self, desk: Desk, message_id: int, brand: Brand | None, provider: str, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.preview.title"), parent)
        self._desk = desk
        self._message_id = message_id
        self._brand = brand
        self._provider = provider
        self._told: Preview | None = None
        self._job: Job | None = None
        self.source = QComboBox()
        self.approach = QComboBox()
        self.verdict = label("", "strong", wrap=True)
        self.hiding = label("", wrap=True)
        self.health = label("", tone="warn", wrap=True, selectable=True)
        self.view = Segments(
            [(one, t(f"ui.preview.view.{one}")) for one in (LEAVES, EXACT, STAYS)], LEAVES, t("ui.preview.view")
        )
        self.text = ExactText(desk.theme, t("ui.preview.view.leaves"))
        self.kept = RowsTable(t("ui.preview.view.stays"))
        self.none_kept = label(t("ui.preview.kept.none"), "muted", wrap=True)
        self.size_told = label("", "small", wrap=True)
        self.general = label(t("privacy.preview.health_general"), "small", wrap=True)
        self.copy = button(t("ui.copy"), "quiet", icon_name="copy", run=self._copy)
        self.settings = button(t("ui.preview.settings"), icon_name="settings", run=self._open_settings)
        nothing = t("ui.preview.nothing")
        self.none = EmptyState(desk.theme, "shield-check", nothing, t("ui.preview.none"), self.settings)
        self.home = EmptyState(desk.theme, "shield-check", nothing, t("ui.preview.playbook"))
        self.waiting = QProgressBar()
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE)
        self._wait.timeout.connect(self._say_waiting)
        self._lay_out()
        self.source.currentIndexChanged.connect(lambda _place: self._ask())
        self.approach.currentIndexChanged.connect(lambda _place: self._ask())
        self.view.chosen.connect(lambda _value: self._show_view())
        self._wait.start()
        self._load()

    def show_view(self, value: str) -> None:
        """Look at what leaves, at its bytes, or at what stays."""
        self.view.set_current(value)
        self._show_view()

    # What is asked.

    def _load(self) -> None:
        message_id = self._message_id

        async def work(copilot: Copilot) -> Choices:
            told = await copilot.inbox.conversation(message_id, 0, 0)
            return Choices(copilot.providers.list(), copilot.conversations.suiting(told.row.message.triage))

        self._desk.run(work, self._offer, self._failed, owner=self)

    def _offer(self, found: Choices) -> None:
        t = self._desk.t
        for combo in (self.source, self.approach):
            combo.blockSignals(True)
        for one in found.sources:
            self.source.addItem(self._named(one), one.id)
        for approach in found.approaches:
            self.approach.addItem(t(f"ui.inbox.approach.{approach.value}"), approach.value)
        self.source.setCurrentIndex(max(0, self.source.findData(self._provider)))
        for combo in (self.source, self.approach):
            combo.blockSignals(False)
        self._is_alone = len(found.sources) == 1
        if not self._is_alone:
            self._sources.show()
            self.source.setFocus()
        self._ask()

    def _named(self, one: Configured) -> str:
        if one.id == PLAYBOOK:
            return self._desk.t(one.label_key)
        return " · ".join(beginning(part, NAME) for part in (one.id, one.model) if part)

    def _ask(self) -> None:
        message_id, brand = self._message_id, self._brand
        provider, approach = str(self.source.currentData()), Approach(self.approach.currentData())
        if self._job is not None:
            self._job.cancel()
        self._wait.start()

        async def work(copilot: Copilot) -> Preview:
            return await copilot.privacy.preview(message_id, provider, brand=brand, approach=approach)

        self._job = self._desk.run(work, self._show, self._failed, owner=self)

    # What is shown.

    def _show(self, told: Preview) -> None:
        t = self._desk.t
        self._told = told
        sends = bool(told.messages)
        names = {"provider": beginning(told.provider, NAME), "model": beginning(told.model, NAME)}
        if sends:
            verdict = t("ui.preview.leaves" if told.remote else "ui.preview.local", **names)
            self._say(verdict, "warn" if told.remote else "ok")
        self.verdict.setVisible(sends)
        self.none.setVisible(not sends and self._is_alone)
        self.home.setVisible(not sends and not self._is_alone)
        self.hiding.setText(t("ui.preview.masked" if told.masked else "ui.preview.in_clear"))
        self.hiding.setVisible(sends and told.remote)
        restyle(self.hiding, tone="" if told.masked else "warn")
        words = ", ".join(beginning(word, NAME) for word in told.health[:WORDS])
        self.health.setText(t("privacy.preview.health", words=words) if words else "")
        self.health.setVisible(bool(words) and told.remote)
        self._sources.setVisible(not self._is_alone)
        self._approaches.setVisible(sends)
        self.general.setVisible(sends and told.remote)
        self._look(sends)
        self._wait.stop()
        self.waiting.hide()
        self._show_kept(told.kept, masked=told.masked)
        self._show_view()

    def _look(self, has_texts: bool) -> None:
        self._looked_at.setVisible(has_texts)
        self._air.setVisible(not has_texts and self.none.isHidden() and self.home.isHidden())

    def _show_view(self) -> None:
        told, view = self._told, self.view.current
        if told is None or not told.messages:
            return
        t = self._desk.t
        self.pages.setCurrentIndex((2 if not told.kept else 1) if view == STAYS else 0)
        self.copy.setVisible(view != STAYS)
        if view != STAYS:
            self.text.show_exact(self._body(told, view))
            self.text.setAccessibleName(t(f"ui.preview.view.{view}"))
        parts = [t("ui.preview.bytes", count=len(told.body))] if view == EXACT else []
        if view != STAYS and self.text.hidden_count:
            parts.append(t("ui.preview.hidden", count=self.text.hidden_count))
        self.size_told.setText(" ".join(parts))
        self.size_told.setVisible(bool(parts))

    def _body(self, told: Preview, view: str) -> str:
        if view == EXACT:
            return told.body.decode("utf-8", "backslashreplace")
        return "\n\n".join(f"— {self._role(role)} —\n{text}" for role, text in told.messages)

    def _role(self, role: str) -> str:
        t, key = self._desk.t, f"ui.preview.role.{role}"
        return t(key) if t.has(key) else t("ui.preview.role.other", role=beginning(role, NAME))

    def _show_kept(self, kept: Sequence[Kept], *, masked: bool) -> None:
        t = self._desk.t
        self.kept_rows.removeRows(0, self.kept_rows.rowCount())
        for one in kept:
            key = f"ui.preview.kind.{one.kind}"
            parts = (one.token, t(key) if t.has(key) else one.kind, shown(one.value, VALUE))
            self.kept_rows.appendRow([QStandardItem(part) for part in parts])
        self.kept.fit_rows()
        # Where nothing is replaced there is nothing to say of what stays.
        self.view.offer(STAYS, masked)
        if not masked and self.view.current == STAYS:
            self.view.set_current(LEAVES)

    def _say_waiting(self) -> None:
        """The first time, what talks to models is read from the disk: a second or two."""
        self._say(self._desk.t("ui.preview.preparing"), "muted")
        self.waiting.show()

    def _failed(self, error: Exception) -> None:
        self._wait.stop()
        self.waiting.hide()
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self._told = None
            shown: tuple[QWidget, ...] = (self.none, self.home, self.hiding, self.health, self.general)
            for one in shown:
                one.hide()
            self._look(False)
            self._say(self._desk.t.error(error), "danger")
        else:
            self._desk.tell_error(error)
            self.reject()

    def _say(self, text: str, tone: str) -> None:
        self.verdict.setText(text)
        self.verdict.show()
        restyle(self.verdict, tone=tone)

    def _copy(self) -> None:
        if self._told is not None:
            QGuiApplication.clipboard().setText(self._body(self._told, self.view.current))
            self._desk.tell("ok", self._desk.t("ui.copied"))

    def _open_settings(self) -> None:
        self.accept()
        self._desk.go("settings")

    # How it looks.

    def _lay_out(self) -> None:
        t, theme = self._desk.t, self._desk.theme
        self._is_alone = True
        self.at_least(theme.px(700), theme.px(420))
        room = (self.parentWidget() or self).window().height() - SPACE[8]
        self.resize(self.minimumWidth(), max(self.minimumHeight(), min(theme.px(660), room)))
        self.kept_rows = QStandardItemModel(0, 3, self)
        self.kept_rows.setHorizontalHeaderLabels([t(f"ui.preview.{one}") for one in ("token", "kind", "value")])
        self.kept.setModel(self.kept_rows)
        modes = QHeaderView.ResizeMode
        for place, mode in enumerate((modes.ResizeToContents, modes.ResizeToContents, modes.Stretch)):
            self.kept.horizontalHeader().setSectionResizeMode(place, mode)
        self._sources = Field(t("ui.preview.source"), self.source)
        self._approaches = Field(t("ui.preview.approach"), self.approach)
        self.pages = QStackedWidget()
        nothing = QWidget()
        column(self.none_kept, 1, margins=(2, 2, 2, 2), parent=nothing)
        for page in (self.text, self.kept, nothing):
            self.pages.addWidget(page)
        self._looked_at = QWidget()
        # Keeps what is said at the top while there is nothing below it.
        self._air = QWidget()
        lines = column(row(self.view, 1, self.copy), space=2, parent=self._looked_at)
        lines.addWidget(self.pages, 1)
        lines.addWidget(self.size_told)
        choices = row(space=3)
        choices.addWidget(self._sources, 3)
        choices.addWidget(self._approaches, 2)
        self.body.addLayout(choices)
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.waiting.setAccessibleName(t("ui.preview.preparing"))
        self.body.addLayout(column(self.verdict, self.hiding, self.health, self.waiting, space=1))
        self.body.addWidget(self._looked_at, 1)
        for one in (self.none, self.home, self._air):
            self.body.addWidget(one, 1)
        self.body.addWidget(self.general)
        later = (self._sources, self._approaches, self._looked_at, self.general, self.none, self.home)
        for one in (self.waiting, self.hiding, self.health, *later):
            one.hide()
        self.buttons(button(t("ui.close"), "primary", run=self.accept))
