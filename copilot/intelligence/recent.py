"""What was worked out for the things met last."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")
Known = TypeVar("Known")


class Recent(dict[Thing, Known]):
    """What is known of between ``most`` and twice as many things; those met longest ago are forgotten first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._older: dict[Thing, Known] = {}

    def known(self, thing: Thing) -> Known | None:
        """What is known of ``thing``, None when nothing is."""
        known = self.get(thing)
        if known is None and (known := self._older.get(thing)) is not None:
            self.keep(thing, known)
        return known

    def keep(self, thing: Thing, known: Known) -> None:
        """Remember ``known`` of ``thing``."""
        if len(self) >= self._most:
            self._older = dict(self)
            self.clear()
        self[thing] = known
