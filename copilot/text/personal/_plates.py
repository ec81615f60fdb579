"""Number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, said_before

#: What people call their car; the plate follows.
_MODELS = (
    r"clio|twingo|mégane|megane|kangoo|scénic|scenic|captur|trafic|espace|zo[ée]|duster|sandero|logan|peugeot"
    r"|citro[ëe]n"
    r"|renault|berlingo|partner|expert|picasso|saxo|xsara|golf|polo|passat|touran|tiguan|caddy|fiesta|focus|mondeo"
    r"|corsa"
    r"|astra|vivaro|yaris|corolla|prius|fiat|panda|ducato|audi|bmw|mercedes|sprinter|vito|toyota|nissan|qashqai|kia"
    r"|hyundai"
    r"|dacia|skoda|octavia|seat|ibiza|leon|volvo|tesla|ford|opel|vauxhall|honda|civic|mazda|mini|jeep|smart"
    r"|volkswagen|vw"
)
#: Said after a plate: "8421 WV 63 est refusée, immat inconnue".
_PLATE_CUE_AFTER = re.compile(
    r"[^\n]{0,45}(?<!\w)(?:immat\w*|plaques?|plates?|mal garée?|garée? (?:devant|sur)|stationnée?|parked)(?!\w)",
    re.IGNORECASE,
)
#: Letters after the name of a model: "208 GT 15 000 km".
_TRIMS = frozenset(
    [
        "GT",
        "GTI",
        "GTD",
        "RS",
        "TDI",
        "HDI",
        "DCI",
        "TSI",
        "CV",
        "CH",
        "KM",
        "SW",
        "CC",
        "TCE",
        "VTI",
        "THP",
        "XL",
        "AMG",
    ]
)
_LETTERS = re.compile(r"[A-Za-z]+")
_PLATE_CUE = re.compile(
    r"(?<!\w)(?:immat\w*|plaques?|plates?|reg(?:istration)?|number plate|licen[cs]e plate|véhicule|vehicle"
    r"|voiture|car|van|truck"
    r"|camion(?:nette)?|transit|fourgon|scooter|moto|auto|bagnole|taxi|vtc|uber|bus|lorry|pick-?up|suv|berline|break"
    r"|utilitaire|caravane|camping-?car|remorque|tracteur|quad|char|minibus|coach|bike|motorbike|motorcycle"
    rf"|{_MODELS})(?!\w)[^\n]{{0,30}}$",
    re.IGNORECASE,
)
_SURE_PLATE_CUE = re.compile(
    r"(?<!\w)(?:immat\w*|plaques?|plates?"
    r"|reg(?:istration)?)(?!\w)(?:[ \u00a0]\w{1,8}){0,2}[ \u00a0]?[:=]?[ \u00a0]?$",
    re.IGNORECASE,
)
#: Before the reference of a thing that is written like a plate: "le modèle HP-450-GX".
_MODEL = re.compile(
    r"(?<!\w)(?:r[ée]f(?:[ée]rence)?s?|mod[èe]les?|models?|articles?|items?|produits?|products?|cartouches?"
    r"|pièces?|parts?|sku)"
    r"[ \u00a0.:]{1,3}(?:n[°º] ?)?$",
    re.IGNORECASE,
)
_FRENCH_PLATE = re.compile(rf"(?<![\w-])[A-Z]{{2}}(?:-|{S})\d{{3}}(?:-|{S})[A-Z]{{2}}(?![\w-])")
_PLATE = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{2}}\d{{2}}{S}?[A-Z]{{3}}|[12]-[A-Z]{{3}}-\d{{3}}|\d{{2,3}}-[A-Z]{{1,2}}-\d{{3,6}}"
    rf"|(?:A[PRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|LA|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[NRSG]|U[KPA]|WB)"
    rf"[ -]?\d{{2}}[ -]?[A-Z]{{1,3}}[ -]?\d{{4}})(?![\w-])"
)
_CUED_PLATE = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{2}}[ -]?\d{{2,3}}[ -]?[A-Z]{{2,3}}|\d{{1,4}}[ -]?[A-Z]{{2,3}}[ -]?(?:97\d|\d{{2}})"
    rf"|[A-Z]\d{{1,3}}{S}?[A-Z]{{3}}"
    rf"|[A-Z]{{3}}{S}?\d{{1,3}}{S}?[A-Z]|\d[A-Z]{{3}}\d{{3}}|(?:[1-9][ -])?[A-Z]{{3}}[ -]\d{{3,4}}"
    rf"|\d{{1,5}}[ -][A-Z][ -]\d{{1,2}}|[A-Z]{{2}}[ -]\d{{2,3}}{S}?\d{{3}}|\d{{4}}[ -]?[A-Z]{{3}}"
    rf"|[A-Z]{{1,3}}[ -][A-Z]{{1,2}}[ -]\d{{1,4}}(?!{S}\d{{3}}))(?![\w-])",
    re.IGNORECASE,
)


#: In small letters: never those a plate does not have, nor a word beside a number.
_LOW = (
    r"(?!(?:km|ch|cv|gt|cm|mm|ml|kg|am|pm|hp|gb|mb|kw|by|my|we|he|be|me|te|se|ne|ce|ta|sa|la|ma|le|de|et|en|es|as|at"
    r"|jr|tv|pr)(?!\w))[a-hj-np-tv-z]{2}"
)
_LOW_PLATE = re.compile(rf"(?<![\w-]){_LOW}(?P<sign>-|{S})\d{{3}}(?P=sign){_LOW}(?![\w-])")


def _low_plates(text: str) -> Iterator[PersonalSpan]:
    """French plates in small letters, with hyphens or where a car is told of: "une Clio grise ek 219 zr"."""
    for match in _LOW_PLATE.finditer(text):
        if match["sign"] == "-" or said_before(text, match.start(), _PLATE_CUE):
            yield PersonalSpan("PLATE", *match.span())


def find_plates(text: str) -> Iterator[PersonalSpan]:
    """Number plates: French, British, Belgian and Irish as they are, others where something announces one."""
    for pattern in (_FRENCH_PLATE, _PLATE):
        for match in pattern.finditer(text):
            if said_before(text, match.start(), _MODEL, 20):
                continue
            yield PersonalSpan("PLATE", *match.span())
    yield from _low_plates(text)
    for match in _CUED_PLATE.finditer(text):
        upper = match.group().isupper()
        if not _TRIMS.isdisjoint(_LETTERS.findall(match.group())):
            continue
        after = upper and _PLATE_CUE_AFTER.match(text, match.end()) is not None
        if after or said_before(text, match.start(), _PLATE_CUE if upper else _SURE_PLATE_CUE):
            yield PersonalSpan("PLATE", *match.span())
