"""What a person typed in the search field, as a condition: words are data, never a syntax."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, table, text
from sqlalchemy import column as named

from copilot.store.tables import messages

#: What is read of a search: more would find nothing more, only slower.
MOST_CHARS = 500
MOST_WORDS = 12
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})

_words = table("message_words", named("rowid"))


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
        return [_by_fts5(found)]
    return [_by_tsvector(found)]


def _by_fts5(found: tuple[str, ...]) -> ColumnElement[bool]:
    # Between quotes everything is text to FTS5, a doubled quote included; its own tokenizer then parts the words.
    phrases = ('"' + term.translate(_LIGATURES).replace('"', '""') + '" *' for term in found)
    match = text("message_words MATCH :inbox_words").bindparams(bindparam("inbox_words", " AND ".join(phrases)))
    return messages.c.id.in_(select(_words.c.rowid).where(match))


def _by_tsvector(found: tuple[str, ...]) -> ColumnElement[bool]:
    # The very expression of the index, or the index is not used.
    indexed: ColumnElement[object] = literal_column(
        "replique_words(messages.author_name || ' ' || messages.author_handle || ' ' || messages.text)"
    )
    query: ColumnElement[bool] = func.replique_beginning(found[0])
    for term in found[1:]:
        query = query.op("&&")(func.replique_beginning(term))
    return indexed.op("@@", is_comparison=True)(query)
