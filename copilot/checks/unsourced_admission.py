"""A legal fault or a liability that a model admits and no source of the brand states."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._admissions import unstated
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "unsourced_admission"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each admission of a model in a reply, until a person confirms it by name."""
    if draft.part != "reply":
        return
    for start, end in unstated(draft, context):
        quote = draft.text[start:end]
        if quote not in context.confirmed:
            wording = Wording("check.unsourced_admission", {"quote": quote})
            yield Finding(NAME, SEVERITY, start, end, wording, quote, confirmable=True)


BAD = {
    "fr": (
        Sample("C’est notre faute, nous en sommes navrés.", part="reply", writer="chain"),
        Sample("Nous reconnaissons notre responsabilité dans cette chute.", part="reply", writer="chain"),
    ),
    "en": (Sample("We take full responsibility for what happened.", part="reply", language="en", writer="chain"),),
}
GOOD = {
    "fr": (
        Sample("C’est notre faute, nous en sommes navrés.", part="reply", writer="person"),
        Sample("Toutes nos excuses pour cette erreur de préparation de notre part.", part="reply", writer="chain"),
    ),
    "en": (Sample("We take full responsibility for what happened.", part="reply", language="en", writer="person"),),
}
