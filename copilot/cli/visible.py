"""What anybody wrote, as a terminal may show it."""

from __future__ import annotations

import re

#: Control characters but the line end, and the signs that reorder or hide text.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")


def visible(text: str) -> str:
    """``text`` with its control characters shown as symbols: a terminal must never obey what somebody wrote."""
    return _CONTROL.sub(lambda match: _symbol(match.group()), text)


def _symbol(char: str) -> str:
    return chr(0x2400 + ord(char)) if char < " " else "\u2421" if char == "\x7f" else f"<U+{ord(char):04X}>"
