"""The networks, read from ``assets/networks/*.toml``: one file a network, one dated and sourced figure a limit.

A file holds ``id`` (its own name), ``label``, ``aliases``, what its links and media are like, ``composer_url`` (to
which the percent-encoded text is added), ``[hashtags]`` and one table ``[parts.NAME]`` for each part of a publication
that has a length: ``post`` and ``reply`` always; ``title``, ``description``, ``alt``, ``caption`` where they exist.
``[hashtags] style`` is ``camel`` (words joined, each with its capital) or ``none`` (hashtags are not used there).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from copilot.domain.network import HashtagRules, Limit, Network
from copilot.errors import UserError
from copilot.paths import assets_dir
from copilot.text.measure import COUNTERS

PARTS = ("post", "reply", "title", "description", "alt", "caption")
REQUIRED_PARTS = ("post", "reply")
CONFIDENCE = ("sourced", "memory")
STYLES = ("camel", "none")

#: No network takes a text longer than this; a figure past it is a slip of the keyboard.
HIGHEST = 1_000_000

_FIELDS = {
    "id": str,
    "label": str,
    "aliases": list,
    "url_weight": int,
    "links_clickable": bool,
    "media_required": bool,
    "line_breaks": bool,
    "composer_url": str,
    "escape_chars": str,
    "hashtags": dict,
    "parts": dict,
}
_OPTIONAL = frozenset({"url_weight", "escape_chars"})
_DAY = re.compile(r"20\d\d-\d\d-\d\d")


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
    except (OSError, ValueError) as error:
        raise UserError("network.invalid", file=path.name, field=str(error)) from error
    return _Reader(path.name, table).network(path.stem)


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


class _Reader:
    """Turns the table of one file into a network, naming the field that is wrong."""

    def __init__(self, file: str, table: Mapping[str, object]) -> None:
        self.file = file
        self.table = table

    def network(self, stem: str) -> Network:
        self._shape("", self.table, _FIELDS, _OPTIONAL)
        table = self.table
        self._check(table["id"] == stem, "id")
        self._check(bool(table["label"]), "label")
        aliases = self._strings("aliases", table["aliases"])
        parts = table["parts"]
        assert isinstance(parts, dict)
        for name in REQUIRED_PARTS:
            self._check(name in parts, f"parts.{name}")
        weight = table.get("url_weight")
        self._check(weight is None or (isinstance(weight, int) and 0 < weight < 1000), "url_weight")
        return Network(
            id=stem,
            label=str(table["label"]),
            parts=MappingProxyType({name: self._limit(name, body) for name, body in parts.items()}),
            hashtags=self._hashtags(table["hashtags"]),
            url_weight=weight if isinstance(weight, int) else None,
            links_clickable=bool(table["links_clickable"]),
            media_required=bool(table["media_required"]),
            line_breaks=bool(table["line_breaks"]),
            composer_url=str(table["composer_url"]),
            escape_chars=str(table.get("escape_chars", "")),
            aliases=aliases,
        )

    def _limit(self, name: str, body: object) -> Limit:
        where = f"parts.{name}"
        self._check(name in PARTS and isinstance(body, dict), where)
        assert isinstance(body, dict)
        fields = {"max": int, "unlimited": bool, "max_bytes": int, "count": str, "unit": str}
        fields |= {"source": str, "checked": str, "confidence": str}
        self._shape(where, body, fields, frozenset({"max", "unlimited", "max_bytes"}))
        unlimited = body.get("unlimited", False)
        self._check(("max" in body) is not unlimited, f"{where}.max")
        for figure in ("max", "max_bytes"):
            self._check(1 <= body.get(figure, 1) <= HIGHEST, f"{where}.{figure}")
        self._check(body["count"] in COUNTERS, f"{where}.count")
        self._check(body["unit"] == COUNTERS[body["count"]].unit, f"{where}.unit")
        self._check(bool(body["source"].strip()), f"{where}.source")
        self._check(bool(_DAY.fullmatch(body["checked"])), f"{where}.checked")
        self._check(body["confidence"] in CONFIDENCE, f"{where}.confidence")
        return Limit(
            max=body.get("max"),
            count=body["count"],
            unit=body["unit"],
            source=body["source"],
            checked=body["checked"],
            confidence=body["confidence"],
            max_bytes=body.get("max_bytes"),
        )

    def _hashtags(self, body: object) -> HashtagRules:
        assert isinstance(body, dict)
        fields = {"max": int, "advised": list, "style": str, "max_chars": int}
        self._shape("hashtags", body, fields, frozenset({"max", "max_chars"}))
        cap, chars, advised = body.get("max"), body.get("max_chars"), body["advised"]
        self._check(cap is None or 0 <= cap <= 1000, "hashtags.max")
        self._check(chars is None or 1 <= chars <= 1000, "hashtags.max_chars")
        self._check(body["style"] in STYLES, "hashtags.style")
        in_order = len(advised) == 2 and all(type(n) is int and n >= 0 for n in advised) and advised[0] <= advised[1]
        self._check(in_order and (cap is None or advised[1] <= cap), "hashtags.advised")
        return HashtagRules(cap, (advised[0], advised[1]), body["style"], chars)

    def _shape(
        self, where: str, body: Mapping[str, object], fields: Mapping[str, type], optional: frozenset[str]
    ) -> None:
        """Every required field is there, none is unknown, each is of its type."""
        prefix = f"{where}." if where else ""
        for name in body:
            self._check(name in fields, prefix + name)
        for name, kind in fields.items():
            if name not in body:
                self._check(name in optional, prefix + name)
            else:
                self._check(type(body[name]) is kind, prefix + name)

    def _strings(self, where: str, value: object) -> tuple[str, ...]:
        assert isinstance(value, list)
        self._check(all(isinstance(one, str) and one for one in value), where)
        return tuple(value)

    def _check(self, holds: bool, field: str) -> None:
        if not holds:
            raise UserError("network.invalid", file=self.file, field=field)
