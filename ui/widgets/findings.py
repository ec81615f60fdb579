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


def marks_of(findings: Sequence[Finding], overflow_at: int | None, length: int) -> tuple[Mark, ...]:
    """The passages to mark in a text of ``length`` characters: findings, then what is past the limit."""
    marks = [
        Mark(one.start, one.end, SEVERITY_TONES[one.severity])
        for one in findings
        if one.start < one.end <= length and one.rule != "length"
    ]
    if overflow_at is not None and overflow_at < length:
        marks.append(Mark(overflow_at, length, "danger", "ground"))
    return tuple(marks)


class FindingsList(QWidget):
    """``chosen`` tells that the person wants to see a passage; ``fix_asked`` that they want it mended."""

    chosen = Signal(object)
    fix_asked = Signal(object)

    def __init__(self, theme: Theme, t: Translator, *, few: int = FEW, links: bool = True) -> None:
        super().__init__()
        self._theme, self._t, self._few = theme, t, few
        self._findings: tuple[Finding, ...] = ()
        self._all = False
        self._links = links
        self._lines = column(space=1, parent=self)
        self.setAccessibleName(t("ui.findings.title"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._draw)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show ``findings``, worst first as they come; nothing is redrawn when they are the same."""
        told = tuple(findings)
        if told != self._findings or not self._lines.count():
            self._findings, self._all = told, False
            self._draw()

    def _draw(self) -> None:
        clear(self._lines)
        shown = self._findings if self._all else self._findings[: self._few]
        for one in shown:
            self._lines.addWidget(self._line(one))
        if left := len(self._findings) - len(shown):
            self._lines.addWidget(button(self._t("ui.findings.more", count=left), "link", run=self._show_all))
        self.setVisible(bool(self._findings))

    def _show_all(self) -> None:
        self._all = True
        self._draw()

    def _line(self, one: Finding) -> QFrame:
        t = self._t
        made = QFrame()
        drawn = QLabel()
        colour = getattr(self._theme.colours, SEVERITY_TONES[one.severity])
        drawn.setPixmap(picture(SEVERITY_ICONS[one.severity], colour, 16, self.devicePixelRatioF()))
        drawn.setFixedSize(16, 18)
        severity = t(f"ui.severity.{one.severity.value}")
        sentence = t.wording(one.wording)
        drawn.setAccessibleName(severity)
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
