"""Ids of a million messages in little room: a dict of strings would take ten times as much."""

from __future__ import annotations

from array import array

#: A power of two; the table grows before it is two thirds full.
_FIRST_SLOTS = 1024


class Places:
    """Distinct strings, numbered from 0 in the order they were added."""

    def __init__(self) -> None:
        self._said = bytearray()
        self._ends = array("Q")
        self._slots = array("i", [-1]) * _FIRST_SLOTS

    def __len__(self) -> int:
        return len(self._ends)

    def name(self, place: int) -> str:
        """The string of this number."""
        return self._bytes(place).decode("utf-8", "surrogatepass")

    def find(self, name: str) -> int | None:
        """The number of ``name``, None when it was never added."""
        place = self._slots[self._slot(name.encode("utf-8", "surrogatepass"))]
        return None if place < 0 else place

    def add(self, name: str) -> int:
        """Number ``name``, unless it has its number already."""
        said = name.encode("utf-8", "surrogatepass")
        slot = self._slot(said)
        if self._slots[slot] >= 0:
            return self._slots[slot]
        place = len(self._ends)
        self._said += said
        self._ends.append(len(self._said))
        self._slots[slot] = place
        if (place + 1) * 3 > len(self._slots) * 2:
            self._grow()
        return place

    def _bytes(self, place: int) -> bytes:
        return bytes(self._said[self._ends[place - 1] if place else 0 : self._ends[place]])

    def _slot(self, said: bytes) -> int:
        """The slot of these bytes, or the free one where they belong."""
        slots, mask = self._slots, len(self._slots) - 1
        slot = hash(said) & mask
        while (place := slots[slot]) >= 0 and self._bytes(place) != said:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        self._slots = array("i", [-1]) * (len(self._slots) * 2)
        for place in range(len(self._ends)):
            self._slots[self._slot(self._bytes(place))] = place
