"""A brief shouted in capitals, brought back to a normal voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from copilot.domain.post import FactKind, FoundFact
from copilot.playbook.post_brief import Unit
from copilot.playbook.post_lexicon import LANGUAGES, fold, post_lexicon
from copilot.playbook.post_typography import is_verbatim

_ACCENTED_LETTER = re.compile("[ÀÂÇÉÈÊËÎÏÔÙÛÜŒ]")
_ENGLISH = re.compile(r"\b(?:THE|AND|WITH|YOUR|OUR)\b")
_SPELLED = re.compile(r"(?<!\d)\b[^\W\d_]+\b")
_WORD = re.compile(r"[^\W\d_]+")
_BARE_A = re.compile(r"\ba(?= (?:partir|la|l['’]|\d|bient[oô]t|[A-ZÉ]))")
_HEAD = re.compile(r"(^|[.!?…]\s+)([a-zà-ÿ])")


def calm_of(units: Sequence[Unit], facts: Sequence[FoundFact]) -> Callable[[str], str]:
    """What to do to the texts of a brief: nothing, or lower case when nearly all its letters are capitals.

    Capitals stay at the head of sentences, on the names of found places and products, and on well-known
    initials. Other proper names cannot be told from words: the person who reads the post mends them.
    """
    letters = [char for unit in units[:60] for char in unit.text[:500] if char.isalpha()]
    if len(letters) < 30 or sum(char.isupper() for char in letters) < 0.75 * len(letters):
        return _as_written
    language = "en" if any(_ENGLISH.search(unit.text) for unit in units) else "fr"
    bare = language == "fr" and not any(_ACCENTED_LETTER.search(unit.text) for unit in units)
    return _Calm(_spellings(language, facts, accents=bare), bare).text


def calm_title(unit: Unit, others: Sequence[Unit]) -> Unit:
    """A title in capitals over a text that is not, spelled as the words are in that text."""
    words = _WORD.findall(unit.text)
    if unit.role != "title" or len(words) < 2 or not unit.text.isupper():
        return unit
    seen: dict[str, str] = {}
    for other in others:
        if not other.text.isupper():
            plain = " ".join(word for word in other.text[:2000].split() if not is_verbatim(word))
            for index, word in enumerate(_WORD.findall(plain)):
                if index or word.islower():
                    seen.setdefault(word.lower(), word)
    kept = {word.lower(): word for language in LANGUAGES for word in post_lexicon(language).capitals["kept"]}
    text = _SPELLED.sub(lambda match: (kept | seen).get(match.group().lower(), match.group().lower()), unit.text)
    return replace(unit, text=text)


def _as_written(text: str) -> str:
    return text


def _spellings(language: str, facts: Sequence[FoundFact], *, accents: bool) -> dict[str, str]:
    """How a word in capitals is written, for the words that are not merely put in lower case."""
    known = post_lexicon(language).capitals
    common = {fold(word) for word in known["common"]}
    spellings = {fold(word): word for word in known["accented"]} if accents else {}
    for fact in facts:
        if fact.kind in (FactKind.PLACE, FactKind.PRODUCT):
            for word in _WORD.findall(fact.value):
                if fold(word) not in common:
                    spellings.setdefault(fold(word), word[:1].upper() + word[1:].lower())
    return spellings | {fold(word): word for word in known["kept"]}


@dataclass(frozen=True, slots=True)
class _Calm:
    spellings: dict[str, str]
    bare: bool

    def text(self, text: str) -> str:
        calm = " ".join(word if is_verbatim(word) else _WORD.sub(self._word, word) for word in text.split(" "))
        if self.bare:
            calm = _BARE_A.sub("à", calm)
        return _HEAD.sub(lambda match: match.group(1) + match.group(2).upper(), calm)

    def _word(self, match: re.Match[str]) -> str:
        low = match.group().lower()
        return self.spellings.get(fold(low), low)
