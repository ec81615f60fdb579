"""A comment as the words the rules know. What a word stands for is worked out once and remembered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from copilot.intelligence.automaton import UNKNOWN, Automaton
from copilot.intelligence.tokens import SPACED, START, pieces
from copilot.text.language import READ, counted

#: Words remembered with what they were read as; beyond, only those met since are kept.
MEMORY = 40_000
#: Longer runs of characters are read each time.
MEMORABLE = 32

_CONTRAST = frozenset(
    {"mais", "cependant", "sauf", "pourtant", "contre", "malgre"}
    | {"but", "however", "although", "though", "except", "despite"}
)
_ASKS, _TURNS, _DETAILS = 1, 2, 4
_DETAIL = frozenset({"<email>", "<phone>"})
#: A phone number, a sum, a word in single letters may hold spaces: such a text cannot be cut at its spaces first.
_MAY_HOLD_SPACES = re.compile(
    r"\d[., ]{0,12} [., ]{0,12}(?:[\d€$£]|euros?\b|dollars?\b|balles\b|usd\b|k\b)|[€$£] \d"
    rf"|{SPACED}",
    re.IGNORECASE,
).search

#: Words, one or several at apostrophes, with the usual punctuation around.
_PLAIN = re.compile(r"""[#("“«'‘]*((?:[^\W\d_]{1,30}['’])*[^\W\d_]{1,30})[,;)"”»]*([.!?…]*)""").fullmatch
_APOSTROPHE = re.compile("['’]").split
#: A typed face and the beginning of an address look like words.
_NOT_PLAIN = frozenset({"xd", "xp", "xD", "xP", "Xd", "Xp", "XD", "XP", "www", "WWW", "Www"})

Piece = tuple[str, tuple[int, int], str]
#: What one word, number, sign answers to: most often one row of names, several when it is shorthand.
Answers = Callable[[str, str], tuple[tuple[str, ...], ...]]


_NOT_KNOWN = (UNKNOWN,)


@lru_cache(maxsize=64)
def _whole(length: int) -> tuple[tuple[int, int], ...]:
    return ((0, length),)


class Chunk(NamedTuple):
    """A run of characters without a space, read. ``spans`` count from its own beginning.

    ``fresh``: what follows begins a sentence. ``words`` counts all but sentence starts; ``flags`` are bits;
    ``spoken`` is what tells its language.
    """

    keys: tuple[tuple[str, ...], ...]
    signs: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    fresh: bool
    words: int
    flags: int
    spoken: int


class Read:
    """A text as words: ``keys[i]`` are the names word ``i`` answers to, ``signs[i]`` its number for the automaton.

    :meth:`span` is where it lies. ``asks``: a question mark is somewhere; ``contrast``: a "but". ``count`` is what
    tells the language, None where only the text can.
    """

    __slots__ = ("_chunks", "_flags", "_parts", "_places", "count", "signs", "words")

    def __init__(
        self, chunks: list[Chunk], parts: list[str], signs: list[int], words: int, flags: int, count: int | None
    ) -> None:
        self._chunks = chunks
        self._parts = parts
        self._flags = flags
        self._places: tuple[list[int], list[int]] | None = None
        self.signs = signs
        self.words = words
        self.count = count

    @property
    def asks(self) -> bool:
        """True when a question mark is somewhere."""
        return bool(self._flags & _ASKS)

    @property
    def contrast(self) -> bool:
        """True when a word sets one part against another."""
        return bool(self._flags & _TURNS)

    @property
    def details(self) -> bool:
        """True when an e-mail address or a phone number is there."""
        return bool(self._flags & _DETAILS)

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """The names each word answers to, sentence starts among them."""
        return [(START,), *(names for chunk in self._chunks for names in chunk.keys)]

    def span(self, index: int) -> tuple[int, int]:
        """Where word ``index`` begins and ends in the text."""
        if not index:
            return 0, 0
        if self._places is None:
            # The number of the first word of each run of characters, and where that run begins.
            firsts = list(accumulate([len(chunk.spans) for chunk in self._chunks], initial=1))
            begins = list(accumulate([len(part) + 1 for part in self._parts], initial=0))
            self._places = firsts, begins
        firsts, begins = self._places
        at = bisect_right(firsts, index) - 1
        start, end = self._chunks[at].spans[index - firsts[at]]
        return begins[at] + start, begins[at] + end


def _words_and_end(part: str) -> list[Piece]:
    """The pieces of words with common punctuation around, nothing for all else: quicker than the whole grammar."""
    found = _PLAIN(part)
    if found is None or found.group(1) in _NOT_PLAIN:
        return []
    words, begin = [], found.start(1)
    for word in _APOSTROPHE(found.group(1)):
        if word:
            words.append(("word", (begin, begin + len(word)), word))
        begin += len(word) + 1
    if found.group(2):
        words.append(("end", found.span(2), found.group(2)))
    return words


class Reader:
    """Reads texts as words for an automaton."""

    def __init__(self, answers: Answers, automaton: Automaton) -> None:
        self._answers = answers
        self._automaton = automaton
        self._start = automaton.sign((START,))
        self._words: dict[str, tuple[tuple[str, ...], ...]] = {}
        # Each run of characters as it reads inside a sentence, and at the start of one.
        self._memory: dict[str, tuple[Chunk, Chunk]] = {}
        self._older: dict[str, tuple[Chunk, Chunk]] = {}
        self._handles: dict[int, tuple[Chunk, Chunk]] = {}

    def read(self, text: str) -> Read:
        """``text`` as the words the rules know."""
        if _MAY_HOLD_SPACES(text):
            chunk = self._chunk(list(pieces(text)), True, 0)
            return Read([chunk], [text], [self._start, *chunk.signs], chunk.words, chunk.flags, None)
        parts = text.split(" ")
        memory = self._memory
        chunks: list[Chunk] = []
        signs = [self._start]
        fresh, words, flags, spoken = True, 0, 0, 0
        for part in parts:
            both = memory.get(part)
            if both is None:
                both = self._remember(part)
            chunk = both[fresh]
            chunks.append(chunk)
            _, more, _, fresh, count, bits, speaks = chunk
            signs += more
            words += count
            spoken += speaks
            if bits:
                flags |= bits
        return Read(chunks, parts, signs, words, flags, spoken if len(text) <= READ else None)

    def _remember(self, part: str) -> tuple[Chunk, Chunk]:
        if part.startswith("@") and part[1:].isalnum():
            return self._handle(len(part))
        both = self._older.get(part)
        if both is None:
            both = self._alone(part) or self._both(part)
        if len(part) <= MEMORABLE:
            if len(self._memory) >= MEMORY:
                self._older, self._memory = self._memory, {}
            self._memory[part] = both
        return both

    def _handle(self, length: int) -> tuple[Chunk, Chunk]:
        """The name of an account: each is met once or twice, and only its length matters."""
        both = self._handles.get(length)
        if both is None:
            found: list[Piece] = [("handle", (0, length), "@")]
            both = self._chunk(found, False, 0), self._chunk(found, True, 0)
            if length <= MEMORABLE:
                self._handles[length] = both
        return both

    def _alone(self, part: str) -> tuple[Chunk, Chunk] | None:
        """A word that no rule knows, with nothing around it: most of what there is to read."""
        if not part.isalpha() or len(part) < 3:
            return None
        keys = self._answered("word", part)
        if len(keys) > 1 or len(keys[0]) > 1:
            return None
        sign = self._automaton.sign(keys[0])
        signs = _NOT_KNOWN if sign == UNKNOWN else (sign,)
        chunk = Chunk(keys, signs, _whole(len(part)), False, 1, _TURNS * (keys[0][0] in _CONTRAST), counted(part))
        return chunk, chunk

    def _both(self, part: str) -> tuple[Chunk, Chunk]:
        """``part`` inside a sentence and at the start of one: the same unless it greets or ends another."""
        found = _words_and_end(part) or list(pieces(part))
        count = counted(part)
        inside = self._chunk(found, False, count)
        if found and found[0][0] != "end" and "<greeting>" not in self._answered(found[0][0], found[0][2])[-1]:
            return inside, inside
        return inside, self._chunk(found, True, count)

    def _chunk(self, found: Sequence[Piece], fresh: bool, count: int) -> Chunk:
        keys: list[tuple[str, ...]] = []
        spans: list[tuple[int, int]] = []
        for kind, span, raw in found:
            if kind == "end":
                if not fresh:
                    keys += ((_stop(raw),), (START,))
                    spans += (span, (span[1], span[1]))
                    fresh = True
                elif "?" in raw:
                    keys.append(("<qm>",))
                    spans.append(span)
                continue
            answers = self._answered(kind, raw)
            keys += answers
            spans += [span] * len(answers)
            if fresh and "<greeting>" in answers[-1]:
                keys.append((START,))
                spans.append((span[1], span[1]))
            else:
                fresh = False
        return self._made(keys, spans, fresh, count)

    def _made(self, keys: list[tuple[str, ...]], spans: list[tuple[int, int]], fresh: bool, count: int) -> Chunk:
        flags = words = 0
        for key in keys:
            flags |= _ASKS * (key[0] == "<qm>") | _TURNS * (key[0] in _CONTRAST) | _DETAILS * (key[0] in _DETAIL)
            words += key[0] != START
        return Chunk(tuple(keys), tuple(map(self._automaton.sign, keys)), tuple(spans), fresh, words, flags, count)

    def _answered(self, kind: str, raw: str) -> tuple[tuple[str, ...], ...]:
        answers = self._words.get(raw)
        if answers is None:
            answers = self._answers(kind, raw)
            if len(raw) <= MEMORABLE:
                if len(self._words) >= MEMORY:
                    self._words.clear()
                self._words[raw] = answers
        return answers


def _stop(raw: str) -> str:
    if any(mark in raw for mark in "?\u061f\uff1f"):
        return "<qm>"
    return "<excl>" if "!" in raw or "\uff01" in raw else "."
