"""Reddit: a post and its comments as the ``.json`` page of a thread gives them, or comments alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._json_fields import (
    Opened,
    edited,
    finished,
    ident,
    inside,
    is_json,
    known_as,
    likes,
    listed,
    names,
    one_line,
    text_of,
    verbatim,
    walk,
    when,
    whole,
    with_id,
    yes,
)
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "reddit"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_SHAPE = Shape(frozenset(("children", "things")), page_through=WRAPPERS, levels=5)
_KIND = re.compile(r'"kind"\s*:\s*"(?:Listing|t1|t3|more)"')
_THING = re.compile(r'"(?:parent_id|link_id|name)"\s*:\s*"t[13]_[0-9a-z]+"')

_GONE = frozenset(("[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]"))


def sniff(head: Head) -> float:
    """Sure of the network's own kinds of things, and of the way it names them."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if _KIND.search(start) and names(start, "data", "children", "things") > 1:
        return 0.98
    return 0.96 if _THING.search(start) and names(start, "body", "body_html") else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments in reading order; the post they answer is no message.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "reddit"
    return finished(_Comments(told).read(source), told)


class _Comments:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._count = 0
        #: Where each comment stands, for what is said of its replies.
        self._positions: dict[str, int] = {}
        self._poster = ""

    def read(self, source: Source) -> Iterator[Draft]:
        for piece in pieces(source, self._told, _SHAPE):
            yield from walk(_things(piece.value), "", self._opened)

    def _opened(self, node: Any, above: str) -> Opened:
        if not isinstance(node, dict):
            return None, above, ()
        kind, said = one_line(node.get("kind")), inside(node, "data") or node
        if kind == "more":
            self._tell_more(said)
            return None, above, ()
        if kind == "t3" or (not kind and ("selftext" in said or "num_comments" in said)):
            self._tell_post(said)
            return None, "", ()
        if kind == "Listing":
            return None, above, _children(node)
        if kind not in ("t1", ""):
            return None, above, ()
        return self._comment(said, above)

    def _tell_post(self, post: dict[str, Any]) -> None:
        told = self._told
        told.title = told.title or unescape(one_line(post.get("title"), 600))[:200]
        told.post_text = told.post_text or _text(post, "selftext") or unescape(verbatim(post.get("title")))
        told.origin = told.origin or ident(post.get("name")) or ident(post.get("id"))
        self._poster = one_line(post.get("author"))

    def _tell_more(self, more: dict[str, Any]) -> None:
        # A count of 0 is "continue this thread": at least one comment is there.
        count = max(whole(more.get("count")) or 0, len(listed(more.get("children"))), 1)
        parent = text_of(more.get("parent_id"))
        is_top = not self._count or parent.startswith("t3_")
        if is_top:
            self._told.warnings.add("partial_top", count=count)
        else:
            place = self._positions.get(parent.removeprefix("t1_"), self._count)
            self._told.warnings.add("partial_replies", count=count, message=place)

    def _comment(self, said: dict[str, Any], above: str) -> Opened:
        text = _text(said, "body")
        is_gone = text.lower() in _GONE
        own = ident(said.get("id")) or ident(said.get("name")).removeprefix("t1_")
        own = own.removeprefix("t1_")
        replies = _children(said.get("replies"))
        if not text:
            if own or len(said) > 1:
                self._told.warnings.add("no_text_at", position=self._count + 1)
            return None, own or above, replies
        self._count += 1
        parent = ident(said.get("parent_id"))
        # The post is no message: what answers it answers nobody.
        parent = "" if parent.startswith("t3_") else parent.removeprefix("t1_") or above
        self._told.origin = self._told.origin or ident(said.get("link_id"))
        written = when(said.get("created_utc", said.get("created")))
        path = one_line(said.get("permalink"), 1000)
        draft = Draft(
            self._author(said),
            "" if is_gone else text,
            written,
            own,
            parent,
            edited_at=edited(said.get("edited"), written) if not isinstance(said.get("edited"), bool) else None,
            likes=None if yes(said.get("score_hidden")) else likes(said.get("score", said.get("ups"))),
            link=f"https://www.reddit.com{path}" if re.fullmatch(r"/(?:r|user|comments)/[\w/\-.%]+", path) else "",
            deleted=is_gone,
            hidden=yes(said.get("spam")) or yes(said.get("removed")),
        )
        draft = with_id(draft, replies)
        self._positions[draft.id] = self._count
        return draft, draft.id, replies

    def _author(self, said: dict[str, Any]) -> Author:
        name = one_line(said.get("author"))
        if name.lower() in _GONE:
            return Author()
        is_poster = yes(said.get("is_submitter")) or (bool(name) and name == self._poster)
        return known_as(name, is_owner=is_poster)


def _text(said: dict[str, Any], key: str) -> str:
    """Markdown as it was typed, its entities decoded once; else what the page shows."""
    text = verbatim(said.get(key))
    return unescape(text).strip() if text else plain_words(unescape(text_of(said.get(f"{key}_html"))))


def _children(value: Any) -> list[Any]:
    """What a listing holds; the network writes an empty text for none."""
    return listed(inside({"of": value}, "of", "data").get("children")) if isinstance(value, dict) else listed(value)


def _things(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return []
    if "kind" in value:
        return _children(value) if value["kind"] == "Listing" else [value]
    return [value] if {"body", "selftext", "body_html"} & value.keys() else []
