"""What people tell of their health: no pseudonym hides it, so whoever sends it on must see it."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.text.lexicons import folded, lexicon

#: Words named to a person, at most.
MOST = 12


def health_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` about somebody's health, as written, each once, in order.

    A small list: an empty answer never means that there is nothing.
    """
    found: dict[str, str] = {}
    for match in _pattern().finditer(text):
        found.setdefault(match.group().casefold(), match.group())
        if len(found) == MOST:
            break
    return tuple(found.values())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = {form for word in lexicon("health_words") for form in (word, folded(word))}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
