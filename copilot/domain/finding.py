"""A broken rule in a text: where, how bad, why, and the fix when there is one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from copilot.domain.wording import Wording


class Severity(StrEnum):
    """How much a finding weighs: ``BLOCKS`` forbids approval until it is mended."""

    BLOCKS = "blocks"
    WARNS = "warns"
    ADVISES = "advises"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule. ``start``/``end`` are Python character offsets in the checked text.

    ``fix`` takes the place of ``[start:end]``; ``automatic`` marks a fix that changes no word and may be applied along
    with all others without being read. ``confirmable`` marks a blocking finding that a person may lift by confirming
    ``quote`` by name.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    wording: Wording
    quote: str = ""
    fix: str | None = None
    confirmable: bool = False
    automatic: bool = False
