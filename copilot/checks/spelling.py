"""Words in no dictionary: misspelled, or to be taught to the brand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.brand import Brand, HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text import spelling

NAME = "spelling"
SEVERITY = Severity.ADVISES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a plain slip whose right word is sure, advises of other unknown words.

    Silent while a background thread reads the dictionary, and in a language that has none.
    """
    speller = spelling.speller(draft.language)
    if speller is None:
        return
    for start, end, word in speller.misspelled(draft.text, _known(context.brand)):
        fix = speller.fix(word)
        key = "check.spelling.fix" if fix else "check.spelling"
        severity = Severity.WARNS if fix and word.islower() and speller.is_sure(word) else Severity.ADVISES
        if fix and speller.is_reformed(word):
            key, severity = "check.spelling.reformed", Severity.ADVISES
        shown = _with_apostrophes(fix, draft) if fix else None
        params: dict[str, object] = {"word": word, "fix": shown} if shown else {"word": word}
        yield Finding(NAME, severity, start, end, Wording(key, params), draft.text[start:end], shown)


def _known(brand: Brand | None) -> frozenset[str]:
    """The words of the brand: its names, what it vouches for, its own list."""
    if brand is None:
        return frozenset()
    told = [brand.name, brand.contact.team, brand.voice.signature, *brand.accounts.values(), *brand.style.words]
    told += [term.use for term in brand.voice.preferred]
    told += [text for fact in brand.facts for text in (fact.statement, fact.value, *fact.topics)]
    told += [tag for several in brand.hashtags for tag in several.tags]
    words = {word for text in told for word in (text.strip("@#"), *_WORD.findall(text))}
    return frozenset(words | {part for word in words for part in re.split("['’-]", word)})


def _with_apostrophes(fix: str, draft: Draft) -> str:
    """``fix`` with the apostrophe the text is written with; French takes the curly one."""
    curly = draft.language.startswith("fr") or "’" in draft.text
    return fix.replace("'", "’") if curly else fix.replace("’", "'")


BAD = {
    "fr": (
        Sample("Un évenement à ne pas manquer !"),
        Sample("Merci pour votre acceuil."),
        Sample("Bonjoru à tous"),
        Sample("jai hâte de vous voir samedi"),
        Sample("OFFRE EXCEPTIONELLE SAMEDI"),
        Sample("Il faut connaitre l’équipe."),
        Sample("Passez au magasin avec votre zblorkitude."),
        Sample("Réponse à la reservation n° 12, www.demo.fr/evenement", part="reply"),
    ),
    "en": (
        Sample("We recieved your order.", language="en"),
        Sample("See you tommorow at the shop!", language="en"),
        Sample("We dont open on Sundays.", language="en", part="reply"),
        Sample("A definately good idea", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Dès aujourd’hui, l’été s’invite à l’œuvre : rendez-vous à 18h30, c’est à dix minutes."),
        Sample("Suivez @velobriko et #EvenementVelo sur https://velobriko.fr/evenement ou écrivez à a@velobriko.fr :D"),
        Sample("Chers abonné·es, client(e)s, acteur/rices et toustes, notre newsletter et nos reels sont en ligne."),
        Sample("À l’ÉCOLE comme à l’ECOLE, Louis XIV et la SNCF roulent 10 km en 2CV, avec 3 kg de oeufs."),
        Sample("Merci à Kévin, Maëlys et Jean-Gwenolé de chez Zblorkit, trooooop bien !"),
        Sample("Le vélo zblork arrive.", style=HouseStyle(words=("zblork",))),
        Sample("Nos clients disent: “This is the best bike shop in town, thank you for everything.” Merci !"),
        Sample("`evenement` {evenement}"),
    ),
    "en": (
        Sample("We’ve organised Anna’s party: colour, color and a café in Lyon. Don’t miss it, y’all!", language="en"),
        Sample("Follow @teh_shop and #recieved, see www.recieve.com 10 km away", language="en"),
        Sample("The vélo and the podcast are online, thx!", language="en"),
    ),
}
