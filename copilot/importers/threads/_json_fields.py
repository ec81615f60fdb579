"""Fields of JSON exports, whatever type a tool gave them: never an error, never more than what was asked for."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any

from copilot.domain.conversation import Author
from copilot.errors import UserError
from copilot.importers._decoding import clean
from copilot.importers.threads._dates import When, parse_when
from copilot.importers.threads._json_pages import MAX_REPLY_DEPTH
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Report

#: Characters an id may hold: an ``at://`` address is the longest.
MAX_ID = 300

#: How an object that should have been a text names it.
_INNER = ("rendered", "raw", "text", "plain", "value", "name", "$t", "data", "content", "message")

_JSON_OPENING = re.compile(r"\s*[{\[]")
_CONTACT = re.compile(r"e?_?-?mail|ip(?:_?addr(?:ess)?)?|phone(?:_?number)?", re.I)

#: What a message that may have replies turns out to be: itself, the id its replies name, its replies.
Opened = tuple[Draft | None, str, Iterable[Any]]


def is_json(start: str) -> bool:
    """True for a text that opens like JSON."""
    return _JSON_OPENING.match(start) is not None


def names(start: str, *keys: str) -> int:
    """How many of ``keys`` are names in the JSON that begins with ``start``."""
    return sum(re.search(rf'"{re.escape(key)}"\s*:', start) is not None for key in keys)


def text_of(value: Any) -> str:
    """A text, a number as a text, or the text an object wraps; empty for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 256 else ""
    if isinstance(value, Decimal):
        return str(value)[:80]
    if isinstance(value, dict):
        return next((value[key] for key in _INNER if isinstance(value.get(key), str)), "")
    return ""


def verbatim(value: Any) -> str:
    """The text of a message whose export is known to be plain and rightly encoded: only controls are dropped."""
    return _cleaned(text_of(value)).strip()


def one_line(value: Any, most: int = 200) -> str:
    """A name, a handle or a title."""
    return " ".join(_cleaned(text_of(value)[: most * 4]).split())[:most]


def _cleaned(text: str) -> str:
    """Most texts hold nothing to drop: seeing it costs less than looking for each."""
    return text if text.isprintable() else clean(text)


def ident(value: Any) -> str:
    """An id; empty when there is none. The number 0 is how some APIs say none."""
    found = one_line(value, MAX_ID)
    return "" if found in ("0", "null", "None") else found


def inside(value: Any, *keys: str) -> dict[str, Any]:
    """The object under ``keys``, empty when the way there is not made of objects."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: Any, *more: str) -> list[Any]:
    """A list, the list an object holds under ``data`` or ``more``, or a lone object as a list of one."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    for key in ("data", *more):
        if key in value:
            return value[key] if isinstance(value[key], list) else [value[key]] if isinstance(value[key], dict) else []
    return [value] if value else []


def whole(value: Any) -> int | None:
    """A whole number, however it is written; None for anything else or beyond all reason."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        shown = value.strip()[:40].replace("\xa0", "").replace("\u202f", "")
        return whole(int(shown)) if re.fullmatch(r"[+-]?\d{1,18}", shown, re.A) else None
    if isinstance(value, Decimal | float):
        return int(value) if -1e15 < float(value) < 1e15 else None
    return value if isinstance(value, int) and abs(value) < 10**15 else None


def likes(value: Any) -> int | None:
    """How many liked a message: a number, or an object or list that counts them."""
    if isinstance(value, dict):
        value = value.get("count", inside(value, "summary").get("total_count"))
    return whole(value)


def yes(value: Any) -> bool:
    """True for the ways a file says so."""
    return value is True or (isinstance(value, str | int) and str(value)[:8].strip().lower() in ("true", "1", "yes"))


def when(value: Any, zone: tzinfo = UTC) -> When:
    """An instant: a date in words of ISO 8601, or seconds, thousandths or millionths since 1970."""
    number = _number(value)
    if number is None:
        return parse_when(text_of(value), zone)
    if not math.isfinite(number) or not 0 < number < 1e17:
        return When()
    seconds = float(number)
    while seconds > 1e11:
        seconds /= 1000
    try:
        return When(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return When()


def _number(value: Any) -> int | float | Decimal | None:
    if isinstance(value, int | float | Decimal):
        return None if isinstance(value, bool) else value
    shown = value.strip() if isinstance(value, str) else ""
    return Decimal(shown) if re.fullmatch(r"\d{9,17}(?:\.\d{1,9})?", shown, re.A) else None


def edited(value: Any, written: When) -> datetime | None:
    """The instant ``value`` names, when it is later than that of writing."""
    at = when(value).at
    return at if at is not None and (written.at is None or at > written.at) else None


def web_link(value: Any) -> str:
    """An address of the web, empty for anything else."""
    shown = clean(text_of(value)[:2100]).strip()
    is_address = shown.startswith(("https://", "http://")) and len(shown) <= 2048 and not re.search(r"[\s<>\"]", shown)
    return shown if is_address else ""


def walk(roots: Iterable[Any], above: str, opened: Callable[[Any, str], Opened]) -> Iterator[Draft]:
    """Messages then their replies, in the order a person reads them, without recursion.

    ``opened`` is given a node and the id of the message above it.

    Raises:
        UserError: ``thread.too_deep``.
    """
    levels: list[tuple[Iterator[Any], str]] = [(iter(roots), above)]
    while levels:
        nodes, parent = levels[-1]
        for node in nodes:
            draft, own, replies = opened(node, parent)
            if draft is not None:
                yield draft
            inner = iter(replies)
            if len(levels) > MAX_REPLY_DEPTH:
                raise UserError("thread.too_deep")
            levels.append((inner, own or parent))
            break
        else:
            levels.pop()


def with_id(draft: Draft, replies: Iterable[Any]) -> Draft:
    """``draft`` with an id its replies can name, made of what it says when the file gives none."""
    if draft.id or not replies:
        return draft
    said = "\0".join((draft.author.name, draft.author.handle, str(draft.when.at), draft.parent, draft.text))
    return replace(draft, id="x" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16])


def contacts(node: Any) -> int:
    """How many e-mail addresses, IP addresses and phone numbers stand beside a message: none is ever read."""
    if not isinstance(node, dict):
        return 0
    return sum(1 for key, value in node.items() if value and _CONTACT.fullmatch(key.rpartition("author_")[2]))


def finished(drafts: Iterable[Draft], told: Report) -> Iterator[Draft]:
    """``drafts``, then what is to be said of a cut file.

    Raises:
        UserError: ``thread.truncated`` for a cut file without any message.
    """
    count = 0
    for draft in drafts:
        count += 1
        yield draft
    if told.truncated:
        if not count:
            raise UserError("thread.truncated")
        told.warnings.add("truncated", position=count)


def known_as(username: Any, name: Any = "", *, is_owner: bool = False) -> Author:
    """The author of a network that shows user names: that is both what to call and what to address."""
    handle = one_line(username).lstrip("@")
    return Author(one_line(name) or handle, handle, is_owner)
