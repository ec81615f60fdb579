"""Claims of a text held against plain sources: the service behind the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from copilot.domain.claim import JudgedClaim, Source
from copilot.errors import UserError
from copilot.text.claims import judge, source_named

__all__ = ["JudgedClaim", "Source", "day_of", "judge_text", "read_sources", "source_named"]


def judge_text(draft: str, sources: Sequence[Source], today: date | None = None) -> tuple[JudgedClaim, ...]:
    """The claims of ``draft``; ``today`` is the day it is here unless said."""
    return judge(draft, sources, today or date.today())


def day_of(value: object) -> date | None:
    """A day written ``2027-03-03``; None for nothing.

    Raises:
        UserError: ``claims.not_a_day``.
    """
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _refused(value)
    except ValueError:
        return _refused(value)


def _refused(value: object) -> date:
    raise UserError("claims.not_a_day", value=str(value)[:40])


def read_sources(told: object) -> tuple[Source, ...]:
    """Sources from a list of ``{"name", "text", "valid_until"?}``.

    Raises:
        UserError: ``claims.not_sources``, ``claims.not_a_day``.
    """
    if told is None:
        return ()
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise UserError("claims.not_sources")
    return tuple(_read_source(one) for one in told)


def _read_source(one: object) -> Source:
    if not isinstance(one, Mapping):
        raise UserError("claims.not_sources")
    name, text = one.get("name", ""), one.get("text")
    if not isinstance(name, str) or not isinstance(text, str):
        raise UserError("claims.not_sources")
    return source_named(name, text, day_of(one.get("valid_until")))
