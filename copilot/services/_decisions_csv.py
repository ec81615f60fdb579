"""Moderation decisions as a table for people and their spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.moderation import Moderation

if TYPE_CHECKING:
    from copilot.i18n import Translator

#: Columns in order; their titles are ``moderation.column.<name>`` in the catalogues.
COLUMNS = (
    *("id", "at", "by", "action", "state", "message", "conversation", "network", "brand", "clause", "category"),
    *("facts", "reason", "text", "said_at", "link", "text_sha256", "done_by", "done_at", "undone_by", "undone_at"),
)
_MARK = "\ufeff"


def decisions_csv(decisions: Sequence[Moderation], t: Translator) -> str:
    """One line a decision, in the order given; titles in the language of ``t``, times in UTC.

    As other tables: UTF-8 with its mark, ``;``, CRLF, and no cell a spreadsheet would take for a formula.
    """
    from copilot.exporters._csv import csv_text
    from copilot.exporters.csv_table import neutral

    titles = [t(f"moderation.column.{name}") for name in COLUMNS]
    return _MARK + csv_text([titles, *([neutral(cell) for cell in _cells(one, t)] for one in decisions)], delimiter=";")


def _cells(one: Moderation, t: Translator) -> list[str]:
    seen = one.evidence
    state = "undone" if not one.stands else "done" if one.done_at else "to_do" if one.to_do else "decided"
    return [
        str(one.id),
        _time(one.at),
        one.by,
        t(f"moderation.action.{one.action.value}"),
        t(f"moderation.state.{state}"),
        _number(one.message_id),
        _number(one.thread_id),
        seen.network,
        one.brand_id,
        one.clause.text if one.clause else "",
        one.category,
        one.facts,
        one.reason,
        seen.text,
        _time(seen.said_at) or seen.said_rel or "",
        seen.link,
        seen.text_sha256,
        one.done_by,
        _time(one.done_at),
        one.undone_by,
        _time(one.undone_at),
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
