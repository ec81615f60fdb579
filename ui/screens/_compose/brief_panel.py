"""The brief: pasted, dropped, opened or typed; its facts found while one types; kept by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from copilot.domain.post import FoundFact
from copilot.errors import RepliqueError, UserError
from ui.screens._compose.facts import FactList
from ui.widgets.basic import button, column, icon_button, label, restyle, row
from ui.widgets.brief_editor import BriefEditor, files_in

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.briefs import BriefFile, FactsRead
    from ui.desk import Desk
    from ui.runner import Job

#: Milliseconds without typing before the facts are read.
REST = 200
#: The longest brief, in characters: what the services read.
LONGEST = 200_000
#: Characters of a file name shown.
LONGEST_NAME = 40
ENDINGS = "*.txt *.md *.markdown *.docx *.pdf *.html *.htm"


class BriefPanel(QWidget):
    """The brief and its facts. ``changed`` at each change of the text, ``read`` when facts were found anew."""

    changed = Signal()
    read = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._t = t = desk.t
        self.name = ""
        self.language = "auto"
        self.found_language = ""
        self._reading: Job | None = None
        self._opening: Job | None = None
        self._read_text: str | None = None
        self.editor = BriefEditor(desk.theme, t("ui.compose.brief"))
        self.editor.setPlaceholderText(t("ui.compose.brief_hint"))
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.note = label("", "small", wrap=True)
        self.note.hide()
        self.open_button = button(t("ui.compose.open"), "quiet", icon_name="folder-open")
        self.clear_button = icon_button("trash-2", t("ui.compose.clear"), self.empty)
        self.facts_title = label("", "small", wrap=True)
        self.facts = FactList(desk.theme, t)
        top = row(label(t("ui.compose.brief"), "strong"), 1, self.open_button, self.clear_button)
        lines = column(top, self.editor, self.note, self.facts_title, self.facts, space=1, parent=self)
        lines.setStretch(1, 1)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._read)
        self.editor.changed_by_hand.connect(self._edited)
        self.editor.files_given.connect(self.open_paths)
        self.editor.paste_cut.connect(self._cut)
        self.facts.chosen.connect(self._select)
        self.setAcceptDrops(True)
        self._show_facts(())

    @property
    def text(self) -> str:
        """The brief as typed."""
        return self.editor.text()

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to write from."""
        return not self.text.strip()

    def show_brief(self, text: str, name: str = "") -> None:
        """Put a kept brief back, without undo."""
        self.name = name
        self._read_text = None
        self.editor.show_text(text[:LONGEST])
        self._named()
        self._read()

    def set_language(self, language: str) -> None:
        """The language that the facts are read in: auto, fr or en."""
        if language != self.language:
            self.language = language
            self._read_text = None
            self._rest.start()

    def choose_file(self) -> None:
        """Ask for a file, without blocking."""
        dialog = QFileDialog(self, self._t("ui.compose.open_title"), QDir.homePath())
        dialog.setNameFilters([self._t("ui.compose.open_filter", endings=ENDINGS), self._t("ui.compose.open_all")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def open_paths(self, paths: Sequence[str]) -> None:
        """Read the file dropped; several at once are refused."""
        if len(paths) > 1:
            self._refuse(UserError("brief.several", count=len(paths)))
        elif paths:
            self.open_path(paths[0])

    def open_path(self, path: str) -> None:
        """Read a file as the brief; the one before comes back with undo."""
        self._listen(lambda copilot: copilot.briefs.read_file(Path(path)))

    def open_example(self) -> None:
        """Read the brief of the demonstration."""
        self._listen(lambda copilot: copilot.briefs.example())

    def take_text(self, text: str) -> None:
        """Use ``text`` as the brief; the one before comes back with undo."""
        self._replace(text[:LONGEST], "")

    def empty(self) -> None:
        """Start anew; the brief that was there can be brought back."""
        text, name = self.text, self.name
        if not text:
            return
        self.name = ""
        self.editor.replace_all_undoable("")
        self._named()
        self.editor.setFocus()
        self._desk.tell(
            "ok", self._t("ui.compose.cleared"), act_label=self._t("ui.undo"), act=lambda: self._bring_back(text, name)
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """A file may be dropped anywhere on the panel."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        event.acceptProposedAction()
        self.open_paths(files_in(event.mimeData()))

    def _bring_back(self, text: str, name: str) -> None:
        self.name = name
        self.editor.replace_all_undoable(text)
        self._named()

    def _listen(self, make: Callable[[Copilot], Awaitable[BriefFile]]) -> None:
        if self._opening is not None:
            self._opening.cancel()
        self._tell("")
        self._opening = self._desk.run(make, self._opened, self._refuse, owner=self)

    def _opened(self, file: BriefFile) -> None:
        self._opening = None
        self._replace(file.text, file.name)
        self.editor.setFocus()
        if file.left_out:
            self._cut(file.left_out)

    def _replace(self, text: str, name: str) -> None:
        before, before_name = self.text, self.name
        self.name = name
        self.editor.replace_all_undoable(text)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.Start)
        self._named()
        if before.strip() and before != self.text:
            self._desk.tell(
                "ok",
                self._t("ui.compose.replaced"),
                act_label=self._t("ui.undo"),
                act=lambda: self._bring_back(before, before_name),
            )

    def _refuse(self, error: Exception) -> None:
        self._opening = None
        if isinstance(error, RepliqueError):
            self._tell(self._t.error(error), "danger")
        else:
            self._desk.tell_error(error)

    def _cut(self, count: int) -> None:
        self._tell(self._t("ui.compose.cut", count=count, most=LONGEST), "warn")

    def _tell(self, text: str, tone: str = "") -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        restyle(self.note, tone=tone)
        self.editor.setAccessibleDescription(text)

    def _named(self) -> None:
        self._show_facts(self.facts.facts)

    def _edited(self) -> None:
        if self.note.isVisible():
            self._tell("")
        if not self.editor.document().characterCount() > 1 and self.name:
            self.name = ""
            self._named()
        self._rest.start()
        self.changed.emit()

    def _read(self) -> None:
        text = self.text
        if text == self._read_text:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._read_text = text
        language = self.language
        self._reading = self._desk.run(
            lambda copilot: copilot.briefs.facts(text, language), lambda found: self._found(text, found), owner=self
        )

    def _found(self, text: str, found: FactsRead) -> None:
        self._reading = None
        if text != self.text:
            return
        self.found_language = found.language
        self.editor.set_facts(found.facts)
        self._show_facts(found.facts)
        self.read.emit()
        self._desk.make_checks_ready(text, found.language)

    def _show_facts(self, facts: Sequence[FoundFact]) -> None:
        self.clear_button.setEnabled(bool(self.text))
        title = self._t("ui.compose.facts_found", count=len(facts)) if facts else self._t("ui.compose.no_facts")
        self.facts_title.setText(" · ".join(part for part in (_short(self.name), title) if part))
        self.facts.show_facts(facts)
        self.facts.setVisible(bool(facts))

    def _select(self, fact: FoundFact) -> None:
        self.editor.select(fact.start, fact.end)
        self.editor.setFocus()


def _short(name: str) -> str:
    """A file's name on one line: its middle goes first, its ending tells what it is."""
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[-half:]}"
