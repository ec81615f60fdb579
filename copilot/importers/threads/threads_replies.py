"""Threads (Meta): replies and conversations as its interface answers them, several pages in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.importers.threads._graph import Pages, media_word
from copilot.importers.threads._json_fields import (
    finished,
    ident,
    inside,
    is_json,
    known_as,
    likes,
    names,
    one_line,
    verbatim,
    web_link,
    when,
    yes,
)
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "threads_replies"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

#: Everything else is a way of not being shown to everyone.
_SHOWN = frozenset(("", "NOT_HUSHED", "UNHUSHED"))


def sniff(head: Head) -> float:
    """Sure of the names that only this network has."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    marks = names(start, "root_post", "replied_to", "hide_status", "is_reply", "has_replies", "is_reply_owned_by_me")
    if marks and names(start, "text", "username", "timestamp") > 1:
        return 0.98 if marks > 1 else 0.97
    return 0.97 if '"THREADS"' in start and names(start, "text", "media_product_type") > 1 else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Replies in the order of the file; the post they answer, when it is there, is no message.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "threads"
    return finished(_Replies(told).read(source), told)


class _Replies:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._missing = Missing()
        self._count = 0
        self._poster = ""

    def read(self, source: Source) -> Iterator[Draft]:
        pages = Pages()
        for node in pages.nodes(source, self._told):
            draft = None if self._is_post(node) else self._draft(node)
            if draft is not None:
                yield draft
        self._missing.warn_once(self._told.warnings)
        if pages.has_more:
            self._told.warnings.add("more_pages")

    def _is_post(self, node: dict[str, Any]) -> bool:
        """True for the post at the top, whose words are told apart."""
        if node.get("is_reply") is not False or "root_post" in node or "replied_to" in node or self._count:
            return False
        if self._told.origin and self._told.origin != ident(node.get("id")):
            return False
        self._told.post_text = verbatim(node.get("text"))
        self._told.origin = ident(node.get("id"))
        self._poster = one_line(node.get("username"))
        return True

    def _draft(self, node: dict[str, Any]) -> Draft | None:
        text = verbatim(node.get("text")) or media_word(node)
        if not text:
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        self._count += 1
        root, parent, own = _id_of(node.get("root_post")), _id_of(node.get("replied_to")), ident(node.get("id"))
        self._told.origin = self._told.origin or root
        parent = "" if parent in (root, self._told.origin) else parent
        if parent:
            self._missing.came(parent)
        if yes(node.get("has_replies")):
            self._missing.expect(own, 1, self._count)
        username = one_line(node.get("username"))
        is_owner = yes(node.get("is_reply_owned_by_me")) or bool(username and username == self._poster)
        return Draft(
            known_as(username, is_owner=is_owner),
            text,
            when(node.get("timestamp")),
            own,
            parent,
            likes=likes(node.get("like_count")),
            link=web_link(node.get("permalink")),
            hidden=one_line(node.get("hide_status")).upper() not in _SHOWN,
        )


def _id_of(value: Any) -> str:
    return ident(inside({"post": value}, "post").get("id")) or (ident(value) if isinstance(value, str | int) else "")
