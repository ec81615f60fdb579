"""What is proposed of the columns of a table, to be shown to a person and corrected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads._fields import normal_name
from copilot.importers.threads._guessing import proposed, proposed_author
from copilot.importers.threads._header import HEADER_ROWS, name_of
from copilot.importers.threads._records import Record
from copilot.importers.threads._table import Table, guesses, laid_out, numbers_of

#: Rows and columns shown of a table whose columns a person looks at.
SAMPLED, MOST_SHOWN = 8, 200


def mapping_of(
    rows: Sequence[Record], *, header: int | None = None, delimiter: str = "", sheet: str = "", encoding: str = ""
) -> TableMapping:
    """How the columns would be read; ``header`` is the line that names them as a person says it, 0 for none.

    Raises:
        UserError: ``mapping.unknown_header`` for a line that is none of the first ones.
    """
    if header and all(row.line != header for row in rows):
        raise UserError("mapping.unknown_header", line=header, last=max((row.line for row in rows), default=0))
    table = laid_out(rows, header)
    guess = guesses(table, rows, proposed)
    table.places |= guess
    under = [row for row in rows if row.line > table.header]
    if table.header and "author" not in table.places:
        # Too little to read it by itself, enough to propose it.
        free = [place for place in range(len(table.columns)) if place not in table.places.values()]
        guess |= proposed_author(under, free)
        table.places |= guess
    return TableMapping(
        _signature_of(table),
        # Without a header, columns have a place and no name.
        tuple(name_of(name) if table.header else "" for name in table.columns),
        table.places,
        table.header,
        delimiter,
        sheet,
        encoding,
        _shown(under[:SAMPLED]),
        table.is_guess,
        guessed=tuple(guess),
        top=tuple(zip((row.line for row in rows), _shown(rows[:HEADER_ROWS]), strict=False)),
        known_as=_known_as(rows),
        numbers=numbers_of(table, rows),
    )


def _shown(rows: Iterable[Record]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell[:200] for cell in row.cells[:MOST_SHOWN]) for row in rows)


def _known_as(rows: Sequence[Record]) -> tuple[tuple[int, str], ...]:
    """(line, signature) of the table under each header it could have, the likeliest first.

    What was said of tables without a header holds only for those where no row names the text.
    """
    likely = laid_out(rows, None)
    lines = dict.fromkeys(
        (likely.header, *(row.line for row in rows[:HEADER_ROWS]), *((0,) if likely.is_guess else ()))
    )
    return tuple((line, _signature_of(laid_out(rows, line))) for line in lines)


def _signature_of(table: Table) -> str:
    return signature([name_of(name) for name in table.columns], bool(table.header))


def signature(columns: Sequence[str], has_header: bool) -> str:
    """What tells that two tables have the same columns: their names, or how many there are when nothing names them."""
    told = [normal_name(name) for name in columns] if has_header else [str(len(columns))]
    return hashlib.sha256(json.dumps(["replique-table/1", *told]).encode()).hexdigest()
