"""What typography never touches: links, addresses, names, tags, code, slots, emoticons, times, phone numbers.

Rules run over :func:`masked`, a text as long as the one given where each of these is a run of one sign of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.measure.links import find_links

#: What stands for a link or an e-mail, for a name or a tag, for anything else that is protected.
LINK = "\ue000"
TAG = "\ue001"
OTHER = "\ue002"

# For each: the text that must be there at all, so that most expressions never run, what it becomes, the expression.
_TRIGGERED: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("`", OTHER, re.compile(r"```.*?```|(?<!`)`++[^`\n]++`++", re.DOTALL)),
    ("{", OTHER, re.compile(r"\{[^{}\n]{0,200}\}")),
    ("<", OTHER, re.compile(r"<[A-Za-z/!@#:?][^<>\n]{0,500}>|(?<!\w)<3+(?!\w)")),
    ("&", OTHER, re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")),
    ("/", TAG, re.compile(r"(?<![\w/.])/?[ur]/[\w-]{2,40}")),
    ("^", OTHER, re.compile(r"\^[_.-]*\^")),
    ("\\", OTHER, re.compile(r"(?<!\w)[A-Za-z]:\\\S*|\\[nrt\"']")),
    (
        ":",
        OTHER,
        re.compile(
            r"(?<!\w):[A-Za-z0-9_+-]{2,40}:(?!\w)"
            r"|(?<!\w)[0-9]{1,3}(?::[0-9]{1,3})+(?!\w)"
            r"|(?<![\w:;]):[-o^]?['’]?[-]?[()\[\]DPpOo3$*|/\\@<>sSc](?!\w)"
        ),
    ),
    (";", OTHER, re.compile(r"(?<![\w:;]);[-o^]?[()\[\]DPp*/\\](?!\w)")),
    ("=", OTHER, re.compile(r"(?<![\w=])=[)(DPp](?!\w)")),
    ("-_-", OTHER, re.compile(r"-_+-")),
    (
        "0",
        OTHER,
        re.compile(
            r"(?<![\w+])0[1-9](?:[ .\u00a0\u202f-]?[0-9]{2}){4}(?![0-9])"
            r"|(?<![\w+])0[0-9]{2,4}[ .\u00a0\u202f-][0-9]{3,4}[ .\u00a0\u202f-][0-9]{3,4}(?![0-9])"
            r"|(?<![\w+])0[ \u00a0\u202f]?8[0-9]{2}(?:[ \u00a0\u202f]?[0-9]{3}){2}(?![0-9])"
        ),
    ),
    ("+", OTHER, re.compile(r"(?<!\w)\+[0-9](?:[ .()\u00a0\u202f-]{0,2}[0-9]){6,14}(?![0-9])")),
    ("@", LINK, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?!\w)")),
    (
        "@",
        TAG,
        re.compile(r"@\[[^\[\]\n]{1,200}\](?:\([^()\s]{1,200}\))?|(?<!\w)[@＠]\w(?:[\w.·-]*\w)?(?:@\w(?:[\w.-]*\w)?)?"),
    ),
    ("#", TAG, re.compile(r"#\w(?:[\w'’&.·・\u200c\u200d-]*\w)?")),
    ("＃", TAG, re.compile(r"＃\w(?:[\w'’&.·・\u200c\u200d-]*\w)?")),
    ("://", LINK, re.compile(r"(?i:https?)://\S*|(?<!\w)[A-Za-z][A-Za-z0-9+.-]{1,20}://\S*")),
    ("www.", LINK, re.compile(r"(?<!\w)www\.\S+")),
    (":", LINK, re.compile(r"(?<!\w)(?:mailto|tel|sms|geo):\S+")),
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|odt|ods|csv|txt|zip|mp[34]|mov|wav|html?|css|js|py|md|json|exe)(?!\w)",
    re.IGNORECASE,
)
_EMOTICON_WORD = re.compile(r"(?<![\w])(?:[xX]D+|[8B]-\))(?!\w)")
_WORD_BEFORE = re.compile(r"[\w.-]")


def masked(text: str) -> str:
    """``text`` with what must not change made signs of its own, as long as before."""
    painted: list[str] | None = None
    for start, end, sign in _spans(text):
        if painted is None:
            painted = list(text)
        painted[start:end] = sign * (end - start)
    return text if painted is None else "".join(painted)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for trigger, sign, pattern in _TRIGGERED:
        if trigger in text:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), sign
    for match in _EMOTICON_WORD.finditer(text):
        yield match.start(), match.end(), OTHER
    if "." in text:
        yield from _names_of_files(text)
        for link in find_links(text):
            # What is stuck to a link is left with it: apps do not agree on where one ends.
            yield link.start, _chunk_end(text, link.end), LINK


def _names_of_files(text: str) -> Iterator[tuple[int, int, str]]:
    floor = 0
    for match in _FILE.finditer(text):
        start = match.start()
        while start > floor and _WORD_BEFORE.match(text, start - 1):
            start -= 1
        if start < match.start():
            yield start, match.end(), OTHER
        floor = match.end()


def _chunk_end(text: str, at: int) -> int:
    match = _CHUNK.match(text, at)
    return match.end() if match else at


_CHUNK = re.compile(r"[^\s»”)]*")
