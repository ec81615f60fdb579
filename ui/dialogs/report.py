"""A failure that is ours: what happened, that nothing was lost, and a text to send, redacted, copied by the person."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from copilot import __version__
from copilot.errors import RepliqueError
from copilot.logs import RedactingFormatter, redact
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import button, label


def report_of(error: BaseException) -> str:
    """What to send about ``error``: versions, kind, places in the code; no text of anyone, no path, no key."""
    kind = f"{type(error).__name__} {error.kind}" if isinstance(error, RepliqueError) else type(error).__name__
    places = RedactingFormatter("").formatException((type(error), error, error.__traceback__))
    lines = [
        f"Réplique {__version__} · Python {platform.python_version()} · PySide6 {pyside_version}",
        f"{platform.system()} {platform.release()} · {platform.machine()}",
        "",
        redact(kind),
        redact(places),
    ]
    return "\n".join(lines)


class Report(Dialog):
    """Shows a report; nothing is sent by itself."""

    def __init__(self, desk: Desk, error: BaseException, parent: QWidget) -> None:
        super().__init__(desk.t("ui.report.title"), parent)
        self.at_least(desk.theme.px(560), desk.theme.px(400))
        self.body.addWidget(label(desk.t("ui.report.text"), wrap=True))
        self.text = QPlainTextEdit(report_of(error))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(desk.t("ui.report.title"))
        self.body.addWidget(self.text, 1)
        self.copy = button(desk.t("ui.report.copy"), icon_name="copy", run=self._copy)
        self.buttons(self.copy, button(desk.t("ui.close"), "primary", run=self.accept))
        self._copied = desk.t("ui.copied")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(self._copied)
