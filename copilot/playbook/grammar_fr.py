"""The French a composed sentence needs: determiners, pronouns, elision, contraction."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.domain.brand import Address

_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüœæAÀÂÄEÉÈÊËIÎÏOÔÖUÙÛÜŒÆ")
#: Determiners of French by (masculine, feminine, plural).
_ARTICLES = {
    "un": ("un", "une", "des"),
    "notre": ("notre", "notre", "nos"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What a message is about, named by one of our own words, with its gender and number."""

    noun: str
    feminine: bool = False
    plural: bool = False
    kind: str = "thing"

    @property
    def number(self) -> int:
        """0 in the singular, 1 in the plural."""
        return 1 if self.plural else 0


def elides(word: str) -> bool:
    """True when ``le``, ``de`` or ``que`` lose their vowel before ``word`` (a mute h is not among our words)."""
    return word[:1] in _VOWELS


def of(phrase: str) -> str:
    """``de`` before ``phrase``: de, d’, du, des."""
    if phrase.startswith("le "):
        return "du " + phrase[3:]
    if phrase.startswith("les "):
        return "des " + phrase[4:]
    return ("d’" if elides(phrase) else "de ") + phrase


def to(phrase: str) -> str:
    """``à`` before ``phrase``: à, au, aux."""
    if phrase.startswith("le "):
        return "au " + phrase[3:]
    if phrase.startswith("les "):
        return "aux " + phrase[4:]
    return "à " + phrase


def that(clause: str) -> str:
    """``que`` before ``clause``: que, qu’."""
    return ("qu’" if elides(clause) else "que ") + clause


def determined(which: str, thing: Thing, address: Address) -> str:
    """``thing`` with its determiner, its pronoun or its ending: the markers of the French playbooks.

    Raises:
        KeyError: when ``which`` is not a marker.
    """
    column = 2 if thing.plural else 1 if thing.feminine else 0
    if which in _ARTICLES:
        return f"{_ARTICLES[which][column]} {thing.noun}"
    pronoun = (("ils", "elles") if thing.plural else ("il", "elle"))[thing.feminine]
    simple = {
        "il": pronoun,
        "lep": ("le", "la", "les")[column],
        "e": "e" if thing.feminine else "",
        "s": "s" if thing.plural else "",
        "du": of(_possessive(thing, address)),
        "votre": _possessive(thing, address),
        "ce": _demonstrative(thing),
        "le": _definite(thing),
    }
    return simple[which]


def _possessive(thing: Thing, address: Address) -> str:
    if address is Address.VOUS:
        return f"{'vos' if thing.plural else 'votre'} {thing.noun}"
    if thing.plural:
        return f"tes {thing.noun}"
    return f"{'ta' if thing.feminine and not elides(thing.noun) else 'ton'} {thing.noun}"


def _demonstrative(thing: Thing) -> str:
    if thing.plural:
        return f"ces {thing.noun}"
    if thing.feminine:
        return f"cette {thing.noun}"
    return f"{'cet' if elides(thing.noun) else 'ce'} {thing.noun}"


def _definite(thing: Thing) -> str:
    if thing.plural:
        return f"les {thing.noun}"
    if elides(thing.noun):
        return f"l’{thing.noun}"
    return f"{'la' if thing.feminine else 'le'} {thing.noun}"
