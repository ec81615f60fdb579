"""What a network keeps of a hashtag, and the hashtags written in a text.

Most networks end a tag at the first sign that is no letter, mark, digit or underscore: of ``#l’été`` they keep
``#l``. Bluesky keeps everything up to a space but trailing punctuation. A topic of Threads holds spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from copilot.domain.network import Network
from copilot.text.measure.graphemes import grapheme_ends

#: Signs that stay inside a tag on X and Mastodon besides letters, marks, digits and the underscore.
_SEPARATORS = {
    "x": "\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7",
    "mastodon": "\u200c\xb7\u30fb",
}
_KEEPS_PUNCTUATION = frozenset({"bluesky"})
_KEEPS_SPACES = frozenset({"threads"})

_IN_TEXT = re.compile(r"(?<![\w&/#＃])[#＃]([^\s#＃]+)")
_ARTICLE = re.compile("^[lLdD][’']")
_CAN_BE_GLUED = re.compile(r"[^\w]+(?=\w)")


@dataclass(frozen=True, slots=True)
class WrittenTag:
    """A hashtag in a text: ``text[start:end]`` is the sign, the tag and what a reader would take for the rest of it."""

    start: int
    end: int
    written: str
    kept: str


def kept(tag: str, network: Network) -> str:
    """What ``network`` keeps of ``tag`` (without its sign); empty when it makes no tag of it."""
    if network.id in _KEEPS_SPACES:
        found = re.split(r"[.&\n]", tag, maxsplit=1)[0]
    elif network.id in _KEEPS_PUNCTUATION:
        found = _without_closing(re.split(r"\s", tag, maxsplit=1)[0])
    else:
        found = tag[: _word_end(tag, _SEPARATORS.get(network.id, ""))]
    most = network.hashtags.max_chars
    if most is not None and len(found) > most:
        found = found[: next(islice(grapheme_ends(found), most - 1, None), len(found))]
    return found if any(_makes_a_tag(char) for char in found) else ""


def holds_spaces(network: Network) -> bool:
    """True where a tag is a topic of several words."""
    return network.id in _KEEPS_SPACES


def mended(tag: str, network: Network) -> str:
    """``tag`` with its words joined in CamelCase, accents kept, so that ``network`` keeps all of it; may be empty."""
    joined = _CAN_BE_GLUED.split(_ARTICLE.sub("", tag))
    return kept("".join(word[:1].upper() + word[1:] for word in joined if word), network)


def written_tags(text: str, network: Network) -> Iterator[WrittenTag]:
    """The hashtags written in ``text``, those made of digits only left out."""
    for match in _IN_TEXT.finditer(text):
        written = _without_closing(match[1])
        if written and not written.isdigit():
            end = match.start(1) + len(written)
            yield WrittenTag(match.start(), end, written, kept(written, network))


def _without_closing(tag: str) -> str:
    return tag.rstrip(".,;:!?…)]}»”\"'")


def _word_end(tag: str, separators: str) -> int:
    if tag.isalpha():
        return len(tag)
    for index, char in enumerate(tag):
        if not (char == "_" or char in separators or _is_word(char)):
            return index
    return len(tag)


def _is_word(char: str) -> bool:
    """A letter, a mark or a decimal digit."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def _makes_a_tag(char: str) -> bool:
    """Digits and punctuation alone make no tag anywhere."""
    return unicodedata.category(char)[0] not in "NPZC"
