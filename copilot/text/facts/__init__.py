"""Facts read in a brief, deterministically: the same text always gives the same facts.

Time grows linearly with the text. Nothing is guessed: what cannot be normalised honestly
(``samedi prochain``, a 31 February) is not a fact.
"""

from __future__ import annotations

import re

from copilot.domain.post import FoundFact
from copilot.text.facts.calls import find_calls
from copilot.text.facts.contacts import find_emails, find_links, find_phones
from copilot.text.facts.dates import find_dates
from copilot.text.facts.names import find_names, find_quoted
from copilot.text.facts.page import Page, compose
from copilot.text.facts.places import find_addresses
from copilot.text.facts.prices import find_percentages, find_prices
from copilot.text.facts.quantities import find_quantities
from copilot.text.facts.times import find_times

__all__ = ["find_facts", "sentence_of"]

# Earlier finders win the characters they claim: a phone is not ten quantities, a date not two times.
_FINDERS = (
    find_links,
    find_emails,
    find_phones,
    find_percentages,
    find_prices,
    find_addresses,
    find_quoted,
    find_dates,
    find_times,
    find_quantities,
    find_names,
    find_calls,
)

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")


def find_facts(text: str, language: str = "fr") -> tuple[FoundFact, ...]:
    """Every fact of ``text``, sorted by position, none overlapping another.

    Offsets are Python character offsets, ``text[fact.start:fact.end] == fact.value``. ``normalised`` by kind:

    - price: ``3490 EUR``, ``49.90 EUR`` (two decimals at least when there are any, thousandths kept);
    - date: ``2027-03-03``, ``--03-03`` (no year), ``2027-03``, ``--03``, ``2027``; numeric dates are day first
      unless only month first is possible;
    - time: ``10:30``; percentage: ``20 %`` (the sign of ``-20%`` is in the value only);
    - quantity: number and unit, durations in ``s min h d wk mo yr`` (``2 jours`` is ``2 d``, ``1 h 30`` is
      ``90 min``), other units as a symbol, counted nouns as written in lower case (``500 exemplaires``);
    - link: host in lower case; e-mail: lower case; phone: digits, with ``+`` and country code when known;
    - product, place, call to action: the text, spaces collapsed.

    A call to action is the imperative and what it governs, up to the next fact: ``Réservez votre essai``
    in "Réservez votre essai avant le 3 mars". :func:`sentence_of` gives the whole sentence.

    Args:
        text: any text; NFD input is understood.
        language: ``fr`` or ``en``; decides whether ``1,500`` is 1.5 or 1500. Words of both are always read.
    """
    source = compose(text)
    page = Page(source.text, "en" if language == "en" else "fr")
    for finder in _FINDERS:
        for fact in finder(page):
            page.claim(fact)
    return tuple(source.original(text, fact) for fact in sorted(page.facts, key=lambda fact: fact.start))


def sentence_of(text: str, fact: FoundFact) -> tuple[int, int]:
    """Start and end of the sentence of ``text`` that holds ``fact``, its closing mark included.

    A line end closes a sentence. Links and numbers do not: a full stop counts before a space only.
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() >= fact.end:
            end = match.start() if match.group() == "\n" else match.end()
            break
        if match.end() <= fact.start:
            start = match.end()
    else:
        end = len(text)
    while start < fact.start and text[start].isspace():
        start += 1
    return start, end
