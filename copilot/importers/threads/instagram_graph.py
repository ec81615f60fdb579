"""Instagram: comments as the Graph interface answers them, alone or under their media, several pages in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._graph import Pages, media_word, names_next, names_previous, page_nodes, total_of
from copilot.importers.threads._json_fields import (
    Opened,
    finished,
    ident,
    inside,
    is_json,
    known_as,
    likes,
    names,
    one_line,
    verbatim,
    walk,
    web_link,
    when,
    with_id,
    yes,
)
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "instagram_graph"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

#: Ids of Instagram's Graph interface.
_GRAPH_ID = re.compile(r'"id"\s*:\s*"?1[78]\d{14,16}"?')
#: How that interface writes a moment: no colon in the zone, which is always +0000.
_GRAPH_TIME = re.compile(r'"timestamp"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000"')
_OTHERS = ("root_post", "replied_to", "is_reply", "hide_status", "has_replies", "in_reply_to_id", "string_map_data")


def sniff(head: Head) -> float:
    """Sure of the network's ids beside a text and its instant; fairly sure of how it names their parts."""
    start = head.text
    if head.members or not is_json(start) or names(start, *_OTHERS):
        return 0.0
    if not names(start, "text") or not names(start, "timestamp", "created_time"):
        return 0.0
    named = names(start, "username", "like_count", "hidden", "replies", "media", "data")
    if _GRAPH_ID.search(start) and (named or _GRAPH_TIME.search(start)):
        return 0.96
    marks = names(start, "like_count") + names(start, "hidden") + names(start, "parent_id") + names(start, "replies")
    return 0.95 if names(start, "username") and names(start, "data", "paging") and marks else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments, each before the replies nested in it; a media around them is what they comment.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "instagram"
    return finished(_Comments(told).read(source), told)


class _Comments:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._count = self._posts = 0
        #: The account whose media it is: its name, its id.
        self._owners: frozenset[str] = frozenset()

    def read(self, source: Source) -> Iterator[Draft]:
        pages = Pages()
        has_more, total = False, 0
        for node in pages.nodes(source, self._told):
            if not _is_media(node):
                yield from walk((node,), "", self._opened)
                continue
            self._tell_media(node)
            has_more = has_more or names_next(node) or names_previous(node)
            total += total_of(node)
            yield from walk(page_nodes(node.get("comments")), "", self._opened)
        # Some of those that are counted may be seen by nobody: that is no reason to warn.
        self._told.is_partial = max(total, pages.total) > self._count
        if pages.has_more or has_more:
            self._told.warnings.add("more_pages")
        if self._posts > 1:
            self._told.warnings.add("several_posts", count=self._posts)

    def _tell_media(self, media: dict[str, Any]) -> None:
        self._posts += 1
        known = (one_line(media.get("username")), ident(inside(media, "owner").get("id")))
        self._owners = frozenset(name for name in known if name)
        self._told.post_text = self._told.post_text or verbatim(media.get("caption"))
        self._told.origin = self._told.origin or ident(media.get("id")) or web_link(media.get("permalink"))

    def _opened(self, node: Any, above: str) -> Opened:
        if not isinstance(node, dict):
            return None, above, ()
        own = ident(node.get("id"))
        text = verbatim(node.get("text")) or media_word(node)
        if not text:
            if own or len(node) > 1:
                self._told.warnings.add("no_text_at", position=self._count + 1)
            return None, above, ()
        self._count += 1
        self._told.origin = self._told.origin or ident(inside(node, "media").get("id"))
        replies = page_nodes(node.get("replies"))
        draft = Draft(
            self._author(node),
            text,
            when(node.get("timestamp", node.get("created_time"))),
            own,
            ident(node.get("parent_id")) or above,
            likes=likes(node.get("like_count")),
            link=web_link(node.get("permalink")),
            hidden=yes(node.get("hidden")),
        )
        if names_next(inside(node, "replies")):
            self._told.warnings.add("partial_replies", count=1, message=self._count)
        draft = with_id(draft, replies)
        return draft, draft.id, replies

    def _author(self, node: dict[str, Any]) -> Author:
        person = inside(node, "from") or inside(node, "user")
        username = one_line(node.get("username")) or one_line(person.get("username"))
        # The interface gives "user" of the comments of the account that asks, and of no other.
        is_asker = inside(node, "user").keys() == {"id"}
        is_owner = is_asker or bool(self._owners & {username, ident(person.get("id"))})
        return known_as(username, person.get("full_name"), is_owner=is_owner)


def _is_media(node: dict[str, Any]) -> bool:
    return "comments" in node and "text" not in node
