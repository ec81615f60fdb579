"""Texts of Meta's downloads: UTF-8 written as if each byte were a letter, put right once, one text at a time."""

from __future__ import annotations

import re

from copilot.importers.threads._texts import mended

#: The first byte of a letter of several bytes, then one of those that follow.
_SUSPICIOUS = re.compile("[\xc2-\xf4][\x80-\xbf]")


def repaired(text: str) -> str:
    """``text`` put right when all of it reads as UTF-8 bytes, else as it stands."""
    if not _SUSPICIOUS.search(text):
        return mended(text)
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return mended(text)
