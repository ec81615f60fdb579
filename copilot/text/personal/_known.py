"""The people of a thread, known in advance: their names and handles, whole, shortened or without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._span import PersonalSpan
from copilot.text.personal._words import Word, known

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PIECE = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[^\W\d_]+")
#: Written so in a handle rather than in a name.
_CODED = re.compile(r"[\d_.@]|[a-z][A-Z]")
_SHORTEST_PART = 3
_SHORTEST_PIECE = 4
#: "Will this be fixed?", "Rose ou bleu ?": a name that is a word, at the head of a sentence that uses the word.
_NOT_A_NAME = r"(?!\s+(?:you|u|it|this|that|they|the|there|we|any\w*|some\w*|my|your|ou|pâle|clair|foncé)\b)"


@lru_cache(maxsize=1)
def _flat_letters() -> dict[int, str]:
    """Each accented Latin letter and its bare one: as many characters before and after."""
    found = {ord("’"): "'", ord("‑"): "-"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0]
        if bare != chr(code):
            found[code] = bare
    return found


def flat(text: str) -> str:
    """``text`` without accents, character for character."""
    return text if text.isascii() else text.translate(_flat_letters())


class KnownPeople:
    """Finds the people of a thread in its texts."""

    def __init__(self, names: Iterable[str] = (), handles: Iterable[str] = ()) -> None:
        """Prepare to look for ``names`` as people show them, and ``handles`` with or without ``@``."""
        self._whole: dict[str, list[set[str]]] = {"PERSON": [set(), set()], "HANDLE": [set(), set()]}
        self._parts: dict[str, list[set[str]]] = {"PERSON": [set(), set()], "HANDLE": [set(), set()]}
        for name in names:
            self._learn(name.strip())
        for handle in handles:
            self._learn_handle(handle.strip().lstrip("@"))
        self._whole_patterns = _patterns(self._whole)
        self._part_patterns = _patterns(self._parts)

    def whole(self, text: str) -> Iterator[PersonalSpan]:
        """Where whole names and handles stand."""
        yield from _found(self._whole_patterns, text)

    def parts(self, text: str) -> Iterator[PersonalSpan]:
        """Where a part of one stands: a first name, a surname, a shortened handle."""
        yield from _found(self._part_patterns, text)

    def _learn(self, name: str) -> None:
        found = _WORD.findall(name)
        if (
            not found
            or len(name) < 2
            or (len(found) == 1 and known(found[0]) & Word.STOP and not known(found[0]) & Word.GIVEN)
        ):
            return
        if len(found) == 2 and all(known(word) & Word.STOP and not known(word) & Word.GIVEN for word in found):
            return
        if len(found) == 1 and _CODED.search(name):
            self._learn_handle(name)
            return
        civil = _is_person(name, found)
        kind = "PERSON" if civil or _is_shown_name(name) else "HANDLE"
        telling = len(found) > 2 or any(_is_rare(word) for word in found) or "&" in name
        # "pierre marchand" is nothing else than that person; "rose blanche", "jean noir" are.
        whole = telling or (len(found) > 1 and civil and known(found[0]) & Word.GIVEN and not _is_phrase(found))
        self._whole[kind][0 if whole else 1] |= {name, " ".join(found)}
        if len(found) > 1:
            for word in found:
                self._learn_part(kind, word, telling=civil or (telling and len(found) == 2))

    def _learn_part(self, kind: str, word: str, *, telling: bool) -> None:
        if len(word) < _SHORTEST_PART or (known(word) & Word.STOP and not known(word) & Word.GIVEN):
            return
        if word.casefold() in cues.TITLES | cues.PARTICLES | nouns.RELATIONS:
            return
        if _is_rare(word):
            self._parts[kind][0].add(word)
        elif telling or known(word) & Word.GIVEN:
            self._parts[kind][1] |= {word[0].upper() + word[1:], word.upper()}

    def _learn_handle(self, handle: str) -> None:
        if len(handle) < 2:
            return
        self._whole["HANDLE"][0 if len(handle) > _SHORTEST_PART else 1].add(handle)
        for piece in _PIECE.findall(handle):
            if len(piece) >= _SHORTEST_PIECE and _is_rare(piece):
                self._parts["HANDLE"][0].add(piece)
        letters = re.sub(r"[\W\d_]+$", "", handle)
        if letters != handle and len(letters) >= _SHORTEST_PIECE and _is_rare(letters):
            self._parts["HANDLE"][0].add(letters)


def _is_phrase(found: list[str]) -> bool:
    """True for a name that is also a thing and what it is like: "Rose Blanche", "Olive Green"."""
    return bool(known(found[0]) & Word.ORDINARY) and any(word.casefold() in nouns.LIKE for word in found[1:])


def _is_rare(word: str) -> bool:
    """True for a word that is nothing but a name: no ordinary word, place or brand."""
    return not known(word) & ~Word.GIVEN or any(sign.isdigit() or sign == "_" for sign in word)


def _is_shown_name(name: str) -> bool:
    """True for what people show rather than log in with: several words, or a capital."""
    return len(name.split()) > 1 or (name != name.lower() and not _CODED.search(name))


def _is_person(name: str, found: list[str]) -> bool:
    """True for what looks like a civil name rather than a nickname."""
    if any(sign.isdigit() or sign in "_@&" for sign in name) or len(found) > 4:
        return False
    named = known(found[0]) & Word.GIVEN and len(found) > 1 and not known(found[-1]) & Word.ORDINARY
    if named and found[0][0].isupper() and found[-1][0].isupper() and found[0].casefold() not in nouns.RELATIONS:
        return True
    if not all(word[0].isupper() or word.casefold() in cues.PARTICLES - {"le", "la", "du"} for word in found):
        return False
    if found[0].casefold() in nouns.RELATIONS or (len(found) > 1 and found[0].casefold() in cues.PARTICLES):
        return False
    if known(found[0]) & Word.GIVEN:
        return True
    if any(known(word) & Word.GIVEN for word in found):
        return not any(known(word) & Word.ORDINARY for word in found)
    rare = all(not known(word) for word in found)
    return rare and len(found) > 1


def _patterns(entries: dict[str, list[set[str]]]) -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for kind, (any_case, as_written) in entries.items():
        for words, flags, guard in ((any_case, re.IGNORECASE, ""), (as_written, 0, _NOT_A_NAME)):
            ordered = sorted({flat(word) for word in words if word}, key=lambda word: (-len(word), word))
            if ordered:
                pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w){guard}"
                found.append((kind, re.compile(pattern, flags)))
    return found


def _found(patterns: list[tuple[str, re.Pattern[str]]], text: str) -> Iterator[PersonalSpan]:
    if patterns:
        plain = flat(text)
        for kind, pattern in patterns:
            for match in pattern.finditer(plain):
                yield PersonalSpan(kind, *match.span())
