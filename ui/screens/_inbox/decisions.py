"""Decisions on messages and their replies, and taking them back, several levels deep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from copilot.domain.review import Action
from copilot.errors import RepliqueError
from ui.desk import Changes, Desk
from ui.drafts import taken_away

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.moderation import Moderation
    from copilot.services.inspection import Inspected

#: Decisions that can be taken back.
LEVELS = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that can be taken back: on which messages, and on which of their replies.

    ``handed`` are the messages that were with a person before they were skipped, ``moderations`` the decisions on
    messages that were kept.
    """

    kind: str
    messages: tuple[int, ...]
    items: tuple[int, ...] = ()
    handed: tuple[int, ...] = ()
    moderations: tuple[int, ...] = ()


class Decisions(QObject):
    """``taken_back`` tells the decision that no longer holds; ``failed`` that the list shows what is not stored."""

    changed = Signal()
    taken_back = Signal(object)
    failed = Signal()

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._taken: list[Taken] = []
        self._undoing = 0

    @property
    def is_undoing(self) -> bool:
        """True while a decision is being taken back."""
        return self._undoing > 0

    @property
    def can_undo(self) -> bool:
        """True when there is something to take back."""
        return bool(self._taken)

    def skip(self, ids: Sequence[int], states: Mapping[int, str]) -> None:
        """Decide not to answer; ``states`` says where the messages stood, as far as known."""
        handed = tuple(one for one in ids if states.get(one) == "human")
        self._mark("skip", tuple(ids), handed)

    def hand_over(self, ids: Sequence[int]) -> None:
        """Leave messages to a person outside."""
        self._mark("hand", tuple(ids), ())

    def submit(self, replies: Mapping[int, int], then: Callable[[], None] | None = None) -> None:
        """Send replies to review: ``replies`` maps a message to its reply."""
        person = self._desk.person

        async def work(copilot: Copilot) -> tuple[list[Inspected], RepliqueError | None]:
            done: list[Inspected] = []
            first: RepliqueError | None = None
            for one in replies.values():
                try:
                    done.append(await copilot.review.decide(one, Action.SUBMIT, by=person))
                except RepliqueError as error:
                    first = first or error
            return done, first

        def done(told: tuple[list[Inspected], RepliqueError | None]) -> None:
            sent, error = told
            self.approved(sent, kind="submit")
            if error is not None:
                self._desk.tell_error(error)
            if sent and then is not None:
                then()

        self._desk.run(work, done)

    def approved(self, done: Sequence[Inspected], kind: str = "approve") -> None:
        """Replies were approved (or submitted): that can be taken back."""
        if done:
            items = tuple(one.item.id for one in done)
            self._push(Taken(kind, tuple(one.item.message_id or 0 for one in done), items))
            self._desk.announce(Changes(items=frozenset(items)))

    def moderated(self, told: Sequence[Moderation]) -> None:
        """Messages were moderated: that can be taken back."""
        ids = tuple(one.message_id for one in told if one.message_id is not None)
        self._push(Taken("moderate", ids, moderations=tuple(one.id for one in told)))
        self._desk.announce(Changes(threads=True))

    def corrected(self, ids: Sequence[int]) -> None:
        """Messages were given another intent: that can be taken back."""
        self._push(Taken("correct", tuple(ids)))
        self._desk.announce(Changes(threads=True))

    def drafted(self, items: Mapping[int, int]) -> None:
        """Replies were drafted together, ``items`` by their message: they can be taken away together."""
        if items:
            self._push(Taken("drafts", tuple(items), tuple(items.values())))

    def undo(self) -> None:
        """Take the last decision back."""
        if not self._taken:
            self._desk.tell("info", self._desk.t("ui.inbox.nothing_to_undo"))
            return
        last = self._taken.pop()
        self._undoing += 1
        self.changed.emit()
        person = self._desk.person

        async def work(copilot: Copilot) -> tuple[int, ...]:
            if last.kind == "drafts":
                gone = set(await copilot.groups.undo(last.items, by=person))
                return tuple(one for one, item in zip(last.messages, last.items, strict=True) if item in gone)
            if last.items:
                for one in last.items:
                    await copilot.review.decide(one, Action.WITHDRAW, by=person)
                return last.messages
            if last.moderations:
                await copilot.moderation.undo(last.moderations, by=person)
                return last.messages
            if last.kind == "correct":
                return await copilot.semantic.undo(last.messages, by=person)
            changed = await copilot.inbox.restore(last.messages, by=person)
            if handed := tuple(one for one in last.handed if one in set(changed)):
                await copilot.inbox.hand_over(handed, by=person)
            return changed

        def done(changed: tuple[int, ...]) -> None:
            self._undoing -= 1
            t = self._desk.t
            if last.kind == "drafts":
                self._desk.tell("ok", taken_away(t, len(changed), len(last.items) - len(changed)))
            elif not changed:
                # Forgotten with their thread, or taken back elsewhere.
                self._desk.tell("info", t("ui.inbox.undone.none"))
                self.failed.emit()
                return
            else:
                self._desk.tell("ok", t(f"ui.inbox.undone.{last.kind}", count=len(changed)))
            self._desk.announce(Changes(items=frozenset(last.items), threads=True))
            self.taken_back.emit(replace(last, messages=changed))

        def failed(error: Exception) -> None:
            self._undoing -= 1
            self._not_done(error)

        self._desk.run(work, done, failed)

    def _mark(self, kind: str, ids: tuple[int, ...], handed: tuple[int, ...]) -> None:
        person = self._desk.person
        taken = Taken(kind, ids, handed=handed)
        self._push(taken)

        async def work(copilot: Copilot) -> tuple[int, ...]:
            mark = copilot.inbox.skip if kind == "skip" else copilot.inbox.hand_over
            return await mark(ids, by=person)

        def done(changed: tuple[int, ...]) -> None:
            # Ours and approved ones stay as they are: only what changed is taken back.
            if set(changed) != set(ids) and taken in self._taken:
                place = self._taken.index(taken)
                kept = tuple(one for one in handed if one in set(changed))
                self._taken[place : place + 1] = [Taken(kind, changed, handed=kept)] if changed else []
                self.changed.emit()
            t = self._desk.t
            if len(ids) > 1 or not changed:
                self._desk.tell(
                    "ok", t(f"ui.inbox.done.{kind}", count=len(changed)), act_label=t("ui.undo"), act=self.undo
                )
            self._desk.announce(Changes(threads=True))

        def failed(error: Exception) -> None:
            if taken in self._taken:
                self._taken.remove(taken)
            self._not_done(error)

        # Owned by the desk: a decision is carried out even when the screen goes.
        self._desk.run(work, done, failed)

    def _push(self, taken: Taken) -> None:
        self._taken.append(taken)
        del self._taken[:-LEVELS]
        self.changed.emit()

    def _not_done(self, error: Exception) -> None:
        self._desk.tell_error(error)
        self.failed.emit()
        self.changed.emit()
