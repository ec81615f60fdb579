"""The live preview: the messages as they would be sent, on sample values that can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from copilot.i18n import Translator
from ui.screens._prompts.source import Loaded, input_title
from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.basic import Field, Segments, badge, button, card, clear, column, icon_button, label, row, scrolled
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.domain.brand import Brand
    from copilot.services.prompt_trial import Rendered, RenderedMessage, TaskInputs

MESSAGES, VALUES = "messages", "values"
#: Characters of one message on screen, and of one sample value.
_MOST_SHOWN, _LONGEST_VALUE = 66_000, 20_000
_REST = 200


class PreviewPanel(QWidget):
    """``changed`` tells that something else is to be rendered; ``brand_chosen`` gives a brand id, empty for none."""

    changed = Signal()
    values_edited = Signal()
    brand_chosen = Signal(str)

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._theme, self._t = theme, t
        self._fields: dict[str, TextEditor] = {}
        self._sample: Mapping[str, str] = {}
        self._untrusted: tuple[str, ...] = ()
        self._shown: tuple[RenderedMessage, ...] | None = None
        self._views: list[TextEditor] = []
        self.remote_provider = ""
        self.mode = Segments(
            [(MESSAGES, t("ui.prompts.preview.messages")), (VALUES, t("ui.prompts.preview.values"))],
            MESSAGES,
            t("ui.prompts.preview"),
        )
        self.mode.chosen.connect(lambda _mode: self._follow_mode())
        self.brand = QComboBox()
        self.brand.setMinimumContentsLength(8)
        self.brand.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.brand.activated.connect(lambda _at: self.brand_chosen.emit(self.brand_id))
        self.masked = QCheckBox(t("ui.prompts.preview.masked"))
        self.masked.setAccessibleName(t("ui.prompts.preview.masked"))
        self.masked.toggled.connect(lambda _on: self.changed.emit())
        self.masked_note = label("", "small", wrap=True)
        self.state = label("", "small", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._messages_page())
        self._pages.addWidget(self._values_page())
        column(self.mode, self._pages, space=3, margins=(0, 3, 0, 0), parent=self)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.changed)
        self.show_models("")

    @property
    def brand_id(self) -> str:
        """The brand whose words fill the sample; empty for the prompt's own sample."""
        return str(self.brand.currentData() or "")

    @property
    def views(self) -> Sequence[TextEditor]:
        """The messages on screen."""
        return tuple(self._views)

    @property
    def provider(self) -> str:
        """The remote source whose view is shown; empty when everything is shown in clear."""
        return self.remote_provider if self.masked.isChecked() else ""

    def values(self) -> dict[str, str]:
        """A value for each input, as on screen."""
        return {name: field.text() for name, field in self._fields.items()}

    def edited_values(self) -> dict[str, str]:
        """Those that differ from the sample."""
        return {name: text for name, text in self.values().items() if text != self._sample.get(name, "")}

    def show_prompt(self, loaded: Loaded, kept: Mapping[str, str]) -> None:
        """A form for the inputs of a prompt; ``kept`` are values typed before."""
        clear(self._form)
        self._fields = {}
        self._untrusted = loaded.inputs.untrusted
        self._sample = {name: _shown_as(loaded.sample.get(name, "")) for name in loaded.inputs.names}
        self.brand.setCurrentIndex(0)
        for name in loaded.inputs.names:
            self._add_field(name, kept.get(name, self._sample[name]), loaded.inputs)
        self._form.addStretch(1)

    def field(self, name: str) -> TextEditor:
        """The editor of one value."""
        return self._fields[name]

    def use_sample(self, sample: Mapping[str, str]) -> None:
        """Put these values in; each field can undo it."""
        self._sample = {name: _shown_as(sample.get(name, "")) for name in self._fields}
        for name, editor in self._fields.items():
            if editor.text() != self._sample[name]:
                editor.replace_all_undoable(self._sample[name])

    def show_brands(self, brands: Sequence[Brand]) -> None:
        """The brands whose words can fill the sample; the choice stays when it can."""
        chosen = self.brand_id
        self.brand.blockSignals(True)
        self.brand.clear()
        self.brand.addItem(self._t("ui.prompts.preview.own_sample"), "")
        for one in brands:
            self.brand.addItem(self._t("ui.prompts.preview.brand", name=one.name[:80]), one.id)
        self.brand.setCurrentIndex(max(0, self.brand.findData(chosen)))
        self.brand.blockSignals(False)

    def show_models(self, remote: str) -> None:
        """``remote`` is the id of a source that texts leave this machine for; empty when there is none."""
        self.remote_provider = remote
        self.masked.setEnabled(bool(remote))
        if not remote:
            self.masked.setChecked(False)
        note = self._t("ui.prompts.preview.masked.hint" if remote else "ui.prompts.preview.no_remote")
        self.masked_note.setText(note)
        self.masked.setAccessibleDescription(note)

    def show_rendered(self, rendered: Rendered) -> None:
        """The messages as they would be sent."""
        self.state.setVisible(False)
        if rendered.messages == self._shown:
            return
        if self._shown is None or [one.role for one in self._shown] != [one.role for one in rendered.messages]:
            self._lay_out(rendered.messages)
        self._shown = rendered.messages
        for view, one in zip(self._views, rendered.messages, strict=True):
            text = one.text[:_MOST_SHOWN]
            if view.text() != text:
                view.show_text(text)

    def show_unavailable(self, sentence: str) -> None:
        """Nothing new can be shown; what was shown stays, as it was before the mistake."""
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    def show_mode(self, mode: str) -> None:
        """Go to the messages or to the values."""
        self.mode.set_current(mode)
        self._follow_mode()

    def _messages_page(self) -> QWidget:
        page = QWidget()
        self._cards = QSplitter(Qt.Orientation.Vertical)
        self._cards.setChildrenCollapsible(False)
        self._cards.setHandleWidth(SPACE[2])
        lines = column(self.masked, self.masked_note, self.state, space=1, parent=page)
        lines.addSpacing(SPACE[1])
        lines.addWidget(self._cards, 1)
        return page

    def _values_page(self) -> QWidget:
        page, form = QWidget(), QWidget()
        self._form: QVBoxLayout = column(space=3, margins=(0, 0, 1, 0), parent=form)
        chooser = Field(self._t("ui.prompts.preview.fill"), self.brand, self._t("ui.prompts.preview.values.hint"))
        self.reset = button(
            self._t("ui.prompts.preview.reset"), "link", run=lambda: self.brand_chosen.emit(self.brand_id)
        )
        column(chooser, row(self.reset, 1), scrolled(form), space=2, parent=page)
        return page

    def _follow_mode(self) -> None:
        self._pages.setCurrentIndex(0 if self.mode.current == MESSAGES else 1)

    def _add_field(self, name: str, text: str, inputs: TaskInputs) -> None:
        title = input_title(self._t, name)
        editor = TextEditor(self._theme, title, smallest_lines=1, grows=True)
        hint = "{{{" + name + "}}}"
        if name in inputs.untrusted:
            hint = f"{hint} · {self._t('ui.prompts.untrusted')}"
        self._form.addWidget(Field(title, editor, hint))
        editor.show_text(text)
        editor.changed_by_hand.connect(self._rest.start)
        editor.changed_by_hand.connect(self.values_edited)
        self._fields[name] = editor

    def _lay_out(self, messages: Sequence[RenderedMessage]) -> None:
        while (old := self._cards.widget(0)) is not None:
            old.setParent(None)
            old.deleteLater()
        self._views = [self._card(one) for one in messages]

    def _card(self, one: RenderedMessage) -> TextEditor:
        t = self._t
        name = t("ui.prompts.role.system" if one.role == "system" else "ui.prompts.role.user")
        view = TextEditor(self._theme, name, smallest_lines=2)
        view.setReadOnly(True)
        view.setProperty("bare", True)
        made: QFrame = card()
        copy = icon_button("copy", t("ui.prompts.copy_message", role=name), lambda: _copy(view))
        column(row(badge(name, "info"), 1, copy), view, space=0, margins=2, parent=made)
        self._cards.addWidget(made)
        return view


def _shown_as(text: str) -> str:
    return text[:_LONGEST_VALUE].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def _copy(view: TextEditor) -> None:
    QApplication.clipboard().setText(view.text())
