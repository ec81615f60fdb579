"""JSON exports that hold no message: known by the lists they leave empty."""

from __future__ import annotations

import json
from typing import Any

from copilot.importers.threads._fields import LIST_KEYS, REPLY_KEYS, normal_name
from copilot.importers.threads._json_pages import WRAPPERS
from copilot.importers.threads._source import Source

#: Where messages stand, whoever wrote the file: what a list of another name leaves empty says nothing of messages.
_PLACES = LIST_KEYS | REPLY_KEYS | WRAPPERS | {"reviews", "posts", "ancestors", "descendants"}


def is_empty_export(source: Source) -> bool:
    """True for JSON that holds nothing at all, or nothing where messages stand."""
    if not source.head.whole:
        return False
    try:
        value = json.loads(source.head.text)
        return value == {} or _leaves_empty(value)
    except (ValueError, RecursionError):
        return False


def _leaves_empty(value: Any) -> bool:
    """True for an empty list, for an object whose lists of messages all are, and for a list of such objects."""
    if isinstance(value, list):
        return all(map(_leaves_empty, value))
    if not isinstance(value, dict):
        return False
    inner = [one for key, one in value.items() if normal_name(key) in _PLACES and isinstance(one, list | dict)]
    return bool(inner) and all(map(_leaves_empty, inner))
