"""A legal fault or a liability admitted in a public reply."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._admissions import admitted, unstated
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "admits_fault"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each admission in a reply; an apology for a mistake in the service is none.

    What a model admits without a source is told by ``unsourced_admission``.
    """
    if draft.part != "reply":
        return
    told = set(unstated(draft, context))
    for start, end in admitted(draft):
        if (start, end) not in told:
            quote = draft.text[start:end]
            yield Finding(NAME, SEVERITY, start, end, Wording("check.admits_fault", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("C’est notre faute, nous en sommes navrés.", part="reply", writer="person"),
        Sample("Nous sommes responsables de l’accident.", part="reply", writer="person"),
        Sample("Nous reconnaissons notre responsabilité dans cette chute.", part="reply", writer="person"),
        Sample("Notre four a provoqué votre brûlure.", part="reply", writer="person"),
        Sample("Il y a eu négligence de notre part, notre negligence est totale.", part="reply", writer="person"),
        Sample("J’assume l’entière responsabilité de ce retard.", part="reply", writer="person"),
    ),
    "en": (
        Sample("This was entirely our fault.", part="reply", writer="person", language="en"),
        Sample("We are liable for the damage.", part="reply", writer="person", language="en"),
        Sample("We take full responsibility for what happened.", part="reply", writer="person", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Toutes nos excuses pour cette erreur de préparation de notre part.", part="reply"),
        Sample("Ce n’est pas votre faute, et nous vous remplaçons l’article.", part="reply"),
        Sample("La responsable de la boutique vous attend. Il y a une faute de frappe sur la page.", part="reply"),
        Sample("Nous nous sommes trompés de taille, c’est corrigé.", part="reply"),
    ),
    "en": (
        Sample("We made a mistake with your order and have sent the right size.", part="reply", language="en"),
        Sample("Our quality lead, responsible for this range, will look into it.", part="reply", language="en"),
    ),
}
