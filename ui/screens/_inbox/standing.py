"""The order a person reads in: it stays as it is until they ask for another, whatever becomes of the messages."""

from __future__ import annotations

from collections.abc import Sequence


def kept_order(shown: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """``wanted`` in the order of ``shown``: what is gone goes, what is new comes after the one it follows there."""
    staying = set(shown).intersection(wanted)
    first: list[int] = []
    after: dict[int, list[int]] = {}
    here = first
    for one in wanted:
        if one in staying:
            here = after.setdefault(one, [])
        else:
            here.append(one)
    made = first
    for one in shown:
        if one in staying:
            made.append(one)
            made += after.get(one, ())
    return made
