"""Extended grapheme clusters (UAX #29): what a reader takes for one sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

# Outside of these ranges every character is a cluster of its own (a carriage return is not in them: "\r\n" is one).
_JOINING = re.compile("[^\0-\x0c\x0e-\u02ff\u2010-\u2027\u202f-\u205f\u20a0-\u20bf\u4e00-\u9fff]+")

# `regex` walks back over a whole run of regional indicators at each of them; a pair is replaced by a letter and a
# combining mark, which break the same way and are as long.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAG_STAND_IN = "\u4e00\u0308"


@lru_cache(maxsize=1)
def _cluster() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


def _without_flags(text: str) -> str:
    return _FLAG.sub(_FLAG_STAND_IN, text)


def grapheme_count(text: str) -> int:
    """How many grapheme clusters ``text`` holds, in a time linear in its length."""
    joined = 0
    for run in _JOINING.finditer(text):
        # Whether two signs join depends on the run they stand in and on its two neighbours only.
        part = text[max(run.start() - 1, 0) : run.end() + 1]
        joined += len(part) - len(_cluster().findall(_without_flags(part)))
    return len(text) - joined


def grapheme_ends(text: str) -> Iterator[int]:
    """The end index of each grapheme cluster, in order."""
    if not _JOINING.search(text):
        yield from range(1, len(text) + 1)
        return
    for match in _cluster().finditer(_without_flags(text)):
        yield match.end()


def grapheme_floor(text: str, index: int) -> int:
    """The last grapheme boundary of ``text`` at or before ``index``."""
    if index >= len(text):
        return len(text)
    start = index
    # Between two characters that join nothing there is always a boundary, so the search may begin there.
    while start > 0 and _JOINING.search(text, start - 1, start + 1):
        start -= 1
    boundary = start
    for end in grapheme_ends(text[start : index + 1]):
        if start + end > index:
            break
        boundary = start + end
    return boundary
