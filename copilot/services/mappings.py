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
    from copilot.store.unit_of_work import Store


class Mappings:
    """How tables are read."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def proposed(self, content: Path | bytes, name: str) -> TableMapping | None:
        """How the columns of a table would be read, as remembered or as they look; None when it is no table.

        Raises:
            UserError: ``thread.*`` when nothing can be read.
            OutsideError: ``thread.disk``.
        """
        return await asyncio.to_thread(remembered, self._store(), content, name, self._clock())

    async def remember(self, mapping: TableMapping) -> TableMapping:
        """Read tables with these columns so from now on.

        Raises:
            UserError: ``mapping.no_text``, ``mapping.unknown_part``, ``mapping.unknown_column``.
        """
        checked = with_parts(mapping, mapping.parts)
        with self._store().write() as work:
            work.mappings.keep(checked.signature, checked.parts, self._clock())
        return checked

    async def forget(self, mapping: TableMapping) -> bool:
        """Go back to what the columns look like. True when something was remembered."""
        with self._store().write() as work:
            return work.mappings.forget(mapping.signature)


def remembered(store: Store, content: Path | bytes, name: str, at: datetime) -> TableMapping | None:
    """As :meth:`Mappings.proposed`."""
    from copilot.importers.threads import mapping_of

    found = mapping_of(content, name, captured_at=at)
    if found is None:
        return None
    with store.read() as work:
        parts = work.mappings.parts(found.signature)
    return found if parts is None else replace(found, parts=parts, is_guess=False, is_said=True)


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
    return replace(mapping, parts=dict(parts), is_guess=False, is_said=True)


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
