"""Runs of capitalised words: where a name may begin and how far it goes."""

from __future__ import annotations

import re

from copilot.text.facts.page import Page, Token
from copilot.text.facts.vocabulary import EVENT_NOUNS, PARTICLES

_SIMPLE_GAPS = frozenset(["", " ", "\u00a0", "\u202f"])
_AND = frozenset([" & ", "&", "\u00a0& "])
_CAMEL = re.compile(r"[a-z]{1,2}-?[A-ZÀ-Þ]\w")
_LONGEST = 8


def is_name_word(token: Token) -> bool:
    """True for ``Aero``, ``X``, ``iPhone``; not for an elision or a number."""
    first = token.text[0]
    return (first.isupper() and token.text[-1] not in "'’") or bool(_CAMEL.match(token.text))


def is_number(token: Token) -> bool:
    """True for a token that begins with a digit."""
    return token.text[0].isdigit()


def close(page: Page, index: int) -> bool:
    """True when only a space parts the token at ``index`` from the one before."""
    if index == 0 or index >= len(page.tokens):
        return False
    before, here = page.tokens[index - 1], page.tokens[index]
    return not here.initial and page.text[before.end : here.start] in _SIMPLE_GAPS


def _usable(page: Page, index: int) -> bool:
    token = page.tokens[index]
    return page.free(token.start, token.end)


def _next_part(page: Page, index: int, numbered: bool) -> int:
    """Index after the words that go on with the name at ``index``; 0 when it stops before."""
    tokens = page.tokens
    if index >= len(tokens) or not _usable(page, index):
        return 0
    gap = page.text[tokens[index - 1].end : tokens[index].start]
    if gap in _AND and is_name_word(tokens[index]):
        return index + 1
    if not close(page, index):
        return 0
    if is_name_word(tokens[index]) or is_number(tokens[index]):
        return index + 1
    if numbered:
        return 0
    last = index
    while last < index + 2 and last < len(tokens) and tokens[last].text in PARTICLES and close(page, last):
        last += 1
    if last == index or last >= len(tokens) or not close(page, last) or not _usable(page, last):
        return 0
    return last + 1 if is_name_word(tokens[last]) else 0


def run_end(page: Page, first: int) -> int:
    """Index after the last word of the name that begins at ``first``.

    A name that holds a number does not go on through "de": ``Aero X 2 de Lumière`` is two names.
    """
    last = _event_end(page, first)
    numbered = False
    while last - first < _LONGEST:
        after = _next_part(page, last, numbered)
        if not after:
            break
        numbered = numbered or is_number(page.tokens[after - 1])
        last = after
    return last


def _event_end(page: Page, first: int) -> int:
    """Index after ``Nuit de la lecture``; after the first word when it names no event."""
    tokens = page.tokens
    last = first + 1
    if tokens[first].text.casefold() not in EVENT_NOUNS:
        return last
    while last < min(len(tokens), first + 4) and tokens[last].text in PARTICLES and close(page, last):
        last += 1
    named = first + 1 < last < len(tokens) and close(page, last) and _usable(page, last) and tokens[last].text.isalpha()
    return last + 1 if named else first + 1


def leading_words(page: Page, first: int, count: int = 3) -> list[str]:
    """Up to ``count`` words just before the token ``first``, in lower case, nearest last."""
    words: list[str] = []
    index = first
    while len(words) < count and close(page, index):
        index -= 1
        words.append(page.tokens[index].text.casefold())
    return words[::-1]
