"""Putting an item aside for good, with the decision and the audit that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.item import Item, Status, TakenAway
from copilot.domain.review import TRANSITIONS, Action, ReviewState, decide

if TYPE_CHECKING:
    from copilot.store.unit_of_work import UnitOfWork


#: Who writes drafts that nobody touched.
WRITERS = ("playbook", "chain")


def archive_untouched(work: UnitOfWork, ids: Sequence[int], name: str, at: datetime) -> TakenAway:
    """Archive those of ``ids`` that are drafts as they were proposed, in the name of ``name``."""
    there = [item for item in work.items.list(ids=ids) if item.status is not Status.ARCHIVED]
    gone = [item for item in there if item.status is Status.DRAFT and not item.edited and item.writer in WRITERS]
    for item in gone:
        archive(work, item, name, at)
    away = tuple(item.id for item in gone)
    return TakenAway(away, tuple(item.id for item in there if item.id not in away))


def archive(work: UnitOfWork, item: Item, name: str, at: datetime) -> None:
    """Archive ``item`` in the name of ``name``, unless it has left already."""
    if item.status not in TRANSITIONS[Action.ARCHIVE][0]:
        return
    package = item.package.sha256
    before = ReviewState(item.status, item.approval)
    after, decision = decide(before, Action.ARCHIVE, by=name, at=at, present_hash=package)
    work.items.save_decision(replace(item, status=after.status, approval=after.approval), decision)
    told = {
        "package": package,
        "before": before.status.value,
        "after": after.status.value,
        "network": item.network,
        "account": item.account,
    }
    work.audit.append(decision.at, name, Action.ARCHIVE.value, f"item:{item.id}", told)
