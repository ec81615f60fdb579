"""WordPress: the comments in the export file of a site (WXR), without the e-mails and IP addresses it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copilot.domain.conversation import Author
from copilot.errors import UserError
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._dates import When, parse_when, zone_of
from copilot.importers.threads._json_fields import finished, ident, one_line
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

if TYPE_CHECKING:
    from datetime import datetime, tzinfo
    from xml.etree.ElementTree import Element

NAME = "wxr"
EXTENSIONS = (".xml", ".wxr")

_SIGN = re.compile(r"<rss\b[^>]*xmlns:wp=", re.S)
#: Elements in one another: an export has six.
MAX_DEPTH = 200
#: Not by readers: other sites that link to the post.
_MACHINES = frozenset(("pingback", "trackback"))
#: What ``wp:comment_approved`` says of a comment that readers do not see.
_HELD = frozenset(("0", "spam", "hold"))
_PERSONAL = ("comment_author_email", "comment_author_ip", "comment_author_url")


def sniff(head: Head) -> float:
    """Sure of a feed that names the vocabulary of WordPress."""
    if head.members or not _SIGN.search(head.text[:20_000]):
        return 0.0
    return 0.99


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments post by post, in the order of the file.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``, ``thread.entity_expansion``.
    """
    told.network = told.network or "wordpress"
    return finished(_Export(told, zone_of(captured_at)).read(source), told)


class _Export:
    def __init__(self, told: Report, zone: tzinfo) -> None:
        self._told = told
        self._zone = zone
        self._count = self._dropped = self._machines = 0
        #: Comments read when the post before ended.
        self._before = 0
        #: Numbers of the people who write on the site; the names of those whose number is not told.
        self._authors: set[str] = set()
        self._names: set[str] = set()
        self._posts: list[str] = []
        self._title = ""
        #: The post that is being read; its title and number stand above its comments.
        self._post: Element | None = None

    def read(self, source: Source) -> Iterator[Draft]:
        for event, element in _elements(source, self._told):
            name = _name(element)
            if event == "start":
                self._post = element if name == "item" else self._post
            elif name == "author":
                self._meet(element)
            elif name == "comment":
                draft = self._draft(element)
                element.clear()
                if draft is not None:
                    yield draft
            elif name == "item":
                self._leave_post(element)
                self._post = None
                element.clear()
        if self._post is not None:
            self._leave_post(self._post)
        self._conclude()

    def _meet(self, author: Element) -> None:
        number = ident(_text(author, "author_id"))
        if number:
            self._authors.add(number)
            return
        names = (_named(author, part) for part in ("author_display_name", "author_login"))
        self._names.update(name.casefold() for name in names if name)

    def _is_owner(self, user: str, name: str) -> bool:
        """Visitors have no number: whoever has one is known to the site, and anybody may type the name of another."""
        return bool(user) and (user in self._authors or name.casefold() in self._names)

    def _draft(self, comment: Element) -> Draft | None:
        self._dropped += sum(1 for part in _PERSONAL if _text(comment, part))
        if _text(comment, "comment_type") in _MACHINES:
            self._machines += 1
            return None
        state = _text(comment, "comment_approved").lower()
        text = plain_words(_raw(comment, "comment_content"))
        if not text and state != "trash":
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        self._count += 1
        user = ident(_text(comment, "comment_user_id"))
        name = _named(comment, "comment_author")
        return Draft(
            Author(name, is_owner=self._is_owner(user, name)),
            text,
            self._when(comment),
            ident(_text(comment, "comment_id")),
            ident(_text(comment, "comment_parent")),
            deleted=state in ("trash", "post-trashed"),
            hidden=state in _HELD,
        )

    def _when(self, comment: Element) -> When:
        from datetime import UTC

        told = parse_when(_text(comment, "comment_date_gmt"), UTC)
        # A comment held back has no date there but "0000-00-00 00:00:00".
        return told if told.at else parse_when(_text(comment, "comment_date"), self._zone)

    def _leave_post(self, item: Element) -> None:
        """A post ends after its comments."""
        if self._count > self._before:
            self._title = self._title or one_line(plain_words(_text(item, "title")))
            self._posts.append(_text(item, "post_id"))
        self._before = self._count

    def _conclude(self) -> None:
        told = self._told
        if self._dropped:
            told.warnings.add("personal_dropped", count=self._dropped, what="contacts")
        if self._machines:
            told.warnings.add("pingbacks_dropped", count=self._machines)
        if len(self._posts) == 1:
            told.title = told.title or self._title
            told.origin = told.origin or self._posts[0]
        elif self._posts:
            told.title = told.title or self._title
            told.warnings.add("several_posts", count=len(self._posts))


def _elements(source: Source, told: Report) -> Iterator[tuple[str, Element]]:
    """("start", what begins) and ("end", what is whole), element by element; a file cut in the middle ends there."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import EntitiesForbidden, ExternalReferenceForbidden
    from defusedxml.ElementTree import iterparse

    depth = found = 0
    # As it is: the file says its encoding itself.
    with source.open() as stream:
        try:
            for event, element in iterparse(stream, events=("start", "end"), forbid_entities=True):
                depth += 1 if event == "start" else -1
                if depth > MAX_DEPTH:
                    raise UserError("thread.too_deep")
                found += event == "end"
                yield event, element
        except (EntitiesForbidden, ExternalReferenceForbidden) as error:
            raise UserError("thread.entity_expansion") from error
        except ParseError as error:
            if not found:
                raise UserError("thread.malformed") from error
            told.truncated = True


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _raw(element: Element, name: str) -> str:
    return next((child.text or "" for child in element if _name(child).lower() == name), "")


def _named(element: Element, name: str) -> str:
    return one_line(plain_words(_text(element, name)))


def _text(element: Element, name: str) -> str:
    return _raw(element, name).strip()
