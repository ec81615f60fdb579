"""What a person wrote in a message may be said back to them, but it does not become true of the brand."""

from __future__ import annotations

import re

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading

#: Money and shares are the brand's word unless the draft says they are the person's.
_BRANDS_OWN = frozenset([ClaimKind.PRICE, ClaimKind.PERCENTAGE])
_DATED = frozenset([ClaimKind.DATE, ClaimKind.TIME, ClaimKind.DURATION, ClaimKind.QUANTITY, ClaimKind.PLACE])
_THEIRS = re.compile(
    r"(?<![a-z])(?:votre|vos|ta|ton|tes|vous (?:avez|aviez|etes|dites|parlez|attendez|mentionnez|evoquez|signalez"
    r"|indiquez|ayez)|que vous|avez-vous|tu as|que tu|your|you (?:paid|said|mention|were|had|have|saw|"
    r"ordered|waited|bought|describe|report)|you've|you're|desoles?|desolees?|navres?|navrees?|regrett\w+|excus\w+"
    r"|sorry|apolog\w+|attente|retard|delay|wait|lu que|comprenons|understand)(?![a-z])"
)
_OFFER = re.compile(
    r"(?<![a-z])(?:ouver\w*|ouvr\w*|ferm\w+|cout\w*|prix|tarif\w*|remis\w*|reduction\w*|livr\w+|expedi\w+|garanti\w*"
    r"|valab\w*|gratuit\w*|offer\w*|offr\w*|disponib\w*|rembours\w*|dispo|promo\w*|commence\w*|a partir"
    r"|open\w*|clos\w+|cost\w*|price\w*|off|discount\w*|deliver\w*|ship\w*|warrant\w*|guarant\w*|valid\w*|free"
    r"|available|refund\w*|starts?|until|lasts?|notre (?:magasin|boutique)|our (?:shop|store)|oui|yes|confirm\w*"
    r"|en effet|indeed)(?![a-z])"
)

#: Says how a thing is, whoever speaks: its weight, its length, what it holds.
_IS = re.compile(
    r"(?<![a-z])(?:pese(?:nt|ra)?|mesure(?:nt|ra)?|contien(?:t|nent)|parcour(?:t|ent)|poids|supporte(?:nt)?"
    r"|porte(?:nt)?|fait|font"
    r"|weighs?|measures?|holds?|contains?|carr(?:y|ies)|weight|runs?|supports?)(?![a-z])"
)


def is_theirs_to_say(draft: Reading, mention: Mention) -> bool:
    """True when a claim that only a message holds may be repeated.

    An order number, a name, what happened to the person and when: yes. A price or a share only as theirs ("vos 49 €",
    "the 20 % you mention"); a day, an hour, a length, a number or a place unless the sentence is about what the brand
    offers, and a measure unless it says how something is ("it weighs 30 kg"). A promise never.
    """
    if mention.kind is ClaimKind.PROMISE:
        return False
    first, last = draft.span(draft.sentence(mention.start))
    low = draft.shadow.low
    said = low[max(first, mention.start - 90) : min(last, mention.end + 60)]
    if mention.kind in _BRANDS_OWN:
        return bool(_THEIRS.search(said))
    if _is_measured(mention) and not _THEIRS.search(said) and _IS.search(said):
        return False
    if mention.kind in _DATED:
        return not _OFFER.search(said) or bool(_THEIRS.search(said))
    return True


def _is_measured(mention: Mention) -> bool:
    return any(key.startswith("measure ") for key in mention.keys)
