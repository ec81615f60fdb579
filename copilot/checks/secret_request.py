"""What pays, signs in or proves who one is, asked for in public."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import page
from copilot.checks._private import secrets_in_public
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "secret_request"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each request for a card, a password, a code or papers, whoever wrote it, until a person confirms it.

    A post is blocked only when it asks for it in the comments.
    """
    where = page(draft.text)
    for first, last in secrets_in_public(draft, where):
        start, end = where.span(first, last)
        quote = draft.text[start:end]
        if quote not in context.confirmed:
            wording = Wording("check.secret_request", {"quote": quote})
            yield Finding(NAME, SEVERITY, start, end, wording, quote, confirmable=True)


BAD = {
    "fr": (
        Sample("Envoyez-nous votre numéro de carte bancaire en commentaire.", part="reply", writer="person"),
        Sample("Le code reçu par SMS, s’il vous plaît ?", part="reply"),
    ),
    "en": (Sample("Hello, reply with your card number and the CVV.", part="reply", language="en"),),
}
GOOD = {
    "fr": (
        Sample("Ne donnez jamais votre numéro de carte en commentaire.", part="reply"),
        Sample("Envoyez votre RIB en message privé.", part="reply"),
    ),
    "en": (Sample("We will never ask for your password.", part="reply", language="en"),),
}
