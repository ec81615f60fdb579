"""The replies to the messages of a group, read then approved as a list: each by the hash of what was read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.domain.item import ItemKind, Status
from copilot.domain.review import Action
from copilot.errors import RepliqueError, UserError
from copilot.services.inspection import Inspected

if TYPE_CHECKING:
    from copilot.domain.item import Item
    from copilot.services.review import Review
    from copilot.store.unit_of_work import Store, UnitOfWork

#: Statuses of the replies a person still has to read.
TO_READ = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED)
#: Messages looked up together.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListApproved:
    """What came of a list: the replies approved, and those that were not with the reason of each."""

    approved: tuple[Inspected, ...]
    refused: tuple[tuple[int, RepliqueError], ...]


class GroupReplies:
    """Replies of groups, to be read and approved."""

    _store: Callable[[], Store]
    _review: Callable[[], Review]

    async def replies(self, group_id: int, start: int = 0, most: int = 100) -> tuple[Inspected, ...]:
        """A page of the replies that wait for a decision, with their findings, in the order they were made.

        Raises:
            UserError: ``groups.unknown``.
        """
        items = await asyncio.to_thread(self._to_read, group_id)
        return await self._review().inspect_all(items[max(0, start) : max(0, start) + most])

    def _to_read(self, group_id: int) -> list[Item]:
        with self._store().read() as work:
            return _items_to_read(work, group_id)

    async def approve(
        self, group_id: int, seen: Mapping[int, str], *, by: str, confirmed: Iterable[str] = ()
    ) -> ListApproved:
        """Approve each reply of ``seen``, by the hash of what the person read of it, each on its own.

        A reply that is not among ``seen`` stays as it is; so does one that says something else by now, that findings
        block, or that answers no message of the group: the reason is told. Cancelled, what was approved stays.

        Raises:
            UserError: ``groups.unknown``, ``groups.nothing_seen``, ``review.name_needed``, ``review.bad_name``.
        """
        from copilot.domain.review import checked_name

        name = checked_name(by)
        if not seen:
            raise UserError("groups.nothing_seen")
        known = {item.id for item in await asyncio.to_thread(self._to_read, group_id)}
        approved: list[Inspected] = []
        refused: list[tuple[int, RepliqueError]] = []
        quotes = tuple(confirmed)
        for item_id, digest in seen.items():
            try:
                if item_id not in known:
                    raise UserError("groups.not_its_reply", id=item_id, group=group_id)
                approved.append(
                    await self._review().decide(
                        item_id, Action.APPROVE, by=name, seen_hash=digest.lower(), confirmed=quotes
                    )
                )
            except UserError as error:
                # Each approval stands on its own: one refused does not undo the others, and is told beside them.
                refused.append((item_id, error))
            # Lets whoever waits show how far it is, or cancel.
            await asyncio.sleep(0)
        return ListApproved(tuple(approved), tuple(refused))


def _items_to_read(work: UnitOfWork, group_id: int) -> list[Item]:
    work.groups.get(group_id)
    ids = work.groups.member_ids(group_id)
    found: list[Item] = []
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found += work.items.list(kind=ItemKind.REPLY, statuses=TO_READ, message_ids=some)
    return sorted(found, key=lambda item: item.id)
