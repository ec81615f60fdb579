"""When two texts are the same but for case, accents, signs and spaces."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Enough of a text to tell it from others.
MOST_CHARS = 20_000
_SIGNS = re.compile(r"[\W_]+")
#: What people stretch: "nuuuul" and "nuul" are one word.
_STRETCHED = re.compile(r"(.)\1{2,}")


def normalised(text: str) -> str:
    """``text`` in lower case without accents, its words parted by one space; a text of signs alone as it is."""
    folded = unicodedata.normalize("NFKD", text[:MOST_CHARS].casefold())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _SIGNS.sub(" ", _STRETCHED.sub(r"\1\1", letters)).strip()
    return words or "".join(text[:MOST_CHARS].split())


def text_key(text: str) -> int | None:
    """64 bits, signed, the same for texts that are the same once :func:`normalised`; None for an empty one."""
    same = normalised(text)
    if not same:
        return None
    return int.from_bytes(hashlib.blake2b(same.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
