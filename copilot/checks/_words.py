"""Words of a text whatever their case, accents and apostrophes, with where they stand."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "‐": "-", "‑": "-"})
_MARKS = re.compile(r"[\u0300-\u036f]+")
_CHUNK = re.compile(r"\S+")
_DOT_INSIDE = re.compile(r"\w[.:/]+\w")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")


def folded(text: str) -> str:
    """``text`` without case, accents and typographic variants of apostrophe, hyphen and space."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_SAME)
    return unicodedata.normalize("NFC", plain.casefold())


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """:func:`folded`, and for each of its characters the index in ``text`` it comes from (one more for the end)."""
    pieces: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        piece = folded(char)
        pieces.append(piece)
        places += [index] * len(piece)
    return "".join(pieces), [*places, len(text)]


def find_word(word: str, text: str) -> list[tuple[int, int]]:
    """Where the word or words ``word`` stand in ``text``, as whole words."""
    wanted = folded(word).split()
    if not wanted:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, wanted)) + r"(?!\w)")
    # Most texts hold none: places are worked out for the others only.
    if not pattern.search(folded(text)):
        return []
    plain, places = folded_with_places(text)
    return [(places[match.start()], _end(text, places[match.end() - 1])) for match in pattern.finditer(plain)]


def _end(text: str, last: int) -> int:
    """The end of the character at ``last`` with the marks it carries."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def without_quotes_and_links(text: str) -> str:
    """``text``, as long as before, with spaces in place of quotations, links, e-mails, hashtags and handles."""
    text = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    return _CHUNK.sub(lambda match: " " * len(match.group()) if _is_no_prose(match.group()) else match.group(), text)


def _is_no_prose(chunk: str) -> bool:
    return any(sign in chunk for sign in "@#＃") or bool(_DOT_INSIDE.search(chunk))
