"""The one form texts are hashed, counted and sent in."""

from __future__ import annotations

import re
import unicodedata

#: Canonical ordering of a long run of unordered marks takes quadratic time in ``unicodedata.normalize``.
_MARKS = re.compile(r"[^\w\s\x00-\x7f]{64,}")


def composed(text: str) -> str:
    r"""Unicode NFC with line ends as ``\n``, in linear time. Lone surrogates are kept."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub(_in_canonical_order, text))


def _in_canonical_order(run: re.Match[str]) -> str:
    """Marks of a run sorted by combining class between signs that have none: the same text, cheap to normalise."""
    pieces: list[str] = []
    marks: list[str] = []
    for char in run.group():
        if unicodedata.combining(char):
            marks.append(char)
            continue
        pieces += [*sorted(marks, key=unicodedata.combining), char]
        marks = []
    return "".join([*pieces, *sorted(marks, key=unicodedata.combining)])
