"""The centre: which prompt it is, its template, what is missing in it and what is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QWidget

from copilot.i18n import Translator
from ui.icons import icon
from ui.screens._prompts.enter_list import EnterList
from ui.screens._prompts.source import Loaded, input_title, language_title, sentence_of, task_title
from ui.theme import Theme
from ui.widgets.basic import badge, button, column, label, restyle, row
from ui.widgets.flow import Flow
from ui.widgets.template_editor import TemplateEditor, Wrong

if TYPE_CHECKING:
    from copilot.services.prompt_trial import TaskInputs, TemplateProblem, TemplateReport

_PASSAGE = Qt.ItemDataRole.UserRole
#: Lines of problems seen at once; the others are scrolled to.
_FEW = 4


class TemplatePanel(QWidget):
    """``edited`` tells each change of the words."""

    edited = Signal()

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._theme, self._t = theme, t
        self._inputs: TaskInputs | None = None
        self._report: TemplateReport | None = None
        self._next = -1
        self.title = label("", "title", wrap=True)
        self.origin = badge("")
        self.unsaved = badge(t("ui.prompts.unsaved"), "warn")
        self.description = label("", "small", wrap=True)
        self.editor = TemplateEditor(theme, t("ui.prompts.template"))
        self.editor.changed_by_hand.connect(self.edited)
        self.editor.cursorPositionChanged.connect(self._say_place)
        self.place = label("", "small")
        self.verdict = label("", "small")
        self.missing_title = label("", tone="warn", wrap=True)
        self.missing = QWidget()
        self._missing_lines = Flow(self.missing, space=1)
        self.problems = EnterList()
        self.problems.setAccessibleName(t("ui.prompts.problems"))
        self.problems.setWordWrap(True)
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.problems.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.problems.itemActivated.connect(self._see)
        self.problems.itemClicked.connect(self._see)
        self.menu = QMenu(self)
        self.insert = button("")
        self.tools = row(space=0)
        head = row(self.title, self.tools, space=2)
        head.setStretch(0, 1)
        lines = column(head, space=2, parent=self)
        lines.addLayout(row(self.insert, self.origin, self.unsaved, 1, space=2))
        lines.addWidget(self.description)
        lines.addWidget(self.editor, 1)
        lines.addWidget(_flowing(self.verdict, self.place, space=3))
        lines.addWidget(self.missing_title)
        lines.addWidget(self.missing)
        lines.addWidget(self.problems)
        theme.changed.connect(self._fit_problems)
        for one in (self.missing, self.missing_title, self.problems):
            one.setVisible(False)
        self.show_report(None)

    @property
    def report(self) -> TemplateReport | None:
        """What was found in the words as they stand; None while it is not known."""
        return self._report

    def text(self) -> str:
        """The template as typed."""
        return self.editor.text()

    def show_prompt(self, loaded: Loaded, text: str) -> None:
        """Turn to a prompt whose words are ``text``."""
        t = self._t
        self._inputs = loaded.inputs
        named = "" if loaded.key.name == "standard" else f" · {loaded.key.name}"
        self.title.setText(f"{task_title(t, loaded.key.task)} · {language_title(t, loaded.key.language)}{named}")
        self.editor.show_text(text)
        self.editor.set_inputs({name: f"{name}\n{input_title(t, name)}" for name in loaded.inputs.names})
        self._fill_menu(loaded.inputs)
        self.show_report(None)

    def show_state(self, *, own: bool, unsaved: bool) -> None:
        """Whose prompt it is, and whether the words are kept."""
        self.origin.setText(self._t("ui.prompts.own" if own else "ui.prompts.shipped"))
        restyle(self.origin, badge="accent" if own else "neutral")
        self.unsaved.setVisible(unsaved)

    def show_report(self, report: TemplateReport | None) -> None:
        """Say what was found; None while nothing is known, which leaves the list as it is while one types."""
        self._report = report
        if report is None:
            self.verdict.setText("")
            self._say_place()
            return
        t = self._t
        sentences = [(one, sentence_of(t, one)) for one in report.problems]
        self.editor.set_wrongs([Wrong(one.start, one.end, said) for one, said in sentences])
        self._list(sentences)
        self._offer_missing(report)
        count = len(report.problems)
        self.verdict.setText(t("ui.prompts.wrong", count=count) if count else t("ui.prompts.sound"))
        restyle(self.verdict, tone="danger" if count else "ok")

    def show_description(self, text: str, *, failed: bool = False) -> None:
        """What the prompt is for, or why it cannot be read."""
        self.description.setText(text)
        self.description.setVisible(bool(text))
        restyle(self.description, tone="danger" if failed else "")

    def see_first_problem(self) -> None:
        """Go to the first mistake."""
        self._next = -1
        self.next_problem()

    def next_problem(self) -> None:
        """Go to the next mistake, after the last to the first."""
        if self.problems.count():
            self._next = (self._next + 1) % self.problems.count()
            item = self.problems.item(self._next)
            self.problems.setCurrentItem(item)
            self._see(item)

    def insert_input(self, name: str) -> None:
        """Put an input where the cursor is; the front matter declares it if it did not."""
        if self.editor.isReadOnly() or self._inputs is None:
            return
        strange = name in self._inputs.untrusted
        self.editor.insert_input(name, alone=strange)
        self.editor.declare(name, "untrusted" if strange else "inputs")

    def _list(self, sentences: list[tuple[TemplateProblem, str]]) -> None:
        at = self.problems.currentRow()
        self.problems.clear()
        for problem, sentence in sentences:
            item = QListWidgetItem(self._t("ui.prompts.at_line", line=problem.line, problem=sentence))
            item.setIcon(icon("circle-alert", self._theme.colours.danger))
            item.setData(_PASSAGE, (problem.start, problem.end))
            self.problems.addItem(item)
        self.problems.setCurrentRow(min(at, self.problems.count() - 1))
        self._next = min(self._next, self.problems.count() - 1)
        self._fit_problems()

    def _fit_problems(self) -> None:
        count = self.problems.count()
        self.problems.setVisible(count > 0)
        if count:
            self.problems.doItemsLayout()
            wanted = sum(self.problems.sizeHintForRow(at) for at in range(min(count, _FEW))) + 8
            self.problems.setFixedHeight(min(wanted, self._theme.px(116)))

    def _offer_missing(self, report: TemplateReport) -> None:
        self._missing_lines.clear()
        self.missing.setVisible(bool(report.missing))
        self.missing_title.setVisible(bool(report.missing))
        self.missing_title.setText(self._t("ui.prompts.missing", count=len(report.missing)))
        for name in report.missing:
            made = button(name, "chip", icon_name="plus", run=partial(self.insert_input, name))
            title = self._t("ui.prompts.insert_one", name=name, meaning=input_title(self._t, name))
            made.setAccessibleName(title)
            made.setToolTip(title)
            made.setEnabled(not self.editor.isReadOnly())
            self._missing_lines.addWidget(made)

    def _fill_menu(self, inputs: TaskInputs) -> None:
        self.menu.clear()
        for place, name in enumerate(inputs.names):
            if place and place == len(inputs.needed):
                self.menu.addSeparator()
            action = self.menu.addAction(f"{input_title(self._t, name)}  ({name})")
            action.triggered.connect(lambda _checked=False, name=name: self.insert_input(name))

    def _see(self, item: QListWidgetItem) -> None:
        passage = item.data(_PASSAGE)
        if passage:
            self._next = self.problems.row(item)
            self.editor.go_to(*passage)

    def _say_place(self) -> None:
        cursor = self.editor.textCursor()
        size = max(0, self.editor.document().characterCount() - 1)
        self.place.setText(
            self._t("ui.prompts.place", line=cursor.blockNumber() + 1, column=cursor.columnNumber() + 1, count=size)
        )


def _flowing(*parts: QWidget, space: int = 2) -> QWidget:
    """``parts`` side by side, on a second line when there is no room."""
    made = QWidget()
    flow = Flow(made, space)
    for part in parts:
        flow.addWidget(part)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
