"""Discourse: a topic as the forum gives it, its first posts or all of them, several pages in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._json_fields import (
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
    web_link,
    when,
    whole,
    yes,
)
from copilot.importers.threads._json_pages import WRAPPERS, Piece, Shape, pieces
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "discourse"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_THROUGH = WRAPPERS | {"post_stream"}
_SHAPE = Shape(frozenset(("posts", "latest_posts")), through=_THROUGH, page_through=_THROUGH)
#: Kinds of posts: what the forum itself notes (closed, pinned), and words only its team sees.
_NOTE, _WHISPER = 3, 4
_LIKE = 2


def sniff(head: Head) -> float:
    """Sure of the names of a topic; fairly sure of those of its posts."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if names(start, "post_stream"):
        return 0.98
    marks = names(start, "post_number", "reply_to_post_number", "cooked", "topic_id", "actions_summary", "topic_slug")
    return 0.97 if marks > 2 and names(start, "cooked", "raw") else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Posts in the order of the file. The first is a message like any other: it is often what asks for an answer.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "discourse"
    return finished(_Posts(told).read(source), told)


class _Posts:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._count = 0
        #: Posts that came, whatever they are, and those the topic says it has.
        self._came: set[str] = set()
        self._stream: set[str] = set()
        self._total = 0

    def read(self, source: Source) -> Iterator[Draft]:
        for piece in pieces(source, self._told, _SHAPE):
            if piece.path or "post_number" in piece.value or "cooked" in piece.value:
                draft = self._draft(piece.value)
                if draft is not None:
                    yield draft
            else:
                self._tell_topic(piece)
        if self._stream - self._came or self._total > len(self._came):
            self._told.warnings.add("more_pages")
        # Posts that were asked for by their ids come without what the topic holds.
        self._told.is_partial = not (self._stream or self._total)

    def _tell_topic(self, piece: Piece) -> None:
        topic = piece.value
        for _ in range(3):
            if "post_stream" not in topic:
                topic = next((topic[key] for key in WRAPPERS if isinstance(topic.get(key), dict)), topic)
        told = self._told
        told.title = told.title or one_line(topic.get("title"))
        told.origin = told.origin or ident(topic.get("id"))
        stream = listed(inside(topic, "post_stream").get("stream"))
        self._stream.update(ident(number) for number in stream if not isinstance(number, dict))
        self._total = max(self._total, whole(topic.get("posts_count")) or 0)

    def _draft(self, post: Any) -> Draft | None:
        if not isinstance(post, dict):
            return None
        own, number = ident(post.get("id")), whole(post.get("post_number"))
        self._came.add(own)
        kind = whole(post.get("post_type"))
        if kind == _NOTE or (post.get("action_code") and not text_of(post.get("cooked"))):
            return None
        text = plain_words(text_of(post.get("cooked"))) or verbatim(post.get("raw"))
        is_gone = bool(text_of(post.get("deleted_at"))) or yes(post.get("user_deleted")) or yes(post.get("deleted"))
        if not text and not is_gone:
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        self._count += 1
        called = _called(post, number)
        own = own or called
        if number == 1 and not is_gone:
            self._told.post_text = self._told.post_text or text
        self._told.origin = self._told.origin or ident(post.get("topic_id"))
        written = when(post.get("created_at"))
        is_ours = any(yes(post.get(key)) for key in ("staff", "moderator", "admin"))
        return Draft(
            known_as(post.get("username"), post.get("name") or post.get("display_username"), is_owner=is_ours),
            text,
            written,
            own,
            _called(post, whole(post.get("reply_to_post_number"))),
            edited_at=edited(post.get("updated_at"), written) if (whole(post.get("version")) or 0) > 1 else None,
            likes=_likes(post),
            link=web_link(post.get("post_url")) or web_link(post.get("url")),
            deleted=is_gone,
            hidden=yes(post.get("hidden")) or kind == _WHISPER,
            called=called,
        )


def _called(post: dict[str, Any], number: int | None) -> str:
    """What tells the post of this number from those of other topics: replies name their parent by it."""
    return f"{ident(post.get('topic_id'))}#{number}" if number else ""


def _likes(post: dict[str, Any]) -> int | None:
    for action in listed(post.get("actions_summary")):
        if isinstance(action, dict) and whole(action.get("id")) == _LIKE:
            return whole(action.get("count"))
    return likes(post.get("like_count"))
