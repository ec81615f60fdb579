"""The statement of reasons of a restriction: the letter for the author, and the official fields."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import Field, Segments, button, label, row
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.moderation import Statement
    from ui.runner import Job

#: Milliseconds from the last key to a new statement.
REST = 200


class StatementDialog(Dialog):
    """Shows what ``make`` gives; with ``editable`` facts, it is made anew as they are typed.

    ``make`` runs in the engine: it gets the facts as typed, empty for those of the decision.
    """

    def __init__(
        self,
        desk: Desk,
        make: Callable[[Copilot, str], Awaitable[Statement | None]],
        parent: QWidget,
        *,
        editable: bool = False,
    ) -> None:
        t = desk.t
        super().__init__(t("ui.statement.title"), parent)
        self.at_least(desk.theme.px(640), desk.theme.px(480))
        self._desk = desk
        self._make = make
        self._told: Statement | None = None
        self._job: Job | None = None
        self.duty = label("", "small", wrap=True)
        self.state = label("", wrap=True, selectable=True)
        self.facts = TextEditor(desk.theme, t("ui.moderate.facts"), smallest_lines=2)
        self.form = Segments(
            [("letter", t("ui.statement.letter")), ("fields", t("ui.statement.fields"))], "letter", t("ui.statement.as")
        )
        self.text = TextEditor(desk.theme, t("ui.statement.title"), smallest_lines=8)
        self.text.setReadOnly(True)
        self.copy = button(t("ui.copy"), icon_name="copy", run=self._copy)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._ask)
        self.body.addWidget(self.duty)
        field = Field(t("ui.moderate.facts"), self.facts, t("ui.statement.facts.hint"))
        self.facts.setMaximumHeight(desk.theme.px(76))
        self.body.addWidget(field)
        field.setVisible(editable)
        self.body.addWidget(self.state)
        self.body.addLayout(row(self.form, 1, self.copy))
        self.body.addWidget(self.text, 1)
        self.body.addWidget(label(t("ui.moderate.aid"), "small", wrap=True))
        self.buttons(button(t("ui.close"), "primary", run=self.accept))
        self.form.chosen.connect(lambda _value: self._show_text())
        self.facts.changed_by_hand.connect(self._rest.start)
        self.state.hide()
        self._ask()

    def _ask(self) -> None:
        facts = self.facts.text().strip()
        if self._job is not None:
            self._job.cancel()
        self._job = self._desk.run(lambda copilot: self._make(copilot, facts), self._show, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self._desk.tell_error(error)
        self.reject()

    def _show(self, told: Statement | None) -> None:
        t = self._desk.t
        if told is None:
            self.reject()
            return
        if self._told is None and told.moderation.facts:
            self.facts.show_text(told.moderation.facts)
        self._told = told
        self.duty.setText(t("moderation.duty" if told.duty else "moderation.good_practice"))
        lines = [t.wording(told.exempt)] if told.exempt else [t.wording(one) for one in told.problems]
        if told.problems:
            lines = [t("ui.statement.blocked"), *(f"• {one}" for one in lines)]
        self.state.setText("\n".join(lines))
        self.state.setVisible(bool(lines))
        self.state.setProperty("tone", "warn" if told.problems else "info")
        self.state.style().polish(self.state)
        self._show_text()

    def _show_text(self) -> None:
        told = self._told
        if told is None:
            return
        fields = json.dumps(dict(told.fields), ensure_ascii=False, indent=2) if told.fields else ""
        shown = told.letter if self.form.current == "letter" else fields
        self.text.show_text(shown or self._desk.t("ui.statement.nothing"))
        # What may not be issued is not copied by mistake either.
        self.copy.setEnabled(bool(shown) and not told.problems)
        self.copy.setToolTip(self._desk.t("ui.statement.blocked") if told.problems else "")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self._desk.tell("ok", self._desk.t("ui.statement.copied"))
