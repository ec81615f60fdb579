"""A line that says how far a long work is, with a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.widgets.basic import button, column, label, row

if TYPE_CHECKING:
    from copilot.i18n import Translator
    from ui.runner import Job


class Progress(QWidget):
    """Hidden while nothing runs. ``stopped`` tells that the person stopped it, ``free`` that another may run."""

    stopped = Signal()
    free = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.text = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("ui.inbox.progress"))
        self.cancel = button(t("ui.cancel"), "quiet", icon_name="x", run=self.stop)
        inner = column(self.text, self.bar, space=1)
        line = row(space=2, parent=self)
        line.addLayout(inner, 1)
        line.addWidget(self.cancel)
        self._job: Job | None = None
        self.hide()

    @property
    def is_running(self) -> bool:
        """True while a work is shown."""
        return self._job is not None

    def follow(self, job: Job, text: str) -> None:
        """Show ``job`` from now on, until it ends."""
        self._job = job
        self.text.setText(text)
        self.bar.setRange(0, 0)
        self.show()
        job.finished.connect(lambda: self._ended(job))

    def report(self, done: int, total: int, text: str) -> None:
        """``done`` of ``total``."""
        self.text.setText(text)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def stop(self) -> None:
        """Stop the work; what is done stays done."""
        if self._job is not None:
            self._job.cancel()
            self.stopped.emit()

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.hide()
            self.free.emit()
