"""What leads a reader elsewhere: links, e-mails, phone numbers, handles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.domain.claim import ClaimKind
from copilot.domain.post import FactKind
from copilot.text.facts.contacts import find_emails, find_phones
from copilot.text.facts.contacts import find_links as find_plain_links
from copilot.text.facts.page import Page
from copilot.text.measure.links import find_links

_HANDLE = re.compile(r"(?<![\w@./])@\w[\w.-]{0,100}(?:@[\w.-]{1,100})?")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_AFTER_HOST = re.compile(r"[/?#:]")
_KINDS = {FactKind.LINK: ClaimKind.LINK, FactKind.EMAIL: ClaimKind.EMAIL, FactKind.PHONE: ClaimKind.PHONE}


@dataclass(frozen=True, slots=True)
class Contact:
    """``text[start:end] == quote``. ``key`` is comparable; ``host`` is that of a link, else empty."""

    kind: ClaimKind
    key: str
    host: str
    start: int
    end: int
    quote: str


def link_key(link: str) -> tuple[str, str]:
    """A link as it is compared (no scheme, no ``www``, no closing slash), and its host."""
    bare = _SCHEME.sub("", link)
    host = _AFTER_HOST.split(bare, maxsplit=1)[0].lower()
    return (host + bare[len(host) :]).rstrip("/"), host


def find_contacts(text: str) -> tuple[Contact, ...]:
    """The contacts of ``text`` (composed) in order, without overlap."""
    taken: list[Contact] = []
    end = 0
    for one in sorted(_found(text), key=lambda found: (found.start, -found.end)):
        if one.start >= end:
            taken.append(one)
            end = one.end
    return tuple(taken)


def _found(text: str) -> Iterator[Contact]:
    page = Page(text, "fr")
    for finder in (find_plain_links, find_emails, find_phones):
        for fact in finder(page):
            page.claim(fact)
    for fact in page.facts:
        kind = _KINDS[fact.kind]
        if kind is ClaimKind.LINK:
            yield _link(text, fact.start, fact.end)
        else:
            yield Contact(kind, fact.normalised, "", fact.start, fact.end, fact.value)
    if "." in text:
        for link in find_links(text):
            # "Fin.La suite" misses a space; it leads nowhere.
            if link.has_scheme or not text[link.start : link.end].rpartition(".")[2].istitle():
                yield _link(text, link.start, link.end)
    if "@" in text:
        for match in _HANDLE.finditer(text):
            quote = match.group().rstrip(".-")
            yield Contact(ClaimKind.HANDLE, quote.lower(), "", match.start(), match.start() + len(quote), quote)


def _link(text: str, start: int, end: int) -> Contact:
    key, host = link_key(text[start:end])
    return Contact(ClaimKind.LINK, key, host, start, end, text[start:end])
