"""Plain text, as it stands."""

from __future__ import annotations

from copilot.importers._decoding import decode
from copilot.importers.briefs._signs import is_html, is_markdown, is_text

NAME = "text"
EXTENSIONS = (".txt", ".text")


def sniff(head: bytes, name: str) -> bool:
    """True for text that is neither a page nor Markdown."""
    return is_text(head) and not is_html(head, name) and not is_markdown(head, name)


def read(content: bytes) -> str:
    """The text of ``content``."""
    return decode(content)[0]
