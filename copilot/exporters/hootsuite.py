"""Hootsuite bulk composer: no header, date and time, message, link; UTF-8 without mark.

350 rows and ``dd/mm/yyyy hh:mm``: Hootsuite's blog of 2016 and generators in use; minutes in fives: from
memory, medium. The date order is chosen at upload. The link column stays empty: Hootsuite adds its content
to the message, and the message already holds every link that was approved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copilot.exporters._rows import ExportFile, ExportRow
from copilot.exporters._schedule import Rules, Timed, schedule

NAME = "hootsuite"
EXTENSION = ".csv"
LABEL_KEY = "export.format.hootsuite"
KINDS = ("post",)
TIMED = True

RULES = Rules("Hootsuite", max_rows=350, ahead=10, step=5, note="export.note.day_first")


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """Files for Hootsuite, one per account and 350 posts; see ``_schedule.schedule`` for what is refused."""
    return schedule(rows, RULES, _cells, now=now, brand_zone=brand_zone)


def _cells(timed: Timed) -> list[str]:
    return [f"{timed.local:%d/%m/%Y %H:%M}", timed.row.text, ""]
