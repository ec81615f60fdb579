"""The form of a decision: action, clause, category, facts, and the reason its author may be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QStyle, QStyleOptionComboBox, QWidget

from copilot.domain.moderation import AGAINST, ModerationAction
from ui.tokens import SPACE
from ui.widgets.basic import Field, Segments, button, column, label, row
from ui.widgets.message_words import shown
from ui.widgets.status import capital
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.domain.brand import Brand
    from copilot.domain.moderation import LegalCategory, Moderation, Suggestion
    from ui.desk import Desk

#: Characters of a clause shown in its list; the whole of it stands below.
CLAUSE = 70
#: Characters of the facts that are quoted when none are told.
HINT = 120
#: Reasons of a suggestion that are told.
REASONS = 4


class DecidingForm(QWidget):
    """``changed`` tells that the decision is another one now."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = self._t = desk.t
        self._desk = desk
        self._categories: tuple[LegalCategory, ...] = ()
        self._suggestion: Suggestion | None = None
        self._clauses: dict[str, str] = {}
        self._is_own_reason = False
        self._language_chosen = ""
        self.suggested = label("", wrap=True)
        self.follow = button(t("ui.moderate.follow"), "link", run=self._follow_suggestion)
        self.action = Segments(
            [(one.value, t(f"ui.moderate.action.{one.value}")) for one in ModerationAction],
            ModerationAction.KEEP.value,
            t("ui.moderate.action"),
        )
        self.does = label("", "small", wrap=True)
        self.clause = _Choice()
        self.clause_text = label("", "small", wrap=True, selectable=True)
        self.category = _Choice()
        self.category_text = label("", "small", wrap=True, selectable=True)
        self.facts = TextEditor(desk.theme, t("ui.moderate.facts"), smallest_lines=2, grows=True)
        self.reason = TextEditor(desk.theme, t("ui.moderate.reason"), smallest_lines=3, grows=True)
        self.language = Segments([("fr", "FR"), ("en", "EN")], "fr", t("ui.moderate.reason.language"))
        self.restore = button(t("ui.moderate.reason.restore"), "link", run=self._restore)
        self.hosted = label(t("moderation.duty"), "small", tone="info", wrap=True)
        self._lay_out()
        self._connect()
        self._show_action()

    @property
    def chosen(self) -> ModerationAction:
        """The action chosen."""
        return ModerationAction(self.action.current)

    @property
    def clause_id(self) -> str:
        """The clause chosen, empty when none."""
        return str(self.clause.currentData() or "")

    @property
    def category_key(self) -> str:
        """The category chosen, empty when none."""
        return str(self.category.currentData() or "")

    @property
    def own_reason(self) -> str:
        """The reason in the person's own words, empty when it is the one proposed."""
        return self.reason.text().strip() if self._is_own_reason else ""

    @property
    def language_asked(self) -> str:
        """The language the person wants the reason in, empty when that of the message will do."""
        return self._language_chosen

    def choose(self, action: ModerationAction) -> None:
        """Choose an action."""
        self.action.set_current(action.value)
        self._focus_action()
        self.action.chosen.emit(action.value)

    def quote(self, words: str) -> None:
        """Add words of the message to the facts, between quotation marks."""
        told = self.facts.text().strip()
        quoted = self._t("ui.moderate.quoted", words=words)
        self.facts.show_text(f"{told} {quoted}" if told else quoted)
        self.changed.emit()

    def show_case(
        self, suggestion: Suggestion, brand: Brand | None, categories: Sequence[LegalCategory], *, is_group: bool
    ) -> None:
        """Offer the charter and the categories; begin with what is suggested."""
        t = self._t
        self._suggestion = suggestion
        self._categories = tuple(categories)
        charter = brand.charter if brand else ()
        self._clauses = {one.id: one.text for one in charter}
        nothing = t("ui.moderate.clause.none" if charter else "ui.moderate.clause.no_charter")
        _fill(self.clause, [(nothing, "")] + [(_short(f"{one.id} – {one.text}"), one.id) for one in charter])
        told = [(one.label[t.language], one.key) for one in categories]
        _fill(self.category, [(t("ui.moderate.category.none"), ""), *told])
        self._facts_field.note.setText(t("ui.moderate.facts.hint.group" if is_group else "ui.moderate.facts.hint"))
        self._reason_note.setText(t("ui.moderate.reason.group") if is_group else "")
        self._reason_note.setVisible(is_group)
        self._say_suggestion(suggestion)
        self._follow_suggestion()

    def _focus_action(self) -> None:
        for made in self.action.findChildren(QPushButton):
            if made.isChecked():
                made.setFocus()

    def show_prepared(self, moderation: Moderation) -> None:
        """Show the reason as it would be kept; a person's own words stay."""
        if not self._is_own_reason:
            self.reason.show_text(moderation.reason)
        if not self._language_chosen:
            self.language.set_current(moderation.language)
        if not self.facts.text():
            self.facts.setPlaceholderText(_hint(moderation.facts))

    def _say_suggestion(self, told: Suggestion) -> None:
        t = self._t
        why = " ".join(shown(t.wording(one), 240) for one in told.why[:REASONS] if one.key.startswith("moderation."))
        action = t(f"moderation.action.{told.action.value}")
        self.suggested.setText(t("ui.moderate.suggested", action=action, why=why))

    def _follow_suggestion(self) -> None:
        if self._suggestion is None:
            return
        clause = self._suggestion.clause
        for combo, value in ((self.clause, clause.id if clause else ""), (self.category, self._suggestion.category)):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.choose(self._suggestion.action)

    def _show_action(self) -> None:
        t, suggestion = self._t, self._suggestion
        self.does.setText(t(f"ui.moderate.does.{self.chosen.value}"))
        self.follow.setVisible(suggestion is not None and not self._is_as_suggested())
        self.changed.emit()

    def _show_ground(self) -> None:
        t = self._t
        self.clause_text.setText(shown(self._clauses.get(self.clause_id, ""), 600))
        self.clause_text.setVisible(bool(self.clause_id))
        found = next((one for one in self._categories if one.key == self.category_key), None)
        parts = []
        if found is not None:
            parts = [t("ui.moderate.category.law", law=found.law), found.note.get(t.language, "")]
            told = found.reports if self.chosen in AGAINST else ()
            where = "; ".join(_channel(one.name, one.reach, one.what[t.language]) for one in told)
            parts.append(t("ui.moderate.category.report", where=where) if where else "")
        self.category_text.setText("\n".join(part for part in parts if part))
        self.category_text.setVisible(found is not None)
        self._show_action()

    def _is_as_suggested(self) -> bool:
        told = self._suggestion
        if told is None:
            return True
        clause = told.clause.id if told.clause else ""
        return (self.chosen, self.clause_id, self.category_key) == (told.action, clause, told.category)

    def _restore(self) -> None:
        self._is_own_reason = False
        self.restore.hide()
        self.changed.emit()

    def _reason_typed(self) -> None:
        self._is_own_reason = bool(self.reason.text().strip())
        self.restore.setVisible(self._is_own_reason)
        self.changed.emit()

    def _language_taken(self, value: str) -> None:
        self._language_chosen = value
        self.changed.emit()

    def _lay_out(self) -> None:
        t = self._t
        self._facts_field = Field(t("ui.moderate.facts"), self.facts, t("ui.moderate.facts.hint"))
        self._reason_note = label("", "small", wrap=True)
        self._reason_note.hide()
        reason_title = label(t("ui.moderate.reason"), "strong")
        reason_title.setBuddy(self.reason)
        suggestion = row(self.suggested, self.follow)
        suggestion.setStretch(0, 1)
        column(
            suggestion,
            column(label(t("ui.moderate.action"), "strong"), self.action, self.does, space=1),
            row(
                column(Field(t("ui.moderate.clause"), self.clause), self.clause_text, 1, space=1),
                column(Field(t("ui.moderate.category"), self.category), self.category_text, 1, space=1),
                space=3,
            ),
            self._facts_field,
            column(
                row(reason_title, self.language, 1, self.restore), self.reason, self._reason_note, self.hosted, space=1
            ),
            space=3,
            parent=self,
        )
        for one in (self.restore, self.hosted, self.follow, self.clause_text, self.category_text):
            one.hide()

    def _connect(self) -> None:
        self.action.chosen.connect(lambda _value: self._show_ground())
        self.clause.currentIndexChanged.connect(lambda _place: self._show_ground())
        self.category.currentIndexChanged.connect(lambda _place: self._show_ground())
        self.facts.changed_by_hand.connect(self.changed)
        self.reason.changed_by_hand.connect(self._reason_typed)
        self.language.chosen.connect(self._language_taken)


class _Choice(QComboBox):
    """Shortens what is chosen where there is no room: its list and the line below have it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.setMaxVisibleItems(14)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802  # Qt's name
        super().initStyleOption(option)
        part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(part[0], option, part[1], self).width() - SPACE[1]
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)


def _fill(combo: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    combo.blockSignals(True)
    combo.clear()
    for text, value in entries:
        combo.addItem(text, value)
    combo.blockSignals(False)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return capital(line if len(line) <= CLAUSE else line[: CLAUSE - 1].rstrip() + "…")


def _hint(facts: str) -> str:
    """The facts quoted when none are told, short enough for the two lines there are."""
    line = " ".join(shown(facts, 400).split())
    return line if len(line) <= HINT else line[: HINT - 1].rstrip() + "…"


def _channel(name: str, reach: str, what: str) -> str:
    if not name:
        return what
    return f"{name} ({reach}), {what}" if reach and reach != name else f"{name}, {what}"
