"""Mastodon: the posts around a post (its context), or a list of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._graph import media_word
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
)
from copilot.importers.threads._json_pages import WRAPPERS, Piece, Shape, pieces
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "mastodon"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_CONTEXT = ("ancestors", "descendants")
_SHAPE = Shape(
    frozenset((*_CONTEXT, "statuses", "items", "data")),
    through=WRAPPERS | {"context"},
    page_through=WRAPPERS | {"context"},
)
_OPENING = re.compile(r'"(?:ancestors|descendants)"\s*:\s*\[')
_PRIVATE = frozenset(("direct", "private"))


def sniff(head: Head) -> float:
    """Sure of a context; fairly sure of posts that answer each other in HTML."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    marks = names(start, "in_reply_to_id", "spoiler_text", "visibility", "favourites_count", "acct", "reblogs_count")
    if _OPENING.search(start) and (marks or len(start) < 200):
        return 0.98
    return 0.96 if marks > 2 and names(start, "content") else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Posts in the order of the file, those before the one that was asked for first.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "mastodon"
    return finished(_Posts(told).read(source), told)


class _Around:
    """What the posts of a context say, whatever their order, of the post it was asked for, which it does not hold.

    ``asked`` is the id of that post, ``first`` that of the post that began the thread, ``last`` that of the post right
    above the one asked for (both empty when nothing stands above), ``poster`` the account that began the thread.
    """

    def __init__(self) -> None:
        self.asked = self.first = self.last = self.poster = ""
        #: Of the posts above and below: what they answer and whose account that is.
        self._above: dict[str, tuple[str, str]] = {}
        self._below: dict[str, tuple[str, str]] = {}

    def see(self, post: dict[str, Any], place: str) -> None:
        """The next post of the file, in the list called ``place``."""
        own, parent = ident(post.get("id")), ident(post.get("in_reply_to_id"))
        if place == "ancestors":
            self._above[own] = parent, ident(inside(post, "account").get("id"))
        elif place == "descendants":
            self._below[own] = parent, ident(post.get("in_reply_to_account_id"))

    def see_asked(self, post: dict[str, Any]) -> None:
        """The post asked for, when the file holds it beside its context."""
        self.asked, self.poster = ident(post.get("id")), ident(inside(post, "account").get("id"))

    def settle(self) -> None:
        """Find what is sought, once every post was seen."""
        if self._above:
            answered = {parent for parent, _ in self._above.values()}
            tops = [own for own, (parent, _) in self._above.items() if parent not in self._above]
            self.first = min(tops or self._above, key=_age)
            self.last = max(self._above.keys() - answered or self._above, key=_age)
            self.poster = self._above[self.first][1]
        known = self._above.keys() | self._below.keys()
        # A post that was taken away leaves answers too: the one asked for is older than all that is below it.
        outside = {parent for parent, _ in self._below.values()} - known - {""}
        self.asked = self.asked or min(outside, key=_age, default="")
        said = (account for parent, account in self._below.values() if parent == self.asked)
        self.poster = self.poster or next(filter(None, said), "")
        self._above, self._below = {}, {}


def _age(own: str) -> tuple[int, str]:
    """Ids grow with time."""
    return len(own), own


class _Posts:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._missing = Missing()
        self._count = self._private = 0
        self._around = _Around()

    def read(self, source: Source) -> Iterator[Draft]:
        self._look_around(source)
        for piece in pieces(source, self._told, _SHAPE):
            for post in self._found(piece):
                draft = self._draft(post, piece.path[-1:] or ("",))
                if draft is not None:
                    yield draft
        self._missing.warn_once(self._told.warnings)
        if self._private:
            self._told.warnings.add("private_messages", count=self._private)

    def _look_around(self, source: Source) -> None:
        for piece in pieces(source, Report(), _SHAPE):
            asked = _asked_in(piece)
            if asked:
                self._around.see_asked(asked)
            elif isinstance(piece.value, dict) and piece.path:
                self._around.see(piece.value, piece.path[-1])
        self._around.settle()
        self._told.origin = self._told.origin or self._around.first or self._around.asked

    def _found(self, piece: Piece) -> list[dict[str, Any]]:
        """The posts of a piece; the one a context was asked for is told, it is no message."""
        value = piece.value
        if not isinstance(value, dict):
            return []
        if asked := _asked_in(piece):
            self._told.post_text = self._told.post_text or _text(asked)
            return []
        asked = inside(value, "status")
        if asked and "content" not in value:
            return [asked]
        return [value] if "content" in value or "account" in value else []

    def _draft(self, post: dict[str, Any], place: tuple[str, ...]) -> Draft | None:
        text = _text(post)
        own = ident(post.get("id"))
        if not text:
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        self._count += 1
        parent = self._parent(post, own, place[0], text)
        if parent:
            self._missing.came(parent)
        self._missing.expect(own, whole(post.get("replies_count")), self._count)
        is_private = one_line(post.get("visibility")).lower() in _PRIVATE
        self._private += is_private
        account = inside(post, "account")
        person = ident(account.get("id"))
        written = when(post.get("created_at"))
        return Draft(
            known_as(
                account.get("acct") or account.get("username"),
                account.get("display_name"),
                is_owner=bool(person) and person == self._around.poster,
            ),
            text,
            written,
            own,
            parent,
            edited_at=edited(post.get("edited_at"), written),
            likes=likes(post.get("favourites_count")),
            link=web_link(post.get("url")) or web_link(post.get("uri")),
            hidden=is_private,
        )

    def _parent(self, post: dict[str, Any], own: str, place: str, text: str) -> str:
        parent = ident(post.get("in_reply_to_id"))
        if place == "ancestors" and own == self._around.first:
            self._told.post_text = self._told.post_text or text
            return ""
        if place == "descendants" and parent == self._around.asked:
            # The post that was asked for stands between the two lists and in neither.
            return self._around.last
        return parent


def _asked_in(piece: Piece) -> dict[str, Any]:
    """The post a context was asked for, when the file holds it beside the context."""
    value = piece.value
    asked = inside(value, "status") if isinstance(value, dict) else {}
    return asked if asked and ("context" in value or any(key in value for key in _CONTEXT)) else {}


def _text(post: dict[str, Any]) -> str:
    """The warning a post hides behind, its words, else what stands for its pictures."""
    words = plain_words(text_of(post.get("content"))) or verbatim(post.get("text"))
    shown = [part for part in (verbatim(post.get("spoiler_text")), words) if part]
    if shown:
        return "\n".join(shown)
    media = [entry for entry in listed(post.get("media_attachments")) if isinstance(entry, dict)]
    return verbatim(media[0].get("description")) or media_word({"media_type": media[0].get("type")}) if media else ""
