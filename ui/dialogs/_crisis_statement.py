"""A holding statement: what a person states, and the text with what nobody stated left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from copilot import networks
from copilot.i18n import LANGUAGES
from ui.desk import Changes, Desk
from ui.screens._compose.network_chips import NetworkChips
from ui.widgets.basic import Field, Segments, button, column, label, row, scrolled
from ui.widgets.text_editor import Mark, TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.services.inspection import Inspected

#: What is asked for, in the order it is said.
FACTS = ("fact", "when", "known", "unknown", "doing", "next", "page", "contact")
#: Milliseconds from the last key to the next text.
REST = 120
#: Characters one may state at once.
LONGEST = 600
_SLOT = re.compile(r"\{[^{}]*\}")
_NAMES = {"fr": "Français", "en": "English"}


class StatementPage(QWidget):
    """``drafted`` tells that the statement is among the drafts."""

    drafted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = self._t = desk.t
        self._brand: Brand | None = None
        self._asked = 0
        self._contact = ""
        self.language = Segments([(one, _NAMES[one]) for one in LANGUAGES], t.language, t("ui.crisis.language"))
        self.facts = {name: QLineEdit() for name in FACTS}
        self.networks = NetworkChips(t, networks.load())
        self.text = TextEditor(desk.theme, t("ui.crisis.preview"), smallest_lines=10)
        self.text.setReadOnly(True)
        self.missing = label("", "small", tone="warn", wrap=True)
        self.copy = button(t("ui.copy"), icon_name="copy", run=self._copy)
        self.draft = button(t("ui.crisis.draft"), "primary", run=self._draft)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._lay_out()
        self._connect()
        self._preview()

    def take_brand(self, brand: Brand | None) -> None:
        """Write for ``brand``: its networks and its language, unless the person chose."""
        self._brand = brand
        self.networks.show_accounts(brand.accounts if brand else {})
        if brand and brand.voice.language in LANGUAGES and not any(one.text() for one in self.facts.values()):
            self.language.set_current(brand.voice.language)
        self._take_contact(brand)
        self._allow()
        self._preview()

    def _take_contact(self, brand: Brand | None) -> None:
        """Whom to ask is on the brand's sheet; what the person typed instead stays."""
        known = brand.contact.whom if brand else ""
        if self.facts["contact"].text() in ("", self._contact):
            self.facts["contact"].setText(known)
            self._contact = known

    def stated(self) -> dict[str, str]:
        """What the person stated so far."""
        return {name: one.text().strip() for name, one in self.facts.items() if one.text().strip()}

    def _preview(self) -> None:
        self._asked += 1
        number, facts, language = self._asked, self.stated(), self.language.current

        async def work(copilot: Copilot) -> str:
            return copilot.crisis.holding_text(facts, language)

        def done(text: str) -> None:
            if number == self._asked:
                self._show(text)

        self._desk.run(work, done, owner=self)

    def _show(self, text: str) -> None:
        self.text.show_text(text)
        open_slots = list(_SLOT.finditer(self.text.text()))
        note = self._t("ui.crisis.slot")
        self.text.set_marks([Mark(one.start(), one.end(), "warn", "ground", note) for one in open_slots])
        left = len(open_slots)
        self.missing.setText(self._t("ui.crisis.missing", count=left) if left else "")
        self.missing.setVisible(bool(left))
        # What may not be published is not copied by mistake either.
        self.copy.setEnabled(not left)
        self.copy.setToolTip(self._t("ui.crisis.copy.blocked") if left else "")
        self.copy.setAccessibleDescription(self.copy.toolTip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self._desk.tell("ok", self._t("ui.crisis.copied"))

    def _allow(self) -> None:
        has_network = bool(self.networks.chosen)
        self.draft.setEnabled(has_network)
        self.draft.setToolTip("" if has_network else self._t("ui.crisis.no_network"))

    def _draft(self) -> None:
        facts, language, brand = self.stated(), self.language.current, self._brand
        chosen, author = self.networks.chosen, self._desk.person

        async def work(copilot: Copilot) -> tuple[Inspected, ...]:
            from copilot.services.crisis import Holding

            asked = Holding(facts=facts, networks=chosen, language=language, brand=brand, author=author)
            return await copilot.crisis.draft_holding(asked)

        self.draft.setEnabled(False)
        self._desk.run(work, self._drafted, self._failed)

    def _drafted(self, drafts: tuple[Inspected, ...]) -> None:
        t, desk = self._t, self._desk
        desk.announce(Changes(items=frozenset(one.item.id for one in drafts)))
        desk.tell(
            "ok", t("ui.crisis.drafted", count=len(drafts)), act_label=t("ui.compose.see_review"),
            act=lambda: desk.go("review"),
        )  # fmt: skip
        # Drafts are kept and said even when the dialog was closed meanwhile.
        if shiboken6.isValid(self):
            self.drafted.emit()

    def _failed(self, error: Exception) -> None:
        self._desk.tell_error(error)
        if shiboken6.isValid(self):
            self._allow()

    def _lay_out(self) -> None:
        t = self._t
        form = QWidget()
        asked = []
        for name, edit in self.facts.items():
            edit.setMaxLength(LONGEST)
            edit.setPlaceholderText(t(f"ui.crisis.fact.{name}.hint"))
            asked.append(Field(t(f"ui.crisis.fact.{name}"), edit))
        column(
            label(t("ui.crisis.statement.hint"), "small", wrap=True),
            *asked,
            1,
            space=2,
            margins=(0, 0, 2, 0),
            parent=form,
        )
        right = QWidget()
        told = column(
            row(label(t("ui.crisis.preview"), "strong"), 1, self.language, self.copy), self.text, self.missing,
            self.networks, space=2, margins=(0, 0, 2, 0), parent=right,
        )  # fmt: skip
        told.setStretchFactor(self.text, 1)
        lines = row(space=4, parent=self)
        lines.addWidget(scrolled(form, t("ui.crisis.page.statement")), 1)
        # All the networks there are take more room than a low window has beside the text.
        lines.addWidget(scrolled(right, t("ui.crisis.preview")), 1)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._preview)
        for edit in self.facts.values():
            edit.textEdited.connect(lambda _text: self._rest.start())
        self.language.chosen.connect(lambda _value: self._preview())
        self.networks.changed.connect(self._allow)
        self._allow()
