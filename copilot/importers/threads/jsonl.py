"""JSON Lines, a JSON list, or one object that holds the list; replies may be nested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from copilot.domain.conversation import ImportedThread
from copilot.errors import UserError
from copilot.importers.threads._dates import is_day_first, is_numeric_date, parse_when, zone_of
from copilot.importers.threads._fields import (
    LIST_KEYS,
    REPLY_KEYS,
    author_of,
    is_true,
    map_fields,
    normal_name,
    rating,
)
from copilot.importers.threads._linking import MAX_MESSAGES, Draft, Warnings, link
from copilot.importers.threads._texts import label, message_text

NAME = "jsonl"
EXTENSIONS = (".jsonl", ".ndjson", ".json")

_OPENING = re.compile(r"\s*(?:\[\s*[{\[\]]|\{\s*[\"}])")
_SEPARATORS = re.compile(r"[\s,\ufeff]*")

#: A message with its line (0 when unknown) and the id of the message it is nested under.
_Found = tuple[dict[str, Any], int, str]


def sniff(text: str, name: str) -> float:
    """High for text that opens like JSON; fair for the extension."""
    if _OPENING.match(text[:2000].lstrip("\ufeff")):
        return 0.95
    return 0.7 if name.lower().endswith(EXTENSIONS) else 0.0


def read(text: str, *, network: str, captured_at: datetime) -> ImportedThread:
    """One message an object, replies after the message they answer. Bad lines are told and left out.

    Raises:
        UserError: ``thread.malformed`` when nothing in it is JSON, ``thread.not_a_thread`` when no object
            holds a text.
    """
    warnings = Warnings()
    values = list(_values(text.lstrip("\ufeff"), warnings))
    if not values:
        raise UserError("thread.malformed")
    frame, found = _frame(values)
    drafts = _drafts(found, captured_at, warnings)
    told = {key: label(frame[key])[:200] for key in ("title", "network") if isinstance(frame.get(key), str)}
    post = frame.get("post_text", frame.get("post"))
    return ImportedThread(
        told.get("title", ""),
        NAME,
        network or told.get("network", ""),
        link(drafts, warnings),
        post_text=message_text(post) if isinstance(post, str) else "",
        warnings=warnings.result(),
    )


def _values(text: str, warnings: Warnings) -> Iterator[tuple[Any, int]]:
    """Every JSON value with its line: the whole text, else line by line, else object by object."""
    whole = _parsed(text)
    if whole is not None:
        yield whole, 0
    elif text.lstrip().startswith("["):
        yield from _cut_list(text, warnings)
    else:
        yield from _by_line(text, warnings)


def _parsed(text: str) -> Any:
    """The JSON value of ``text``, None when it is not JSON (or nothing but null)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_line(text: str, warnings: Warnings) -> Iterator[tuple[Any, int]]:
    bad = []
    good = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        value = _parsed(line)
        if isinstance(value, dict):
            good = True
            yield value, number
        else:
            bad.append(number)
    if not good:
        # Objects written over several lines, one after the other.
        yield from _stream(text, 0, warnings)
        return
    for number in bad:
        warnings.add("bad_line", line=number)


def _cut_list(text: str, warnings: Warnings) -> Iterator[tuple[Any, int]]:
    """The objects of a list that was cut or damaged, up to the damage."""
    yield from _stream(text, text.index("[") + 1, warnings)


def _stream(text: str, position: int, warnings: Warnings) -> Iterator[tuple[Any, int]]:
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while True:
        gap = _SEPARATORS.match(text, position)
        position = gap.end() if gap else position
        if position >= len(text) or text[position] == "]":
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            warnings.add("cut_after", line=line)
            return
        yield value, line


def _frame(values: list[tuple[Any, int]]) -> tuple[dict[str, Any], list[tuple[Any, int]]]:
    """The object around the messages, if any, and the messages."""
    if len(values) != 1:
        return {}, values
    only = values[0][0]
    if isinstance(only, list):
        return {}, [(value, 0) for value in only]
    if isinstance(only, dict) and "text" not in map_fields(only):
        for key, inner in only.items():
            if normal_name(key) in LIST_KEYS and isinstance(inner, list):
                return only, [(value, 0) for value in inner]
    return {}, values


def _drafts(found: list[tuple[Any, int]], captured_at: datetime, warnings: Warnings) -> list[Draft]:
    objects = list(_unfolded(found, warnings))
    dates = [_text(_pick(entry, "date")) for entry, _, _ in objects]
    known = is_day_first(dates)
    if known is None and any(is_numeric_date(value) for value in dates):
        warnings.add("day_first_assumed")
    return [_draft(entry, line, above, captured_at, known is not False) for entry, line, above in objects]


def _unfolded(found: list[tuple[Any, int]], warnings: Warnings) -> Iterator[_Found]:
    """Messages then their replies, in reading order, without recursion."""
    stack: list[tuple[Any, int, str]] = [(value, line, "") for value, line in reversed(found)]
    count = 0
    while stack and count <= MAX_MESSAGES:
        entry, line, above = stack.pop()
        position = count + 1
        if not isinstance(entry, dict):
            warnings.add("not_a_message", position=position)
            continue
        own = _text(_pick(entry, "id"))
        if message_text(_text(_pick(entry, "text"))):
            count += 1
            yield entry, line, above
        else:
            warnings.add("no_text_at", position=position)
            own = above
        replies = _replies(entry)
        if replies and not own:
            own = f"n{count}"
            entry["id"] = own
        stack.extend((reply, 0, own) for reply in reversed(replies))


def _replies(entry: dict[str, Any]) -> list[Any]:
    for key, value in entry.items():
        if normal_name(key) in REPLY_KEYS:
            inner = (value.get("data") or value.get("comments")) if isinstance(value, dict) else value
            if isinstance(inner, list):
                return inner
    return []


def _pick(entry: dict[str, Any], part: str) -> Any:
    name = _fields(tuple(key for key, value in entry.items() if value not in (None, "", []))).get(part)
    return entry[name] if name is not None else None


@lru_cache(maxsize=256)
def _fields(keys: tuple[str, ...]) -> dict[str, str]:
    """Objects of a file mostly have the same keys: they are mapped once."""
    return map_fields(keys)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        # {"rendered": "..."} or {"name": "..."}
        inner = next(
            (value[key] for key in ("rendered", "text", "name", "value") if isinstance(value.get(key), str)), ""
        )
        return str(inner)
    if isinstance(value, int | float):
        return json.dumps(value)
    return ""


def _draft(entry: dict[str, Any], line: int, above: str, captured_at: datetime, day_first: bool) -> Draft:
    author = _pick(entry, "author")
    handle = _pick(entry, "handle")
    if isinstance(author, dict) and handle is None:
        handle = next((author[key] for key in ("handle", "username", "acct") if isinstance(author.get(key), str)), None)
    day = _text(_pick(entry, "date")) or _text(_pick(entry, "clock"))
    return Draft(
        author=author_of(label(_text(author)), label(_text(handle)), is_owner=is_true(_text(_pick(entry, "owner")))),
        text=message_text(_text(_pick(entry, "text"))),
        when=parse_when(day, zone_of(captured_at), day_first=day_first),
        id=label(_text(_pick(entry, "id")))[:200],
        parent=label(_text(_pick(entry, "parent")))[:200] or above,
        rating=rating(_text(_pick(entry, "rating"))),
        line=line,
    )
