"""A proposal becomes a draft: stored, written in the audit log, checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.item import Item
from copilot.services.inspection import Inspected, Inspector, measure_item

if TYPE_CHECKING:
    from copilot.store.unit_of_work import UnitOfWork


def keep_draft(work: UnitOfWork, inspector: Inspector, item: Item, at: datetime) -> Inspected:
    """Store the new ``item`` and say what is wrong with it.

    Raises:
        UserError: ``text.surrogate``.
    """
    stored = work.items.add(item, at)
    told = {"package": stored.package.sha256}
    work.audit.append(at, item.author or item.writer, "proposed", f"item:{stored.id}", told)
    return inspector.inspect(work, stored)


def with_fewer_hashtags(item: Item, brand: Brand | None) -> Item:
    """``item`` with as many of its hashtags as fit with its text; those of least worth, the last, go first.

    A text that is too long by itself keeps them all: they are not what is wrong with it.
    """
    if not item.hashtags or not measure_item(replace(item, hashtags=()), brand).fits:
        return item
    while item.hashtags and not measure_item(item, brand).fits:
        item = replace(item, hashtags=item.hashtags[:-1])
    return item
