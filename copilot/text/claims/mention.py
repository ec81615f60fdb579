"""What the finders of claims hand over: a claim, and what it may be compared by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from copilot.domain.claim import ClaimKind


@dataclass(frozen=True, slots=True)
class Day:
    """What is said of a day: any of year, month, day of the month, weekday (0 is Monday).

    ``until`` is the last weekday of a range, ``through`` the last day of the month of one; ``but`` are the weekdays a
    range leaves out.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    until: int | None = None
    through: int | None = None
    but: frozenset[int] = frozenset()

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays meant; several for a range such as Tuesday to Saturday."""
        if self.weekday is None:
            return frozenset()
        if self.until is None:
            return frozenset([self.weekday])
        return frozenset((self.weekday + n) % 7 for n in range((self.until - self.weekday) % 7 + 1)) - self.but


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim at ``low[start:end]`` of a shadow.

    ``keys`` are what it may be found by: two mentions that share one say the same. ``number`` is its bare value,
    ``about`` the stem of the noun it counts or the unit. A ``soft`` mention is too vague to need a source; it may
    still be contradicted.
    """

    kind: ClaimKind
    start: int
    end: int
    value: str
    keys: tuple[str, ...] = ()
    number: Decimal | None = None
    about: str = ""
    day: Day | None = None
    soft: bool = False

    def moved(self, start: int, end: int) -> Mention:
        """The same elsewhere."""
        return replace(self, start=start, end=end)
