"""Which row of a table names its columns, and what the names say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from copilot.importers.threads._dates import is_dated
from copilot.importers.threads._fields import map_fields
from copilot.importers.threads._guessing import begins_with_given_name
from copilot.importers.threads._records import Record
from copilot.importers.threads._texts import label

#: The header stands on one of these first rows; exports put titles above it.
HEADER_ROWS = 15
#: Rows whose length tells how many columns a table has.
_MEASURED = 200

#: A name of a column: a few words without a figure or the signs of a sentence.
_NAME_LENGTH = 30
_NAME = re.compile(rf"[^\W\d_](?:[^\d.!?:;,@\n]){{0,{_NAME_LENGTH}}}")

_DELIMITER = re.compile(r"[;,|\t]")


def header_of(rows: Sequence[Record]) -> tuple[int, Record | None]:
    """Of the first ``rows``, the one that names most parts of a message, and how many; None when none does."""
    best: tuple[int, Record | None] = (0, None)
    for row in rows[:HEADER_ROWS]:
        mapped = map_fields(row.cells)
        score = len(mapped) if "text" in mapped and (len(mapped) > 1 or _is_alone(row)) else 0
        if score > best[0]:
            best = (score, row)
    return best


def _is_alone(row: Record) -> bool:
    """True for a row of one cell, which another delimiter would not cut."""
    return len(row.cells) == 1 and not _DELIMITER.search(row.cells[0])


def found_header(rows: Sequence[Record]) -> Record | None:
    """The row that names the columns, all or some of them; None when none of the first does."""
    return header_of(rows)[1] or _half_named(rows) or _unnamed_header(rows)


def _half_named(rows: Sequence[Record]) -> Record | None:
    """The row that names parts of a message but not the text, or the text alone among cells left empty."""
    best: tuple[int, Record | None] = (0, None)
    for place, row in enumerate(rows[:HEADER_ROWS]):
        cells = [cell.strip() for cell in row.cells]
        mapped = map_fields(cells)
        others = [cell for cell in cells if cell and cell not in mapped.values()]
        if not mapped or row.is_literal or not all(_NAME.fullmatch(cell) for cell in others):
            continue
        under = rows[place + 1 : place + 1 + HEADER_ROWS]
        # One name alone may be a word like another: what stands around and under it must agree.
        is_header = len(mapped) > 1 or (
            _agrees(mapped, cells, under) and (not others or _is_first_of_names(rows[:place], row, others, under))
        )
        if under and is_header and len(mapped) > best[0]:
            best = (len(mapped), row)
    return best[1]


def _is_first_of_names(above: Sequence[Record], row: Record, others: Sequence[str], under: Sequence[Record]) -> bool:
    """True for the first row of its width whose ``others``, which name no part, are nobody's names nor stand below."""
    return (
        all(len(one.cells) != len(row.cells) for one in above)
        and not any(map(begins_with_given_name, others))
        and not any(name in map(str.strip, one.cells) for name in others for one in under)
    )


def _agrees(mapped: dict[str, str], cells: Sequence[str], under: Sequence[Record]) -> bool:
    (part, name), *_ = mapped.items()
    place = cells.index(name)
    beneath = [row.cells[place] for row in under if place < len(row.cells) and row.cells[place].strip()]
    if part == "text":
        return len(cells) > 1 and max(map(len, beneath), default=0) > len(name)
    return part == "date" and bool(beneath) and all(map(is_dated, beneath))


def _unnamed_header(rows: Sequence[Record]) -> Record | None:
    """The first row when it looks like names that mean nothing here: short words above cells of another kind."""
    width = max((len(row.cells) for row in rows), default=0)
    wide = [row for row in rows if len(row.cells) == width and not row.is_literal]
    if width < 2 or len(wide) < 2:
        return None
    first, under = wide[0].cells, wide[1:]
    names = [cell.strip() for cell in first]
    if len(set(names)) < width or not all(_NAME.fullmatch(name) for name in names):
        return None
    # Names stand above longer texts, or above numbers and days.
    for place, name in enumerate(names):
        cells = [row.cells[place].strip() for row in under]
        if any(len(cell) > 2 * _NAME_LENGTH or any(char.isdigit() for char in cell) for cell in cells if cell != name):
            return wide[0]
    return None


def columns_of(header: Record | None, rows: Sequence[Record]) -> list[str]:
    """The names of the columns, each made unique so that a column keeps its place; numbers without a header."""
    if header is None:
        return [str(place) for place in range(max((len(row.cells) for row in rows), default=1))]
    names: list[str] = []
    for place, cell in enumerate([*header.cells, *[""] * _unnamed(header, rows)]):
        name = label(cell)
        names.append(name if name and name not in names else f"{name}\0{place}")
    return names


def _unnamed(header: Record, rows: Sequence[Record]) -> int:
    """How many columns stand past the last name: as many as most rows under it have."""
    under = [len(row.cells) for row in rows if row.line > header.line and not row.is_literal][:_MEASURED]
    usual = Counter(under).most_common(1)[0][0] if under else 0
    return max(0, usual - len(header.cells))


def name_of(column: str) -> str:
    """The name of a column as the file writes it, empty for one without."""
    return column.partition("\0")[0]
