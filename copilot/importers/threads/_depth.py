"""Files made to hurt their reader: nested without end, or growing as they are read."""

from __future__ import annotations

import re

from copilot.errors import UserError
from copilot.importers.threads._source import Head

#: JSON values in one another. A Bluesky thread, the deepest of honest files, has some 2,000.
MAX_DEPTH = 3000
#: Elements of markup in one another.
MAX_ELEMENTS = 500

_JSON_PART = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.S)
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")
_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_MARKUP = re.compile(r"\s*<(?:\?xml|!DOCTYPE|rss\b|!ENTITY|!--)", re.I)


def check_head(head: Head) -> None:
    """Refuse what the beginning of a file already gives away.

    Raises:
        UserError: ``thread.too_deep``, ``thread.entity_expansion``.
    """
    if head.text.lstrip()[:1] in ("[", "{") and _json_depth(head.text) > MAX_DEPTH:
        raise UserError("thread.too_deep", name=head.name)
    if _MARKUP.match(head.text):
        if _ENTITY.search(head.text):
            raise UserError("thread.entity_expansion", name=head.name)
        if _element_depth(head.text) > MAX_ELEMENTS:
            raise UserError("thread.too_deep", name=head.name)


def _json_depth(text: str) -> int:
    depth = deepest = 0
    for found in _JSON_PART.finditer(text):
        opening = found.group()[0]
        if opening in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif opening in "]}":
            depth -= 1
    return deepest


def _element_depth(text: str) -> int:
    depth = deepest = 0
    for found in _TAG.finditer(text):
        if found.group(1):
            depth -= 1
        elif not found.group(2):
            depth += 1
            deepest = max(deepest, depth)
    return deepest
