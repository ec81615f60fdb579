"""Tokens taken apart: what an elision leaves, what hyphens join, the stem of an inclusive form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from copilot.text.lexicons import words
from copilot.text.spelling._tokens import Token, tokens

_ELISIONS = words("l d qu j m t s n c ç jusqu lorsqu puisqu quoiqu presqu quelqu entr")
_CONTRACTIONS = words("s ll ve d re m t")
#: Joined by a hyphen they are right; alone they may be no words.
_PARTS = words(
    "anti auto bi ciné cyber demi dé e electro électro ex extra franco géo hyper infra inter intra macro mega méga mi "
    "micro mini mono multi neo néo non para per péri poly post pre pré pro pseudo quasi re ré self semi socio sub "
    "super sur techno télé trans ultra uni vice web éco eco co la là ci je tu il elle on nous vous ils elles ce moi "
    "toi lui leur en y te le les t rice rices trice trices euse euses se ses ne nes ve ves"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or the part of one that is a word by itself; ``right`` when it is known."""

    start: int
    end: int
    word: str
    opens: bool
    right: bool


def sentences(
    text: str, language: str, knows: Callable[[str], bool], begins: Callable[[str], bool]
) -> Iterator[list[Piece]]:
    """The words of each sentence of ``text``; ``begins`` tells whether a known word begins so."""
    now: list[Piece] = []
    number = 0
    for token in tokens(text):
        if now and number != token.sentence:
            yield now
            now = []
        number = token.sentence
        now += _pieces(token, language, knows, begins)
    if now:
        yield now


def _pieces(
    token: Token, language: str, knows: Callable[[str], bool], begins: Callable[[str], bool]
) -> Iterator[Piece]:
    if knows(token.word):
        yield Piece(token.start, token.end, token.word, token.opens, right=True)
        return
    cut = _without_elision if language == "fr" else _without_contraction
    start, word = cut(token.word)
    if "·" in word:
        word = word.partition("·")[0]
        right = knows(word) or begins(word.lower())
        yield _piece(token, start, word, right=right)
    elif word != token.word and knows(word):
        yield _piece(token, start, word, right=True)
    else:
        for part in word.split("-"):
            begin, rest = cut(part)
            alone = rest == token.word
            yield _piece(token, start + begin, rest, right=knows(rest) or (not alone and rest.lower() in _PARTS))
            start += len(part) + 1


def _piece(token: Token, start: int, word: str, *, right: bool) -> Piece:
    """A part of ``token``, at its own place when characters were not composed on the way."""
    opens = token.opens and not start
    if len(token.word) != token.end - token.start:
        return Piece(token.start, token.end, word, opens, right)
    return Piece(token.start + start, token.start + start + len(word), word, opens, right)


def _without_elision(word: str) -> tuple[int, str]:
    """Where what follows an elision begins, and what it is."""
    start = 0
    while True:
        head, apostrophe, tail = word[start:].partition("'")
        if not (apostrophe and tail and head.lower() in _ELISIONS):
            return start, word[start:]
        start += len(head) + 1


def _without_contraction(word: str) -> tuple[int, str]:
    """``word`` without 's, 'll and the like."""
    while True:
        head, apostrophe, tail = word.rpartition("'")
        if not (apostrophe and head and tail.lower() in _CONTRACTIONS):
            return 0, word
        word = head
