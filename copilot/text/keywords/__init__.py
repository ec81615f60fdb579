"""Key phrases of a text: whole noun phrases, scored by what they name, where they stand and what comes back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.text.keywords.chunks import PEOPLE, STREETS_AFTER, Chunk, chunks, stem
from copilot.text.keywords.layout import ASIDE, pieces
from copilot.text.keywords.words import Word, read
from copilot.text.lexicons import folded, lexicon, stop_words, words

__all__ = ["Phrase", "phrases", "spoken_language"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, verbatim: ``text == source[start:end]``. ``score`` grows with its weight in the source.

    ``named`` is True for what is written as a name, ``place`` for a place of the shipped list, ``broad`` for a single
    noun the whole text is about, worth saying even beside a phrase that holds it, ``subject`` for a phrase without a
    name that holds a noun of the shipped subjects.
    """

    text: str
    score: float
    start: int
    end: int
    named: bool = False
    place: bool = False
    broad: bool = False
    subject: bool = False


# Only the beginning of a very long text is read: key phrases of a book are no hashtags.
_READ = 100_000
_QUOTE = re.compile(r"«\s?([^«»\n]{3,60}?)\s?»|“([^“”\n]{3,60})”|(?<!\w)\"([^\"\n]{3,60})\"(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.9
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,5}\d{0,2}$|[A-Z]\d{1,2}$")
_NO_SUBJECT = words(
    "TVA HT TTC RDV CTA URL PDF FAQ CET GMT PM AM TEL SMS QR HS PS NB FYI TBC EUR USD KM JPG PNG CM SEO KPI OK SVP STP "
    "ASAP CC CCI RE TR FW VS NC ND AVRIL MAI JUIN II III IV VI DE EN LE LA ET DU"
)


def spoken_language(text: str) -> str:
    """``fr`` or ``en``, whichever has more of its small words at the beginning of ``text``; French when none has."""
    # The « s » and « t » of English ("it's", "don't") would count as French ones.
    found = [word.lower() for word in _WORD.findall(text[:1500]) if word not in ("s", "t")]
    french, english = stop_words("fr"), stop_words("en")
    return "en" if sum(word in english for word in found) > sum(word in french for word in found) else "fr"


def phrases(text: str, language: str, limit: int = 20) -> tuple[Phrase, ...]:
    """The key phrases of ``text``, best first, at most ``limit``, each once whatever its case.

    A phrase holds at most four full words; linkers (de, du, à, en, of) may stand inside, never at an end. It neither
    begins nor ends with a stop word, a number, a verb or a praise. Greetings, signatures, mail headers and notes to
    the writer are not read.

    Args:
        text: any text; its first 100,000 characters are read. Links, mentions and hashtags are skipped.
        language: ``fr`` or ``en``; any other code means whichever the text is in.
        limit: how many phrases to return.
    """
    source = text[:_READ].replace("’", "'").replace("\r", "\n")
    tongue = language if language in ("fr", "en") else spoken_language(source)
    quoted = list(_quoted(source, text))
    found = [pair for pair in _found(source, tongue) if not _within(pair[0], quoted)]
    counts = Counter([stem for chunk, _weight in found for stem in chunk.stems])
    best: dict[str, Phrase] = {}
    known = _subjects(tongue)
    for chunk, weight in found:
        start, end = chunk.words[0].start, chunk.words[-1].end
        key = " ".join(chunk.stems)
        subjects = [index for index, one in enumerate(chunk.stems) if one in known]
        high = 0.3 * (1 - start / (len(source) + 1))
        score = _score(chunk, weight, counts, tongue, told=bool(subjects)) + high
        for index in subjects if len(chunk.stems) > 1 else ():
            theme = _theme_in(chunk, index, weight + high, counts, text)
            if theme is not None and (chunk.stems[index] not in best or best[chunk.stems[index]].score < theme.score):
                best[chunk.stems[index]] = theme
        if key in best:
            score = max(score, best[key].score) + AGAIN
        if key not in best or best[key].score < score:
            place = any(word.low in lexicon("places") for word in chunk.full)
            broad = key in best and best[key].broad
            best[key] = Phrase(
                text[start:end],
                round(score, 3),
                start,
                end,
                named=chunk.names > 0,
                place=place,
                broad=broad,
                subject=not chunk.names and bool(subjects),
            )
    for phrase in quoted:
        best[folded(phrase.text)] = phrase
    kept = (phrase for phrase in best.values() if phrase.score >= _SURE)
    return tuple(sorted(kept, key=lambda phrase: (-phrase.score, phrase.start))[:limit])


def _found(source: str, language: str) -> Iterator[tuple[Chunk, float]]:
    for piece in pieces(source):
        line = _public(read(source, piece.start, piece.end, language))
        for chunk in chunks(line, language):
            yield chunk, piece.weight


def _within(chunk: Chunk, quoted: list[Phrase]) -> bool:
    start = chunk.words[0].start
    return any(phrase.start <= start < phrase.end for phrase in quoted)


_NOT = words("pas jamais plus")
_DO_NOT = words("don't never not avoid avoiding éviter évitez évite eviter")
_TELL = words("mention mentionner citer dire parler use say utiliser écrire montrer talk write mettre include comparer")


def _public(line: list[Word]) -> list[Word]:
    """``line`` without what it asks not to say: from « ne pas citer », ``avoid`` to the end of the sentence."""
    kept: list[Word] = []
    silent = False
    for index, word in enumerate(line):
        low = word.low
        if word.begins and low in ASIDE and index + 1 < len(line) and line[index + 1].text == ":":
            silent = True
        elif low in _DO_NOT or (low in _NOT and line[index - 1].low in ("ne", "n'")):
            silent = low in ("avoid", "avoiding", "éviter", "évitez", "évite", "eviter") or any(
                one.low in _TELL for one in line[index + 1 : index + 3]
            )
        elif word.code == "." and word.text in ".!?;":
            silent = False
        if not silent:
            kept.append(word)
    return kept


def _quoted(source: str, text: str) -> Iterator[Phrase]:
    """Titles between quotation marks."""
    for match in _QUOTE.finditer(source):
        start, end = match.span(match.lastindex or 0)
        inside = text[start:end]
        count = len(inside.split())
        if count <= 6 and any(sign.isalpha() for sign in inside) and inside[0].isupper() and inside[-1] not in ".!?…":
            yield Phrase(inside, 2.4 if count > 1 else 1.4, start, end, True)


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(folded(word) for word in lexicon("hashtag_empty"))


@lru_cache(maxsize=2)
def _subjects(language: str) -> frozenset[str]:
    """The stems of the nouns that name a subject."""
    return frozenset(stem(word) for word in lexicon(f"hashtag_themes.{language}"))


def _theme_in(chunk: Chunk, index: int, weight: float, counts: Counter[str], text: str) -> Phrase | None:
    """A single noun of a longer phrase that names a subject: « Poterie » of « cours de poterie »."""
    word = chunk.full[index]
    if (word.code not in "NA" and (word.code != "W" or index)) or len(word.low) < 3:
        return None
    again = min(counts[chunk.stems[index]] - 1, 3)
    score = round(max(weight, 0.0) * 0.7 + THEME_INSIDE + again * 0.2, 3)
    return Phrase(text[word.start : word.end], score, word.start, word.end, broad=again > 0, subject=not chunk.names)


#: What a noun of subject is worth alone, and taken out of a longer phrase.
THEME = 0.95
THEME_INSIDE = 0.85


def _score(chunk: Chunk, weight: float, counts: Counter[str], language: str, *, told: bool) -> float:
    """How much a phrase would serve as a hashtag: about 1 for a plain one, over 2 for a name that comes back.

    ``told`` is True when it holds a noun of subject.
    """
    full = chunk.full
    count = len(full)
    known = _known_empty()
    telling = [word for word in full if word.low not in known]
    empty = count - len(telling)
    if not telling:
        return 0.0
    again = max([counts[stem(word.low)] for word in telling])
    score = weight + min(again - 1, 3) * 0.25
    if count == 1:
        return score + _alone(chunk, full[0], told=told)
    score += 1.25 if count < LONG else 1.1
    if not chunk.names:
        score += 0.15 if told else -0.15
    heads = full[:1] if language == "fr" else (full[0], full[-1])
    if chunk.names < 2 and any(head.low in lexicon("hashtag_roles") for head in heads):
        score -= 0.6
    if empty and not chunk.names and all(word.low in lexicon("hashtag_adjectives") for word in telling):
        score -= 0.4
    if not chunk.names and chunk.words[1].code == "P" and chunk.stems[0] in PEOPLE:
        score -= 0.5
    if chunk.names and full[-1].low in STREETS_AFTER:
        score -= 1.0
    score -= 0.25 if chunk.aside and not chunk.names else 0.0
    score += 0.5 if chunk.names else 0.0
    score += 0.3 if chunk.names > 1 else 0.0
    score += 0.1 if chunk.listed else 0.0
    # What is the day of, the night of, says as much as any other head.
    event = full[0].low in _EVENTS and chunk.words[1].code == "P"
    return score - 0.55 * (empty - event)


LONG = 4
_EVENTS = words(
    "journée journées nuit nuits soirée soirées matinée heure heures jour jours semaine semaines saison salle ligne "
    "week day night evening season moment"
)
#: What the same phrase gains each time it comes back.
AGAIN = 0.2


@lru_cache(maxsize=1)
def _known_empty() -> frozenset[str]:
    return lexicon("hashtag_empty") | _empty()


def _alone(chunk: Chunk, word: Word, *, told: bool) -> float:
    """What a single word is worth before it comes back."""
    if word.code == "W" or (word.text[0].isupper() and not word.begins):
        if _ACRONYM.match(word.text):
            return 1.1 if word.text not in _NO_SUBJECT else -5.0
        if word.low in lexicon("first_names") and word.low not in lexicon("places"):
            return -5.0
        return 1.35 if len(word.text) > 3 else 0.6
    if word.low in lexicon("places"):
        return 1.2
    if word.low in lexicon("hashtag_adjectives") or word.low in lexicon("hashtag_roles"):
        return -5.0
    if told:
        return THEME + (0.2 if chunk.listed else 0.0)
    if len(word.low) < 4:
        return 0.0
    score = (
        0.45 - (0.2 if chunk.aside else 0.0) + (0.5 if chunk.listed else 0.0) + (0.25 if len(word.low) >= 8 else 0.0)
    )
    score += 0.25 if "-" in word.low else 0.0
    return score - (0.15 if chunk.counted else 0.0)
