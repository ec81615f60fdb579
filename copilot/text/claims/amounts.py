"""Prices, percentages, durations and measures: a number and its unit."""

from __future__ import annotations

import re
from decimal import Decimal

from copilot.domain.claim import ClaimKind
from copilot.text.claims.clocks import read_clock
from copilot.text.claims.mention import Mention
from copilot.text.claims.scanning import ANY_NUMBER, Scan
from copilot.text.claims.units import BASE_UNITS, CURRENCIES, DURATIONS, SCALES, same_durations
from copilot.text.facts.numbers import plain

_CURRENCY_BEFORE = re.compile(r"(?:us\$|ca\$|[€$£]|(?<!\w)(?:eur|usd|gbp|chf)) ?$")

_CURRENCY = re.compile(
    r" ?(?:(?P<scale>k|m|md|millions?|milliards?|bn|billion|mille)(?:(?: ?(?:d'|de |of ))| ?(?=[€$£e])))?"
    rf"(?P<currency>{'|'.join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))})(?![a-z])"
    r"(?: ?(?P<cents>\d\d)(?! ?\d|[.,]\d| ?[€$£%]| ?(?:h|%|min|jours?|ans?|mois|days?|heures?|x)\b))?"
)

_HIGH_JOINT = re.compile(r" ?- ?| to ")

_NEXT_AMOUNT = re.compile(r" [€$£]\d")

BIG = re.compile(r" ?(?P<scale>k|m|bn|millions?|milliards?|billion|thousand)(?![a-z])")

PERCENT = re.compile(r" ?(?:%|pour ?cents?(?!\w)|pourcents?|per ?cent(?!\w)|pct(?!\w))")

_DURATION = re.compile(
    rf"[ -]?(?P<unit>{'|'.join(sorted(DURATIONS, key=len, reverse=True))})(?![a-z²³°]|/(?!\w{{3}})|')"
    r"(?P<half> et demie?| and a half)?(?: ?(?P<minutes>[0-5]\d)(?= ?min\b|(?<=h\d\d)(?!\w)) ?(?:min(?:utes?)?)?)?"
    r"(?: (?:ouvres?|ouvrables?|calendaires|ouvrees))?"
)

_PRIME = re.compile(r"'(?![\w'])(?!')")

_WORKING = re.compile(r"[ -](?:working|business|calendar|opening|full) (?P<unit>days?|hours?|weeks?)(?!\w)")

_AND_A_HALF = re.compile(r" and a half (?P<unit>hours?|days?|weeks?|months?|years?)(?!\w)")

_UNIT = re.compile(
    rf"[ -]?(?P<unit>{'|'.join(sorted(map(re.escape, BASE_UNITS), key=len, reverse=True))})(?![a-z²³°]|/\w|')"
    r"(?P<half> et demie?(?!\w)| and a half(?!\w))?"
)

#: "1 m 95", "deux mètres cinquante".
_CENTIMETRES = re.compile(r" ?(?P<cm>\d\d)(?! ?(?:[\d€%$£:]|h\b|euros?|(?!de |d'|et |a |au |pour )[a-z])|[.,]\d)")

#: Written in lower case, these are words.
_CAPITAL_UNITS = frozenset(["to", "mo", "go"])

_AGREED = re.compile(r" (?:d'accord|with you|agree|avec (?:vous|toi)|pour\b|sur(?:e|s)? )")


def read_percentage(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The percentage that begins with ``number``, if any."""
    match = PERCENT.match(scan.text, number.end())
    if not match:
        return []
    values = scan.values(number.group())
    if values[0] == 100 and (
        _AGREED.match(scan.text, match.end()) or re.search(r"(?<!\w)a $", scan.before(number.start()))
    ):
        return [Mention(ClaimKind.PERCENTAGE, number.start(), match.end(), "100 %", ("percent 100",), soft=True)]
    start = number.start() - (
        scan.text[number.start() - 1 : number.start()] in ("-", "+")
        and not scan.text[max(0, number.start() - 2) : number.start() - 1].isdigit()
    )
    value = plain(values[0])
    return [
        Mention(
            ClaimKind.PERCENTAGE,
            start,
            match.end(),
            f"{value} %",
            tuple(f"percent {plain(one)}" for one in values),
            values[0],
            "%",
        )
    ]


def read_price(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The price or the range of prices that begins with ``number``, if any."""
    lead = _CURRENCY_BEFORE.search(scan.before(number.start(), 6))
    if lead and (not _CURRENCY.match(scan.text, number.end()) or _NEXT_AMOUNT.match(scan.text, number.end())):
        code = CURRENCIES[lead.group().strip()]
        scale = BIG.match(scan.text, number.end())
        values = scan.values(number.group(), ".")
        start = number.start() - len(lead.group())
        end = scale.end() if scale else number.end()
        return [priced(start, end, values, code, scale["scale"] if scale else ""), *_high_price(scan, end, code)]
    match = _CURRENCY.match(scan.text, number.end())
    if not match or _NEXT_AMOUNT.match(scan.text, number.end()):
        return []
    values = scan.values(number.group())
    code = CURRENCIES[match["currency"]]
    if match["currency"] in ("centime", "centimes", "cents", "cent", "pence", "p"):
        values = tuple(one / 100 for one in values)
        if match["currency"] == "p" and values[0] >= 1:
            return []
        return [priced(number.start(), match.end("currency"), values, code, "")]
    end = match.end("currency")
    if match["cents"] and "," not in number.group() and "." not in number.group():
        values = tuple(one + Decimal(match["cents"]) / 100 for one in values)
        end = match.end()
    return [priced(number.start(), end, values, code, match["scale"] or "")]


def _high_price(scan: Scan, end: int, code: str) -> list[Mention]:
    """The high end of ``£31k-36k``, whose currency is said once."""
    joint = _HIGH_JOINT.match(scan.text, end)
    number = ANY_NUMBER.match(scan.text, joint.end()) if joint else None
    if not number or any(reader(scan, number) for reader in (read_clock, read_percentage, read_duration, read_measure)):
        return []
    scale = BIG.match(scan.text, number.end())
    last = scale.end() if scale else number.end()
    return [priced(number.start(), last, scan.values(number.group(), "."), code, scale["scale"] if scale else "")]


def priced(start: int, end: int, values: tuple[Decimal, ...], code: str, scale: str) -> Mention:
    """An amount of money; ``values`` are its readings, the likeliest first."""
    values = tuple(one * SCALES.get(scale, 1) for one in values)
    shown = plain(values[0], 2)
    return Mention(
        ClaimKind.PRICE,
        start,
        end,
        f"{shown} {code}",
        tuple(f"price {plain(one, 2)} {code}" for one in values),
        values[0],
        code,
    )


def read_duration(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The duration that begins with ``number``, if any."""
    prime = _PRIME.match(scan.text, number.end())
    if prime and number.group().isdigit():
        value = Decimal(number.group())
        keys_of_it = tuple(same_durations(value, "min"))
        return [Mention(ClaimKind.DURATION, number.start(), prime.end(), f"{value} min", keys_of_it, value, "min")]
    match = (
        _DURATION.match(scan.text, number.end())
        or _WORKING.match(scan.text, number.end())
        or _AND_A_HALF.match(scan.text, number.end())
    )
    if not match:
        return []
    unit = DURATIONS[match["unit"]]
    values = scan.values(number.group())
    extra = Decimal("0.5") if match.re is _AND_A_HALF or (match.re is _DURATION and match["half"]) else Decimal(0)
    values = tuple(one + extra for one in values)
    keys: list[str] = []
    for one in values:
        keys += same_durations(one, unit)
    if match.re is _DURATION and match["minutes"]:
        keys = [f"minutes {plain(values[0] * 60 + int(match['minutes']))}"]
    soft = unit == "s" or (unit == "min" and values[0] <= 5 and _promiseless(scan, number.start()))
    if unit == "h":
        hours = int(values[0])
        keys += [f"time {hours:02d}:00"] if 0 <= hours <= 24 and values[0] == hours else []
    family = keys[0].partition(" ")[2]
    shown = f"{family} {'mo' if keys[0].startswith('months') else 'min'}"
    return [Mention(ClaimKind.DURATION, number.start(), match.end(), shown, tuple(keys), values[0], unit, soft=soft)]


def _promiseless(scan: Scan, start: int) -> bool:
    return not re.search(r"(?:sous|within|d'ici) $", scan.before(start))


def read_measure(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The weight, length, volume... that begins with ``number``, if any."""
    match = _UNIT.match(scan.text, number.end())
    if not match:
        return []
    if match["unit"] in _CAPITAL_UNITS and not scan.capital(match.start("unit"), match.end("unit")):
        return []
    factor, unit = BASE_UNITS[match["unit"]]
    extra = Decimal("0.5") if match["half"] else Decimal(0)
    values = tuple((one + extra) * Decimal(factor) for one in scan.values(number.group()))
    rest = _CENTIMETRES.match(scan.text, match.end()) if unit == "m" and factor == "1" else None
    end = rest.end() if rest else match.end()
    if rest:
        values = tuple(one + Decimal(rest["cm"]) / 100 for one in values)
    keys = tuple(f"measure {plain(one)} {unit}" for one in values)
    return [
        Mention(
            ClaimKind.QUANTITY,
            number.start(),
            end,
            f"{plain(values[0])} {unit}",
            keys,
            scan.values(number.group())[0],
            unit,
        )
    ]
