"""The body of a prompt file: a system part, a user part, and ``{{{name}}}`` where an input goes.

A line ``# system`` opens the first part and a line ``# user`` the second; nothing comes before the first.
The only tag is the triple brace: ``{{x}}`` would HTML-escape what it holds, and sections, partials, comments and
changes of delimiters are a second language that nobody should need to know to edit a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.errors import UserError

SYSTEM, USER = "system", "user"

#: First character after ``{{`` -> what the tag is, as the last word of the error's kind.
REFUSED = {"#": "section", "^": "section", "/": "section", ">": "partial", "!": "comment", "=": "delimiters"}

_MARKER = re.compile(r"^#[ \t]+(system|user)[ \t]*$", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{\{[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}\}")
_ESCAPED = re.compile(r"\{\{&?[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}")
_TAG_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body. ``line`` is the line of its first character in the file, counted from 1."""

    role: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a part: a literal, an input (``name``), or a tag that is refused (``refused``).

    ``offset`` counts characters from the start of the part.
    """

    text: str
    offset: int
    name: str | None = None
    refused: str | None = None


def parts(body: str, *, path: str, first_line: int = 1) -> tuple[Part, Part]:
    """The system part and the user part, blank lines around them removed.

    ``path`` names the file in the error and ``first_line`` is the line of the file where the body begins.

    Raises:
        UserError: ``prompt.parts`` (``path``, ``line``) unless there is one of each, in this order, none empty.
    """
    markers = list(_MARKER.finditer(body))
    found = [marker.group(1) for marker in markers]
    if found != [SYSTEM, USER] or body[: markers[0].start()].strip():
        line = line_of(body, markers[-1].start()) if markers else 1
        raise UserError("prompt.parts", path=path, line=line + first_line - 1)
    spans = ((markers[0].end(), markers[1].start()), (markers[1].end(), len(body)))
    system, user = (_part(role, body, span, first_line) for role, span in zip(found, spans, strict=True))
    for part in (system, user):
        if not part.text:
            raise UserError("prompt.parts", path=path, line=part.line)
    return system, user


def pieces(text: str) -> Iterator[Piece]:
    """Cut a part into literals, inputs and refused tags, in order; joined, their texts give ``text`` back."""
    start = 0
    while (opening := text.find("{{", start)) >= 0:
        if opening > start:
            yield Piece(text[start:opening], start)
        variable = _VARIABLE.match(text, opening)
        piece = Piece(variable.group(), opening, name=variable.group(1)) if variable else _refused_piece(text, opening)
        yield piece
        start = opening + len(piece.text)
    if start < len(text):
        yield Piece(text[start:], start)


def written_instead(tag: str) -> str | None:
    """The triple-brace form of ``{{x}}`` or ``{{&x}}``; None for any other tag."""
    simple = _ESCAPED.match(tag)
    return "{{{" + simple.group(1) + "}}}" if simple else None


def line_of(text: str, offset: int) -> int:
    """The line of ``offset`` in ``text``, counted from 1."""
    return text.count("\n", 0, offset) + 1


def _refused_piece(text: str, opening: int) -> Piece:
    # Looked for no further than is shown: a line of 30,000 tags would cost its square.
    end_of_line = text.find("\n", opening, opening + _TAG_SHOWN)
    limit = min(len(text), opening + _TAG_SHOWN) if end_of_line < 0 else end_of_line
    closing = text.find("}}", opening, limit)
    tag = text[opening : closing + 2 if closing >= 0 else max(limit, opening + 2)]
    return Piece(tag, opening, refused=_kind(tag))


def _kind(tag: str) -> str:
    if written_instead(tag):
        return "escaped"
    return REFUSED.get(tag[2:3], "malformed")


def _part(role: str, body: str, span: tuple[int, int], first_line: int) -> Part:
    start, end = span
    text = body[start:end]
    lead = len(text) - len(text.lstrip()) if text.strip() else 0
    return Part(role, text.strip(), line_of(body, start + lead) + first_line - 1)
