"""What is wrong with a text, as a list: severity in words, the reason, and a way to the passage."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from copilot.domain.finding import Finding, Severity
from copilot.i18n import Translator
from ui.icons import picture
from ui.theme import Theme
from ui.widgets.basic import button, clear, column, label, row
from ui.widgets.status import SEVERITY_ICONS, SEVERITY_TONES
from ui.widgets.text_editor import Mark

#: Lines shown at once; more are behind "and 4 more".
FEW = 4


def marks_of(findings: Sequence[Finding], overflow_at: int | None, length: int, t: Translator) -> tuple[Mark, ...]:
    """The passages to mark in a text of ``length`` characters: findings, then what is past the limit.

    Fixes that change no word are dotted: they are for later, all at once.
    """
    marks = [
        Mark(
            one.start,
            one.end,
            SEVERITY_TONES[one.severity],
            "dots" if is_small(one) else "wave",
            f"{t.wording(one.wording)} {t('ui.findings.fix_key')}" if one.fix is not None else t.wording(one.wording),
        )
        for one in findings
        if one.start < one.end <= length and one.rule != "length"
    ]
    if overflow_at is not None and overflow_at < length:
        marks.append(Mark(overflow_at, length, "danger", "ground"))
    return tuple(marks)


def is_small(finding: Finding) -> bool:
    """True for what one gesture mends along with all its like, and that holds nothing back."""
    return finding.automatic and finding.severity is Severity.ADVISES


class FindingsList(QWidget):
    """``chosen`` tells that the person wants to see a passage; ``fix_asked`` that they want it mended.

    Small ones (typography, spaces) are gathered in one line; ``all_asked`` tells that they want all of them mended.
    """

    chosen = Signal(object)
    fix_asked = Signal(object)
    all_asked = Signal()

    def __init__(self, theme: Theme, t: Translator, *, few: int = FEW, links: bool = True) -> None:
        super().__init__()
        self._theme, self._t, self._few = theme, t, few
        self._findings: tuple[Finding, ...] = ()
        self._all = False
        self._current: Finding | None = None
        self._links = links
        self._lines = column(space=1, parent=self)
        self.setAccessibleName(t("ui.findings.title"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._draw)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show ``findings``, worst first as they come; nothing is redrawn when they are the same."""
        told = tuple(findings)
        if told != self._findings or not self._lines.count():
            self._findings, self._all, self._current = told, False, None
            self._draw()

    def point_at(self, finding: Finding) -> None:
        """Show which line speaks of the passage the person is at."""
        self._current = finding
        self._all = self._all or finding not in self._findings[: self._few]
        self._draw()

    def _draw(self) -> None:
        clear(self._lines)
        small = [one for one in self._findings if is_small(one)] if self._links else []
        gathered = small if len(small) > 1 and not self._all else []
        listed = [one for one in self._findings if one not in gathered]
        shown = listed if self._all else listed[: self._few]
        for one in shown:
            self._lines.addWidget(self._line(one))
        if gathered:
            self._lines.addWidget(self._gathered(len(gathered)))
        if left := len(listed) - len(shown):
            self._lines.addWidget(button(self._t("ui.findings.more", count=left), "link", run=self._show_all))
        self.setVisible(bool(self._findings))

    def _gathered(self, count: int) -> QFrame:
        t = self._t
        made = QFrame()
        sentence = t("ui.findings.small", count=count)
        text = label(sentence, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        see = button(t("ui.findings.details"), "link", run=self._show_all)
        see.setAccessibleName(f"{t('ui.findings.details')} : {sentence}")
        fix = button(t("ui.findings.fix_all"), "link", run=self.all_asked.emit)
        fix.setAccessibleName(f"{t('ui.findings.fix_all')} : {sentence}")
        drawn = self._drawn(Severity.ADVISES)
        line = row(drawn, text, see, fix, space=2, parent=made)
        for part in (drawn, see, fix):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return made

    def _drawn(self, severity: Severity) -> QLabel:
        made = QLabel()
        colour = getattr(self._theme.colours, SEVERITY_TONES[severity])
        made.setPixmap(picture(SEVERITY_ICONS[severity], colour, 16, self.devicePixelRatioF()))
        made.setFixedSize(16, 18)
        made.setAccessibleName(self._t(f"ui.severity.{severity.value}"))
        return made

    def _show_all(self) -> None:
        self._all = True
        self._draw()

    def _line(self, one: Finding) -> QFrame:
        t = self._t
        made = QFrame()
        made.setProperty("current", one == self._current)
        drawn = self._drawn(one.severity)
        severity = t(f"ui.severity.{one.severity.value}")
        sentence = t.wording(one.wording)
        text = label(sentence, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        text.setAccessibleName(f"{severity} : {sentence}")
        made.setToolTip(severity)
        parts: list[QPushButton] = []
        if self._links and one.start < one.end:
            see = button(t("ui.findings.see"), "link", run=lambda: self.chosen.emit(one))
            see.setAccessibleName(f"{t('ui.findings.see')} : {sentence}")
            parts.append(see)
        if self._links and one.fix is not None:
            fix = button(t("ui.findings.fix"), "link", run=lambda: self.fix_asked.emit(one))
            fix.setAccessibleName(f"{t('ui.findings.fix')} : {sentence}")
            parts.append(fix)
        line = row(drawn, text, *parts, space=2, parent=made)
        for part in (drawn, *parts):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return made


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The worst severity among ``findings``."""
    for severity in Severity:
        if any(one.severity is severity for one in findings):
            return severity
    return None
