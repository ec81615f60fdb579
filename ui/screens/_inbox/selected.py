"""Brings what the message on screen needs: its conversation, its reply, and why it may get none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.screens._inbox.conversation import AFTER, ANCESTORS, BEFORE

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.conversation import ReplyProposal
    from copilot.domain.inbox import Conversation
    from copilot.services.inspection import Inspected
    from ui.desk import Desk
    from ui.runner import Job
    from ui.screens._inbox.writing import Writing

#: Milliseconds between two messages looked at while a key is held down.
BREATH = 25


@dataclass(frozen=True, slots=True)
class Selected:
    """The message on screen. ``silence`` is why the rules propose no reply, None when they would."""

    conversation: Conversation
    inspected: Inspected | None
    silence: ReplyProposal | None


class MessageLoader(QObject):
    """``came`` carries a :class:`Selected`, or None when no message is on screen; only ever the last one asked for."""

    came = Signal(object)

    def __init__(self, desk: Desk, writing: Writing, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._writing = writing
        self._message_id = 0
        self._here = 0
        self._then: Callable[[], object] | None = None
        self._job: Job | None = None
        self._breath = QTimer(self, singleShot=True, interval=BREATH)
        self._breath.timeout.connect(self._load)

    @property
    def asked_id(self) -> int:
        """The message asked for last, 0 for none."""
        return self._message_id

    @property
    def is_awaited(self) -> bool:
        """True while something is to be done to a message that is not on screen yet."""
        return self._then is not None

    def when_here(self, run: Callable[[], object]) -> None:
        """Run this once the message asked for is on screen; never when another one is asked for before."""
        if self._here == self._message_id:
            run()
        else:
            self._then = run

    def load(self, message_id: int) -> None:
        """Bring this message; 0 for none."""
        if message_id != self._message_id:
            self._then = None
        self._message_id = message_id
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not message_id:
            self._breath.stop()
            self._show(0, None)
        elif not self._breath.isActive():
            self._breath.start()

    def _load(self) -> None:
        message_id, brand = self._message_id, self._writing.brand

        async def work(copilot: Copilot) -> Selected:
            # Ancestors may be among the nearest: they are asked for besides.
            told = await copilot.inbox.conversation(message_id, BEFORE + ANCESTORS, AFTER)
            row = told.row
            inspected = await copilot.review.show(row.item_id) if row.item_id is not None else None
            silence = None
            if inspected is None and not row.message.author.is_owner:
                proposal = copilot.conversations.propose(row.message, brand=brand, network=told.thread.network)
                silence = proposal if proposal.text is None else None
            return Selected(told, inspected, silence)

        def done(told: Selected) -> None:
            self._job = None
            if message_id == self._message_id:
                self._show(message_id, told)

        def failed(error: Exception) -> None:
            self._job = None
            if message_id == self._message_id:
                # What is left on screen is another message's: nothing more may be done to it.
                self._show(message_id, None)
                self._desk.tell_error(error)

        self._job = self._desk.run(work, done, failed, owner=self)

    def _show(self, message_id: int, told: Selected | None) -> None:
        self._here = message_id
        then, self._then = self._then, None
        self.came.emit(told)
        if then is not None and told is not None:
            then()
