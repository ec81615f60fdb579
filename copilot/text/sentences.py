"""Where a text may be cut: after a paragraph, a sentence, a clause, a word. Indices only: nothing is changed.

A full stop ends no sentence after an abbreviation (``M.``, ``etc.``, ``p. ex.``), an initial, a number in a list,
before a small letter, nor inside a number; an ellipsis ends a clause only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE, CLAUSE, WORD = "sentence", "clause", "word"

#: Spaces one may cut at: no-break ones (U+00A0, U+2007, U+202F) are not.
_BREAK = "\t-\r \x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_SPACES = re.compile(f"[{_BREAK}]+")
_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_CLOSERS = "\"'’”»)]}*_"
# The sign that ends, what closes after it (a French closing quote stands after a space), and the gap.
_END = re.compile(
    rf"(?<![.!?…‼⁇⁈⁉])(?P<sign>[.!?…‼⁇⁈⁉]++)(?:[ \xa0\u202f]?»|[{re.escape(_CLOSERS)}])*+(?=[{_BREAK}]|\Z)"
)
_END_OF_CJK = re.compile("[。！？｡]+[」』）】]*")
_CLAUSE_END = re.compile(rf"[,;:—–{re.escape(_CLOSERS)}](?=[{_BREAK}])|[，、；：]")
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"'’/]*\Z")
_LIST_NUMBER = re.compile(r"(?:\A|[\n\r])[ \t]*\d{1,3}\Z")
_OPENERS = re.compile(r"[\s\"'’“”«(\[¿¡*_\xa0\u202f–—-]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]|[^\W\d_a-zà-öø-ÿ]|[pnvPNV]")

#: What is written with a full stop before a capital or a figure; before a small letter no list is needed.
_ABBREVIATIONS_LISTED = """
MM mr mrs ms dr drs pr prof st ste sts mgr cie sté ets éts etc pp ex cf env av bd bld bvd boul pl rte bât apt tél tel
fax vol chap fig éd réf ref resp vs al ca viz approx dept inc ltd co corp jr sr rev gov capt lt sgt svp càd c.-à-d
c.à.d i.e e.g a.m p.m
"""
#: The same, before a figure only: otherwise they are words.
_BEFORE_FIGURE_LISTED = "no nos art jan janv feb fév févr mar avr apr juil jul aug sep sept oct nov dec déc max min"
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_LISTED.split())
_BEFORE_FIGURE = frozenset(_BEFORE_FIGURE_LISTED.split())


@dataclass(frozen=True, slots=True)
class Cut:
    """One may cut before ``at``, after a ``kind`` of unit."""

    at: int
    kind: str


def sentence_ends(text: str) -> Iterator[int]:
    """Indices just after each sentence and each line, before the space that follows; in order."""
    ends = {match.end() for match in _END.finditer(text) if _ends(text, match)}
    ends.update(match.end() for match in _END_OF_CJK.finditer(text))
    for gap in _SPACES.finditer(text):
        if _LINE_END.search(text, gap.start(), gap.end()):
            ends.add(gap.start())
    yield from sorted(ends)


def cuts(text: str) -> Iterator[Cut]:
    """Every place one may cut ``text`` at without breaking a word, in order."""
    sentences = set(sentence_ends(text))
    clauses = {match.end() for expression in (_END, _CLAUSE_END) for match in expression.finditer(text)}
    gaps = {gap.start(): _parts(text, gap) for gap in _SPACES.finditer(text)}
    for at in sorted(sentences | clauses | gaps.keys()):
        if at in sentences:
            yield Cut(at, SENTENCE)
        elif gaps.get(at, True):
            yield Cut(at, CLAUSE if at in clauses and _closes_clause(text, at) else WORD)


def _closes_clause(text: str, at: int) -> bool:
    """Not a quotation mark that is rather an apostrophe, nor the full stop of an abbreviation."""
    return text[at - 1] not in "'’." or text[max(at - 3, 0) : at] == "..."


def _parts(text: str, gap: re.Match[str]) -> bool:
    """Whether a space parts two words: French puts some before ``!`` and after ``«``, and between digits."""
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    if not gap.start() or not after or len(gap.group()) > 1:
        return True
    if after in "!?:;»%€$£°" or before == "«":
        return False
    return not (before.isdigit() and after.isdigit())


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether what ``match`` found ends a sentence."""
    if _line_ends(text, match.end()):
        return True
    opening = _OPENERS.match(text, match.end(), match.end() + 40)
    following = text[opening.end() : opening.end() + 1] if opening else ""
    if following.islower():
        return False
    if match["sign"] == ".":
        return not _abbreviates(text, match.start(), following)
    return bool(match["sign"].strip(".…"))


def _line_ends(text: str, at: int) -> bool:
    gap = _SPACES.match(text, at)
    return gap is None or gap.end() == len(text) or bool(_LINE_END.search(text, at, gap.end()))


def _abbreviates(text: str, stop: int, following: str) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation, an initial or the number of a list."""
    # Nothing as long is an abbreviation, and a longer look back would cost more than linear time.
    before = text[max(stop - 16, 0) : stop]
    word = _WORD_BEFORE.search(before)
    written = word.group() if word else ""
    if written in _ABBREVIATIONS or written.lower() in _ABBREVIATIONS or _INITIALS.fullmatch(written):
        return True
    if following.isdigit() and written.lower() in _BEFORE_FIGURE:
        return True
    return bool(_LIST_NUMBER.search(text, max(stop - 16, 0), stop))
