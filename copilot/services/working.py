"""Keeping what a person is typing, so that a crash or a power cut loses none of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.working import WorkingCopy

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store

__all__ = ["Working", "WorkingCopy"]


class Working:
    """Working copies. They are nobody's version: no item, approval nor audit entry ever changes through them.

    Keys name what is typed: ``item:12``, ``compose:brief``, ``brand:ID``, ``prompt:task/name``.
    """

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, key: str, body: Mapping[str, object], revision: int | None = None) -> None:
        """Keep ``body`` under ``key``, in place of what was there; on the disk once this returns.

        ``body`` holds what JSON holds. ``revision`` is the one the person started from.

        Raises:
            ValueError: a key that is empty or longer than 200 characters.
            TypeError: a body that JSON cannot hold.
            OutsideError: ``store.busy``, ``store.full``, ``store.disk``, ``store.read_only``.
        """
        with self._store().write() as work:
            work.working.save(key, body, revision, self._clock())

    async def get(self, key: str) -> WorkingCopy | None:
        """What is kept under ``key``, if anything. Raises OutsideError ``store.damaged_copy``."""
        with self._store().read() as work:
            return work.working.get(key)

    async def drop(self, *keys: str) -> None:
        """Forget these keys, once their content is a version or was given up. A key not there is no matter."""
        if keys:
            with self._store().write() as work:
                work.working.drop(*keys)

    async def list(self, prefix: str = "") -> tuple[WorkingCopy, ...]:
        """What is kept under keys that begin with ``prefix``, the newest first; a damaged copy is left out."""
        with self._store().read() as work:
            return work.working.list(prefix)
