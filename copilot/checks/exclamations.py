"""Too many exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.brand import HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "exclamations"
SEVERITY = Severity.WARNS

# "![alt](picture)" of Markdown exclaims nothing.
_MARKS = re.compile(r"[!?！‼⁉¡¿❗❕](?:[\s\u00a0\u202f]?[!?！‼⁉❗❕]){0,200}(?!\[)")
_EXCLAIMS = re.compile(r"[!！‼⁉❗❕]")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of ``!!!``, and of the first exclamation mark beyond those the brand allows in a text."""
    if not _EXCLAIMS.search(draft.text):
        return
    allowed = context.brand.style.exclamations if context.brand else HouseStyle().exclamations
    counted = 0
    told = False
    for match in _MARKS.finditer(draft.text):
        marks = len(_EXCLAIMS.findall(match.group()))
        if not marks:
            continue
        if marks > 1 or len(match.group()) > 2 or match.group() in ("‼", "⁉"):
            asks = "?" in match.group() or "⁉" in match.group()
            wording = Wording("check.exclamations.run", {"quote": match.group()})
            yield Finding(NAME, SEVERITY, *match.span(), wording, match.group(), "?" if asks else "!")
        counted += marks
        if counted > allowed and not told:
            told = True
            total = sum(len(_EXCLAIMS.findall(one.group())) for one in _MARKS.finditer(draft.text))
            wording = Wording("check.exclamations", {"count": total, "allowed": allowed})
            yield Finding(NAME, SEVERITY, match.start(), match.end(), wording, match.group())


BAD = {
    "fr": (
        Sample("À samedi !!!"),
        Sample("Venez ! Essayez ! Adoptez ! Roulez !"),
        Sample("Quoi ?!?!"),
        Sample("À samedi !", style=HouseStyle(exclamations=0)),
    ),
    "en": (Sample("See you on Saturday!!", language="en"),),
}
GOOD = {
    "fr": (Sample("À samedi ! Quelle joie ?! Trois jours !"), Sample("![Un vélo bleu](velo.png) À samedi !")),
    "en": (Sample("See you on Saturday!", language="en"),),
}
