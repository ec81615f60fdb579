"""Names of products and events, quoted or capitalised; names of places come out of the same reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.imperatives import could_call
from copilot.text.facts.page import Page, Token
from copilot.text.facts.places import is_place, is_town
from copilot.text.facts.runs import close, is_name_word, is_number, leading_words, run_end
from copilot.text.facts.vocabulary import CALENDAR, ORDINARY, PARTICLES
from copilot.text.lexicons import lexicon, stop_words, words

_QUOTED = re.compile(
    r"«[ \u00a0\u202f]?(?P<a>[^«»\n]{2,70}?)[ \u00a0\u202f]?»|“(?P<b>[^“”\n]{2,70})”|"
    r"(?<!\w)\"(?P<c>[^\"\n]{2,70})\"(?!\w)"
)
_LABELLED = re.compile(
    r"(?:^|[\n\t|•;.])[ \t*•-]{0,4}(?:nom du produit|produit|modèle|gamme|collection|événement|nom|"
    r"product name|product|model|name|event)"
    r"\**[ \u00a0\u202f]?:\**[ \u00a0\u202f]?(?P<value>[^\n\t|,;(.!?]{2,60})",
    re.IGNORECASE,
)
_TITLED = words("m mme mlle mr mrs ms dr monsieur madame")
_DETERMINERS = frozenset(
    ["l'", "l’", "la", "le", "les", "notre", "nos", "the", "our", "your", "votre", "son", "sa", "une", "un", "new"]
)
_LOUD = 0.6
_PLAIN_WORDS = ORDINARY | CALENDAR


def find_quoted(page: Page) -> Iterator[FoundFact]:
    """Names between quotation marks. A quoted sentence, or one that holds a price or a date, is no name."""
    for match in _QUOTED.finditer(page.text):
        group = match.lastgroup or "a"
        value = match[group].strip()
        first = value[:1]
        parts = value.split()
        if not (first.isupper() or (first.isdigit() and re.search(r"[^\W\d]", value))) or len(parts) > 8:
            continue
        if value[-1] in ".!?…" or "," in value or could_call(parts[0]) or value.casefold() in ORDINARY:
            continue
        start = page.text.index(value, match.start(group))
        yield page.fact(FactKind.PRODUCT, start, start + len(value))


def _plain(token: Token) -> bool:
    """True for a word no name begins or ends with, however it is capitalised."""
    low = token.text.casefold()
    return low in _PLAIN_WORDS or low.partition("-")[0] in _PLAIN_WORDS or low in stop_words("both") or could_call(low)


def _trimmed(page: Page, first: int, last: int) -> tuple[int, int]:
    """The run without plain words and particles at its ends."""
    tokens = page.tokens
    while first < last and (
        (_plain(tokens[first]) and len(tokens[first].text) > 1)
        or tokens[first].text.casefold() in PARTICLES
        or is_number(tokens[first])
    ):
        first += 1
    while (
        last > first
        and not (last - 2 > first and tokens[last - 2].text in PARTICLES)
        and (tokens[last - 1].text.casefold() in _PLAIN_WORDS or tokens[last - 1].text.casefold() in PARTICLES)
    ):
        last -= 1
    return first, last


def _shouted(page: Page, token: Token) -> bool:
    """True inside a line written in capitals: its words tell nothing of names."""
    start = page.text.rfind("\n", max(0, token.start - 200), token.start) + 1
    line = page.text[max(start, token.start - 200) : token.end + 200].partition("\n")[0]
    letters = [sign for sign in line if sign.isalpha()]
    return len(line.split()) > 1 and sum(sign.isupper() for sign in letters) > _LOUD * len(letters)


def _is_person(page: Page, first: int, last: int) -> bool:
    tokens = page.tokens
    lead = leading_words(page, first, 1)
    if lead and lead[0] in _TITLED:
        return True
    if lead and lead[0] in _DETERMINERS:
        return False
    if tokens[first].text.casefold() not in lexicon("first_names"):
        return False
    return not any(is_number(token) for token in tokens[first:last])


def _is_coded(token: Token) -> bool:
    """True for ``X500`` or ``iPhone``: no ordinary word looks like it."""
    text = token.text
    return any(sign.isdigit() for sign in text) or (text[0].islower() and not text.islower())


def _is_model(token: Token) -> bool:
    """True for ``X500``: letters, then digits. ``160X200`` and ``4X`` are measures."""
    return bool(re.fullmatch(r"[A-Z]{1,6}-?\d{1,5}[A-Z]?", token.text))


def _acronym(token: Token) -> bool:
    return token.text.isupper() and 1 < len(token.text) <= 3


def _article_included(page: Page, first: int) -> int:
    """A capital ``L'`` belongs to the name that follows it."""
    if close(page, first) and page.tokens[first - 1].text in ("L'", "L’"):
        return first - 1
    return first


class _Names:
    """Names met so far, and single words that open a sentence: names only if met elsewhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: set[str] = set()
        self.pending: list[Token] = []

    def product(self, first: int, last: int) -> FoundFact:
        tokens = self.page.tokens
        self.known.add(self.page.text[tokens[first].start : tokens[last - 1].end])
        first = _article_included(self.page, first)
        return self.page.fact(FactKind.PRODUCT, tokens[first].start, tokens[last - 1].end)

    def read(self, first: int, last: int) -> FoundFact | None:
        """What the run of tokens is, None when it is no name."""
        tokens = self.page.tokens
        person = self._full_name(first, last)
        loud = _shouted(self.page, tokens[first]) and not is_town(self._text(first, last))
        if not person and not loud and is_place(self.page, first, last):
            return self._place(first, last)
        begin, end = _trimmed(self.page, first, last)
        if begin >= end:
            return None
        if begin > first and is_place(self.page, begin, end):
            return self._place(begin, end)
        single = end - begin == 1
        token = tokens[begin]
        if leading_words(self.page, begin, 1) == ["code"]:
            return None
        if _is_person(self.page, begin, end) or (single and (_acronym(token) or len(token.text) == 1)):
            return None
        if _shouted(self.page, token) and not any(_is_model(word) for word in tokens[begin:end]):
            return None
        opens = token.initial and not (begin and tokens[begin - 1].text in ("L'", "L’"))
        if single and opens and not _is_coded(token):
            self.pending.append(token)
            return None
        return self.product(begin, end)

    def _text(self, first: int, last: int) -> str:
        return self.page.text[self.page.tokens[first].start : self.page.tokens[last - 1].end]

    def _full_name(self, first: int, last: int) -> bool:
        """True for a first name and a surname: "à Camille Lefèvre" is no place."""
        words_of_name = self.page.tokens[first:last]
        known = words_of_name[0].text.casefold() in lexicon("first_names")
        return len(words_of_name) > 1 and known and not is_town(words_of_name[0].text)

    def _place(self, first: int, last: int) -> FoundFact:
        tokens = self.page.tokens
        if is_town(tokens[first].text) and last - first > 1 and tokens[first + 1].text.casefold() in PARTICLES:
            last = first + 1
        return self.page.fact(FactKind.PLACE, tokens[first].start, tokens[last - 1].end)

    def recognised(self) -> Iterator[FoundFact]:
        """Words that open a sentence and are names elsewhere in the text."""
        for token in self.pending:
            if token.text in self.known:
                yield self.page.fact(FactKind.PRODUCT, token.start, token.end)


def _labelled(page: Page) -> Iterator[FoundFact]:
    for match in _LABELLED.finditer(page.text):
        start = match.start("value")
        value = page.text[start : page.next_taken(start, match.end("value"))].rstrip(" \u00a0*-–à")
        if value and len(value.split()) <= 7:
            yield page.fact(FactKind.PRODUCT, start, start + len(value))


def find_names(page: Page) -> Iterator[FoundFact]:
    """Products, events and places named by capitals; ordinary words that open a sentence are left alone."""
    yield from _labelled(page)
    names = _Names(page)
    index = 0
    tokens = page.tokens
    while index < len(tokens):
        token = tokens[index]
        if not is_name_word(token) or not page.free(token.start, token.end):
            index += 1
            continue
        last = run_end(page, index)
        fact = names.read(index, last)
        if fact:
            yield fact
        index = last
    yield from names.recognised()
