"""Work on many messages at once: replies proposed one after the other, drafts sent to review."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.desk import Changes, Desk
from ui.screens._inbox.decisions import Decisions
from ui.screens._inbox.progress import Progress

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.inbox import InboxRow
    from copilot.services.conversations import Answered, Replying
    from ui.runner import Job

#: Rows read at a time from what is selected.
AT_ONCE = 200


@dataclass(slots=True)
class _Count:
    asked: int = 0
    done: int = 0
    drafts: int = 0
    silent: int = 0
    failed: int = 0


class Bulk(QObject):
    """``rows_changed`` tells messages whose row is another now."""

    rows_changed = Signal(object)

    def __init__(self, desk: Desk, progress: Progress, decisions: Decisions, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._progress = progress
        self._decisions = decisions
        self._count = _Count()
        #: The drafts made, by their message.
        self._items: dict[int, int] = {}
        self._job: Job | None = None
        progress.stopped.connect(self._stopped)

    @property
    def is_running(self) -> bool:
        """True while replies are proposed."""
        return self._progress.is_running

    def propose(self, ids: Sequence[int], brand: Brand | None, provider: str) -> None:
        """Propose a reply to each of ``ids`` that waits, stored as it comes."""
        if self._progress.is_running:
            self._desk.tell("info", self._desk.t("ui.inbox.busy"))
            return
        wanted, person = tuple(ids), self._desk.person
        count = self._count = _Count(asked=len(wanted))
        self._items.clear()

        async def work(copilot: Copilot) -> AsyncIterator[int | Replying | Answered]:
            from copilot.services.conversations import ReplyRequest

            by_thread: dict[int, list[int]] = {}
            async for row in _rows(copilot, wanted):
                if row.state.value == "waiting":
                    by_thread.setdefault(row.message.thread_id, []).append(row.message.id)
            yield sum(map(len, by_thread.values()))
            for thread_id, messages in by_thread.items():
                request = ReplyRequest(
                    thread_id, tuple(messages), provider=copilot.writer(provider), brand=brand, author=person
                )
                async with aclosing(copilot.conversations.stream_reply(request)) as told:
                    async for one in told:
                        yield one

        def arrived(told: list[int | Replying | Answered]) -> None:
            self._take(told, count)

        self._job = self._desk.stream(work, arrived, lambda _none: self._tell(count), owner=self)
        self._job.finished.connect(self._ended)
        self._progress.follow(self._job, self._desk.t("ui.inbox.bulk.start"))

    def _take(self, told: list[int | Replying | Answered], count: _Count) -> None:
        changed: list[int] = []
        for one in told:
            if isinstance(one, int):
                count.asked = one
            elif not hasattr(one, "approach"):  # an answer, and not a part of one
                self._take_answer(one, count)
                changed.append(one.message.id)
        t = self._desk.t
        text = t("ui.inbox.bulk.progress", done=count.done, total=count.asked)
        self._progress.report(count.done, count.asked, text)
        if changed:
            self.rows_changed.emit(changed)

    def _take_answer(self, one: Answered, count: _Count) -> None:
        count.done += 1
        if one.error is not None:
            count.failed += 1
        elif one.inspected is not None:
            count.drafts += 1
            self._items[one.message.id] = one.inspected.item.id
        else:
            count.silent += 1

    def _ended(self) -> None:
        self._job = None

    def _stopped(self) -> None:
        # What was stopped may be a load.
        if self._job is not None:
            self._tell(self._count, stopped=True)

    def _tell(self, count: _Count, *, stopped: bool = False) -> None:
        t = self._desk.t
        parts = [t("ui.inbox.bulk.stopped") if stopped else "", t("ui.inbox.bulk.drafts", count=count.drafts)]
        if count.silent:
            parts.append(t("ui.inbox.bulk.silent", count=count.silent))
        if count.failed:
            parts.append(t("ui.inbox.bulk.failed", count=count.failed))
        kind = "warn" if count.failed else "info" if stopped else "ok"
        self._decisions.drafted(dict(self._items))
        self._desk.tell(
            kind, " ".join(part for part in parts if part), act_label=t("ui.undo") if self._items else "",
            act=self._decisions.undo if self._items else None, stays=bool(count.failed),
        )  # fmt: skip
        self._desk.announce(Changes(items=frozenset(self._items.values()), threads=True))


async def _rows(copilot: Copilot, ids: Sequence[int]) -> AsyncIterator[InboxRow]:
    for start in range(0, len(ids), AT_ONCE):
        for row in await copilot.inbox.rows(ids[start : start + AT_ONCE]):
            yield row


async def replies_of(copilot: Copilot, ids: Sequence[int], states: Sequence[str]) -> dict[int, int]:
    """The replies to those of ``ids`` that stand in one of ``states``, by message."""
    return {
        row.message.id: row.item_id
        async for row in _rows(copilot, ids)
        if row.item_id is not None and row.state.value in states
    }
