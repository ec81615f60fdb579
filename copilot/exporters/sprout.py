"""Sprout Social bulk scheduling: date, 24-hour time, message, image; 350 rows, ten minutes apart and ahead.

Source: support.sproutsocial.com, bulk scheduling (first three columns, limits); the image column was seen in
one code file only. The date order must be that of the account's import preference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copilot.exporters._rows import ExportFile, ExportRow
from copilot.exporters._schedule import Rules, Timed, schedule, usable_images

NAME = "sprout"
EXTENSION = ".csv"
LABEL_KEY = "export.format.sprout"
KINDS = ("post",)
TIMED = True

RULES = Rules(
    "Sprout Social",
    max_rows=350,
    ahead=10,
    gap=10,
    images=1,
    header=("date", "time_24hr", "message_text", "public_image_url"),
    note="export.note.day_first",
)


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """Files for Sprout Social, one per account and 350 posts; see ``_schedule.schedule`` for refusals."""
    return schedule(rows, RULES, _cells, now=now, brand_zone=brand_zone)


def _cells(timed: Timed) -> list[str]:
    image = next(iter(usable_images(timed.row)), "")
    return [f"{timed.local:%d/%m/%Y}", f"{timed.local:%H:%M}", timed.row.text, image]
