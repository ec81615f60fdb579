"""A text made shorter by whole sentences: the least informative go first, nothing is reworded nor cut inside.

A sentence is never left without what it leans on: "It has two wheels." goes before the sentence it follows, and a
line that announces others ("You will find:") goes with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copilot.domain.post import FactKind
from copilot.playbook.post_sentences import sentences
from copilot.text.facts import find_facts
from copilot.text.lexicons import folded, stop_words

#: Ranks of sentences, the first to go first: says nothing checkable, states something, gives a price or a day, tells
#: how to act, stays to the end.
SPARE, STATES, NEEDED, ACTS, KEPT = range(5)
#: What part of its words a text made shorter aims at.
SHORTER = 0.5
#: Characters beyond which a text is not read: no post is that long, and reading it would take seconds.
LONGEST = 50_000

_NEEDED = {FactKind.PRICE, FactKind.DATE, FactKind.TIME}
_ACTS = {FactKind.LINK, FactKind.EMAIL, FactKind.PHONE, FactKind.CALL_TO_ACTION}
_SLOT = re.compile(r"\{[^{}\n]{1,80}\}")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪►→✓✔]|\d{1,2}[.)])\s")
_HASHTAGS = re.compile(r"\s*(?:[#＃]\w+\s*)+")
_LEANS = re.compile(
    r"(?:il|elle|ils|elles|on y|y|cela|ca|ce|c['’]|cette|cet|ces|celui|celle|ceux|mais|donc|alors|pourtant|puis|car|et|"
    r"ensuite|aussi|en effet|de plus|par ailleurs|leur|leurs|son|sa|ses|it|its|they|their|this|that|these|those|but|"
    r"so|then|he|she|his|her|also|and)(?!\w)"
)
_SALUTATION = re.compile(r"(?:bonjour|bonsoir|hello|hi|hey|salut|coucou|cher|chere|chers|cheres|dear|good)(?!\w)")
_SIGN_OFF = re.compile(
    r"(?:[-–—]\s?\w|l['’]equipe|equipe|the .{0,40}team|your .{0,40}team|cordialement|bien a vous|a bientot|a tres vite|"
    r"bien cordialement|sinceres salutations|best|kind regards|regards|sincerely|cheers|see you)"
)
_LONGEST_SALUTATION, _LONGEST_SIGN_OFF, _WORD_FROM = 40, 60, 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence, or one whole line of a list.

    ``paragraph`` grows at each empty line; pieces of the same ``unit`` go together.
    """

    text: str
    line: int
    paragraph: int
    rank: int
    worth: float = 0.0
    unit: int = 0


class Cuts:
    """The ways to shorten one text. ``spare`` cuts lose nothing checkable, ``most`` leave one piece at least."""

    def __init__(self, text: str, language: str, *, signature: str = "") -> None:
        self._text = text
        self._pieces = _weighed(tuple(_pieces(text, language, signature)))
        self._order = _order(self._pieces)
        self.spare = sum(1 for _unit, rank in self._order if rank == SPARE)
        self.most = len(self._order)

    def without(self, cuts: int) -> str:
        """The text less its ``cuts`` least informative pieces, 0 to :attr:`most`."""
        if cuts <= 0:
            return self._text
        gone = {unit for unit, _rank in self._order[:cuts]}
        return _joined([piece for piece in self._pieces if piece.unit not in gone])

    def alone(self) -> Iterator[str]:
        """Each piece by itself, the most needed first."""
        ordered = sorted(self._pieces, key=lambda piece: (-piece.rank, -piece.worth))
        yield from (piece.text for piece in ordered)


def shorter(text: str, language: str, *, signature: str = "") -> str | None:
    """``text`` in about half as many words, of its own whole sentences; None when none can be spared.

    Facts, links, ways to act, the greeting, the first sentence and the signature stay.
    """
    cuts = Cuts(text, language, signature=signature) if len(text) <= LONGEST else None
    if cuts is None or not cuts.spare:
        return None
    aim = len(text.split()) * SHORTER
    return cuts.without(_least(lambda count: len(cuts.without(count).split()) <= aim, 0, cuts.spare))


def fitted(
    text: str,
    language: str,
    tags: int,
    fits: Callable[[str, int], bool],
    *,
    signature: str = "",
) -> tuple[str, int]:
    """The fullest form of ``text`` that fits, with how many of its ``tags`` hashtags.

    What says nothing checkable goes first, then hashtags, then statements, last the ways to act. When no sentence
    fits, the shortest form comes as it is: nothing is cut inside a sentence.
    """
    if fits(text, tags):
        return text, tags
    if len(text) > LONGEST:
        return text, 0
    cuts = Cuts(text, language, signature=signature)
    spare = _least(lambda count: fits(cuts.without(count), tags), 0, cuts.spare)
    if fits(cuts.without(spare), tags):
        return cuts.without(spare), tags
    for count in range(tags - 1, -1, -1):
        if fits(cuts.without(spare), count):
            return cuts.without(spare), count
    shown = cuts.without(_least(lambda count: fits(cuts.without(count), 0), cuts.spare, cuts.most))
    if fits(shown, 0):
        return shown, 0
    return next((piece for piece in cuts.alone() if fits(piece, 0)), shown), 0


def _least(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The least number of ``low`` to ``high`` that ``holds``, ``high`` when none does; what holds holds beyond."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _pieces(text: str, language: str, signature: str) -> Iterator[_Piece]:
    """The pieces in order, each with its rank and what it goes with."""
    facts = find_facts(text, language)
    offset, paragraph, unit, fact = 0, 0, 0, 0
    lines = text.split("\n")
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    heading = first = True
    open_list = ""
    for number, line in enumerate(lines):
        if not line.strip():
            paragraph += bool(not first)
        for start, sentence in _cut(line):
            shown = sentence.strip()
            begin, end = offset + start, offset + start + len(sentence)
            kinds = set()
            while fact < len(facts) and facts[fact].start < end:
                kinds |= {facts[fact].kind} if facts[fact].start >= begin else set()
                fact += 1
            joined = open_list and (open_list == "next" or _BULLET.match(line))
            unit += not joined
            rank = _rank(shown, kinds)
            if heading or (number == last and _signs(line.strip(), signature)):
                rank = KEPT
            yield _Piece(shown, number, paragraph, rank, unit=unit)
            heading = first and _greets(shown)
            first = False
            open_list = "next" if shown.endswith(":") else ("list" if joined and _BULLET.match(line) else "")
        offset += len(line) + 1


def _cut(line: str) -> Iterator[tuple[int, str]]:
    """A list item and a line of hashtags are one piece, any other line its sentences."""
    if not line.strip():
        return
    if _BULLET.match(line) or _HASHTAGS.fullmatch(line):
        yield 0, line
    else:
        yield from ((start, text) for start, text in sentences(line) if text.strip())


def _rank(sentence: str, kinds: set[FactKind]) -> int:
    if kinds & _ACTS:
        return ACTS
    if kinds & _NEEDED or _SLOT.search(sentence):
        return NEEDED
    return STATES if kinds or _BULLET.match(sentence) or any(sign.isdigit() for sign in sentence) else SPARE


def _greets(sentence: str) -> bool:
    short = len(sentence) <= _LONGEST_SALUTATION
    return short and (sentence.endswith(",") or bool(_SALUTATION.match(folded(sentence))))


def _signs(line: str, signature: str) -> bool:
    """True for a line that closes a text: the brand's own, or a usual formula."""
    if signature.strip() and line == signature.strip():
        return True
    return len(line) <= _LONGEST_SIGN_OFF and bool(_SIGN_OFF.match(folded(line)))


def _weighed(pieces: Sequence[_Piece]) -> tuple[_Piece, ...]:
    """``pieces`` with what each says that the others do not; a question is worth half."""
    small = stop_words("both")
    said = [{word for word in re.findall(r"\w+", folded(piece.text)) if len(word) >= _WORD_FROM} for piece in pieces]
    times = Counter(word for words in said for word in words)
    return tuple(
        replace(piece, worth=sum(1 / times[word] for word in words - small) * (0.5 if "?" in piece.text else 1.0))
        for piece, words in zip(pieces, said, strict=True)
    )


def _order(pieces: Sequence[_Piece]) -> tuple[tuple[int, int], ...]:
    """Units and their ranks in the order they go; the first is never in it, one that others lean on goes after them."""
    heads: dict[int, str] = {}
    keys: dict[int, tuple[int, float]] = {}
    for piece in pieces:
        heads.setdefault(piece.unit, piece.text)
        rank, worth = keys.get(piece.unit, (SPARE, 0.0))
        keys[piece.unit] = (max(rank, piece.rank), worth + piece.worth)
    after: tuple[int, float] = (SPARE, 0.0)
    for unit in sorted(heads, reverse=True):
        keys[unit] = max(keys[unit], after)
        after = keys[unit] if _LEANS.match(folded(heads[unit])) else (SPARE, 0.0)
    going = sorted(sorted(heads)[1:], key=lambda unit: (*keys[unit], -unit))
    return tuple((unit, keys[unit][0]) for unit in going)


def _joined(pieces: Sequence[_Piece]) -> str:
    """Sentences of a line on a line, paragraphs apart."""
    told = [piece.text for piece in pieces[:1]]
    for before, piece in pairwise(pieces):
        told.append("\n\n" if piece.paragraph != before.paragraph else "\n" if piece.line != before.line else " ")
        told.append(piece.text)
    return "".join(told)
