"""A table for people and their spreadsheets: UTF-8 with its mark, ``;``, no cell a program could run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from copilot.exporters._csv import csv_text
from copilot.exporters._rows import ExportFile, ExportRow, printable, require_rows, shown_time, zone_named
from copilot.i18n import Translator

NAME = "csv"
EXTENSION = ".csv"
LABEL_KEY = "export.format.csv"
KINDS = ("post", "reply")
TIMED = False

#: Columns in order; their titles are ``export.column.<name>`` in the catalogues.
COLUMNS = (
    *("id", "date", "time", "zone", "network", "account", "kind", "text", "hashtags", "link", "media", "alt"),
    *("campaign", "answers_author", "answers_text", "approved_by", "approved_at", "package_hash"),
)

_MARK = "\ufeff"

#: What a spreadsheet takes for a formula, even after spaces it does not show (OWASP, CSV injection).
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """One file, titles in ``language``, times in each item's own zone, approvals in ``brand_zone``.

    Raises:
        UserError: ``export.nothing``, ``export.unknown_zone``.
    """
    require_rows(rows)
    zone, say = zone_named(brand_zone), Translator(language)
    titles = [say(f"export.column.{name}") for name in COLUMNS]
    table = [titles, *([neutral(cell) for cell in _cells(row, zone, say)] for row in rows)]
    content = (_MARK + csv_text(table, delimiter=";")).encode()
    return [ExportFile("", content, tuple(row.item_id for row in rows), EXTENSION)]


def neutral(cell: str) -> str:
    """``cell`` after a ``'`` when a spreadsheet would take it for a formula."""
    shown = printable(cell.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{shown}" if _FORMULA.match(cell) else shown


def _cells(row: ExportRow, zone: tzinfo, say: Translator) -> list[str]:
    planned = row.planned
    return [
        str(row.item_id),
        f"{planned.local:%Y-%m-%d}" if planned else "",
        f"{planned.local:%H:%M}" if planned else "",
        planned.zone if planned else "",
        row.network_label or row.network,
        row.account,
        say(f"export.kind.{row.kind}"),
        row.text,
        " ".join(f"#{tag}" for tag in row.hashtags),
        row.link,
        "\n".join(row.media_urls),
        "\n".join(row.alt_texts),
        row.campaign,
        row.answers_author or "",
        row.answers_text or "",
        row.approved_by,
        shown_time(row.approved_at, zone),
        row.package_hash,
    ]
