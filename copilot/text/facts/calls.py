"""Calls to action: an imperative at the head of a clause, with what it governs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.imperatives import is_imperative, is_polite_form
from copilot.text.facts.page import Page, Token
from copilot.text.lexicons import words

_LONGEST = 140
_CLAUSE_END = re.compile(r"[.!?…]+(?=\s|$|[»”\"])|[\n\t;|(:]|,(?!\d)|\s[–—-]\s|[«“\"»”]")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[»”\"])|\n|$")
_BEFORE = words("alors puis vite donc ensuite please also then so ou et and")
_NEGATIONS = frozenset(["ne", "n'", "n’", "don't", "don’t"])
_LABEL = re.compile(
    r"(?:\bcta|appel à (?:l['’])?action|call[- ]to[- ]action)[ \u00a0\u202f]?:[ \u00a0\u202f]?(?=\S)", re.IGNORECASE
)
# Words that cannot end a call once its date, place or link is told apart.
_DANGLING = re.compile(
    r"(?:(?<=\s)|(?<=['’]))(?:avant|après|le|la|les|l['’]|sur|au|aux|à|du|des|de|d['’]|dès|en|par|jusqu['’](?:au|à|en)?|et|pour|avec|dans|chez"
    r"|via|ou|un|une|notre|nos|votre|vos|ce|cette|c['’]est|son|entre|before|by|at|on|the|in|from|to|until|with|for|of|and|or|our|your"
    r"|a|an|this|or|n['’]|between|near|@|→|👉|➡️?)$",
    re.IGNORECASE,
)


def _dangling_trimmed(text: str) -> str:
    while True:
        text = text.rstrip(" \u00a0\u202f\u2009,-–—:/&")
        match = _DANGLING.search(text)
        if not match:
            return text
        text = text[: match.start()]


def _head(page: Page, index: int) -> bool:
    """True when the word at ``index`` may open a clause."""
    token = page.tokens[index]
    if token.initial or index == 0:
        return True
    before = page.tokens[index - 1]
    gap = page.text[before.end : token.start]
    return "," in gap or "(" in gap or before.text.casefold() in _BEFORE


def _following(page: Page, index: int) -> Token | None:
    tokens = page.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].initial:
        return None
    return tokens[index + 1] if "," not in page.text[tokens[index].end : tokens[index + 1].start] else None


def _said_to_all(page: Page, index: int) -> bool:
    """After "et" or "ou", a form in -ez is an imperative unless "vous" governs it."""
    before = page.tokens[max(0, index - 8) : index]
    return not any(token.text.casefold() == "vous" for token in before)


def _call_end(page: Page, start: int, after: int) -> int:
    limit = min(len(page.text), start + _LONGEST)
    closing = _CLAUSE_END.search(page.text, after, limit)
    end = page.next_taken(start, closing.start() if closing else limit)
    return max(after if page.free(start, after) else start, start + len(_dangling_trimmed(page.text[start:end])))


def _asks(page: Page, position: int) -> bool:
    closing = _SENTENCE_END.search(page.text, position, min(len(page.text), position + 400))
    return bool(closing and "?" in closing.group())


def _starts(page: Page) -> Iterator[tuple[int, int]]:
    """Offsets of the head of each call and of the end of its verb."""
    tokens = page.tokens
    for index, token in enumerate(tokens):
        low = token.text.casefold()
        if not _head(page, index) or (index and tokens[index - 1].text.casefold() in _NEGATIONS):
            continue
        if low in _NEGATIONS and index + 1 < len(tokens):
            if is_polite_form(tokens[index + 1].text) or "don" in low:
                yield token.start, tokens[index + 1].end
            continue
        joined = not token.initial and index and tokens[index - 1].text.casefold() in ("et", "ou", "and")
        if is_imperative(token.text, _following(page, index)) and (not joined or _said_to_all(page, index)):
            yield token.start, token.end


def find_calls(page: Page) -> Iterator[FoundFact]:
    """Calls to action, cut where another fact begins; questions are none."""
    for match in _LABEL.finditer(page.text):
        closing = page.text.find("\n", match.end(), match.end() + _LONGEST)
        stop = closing if closing >= 0 else min(len(page.text), match.end() + _LONGEST)
        end = page.next_taken(match.end(), stop)
        value = _dangling_trimmed(page.text[match.end() : end]).rstrip(".")
        if value:
            yield page.fact(FactKind.CALL_TO_ACTION, match.end(), match.end() + len(value))
    for start, after in _starts(page):
        if not _asks(page, start) and page.free(start, after):
            end = _call_end(page, start, after)
            if end > start:
                yield page.fact(FactKind.CALL_TO_ACTION, start, end)
