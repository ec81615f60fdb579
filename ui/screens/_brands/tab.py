"""What the tabs of a brand have in common: fields bound to places of the brand, and marks where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.forms import value_at, with_value
from ui.widgets.basic import Field, card, column, label
from ui.widgets.table_editor import TableEditor
from ui.widgets.tag_line import TagLine

Steps = tuple[str | int, ...]


def same(value: Any) -> Any:
    """``value``."""
    return value


class BrandTab(QWidget):
    """One tab. ``owns`` are the first steps of the paths shown in it."""

    owns: tuple[str, ...] = ()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self.desk, self.t, self.editing = desk, desk.t, editing
        self.fields: dict[Steps, Field] = {}
        self._shows: list[Callable[[], None]] = []
        self._wrong: dict[Steps, str] = {}

    def bound(
        self, steps: Steps, title: str, control: QWidget, hint: str = "", *, make: Callable[[Any], Any] = same,
        shown: Callable[[Any], Any] = same,
    ) -> Field:  # fmt: skip
        """A field for the value at ``steps``; ``make`` turns what the control tells into it, ``shown`` back."""
        made = Field(title, control, hint)
        self.fields[steps] = made
        told: Any = control  # every control of a brand has ``edited`` and ``show_value``

        def put(value: Any) -> None:
            at = self.place_of(steps)
            self.put_value(at, make(value))
            self._mended(at)

        def show() -> None:
            told.show_value(shown(value_at(self.editing.brand, self.place_of(steps))))

        told.edited.connect(put)
        self._shows.append(show)
        return made

    def place_of(self, steps: Steps) -> Steps:
        """Where a field's value is in the brand."""
        return steps

    def put_value(self, steps: Steps, value: Any) -> None:
        """A field was edited."""
        brand = with_value(self.editing.brand, steps, value)
        self.editing.edit(".".join(str(step) for step in steps), brand)

    def show_brand(self) -> None:
        """Show the brand under edit."""
        for show in self._shows:
            show()

    def mark(self, wrong: Mapping[Steps, str]) -> None:
        """Show what is wrong, each beside its field."""
        self._wrong = dict(wrong)
        self.show_marks()

    def reveal(self, steps: Steps) -> None:
        """Bring the field at ``steps`` into view and give it the focus."""
        found = self.field_at(steps)
        if found is not None:
            found.control.setFocus()

    def field_at(self, steps: Steps) -> Field | None:
        """The field that holds the value at ``steps``."""
        for length in range(len(steps), 0, -1):
            for own, field in self.fields.items():
                if self.place_of(own) == steps[:length]:
                    return field
        return None

    def show_marks(self) -> None:
        """Mark the fields on screen."""
        for clean in self.fields.values():
            self._mark_field(clean, "", ())
        told: dict[Field, list[Steps]] = {}
        for steps in self._wrong:
            if (field := self.field_at(steps)) is not None:
                told.setdefault(field, []).append(steps)
        for marked, places in told.items():
            self._mark_field(marked, self._wrong[places[0]], places)

    def _mended(self, steps: Steps) -> None:
        left = {place: text for place, text in self._wrong.items() if place[: len(steps)] != steps}
        if left != self._wrong:
            self._wrong = left
            self.show_marks()

    def _mark_field(self, field: Field, text: str, places: Sequence[Steps]) -> None:
        field.set_error(text)
        control = field.control
        if isinstance(control, TagLine):
            control.set_wrong(bool(text))
        elif isinstance(control, TableEditor):
            names = control.names
            cells = [
                (place[-2], names.index(str(place[-1])))
                for place in places
                if len(place) > 1 and isinstance(place[-2], int) and place[-1] in names
            ]
            control.set_wrong(cells)


def group(title: str, *parts: QWidget) -> QFrame:
    """A card with a title."""
    made = card()
    column(label(title, "title"), *parts, space=3, margins=4, parent=made)
    return made
