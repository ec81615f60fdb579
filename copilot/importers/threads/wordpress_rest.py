"""WordPress: comments as its REST interface answers them, several pages in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._dates import zone_of
from copilot.importers.threads._json_fields import (
    contacts,
    finished,
    ident,
    inside,
    is_json,
    listed,
    names,
    one_line,
    text_of,
    verbatim,
    web_link,
    when,
)
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "wordpress_rest"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_SHAPE = Shape(
    frozenset(("comments", "data", "items", "results")),
    through=WRAPPERS - {"content"},
    page_through=WRAPPERS - {"content"},
)
#: Not by readers: other sites that link to the post.
_MACHINES = frozenset(("pingback", "trackback"))
_HELD = frozenset(("hold", "unapproved", "0", "spam"))


def sniff(head: Head) -> float:
    """Sure of the author and the words of a comment as only this interface names them."""
    start = head.text
    if head.members or not is_json(start) or not names(start, "author_name"):
        return 0.0
    marks = names(start, "date_gmt", "rendered", "parent", "post", "status", "author_avatar_urls")
    return 0.98 if marks > 3 else 0.96 if marks > 1 and names(start, "content") else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments in the order of the file; neither e-mail nor IP address is read.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "wordpress"
    return finished(_Comments(told, zone_of(captured_at)).read(source), told)


class _Comments:
    def __init__(self, told: Report, zone: tzinfo) -> None:
        self._told = told
        self._zone = zone
        self._count = self._dropped = self._machines = 0
        self._posts: set[str] = set()

    def read(self, source: Source) -> Iterator[Draft]:
        for piece in pieces(source, self._told, _SHAPE):
            draft = self._draft(piece.value)
            if draft is not None:
                yield draft
        if self._dropped:
            self._told.warnings.add("personal_dropped", count=self._dropped, what="contacts")
        if self._machines:
            self._told.warnings.add("pingbacks_dropped", count=self._machines)
        if len(self._posts) == 1:
            self._told.origin = self._told.origin or self._posts.pop()
        elif self._posts:
            self._told.warnings.add("several_posts", count=len(self._posts))

    def _draft(self, node: Any) -> Draft | None:
        if not isinstance(node, dict) or not {"content", "author_name", "date_gmt"} & node.keys():
            return None
        self._dropped += contacts(node)
        if one_line(node.get("type")).lower() in _MACHINES:
            self._machines += 1
            return None
        status = one_line(node.get("status")).lower()
        text = _text(node.get("content"))
        if not text and status != "trash":
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        self._count += 1
        post = ident(node.get("post"))
        if post:
            self._posts.add(post)
        self._told.title = self._told.title or one_line(plain_words(text_of(_of_post(node).get("title"))))
        written = when(node.get("date_gmt"))
        return Draft(
            _author(node),
            text,
            written if written.at else when(node.get("date"), self._zone),
            ident(node.get("id")),
            ident(node.get("parent")),
            link=web_link(node.get("link")),
            deleted=status == "trash",
            hidden=status in _HELD,
        )


def _text(content: Any) -> str:
    """The words of a comment as the site shows them, else as they were typed."""
    shown = inside({"content": content}, "content")
    return plain_words(text_of(shown.get("rendered") or content)) or verbatim(shown.get("raw"))


def _author(node: dict[str, Any]) -> Author:
    """Known to be ours when it is who wrote the post, which only an answer with ``_embed`` tells."""
    who = ident(node.get("author"))
    return Author(
        one_line(plain_words(text_of(node.get("author_name")))),
        is_owner=bool(who) and who == ident(_of_post(node).get("author")),
    )


def _of_post(node: dict[str, Any]) -> dict[str, Any]:
    posts = listed(inside(node, "_embedded").get("up"))
    return inside({"post": posts[0] if posts else None}, "post")
