"""What a moderator does to the message on screen, or to all that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.screens._inbox.bulk import replies_of

if TYPE_CHECKING:
    from copilot.services.inspection import Inspected
    from ui.screens._inbox.screen import InboxScreen

#: Replies that one approval can go through.
MOST_APPROVED = 50


class Acts:
    """The keys and the buttons call these."""

    def __init__(self, screen: InboxScreen) -> None:
        self._screen = screen
        self._waiting: list[Callable[[], None]] = []

    def run_waiting(self) -> None:
        """What waited for a message to come back to the front is done to it."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            one()

    def drop_waiting(self) -> None:
        """The message did not come back: nothing is done to another one."""
        self._waiting.clear()

    def _once_settled(self, act: Callable[[], None]) -> None:
        """Run ``act``; while a decision is being taken back, once its message is in front: that one is meant."""
        if self._screen.decisions.is_undoing or self._waiting:
            self._waiting.append(act)
        else:
            act()

    def _ids(self) -> tuple[int, ...]:
        screen = self._screen
        chosen = screen.list.selected_ids() if screen.chosen_count > 1 else ()
        return chosen or ((screen.meant_id,) if screen.meant_id else ())

    def propose(self) -> None:
        """Propose for the message, or for all that are selected."""
        self._once_settled(self._propose)

    def _propose(self) -> None:
        ids = self._ids()
        if len(ids) > 1:
            self._screen.bulk.propose(ids, self._screen.writing.brand, self._screen.writing.provider)
        else:
            self._screen.loader.when_here(self._screen.reply.propose)

    def write(self) -> None:
        """Go to the editor."""
        self._screen.loader.when_here(self._screen.reply.write)

    def take(self, place: int) -> None:
        """Take the approach in this place."""
        choose = partial(self._screen.reply.choose, place)
        self._once_settled(lambda: self._screen.loader.when_here(choose))

    def skip(self) -> None:
        """No answer."""
        self._once_settled(self._skip)

    def _skip(self) -> None:
        if ids := self._ids():
            self._screen.decisions.skip(ids, self._known_states(ids))
            self._screen.go_on(ids, "skipped")

    def hand_over(self) -> None:
        """A person answers elsewhere."""
        self._once_settled(self._hand_over)

    def _hand_over(self) -> None:
        if ids := self._ids():
            self._screen.decisions.hand_over(ids)
            self._screen.go_on(ids, "human")

    def moderate(self) -> None:
        """Decide what becomes of the message, or of all that are selected."""
        self._once_settled(lambda: self._screen.moderating.decide(self._ids()))

    def correct(self) -> None:
        """Say what the message is, or all that are selected are."""
        self._once_settled(lambda: self._screen.correcting.ask(self._ids()))

    def approve(self) -> None:
        """Show exactly what would leave, to be approved."""
        self._once_settled(self._approve)

    def _approve(self) -> None:
        ids = self._ids()
        if len(ids) > 1:
            self._with_replies(ids, ("drafted", "in_review"), self._approve_items)
        else:
            self._screen.loader.when_here(self._approve_one)

    def submit(self) -> None:
        """Send to review."""
        self._once_settled(self._submit)

    def _submit(self) -> None:
        ids = self._ids()
        if len(ids) > 1:
            self._with_replies(ids, ("drafted",), self._submit_items)
        else:
            self._screen.loader.when_here(self._submit_one)

    def next_waiting(self) -> None:
        """Go to the next message that waits, from the top again after the last."""
        from copilot.domain.inbox import State

        asked = replace(self._screen.filters.asked(), states=(State.WAITING,))
        here = self._screen.list.currentIndex().row()

        def done(found: tuple[int, ...]) -> None:
            waiting, ids = set(found), self._screen.list.messages.ids
            for place in (*range(here + 1, len(ids)), *range(min(here, len(ids)))):
                if ids[place] in waiting:
                    self._screen.list.turn_to(ids[place])
                    return
            self._screen.desk.tell("ok", self._screen.t("ui.inbox.none_waiting"))

        self._screen.desk.run(lambda copilot: copilot.inbox.ids(asked), done, owner=self._screen)

    def saved_replies(self) -> None:
        """Choose a saved reply to insert."""
        self._screen.loader.when_here(self._choose_saved)

    def _choose_saved(self) -> None:
        from ui.screens._inbox.saved import SavedReplies

        if self._screen.reply.row is not None and not self._screen.reply.row.message.author.is_owner:
            dialog = SavedReplies(
                self._screen.desk,
                self._screen.writing.brand,
                self._screen.reply.row.message,
                self._screen,
                self._screen.reply.similar.found,
            )
            dialog.chosen.connect(self._screen.reply.insert)
            dialog.open()

    def preview(self) -> None:
        """Show what would leave this computer for a reply to the message."""
        self._screen.loader.when_here(self._preview)

    def _preview(self) -> None:
        from ui.dialogs.privacy_preview import PrivacyPreview

        row, writing = self._screen.reply.row, self._screen.writing
        if row is not None and not row.message.author.is_owner:
            message_id = row.message.id
            PrivacyPreview(self._screen.desk, message_id, writing.brand, writing.provider, self._screen).open()

    def _approve_one(self) -> None:
        if not self._screen.reply.with_item(lambda stored: self._approve_items(_one(stored))):
            self._screen.desk.tell("info", self._screen.t("ui.inbox.nothing_to_approve"))

    def _submit_one(self) -> None:
        if not self._screen.reply.with_item(lambda stored: self._submit_items(_one(stored))):
            self._screen.desk.tell("info", self._screen.t("ui.inbox.nothing_to_submit"))

    def _known_states(self, ids: tuple[int, ...]) -> dict[int, str]:
        known = ((one, self._screen.known(one)) for one in ids)
        return {one: row.state.value for one, row in known if row is not None}

    def _with_replies(self, ids: tuple[int, ...], states: tuple[str, ...], then: Any) -> None:
        def done(replies: dict[int, int]) -> None:
            if replies:
                then(replies)
            else:
                self._screen.desk.tell("info", self._screen.t("ui.inbox.no_replies_selected"))

        self._screen.desk.run(lambda copilot: replies_of(copilot, ids, states), done, owner=self._screen)

    def _approve_items(self, replies: dict[int, int]) -> None:
        self.approve_items(tuple(replies.values()))

    def approve_items(self, items: Sequence[int]) -> None:
        """Show these replies one after the other, as many as a person can read at once, to be approved."""
        from ui.dialogs.approve import ApproveDialog

        some = list(items[:MOST_APPROVED])
        if left := len(items) - len(some):
            told = self._screen.t("ui.inbox.approve.some", count=left, some=len(some))
            self._screen.desk.tell("info", told, stays=True)
        dialog = ApproveDialog(self._screen.desk, some, self._screen)
        dialog.approved.connect(self._approved)
        dialog.open()

    def _approved(self, done: list[Inspected]) -> None:
        self._screen.decisions.approved(done)
        self._screen.go_on(tuple(one.item.message_id or 0 for one in done), "approved")

    def _submit_items(self, replies: dict[int, int]) -> None:
        ids = tuple(replies)
        self._screen.decisions.submit(replies, lambda: self._screen.go_on(ids, "in_review"))


def _one(stored: Inspected) -> dict[int, int]:
    """A reply by the message it answers."""
    return {stored.item.message_id or 0: stored.item.id}
