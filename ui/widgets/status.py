"""Where an item stands, and how bad a finding is, as a word with its colour."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from copilot.domain.finding import Severity
from copilot.domain.item import Status
from copilot.i18n import Translator
from ui.widgets.basic import badge, restyle

TONES = {
    Status.DRAFT: "neutral",
    Status.IN_REVIEW: "info",
    Status.CHANGES_REQUESTED: "warn",
    Status.APPROVED: "ok",
    Status.SCHEDULED: "ok",
    Status.PUBLISHING: "info",
    Status.PUBLISHED: "ok",
    Status.UNKNOWN: "warn",
    Status.FAILED: "danger",
    Status.MISSED: "danger",
    Status.ARCHIVED: "neutral",
}
SEVERITY_TONES = {Severity.BLOCKS: "danger", Severity.WARNS: "warn", Severity.ADVISES: "info"}
SEVERITY_ICONS = {Severity.BLOCKS: "ban", Severity.WARNS: "triangle-alert", Severity.ADVISES: "lightbulb"}


def capital(text: str) -> str:
    """``text`` with a capital at its head, as a badge wants it."""
    return text[:1].upper() + text[1:]


def status_badge(t: Translator, status: Status) -> QLabel:
    """A badge for ``status``."""
    return badge(capital(t(f"status.{status.value}")), TONES[status])


def show_status(made: QLabel, t: Translator, status: Status) -> None:
    """Make an existing badge say ``status``."""
    made.setText(capital(t(f"status.{status.value}")))
    restyle(made, badge=TONES[status])
