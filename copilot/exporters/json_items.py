"""JSON for programs: one object, stable keys, texts exactly as approved.

``{"format": "replique-export/1", "exported_at", "brand_zone", "items": [...]}``. Each item has, in this
order: ``id``, ``kind`` (``post`` or ``reply``), ``network``, ``network_label``, ``account``, ``text`` (what
goes out), ``body``, ``hashtags`` (without ``#``), ``link``, ``media_urls``, ``alt_texts``, ``planned``
(``{"local", "zone", "utc"}`` or null), ``answers`` (``{"author", "text"}`` or null), ``approved_by``,
``approved_at`` (UTC, or null), ``package_hash``, ``campaign``. A key may be added, never renamed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from copilot.domain.item import PlannedTime
from copilot.exporters._rows import ExportFile, ExportRow, require_rows, zone_named

NAME = "json"
EXTENSION = ".json"
LABEL_KEY = "export.format.json"
KINDS = ("post", "reply")
TIMED = False
FORM = "replique-export/1"


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """One file in UTF-8.

    Raises:
        UserError: ``export.nothing``, ``export.unknown_zone``.
    """
    require_rows(rows)
    body = {
        "format": FORM,
        "exported_at": _utc(now),
        "brand_zone": brand_zone,
        "items": [_item(row) for row in rows],
    }
    content = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate cannot be UTF-8: it is written as the escape JSON has for it.
    encoded = content.encode("utf-8", "backslashreplace")
    return [ExportFile("", encoded, tuple(row.item_id for row in rows), EXTENSION)]


def _item(row: ExportRow) -> dict[str, object]:
    planned = row.planned
    answers = row.answers_author is not None or row.answers_text is not None
    return {
        "id": row.item_id,
        "kind": row.kind,
        "network": row.network,
        "network_label": row.network_label,
        "account": row.account,
        "text": row.text,
        "body": row.body,
        "hashtags": list(row.hashtags),
        "link": row.link,
        "media_urls": list(row.media_urls),
        "alt_texts": list(row.alt_texts),
        "planned": _planned(planned) if planned else None,
        "answers": {"author": row.answers_author, "text": row.answers_text} if answers else None,
        "approved_by": row.approved_by,
        "approved_at": _utc(row.approved_at) if row.approved_at else None,
        "package_hash": row.package_hash,
        "campaign": row.campaign,
    }


def _planned(planned: PlannedTime) -> dict[str, str]:
    instant = planned.local.replace(tzinfo=zone_named(planned.zone))
    return {"local": f"{planned.local:%Y-%m-%dT%H:%M}", "zone": planned.zone, "utc": _utc(instant)}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
