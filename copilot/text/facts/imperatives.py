"""Tells an imperative that calls to act from other words, in French and English."""

from __future__ import annotations

from copilot.text.facts.page import Token
from copilot.text.lexicons import words

_NOT_EZ = words(
    "chez assez nez rez avez savez pouvez voulez devez connaissez êtes lez aimez préférez souhaitez cherchez"
)
_IEZ = words(
    "oubliez étudiez appréciez confiez publiez remerciez bénéficiez multipliez variez vérifiez identifiez "
    "simplifiez photographiez fiez pariez"
)
# Second person singular. The second list holds forms that are nouns too: what follows must be an object.
_TU = words(
    "inscris découvre viens rejoins profite clique teste participe abonne télécharge écris appelle contacte "
    "raconte retrouve essaie essaye choisis achète envoie dis fais gagne tente vote regarde lis prends garde suis "
    "rends adopte craque fonce glisse swipe like commente remplis partage-la"
)
_TU_NOUNS = words("commande partage visite réserve note marque offre demande tague identifie")
_OBJECTS = words("ta ton tes le la les l' l’ un une nos notre ce cet cette vite dès maintenant ici tout toi moi")
_TU_AFTER = _OBJECTS | words("sur en à au aux avec d' d’ de des du nous ton-toi et qui nous-même chez avant")

_ENGLISH = words(
    "discover join register subscribe download explore donate rsvp swipe grab pre-order preorder reserve unlock don't"
)
_ENGLISH_NOUNS = words(
    "book order call share tag shop watch read try get save enter click vote apply come visit follow buy contact "
    "check sign find drop stop learn tell let pick bring see start claim win add send write reply comment tap "
    "head stay ask"
)
_ENGLISH_AFTER = words(
    "your a an the now online at in on by before us for today early here our to this one it with from up out more "
    "more! me him her them yours along and down over straight via tickets"
)
_BARE_ENGLISH = words("book order call share subscribe shop vote apply register join rsvp")
_REFLEXIVE = words("vous toi moi nous")


def is_polite_form(word: str) -> bool:
    """True for a French verb in ``-ez`` that may be an imperative, reflexive or not."""
    base = word.casefold().partition("-")[0]
    if base in _NOT_EZ or len(base) < 4 or not base.endswith("ez"):
        return False
    return not base.endswith("iez") or base in _IEZ


def _follows(following: Token | None, accepted: frozenset[str]) -> bool:
    return following is not None and following.text.casefold() in accepted


def is_imperative(word: str, following: Token | None) -> bool:
    """True when ``word``, at the head of a clause, calls to act.

    ``following`` is the next word of the clause, None when ``word`` ends it.
    """
    low = word.casefold()
    base, _, tail = low.partition("-")
    if is_polite_form(low):
        return True
    if tail in _REFLEXIVE and base not in ("peux", "veux", "as", "vas", "es", "sais", "dois", "connais"):
        return base in _TU or base in _TU_NOUNS or (base.endswith(("e", "s")) and tail != "vous")
    if low in _TU:
        return following is None or _follows(following, _TU_AFTER)
    if low in _TU_NOUNS:
        return following is None or _follows(following, _OBJECTS)
    if low in _ENGLISH:
        return True
    if low in _ENGLISH_NOUNS:
        return low in _BARE_ENGLISH if following is None else _follows(following, _ENGLISH_AFTER)
    return False


def could_call(word: str) -> bool:
    """True when ``word`` may be an imperative whatever follows: no name begins with it."""
    low = word.casefold()
    base = low.partition("-")[0]
    return is_polite_form(low) or any(
        form in words for form in (low, base) for words in (_TU, _TU_NOUNS, _ENGLISH, _ENGLISH_NOUNS)
    )
