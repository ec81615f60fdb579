"""What leads a reader elsewhere: links, e-mails, phone numbers, handles; and the facts of the texts relied on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.checks import Context
from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts import find_facts
from copilot.text.measure.links import find_links

_HANDLE = re.compile(r"(?<![\w@./])@\w[\w.-]{0,100}(?:@[\w.-]{1,100})?")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_AFTER_HOST = re.compile(r"[/?#:]")
_REFERENCES = {FactKind.LINK: "link", FactKind.EMAIL: "email", FactKind.PHONE: "phone"}


@dataclass(frozen=True, slots=True)
class Reference:
    """``text[start:end] == quote``. ``key`` is comparable; ``host`` is that of a link, else empty."""

    kind: str
    key: str
    host: str
    start: int
    end: int
    quote: str


@lru_cache(maxsize=32)
def facts_of(text: str, language: str) -> tuple[FoundFact, ...]:
    """The facts of ``text``; sources are read again at each draft, hence remembered."""
    return find_facts(text, language)


def references(text: str, language: str) -> tuple[Reference, ...]:
    """The references of ``text`` in order, without overlap."""
    taken: list[Reference] = []
    end = 0
    for one in sorted(_found(text, language), key=lambda ref: (ref.start, -ref.end)):
        if one.start >= end:
            taken.append(one)
            end = one.end
    return tuple(taken)


def link_key(link: str) -> tuple[str, str]:
    """A link as it is compared (no scheme, no ``www``, no closing slash), and its host."""
    bare = _SCHEME.sub("", link)
    host = _AFTER_HOST.split(bare, maxsplit=1)[0].lower()
    return (host + bare[len(host) :]).rstrip("/"), host


def vouched_texts(context: Context) -> tuple[str, ...]:
    """The texts a draft may rely on, the brand's accounts included."""
    accounts = tuple(f"@{name.lstrip('@')}" for name in context.brand.accounts.values()) if context.brand else ()
    return (*(text for _, text in context.sources), *accounts)


def all_references(texts: Iterable[str], language: str) -> tuple[Reference, ...]:
    """The references of several texts."""
    return tuple(one for text in texts for one in references(text, language))


def _found(text: str, language: str) -> Iterator[Reference]:
    for fact in facts_of(text, language):
        kind = _REFERENCES.get(fact.kind)
        if kind == "link":
            yield _link(text, fact.start, fact.end)
        elif kind:
            yield Reference(kind, fact.normalised, "", fact.start, fact.end, fact.value)
    for link in find_links(text):
        # "Fin.La suite" misses a space; it leads nowhere.
        if link.has_scheme or not text[link.start : link.end].rpartition(".")[2].istitle():
            yield _link(text, link.start, link.end)
    for match in _HANDLE.finditer(text):
        quote = match.group().rstrip(".-")
        yield Reference("handle", quote.lower(), "", match.start(), match.start() + len(quote), quote)


def _link(text: str, start: int, end: int) -> Reference:
    key, host = link_key(text[start:end])
    return Reference("link", key, host, start, end, text[start:end])
