"""JSON Lines, a JSON list, or one object that holds the list; replies may be nested."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
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
from copilot.importers.threads._json_entries import (
    Entry,
    has_sentence,
    holds_text,
    named,
    names_of,
    paths_of,
    pick,
    plain,
    unwrapped,
    value_at,
)
from copilot.importers.threads._json_pieces import goes_on, streamed
from copilot.importers.threads._linking import Draft, Warnings
from copilot.importers.threads._proposing import SAMPLED, signature
from copilot.importers.threads._refusals import empty_export, is_refusal, refusal
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._texts import count_mended, label, message_text

NAME = "jsonl"
EXTENSIONS = (".jsonl", ".ndjson", ".json")

_OPENING = re.compile(r"\s*(?:\[\s*[{\[\]]|\[\s*\"[^\"\n]*\"\s*[,\]]|\{\s*[\"}])")
_SEPARATORS = re.compile(r"[\s,\ufeff]*")

#: Files read whole, in bytes: past it, messages come one at a time.
SMALL_BYTES = 2_000_000
#: Objects that may stand around the list of messages.
_WRAPPED = 5
#: What holds the replies where they are an object.
_AROUND = ("data", "comments", "edges", "nodes", "items")
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
    is_empty, repaired = True, 0
    for entry, line, above in _unfolded(_found(source, told), told.warnings):
        is_empty = False
        said, whose = plain(pick(entry, "text")), _whose(entry)
        repaired += count_mended((said, *whose))
        draft = _draft(entry, said, whose, zone, day_first)
        # What is told to answer a message answers that one, wherever it is nested.
        draft.line, draft.above = line, None if draft.parent else above
        yield draft
    told.tell_repaired(repaired)
    if is_empty and is_empty_export(source):
        raise empty_export()
    if is_empty and source.mapping is None and _has_words(source):
        raise UserError("thread.needs_mapping")


def _has_words(source: Source) -> bool:
    """True for objects that hold words: a person can say which are the texts."""
    entries = [entry for entry, _ in islice(_found(source, Report()), SAMPLED) if isinstance(entry, dict)]
    if not source.head.text.lstrip().startswith("["):
        return len(entries) > 1 and any(map(has_sentence, entries))
    values = (value_at(entry, path) for entry in entries for path in paths_of([entry]))
    return any(isinstance(value, str) and value.strip() for value in values)


def _day_order(source: Source, warnings: Warnings) -> bool:
    """Whether numeric dates put the day first: messages are read until one settles it; told when none does."""
    numeric = False
    for count, (entry, _, _) in enumerate(_unfolded(_found(source, Report()), Warnings()), start=1):
        day = plain(pick(entry, "date"))
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
    parts = {mapping.columns[place]: part for part, place in mapping.parts.items() if place < len(mapping.columns)}
    told = {SYNONYMS[part][0]: value_at(entry, path) for path, part in parts.items()}
    renamed = {name: value for name, value in told.items() if value is not None}
    if replies := _replies(unwrapped(entry)):
        renamed["replies"] = [_renamed(one, mapping) for one in replies]
    return renamed


def mapping(source: Source, _header: int | None = None) -> TableMapping | None:
    """What is proposed of the keys of its objects, which no line names, and of the keys inside those: ``user.name``.

    Raises:
        UserError: ``thread.malformed``, ``thread.truncated``, ``thread.empty``, ``thread.not_a_thread``.
    """
    said = source.mapping
    source.mapping = None
    entries = [entry for entry, _line in islice(_found(source, Report()), SAMPLED) if isinstance(entry, dict)]
    source.mapping = said
    columns = paths_of(entries)
    if not columns:
        return None
    known = _read_by_itself(entries)
    guess = {} if "text" in known else _by_last_key(columns, known)
    columns = list(dict.fromkeys((*columns, *known.values())))
    return TableMapping(
        signature(columns, True),
        tuple(columns),
        {part: columns.index(path) for part, path in (guess | known).items()},
        sample=tuple(tuple(label(plain(value_at(entry, key)))[:200] for key in columns) for entry in entries),
        is_guess="text" not in known,
        guessed=tuple(guess),
    )


def _read_by_itself(entries: list[Entry]) -> dict[str, str]:
    """The path of each part that is read when nobody says which is which."""
    told = [names_of(entry) for entry in entries]
    paths = {name: path for names in reversed(told) for name, path in names.items()}
    known = {part: paths[name] for part, name in map_fields(dict.fromkeys(chain(*told))).items()}
    text = known.get("text", "")
    if any(isinstance(value_at(entry, text), dict) for entry in entries) and not any(
        holds_text(unwrapped(entry)) for entry in entries
    ):
        # An object that names no text of its own.
        del known["text"]
    return known


def _by_last_key(columns: list[str], known: dict[str, str]) -> dict[str, str]:
    """The text and its author by what is inside objects of any name: a guess, for a person to look at."""
    last = {path.rpartition(".")[2]: path for path in reversed(columns) if path not in known.values()}
    return {
        part: last[name] for part, name in map_fields(last).items() if part in ("text", "author") and "." in last[name]
    }


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
        deeper = _list_inside(only, _is_message)
        if deeper is None and not known.keys() & {"rating", "author", "date"}:
            # Nothing names a text: who looks at the list can say which it is.
            deeper = _list_inside(only, has_sentence)
        if deeper is not None:
            return only, [(value, 0) for value in deeper]
    return {}, values


def _is_message(entry: Entry) -> bool:
    return "text" in map_fields(entry) or holds_text(unwrapped(entry))


def _list_inside(only: Entry, is_wanted: Callable[[Entry], bool]) -> list[Any] | None:
    """The first list of wanted objects some levels down, the nearest first."""
    level: list[Any] = [only]
    for _ in range(_WRAPPED):
        inner = [value for one in level for value in one.values()]
        for value in inner:
            if isinstance(value, list) and value and isinstance(value[0], dict) and is_wanted(value[0]):
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
        has_text = holds_text(entry)
        if not has_text:
            entry = unwrapped(entry)
            has_text = holds_text(entry)
        replies = _replies(entry)
        own = above
        if has_text or rating(plain(pick(entry, "rating"))) is not None:
            own = count
            count += 1
            yield entry, line, above
        else:
            warnings.add("no_text_at", position=count + 1)
        stack.extend((reply, 0, own) for reply in reversed(replies))


def _replies(entry: dict[str, Any]) -> list[Any]:
    for key, value in entry.items():
        if normal_name(key) in REPLY_KEYS:
            inner = next((value[one] for one in _AROUND if value.get(one)), None) if isinstance(value, dict) else value
            if isinstance(inner, list):
                return inner
    return []


def _whose(entry: dict[str, Any]) -> tuple[str, str]:
    """The name and the handle of who wrote it, told in the message or in an object of their own."""
    author, handle, owner = (pick(entry, part) for part in ("author", "handle", "owner"))
    author = owner if author is None and isinstance(owner, dict) else author
    if not isinstance(author, dict):
        return plain(author), plain(handle)
    name = next((author[key] for key in _NAMES if isinstance(author.get(key), str)), "")
    inner = next((author[key] for key in _HANDLES if isinstance(author.get(key), str)), "")
    return name or plain(author), plain(handle) or inner


def _answered(entry: dict[str, Any]) -> str:
    """The id of what a message answers: itself, or an object that holds it."""
    parent = pick(entry, "parent")
    if isinstance(parent, dict):
        parent = next((parent[key] for key in ("id", "ID", "uri") if key in parent), "")
    return "" if isinstance(parent, bool) else label(plain(parent))[:200]


def _draft(entry: Entry, said: str, whose: tuple[str, str], zone: tzinfo, day_first: bool) -> Draft:
    name, handle = whose
    owner = pick(entry, "owner")
    day = plain(pick(entry, "date")) or plain(pick(entry, "clock"))
    draft = Draft(
        author=author_of(label(name), label(handle), is_owner=not isinstance(owner, dict) and is_true(plain(owner))),
        text=message_text(said),
        when=parse_when(day, zone, day_first=day_first),
        id=label(plain(pick(entry, "id")))[:200],
        parent=_answered(entry),
        rating=rating(plain(pick(entry, "rating"))),
    )
    known = named(entry)
    # Most files have none of these: what is not there costs nothing.
    if "likes" in known:
        draft.likes = whole(plain(entry[known["likes"]]))
    if "edited" in known:
        draft.edited_at = parse_when(plain(entry[known["edited"]]), zone, day_first=day_first).at
    draft.deleted = "deleted" in known and is_true(plain(entry[known["deleted"]]))
    draft.hidden = "hidden" in known and is_true(plain(entry[known["hidden"]]))
    return draft
