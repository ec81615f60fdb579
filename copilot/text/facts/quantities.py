"""Quantities: a number and what it counts. A bare number is no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.numbers import NUMBER, parse_number, plain
from copilot.text.facts.page import SPACE, Page
from copilot.text.lexicons import stop_words, words

_UNIT_WORDS = {
    "s": "secondes seconde second seconds sec",
    "min": "minutes minute mins min mn",
    "h": "heures heure hours hour hrs hr",
    "d": "jours jour days day",
    "wk": "semaines semaine weeks week",
    "mo": "mois month months",
    "yr": "ans an années année years year",
    "m": "mètres mètre metres metre meters",
    "km": "kilomètres kilomètre kilometres kilometers km kms",
    "cm": "centimètres centimètre",
    "kg": "kilos kilo kilogrammes kg kgs",
    "g": "grammes gramme grams",
    "L": "litres litre liters",
    "t": "tonnes tonne tons",
    "m²": "m² m2",
    "mi": "miles mile",
    "lb": "lbs lb",
    "x": "fois times",
    "°C": "degrés degrees",
}
#: Symbols, read with their case: ``M`` is not ``m``.
_SYMBOLS = (
    "km/h km²|km mm cm dm m² m2 m³ m3 ml cl dl hl mg Go Mo To Ko GB MB TB KB kWh Wh kW MW mAh Ah W V Hz kHz MHz GHz"
    " °C °F ha px dB Nm mph h H g kg L l m t s j oz ft ko kcal ppm ppi dpi fps"
).replace("|", " ")
_CANON = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_SYMBOL_CANON = {"m2": "m²", "m3": "m³", "l": "L", "H": "h", "j": "d"}

_WORD_UNITS = "|".join(sorted(_CANON, key=len, reverse=True))
_SYMBOL_UNITS = "|".join(re.escape(unit) for unit in sorted(set(_SYMBOLS.split()), key=len, reverse=True))
_SPELLED = {
    **{"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11},
    **{"douze": 12, "quinze": 15, "vingt": 20, "trente": 30},
    **{"two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12},
}

_LOW = rf"(?:(?<!/)(?P<low>{NUMBER})(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:à|to){SPACE}))?"
_WITH_UNIT = re.compile(
    rf"{_LOW}(?<![\w.])(?P<number>{NUMBER})(?:{SPACE}|-)?(?:(?P<word>(?i:{_WORD_UNITS}))|(?P<symbol>{_SYMBOL_UNITS}))"
    rf"(?![\w²³°]|/\d|['’]\w)(?P<half>{SPACE}(?:et demie?|and a half)(?!\w))?"
)
_LASTING = re.compile(
    rf"(?<![\w.,:])(?P<hours>\d{{1,3}}){SPACE}?(?:h|heures?){SPACE}?(?P<minutes>[0-5]\d)(?:{SPACE}?min)?(?![\w:])"
)
_IN_WORDS = re.compile(rf"(?<!\w)(?P<number>{'|'.join(_SPELLED)}){SPACE}(?P<word>{_WORD_UNITS})(?!\w)", re.IGNORECASE)
_ADJECTIVES = (
    "nouveaux|nouvelles|grands|grandes|petits|petites|premiers|premières|derniers|dernières|belles|beaux|seules|seuls|autres"
    "|new|free|limited|lucky|extra|first|last|signed|more|great|big|small|full|different|other"
)
_COUNTED = re.compile(
    rf"{_LOW}(?<![\w.])(?P<number>{NUMBER}){SPACE}(?:(?P<scale>millions?|milliards?|billion|thousand)(?!\w){SPACE}?)?"
    rf"(?:de{SPACE}|d['’])?(?:(?:{_ADJECTIVES}){SPACE})?(?P<noun>[^\W\d_A-ZÀ-Þ][^\W\d_]{{2,30}}(?:-[^\W\d_]{{2,20}})?)(?![\w'’])"
)
_SCALES = {
    "million": 10**6,
    "millions": 10**6,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**9,
    "thousand": 1000,
}
_PLURALS = words("people children women men staff personnes")
_NOT_COUNTED = words("dès très après temps depuis vers hors fois sous dans sans heures euros plus moins is was has")
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:n[°ºo]|numéro|article|art\.|page|p\.|chapitre|version|v|top|saison|épisode|room|stand|hall|#|№|rue|step|étape)\s*)$",
    re.IGNORECASE,
)


def _number(page: Page, written: str) -> Decimal:
    return parse_number(written, page.decimal)


def _with_units(page: Page) -> Iterator[FoundFact]:
    for match in _WITH_UNIT.finditer(page.text):
        word, symbol = match["word"], match["symbol"]
        unit = _CANON[word.lower()] if word else _SYMBOL_CANON.get(symbol, symbol)
        value = _number(page, match["number"]) + (Decimal("0.5") if match["half"] else 0)
        yield page.fact(FactKind.QUANTITY, match.start("number"), match.end(), f"{plain(value)} {unit}")
        if match["low"]:
            low = plain(_number(page, match["low"]))
            yield page.fact(FactKind.QUANTITY, *match.span("low"), f"{low} {unit}")


def _is_counted(noun: str) -> bool:
    if noun.casefold() in _PLURALS:
        return True
    return (
        noun[-1] in "sx"
        and not noun.endswith("ss")
        and noun.casefold() not in stop_words("both")
        and noun.casefold() not in _NOT_COUNTED
    )


def _counted(page: Page) -> Iterator[FoundFact]:
    for match in _COUNTED.finditer(page.text):
        if not _is_counted(match["noun"]) or _LABEL_BEFORE.search(page.before(match.start("number"), 12)):
            continue
        number = _number(page, match["number"]) * _SCALES.get(match["scale"] or "", 1)
        words = page.text[match.end("scale") if match["scale"] else match.end("number") : match.end()]
        noun = re.sub(r"^(?:de\s|d['’])", "", " ".join(words.split()))
        yield page.fact(FactKind.QUANTITY, match.start("number"), match.end(), f"{plain(number)} {noun}")
        if match["low"]:
            low = plain(_number(page, match["low"]))
            yield page.fact(FactKind.QUANTITY, *match.span("low"), f"{low} {noun}")


def find_quantities(page: Page) -> Iterator[FoundFact]:
    """Numbers with a unit, durations, counted plural nouns (``500 exemplaires``, ``40 stands``)."""
    for match in _LASTING.finditer(page.text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"])
        yield page.fact(FactKind.QUANTITY, *match.span(), f"{minutes} min")
    yield from _with_units(page)
    for match in _IN_WORDS.finditer(page.text):
        number = _SPELLED[match["number"].lower()]
        yield page.fact(FactKind.QUANTITY, *match.span(), f"{number} {_CANON[match['word'].lower()]}")
    yield from _counted(page)
