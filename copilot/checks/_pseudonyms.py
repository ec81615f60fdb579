"""Pseudonyms as a text shows them, whole or altered: what stands for a person while a remote model writes."""

from __future__ import annotations

import re

_KIND = (
    r"(?:PERSON(?:NE)?|HANDLE|E-?MAIL|PHONE|T[ÉE]L[ÉE]PHONE|IBAN|CARD|CARTE|REF|R[ÉE]F|ADDRESS|ADRESSE"
    r"|BIRTHDATE|IP|NIR|PLATE|TEXT|NAME|NOM)"
)
#: "[[PERSON_3]]", "[[ personne 3", "[PERSON_3]", "{{PERSON_3}}", "PERSON_3", "[[FOO_1]]".
TOKEN = re.compile(
    rf"\[\s?\[[ ]?[^\W\d_]{{2,20}}[ \\_-]{{0,3}}\d{{1,9}}[A-Za-z]?[ ]?(?:\][ ]?\]?)?"
    rf"|[\[{{<(]{{1,2}}[ ]?(?i:{_KIND})[ \\_-]{{0,3}}\d{{1,9}}[A-Za-z]?[ ]?[\]}}>)]{{1,2}}"
    rf"|(?<!\w){_KIND}\\?_\d{{1,9}}[A-Za-z]?(?!\w)|\[\s?\[[ ]?(?i:{_KIND})[ ]?\][ ]?\]"
)


def pseudonyms_in(text: str) -> tuple[range, ...]:
    """Where pseudonyms stand, in characters. Their numbers tell people apart, and are no figures."""
    return tuple(range(*match.span()) for match in TOKEN.finditer(text))
