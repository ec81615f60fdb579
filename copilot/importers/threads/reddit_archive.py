"""Reddit: the comments an account wrote, as ``comments.csv`` of the archive that Reddit hands over on request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from copilot.domain.conversation import Author
from copilot.importers.threads._json_fields import finished, web_link
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._records import Record, records
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._table import read_table, table_of

NAME = "reddit_archive"
EXTENSIONS = (".csv",)
#: What one account wrote, wherever it did.
OWN_ONLY = True

#: Posts have a title and an address, votes a direction: comments alone have a parent and a body.
_HEADER = re.compile(r"\s*id,permalink,date,(?:ip,)?subreddit,(?:gildings,)?link,(?:post_id,)?parent,body\b", re.I)
_POST = re.compile(r"/comments/([a-z0-9]{2,12})\b", re.I)


def sniff(head: Head) -> float:
    """Sure of the header of the archive."""
    return 0.99 if not head.members and _HEADER.match(head.text[:200]) else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """One comment a row; all are by the account whose archive it is.

    Raises:
        UserError: ``thread.empty`` for a header without a row, ``thread.not_a_thread`` for rows without a text.
    """
    told.network = told.network or "reddit"
    return finished(_comments(source, told, captured_at), told)


def _comments(source: Source, told: Report, captured_at: datetime) -> Iterator[Draft]:
    rows = records(source.lines(), ",")
    header = next(rows)
    table = table_of([header], None)
    # The address is that of the account's owner, and is not read.
    table.personal = []
    place = [name.strip().lower() for name in header.cells].index("permalink")
    posts: set[str] = set()
    links: list[str] = []

    def each() -> Iterator[Record]:
        for row in records(source.lines(), ","):
            link = row.cells[place].strip() if place < len(row.cells) else ""
            links[:] = [link]
            posts.update(_POST.findall(link))
            yield row

    count = 0
    for draft in read_table(table, each, told, captured_at):
        count += 1
        yield replace(draft, author=Author(is_owner=True), link=web_link(links[0]))
    told.end_of_own(count, posts)
