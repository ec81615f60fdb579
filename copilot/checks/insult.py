"""A reply that insults or swears."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import where_of
from copilot.checks._phrases import Phrases
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "insult"
SEVERITY = Severity.BLOCKS

_SAID = Phrases(
    {
        "cret idio abru imbe debi conn conna pauv sale boul batar encu salo salop put merd nul gogo tare minab mino "
        "dege": (
            r"cretine?s?|idiot(?:e|s|es)?|abruti(?:e|s|es)?|imbeciles?|debiles?|conn(?:ard|arde|ards|asse|asses)"
            r"|batards?"
            r"|encule\w*|salop\w*|salaud\w*|putains?|merd(?:e|es|ique|iques)|tares?|minables?|gogos|bouffons?|degages?"
            r"|degagez"
            r"|deguerpissez|grosses? connes?|gros cons?|pauvres? cons?|petits? cons?|sales? cons?"
        ),
        "fout fous ferm gueu nique bran tagu": (
            r"(?:s'en|nous en|m'en) (?:fout|fiche|foutons|tape|branle)|on se fout|ferme[zr]? (?:ta|vos"
            r"|votre) (?:gueule|bouche)"
            r"|ta gueule|va te faire|allez vous faire|nique\w*|foutez le camp|fous le camp"
        ),
        "vous tu et es": (
            r"(?:vous etes|tu es|t'es|elle est|il est|sont) (?:\w+ ){0,3}?(?:moches?|radines?|radins?|laide?s?"
            r"|stupides?|betes|idiot\w*"
            r"|menteu\w+|voleu\w+|nul(?:le|s|les)?|ridicules?|pathetiques?|ignares?|grosse?s?|folles?|fous?|escrocs?"
            r"|incapables?)"
        ),
        "idio moro stup dumb loser jerk asshole bast bitch fuck shit damn bloo crap bull wtf gull scum prick": (
            r"idiots?|morons?|dumbass\w*|losers?|jerks?|assholes?|bastards?|bitch\w*|(?:mother)?fuck\w*|shit\w*"
            r"|bullshit"
            r"|damn(?:ed)?|bloody|crap(?:py)?|wtf|scum(?:bags?)?|pricks?|gullible"
        ),
        "what hell shut get scre piss": (
            r"(?:what|who|why|where|how) the hell|go to hell|shut up|get lost|screw you|piss off|sod off|bugger off"
        ),
        "gros pige clow nigau muppe tosser numpty twat wally fool": (
            r"(?:gros|grosse|beau|sacre|pauvre|espece de|absolute|complete|total|utter|you|bunch of"
            r"|bande de) (?:\w+ )?(?:pigeons?"
            r"|clowns?|nigauds?|bouffons?|fools?|cretins?|andouilles?)|muppets?|tossers?|numpt(?:y|ies)|twats?"
            r"|wall(?:y|ies)"
        ),
        "know sais regr watc atte gare trou": (
            r"(?:i|we) know where you (?:live|work)|(?:je sais|nous savons) ou (?:vous|tu) (?:habite[sz]?"
            r"|travaille[sz]?)"
            r"|(?:or|ou) (?:you will |you'll |vous allez (?:le )?|tu vas (?:le )?)?regret(?:ter|terez)? (?:it|this)?"
            r"|watch your back"
            r"|(?:gare a|attention a) (?:vous|toi)|(?:we|on|nous) (?:will find|vous retrouver\w*"
            r"|te retrouver\w*)(?: you)?"
        ),
        "you she he your is are": (
            r"(?:you|she|he|they)(?: are|'re| is|'s)? (?:\w+ ){0,2}?(?:ugly|stupid|dumb|cheap and ugly|ugly and cheap"
            r"|an? (?:liar|thief"
            r"|fool|clown|crook)|liars|fools|pathetic|a disgrace|complete idiot)"
        ),
    }
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each insult and oath of a reply, in quotations too when a model wrote it."""
    if draft.part != "reply":
        return
    where = where_of(draft)
    found = sorted(
        {where.span(hit.start, hit.end) for hit in _SAID.find(where, quoted=draft.writer == "chain")},
        key=lambda one: one,
    )
    for start, end in found[:20]:
        quote = draft.text[start:end]
        yield Finding(NAME, SEVERITY, start, end, Wording("check.insult", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Vous êtes un crétin.", part="reply"),
        Sample("Madame, vous êtes moche et radine.", part="reply"),
        Sample("On se fout de votre avis.", part="reply", writer="person"),
    ),
    "en": (
        Sample("You are an idiot.", part="reply", language="en"),
        Sample("What the hell do you want?", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Nous sommes désolés que vous ayez été traité ainsi.", part="reply"),
        Sample("Quelle bête de course, ce vélo !", part="reply"),
        Sample("Nul besoin de réserver, venez quand vous voulez.", part="reply"),
    ),
    "en": (Sample("The jacket is in the sale, thank you Sam.", part="reply", language="en"),),
}
