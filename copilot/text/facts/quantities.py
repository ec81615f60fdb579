"""Quantities: a number and what it counts. A bare number is no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.dates import MONTHS
from copilot.text.facts.numbers import NUMBER, parse_number, plain
from copilot.text.facts.page import SPACE, Page
from copilot.text.facts.spelled import SPELLED_WORDS, is_number_word, spelled
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
    "km/h km²|km mm cm dm m² m2 m³ m3 ml cl dl hl mg Go Mo To Ko GB MB TB KB TWh GWh MWh kWh Wh GW kWc kW MW mAh"
    " Ah W V Hz kHz MHz GHz °C °F ha px dB Nm mph h H g kg L l m t s j oz ft ko kcal ppm ppi dpi fps"
).replace("|", " ")
_CANON = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_SYMBOL_CANON = {"m2": "m²", "m3": "m³", "l": "L", "H": "h", "j": "d"}

_WORD_UNITS = "|".join(sorted(_CANON, key=len, reverse=True))
_SYMBOL_UNITS = "|".join(re.escape(unit) for unit in sorted(set(_SYMBOLS.split()), key=len, reverse=True))
_LOW = (
    rf"(?:(?<!/)(?P<low>{NUMBER})(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:à|to){SPACE}|(?P<joined>{SPACE}(?:et|and){SPACE})))?"
)
_WITH_UNIT = re.compile(
    rf"{_LOW}(?<![\w.])(?P<number>{NUMBER})(?:{SPACE}|-)?(?:(?P<word>(?i:{_WORD_UNITS}))|(?P<symbol>{_SYMBOL_UNITS}))"
    rf"(?![\w²³°]|/\d|['’]\w)(?P<half>{SPACE}(?:et demie?|and a half)(?!\w))?"
)
_LASTING = re.compile(
    rf"(?<![\w.,:])(?P<hours>\d{{1,3}}){SPACE}?(?:h|heures?){SPACE}?(?P<minutes>[0-5]\d)(?:{SPACE}?min)?(?![\w:])"
)
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<number>{SPELLED_WORDS})[ \u00a0\u202f\u2009-](?P<word>{_WORD_UNITS})"
    rf"|(?:une?|one|an){SPACE}(?P<one>heure|kilo|kilomètre|litre|tonne|hour|mile|tonne|week|year))(?!\w|['’]\w)",
    re.IGNORECASE,
)
_ADJECTIVES = (
    "nouveaux|nouvelles|grands|grandes|petits|petites|premiers|premières|derniers|dernières|belles|beaux|seules|seuls|autres"
    "|new|free|limited|lucky|extra|first|last|signed|more|great|big|small|full|different|other"
)
_NOUN = r"(?P<noun>(?:[^\W\d_A-ZÀ-Þ][^\W\d_]{2,30}(?:-[^\W\d_]{2,20})?|[A-ZÀ-Þ]{3,30}(?:-[A-ZÀ-Þ]{2,20})?))(?![\w'’])"
#: English adjectives stand before the noun they count with: ``14 local charities``.
_ENGLISH_ADJECTIVE = r"[a-z]{2,14}(?:al|ful|ive|ous|ic|able|ible|less|ish|ary|ed|ing|en)"
_COUNTED = re.compile(
    rf"{_LOW}(?<![\w.])(?:(?P<number>{NUMBER})|(?<!-)(?P<spelled>(?i:{SPELLED_WORDS}))){SPACE}(?:(?P<scale>millions?|milliards?|billion|thousand)(?!\w){SPACE}?)?"
    rf"(?:de{SPACE}|d['’])?(?:(?:(?i:{_ADJECTIVES})|(?P<english>{_ENGLISH_ADJECTIVE})){SPACE})?{_NOUN}"
)
_SHORT_NOUNS = {
    **{"ex": "exemplaires", "exempl": "exemplaires", "pers": "personnes", "pl": "places", "hab": "habitants"},
    **{"pcs": "pièces", "pce": "pièces", "ppl": "people", "adh": "adhérents", "part": "participants"},
}
_SHORTENED = re.compile(
    rf"{_LOW}(?<![\w.])(?P<number>{NUMBER}){SPACE}?(?P<noun>(?i:{'|'.join(_SHORT_NOUNS)}))(?:\.(?!\w)|(?![\w.'’]))"
)
_BETWEEN = re.compile(r"\b(?:entre|between)\s$", re.IGNORECASE)
#: Said before a number in words, these point at things already told: "les deux équipes".
_POINTED = re.compile(r"(?:\b(?:les|des|ces|aux|entre|tous|toutes|the|these|those|both|between)|-)\s?$", re.IGNORECASE)
_RANKED = re.compile(r"\s(?:premi|derni|first|last)", re.IGNORECASE)
#: After a number in words, a manner of speaking.
_IDIOMS = words("mots coins pas fois temps mains yeux tours roues quarts tiers words times thirds quarters thanks")
_ONE_BEFORE = re.compile(
    r"(?:^|[^\w\s]|\b(?:avec|pour|de|à|et|ou|plus|inclus|soit|for|with|of|and|or|is|est))\s*$", re.IGNORECASE
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
_NOT_COUNTED = words(
    "dès très après temps depuis vers hors fois sous dans sans heures euros plus moins is was has max maxi mins "
    "maximum minimum minis suis puis jamais toujours lors ans jours mois mais this his its yes less across plus"
)
#: ``under-12s``, ``the 90s``: an age or a decade, not seconds.
_AGED = re.compile(r"(?:\b(?:under|over|the|early|late|les|années)[ -])$", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:n[°ºo]|numéro|article|art\.|page|p\.|chapitre|version|v|top|saison|épisode|room|stand|hall|#|№|rue|step|étape)\s*)$",
    re.IGNORECASE,
)


def _number(page: Page, written: str) -> Decimal:
    return parse_number(written, page.decimal)


def _has_low(page: Page, match: re.Match[str]) -> bool:
    """True for both ends of a range; a number joined by "et" is one only after "entre"."""
    if not match["low"]:
        return False
    return not match["joined"] or bool(_BETWEEN.search(page.before(match.start("low"), 12)))


def _with_units(page: Page) -> Iterator[FoundFact]:
    for match in _WITH_UNIT.finditer(page.text):
        word, symbol = match["word"], match["symbol"]
        unit = _CANON[word.lower()] if word else _SYMBOL_CANON.get(symbol, symbol)
        if symbol == "s" and _AGED.search(page.before(match.start("number"), 12)):
            continue
        value = _number(page, match["number"]) + (Decimal("0.5") if match["half"] else 0)
        yield page.fact(FactKind.QUANTITY, match.start("number"), match.end(), f"{plain(value)} {unit}")
        if _has_low(page, match):
            low = plain(_number(page, match["low"]))
            yield page.fact(FactKind.QUANTITY, *match.span("low"), f"{low} {unit}")


def _is_plural(noun: str) -> bool:
    low = noun.casefold()
    if low in _PLURALS:
        return True
    return (
        low[-1] in "sx"
        and not low.endswith("ss")
        and low not in stop_words("both")
        and low not in _NOT_COUNTED
        and low not in MONTHS
    )


def _is_counted(page: Page, match: re.Match[str]) -> bool:
    """True when the number of ``match`` counts its noun."""
    noun = match["noun"]
    if match["english"] and page.language != "en":
        return False
    if match["spelled"]:
        pointed = _POINTED.search(page.before(match.start("spelled"), 10)) and not _RANKED.search(match.group())
        return not pointed and not is_number_word(noun) and noun.casefold() not in _IDIOMS and _is_plural(noun)
    if match["number"] == "1" and not match["scale"]:
        single = noun.islower() and len(noun) > 3 and noun not in stop_words("both") and noun not in _NOT_COUNTED
        return single and bool(_ONE_BEFORE.search(page.before(match.start("number"), 16)))
    return _is_plural(noun)


def _counted(page: Page) -> Iterator[FoundFact]:
    for match in _COUNTED.finditer(page.text):
        group = "spelled" if match["spelled"] else "number"
        if not _is_counted(page, match) or _LABEL_BEFORE.search(page.before(match.start(group), 12)):
            continue
        words_of, begins = spelled(match["spelled"]) if match["spelled"] else (0, 0)
        said = Decimal(words_of) if match["spelled"] else _number(page, match["number"])
        number = said * _SCALES.get(match["scale"] or "", 1)
        words = page.text[match.end("scale") if match["scale"] else match.end(group) : match.end()]
        noun = re.sub(r"^(?:de\s|d['’])", "", " ".join(words.split())).lower()
        yield page.fact(FactKind.QUANTITY, match.start(group) + begins, match.end(), f"{plain(number)} {noun}")
        if _has_low(page, match):
            low = plain(_number(page, match["low"]))
            yield page.fact(FactKind.QUANTITY, *match.span("low"), f"{low} {noun}")


def _shortened(page: Page) -> Iterator[FoundFact]:
    """Nouns cut short: ``500 ex.``, ``12 pers.``."""
    for match in _SHORTENED.finditer(page.text):
        noun = _SHORT_NOUNS[match["noun"].lower()]
        number = plain(_number(page, match["number"]))
        yield page.fact(FactKind.QUANTITY, match.start("number"), match.end(), f"{number} {noun}")
        if _has_low(page, match):
            low = plain(_number(page, match["low"]))
            yield page.fact(FactKind.QUANTITY, *match.span("low"), f"{low} {noun}")


def find_quantities(page: Page) -> Iterator[FoundFact]:
    """Numbers with a unit, durations, counted plural nouns (``500 exemplaires``, ``40 stands``)."""
    for match in _LASTING.finditer(page.text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"])
        yield page.fact(FactKind.QUANTITY, *match.span(), f"{minutes} min")
    yield from _with_units(page)
    for match in _IN_WORDS.finditer(page.text):
        number, begins = spelled(match["number"]) if match["number"] else (1, 0)
        unit = _CANON[(match["word"] or match["one"]).lower()]
        yield page.fact(FactKind.QUANTITY, match.start() + begins, match.end(), f"{number} {unit}")
    yield from _shortened(page)
    yield from _counted(page)
