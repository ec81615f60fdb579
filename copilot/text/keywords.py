"""Key phrases of a text: whole noun phrases, scored by how much their words hang together (RAKE)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot.text.facts.dates import MONTHS, WEEKDAYS
from copilot.text.lexicons import folded, lexicon, stop_words, words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, verbatim: ``text == source[start:end]``. ``score`` grows with its weight in the source."""

    text: str
    score: float
    start: int
    end: int


# Only the beginning of a very long text is read: key phrases of a book are no hashtags.
_READ = 200_000
_LONGEST = 4
_NOISE = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,2000}|[@#＃]\w+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}(?:/\S{0,2000})?"
)
_TOKEN = re.compile(
    r"(?P<elision>(?:[dljmtscnDLJMTSCN]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’](?=\w))"
    r"|(?P<number>\d[\w.,:/%€$£]*)|(?P<word>[^\W\d_][\w]*(?:[-‑][^\W_]\w*|['’][^\W_]\w*)*)"
)
_CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)
_SPACES = frozenset(["", " ", "\u00a0", "\u202f"])
_LINKERS = {"fr": words("de du des d' à au aux en"), "en": words("of")}
# A linker may be followed by an article: "salon de la mobilité".
_ARTICLES = words("la le les l'")
_VERB_ENDINGS = {
    "fr": re.compile(r"(?:ez|aient|issent|erons|eront|erez|erai|era|ait)$"),
    "en": re.compile(r"n['’]t$"),
}
_NOT_VERBS = words(
    "nez rez opéra caméra agora lait trait portrait retrait extrait attrait forfait parfait souhait bienfait environs"
)
# What follows one of them is a verb, whatever its ending.
_SUBJECTS = words("je j' tu il elle on nous vous ils elles qui ne n' i you he she we they who to")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    low: str
    start: int
    end: int
    joined: bool

    @property
    def key(self) -> str:
        return self.low.replace("’", "'")


def phrases(text: str, language: str, limit: int = 20) -> tuple[Phrase, ...]:
    """The key phrases of ``text``, best first, at most ``limit``, each once whatever its case.

    A phrase holds at most four full words; French linkers (de, du, à, en) may stand inside, never at an end.
    It neither begins nor ends with a stop word, a number or a form that reads as a conjugated verb.

    Args:
        text: any text; its first 200,000 characters are read. Links, mentions and hashtags are skipped.
        language: ``fr`` or ``en``; any other code is read with the words of both.
        limit: how many phrases to return.
    """
    source = _NOISE.sub(lambda match: "\n" * len(match.group()), text[:_READ])
    candidates = [found for run in _runs(source, language) for found in _candidates(run, language)]
    weights = _weights(candidates, language)
    best: dict[str, Phrase] = {}
    counts: Counter[str] = Counter()
    for candidate in candidates:
        start, end = candidate[0].start, candidate[-1].end
        shown = text[start:end]
        key = folded(shown)
        counts[key] += 1
        if key not in best:
            best[key] = Phrase(shown, _score(candidate, weights, language), start, end)
    scored = [
        Phrase(found.text, round(found.score * (1 + 0.5 * min(counts[key] - 1, 4)), 3), found.start, found.end)
        for key, found in best.items()
    ]
    return tuple(sorted(scored, key=lambda found: (-found.score, found.start))[:limit])


def _words(text: str) -> Iterator[_Word]:
    position = 0
    for match in _TOKEN.finditer(text):
        joined = text[position : match.start()] in _SPACES
        yield _Word(match.group(), match.group().casefold(), match.start(), match.end(), joined and position > 0)
        position = match.end()


def _linkers(language: str) -> frozenset[str]:
    return _LINKERS.get(language, _LINKERS["fr"] | _LINKERS["en"])


def _reads_as_verb(word: _Word, language: str) -> bool:
    """True for a form that is most often a conjugated verb or an imperative."""
    if word.text[0].isupper() and word.joined:
        return False
    low = word.key
    if low in lexicon("verbs"):
        return True
    base = low.partition("-")[0]
    if base != low and low.rpartition("-")[2] in ("vous", "toi", "nous", "moi"):
        return True
    pattern = _VERB_ENDINGS["en" if language == "en" else "fr"]
    return bool(pattern.search(low)) and low not in _NOT_VERBS


def _full(word: _Word, language: str) -> bool:
    """True for a word that may be part of a phrase by itself."""
    if word.text[0].isdigit() or word.text[-1] in "'’" or (len(word.text) < 3 and not word.text[0].isupper()):
        return False
    if word.key in stop_words(language) or (language == "fr" and word.key in stop_words("fr")):
        return False
    return not _reads_as_verb(word, language)


def _runs(text: str, language: str) -> Iterator[list[_Word]]:
    """Longest stretches of full words and linkers on one line, without punctuation inside."""
    linkers = _linkers(language)
    run: list[_Word] = []
    before = ""
    for word in _words(text):
        acts = word.joined and before in _SUBJECTS and not word.text[0].isupper()
        before = word.key
        inside = word.joined and bool(run)
        link = word.key in linkers or (bool(run) and word.key in _ARTICLES and run[-1].key in ("de", "à", "of"))
        if not inside:
            yield run
            run = []
        if (_full(word, language) and not acts) or (link and run) or (run and _names_a_model(word, run)):
            run.append(word)
        else:
            yield run
            run = []
    yield run


def _names_a_model(word: _Word, run: list[_Word]) -> bool:
    """A short number after a capitalised word belongs to it: ``City 2``."""
    return word.text.isdigit() and len(word.text) <= 4 and run[-1].text[0].isupper()


def _is_link(word: _Word, language: str) -> bool:
    return word.key in _linkers(language) or word.key in _ARTICLES


def _candidates(run: list[_Word], language: str) -> Iterator[list[_Word]]:
    """The phrases of a run: cut at the places that keep each part whole and short enough."""
    for part in _parts(run, language):
        while part and _is_link(part[-1], language):
            part.pop()
        while part and (_is_link(part[0], language) or part[0].text[0].isdigit()):
            part.pop(0)
        if len(part) > 1 or (part and len(part[0].text) > 3 and part[0].key not in _CALENDAR):
            yield part


def _parts(run: list[_Word], language: str) -> Iterator[list[_Word]]:
    part: list[_Word] = []
    full = 0
    for word in run:
        link = _is_link(word, language)
        if full >= _LONGEST or (link and full >= _LONGEST - 1):
            yield part
            part, full = [], 0
        part.append(word)
        full += not link
    yield part


def _weights(candidates: Sequence[list[_Word]], language: str) -> dict[str, float]:
    """RAKE: degree of each full word (the words it stands with) over its frequency."""
    frequency: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    for candidate in candidates:
        full = [word for word in candidate if not _is_link(word, language)]
        for word in full:
            frequency[word.key] += 1
            degree[word.key] += len(full)
    return {key: degree[key] / frequency[key] for key in frequency}


def _score(candidate: list[_Word], weights: dict[str, float], language: str) -> float:
    full = [word for word in candidate if not _is_link(word, language)]
    named = sum(1 for word in full if word.text[0].isupper() and word.joined)
    return sum(weights[word.key] for word in full) + named
