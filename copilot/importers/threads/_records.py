"""Rows of a CSV file, one bad line at a time: nothing after a stray quotation mark is swallowed."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t")

#: Lines one quoted cell may span; past it, the opening quotation mark is taken for text.
MAX_CELL_LINES = 200

#: Stray quotation marks after which every line is read on its own, which keeps the work linear.
MAX_STRAY = 200

_limit_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Record:
    """One row and the line it begins on, from 1. ``is_literal`` when its quoting could not be followed."""

    line: int
    cells: list[str]
    is_literal: bool = False


class _CellTooLongError(Exception):
    """A quoted cell never closed."""


@contextmanager
def long_cells(limit: int) -> Iterator[None]:
    """Let cells of ``limit`` characters through: the csv module stops at 131,072 and keeps one limit for all."""
    with _limit_lock:
        before = csv.field_size_limit(max(limit, 131_072))
        try:
            yield
        finally:
            csv.field_size_limit(before)


def records(text: str, delimiter: str, *, backslash: bool = False, max_records: int | None = None) -> Iterator[Record]:
    """The rows of ``text``, empty ones left out. ``backslash``: quotation marks are escaped with a backslash."""
    lines = text.split("\n")
    position = stray = given = 0
    while position < len(lines) and (max_records is None or given < max_records):
        if stray > MAX_STRAY or not lines[position].strip():
            found, used = _literal(lines, position, delimiter), 1
        else:
            found, used = _quoted(lines, position, delimiter, backslash)
            stray += found.is_literal
        position += used
        if any(cell.strip() for cell in found.cells):
            given += 1
            yield found


def _quoted(lines: Sequence[str], position: int, delimiter: str, backslash: bool) -> tuple[Record, int]:
    line = lines[position]
    if '"' not in line:
        return Record(position + 1, line.split(delimiter)), 1
    for escaped in dict.fromkeys((backslash, True)):
        source = _Lines(lines, position)
        reader = csv.reader(
            source,
            delimiter=delimiter,
            strict=True,
            doublequote=not escaped or not backslash,
            escapechar="\\" if escaped else None,
            skipinitialspace=True,
        )
        try:
            return Record(position + 1, next(reader)), source.used
        except (csv.Error, _CellTooLongError, StopIteration):
            continue
    return _literal(lines, position, delimiter, is_literal=True), 1


def _literal(lines: Sequence[str], position: int, delimiter: str, *, is_literal: bool = False) -> Record:
    cells = [cell.strip().strip('"') for cell in lines[position].split(delimiter)]
    return Record(position + 1, cells, is_literal)


class _Lines:
    """Lines for one record, counted, and refused when a cell runs on for too long."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self._start = start
        self.used = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.used >= MAX_CELL_LINES:
            raise _CellTooLongError
        index = self._start + self.used
        if index >= len(self._lines):
            raise StopIteration
        self.used += 1
        return self._lines[index] + "\n"
