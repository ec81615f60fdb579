"""Spreadsheet exports: delimiter, header row and columns found by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from copilot.domain.conversation import ImportedThread
from copilot.importers.threads._dates import When, is_day_first, is_numeric_date, parse_when, zone_of
from copilot.importers.threads._fields import author_of, is_true, map_fields, normal_name, rating
from copilot.importers.threads._linking import MAX_MESSAGES, Draft, Warnings, link
from copilot.importers.threads._records import DELIMITERS, Record, long_cells, records
from copilot.importers.threads._texts import label, message_text

NAME = "csv"
EXTENSIONS = (".csv", ".tsv")

#: The header stands on one of these first rows; exports put titles above it.
HEADER_ROWS = 10

#: Characters looked at to recognise a table.
_SNIFFED = 20_000

#: LinkedIn's archive escapes quotation marks with a backslash.
_BACKSLASH_HEADER = ["date", "link", "message"]

_NESTED_NUMBER = re.compile(r"\d+(?:-\d+)*")


def sniff(text: str, name: str) -> float:
    """High when a header row names the text and something else; fair for a file called ``.csv``."""
    named = name.lower().endswith(EXTENSIONS)
    _, header = _layout(text[:_SNIFFED])
    if header is None:
        return 0.6 if named else 0.0
    mapped = map_fields(header.cells)
    return 0.9 if len(mapped) > 1 or named else 0.0


def read(text: str, *, network: str, captured_at: datetime) -> ImportedThread:
    """One message a row, in order. Rows without a text are told and left out.

    Raises:
        UserError: ``thread.not_a_thread`` when no row holds a text.
    """
    warnings = Warnings()
    with long_cells(len(text)):
        delimiter, header = _layout(text[:_SNIFFED])
        backslash = header is not None and [normal_name(cell) for cell in header.cells] == _BACKSLASH_HEADER
        rows = list(records(text, delimiter, backslash=backslash, max_records=MAX_MESSAGES + HEADER_ROWS + 1))
    if header is None:
        fields, columns, body = _guess(rows, warnings)
        title = ""
    else:
        columns = _columns(header.cells)
        fields = map_fields(columns)
        body = [row for row in rows if row.line > header.line]
        title = next((label(row.cells[0]) for row in rows if row.line < header.line and row.cells), "")
    drafts = _drafts(body, columns, fields, captured_at, warnings)
    return ImportedThread(title[:200], NAME, network, link(drafts, warnings), warnings=warnings.result())


def _columns(cells: Sequence[str]) -> list[str]:
    """Header cells, each made unique so that a column keeps its place."""
    names: list[str] = []
    for index, cell in enumerate(cells):
        name = label(cell)
        names.append(name if name and name not in names else f"{name}\0{index}")
    return names


def _layout(text: str) -> tuple[str, Record | None]:
    """The delimiter whose header row names the most parts of a message; no header: the commonest one."""
    best: tuple[int, str, Record | None] = (0, "", None)
    for delimiter in DELIMITERS:
        for row in records(text, delimiter, max_records=HEADER_ROWS):
            mapped = map_fields(row.cells)
            score = len(mapped) if "text" in mapped and (len(mapped) > 1 or len(row.cells) == 1) else 0
            if score > best[0]:
                best = (score, delimiter, row)
    if best[2] is not None:
        return best[1], best[2]
    return _commonest(text), None


def _commonest(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, more than one; else none."""
    for delimiter in ("\t", ";", ","):
        widths = {len(row.cells) for row in records(text, delimiter, max_records=HEADER_ROWS)}
        if len(widths) == 1 and widths.pop() > 1:
            return delimiter
    return "\0"


def _guess(rows: list[Record], warnings: Warnings) -> tuple[dict[str, str], list[str], list[Record]]:
    """Without a header: one column is the text; of several, the longest on average is."""
    width = max((len(row.cells) for row in rows), default=1)
    columns = [str(index) for index in range(width)]
    if width <= 1:
        return {"text": "0"}, columns, rows
    lengths = [sum(len(row.cells[index]) for row in rows if index < len(row.cells)) for index in range(width)]
    chosen = max(range(width), key=lengths.__getitem__)
    warnings.add("columns_guessed", column=chosen + 1)
    return {"text": str(chosen)}, columns, rows


def _drafts(
    rows: list[Record], columns: list[str], fields: dict[str, str], captured_at: datetime, warnings: Warnings
) -> list[Draft]:
    places = {part: columns.index(name) for part, name in fields.items()}
    day_first = _day_order(rows, places, warnings)
    numbered = _nested_numbers(rows, columns, places)
    drafts = []
    for found in rows:
        row = _with_whole_text(found, places["text"], len(columns)) if found.is_literal else found
        if row.is_literal:
            warnings.add("bad_line", line=row.line)
        draft = _draft(row, places, captured_at, day_first)
        if not draft.text:
            warnings.add("no_text", line=row.line)
            continue
        if numbered:
            draft.id = row.cells[0].strip()
            draft.parent = draft.id.rpartition("-")[0]
        drafts.append(draft)
    return drafts


def _with_whole_text(row: Record, place: int, width: int) -> Record:
    """A row whose quoting was lost, the cells its text was cut into joined again."""
    surplus = len(row.cells) - width
    if surplus <= 0:
        return row
    text = ", ".join(cell.strip() for cell in row.cells[place : place + surplus + 1])
    return replace(row, cells=[*row.cells[:place], text, *row.cells[place + surplus + 1 :]])


def _draft(row: Record, places: dict[str, int], captured_at: datetime, day_first: bool) -> Draft:
    def cell(part: str) -> str:
        place = places.get(part)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    return Draft(
        author=author_of(label(cell("author")), label(cell("handle")), is_owner=is_true(cell("owner"))),
        text=message_text(cell("text")),
        when=_when(cell("date"), cell("clock"), captured_at, day_first),
        id=label(cell("id"))[:200],
        parent=label(cell("parent"))[:200],
        rating=rating(cell("rating")),
        line=row.line,
    )


def _when(day: str, clock: str, captured_at: datetime, day_first: bool) -> When:
    return parse_when(f"{day} {clock}".strip(), zone_of(captured_at), day_first=day_first)


def _day_order(rows: list[Record], places: dict[str, int], warnings: Warnings) -> bool:
    """Whether days come first in numeric dates; told when nothing in the column settles it."""
    place = places.get("date")
    if place is None:
        return True
    values = [row.cells[place] for row in rows if place < len(row.cells)]
    known = is_day_first(values)
    if known is None and any(is_numeric_date(value) for value in values):
        warnings.add("day_first_assumed")
    return known is not False


def _nested_numbers(rows: list[Record], columns: list[str], places: dict[str, int]) -> bool:
    """True when the first, unnamed column numbers replies ``1-1`` under ``1``."""
    if not columns or columns[0].strip("\0") != "0" or "id" in places or len(columns) == 1:
        return False
    values = [row.cells[0].strip() for row in rows if row.cells]
    return bool(values) and all(_NESTED_NUMBER.fullmatch(value) for value in values)
