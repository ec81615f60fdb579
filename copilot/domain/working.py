"""A working copy: what a person is typing and has not yet made a version of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """What was typed under ``key``, as the screen that keeps it describes it.

    ``body`` holds what JSON holds: its tuples come back as lists. ``revision`` is the one the person started
    from, None when there is none; ``saved_at`` an aware time.
    """

    key: str
    body: Mapping[str, object]
    revision: int | None
    saved_at: datetime
