"""What the answers of Meta's interfaces have in common: lists under ``data``, pages, media without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copilot.importers.threads._json_fields import inside, listed, one_line, text_of
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._source import Report, Source

#: The posts of an account hold lists of comments of their own: only whole pages are read in parts.
GRAPH = Shape(frozenset(("data", "items", "results", "comments")), through=WRAPPERS - {"comments"}, levels=4)

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Pages:
    """The nodes of every page. ``has_next`` once all are read: the last page names another."""

    has_next: bool = False

    def nodes(self, source: Source, told: Report) -> Iterator[dict[str, Any]]:
        """Comments, or posts and media that hold comments, in the order of the file."""
        for piece in pieces(source, told, GRAPH):
            if piece.path:
                yield from page_nodes(piece.value)
                continue
            yield from page_nodes(piece.value)
            if is_page(piece.value):
                self.has_next = names_next(piece.value)


def is_page(value: Any) -> bool:
    """True for an object that holds a list of messages and is none itself."""
    return isinstance(value, dict) and not _is_node(value) and any(key in value for key in WRAPPERS)


def names_next(page: dict[str, Any]) -> bool:
    """True when ``page`` says that another follows."""
    paging = inside(page, "paging") or inside(page, "data", "paging") or inside(page, "comments", "paging")
    return bool(text_of(paging.get("next")))


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
