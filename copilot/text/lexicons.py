"""Word lists shipped in ``assets/lexicons``: one entry a line, ``#`` begins a comment."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from copilot.paths import assets_dir


@lru_cache(maxsize=256)
def lexicon(name: str) -> frozenset[str]:
    """The entries of ``assets/lexicons/<name>.txt``, case-folded and composed (NFC).

    Raises:
        FileNotFoundError: no such list is shipped.
    """
    lines = (assets_dir() / "lexicons" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    words = (line.split("#", 1)[0].strip() for line in lines)
    return frozenset(unicodedata.normalize("NFC", word).casefold() for word in words if word)


@lru_cache(maxsize=8)
def stop_words(language: str) -> frozenset[str]:
    """Stop words of ``fr`` or ``en``; both together for any other code."""
    if language in ("fr", "en"):
        return lexicon(f"stopwords.{language}")
    return lexicon("stopwords.fr") | lexicon("stopwords.en")


def folded(text: str) -> str:
    """``text`` without case or accents, to compare spellings (``Été`` and ``ete`` are one)."""
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def words(listed: str) -> frozenset[str]:
    """The words of a short list written in code, parted by spaces."""
    return frozenset(listed.split())
