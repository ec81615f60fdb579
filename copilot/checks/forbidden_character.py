"""Characters no text can carry, or that the network refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "forbidden_character"
SEVERITY = Severity.BLOCKS

#: Enough to show one by one; the next ones come once these are mended.
MOST = 50

_NEVER = "\ud800-\udfff\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_SUSPECT = re.compile(f"[{_NEVER}]")
_SUSPECT_ON_X = re.compile(f"[{_NEVER}\ufeff\ufffe\uffff]")
_SUSPECT_ON_YOUTUBE = re.compile(f"[-=]>|[{_NEVER}<>]")
#: Where YouTube refuses angle brackets; its comments take them.
_YOUTUBE_PARTS = frozenset({"post", "description", "title", "tags"})
_INSTEAD = {"->": "→", "=>": "→", "<": "‹", ">": "›"}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks lone surrogates, NUL and other controls, the three characters X refuses, ``<`` and ``>`` on YouTube."""
    suspect = _suspect(draft.network.id, draft.part)
    left = MOST
    for text, inside in ((draft.text, True), *((other, False) for other in (*draft.hashtags, *draft.alt_texts))):
        for match in suspect.finditer(text):
            if not left:
                return
            left -= 1
            start, end = match.span() if inside else (len(draft.text), len(draft.text))
            yield _finding(match.group(), start, end, inside)


def _suspect(network: str, part: str) -> re.Pattern[str]:
    if network == "x":
        return _SUSPECT_ON_X
    return _SUSPECT_ON_YOUTUBE if network == "youtube" and part in _YOUTUBE_PARTS else _SUSPECT


def _kind(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return "surrogate"
    if char == "\0":
        return "nul"
    if char in "\ufeff\ufffe\uffff":
        return "refused"
    return "angle" if char in _INSTEAD else "control"


def _finding(shown: str, start: int, end: int, inside: bool) -> Finding:
    """A character outside the text proper (a hashtag, an alt text) has no fix in it."""
    kind = _kind(shown)
    code = shown if kind == "angle" else f"U+{ord(shown):04X}"
    wording = Wording(f"check.forbidden_character.{kind}", {"code": code})
    fix = _INSTEAD.get(shown, "") if inside else None
    return Finding(NAME, SEVERITY, start, end, wording, code, fix, automatic=inside)


BAD = {
    "fr": (
        Sample("Bonjour\0"),
        Sample("Bon\ud83djour"),
        Sample("Bon\x07jour"),
        Sample("\ufeffBonjour", network="x"),
        Sample("Plan -> <ici> 3 > 2", network="youtube"),
        Sample("Le vélo", alt_texts=("Un vélo\0",)),
    ),
    "en": (Sample("Good\x1b morning", language="en"),),
}
GOOD = {
    "fr": (
        Sample("« Bonjour »\u202f! 👩\u200d🚀 l’été\n\tCœur\r\n"),
        Sample("3 > 2", network="youtube", part="reply"),
        Sample("<b>Oui</b>", network="wordpress"),
    ),
    "en": (Sample("Good morning 👨\u200d👩\u200d👧 🏳️\u200d🌈", language="en"),),
}
