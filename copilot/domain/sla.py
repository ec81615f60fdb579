"""By when a message is due an answer: so many minutes after it was written, working minutes for some classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from copilot.domain.conversation import Message, Urgency
from copilot.settings import SlaSettings

#: Days looked at before an answer is said to be due on none of them: five years of days off.
LAST_DAY = 1_830


@dataclass(frozen=True, slots=True)
class Due:
    """When an answer is due: an aware UTC time, None when none is due or nobody knows when the message was written.

    ``within``: how closely that is known, None when it is exact.
    """

    urgency: Urgency
    at: datetime | None = None
    within: timedelta | None = None

    def overdue(self, now: datetime) -> bool:
        """True when ``now`` (aware) is past the time due."""
        return self.at is not None and now > self.at


def due(urgency: Urgency, created_at: datetime | None, sla: SlaSettings, zone: str) -> Due:
    """When a message of this class is due an answer.

    Args:
        urgency: its SLA class.
        created_at: when it was written, aware; None when unknown.
        sla: minutes of each class, and the working hours.
        zone: IANA name of the time zone those hours are in, such as ``Europe/Paris``.
    """
    minutes = sla.minutes.get(urgency.value)
    if minutes is None or created_at is None:
        return Due(urgency)
    start = created_at.astimezone(UTC)
    wait = timedelta(minutes=minutes)
    try:
        at = worked(start, wait, sla, zone) if urgency.value in sla.in_working_hours else start + wait
    except OverflowError:  # written at the end of time
        return Due(urgency)
    return Due(urgency, at)


def due_of(message: Message, urgency: Urgency, sla: SlaSettings, zone: str) -> Due:
    """As :func:`due`, counted from about when ``message`` was written where nobody knows better."""
    if message.created_at is not None or message.about is None:
        return due(urgency, message.created_at, sla, zone)
    return replace(due(urgency, message.about.at, sla, zone), within=message.about.within)


def worked(start: datetime, wait: timedelta, sla: SlaSettings, zone: str) -> datetime | None:
    """When ``wait`` of working time has gone by since ``start``, both real time: a day of 23 hours is one hour shorter.

    None when no day is worked.
    """
    for opens, closes in _shifts(start.astimezone(ZoneInfo(zone)).date(), sla, ZoneInfo(zone)):
        begins = max(start, opens)
        if closes <= begins:
            continue
        if closes - begins >= wait:
            return begins + wait
        wait -= closes - begins
    return None


def _shifts(first: date, sla: SlaSettings, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """When work begins and ends on each worked day from ``first`` on, in UTC."""
    opens, closes = time.fromisoformat(sla.opens), time.fromisoformat(sla.closes)
    for count in range(LAST_DAY):
        day = first + timedelta(days=count)
        if day.isoweekday() in sla.days:
            yield (
                datetime.combine(day, opens, zone).astimezone(UTC),
                datetime.combine(day, closes, zone).astimezone(UTC),
            )
