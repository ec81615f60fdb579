"""Words that orders to a machine are made of, each with the letter of its kind.

A comment is read as the letters of its words (:func:`letters`): ``ignore tes consignes`` is ``IYR``. Patterns and the
linear model both read these letters, so that a turn of phrase seen once is known in other words and in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from copilot.intelligence.hostile.lexicon import lexicon

#: Words and signs of a piece that are read: one of prose has fewer.
MOST_WORDS = 500
_WORD = re.compile(r"[a-z]+|[<\[{#]")


@lru_cache(maxsize=1)
def letter_of() -> Mapping[str, str]:
    """The letter of each word known; a word belongs to the first kind that names it."""
    kinds: dict[str, str] = lexicon()["kinds"]
    return {word: letter for letter, words in reversed(kinds.items()) for word in words.split()}


#: A link, an address, a handle, a telephone number, a word, an opening quotation mark, the end of a sentence.
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,24}|@\w{2,40}"
    r"|[a-z0-9-]{1,63}(?:(?:\.|\[\.\]|\[dot\])[a-z0-9-]{2,63})+(?:/\S{0,200})?|(?<!\d)\+?\d(?:[ .-]?\d){7,14}(?!\d)"
    r"|[a-z0-9]+|[\"«“„]|[.!?;:\n=…—]+|[,()]"
)
#: The same for a text without any sign of a link, an address or a handle: most, and three times as quick.
_PROSE = re.compile(r"[a-z]++(?![0-9])|(?<!\d)\+?\d(?:[ .-]?\d){7,14}(?!\d)|[a-z0-9]+|[\"«“„]|[.!?;:\n=…—]+|[,()]")
_LEADS = re.compile(r"@|://|www\.|\.[a-z0-9-]|\[")


def plain_words(plain: str) -> list[str]:
    """The words of letters alone of ``plain`` (lower case, without accents), and the signs that open a structure."""
    return _WORD.findall(plain)


def tokens(plain: str) -> list[str]:
    """The words and signs of ``plain`` (lower case, without accents), the first ``MOST_WORDS``."""
    return (_TOKEN if _LEADS.search(plain) else _PROSE).findall(plain)[:MOST_WORDS]


def letters(words: list[str]) -> str:
    """One letter for each word: its kind, ``L`` for what leads elsewhere, ``^`` for an end, ``.`` for the rest."""
    get = letter_of().get
    return "".join([get(word, ".") if word.isalpha() else get(word) or _sign(word) for word in words])


def _sign(word: str) -> str:
    first = word[0]
    if "a" <= first <= "z":
        return "L" if ("." in word or "@" in word) and len(word) > 3 else "."
    if first in ".!?;:\n=…—":
        return "^"
    if first in '"«“„':
        return "Q"
    if first in ",()":
        return ","
    if "@" in word or len(word) > 7:
        return "L"
    return "#"
