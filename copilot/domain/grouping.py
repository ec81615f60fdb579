"""Messages that say the same, so that one decision serves many: what a group is, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from copilot.domain.conversation import Message
from copilot.domain.wording import Wording


class GroupKind(StrEnum):
    """How alike the messages of a group are."""

    EXACT = "exact"
    NEAR = "near"
    CONCERN = "concern"


class Alarm(StrEnum):
    """What a group looks like beside a crowd of people who each speak for themselves."""

    NONE = "none"
    RAID = "raid"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Growth:
    """How quickly a group grows, by the clock of its thread: ``until`` is the time of the thread's last message.

    ``last_hour`` counts the group's messages of the hour before ``until``; ``before`` is how many came in an hour, on
    average, over the hours (24 at most) before that one.
    """

    last_hour: int
    before: float
    until: datetime

    @property
    def is_quick(self) -> bool:
        """True when the last hour brought more than two messages, and more than twice as many as usual."""
        return self.last_hour > max(2.0, 2 * self.before)

    @property
    def wording(self) -> Wording:
        """How quickly, over which time, and how quickly before."""
        before = int(self.before) if self.before.is_integer() else self.before
        return Wording("groups.growth", {"count": self.last_hour, "until": self.until, "before": before})


@dataclass(frozen=True, slots=True)
class Member:
    """A message of a group and how far it is from the one that stands for the group: 0 the same, 1 another thing."""

    message_id: int
    distance: float


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """At least three messages that say the same. ``id`` 0 means not stored.

    ``name`` is made of the group's own words and ``words`` are these; ``representative`` is the message that stands
    for all, ``authors`` how many people wrote them. ``members`` is the nearest first; a page of groups leaves it empty,
    ``size`` tells.
    """

    id: int
    thread_id: int
    kind: GroupKind
    name: str
    words: tuple[str, ...]
    size: int
    authors: int
    representative: int
    growth: Growth | None = None
    alarm: Alarm = Alarm.NONE
    why: tuple[Wording, ...] = ()
    members: tuple[Member, ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member of a group with what it says."""

    message: Message
    distance: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a look for groups found in a thread. ``semantic`` is False when no model told what texts mean."""

    thread_id: int
    groups: tuple[MessageGroup, ...]
    messages: int
    semantic: bool
