"""Which language a text is in. Most French and English texts are told by their small words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from struct import Struct

from copilot.text.lexicons import lexicon

UNKNOWN = "und"
CANDIDATES = ("fr", "en", "es", "de", "it", "pt", "nl")

# Only the beginning is read: a longer text says nothing more of its language.
READ = 4000
_NOISE = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,64}|[@#＃]\w+")
_MAY_BE_NOISE = re.compile(r"[@#＃]|https?:|www\.")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]")
_ENGLISH_CONTRACTION = re.compile(r"n['’]t$|['’](?:re|ve|ll|m|s|d)$")
_SIGNS = re.compile(r"(?P<fr>[œçêèàùûîï«])|(?P<es>[ñ¿¡])|(?P<de>[ßäö])|(?P<pt>[ãõ])")
_FEW_WORDS = 3
_IDENTIFIER_FLOOR = 0.5
#: Characters the identifier reads: its answer hardly changes after them.
_IDENTIFIED = 400
#: Words remembered with the languages they speak for; beyond, the memory starts afresh.
_MEMORY = 50_000
_LONG_WORD = 40

#: Points of one word that speaks for one language only: divisible by every number of languages up to seven.
_UNIT = 420
#: The points of all candidates go in one number, this many bits each, so that adding words is adding numbers.
_BITS = 32


@lru_cache(maxsize=8)
def _markers(language: str) -> frozenset[str]:
    """Words that speak for a language in short messages."""
    return lexicon(f"markers.{language}")


def stripped(text: str) -> str:
    """The beginning of ``text`` without links, e-mails, mentions and hashtags, which have no language."""
    start = text[:READ].replace("’", "'")
    return _NOISE.sub(" ", start) if _MAY_BE_NOISE.search(start) else start


_SIGN_WEIGHT = int(0.8 * _UNIT)
_SURE_SCORE = 2 * _UNIT
_SURE_LEAD = int(1.5 * _UNIT)


class _Ballot(dict[str, int]):
    """How much each word speaks for each candidate: a marker shared by n languages counts 1/n for each.

    What was counted goes in one number: a field for each candidate, one for how many words there are, one for each
    language with signs of its own. The counts of two pieces of text are added to get that of both.
    """

    def __init__(self, candidates: tuple[str, ...]) -> None:
        super().__init__()
        self.candidates = candidates
        self._shifts = {language: at * _BITS for at, language in enumerate(candidates)}
        self._known = [language for language in self._shifts if language in CANDIDATES]
        self._one_word = 1 << len(candidates) * _BITS
        self._signs = {
            language: 1 << (len(candidates) + 1 + at) * _BITS
            for at, language in enumerate(_SIGNS.groupindex)
            if language in self._shifts
        }
        # Of each language with signs, where its points and its signs are among the fields.
        self._signed = [
            (candidates.index(language), len(candidates) + 1 + at)
            for at, language in enumerate(_SIGNS.groupindex)
            if language in self._shifts
        ]
        fields = len(candidates) + 1 + len(_SIGNS.groupindex)
        self._bytes = fields * _BITS // 8
        self._fields = Struct(f"<{fields}I").unpack

    def counted(self, plain: str) -> int:
        """What speaks in a text without links and mentions."""
        words = _WORD.findall(plain.casefold())
        total = sum(map(self.__getitem__, words)) + len(words) * self._one_word
        if not plain.isascii():
            for language in {found.lastgroup for found in _SIGNS.finditer(plain.lower())}:
                if language in self._signs:
                    total += self._signs[language]
        return total

    def votes(self, counted: int) -> tuple[int, list[int]]:
        """How many words were counted, and the points of each candidate."""
        fields = self._fields(counted.to_bytes(self._bytes, "little"))
        many = len(self.candidates)
        votes = list(fields[:many])
        if any(fields[many + 1 :]):
            for points, mark in self._signed:
                votes[points] += _SIGN_WEIGHT * (fields[mark] > 0)
        return fields[many], votes

    def __missing__(self, word: str) -> int:
        points = self._points(word)
        if len(word) <= _LONG_WORD:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = points
        return points

    def _points(self, word: str) -> int:
        speakers = [language for language in self._known if word in _markers(language)]
        points = sum((_UNIT // len(speakers)) << self._shifts[language] for language in speakers)
        if "fr" in self._known and _ELISION.match(word):
            points += _UNIT << self._shifts["fr"]
        if "en" in self._known and _ENGLISH_CONTRACTION.search(word):
            points += _UNIT << self._shifts["en"]
        return points


#: How wide the numbers of :func:`counted` are, and those of their sums.
COUNTED_BITS = (len(CANDIDATES) + 1 + len(_SIGNS.groupindex)) * _BITS


@lru_cache(maxsize=8)
def _ballot(candidates: tuple[str, ...]) -> _Ballot:
    return _Ballot(candidates)


def detect(text: str, *, hint: str | None = None, candidates: Sequence[str] = CANDIDATES) -> str:
    """ISO 639-1 code of the language of ``text`` among ``candidates``, ``und`` when it cannot be told.

    Links, mentions, hashtags and emoji do not count. Under three words without a clear small word, the answer
    is ``hint`` (the language of the thread, say) or ``und``. ``hint`` also settles a close call.

    Args:
        text: any text; only its first 4,000 characters are read.
        hint: the language to expect.
        candidates: the codes that may come out.
    """
    ballot = _ballot(tuple(candidates))
    return _decided(ballot, ballot.counted(stripped(text)), text, hint)


@lru_cache(maxsize=256)
def code_of(given: str) -> str | None:
    """The language that somebody named by its code, as ISO 639 writes it: ``fr`` of ``FR``, ``fr-CA``, ``fra``.

    None for what is no language's code, and for the codes that leave it open (``und``, ``mul``).
    """
    from babel import Locale
    from babel.core import get_global

    base = given.strip().replace("_", "-").partition("-")[0].lower()[:8]
    code = str(get_global("language_aliases").get(base, base))
    return code if code in Locale("en").languages and code not in {UNKNOWN, "mul", "zxx", "root"} else None


def counted(piece: str) -> int:
    """What :func:`detect` counts in a piece of text between spaces; add the counts of pieces to get that of a text.

    A reader that meets the same pieces again and again remembers them, and asks :func:`told` at the end.
    """
    return _ballot(CANDIDATES).counted(stripped(piece))


def told(count: int, text: str, hint: str | None = None) -> str:
    """As :func:`detect`, where ``count`` is the sum of :func:`counted` over the pieces of ``text``."""
    return _decided(_ballot(CANDIDATES), count, text, hint)


def _decided(ballot: _Ballot, count: int, text: str, hint: str | None) -> str:
    words, votes = ballot.votes(count)
    if not words:
        return hint or UNKNOWN
    score = max(votes, default=0)
    if not score:
        return (hint or UNKNOWN) if words < _FEW_WORDS else _identified(text, ballot.candidates, hint, {})
    best = votes.index(score)
    votes[best] = 0
    lead = score - max(votes)
    votes[best] = score
    if (score >= _SURE_SCORE and lead >= _SURE_LEAD) or (lead >= _UNIT and words <= _FEW_WORDS + 1):
        return ballot.candidates[best]
    if words < _FEW_WORDS:
        return ballot.candidates[best] if lead >= _SIGN_WEIGHT else (hint or UNKNOWN)
    return _identified(text, ballot.candidates, hint, dict(zip(ballot.candidates, votes, strict=True)))


def _identified(text: str, candidates: Sequence[str], hint: str | None, votes: Mapping[str, int]) -> str:
    """The statistical identifier's answer, weighed with the small words and the hint."""
    usable = tuple(language for language in candidates if language in CANDIDATES)
    if not usable:
        return hint or UNKNOWN
    from copilot.text.identifier import identifier_of

    chances = identifier_of(CANDIDATES).chances(stripped(text)[:_IDENTIFIED].lower(), usable)
    weights = {language: chance + votes.get(language, 0) / (2 * _UNIT) for language, chance in chances.items()}
    if hint in weights:
        weights[hint] += 0.25
    best = max(weights, key=lambda language: weights[language])
    return best if weights[best] >= _IDENTIFIER_FLOOR else (hint or UNKNOWN)
