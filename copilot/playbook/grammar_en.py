"""The English a composed sentence needs: articles and pronouns of the thing spoken of."""

from __future__ import annotations

from copilot.domain.brand import Address
from copilot.playbook.grammar_fr import Thing

_VOWELS = frozenset("aeiou")
#: Determiners before the noun, as (singular, plural).
_DETERMINERS = {"your": ("your", "your"), "this": ("this", "these"), "the": ("the", "the"), "our": ("our", "our")}
_PRONOUNS = {"it": ("it", "they"), "them": ("it", "them")}


def determined(which: str, thing: Thing, _address: Address) -> str:
    """``thing`` with its determiner, or its pronoun: the markers of the English playbooks.

    Raises:
        KeyError: when ``which`` is not a marker.
    """
    if which == "a":
        article = "" if thing.plural else "an " if thing.noun[0] in _VOWELS else "a "
        return article + thing.noun
    if which in _PRONOUNS:
        return _PRONOUNS[which][thing.number]
    return f"{_DETERMINERS[which][thing.number]} {thing.noun}"
