"""Writes a brand as TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand, HouseStyle

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Table


def write_brand(brand: Brand) -> str:
    """A brand as TOML a person can read and edit: the same brand always gives the same text.

    Empty fields are left out, so that ``read_brand(write_brand(brand)) == brand`` for every brand that a
    file can describe (identifiers without spaces, tags without ``#``, networks in lower case).
    """
    import tomlkit

    document = tomlkit.document()
    for key in ("id", "name", "sector", "description", "timezone"):
        _put(document, key, getattr(brand, key))
    voice = _table_of(brand.voice, skip=("preferred",))
    if brand.voice.preferred:
        voice.append("preferred", _array_of_tables([_table_of(term) for term in brand.voice.preferred]))
    document.append("voice", voice)
    contact = _table_of(brand.contact)
    if contact:
        document.append("contact", contact)
    _put_names(document, "accounts", brand.accounts)
    _put_names(document, "limits", brand.limits)
    style = _table_of(brand.style, usual=HouseStyle())
    if style:
        document.append("style", style)
    _put_names(document, "checks", {rule: level.value for rule, level in brand.checks.items()})
    for key in ("moderation", "retention"):
        if policy := _table_of(getattr(brand, key)):
            document.append(key, policy)
    for key in ("facts", "playbooks", "hashtags", "charter"):
        values = getattr(brand, key)
        if values:
            document.append(key, _array_of_tables([_table_of(value) for value in values]))
    return tomlkit.dumps(document)


def _put_names(document: TOMLDocument, key: str, values: Mapping[str, str | int]) -> None:
    """Add the table ``key`` of values by name, unless there are none."""
    import tomlkit

    if values:
        table = tomlkit.table()
        for name, value in values.items():
            table.append(name, tomlkit.string(value) if isinstance(value, str) else tomlkit.item(value))
        document.append(key, table)


def _array_of_tables(tables: Sequence[Table]) -> AoT:
    import tomlkit

    array = tomlkit.aot()
    for table in tables:
        array.append(table)
    return array


def _table_of(value: object, skip: tuple[str, ...] = (), usual: object = None) -> Table:
    """The fields of a dataclass; those that are as in ``usual`` are left out."""
    import tomlkit

    table = tomlkit.table()
    for part in fields(value):  # type: ignore[arg-type]  # every caller hands over a dataclass instance
        unchanged = usual is not None and getattr(value, part.name) == getattr(usual, part.name)
        if part.name not in skip and not unchanged:
            _put(table, part.name, getattr(value, part.name))
    return table


def _put(table: Table | TOMLDocument, key: str, value: object) -> None:
    """Add one field, unless it is empty."""
    import tomlkit

    if value is None or value in ("", ()):
        return
    if isinstance(value, tuple):
        array = tomlkit.array()
        array.extend(tomlkit.string(str(part)) for part in value)
        table.append(key, array.multiline(len(value) > 1 and sum(map(len, map(str, value))) > 80))
    elif isinstance(value, date | int):
        table.append(key, tomlkit.item(value))
    else:
        text = str(value)
        table.append(key, tomlkit.string(text, multiline=_reads_better_on_lines(text)))


def _reads_better_on_lines(text: str) -> bool:
    """True for prose on several lines that a multi-line string carries unchanged."""
    plain = all(char.isprintable() or char in "\n\u00a0\u202f" for char in text)
    return "\n" in text and not text.startswith("\n") and plain and '"' not in text and "\\" not in text
