"""A text to try the rules on: what they find in it with the brand as it is on screen, as soon as it changes."""

from __future__ import annotations

from collections import Counter as Count
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from copilot import networks
from ui.desk import Desk
from ui.runner import Job
from ui.screens._brands.editing import Editing
from ui.screens._brands.fields import Chooser
from ui.screens._brands.forms import with_value
from ui.screens._brands.trial_texts import TEXTS
from ui.widgets.basic import Segments, button, column, label, row, scrolled
from ui.widgets.counter import Counter
from ui.widgets.finding_walk import FindingWalk
from ui.widgets.findings import FindingsList, marks_of
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.checking import Checked

#: Milliseconds of rest before the checks follow.
REST = 150
#: Characters of the text that are checked: it is a sample.
LONGEST = 5_000


class TrialPane(QFrame):
    """``shown`` tells that findings came: ``seen`` counts them by rule."""

    shown = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self.desk, self.t, self._editing = desk, desk.t, editing
        self.checked: Checked | None = None
        self.seen: dict[str, int] = {}
        self._texts = dict(TEXTS)
        self._job: Job | None = None
        self._asked = 0
        self._of = self._text_of = ""
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self.ask)
        self._build()
        self._show_example()
        editing.edited.connect(self._timer.start)
        editing.shown.connect(self._brand_shown)
        self._brand_shown()

    def ask(self) -> None:
        """Check the text with the brand as it is on screen; an older question is dropped."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not self._editing.is_open:
            return
        whole, part, language = self.editor.text(), self.part.current, self.language.current
        text, network = whole[:LONGEST], str(self.network.currentData())
        brand, base = self._editing.brand, self._editing.base
        self._asked += 1
        asked = self._asked

        async def work(copilot: Copilot) -> tuple[Checked, int]:
            from copilot.services.checking import Asked

            now, kept = (
                Asked(text=text, network=network, part=part, language=language, brand=one, sources=())
                for one in (brand, base)
            )
            checked = await copilot.checking.check(now)
            before = checked if base is None or base == brand else await copilot.checking.check(kept)
            return checked, len(before.findings)

        self._job = self.desk.run(work, lambda told: self._came(asked, whole, *told), self._failed, owner=self)

    def _came(self, asked: int, whole: str, checked: Checked, before: int) -> None:
        if asked != self._asked:
            return
        self._job = None
        self.checked, self._text_of = checked, whole
        self.seen = dict(Count(one.rule for one in checked.findings))
        self.findings.show_findings(checked.findings)
        over = checked.measure.overflow_at
        if self._is_fresh():
            self.editor.set_marks(marks_of(checked.findings, over, len(whole[:LONGEST]), self.t))
        self.counter.show_measure(checked.measure)
        self._say(len(checked.findings), before, len(whole))
        self.shown.emit()

    def _say(self, now: int, before: int, length: int) -> None:
        t = self.t
        said = t("ui.trial.found", count=now) if now else t("ui.trial.nothing")
        if now != before:
            said = t("ui.trial.was", now=said.rstrip("."), count=before)
        if length > LONGEST:
            said = f"{said} {t('ui.trial.cut', count=LONGEST)}"
        self.note.setText(said)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.desk.tell_error(error)

    def _is_fresh(self) -> bool:
        return self._text_of == self.editor.text()

    def _mend_all(self) -> None:
        if self.checked is None or not self._is_fresh():
            return
        fixed = self.checked.fixed + self._text_of[LONGEST:]
        if fixed != self._text_of:
            self.editor.replace_all_undoable(fixed)

    def _know(self, word: str) -> None:
        """``word`` is one of the brand's from now on, once the brand is saved."""
        words = self._editing.brand.style.words
        if word not in words:
            self._editing.put(with_value(self._editing.brand, ("style", "words"), (*words, word)))

    def _typed(self) -> None:
        self._texts[self._example()] = self.editor.text()
        self._again.setVisible(self.editor.text() != TEXTS[self._example()])
        self._timer.start()

    def _example(self) -> tuple[str, str]:
        return self.part.current, self.language.current

    def _show_example(self) -> None:
        """The text of this part and language, as the person left it."""
        self.editor.show_text(self._texts[self._example()])
        self._again.setVisible(self.editor.text() != TEXTS[self._example()])
        self._timer.start()

    def _take_example(self) -> None:
        self.editor.replace_all_undoable(TEXTS[self._example()])
        self.editor.setFocus()

    def _brand_shown(self) -> None:
        brand = self._editing.brand
        if self._editing.is_open and brand.id != self._of:
            self._of = brand.id
            first = next((one for one in brand.accounts if self.network.findData(one) >= 0), "instagram")
            self.network.show_value(first)
            if brand.voice.language != self.language.current:
                self.language.set_current(brand.voice.language)
                self._show_example()
        self._timer.start()

    def _build(self) -> None:
        t, desk = self.t, self.desk
        self.setProperty("card", "true")
        self.setAccessibleName(t("ui.trial.title"))
        self.part = Segments([("post", t("ui.trial.post")), ("reply", t("ui.trial.reply"))], "post", t("ui.trial.part"))
        self.language = Segments([("fr", "FR"), ("en", "EN")], "fr", t("ui.trial.language"))
        for one in (self.part, self.language):
            one.chosen.connect(lambda _value: self._show_example())
            one.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.network = Chooser([(one.id, one.label) for one in networks.load().values()])
        self.network.setAccessibleName(t("ui.trial.network"))
        self.network.setMinimumContentsLength(8)
        self.network.edited.connect(lambda _network: self.ask())
        self.editor = TextEditor(desk.theme, t("ui.trial.text"), smallest_lines=4, grows=True)
        self.editor.changed_by_hand.connect(self._typed)
        self.editor.paste_cut.connect(lambda count: desk.tell("warn", t("ui.item.paste_cut", count=count)))
        self.counter = Counter(t)
        self.note = label("", "strong", wrap=True)
        self._again = button(t("ui.trial.again"), "link", run=self._take_example)
        self.findings = FindingsList(desk.theme, t, few=20)
        # As high as its lines are in this width, however wide they would like to be.
        self.findings.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.walk = FindingWalk(
            desk,
            self,
            self.editor,
            self.findings,
            fresh=self._is_fresh,
            mend_all=self._mend_all,
            language=lambda: self.language.current,
            know=self._know,
        )
        content = QWidget()
        column(
            self.editor,
            row(self._again, 1, self.counter, space=2),
            self.note,
            self.findings,
            1,
            space=2,
            margins=(0, 0, 2, 0),
            parent=content,
        )
        area = scrolled(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the text and the findings take the keys
        head = row(label(t("ui.trial.title"), "title"), 1, self.language, space=2)
        choices = row(self.part, self.network, 1, space=2)
        hint = label(t("ui.trial.hint"), "small", wrap=True)
        column(head, hint, choices, area, space=2, margins=(4, 3, 2, 3), parent=self).setStretch(3, 1)
