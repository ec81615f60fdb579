"""The voice as it sounds: a post and a reply by the brand under edit, with what changed since it was saved."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.desk import Desk
from ui.runner import Job
from ui.screens._brands.editing import Editing
from ui.tokens import SPACE
from ui.widgets.basic import Segments, column, label, row, rule, scrolled
from ui.widgets.diff_view import DiffView
from ui.widgets.findings import FindingsList
from ui.widgets.text_editor import set_bare

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.voice_sample import VoiceSample

#: Milliseconds of rest before the sample follows.
REST = 250


class _Sheet(DiffView):
    """As high as its text."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk.theme, name)
        set_bare(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_texts(self, before: str, after: str) -> None:
        """Another text, another height."""
        super().show_texts(before, after)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another width, another height."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        self.setFixedHeight(round(self.document().size().height()) + SPACE[3])


class SamplePane(QFrame):
    """``today`` tells the day it is where the brand is; ``shown`` that a sample came."""

    today = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self.desk, self.t, self._editing = desk, desk.t, editing
        self.sample: VoiceSample | None = None
        self._job: Job | None = None
        self._asked = 0
        self._of = ""
        self.language = Segments([("fr", "FR"), ("en", "EN")], "fr", self.t("ui.brands.sample.language"))
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self.ask)
        self._build()
        editing.edited.connect(self._timer.start)
        editing.shown.connect(self._brand_shown)

    def ask(self) -> None:
        """Ask for the sample of the brand as it is on screen; an older question is dropped."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not self._editing.is_open:
            return
        brand, base, language = self._editing.brand, self._editing.base, self.language.current
        self._asked += 1
        asked = self._asked

        async def work(copilot: Copilot) -> tuple[VoiceSample, VoiceSample, date]:
            sample = copilot.brands.voice_sample(brand, language)
            await asyncio.sleep(0)  # others in the engine have their turn
            kept = sample if base is None or base == brand else copilot.brands.voice_sample(base, language)
            return sample, kept, copilot.brands.today(brand)

        self._job = self.desk.run(work, lambda told: self._came(asked, *told), self._failed, owner=self)

    def _came(self, asked: int, sample: VoiceSample, kept: VoiceSample, today: date) -> None:
        if asked != self._asked:
            return
        self._job = None
        self.sample = sample
        t = self.t
        changed = (sample.post, sample.reply) != (kept.post, kept.reply)
        self.post.show_texts(kept.post, sample.post)
        self.reply.show_texts(kept.reply, sample.reply)
        self.comment.setText(t("ui.brands.sample.comment", comment=sample.comment))
        self.post_findings.show_findings(sample.post_findings)
        self.reply_findings.show_findings(sample.reply_findings)
        self.note.setText(t("ui.brands.sample.changed") if changed else t("ui.brands.sample.text"))
        self.today.emit(today)
        self.shown.emit()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.desk.tell_error(error)

    def _brand_shown(self) -> None:
        brand = self._editing.brand
        if self._editing.is_open and brand.id != self._of:
            self._of = brand.id
            self.language.set_current(brand.voice.language)
        self._timer.start()

    def _build(self) -> None:
        t, desk = self.t, self.desk
        self.setProperty("card", "true")
        self.setAccessibleName(t("ui.brands.sample.title"))
        self.language.chosen.connect(lambda _language: self.ask())
        self.language.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.note = label(t("ui.brands.sample.text"), "small", wrap=True)
        self.post = _Sheet(desk, t("ui.brands.sample.post"))
        self.reply = _Sheet(desk, t("ui.brands.sample.reply"))
        self.comment = label("", "muted", wrap=True)
        self.post_findings = FindingsList(desk.theme, t, few=3)
        self.reply_findings = FindingsList(desk.theme, t, few=3)
        self.post_findings.hide()
        self.reply_findings.hide()
        content = QWidget()
        column(
            label(t("ui.brands.sample.post"), "strong"),
            self.post,
            self.post_findings,
            rule(),
            label(t("ui.brands.sample.reply"), "strong"),
            self.comment,
            self.reply,
            self.reply_findings,
            1,
            space=2,
            margins=(0, 0, 2, 0),
            parent=content,
        )
        head = row(label(t("ui.brands.sample.title"), "title"), 1, self.language, space=2)
        area = scrolled(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the two texts take the keys
        lines = column(head, self.note, area, space=2, margins=(4, 3, 2, 3), parent=self)
        lines.setStretch(2, 1)
