"""Promises: what a text commits the brand to, in French and English; refusals of the same things are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Mention

_WORDS = (
    r"(?P<refund>(?:re)?rembours\w*|refund\w*|money[- ]back|your money back|reimburs\w*)"
    r"|(?P<compensation>gestes? (?:commercia(?:l|ux)|de dedommagement|pour (?:vous|nous))|(?:faire|ferons|faisons"
    r"|fera|ferai) un (?:petit |beau )?geste(?! (?:simple|de|du|d'|qui|ecolo|utile|fort|pour la|pour l'))"
    r"|dedommage\w*"
    r"|indemnis\w*|compensat\w*|compenser\w*|compensons|bons? d'achat|bons? cadeaux?|bons? de reduction"
    r"|cheques? cadeaux?|cartes? cadeaux?|avoir (?:de|d'un|sur votre|valable|credit)"
    r"|vouchers?|store credit|gift cards?|goodwill(?: gesture)?|credit your account|credited to your"
    r"|crediter\w* (?:votre|sur)|(?:une|la|cette) remise exceptionnelle"
    r"|(?:nous|on|je) (?:vous|te) (?:pret(?:ons|e|erons|era|erai)|prolonge(?:ons|rons|ra)?|surclass(?:ons|e|erons))"
    r"|(?:extend|prolong|upgrade|waive) (?:your|the|you)|lend you|loan (?:car|bike))"
    r"|(?P<exchange>echang(?:er?|eons|erons|era|ee?s?|eable\w*) ?(?:contre|gratuit\w*|sans frais|votre|vos|ton"
    r"|l'article|le produit|la taille|standard|it|les|le |la (?!ou\b)|immediat\w*|possible)"
    r"|(?:l'|les? |la |vous |sera |seront |etre |est |sont |nous )echang(?:er(?! (?:avec|sur|en|par|de|des|vos|autour"
    r"|entre|un (?:mot|instant)|a (?:ce|son|leur|propos))\b)|ees?\b|eons (?:votre|vos|l[ae']|les))"
    r"|exchange (?:it|them|your|the|any|that|this)|(?:can|will|be|is|are|'ll) exchange[ds]?|exchanged|swap (?:it|them"
    r"|your|the|that))"
    r"|(?P<replacement>remplac(?:e|ons|erons|era|er|ees?|ement|ements)(?! (?:par le|a l'equipe|de poste))\b"
    r"|replac(?:e|ed|ement|ements|ing)\b|send (?:you )?(?:a|another) new|(?:envoyons|renvoyons|enverrons"
    r"|renverrons) un (?:nouveau|autre|neuf))"
    r"|(?P<callback>(?:nous|on|equipe|conseiller|conseillere|collegue|service|responsable|je|il|elle) (?:vous|te"
    r"|t') ?rappel(?:ons|lerons|lera|le|lerai)(?! que| qu'| d| a l| les? | la | :|,)"
    r"|rappel(?:ons|lerons|lera|le|lerai|er|ee?)[ -](?:vous )?(?:aujourd'hui|demain|dans|avant|sous|des|ce soir|lundi"
    r"|mardi|mercredi|jeudi|vendredi|samedi|cet|personnellement|par telephone)"
    r"|rappel(?:ons|lerons|lera|le) (?:chaque|tous|toutes|les) |recontact(?:ons|erons|era|e)\b"
    r"|calls? (?:back )?(?:every|each|all)"
    r"|vous serez (?:rappele|recontacte|contacte)\w*|(?:call|ring|phone) you(?: back)?\b(?! (?:a |out))"
    r"|give you a (?:call|ring)|callback|call[- ]back)"
    r"|(?P<delivery>(?:vous (?:serez|etes|sera) |(?:sera|seront|est|sont) (?:\w+ )?)livree?s?\b|(?:nous|on) (?:vous "
    r"|le |la |les |l')*(?:livr(?:ons|erons|e|era)|expedi(?:ons|erons|e)|(?:r?e?n)voy(?:ons|erons) (?:votre|vos"
    r"|le colis))\b"
    r"|(?:sera|seront|est|part|partira|repart) (?:\w+ )?(?:expedie\w*|envoyee? |demain|ce soir)|(?:recevrez|aurez"
    r"|receive|get) (?:\w+ )?(?:votre|ta|vos|le|la|your|the|a new) (?:\w+ )?(?:colis|commande|velo|livraison|parcel"
    r"|order|package|replacement)"
    r"|(?:colis|commande|livraison) (?:\w+ )?(?:arrivera|vous parviendra|partira|sera chez vous)|(?:will|'ll"
    r"|to) be (?:\w+ )?(?:delivered|shipped|dispatched|sent out)|(?:we|we'll|we will|'ll) (?:\w+ )?(?:deliver|ship"
    r"|dispatch)(?!\w)"
    r"|(?:livreur|technicien|technicienne|transporteur|coursier|reparateur|engineer|driver|courier|technician"
    r"|plumber) (?:\w+ ){0,2}"
    r"(?:passera|viendra|se deplacera|interviendra|will (?:come|visit|call|pass|be)|is coming|passe|vient)\b"
    r"|livraison (?:garantie|assuree|express|partout|a domicile|en point|possible|en \d|sous|le lendemain|en relais)"
    r"|(?:next|same)[- ]day (?:delivery|shipping|dispatch)|(?:parcel|order|package) (?:will|'ll) (?:arrive|be with"
    r"|reach)"
    r"|(?:guaranteed|express|home|worldwide) (?:delivery|shipping))"
    r"|(?P<free>(?<!possibilites )(?<!occasion )(?<!opportunites )\boffert(?:e|s|es)?\b(?! (?:a tou(?:s|tes) (?:la"
    r"|une)|par la (?:vue|nature)))|\boffr(?:e|ons|irons|ira|ir)\b (?=(?:(?:aussi|egalement|meme|en plus|donc"
    r"|par ailleurs|encore|volontiers|bien sur) )?(?:un|une|deux|trois|votre|vos|la|le|les|des|a"
    r"|\d|l')\b)"
    r"|\bgratuit(?:e|s|es|ement)?\b|a titre gracieux|\ba notre charge\b|\bat our expense\b|\bsans frais\b"
    r"|a nos frais|prenons (?:\w+ )?(?:les frais"
    r"|en charge)|(?:pris|prise|prises) en charge|frais de (?:port|retour|livraison) inclus|\bentree libre\b"
    r"|\bacces libre\b"
    r"|free of charge|at no (?:extra |additional )?(?:cost|charge)|complimentary|free[- ]of[- ]charge|on the house"
    r"|(?:it's|is|are|this one's|drinks) on us|(?:we'll|we will) (?:pay|cover) (?:for|the|your|all)|we(?:'re"
    r"| are) (?:paying|covering)"
    r"|(?<!feel )(?<!-)(?<!\bfeel so )(?<!gluten )(?<!sugar )(?<!dairy )(?<!lactose )(?<!nut )(?<!fat )(?<!smoke )"
    r"(?<!alcohol )(?<!plastic )(?<!cruelty )(?<!hassle )"
    r"(?<!risk )(?<!stress )\bfree\b(?!(?:-|ze| to\b(?! (?:enter|attend|join|use|visit|everyone|all"
    r"|members"
    r"|download))| from\b| time\b| up\b| spirit| space| speech| hand| kick| will\b| of (?!charge))))"
    r"|(?P<moment>(?:dans|d'ici|avant la fin de) (?:l'heure|la journee|la semaine|le mois|la soiree|la matinee"
    r"|l'apres-midi)\b(?! du| de la)|des (?:ce soir|aujourd'hui meme)|(?:dans|d'ici|avant) la fin d(?:e la (?:journee"
    r"|semaine)|u mois)"
    r"|(?:d'ici|avant) (?:ce soir|midi|demain)|(?:within|in) the (?:hour|day|week)\b(?! (?:of|before|after))"
    r"|by (?:the )?(?:end of (?:the |this )?(?:day|week|month)|close of (?:play|business)|tonight|tomorrow|noon)"
    r"|same day|le jour meme|immediatement|within a (?:day|week|month)|sur-le-champ)"
)
_PROMISE = re.compile(rf"(?<![\w])(?:{_WORDS})")
_CLAUSE_BACK = re.compile(r"[.!?;:,\n()«»]|(?<!\w)(?:et|and|mais|but|car|because|que|so)\s")
_CLAUSE_END = re.compile(
    r"[.!?;:,\n()«»]|(?<!\w)\s(?:et|and|mais|but|car|si|if|des que|once|when|lorsque|apres|after)\s"
)
_QUESTION = re.compile(r"[^.!?\n]{0,160}\?")
_HEDGE = re.compile(
    r"(?<!\w)(?:quand|savoir|when|where|know how|demande(?:s|z|r|e)?(?: de)?|souhait\w+|voul(?:ez|iez)"
    r"|attend(?:ez|iez)?|reclam\w+|sollicit\w+"
    r"|etudi\w+|examin\w+|verifi\w+|possibilit\w+|eventuel\w*|concernant|au sujet d|a propos d|question d|suivi d"
    r"|savoir si|voir si|voir comment|regarder|discuter|propos(?:er|itions?) d|request\w*|asking|asked|ask|wanted"
    r"|waiting|wait|whether|look(?:ing)? into|possib\w+|about|regarding|discuss\w*|enquir\w+|query|questions?"
    r"|status of|eligib\w+|review\w*"
    r"|chas(?:e|ing)|follow(?:ing)? up on|pas encore|toujours pas|not yet|still no|haven't|hasn't|n'avez pas"
    r"|n'a pas ete|conditions|politique|policy|bientot ou|au service|formulaire|form|process|procedure|modalites"
    r"|retard\w* d|delays?)(?!\w)"
)
_NO = re.compile(
    r"(?:(?<!\w)(?:aucun\w*|pas de|pas|plus de|plus|jamais|ni|sans|non|no|not|never|cannot|can't|can not|don't|do not"
    r"|doesn't|does not|won't|will not|isn't|aren't|unable to|impossible\w*|without|neither|nor|refus\w+"
    r"|exclu\w*|hors)"
    r"(?:\W+\w+){0,4}\W+|(?<!\w)non[- ]|(?<!\w)n(?:e |')(?:\w+ ){0,2})$"
)
_NO_AFTER = re.compile(
    r"(?:\W+\w+){0,3}?\W+(?:(?:is|are|was|were|be|est|sont|sera|n'est|ne sont|ne sera|ne peut"
    r"|ne peuvent) ?(?:etre )?(?:not|pas|plus|never|jamais|impossible\w*|exclu\w*|refuse\w*|unavailable)"
    r"|not (?:available|possible|offered|given|accepted|allowed)|pas possible|impossible|exclu\w*|payant\w*)"
)
_ONLY = re.compile(r"(?:\w+\W+){0,2}$")
#: Kinds whose promise is in any mention; the others need a verb that commits, which their pattern holds.
_PLAIN = frozenset(["free", "moment"])
_REFUND_TALK = re.compile(
    r"(?<!\w)(?:nous|on|vous serez|vous etes|votre|we|we'll|we've|you'll|your|will|sera|est|sont|garanti|full"
    r"|satisfait|obten\w+|receive|issued?|process\w*|effectu\w*|proced\w*|recev\w+|compte|account|can|pouv\w+|peu\w+"
    r"|integral\w*|total\w*|complet\w*|partiel\w*|be|get|sous|within|dans|possible|us|offr\w*|propos\w*|par|avec|with"
    r"|as|give|offer)(?!\w)"
)
_REFUND_NOUN = re.compile(r"remboursements?|refunds?|reimbursements?")
_REFUND_VERB_BEFORE = re.compile(
    r"(?:we|we'll|i'll|i|will|'ll|can|to|gladly|happily|fully|always|and|now|been|also|don't|not) $"
)
#: What makes the noun a promise: somebody grants it, or it is on its way.
_REFUND_GRANTED = re.compile(
    r"(?<!\w)(?:proced\w+|effectu\w+|lanc\w+|valid\w+|accord\w+|obten\w+|obtien\w+|recev\w+|recoi\w+|propos\w+"
    r"|offr\w+|garanti\w*"
    r"|benefici\w+|emis\w*|vers\w+|declench\w+|aurez|avez droit|droit a|automatique\w*|(?:votre"
    r"|ton) remboursement (?:est|sera|vous|a (?:bien )?ete|"
    r"arriv\w+|part\w*|interviend\w+)|en cours|remboursement (?:integral|total|complet|immediat|sous|dans les"
    r"|possible|partiel)|integral\w*"
    r"|issu\w+|process(?:ed|ing)?|giv\w+|gave|offer\w*|get|getting|receiv\w+|full|entitled|due|arrang\w+"
    r"|approved|sent|send|on its way|on the way"
    r"|your refund (?:is|will|has|should|'ll)|refunds? (?:within|in|will|is on)|guarantee\w*|satisfait"
    r"|satisf\w+|within|credited|100)(?!\w)"
)
_MOST = 70


def find_promises(text: str, language: str) -> Iterator[Mention]:
    """Promises of a shadow in digits; a refusal has ``about`` ``no`` and is not shown as a claim by itself."""
    for match in _PROMISE.finditer(text):
        kind = match.lastgroup or "free"
        start, end = _clause(text, match.start(), match.end())
        before, after = text[start : match.start()], text[match.end() : end]
        negated = _negated(kind, before, text[match.end() : match.end() + 60], match.group())
        hedged = _hedged(text, kind, before, after, match)
        key = f"promise {'free' if kind == 'free' else kind}"
        if negated:
            yield Mention(ClaimKind.PROMISE, match.start(), match.end(), kind, (key,), about="no", soft=True)
        else:
            first, last = _shown(text, kind, start, match, end)
            yield Mention(ClaimKind.PROMISE, first, last, kind, (key,), about=kind, soft=hedged)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - _MOST)
    begin = low
    for boundary in _CLAUSE_BACK.finditer(text, low, start):
        begin = boundary.end()
    closing = _CLAUSE_END.search(text, end, min(len(text), end + _MOST))
    return begin, closing.start() if closing else min(len(text), end + _MOST)


def _negated(kind: str, before: str, after: str, word: str) -> bool:
    if kind in ("moment",):
        return False
    if word in ("sans frais", "at no cost", "at no charge", "at no extra cost"):
        return False
    after = re.split(r"[.!?;,\n]", after, maxsplit=1)[0]
    if re.search(
        r"(?<!\w)(?:no (?:worries|problem|need|booking)|pas de (?:souci|probleme|panique)|not only|non seulement"
        r"|why not|pourquoi pas|sans attendre|sans (?:aucun )?engagement|no strings|sans condition|no questions)\W",
        before,
    ):
        return False
    return bool(_NO.search(before) or _NO_AFTER.match(after))


def _hedged(text: str, kind: str, before: str, after: str, match: re.Match[str]) -> bool:
    if _QUESTION.match(text, match.end()) and kind != "moment":
        return True
    if _HEDGE.search(before):
        return True
    if kind == "refund" and _REFUND_NOUN.fullmatch(match.group()) and not _refund_verb(before, after):
        return not _REFUND_GRANTED.search(f"{before}{match.group()}{after}")
    if kind in ("refund",):
        return not _REFUND_TALK.search(f"{before} {match.group()} {after}")
    if kind == "moment":
        return not _acts(before)
    return False


_GIVEN = frozenset(
    [
        "offert",
        "offerte",
        "offerts",
        "offertes",
        "gratuit",
        "gratuite",
        "gratuits",
        "gratuites",
        "free",
        "complimentary",
    ]
)
_ARTICLE = re.compile(
    r"(?<![a-z])(?:un|une|des|la|le|les|l'|votre|vos|ton|ta|tes|deux|trois|\d+|a|an|your|the|our|notre|nos|avec"
    r"|with|get)(?![a-z])"
)


def _refund_verb(before: str, after: str) -> bool:
    return bool(
        _REFUND_VERB_BEFORE.search(before)
        or re.match(r" (?:you|your|the|it|them|him|her|any|all|this|that)(?![a-z])", after)
    )


def _with_object(text: str, start: int, match: re.Match[str], end: int) -> tuple[int, int]:
    """The "le repas et un coupe-vent offerts", "free team photo": what is given goes with the word that gives it."""
    if match.group() in ("free", "complimentary"):
        after = re.match(
            r" (?!for\b|of\b|to\b|with\b|on\b|and\b|in\b|from\b|when\b)[a-z][a-z' -]{1,30}", text[match.end() : end]
        )
        if after:
            return match.start(), match.end() + len(after.group().rstrip())
    begin = max(start, match.start() - 44)
    before = text[begin : match.start()]
    article = next(iter(_ARTICLE.finditer(before)), None) if "\n" not in before else None
    return (begin + article.start() if article else match.start()), match.end()


def _acts(before: str) -> bool:
    """True when somebody of the brand undertakes something: "nous revenons vers vous dans la journée"."""
    return bool(
        re.search(
            r"(?<!\w)(?:nous|on|je|equipe|conseill\w+|collegue|service|we|we'll|we're|i|i'll|team|colleague|someone"
            r"|quelqu'un|il|elle|they|they'll|serez|sera|seront|will|be|reponse|recevrez|aurez|livr\w+|expedi\w+"
            r"|part)(?!\w)",
            before,
        )
    )


def _shown(text: str, kind: str, start: int, match: re.Match[str], end: int) -> tuple[int, int]:
    """The clause around the promise, from its subject to its object."""
    subject = re.search(
        r"(?:nous|on|je|vous|we|i|you|our|notre|votre|your|satisfait)(?:'\w+)?\b[^.!?;,\n]{0,50}$",
        text[start : match.start()],
    )
    if kind == "free" and match.group() in _GIVEN:
        return _with_object(text, start, match, end)
    if kind in ("free", "moment") and not (subject and kind == "free" and match.group().startswith("offr")):
        return match.span()
    first = start + subject.start() if subject else match.start()
    last = len(text[: max(end, match.end())].rstrip())
    return first, max(last, match.end())
