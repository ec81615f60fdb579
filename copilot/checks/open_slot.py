"""A slot nobody filled: ``{prénom}``, ``{…}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "open_slot"
SEVERITY = Severity.BLOCKS

_SLOT = re.compile(r"\{[^{}\n]{0,80}\}")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each ``{…}`` left in the text, the hashtags or the alt texts."""
    for match in _SLOT.finditer(draft.text):
        yield _finding(*match.span(), match.group())
    end = len(draft.text)
    for other in (*draft.hashtags, *draft.alt_texts):
        for match in _SLOT.finditer(other):
            yield _finding(end, end, match.group())


def _finding(start: int, end: int, slot: str) -> Finding:
    return Finding(NAME, Severity.BLOCKS, start, end, Wording("check.open_slot", {"slot": slot}), quote=slot)


BAD = {
    "fr": (
        Sample("Bonjour {prénom}, merci de votre message."),
        Sample("Nous revenons vers vous sous {…}."),
        Sample("Écrivez-nous à {{adresse}}."),
        Sample("Bonjour.", alt_texts=("Photo de {produit}",)),
    ),
    "en": (Sample("Hello {first_name}, thanks for your message.", language="en"),),
}
GOOD = {
    "fr": (Sample("Bonjour Marie, merci de votre message {"),),
    "en": (Sample("Hello Mary, thanks for your message.", language="en"),),
}
