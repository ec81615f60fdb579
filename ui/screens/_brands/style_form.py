"""The house style of a brand: how its words are written, its tone in figures, the sectors the law watches over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QSpinBox, QWidget

from copilot.domain.brand import InclusiveWriting, Sector, Typography
from copilot.i18n import Translator
from ui.screens._brands.fields import Chooser, Switch, is_history_key
from ui.screens._brands.tab import BrandTab, group
from ui.tokens import SPACE
from ui.widgets.basic import Field, column, label
from ui.widgets.tag_line import TagLine, by_commas


class Figure(QSpinBox):
    """A whole number. ``edited`` carries the one a person chose."""

    edited = Signal(int)

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(110)
        self.valueChanged.connect(self.edited)

    def show_value(self, value: int) -> None:
        """Show ``value``, silently."""
        if value != self.value():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Undo and redo pass by."""
        if is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Scrolling a form never changes a value on the way."""
        event.ignore()


class Explained(QWidget):
    """A choice with what it means under it. ``edited`` carries the value a person chose."""

    edited = Signal(str)

    def __init__(self, control: Switch | Chooser, about: Callable[[str], str]) -> None:
        super().__init__()
        self._control, self._about = control, about
        self.setFocusProxy(control)
        self._note = label("", "small", wrap=True)
        column(control, self._note, space=1, parent=self)
        control.edited.connect(self._chosen)

    def show_value(self, value: str) -> None:
        """Show ``value``, silently."""
        self._control.show_value(value)
        self._note.setText(self._about(str(value)))

    def _chosen(self, value: str) -> None:
        self._note.setText(self._about(value))
        self.edited.emit(value)


class SectorsBox(QWidget):
    """The sectors, each with what the law asks. ``edited`` carries those that are ticked (a tuple of Sector)."""

    edited = Signal(object)

    def __init__(self, t: Translator, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chosen: tuple[Sector, ...] = ()
        self.boxes: dict[Sector, QCheckBox] = {}
        lines = column(space=3, parent=self)
        for one in Sector:
            box = QCheckBox(t(f"ui.style.sector.{one.value}"))
            asks = label(t(f"ui.style.sector.{one.value}.asks"), "small", wrap=True)
            asks.setIndent(SPACE[7])
            box.setAccessibleDescription(asks.text())
            box.clicked.connect(lambda on, told=one: self._ticked(told, on))
            self.boxes[one] = box
            lines.addLayout(column(box, asks, space=0))

    def show_value(self, chosen: Sequence[Sector]) -> None:
        """Show other sectors, silently."""
        self._chosen = tuple(chosen)
        for one, box in self.boxes.items():
            box.setChecked(one in self._chosen)

    def _ticked(self, sector: Sector, on: bool) -> None:
        rest = tuple(one for one in self._chosen if one is not sector)
        self._chosen = (*rest, sector) if on else rest
        self.edited.emit(self._chosen)


def style_form(tab: BrandTab) -> QWidget:
    """The form, its fields bound in ``tab``."""
    t, made = tab.t, QWidget()
    sectors = SectorsBox(t, t("ui.style.sectors"))
    column(
        group(t("ui.style.writing"), *_writing(tab)),
        group(t("ui.style.tone"), *_tone(tab)),
        group(
            t("ui.style.sectors"),
            label(t("ui.style.sectors.text"), "muted", wrap=True),
            _bare(tab.bound(("style", "sectors"), t("ui.style.sectors"), sectors)),
        ),
        1,
        space=3,
        margins=(0, 0, 2, 2),
        parent=made,
    )
    return made


def _writing(tab: BrandTab) -> tuple[QWidget, ...]:
    t = tab.t
    typography = Switch([(one.value, t(f"ui.style.typography.{one.value}")) for one in Typography], "")
    inclusive = Chooser([(one.value, t(f"ui.style.inclusive.{one.value}")) for one in InclusiveWriting])
    inclusive.setAccessibleName(t("ui.style.inclusive"))
    words = TagLine(t, t("ui.style.words"), add=t("ui.style.words.add"), parse=by_commas)
    return (
        tab.bound(
            ("style", "typography"), t("ui.style.typography"),
            Explained(typography, lambda value: t(f"ui.style.typography.{value}.about")), make=Typography,
        ),
        tab.bound(
            ("style", "inclusive"), t("ui.style.inclusive"),
            Explained(inclusive, lambda value: t(f"ui.style.inclusive.{value}.about")), make=InclusiveWriting,
        ),
        tab.bound(("style", "words"), t("ui.style.words"), words, t("ui.style.words.hint")),
    )  # fmt: skip


def _tone(tab: BrandTab) -> tuple[QWidget, ...]:
    t, pair = tab.t, QWidget()
    marks = Figure(0, 1000)
    marks.setSpecialValueText(t("ui.style.exclamations.none"))
    same = Figure(1, 1000)
    same.setSuffix(t("ui.style.times"))
    grid = QGridLayout(pair)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE[4])
    for place, field in enumerate((
        tab.bound(("style", "exclamations"), t("ui.style.exclamations"), marks),
        tab.bound(("style", "same_sentence"), t("ui.style.same"), same),
    )):  # fmt: skip
        field.title.setWordWrap(True)
        grid.addWidget(field, 0, place, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(place, 1)
    avoid = TagLine(t, t("ui.style.avoid"), add=t("ui.style.words.add"))
    return pair, tab.bound(("style", "avoid"), t("ui.style.avoid"), avoid, t("ui.style.avoid.hint"))


def _bare(field: Field) -> Field:
    """``field`` without its title, which the card around it says."""
    field.title.hide()
    return field
