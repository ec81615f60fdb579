"""YouTube: comment threads and comments, as the network's own interface answers them, several pages in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._fields import author_of
from copilot.importers.threads._json_fields import (
    Opened,
    edited,
    finished,
    ident,
    inside,
    is_json,
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
)
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._places import Places
from copilot.importers.threads._source import Head, Report, Source

NAME = "youtube"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

#: What the channel's owner has not let through.
_HELD = frozenset(("heldforreview", "likelyspam", "rejected"))

_KIND = re.compile(r'"kind"\s*:\s*"youtube#comment')
_SHAPE = Shape(frozenset(("items",)), page_through=WRAPPERS)
_SAFE = re.compile(r"[\w.\-]{1,120}", re.A)


def sniff(head: Head) -> float:
    """Sure of the network's own name for its comments, and of the names of their parts."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if _KIND.search(start):
        return 0.99
    if names(start, "snippet") and names(start, "topLevelComment", "textDisplay", "textOriginal"):
        return 0.97
    return 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments, each before the replies that came with it.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "youtube"
    return finished(_Comments(told).read(source), told)


class _Comments:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._missing = Missing()
        #: A page of replies repeats those its thread came with.
        self._replies = Places()
        self._count = 0
        self._origin = ""
        #: The channel that all threads so far are of; None once they are of several.
        self._channel: str | None = ""

    def read(self, source: Source) -> Iterator[Draft]:
        has_next = False
        for piece in pieces(source, self._told, _SHAPE):
            yield from walk(_items(piece.value), "", self._opened)
            if not piece.path and "items" in piece.value:
                has_next = bool(text_of(piece.value.get("nextPageToken")))
        self._missing.warn_each(self._told.warnings)
        if has_next:
            self._told.warnings.add("more_pages")
        self._told.origin = self._told.origin or self._origin

    def _opened(self, node: Any, above: str) -> Opened:
        thread = inside(node, "snippet")
        top = inside(thread, "topLevelComment")
        comment = top or inside(node)
        channel = ident(thread.get("channelId")) or ident(inside(comment, "snippet").get("channelId"))
        if top and channel:
            self._channel = channel if self._channel in ("", channel) else None
        found = self._draft(comment, {**thread, **inside(comment, "snippet")}, above)
        if found is None:
            return None, "", ()
        replies = [
            _of(channel, reply) for reply in listed(inside(node, "replies"), "comments") if inside(reply, "snippet")
        ]
        found = with_id(found, replies)
        if found.parent:
            if self._replies.find(found.id) is not None:
                return None, "", ()
            self._replies.add(found.id)
            self._missing.came(found.parent)
        self._count += 1
        if top:
            self._missing.expect(found.id, whole(thread.get("totalReplyCount")), self._count)
        return found, found.id, replies

    def _draft(self, comment: dict[str, Any], snippet: dict[str, Any], above: str) -> Draft | None:
        text = verbatim(snippet.get("textOriginal")) or plain_words(text_of(snippet.get("textDisplay")))
        own, video = ident(comment.get("id")), ident(snippet.get("videoId"))
        self._origin = self._origin or video or ident(snippet.get("channelId"))
        if not text:
            if own or len(snippet) > 1:
                self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        written = when(snippet.get("publishedAt"))
        status = one_line(snippet.get("moderationStatus")).lower()
        return Draft(
            _author(snippet, ident(snippet.get("channelId")) or self._channel or ""),
            text,
            written,
            own,
            ident(snippet.get("parentId")) or above,
            edited_at=edited(snippet.get("updatedAt"), written),
            likes=likes(snippet.get("likeCount")),
            link=_address(video, own),
            hidden=status in _HELD,
        )


def _items(value: Any) -> list[Any]:
    """The threads and comments of a page, or the one that ``value`` is."""
    if not isinstance(value, dict):
        return []
    return listed(value["items"], "items") if "items" in value else [value] if inside(value, "snippet") else []


def _of(channel: str, reply: dict[str, Any]) -> dict[str, Any]:
    """``reply``, of the channel of its thread where it does not say of which."""
    snippet = inside(reply, "snippet")
    return {**reply, "snippet": {**snippet, "channelId": ident(snippet.get("channelId")) or channel}}


def _author(snippet: dict[str, Any], channel: str) -> Author:
    """Who wrote a comment; the owner when that is ``channel``."""
    is_owner = bool(channel) and channel == ident(snippet.get("authorChannelId"))
    return author_of(one_line(snippet.get("authorDisplayName")), "", is_owner=is_owner)


def _address(video: str, own: str) -> str:
    is_safe = _SAFE.fullmatch(video) and _SAFE.fullmatch(own)
    return f"https://www.youtube.com/watch?v={video}&lc={own}" if is_safe else ""
