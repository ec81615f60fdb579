"""Numbers in words, French and English, and the few phrases that hide one (``une demi-heure``, ``half price``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9},
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19},
}
_TENS = {
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70},
    **{"huitante": 80, "octante": 80, "nonante": 90, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40},
    **{"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
_HUNDREDS = frozenset(["cent", "cents", "hundred"])
_SCALES = {"mille": 1000, "thousand": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_SCALES |= {"billion": 10**9, "dozen": 12}
_ALL = sorted({*_UNITS, *_TENS, *_HUNDREDS, *_SCALES}, key=len, reverse=True)
_WORD = "|".join(_ALL)
_RUN = re.compile(
    rf"(?<![\w'-])(?:(?:d|l|qu|s)')?(?P<run>(?:{_WORD})(?:(?:[ -]et[ -]|[ -]and[ -]|[ -])(?:{_WORD}))*)(?![\w])"
)
_PIECE = re.compile(rf"(?P<joint>[ -]et[ -]|[ -]and[ -]|[ -])?(?P<word>{_WORD})(?!\w)")

_MONTH = (
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december"
)
_TIME_UNIT = r"heures?|hours?|minutes?|jours?|jour|days?|semaines?|weeks?|mois|months?|ans?|annees?|years?|journees?"
#: What makes an article a number: "dans une semaine", "within a week", "garanti un an".
_ARTICLE = re.compile(
    r"(?:(?<!\w)(?:within|in|for|around|about|takes?|lasts?|under|after|over|than|to|minimum|maximum|every|the first"
    r"|sous|en|pendant|durant|dans|de|d'ici|environ|prend|dure|pour|apres|avant|a|prochains?|every|offre|offert|et"
    r"|garantie?s?|guaranteed?|warranty)\s|(?<!\w)d'|until |before |up to |at least |au moins |jusqu'a |par |once )$"
)
_ONE = re.compile(
    r"(?<![\w-])(?:an?|une?|one)[ -](?=(?:heure|hour|jour|day|semaine|week|mois|month|ans?|annee|year)(?![\w-]))"
)
_LOOSE = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<half_hour>(?:une )?demi[- ]heure|half an hour|half[- ]hour)"
    r"|(?P<three_quarters_hour>(?:trois|3) quarts d'heure|three quarters of an hour)"
    r"|(?P<quarter_hour>(?:un )?quart d'heure|(?:a )?quarter of an hour)"
    r"|(?P<half_day>(?:une )?demi[- ]journee|half a day|half[- ]day)"
    r"|(?P<half_dozen>(?:une )?demi[- ]douzaine(?: d(?:e |'))?|half a dozen)"
    r"|(?P<half_price>(?:a )?moitie[- ]prix|demi[- ]tarif|half[- ]price|half off)"
    r"|(?P<two_thirds>(?:deux|2)[- ]tiers|two[- ]thirds)"
    r"|(?P<three_quarters>trois[- ]quarts|three[- ]quarters)"
    r"|(?P<fortnight>(?:a |one )?fortnight)"
    r"|(?P<eight_days>(?:une )?huitaine(?: de jours)?)"
    r"|(?P<fifteen_days>(?:une )?quinzaine(?: de jours)?(?! d))"
    r"|(?P<about>une (?:petite |bonne )?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine"
    r"|soixantaine|centaine)|un millier|a dozen|a hundred|a thousand|a million)(?P<of> d(?:e |'))?"
    r")(?![\w])"
)
_LOOSE_VALUES = {
    **{"half_hour": "30 minutes", "three_quarters_hour": "45 minutes", "quarter_hour": "15 minutes"},
    **{"half_day": "0.5 jours", "half_dozen": "6 ", "half_price": "50 %", "two_thirds": "66.67 %"},
    **{"three_quarters": "75 %", "fortnight": "14 days", "eight_days": "8 jours", "fifteen_days": "15 jours"},
}
_ABOUT = {
    **{"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40},
    **{"cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "dozen": 12, "hundred": 100},
    **{"thousand": 1000, "million": 10**6},
}
#: Before these, a number word is a manner of speaking.
_IDIOM_AFTER = re.compile(
    r" (?:mots?\b|morceaux\b|feuilles?\b|raisons\b|idees\b|couleurs\b|pas\b|secondes?\b|minutes? (?:pour|top)"
    r"|mercis?\b|excuses\b|pardons?\b|bravos?\b|baisers?\b|bises\b"
    r"|bisous\b|fois (?:merci|bravo|oui|rien|plus|moins|mieux)|coins\b|doigts de|quatre matins|thanks\b|apologies\b"
    r"|cents on|sorry\b|times (?:over|sorry)|ou trois\b|or three\b|yeux\b|temps\b|mains\b|tours de|roues\b(?! motrices)"
    r"|saisons\b(?= pizza)|petits? mots|words?\b|quarts\b)"
)
#: "four 180°" is an oven.
_OVEN = re.compile(r" (?:a )?\d")
_NEUF_AFTER = re.compile(rf" (?:{_MONTH}|{_TIME_UNIT}|euros?|cent|mille|millions?|h\b|pour cent|[a-z]{{3,}}[sx]\b)")
_ORDINALS = {"premier": "1", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
_ORDINALS |= {"seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12"}
_ORDINALS |= {"thirteenth": "13", "fourteenth": "14", "fifteenth": "15", "sixteenth": "16", "seventeenth": "17"}
_ORDINALS |= {"eighteenth": "18", "nineteenth": "19", "twentieth": "20", "thirtieth": "30"}
_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<tens>twenty|thirty)[- ])?(?P<rank>{'|'.join(_ORDINALS)})(?=(?: of)? (?:{_MONTH})\b)"
)
_MONTH_ORDINAL = re.compile(
    rf"(?<!\w)(?:{_MONTH}) (?:the )?(?:(?P<tens>twenty|thirty)[- ])?(?P<rank>{'|'.join(_ORDINALS)})(?!\w)"
)

_BIGGEST = 10**15


def rewrites(low: str) -> Iterator[tuple[int, int, str]]:
    """Spans of ``low`` (lower case, no accents) that say a number in words, with its digits; in order, apart."""
    end = 0
    for start, stop, written in sorted(_found(low)):
        if start >= end:
            yield start, stop, written
            end = stop


def _found(low: str) -> Iterator[tuple[int, int, str]]:
    for match in _LOOSE.finditer(low):
        kind = match.lastgroup or ""
        if match["about"]:
            if low.endswith(("thanks ", "merci "), 0, match.start()):
                continue
            name = match["about"].rpartition(" ")[2]
            stop = match.end("of") if match["of"] else match.end("about")
            yield match.start(), stop, f"{_ABOUT[name]}{' ' if match['of'] else ''}"
        else:
            yield match.start(), match.end(), _LOOSE_VALUES[kind]
    for pattern in (_ORDINAL, _MONTH_ORDINAL):
        for match in pattern.finditer(low):
            tens = {"twenty": 20, "thirty": 30}.get(match["tens"] or "", 0)
            start = match.start("tens") if match["tens"] else match.start("rank")
            yield start, match.end("rank"), str(tens + int(_ORDINALS[match["rank"]]))
    for match in _ONE.finditer(low):
        if _ARTICLE.search(low[max(0, match.start() - 16) : match.start()]):
            yield match.start(), match.end() - 1, "1"
    for match in _RUN.finditer(low):
        yield from _numbers(low, match.start("run"), match.end("run"))


class _Sum:
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
        if word in _UNITS:
            value = _UNITS[word]
            room = rest == 0 or (rest % 10 == 0 and rest >= 20 and value < 10) or (rest in (60, 80) and value < 20)
            room = (
                room
                or (rest == 10 and 7 <= value <= 9)
                or (rest in (70, 90) and self.said[-1:] == ["dix"] and value in (7, 8, 9))
            )
            if not room:
                return False
            self.group += value
        elif word in _TENS:
            if rest == 4 and _TENS[word] == 20 and self.said[-1:] == ["quatre"]:
                self.group += 76
            elif rest == 0:
                self.group += _TENS[word]
            else:
                return False
        elif word in _HUNDREDS:
            if self.group >= 20 or (self.said and self.group == 0):
                return False
            self.group = max(1, self.group) * 100
        else:
            scale = _SCALES[word]
            if (self.said and not self.group) or self.total % scale or (self.total and self.total < scale):
                return False
            self.total += max(1, self.group) * scale
            self.group = 0
        self.said.append(word)
        return True


def _numbers(low: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The numbers of a run of number words: "deux trois" is two of them."""
    current, first, last = _Sum(), start, start
    for match in _PIECE.finditer(low, start, end):
        if current.said and not current.takes(match["word"], match["joint"] or ""):
            yield from _kept(low, first, last, current)
            current = _Sum()
        if not current.said:
            first = match.start("word")
            current.takes(match["word"], "")
        last = match.end()
    yield from _kept(low, first, last, current)


def _kept(low: str, start: int, end: int, said: _Sum) -> Iterator[tuple[int, int, str]]:
    value = said.total + said.group
    if not said.said or (
        said.said[0] in _HUNDREDS and re.search(r"(?:\b(?:pour|per)[ -]|\d )$", low[max(0, start - 5) : start])
    ):
        return
    if len(said.said) == 1 and not _means_a_number(low, start, end, said.said[0]):
        return
    if value <= _BIGGEST:
        yield start, end, str(value)


def _means_a_number(low: str, start: int, end: int, word: str) -> bool:
    if value_of_article(word) or word in (
        "million",
        "millions",
        "milliard",
        "milliards",
        "billion",
        "hundred",
        "thousand",
        "cents",
        "dozen",
    ):
        return False
    if word == "sept" and re.search(r"\d{1,2}(?:er)? $", low[max(0, start - 6) : start]):
        return False
    if word == "four" and _OVEN.match(low, end):
        return False
    if word == "neuf":
        return bool(_NEUF_AFTER.match(low, end))
    return not _IDIOM_AFTER.match(low, end)


def value_of_article(word: str) -> bool:
    """True for a word that is an article more often than a number."""
    return word in ("un", "une", "one")
