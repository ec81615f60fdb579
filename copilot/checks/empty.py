"""Nothing to publish."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "empty"
SEVERITY = Severity.BLOCKS

#: Characters that show nothing, besides white space.
_INVISIBLE = dict.fromkeys(
    code
    for first, last in ((0xAD, 0xAD), (0x34F, 0x34F), (0x200B, 0x200F), (0x2060, 0x206F), (0xFEFF, 0xFEFF))
    for code in range(first, last + 1)
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks a text without a single visible sign."""
    if not draft.text.translate(_INVISIBLE).strip():
        yield Finding(NAME, Severity.BLOCKS, 0, len(draft.text), Wording("check.empty"))


BAD = {
    "fr": (Sample(""), Sample(" \n\u200b\u00a0")),
    "en": (Sample("", language="en"), Sample("\u2060\t", language="en")),
}
GOOD = {
    "fr": (Sample("Bonjour à toutes et à tous."), Sample("👍")),
    "en": (Sample("Good morning everyone.", language="en"),),
}
