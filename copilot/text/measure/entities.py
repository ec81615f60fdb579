"""What a network makes a link of in a text: addresses, hashtags, mentions. In a time linear in the text.

X's rules are those of twitter-text 3; Bluesky's are in ``copilot.text.facets``; the others follow the expressions
and signs their files give.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.domain.network import Network
from copilot.text.measure.links import find_links

LINK, HASHTAG, MENTION = "link", "hashtag", "mention"

_SIGN = re.compile("[#\uff03]")
_NOT_AFTER_SIGN = "\ufe0f\u20e3"
_ENDS_NO_TAG = re.compile("[#\uff03]|://")
_PRESENTATION = "\ufe0e\ufe0f"

_X_MENTION = re.compile(
    "(?:^|[^a-zA-Z0-9_!#$%&*@\uff20]|(?:^|[^a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt):?)"
    "([@\uff20]([a-zA-Z0-9_]{1,20})(/[a-zA-Z][a-zA-Z0-9_-]{0,24})?)"
)
_ENDS_NO_MENTION = re.compile("[@\uff20\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    "\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff]|://")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entity:
    """``text[start:end]`` is a ``kind`` (``link``, ``hashtag``, ``mention``); ``value`` has no sign before it."""

    kind: str
    start: int
    end: int
    value: str


def entities(text: str, network: Network) -> tuple[Entity, ...]:
    """The links, hashtags and mentions ``network`` sees in ``text``, in order, without overlap.

    Offsets are those of ``text``, which is best given as it is sent (``as_sent``).
    """
    if network.id == "bluesky":
        return _of_bluesky(text)
    links = [
        Entity(LINK, link.start, link.end, text[link.start : link.end])
        for link in find_links(text, bare=network.links.bare)
    ]
    tags = () if network.hashtags.keeps == "none" else hashtags(text, network.hashtags.separators)
    return _without_overlap([*links, *tags, *_mentions(text, network)])


def hashtags(text: str, separators: str = "") -> Iterator[Entity]:
    """The hashtags of letters, marks, digits, ``_`` and ``separators``, with one letter at least."""
    done = 0
    for sign in _SIGN.finditer(text):
        at = sign.start()
        # A tag that ended there took what might come before this one.
        if (
            (done and at <= done)
            or not _may_begin(text, at, separators)
            or text[at + 1 : at + 2] in (*_NOT_AFTER_SIGN, "")
        ):
            continue
        end = _tag_end(text, at + 1, separators)
        if any(unicodedata.category(char)[0] in "LM" for char in text[at + 1 : end]):
            done = end
            if not _ENDS_NO_TAG.match(text, end):
                yield Entity(HASHTAG, at, end, text[at + 1 : end])


def _may_begin(text: str, at: int, separators: str) -> bool:
    before = text[at - 1 : at]
    return before in _PRESENTATION or (before != "&" and not _in_tag(before, separators))


def _in_tag(char: str, separators: str) -> bool:
    category = unicodedata.category(char)
    return char == "_" or category[0] in "LM" or category == "Nd" or char in separators


def _tag_end(text: str, at: int, separators: str) -> int:
    while at < len(text) and _in_tag(text[at], separators):
        at += 1
    return at


def _mentions(text: str, network: Network) -> Iterator[Entity]:
    if network.id == "x":
        yield from _x_mentions(text)
    elif network.mentions.pattern:
        for match in _pattern(network.mentions.pattern).finditer(text):
            name = match.group().rstrip(".-")
            yield Entity(MENTION, match.start(), match.start() + len(name), name.removeprefix("@"))


def _x_mentions(text: str) -> Iterator[Entity]:
    for match in _X_MENTION.finditer(text):
        # With a slash and a name after it, it is a list.
        if match[3] is None and not _ENDS_NO_MENTION.match(text, match.end()):
            yield Entity(MENTION, match.start(1), match.end(1), match[2])


@lru_cache(maxsize=64)
def _pattern(one: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@/.])(?:{one})(?![\w@])")


def _of_bluesky(text: str) -> tuple[Entity, ...]:
    from copilot.text.facets import TAG, find_spans

    kinds = {TAG: HASHTAG}
    return tuple(Entity(kinds.get(one.kind, one.kind), one.start, one.end, one.value) for one in find_spans(text))


def _without_overlap(found: list[Entity]) -> tuple[Entity, ...]:
    kept: list[Entity] = []
    end = 0
    for one in sorted(found, key=lambda entity: (entity.start, -entity.end)):
        if one.start >= end:
            kept.append(one)
            end = one.end
    return tuple(kept)
