"""Messages of large JSON files, one at a time: a list, an object around one, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from copilot.importers.threads._fields import LIST_KEYS, map_fields, normal_name
from copilot.importers.threads._json_entries import WRAPPERS
from copilot.importers.threads._source import Report, Source


def streamed(source: Source, told: Report) -> Iterator[tuple[Any, int]]:
    """The outermost messages, each with its line (0 when unknown)."""
    text = source.head.text.lstrip()
    if not text.startswith("[") and _is_one_a_line(text):
        return _by_line(source, told)
    if text.startswith("{"):
        frame, prefix = _frame(text)
        if prefix:
            for key in ("title", "network", "post_text", "origin"):
                setattr(told, key, getattr(told, key) or _said(frame, key))
            return items(source, prefix, told)
    return items(source, "item" if text.startswith("[") else "", told)


def items(source: Source, prefix: str, told: Report) -> Iterator[tuple[Any, int]]:
    """The values at ``prefix`` (in the words of ijson); a file that ends too soon gives those before its end."""
    import ijson

    count = 0
    with source.utf8_stream() as stream:
        try:
            for value in ijson.items(stream, prefix, use_float=True, multiple_values=True):
                count += 1
                yield value, 0
        except ijson.JSONError:
            told.truncated = True
            told.warnings.add("truncated", position=count)


def _is_one_a_line(text: str) -> bool:
    """True when the first line is an object of its own, or a bad one above such a line."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    if len(lines) < 2:
        return False
    return _is_object(lines[0]) or (not goes_on(lines[0]) and _is_object(lines[1]))


def goes_on(line: str) -> bool:
    """True when ``line`` is the beginning of a JSON value."""
    import ijson

    try:
        for _event in ijson.basic_parse(line.encode("utf-8", "replace")):
            pass
    except ijson.JSONError as error:
        return "premature" in str(error)
    return False


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _by_line(source: Source, told: Report) -> Iterator[tuple[Any, int]]:
    bad = 0
    for number, line in enumerate(source.lines(), start=1):
        if not line.strip():
            continue
        if bad:
            told.warnings.add("bad_line", line=bad)
        bad = 0
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            bad = number
            continue
        if isinstance(value, dict):
            yield value, number
        else:
            bad = number
    if bad:
        # Nothing follows it: the file ends in the middle of a message.
        told.truncated = True
        told.warnings.add("truncated", line=bad)


def _frame(text: str) -> tuple[dict[str, Any], str]:
    """What the beginning of an object says before its list of messages, and where that list is; else nothing."""
    import ijson

    frame: dict[str, Any] = {}
    keys: dict[str, list[str]] = {}
    try:
        for prefix, event, value in ijson.parse(text.encode("utf-8", "replace"), use_float=True):
            if event == "start_array" and normal_name(prefix) in LIST_KEYS and "text" not in map_fields(frame):
                return frame, f"{prefix}.item"
            # A list further in is known by its first object.
            if event == "map_key" and _in_list(prefix):
                keys.setdefault(prefix, []).append(value)
            elif event == "end_map" and "text" in map_fields(keys.pop(prefix, ())) and "text" not in map_fields(frame):
                return frame, _in_list(prefix)
            if prefix and "." not in prefix and event in ("string", "number", "boolean", "null"):
                frame[prefix] = value
    except ijson.JSONError:
        pass
    return {}, ""


def _in_list(prefix: str) -> str:
    """The object of a list that ``prefix`` is, or that it is the wrapped message of; else nothing."""
    around, _, last = prefix.rpartition(".")
    found = prefix if last == "item" else around if normal_name(last) in WRAPPERS else ""
    return found if found.endswith(".item") and found.count(".item") == 1 else ""


def _said(frame: dict[str, Any], key: str) -> str:
    value = frame.get(key)
    return value[:2000] if isinstance(value, str) else ""
