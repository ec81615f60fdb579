"""Tables in Excel workbooks, read a row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads._header import HEADER_ROWS, header_of
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._proposing import mapping_of
from copilot.importers.threads._records import Record
from copilot.importers.threads._refusals import empty_export
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._table import first_rows, read_table, table_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

NAME = "xlsx"
EXTENSIONS = (".xlsx", ".xlsm")

#: Columns read of a sheet: a stray cell far to the right widens every row.
MOST_COLUMNS = 200
_MIDNIGHT = time()


def sniff(head: Head) -> float:
    """Sure of a container that holds a workbook."""
    return 0.99 if "xl/workbook.xml" in head.members else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One message a row of the sheet whose header names most parts of a message, in order.

    Raises:
        UserError: ``thread.malformed`` for a damaged workbook, ``thread.needs_mapping`` when no column can be told to
            be the text, ``thread.empty`` for one without any row but its header.
    """
    asked = source.mapping
    with _opened(source) as book:
        sheet = asked.sheet if asked and asked.sheet in book.sheetnames else _best(book)
        table = table_of(first_rows(_rows(book, sheet)), asked)
    # Another reading for each pass: a sheet that is streamed cannot be turned back.
    yield from read_table(table, lambda: _streamed(source, sheet), told, captured_at)


def mapping(source: Source, header: int | None = None) -> TableMapping:
    """What is proposed of its columns, the header on the line ``header`` if a person says so.

    Raises:
        UserError: as :func:`read`, and ``mapping.unknown_header``.
    """
    with _opened(source) as book:
        sheet = _best(book)
        return mapping_of(first_rows(_rows(book, sheet)), header=header, sheet=sheet)


def _streamed(source: Source, sheet: str) -> Iterator[Record]:
    with _opened(source) as book:
        yield from _rows(book, sheet)


@contextmanager
def _opened(source: Source) -> Iterator[Workbook]:
    """The workbook, its values only: no formula is ever computed, no link followed."""
    import warnings
    import zipfile

    from defusedxml.common import DefusedXmlException
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with source.open() as stream:
        try:
            with warnings.catch_warnings():
                # Of styles and extensions it does not know: nothing of them is read.
                warnings.simplefilter("ignore")
                book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
        except (zipfile.BadZipFile, InvalidFileException, SyntaxError, KeyError, ValueError, EOFError) as error:
            # ParseError of the standard library and XMLSyntaxError of lxml are both SyntaxErrors.
            # openpyxl wraps what the parser refused in errors of its own.
            is_defused = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
            raise UserError(f"thread.{'entity_expansion' if is_defused else 'malformed'}", name=source.name) from error


def _best(book: Workbook) -> str:
    """The sheet that looks most like messages; the first one with a row when none does.

    Raises:
        UserError: ``thread.empty`` for a workbook without any row.
    """
    best: tuple[int, str] = (-1, "")
    for name in book.sheetnames:
        rows = list(islice(_rows(book, name), HEADER_ROWS))
        score = header_of(rows)[0]
        if rows and score > best[0]:
            best = (score, name)
    if not best[1]:
        raise empty_export()
    return best[1]


def _rows(book: Workbook, sheet: str) -> Iterator[Record]:
    """The rows that hold something, with the line each has in the sheet."""
    page: ReadOnlyWorksheet = book[sheet]
    if not hasattr(page, "iter_rows"):
        # A sheet of charts has no rows.
        return
    # Many exporters write a wrong size, and no row past it would be read.
    page.reset_dimensions()
    for line, values in enumerate(page.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        cells = [shown(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Record(line, cells)


def shown(value: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, dates so that they read one way."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, datetime):
        if value.time() == _MIDNIGHT:
            # A sheet knows no day without an hour.
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
