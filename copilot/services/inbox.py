"""The inbox: messages of all threads, loaded, triaged, filtered, searched, and set aside when nobody should answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.conversation import Message
from copilot.domain.deadlines import Deadlines, cutoffs
from copilot.domain.imports import SoFar, TableMapping
from copilot.domain.inbox import (
    Conversation,
    Facets,
    InboxFilter,
    InboxPage,
    InboxRow,
    Mark,
    Order,
    Place,
    State,
    ThreadSummary,
)
from copilot.errors import UserError
from copilot.services._beside import reading, writing
from copilot.services._stoppable import stoppable, told_in_loop
from copilot.settings import SlaSettings

if TYPE_CHECKING:
    from copilot.intelligence.triage import RuleTriage
    from copilot.services._loading import Asked
    from copilot.services._refining import Refined
    from copilot.services.conversations import ThreadImported
    from copilot.services.semantic import Semantic
    from copilot.store.unit_of_work import Store, UnitOfWork

#: Told how much is done, of how much.
Progress = Callable[[int, int], None]

#: Where people work when no brand says.
HOME = "Europe/Paris"
#: Messages triaged between two signs of life.
AT_ONCE = 200


class Inbox:
    """Messages as a moderator goes through them.

    Reading and storing happen in worker threads: the event loop stays free however many messages there are.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        limits: Callable[[], SlaSettings] = SlaSettings,
        semantic: Callable[[], Semantic] | None = None,
        default_brand: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits
        self._semantic = semantic
        self._default_brand = default_brand
        self._built: RuleTriage | None = None

    async def ids(self, asked: InboxFilter) -> tuple[int, ...]:
        """The ids of the first 200,000 messages that ``asked`` shows, in its order; :meth:`facets` tells the total."""
        return await reading(self._store(), lambda work: work.inbox.ids(self._timed(work, asked)))

    async def page(self, asked: InboxFilter, after: Place | None = None, most: int = 100) -> InboxPage:
        """The first ``most`` messages that ``asked`` shows, or those after the place where a page ended.

        Quick whatever the number of messages; :meth:`facets` counts them beside.
        """
        return await reading(self._store(), lambda work: work.inbox.page(self._timed(work, asked), after, most))

    async def rows(self, ids: Sequence[int]) -> tuple[InboxRow, ...]:
        """The messages of ``ids``, in that order; those that are gone are left out. Made for pages of 50 to 200."""
        wanted = tuple(ids)
        return await reading(self._store(), lambda work: work.inbox.rows(wanted))

    async def facets(self, asked: InboxFilter) -> Facets:
        """How many messages each choice would show under ``asked``."""
        return await reading(self._store(), lambda work: work.inbox.facets(self._timed(work, asked)))

    def _timed(self, work: UnitOfWork, asked: InboxFilter) -> InboxFilter:
        """``asked`` with what is late at this moment."""
        if asked.due is None:
            return asked
        zone = _zone(work, asked.thread_id, asked.brand_id or "")
        return replace(asked, cutoffs=cutoffs(self._clock(), self._limits(), zone))

    async def deadlines(self, thread_id: int | None = None, *, brand_id: str = "") -> Deadlines:
        """How many messages to answer are late or soon will be, in a thread, else a brand's threads, else all."""
        now, sla = self._clock(), self._limits()

        def counted(work: UnitOfWork) -> Deadlines:
            limits = cutoffs(now, sla, _zone(work, thread_id, brand_id))
            return Deadlines(*work.inbox.deadlines(limits, thread_id, brand_id), as_of=now)

        return await reading(self._store(), counted)

    async def authors(self, like: str, *, thread_id: int | None = None, most: int = 8) -> tuple[str, ...]:
        """Names of authors that hold ``like``, case aside: those who wrote most first."""
        return await reading(self._store(), lambda work: work.inbox.authors(like, thread_id, most))

    async def conversation(self, message_id: int, before: int = 10, after: int = 10) -> Conversation:
        """A message with its ancestors and at most ``before`` and ``after`` neighbours, all oldest first.

        Raises:
            UserError: ``message.unknown``.
        """
        return await reading(self._store(), lambda work: work.inbox.conversation(message_id, before, after))

    async def threads(self) -> tuple[ThreadSummary, ...]:
        """All threads, newest first."""
        return await reading(self._store(), lambda work: work.inbox.threads())

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
        at = self._clock()

        def keep(work: UnitOfWork) -> tuple[int, ...]:
            changed = decide(work)
            work.audit.append_each(at, by, action, [f"message:{one}" for one in changed], {})
            return changed

        return await writing(self._store(), keep)

    async def load(
        self, content: bytes, name: str, *, network: str = "", progress: Progress | None = None
    ) -> ThreadImported:
        """As :meth:`take_in`, answered with the messages of the thread."""
        from copilot.services._loading import Asked, with_messages

        done = await self._load(Asked(content, name, network), progress)
        return await asyncio.to_thread(with_messages, self._store(), done)

    async def take_in(
        self,
        content: bytes,
        name: str,
        *,
        network: str = "",
        brand: str = "",
        into: int | None = None,
        mapping: TableMapping | None = None,
        apart: bool = False,
        copied_at: datetime | None = None,
        progress: Progress | None = None,
        seen: Callable[[SoFar], None] | None = None,
    ) -> tuple[ThreadImported, int]:
        """Read, triage and store a thread that was pasted; answered without its messages and with how many it holds.

        ``mapping`` says what the columns of a table are; what was remembered of such a table holds otherwise.
        A later export of a thread that is there (or ``into`` which it goes) brings that one up to date, unless it is
        kept ``apart``. ``copied_at`` (aware, in the zone of who did) is when the text was copied from a page: "2 h"
        then says about when a message was written; nothing of a file tells that.

        ``progress`` is called in the loop's thread with bytes done, of all there are; ``seen`` a few times a second
        with what was read so far. Cancelled, it stops within a second and nothing is stored, unless the last write was
        already under way: then everything is.

        Raises:
            UserError: ``thread.*`` when nothing can be read, ``network.unknown``, ``brand.unknown``.
        """
        from copilot.services._loading import Asked

        asked = Asked(content, name, network, brand, into, mapping, is_apart=apart, copied_at=copied_at)
        done = await self._load(asked, progress, seen)
        return done, await self._count(done)

    async def take_in_file(
        self,
        path: Path,
        *,
        network: str = "",
        brand: str = "",
        into: int | None = None,
        mapping: TableMapping | None = None,
        apart: bool = False,
        copied_at: datetime | None = None,
        progress: Progress | None = None,
        seen: Callable[[SoFar], None] | None = None,
    ) -> tuple[ThreadImported, int]:
        """As :meth:`take_in`, of a file of any size, which is never held whole.

        Raises:
            UserError: as :meth:`take_in`.
            OutsideError: ``thread.disk``.
        """
        from copilot.services._loading import Asked

        asked = Asked(path, path.name or str(path), network, brand, into, mapping, is_apart=apart, copied_at=copied_at)
        done = await self._load(asked, progress, seen)
        return done, await self._count(done)

    async def _count(self, done: ThreadImported) -> int:
        if done.updated is None:
            return done.shape.messages
        return await reading(self._store(), lambda work: work.imports.count(done.thread.id))

    async def _load(
        self, asked: Asked, progress: Progress | None, seen: Callable[[SoFar], None] | None = None
    ) -> ThreadImported:
        from copilot.services._so_far import SoFarTold
        from copilot.services._unpacking import load

        at, store, stop, loop = self._clock(), self._store(), Event(), asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            if progress is not None:
                loop.call_soon_threadsafe(progress, done, total)

        def show(found: SoFar) -> None:
            if seen is not None:
                loop.call_soon_threadsafe(seen, found)

        so_far = SoFarTold(show) if seen else None
        asked = replace(asked, default_brand=self._default_brand() or "")

        def work() -> ThreadImported:
            return load(store, self._rules(), asked, at, stop, tell, so_far)

        return await stoppable(work, stop)

    async def triage_missing(self, progress: Progress | None = None) -> int:
        """Triage the messages that no rule has read yet (those of an older version, say), and say how many.

        ``progress`` is called in the loop's thread: messages read, of all that were missing. Cancelled, what was read
        stays read.
        """
        from copilot.services._triaging import keep_triage

        tell = progress or (lambda _done, _total: None)
        store, stop, done, total = self._store(), Event(), 0, 0
        while some := await reading(self._store(), lambda work: work.inbox.untriaged(AT_ONCE)):
            # Counted only when something is missing: at each opening of the Inbox nothing is, most often.
            total = total or (await self.facets(InboxFilter())).untriaged
            tell(min(done, total), total)
            told = await stoppable(partial(self._triaged, some, stop), stop)
            await asyncio.to_thread(keep_triage, store, told)
            done += len(told)
        if done:
            tell(done, max(done, total))
        return done

    async def refine(
        self,
        thread_id: int | None = None,
        *,
        brand: str = "",
        again: bool = False,
        progress: Progress | None = None,
    ) -> Refined:
        """Read the messages (of one thread, or all) by their meaning, or by their words where no model is installed.

        The most urgent come first. What a person or a chat model settled stays, and what was refined already is left,
        unless ``again`` (after corrections, say). ``brand``: whose corrections count, else those of each thread's
        brand. ``progress`` is told messages done, of all there are to read, in the loop's thread. Cancelled, it stops
        within a batch and what was read stays read: the next call goes on from there.

        Raises:
            UserError: ``thread.unknown``. OutsideError: ``models.broken``; what was read before stays.
        """
        from copilot.services._refining import Refining

        assert self._semantic, "built without a semantic layer"
        stop, tell = Event(), told_in_loop(progress)
        refining = Refining(self._store(), self._semantic(), thread_id, brand, again=again)
        return await stoppable(lambda: refining.run(stop, tell), stop)

    def _triaged(self, some: Sequence[tuple[Message, str]], stop: Event) -> tuple[Message, ...]:
        from copilot.services._triaging import triaged

        return triaged(self._rules(), some, stop)

    def _rules(self) -> RuleTriage:
        from copilot.intelligence.triage import RuleTriage

        # Two loads at once may build it twice: the second is as good.
        self._built = self._built or RuleTriage()
        return self._built


def _zone(work: UnitOfWork, thread_id: int | None, brand_id: str) -> str:
    """Where people work: the time zone of the thread's brand, else of the first one."""
    zones = {brand.id: brand.timezone for brand in work.brands.list()}
    if thread_id is not None and len(zones) > 1:
        # A thread that is gone has no brand, and nothing late either.
        with suppress(UserError):
            brand_id = work.threads.without_messages(thread_id).brand_id
    return zones.get(brand_id) or next(iter(zones.values()), HOME)


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
