"""JSON Lines, a JSON list, or one object that holds the list; replies may be nested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads._dates import is_day_first, is_numeric_date, parse_when, zone_of
from copilot.importers.threads._direct import is_direct, oldest_first
from copilot.importers.threads._emptiness import is_empty_export
from copilot.importers.threads._fields import (
    LIST_KEYS,
    REPLY_KEYS,
    SYNONYMS,
    author_of,
    is_true,
    map_fields,
    normal_name,
    rating,
    whole,
)
from copilot.importers.threads._json_pieces import goes_on, streamed
from copilot.importers.threads._linking import Draft, Warnings
from copilot.importers.threads._proposing import SAMPLED, signature
from copilot.importers.threads._refusals import empty_export, is_refusal, refusal
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._texts import label, message_text

NAME = "jsonl"
EXTENSIONS = (".jsonl", ".ndjson", ".json")

_OPENING = re.compile(r"\s*(?:\[\s*[{\[\]]|\[\s*\"[^\"\n]*\"\s*[,\]]|\{\s*[\"}])")
_SEPARATORS = re.compile(r"[\s,\ufeff]*")

#: Files read whole, in bytes: past it, messages come one at a time.
SMALL_BYTES = 2_000_000
#: Objects that may stand around the list of messages.
_WRAPPED = 5
#: How an object that is an author tells their name, and what to address them by.
_NAMES = ("name", "display_name", "displayName", "nickname", "full_name", "fullName", "author_name")
_HANDLES = ("handle", "username", "acct", "unique_id", "uniqueId", "screen_name", "login", "user_name")
#: Messages read before the first, to see how dates are written.
_SURVEYED = 2000

#: A message with its line (0 when unknown) and which message it is nested under, from 0.
_Found = tuple[dict[str, Any], int, int | None]


def sniff(head: Head) -> float:
    """High for text that opens like JSON; fair for the extension."""
    if head.members:
        return 0.0
    if _OPENING.match(head.text[:2000]):
        return 0.9
    return 0.7 if head.name.lower().endswith(EXTENSIONS) else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One message an object, replies after the message they answer; direct messages oldest first.

    Bad lines are told and left out.

    Raises:
        UserError: ``thread.malformed`` when nothing in it is JSON, ``thread.empty`` when no message stands where they
            would, ``thread.needs_mapping`` for a list of objects of which no key can be told to be the text.
    """
    drafts = _drafts(source, told, captured_at)
    return oldest_first(drafts, told) if is_direct(source.head) else drafts


def _drafts(source: Source, told: Report, captured_at: datetime) -> Iterator[Draft]:
    day_first, zone = _day_order(source, told.warnings), zone_of(captured_at)
    is_empty = True
    for entry, line, above in _unfolded(_found(source, told), told.warnings):
        is_empty = False
        yield _draft(entry, line, above, zone, day_first)
    if is_empty and is_empty_export(source):
        raise empty_export()
    if is_empty and source.mapping is None and _has_words(source):
        raise UserError("thread.needs_mapping")


def _has_words(source: Source) -> bool:
    """True for a list of objects that hold words: a person can say which are the texts."""
    if not source.head.text.lstrip().startswith("["):
        return False
    entries = [entry for entry, _ in islice(_found(source, Report()), SAMPLED) if isinstance(entry, dict)]
    return any(isinstance(value, str) and value.strip() for entry in entries for value in entry.values())


def _day_order(source: Source, warnings: Warnings) -> bool:
    """Whether numeric dates put the day first: messages are read until one settles it; told when none does."""
    numeric = False
    for count, (entry, _, _) in enumerate(_unfolded(_found(source, Report()), Warnings()), start=1):
        day = _text(_pick(entry, "date"))
        known = is_day_first([day])
        if known is not None:
            return known
        numeric = numeric or is_numeric_date(day)
        if count >= _SURVEYED and not numeric:
            break
    if numeric:
        warnings.add("day_first_assumed")
    return True


def _found(source: Source, told: Report) -> Iterator[tuple[Any, int]]:
    """The outermost messages, each with its line (0 when unknown); what stands around them goes to ``told``."""
    found = _in_memory(source, told) if source.size <= SMALL_BYTES else streamed(source, told)
    first = next(found, None)
    if first is None:
        raise empty_export() if is_empty_export(source) else UserError(_why_none(source))
    for entry, line in chain((first,), found):
        yield (_renamed(entry, source.mapping) if source.mapping else entry), line


def _renamed(entry: Any, mapping: TableMapping) -> Any:
    """``entry`` with its parts under the names this module knows, as a person said which is which."""
    if not isinstance(entry, dict):
        return entry
    named = {mapping.columns[place]: part for part, place in mapping.parts.items() if place < len(mapping.columns)}
    renamed = {SYNONYMS[part][0]: entry[key] for key, part in named.items() if key in entry}
    for key, value in entry.items():
        if normal_name(key) in REPLY_KEYS and isinstance(value, list):
            renamed[key] = [_renamed(one, mapping) for one in value]
    return renamed


def mapping(source: Source, _header: int | None = None) -> TableMapping | None:
    """What is proposed of the keys of its objects, which no line names; None when they hold no plain values.

    Raises:
        UserError: ``thread.malformed``, ``thread.truncated``, ``thread.empty``, ``thread.not_a_thread``.
    """
    plain = source.mapping
    source.mapping = None
    entries = [entry for entry, _line in islice(_found(source, Report()), SAMPLED) if isinstance(entry, dict)]
    source.mapping = plain
    columns = list(dict.fromkeys(key for entry in entries for key in entry))
    if not columns:
        return None
    known = map_fields(columns)
    return TableMapping(
        signature(columns, True),
        tuple(columns),
        {part: columns.index(name) for part, name in known.items()},
        sample=tuple(tuple(label(_text(entry.get(key)))[:200] for key in columns) for entry in entries),
        is_guess="text" not in known,
    )


def _why_none(source: Source) -> str:
    """Why no message was found: what there is may be JSON, the beginning of it, or neither."""
    import ijson

    try:
        for _event in ijson.basic_parse(source.head.text.encode("utf-8", "replace")):
            pass
    except ijson.JSONError as error:
        # The parser calls every fault incomplete: only its words tell an end that came too soon.
        return "thread.truncated" if "premature" in str(error) else "thread.malformed"
    return "thread.not_a_thread"


def _in_memory(source: Source, told: Report) -> Iterator[tuple[Any, int]]:
    text = "\n".join(source.lines())
    values = list(_values(text.lstrip("\ufeff"), told))
    if not values and text.lstrip().startswith("{"):
        # Cut inside the object around the messages: those before its end can be read.
        told.warnings, told.truncated = Warnings(), False
        yield from streamed(source, told)
        return
    frame, messages = _frame(values)
    take_frame(frame, told)
    yield from messages


def take_frame(frame: dict[str, Any], told: Report) -> None:
    """Keep what an object around messages says of the conversation."""
    for key in ("title", "network"):
        if isinstance(frame.get(key), str):
            setattr(told, key, label(frame[key])[:200])
    post = frame.get("post_text", frame.get("post"))
    if isinstance(post, str):
        told.post_text = message_text(post)
    for key in ("origin", "url", "permalink", "post_url", "post_id"):
        if isinstance(frame.get(key), str | int) and frame[key]:
            told.origin = label(str(frame[key]))[:500]
            break


def _values(text: str, told: Report) -> Iterator[tuple[Any, int]]:
    """Every JSON value with its line: the whole text, else line by line, else object by object."""
    whole = _parsed(text)
    if whole is not None:
        yield whole, 0
    elif text.lstrip().startswith("["):
        yield from _stream(text, text.index("[") + 1, told)
    else:
        yield from _by_line(text, told)


def _parsed(text: str) -> Any:
    """The JSON value of ``text``, None when it is not JSON (or nothing but null)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_line(text: str, told: Report) -> Iterator[tuple[Any, int]]:
    bad: list[tuple[int, str]] = []
    last = 0
    good = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        last = number
        value = _parsed(line)
        if isinstance(value, dict):
            good = True
            yield value, number
        else:
            bad.append((number, line))
    if not good:
        # Objects written over several lines, one after the other.
        yield from _stream(text, 0, told)
        return
    for number, line in bad:
        if number == last and goes_on(line):
            told.truncated = True
            told.warnings.add("truncated", line=number)
        else:
            told.warnings.add("bad_line", line=number)


def _stream(text: str, position: int, told: Report) -> Iterator[tuple[Any, int]]:
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
            told.truncated = True
            told.warnings.add("cut_after", line=line)
            return
        yield value, line


def _frame(values: list[tuple[Any, int]]) -> tuple[dict[str, Any], list[tuple[Any, int]]]:
    """The object around the messages, if any, and the messages."""
    if len(values) != 1:
        return {}, values
    only = values[0][0]
    if isinstance(only, list):
        return {}, [(value, 0) for value in only]
    if not isinstance(only, dict):
        return {}, values
    known = map_fields(only)
    if is_refusal(only, known):
        raise refusal(only)
    if "text" not in known:
        for key, inner in only.items():
            if normal_name(key) in LIST_KEYS and isinstance(inner, list):
                return only, [(value, 0) for value in inner]
        deeper = _list_inside(only)
        if deeper is not None:
            return only, [(value, 0) for value in deeper]
    return {}, values


def _list_inside(only: dict[str, Any]) -> list[Any] | None:
    """The first list of messages some levels down, the nearest first."""
    level: list[Any] = [only]
    for _ in range(_WRAPPED):
        inner = [value for one in level for value in one.values()]
        for value in inner:
            if isinstance(value, list) and value and isinstance(value[0], dict) and "text" in map_fields(value[0]):
                return value
        level = [value for value in inner if isinstance(value, dict)]
    return None


def _unfolded(found: Iterable[tuple[Any, int]], warnings: Warnings) -> Iterator[_Found]:
    """Messages then their replies, in reading order, without recursion."""
    outermost = iter(found)
    stack: list[tuple[Any, int, int | None]] = []
    count = 0
    while True:
        if not stack:
            following = next(outermost, None)
            if following is None:
                return
            stack.append((*following, None))
        entry, line, above = stack.pop()
        entry = {SYNONYMS["text"][0]: entry} if isinstance(entry, str) and above is None else entry
        if not isinstance(entry, dict):
            warnings.add("not_a_message", position=count + 1)
            continue
        replies = _replies(entry)
        own = above
        if message_text(_text(_pick(entry, "text"))) or rating(_text(_pick(entry, "rating"))) is not None:
            own = count
            count += 1
            yield entry, line, above
        else:
            warnings.add("no_text_at", position=count + 1)
        stack.extend((reply, 0, own) for reply in reversed(replies))


def _replies(entry: dict[str, Any]) -> list[Any]:
    for key, value in entry.items():
        if normal_name(key) in REPLY_KEYS:
            inner = (value.get("data") or value.get("comments")) if isinstance(value, dict) else value
            if isinstance(inner, list):
                return inner
    return []


def _pick(entry: dict[str, Any], part: str) -> Any:
    name = _named(entry).get(part)
    return entry[name] if name is not None else None


def _named(entry: dict[str, Any]) -> dict[str, str]:
    """Under which key each part is; a key without a value is as good as none."""
    return _fields(tuple(key for key, value in entry.items() if value not in (None, "", [])))


@lru_cache(maxsize=256)
def _fields(keys: tuple[str, ...]) -> dict[str, str]:
    """Objects of a file mostly have the same keys: they are mapped once."""
    return map_fields(keys)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        segments = value.get("takeoutSegments")
        if isinstance(segments, list):
            return "".join(_text(one) for one in segments if isinstance(one, dict) and "takeoutSegments" not in one)
        # {"rendered": "..."} or {"name": "..."}
        inner = next(
            (value[key] for key in ("rendered", "text", "name", "value") if isinstance(value.get(key), str)), ""
        )
        return str(inner)
    if isinstance(value, int | float):
        return json.dumps(value)
    return ""


def _whose(entry: dict[str, Any]) -> tuple[str, str]:
    """The name and the handle of who wrote it, told in the message or in an object of their own."""
    author, handle, owner = (_pick(entry, part) for part in ("author", "handle", "owner"))
    author = owner if author is None and isinstance(owner, dict) else author
    if not isinstance(author, dict):
        return _text(author), _text(handle)
    name = next((author[key] for key in _NAMES if isinstance(author.get(key), str)), "")
    inner = next((author[key] for key in _HANDLES if isinstance(author.get(key), str)), "")
    return name or _text(author), _text(handle) or inner


def _answered(entry: dict[str, Any]) -> str:
    """The id of what a message answers: itself, or an object that holds it."""
    parent = _pick(entry, "parent")
    if isinstance(parent, dict):
        parent = next((parent[key] for key in ("id", "ID", "uri") if key in parent), "")
    return "" if isinstance(parent, bool) else label(_text(parent))[:200]


def _draft(entry: dict[str, Any], line: int, above: int | None, zone: tzinfo, day_first: bool) -> Draft:
    name, handle = _whose(entry)
    owner = _pick(entry, "owner")
    day = _text(_pick(entry, "date")) or _text(_pick(entry, "clock"))
    parent = _answered(entry)
    draft = Draft(
        author=author_of(label(name), label(handle), is_owner=not isinstance(owner, dict) and is_true(_text(owner))),
        text=message_text(_text(_pick(entry, "text"))),
        when=parse_when(day, zone, day_first=day_first),
        id=label(_text(_pick(entry, "id")))[:200],
        parent=parent,
        rating=rating(_text(_pick(entry, "rating"))),
        line=line,
        above=None if parent else above,
    )
    named = _named(entry)
    # Most files have none of these: what is not there costs nothing.
    if "likes" in named:
        draft.likes = whole(_text(entry[named["likes"]]))
    if "edited" in named:
        draft.edited_at = parse_when(_text(entry[named["edited"]]), zone, day_first=day_first).at
    draft.deleted = "deleted" in named and is_true(_text(entry[named["deleted"]]))
    draft.hidden = "hidden" in named and is_true(_text(entry[named["hidden"]]))
    return draft
