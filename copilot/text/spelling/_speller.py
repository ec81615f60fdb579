"""Knows the words of one language, and which of a text's it does not know."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from copilot.paths import assets_dir
from copilot.text.lexicons import lexicon
from copilot.text.spelling import _nearest
from copilot.text.spelling._forms import Forms, key
from copilot.text.spelling._pieces import Piece, sentences

LANGUAGES = ("fr", "en")
#: Misspelled words told of a text; whoever mends these sees the next ones.
MOST = 100
#: Unknown words weighed in a text: a hostile one is made of nothing else.
MOST_WEIGHED = 400

_OTHER = {"fr": "en", "en": "fr"}
# "trooop", "pfff": on purpose; a consonant held down inside a word is a slip.
_DRAWN = re.compile(r"([aeiouyàâéèêëîïôöùûü])\1\1|(.)\2\2(?:\2|$)", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLCDM]+(?:e|er|ère|ème|es|nd|de)?")
_LIGATURES = (("oe", "œ"), ("Oe", "Œ"), ("OE", "Œ"), ("ae", "æ"))
_CIRCUMFLEX = {"i": "î", "u": "û"}
_CAPITALS_WITHOUT_ACCENT = str.maketrans("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ", "AAACEEEEIIOOUUU")


class Speller:
    """The words of ``language``. Reading them takes about 0.1 s."""

    def __init__(self, language: str) -> None:
        """Read the forms of ``language`` and those of the other one, to tell a foreign word from a slip.

        Raises:
            KeyError: a language without dictionary.
            OSError: a shipped file is missing.
        """
        self.language = language
        self.forms = _forms(language)
        self._other = _forms(_OTHER[language])
        self._known = lexicon(f"spelling_known.{language}")
        self._known_elsewhere = lexicon(f"spelling_known.{_OTHER[language]}")
        self._names = lexicon("first_names") | lexicon("places")
        self._usual = dict(line.split("=", 1) for line in lexicon(f"spelling_usual.{language}"))
        markers = [lexicon(f"markers.{code}") for code in ("de", "es", "it", "nl", "pt")]
        self._markers = frozenset().union(*markers)
        self._fix = lru_cache(maxsize=2048)(self._find_fix)
        self._ranked = lru_cache(maxsize=512)(self._rank)

    def knows(self, word: str) -> bool:
        """True when ``word`` (NFC, ``'`` and ``-``), alone, is right in whatever case it may be written."""
        if word in self._usual:
            return False
        if any(variant in self.forms for variant in _cases(word)) or word.casefold() in self._known:
            return True
        joined = _with_ligatures(word)
        return joined != word and any(variant in self.forms for variant in _cases(joined))

    def fix(self, word: str) -> str | None:
        """What to put in place of ``word`` when one candidate stands out, cased as ``word``."""
        return self._fix(word)

    def is_sure(self, word: str) -> bool:
        """True when :meth:`fix` is a frequent word, or ``word`` but for accents and doubled letters."""
        fix = self.fix(word)
        if fix is None or fix.lower() == word.lower():
            return False
        if key(fix) == key(word) or "'" in fix or " " in fix:
            return True
        # Short words are near many others: "toml" is no "tool".
        return len(word) >= 5 and self._is_frequent(fix)

    def near(self, word: str, most: int = 5) -> tuple[str, ...]:
        """The likeliest words for ``word``, best first: what a menu shows at once."""
        usual = self._usual.get(word.lower())
        found = [usual] if usual else []
        found += [other for weight, other in self._ranked(word.lower()) if weight <= 2.0]
        return tuple(dict.fromkeys(_cased(other, word) for other in found))[:most]

    def misspelled(self, text: str, known: Collection[str] = ()) -> list[tuple[int, int, str]]:
        """Where words stand that are neither in the dictionary nor in ``known``: (start, end, word), in order."""
        vouched = frozenset(word.casefold() for word in known)
        found: list[tuple[int, int, str]] = []
        weighed = 0
        for pieces in sentences(text, self.language, self.knows, self.forms.begins):
            doubtful = [place for place, piece in enumerate(pieces) if not self._is_fine(piece, vouched)]
            if not doubtful or self._is_foreign(pieces, [pieces[place] for place in doubtful]):
                continue
            for place in doubtful:
                weighed += 1
                if weighed > MOST_WEIGHED or len(found) >= MOST:
                    return found
                piece = pieces[place]
                around = pieces[max(place - 1, 0) : place + 2]
                if self._is_slip(piece, [one.word for one in around if one is not piece]):
                    found.append((piece.start, piece.end, piece.word))
        return found

    def _is_fine(self, piece: Piece, vouched: frozenset[str]) -> bool:
        word = piece.word
        if piece.right or len(word) < 2 or (len(word) <= 3 and word.isupper()):
            return True
        small = word.casefold()
        if small in vouched or small.removesuffix("s") in vouched or small.removesuffix("'s") in vouched:
            return True
        return word[0].isupper() and small in self._names

    def _is_foreign(self, pieces: list[Piece], doubtful: list[Piece]) -> bool:
        """True when the sentence is in another language: no business of this dictionary."""
        if len(pieces) < 3 or len(doubtful) < 2:
            return False
        english = sum(self._is_elsewhere(piece.word) for piece in doubtful)
        if english >= 2 and english * 3 >= len(pieces):
            return sum(self._is_elsewhere(piece.word) for piece in pieces) * 2 >= len(pieces)
        marked = {piece.word.lower() for piece in doubtful} & self._markers
        return len(marked) >= 2 and len(doubtful) * 2 >= len(pieces)

    def _is_elsewhere(self, word: str) -> bool:
        return any(variant in self._other for variant in _cases(word)) or word.casefold() in self._known_elsewhere

    def _is_slip(self, piece: Piece, beside: list[str]) -> bool:
        word = piece.word
        if _DRAWN.search(word) or not key(word) or _ROMAN.fullmatch(word):
            return False
        if word.lower() in self._usual:
            return True
        # "qqn", "tjrs", "csv": shortened on purpose.
        if len(word) <= 4 and not _VOWEL.search(word):
            return False
        if word.isupper():
            return self._is_slip_in_capitals(word)
        if word[1:] != word[1:].lower():
            return False
        if word[0].isupper():
            return self._is_slip_of_a_name(piece)
        if self._is_elsewhere(word):
            return self._is_slip_not_borrowed(word, beside)
        return True

    def _is_slip_in_capitals(self, word: str) -> bool:
        """Capitals are acronyms, brands, or words whose accents are left out: only a plain slip counts."""
        fix = self.fix(word) if len(word) >= 7 else None
        return (
            fix is not None
            and self._is_frequent(fix)
            and fix.translate(_CAPITALS_WITHOUT_ACCENT) != word.translate(_CAPITALS_WITHOUT_ACCENT)
        )

    def _is_slip_of_a_name(self, piece: Piece) -> bool:
        """A capital makes it a name, but where it is the plain misspelling of a frequent word."""
        word = piece.word
        if len(word) < (5 if piece.opens else 7):
            return False
        fix = self.fix(word)
        if fix is None or not self._is_frequent(fix):
            return False
        # "Etat", "Ecole": a capital without its accent is a matter of typography.
        return word != fix[:1].translate(_CAPITALS_WITHOUT_ACCENT) + fix[1:]

    def _is_slip_not_borrowed(self, word: str, beside: list[str]) -> bool:
        """A word of the other language is borrowed, unless it only lacks an accent or a doubled letter."""
        if any(not self.knows(one) and self._is_elsewhere(one) for one in beside):
            return False
        nearest = self._ranked(word)[:1] if len(word) >= 5 else []
        return any(self._is_frequent(near) and key(near) == key(word) for _weight, near in nearest)

    def _is_frequent(self, word: str) -> bool:
        return word.lower() in self.forms.common or word.lower() in self._usual.values()

    def _find_fix(self, word: str) -> str | None:
        usual = self._usual.get(word.lower())
        fix = usual or _nearest.clear(self._ranked(word.lower()))
        return _cased(fix, word) if fix else None

    def _rank(self, word: str) -> list[tuple[float, str]]:
        return _nearest.ranked(word, self.forms, self.language)

    def is_reformed(self, word: str) -> bool:
        """True for the French spelling of 1990 that only leaves a circumflex out: ``connaitre``, ``aout``."""
        if self.language != "fr":
            return False
        small = word.lower()
        return any(
            letter in _CIRCUMFLEX and self.knows(small[:place] + _CIRCUMFLEX[letter] + small[place + 1 :])
            for place, letter in enumerate(small)
        )


@lru_cache(maxsize=2)
def _forms(language: str) -> Forms:
    return Forms.of(assets_dir() / "dictionaries" / f"{language}.forms.xz")


def _cases(word: str) -> tuple[str, ...]:
    """``word`` in the cases it may have in a dictionary, given the one it is written in."""
    small = word.lower()
    if small == word:
        return (word,)
    first = word[:1] + small[1:]
    if word.isupper():
        return (small, word, "-".join(part.capitalize() for part in small.split("-")), first)
    return (small, word) if word[1:] == small[1:] else (word,)


def _cased(fix: str, word: str) -> str:
    """``fix`` in capitals, or with one, when ``word`` is."""
    if len(word) > 1 and word.isupper():
        return fix.upper()
    return fix[:1].upper() + fix[1:] if word[:1].isupper() else fix


def _with_ligatures(word: str) -> str:
    """``word`` with œ and æ, which keyboards lack."""
    for letters, ligature in _LIGATURES:
        word = word.replace(letters, ligature)
    return word
