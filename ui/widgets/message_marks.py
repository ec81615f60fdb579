"""What is to be known of a message at a glance: a few words on a badge each, and the whole of it on hover."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copilot.domain.conversation import Intent, Message, Triage, Urgency
from copilot.domain.deadlines import SOON
from copilot.domain.sla import Due, due_of
from ui.widgets.message_words import rounded, shown

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
        due = self.due(row)
        return due.at if due is not None else None

    def due(self, row: InboxRow) -> Due | None:
        """As :meth:`due_at`, with how closely it is known; None for a message that waits for no answer."""
        message = row.message
        if row.state.value not in OPEN or message.triage is None or message.answered or message.deleted:
            return None
        return due_of(message, message.triage.urgency, self.sla, self.zones.get(message.thread_id, self.zone))


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
    due = limits.due(row) if limits is not None else None
    if due is None or due.at is None or due.at - now > SOON:
        return None
    when = _moment(due, now, t)
    if due.at < now:
        return Mark(t("ui.inbox.mark.late"), "danger", t("ui.inbox.mark.late.told", when=when))
    if due.within is not None and due.within > SOON:
        # Known to the day: nobody can say that an hour is left.
        return None
    minutes = max(1, round((due.at - now) / timedelta(minutes=1)))
    kind = "ui.inbox.mark.soon" if due.within is None else "ui.inbox.mark.soon.about"
    return Mark(t(kind, count=minutes), "warn", t("ui.inbox.mark.soon.told", when=when))


def _moment(due: Due, now: datetime, t: Translator) -> str:
    assert due.at
    at = rounded(due.at, due.within).astimezone(now.tzinfo)
    is_day = due.within is not None and due.within > SOON
    shown = _day(at, now, t) if is_day else _hour(at, now, t)
    return shown if due.within is None else t("ui.inbox.when.about", when=shown)


def _hour(at: datetime, now: datetime, t: Translator) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else f"{_day(at, now, t)} {at:%H:%M}"


def _day(at: datetime, now: datetime, t: Translator) -> str:
    from PySide6.QtCore import QDate, QLocale

    pattern = "d MMM" if at.year == now.year else "d MMM yyyy"
    return QLocale(t.language).toString(QDate(at.year, at.month, at.day), pattern)


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
