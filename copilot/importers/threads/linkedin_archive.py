"""LinkedIn: the comments somebody left, as ``Comments.csv`` of the archive holds them.

Quotation marks inside a quoted cell are escaped with a backslash, on which a plain reader of CSV finds too many rows;
in some archives they are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from copilot.domain.conversation import Author
from copilot.importers.threads._dates import parse_when
from copilot.importers.threads._json_fields import finished, web_link
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._records import Tail, records
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._texts import count_mended, message_text

NAME = "linkedin_archive"
EXTENSIONS = (".csv",)
#: What one account wrote, wherever it did.
OWN_ONLY = True

_HEADER = re.compile(r'\s*"?date"?,"?link"?,"?message"?\s*(?:\n|$)', re.I)
#: The archive writes instants of UTC without saying so.
_ZONE = UTC
_ACTIVITY = re.compile(r"urn(?::|%3A)li(?::|%3A)(?:activity|ugcPost|share)(?::|%3A)(\d+)", re.I)
_COMMENT = re.compile(r"comment(?:Urn)?=?[^&]*?(?:,|%2C)(\d+)(?:\)|%29)", re.I)


def sniff(head: Head) -> float:
    """Sure of the header of the archive."""
    return 0.99 if not head.members and _HEADER.match(head.text[:200]) else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One comment a row; all are by the person whose archive it is.

    Raises:
        UserError: ``thread.empty`` for a header without a row, ``thread.not_a_thread`` for rows without a text.
    """
    told.network = told.network or "linkedin"
    return finished(_comments(source, told), told)


def _comments(source: Source, told: Report) -> Iterator[Draft]:
    rows = records(source.lines(), ",", backslash='\\"' in source.head.text)
    header = next(rows, None)
    posts: set[str] = set()
    tail = Tail(len(header.cells) if header else 0)
    count = repaired = 0
    for row in rows:
        tail.see(row)
        if row.is_cut:
            told.truncated = True
        elif row.is_literal:
            told.warnings.add("bad_line", line=row.line)
        date, link, *words = [*row.cells, "", ""][: max(3, len(row.cells))]
        raw = ", ".join(word for word in words if word) if row.is_literal else words[0]
        text = message_text(raw)
        if not text:
            told.warnings.add("no_text", line=row.line)
            continue
        found, own = _ACTIVITY.search(link), _COMMENT.search(link)
        if found:
            posts.add(found[1])
        count += 1
        repaired += count_mended((raw,))
        yield Draft(
            Author(is_owner=True),
            text,
            parse_when(date, _ZONE),
            own[1] if own else "",
            link=web_link(link.strip()),
            line=row.line,
        )
    told.tell_repaired(repaired)
    told.truncated = told.truncated or tail.is_cut(ends_open=source.ends_open)
    told.end_of_own(count, posts)
