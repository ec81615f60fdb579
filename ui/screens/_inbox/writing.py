"""Asks for replies and stores the ones a person wants; what comes late goes to its own message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from copilot.domain.conversation import Approach
from ui.desk import Changes, Desk
from ui.screens._inbox.offers import LateOffers, Offers

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.conversation import Intent, Triage
    from copilot.domain.inbox import InboxRow
    from copilot.services.conversations import Proposed, Replying
    from copilot.services.inspection import Inspected


class Writing(QObject):
    """``offered`` tells the message whose proposals changed, ``drafted`` the message and its stored reply."""

    offered = Signal(int)
    drafted = Signal(int, object)

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._offers = LateOffers()
        self._drafting: set[int] = set()
        self._written_for: dict[int, Intent] = {}
        self.brand: Brand | None = None

    @property
    def provider(self) -> str:
        """Who writes by default: the playbook or a model."""
        return self._desk.settings.default_provider or "playbook"

    def offers(self, message_id: int) -> Offers | None:
        """What was proposed for a message."""
        return self._offers.get(message_id)

    def follow(self, row: InboxRow) -> None:
        """Forget what was proposed to a message of another intent, or why nothing was to one read otherwise."""
        offers, triage = self._offers.get(row.message.id), row.message.triage
        if offers is None or offers.triage == triage:
            return
        if offers.silence is not None or _intent(offers.triage) is not _intent(triage):
            self._offers.drop(row.message.id)

    def keep_for(self, message_id: int, intent: Intent) -> None:
        """What is written in reply to this message was written when it was ``intent``."""
        self._written_for.setdefault(message_id, intent)

    def outlived(self, row: InboxRow) -> Intent | None:
        """The intent that what is written in reply was written for, when the message has another one now."""
        before, now = self._written_for.get(row.message.id), _intent(row.message.triage)
        return before if before is not now else None

    def renew(self, message_id: int) -> None:
        """Another text is the reply now, or there is none: it suits what the message is."""
        self._written_for.pop(message_id, None)

    def is_drafting(self, message_id: int) -> bool:
        """True while the draft of a reply to this message is being stored."""
        return message_id in self._drafting

    def forget(self) -> None:
        """Other settings or another brand: what was proposed no longer holds."""
        self._offers = LateOffers()

    def ask(self, row: InboxRow, *, by_person: bool) -> Offers:
        """Write the approaches that suit a message; nothing is stored. Asked again, they are written anew."""
        message, brand, person = row.message, self.brand, self._desk.person
        provider = self.provider
        made = Offers(message.id, provider, asked_by_person=by_person, triage=message.triage)
        self._offers.put(made)

        async def write(copilot: Copilot) -> AsyncIterator[Replying | Proposed]:
            from contextlib import aclosing

            stream = copilot.conversations.approaches(
                message.thread_id, message.id, provider=copilot.writer(provider), brand=brand, author=person
            )
            async with aclosing(stream) as told:
                async for one in told:
                    yield one

        def arrived(told: list[Replying | Proposed]) -> None:
            for one in told:
                made.take(one)
            self._tell(made)

        def failed(error: Exception) -> None:
            made.job = None
            self._tell(made)
            self._desk.tell_error(error)

        def done(_value: object) -> None:
            made.job = None
            self._tell(made)

        made.job = self._desk.stream(write, arrived, done, failed, owner=self)
        return made

    def stop(self, message_id: int) -> None:
        """Stop what is being written for a message; what is whole stays."""
        offers = self._offers.get(message_id)
        if offers is not None and offers.job is not None and offers.is_running:
            offers.job.cancel()
            offers.found = [one for one in offers.found if one.is_whole]
            self.offered.emit(message_id)

    def leave(self, message_id: int) -> None:
        """Another message is on screen: what nobody asked for is not worth finishing."""
        offers = self._offers.get(message_id)
        if offers is not None and offers.is_running and not offers.asked_by_person:
            self._offers.drop(message_id)

    def draft(
        self,
        row: InboxRow,
        text: str,
        *,
        approach: Approach | None = None,
        writer: str = "person",
        then: Callable[[Inspected], None] | None = None,
    ) -> None:
        """Store ``text`` as the reply to a message, then run ``then`` with it."""
        message, brand, person = row.message, self.brand, self._desk.person
        if message.id in self._drafting:
            return
        self._drafting.add(message.id)

        async def store(copilot: Copilot) -> Inspected:
            kept = await copilot.conversations.draft(
                message.thread_id, message.id, text, approach=approach, writer=writer, brand=brand, author=person
            )
            await copilot.working.drop(key_of(message.id))
            return kept

        def done(kept: Inspected) -> None:
            self._drafting.discard(message.id)
            self.drafted.emit(message.id, kept)
            self._desk.announce(Changes(items=frozenset({kept.item.id})))
            if then is not None:
                then(kept)

        def failed(error: Exception) -> None:
            self._drafting.discard(message.id)
            self._desk.tell_error(error)

        # Owned by the desk: a draft under way is stored even when the screen goes.
        self._desk.run(store, done, failed)

    def _tell(self, made: Offers) -> None:
        if self._offers.get(made.message_id) is made:
            self.offered.emit(made.message_id)


def _intent(triage: Triage | None) -> Intent | None:
    return triage.intent if triage is not None else None


def key_of(message_id: int) -> str:
    """The key of the working copy of a reply that is no item yet."""
    return f"reply:{message_id}"
