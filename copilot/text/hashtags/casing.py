"""A phrase as one hashtag, and a hashtag as words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from copilot.text.lexicons import folded, stop_words

#: Longest hashtag proposed, in characters (domain practice: longer ones are not read).
LONGEST = 30
#: Longest hashtag kept when somebody wrote it, or when it is the known one of a day.
LONGEST_WRITTEN = 60

_ELIDED_ARTICLE = re.compile(r"^\s*l['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]s\b")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_PIECE = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
_SHORT_ACRONYM = 5
_INSIDE = re.compile(r"\d+|[^\W\d_]+")


def camel_case(phrase: str, longest: int = LONGEST) -> str | None:
    """``phrase`` as one hashtag without its ``#``, or None when it cannot be one.

    Accents are kept. An apostrophe, a hyphen, ``&`` and every other sign end a tag on some network, so they are
    dropped and the next letter is a capital: ``rendez-vous`` gives ``RendezVous``. A leading ``l'`` goes, the ``s``
    of an English possessive stays small. Digits alone are refused. Over ``longest`` characters, the small words
    go; if that is not enough, None.
    """
    pieces = _pieces(phrase)
    shouted = len(pieces) > 1 and phrase.isupper()
    for kept in (pieces, [piece for piece in pieces if piece.casefold() not in stop_words("both")]):
        tag = "".join(_raised(piece, shouted=shouted) for piece in kept)
        if len(tag) <= longest:
            return tag if len(tag) > 1 and any(sign.isalpha() for sign in tag) else None
    return None


def topic(phrase: str, most: int) -> str | None:
    """``phrase`` as a topic that holds spaces, without the signs that end one; None over ``most`` characters."""
    text = re.sub(r"[.&#＃\s]+", " ", unicodedata.normalize("NFC", phrase)).strip()
    if not any(sign.isalpha() for sign in text) or len(text) > most:
        return None
    text = text.lower() if " " in text and text.isupper() else text
    return text[0].upper() + text[1:]


def _pieces(phrase: str) -> list[str]:
    text = phrase if phrase.isascii() else unicodedata.normalize("NFC", phrase)
    text = _ELIDED_ARTICLE.sub("", text).lstrip("#＃")
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("s", text)
    if not text.isalpha():
        text = _DECIMAL.sub("_", text)
    return [piece for piece in map(_letters, _PIECE.findall(text)) if piece]


def _letters(piece: str) -> str:
    """``piece`` without the signs that are neither letters nor decimal digits (``²``, ``½``)."""
    if piece.isalpha():
        return piece
    return "".join(sign for sign in piece if sign.isalpha() or sign.isdecimal() or sign == "_").strip("_")


def _raised(piece: str, *, shouted: bool) -> str:
    if piece.isupper() and len(piece) > (1 if shouted else _SHORT_ACRONYM):
        return piece[0] + piece[1:].lower()
    return piece if not piece.islower() else piece[0].upper() + piece[1:]


def as_tag(source: str) -> str | None:
    """A hashtag already written as one, its ``#`` first, stays as it is; anything else goes through camel_case."""
    bare = unicodedata.normalize("NFC", source).strip()
    written = bare.startswith(("#", "＃"))
    bare = bare.lstrip("#＃")
    if " " not in bare and _letters(bare) == bare and any(sign.isalpha() for sign in bare):
        if written and len(bare) <= LONGEST_WRITTEN:
            return bare
        if len(bare) <= LONGEST and not bare.islower():
            return bare
    return camel_case(bare)


@lru_cache(maxsize=5_000)
def tag_words(tag: str) -> tuple[str, ...]:
    """The words of ``tag`` without case or accents: ``NuitDeLaLecture`` gives nuit, de, la, lecture."""
    found: list[str] = []
    for run in _INSIDE.findall(unicodedata.normalize("NFC", tag)):
        start = 0
        for index in range(1, len(run)):
            if run[index].isupper() and (
                not run[index - 1].isupper() or (index + 1 < len(run) and run[index + 1].islower())
            ):
                found.append(run[start:index])
                start = index
        found.append(run[start:])
    return tuple(folded(" ".join(found)).split(" ")) if found else ()


@lru_cache(maxsize=5_000)
def tag_key(tag: str) -> str:
    """``tag`` without case, accents or spaces: what two spellings of one tag share."""
    return folded(tag).replace(" ", "")
