"""Line breaks the network loses, or squeezes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.domain.wording import Wording

NAME = "line_breaks"
SEVERITY = Severity.ADVISES

#: Enough to show.
MOST = 50
#: Networks that show fewer blank lines than were typed, and from how many line breaks in a row they do.
_SQUEEZED = {"bluesky": 3, "instagram": 3, "threads": 3, "tiktok": 3, "linkedin": 3, "reddit": 3, "discourse": 3}
#: Parts that hold one line everywhere.
_ONE_LINE = frozenset({"title", "subject", "preheader", "tags", "link"})

_BREAK = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")
_SEVERAL = re.compile(r"\r?\n(?:[ \t\u00a0]*\r?\n){2,}")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises of the breaks that go where one line is shown, and of blank lines that are shown as one."""
    if "\n" not in draft.text:
        return
    params = {"network": draft.network.label}
    if draft.part in _ONE_LINE or not draft.network.line_breaks:
        key = "check.line_breaks.one_line" if draft.part in _ONE_LINE else "check.line_breaks.lost"
        yield from _lost(draft.text, Wording(key, params))
        return
    least = squeezed_from(draft.network)
    if least is None:
        return
    wording = Wording("check.line_breaks.squeezed", params)
    for number, match in enumerate(_SEVERAL.finditer(draft.text)):
        if number == MOST:
            return
        yield Finding(NAME, SEVERITY, match.start(), match.end(), wording, "", "\n\n", automatic=True)


def _lost(text: str, wording: Wording) -> Iterator[Finding]:
    for number, match in enumerate(_BREAK.finditer(text)):
        if number == MOST:
            return
        fix = " " if match.start() and match.end() < len(text) else ""
        yield Finding(NAME, SEVERITY, match.start(), match.end(), wording, "", fix)


def squeezed_from(network: Network) -> int | None:
    """From how many line breaks in a row ``network`` shows fewer; None when it shows them all."""
    return _SQUEEZED.get(network.id)


BAD = {
    "fr": (
        Sample("Bonjour.\n\n\n\nÀ demain.", network="bluesky"),
        Sample("Bonjour.\n \n\nÀ demain.", network="instagram"),
        Sample("Le titre\nsur deux lignes", network="reddit", part="title"),
    ),
    "en": (Sample("Hello.\n\n\nSee you.", network="bluesky", language="en"),),
}
GOOD = {
    "fr": (
        Sample("Bonjour.\n\nÀ demain.\nMerci.", network="bluesky"),
        Sample("Bonjour.\n\n\nÀ demain.", network="facebook_page"),
        Sample("Le titre", network="reddit", part="title"),
    ),
    "en": (Sample("Hello.\n\nSee you.", network="instagram", language="en"),),
}
