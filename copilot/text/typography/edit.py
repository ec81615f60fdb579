"""One place to mend, why, and the habits that say how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from copilot.domain.brand import Typography
from copilot.domain.network import Network

NBSP = "\u00a0"
NARROW = "\u202f"
#: Spaces that stay on the line, of any width.
SPACES = " \t\u00a0\u202f\u2000-\u200a\u205f"
_SPACES_SET = frozenset(" \t\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))))

#: Counters that charge the narrow no-break space more than the ordinary one.
_DEAR = frozenset({"x_weighted", "utf8_bytes"})


class Reason(StrEnum):
    """Why a place is mended."""

    HIGH = "high"
    COLON = "colon"
    MISSING = "missing"
    EXTRA = "extra"
    GUILLEMETS = "guillemets"
    QUOTES = "quotes"
    APOSTROPHE = "apostrophe"
    ELLIPSIS = "ellipsis"
    ET_CETERA = "et_cetera"
    CAPITAL = "capital"
    NUMBER = "number"
    HOUR = "hour"
    THOUSANDS = "thousands"
    UNIT = "unit"
    ORDINAL = "ordinal"
    COSTLY = "costly"
    AFTER_LINK = "after_link"
    ENGLISH_SPACE = "english_space"
    MIXED_APOSTROPHES = "mixed_apostrophes"
    MIXED_QUOTES = "mixed_quotes"


@dataclass(frozen=True, slots=True)
class Edit:
    """``replacement`` takes the place of ``text[start:end]``; ``fits`` is False when there is no room for it."""

    start: int
    end: int
    replacement: str
    reason: Reason
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """What goes in one kind of place, and what else may stay there."""

    right: str
    accepted: frozenset[str]

    def reason_to_mend(self, run: str, reason: Reason) -> Reason | None:
        """Why ``run`` (spaces, or nothing) must give way; None when it may stay."""
        if run in self.accepted:
            return None
        if run == NARROW and self.right == NBSP:
            return Reason.COSTLY
        return Reason.EXTRA if not self.right else Reason.MISSING if self.right == " " else reason


@dataclass(frozen=True, slots=True)
class Habits:
    """The spaces of a house on a network: before ``; ! ?``, before ``:``, inside guillemets, in and after figures."""

    high: Gap
    colon: Gap
    inside: Gap
    thousands: Gap
    firm: Gap


def counts_spaces(network: Network, part: str) -> bool:
    """Whether the narrow no-break space costs more than the ordinary one there."""
    return network.limit(part).count in _DEAR


def habits_of(style: Typography, network: Network | None, part: str) -> Habits:
    """The habits of ``style``, with the space that costs least where spaces are counted by weight or by byte."""
    dear = network is not None and counts_spaces(network, part)
    narrow = NBSP if dear else NARROW
    kept = frozenset({NBSP}) if dear else frozenset({NBSP, NARROW})
    firm, thousands = Gap(NBSP, kept), Gap(narrow, kept)
    if style is Typography.SIMPLE:
        any_one = Gap(" ", frozenset({" ", NBSP, NARROW, "\u2009"}))
        return Habits(any_one, any_one, any_one, any_one, any_one)
    if style is Typography.SWISS:
        thin = Gap(narrow, kept | {""})
        return Habits(thin, thin, thin, thousands, firm)
    if style is Typography.QUEBEC:
        return Habits(Gap("", frozenset({""})), firm, firm, thousands, firm)
    return Habits(thousands, firm, firm, thousands, firm)


def back_over_spaces(text: str, at: int) -> int:
    """Where the run of spaces that ends at ``at`` begins."""
    while at and text[at - 1] in _SPACES_SET:
        at -= 1
    return at


def over_spaces(text: str, at: int) -> int:
    """Where the run of spaces that begins at ``at`` ends."""
    while at < len(text) and text[at] in _SPACES_SET:
        at += 1
    return at


def spaced(at: int, end: int, run: str, gap: Gap, reason: Reason) -> Edit | None:
    """The edit of ``run``, which is ``text[at:end]``, when it may not stay."""
    why = gap.reason_to_mend(run, reason)
    return None if why is None else Edit(at, end, gap.right, why)
