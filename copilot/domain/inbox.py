"""The inbox: which messages wait for an answer, narrowed, ordered and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntFlag, StrEnum

from copilot.domain.conversation import Intent, Message, Thread, Tone, Triage, Urgency
from copilot.domain.deadlines import Cutoffs, Lateness
from copilot.domain.item import NEEDS_APPROVAL, Status


class State(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SKIPPED = "skipped"
    HUMAN = "human"
    OWN = "own"


class Mark(StrEnum):
    """A moderator's decision not to answer from here: at all, or not by this means."""

    SKIPPED = "skipped"
    HUMAN = "human"


class Flag(IntFlag):
    """What else triage says of a message, as bits kept beside it to filter by."""

    UNSURE = 1
    EXPLICIT_TOXIC = 2
    POSSIBLY_HATEFUL = 4
    HOSTILE = 8


NO_FLAG = Flag(0)


class Order(StrEnum):
    """How messages follow each other. A message without a date counts as older than any dated one."""

    URGENCY = "urgency"
    NEWEST = "newest"
    OLDEST = "oldest"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What to show. An empty tuple narrows nothing; the members of one tuple are alternatives.

    ``words`` is what a person typed: each word must begin a word of the text or of the author's name, accents and
    case aside. Nothing in it is an operator. Only its first 500 characters and 12 words count. ``authors`` are names
    or handles exactly as shown; ``since`` and ``until`` are aware times, both included, and leave out messages without
    a date. ``flags``: those that have one of these; 0 narrows nothing. ``only_changed``: another text came with a later
    import. ``brand_id``: only messages of that brand's threads. ``due``: only messages to answer that are late, or due
    within the hour, by ``cutoffs``, which the service adds.
    """

    thread_id: int | None = None
    words: str = ""
    intents: tuple[Intent, ...] = ()
    tones: tuple[Tone, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    languages: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    order: Order = Order.URGENCY
    authors: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    flags: Flag = NO_FLAG
    only_changed: bool = False
    brand_id: str | None = None
    due: Lateness | None = None
    cutoffs: Cutoffs | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the inbox ended: what its last message is ordered by. Hand it back as it is."""

    urgency_rank: int
    created_at: str
    thread_id: int
    position: int
    id: int


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A part of what a filter shows. ``after`` is where the next one begins, None when this is the last."""

    ids: tuple[int, ...]
    after: Place | None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox. ``item_id`` is the reply furthest on its way, None when there is none."""

    message: Message
    state: State
    item_id: int | None
    thread_title: str
    network: str


@dataclass(frozen=True, slots=True)
class Facets:
    """How many messages each choice would show, the other choices of the filter kept.

    Choices that would show nothing are absent. ``total`` is what the whole filter shows; ``untriaged`` counts, among
    the messages of the thread and words asked for, those that no rule has read.
    """

    total: int
    untriaged: int
    intents: Mapping[Intent, int]
    tones: Mapping[Tone, int]
    urgencies: Mapping[Urgency, int]
    languages: Mapping[str, int]
    states: Mapping[State, int]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A message where it was said. ``thread`` holds no messages; ``ancestors`` go from the root to the parent."""

    thread: Thread
    row: InboxRow
    ancestors: tuple[Message, ...]
    before: tuple[Message, ...]
    after: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ThreadSummary:
    """A thread without its messages, how many it holds, and how many still wait."""

    thread: Thread
    count: int
    waiting: int


#: How far a reply is on its way, by its status; a rejected one is nowhere.
STAGES: Mapping[Status, int] = {
    Status.DRAFT: 1,
    Status.CHANGES_REQUESTED: 1,
    Status.IN_REVIEW: 2,
    **dict.fromkeys(NEEDS_APPROVAL, 3),
}
#: What a stage makes of a message.
STATE_OF_STAGE = {1: State.DRAFTED, 2: State.IN_REVIEW, 3: State.APPROVED}


def stage_of(statuses: Iterable[Status]) -> int:
    """The furthest stage among replies to one message, 0 when none is open."""
    return max((STAGES.get(status, 0) for status in statuses), default=0)


def state_of(*, is_owner: bool, mark: Mark | None, stage: int) -> State:
    """Where a message stands: an approved reply outweighs a mark, a mark outweighs an unfinished reply."""
    if is_owner:
        return State.OWN
    if stage == 3:
        return State.APPROVED
    if mark is not None:
        return State(mark.value)
    return STATE_OF_STAGE.get(stage, State.WAITING)


def urgency_rank(urgency: Urgency) -> int:
    """0 for P0 to 4 for P4."""
    return int(urgency.value[1:])


def flags_of(triage: Triage) -> Flag:
    """The bits of what ``triage`` says."""
    said = {
        Flag.UNSURE: triage.unsure,
        Flag.EXPLICIT_TOXIC: triage.explicit_toxic,
        Flag.POSSIBLY_HATEFUL: triage.possibly_hateful,
        Flag.HOSTILE: triage.hostile,
    }
    return Flag(sum(flag for flag, holds in said.items() if holds))
