"""What is to be known of a message at a glance: a few words on a badge each, and the whole of it on hover."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copilot.domain.conversation import Intent, Message, Triage, Urgency
from copilot.domain.deadlines import SOON
from copilot.domain.sla import due
from ui.widgets.message_words import shown

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxRow
    from copilot.i18n import Translator
    from copilot.settings import SlaSettings

URGENCY_LOOK = {Urgency.P0: "danger", Urgency.P1: "warn", Urgency.P2: "info"}
INTENT_LOOK = {
    Intent.DISTRESS: "danger", Intent.CRISIS_SIGNAL: "danger", Intent.COMPLAINT: "warn", Intent.PRAISE: "ok",
    Intent.QUESTION: "info",
}  # fmt: skip
#: Where a message still waits for its answer.
OPEN = ("waiting", "drafted", "in_review")
#: Reasons told on hover, and characters of each.
REASONS, LONGEST = 8, 300


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge: its words, its look (a tone of the tokens or ``neutral``), and what it means in a sentence."""

    text: str
    look: str
    told: str


@dataclass(frozen=True, slots=True)
class Limits:
    """By when answers are due: the time limits, and the time zone people work in by thread; ``zone`` for the others."""

    sla: SlaSettings
    zone: str
    zones: Mapping[int, str] = field(default_factory=dict)

    def due_at(self, row: InboxRow) -> datetime | None:
        """When the answer to a message is due, aware; None when none is, or nobody knows."""
        message = row.message
        if row.state.value not in OPEN or message.triage is None or message.answered or message.deleted:
            return None
        zone = self.zones.get(message.thread_id, self.zone)
        return due(message.triage.urgency, message.created_at, self.sla, zone).at


def marks_of(row: InboxRow, t: Translator, limits: Limits | None, now: datetime) -> tuple[Mark, ...]:
    """The badges of a message, the gravest first."""
    message, triage = row.message, row.message.triage
    told: list[Mark | None] = []
    if triage is not None:
        told += [_urgency(triage, t), _lateness(row, t, limits, now), *_flags(triage, t), _intent(triage, t)]
    return tuple(one for one in (*told, *_story(message, t)) if one is not None)


def hover(row: InboxRow, t: Translator, limits: Limits | None, now: datetime) -> str:
    """Why a message was triaged so and what is to be known of it, as lines of HTML that hold others' words escaped."""
    lines = [one.told for one in marks_of(row, t, limits, now)]
    lines += reasons_of(row.message.triage, t)
    return as_tooltip("\n".join(dict.fromkeys(line for line in lines if line)))


def reasons_of(triage: Triage | None, t: Translator) -> list[str]:
    """Why triage said so, as sentences."""
    return [shown(t.wording(one), LONGEST) for one in triage.why[:REASONS]] if triage else []


def as_tooltip(text: str) -> str:
    """``text`` as a tooltip: words of others are never read as HTML there."""
    return f"<span>{html.escape(text).replace(chr(10), '<br>')}</span>" if text else ""


def _urgency(triage: Triage, t: Translator) -> Mark:
    name = triage.urgency.value
    look = URGENCY_LOOK.get(triage.urgency, "neutral")
    return Mark(t(f"ui.inbox.urgency.{name}"), look, t(f"ui.inbox.urgency.{name}.why"))


def _lateness(row: InboxRow, t: Translator, limits: Limits | None, now: datetime) -> Mark | None:
    at = limits.due_at(row) if limits is not None else None
    if at is None or at - now > SOON:
        return None
    when = _moment(at.astimezone(now.tzinfo), now, t)
    if at < now:
        return Mark(t("ui.inbox.mark.late"), "danger", t("ui.inbox.mark.late.told", when=when))
    minutes = max(1, round((at - now) / timedelta(minutes=1)))
    return Mark(t("ui.inbox.mark.soon", count=minutes), "warn", t("ui.inbox.mark.soon.told", when=when))


def _moment(at: datetime, now: datetime, t: Translator) -> str:
    if at.date() == now.date():
        return f"{at:%H:%M}"
    from PySide6.QtCore import QDate, QLocale

    pattern = "d MMM" if at.year == now.year else "d MMM yyyy"
    return f"{QLocale(t.language).toString(QDate(at.year, at.month, at.day), pattern)} {at:%H:%M}"


def _flags(triage: Triage, t: Translator) -> list[Mark]:
    said = {
        "hostile": triage.hostile,
        "insult": triage.explicit_toxic,
        "hateful": triage.possibly_hateful,
    }
    return [
        Mark(t(f"ui.inbox.mark.{name}"), "warn", t(f"ui.inbox.mark.{name}.told"))
        for name, holds in said.items()
        if holds
    ]


def _intent(triage: Triage, t: Translator) -> Mark:
    name, look = t(f"intent.{triage.intent.value}"), INTENT_LOOK.get(triage.intent, "neutral")
    if triage.unsure:
        return Mark(t("ui.inbox.mark.unsure", intent=name), look, t("ui.inbox.unsure"))
    return Mark(name, look, "")


def _story(message: Message, t: Translator) -> list[Mark]:
    """What became of a message on its network."""
    said = {
        "deleted": (message.deleted, "neutral"),
        "hidden": (message.hidden, "neutral"),
        "changed": (message.changed_at is not None, "info"),
        "answered": (message.answered and not message.author.is_owner, "ok"),
    }
    return [
        Mark(t(f"ui.inbox.mark.{name}"), look, t(f"ui.inbox.mark.{name}.told"))
        for name, (holds, look) in said.items()
        if holds
    ]
