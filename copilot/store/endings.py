"""The words of SQLite's index that begin as a word typed: each is read only as far as needed.

The index puts a beginning of more than :data:`SHORT` letters together whole at each question, before the first message
is found; shorter ones are kept ready. When few words begin so, they are asked for one by one instead.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from sqlalchemy import Connection, text

from copilot.store.search import phrases, terms

#: Beginnings of words that SQLite keeps ready, in letters.
SHORT = 3
#: Words that begin alike up to which they are asked for one by one.
MOST_ENDINGS = 12

#: Letters and digits that are folded here as the index folds them; the last run of them is what may go on.
_LAST = re.compile(r"(.*?)([0-9A-Za-zÀ-ÖØ-öø-ÿ]+)\Z", re.DOTALL)
#: What comes before it without being of the same word, to the index as to anybody.
_PARTING = frozenset(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»’“”…–—")
# From one word to the next by leaps: a word is not read for all the messages that say it.
_LEAPS = text("""
    WITH RECURSIVE known (term) AS (
        SELECT (SELECT term FROM temp.shown_words WHERE term >= :first AND term <= :last LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM temp.shown_words WHERE term >= known.term || char(0) AND term <= :last LIMIT 1)
        FROM known WHERE known.term IS NOT NULL
    )
    SELECT term FROM known WHERE term IS NOT NULL LIMIT :most
""")


class Match(NamedTuple):
    """What is asked of the index of words.

    ``is_ready``: it finds the first message without reading the last. ``is_whole``: each of its words is put together
    first. Of several words, some may be the one and some the other.
    """

    asked: str
    is_ready: bool
    is_whole: bool


def match_of(connection: Connection, words: str) -> Match | None:
    """What finds ``words`` in the index of an SQLite store; None when there is nothing to look for."""
    found = terms(words)
    if not found:
        return None
    spelled = [_spelled(connection, phrase) for phrase in phrases(found)]
    asked = " AND ".join(one.asked for one in spelled)
    return Match(asked, all(one.is_ready for one in spelled), all(one.is_whole for one in spelled))


def _spelled(connection: Connection, phrase: str) -> Match:
    whole, ready = Match(f'"{phrase}" *', False, True), Match(f'"{phrase}" *', True, False)
    parts = _LAST.fullmatch(phrase)
    if parts is None or (parts[1] and parts[1][-1] not in _PARTING):
        return whole._replace(is_whole=False)
    head, first = parts[1], _folded(parts[2])
    if len(first) <= SHORT:
        return ready
    bounds = {"first": first, "last": first + "\U0010ffff", "most": MOST_ENDINGS + 1}
    known = connection.execute(_LEAPS, bounds).scalars().all()
    if len(known) > MOST_ENDINGS:
        return whole._replace(is_whole=not head)
    return ready._replace(asked="(" + " OR ".join(f'"{head}{term}"' for term in known) + ")") if known else ready


def _folded(letters: str) -> str:
    """Small letters without accents, as the index has them."""
    return "".join(char for char in unicodedata.normalize("NFD", letters.lower()) if not unicodedata.combining(char))
