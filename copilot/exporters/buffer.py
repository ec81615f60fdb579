"""Buffer bulk upload: ``Text,Image URL,Tags,Posting Time``, one channel a file, 100 rows.

Source: support.buffer.com article 926, note of 17 September 2026 (10 rows on the free plan, header in this
case, images as a direct .jpg or .png, no blank row). What an empty posting time does is not established:
posts without a time are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copilot.exporters._rows import ExportFile, ExportRow
from copilot.exporters._schedule import Rules, Timed, schedule, usable_images

NAME = "buffer"
EXTENSION = ".csv"
LABEL_KEY = "export.format.buffer"
KINDS = ("post",)
TIMED = True

RULES = Rules("Buffer", max_rows=100, images=1, header=("Text", "Image URL", "Tags", "Posting Time"))


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """Files for Buffer, one per account and 100 posts; see ``_schedule.schedule`` for what is refused."""
    return schedule(rows, RULES, _cells, now=now, brand_zone=brand_zone)


def _cells(timed: Timed) -> list[str]:
    image = next(iter(usable_images(timed.row)), "")
    return [timed.row.text, image, "", f"{timed.local:%Y-%m-%d %H:%M}"]
