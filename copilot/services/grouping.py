"""Groups of messages that say the same: found, shown, and answered once for all with a reply for each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.conversation import Approach, Intent, Message, Risk, Urgency
from copilot.domain.grouping import Grouping, GroupKind, GroupMember, MessageGroup
from copilot.domain.inbox import State
from copilot.domain.item import ItemKind
from copilot.domain.wording import Wording
from copilot.errors import OutsideError, UserError
from copilot.services._beside import reading, writing
from copilot.services._group_replies import GroupReplies, ListApproved
from copilot.services._reply_writing import Answered, Replying, ReplyRequest, approaches_for
from copilot.services._stoppable import stoppable, told_in_loop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.intelligence.grouping.said import Said
    from copilot.services.conversations import Conversations
    from copilot.services.review import Review
    from copilot.services.semantic import Semantic
    from copilot.store.unit_of_work import Store, UnitOfWork

__all__ = ["GroupAnswered", "GroupRequest", "Groups", "ListApproved", "ShownGroup", "Skipped"]

Progress = Callable[[int, int], None]

#: A look for groups, in thousandths: reading what texts mean, then comparing them.
WHOLE, READ = 1_000, 500
#: Messages answered between two looks at what was said, and replies that the next ones must not repeat.
AT_ONCE, REMEMBERED = 40, 200
#: Members read to propose an approach.
SAMPLED = 200


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with a page of its members, the nearest to its representative first."""

    group: MessageGroup
    members: tuple[GroupMember, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A message of a group that gets no reply here, and why."""

    message: Message
    why: Wording


@dataclass(frozen=True, slots=True)
class GroupAnswered:
    """The end of an answer to a group: the drafts made, to be undone together. ``skipped`` messages got none."""

    group_id: int
    approach: Approach | None
    items: tuple[int, ...]
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """How to answer a group. Without ``approach`` the one that suits most of its messages is taken."""

    group_id: int
    approach: Approach | None = None
    provider: str = "playbook"
    brand: Brand | None = None
    author: str = ""
    prompt: str = "standard"


class Groups(GroupReplies):
    """The groups of the threads of a profile."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        semantic: Callable[[], Semantic],
        conversations: Callable[[], Conversations],
        review: Callable[[], Review],
    ) -> None:
        self._review = review
        self._store = store
        self._clock = clock
        self._semantic = semantic
        self._conversations = conversations

    async def find(self, thread_id: int, progress: Progress | None = None) -> Grouping:
        """Look for the groups of a thread and keep them in place of those it had.

        With the semantic model, messages it has not read are read first. ``progress`` is told thousandths, in the
        loop's thread. Cancelled, the groups stay as they were.

        Raises:
            UserError: ``thread.unknown``.
        """
        with self._store().read() as work:
            if not any(one.id == thread_id for one, _count in work.threads.list()):
                raise UserError("thread.unknown", id=thread_id)
        semantic = await self._read_texts(thread_id, progress)
        stop, tell = Event(), told_in_loop(progress)
        return await stoppable(lambda: self._found(thread_id, stop, tell, semantic=semantic), stop)

    async def _read_texts(self, thread_id: int, progress: Progress | None) -> bool:
        def share(done: int, total: int) -> None:
            if progress:
                progress(READ * done // max(1, total), WHOLE)

        try:
            await self._semantic().embed_missing(thread_id, share)
        except OutsideError as error:
            if not error.kind.startswith("models."):
                raise
            return False
        return True

    def _found(self, thread_id: int, stop: Event, tell: Progress, *, semantic: bool) -> Grouping:
        from copilot.intelligence.grouping.finding import find_groups

        with self._store().read() as work:
            said = _said(work, thread_id)
            model = self._model() if semantic else ""
            vectors = _vectors(work, model, thread_id, said) if model else None
        begin = READ if semantic else 0
        groups = find_groups(
            said,
            vectors,
            thread_id=thread_id,
            stop=stop.is_set,
            tell=lambda part: tell(begin + int((WHOLE - begin) * part), WHOLE),
        )
        with self._store().write() as work:
            kept = work.groups.replace(thread_id, groups, self._clock())
        return Grouping(thread_id, kept, len(said), vectors is not None)

    def _model(self) -> str:
        embedder = self._semantic().embedder()
        return embedder.model if embedder else ""

    async def page(
        self, thread_id: int | None = None, *, kinds: Sequence[GroupKind] = (), start: int = 0, most: int = 100
    ) -> tuple[MessageGroup, ...]:
        """A page of the groups found before, the largest first, without members."""
        return await reading(
            self._store(), lambda work: work.groups.list(thread_id, kinds=kinds, start=start, most=most)
        )

    async def show(self, group_id: int, start: int = 0, most: int = 100) -> ShownGroup:
        """A group with a page of its members. Raises UserError ``groups.unknown``."""

        def shown(work: UnitOfWork) -> ShownGroup:
            return ShownGroup(work.groups.get(group_id), work.groups.members(group_id, start, most))

        return await reading(self._store(), shown)

    async def ids(self, group_id: int) -> tuple[int, ...]:
        """The messages of a group, in the order of their thread. Raises UserError ``groups.unknown``."""

        def members(work: UnitOfWork) -> tuple[int, ...]:
            work.groups.get(group_id)
            return work.groups.member_ids(group_id)

        return await reading(self._store(), members)

    async def of_message(self, message_id: int) -> tuple[MessageGroup, ...]:
        """The groups a message is in, the smallest first."""
        return await reading(self._store(), lambda work: work.groups.of_message(message_id))

    async def approach_for(self, group_id: int) -> Approach | None:
        """The approach that suits most messages of a group. Raises UserError ``groups.unknown``."""
        shown = await self.show(group_id, most=SAMPLED)
        usual = Counter(approaches_for(member.message.triage)[0] for member in shown.members)
        return min(usual, key=lambda one: (-usual[one], one.value)) if usual else None

    async def answer(
        self, request: GroupRequest
    ) -> AsyncGenerator[Replying | Answered | Skipped | GroupAnswered, None]:
        """A reply to each message of a group, each a draft of its own; no two are worded alike.

        Left out, each with the reason: ours, those gone or hidden, those answered or set aside, people in distress or
        danger, whom a person must answer at once. Leaving early stops; what was drafted stays. The last event says
        what was made.

        Raises:
            UserError: ``groups.unknown``; as :meth:`Conversations.stream_reply`.
        """
        approach = request.approach or await self.approach_for(request.group_id)
        request = replace(request, approach=approach)
        group, wanted, left_out, said = await asyncio.to_thread(self._sorted_out, request.group_id)
        for one in left_out:
            yield one
        done = _Done(skipped=len(left_out), said=said)
        try:
            for start in range(0, len(wanted), AT_ONCE):
                some = tuple(wanted[start : start + AT_ONCE])
                async with aclosing(self._conversations().stream_reply(_asked(request, group, some, done))) as answers:
                    async for event in answers:
                        done.take(event)
                        yield event
        finally:
            # Left early, what was drafted stays: who asked for it is kept too.
            if done.items:
                await asyncio.shield(asyncio.to_thread(self._told, request, tuple(done.items)))
        yield GroupAnswered(request.group_id, approach, tuple(done.items), done.skipped, done.failed)

    def _sorted_out(self, group_id: int) -> tuple[MessageGroup, list[int], list[Skipped], list[str]]:
        """The messages of a group to answer, those left out with the reason, and what its other replies say.

        An answer that was interrupted goes on, unlike the drafts it had made.
        """
        wanted: list[int] = []
        left_out: list[Skipped] = []
        said: list[str] = []
        with self._store().read() as work:
            group = work.groups.get(group_id)
            ids = work.groups.member_ids(group_id)
            for start in range(0, len(ids), REMEMBERED):
                for row in work.inbox.rows(ids[start : start + REMEMBERED]):
                    why = _left_out(row.message, row.state)
                    if why:
                        left_out.append(Skipped(row.message, Wording(why)))
                    else:
                        wanted.append(row.message.id)
                replies = work.items.list(kind=ItemKind.REPLY, message_ids=ids[start : start + REMEMBERED])
                said += [item.text for item in replies]
        return group, wanted, left_out, said[-REMEMBERED:]

    def _told(self, request: GroupRequest, items: Sequence[int]) -> None:
        with self._store().write() as work:
            told = {"items": list(items), "approach": request.approach.value if request.approach else ""}
            by = request.author or request.provider
            work.audit.append(self._clock(), by, "group_answered", f"group:{request.group_id}", told)

    async def undo(self, items: Sequence[int], *, by: str) -> tuple[int, ...]:
        """Archive the drafts that an answer made, in one step; those a person took further stay. The ids archived.

        Raises:
            UserError: ``item.unknown`` when one of ``items`` is none, then nothing is archived; as
                :func:`copilot.domain.review.decide` for a name that is none.
        """

        def archived(work: UnitOfWork) -> tuple[int, ...]:
            from copilot.services._archiving import archive_untouched

            for item_id in items:
                work.items.get(item_id)
            return archive_untouched(work, items, by, self._clock()).gone

        return await writing(self._store(), archived)


@dataclass(slots=True)
class _Done:
    """What an answer to a group has come to."""

    skipped: int
    failed: int = 0
    items: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def take(self, event: Replying | Answered) -> None:
        if not isinstance(event, Answered):
            return
        if event.inspected:
            self.items.append(event.inspected.item.id)
            self.said.append(event.inspected.item.text)
        elif event.error:
            self.failed += 1
        else:
            self.skipped += 1


def _asked(request: GroupRequest, group: MessageGroup, some: tuple[int, ...], done: _Done) -> ReplyRequest:
    """The reply to some messages of a group, unlike those already given."""
    return ReplyRequest(
        group.thread_id,
        some,
        request.approach,
        request.provider,
        request.prompt,
        request.brand,
        request.author,
        avoid=tuple(done.said[-REMEMBERED:]),
    )


def _left_out(message: Message, state: State) -> str:
    """The reason why a message gets no reply here; nothing when it may."""
    if state is State.OWN:
        return "groups.skipped.own"
    if message.deleted or not message.text.strip():
        return "groups.skipped.gone"
    if message.hidden:
        return "groups.skipped.hidden"
    if message.answered:
        return "groups.skipped.answered"
    if state is not State.WAITING:
        return "groups.skipped.on_its_way"
    triage = message.triage
    if triage and triage.urgency is Urgency.P0 and (triage.intent is Intent.DISTRESS or triage.risk is Risk.SAFETY):
        return "groups.skipped.urgent"
    return ""


def _said(work: UnitOfWork, thread_id: int) -> list[Said]:
    from copilot.intelligence.grouping.said import Said

    return [
        Said(
            row.id,
            row.text,
            row.text_key,
            row.author,
            datetime.fromisoformat(row.created_at).timestamp() if row.created_at else None,
            Intent(row.intent) if row.intent else None,
            row.urgency_rank == 0,
            row.topics,
            row.language,
        )
        for row in work.groups.said(thread_id)
    ]


def _vectors(work: UnitOfWork, model: str, thread_id: int, said: Sequence[Said]) -> NDArray[np.float16] | None:
    """What each of ``said`` means, in half the room; None when nothing is known of any."""
    import numpy as np

    kept = work.vectors.of_thread(model, thread_id)
    width = len(next(iter(kept.values()), b"")) // 2
    if not width:
        return None
    told = np.zeros((len(said), width), dtype=np.float16)
    for place, one in enumerate(said):
        if one.id in kept:
            told[place] = np.frombuffer(kept[one.id], dtype="<f2")
    return told
