"""Characters nobody sees: they break words, hashtags and searches, or turn the reading round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "invisible_characters"
SEVERITY = Severity.WARNS

#: Enough to show one by one; the last covers what is left.
MOST = 50

_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_SIDES = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_VARIANTS = "\ufe00-\ufe0f"
_HIDDEN = re.compile(
    f"[\u00ad\u034f\u115f\u1160\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\uffff"
    f"\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_DIRECTION}{_SIDES}{_JOINERS}{_VARIANTS}]"
)
_OVERRIDES = "\u202d\u202e"
_REFUSED_BY_X = "\ufeff\ufffe\uffff"
_FLAG = "\U0001f3f4"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each run of hidden characters; the fix takes them out."""
    if draft.text.isascii():
        return
    runs = _runs(draft.text, draft.network.id)
    for number, (start, end, kind) in enumerate(runs, 1):
        if number == MOST:
            rest = [(start, end), *((a, b) for a, b, _ in runs)]
            yield _finding(draft.text, start, rest[-1][1], kind, _without(draft.text, rest))
            return
        yield _finding(draft.text, start, end, kind, "")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """``text``, from the first span to the last one's end, without them."""
    return "".join(text[end:start] for (_, end), (start, _) in pairwise(spans))


def _finding(text: str, start: int, end: int, kind: str, fix: str) -> Finding:
    code = f"U+{ord(text[start]):04X}"
    wording = Wording(f"check.invisible_characters.{kind}", {"code": code})
    return Finding(NAME, SEVERITY, start, end, wording, code, fix, automatic=True)


def _runs(text: str, network: str) -> Iterator[tuple[int, int, str]]:
    """Where hidden characters follow each other, and of what kind the first is."""
    reads_right_to_left = bool(_RIGHT_TO_LEFT.search(text))
    start = end = -1
    kind = ""
    flag_ends = -1
    for match in _HIDDEN.finditer(text):
        at = match.start()
        if at < flag_ends:
            continue
        if "\U000e0020" <= text[at] <= "\U000e007f" and text[at - 1 : at] == _FLAG:
            # Tags spell the flags of England, Scotland and Wales; anywhere else they hide words.
            flag_ends = _flag_end(text, at)
            if flag_ends > at:
                continue
        found = _kind(text, at, network, reads_right_to_left)
        if found is None:
            continue
        if at == end and found == kind:
            end = at + 1
            continue
        if kind:
            yield start, end, kind
        start, end, kind = at, at + 1, found
    if kind:
        yield start, end, kind


def _flag_end(text: str, at: int) -> int:
    match = _TAGS.match(text, at, at + 8)
    return match.end() if match and match.group()[-1] == "\U000e007f" else at


def _kind(text: str, at: int, network: str, reads_right_to_left: bool) -> str | None:
    char = text[at]
    if char in _REFUSED_BY_X and network == "x":
        return None
    if char in _OVERRIDES:
        return "direction"
    if "\u202a" <= char <= "\u2069" and not "\u2060" <= char <= "\u2065":
        return None if reads_right_to_left else "direction"
    if char in _SIDES:
        return None if reads_right_to_left else "hidden"
    if char in _JOINERS:
        return None if _joins(text, at) else "hidden"
    if "\ufe00" <= char <= "\ufe0f":
        return "hidden" if _is_no_base(text[at - 1 : at]) else None
    if "\u180b" <= char <= "\u180e":
        return None if "\u1800" <= text[at - 1 : at] <= "\u18af" else "hidden"
    if char in "\u115f\u1160":
        return None if "\u1100" <= max(text[at - 1 : at], text[at + 1 : at + 2]) <= "\u11ff" else "hidden"
    return "soft_hyphen" if char == "\u00ad" else "hidden"


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands where it is needed: among emoji, or letters of a script that has use for it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if text[at] == "\u200d" and _is_pictorial(before) and _is_pictorial(after):
        return True
    return _needs_joiners(before) and (not after or _needs_joiners(after) or after in " \u200d")


def _is_pictorial(char: str) -> bool:
    return bool(char) and (char > "\U0001f000" or "\u2190" <= char <= "\u2bff" or char == "\ufe0f")


def _needs_joiners(char: str) -> bool:
    """A letter or mark past Latin, Greek and Cyrillic (Arabic, Persian, Hindi...)."""
    return "\u0590" <= char < "\u2000" and unicodedata.category(char)[0] in "LM"


def _is_no_base(before: str) -> bool:
    """Whether ``before`` has no other shape to choose: a letter of ours, a space, the start."""
    if not before or before.isspace():
        return True
    return before not in "#*0123456789©®" and before < "\u0250"


BAD = {
    "fr": (
        Sample("Bon\u200bjour à tous"),
        Sample("Un re\u00adtour en forme"),
        Sample("Bonjour \u202eruojnob\u202c"),
        Sample("Le vélo\ufeff est là"),
        Sample("Salut\U000e0068\U000e0069 à tous", network="x"),
        Sample("Bon\u200djour", network="x"),
        Sample("\ufeffBonjour"),
        Sample("a\u200b" * 60),
        Sample("A\ufe0f table"),
    ),
    "en": (Sample("Good\u2066 morning", language="en"), Sample("Good\u200d morning\u2060", language="en")),
}
GOOD = {
    "fr": (
        Sample(
            "« Bonjour »\u202f! 👩\u200d🚀 l’été ❤️ 1️⃣ ✔︎ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
        ),
        Sample("سلام می\u200cخواهم \u200f(ok)\u200f"),
        Sample("\ufeffBonjour", network="x"),
    ),
    "en": (Sample("Good morning 👨\u200d👩\u200d👧 🏳️\u200d🌈 👩🏽\u200d💻", language="en"),),
}
