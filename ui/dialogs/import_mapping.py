"""The columns of a table of messages: what each would be, corrected by hand before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from copilot.domain.imports import PARTS, TableMapping
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import Field, badge, button, column, label, restyle, scrolled
from ui.widgets.message_words import beginning

#: Columns shown, sample cells of each and characters of a cell.
MOST_COLUMNS, SAMPLES, LONGEST = 40, 3, 60
#: Characters shown of a line that may be the header, and of each of its cells.
LINE, CELL = 90, 24
#: How separators are called: the signs themselves are hard to see.
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}


class MappingDialog(Dialog):
    """Shows ``mapping``; ``accepted_mapping`` tells it as corrected, and whether to remember it.

    ``header_asked`` tells the line that the person takes for the header, 0 for none: answer with :meth:`show_mapping`.
    """

    accepted_mapping = Signal(object, bool)
    header_asked = Signal(int)

    def __init__(self, desk: Desk, name: str, mapping: TableMapping, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.mapping.title"), parent)
        self._desk, self._mapping = desk, mapping
        self.at_least(desk.theme.px(680), desk.theme.px(560))
        self.body.addWidget(label(" · ".join((beginning(name, 60), *self._layout_said())), "muted", wrap=True))
        self.hint = label("", wrap=True)
        self.body.addWidget(self.hint)
        self.header = self._header_choice()
        if self.header is not None:
            self.body.addWidget(Field(t("ui.mapping.header_line"), self.header, t("ui.mapping.header_line.hint")))
        self.choices: list[QComboBox] = []
        self.guesses: dict[QComboBox, QLabel] = {}
        self._area: QScrollArea = scrolled(self._grid(), t("ui.mapping.title"))
        self.body.addWidget(self._area, 1)
        self.remember = QCheckBox(t("ui.mapping.remember"))
        self.remember.setChecked(True)
        self.body.addWidget(self.remember)
        self.read = button(t("ui.mapping.read"), "primary", run=self._read)
        # Return reads, wherever one is: the choices leave it alone.
        self.read.setDefault(True)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.read)
        desk.actions.add(
            self, "mapping.read", t("ui.mapping.read"), self._read, group=t("ui.inbox.title"), keys="Ctrl+Return",
            listed=False,
        )  # fmt: skip
        self._follow()
        if self.choices:
            self.choices[0].setFocus()

    @property
    def mapping(self) -> TableMapping:
        """The mapping as chosen now."""
        return replace(self._mapping, parts=self.parts())

    def parts(self) -> Mapping[str, int]:
        """The column of each part, from 0."""
        return {part: place for place, choice in enumerate(self.choices) if (part := str(choice.currentData()))}

    def show_mapping(self, mapping: TableMapping) -> None:
        """Show the columns anew, as they are under another header."""
        if self.header is None or mapping.header != self.header.currentData():
            # The person chose again before this came.
            return
        self._mapping = mapping
        self.choices, self.guesses = [], {}
        self._area.setWidget(self._grid())
        self._follow()

    def _layout_said(self) -> list[str]:
        """Where the columns come from: the sheet or the separator, the encoding."""
        t, mapping = self._desk.t, self._mapping
        said = []
        if mapping.sheet:
            said.append(t("ui.mapping.sheet", name=mapping.sheet))
        if mapping.delimiter in SEPARATORS:
            said.append(t(f"ui.mapping.separator.{SEPARATORS[mapping.delimiter]}"))
        if mapping.encoding:
            said.append(t("ui.mapping.encoding", name=mapping.encoding))
        return said

    def _header_choice(self) -> QComboBox | None:
        """The first lines of the file, of which one may name the columns; None for what has no lines."""
        t, mapping = self._desk.t, self._mapping
        if not mapping.top:
            return None
        made = QComboBox()
        # As wide as the dialog, whatever the lines hold.
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(20)
        made.addItem(t("ui.mapping.header_none"), 0)
        for line, cells in mapping.top:
            shown = " · ".join(_sample(cell, CELL) for cell in cells if cell.strip())
            made.addItem(t("ui.mapping.header_at", line=line, cells=_sample(shown, LINE)), line)
        made.setCurrentIndex(max(0, made.findData(mapping.header)))
        made.currentIndexChanged.connect(lambda _place: self._ask_header())
        return made

    def _ask_header(self) -> None:
        if self.header is not None:
            # Nothing is read with columns of another header than the one that shows.
            self.read.setEnabled(False)
            self.header_asked.emit(int(self.header.currentData()))

    def _grid(self) -> QWidget:
        t, made = self._desk.t, QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, SPACE[3], 0)
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[2])
        for place, title in enumerate(("column", "sample", "part")):
            grid.addWidget(label(t(f"ui.mapping.{title}"), "small"), 0, place)
        named = {place: part for part, place in self._mapping.parts.items()}
        for place, name in enumerate(self._mapping.columns[:MOST_COLUMNS]):
            shown = beginning(name, LONGEST) or t("ui.mapping.unnamed", n=place + 1)
            grid.addWidget(label(shown, "strong", wrap=True), place + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(self._samples(place), "muted", wrap=True), place + 1, 1, Qt.AlignmentFlag.AlignTop)
            choice = self._choice(shown, named.get(place, ""))
            self.choices.append(choice)
            grid.addLayout(self._with_guess(choice, named.get(place, "")), place + 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(len(self.choices) + 1, 1)
        return made

    def _with_guess(self, choice: QComboBox, part: str) -> QVBoxLayout:
        """The choice, with a word under it when only the cells speak for it."""
        if part not in self._mapping.guessed:
            return column(choice, space=1)
        word = badge(self._desk.t("ui.mapping.guessed"), "warn")
        self.guesses[choice] = word
        choice.setAccessibleDescription(self._desk.t("ui.mapping.guessed"))
        return column(choice, word, space=1)

    def _samples(self, place: int) -> str:
        cells = [row[place] for row in self._mapping.sample if place < len(row) and row[place].strip()]
        return "\n".join(_sample(cell) for cell in cells[:SAMPLES]) or "–"

    def _choice(self, column: str, part: str) -> QComboBox:
        t, made = self._desk.t, QComboBox()
        made.addItem(t("ui.mapping.ignored"), "")
        for one in PARTS:
            made.addItem(t(f"mapping.part.{one}"), one)
        made.setCurrentIndex(made.findData(part))
        made.setAccessibleName(t("ui.mapping.choice", column=column))
        made.currentIndexChanged.connect(lambda _place: self._chosen(made))
        return made

    def _chosen(self, changed: QComboBox) -> None:
        """A part is in one column: where it was before is ignored now."""
        part = changed.currentData()
        if (word := self.guesses.pop(changed, None)) is not None:
            # What a person chose is no guess any more.
            word.hide()
            changed.setAccessibleDescription("")
        for one in self.choices:
            if part and one is not changed and one.currentData() == part:
                one.blockSignals(True)
                one.setCurrentIndex(0)
                one.blockSignals(False)
        self._follow()

    def _follow(self) -> None:
        has_text = "text" in self.parts()
        self.read.setEnabled(has_text)
        if not has_text:
            said = "ui.mapping.no_text"
        elif self._mapping.is_guess:
            said = "ui.mapping.guess"
        else:
            said = "ui.mapping.hint"
        self.hint.setText(self._desk.t(said))
        restyle(self.hint, tone="warn" if said != "ui.mapping.hint" else "")

    def _read(self) -> None:
        if self.read.isEnabled():
            self.accept()
            self.accepted_mapping.emit(self.mapping, self.remember.isChecked())


def _sample(cell: str, longest: int = LONGEST) -> str:
    """The beginning of a cell in one line, with a sign where it goes on."""
    told = " ".join(cell.split())
    return beginning(told, longest - 1).rstrip() + "…" if len(told) > longest else beginning(told, longest)
