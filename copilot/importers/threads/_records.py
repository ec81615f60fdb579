"""Rows of a CSV file, one bad line at a time: nothing after a stray quotation mark is swallowed."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")

#: What a row that holds nothing is made of, in one cell when its delimiter is not known.
_NOTHING = "".join(DELIMITERS) + '" \xa0'

#: Lines one quoted cell may span; past it, the opening quotation mark is taken for text.
MAX_CELL_LINES = 200

#: Stray quotation marks after which every line is read on its own, which keeps the work linear.
MAX_STRAY = 200

#: Characters of one cell; the csv module stops at 131,072 unless told.
LONGEST_CELL = 8_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One row and the line it begins on, from 1. ``is_literal`` when its quoting could not be followed.

    ``is_cut`` when that is because the file ends inside a quoted cell.
    """

    line: int
    cells: list[str]
    is_literal: bool = False
    is_cut: bool = False


class Tail:
    """Whether the last row of a table ends too soon, which no quotation mark tells."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._rows = self._short = 0
        self._last: Record | None = None

    def see(self, row: Record) -> None:
        """The next row."""
        self._rows += 1
        self._short += len(row.cells) < self._width
        self._last = row

    def is_cut(self, *, ends_open: bool) -> bool:
        """True when only the last row lacks cells, and the file ends in the middle of its line (``ends_open``)."""
        last = self._last
        return ends_open and last is not None and self._short == 1 and len(last.cells) < self._width

    @property
    def line(self) -> int:
        """The line of the last row."""
        return self._last.line if self._last else 0


class _CellTooLongError(Exception):
    """A quoted cell never closed."""


def records(
    lines: Iterable[str], delimiter: str, *, backslash: bool = False, max_records: int | None = None
) -> Iterator[Record]:
    """The rows of ``lines``, those without a word left out.

    ``backslash``: quotation marks are escaped with a backslash.
    """
    if csv.field_size_limit() < LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)
    ahead = _Ahead(lines)
    stray = given = 0
    while ahead.line(0) is not None and (max_records is None or given < max_records):
        if stray > MAX_STRAY:
            found, used = _literal(ahead, delimiter), 1
        else:
            found, used = _quoted(ahead, delimiter, backslash)
            stray += found.is_literal
        ahead.drop(used)
        if any(cell.strip().strip(_NOTHING) for cell in found.cells):
            given += 1
            yield found


class _Ahead:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._seen: deque[str] = deque()
        self.number = 1

    def line(self, ahead: int) -> str | None:
        while len(self._seen) <= ahead:
            line = next(self._lines, None)
            if line is None:
                return None
            self._seen.append(line)
        return self._seen[ahead]

    def drop(self, count: int) -> None:
        self.number += count
        for _ in range(count):
            self._seen.popleft()


def _quoted(ahead: _Ahead, delimiter: str, backslash: bool) -> tuple[Record, int]:
    line = ahead.line(0) or ""
    if '"' not in line:
        return Record(ahead.number, line.split(delimiter)), 1
    is_cut = False
    for escaped in dict.fromkeys((backslash, True)):
        source = _Lines(ahead)
        reader = csv.reader(
            source,
            delimiter=delimiter,
            strict=True,
            escapechar="\\" if escaped else None,
            skipinitialspace=True,
        )
        try:
            return Record(ahead.number, next(reader)), source.used
        except (csv.Error, _CellTooLongError, StopIteration):
            is_cut = is_cut or source.is_over
    return _literal(ahead, delimiter, is_literal=True, is_cut=is_cut), 1


def _literal(ahead: _Ahead, delimiter: str, *, is_literal: bool = False, is_cut: bool = False) -> Record:
    cells = [cell.strip().strip('"') for cell in (ahead.line(0) or "").split(delimiter)]
    return Record(ahead.number, cells, is_literal, is_cut)


class _Lines:
    """Lines for one record, counted, and refused when a cell runs on for too long."""

    def __init__(self, ahead: _Ahead) -> None:
        self._ahead = ahead
        self.used = 0
        self.is_over = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.used >= MAX_CELL_LINES:
            raise _CellTooLongError
        line = self._ahead.line(self.used)
        if line is None:
            self.is_over = True
            raise StopIteration
        self.used += 1
        return line + "\n"
