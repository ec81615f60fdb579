"""What the answers of Meta's interfaces have in common: lists under ``data``, pages, media without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copilot.importers.threads._json_fields import inside, listed, one_line, text_of, whole
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._source import Report, Source

#: The posts of an account hold lists of comments of their own: only whole pages are read in parts.
GRAPH = Shape(frozenset(("data", "items", "results", "comments")), through=WRAPPERS - {"comments"}, levels=4)

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Pages:
    """The nodes of every page. ``has_more`` once all are read: the first page names one before, or the last another.

    ``total`` is how many messages the pages say there are, 0 when they do not.
    """

    has_next: bool = False
    has_previous: bool = False
    total: int = 0
    _count: int = 0

    @property
    def has_more(self) -> bool:
        """True when the file does not hold the first page, or the last."""
        return self.has_next or self.has_previous

    def nodes(self, source: Source, told: Report) -> Iterator[dict[str, Any]]:
        """Comments, or posts and media that hold comments, in the order of the file."""
        for piece in pieces(source, told, GRAPH):
            if piece.path:
                yield from page_nodes(piece.value)
                continue
            yield from page_nodes(piece.value)
            if is_page(piece.value):
                self.total = max(self.total, total_of(piece.value))
                self.has_next = names_next(piece.value)
                self.has_previous = self.has_previous or (not self._count and names_previous(piece.value))
                self._count += 1


def is_page(value: Any) -> bool:
    """True for an object that holds a list of messages and is none itself."""
    return isinstance(value, dict) and not _is_node(value) and any(key in value for key in WRAPPERS)


def names_next(page: dict[str, Any]) -> bool:
    """True when ``page`` says that another follows."""
    return bool(text_of(_paging(page).get("next")))


def names_previous(page: dict[str, Any]) -> bool:
    """True when ``page`` says that another stands before it."""
    return bool(text_of(_paging(page).get("previous")))


def total_of(page: dict[str, Any]) -> int:
    """How many comments a page, a post or a media says there are; 0 when it does not."""
    counts = (inside(page, "summary"), inside(page, "data", "summary"), inside(page, "comments", "summary"))
    told = (*(one.get("total_count") for one in counts), page.get("comments_count"))
    return max(whole(one) or 0 for one in told)


def _paging(page: dict[str, Any]) -> dict[str, Any]:
    return inside(page, "paging") or inside(page, "data", "paging") or inside(page, "comments", "paging")


def page_nodes(value: Any) -> list[dict[str, Any]]:
    """The nodes of a page that was read whole, or the one that ``value`` is."""
    found: list[dict[str, Any]] = []
    left: list[tuple[Any, int]] = [(value, 0)]
    while left:
        node, depth = left.pop()
        if isinstance(node, list) and depth < 8:
            left.extend((inner, depth + 1) for inner in reversed(node))
        elif isinstance(node, dict) and _is_node(node):
            found.append(node)
        elif isinstance(node, dict) and depth < 8:
            left.extend((node[key], depth + 1) for key in reversed(node) if key in WRAPPERS)
    return found


def _is_node(value: dict[str, Any]) -> bool:
    said = ("id", "message", "text", "created_time", "timestamp", "permalink_url", "permalink", "caption", "username")
    return any(key in value for key in said) and not isinstance(value.get("data"), list)


def media_word(node: dict[str, Any]) -> str:
    """What stands for a message that is a picture or a sticker: its title, else its kind between brackets."""
    attachment = next((entry for entry in listed(node.get("attachment")) if isinstance(entry, dict)), {})
    title = one_line(attachment.get("title")) or one_line(attachment.get("description"))
    kind = one_line(attachment.get("type")) or one_line(node.get("media_type"))
    word = _NOT_WORD.split(kind.lower().removesuffix("_post"))[0]
    return title or (f"[{word}]" if word and word != "text" else "")
