"""Numbers in words, French and English: the words they are made of, and what they add up to."""

from __future__ import annotations

import re

UNITS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9},
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19},
}
TENS = {
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70},
    **{"huitante": 80, "octante": 80, "nonante": 90, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40},
    **{"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
HUNDREDS = frozenset(["cent", "cents", "hundred"])
SCALES = {"mille": 1000, "thousand": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
SCALES |= {"billion": 10**9, "dozen": 12, "dozens": 12}
SCALES |= {"dizaines": 10, "douzaines": 12, "quinzaines": 15, "vingtaines": 20, "centaines": 100, "milliers": 1000}
#: Every word of a number, the longest first, as a pattern.
WORDS = "|".join(sorted({*UNITS, *TENS, *HUNDREDS, *SCALES}, key=len, reverse=True))
#: A number in words as a pattern: "trente", "quatre-vingt-dix", "two hundred and fifty"; never "un" or "one" first.
SPELLED_WORDS = (
    rf"(?!(?:une?|one|dozens?|million|milliard|billion|thousand|hundred|cents|millions|milliards|dizaines"
    rf"|douzaines|quinzaines"
    rf"|vingtaines|centaines|milliers)\b)(?:{WORDS})(?:(?:[ \u00a0\u202f-](?:et|and)[ \u00a0\u202f-]"
    rf"|[ \u00a0\u202f-])(?:{WORDS})(?![\w]))*"
)
_PART = re.compile(rf"(?P<joint>[ -]?\b(?:et|and)[ -]|[ -])?(?P<word>{WORDS})(?!\w)")


class Sum:
    """A number being said, word after word."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.said: list[str] = []

    def takes(self, word: str, joint: str) -> bool:
        """Add ``word`` when the number may go on with it."""
        if not self.said:
            return self._add(word)
        joined = joint.strip(" -")
        if joined == "et" and not (word in ("un", "une", "onze") and (self.group % 100) in (20, 30, 40, 50, 60, 70)):
            return False
        if joined == "and" and self.said[-1] not in ("hundred", "thousand", "million", "billion"):
            return False
        return self._add(word)

    def _add(self, word: str) -> bool:
        rest = self.group % 100
        if word in UNITS:
            value = UNITS[word]
            room = rest == 0 or (rest % 10 == 0 and rest >= 20 and value < 10) or (rest in (60, 80) and value < 20)
            room = (
                room
                or (rest == 10 and 7 <= value <= 9)
                or (rest in (70, 90) and self.said[-1:] == ["dix"] and value in (7, 8, 9))
            )
            if not room:
                return False
            self.group += value
        elif word in TENS:
            if rest == 4 and TENS[word] == 20 and self.said[-1:] == ["quatre"]:
                self.group += 76
            elif rest == 0:
                self.group += TENS[word]
            else:
                return False
        elif word in HUNDREDS:
            if self.group >= 20 or (self.said and self.group == 0):
                return False
            self.group = max(1, self.group) * 100
        else:
            scale = SCALES[word]
            if (self.said and not self.group) or self.total % scale or (self.total and self.total < scale):
                return False
            self.total += max(1, self.group) * scale
            self.group = 0
        self.said.append(word)
        return True


def spelled(written: str) -> tuple[int, int]:
    """The number that ends ``written`` (any case), which :data:`SPELLED_WORDS` matched, and where it begins there.

    "deux trois" is two numbers: the last is given.
    """
    low = written.lower().replace("\u00a0", " ").replace("\u202f", " ")
    said, begins = Sum(), 0
    for match in _PART.finditer(low):
        if said.said and not said.takes(match["word"], match["joint"] or ""):
            said = Sum()
        if not said.said:
            begins = match.start("word")
            said.takes(match["word"], "")
    return said.total + said.group, begins


def is_number_word(word: str) -> bool:
    """Whether ``word`` (any case) is one of the words numbers are made of."""
    return word.lower() in {*UNITS, *TENS, *HUNDREDS, *SCALES}
