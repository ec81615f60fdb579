"""The columns of a table of messages: what is proposed, what a person corrected, remembered for the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.domain.imports import PARTS, TableMapping
from copilot.errors import UserError

if TYPE_CHECKING:
    from copilot.importers.threads import Content
    from copilot.store.unit_of_work import Store


#: Where the header is, kept beside the parts; no part has this name.
_HEADER = "header"


class Mappings:
    """How tables are read."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def proposed(self, content: Path | bytes, name: str, header: int | None = None) -> TableMapping | None:
        """How the columns of a table would be read, as remembered or as they look; None when it is no table.

        ``header`` is the line that names the columns as a person says it, 0 for none.

        Raises:
            UserError: ``thread.*`` when nothing can be read, ``mapping.unknown_header``, ``mapping.no_header``.
            OutsideError: ``thread.disk``.
        """
        return await asyncio.to_thread(remembered, self._store(), content, name, self._clock(), header)

    async def remember(self, mapping: TableMapping) -> TableMapping:
        """Read tables with these columns so from now on, under the header that ``mapping`` has.

        Raises:
            UserError: ``mapping.no_text``, ``mapping.unknown_part``, ``mapping.unknown_column``.
        """
        checked = with_parts(mapping, mapping.parts)
        likely = _likely(checked)
        with self._store().write() as work:
            work.mappings.keep(checked.signature, checked.parts, self._clock())
            if likely is not None:
                # Such a table looks otherwise at first: what is remembered of that look is where the header is.
                work.mappings.keep(likely, {**checked.parts, _HEADER: checked.header}, self._clock())
        return checked

    async def forget(self, mapping: TableMapping) -> bool:
        """Go back to what the columns look like. True when something was remembered."""
        with self._store().write() as work:
            signatures = dict.fromkeys((mapping.signature, *(sign for _line, sign in mapping.known_as[:1])))
            gone = [one for one in signatures if work.mappings.forget(one)]
        return bool(gone)


def _likely(mapping: TableMapping) -> str | None:
    """The signature under which a table with such columns is met, when it is not that of ``mapping``."""
    first = mapping.known_as[0] if mapping.known_as else (mapping.header, mapping.signature)
    return first[1] if first[0] != mapping.header and first[1] != mapping.signature else None


def remembered(
    store: Store, content: Content, name: str, at: datetime, header: int | None = None
) -> TableMapping | None:
    """As :meth:`Mappings.proposed`."""
    from copilot.importers.threads import mapping_of

    found = mapping_of(content, name, captured_at=at, header=header)
    if found is None:
        return None
    if header is not None and not found.top:
        raise UserError("mapping.no_header", name=name or "-")
    known = ((found.header, found.signature),) if header is not None else found.known_as
    with store.read() as work:
        kept = [(line, work.mappings.parts(one)) for line, one in known or ((found.header, found.signature),)]
    for line, parts in kept:
        if parts is not None:
            there = int(parts.get(_HEADER, line)) if header is None else line
            right = _under(found, content, name, at, there)
            if right is not None:
                said = {part: place for part, place in parts.items() if part != _HEADER}
                return replace(right, parts=said, is_guess=False, is_said=True, guessed=())
    return found


def _under(found: TableMapping, content: Content, name: str, at: datetime, line: int) -> TableMapping | None:
    """``found`` with its header on ``line``; None where this file has no such line."""
    from copilot.importers.threads import mapping_of

    if line == found.header:
        return found
    if line and all(line != one for one, _cells in found.top):
        return None
    return mapping_of(content, name, captured_at=at, header=line)


def with_parts(mapping: TableMapping, parts: Mapping[str, int]) -> TableMapping:
    """``mapping`` as a person corrected it.

    Raises:
        UserError: ``mapping.no_text``, ``mapping.unknown_part``, ``mapping.unknown_column``.
    """
    for part, place in parts.items():
        if part not in PARTS:
            raise UserError("mapping.unknown_part", name=part, known=", ".join(PARTS))
        if not 0 <= place < len(mapping.columns):
            raise UserError("mapping.unknown_column", name=place + 1, count=len(mapping.columns))
    if "text" not in parts:
        raise UserError("mapping.no_text")
    return replace(mapping, parts=dict(parts), is_guess=False, is_said=True, guessed=())


def named_parts(mapping: TableMapping, asked: Mapping[str, str]) -> dict[str, int]:
    """The parts of ``mapping``, those of ``asked`` over them: a column is named, or numbered from 1; empty is none.

    Raises:
        UserError: ``mapping.unknown_column``.
    """
    parts = dict(mapping.parts)
    for part, column in asked.items():
        parts.pop(part, None)
        if column:
            place = _place(mapping, column)
            parts = {other: at for other, at in parts.items() if at != place} | {part: place}
    return parts


def _place(mapping: TableMapping, column: str) -> int:
    if column in mapping.columns:
        return mapping.columns.index(column)
    folded = [name.casefold().strip() for name in mapping.columns]
    if column.casefold().strip() in folded:
        return folded.index(column.casefold().strip())
    if column.isdigit() and 1 <= int(column) <= len(mapping.columns):
        return int(column) - 1
    raise UserError("mapping.unknown_column", name=column, count=len(mapping.columns))
