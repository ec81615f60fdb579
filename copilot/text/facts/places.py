"""Places: addresses, named spots, and names after a preposition of place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.dates import MONTHS
from copilot.text.facts.page import Page, Token
from copilot.text.facts.runs import close, is_name_word, is_number, leading_words, run_end
from copilot.text.facts.vocabulary import (
    AMBIGUOUS_PLACES,
    CALENDAR,
    NOT_A_LEAD,
    NOT_PLACES,
    PARTICLES,
    PLACE_ENDINGS,
    PLACE_NOUNS,
    STREET_NOUNS,
)
from copilot.text.lexicons import lexicon, words

_DIRECT = words("à au aux en chez in at near")
_WITH_ARTICLE = words("à in at near")
_LOOSE = words("dans sur vers on around")
_ARTICLES = frozenset(["la", "le", "les", "l'", "l’", "the"])
_POSTCODE = re.compile(r",?[ \u00a0\n](?P<code>\d{5}|\d{4}(?= [A-ZÀ-Þ]))[ \u00a0](?=[A-ZÀ-Þ])")
# The minutes of ``19 h 30, place Carnot`` and the year of ``3 mars 2027, place Carnot`` are no house number.
_NUMBER_BEFORE = re.compile(
    r"(?<![\w.,:])(?<!\d[hH][ \u00a0\u202f])(?<!\d[ \u00a0\u202f][hH][ \u00a0\u202f])"
    r"\d{1,4}(?:[ \u00a0]?(?:bis|ter|quater|[A-D]))?,?[ \u00a0]$"
)
_DATE_YEAR = re.compile(rf"(?:{'|'.join(MONTHS)})[ \u00a0\u202f](?:19|20)\d\d,?[ \u00a0]$", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:^|[\n\t|•;.])[ \t*•-]{0,4}(?:lieu|adresse|où|venue|location|where|address)\**"
    r"[ \u00a0\u202f]?:\**[ \u00a0\u202f]?"
    r"(?P<value>(?:(?:la|le|les|l['’]|the|au|à)[ ]?)?(?:\d{1,4}(?: bis| ter)?,?[ ])?[A-ZÀ-Þ0-9][^\n\t|,;(.!?]{1,78})",
    re.IGNORECASE,
)


def is_town(text: str) -> bool:
    """True for a town, a region or a country of the shipped list."""
    return text.replace("’", "'").casefold() in lexicon("places")


def _through_particles(page: Page, index: int) -> int:
    """Index of the name after a place noun (``parc de la Tête``); ``index`` itself when there is none."""
    last = index + 1
    while last < index + 4 and close(page, last) and page.tokens[last].text.casefold() in PARTICLES:
        last += 1
    return last if close(page, last) and is_name_word(page.tokens[last]) else index


def _with_number(page: Page, start: int) -> int:
    before = page.before(start, 28)
    number = _NUMBER_BEFORE.search(before)
    return start - len(number.group()) if number and not _DATE_YEAR.search(before) else start


def _with_postcode(page: Page, end: int) -> int:
    code = _POSTCODE.match(page.text, end)
    if not code or not page.free(code.start(), code.end()):
        return end
    position = code.end()
    for index, token in _tokens_at(page, position):
        return page.tokens[run_end(page, index) - 1].end if is_name_word(token) else end
    return end


def _tokens_at(page: Page, position: int) -> Iterator[tuple[int, Token]]:
    low, high = 0, len(page.tokens)
    while low < high:
        middle = (low + high) // 2
        if page.tokens[middle].start < position:
            low = middle + 1
        else:
            high = middle
    if low < len(page.tokens) and page.tokens[low].start == position:
        yield low, page.tokens[low]


def _labelled(page: Page) -> Iterator[FoundFact]:
    for match in _LABELLED.finditer(page.text):
        start, end = match.span("value")
        end = page.next_taken(start, end)
        value = page.text[start:end].rstrip(" \u00a0*-–à")
        head = value.removeprefix("au ").removeprefix("à ")
        if head and (head[0].isupper() or head[0].isdigit() or head.split()[0].casefold() in PLACE_NOUNS):
            start += len(value) - len(head)
            yield page.fact(FactKind.PLACE, start, start + len(head))


def find_addresses(page: Page) -> Iterator[FoundFact]:
    """``12 rue de la Paix, 75002 Paris``, ``place Bellecour``, ``12 Baker Street``, and lines such as ``Lieu : …``."""
    yield from _labelled(page)
    tokens = page.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text.casefold() in PLACE_NOUNS:
            name = _through_particles(page, index)
            if name > index and not is_number(tokens[name]):
                last = run_end(page, name)
                end = _with_postcode(page, tokens[last - 1].end)
                numbered = token.text.casefold() in STREET_NOUNS
                yield page.fact(FactKind.PLACE, _with_number(page, token.start) if numbered else token.start, end)
                index = last
                continue
        if is_name_word(token) and not token.text.isupper():
            last = run_end(page, index)
            if last - index > 1 and tokens[last - 1].text.casefold() in PLACE_ENDINGS:
                first = index + (tokens[index].text.casefold() in ("the", "at", "in", "visit"))
                start = _with_number(page, tokens[first].start)
                yield page.fact(FactKind.PLACE, start, _with_postcode(page, tokens[last - 1].end))
                index = last
                continue
        index += 1


def is_place(page: Page, first: int, last: int) -> bool:
    """True when the name ``tokens[first:last]`` is a town, or stands after a preposition of place."""
    tokens = page.tokens
    text = page.text[tokens[first].start : tokens[last - 1].end]
    lead = leading_words(page, first)
    town = is_town(text)
    if any(is_number(token) for token in tokens[first:last]) and not is_town(tokens[first].text):
        return False
    if text.casefold() in NOT_PLACES or text.casefold() in CALENDAR or (text.isupper() and len(text) <= 4):
        return False
    if not lead:
        return town and text.casefold() not in AMBIGUOUS_PLACES
    if lead[-1] in _DIRECT:
        return not (len(lead) > 1 and lead[-2] in NOT_A_LEAD)
    if lead[-1] in _ARTICLES and len(lead) > 1:
        if lead[-2] in _WITH_ARTICLE:
            return not (len(lead) > 2 and lead[-3] in NOT_A_LEAD)
        if lead[-2] in _LOOSE:
            return town
    return town and text.casefold() not in AMBIGUOUS_PLACES
