"""Where the words a person searched for stand in a text: beginnings of words, accents and case aside, as the search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ui.widgets.message_words import beginning, shown

#: Characters of a message looked through for the first hit, to begin there.
LOOKED_THROUGH = 20_000
#: A hit further on than this may be out of sight: what is shown begins shortly before it.
IN_SIGHT, SHORTLY = 70, 24
#: Words looked for, and characters of what was typed that are read: as many as the search reads.
MOST_WORDS, MOST_CHARS = 12, 500
#: Characters of one word that are compared.
MOST_LETTERS = 64

#: A run of letters and digits, with the marks on them.
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_LIGATURES = {"œ": "oe", "æ": "ae"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched: for each word typed, its parts without accents; ``signs`` when there is no letter at all."""

    words: tuple[tuple[str, ...], ...] = ()
    signs: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.signs)


def sought(typed: str) -> Sought:
    """What ``typed`` looks for."""
    read = typed[:MOST_CHARS].strip()
    found = (tuple(_flat(one.group()[:MOST_LETTERS]) for one in _TOKEN.finditer(word)) for word in read.split())
    words = tuple(parts for parts in found if parts)[:MOST_WORDS]
    return Sought(words) if words else Sought(signs=read)


def hits(text: str, wanted: Sought) -> tuple[Span, ...]:
    """Where what is wanted stands in ``text``, from its beginning; places are counted in characters."""
    if wanted.signs:
        return tuple((one.start(), one.end()) for one in re.finditer(re.escape(wanted.signs), text))
    if not wanted.words:
        return ()
    tokens = [(one.start(), one.group()) for one in _TOKEN.finditer(text)]
    flat = [_flat(token[:MOST_LETTERS]) for _, token in tokens]
    found: set[Span] = set()
    for parts in wanted.words:
        for place in range(len(flat) - len(parts) + 1):
            # All but the last part are whole words; the last one is the beginning of one.
            if flat[place].startswith(parts[0]) and _agree(flat[place : place + len(parts)], parts):
                start, token = tokens[place + len(parts) - 1]
                found.add((tokens[place][0], start + _length(token, len(parts[-1]))))
    return _apart(found)


def beginning_near(text: str, wanted: Sought) -> tuple[str, tuple[Span, ...]]:
    """The beginning of ``text`` in one line with its hits; from shortly before the first one when that is far on."""
    head = beginning(text)
    if not wanted:
        return head, ()
    found = hits(head, wanted)
    if found and found[0][0] <= IN_SIGHT:
        return head, found
    line = " ".join(shown(text[:LOOKED_THROUGH], LOOKED_THROUGH).split())
    places = hits(line, wanted)
    if not places or places[0][0] <= IN_SIGHT:
        return head, found
    start = max(0, places[0][0] - SHORTLY)
    start = line.find(" ", start, places[0][0]) + 1 or start
    near = "… " + beginning(line[start:])
    return near, hits(near, wanted)


def _agree(run: list[str], parts: tuple[str, ...]) -> bool:
    return run[:-1] == list(parts[:-1]) and run[-1].startswith(parts[-1])


def _apart(found: set[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    made: list[Span] = []
    for start, end in sorted(found):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


@lru_cache(maxsize=4_096)
def _flat(token: str) -> str:
    if token.isascii():
        return token.lower()
    return "".join(_flat_letter(char) for char in token)


def _flat_letter(char: str) -> str:
    plain = unicodedata.normalize("NFD", char.lower())
    return "".join(_LIGATURES.get(one, one) for one in plain if not unicodedata.combining(one))


def _length(token: str, wanted: int) -> int:
    """How many characters of ``token`` make the first ``wanted`` without accents, the marks after them included."""
    taken = 0
    for place, char in enumerate(token):
        size = len(_flat_letter(char))
        if taken >= wanted and size:
            return place
        taken += size
    return len(token)
