"""What changed between two versions of a text, word by word, in bounded time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A piece of text, never empty, and what became of it."""

    change: Change
    text: str


#: Steps the comparisons of two texts may take in all, a step being some 0.2 µs on a slow machine.
_MOST_STEPS = 2_800_000
#: Texts longer than this, together, are not cut into words.
_MOST_CHARACTERS = 100_000

_APOSTROPHE = "['’]"
_EMOJI = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINED = "\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
#: Scripts written without spaces: each sign stands for itself.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_SIGN = (
    r"!-/:-@\[-^`{-~\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u3000-\u303f"
    r"\uff00-\uff0f"
)
#: Everything else is part of a word, combining marks included: a letter is never parted from its accents.
_LETTER = rf"[^\s{_SIGN}{_EMOJI}{_JOINED}{_UNSPACED}]"
_TOKEN = re.compile(
    rf"""
      (?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){_APOSTROPHE}(?={_LETTER})   # l’ | été
    | https?://[^\s<>"«»]+
    | \d+(?:[.,:]\d+)+                                                     # 12,50 stays whole
    | [#@]?{_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*                          # aujourd’hui, don’t, #Vélo
    | [\U0001f1e6-\U0001f1ff]{{2}}                                          # a flag
    | (?:[{_EMOJI}][{_JOINED}]*(?:(?<=\u200d)[{_EMOJI}][{_JOINED}]*)*)     # one emoji, however many signs make it
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPACE = re.compile(r"\s")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

#: Two stretches of text, one for the other; equal when nothing changed there.
_Pair = tuple[str, str]


def diff_words(before: str, after: str) -> tuple[DiffPart, ...]:
    """What was removed from ``before`` and added to get ``after``.

    The texts of the parts that are the same or removed make ``before``; of those the same or added, ``after``.
    Changes with nothing but spaces between them are one change. What differs in long texts is compared line by
    line, then word by word in each line; what differs in too many lines is one change.
    """
    return tuple(_parts(_merged(_compared(before, after))))


def _compared(before: str, after: str) -> Iterator[_Pair]:
    budget = _Budget(_MOST_STEPS)
    start, end = _equal_ends(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield before[:start], before[:start]
    yield from _by_words(old, new, budget) or _by_lines(old, new, budget) or [(old, new)]
    yield before[len(before) - end :], before[len(before) - end :]


def _by_words(before: str, after: str, budget: _Budget) -> list[_Pair] | None:
    """The comparison word by word; None when it would take too long."""
    characters = len(before) + len(after)
    if characters > _MOST_CHARACTERS or not budget.spend(3 * characters):
        return None
    old, new = _Words(before), _Words(after)
    return list(_matched_words(old, new)) if budget.spend(_steps(old.words, new.words)) else None


class _Words:
    """The words, signs and emoji of a text, and the white space before each; ``tail`` is what follows the last."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.gaps: list[str] = []
        end = 0
        for match in _TOKEN.finditer(text):
            self.words.append(match.group())
            self.gaps.append(text[end : match.start()])
            end = match.end()
        self.tail = text[end:]

    def text(self, start: int, stop: int) -> str:
        """The words from ``start`` to ``stop``, each with the white space before it."""
        return "".join(self.gaps[at] + self.words[at] for at in range(start, stop))


def _matched_words(old: _Words, new: _Words) -> Iterator[_Pair]:
    # White space is not compared: texts are aligned on their words, never on their spaces.
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield old.gaps[i], new.gaps[j]
                yield old.words[i], new.words[j]
        else:
            one, other = old.text(i1, i2), new.text(j1, j2)
            shared = _shared_space(one, other)
            yield one[:shared], other[:shared]
            yield one[shared:], other[shared:]
    yield old.tail, new.tail


def _shared_space(one: str, other: str) -> int:
    """How many characters of white space both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b or not a.isspace()), min(len(one), len(other)))


def _by_lines(before: str, after: str, budget: _Budget) -> list[_Pair] | None:
    """The comparison line by line, then by words where lines differ; None when it would take too long."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    if not budget.spend(_steps(old, new)):
        return None
    pairs: list[_Pair] = []
    for _tag, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        one, other = "".join(old[i1:i2]), "".join(new[j1:j2])
        words = _by_words(one, other, budget) if one and other and one != other else None
        pairs += words or [(one, other)]
    return pairs


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """About the most difflib takes: for each match it walks what is left and meets every equal element again."""
    rounds = min(len(old), len(new))
    there = Counter(new)
    met = sum(there[one] for one in old if not one.isspace())
    return len(old) * rounds // 2 + met * (2 + rounds.bit_length()) + 5 * (len(old) + len(new)) + 100


class _Budget:
    """Steps left for comparisons, so that hostile texts take no longer than others."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> bool:
        """True when ``steps`` were left; they are spent."""
        if steps > self._left:
            return False
        self._left -= steps
        return True


def _equal_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters are equal at the beginning, then at the end of what is left, to the nearest white space."""
    most = min(len(before), len(after))
    start = _longest(most, lambda low, high: before[low:high] == after[low:high])
    if start == len(before) == len(after):
        return start, 0
    while start and not before[start - 1].isspace():
        start -= 1
    one, other = len(before), len(after)
    end = _longest(most - start, lambda low, high: before[one - high : one - low] == after[other - high : other - low])
    space = _SPACE.search(before, one - end)
    return start, one - space.start() if space else 0


def _longest(most: int, equal: Callable[[int, int], bool]) -> int:
    """The greatest length up to ``most`` at which all is equal, found by halves."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _merged(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """The pairs, those of one kind that follow each other joined, spaces between two changes given to both sides."""
    told = [pair for pair in pairs if pair != ("", "")]
    for _changed, group in groupby(range(len(told)), lambda at: _is_change(told, at)):
        joined = [told[at] for at in group]
        yield "".join(old for old, _ in joined), "".join(new for _, new in joined)


def _is_change(pairs: Sequence[_Pair], at: int) -> bool:
    old, new = pairs[at]
    if old != new:
        return True
    # A line break keeps its place: paragraphs stay recognisable.
    if not old.isspace() or "\n" in old or "\r" in old or not 0 < at < len(pairs) - 1:
        return False
    return all(one != other for one, other in (pairs[at - 1], pairs[at + 1]))


def _parts(pairs: Iterable[_Pair]) -> Iterator[DiffPart]:
    for old, new in pairs:
        if old == new:
            yield DiffPart(Change.SAME, old)
            continue
        if old:
            yield DiffPart(Change.REMOVED, old)
        if new:
            yield DiffPart(Change.ADDED, new)
