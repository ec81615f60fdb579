"""Markdown, kept as text: only the front matter goes."""

from __future__ import annotations

from copilot.importers._decoding import decode
from copilot.importers.briefs._signs import MARKDOWN_EXTENSIONS, front_matter_end, is_markdown

NAME = "markdown"
EXTENSIONS = MARKDOWN_EXTENSIONS


def sniff(head: bytes, name: str) -> bool:
    """True for a Markdown file name, or text that opens with front matter."""
    return is_markdown(head, name)


def read(content: bytes) -> str:
    """The text of ``content`` after its front matter."""
    text = decode(content)[0].replace("\r\n", "\n").lstrip("\ufeff")
    return text[front_matter_end(text) :]
