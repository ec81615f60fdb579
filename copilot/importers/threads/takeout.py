"""Google Takeout: the comments somebody left on YouTube, as ``comments.csv`` holds them.

The text of a comment is JSON: one object, several one after the other, or an object that holds its segments (since
June 2024); some files have it as plain words. The header is in the language of the account: the columns are known by
what they hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._dates import parse_when
from copilot.importers.threads._fields import normal_name
from copilot.importers.threads._json_fields import finished
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._links import with_address
from copilot.importers.threads._records import Record, Tail, records
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._texts import count_mended, message_text

NAME = "takeout"
EXTENSIONS = (".csv",)
#: What one account wrote, wherever it did.
OWN_ONLY = True

_ENGLISH = re.compile(r"\s*\"?comment id\"?,\"?channel id\"?,", re.I)
#: A cell of JSON between quotation marks, its own doubled.
_SEGMENTS = re.compile(r',"?\{""?(?:takeoutSegments|text)""?:')
_TEXT = re.compile(r'\{\s*"(?:takeoutSegments|text)"\s*:')
_CHANNEL = re.compile(r"UC[\w-]{22}")
_COMMENT = re.compile(r"(?:Ug|z)[\w-]{10,60}(?:\.[\w-]{5,60})?")
#: Columns that name a comment, and those that name something else or only the first of a discussion.
_ID = re.compile(
    r"\b(?:comment|commentaire|live chat|chat en direct)\b.*\bid\b|\b(?:id|identifiant)\b.*\b(?:comment|chat)"
)
_OTHER = re.compile(r"\b(?:channel|chaine|video|post)\b")
_TOP = re.compile(r"\b(?:top level|premier niveau|niveau superieur|racine)\b")
_WORDS = re.compile(r"\b(?:comment|commentaire|live chat|chat en direct) (?:text|texte)\b|\b(?:text|texte) (?:du |of )")
_VIDEO = re.compile(r"[\w-]{11}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def sniff(head: Head) -> float:
    """Sure of a table whose texts are JSON of Takeout; nearly, of its English header alone."""
    if head.members:
        return 0.0
    start = head.text[:20_000]
    first, _, rest = start.partition("\n")
    if first.count(",") > 3 and _SEGMENTS.search(rest):
        return 0.99
    return 0.97 if _ENGLISH.match(start) else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One comment a row; all are by the person whose archive it is.

    Raises:
        UserError: ``thread.malformed`` when no column holds a text, ``thread.empty`` for a header without a row.
    """
    told.network = told.network or "youtube"
    return finished(_comments(source, told), told)


def _comments(source: Source, told: Report) -> Iterator[Draft]:
    rows = records(source.lines(), ",")
    header = next(rows, None)
    videos: set[str] = set()
    words = _place_of_words(header)
    tail = Tail(len(header.cells) if header else 0)
    count = repaired = 0
    for row in rows:
        tail.see(row)
        if row.is_cut:
            told.truncated = True
        place = _place_of_text(row.cells)
        if place is not None:
            words = place
        elif not row.is_literal and words is not None and words < len(row.cells):
            place = words
        if place is None:
            told.warnings.add("no_text" if not row.is_literal else "bad_line", line=row.line)
            continue
        draft = _draft(row, place, _named(header, row))
        if not draft.text:
            told.warnings.add("no_text", line=row.line)
            continue
        count += 1
        repaired += count_mended((_raw(row.cells[place]),))
        videos.update(cell for cell in row.cells[:place] if _VIDEO.fullmatch(cell.strip()) and not cell.isdigit())
        yield draft
    told.tell_repaired(repaired)
    told.truncated = told.truncated or tail.is_cut(ends_open=source.ends_open)
    told.end_of_own(count, videos, "thread.malformed")


def _named(header: Record | None, row: Record) -> dict[str, str]:
    """The cells of a row that tell which comment it is, under what they are in any language that is known."""
    parts = [_part_of(normal_name(cell)) for cell in header.cells] if header else []
    return {part: cell.strip() for part, cell in zip(parts, row.cells, strict=False) if part}


def _part_of(column: str) -> str:
    if not _ID.search(column) or _OTHER.search(column):
        return ""
    return "top" if _TOP.search(column) else "parent" if "parent" in column else "id"


def _place_of_words(header: Record | None) -> int | None:
    """The column that the header names as that of the texts."""
    names = [normal_name(cell) for cell in header.cells] if header else []
    return next((place for place, name in enumerate(names) if _WORDS.search(name)), None)


def _place_of_text(cells: Sequence[str]) -> int | None:
    return next((place for place in reversed(range(len(cells))) if _TEXT.match(cells[place].lstrip())), None)


def _draft(row: Record, place: int, named: dict[str, str]) -> Draft:
    before = [one.strip() for one in row.cells[:place]]
    ids = [one for one in before if _COMMENT.fullmatch(one) and not _CHANNEL.fullmatch(one)]
    own = named.get("id", "") or (ids[0] if ids else "")
    parent = named["parent"] if "parent" in named else next((one for one in ids[1:] if one != own), "")
    # Since June 2024, a reply to the first comment of a discussion names it there only.
    parent = parent or (top if (top := named.get("top", "")) != own else "")
    written = next((one for one in before if _TIME.fullmatch(one)), "")
    return Draft(
        Author(is_owner=True),
        message_text(_raw(row.cells[place])),
        parse_when(written, UTC),
        own[:200],
        parent[:200],
        line=row.line,
    )


def _raw(cell: str) -> str:
    return text_of(cell) if _TEXT.match(cell.lstrip()) else cell


def text_of(cell: str) -> str:
    """The words of a comment: those of its objects one after the other, a video it names as its address."""
    decoder = json.JSONDecoder()
    words: list[str] = []
    position = 0
    while position < len(cell):
        try:
            told, position = decoder.raw_decode(cell, position)
        except (ValueError, RecursionError):
            break
        words.append(_words(told))
        position += len(cell[position:]) - len(cell[position:].lstrip(", \n\t"))
    return "".join(words)


def _words(told: Any) -> str:
    if not isinstance(told, dict):
        return ""
    segments = told.get("takeoutSegments")
    if isinstance(segments, list):
        return "".join(_words(one) for one in segments)
    text, link = told.get("text"), told.get("link")
    address = link.get("linkUrl") if isinstance(link, dict) else None
    address = address if isinstance(address, str) else ""
    return with_address(text, address) if isinstance(text, str) else address
