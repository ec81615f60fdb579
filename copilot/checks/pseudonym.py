"""A pseudonym a model altered or invented, or a person it dropped and left a hole or a stand-in for.

Dropped means that the text shows where somebody should be named: "Bonjour ,", "Bonjour [Nom]", "Dear ___,", "Mme ,". An
answer that has no reason to name anybody ("Bonjour, ..."), or that speaks to "cher client", is whole: a moderator may
well want it. What a text that is written again no longer says is told by ``copilot.services.rewriting``, which knows
what was there before. A person's own words ("edited") are theirs: there, only altered and invented ones are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._pseudonyms import TOKEN
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "pseudonym"
SEVERITY = Severity.BLOCKS

#: Whom the draft speaks to is the one drop that shows: any other name or number may well be left out of an answer.
_HOLE = re.compile(
    r"\A\s*(?:(?:Bonjour|Bonsoir|Salut|Coucou|Merci|Cher|Chère|Hello|Hi|Hey|Dear|Thanks|Thank you)[ \u00a0]+[,;]"
    r"|(?:Cher|Chère|Dear)[ \u00a0]*[,;!]|(?:Merci à|Bravo à|Thanks to)[ \u00a0]*[,;.!])"
)
_GREETING = r"(?:Bonjour|Bonsoir|Salut|Coucou|Merci|Ch[eè]re?|Hello|Hi|Hey|Dear|Thanks|Thank you|Bravo)"
#: A name cut away after its title, or words that stand for it, wherever the text greets or thanks somebody.
_NOBODY = re.compile(
    rf"(?<!\w){_GREETING}[ \u00a0]+(?:à[ \u00a0]+|to[ \u00a0]+)?"
    r"(?:(?:M\.|Mr\.?|Mme|Mlle|Mrs\.?|Ms\.?)[ \u00a0]*(?=[,;!\n]|\Z)"
    r"|(?:_{2,}|X{2,3}|x{3}|\.{3}|…|PERSON(?:NE)?|NOM|PR[ÉE]NOM|NAME|FIRST ?NAME|CLIENT)(?=[ \u00a0]*(?:[,;!.\n]|\Z)))"
    r"|(?<!\w)(?:M\.|Mme|Mlle|Mr|Mrs|Ms)[ \u00a0]+(?=[,;])",
)
#: "[Nom du client]", "<first name>", "[votre prénom]".
_STAND_IN = re.compile(
    r"[\[<](?=[^\]>\n]{2,40}[\]>])[^\]>\n]{0,20}(?<!\w)(?:nom|pr[ée]nom|pseudo|destinataire|client|cliente|name|surname"
    r"|customer|username|recipient)(?!\w)[^\]>\n]{0,20}[\]>]",
    re.IGNORECASE,
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each pseudonym that stands for nobody, and a first word that speaks to nobody any more."""
    for match in TOKEN.finditer(draft.text):
        yield _finding("check.pseudonym", *match.span(), match.group())
    if draft.writer != "chain" or draft.edited:
        return
    if hole := _HOLE.match(draft.text):
        quote = hole.group().strip()
        yield _finding("check.pseudonym.dropped", hole.end() - len(quote), hole.end(), quote)
    for pattern in (_NOBODY, _STAND_IN):
        for match in pattern.finditer(draft.text):
            yield _finding("check.pseudonym.stand_in", *match.span(), match.group().strip())


def _finding(key: str, start: int, end: int, quote: str) -> Finding:
    return Finding(NAME, Severity.BLOCKS, start, end, Wording(key, {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Bonjour [[PERSON_7]], merci de votre message."),
        Sample("Bonjour [[personne 2]], merci."),
        Sample("Écrivez-nous à {{EMAIL_1}}."),
        Sample("Merci PERSON_1 pour votre message."),
        Sample("Bonjour [PERSON_1], merci."),
        Sample("Bonjour [[PERSON_1C]], merci."),
        Sample("Merci PERSON_1B pour votre message."),
        Sample("Bonjour [[PERSON_1, merci."),
        Sample("Bonjour , merci de votre message.", writer="chain"),
        Sample("Bonjour [Nom du client], merci.", writer="chain"),
        Sample("Bonjour <prénom>, merci.", writer="chain"),
        Sample("Bonjour Mme , merci.", writer="chain"),
        Sample("Bonjour M. ! Merci.", writer="chain"),
        Sample("Bonjour ___, merci.", writer="chain"),
        Sample("Bonjour PERSONNE, merci.", writer="chain"),
        Sample("Nous avons bien noté. Merci à …, nous revenons vers vous.", writer="chain"),
    ),
    "en": (
        Sample("Dear [[PERSON_4]], thank you.", language="en"),
        Sample("Dear , thank you for your message.", language="en", writer="chain"),
        Sample("Dear [Customer Name], thank you.", language="en", writer="chain"),
        Sample("Hi XXX, thank you.", language="en", writer="chain"),
    ),
}
GOOD = {
    "fr": (
        Sample("Bonjour Nadia, merci de votre message."),
        Sample("Bonjour\u00a0! Merci de votre message [voir plus haut].", writer="chain"),
        Sample("Votre commande REF12 est partie."),
        Sample("Bonjour cher client, merci de votre message.", writer="chain"),
        Sample("Bonjour Madame, merci… Nous revenons vers vous.", writer="chain"),
        Sample("Bonjour à tous, merci. Mme Petit vous rappellera.", writer="chain"),
        Sample("Bonjour [Nom], à compléter par moi.", writer="chain", edited=True),
        Sample("Bonjour, indiquez votre nom et votre prénom en message privé [1].", writer="chain"),
    ),
    "en": (
        Sample("Dear Sarah, thank you [1].", language="en"),
        Sample("Dear customer, thank you. Mr Hall will call you.", language="en", writer="chain"),
    ),
}
