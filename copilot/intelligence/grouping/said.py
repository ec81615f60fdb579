"""What grouping reads of a message: no row, no person, only what tells whether two say the same."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.domain.conversation import Intent


class Stopped(Exception):
    """Nobody waits for these groups any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message to group. ``key`` is the same for texts that are the same (:mod:`copilot.text.sameness`).

    ``at`` is seconds since 1970 when the date is known, ``author`` a handle or a name, empty when unknown; ``urgent``
    is true for what may not wait behind anything else (P0).
    """

    id: int
    text: str
    key: int | None
    author: str = ""
    at: float | None = None
    intent: Intent | None = None
    urgent: bool = False
    topics: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Messages that are one text, or variations of one: taken together from here on.

    ``places`` are those of its messages in what was asked, ``distances`` to the one in ``first``.
    """

    first: int
    places: tuple[int, ...]
    distances: tuple[float, ...]
