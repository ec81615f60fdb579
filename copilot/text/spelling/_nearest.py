"""The words somebody may have meant, the likeliest first: cheap, without a process, good for one slip a word.

Accents, doubled letters, apostrophes and hyphens cost nothing to look for (words that differ in them only share a key,
see ``_forms``); one letter more, less, other or swapped is tried on top of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.lexicons import words
from copilot.text.spelling._forms import PREFIX, Forms, key

#: A candidate further away is no fix. The unit: one letter taken for any other.
FURTHEST = 1.05
#: The second candidate must be that much further away than the first.
CLEARLY = 0.24
#: A candidate so near that nothing further is looked for.
PLAIN = 0.5
#: Candidates weighed for a word.
MOST = 80
#: How much nearer a frequent word is.
FREQUENT = 0.4

_LETTERS = [bytes([code]) for code in b"abcdefghijklmnopqrstuvwxyz"]
# Rarely is the first letter wrong; these are heard alike.
_FIRST = {
    b"k": b"cq",
    b"c": b"kqs",
    b"q": b"kc",
    b"s": b"c",
    b"f": b"p",
    b"i": b"y",
    b"y": b"i",
    b"e": b"ai",
    b"a": b"eo",
}
_ELIDED = {
    "fr": ("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"),
    "en": (),
}
_AFTER_C = frozenset({"est", "était", "étaient", "en", "eût", "étant"})
_BARE = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")
_HEARD_ALIKE = frozenset(
    frozenset(pair) for pair in words("sc sz ck cq kq iy gj mn ea ei ae ao ou vf td pb xs ct oa sx")
)
_KEYBOARD = {
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
_BOOKISH = re.compile(r"(?:[âîû](?:mes|tes|t)|èrent|[aiu]ss(?:e|es|ions|iez|ent)|iez|ions)$")


def ranked(word: str, forms: Forms, language: str) -> list[tuple[float, str]]:
    """The forms that ``word`` (small letters) may stand for, with how far each is, nearest first."""
    its_key = key(word)
    if not its_key:
        return []
    weighed = dict[str, float]()
    for other, weight in _joined(word, forms, language):
        weighed[other] = min(weight, weighed.get(other, weight))
    # Each step looks into more buckets; most slips are mended by the first ones.
    for near in ((its_key,), _edits(its_key, PREFIX, len(its_key) + 1), _edits(its_key, 0, PREFIX)):
        for one in dict.fromkeys(near):
            for other in forms.alike(one):
                if other not in weighed and len(weighed) < MOST:
                    weighed[other] = _weight(word, other, forms, language)
        found = sorted((weight, other) for other, weight in weighed.items())
        if found and found[0][0] <= PLAIN and clear(found):
            break
    return found


def clear(weighed: list[tuple[float, str]]) -> str | None:
    """The one that stands out, when one does."""
    if not weighed or weighed[0][0] > FURTHEST:
        return None
    if len(weighed) > 1 and weighed[1][0] - weighed[0][0] < CLEARLY:
        return None
    return weighed[0][1]


def _edits(its_key: bytes, first: int, last: int) -> Iterator[bytes]:
    """Keys one letter away, changed from place ``first`` up to ``last``."""
    for place in range(first, min(last, len(its_key) + 1)):
        head, tail = its_key[:place], its_key[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1:2] + tail[:1] + tail[2:]
        letters = _LETTERS if place else [bytes([code]) for code in _FIRST.get(tail[:1], b"")]
        for letter in letters:
            yield head + letter + tail[1:]
            if place:
                yield head + letter + tail
        if not place:
            yield b"h" + its_key


def _joined(word: str, forms: Forms, language: str) -> Iterator[tuple[str, float]]:
    """Two words written as one: a lost apostrophe or a lost space."""
    for elided in _ELIDED[language]:
        rest = word[len(elided) :]
        if word.startswith(elided) and len(rest) > 1 and rest[0].translate(_BARE) in "aeiouhyœ":
            for whole in (rest, *forms.alike(key(rest))):
                if whole in forms.common and (elided != "c" or whole in _AFTER_C):
                    yield f"{elided}'{whole}", 0.1 + _distance(rest, whole, language)
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if len(first) + len(second) >= 6 and first in forms.common and second in forms.common:
            yield f"{first} {second}", 0.7 if min(len(first), len(second)) > 2 else 1.0


def _weight(word: str, other: str, forms: Forms, language: str) -> float:
    plain = other.lower()
    weight = _distance(word, plain, language)
    if other in forms.common:
        weight -= FREQUENT
    if word[-3:].translate(_BARE) == plain[-3:].translate(_BARE):
        weight -= 0.15
    if word.isascii():
        # Whoever types no accent leaves out two as easily as one: "presente" is "présente" or "présenté".
        weight -= 0.25 * max(sum(not letter.isascii() for letter in plain.replace("œ", "oe")) - 1, 0)
    if word.endswith("ment") and not plain.endswith(("ment", "ments")):
        weight += 0.3
    if other != plain:
        weight += 0.5
    if language == "fr" and _BOOKISH.search(plain):
        weight += 0.25
    return weight


def _distance(word: str, other: str, language: str) -> float:
    """How far ``other`` is from ``word``: letters changed, each by how easily it is."""
    word, other = word.replace("œ", "oe"), other.replace("œ", "oe")
    before: list[float] = []
    row = [0.0]
    for letter, previous in zip(other, " " + other, strict=False):
        row.append(row[-1] + _missed(letter, previous))
    for index, typed in enumerate(word):
        last = word[index - 1] if index else " "
        now = [row[0] + _added(typed, last)]
        for place, meant in enumerate(other):
            best = min(
                row[place] + _changed(typed, meant, language),
                row[place + 1] + _added(typed, last),
                now[place] + _missed(meant, other[place - 1] if place else " "),
            )
            if index and place and typed == other[place - 1] and last == meant and typed != meant:
                best = min(best, before[place - 1] + 0.6)
            now.append(best)
        before, row = row, now
    return row[-1] + (0.5 if word[:1].translate(_BARE) != other[:1].translate(_BARE) else 0.0)


def _missed(letter: str, previous: str) -> float:
    if letter == previous:
        return 0.35
    return 0.3 if letter in "'-" else 0.75 if letter in "ehu" else 0.85


def _added(letter: str, previous: str) -> float:
    if letter == previous:
        return 0.35
    return 0.4 if letter in "'-" else 0.85


def _changed(typed: str, meant: str, language: str) -> float:
    if typed == meant:
        return 0.0
    bare, wanted = typed.translate(_BARE), meant.translate(_BARE)
    if bare == wanted:
        # An accent left out is commoner than one too many.
        return 0.25 if typed == bare else 0.3
    if frozenset((bare, wanted)) in _HEARD_ALIKE:
        return 0.75
    return 0.8 if any(bare + wanted in line or wanted + bare in line for line in _KEYBOARD[language]) else 1.0
