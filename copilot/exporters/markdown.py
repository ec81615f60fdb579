"""A page to read, send round or copy from: posts by network, replies under what they answer.

Texts stand in fenced blocks: copied from there they are what was approved, and nothing others wrote is taken
for markup, a link or a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from copilot.exporters._rows import ExportFile, ExportRow, printable, require_rows, shown_time, zone_named
from copilot.i18n import Translator

NAME = "markdown"
EXTENSION = ".md"
LABEL_KEY = "export.format.markdown"
KINDS = ("post", "reply")
TIMED = False

_BACKTICKS = re.compile("`+")
#: What means something inside a line; the signs that only count at its beginning are never there.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&$])")


def export(rows: Sequence[ExportRow], *, now: datetime, brand_zone: str, language: str = "fr") -> Sequence[ExportFile]:
    """One file in ``language``; times in each item's own zone, approvals in ``brand_zone``.

    Raises:
        UserError: ``export.nothing``, ``export.unknown_zone``.
    """
    require_rows(rows)
    zone, say = zone_named(brand_zone), Translator(language)
    posts = sorted((row for row in rows if row.kind != "reply"), key=lambda row: row.network_label or row.network)
    replies = [row for row in rows if row.kind == "reply"]
    lines = [f"# {say('export.markdown.title')}", "", say("export.markdown.made", at=shown_time(now, zone)), ""]
    lines += _posts(posts, zone, say)
    lines += _replies(replies, zone, say)
    content = ("\n".join(lines).rstrip("\n") + "\n").encode()
    return [ExportFile("", content, tuple(row.item_id for row in (*posts, *replies)), EXTENSION)]


def _posts(posts: Sequence[ExportRow], zone: tzinfo, say: Translator) -> Iterator[str]:
    for network, group in groupby(posts, key=lambda row: row.network_label or row.network):
        yield from (f"## {inline(network)}", "")
        for row in group:
            yield from (f"### {say('export.markdown.post', id=str(row.item_id))}", "")
            yield from fenced(row.text)
            yield from _details(row, zone, say)


def _replies(replies: Sequence[ExportRow], zone: tzinfo, say: Translator) -> Iterator[str]:
    if replies:
        yield from (f"## {say('export.markdown.replies')}", "")
    for row in replies:
        yield from (f"### {say('export.markdown.reply', id=str(row.item_id))}", "")
        author = inline(row.answers_author or say("export.markdown.someone"))
        yield from (say("export.markdown.answered", author=author), "")
        yield from fenced(row.answers_text or "")
        yield from (say("export.markdown.our_reply"), "")
        yield from fenced(row.text)
        yield from _details(row, zone, say)


def _details(row: ExportRow, zone: tzinfo, say: Translator) -> Iterator[str]:
    planned = f"{row.planned.local:%Y-%m-%d %H:%M} ({row.planned.zone})" if row.planned else ""
    facts = (
        ("network", row.network_label if row.kind == "reply" else ""),
        ("account", row.account),
        ("planned", planned),
        ("link", row.link if row.link and row.link not in row.text else ""),
        ("campaign", row.campaign),
        *(("media", url) for url in row.media_urls),
        *(("alt", alt) for alt in row.alt_texts),
    )
    for name, value in facts:
        if value:
            yield f"- {say(f'export.markdown.{name}', value=inline(value))}"
    if row.approved_by:
        at = shown_time(row.approved_at, zone)
        yield f"- {say('export.markdown.approved', name=inline(row.approved_by), at=at)}"
    if row.package_hash:
        yield f"- {say('export.markdown.hash', value=f'`{row.package_hash}`')}"
    yield ""


def fenced(text: str) -> list[str]:
    """``text`` in a block no line of it can close."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *printable(text).split("\n"), fence, ""]


def inline(text: str) -> str:
    """``text`` on one line, none of its signs taken for markup."""
    return _SIGNS.sub(r"\\\1", " ".join(printable(text).split()))
