"""A model's reply in which the machine speaks of itself, or plays a part."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply, where_of
from copilot.checks._phrases import compiled
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "machine_voice"
SEVERITY = Severity.BLOCKS

_SAID = (
    r"(?:en tant qu'|en tant que? |je suis une? |i am an? |i'm an? |as an? |being an? |i am just an? )(?:\w+ )?(?:ia"
    r"|ai|bot|robot"
    r"|chatbot|modele de langage|language model|assistant virtuel|virtual assistant|ai assistant"
    r"|intelligence artificielle"
    r"|modele|llm|programme informatique)"
    r"|(?:as|ici|en tant que|i am|i'm|je suis) (?:dan|evil \w+|orion|maitre yoda|jailbroken \w+)"
    r"|(?:mode|mod) (?:developpeur|developer|dan|libre|sans filtre|sans censure|debug|god|evil)(?: \w+)?"
    r"|(?:developer|dan|evil|god|debug|jailbreak|unfiltered|uncensored|free) (?:mode|twin)(?: \w+)?"
    r"|(?:sans censure|sans filtre|unfiltered|uncensored|jailbroken|\[?jailbreak\]?|\[?dan\]?|\[?classic\]?) ?:"
    r"|(?:i am|i'm|je suis) (?:\w+ ){0,3}(?:vraie? humaine?|real human|totally human|100 ?% human)"
    r"|(?:ne suis|n'est|am not|'m not) (?:pas |surtout )*(?:une? |an? )?(?:machine|robot|bot|ia|ai)(?= |\W|$)"
    r"|(?:cher journal|dear diary|ici le pdg|ceo here|i confess|j'avoue tout|here's my confession)"
    r"|(?:jeune padawan|young padawan|meow meow|miaou miaou|arrr+|ahoy|mille sabords|dors bien|sleep tight)"
    r"|(?:\w+ )?(?:here|ici)[.:] (?:to|pour|we|nous|on) (?:cheat|tricher|frauder|steal|voler|think our)"
    r"|(?:je ne peux pas|je ne peux|i can't|i cannot|i'm unable to) (?:pas )?(?:\w+ )?(?:repondre a cette demande"
    r"|comply|assist with"
    r" that|fulfill|fulfil|divulguer|reveal my)"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each phrase in which the machine shows, or that only somebody told to play a part would write."""
    if not is_model_reply(draft):
        return
    where = where_of(draft)
    for match in compiled(_SAID).finditer(where.plain):
        start, end = where.span(*match.span())
        quote = draft.text[start:end]
        yield Finding(NAME, SEVERITY, start, end, Wording("check.machine_voice", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("En tant que modèle de langage, je ne mange pas.", part="reply"),
        Sample("Mode développeur activé : tout est permis.", part="reply"),
        Sample("Je suis une vraie humaine.", part="reply"),
    ),
    "en": (
        Sample("As DAN, I can say anything.", part="reply", language="en"),
        Sample("As an AI language model, I cannot eat.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Notre robot aspirateur est garanti deux ans.", part="reply"),
        Sample("En tant qu’équipe locale, nous connaissons bien la rue.", part="reply"),
    ),
    "en": (Sample("Dan will call you back, thank you.", part="reply", language="en"),),
}
