"""The networks, read from ``assets/networks/*.toml``: one file a network, one dated and sourced figure a limit.

A file holds ``id`` (its own name), ``label``, ``aliases``, what its lines and media are like, ``[composer]``,
``[hashtags]``, ``[mentions]``, ``[links]``, ``[media]`` with a table for each kind of file, ``[capabilities]``, and
one table ``[parts.NAME]`` for each part of a publication that has a length: ``post`` and ``reply`` always; ``title``,
``description``, ``alt``, ``caption``, ``subject``... where they exist. Every table with figures says its ``source``,
the day it was ``checked`` and a ``confidence``; ``[TABLE.apart.FIGURE]`` says so for one figure known otherwise.
The fields are those of ``copilot.domain.network``.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from copilot.domain.network import (
    HIGHEST_LIMIT,
    MEMORY,
    SOURCED,
    Capabilities,
    HashtagRules,
    Limit,
    LinkRules,
    Media,
    MediaKind,
    Mentions,
    Network,
    Origin,
)
from copilot.errors import UserError
from copilot.paths import assets_dir
from copilot.text.measure import COUNTERS

PARTS = (
    "post",
    "reply",
    "title",
    "description",
    "alt",
    "caption",
    "subject",
    "preheader",
    "tags",
    "link",
    "message",
)
REQUIRED_PARTS = ("post", "reply")
CONFIDENCE = (SOURCED, MEMORY)
STYLES = ("camel", "none")
KEEPS = ("word", "nonspace", "topic", "none")
COUNTED = ("whole", "name")
MARKUPS = ("none", "markdown", "html")
KINDS = ("image", "gif", "video", "document")

#: No network takes more bytes in a file; a figure past it is a slip of the keyboard.
HIGHEST_FILE = 1_000_000_000_000

_DAY = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_REQUIRED = object()


def load() -> Mapping[str, Network]:
    """Every network, by id, sorted. Read once.

    Raises:
        UserError: ``network.invalid`` with the file and the field, when a file cannot be used.
    """
    return _load(_folder())


def get(name: str) -> Network:
    """The network whose id or alias is ``name`` (case, spaces and hyphens do not matter).

    Raises:
        UserError: ``network.unknown``, ``network.invalid``.
    """
    wanted = _plain(name)
    if re.fullmatch("[a-z0-9_]+", wanted):
        path = _folder() / f"{wanted}.toml"
        if path.is_file():
            return read(path)
    everything = load()
    for network in everything.values():
        if wanted in map(_plain, network.aliases):
            return network
    raise UserError("network.unknown", name=name, known=tuple(everything))


@lru_cache(maxsize=64)
def read(path: Path) -> Network:
    """The network a file describes.

    Raises:
        UserError: ``network.invalid``.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("network.invalid", file=path.name, field=str(error)) from error
    return _network(_Table(path.name, "", table), path.stem)


@lru_cache(maxsize=1)
def _folder() -> Path:
    return assets_dir() / "networks"


@lru_cache(maxsize=4)
def _load(folder: Path) -> Mapping[str, Network]:
    found = {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}
    _refuse_doubles(found.values())
    return MappingProxyType(found)


def _refuse_doubles(found: Iterable[Network]) -> None:
    taken: dict[str, str] = {}
    for network in found:
        for name in (network.id, *network.aliases):
            if taken.setdefault(_plain(name), network.id) != network.id:
                raise UserError("network.invalid", file=f"{network.id}.toml", field=f"aliases: {name}")


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


class _Table:
    """A table of one file. Each field is taken once, of its type and within bounds, or refused by its name."""

    def __init__(self, file: str, where: str, body: object) -> None:
        self.file = file
        self.where = where
        if not isinstance(body, dict):
            raise self.wrong("")
        self.left: dict[str, Any] = dict(body)

    def wrong(self, name: str) -> UserError:
        """The refusal of the field ``name``."""
        return UserError("network.invalid", file=self.file, field=f"{self.where}.{name}".strip("."))

    def check(self, holds: bool, name: str) -> None:
        """Refuse the field ``name`` unless ``holds``."""
        if not holds:
            raise self.wrong(name)

    def take(self, name: str, kind: type, default: Any = _REQUIRED) -> Any:
        """The field, of exactly this type: a truth value is no number."""
        if name not in self.left:
            self.check(default is not _REQUIRED, name)
            return default
        value = self.left.pop(name)
        self.check(type(value) is kind, name)
        return value

    def text(self, name: str, default: Any = _REQUIRED) -> str:
        """Words; those that must be there are not blank."""
        value: str = self.take(name, str, default)
        self.check(default is not _REQUIRED or bool(value.strip()), name)
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value: bool = self.take(name, bool)
        return value

    def whole(self, name: str, low: int, high: int, default: Any = _REQUIRED) -> Any:
        """A whole number within bounds, or ``default``."""
        value = self.take(name, int, default)
        self.check(value is default or low <= value <= high, name)
        return value

    def choice(self, name: str, known: Collection[str]) -> str:
        """One of the words ``known``."""
        value: str = self.take(name, str)
        self.check(value in known, name)
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of words, none empty."""
        value = self.take(name, list)
        self.check(all(isinstance(one, str) and one for one in value), name)
        return tuple(value)

    def pair(self, name: str, low: float, high: float, default: Any = _REQUIRED) -> Any:
        """Two numbers in order and within bounds, or ``default``."""
        value = self.take(name, list, default)
        if value is default:
            return default
        self.check(_are_numbers(value) and len(value) == 2 and low <= value[0] <= value[1] <= high, name)
        return tuple(value)

    def table(self, name: str) -> _Table:
        """A table inside this one."""
        return _Table(self.file, f"{self.where}.{name}".strip("."), self.take(name, dict))

    def origins(self, figures: Collection[str]) -> dict[str, Any]:
        """``origin`` and ``apart``; nothing else may be left in the table."""
        origin = self.origin()
        apart = _Table(self.file, f"{self.where}.apart".strip("."), self.take("apart", dict, {}))
        for name in list(apart.left):
            apart.check(name in figures, name)
        found = {name: apart.table(name).only_origin() for name in list(apart.left)}
        self.finish()
        return {"origin": origin, "apart": MappingProxyType(found)}

    def origin(self) -> Origin:
        """Where the figures of the table come from."""
        source, checked = self.text("source"), self.text("checked")
        self.check(bool(_DAY.fullmatch(checked)), "checked")
        return Origin(source, checked, self.choice("confidence", CONFIDENCE))

    def only_origin(self) -> Origin:
        """The origin, in a table that holds nothing else."""
        found = self.origin()
        self.finish()
        return found

    def finish(self) -> None:
        """Refuse what nobody took: a slip of the keyboard."""
        for name in self.left:
            raise self.wrong(name)


def _are_numbers(values: list[object]) -> bool:
    return all(type(one) in (int, float) and math.isfinite(one) for one in values)  # type: ignore[arg-type]  # numbers, by the first half


def _network(table: _Table, stem: str) -> Network:
    table.check(table.text("id") == stem, "id")
    parts = table.table("parts")
    for name in REQUIRED_PARTS:
        parts.check(name in parts.left, name)
    for name in parts.left:
        parts.check(name in PARTS, name)
    links = _links(table.table("links"))
    media = _media(table.table("media"))
    capabilities = _capabilities(table.table("capabilities"))
    composer = table.table("composer")
    found = Network(
        id=stem,
        label=table.text("label"),
        aliases=table.strings("aliases"),
        parts=MappingProxyType({name: _limit(parts.table(name)) for name in list(parts.left)}),
        hashtags=_hashtags(table.table("hashtags")),
        mentions=_mentions(table.table("mentions")),
        links=links,
        url_weight=links.weight,
        links_clickable=capabilities.links_in_post,
        media_required=media.required,
        line_breaks=capabilities.line_breaks,
        media=media,
        capabilities=capabilities,
        escape_chars=table.text("escape_chars", ""),
        escape_parts=table.strings("escape_parts") if "escape_parts" in table.left else ("post",),
        composer_url=_address(composer, "url"),
        composer_page=_address(composer, "page"),
        composer_origin=composer.only_origin(),
    )
    for part in found.escape_parts:
        table.check(part in found.parts, "escape_parts")
    table.finish()
    return found


def _address(table: _Table, name: str) -> str:
    value = table.text(name, "")
    table.check(not value or value.startswith("https://"), name)
    return value


def _limit(table: _Table) -> Limit:
    count = table.choice("count", COUNTERS)
    table.check(table.text("unit") == COUNTERS[count].unit, "unit")
    most = table.whole("max", 1, HIGHEST_LIMIT, None)
    unlimited = table.take("unlimited", bool, False)
    table.check((most is not None) is not unlimited, "max")
    least = table.whole("min", 1, HIGHEST_LIMIT, None)
    table.check(least is None or most is None or least <= most, "min")
    most_bytes = table.whole("max_bytes", 1, HIGHEST_LIMIT, None)
    advised = _whole_pair(table, "advised", HIGHEST_LIMIT)
    figures = table.origins(("max", "max_bytes", "min", "advised", "count"))
    origin = figures["origin"]
    return Limit(
        max=most,
        count=count,
        unit=COUNTERS[count].unit,
        source=origin.source,
        checked=origin.checked,
        confidence=origin.confidence,
        max_bytes=most_bytes,
        min=least,
        advised=advised,
        apart=figures["apart"],
    )


def _whole_pair(table: _Table, name: str, high: int) -> tuple[int, int] | None:
    pair = table.pair(name, 0, high, None)
    table.check(pair is None or all(type(one) is int for one in pair), name)
    return pair  # type: ignore[no-any-return]  # two whole numbers, or None


def _hashtags(table: _Table) -> HashtagRules:
    most = table.whole("max", 0, 1000, None)
    advised = _whole_pair(table, "advised", 1000)
    table.check(advised is not None and (most is None or advised[1] <= most), "advised")
    style, keeps = table.choice("style", STYLES), table.choice("keeps", KEEPS)
    table.check((keeps == "none") == (most == 0), "keeps")
    return HashtagRules(
        most,
        advised or (0, 0),
        style,
        table.whole("max_chars", 1, 1000, None),
        table.whole("max_bytes", 1, 10_000, None),
        keeps,
        table.text("separators", ""),
        **table.origins(("max", "advised", "max_chars", "max_bytes", "keeps", "separators")),
    )


def _mentions(table: _Table) -> Mentions:
    example, pattern = table.text("example", ""), table.text("pattern", "")
    table.check(_matches(pattern, example), "pattern")
    return Mentions(
        example,
        pattern,
        table.flag("works"),
        table.choice("counted", COUNTED),
        table.whole("max", 1, 1000, None),
        **table.origins(("example", "pattern", "works", "counted", "max")),
    )


def _matches(pattern: str, example: str) -> bool:
    try:
        return bool(pattern) == bool(example) and bool(re.fullmatch(pattern, example))
    except re.error:
        return False


def _links(table: _Table) -> LinkRules:
    return LinkRules(
        table.whole("weight", 1, 999, None),
        table.flag("bare"),
        table.take("counted_bare", bool, False),
        table.whole("max", 1, 1000, None),
        table.whole("max_chars", 1, HIGHEST_LIMIT, None),
        **table.origins(("weight", "bare", "counted_bare", "max", "max_chars")),
    )


def _media(table: _Table) -> Media:
    kinds: dict[str, Any] = {kind: _media_kind(table.table(kind)) for kind in KINDS if kind in table.left}
    most = table.whole("max", 0, 1000)
    for kind, found in kinds.items():
        table.check(found.max <= most, f"{kind}.max")
    mixed, required = table.flag("mixed"), table.flag("required")
    return Media(most, mixed, required, **kinds, **table.origins(("max", "mixed", "required")))


def _media_kind(table: _Table) -> MediaKind:
    most = table.whole("max", 1, 1000)
    return MediaKind(
        most,
        table.whole("min", 0, most, 0),
        table.strings("formats") if "formats" in table.left else (),
        table.whole("max_bytes", 1, HIGHEST_FILE, None),
        table.pair("ratio", 0.01, 100, None),
        _sizes(table),
        _whole_pair(table, "width", 100_000),
        table.whole("max_pixels", 1, 10_000_000_000, None),
        _whole_pair(table, "seconds", 1_000_000),
        **table.origins(("max", "min", "formats", "max_bytes", "ratio", "sizes", "width", "max_pixels", "seconds")),
    )


def _sizes(table: _Table) -> tuple[tuple[int, int], ...]:
    sizes = table.take("sizes", list, [])
    for size in sizes:
        sound = (
            isinstance(size, list) and len(size) == 2 and all(type(one) is int and 1 <= one <= 100_000 for one in size)
        )
        table.check(sound, "sizes")
    return tuple((size[0], size[1]) for size in sizes)


def _capabilities(table: _Table) -> Capabilities:
    flags = ("links_in_post", "links_in_reply", "line_breaks", "edit", "threads", "alt_text", "first_comment")
    found: dict[str, Any] = {name: table.flag(name) for name in flags}
    return Capabilities(markup=table.choice("markup", MARKUPS), **found, **table.origins((*flags, "markup")))
