"""Links inside sentences: found whole, or named where a network does not write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copilot.playbook.post_lexicon import fold

#: An address without ``https://``: the usual endings only, so that ``matin.venez`` is a slip and no link.
_BARE = re.compile(
    r"(?:[\w-]{1,63}\.){1,5}(?:fr|com|org|net|eu|be|ch|ca|io|info|example|paris|bzh|alsace|corsica|re|uk|app|dev|shop|blog|"
    r"site|online|museum|coop|tv|me|pro|biz|edu|gov|de|es|it|us|nl|lu|nc|pf)(?:[/?#:]\S*)?$"
)
_EDGES = "()<>«»,;.!?"
_BEFORE_LINK = frozenset(("sur", "via", "a", "ici", "on", "at", "here"))


def is_link(word: str) -> bool:
    """True for an address of a page, written in full or not (``velo.example/essai``); false for an e-mail."""
    core = word.strip(_EDGES)
    if "@" in core or core.startswith("#"):
        return False
    return "://" in core or core.startswith("www.") or bool(_BARE.match(core))


def links_in(text: str) -> list[str]:
    """The links of ``text``, whole, without the signs around them."""
    return [word.strip(_EDGES) for word in text.split() if is_link(word)]


def with_links(text: str, manner: str, words: Mapping[str, str]) -> str:
    """``text`` as a network takes its links: ``text`` unchanged, ``bio`` named, ``none`` left out."""
    if manner == "text":
        return text
    parts = text.split(" ")
    places = [index for index, part in enumerate(parts) if is_link(part)]
    for index in reversed(places):
        named = manner == "bio" and index == places[0]
        parts = _replaced(parts, index, words if named else {})
    return " ".join(parts).strip().rstrip(":–-").rstrip()


def _replaced(parts: list[str], index: int, words: Mapping[str, str]) -> list[str]:
    link = parts[index]
    tail = link[len(link.rstrip(".,;!?)")) :].replace(")", "")
    before = parts[index - 1] if index else ""
    after_colon = before.endswith(":")
    name = words.get("link_in_bio" if after_colon or not index else "via_link_in_bio", "")
    start = index
    if fold(before) in _BEFORE_LINK or (not name and before == ":"):
        start = index - 1
    shown = name + tail
    if not name and start and tail and not parts[start - 1].endswith(":"):
        return [*parts[: start - 1], parts[start - 1] + tail, *parts[index + 1 :]]
    return [*parts[:start], *([shown] if name else []), *parts[index + 1 :]]
