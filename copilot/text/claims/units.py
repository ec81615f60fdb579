"""Units that claims are counted in, and what equals what."""

from __future__ import annotations

from decimal import Decimal

from copilot.text.facts.numbers import plain

CURRENCIES = {
    **{"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "centime": "EUR", "centimes": "EUR", "balles": "EUR"},
    **{"$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "cents": "USD", "ca$": "CAD"},
    **{
        "cad": "CAD",
        "£": "GBP",
        "gbp": "GBP",
        "pound": "GBP",
        "pounds": "GBP",
        "livres sterling": "GBP",
        "pence": "GBP",
    },
    **{"p": "GBP", "quid": "GBP", "chf": "CHF", "francs suisses": "CHF", "francs": "CHF", "fcfa": "XOF"},
}
SCALES = {"k": 10**3, "m": 10**6, "md": 10**9, "bn": 10**9, "thousand": 10**3, "mille": 10**3}
SCALES |= {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**9}

_DURATION_WORDS = {
    "s": "secondes seconde second seconds sec secs",
    "min": "minutes minute mins min mn",
    "h": "heures heure hours hour hrs hr h",
    "d": "jours jour days day j journees",
    "wk": "semaines semaine weeks week sem",
    "mo": "mois month months",
    "yr": "ans an annees annee years year yrs yr",
}
DURATIONS = {word: unit for unit, words in _DURATION_WORDS.items() for word in words.split()}
_MINUTES = {"s": Decimal(1) / 60, "min": Decimal(1), "h": Decimal(60), "d": Decimal(1440), "wk": Decimal(10080)}

#: Unit as written: how many of the base unit, and the base unit.
BASE_UNITS: dict[str, tuple[str, str]] = {
    **{"km": ("1000", "m"), "kms": ("1000", "m"), "kilometres": ("1000", "m"), "kilometers": ("1000", "m")},
    **{
        "kilometre": ("1000", "m"),
        "kilometer": ("1000", "m"),
        "m": ("1", "m"),
        "metres": ("1", "m"),
        "metre": ("1", "m"),
    },
    **{"meters": ("1", "m"), "cm": ("0.01", "m"), "mm": ("0.001", "m"), "centimetres": ("0.01", "m")},
    **{"millimetres": ("0.001", "m"), "kg": ("1000", "g"), "kgs": ("1000", "g"), "kilos": ("1000", "g")},
    **{"kilo": ("1000", "g"), "kilogrammes": ("1000", "g"), "g": ("1", "g"), "gr": ("1", "g"), "grammes": ("1", "g")},
    **{"grams": ("1", "g"), "mg": ("0.001", "g"), "tonnes": ("1000000", "g"), "tonne": ("1000000", "g")},
    **{"tons": ("1000000", "g"), "l": ("1000", "ml"), "litres": ("1000", "ml"), "litre": ("1000", "ml")},
    **{"liters": ("1000", "ml"), "cl": ("10", "ml"), "dl": ("100", "ml"), "ml": ("1", "ml"), "hl": ("100000", "ml")},
    **{
        "m²": ("1", "m²"),
        "m2": ("1", "m²"),
        **dict.fromkeys(("metres carres", "metre carre", "square metres", "square meters", "sq m", "sqm"), ("1", "m²")),
        "ha": ("10000", "m²"),
        "hectares": ("10000", "m²"),
        "km²": ("1000000", "m²"),
    },
    **dict.fromkeys(("metres cubes", "metre cube", "cubic metres", "cubic meters"), ("1", "m³")),
    **{"m³": ("1", "m³"), "m3": ("1", "m³"), "km/h": ("1", "km/h"), "mph": ("1", "mph"), "miles": ("1", "mi")},
    **{
        "mile": ("1", "mi"),
        "lbs": ("1", "lb"),
        "lb": ("1", "lb"),
        "go": ("1", "gb"),
        "gb": ("1", "gb"),
        "to": ("1000", "gb"),
    },
    **{"tb": ("1000", "gb"), "mo": ("0.001", "gb"), "mb": ("0.001", "gb"), "kwh": ("1000", "wh"), "wh": ("1", "wh")},
    **{"kw": ("1000", "w"), "watts": ("1", "w"), "w": ("1", "w"), "mw": ("1000000", "w"), "mah": ("1", "mah")},
    **{"mbit/s": ("1", "mbps"), "mbps": ("1", "mbps"), "gbit/s": ("1000", "mbps"), "gbps": ("1000", "mbps")},
    **{
        "°c": ("1", "°"),
        "°": ("1", "°"),
        "degres": ("1", "°"),
        "degrees": ("1", "°"),
        "°f": ("1", "°f"),
        "db": ("1", "db"),
    },
    **{"pouces": ("1", "in"), "inches": ("1", "in"), "kcal": ("1", "kcal"), "px": ("1", "px"), "ch": ("1", "ch")},
    **{"x": ("1", "x"), "fois": ("1", "x"), "times": ("1", "x"), "instalments": ("1", "x"), "installments": ("1", "x")},
}


def same_durations(value: Decimal, unit: str) -> list[str]:
    """Keys of a duration: ``minutes 2880`` for 48 h and for 2 days, ``months 12`` for a year."""
    if unit in ("mo", "yr"):
        return [f"months {plain(value * (12 if unit == 'yr' else 1))}"]
    keys = [f"minutes {plain((value * _MINUTES[unit]).quantize(Decimal('0.001')))}"]
    # In French two weeks are "quinze jours", a week is "huit jours".
    for few, weeks in ((8, 1), (15, 2)):
        if unit == "d" and value == few:
            keys.append(f"minutes {weeks * 10080}")
    return keys
