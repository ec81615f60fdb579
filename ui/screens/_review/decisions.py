"""Decisions on one item or several: asked for, carried out, told, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from copilot.domain.item import Status
from copilot.domain.review import Action
from ui.desk import Changes, Desk
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.reason import ReasonDialog
from ui.screens._review.loading import INVERSE, Outcome, decide_each, take_back

if TYPE_CHECKING:
    from copilot.services.inspection import Inspected

#: Decisions that can be taken back one after the other.
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that can be taken back."""

    action: Action
    items: tuple[tuple[int, Status], ...]


class Decisions(QObject):
    """``decided`` carries the ids decided, before anybody else hears of it; ``undone`` those taken back."""

    decided = Signal(object)
    undone = Signal(object)
    steps_changed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._window = window
        self._steps: list[Step] = []

    @property
    def can_undo(self) -> bool:
        """True when there is a decision to take back."""
        return bool(self._steps)

    def approve(self, items: Sequence[tuple[int, Status]]) -> ApproveDialog:
        """Show what would leave; the person says yes or no there."""
        before = dict(items)
        dialog = ApproveDialog(self.desk, list(before), self._window)

        def approved(done: list[Inspected]) -> None:
            self._done(Action.APPROVE, Outcome(tuple((one.item.id, before[one.item.id]) for one in done)), told=False)

        dialog.approved.connect(approved)
        dialog.open()
        return dialog

    def ask_reason(self, action: Action, items: Sequence[tuple[int, Status]]) -> ReasonDialog:
        """Ask why, then decide: the author reads the reason."""
        t = self.desk.t
        title = t(f"ui.review.reason.{action.value}", count=len(items))
        dialog = ReasonDialog(self.desk, title, t("ui.review.reason.hint"), self._window)
        dialog.given.connect(lambda reason: self.decide(action, items, reason))
        dialog.open()
        return dialog

    def decide(self, action: Action, items: Sequence[tuple[int, Status]], reason: str = "") -> None:
        """Carry out a decision that needs nothing more."""
        ids, person = [one for one, _status in items], self.desk.person
        self.desk.run(
            lambda copilot: decide_each(copilot, ids, action, person, reason),
            lambda outcome: self._done(action, outcome),
            owner=self,
        )

    def undo(self) -> None:
        """Take the last decision back; several times, several."""
        if not self._steps:
            return
        step = self._steps.pop()
        self.steps_changed.emit()
        person = self.desk.person

        def done(outcome: Outcome) -> None:
            ids = tuple(one for one, _before in outcome.done)
            t = self.desk.t
            if outcome.refused:
                self.desk.tell_error(outcome.refused[0][1])
            elif ids:
                self.desk.tell("info", t("ui.review.undone", count=len(ids), what=t(f"action.{step.action.value}")))
            self.undone.emit(ids)
            self.desk.announce(Changes(items=frozenset(one for one, _before in step.items)))

        self.desk.run(lambda copilot: take_back(copilot, step.action, step.items, person), done, owner=self)

    def _done(self, action: Action, outcome: Outcome, *, told: bool = True) -> None:
        ids = tuple(one for one, _before in outcome.done)
        t = self.desk.t
        undo: Callable[[], object] | None = None
        if ids and (action in INVERSE or all(before is Status.IN_REVIEW for _one, before in outcome.done)):
            self._steps = [*self._steps, Step(action, outcome.done)][-MOST_STEPS:]
            self.steps_changed.emit()
            undo = self.undo
        if ids:
            self.decided.emit(ids)
            self.desk.tell(
                "ok",
                t(f"ui.review.did.{action.value}", count=len(ids)),
                act_label=t("ui.undo") if undo else "",
                act=undo,
            )
        if outcome.refused:
            self.desk.tell_error(outcome.refused[0][1])
        if told:
            self.desk.announce(Changes(items=frozenset((*ids, *(one for one, _error in outcome.refused)))))
