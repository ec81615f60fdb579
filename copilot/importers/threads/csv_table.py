"""Tables in CSV: delimiter, header row and columns found by what they hold."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime

from copilot.domain.imports import TableMapping
from copilot.importers.threads._header import HEADER_ROWS, header_of
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._proposing import mapping_of
from copilot.importers.threads._records import DELIMITERS, Record, Tail, records
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._table import first_rows, read_table, table_of

NAME = "csv"
EXTENSIONS = (".csv", ".tsv")

#: Characters looked at to recognise a table.
_SNIFFED = 20_000


def sniff(head: Head) -> float:
    """High when a header row names the text and something else; fair for a file called ``.csv``."""
    if head.members:
        return 0.0
    named = head.name.lower().endswith(EXTENSIONS)
    _, header = _layout(head.text[:_SNIFFED])
    if header is None:
        return 0.6 if named else 0.0
    return 0.9 if header_of([header])[0] > 1 or named else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One message a row, in order. Rows without a text are told and left out.

    Raises:
        UserError: ``thread.needs_mapping`` when no column can be told to be the text, ``thread.empty`` for a header
            without a row.
    """
    asked = source.mapping
    delimiter = asked.delimiter if asked and asked.delimiter else _layout(source.head.text[:_SNIFFED])[0]
    table = table_of(first_rows(_head_rows(source, delimiter)), asked)
    return _until_cut(read_table(table, lambda: records(source.lines(), delimiter), told, captured_at), source, told)


def _until_cut(drafts: Generator[Draft, None, Tail], source: Source, told: Report) -> Iterator[Draft]:
    tail = yield from drafts
    if not told.truncated and (source.ends_inside_letter or tail.is_cut(ends_open=source.ends_open)):
        told.truncated = True
        told.warnings.add("truncated", line=tail.line)


def mapping(source: Source, header: int | None = None) -> TableMapping:
    """What is proposed of its columns, the header on the line ``header`` if a person says so.

    Raises:
        UserError: ``mapping.unknown_header``.
    """
    delimiter = _layout(source.head.text[:_SNIFFED])[0]
    rows = first_rows(_head_rows(source, delimiter))
    return mapping_of(rows, header=header, delimiter=delimiter.strip("\0"), encoding=source.encoding)


def _head_rows(source: Source, delimiter: str) -> Iterator[Record]:
    return records(source.head.text[:_SNIFFED].split("\n"), delimiter or "\0")


def _layout(text: str) -> tuple[str, Record | None]:
    """The delimiter whose header row names the most parts of a message; no header: the commonest one."""
    best: tuple[int, str, Record | None] = (0, "", None)
    for delimiter in DELIMITERS:
        score, row = header_of(list(records(text.split("\n"), delimiter, max_records=HEADER_ROWS)))
        if score > best[0]:
            best = (score, delimiter, row)
    return (best[1], best[2]) if best[2] is not None else (_commonest(text), None)


def _commonest(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, more than one; else none.

    Titles may stand above, of fewer cells; commas, which sentences have too, must then make at least three.
    """
    for delimiter in ("\t", ";", "|", ","):
        rows = list(records(text.split("\n"), delimiter, max_records=HEADER_ROWS))
        if delimiter == "," and all(cell.startswith(" ") for row in rows for cell in row.cells[1:]):
            # Sentences, not cells.
            continue
        widths = [len(row.cells) for row in rows]
        above = sum(1 for width in widths if width != widths[-1])
        if not widths or widths[-1] < 2 or above > len(widths) - 2 + (len(widths) == 1):
            continue
        is_below = all(width < widths[-1] for width in widths[:above])
        if is_below and (not above or widths[-1] > 2 or delimiter != ","):
            return delimiter
    return "\0"
