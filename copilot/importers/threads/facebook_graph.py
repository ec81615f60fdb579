"""Facebook: comments as the Graph interface answers them, alone or under their post, several pages in one file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from copilot.domain.conversation import Author
from copilot.importers.threads._graph import Pages, media_word, names_next, names_previous, page_nodes, total_of
from copilot.importers.threads._json_fields import (
    Opened,
    finished,
    ident,
    inside,
    is_json,
    likes,
    names,
    one_line,
    text_of,
    verbatim,
    walk,
    web_link,
    when,
    whole,
    with_id,
    yes,
)
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "facebook_graph"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

#: Fields that only a comment has, and those that only a post has.
_OF_COMMENT = frozenset(
    (
        "comment_count",
        "like_count",
        "parent",
        "is_hidden",
        "attachment",
        "can_reply_privately",
        "can_remove",
        "can_hide",
    )
)
_OF_POST = frozenset(("shares", "status_type", "is_published", "full_picture", "attachments", "story", "promotable_id"))

_MARKS = ("like_count", "comment_count", "is_hidden", "permalink_url", "parent", "from", "can_comment", "user_likes")
_LONG_ID = re.compile(r'"id"\s*:\s*"\d+_\d+"')
_COMMENT_ID = re.compile(r"\d{1,40}(?:_\d{1,40})?", re.A)


def sniff(head: Head) -> float:
    """Sure of a message with the network's way to say when, and what else it says of a comment."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if '"comment_id=' in start or re.search(r"facebook\.com\\?/[^\"]*comment_id=", start):
        return 0.96
    if not names(start, "created_time") or not (names(start, "message") or names(start, "permalink_url")):
        return 0.0
    return 0.96 if names(start, *_MARKS) or _LONG_ID.search(start) else 0.91 if names(start, "data", "paging") else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments, each before the replies nested in it; a post around them is what they comment.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "facebook_page"
    return finished(_Comments(told).read(source), told)


class _Comments:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._missing = Missing()
        #: Ids of comments as links name them, without that of the post in front.
        self._whole_ids: dict[str, str] = {}
        #: Messages whose replies go on on a page of their own: their ids and positions.
        self._go_on: dict[str, int] = {}
        self._count = self._posts = 0
        self._page = ""

    def read(self, source: Source) -> Iterator[Draft]:
        self._page = _page_told(source)
        pages = Pages()
        has_more, total = False, 0
        for node in pages.nodes(source, self._told):
            if not _is_post(node):
                yield from walk((node,), "", self._opened)
                continue
            self._tell_post(node)
            has_more = has_more or names_next(node) or names_previous(node)
            total += total_of(node)
            yield from walk(page_nodes(node.get("comments")), "", self._opened)
        self._missing.warn_each(self._told.warnings)
        for own, position in self._go_on.items():
            if not self._missing.is_due(own):
                self._told.warnings.add("more_replies", message=position)
        # Some of those that are counted may be seen by nobody: that is no reason to warn.
        self._told.is_partial = max(total, pages.total) > self._count
        if pages.has_more or has_more:
            self._told.warnings.add("more_pages")
        if self._posts > 1:
            self._told.warnings.add("several_posts", count=self._posts)

    def _tell_post(self, post: dict[str, Any]) -> None:
        self._posts += 1
        own = ident(post.get("id"))
        self._page = ident(inside(post, "from").get("id")) or own.partition("_")[0] or self._page
        self._told.post_text = self._told.post_text or verbatim(post.get("message")) or verbatim(post.get("story"))
        self._told.origin = self._told.origin or own or web_link(post.get("permalink_url"))

    def _opened(self, node: Any, above: str) -> Opened:
        if not isinstance(node, dict):
            return None, above, ()
        told_id, told_parent, page = _from_link(text_of(node.get("permalink_url")))
        own = ident(node.get("id")) or told_id
        parent = ident(inside(node, "parent").get("id") or (node.get("parent") if text_of(node.get("parent")) else ""))
        parent = parent or above or self._whole_ids.get(told_parent, told_parent)
        # The post is no message: what answers it answers nobody.
        parent = "" if self._told.origin and parent == self._told.origin else parent
        text = verbatim(node.get("message")) or media_word(node)
        if not text:
            if own or len(node) > 1:
                self._told.warnings.add("no_text_at", position=self._count + 1)
            return None, above, ()
        self._count += 1
        written = when(node.get("created_time"))
        draft = Draft(
            self._author(node.get("from"), page),
            text,
            written,
            own,
            parent,
            likes=likes(node.get("like_count", node.get("likes"))),
            link=web_link(node.get("permalink_url")),
            hidden=yes(node.get("is_hidden")),
        )
        below = inside(node, "comments") or inside(node, "replies")
        replies = page_nodes(node.get("comments", node.get("replies")))
        draft = with_id(draft, replies)
        self._remember(draft, node)
        if names_next(below) or names_previous(below):
            self._go_on[draft.id] = self._count
        return draft, draft.id, replies

    def _remember(self, draft: Draft, node: dict[str, Any]) -> None:
        if "_" in draft.id and not draft.parent:
            self._whole_ids[draft.id.rpartition("_")[2]] = draft.id
        self._told.origin = self._told.origin or draft.id.rpartition("_")[0]
        if draft.parent:
            self._missing.came(draft.parent)
        self._missing.expect(draft.id, whole(node.get("comment_count")), self._count)

    def _author(self, value: Any, page: str) -> Author:
        own = ident(inside({"from": value}, "from").get("id"))
        is_owner = bool(own) and own in (self._page, page)
        return Author(one_line(value), is_owner=is_owner)


def _page_told(source: Source) -> str:
    """The page whose posts are commented, as the first address that tells one says; not every message has its own."""
    for node in Pages().nodes(source, Report()):
        left = [node]
        while left:
            one = left.pop()
            page = _from_link(text_of(one.get("permalink_url")))[2]
            if page:
                return page
            left += page_nodes(one.get("comments", one.get("replies")))
    return ""


def _is_post(node: dict[str, Any]) -> bool:
    if "comments" not in node:
        return False
    if "comment_id=" in text_of(node.get("permalink_url")):
        return False
    return bool(_OF_POST & node.keys()) or not _OF_COMMENT & node.keys()


def _from_link(address: str) -> tuple[str, str, str]:
    """The id of a comment, that of its parent and that of the page, as far as its address tells them."""
    try:
        parts = urlsplit(address[:2048])
        asked = parse_qs(parts.query)
    except ValueError:
        return "", "", ""
    comment = _bare_id(asked.get("comment_id", [""])[0])
    reply = _bare_id(asked.get("reply_comment_id", [""])[0])
    first = parts.path.strip("/").partition("/")[0]
    page = asked.get("id", [""])[0] or (first if first.isdecimal() else "")
    return (reply, comment, page) if reply else (comment, "", page)


def _bare_id(shown: str) -> str:
    """An id of digits, that of the post in front left out; some addresses hold it in base 64."""
    if not _COMMENT_ID.fullmatch(shown):
        try:
            shown = base64.b64decode(shown + "=" * (-len(shown) % 4), validate=True).decode("ascii").rpartition(":")[2]
        except (binascii.Error, ValueError):
            return ""
    return shown.rpartition("_")[2] if _COMMENT_ID.fullmatch(shown) else ""
