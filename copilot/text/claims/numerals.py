"""Numbers in words, French and English, and the few phrases that hide one (``une demi-heure``, ``half price``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.facts.spelled import HUNDREDS, TENS, UNITS, WORDS, Sum

_WORD = WORDS
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
    r"|(?P<one_half>(?:une?|an?|one) (?P<unit>kilo|litre|metre|tonne|heure|hour|day|an|annee|year|mois|month"
    r"|semaine|week|mile)"
    r"(?: et demie?| and a half))"
    r"|(?P<and_half>one and a half)(?= [a-z]{3})"
    r"|(?P<so_many>two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|twenty)(?P<and_halves> and a half)(?= [a-z]{2})"
    r"|(?P<half_million>half a million|(?:un )?demi[- ]million)"
    r"|(?P<half_kilo>half a kilo|(?:un )?demi[- ]kilo)"
    r"|(?P<about>une (?:petite |bonne )?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine"
    r"|soixantaine|centaine)|un millier|a dozen|a hundred|a thousand|a million)(?P<of> d(?:e |'))?"
    r")(?![\w])"
)
_LOOSE_VALUES = {
    **{"half_hour": "30 minutes", "three_quarters_hour": "45 minutes", "quarter_hour": "15 minutes"},
    **{"half_day": "0.5 jours", "half_dozen": "6 ", "half_price": "50 %", "two_thirds": "66.67 %"},
    **{"and_half": "1.5", "half_million": "500000", "half_kilo": "0.5 kg"},
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
    r"|cents on|sorry\b|times (?:over|sorry)|ou trois\b|or three\b|yeux\b|temps\b|mains\b|tours de"
    r"|roues\b(?! motrices)|wheels\b(?! drive)"
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
    for start, stop, written in sorted(_found(low), key=lambda one: (one[0], -one[1])):
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
        elif match["so_many"]:
            yield match.start(), match.end(), f"{(UNITS | TENS)[match['so_many']]}.5"
        elif match["one_half"]:
            yield match.start(), match.end(), f"1.5 {match['unit']}"
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


def _numbers(low: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The numbers of a run of number words: "deux trois" is two of them."""
    current, first, last = Sum(), start, start
    for match in _PIECE.finditer(low, start, end):
        if current.said and not current.takes(match["word"], match["joint"] or ""):
            yield from _kept(low, first, last, current)
            current = Sum()
        if not current.said:
            first = match.start("word")
            current.takes(match["word"], "")
        last = match.end()
    yield from _kept(low, first, last, current)


def _kept(low: str, start: int, end: int, said: Sum) -> Iterator[tuple[int, int, str]]:
    value = said.total + said.group
    if not said.said or (
        said.said[0] in HUNDREDS and re.search(r"(?:\b(?:pour|per)[ -]|\d )$", low[max(0, start - 5) : start])
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
        "dozens",
        "dizaines",
        "douzaines",
        "quinzaines",
        "vingtaines",
        "centaines",
        "milliers",
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
