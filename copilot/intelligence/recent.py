"""What was worked out for the things met last."""

from __future__ import annotations

from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Known = TypeVar("Known")


class Recent(Generic[Thing, Known]):
    """What is known of between ``most`` and twice as many things; those met longest ago are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._newer: dict[Thing, Known] = {}
        self._older: dict[Thing, Known] = {}

    def get(self, thing: Thing) -> Known | None:
        """What is known of ``thing``, None when nothing is."""
        known = self._newer.get(thing)
        if known is None:
            known = self._older.get(thing)
            if known is not None:
                self.put(thing, known)
        return known

    def put(self, thing: Thing, known: Known) -> None:
        """Remember ``known`` of ``thing``."""
        if len(self._newer) >= self._most:
            # Another name at once: what is being asked meanwhile finds one or the other.
            self._older, self._newer = self._newer, {}
        self._newer[thing] = known
