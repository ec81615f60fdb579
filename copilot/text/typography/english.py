"""English signs: no space before them, one sort of apostrophes and quotation marks. Over a masked text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.typography.edit import Edit, Reason, back_over_spaces
from copilot.text.typography.french import may_close, may_open
from copilot.text.typography.protected import LINK, TAG

_LETTER = r"[^\W\d_]"
_SIGN = re.compile(r"(?<![!?])[!?]++(?=[\s”\")\]]|\Z)|(?<![;:])[;:](?=\s|\Z)")
_STRAIGHT = re.compile(rf"(?<={_LETTER})'(?={_LETTER})")
_CURLY = re.compile(rf"(?<={_LETTER})’(?={_LETTER})")


def signs(text: str) -> Iterator[Edit]:
    """No space before ``! ? : ;``."""
    for match in _SIGN.finditer(text):
        left = back_over_spaces(text, match.start())
        before = text[left - 1 : left]
        if left == match.start() or before in (LINK, TAG, ""):
            continue
        if before.isalpha() or before in ")]”’%" or (before.isdigit() and match.group() not in ":;"):
            yield Edit(left, match.start(), "", Reason.ENGLISH_SPACE)


def apostrophes(text: str) -> Iterator[Edit]:
    """Straight apostrophes made curly in a text that has both."""
    if "'" in text and _CURLY.search(text):
        for match in _STRAIGHT.finditer(text):
            yield Edit(match.start(), match.end(), "’", Reason.MIXED_APOSTROPHES)


def quotes(text: str) -> Iterator[Edit]:
    """Straight quotation marks made curly in a text that has both; pairs of a line only."""
    if '"' not in text or "“" not in text:
        return
    offset = 0
    for line in text.split("\n"):
        places = [offset + match.start() for match in _QUOTE.finditer(line)] if '"' in line else []
        pairs = list(zip(places[::2], places[1::2], strict=False))
        if len(places) % 2 == 0 and all(may_open(text, a) and may_close(text, b) for a, b in pairs):
            for start, end in pairs:
                yield Edit(start, start + 1, "“", Reason.MIXED_QUOTES)
                yield Edit(end, end + 1, "”", Reason.MIXED_QUOTES)
        offset += len(line) + 1


_QUOTE = re.compile('"')
