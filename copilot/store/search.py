"""What a person typed in the search field, as a condition: words are data, never a syntax."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, literal_column, select, table, text
from sqlalchemy import column as named

from copilot.store.tables import messages

#: What is read of a search: more would find nothing more, only slower.
MOST_CHARS = 500
MOST_WORDS = 12
#: The index of words numbers messages by time: the seconds since 1970 before so many bits of their id.
ID_BITS = 29
#: The highest number there is.
LAST = (1 << 63) - 1
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})

_words = table("message_words", named("rowid", Integer))
#: The id of the message of a number in the index of words.
_ID: ColumnElement[int] = _words.c.rowid.bitwise_and((1 << ID_BITS) - 1)


def terms(words: str) -> tuple[str, ...]:
    """The words to look for: parted by spaces, those that hold a letter or a digit."""
    return tuple(term for term in _readable(words).split() if any(map(str.isalnum, term)))[:MOST_WORDS]


def _readable(words: str) -> str:
    """The beginning of ``words`` without what no database takes: NUL and lone surrogates."""
    return words[:MOST_CHARS].replace("\0", " ").encode("utf-8", "ignore").decode()


def searched(words: str, dialect: str) -> list[ColumnElement[bool]]:
    """The conditions that ``words`` set on messages; none when there is nothing to look for.

    Each word begins a word of the text or the author's name. Signs alone ("👏", "?!") are looked for as they are.
    """
    found = terms(words)
    if not found:
        signs = _readable(words).strip()
        if not signs:
            return []
        inside = func.instr if dialect == "sqlite" else func.strpos
        return [inside(messages.c.text, signs) > 0]
    if dialect == "sqlite":
        begun = (f'"{phrase}" *' for phrase in phrases(found))
        return [found_among(" AND ".join(begun), leads=True)]
    return [_by_tsvector(found)]


def phrases(found: tuple[str, ...]) -> tuple[str, ...]:
    """Words of :func:`terms`, each to be put between quotes, where all is text to FTS5; its tokenizer parts them."""
    return tuple(term.translate(_LIGATURES).replace('"', '""') for term in found)


def found_among(match: str, low: int = 0, high: int = LAST, *, leads: bool = False) -> ColumnElement[bool]:
    """Messages that ``match`` finds, by SQLite's index of words read once, between two of its numbers.

    Unless it ``leads``, messages come from elsewhere and are only looked for among those that hold the words.
    """
    told: ColumnElement[int] = messages.c.id if leads else literal_column("+messages.id", Integer)
    return told.in_(message_ids(numbered(match, low, high)))


def found_each(match: str) -> ColumnElement[bool]:
    """Messages that ``match`` finds, the index asked message by message: when it is ready to be read from anywhere."""
    seconds = "min(max(coalesce(CAST(strftime('%s', messages.created_at) AS INTEGER), 0), 0), 17179869183)"
    here: ColumnElement[int] = literal_column(f"(({seconds}) << {ID_BITS}) + messages.id", Integer)
    return exists(numbered(match).where(number_column() == here).correlate(messages))


def found_in_turn(match: str, numbers: Sequence[int]) -> Select[Any]:
    """Those of ``numbers`` that ``match`` finds, in the order they are told, each asked when it is its turn."""
    each = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return select(each.c.value).where(exists(numbered(match).where(number_column() == each.c.value).correlate(each)))


def numbered(match: str, low: int = 0, high: int = LAST) -> Select[Any]:
    """The numbers of the messages that ``match`` finds in SQLite's index of words, between two of its numbers."""
    asked = text("message_words MATCH :inbox_words").bindparams(bindparam("inbox_words", match))
    numbers = select(_words.c.rowid).where(asked)
    return numbers if (low, high) == (0, LAST) else numbers.where(_words.c.rowid >= low, _words.c.rowid <= high)


def number_column() -> ColumnElement[int]:
    """The column that :func:`numbered` selects, to order and to bound by."""
    return _words.c.rowid


def message_ids(numbers: Select[tuple[int]]) -> Select[tuple[int]]:
    """The ids of the messages that have ``numbers``."""
    return numbers.with_only_columns(_ID)


def of_messages(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Only numbers of messages that pass ``conditions``."""
    return _ID.in_(select(messages.c.id).where(*conditions))


def _by_tsvector(found: tuple[str, ...]) -> ColumnElement[bool]:
    # The very expression of the index, or the index is not used.
    indexed: ColumnElement[object] = literal_column(
        "replique_words(messages.author_name || ' ' || messages.author_handle || ' ' || messages.text)"
    )
    query: ColumnElement[bool] = func.replique_beginning(found[0])
    for term in found[1:]:
        query = query.op("&&")(func.replique_beginning(term))
    return indexed.op("@@", is_comparison=True)(query)
