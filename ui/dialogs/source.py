"""The source of a claim, whole, with the passage that says so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from copilot.domain.claim import ClaimStatus, JudgedClaim, Source
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import button, label
from ui.widgets.claims_panel import TONES, source_title
from ui.widgets.text_editor import Mark, TextEditor

#: Characters of a source shown around the passage: a brief may be a book.
AROUND = 20_000


class SourceDialog(Dialog):
    """Shows ``source`` and marks what it says of ``judged``."""

    def __init__(self, desk: Desk, judged: JudgedClaim, source: Source, parent: QWidget) -> None:
        t = desk.t
        super().__init__(source_title(desk, source.name), parent)
        self.at_least(desk.theme.px(560), desk.theme.px(400))
        status = t(f"ui.claims.status.{judged.status.value}")
        told = t("ui.claims.dialog", quote=judged.claim.quote, status=status)
        self.body.addWidget(label(told, "muted", wrap=True))
        if source.valid_until is not None:
            from ui.dates import day_shown

            until = t("ui.claims.until", day=day_shown(source.valid_until, t.language))
            expired = judged.status is ClaimStatus.EXPIRED
            self.body.addWidget(label(until, "small", tone="warn" if expired else "", wrap=True))
        self.text = TextEditor(desk.theme, source_title(desk, source.name), smallest_lines=8)
        self.text.setReadOnly(True)
        first = max(0, judged.start - AROUND)
        shown = source.text[first : judged.end + AROUND]
        self.text.show_text(shown)
        colour = TONES[judged.status]
        start, end = judged.start - first, judged.end - first
        self.text.set_marks([Mark(start, end, colour if colour in ("ok", "warn", "danger") else "info", "ground")])
        self.text.select(start, start)
        self.body.addWidget(self.text, 1)
        self.buttons(button(t("ui.close"), "primary", run=self.accept))
