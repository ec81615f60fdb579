"""Bluesky: a post with what is above it and the replies below, nested, or in a flat list (second version)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from copilot.domain.conversation import Author
from copilot.errors import UserError
from copilot.importers.threads._json_fields import (
    Opened,
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
)
from copilot.importers.threads._json_pages import MAX_REPLY_DEPTH, WRAPPERS, Shape, pieces
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._links import with_address
from copilot.importers.threads._refusals import NoMessage
from copilot.importers.threads._source import Head, Report, Source

NAME = "bluesky"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_TYPE = re.compile(
    r'"app\.bsky\.(?:feed\.defs#(?:threadViewPost|notFoundPost|blockedPost|postView)|unspecced\.defs#threadItem)'
)
_SHAPE = Shape(frozenset(("thread", "posts", "feed")), levels=2)
_RECORD = re.compile(r"at://([\w.:%\-]{1,200})/app\.bsky\.feed\.post/([\w.~:\-]{1,60})", re.A)
#: Replies the author of a post may hide by name.
_MOST_HIDDEN = 10_000
#: Links of one post, and how they are marked.
_MOST_LINKS, _LINK = 1000, "app.bsky.richtext.facet#link"
_WRAPPERS = ("thread", "value", *sorted(WRAPPERS))


def sniff(head: Head) -> float:
    """Sure of the names of the protocol; fairly sure of its addresses beside the parts of a post."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if _TYPE.search(start):
        return 0.98
    return 0.96 if "app.bsky.feed.post" in start and names(start, "record", "post", "handle", "did") > 1 else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Replies in reading order; the post at the top is no message.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``; ``thread.not_a_thread`` for a post
            that is not shown any more.
    """
    told.network = told.network or "bluesky"
    return finished(_Posts(told).read(source), told)


class _Posts:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._missing = Missing()
        self._count = self._blocked = self._not_found = 0
        self._poster = ""
        self._hidden: frozenset[str] = frozenset()

    def read(self, source: Source) -> Iterator[Draft]:
        self._hidden = _hidden_by_gate(source)
        for piece in pieces(source, self._told, _SHAPE):
            node = _unwrapped(piece.value)
            if node is not None:
                yield from self._thread(node)
        warnings = self._told.warnings
        self._missing.warn_once(warnings)
        if self._blocked:
            warnings.add("blocked", count=self._blocked)
        if self._not_found:
            warnings.add("not_found", count=self._not_found)
        if 0 < self._count == self._blocked + self._not_found and not self._told.origin and not self._told.truncated:
            raise NoMessage("post_gone")

    def _thread(self, node: dict[str, Any]) -> Iterator[Draft]:
        """The posts above from the first one down, then the replies."""
        chain = _chain(node)
        above = ""
        for place, shown in enumerate(chain):
            if place == 0 and self._is_top(shown):
                continue
            draft, own, _ = self._opened(shown, above)
            if draft is not None:
                yield draft
            above = own or above
        yield from walk(listed(node.get("replies")), above, self._opened)

    def _is_top(self, node: dict[str, Any]) -> bool:
        """True for the post of which all the rest is the discussion, told apart."""
        post = inside(node, "post")
        reply = inside(post, "record", "reply")
        if not post or reply or self._told.origin not in ("", ident(post.get("uri"))):
            return False
        self._told.origin = ident(post.get("uri"))
        self._told.post_text = _text(post)
        self._poster = ident(inside(post, "author").get("did"))
        return True

    def _opened(self, node: Any, above: str) -> Opened:
        if not isinstance(node, dict):
            return None, above, ()
        replies = listed(node.get("replies"))
        kind = one_line(node.get("$type")).rpartition("#")[2].lower()
        post = inside(node, "post")
        own = ident(post.get("uri")) or ident(node.get("uri"))
        if "notfound" in kind or "blocked" in kind or node.get("notFound") is True or node.get("blocked") is True:
            return self._gone(own, above, is_blocked="blocked" in kind or node.get("blocked") is True), own, replies
        text = _text(post)
        if not text:
            if own:
                self._told.warnings.add("no_text_at", position=self._count + 1)
            return None, above, replies
        self._count += 1
        record = inside(post, "record")
        # The post at the top is no message: what answers it answers nobody.
        parent = above or self._named_parent(inside(record, "reply"))
        if parent:
            self._missing.came(parent)
        is_hidden = own in self._hidden or node.get("hiddenByThreadgate") is True
        self._missing.expect(own, whole(post.get("replyCount")), self._count)
        return replace(self._draft(post, record, own, parent, text), hidden=is_hidden), own, replies

    def _named_parent(self, reply: dict[str, Any]) -> str:
        parent = ident(inside(reply, "parent").get("uri"))
        return "" if parent in (self._told.origin, ident(inside(reply, "root").get("uri"))) else parent

    def _draft(self, post: dict[str, Any], record: dict[str, Any], own: str, parent: str, text: str) -> Draft:
        author = inside(post, "author")
        did, handle = ident(author.get("did")), one_line(author.get("handle"))
        handle = "" if handle == "handle.invalid" else handle
        written = when(record.get("createdAt"))
        return Draft(
            known_as(handle, author.get("displayName"), is_owner=bool(did) and did == self._poster),
            text,
            written if written.at else when(post.get("indexedAt")),
            own,
            parent,
            likes=likes(post.get("likeCount")),
            link=_address(own),
        )

    def _gone(self, own: str, above: str, *, is_blocked: bool) -> Draft:
        self._count += 1
        self._blocked += is_blocked
        self._not_found += not is_blocked
        if above:
            self._missing.came(above)
        return Draft(Author(), "", id=own, parent=above, deleted=True)


def _hidden_by_gate(source: Source) -> frozenset[str]:
    """The replies the author of the post hid: named after the thread, in what guards it."""
    import ijson

    before = b""
    for piece in source.utf8():
        if b"hiddenReplies" in before + piece:
            break
        before = piece[-20:]
    else:
        return frozenset()
    with source.utf8_stream() as stream:
        try:
            found = ijson.items(stream, "threadgate.record.hiddenReplies.item", multiple_values=True)
            return frozenset(islice((ident(one) for one in found), _MOST_HIDDEN))
        except ijson.JSONError:
            # A cut file says nothing of what follows its end.
            return frozenset()


def _unwrapped(value: Any) -> dict[str, Any] | None:
    """The post with its surroundings in ``value``, whatever it is wrapped in."""
    for _ in range(6):
        if not isinstance(value, dict):
            return None
        if "post" in value or ("$type" in value and "value" not in value):
            return value
        if "record" in value and "author" in value:
            return {"post": value}
        inner = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), dict)), None)
        # The second version names a post beside it.
        value = {"uri": value["uri"], **inner} if inner and "uri" in value else inner
    return None


def _chain(node: dict[str, Any]) -> list[dict[str, Any]]:
    """``node`` and what is above it, from the top down."""
    chain = [node]
    while isinstance(above := chain[-1].get("parent"), dict):
        if len(chain) > MAX_REPLY_DEPTH:
            raise UserError("thread.too_deep")
        chain.append(above)
    return chain[::-1]


def _text(post: dict[str, Any]) -> str:
    """The words of a post, else what it shows, described by its author when it is."""
    text = verbatim(_with_addresses(inside(post, "record")))
    if text:
        return text
    embed = inside(post, "record", "embed") or inside(post, "embed")
    images = [image for image in listed(embed.get("images")) if isinstance(image, dict)]
    external = inside(embed, "external")
    alt = next((shown for image in images if (shown := verbatim(image.get("alt")))), "") or verbatim(embed.get("alt"))
    shown = alt or one_line(external.get("title")) or one_line(external.get("uri"), 1000)
    return shown or (f"[{one_line(embed.get('$type')).rpartition('.')[2].partition('#')[0]}]" if embed else "")


def _with_addresses(record: dict[str, Any]) -> str:
    """The words as they were typed, with the addresses that the network shortened or put behind them."""
    text = text_of(record.get("text"))
    links = sorted(_links(record), reverse=True)
    if not links:
        return text
    # Places are counted in bytes of UTF-8.
    left, after = text.encode("utf-8", "surrogatepass"), ""
    for start, end, address in links:
        if not 0 <= start < end <= len(left):
            continue
        words = left[start:end].decode("utf-8", "replace")
        after = with_address(words, address) + left[end:].decode("utf-8", "replace") + after
        left = left[:start]
    return left.decode("utf-8", "replace") + after


def _links(record: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """(first byte, byte after the last, address) of each link of a post."""
    for facet in listed(record.get("facets"))[:_MOST_LINKS]:
        start, end = (whole(inside(facet, "index").get(edge)) for edge in ("byteStart", "byteEnd"))
        features = listed(inside(facet).get("features"))
        address = next((text_of(one.get("uri")) for one in map(inside, features) if one.get("$type") == _LINK), "")
        if start is not None and end is not None and address:
            yield start, end, address


def _address(own: str) -> str:
    found = _RECORD.fullmatch(own)
    return f"https://bsky.app/profile/{found[1]}/post/{found[2]}" if found else ""
