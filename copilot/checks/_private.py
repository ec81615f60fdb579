"""Whether what is asked for is to be given in private."""

from __future__ import annotations

import re

from copilot.checks import Draft
from copilot.checks._phrases import Page, compiled, sentence_at, sentences
from copilot.checks._secrets import secrets_asked

_PRIVATE = (
    r"(?:messages? (?:prives?|directs?)|(?:en|par|via|de) (?:prive|mp|dm|inbox)|mp|dms?|pm|inbox"
    r"|messagerie|messenger|whatsapp"
    r"|en prive|prive|(?:par|via|un|d'un|an|by|via|in an) (?:e-?mail|mail|courriel|telephone|sms|chat|tel"
    r"|courrier|phone|text)"
    r"|formulaires?|espace (?:client|personnel|adherent|abonne)s?|compte client|sur notre site|sur le "
    r"site|lien|en ligne"
    r"|appel(?:ez|er|le)(?:-(?:nous|moi))?|telephon(?:ez|er)|joignez|(?:e-?mail|call|ring|phone|text|dm"
    r"|message|pm) (?:us|me)"
    r"|private(?:ly)?|direct messages?|forms?|(?:on|through|via) our (?:web)?site|online|chat|in (?:store"
    r"|the shop|person)"
    r"|at the (?:desk|counter|till|reception)|en (?:boutique|magasin|agence|caisse|mairie)|au (?:guichet"
    r"|comptoir)"
    r"|a l'accueil|sur place|lors de|au moment de|dans (?:le|votre|ton) (?:panier|compte|espace"
    r"|application|appli)"
    r"|(?:au|on) \+?\d[\d .]{5,}|the link|in the app|customer area|your account page|secure\w*"
    r"|securise\w*)"
)
PUBLIC = (
    r"(?:en|aux?|dans les|sous|sous ce|in the|in a) (?:commentaires?|post|comments?)|ci-dessous|below"
    r"|publiquement|en public|sous (?:ce|cette|votre|ton|notre) (?:message|post|publication|fil|photo|video)"
    r"|under (?:this|our|your) (?:post|message|photo|video)"
)
_ADDRESS = re.compile(r"\w@\w|://|\bwww\.")
# "and we will answer you by private message": what we do privately, not where they should write.
_OUR_TURN = (
    r"(?:nous|on|je|j'|equipe|service|conseill\w+|we|i|we'll|i'll|team|someone) (?!en\b|par\b|via\b"
    r"|y\b)(?:vous |te |lui |"
    r"will |can |to |en |le |la )*\w+|(?:afin|pour) (?:de |que )?(?:vous|te|nous|on|qu'on)|so (?:that "
    r")?(?:we|i|that)"
)


def secrets_in_public(draft: Draft, where: Page) -> list[tuple[int, int]]:
    """Where the means to pay, to sign in or to prove who one is are asked for in public, as spans of ``where``."""
    if draft.private:
        return []
    return [span for span in secrets_asked(where) if not _is_said_in_private(draft, where, span)]


def _is_said_in_private(draft: Draft, where: Page, span: tuple[int, int]) -> bool:
    """Whether a secret is to be given in private; a post asks for nothing but in its comments."""
    if draft.part != "reply" and not said_in(where, sentence_at(where, span[0]), PUBLIC):
        return True
    return is_private(where, *span)


def is_private(where: Page, start: int, end: int) -> bool:
    """Whether the sentence, the one before or the one after says a private way, or gives a link or an address."""
    number = sentence_at(where, start)
    if said_in(where, number, PUBLIC):
        return False
    first, last = sentences(where)[number]
    if _ADDRESS.search(where.plain, first, last):
        return True
    if compiled(_PRIVATE).search(where.prose, first, start) or _their_way(where, end, last):
        return True
    around = [sentences(where)[n] for n in (number - 1, number + 1) if 0 <= n < len(sentences(where))]
    return any(_their_way(where, *span) for span in around)


def _their_way(where: Page, start: int, end: int) -> bool:
    return any(
        not compiled(_OUR_TURN).search(where.prose, start, way.start())
        for way in compiled(_PRIVATE).finditer(where.prose, start, end)
    )


def said_in(where: Page, number: int, pattern: str) -> bool:
    spans = sentences(where)
    return bool(spans) and compiled(pattern).search(where.prose, *spans[number]) is not None
