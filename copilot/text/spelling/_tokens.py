"""The words of a text that somebody may have misspelled, and where they stand. Linear whatever the text holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Longer ones are no words.
LONGEST = 60

_CODE = re.compile(r"```.{0,5000}?```|`[^`\n]{1,200}`|<[^<>\n]{1,200}>|\{[^{}\n]{0,80}\}", re.DOTALL)
_CHUNK = re.compile(r"\S+")
# Addresses, handles, file names, paths, a missing space after a full stop: other rules' business, or nobody's.
_NO_PROSE = re.compile(r"[@_\\=~^|]|://|\bwww\.|[^\W\d_]\.[^\W\d_]|\w/\w+/\w", re.IGNORECASE)
_TAG = re.compile(r"[#＃]\S*")
_EMOTICON = re.compile(r"[:;=8xX]['-]?[dDpPoOsScCxX3]+")
_WORD = re.compile(r"[^\W_](?:[\w\u0300-\u036f'’ʼ‘·•‧\u00ad]|[-‐‑](?=\w))*")
_SAME = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "•": "·", "‧": "·", "\u00ad": ""})
_CLOSING = "'’ʼ‘·•‧\u00ad"
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(r"\d[\s\u00a0\u202f]?$")
_ENDS_SENTENCE = re.compile(r"[.!?…:;\n\r\u2028\u2029]")
_LEAD = 12
_STARTS = frozenset('.!?…:\n\r\u2028\u2029•–—*>→►▶✅➡|«“"(')
_SKIPPED_LEAD = " \t\u00a0\u202f'‘"


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written at ``start``–``end``; ``word`` is it composed (NFC), with ``'`` and ``-``.

    ``sentence`` numbers the sentences; ``opens`` is True for the first word of one, where a capital says nothing.
    """

    start: int
    end: int
    word: str
    sentence: int
    opens: bool


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` without what is no prose (addresses, tags, handles, code, numbers and their units)."""
    text = _CODE.sub(_blank, text)
    sentence, last = 0, 0
    for chunk in _CHUNK.finditer(text):
        for start, end in _words_of(chunk.group(), chunk.start()):
            if _ENDS_SENTENCE.search(text, last, start):
                sentence += 1
            last = end
            if end - start > LONGEST:
                continue
            word = unicodedata.normalize("NFC", text[start:end]).translate(_SAME).rstrip("'·-")
            if (
                word
                and not _DIGIT.search(word)
                and not (len(word) <= 4 and _UNIT.search(text, max(start - 2, 0), start))
            ):
                yield Token(start, end, word, sentence, _opens(text, start))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _words_of(chunk: str, offset: int) -> Iterator[tuple[int, int]]:
    chunk = _TAG.sub(_blank, chunk)
    if _EMOTICON.fullmatch(chunk):
        return
    if _NO_PROSE.search(chunk):
        return
    for match in _WORD.finditer(chunk):
        yield offset + match.start(), offset + match.start() + len(match.group().rstrip(_CLOSING))


def _opens(text: str, start: int) -> bool:
    """True when what is before ``start`` ends a sentence, or is no letter, digit or comma: an emoji, a bullet."""
    lead = text[max(start - _LEAD, 0) : start].rstrip(_SKIPPED_LEAD)
    if not lead:
        return start <= _LEAD
    return lead[-1] in _STARTS or not (lead[-1].isalnum() or lead[-1] in ",;)-’&/+%€$»”")
