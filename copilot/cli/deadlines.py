"""By when answers are due, as the person who runs a command set it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.conversation import Message, Triage
from copilot.domain.sla import Due, due, due_of

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import SlaSettings


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limits, and the time zone a brand works in."""

    sla: SlaSettings
    zone: str

    def due(self, triage: Triage, created_at: datetime | None) -> Due:
        """By when an answer to a message written at ``created_at`` is due."""
        return due(triage.urgency, created_at, self.sla, self.zone)

    def due_of(self, message: Message, triage: Triage) -> Due:
        """By when an answer to ``message`` is due."""
        return due_of(message, triage.urgency, self.sla, self.zone)


async def clock_of(copilot: Copilot, brand_id: str) -> Clock:
    """The clock of a brand; with no brand, that of the default one."""
    brand_id = brand_id or copilot.settings.default_brand or ""
    brands = await copilot.brands.list() if brand_id else ()
    zone = next((brand.timezone for brand in brands if brand.id == brand_id), Brand("", "").timezone)
    return Clock(copilot.settings.sla, zone)


async def clocks_of(copilot: Copilot, thread_ids: Iterable[int]) -> Mapping[int, Clock]:
    """The clock of each of these threads, that of its brand."""
    wanted = set(thread_ids)
    brands = {one.id: one.brand_id for one, _count in await copilot.conversations.list() if one.id in wanted}
    clocks = {brand_id: await clock_of(copilot, brand_id) for brand_id in set(brands.values())}
    return {thread_id: clocks[brand_id] for thread_id, brand_id in brands.items()}
