"""Every form of a language's words, packed: one block of bytes, looked into bucket by bucket.

A word's key is the word without case, accents, doubled letters, apostrophes and hyphens: ``Événement`` and
``evennement`` share one. A bucket holds the words whose keys begin with the same letters. Built by ``_making``.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from functools import cached_property
from pathlib import Path

#: One byte a letter, œ included; what it cannot write is in no dictionary of ours.
ENCODING = "iso-8859-15"
#: Letters of a key that name its bucket.
PREFIX = 3
#: The bucket of frequent words, which no key can name.
COMMON = b"="
#: Buckets kept open; a text of 500 characters looks into 60.
OPEN_BUCKETS = 250

_DROPPED = b"'-"
_DOUBLED = re.compile(rb"(.)\1+")
_BARE = {"ø": "o", "ð": "d", "þ": "t", "ß": "s"}


def _bare(code: int) -> int:
    letter = bytes([code]).decode(ENCODING).lower()
    return ord((_BARE.get(letter) or unicodedata.normalize("NFD", letter))[0].encode(ENCODING, "replace"))


_FOLD = bytes(_bare(code) for code in range(256))
_LIGATURES = (("œ".encode(ENCODING), b"oe"), ("æ".encode(ENCODING), b"ae"))


def keys(packed: bytes) -> bytes:
    """The keys of words parted by line ends, in their order."""
    plain = packed.translate(_FOLD, _DROPPED)
    for ligature, letters in _LIGATURES:
        plain = plain.replace(ligature, letters)
    return _DOUBLED.sub(rb"\1", plain)


def packed(word: str) -> bytes | None:
    """``word`` as the buckets hold it, None when they cannot."""
    try:
        return word.encode(ENCODING)
    except UnicodeEncodeError:
        return None


def key(word: str) -> bytes:
    """The key of ``word``, empty when it cannot be packed."""
    return keys(packed(word) or b"")


class _Bucket:
    """Some words: ``words`` to know one, ``by_key`` to find those like another."""

    def __init__(self, lines: bytes) -> None:
        self.lines = lines
        self.words = frozenset(lines.split(b"\n"))

    @cached_property
    def by_key(self) -> dict[bytes, bytes]:
        """The words of each key, parted by line ends: most have one, and a list would weigh more than it."""
        found: dict[bytes, bytes] = {}
        for word, its in zip(self.lines.split(b"\n"), keys(self.lines).split(b"\n"), strict=True):
            found[its] = found[its] + b"\n" + word if its in found else word
        return found


_EMPTY = _Bucket(b"")


class Forms:
    """The forms of one language."""

    def __init__(self, content: bytes) -> None:
        """Read what ``_making`` wrote.

        Raises:
            ValueError: ``content`` is nothing it writes.
        """
        head, _, self._lines = content.partition(b"\n\n")
        self._places: dict[bytes, tuple[int, int]] = {}
        start = 0
        for line in head.split(b"\n"):
            prefix, _, length = line.partition(b" ")
            self._places[prefix] = (start, start + int(length))
            start += int(length)
        self._open: dict[bytes, _Bucket] = {}
        first, last = self._places.pop(COMMON)
        self.common = frozenset(self._lines[first:last].decode(ENCODING).split("\n"))

    @classmethod
    def of(cls, path: Path) -> Forms:
        """The forms in the file ``path``.

        Raises:
            OSError: it cannot be read.
            ValueError: it is something else.
        """
        try:
            return cls(lzma.decompress(path.read_bytes()))
        except (lzma.LZMAError, KeyError) as error:
            raise ValueError(path.name) from error

    def _bucket(self, its_key: bytes) -> _Bucket:
        prefix = its_key[:PREFIX]
        found = self._open.get(prefix)
        if found is None:
            place = self._places.get(prefix)
            if place is None:
                return _EMPTY
            if len(self._open) >= OPEN_BUCKETS:
                self._open = {}
            found = self._open[prefix] = _Bucket(self._lines[place[0] : place[1]])
        return found

    def has(self, word: str) -> bool:
        """True when ``word``, written just so (apostrophe ``'``, hyphen ``-``), is a form."""
        its = packed(word)
        return its is not None and its in self._bucket(keys(its)).words

    def alike(self, its_key: bytes) -> list[str]:
        """The forms whose key is ``its_key``."""
        found = self._bucket(its_key).by_key.get(its_key)
        return found.decode(ENCODING).split("\n") if found else []

    def begins(self, start: str) -> bool:
        """True when a form begins with ``start``."""
        its = packed(start)
        if not its:
            return False
        bucket = self._bucket(keys(its)).lines
        return bucket.startswith(its) or b"\n" + its in bucket

    def __contains__(self, word: object) -> bool:
        """As :meth:`has`."""
        return isinstance(word, str) and self.has(word)
