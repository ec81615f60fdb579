"""A form drawn from declared fields: what a model source needs, asked the same way everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from copilot.errors import RepliqueError
from copilot.i18n import Translator
from ui.icons import icon
from ui.widgets.basic import Field, button, column, icon_button, restyle, reveal, row

#: A line of a form holds no more: what is pasted beyond is cut by the control itself.
LONGEST = 100_000
_YES_NO = ("no", "yes")


class Declared(Protocol):
    """A field as a model source declares it. ``kind``: text, secret, url, path, number, choice."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label_key(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def default(self) -> str: ...
    @property
    def help_key(self) -> str: ...
    @property
    def choices(self) -> tuple[str, ...]: ...
    @property
    def minimum(self) -> int: ...
    @property
    def maximum(self) -> int: ...


class _Still(QObject):
    """Lets the wheel scroll the page under a control that has not the focus, instead of changing its value."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def still(control: QWidget) -> QWidget:
    """``control``, never changed by a wheel that passes over it."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_Still(control))
    return control


class DeclaredForm(QWidget):
    """One control a field, its hint and what is wrong under it. Whole numbers with a default wait behind "advanced".

    ``values`` are what is set up now; a secret is never among them: the screen only writes it.
    """

    edited = Signal()
    entered = Signal()  # Return in a line

    def __init__(
        self, t: Translator, fields: Sequence[Declared], values: Mapping[str, str], *, secret_hint: str = ""
    ) -> None:
        super().__init__()
        self._t = t
        self._fields = tuple(fields)
        self._inputs: dict[str, _Input] = {}
        self._lines: dict[str, _Line] = {}
        self._refused = ""  # the field beside which a source's refusal stands
        lines = column(space=3, parent=self)
        usual = [one for one in fields if not _is_advanced(one)]
        rare = [one for one in fields if _is_advanced(one)]
        for one in usual:
            lines.addWidget(self._line(one, values.get(one.name, one.default), secret_hint))
        self._advanced = QWidget(self)
        inner = column(space=3, parent=self._advanced)
        for one in rare:
            inner.addWidget(self._line(one, values.get(one.name, one.default), secret_hint))
        changed = any(values.get(one.name, one.default) != one.default for one in rare)
        self.advanced_button = self._advanced_button(changed)
        if rare:
            lines.addLayout(row(self.advanced_button, 1))
            lines.addWidget(self._advanced)
        else:
            self._advanced.hide()
            self.advanced_button.hide()
            self.advanced_button.setParent(self)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(one.name for one in self._fields)

    def values(self) -> dict[str, str]:
        """What is filled in, without the secrets."""
        return {one.name: self._inputs[one.name].value for one in self._fields if one.kind != "secret"}

    def secret(self) -> str:
        """The key that was typed, empty when none was."""
        return next((self._inputs[one.name].value.strip() for one in self._fields if one.kind == "secret"), "")

    def control(self, name: str) -> QWidget:
        """The control of a field."""
        return self._inputs[name].control

    def error_of(self, name: str) -> str:
        """What is said to be wrong with a field, empty when nothing is."""
        line = self._lines[name]
        return line.note.text() if line.note.property("tone") == "danger" else ""

    def set_value(self, name: str, value: str) -> None:
        """Fill a field in."""
        self._inputs[name].set_value(value)

    def set_secret_hint(self, text: str) -> None:
        """Say where a key would be kept."""
        for one in self._fields:
            if one.kind == "secret" and text:
                self._lines[one.name].set_hint(text)

    def forget_secret(self) -> None:
        """Empty the field of the key."""
        for one in self._fields:
            if one.kind == "secret":
                self._inputs[one.name].set_value("")

    def check(self) -> bool:
        """Say next to each field what is missing or no number, and go to the first; True when all is there."""
        self.clear_errors()
        wrong = [one for one in self._fields if self._fault(one)]
        for one in wrong:
            self._lines[one.name].set_error(self._fault(one))
        if wrong:
            self.focus(wrong[0].name)
        return not wrong

    def show_error(self, error: RepliqueError) -> bool:
        """Say ``error`` next to the field it is about and go there; False when it is about none."""
        found = self._field_of(error)
        if found is None:
            return False
        self._lines[found.name].set_error(self._t.error(error))
        self._refused = found.name
        self.focus(found.name)
        return True

    def clear_errors(self) -> None:
        """Take what is wrong away."""
        for line in self._lines.values():
            line.set_error("")

    def focus(self, name: str = "") -> None:
        """Put the cursor in a field, the first when none is named."""
        if not self._fields:
            return
        found = name or next((one.name for one in self._fields if one.kind != "choice"), self._fields[0].name)
        if any(one.name == found and _is_advanced(one) for one in self._fields):
            self.advanced_button.setChecked(True)
        self._inputs[found].control.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self._lines[found])

    def _line(self, one: Declared, value: str, secret_hint: str) -> _Line:
        made = _input_of(self._t, one, value)
        made.changed.connect(lambda: self._changed(one.name))
        if isinstance(made, _LineInput):
            made.line.returnPressed.connect(self.entered)
        hint = self._t(one.help_key) if one.help_key else ""
        if one.kind == "secret" and secret_hint:
            hint = secret_hint
        line = _Line(self._t(one.label_key), made, hint)
        line.title.setBuddy(made.control)
        made.control.setAccessibleName(self._t(one.label_key))
        made.control.setAccessibleDescription(hint)
        self._inputs[one.name] = made
        self._lines[one.name] = line
        return line

    def _advanced_button(self, shown: bool) -> QPushButton:
        made = button(self._t("ui.form.advanced"), "link", icon_name="chevron-right")
        made.setCheckable(True)

        def follow(on: bool) -> None:
            made.setIcon(icon("chevron-down" if on else "chevron-right"))
            self._advanced.setVisible(on)

        made.toggled.connect(follow)
        made.setChecked(shown)
        follow(shown)
        return made

    def _fault(self, one: Declared) -> str:
        value = self._inputs[one.name].value.strip()
        if not value:
            return self._t("ui.form.missing") if one.required else ""
        # Nine digits at most: int() refuses thousands of them.
        if one.kind == "number" and not (
            value.isdecimal() and len(value) <= 9 and one.minimum <= int(value) <= one.maximum
        ):
            return self._t("ui.form.number", least=one.minimum, most=one.maximum)
        return ""

    def _changed(self, name: str) -> None:
        # A refusal may hang on any of the fields: it is not said of another address or model.
        for told in {name, self._refused or name}:
            self._lines[told].set_error("")
        self._refused = ""
        self.edited.emit()

    def _field_of(self, error: RepliqueError) -> Declared | None:
        label = getattr(error.params.get("label"), "key", "")
        name = error.params.get("name") if error.kind.startswith("provider.setting_") else ""
        for one in self._fields:
            if one.label_key == label or one.name == name or error.kind.startswith(_ABOUT.get(one.kind, ("\0",))):
                return one
            if one.name == "model" and error.kind == "provider.model_unknown":
                return one
        return None


#: Errors of a source by the kind of the field they are about.
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "secret": ("provider.key_", "provider.unauthorised", "provider.forbidden"),
    "url": ("provider.url_", "provider.dns", "provider.not_an_api", "provider.redirected", "provider.unreachable"),
    "path": ("provider.local_missing", "provider.local_not_gguf", "provider.local_cut", "provider.local_unreadable"),
}


def _is_advanced(one: Declared) -> bool:
    return one.kind == "number" and not one.required and bool(one.default)


class _Line(Field):
    """A field whose hint may come late, and whose frame shows what is wrong."""

    def set_hint(self, text: str) -> None:
        self._hint = text
        if self.note.property("tone") != "danger":
            self.note.setText(text)
            self.note.setVisible(True)

    def set_error(self, text: str) -> None:
        super().set_error(text)
        if isinstance(self.control, _Input):
            restyle(self.control.control, wrong=bool(text))
            self.control.control.setAccessibleDescription(text or self._hint)


class _Input(QWidget):
    """A control with its value as text. ``control`` takes the focus."""

    changed = Signal()

    def __init__(self, control: QWidget, *beside: QWidget) -> None:
        super().__init__()
        self.control = control
        self.setFocusProxy(control)
        self.room = row(control, *beside, space=1, parent=self)

    @property
    def value(self) -> str:
        """What is filled in."""
        return ""

    def set_value(self, value: str) -> None:
        """Fill it in."""


class _LineInput(_Input):
    def __init__(self, value: str, *beside: QWidget) -> None:
        self.line = QLineEdit(_plain(value))
        self.line.setMaxLength(LONGEST)
        super().__init__(self.line, *beside)
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str) -> None:
        self.line.setText(_plain(value))


class _SecretInput(_LineInput):
    """Hidden unless its button is pressed; never filled from the keyring."""

    def __init__(self, t: Translator, value: str = "") -> None:
        self._t = t
        self.show_button = icon_button("eye", t("ui.form.show_secret"))
        self.show_button.setCheckable(True)
        super().__init__(value, self.show_button)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.show_button.toggled.connect(self._follow)

    def _follow(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        name = self._t("ui.form.hide_secret" if shown else "ui.form.show_secret")
        self.show_button.setToolTip(name)
        self.show_button.setAccessibleName(name)


class _PathInput(_LineInput):
    def __init__(self, t: Translator, value: str) -> None:
        self._t = t
        self.browse = button(t("ui.form.browse"), icon_name="folder-open")
        super().__init__(value, self.browse)
        self.browse.clicked.connect(lambda _checked=False: self._ask())

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self._t("ui.form.browse"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._t("ui.form.models_filter"), self._t("ui.form.all_filter")])
        folder = Path(self.value).expanduser().parent
        if self.value and folder.is_dir():
            dialog.setDirectoryUrl(QUrl.fromLocalFile(str(folder)))
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def open_path(self, path: str) -> None:
        """Take ``path``, as the dialog of files does."""
        self.set_value(path)
        self.line.setFocus()


class _NumberInput(_LineInput):
    """A whole number, typed; a number out of bounds is said, never corrected behind the person's back."""

    def __init__(self, one: Declared, value: str) -> None:
        super().__init__(value)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.line.setMaximumWidth(self.line.fontMetrics().averageCharWidth() * 16)
        self.room.addStretch(1)


class _ChoiceInput(_Input):
    def __init__(self, t: Translator, one: Declared, value: str) -> None:
        self.box = QComboBox()
        for choice in one.choices:
            self.box.addItem(t(f"{one.label_key}.{choice}"), choice)
        super().__init__(still(self.box))
        self.set_value(value)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def value(self) -> str:
        return str(self.box.currentData() or "")

    def set_value(self, value: str) -> None:
        if (index := self.box.findData(value)) >= 0:
            self.box.setCurrentIndex(index)


class _CheckInput(_Input):
    """A choice between no and yes."""

    def __init__(self, t: Translator, one: Declared, value: str) -> None:
        self.box = QCheckBox(t(f"{one.label_key}.yes"))
        super().__init__(self.box)
        self.set_value(value)
        self.box.toggled.connect(lambda _on: self.changed.emit())

    @property
    def value(self) -> str:
        return _YES_NO[self.box.isChecked()]

    def set_value(self, value: str) -> None:
        self.box.setChecked(value == "yes")


def _input_of(t: Translator, one: Declared, value: str) -> _Input:
    if one.kind == "secret":
        return _SecretInput(t)
    if one.kind == "number":
        return _NumberInput(one, value)
    if one.kind == "choice":
        return _CheckInput(t, one, value) if set(one.choices) == set(_YES_NO) else _ChoiceInput(t, one, value)
    return _PathInput(t, value) if one.kind == "path" else _LineInput(value)


def _plain(value: str) -> str:
    """``value`` as a line can show it: Qt refuses halves of characters."""
    return value.encode("utf-8", "replace").decode("utf-8")
