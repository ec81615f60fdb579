"""Controls that show a value exactly, tell when a person changed it, and leave undo to the brand's history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from copilot.i18n import Translator
from ui.theme import Theme
from ui.widgets.basic import Segments, row
from ui.widgets.text_editor import TextEditor

#: Characters a control lets edit; a longer value is shown by its beginning until it is emptied.
LONGEST_LINE, LONGEST_PROSE = 2_000, 20_000
_HISTORY_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_history_key(event: QEvent) -> bool:
    """True for undo and redo, which belong to the brand and not to one control."""
    wanted = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    return event.type() in wanted and isinstance(event, QKeyEvent) and any(event.matches(key) for key in _HISTORY_KEYS)


def empties(event: QKeyEvent) -> bool:
    """True for the keys that empty a value too long to be edited."""
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Line(QLineEdit):
    """One line. ``edited`` carries the text a person typed."""

    edited = Signal(str)

    def __init__(self, t: Translator, placeholder: str = "") -> None:
        super().__init__()
        self._t = t
        self._placeholder = placeholder
        self.setMaxLength(LONGEST_LINE)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.edited)

    def show_value(self, value: str) -> None:
        """Show ``value``, silently."""
        too_long = len(value) > LONGEST_LINE
        shown = value[:LONGEST_LINE]
        if self.text() != shown:
            self.setText(shown)
            self.setCursorPosition(len(shown) if self.hasFocus() else 0)
        self.setReadOnly(too_long)
        self.setToolTip(self._t("ui.brands.too_long", count=len(value)) if too_long else "")

    def event(self, event: QEvent) -> bool:
        """Undo and redo pass by."""
        if is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """A value too long to be edited can be emptied."""
        if self.isReadOnly() and empties(event):
            self.show_value("")
            self.edited.emit("")
            return
        super().keyPressEvent(event)


class Prose(TextEditor):
    """Several lines. ``edited`` carries the text a person typed."""

    edited = Signal(object)

    def __init__(self, theme: Theme, t: Translator, name: str, lines: int = 2, placeholder: str = "") -> None:
        super().__init__(theme, name, smallest_lines=lines, grows=True)
        self._t = t
        self.setPlaceholderText(placeholder)
        self.setUndoRedoEnabled(False)
        self.changed_by_hand.connect(lambda: self.edited.emit(self.value()))

    def value(self) -> Any:
        """What the person typed, as the brand keeps it."""
        return self.text()

    def show_value(self, value: Any) -> None:
        """Show ``value``, silently; the cursor stays where it was when the text is the same."""
        self.show_words(value)

    def show_words(self, value: str) -> None:
        """Show a text, or the beginning of one too long to be edited."""
        too_long = len(value) > LONGEST_PROSE
        shown = value[:LONGEST_PROSE]
        if self.text() != shown:
            self.show_text(shown)
        self.setReadOnly(too_long)
        self.setToolTip(self._t("ui.brands.too_long", count=len(value)) if too_long else "")

    def event(self, event: QEvent) -> bool:
        """Undo and redo pass by."""
        if is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """A value too long to be edited can be emptied."""
        if self.isReadOnly() and empties(event):
            self.show_words("")
            self.edited.emit(self.value())
            return
        super().keyPressEvent(event)


class LinesBox(Prose):
    """A list of sentences, one a line. ``edited`` carries the list (a tuple of str) a person typed."""

    def __init__(self, theme: Theme, t: Translator, name: str, placeholder: str = "") -> None:
        super().__init__(theme, t, name, 3, placeholder)

    def value(self) -> tuple[str, ...]:
        """The sentences."""
        return listed_lines(self.text())

    def show_value(self, value: Any) -> None:
        """Show a list, silently; lines being typed are left alone when they say the same."""
        if self.value() != tuple(value):
            self.show_words("\n".join(value))


def listed_lines(text: str) -> tuple[str, ...]:
    """The lines of ``text`` that say something."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


class Chooser(QComboBox):
    """One of a few values. ``edited`` carries the value a person chose."""

    edited = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, editable: bool = False) -> None:
        super().__init__()
        self.setEditable(editable)
        for value, text in options:
            self.addItem(text, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(min(26, max((len(text) for _value, text in options), default=4)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _place: self.edited.emit(str(self.currentData())))

    def show_value(self, value: str | None) -> None:
        """Show ``value``; one that is not among the options becomes one."""
        place = self.findData(value or "")
        if place < 0:
            self.addItem((value or "")[:60], value or "")
            place = self.count() - 1
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Scrolling a form never changes a value on the way."""
        event.ignore()


class DayBox(QWidget):
    """A date, or none. ``edited`` carries ``datetime.date`` or None."""

    edited = Signal(object)

    def __init__(self, t: Translator, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy" if t.language == "fr" else "yyyy-MM-dd")
        self.day.setAccessibleName(name)
        self.no_end = QCheckBox(t("ui.brands.fact.no_end"))
        self.setFocusProxy(self.no_end)
        row(self.no_end, self.day, 1, space=2, parent=self)
        self.no_end.toggled.connect(self._toggled)
        self.day.dateChanged.connect(lambda _day: self._tell())
        self._silent = False

    def show_value(self, value: object) -> None:
        """Show a date or None, silently."""
        self._silent = True
        self.no_end.setChecked(value is None)
        self.day.setVisible(value is not None)
        if value is not None:
            self.day.setDate(QDate.fromString(str(value), Qt.DateFormat.ISODate))
        elif not self.day.date().isValid() or self.day.date().year() < 2001:
            self.day.setDate(QDate.currentDate().addMonths(1))
        self._silent = False

    def _toggled(self, none: bool) -> None:
        self.day.setVisible(not none)
        if not none and not self._silent and self.day.date() < QDate.currentDate():
            self._silent = True
            self.day.setDate(QDate.currentDate().addMonths(1))
            self._silent = False
        self._tell()

    def _tell(self) -> None:
        if not self._silent:
            self.edited.emit(None if self.no_end.isChecked() else self.day.date().toPython())


class Switch(Segments):
    """A choice of one among a few, side by side. ``edited`` carries the value a person chose."""

    edited = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__(options, "", name)
        self.chosen.connect(self.edited)

    def show_value(self, value: str) -> None:
        """Show ``value``, silently."""
        self.set_current(str(value))
