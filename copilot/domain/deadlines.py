"""How many messages are late: the times before which a message of each class had to be written to be so now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from copilot.domain.conversation import Urgency
from copilot.domain.sla import LAST_DAY
from copilot.settings import SlaSettings

#: A message is said to be due soon this long before.
SOON = timedelta(hours=1)

#: For each class that has a time limit, its rank (0 is P0) and a moment, aware.
Moments = tuple[tuple[int, datetime], ...]


class Lateness(StrEnum):
    """What the clock says of a message to answer: late, or due within the hour."""

    LATE = "late"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Written before ``late``, a message is late now; before ``soon``, within the hour.

    Counting with them needs no text and no arithmetic in the database.
    """

    late: Moments
    soon: Moments


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many messages to answer are late, due within the hour, have a time limit at all, and have none to count by.

    ``undated`` have a time limit but nothing tells when they were written. ``as_of`` is when this was counted.
    """

    late: int
    soon: int
    limited: int
    undated: int
    as_of: datetime


def cutoffs(now: datetime, sla: SlaSettings, zone: str) -> Cutoffs:
    """What is late at ``now`` (aware) and an hour later, working hours being those of ``zone`` (an IANA name)."""
    return Cutoffs(_written_before(now, sla, zone), _written_before(now + SOON, sla, zone))


def _written_before(at: datetime, sla: SlaSettings, zone: str) -> Moments:
    found = []
    for rank, urgency in enumerate(Urgency):
        minutes = sla.minutes.get(urgency.value)
        if minutes is None:
            continue
        wait = timedelta(minutes=minutes)
        working = urgency.value in sla.in_working_hours
        moment = _worked_back(at, wait, sla, ZoneInfo(zone)) if working else at - wait
        if moment is not None:
            found.append((rank, moment))
    return tuple(found)


def _worked_back(end: datetime, wait: timedelta, sla: SlaSettings, zone: ZoneInfo) -> datetime | None:
    """The latest start from which ``wait`` of working time is over at ``end``; None when no day is worked."""
    opens, closes = time.fromisoformat(sla.opens), time.fromisoformat(sla.closes)
    end = end.astimezone(UTC)
    last = end.astimezone(zone).date()
    for count in range(LAST_DAY):
        day = last - timedelta(days=count)
        if day.isoweekday() not in sla.days:
            continue
        begins = datetime.combine(day, opens, zone).astimezone(UTC)
        finish = min(end, datetime.combine(day, closes, zone).astimezone(UTC))
        if finish <= begins:
            continue
        if finish - begins >= wait:
            return finish - wait
        wait -= finish - begins
    return None
