"""The columns of a table of messages: what each would be, corrected by hand before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from copilot.domain.imports import PARTS, TableMapping
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import button, label, restyle, scrolled
from ui.widgets.message_words import beginning

#: Columns shown, sample cells of each and characters of a cell.
MOST_COLUMNS, SAMPLES, LONGEST = 40, 3, 60
#: How separators are called: the signs themselves are hard to see.
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}


class MappingDialog(Dialog):
    """Shows ``mapping``; ``accepted_mapping`` tells it as corrected, and whether to remember it."""

    accepted_mapping = Signal(object, bool)

    def __init__(self, desk: Desk, name: str, mapping: TableMapping, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.mapping.title"), parent)
        self._desk, self._mapping = desk, mapping
        self.at_least(desk.theme.px(680), desk.theme.px(520))
        self.body.addWidget(label(f"{beginning(name, 60)} · {self._layout_said()}", "muted", wrap=True))
        hint = "ui.mapping.guess" if mapping.is_guess else "ui.mapping.hint"
        self.hint = label(t(hint), wrap=True, tone="warn" if mapping.is_guess else "")
        self.body.addWidget(self.hint)
        self.choices: list[QComboBox] = []
        self.body.addWidget(scrolled(self._grid(), t("ui.mapping.title")), 1)
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

    def _layout_said(self) -> str:
        """Where the columns come from: the sheet or the separator, the encoding, the line of the header."""
        t, mapping = self._desk.t, self._mapping
        said = []
        if mapping.sheet:
            said.append(t("ui.mapping.sheet", name=mapping.sheet))
        if mapping.delimiter in SEPARATORS:
            said.append(t(f"ui.mapping.separator.{SEPARATORS[mapping.delimiter]}"))
        if mapping.encoding:
            said.append(t("ui.mapping.encoding", name=mapping.encoding))
        said.append(t("ui.mapping.header", line=mapping.header) if mapping.header else t("ui.mapping.no_header"))
        return " · ".join(said)

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
            grid.addWidget(choice, place + 1, 2, Qt.AlignmentFlag.AlignTop)
            self.choices.append(choice)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(len(self.choices) + 1, 1)
        return made

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
            self.hint.setText(self._desk.t("ui.mapping.no_text"))
            restyle(self.hint, tone="warn")
        elif self._mapping.is_guess:
            self.hint.setText(self._desk.t("ui.mapping.guess"))
        else:
            self.hint.setText(self._desk.t("ui.mapping.hint"))
            restyle(self.hint, tone="")

    def _read(self) -> None:
        if self.read.isEnabled():
            self.accept()
            self.accepted_mapping.emit(self.mapping, self.remember.isChecked())


def _sample(cell: str) -> str:
    """The beginning of a cell in one line, with a sign where it goes on."""
    told = " ".join(cell.split())
    return beginning(told, LONGEST - 1).rstrip() + "…" if len(told) > LONGEST else beginning(told, LONGEST)
