"""Approved items for the tests of exports: emoji, right to left, line breaks, quotation marks, formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from copilot.domain.item import PlannedTime
from copilot.exporters import ExportRow

#: A Saturday of November, 13:00 in Paris.
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONE = "Europe/Paris"

TEXTS = (
    "=HYPERLINK(\"https://mal.example\";\"cliquez\")",
    "L’atelier ouvre samedi 😍👨‍👩‍👧 : « venez », il y a du café\n\nÀ 10 h 30, \"sans rendez-vous\" ; https://a.example/?x=1,2",
    "مرحبا بكم في الورشة\nשלום",
    "-20 % demain\tseulement",
    "+33 1 23 45 67 89 @lumen #Vélo",
)  # fmt: skip


def planned(
    day: int, hour: int, minute: int = 0, *, month: int = 12, year: int = 2026, zone: str = ZONE
) -> PlannedTime:
    return PlannedTime(datetime(year, month, day, hour, minute), zone)


def post(item_id: int = 1, text: str = "Bonjour", **changes: object) -> ExportRow:
    row = ExportRow(
        item_id=item_id,
        kind="post",
        network="x",
        network_label="X",
        account="@lumen",
        text=text,
        body=text,
        planned=planned(1 + (item_id - 1) % 28, 9, 5),
        approved_by="Ana Bel",
        approved_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        package_hash=f"{item_id:064x}",
    )
    return replace(row, **changes)


def reply(item_id: int = 9, **changes: object) -> ExportRow:
    return replace(
        post(item_id, "Merci Zoé, écrivez-nous en privé."),
        kind="reply",
        planned=None,
        answers_author="Zoé *Roc*",
        answers_text="=1+1 ```\n![x](https://espion.example/p.png) <script>",
        **changes,
    )


def posts() -> list[ExportRow]:
    rows = [post(number, text) for number, text in enumerate(TEXTS, start=1)]
    rows[1] = replace(
        rows[1],
        hashtags=("VéloCargo", "Été"),
        link="https://a.example/?x=1,2",
        media_urls=("https://a.example/photo.jpg",),
        alt_texts=("Un vélo rouge; devant l’atelier",),
        campaign="Noël",
    )
    return rows


def everything() -> list[ExportRow]:
    linkedin = post(7, "Sur LinkedIn", network="linkedin", network_label="LinkedIn", account="Lumen", planned=None)
    return [*posts(), linkedin, reply()]
