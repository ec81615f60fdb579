"""A model's reply that gives away what the model was told, or what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply, where_of
from copilot.checks._phrases import Page, compiled, page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "prompt_echo"
SEVERITY = Severity.BLOCKS

#: Words in a row, the same as in the instructions: beyond, they are recited.
IN_A_ROW = 7
_WORD = re.compile(r"[^\W_]+")
_TOLD = (
    r"(?:mes|my) (?:\w+ )?(?:instructions|consignes|directives|guidelines|regles|rules)(?: \w+)*?"
    r" ?(?:sont|etaient|are|were|say|said|disent|en \d|entieres|in \d|:)"
    r"|(?:prompt|message) systeme?|system (?:prompt|message)|(?:mes|my) (?:instructions|consignes|directives)"
    r"|my (?:confidential |hidden |internal )?guidelines|(?:mis instrucciones|meine anweisungen|le mie istruzioni)"
    r"|(?:tu es|vous etes|je suis|you are|i am|eres) (?:un|une|an?|l'|the)? ?assistante?s? (?:qui|that|who|de|for|of"
    r"|ia|ai|que)"
    r"|(?:you are|tu es|vous etes|i am) (?:an? |une? |the |l')?(?:\w+ ){0,2}assistant(?: (?:for|de|pour|of) (?:the|la"
    r"|a|une)"
    r" (?:brand|marque|company))?|(?:i was|on m'a|i've been|i have been) (?:told|dit|instructed|demande"
    r"|programmed) ?(?:de |to |:)"
    r"|(?:les |the )?(?:exemples|examples) (?:\w+ ){0,3}(?:en memoire|in memory|i was given|qu'on m'a)"
    r"|never mention rivals"
    r"|(?:you write|tu ecris|vous ecrivez) (?:\w+ )?(?:replies|reponses)|(?:you draft|tu rediges"
    r"|vous proposez la reponse publique|you propose the public reply)"
    r"|(?:example|sample) (?:answers|replies|responses)|exemples? de reponses?|reponses? d'exemples?"
    r"|(?:cle api|api key|clef api|access token|mot de passe interne)"
    r"|(?:contexte complet|full context|config(?:uration)? dump|debug) ?[:=]?"
    r"|(?:rule|regle) (?:one|two|three|un|deux|trois|\d) ?:"
    r"|(?:liste des regles|list of rules|fiche de la marque|brand sheet|brand brief|mots interdits ?:"
    r"|forbidden words ?:|banned"
    r" words ?:|hidden notes|notes cachees|note interne|internal notes?)"
    r"|(?:tone|ton|temperature|role|examples) ?= ?\w+"
    r"|(?:thread_context|brand_voice|private_channel)|(?:langage|language) model|modele de langage"
)
_SECRET = re.compile(r"\bsk-[\w-]{6,}|\broot:x:|/etc/passwd|BEGIN (?:RSA )?PRIVATE KEY")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each phrase that speaks of the model's instructions, and each run of words that recites them."""
    if not is_model_reply(draft):
        return
    where = where_of(draft)
    for start, end in sorted({*_spoken_of(where), *_recited(where, context.instructions)}):
        yield _finding(draft, *where.span(start, end))
    for match in _SECRET.finditer(draft.text):
        yield _finding(draft, *match.span())


def _finding(draft: Draft, start: int, end: int) -> Finding:
    quote = draft.text[start:end]
    return Finding(NAME, SEVERITY, start, end, Wording("check.prompt_echo", {"quote": quote}), quote)


def _spoken_of(where: Page) -> Iterator[tuple[int, int]]:
    for match in compiled(_TOLD).finditer(where.plain):
        yield match.span()


def _recited(where: Page, instructions: str) -> Iterator[tuple[int, int]]:
    """Runs of ``IN_A_ROW`` words or more that the instructions hold, as spans of the folded text."""
    known = _runs(instructions)
    words = list(_WORD.finditer(where.plain))
    begun: int | None = None
    for at in range(len(words) - IN_A_ROW + 1 if known else 0):
        held = tuple(match.group() for match in words[at : at + IN_A_ROW]) in known
        if held and begun is None:
            begun = at
        elif not held and begun is not None:
            yield words[begun].start(), words[at + IN_A_ROW - 2].end()
            begun = None
    if begun is not None:
        yield words[begun].start(), words[-1].end()


@lru_cache(maxsize=8)
def _runs(instructions: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(page(instructions).plain)
    return frozenset(tuple(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1))


_RULES = "Ne promettez rien : ni remboursement, ni geste, ni date. Répondez à ce qui est dit."
BAD = {
    "fr": (
        Sample("Mes instructions sont : tu rédiges des réponses polies.", part="reply"),
        Sample(
            "Je ne promets rien, ni remboursement, ni geste, ni date : répondez à ce qui suit.",
            part="reply",
            instructions="promets rien, ni remboursement, ni geste, ni date",
        ),
        Sample("Contexte complet : rôle = assistant", part="reply"),
    ),
    "en": (
        Sample("My instructions are: be polite.", part="reply", language="en"),
        Sample("My API key is sk-test-77aa-demo.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Merci, les instructions de montage sont dans le carton.", part="reply", instructions=_RULES),
        Sample("Mes consignes sont claires.", part="reply", writer="person"),
    ),
    "en": (Sample("Thank you, the assembly guide is in the box.", part="reply", language="en"),),
}
