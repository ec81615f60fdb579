"""What a text claims, and where each claim comes from: a line to fold out, a click to read the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from copilot.domain.claim import ClaimStatus, JudgedClaim
from ui.desk import Desk
from ui.icons import picture
from ui.widgets.basic import button, clear, column, label, row

if TYPE_CHECKING:
    from copilot.services.inspection import ClaimSheet
    from ui.runner import Job

#: Claims listed at most: a text with more is a list of figures, and its remarks say what is wrong.
MOST_LISTED = 40
#: Characters of a quotation shown on a line.
LONGEST = 90
_BLANK = re.compile(r"[ \t\r\n]+")
TONES = {
    ClaimStatus.SUPPORTED: "ok",
    ClaimStatus.CONTRADICTED: "danger",
    ClaimStatus.EXPIRED: "warn",
    ClaimStatus.UNSUPPORTED: "danger",
    ClaimStatus.COPIED: "danger",
}
ICONS = {
    ClaimStatus.SUPPORTED: "circle-check",
    ClaimStatus.CONTRADICTED: "circle-alert",
    ClaimStatus.EXPIRED: "clock",
    ClaimStatus.UNSUPPORTED: "circle-alert",
    ClaimStatus.COPIED: "copy",
}


class ClaimsPanel(QWidget):
    """``chosen`` carries a claim to be seen in the text; ``source_asked`` one whose source is to be read."""

    chosen = Signal(object)
    source_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._sheet: ClaimSheet | None = None
        self._asking: Job | None = None
        self._asked: tuple[int, str] | None = None
        self._open = False
        self.setAccessibleName(desk.t("ui.claims.title"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.summary = button("", "link", run=self._toggle)
        self._lines = column(space=1)
        column(row(self.summary, 1), self._lines, space=1, parent=self)
        desk.theme.changed.connect(self._draw)
        self._draw()

    @property
    def sheet(self) -> ClaimSheet | None:
        """What is shown."""
        return self._sheet

    def clear(self) -> None:
        """Show nothing."""
        self._drop_question()
        self._sheet = self._asked = None
        self._draw()

    def follow(self, item_id: int, text: str) -> None:
        """Show the claims of this text of an item, once they are known; an earlier question is dropped."""
        if self._asked == (item_id, text):
            return
        if self._asked is None or self._asked[0] != item_id:
            self._sheet = None
            self._draw()
        self._drop_question()
        self._asked = (item_id, text)

        async def work(copilot: object) -> ClaimSheet:
            from copilot.app import Copilot
            from copilot.services.review import Edit

            assert isinstance(copilot, Copilot)
            return await copilot.review.claims(item_id, Edit(text=text))

        def done(sheet: ClaimSheet) -> None:
            if self._asked == (item_id, text):
                self._sheet = sheet
                self._draw()

        # A text that cannot be judged is told by the checks: no line here is enough.
        self._asking = self.desk.run(work, done, lambda _error: self.clear(), owner=self)

    def _drop_question(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _toggle(self) -> None:
        self._open = not self._open
        self._draw()
        self.summary.setFocus()

    def _draw(self) -> None:
        clear(self._lines)
        claims = self._sheet.claims if self._sheet else ()
        self.setVisible(bool(claims))
        if not claims:
            return
        t = self.desk.t
        doubtful = sum(one.status is not ClaimStatus.SUPPORTED for one in claims)
        told = t("ui.claims.sourced", count=len(claims) - doubtful)
        if doubtful:
            told = f"{told} · {t('ui.claims.doubtful', count=doubtful)}"
        self.summary.setText(f"{'▾' if self._open else '▸'} {told}")
        self.summary.setAccessibleName(told)
        self.summary.setAccessibleDescription(t("ui.claims.hide" if self._open else "ui.claims.show"))
        if self._open:
            # Those to look at come first, then the order of the text.
            ordered = sorted(claims, key=lambda one: (one.status is ClaimStatus.SUPPORTED, one.claim.start))
            for one in ordered[:MOST_LISTED]:
                self._lines.addWidget(self._line(one))

    def _line(self, one: JudgedClaim) -> QFrame:
        t = self.desk.t
        made = QFrame()
        status = t(f"ui.claims.status.{one.status.value}")
        drawn = QLabel()
        colour = getattr(self.desk.theme.colours, TONES[one.status])
        drawn.setPixmap(picture(ICONS[one.status], colour, 16, self.devicePixelRatioF()))
        drawn.setFixedSize(16, 18)
        drawn.setAccessibleName(status)
        kind = t(f"claim.kind.{one.claim.kind.value}")
        quote = button(_short(one.claim.quote), "link", run=lambda: self.chosen.emit(one))
        quote.setToolTip(t("ui.claims.see"))
        quote.setAccessibleName(f"{kind} : {_short(one.claim.quote)} – {status}")
        said = label(self._said(one, status), "small", wrap=True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        read = None
        if one.source:
            read = button(t("ui.claims.source"), "link", run=lambda: self.source_asked.emit(one))
            read.setAccessibleName(f"{t('ui.claims.source')} : {_short(one.claim.quote)}")
        line = row(drawn, quote, said, read, space=2, parent=made)
        for part in (drawn, quote, read):
            if part is not None:
                line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return made

    def _said(self, one: JudgedClaim, status: str) -> str:
        if not one.source:
            return status
        where = source_title(self.desk, one.source)
        return self.desk.t("ui.claims.said", status=status, source=where, quote=_short(one.quote))


def source_title(desk: Desk, name: str) -> str:
    """How a source is called: the brief, the message answered, a fact of the brand..."""
    kind, _, which = name.partition(":")
    known = f"claim.source.{kind}"
    if not desk.t.has(known):
        return name
    return f"{desk.t(known)} ({which})" if which else desk.t(known)


def _short(text: str) -> str:
    # Not split(), which takes no-break spaces for ends of words.
    words = _BLANK.sub(" ", text).strip(" ")
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
