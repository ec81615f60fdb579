"""The inbox: messages of all threads, loaded, triaged, filtered, searched, and set aside when nobody should answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from copilot.domain.conversation import Message
from copilot.domain.inbox import (
    Conversation,
    Facets,
    InboxFilter,
    InboxRow,
    Mark,
    Order,
    State,
    ThreadSummary,
)

if TYPE_CHECKING:
    from copilot.intelligence.triage import RuleTriage
    from copilot.services.conversations import ThreadImported
    from copilot.store.unit_of_work import Store, UnitOfWork

Result = TypeVar("Result")
#: Told how much is done, of how much.
Progress = Callable[[int, int], None]

#: Messages triaged between two signs of life.
AT_ONCE = 200
#: The part of the work of a load that is triage; the rest is storing.
TRIAGE_SHARE = 0.9


class Inbox:
    """Messages as a moderator goes through them.

    Reading and storing happen in worker threads: the event loop stays free however many messages there are.
    """

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._built: RuleTriage | None = None

    async def ids(self, asked: InboxFilter) -> tuple[int, ...]:
        """The ids of the messages that ``asked`` shows, in its order."""
        return await self._read(lambda work: work.inbox.ids(asked))

    async def rows(self, ids: Sequence[int]) -> tuple[InboxRow, ...]:
        """The messages of ``ids``, in that order; those that are gone are left out. Made for pages of 50 to 200."""
        wanted = tuple(ids)
        return await self._read(lambda work: work.inbox.rows(wanted))

    async def facets(self, asked: InboxFilter) -> Facets:
        """How many messages each choice would show under ``asked``."""
        return await self._read(lambda work: work.inbox.facets(asked))

    async def conversation(self, message_id: int, before: int = 10, after: int = 10) -> Conversation:
        """A message with its ancestors and at most ``before`` and ``after`` neighbours, all oldest first.

        Raises:
            UserError: ``message.unknown``.
        """
        return await self._read(lambda work: work.inbox.conversation(message_id, before, after))

    async def threads(self) -> tuple[ThreadSummary, ...]:
        """All threads, newest first."""
        return await self._read(lambda work: work.inbox.threads())

    async def skip(self, ids: Sequence[int], *, by: str) -> tuple[int, ...]:
        """Decide not to answer. The ids that changed: ours and those with an approved reply stay as they are."""
        return await self._mark(ids, Mark.SKIPPED, "skipped", by)

    async def hand_over(self, ids: Sequence[int], *, by: str) -> tuple[int, ...]:
        """Leave messages to a person outside the product. The ids that changed, as :meth:`skip` says."""
        return await self._mark(ids, Mark.HUMAN, "handed_over", by)

    async def restore(self, ids: Sequence[int], *, by: str = "–") -> tuple[int, ...]:
        """Undo :meth:`skip` and :meth:`hand_over`. The ids that changed."""
        return await self._decided(lambda work: work.inbox.unmark(tuple(ids)), "restored", by)

    async def _mark(self, ids: Sequence[int], mark: Mark, action: str, by: str) -> tuple[int, ...]:
        at = self._clock()
        return await self._decided(lambda work: work.inbox.mark(tuple(ids), mark, by, at), action, by)

    async def _decided(self, decide: Callable[[UnitOfWork], tuple[int, ...]], action: str, by: str) -> tuple[int, ...]:
        at, store = self._clock(), self._store()

        def keep() -> tuple[int, ...]:
            with store.write() as work:
                changed = decide(work)
                work.audit.append_each(at, by, action, [f"message:{one}" for one in changed], {})
                return changed

        return await asyncio.to_thread(keep)

    async def load(
        self, content: bytes, name: str, *, network: str = "", progress: Progress | None = None
    ) -> ThreadImported:
        """Read, triage and store a thread; the same content is stored once.

        ``progress`` is called in the loop's thread with shares of the work, of as many as there are messages.
        Cancelled, it stops within a second and nothing is stored, unless the last write was already under way: then
        everything is.

        Raises:
            UserError: ``thread.*`` when nothing can be read, ``network.unknown``.
        """
        from copilot.services._loading import no_long_pause

        with no_long_pause():
            return await self._load(content, name, network, progress or (lambda _done, _total: None))

    async def take_in(
        self, content: bytes, name: str, *, network: str = "", progress: Progress | None = None
    ) -> tuple[ThreadImported, int]:
        """As :meth:`load`, answered without the messages and with how many there are.

        For a window: where 100,000 messages are handed on and dropped, every thread stops for 0.2 s.
        """
        from copilot.services._loading import no_long_pause, without_messages

        with no_long_pause():
            done = [await self._load(content, name, network, progress or (lambda _done, _total: None))]
            return await asyncio.to_thread(without_messages, done)

    async def _load(self, content: bytes, name: str, network: str, tell: Progress) -> ThreadImported:
        from copilot.services import _loading

        at, store, stop = self._clock(), self._store(), Event()
        found = await asyncio.to_thread(_loading.parsed, content, name, network, at)
        total = len(found.thread.messages)
        if known := await self._read(lambda work: work.threads.find(found.digest)):
            tell(total, total)
            return await asyncio.to_thread(_loading.imported, known, found, already=True)
        told: list[Message] = []
        # What was read goes as it is triaged, and what was triaged once it is stored: never all at once.
        waiting, found = _loading.taken_from(found)
        try:
            while waiting:
                tell(int(len(told) * TRIAGE_SHARE), total)
                some = [(waiting.pop(), found.thread.language) for _ in range(min(AT_ONCE, len(waiting)))]
                told += await _stoppable(partial(self._triaged, some, stop), stop)
            stored = _stored_share(tell, total)
            kept = partial(_loading.kept_of, told, store, found.thread, found.digest, at, stop, stored)
            thread, already = await _stoppable(kept, stop)
        finally:
            for one in (waiting, told):
                await asyncio.shield(asyncio.to_thread(_loading.let_go, one))
        tell(total, total)
        return _loading.imported(thread, found, already=already)

    async def triage_missing(self, progress: Progress | None = None) -> int:
        """Triage the messages that no rule has read yet, and say how many.

        ``progress`` is called in the loop's thread: messages read, of all that were missing. Cancelled, what was read
        stays read.
        """
        tell = progress or (lambda _done, _total: None)
        total = (await self.facets(InboxFilter())).untriaged
        from copilot.services._loading import keep_triage

        store, stop, done = self._store(), Event(), 0
        while some := await self._read(lambda work: work.inbox.untriaged(AT_ONCE)):
            tell(min(done, total), total)
            told = await _stoppable(partial(self._triaged, some, stop), stop)
            await asyncio.to_thread(keep_triage, store, told)
            done += len(told)
        tell(done, max(done, total))
        return done

    def _triaged(self, some: Sequence[tuple[Message, str]], stop: Event) -> tuple[Message, ...]:
        from copilot.intelligence.triage import RuleTriage
        from copilot.services._loading import triaged

        # Two loads at once may build it twice: the second is as good.
        self._built = self._built or RuleTriage()
        return triaged(self._built, some, stop)

    async def _read(self, ask: Callable[[UnitOfWork], Result]) -> Result:
        store = self._store()

        def answered() -> Result:
            with store.read() as work:
                return ask(work)

        return await asyncio.to_thread(answered)


def _stored_share(tell: Progress, total: int) -> Callable[[int], None]:
    """Tells, from the thread that stores, the loop's thread how far it is."""
    loop = asyncio.get_running_loop()
    triage = int(total * TRIAGE_SHARE)

    def stored(count: int) -> None:
        loop.call_soon_threadsafe(tell, triage + int(count * (1 - TRIAGE_SHARE)), total)

    return stored


async def _stoppable(work: Callable[[], Result], stop: Event) -> Result:
    """Run ``work`` in a thread. Cancelled, it sets ``stop`` and waits until the thread has let go."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([running])
        if not running.cancelled():
            running.exception()  # asked for, so that nobody is told it was never looked at
        raise


__all__ = [
    "Conversation",
    "Facets",
    "Inbox",
    "InboxFilter",
    "InboxRow",
    "Mark",
    "Order",
    "State",
    "ThreadSummary",
]
