"""A comment as the words the rules know. What a word stands for is worked out once and remembered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple, TypeVar

from copilot.intelligence.automaton import UNKNOWN, Automaton
from copilot.intelligence.recent import Recent
from copilot.intelligence.tokens import SPACED, START, pieces
from copilot.text.language import COUNTED_BITS, READ, counted

#: Words remembered with what they were read as; beyond, only those met since are kept.
MEMORY = 40_000
#: Things remembered of those that many words share.
SHARED = 10_000
#: Longer runs of characters are read each time.
MEMORABLE = 32

_CONTRAST = frozenset(
    {"mais", "cependant", "sauf", "pourtant", "contre", "malgre"}
    | {"but", "however", "although", "though", "except", "despite"}
)
_ASKS, _TURNS, _DETAILS = 1, 2, 4
#: What runs of characters count goes in one number, fields above what tells the language, so that reading a text is
#: adding numbers: its words, then one field for each of :data:`_ASKS`, :data:`_TURNS`, :data:`_DETAILS`, then the runs
#: that read otherwise at the start of a sentence.
_FIELD = 32
_SPOKEN = (1 << COUNTED_BITS) - 1
_WORD, _FLAG_BITS = 1 << COUNTED_BITS, COUNTED_BITS + _FIELD
_VARIES = 1 << _FLAG_BITS + 3 * _FIELD
_MOST = (1 << _FIELD) - 1
_DETAIL = frozenset({"<email>", "<phone>"})
#: A phone number, a sum, a word in single letters may hold spaces: such a text cannot be cut at its spaces first.
_SUM_HOLDS_SPACES = re.compile(
    r"[\d€$£](?:(?<=\d)[., ]{0,12} [., ]{0,12}(?:[\d€$£]|euros?\b|dollars?\b|balles\b|usd\b|k\b)|(?<=[€$£]) \d)",
    re.IGNORECASE,
).search
_HAS_SPACED = re.compile(SPACED).search
#: What any word in single letters with spaces between holds: cheaper to look for.
_SINGLE_LETTERS = re.compile(r" [^\W\d_] [^\W\d_] ").search

#: Words, one or several at apostrophes, with the usual punctuation around.
_PLAIN = re.compile(r"""[#("“«'‘]*((?:[^\W\d_]{1,30}['’])*[^\W\d_]{1,30})[,;)"”»]*([.!?…]*)""").fullmatch
_APOSTROPHE = re.compile("['’]").split
#: A number of more digits than an amount or a year, of fewer than a telephone.
_LONG_NUMBER = re.compile(r"[0-9]{5,8}", re.ASCII).fullmatch
#: Names of accounts and long numbers, which come once or twice each.
_PASSING = re.compile(r"@|.{4,}\d\Z|(?:\D*\d){5}", re.DOTALL).match
#: A typed face and the beginning of an address look like words.
_NOT_PLAIN = frozenset({"xd", "xp", "xD", "xP", "Xd", "Xp", "XD", "XP", "www", "WWW", "Www"})

Thing = TypeVar("Thing")
Piece = tuple[str, tuple[int, int], str]
#: What one word, number, sign answers to: most often one row of names, several when it is shorthand.
Answers = Callable[[str, str], tuple[tuple[str, ...], ...]]


_NOT_KNOWN = (UNKNOWN,)
#: Kinds of what comes once or twice each.
_ONCE = frozenset({"number", "phone", "money", "url", "email"})


@lru_cache(maxsize=64)
def _whole(length: int) -> tuple[tuple[int, int], ...]:
    return ((0, length),)


class Chunk(NamedTuple):
    """A run of characters without a space, read. ``spans`` count from its own beginning.

    ``fresh``: what follows begins a sentence. ``adds`` is what it counts for: see :func:`_counts`. ``begins`` is how
    the same run reads at the start of a sentence, None when it reads the same.
    """

    keys: tuple[tuple[str, ...], ...]
    signs: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    fresh: bool
    adds: int
    begins: Chunk | None = None


def _counts(words: int, flags: int, spoken: int) -> int:
    """One number of what a run of characters counts; ``words`` are all but sentence starts, ``flags`` are bits."""
    bits = sum(1 << _FLAG_BITS + at * _FIELD for at in range(3) if flags >> at & 1)
    return spoken + words * _WORD + bits


class Read:
    """A text as words: ``keys[i]`` are the names word ``i`` answers to, ``signs[i]`` its number for the automaton.

    :meth:`span` is where it lies. ``count`` is what tells the language, None where only the text can.
    """

    __slots__ = ("_chunks", "_flags", "_parts", "_places", "count", "signs", "words")

    def __init__(self, chunks: list[Chunk], parts: list[str], signs: list[int], count: int, *, tells: bool) -> None:
        self._chunks = chunks
        self._parts = parts
        self._flags = count >> _FLAG_BITS
        self._places: tuple[list[int], list[int]] | None = None
        self.signs = signs
        self.words = count >> COUNTED_BITS & _MOST
        self.count = count & _SPOKEN if tells else None

    @property
    def signs_of_all(self) -> tuple[bool, bool, bool]:
        """Whether a question mark is somewhere, a word that sets one part against another, an e-mail or a phone number.

        In this order.
        """
        flags = self._flags
        if not flags:
            return False, False, False
        return flags & _MOST > 0, flags >> _FIELD & _MOST > 0, flags >> 2 * _FIELD & _MOST > 0

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


class _Shared(dict[Thing, Thing]):
    """Of things that are equal and never change, the first: the same few come back in most words."""

    def __missing__(self, thing: Thing) -> Thing:
        if len(self) >= SHARED:
            self.clear()
        self[thing] = thing
        return thing


class _Memory(Recent[str, Chunk]):
    """Runs of characters read, by themselves."""

    def __init__(self, read: Callable[[str], Chunk]) -> None:
        super().__init__(MEMORY)
        self._read = read

    def __missing__(self, part: str) -> Chunk:
        chunk = self._older.get(part) or self._read(part)
        if len(part) <= MEMORABLE and not _PASSING(part):
            self.keep(part, chunk)
        return chunk


class Reader:
    """Reads texts as words for an automaton."""

    def __init__(self, answers: Answers, automaton: Automaton) -> None:
        self._answers = answers
        self._automaton = automaton
        self._start = automaton.sign((START,))
        self._words: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._memory = _Memory(self._remember)
        self._alike: dict[tuple[tuple[str, str], int], Chunk] = {}
        self._signs: _Shared[tuple[int, ...]] = _Shared()
        self._spans: _Shared[tuple[tuple[int, int], ...]] = _Shared()
        self._counts: _Shared[int] = _Shared()

    def read(self, text: str) -> Read:
        """``text`` as the words the rules know."""
        if _SUM_HOLDS_SPACES(text) or (_SINGLE_LETTERS(text) and _HAS_SPACED(text)):
            chunk = self._chunk(list(pieces(text)), True, 0)
            return Read([chunk], [text], [self._start, *chunk.signs], chunk.adds, tells=False)
        parts = text.split(" ")
        chunks = list(map(self._memory.__getitem__, parts))
        count = sum([chunk.adds for chunk in chunks])
        if count >= _VARIES:
            count += _begun(chunks)
        signs = [self._start, *chain.from_iterable([chunk.signs for chunk in chunks])]
        return Read(chunks, parts, signs, count, tells=len(text) <= READ)

    def _remember(self, part: str) -> Chunk:
        if part.startswith("@") and part[1:].isalnum():
            return self._of_length(("handle", "@"), len(part))
        if _LONG_NUMBER(part) and self._automaton.sign((part,)) == UNKNOWN:
            return self._of_length(("number", "0"), len(part))
        return self._alone(part) or self._both(part)

    def _of_length(self, kind: tuple[str, str], length: int) -> Chunk:
        """The name of an account, a long number: only its length matters. ``kind``, and what stands for all of it."""
        chunk = self._alike.get((kind, length))
        if chunk is None:
            name, raw = kind
            chunk = self._twice([(name, (0, length), raw)], 0)
            if length <= MEMORABLE:
                self._alike[kind, length] = chunk
        return chunk

    def _alone(self, part: str) -> Chunk | None:
        """A word that no rule knows, with nothing around it: most of what there is to read."""
        if not part.isalpha() or len(part) < 3:
            return None
        keys = self._answered("word", part)
        if len(keys) > 1 or len(keys[0]) > 1:
            return None
        sign = self._automaton.sign(keys[0])
        signs = _NOT_KNOWN if sign == UNKNOWN else self._signs[(sign,)]
        counts = self._counts[_counts(1, _TURNS * (keys[0][0] in _CONTRAST), counted(part))]
        return Chunk(keys, signs, _whole(len(part)), False, counts)

    def _both(self, part: str) -> Chunk:
        """``part`` inside a sentence and at the start of one: the same unless it greets or ends another."""
        found = _words_and_end(part) or list(pieces(part))
        if found and found[0][0] != "end" and "<greeting>" not in self._answered(found[0][0], found[0][2])[-1]:
            return self._chunk(found, False, counted(part))
        return self._twice(found, counted(part))

    def _twice(self, found: list[Piece], spoken: int) -> Chunk:
        """What reads otherwise at the start of a sentence."""
        inside = self._chunk(found, False, spoken)
        return inside._replace(adds=inside.adds + _VARIES, begins=self._chunk(found, True, spoken))

    def _chunk(self, found: Sequence[Piece], fresh: bool, spoken: int) -> Chunk:
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
        return self._made(keys, spans, fresh, spoken)

    def _made(self, keys: list[tuple[str, ...]], spans: list[tuple[int, int]], fresh: bool, spoken: int) -> Chunk:
        flags = words = 0
        for key in keys:
            flags |= _ASKS * (key[0] == "<qm>") | _TURNS * (key[0] in _CONTRAST) | _DETAILS * (key[0] in _DETAIL)
            words += key[0] != START
        signs = self._signs[tuple(map(self._automaton.sign, keys))]
        counts = self._counts[_counts(words, flags, spoken)]
        return Chunk(tuple(keys), signs, self._spans[tuple(spans)], fresh, counts)

    def _answered(self, kind: str, raw: str) -> tuple[tuple[str, ...], ...]:
        answers = self._words.get(raw)
        if answers is None:
            answers = self._answers(kind, raw)
            if len(raw) <= MEMORABLE and kind not in _ONCE:
                if len(self._words) >= MEMORY:
                    self._words.clear()
                self._words[raw] = answers
        return answers


def _begun(chunks: list[Chunk]) -> int:
    """Put in place of those of ``chunks`` that begin a sentence how they read there; what that adds to their count."""
    more, fresh = 0, True
    for place, chunk in enumerate(chunks):
        begins = chunk.begins
        if begins is None:
            fresh = chunk.fresh
        elif fresh:
            more += begins.adds - chunk.adds
            chunks[place] = begins
            fresh = begins.fresh
        else:
            more -= _VARIES
            fresh = chunk.fresh
    return more


def _stop(raw: str) -> str:
    if any(mark in raw for mark in "?\u061f\uff1f"):
        return "<qm>"
    return "<excl>" if "!" in raw or "\uff01" in raw else "."
