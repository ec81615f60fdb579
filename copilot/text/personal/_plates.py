"""Number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, said_before

_PLATE_CUE = re.compile(
    r"(?<!\w)(?:immat\w*|plaques?|plates?|reg(?:istration)?|number plate|licen[cs]e plate|véhicule|vehicle"
    r"|voiture|car|van|truck"
    r"|camion(?:nette)?|transit|fourgon|scooter|moto)(?!\w)[^\n]{0,30}$",
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
    rf"(?<![\w-])(?:[A-Z]{{2}}[ -]?\d{{2,3}}[ -]?[A-Z]{{2,3}}|\d{{1,4}}[ -]?[A-Z]{{2,3}}[ -]?\d{{2}}"
    rf"|[A-Z]\d{{1,3}}{S}?[A-Z]{{3}}"
    rf"|[A-Z]{{3}}{S}?\d{{1,3}}{S}?[A-Z]|\d[A-Z]{{3}}\d{{3}}|(?:[1-9][ -])?[A-Z]{{3}}[ -]\d{{3,4}}"
    rf"|[A-Z]{{2}}[ -]\d{{3}}{S}?\d{{3}}|\d{{4}}[ -]?[A-Z]{{3}}"
    rf"|[A-Z]{{1,3}}[ -][A-Z]{{1,2}}[ -]\d{{1,4}}(?!{S}\d{{3}}))(?![\w-])",
    re.IGNORECASE,
)


def find_plates(text: str) -> Iterator[PersonalSpan]:
    """Number plates: French, British, Belgian and Irish as they are, others where something announces one."""
    for pattern in (_FRENCH_PLATE, _PLATE):
        for match in pattern.finditer(text):
            if said_before(text, match.start(), _MODEL, 20):
                continue
            yield PersonalSpan("PLATE", *match.span())
    for match in _CUED_PLATE.finditer(text):
        upper = match.group().isupper()
        if said_before(text, match.start(), _PLATE_CUE if upper else _SURE_PLATE_CUE):
            yield PersonalSpan("PLATE", *match.span())
