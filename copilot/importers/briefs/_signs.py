"""Signs that tell the text formats apart, so that exactly one of them recognises a brief."""

from __future__ import annotations

import re

from copilot.importers._decoding import decode, mostly_controls

HTML_EXTENSIONS = (".html", ".htm", ".xhtml")
MARKDOWN_EXTENSIONS = (".md", ".markdown", ".mdown")

_PAGE_START = re.compile(
    r"(?:<!doctype\s+html|<(?:html|head|body|meta|title|div|p|h[1-6]|table|section|article|main|ul|ol)\b[^<>]{0,500}>)",
    re.I,
)
_ANY_TAG = re.compile(r"</?(?:[a-z][a-z0-9]{0,10})(?:\s[^<>]{0,500})?/?>", re.I)
_COMMENT = re.compile(r"<!--.*?-->|<\?xml[^>]*\?>", re.S)
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n")


def is_text(head: bytes) -> bool:
    """True when the first bytes can be text of some encoding."""
    return not head.startswith((b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"{\\rtf")) and not mostly_controls(head)


def is_html(head: bytes, name: str) -> bool:
    """True for a page or a fragment of one: by its first tag, else by its extension and any tag."""
    if not is_text(head):
        return False
    start = _opening(head)
    if _PAGE_START.match(_COMMENT.sub("", start).lstrip()):
        return True
    return name.lower().endswith(HTML_EXTENSIONS) and _ANY_TAG.search(start) is not None


def is_markdown(head: bytes, name: str) -> bool:
    """True by extension, or when the text opens with front matter."""
    if not is_text(head) or is_html(head, name):
        return False
    return name.lower().endswith(MARKDOWN_EXTENSIONS) or has_front_matter(_opening(head))


def has_front_matter(text: str) -> bool:
    """True when ``text`` opens with a ``---`` or ``+++`` block that declares a key and is closed."""
    return front_matter_end(text) > 0


def front_matter_end(text: str) -> int:
    """Where the text after the front matter begins; 0 when there is none."""
    opening = _FRONT_MATTER.match(text)
    if not opening:
        return 0
    fence, sign = opening.group(1), ":" if opening.group(1) == "---" else "="
    position, keys = opening.end(), 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end].rstrip()
        if line == fence or (fence == "---" and line == "..."):
            return min(end + 1, len(text)) if keys else 0
        keys += sign in line
        position = end + 1
    return 0


def _opening(head: bytes) -> str:
    return decode(head)[0].replace("\r\n", "\n").lstrip("\ufeff \t\n")
