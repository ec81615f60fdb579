"""Putting an item aside for good, with the decision and the audit that go with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.item import Item
from copilot.domain.review import TRANSITIONS, Action, ReviewState, decide

if TYPE_CHECKING:
    from copilot.store.unit_of_work import UnitOfWork


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
