"""The review as a state machine: no way to approved, scheduled or published around a person."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from copilot.domain.item import NEEDS_APPROVAL, Approval, Status
from copilot.domain.review import (
    FROZEN,
    TRANSITIONS,
    Action,
    ReviewPolicy,
    ReviewState,
    changed,
    decide,
)
from copilot.errors import UserError

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HASHES = ["a" * 64, "b" * 64, "c" * 64]


def act(state: ReviewState, action: Action, present: str = HASHES[0], **changes: object) -> ReviewState:
    given = {"by": "Nora", "at": NOON, "present_hash": present, "seen_hash": present, "reason": "Parce que"}
    given.update(changes)
    return decide(state, action, **given)[0]  # type: ignore[arg-type]  # each test names parameters of decide


def refused(*args: object, **kwargs: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*args, **kwargs)  # type: ignore[arg-type]  # as above
    return caught.value.kind


DRAFT = ReviewState(Status.DRAFT, authors=("Léa",))


def test_the_way_of_a_post() -> None:
    state = DRAFT
    for action, status in [
        (Action.SUBMIT, Status.IN_REVIEW),
        (Action.REQUEST_CHANGES, Status.CHANGES_REQUESTED),
        (Action.SUBMIT, Status.IN_REVIEW),
        (Action.APPROVE, Status.APPROVED),
        (Action.SCHEDULE, Status.SCHEDULED),
        (Action.START_PUBLISHING, Status.PUBLISHING),
        (Action.LOSE_TRACK, Status.UNKNOWN),
        (Action.CONFIRM_PUBLISHED, Status.PUBLISHED),
    ]:
        state = act(state, action)
        assert state.status is status
    assert state.approval == Approval(HASHES[0], "Nora", NOON)


def test_approving_twice_is_refused() -> None:
    assert refused(act(DRAFT, Action.APPROVE), Action.APPROVE) == "review.already_approved"


def test_a_rejected_item_is_not_approved() -> None:
    assert refused(act(DRAFT, Action.REJECT), Action.APPROVE) == "review.not_from"


def test_approving_what_was_not_seen_is_refused() -> None:
    assert refused(DRAFT, Action.APPROVE, seen_hash=HASHES[1]) == "review.unsaved_edit"
    assert refused(DRAFT, Action.APPROVE, seen_hash=None) == "review.unsaved_edit"


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.REQUEST_CHANGES, Action.APPROVE])
def test_the_last_word_is_withdrawn_and_says_nothing_any_more(action: Action) -> None:
    after, decision = decide(act(DRAFT, action), Action.WITHDRAW, by="Nora", at=NOON, present_hash=HASHES[0])
    assert (after.status, after.approval) == (Status.DRAFT, None)
    assert (decision.reason, decision.after) == ("", Status.DRAFT)
    assert refused(after, Action.SCHEDULE) == "review.not_from"
    assert act(after, Action.APPROVE).approval == Approval(HASHES[0], "Nora", NOON)


def test_a_rejection_is_withdrawn_by_reopening() -> None:
    rejected = act(DRAFT, Action.REJECT)
    assert refused(rejected, Action.WITHDRAW) == "review.not_from"
    assert act(rejected, Action.REOPEN) == DRAFT


@pytest.mark.parametrize(
    "status", sorted(set(Status) - {Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED}), ids=str
)
def test_what_is_on_its_way_or_away_is_not_withdrawn(status: Status) -> None:
    approval = Approval(HASHES[0], "Nora", NOON) if status in NEEDS_APPROVAL else None
    assert refused(ReviewState(status, approval, ("Léa",)), Action.WITHDRAW) == "review.not_from"


def test_anybody_may_withdraw_where_four_eyes_are_asked_for() -> None:
    policy = ReviewPolicy(four_eyes=True)
    assert act(act(DRAFT, Action.APPROVE), Action.WITHDRAW, by="Léa", policy=policy).status is Status.DRAFT


@pytest.mark.parametrize("action", [Action.REQUEST_CHANGES, Action.REJECT])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_saying_no_needs_a_reason(action: Action, reason: str) -> None:
    assert refused(DRAFT, action, reason=reason) == "review.reason_needed"


@pytest.mark.parametrize("action", list(Action))
def test_every_decision_needs_a_name(action: Action) -> None:
    assert refused(DRAFT, action, by="  ") == "review.name_needed"


@pytest.mark.parametrize("name", ["Léa", " léa ", "LÉA", "Le\u0301a", "Léa\u200b"])
def test_four_eyes_refuses_the_author(name: str) -> None:
    policy = ReviewPolicy(four_eyes=True)
    assert refused(DRAFT, Action.APPROVE, by=name, policy=policy) == "review.own_work"
    assert act(DRAFT, Action.APPROVE, policy=policy).status is Status.APPROVED


def test_four_eyes_refuses_when_somebody_edited_without_a_name() -> None:
    state = dataclasses.replace(DRAFT, unknown_author=True)
    assert refused(state, Action.APPROVE, policy=ReviewPolicy(four_eyes=True)) == "review.unknown_author"


@pytest.mark.parametrize("name", ["Nora\x1b[31m", "a\nb", "x" * 101])
def test_a_name_that_is_not_one_is_refused(name: str) -> None:
    assert refused(DRAFT, Action.APPROVE, by=name) == "review.bad_name"


@pytest.mark.parametrize("status", sorted(NEEDS_APPROVAL - FROZEN))
def test_any_change_of_an_approved_item_lapses_its_approval(status: Status) -> None:
    state = ReviewState(status, Approval(HASHES[0], "Nora", NOON), ("Léa",))
    after = changed(state, old_hash=HASHES[0], new_hash=HASHES[1])
    assert (after.status, after.approval) == (Status.DRAFT, None)
    back = changed(after, old_hash=HASHES[1], new_hash=HASHES[0])
    assert (back.status, back.approval) == (Status.DRAFT, None)


@pytest.mark.parametrize("status", sorted(FROZEN | {Status.ARCHIVED}))
def test_what_left_or_was_put_away_does_not_change(status: Status) -> None:
    with pytest.raises(UserError):
        changed(ReviewState(status), old_hash=HASHES[0], new_hash=HASHES[1])


def test_a_published_item_cannot_go_out_again() -> None:
    published = ReviewState(Status.PUBLISHED, Approval(HASHES[0], "Nora", NOON))
    for action in Action:
        assert refused(published, action) in ("review.not_from", "review.already_approved")


def test_every_action_is_described() -> None:
    assert set(TRANSITIONS) == set(Action)


class AnyReview(RuleBasedStateMachine):
    """Any sequence of calls, with any hash, any clock, edits in between."""

    def __init__(self) -> None:
        super().__init__()
        self.state = DRAFT
        self.present = HASHES[0]
        self.at = NOON
        self.said_yes_to: str | None = None

    @rule(
        action=st.sampled_from(Action),
        seen=st.sampled_from([*HASHES, None]),
        reason=st.sampled_from(["", "non"]),
        four_eyes=st.booleans(),
        by=st.sampled_from(["Léa", "Nora", ""]),
    )
    def act(self, action: Action, seen: str | None, reason: str, four_eyes: bool, by: str) -> None:
        try:
            self.state, decision = decide(
                self.state,
                action,
                by=by,
                at=self.at,
                present_hash=self.present,
                seen_hash=seen,
                reason=reason,
                policy=ReviewPolicy(four_eyes),
            )
        except UserError:
            return
        assert decision.by
        if action is Action.APPROVE:
            assert seen == self.present
            self.said_yes_to = self.present
        elif decision.after not in NEEDS_APPROVAL:
            self.said_yes_to = None

    @rule(new=st.sampled_from(HASHES))
    def edit(self, new: str) -> None:
        try:
            self.state = changed(self.state, old_hash=self.present, new_hash=new)
        except UserError:
            return
        if new != self.present:
            self.said_yes_to = None
        self.present = new

    @rule(hours=st.integers(-9000, 9000))
    def the_clock_changes(self, hours: int) -> None:
        self.at = self.at + timedelta(hours=hours)

    @rule()
    def the_store_is_reopened(self) -> None:
        self.state = dataclasses.replace(self.state)

    @invariant()
    def nothing_leaves_without_a_yes_to_these_bytes(self) -> None:
        if self.state.status in NEEDS_APPROVAL:
            assert self.state.approval is not None
            assert self.state.approval.package_hash == self.present == self.said_yes_to
        else:
            assert self.state.approval is None


AnyReview.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
test_any_sequence_of_calls = AnyReview.TestCase
