"""A clock for tests."""

from __future__ import annotations

from datetime import datetime


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
