"""The letters of a text that stay when somebody varies it: to tell copies from texts of their own."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Enough of a text to tell copies of it.
MOST_CHARS = 2_000
#: Texts with fewer letters are compared whole: "merci" and "mercredi" are not variations of one another.
FEWEST_LETTERS = 10

_ADDRESSED = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_STRETCHED = re.compile(r"(.)\1+")
#: Figures that stand for letters, inside a word only.
_FIGURED = re.compile(r"(?<=[^\W\d_])[013457](?=[^\W\d_])")
_FIGURES = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
#: Letters of other alphabets that look like ours, in small letters.
_ALIKE = str.maketrans(
    dict(
        zip(
            "абвгдеёзикмнопрстухцьѕіјһѡԁԛԝαβεηικνορτυχωϲ",
            "абbrдeeзukmhonpctyxцьsijhwdqwabenikvoptuxwc",
            strict=True,
        )
    )
    | {"а": "a", "б": "b", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss"}
)


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """One letter in small form without accents; nothing for a sign that shows nothing."""
    told = unicodedata.normalize("NFKD", letter.casefold())
    kept = "".join(part for part in told if not unicodedata.combining(part) and unicodedata.category(part) != "Cf")
    return kept.translate(_ALIKE)


def letters_of(text: str) -> str:
    """The letters of ``text`` alone, folded: no case, accents, spaces, figures, emoji, links, names called or echoes.

    Letters borrowed from another alphabet to look the same are taken for what they look like.
    """
    seen = _ADDRESSED.sub(" ", text[:MOST_CHARS])
    if seen.isascii():
        folded = seen.lower()
    else:
        folded = "".join(letter.lower() if letter < "\x80" else _plain(letter) for letter in seen)
    figured = _FIGURED.sub(lambda found: _FIGURES[found.group()], folded)
    return _STRETCHED.sub(r"\1", _NO_LETTER.sub("", figured))


def told_apart_by(text: str) -> str:
    """What tells ``text`` from others: its letters, else its signs and figures, each kind once; links stand for links.

    Applause and anger are both without a letter: nobody may decide on one and take the other along.
    """
    signs = _ADDRESSED.sub("\N{LINK SYMBOL}", text[:MOST_CHARS])
    return letters_of(text) or "".join(dict.fromkeys(sign for sign in signs if not sign.isspace()))
