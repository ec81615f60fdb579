"""What a decision is about, as it was said: author, hour, text, and the trace that is kept of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.widgets.basic import button, column, label, row
from ui.widgets.message_words import WHOLE, author_shown, network_shown, shown, when_shown
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxRow
    from copilot.domain.moderation import Moderation
    from ui.desk import Desk


class EvidenceCard(QFrame):
    """``quoted`` carries the words selected in the message, to be quoted among the facts."""

    quoted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = desk.t
        self._desk = desk
        self.setProperty("card", "sunken")
        self.author = label("", "strong")
        self.when = label("", "small")
        self.text = TextEditor(desk.theme, t("ui.moderate.message"), smallest_lines=3)
        self.text.setReadOnly(True)
        self.text.setProperty("bare", "true")
        self.text.setFixedHeight(desk.theme.px(58))
        self.trace = label("", "small", wrap=True, selectable=True)
        self.others = label("", "small", wrap=True)
        self.quote = button(t("ui.moderate.quote"), "link", run=self._quote)
        self.quote.setEnabled(False)
        self.quote.setToolTip(t("ui.moderate.quote.hint"))
        self.text.copyAvailable.connect(self.quote.setEnabled)
        trace = row(self.trace, self.quote)
        trace.setStretch(0, 1)
        column(
            row(self.author, 1, self.when), self.text, self.others, trace,
            space=1, margins=(3, 2, 3, 2), parent=self,
        )  # fmt: skip
        self.others.hide()

    def show_case(self, row: InboxRow, count: int, ours: int) -> None:
        """Show the message decided on; the first of ``count``, ``ours`` left aside."""
        t, message = self._desk.t, row.message
        self.author.setText(author_shown(message.author, t))
        network = network_shown(row.network)
        when = when_shown(message, t, datetime.now().astimezone())
        self.when.setText(" · ".join(part for part in (when, network) if part))
        self.text.show_text(shown(message.text, WHOLE) or t("ui.inbox.no_words"))
        told = [t("ui.moderate.others", count=count - 1)] if count > 1 else []
        told += [t("ui.moderate.ours.left", count=ours)] if ours else []
        self.others.setText(" ".join(told))
        self.others.setVisible(bool(told))

    def show_evidence(self, moderation: Moderation) -> None:
        """Say what will be kept of the message, whatever becomes of it."""
        t, evidence = self._desk.t, moderation.evidence
        key = "ui.moderate.evidence" if evidence.text else "ui.moderate.evidence.no_copy"
        self.trace.setText(t(key, hash=evidence.text_sha256[:12]))

    def _quote(self) -> None:
        words = " ".join(self.text.textCursor().selectedText().split())
        if words:
            self.quoted.emit(words)
