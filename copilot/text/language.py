"""Which language a text is in. Most French and English texts are told by their small words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from copilot.text.lexicons import lexicon

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
CANDIDATES = ("fr", "en", "es", "de", "it", "pt", "nl")

# Only the beginning is read: a longer text says nothing more of its language.
_READ = 4000
_NOISE = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,64}|[@#＃]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]")
_ENGLISH_CONTRACTION = re.compile(r"n['’]t$|['’](?:re|ve|ll|m|s|d)$")
_SIGNS = {
    "fr": re.compile(r"[œçêèàùûîï«]"),
    "es": re.compile(r"[ñ¿¡]"),
    "de": re.compile(r"[ßäö]"),
    "pt": re.compile(r"[ãõ]"),
}
_SIGN_WEIGHT = 0.8
_SURE_SCORE = 2.0
_SURE_LEAD = 1.5
_FEW_WORDS = 3
_IDENTIFIER_FLOOR = 0.5


@lru_cache(maxsize=8)
def _markers(language: str) -> frozenset[str]:
    """Words that speak for a language in short messages."""
    return lexicon(f"markers.{language}")


def stripped(text: str) -> str:
    """The beginning of ``text`` without links, e-mails, mentions and hashtags, which have no language."""
    return _NOISE.sub(" ", text[:_READ].replace("’", "'"))


def _votes(text: str, words: Sequence[str], candidates: Sequence[str]) -> dict[str, float]:
    """Points of each candidate: one a marker word shared by n languages counting 1/n, some for its own signs."""
    votes: dict[str, float] = dict.fromkeys(candidates, 0.0)
    known = [language for language in candidates if language in CANDIDATES]
    for word in words:
        speakers = [language for language in known if word in _markers(language)]
        for language in speakers:
            votes[language] += 1 / len(speakers)
        if _ELISION.match(word) and "fr" in known:
            votes["fr"] += 1
        if _ENGLISH_CONTRACTION.search(word) and "en" in known:
            votes["en"] += 1
    low = text.lower()
    for language, signs in _SIGNS.items():
        if language in known and signs.search(low):
            votes[language] += _SIGN_WEIGHT
    return votes


@lru_cache(maxsize=8)
def _identifier(candidates: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(candidates))
    return identifier


def detect(text: str, *, hint: str | None = None, candidates: Sequence[str] = CANDIDATES) -> str:
    """ISO 639-1 code of the language of ``text`` among ``candidates``, ``und`` when it cannot be told.

    Links, mentions, hashtags and emoji do not count. Under three words without a clear small word, the answer
    is ``hint`` (the language of the thread, say) or ``und``. ``hint`` also settles a close call.

    Args:
        text: any text; only its first 4,000 characters are read.
        hint: the language to expect.
        candidates: the codes that may come out.
    """
    plain = stripped(text)
    words = [word.casefold() for word in _WORD.findall(plain)]
    if not words:
        return hint or UNKNOWN
    votes = _votes(plain, words, candidates)
    (best, score), (_, second) = sorted([*votes.items(), *[(UNKNOWN, 0.0)] * 2], key=lambda vote: -vote[1])[:2]
    lead = score - second
    if (score >= _SURE_SCORE and lead >= _SURE_LEAD) or (lead >= 1 and len(words) <= _FEW_WORDS + 1):
        return best
    if len(words) < _FEW_WORDS:
        return best if lead >= _SIGN_WEIGHT else (hint or UNKNOWN)
    return _identified(plain, candidates, hint, votes)


def _identified(text: str, candidates: Sequence[str], hint: str | None, votes: dict[str, float]) -> str:
    """The statistical identifier's answer, weighed with the small words and the hint."""
    usable = tuple(language for language in candidates if language in CANDIDATES)
    if not usable:
        return hint or UNKNOWN
    ranked = _identifier(usable).rank(text.lower())
    weights = {language: float(probability) + votes.get(language, 0.0) / 2 for language, probability in ranked}
    if hint in weights:
        weights[hint] += 0.25
    best = max(weights, key=lambda language: weights[language])
    return best if weights[best] >= _IDENTIFIER_FLOOR else (hint or UNKNOWN)
