"""From one remark of a text to the next with the keyboard, and its fix one key away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from copilot.domain.finding import Finding
from ui.desk import Desk
from ui.widgets.findings import FindingsList, is_small
from ui.widgets.text_editor import TextEditor

#: The rule whose words may be known to a brand.
SPELLING = "spelling"
#: Entries of the menu, at most.
MOST_IN_MENU, MOST_FIXES = 3, 6


def plain_text(text: str) -> str:
    """``text`` as a menu shows it: an ampersand is a letter, a line is one."""
    return " ".join(text.split("\n")).replace("&", "&&")[:160]


class FindingWalk(QObject):
    """Goes through the findings of ``editor`` that have a place, in the order of the text and round again.

    Its keys work in ``owner``. ``fresh`` tells whether the findings are those of the text as it stands; ``mend_all``
    mends every small one, ``know`` makes a word one of the brand's. ``language`` is that of the text.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        editor: TextEditor,
        found: FindingsList,
        *,
        fresh: Callable[[], bool],
        mend_all: Callable[[], None],
        language: Callable[[], str],
        know: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(owner)
        self._language, self._know = language, know
        self._desk = desk
        self.offered: QMenu | None = None
        self._t = desk.t
        self._editor, self._found, self._fresh = editor, found, fresh
        add, group = desk.actions.add, desk.t("ui.group.text")
        for name, run, keys, icon_name, listed in (
            ("next", self.next, "F8", "triangle-alert", False),
            ("previous", self.previous, "Shift+F8", "", False),
            ("fix_here", self.fix_here, ("Ctrl+.", "Ctrl+F8"), "wand-sparkles", True),
            ("fix_all", mend_all, "Ctrl+Shift+F8", "wand-sparkles", True),
        ):
            add(
                owner, f"item.{name}", desk.t(f"ui.findings.{name}"), run, group=group, keys=keys, icon_name=icon_name,
                listed=listed,
            )  # fmt: skip
        editor.menu_asked.connect(self._add_to_menu)
        found.chosen.connect(self.see)
        found.fix_asked.connect(self.fix)
        found.all_asked.connect(mend_all)

    def next(self) -> None:
        """Select the next passage that has a finding, and say why."""
        start, end = self._selection()
        placed = self._placed()
        after = [one for one in placed if (one.start > start if end > start else one.start >= end)]
        self._show(after[0] if after else placed[0] if placed else None)

    def previous(self) -> None:
        """Select the passage before."""
        at = self._selection()[0]
        placed = self._placed()
        before = [one for one in placed if one.start < at]
        self._show(before[-1] if before else placed[-1] if placed else None)

    def fix_here(self) -> None:
        """Mend the passage at the cursor, or show the next one that has a fix."""
        start, end = self._selection()
        mendable = [one for one in self._placed() if one.fix is not None]
        here = [one for one in mendable if one.start <= end and one.end >= start]
        if here:
            self.fix(here[0])
            return
        self._show(next((one for one in mendable if one.start >= end), mendable[0] if mendable else None))

    def see(self, finding: Finding) -> None:
        """Select the passage of ``finding``."""
        if self._fresh():
            self._editor.select(finding.start, finding.end)
        self._editor.setFocus()

    def fix(self, finding: Finding) -> None:
        """Put the fix of ``finding`` in place of its passage, as long as the text is still the one that was checked."""
        if finding.fix is None or not self._fresh() or self._editor.isReadOnly():
            return
        self._editor.replace_undoable(finding.start, finding.end, finding.fix)
        self._editor.setFocus()

    def _add_to_menu(self, menu: QMenu, at: int) -> None:
        """Before the usual entries: why the passage pointed at is marked, and what to do of it."""
        if not self._fresh():
            return
        here = [one for one in self._found.findings if one.start <= at <= one.end and one.start < one.end]
        usual = menu.actions()
        made: list[QAction] = []
        for finding in here[:MOST_IN_MENU]:
            why = QAction(plain_text(self._t.wording(finding.wording)), menu)
            why.setEnabled(False)
            made += [why, *self._ways_out(menu, finding)]
        if made and usual:
            menu.insertActions(usual[0], made)
            menu.insertSeparator(usual[0])

    def _ways_out(self, menu: QMenu, finding: Finding) -> Iterator[QAction]:
        if self._editor.isReadOnly():
            return
        fixes = dict.fromkeys([finding.fix] if finding.fix is not None else ())
        if finding.rule == SPELLING:
            fixes |= dict.fromkeys(self._near(finding.quote))
        for fix in [one for one in fixes if one is not None][:MOST_FIXES]:
            shown = self._t("ui.findings.replace_by", text=fix) if fix.strip() else self._t("ui.findings.remove")
            action = QAction(plain_text(shown), menu)
            action.triggered.connect(partial(self.fix, replace(finding, fix=fix)))
            yield action
        if finding.rule == SPELLING:
            action = QAction(plain_text(self._t("ui.findings.more_words")), menu)
            action.triggered.connect(partial(self.look_further, finding))
            yield action
        if finding.rule == SPELLING and self._know is not None:
            action = QAction(plain_text(self._t("ui.findings.know", text=finding.quote)), menu)
            action.triggered.connect(partial(self._know, finding.quote))
            yield action

    def look_further(self, finding: Finding) -> None:
        """Ask the whole dictionary what the word may have meant, which takes about a second, and offer it."""
        word, language = finding.quote, self._language()

        def done(words: tuple[str, ...]) -> None:
            if not self._fresh():
                return
            if not words:
                self._desk.tell("info", self._t("ui.findings.no_word", text=word))
                return
            menu = self.offered = QMenu(self._editor)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for one in words[:MOST_FIXES]:
                action = menu.addAction(plain_text(self._t("ui.findings.replace_by", text=one)))
                action.triggered.connect(partial(self.fix, replace(finding, fix=one)))
            self._editor.select(finding.start, finding.end)
            below = self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft())
            menu.popup(below)

        self._desk.run(lambda copilot: copilot.checking.suggestions(word, language), done, owner=self)

    def _near(self, word: str) -> tuple[str, ...]:
        """Words like ``word``, once the dictionary has been read by the checks."""
        from copilot.text import spelling

        language = self._language()
        found = spelling.speller(language) if spelling.ready(language) else None
        return found.near(word) if found else ()

    def _placed(self) -> list[Finding]:
        """The findings with a passage: those that weigh first when the small ones are gathered in one line."""
        if not self._fresh():
            return []
        placed = [one for one in self._found.findings if one.start < one.end]
        weighing = [one for one in placed if not is_small(one)]
        return sorted(weighing or placed, key=lambda one: (one.start, one.end))

    def _selection(self) -> tuple[int, int]:
        end = self._editor.offset()
        cursor = self._editor.textCursor()
        selected = cursor.selectedText()
        return end - len(selected), end

    def _show(self, finding: Finding | None) -> None:
        if finding is None:
            return
        self.see(finding)
        self._found.point_at(finding)
