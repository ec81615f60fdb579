"""Characters that cannot be sent, or that hide something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "forbidden_character"
SEVERITY = Severity.BLOCKS

#: Enough to show; a text that holds more is mended as a whole.
MOST = 50

_SUSPECT = re.compile(
    "[\ud800-\udfff\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
_REFUSED_BY_X = "\ufeff\ufffe\uffff"
_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Joiners and direction marks belong to emoji and to scripts such as Arabic or Hindi.
_AT_HOME_AMONG_OTHERS = "\u200c\u200d\u200e\u200f"


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks what no text can carry (lone surrogates, NUL; on X the three it refuses); warns of hidden characters."""
    left = MOST
    for text, inside in ((draft.text, True), *((other, False) for other in (*draft.hashtags, *draft.alt_texts))):
        for match in _SUSPECT.finditer(text):
            kind = _kind(text, match.start(), draft.network.id)
            if kind is None:
                continue
            if not left:
                return
            left -= 1
            start, end = match.span() if inside else (len(draft.text), len(draft.text))
            yield _finding(kind, match.group(), start, end)


def _kind(text: str, at: int, network: str) -> str | None:
    char = text[at]
    if "\ud800" <= char <= "\udfff":
        return "surrogate"
    if char == "\0":
        return "nul"
    if network == "x" and char in _REFUSED_BY_X:
        return "refused"
    if char >= "\U000e0000":
        # Tags spell the flags of England, Scotland and Wales; anywhere else they hide words.
        return None if "\U0001f3f4" in text[max(0, at - 7) : at] else "hidden"
    if char in _DIRECTION:
        return "direction"
    if char in _AT_HOME_AMONG_OTHERS:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return None if before and max(before, after) > "\u02ff" else "hidden"
    return "control" if char < "\u0100" else "hidden"


def _finding(kind: str, char: str, start: int, end: int) -> Finding:
    severity = Severity.BLOCKS if kind in ("surrogate", "nul", "refused", "control") else Severity.WARNS
    code = f"U+{ord(char):04X}"
    return Finding(NAME, severity, start, end, Wording(f"check.forbidden_character.{kind}", {"code": code}), code, "")


BAD = {
    "fr": (
        Sample("Bonjour\0"),
        Sample("Bon\ud83djour"),
        Sample("Bonjour \u202eruojnob"),
        Sample("Bon\u200bjour"),
        Sample("\ufeffBonjour", network="x"),
    ),
    "en": (Sample("Good\u2066 morning", language="en"), Sample("Good\u200d morning", language="en")),
}
GOOD = {
    "fr": (Sample("« Bonjour »\u202f! 👩\u200d🚀 l’été\n\tCœur"), Sample("سلام می\u200cخواهم")),
    "en": (Sample("Good morning 👨\u200d👩\u200d👧 🏳️\u200d🌈", language="en"),),
}
