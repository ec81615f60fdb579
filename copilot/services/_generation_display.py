"""What of an answer under way may be shown: no thinking part, no half pseudonym."""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENS = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
#: The longest tag is ``</reasoning>``.
_LONGEST_TAG = 12
#: A pseudonym such as ``[[NAME_1]]`` is not longer.
_LONGEST_PSEUDONYM = 40


class Display:
    """Takes an answer piece by piece, gives back what can be shown of it. Each character is looked at a few times.

    ``restore`` puts real words back for pseudonyms; None when there are none.
    """

    def __init__(self, restore: Callable[[str], str] | None) -> None:
        self._restore = restore
        self._held = ""
        self._thinking = False
        self._begun = False

    def feed(self, text: str) -> str:
        """What can be shown now."""
        self._held += text
        shown: list[str] = []
        while self._step(shown):
            pass
        return self._given("".join(shown))

    def end(self) -> str:
        """The rest, when the answer is over."""
        rest = "" if self._thinking else self._held
        self._held = ""
        return self._given(rest)

    def _step(self, shown: list[str]) -> bool:
        """Move past one tag; False when there is none."""
        tag = (_CLOSES if self._thinking else _OPENS).search(self._held)
        if tag is None:
            keep = self._waiting()
            if not self._thinking:
                shown.append(self._held[: len(self._held) - keep])
            self._held = self._held[len(self._held) - keep :]
            return False
        if not self._thinking:
            shown.append(self._held[: tag.start()])
        self._held = self._held[tag.end() :]
        self._thinking = not self._thinking
        return True

    def _waiting(self) -> int:
        """How many characters at the end may be the start of a tag or of a pseudonym."""
        waits = 0
        tag = self._held.rfind("<", max(0, len(self._held) - _LONGEST_TAG))
        if tag >= 0 and ">" not in self._held[tag:]:
            waits = len(self._held) - tag
        if self._restore is None or self._thinking:
            return waits
        mark = self._held.rfind("[[", max(0, len(self._held) - _LONGEST_PSEUDONYM))
        if mark >= 0 and "]]" not in self._held[mark:]:
            waits = max(waits, len(self._held) - mark)
        return max(waits, 1) if self._held.endswith("[") else waits

    def _given(self, text: str) -> str:
        if not self._begun:
            text = text.lstrip()
        if not text:
            return ""
        self._begun = True
        return self._restore(text) if self._restore else text
