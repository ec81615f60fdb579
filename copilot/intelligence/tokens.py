"""Comments as words: where each word lies in the text, and its folded form.

Folding: lower case, accents and invisible characters dropped. A word is cut at the apostrophe
(``j'attends`` is ``j``, ``attends``) whichever apostrophe was typed. Work per word is bounded, so a text is read
in a time proportional to its length whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copilot.text.lookalikes import TWINS

#: Pseudo-word before the first word of each sentence.
START = "^"
#: Words longer than this are read by their beginning only.
WORD_CAP = 40

#: Soft hyphen, zero-width and directional marks, variation selectors, byte order mark, NUL.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\x00]+")

_TLD = (
    "(?:com|net|org|info|biz|fr|be|ch|ca|eu|uk|us|io|co|me|ly|tv|ru"
    "|xyz|shop|store|online|site|club|top|vip|link|gl|app)"
)
#: A word whose letters were set apart, to hide it or to stress it (``c o n n a r d``, ``n.u.l``).
SPACED = r"(?<!\w)[^\W\d_](?:(?:[.\-_][^\W\d_]){2,20}|(?:[ ][^\W\d_]){3,20})(?!\w)"
_TOKEN = re.compile(
    rf"""(?P<spaced>{SPACED})
    |(?P<url>(?:https?://|www\.)[^\s<>]+|<(?:url|link)>|(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_TLD}(?![\w-])(?:/[^\s<>]*)?)
    |(?P<email>[\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.]{{2,24}})
    |(?P<handle>@\w[\w.]*)
    |(?P<emoticon>(?<![\w])[:;=8x][-']?[()\[\]dp/|](?!\w)|<3|\^\^)
    |(?P<money>\d[\d., ]{{0,12}}(?:€|\$|£|euros?\b|dollars?\b|balles\b|usd\b|k\b)|[€$£]\s?\d[\d.,]{{0,12}}k?)
    |(?P<phone>\+?\d(?:[ .-]?\d){{8,14}}(?!\d))
    |(?P<number>\d+(?:[.,:h/]\d+)*(?![^\W\d_]|[€$£]))
    |(?P<word>[^\W_][\w\u0300-\u036f*$@€]*)
    |(?P<emoji>(?P<one>[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])(?:[\u200d]?(?P=one))*)
    |(?P<end>[.!?\u2026\n\u061f\uff01\uff1f]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MIXED = re.compile(r"(?<=[a-z])[013457$@€](?=[a-z])|^[@$](?=[a-z])|(?<=[a-z])[013$€](?![\w])")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "€": "e"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i"})


#: Words that hold letters of Greek or Cyrillic.
_FAR_LETTER = re.compile("[\u0370-\u052f]").search
_FAR_WORD = re.compile("\\w*[\u0370-\u052f]\\w*")
_HAS_OURS = re.compile("[A-Za-z]").search


def visible(text: str) -> str:
    """``text`` as it is seen: without what shows nothing, words in letters of two alphabets in ours."""
    if text.isascii() and "\x00" not in text:
        return text
    seen = INVISIBLE.sub("", text)
    return _FAR_WORD.sub(_in_ours, seen) if _FAR_LETTER(seen) else seen


def _in_ours(word: re.Match[str]) -> str:
    """A word that borrows letters which look like ours, in ours; one of another alphabet stays."""
    written = word.group()
    return written.translate(TWINS) if _HAS_OURS(written) else written


def pieces(text: str) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The words, numbers, links, emoji and sentence ends of ``text``, in order: kind, offsets, characters."""
    for found in _TOKEN.finditer(text):
        yield found.lastgroup or "", found.span(), found.group()


def fold(word: str) -> str:
    """``word`` in lower case, without accents; at most :data:`WORD_CAP` characters are read."""
    word = word[:WORD_CAP].lower()
    if word.isascii():
        return word
    spread = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(char for char in spread if not unicodedata.combining(char))


def joined(spaced: str) -> str:
    """The letters of a word that were set apart."""
    return "".join(char for char in spaced if char.isalpha())


def unleet(word: str) -> str:
    """``word`` with digits and signs that stand for letters read as letters (``c0nnard``)."""
    return word.translate(_LEET) if _MIXED.search(word) else word


_RUN = re.compile(r"(.)\1{2,}")
_ODD = re.compile(r"(.)\1{2}|[0-9*$@€]")


def odd(word: str) -> bool:
    """True when ``word`` has stretched letters, or signs that may stand for letters."""
    return _ODD.search(word) is not None


def squeezed(word: str) -> tuple[str, ...]:
    """The forms a word with stretched letters may stand for (``nuuul``: ``nul``, ``nuul``), none when not stretched."""
    if not _RUN.search(word):
        return ()
    return _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)


def near_forms(word: str) -> set[str]:
    """``word`` and every word one letter shorter: two words that share one differ by one slip of the keys."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
