"""The review of an item as a pure state machine: who may do what, when, and why it was refused.

::

    draft ──submit──> in_review ──approve──> approved ──schedule──> scheduled ──start──> publishing
      │  └──approve────────────────────────────^                        │ miss              │
      ^                  │ request_changes / reject                     v                   v
      └──edit── changes_requested / archived <──                     missed      published/unknown/failed

``withdraw`` takes a submit, a request for changes or an approval back, and ``reopen`` a rejection: the item is a
draft again. What is scheduled is unscheduled first.

Any change of the outgoing package sends an item back to ``draft`` and its approval lapses, from every
status but ``publishing`` and ``published`` (those refuse the change). Coming back to the bytes once
approved does not revive an approval: a person approves again.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from copilot.domain.item import NEEDS_APPROVAL, Approval, Status
from copilot.domain.wording import Wording
from copilot.errors import UserError

#: Characters of a name.
LONGEST_NAME = 100


class Action(StrEnum):
    """What can be done to an item under review."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START_PUBLISHING = "start_publishing"
    CONFIRM_PUBLISHED = "confirm_published"
    LOSE_TRACK = "lose_track"
    FAIL = "fail"
    MISS = "miss"
    ARCHIVE = "archive"


#: Statuses in which the outgoing package can no longer change.
FROZEN = frozenset({Status.PUBLISHING, Status.PUBLISHED, Status.UNKNOWN})

#: For each action, the statuses it may start from and the one it leads to.
TRANSITIONS: dict[Action, tuple[frozenset[Status], Status]] = {
    Action.SUBMIT: (frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}), Status.IN_REVIEW),
    Action.APPROVE: (frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED}), Status.APPROVED),
    Action.REQUEST_CHANGES: (frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED}), Status.CHANGES_REQUESTED),
    Action.REJECT: (
        frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED}),
        Status.ARCHIVED,
    ),
    Action.REOPEN: (frozenset({Status.ARCHIVED}), Status.DRAFT),
    # Takes back the last submit, request for changes or approval.
    Action.WITHDRAW: (frozenset({Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED}), Status.DRAFT),
    Action.SCHEDULE: (frozenset({Status.APPROVED, Status.MISSED}), Status.SCHEDULED),
    Action.UNSCHEDULE: (frozenset({Status.SCHEDULED, Status.MISSED, Status.FAILED}), Status.APPROVED),
    Action.START_PUBLISHING: (frozenset({Status.APPROVED, Status.SCHEDULED}), Status.PUBLISHING),
    Action.CONFIRM_PUBLISHED: (frozenset({Status.PUBLISHING, Status.UNKNOWN}), Status.PUBLISHED),
    Action.LOSE_TRACK: (frozenset({Status.PUBLISHING}), Status.UNKNOWN),
    Action.FAIL: (frozenset({Status.PUBLISHING, Status.UNKNOWN}), Status.FAILED),
    Action.MISS: (frozenset({Status.SCHEDULED}), Status.MISSED),
    Action.ARCHIVE: (
        frozenset(Status) - FROZEN - {Status.ARCHIVED},
        Status.ARCHIVED,
    ),
}

#: Actions that need a reason in words.
NEEDS_REASON = frozenset({Action.REQUEST_CHANGES, Action.REJECT})


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What the review knows of an item: ``authors`` are all who wrote it, ``unknown_author`` if one gave no name."""

    status: Status
    approval: Approval | None = None
    authors: tuple[str, ...] = ()
    unknown_author: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom, when, why, on which bytes."""

    action: Action
    by: str
    at: datetime
    package_hash: str
    reason: str = ""
    before: Status = Status.DRAFT
    after: Status = Status.DRAFT


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """House rules. ``four_eyes``: the author of an item cannot approve it."""

    four_eyes: bool = False


def same_person(name: str) -> str:
    """A name as it is compared: without case, accents' form, spaces around or invisible characters."""
    shown = unicodedata.normalize("NFKC", name)
    return "".join(char for char in shown if unicodedata.category(char)[0] != "C").casefold().strip()


def checked_name(name: str) -> str:
    """A name as it is recorded.

    Raises:
        UserError: ``review.name_needed``, ``review.bad_name``.
    """
    name = name.strip()
    if not same_person(name):
        raise UserError("review.name_needed")
    if len(name) > LONGEST_NAME or any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        raise UserError("review.bad_name")
    return name


def _require_other_eyes(state: ReviewState, by: str) -> None:
    if same_person(by) in map(same_person, state.authors):
        raise UserError("review.own_work", name=by)
    if state.unknown_author:
        raise UserError("review.unknown_author")


def _named(status: Status) -> Wording:
    return Wording(f"status.{status.value}")


def decide(
    state: ReviewState,
    action: Action,
    *,
    by: str,
    at: datetime,
    present_hash: str,
    seen_hash: str | None = None,
    reason: str = "",
    policy: ReviewPolicy | None = None,
) -> tuple[ReviewState, Decision]:
    """Carry out ``action`` on an item whose package now hashes to ``present_hash``.

    ``seen_hash`` is the hash of what the person had before their eyes; approving needs it.

    Raises:
        UserError: ``review.name_needed``, ``review.reason_needed``, ``review.not_from`` (this status does
            not allow it), ``review.already_approved``, ``review.unsaved_edit`` (what was seen is not what
            is stored), ``review.own_work`` or ``review.unknown_author`` (four eyes), ``review.bad_name``,
            ``review.lapsed`` (the approval is of other bytes).
    """
    by, reason = checked_name(by), reason.strip()
    if action in NEEDS_REASON and not reason:
        raise UserError("review.reason_needed", action=action.value)
    allowed, after = TRANSITIONS[action]
    if action is Action.APPROVE and state.status in NEEDS_APPROVAL:
        raise UserError("review.already_approved", status=_named(state.status))
    if state.status not in allowed:
        raise UserError("review.not_from", action=action.value, status=_named(state.status))

    approval = state.approval
    if action is Action.APPROVE:
        if seen_hash != present_hash:
            raise UserError("review.unsaved_edit")
        if policy and policy.four_eyes:
            _require_other_eyes(state, by)
        approval = Approval(present_hash, by, at)
    elif after in NEEDS_APPROVAL:
        if approval is None or approval.package_hash != present_hash:
            raise UserError("review.lapsed")
    else:
        approval = None
    decision = Decision(action, by, at, present_hash, reason, state.status, after)
    return replace(state, status=after, approval=approval), decision


def changed(state: ReviewState, *, old_hash: str, new_hash: str) -> ReviewState:
    """The state after the outgoing package became ``new_hash``: back to draft unless nothing changed.

    Raises:
        UserError: ``review.frozen`` when the item is already leaving or has left, ``review.archived``.
    """
    if old_hash == new_hash:
        return state
    if state.status in FROZEN:
        raise UserError("review.frozen", status=_named(state.status))
    if state.status is Status.ARCHIVED:
        raise UserError("review.archived")
    return replace(state, status=Status.DRAFT, approval=None)
