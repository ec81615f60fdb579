"""Prices and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.dates import MONTHS
from copilot.text.facts.numbers import NUMBER, parse_number, plain
from copilot.text.facts.page import SPACE, Page
from copilot.text.facts.spelled import SPELLED_WORDS, spelled

_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "ca$": "CAD",
    "cad": "CAD",
    "c$": "CAD",
    "a$": "AUD",
    "£": "GBP",
    "gbp": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "livres": "GBP",
    "livres sterling": "GBP",
    "chf": "CHF",
    "francs suisses": "CHF",
    "centime": "EUR",
    "centimes": "EUR",
    "fcfa": "XOF",
}
_SCALES = {"k": 10**3, "m": 10**6, "md": 10**9, "bn": 10**9}
_SCALES |= {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**9}

_SCALE = rf"(?:(?P<scale>k|K|M|Md|[Mm]illions?|[Mm]illiards?|bn|billion){SPACE}?(?:d['’]|de{SPACE})?)?"
_WORDS = (
    r"€|euros?|EUR|Eur|\$|dollars?|USD|£|GBP|pounds?|livres(?: sterling)?|CHF|francs suisses|CAD|centimes?|FCFA|Euros?"
)
_JOINED = rf"(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:à|to|et|and|ou|or){SPACE})"
_AFTER = re.compile(
    rf"(?:(?P<low>{NUMBER})(?P<join>{_JOINED}))?(?P<number>{NUMBER}){SPACE}?{_SCALE}"
    rf"(?P<currency>{_WORDS})(?:(?<=[€$£])(?!\d)|(?!\w))(?P<cents>)"
)
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<number>un|one|{SPELLED_WORDS}){SPACE}(?:d['’])?(?P<currency>euros?|dollars?|pounds?|centimes?)(?!\w)",
    re.IGNORECASE,
)
_PENCE = re.compile(r"(?<![\w.,/£€$])(?P<number>\d{1,2})p(?![\w.])")
_WITH_CENTS = re.compile(r"(?<![\d.,])(?P<number>\d{1,6}) ?(?P<currency>[€£])(?P<cents>\d{2})(?!\d)")
_BEFORE = re.compile(
    rf"(?P<currency>US\$|CA?\$|A\$|[€$£]|(?<!\w)(?:EUR|USD|GBP|CHF)){SPACE}?(?P<number>{NUMBER})"
    rf"(?:{SPACE}?(?P<scale>k|K|M|m|bn|million|billion)(?!\w))?"
    rf"(?:{SPACE}?[-–]{SPACE}?(?P<high>{NUMBER})(?![\w%]))?"
)
_BETWEEN = re.compile(r"(?:entre|between)\s$", re.IGNORECASE)
_DATE_BEFORE = re.compile(rf"(?:(?<!\w)(?:{'|'.join(MONTHS)})\s|[/.-])$", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?:(?P<low>{NUMBER})(?P<join>{_JOINED}))?(?<![\w%])(?P<sign>[-+−–]?)(?P<number>{NUMBER}){SPACE}?"
    r"(?P<mark>%|‰|pour[ -]cents?(?!\w)|pourcents?(?!\w)|percent(?!\w)|per cent(?!\w)|pct(?!\w))"
)


def _amount(match: re.Match[str], decimal: str) -> Decimal:
    value = parse_number(match["number"], decimal)
    if match["currency"].startswith("centime"):
        return value / 100
    scale = match["scale"] if "scale" in match.re.groupindex else None
    if scale:
        value *= _SCALES[scale.lower()]
    return value


def _low_counts(page: Page, match: re.Match[str]) -> bool:
    """A first number joined by "et" or "ou" belongs to the price only after "entre"; the year of a date never does."""
    if _DATE_BEFORE.search(page.before(match.start("low"), 14)):
        return False
    joined = match["join"].strip()
    return joined not in ("et", "and", "ou", "or") or bool(_BETWEEN.search(page.before(match.start("low"), 12)))


def find_prices(page: Page) -> Iterator[FoundFact]:
    """Amounts of money, whichever side the currency stands; both ends of a range (``10 à 15 €``)."""
    for match in _WITH_CENTS.finditer(page.text):
        amount = Decimal(f"{match['number']}.{match['cents']}")
        yield page.fact(FactKind.PRICE, *match.span(), f"{plain(amount, 2)} {_CURRENCIES[match['currency']]}")
    for match in _AFTER.finditer(page.text):
        code = _CURRENCIES[match["currency"].lower()]
        amount = _amount(match, page.decimal)
        yield page.fact(FactKind.PRICE, match.start("number"), match.end(), f"{plain(amount, 2)} {code}")
        if match["low"] and _low_counts(page, match):
            low = parse_number(match["low"], page.decimal)
            yield page.fact(FactKind.PRICE, *match.span("low"), f"{plain(low, 2)} {code}")
    for match in _BEFORE.finditer(page.text):
        # A currency sign before the amount is the English way of writing, in a French text too.
        amount = _amount(match, ".")
        code = _CURRENCIES[match["currency"].lower()]
        end = match.start("high") if match["high"] else match.end()
        value = page.text[match.start() : end].rstrip(" \u00a0\u202f-–")
        yield page.fact(FactKind.PRICE, match.start(), match.start() + len(value), f"{plain(amount, 2)} {code}")
        if match["high"]:
            high = plain(parse_number(match["high"], "."), 2)
            yield page.fact(FactKind.PRICE, *match.span("high"), f"{high} {code}")
    for match in _IN_WORDS.finditer(page.text):
        number, begins = (1, 0) if match["number"].lower() in ("un", "one") else spelled(match["number"])
        amount = Decimal(number)
        name = match["currency"].lower()
        value = plain(amount / 100 if name.startswith("centime") else amount, 2)
        start = match.start() + begins
        yield page.fact(FactKind.PRICE, start, match.end(), f"{value} {_CURRENCIES[name]}")
    if page.language == "en":
        for match in _PENCE.finditer(page.text):
            yield page.fact(FactKind.PRICE, *match.span(), f"{plain(Decimal(match['number']) / 100, 2)} GBP")


def find_percentages(page: Page) -> Iterator[FoundFact]:
    """Percentages; the sign is part of the value, not of the normalised form."""
    for match in _PERCENT.finditer(page.text):
        unit = "‰" if match["mark"] == "‰" else "%"
        number = plain(parse_number(match["number"], page.decimal))
        yield page.fact(FactKind.PERCENTAGE, match.start("sign"), match.end(), f"{number} {unit}")
        if match["low"] and _low_counts(page, match):
            low = plain(parse_number(match["low"], page.decimal))
            yield page.fact(FactKind.PERCENTAGE, *match.span("low"), f"{low} {unit}")
