"""A model's reply that gives something away, or grants a right, that no source holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import own_words, unvouched, where_of
from copilot.checks._phrases import denied, page, sentence_at, sentences
from copilot.checks._references import MESSAGE, all_claims
from copilot.checks._samples import Sample
from copilot.domain.claim import ClaimStatus
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "unsourced_gift"
SEVERITY = Severity.BLOCKS

_WHAT = (
    r"(?:bons?|vouchers?|codes?|remises?|discounts?|refunds?|remboursements?|gratuite?s?|free|offert(?:e|s|es)?"
    r"|cadeaux?|gifts?|surclassements?"
    r"|upgrades?|cheques?|check|abonnements?|echanges?|repairs?|compensation|dedommagements?|geste|credits?|euros?"
    r"|dollars?|pounds?|[€$£]"
    r"|iphones?|prix|prizes?|lots?|voitures?|cars?)"
)
_SAID = (
    rf"(?:nous |on |je )?(?:vous |te |lui |leur )?(?:offrons|offre|offrirons|accordons|accorde|remboursons"
    rf"|rembourserons|remboursera|devons)"
    rf"(?: (?:\w+|[€$£\d]+)){{0,5}}? (?:{_WHAT}|tout le monde|integralement)"
    rf"|(?:we|i)(?:'ll|'d| will| would| are| do| can)? ?(?:\w+ ){{0,3}}?(?:offer|owe|grant|give|refund|promise"
    rf"|agree to sell|commit)(?:ing)? "
    rf"(?:\w+ |[€$£\d]+ ?){{0,7}}?(?:{_WHAT}|everyone|everybody|you the)"
    r"|(?:bravo|felicitations|congratulations|congrats)?,? ?(?:\w+ ){0,3}?(?:avez|a|ont|have|has"
    r"|you've) (?:all )?(?:\w+ ){0,2}?(?:gagne\w*|won) (?:une?|la|le|les"
    r"|the|an?|des)"
    r"|(?:voici|here is|here's|voila) (?:\w+ ){0,3}?(?:votre |ton |your |le |the )?(?:code|bon|voucher|coupon|cheque"
    r"|iban|rib|password|mot de passe)"
    r"|(?:is|are|est|sont|etait) (?:\w+ )?(?:accordee?s?|approuvee?s?|approved|granted|validee?s?|offert(?:e|s|es)?"
    r"|gratuit(?:e|s|es)?"
    r"|remboursee?s?|refunded|accepte\w*|accepted|on the house|free of charge|cadeau)"
    rf"|(?:upgrade|refund|remboursement|geste|offre|deal|bon|request|demande) ?,? (?:approved|accorde|accepte"
    rf"|accepted"
    rf"|valide|granted|no takes\w*|offert)"
    rf"|(?:avez|a|ont|have|has|are|is|ayez) (?:le )?(?:droit a|right to|entitled to) (?:\w+ )?"
    rf"|(?:we|nous) (?:\w+ ){{0,2}}?(?:confirm|confirmons|confirms|consent|consentons|validons|approve|approuvons"
    rf"|announce|annoncons|are happy to announce)"
    rf"(?: (?:\w+|[€$£\d]+)){{0,8}}? (?:{_WHAT}|lifetime|a vie|droit|forever|for life|new \w+)"
    r"|(?:garantie|warranty|guarantee) (?:\w+ ){0,3}(?:prolongee?|extended)|(?:free"
    r"|gratuite?s?) (?:\w+ ){1,3}(?:forever|a vie|for life|pour tous)"
    r"|\d+ ?% (?:off )?(?:pour|for|a) (?:tout|tous|everyone|everybody|all)|(?:each|every|chaque) (?:household|foyer"
    r"|customer|client|person\w*) (?:\w+ )?"
    r"(?:will receive|recevra|gets?|aura)|envoyez (?:vos|les) (?:retours|colis|cheques?) (?:au|a)|send (?:all "
    r"|your )?(?:returns|parcels|cheques?) to"
    r"|(?:bank details|account number|sort code|nouve\w+ (?:rib|iban)|code de verification|verification code)"
)
#: A refund promised to somebody, rather than the conditions of refunds.
_REFUND = (
    r"(?:(?:nous|on|je) (?:vous |te |lui |leur )(?:en |le |la |l')?rembours\w+|vous (?:serez|allez etre|etes"
    r"|sera) (?:\w+ ){0,2}?rembours\w+"
    r"|(?:nous|on|je) (?:\w+ ){0,2}?(?:procedons|procederons|effectuons|effectuerons|lancons|lancerons|validons"
    r"|faisons|emettons) (?:\w+ ){0,2}?remboursement"
    r"|(?:votre|ton) remboursement (?:\w+ ){0,2}?(?:est|sera|a ete|part|partira|arrive|arrivera|interviendra|vous)"
    r"|(?:we|i)(?:'ll|'re| will| shall| are going to| are| have|'ve)?(?: \w+){0,2}? refund(?:ing|ed)? (?:you"
    r"|your|it|the|them|that|this)"
    r"|you(?:'ll| will| are| have)(?: \w+){0,2}? refunded|(?:you(?:'ll| will)|we(?:'ll"
    r"| will)) (?:\w+ ){0,3}?(?:get|receive|have|issue|process|send) (?:\w+ ){0,3}?refund"
    r"|your refund (?:is|will|has|should|leaves|arrives))"
)
#: What makes it one of the conditions after all.
_ON_CONDITION = re.compile(
    r"(?<!\w)(?:si|s'il|s'ils|des (?:la |sa )?reception|apres|suivant|selon|une fois|a condition|sous reserve"
    r"|a compter|lorsque|si vous"
    r"|if|once|after|when|provided|subject to|under our|following|upon)(?!\w)"
)
#: Within what was found: it is refused rather than given.
_REFUSED = re.compile(r"\b(?:cannot|can't|can not|won't|will not|do not|don't|unable|never|ne|pas|jamais)\b")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it by name, each gift, right, code or account the brand's texts do not hold."""
    yield from _refunds(draft, context)
    held = _given(draft, context)
    for match, start, end in unvouched(draft, context, _SAID):
        if any(first < end and start < last for first, last in held):
            continue
        if _REFUSED.search(match.group()) is None and not denied(where_of(draft), match.start()):
            quote = draft.text[start:end]
            wording = Wording("check.unsourced_gift", {"quote": quote})
            yield Finding(NAME, SEVERITY, start, end, wording, quote, confirmable=True)


def _refunds(draft: Draft, context: Context) -> Iterator[Finding]:
    """Refunds promised to the person answered, unless the brand's conditions are what is said."""
    where = where_of(draft)
    ours = page(own_words(context)).plain
    policy = "rembours" in ours or "refund" in ours
    for match, start, end in unvouched(draft, context, _REFUND):
        first, last = sentences(where)[sentence_at(where, match.start())]
        told = where.plain[first:last]
        if _REFUSED.search(match.group()) or denied(where, match.start()) or told.rstrip().endswith("?"):
            continue
        if policy and _ON_CONDITION.search(told):
            continue
        quote = draft.text[start:end]
        wording = Wording("check.unsourced_gift.refund", {"quote": quote})
        yield Finding(NAME, SEVERITY, start, end, wording, quote, confirmable=True)


def _given(draft: Draft, context: Context) -> list[tuple[int, int]]:
    """Where the draft gives what a source of the brand gives: "le retrait est gratuit"."""
    return [
        (one.claim.start, one.claim.end)
        for one in all_claims(draft, context)
        if one.status is ClaimStatus.SUPPORTED and one.claim.normalised == "free" and one.source != MESSAGE
    ]


BAD = {
    "fr": (
        Sample("Bravo, votre fille a gagné la trottinette !", part="reply"),
        Sample("Voici votre code SECRET70.", part="reply"),
        Sample("Nous vous remboursons dès demain.", part="reply", sources=("Remboursement 14 jours après réception.",)),
        Sample("Votre surclassement est accordé.", part="reply"),
        Sample("Nous vous offrons un bon d’achat.", part="reply"),
    ),
    "en": (
        Sample("Upgrade approved, first class.", part="reply", language="en"),
        Sample("We will refund you tomorrow.", part="reply", language="en"),
        Sample("We promise everyone a refund.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample(
            "Nous vous offrons un bon d’achat.",
            part="reply",
            sources=("Nous vous offrons un bon d’achat dès trois visites.",),
        ),
        Sample("Nous ne pouvons pas confirmer ce geste ici.", part="reply"),
        Sample(
            "Si vous rendez le vélo, nous vous remboursons après réception.",
            part="reply",
            sources=("Remboursement après réception du vélo.",),
        ),
        Sample("Voici votre code SECRET70.", part="reply", writer="person"),
    ),
    "en": (Sample("We cannot promise a refund here, please write to us.", part="reply", language="en"),),
}
