"""A pseudonym a model altered or invented, or the name it dropped from its first words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "pseudonym"
SEVERITY = Severity.BLOCKS

_KIND = (
    r"(?:PERSON(?:NE)?|HANDLE|E-?MAIL|PHONE|T[ÉE]L[ÉE]PHONE|IBAN|CARD|CARTE|REF|R[ÉE]F|ADDRESS|ADRESSE"
    r"|BIRTHDATE|IP|NIR|PLATE|TEXT|NAME|NOM)"
)
#: "[[PERSON_3]]", "[[ personne 3", "[PERSON_3]", "{{PERSON_3}}", "PERSON_3", "[[FOO_1]]".
_TOKEN = re.compile(
    rf"\[\s?\[[ ]?[^\W\d_]{{2,20}}[ \\_-]{{0,3}}\d{{1,9}}[ ]?(?:\][ ]?\]?)?"
    rf"|[\[{{<(]{{1,2}}[ ]?(?i:{_KIND})[ \\_-]{{0,3}}\d{{1,9}}[ ]?[\]}}>)]{{1,2}}"
    rf"|(?<!\w){_KIND}\\?_\d{{1,9}}(?!\w)|\[\s?\[[ ]?(?i:{_KIND})[ ]?\][ ]?\]"
)
#: Whom the draft speaks to is the one drop that shows: any other name or number may well be left out of an answer.
_HOLE = re.compile(
    r"\A\s*(?:(?:Bonjour|Bonsoir|Salut|Coucou|Merci|Cher|Chère|Hello|Hi|Hey|Dear|Thanks|Thank you)[ \u00a0]+[,;]"
    r"|(?:Cher|Chère|Dear)[ \u00a0]*[,;!]|(?:Merci à|Bravo à|Thanks to)[ \u00a0]*[,;.!])"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each pseudonym that stands for nobody, and a first word that speaks to nobody any more."""
    for match in _TOKEN.finditer(draft.text):
        yield _finding("check.pseudonym", *match.span(), match.group())
    hole = _HOLE.match(draft.text)
    if hole and draft.writer == "chain" and not draft.edited:
        quote = hole.group().strip()
        yield _finding("check.pseudonym.dropped", hole.end() - len(quote), hole.end(), quote)


def _finding(key: str, start: int, end: int, quote: str) -> Finding:
    return Finding(NAME, Severity.BLOCKS, start, end, Wording(key, {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Bonjour [[PERSON_7]], merci de votre message."),
        Sample("Bonjour [[personne 2]], merci."),
        Sample("Écrivez-nous à {{EMAIL_1}}."),
        Sample("Merci PERSON_1 pour votre message."),
        Sample("Bonjour [PERSON_1], merci."),
        Sample("Bonjour [[PERSON_1, merci."),
        Sample("Bonjour , merci de votre message.", writer="chain"),
    ),
    "en": (
        Sample("Dear [[PERSON_4]], thank you.", language="en"),
        Sample("Dear , thank you for your message.", language="en", writer="chain"),
    ),
}
GOOD = {
    "fr": (
        Sample("Bonjour Nadia, merci de votre message."),
        Sample("Bonjour\u00a0! Merci de votre message [voir plus haut].", writer="chain"),
        Sample("Votre commande REF12 est partie."),
    ),
    "en": (Sample("Dear Sarah, thank you [1].", language="en"),),
}
