"""One object of a JSON file as a message: which key holds what, however deep tools put it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from copilot.importers.threads._fields import REPLY_KEYS, map_fields, normal_name
from copilot.importers.threads._texts import message_text

#: Keys under which tools put the whole message, whose own parts come first, or only what was written.
_WHOLE = frozenset(("node", "comment", "commentaire", "message", "item", "object", "review", "avis"))
_WRITTEN = frozenset(("attributes", "content", "contenu", "snippet", "fields", "properties", "data"))
WRAPPERS = _WHOLE | _WRITTEN
#: Objects in one another that are looked into, and the paths a person is shown.
_DEEPEST, _MOST_PATHS = 4, 100

#: Any JSON object.
Entry = dict[str, Any]


def pick(entry: Entry, part: str) -> Any:
    """The value of a part of the message, None when there is none."""
    name = named(entry).get(part)
    return entry[name] if name is not None else None


def named(entry: Entry) -> dict[str, str]:
    """Under which key each part is; a key without a value is as good as none."""
    return _fields(tuple(key for key, value in entry.items() if value not in (None, "", [])))


@lru_cache(maxsize=256)
def _fields(keys: tuple[str, ...]) -> dict[str, str]:
    """Objects of a file mostly have the same keys: they are mapped once."""
    return map_fields(keys)


def plain(value: Any) -> str:
    """The text of a value; empty for a list and for an object that names no text of its own."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        segments = value.get("takeoutSegments")
        if isinstance(segments, list):
            return "".join(plain(one) for one in segments if isinstance(one, dict) and "takeoutSegments" not in one)
        # {"rendered": "..."} or {"name": "..."}
        inner = next(
            (value[key] for key in ("rendered", "text", "name", "value") if isinstance(value.get(key), str)), ""
        )
        return str(inner)
    if isinstance(value, int | float):
        return json.dumps(value)
    return ""


def holds_text(entry: Entry) -> bool:
    """True for an object that has the text of a message among its own keys."""
    return bool(message_text(plain(pick(entry, "text"))))


def unwrapped(entry: Entry) -> Entry:
    """The message with the parts that tools wrap in an object, beside those around it; ``entry`` when it has none."""
    return {name: value_at(entry, path) for name, path in names_of(entry).items()}


def names_of(entry: Entry, depth: int = _DEEPEST) -> dict[str, str]:
    """Under which path (keys parted by points) each name of the message stands."""
    own = {key: key for key in entry}
    if depth == 1 or holds_text(entry):
        return own
    for key, value in entry.items():
        name = normal_name(key)
        if not isinstance(value, dict) or name not in WRAPPERS:
            continue
        inner = names_of(value, depth - 1)
        if holds_text({one: value_at(value, path) for one, path in inner.items()}):
            wrapped = {one: f"{key}.{path}" for one, path in inner.items()}
            around = {one: path for one, path in own.items() if one != key}
            return around | wrapped if name in _WHOLE else wrapped | around
    return own


def value_at(entry: Entry, path: str) -> Any:
    """What stands at ``path``, None when nothing does. A key may hold points itself."""
    if path in entry:
        return entry[path]
    value: Any = entry
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def paths_of(entries: Iterable[Entry]) -> list[str]:
    """The keys of ``entries``, then the paths of the plain values inside their objects, replies apart."""
    keys: dict[str, None] = {}
    deeper: dict[str, None] = {}
    for entry in entries:
        keys.update(dict.fromkeys(entry))
        deeper.update(dict.fromkeys(path for path in _leaves(entry, "", _DEEPEST) if path not in entry))
    return [*keys, *list(deeper)[:_MOST_PATHS]]


def _leaves(entry: Entry, above: str, depth: int) -> Iterator[str]:
    for key, value in entry.items():
        path = f"{above}{key}"
        if isinstance(value, dict) and depth > 1 and normal_name(key) not in REPLY_KEYS:
            yield from _leaves(value, f"{path}.", depth - 1)
        elif isinstance(value, str | int | float):
            yield path


def has_sentence(entry: Entry) -> bool:
    """True when some value of the object reads like something said: more than a word."""
    values = (value_at(entry, path) for path in paths_of([entry]))
    return any(isinstance(value, str) and sum(map(str.isalpha, value)) > 1 and " " in value.strip() for value in values)
