"""The journal of decisions: is it as it was written?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.desk import Changes, Desk
from ui.screens._settings.parts import Busy, Section, outcome, run_stoppable, say
from ui.widgets.basic import button, row

if TYPE_CHECKING:
    from copilot.domain.audit import Verification
    from ui.runner import Job


class Audit(Section):
    """One button, and an answer in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.audit"))
        t = self.t
        self._job: Job | None = None
        lines = self.card(t("ui.audit.title"), t("ui.audit.text"))
        self.verify_button = button(t("ui.audit.verify"), "primary", run=self.verify)
        self.busy = Busy(desk, t("ui.audit.verifying"))
        self.outcome = outcome()
        lines.addLayout(row(self.verify_button, 1))
        lines.addWidget(self.busy)
        lines.addWidget(self.outcome)
        self.body.addStretch(1)

    def concerns(self, changes: Changes) -> bool:
        """Never: an answer holds for the moment it was asked."""
        return False

    def verify(self) -> None:
        """Walk the whole journal."""
        if self._job is not None:
            return
        say(self.outcome, "")
        self.verify_button.setEnabled(False)
        self._job = run_stoppable(
            self.desk, self.busy, lambda copilot, _report: copilot.custody.verify_audit(),
            self._done, self._failed, self._ended,
        )  # fmt: skip

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.verify_button.setEnabled(True)

    def _done(self, found: Verification) -> None:
        self._ended()
        if found.holds:
            say(self.outcome, self.t("ui.audit.holds", count=found.entries), "ok")
        else:
            broken = self.t.number(found.broken_at or 0)
            say(self.outcome, self.t(f"ui.audit.broken.{found.why}", number=broken), "danger")

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.tell_error(error, self.outcome)
