"""Bank, card, social and network numbers: told by check digits, else by grouping and what is said before."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, digits_of, said_before

_IBAN_HEAD = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?=[ \u00a0\u202f.-]?[A-Za-z0-9])")
_IBAN_LENGTHS = {
    **{"AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24},
    **{"FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20},
    **{"LU": 20, "LV": 21, "MA": 28, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24},
    **{"SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26},
}
_IBAN_GROUPED = re.compile(rf"[A-Za-z]{{2}}\d{{2}}(?:{S}[A-Za-z0-9]{{4}}){{2,7}}")
_RIB = re.compile(rf"(?<!\w)\d{{5}}{S}?\d{{5}}{S}?[A-Z0-9]{{11}}{S}?\d{{2}}(?!\w)")
_CARD = re.compile(r"(?<![\w.,-])\d(?:[ \u00a0\u202f.-]?\d){12,18}(?!\w)")
_CARD_GROUPED = re.compile(
    r"[3-6]\d{3}(?:[ \u00a0\u202f.-]\d{4}){3}|3[47]\d{2}[ \u00a0\u202f.-]\d{6}[ \u00a0\u202f.-]\d{5}"
)
_G = r"[ \u00a0\u202f./-]?"
_NIR = re.compile(
    rf"(?<!\w)[1278]{_G}\d{{2}}{_G}(?:0[1-9]|1[0-2]|[2-9]\d){_G}(?:\d{{2}}|2[ABab])"
    rf"{_G}\d{{3}}{_G}\d{{3}}(?:{S}?[/.-]?{S}?\d{{2}})?(?!\w)"
)
_NIR_GROUPED = re.compile(
    rf"\d[ .\u00a0\u202f]\d{{2}}[ .\u00a0\u202f]\d{{2}}[ .\u00a0\u202f](?:\d{{2}}|2[ABab])[ .\u00a0\u202f]\d{{3}}"
    rf"[ .\u00a0\u202f]\d{{3}}(?:{S}?[/.-]?{S}?\d{{2}})?"
)
# Swiss, Belgian, American and British social numbers, each written in a way of its own.
_OTHER_SOCIAL = re.compile(
    r"(?<![\w.-])(?:756\.\d{4}\.\d{4}\.\d{2}|\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}|\d{3}-\d{2}-\d{4}"
    r"|(?:[A-CEGHJ-PR-TW-Z]{2}|QQ) ?\d{2} ?\d{2} ?\d{2} ?[A-D])(?![\w-])"
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_BANK = re.compile(
    r"\b(?:iban|rib|bic|compte|virement|virer|rembours\w*|refund\w*|account|bank|banque|transfer)\b", re.IGNORECASE
)
_PLASTIC = re.compile(
    r"\b(?:cartes?|cards?|cb|visa|mastercard|amex|bancaire|debit|credit|bleue)\W{1,4}(?:\w{1,10}\W{1,3}){0,3}$",
    re.IGNORECASE,
)
#: What it was paid with, said after the word for a gift: "carte cadeau payée avec ma visa 4970…".
_BANK_CARD = re.compile(
    r"\b(?:cb|visa|mastercard|master|amex|american express|bancaire|bank card|debit|d[ée]bit|credit|cr[ée]dit|bleue"
    r"|maestro|revolut|n26)\b\W{0,4}(?:\w{1,10}\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_LOYALTY = re.compile(
    r"\b(?:fidélité|fidelite|fid|loyalty|membre|member\w*|cadeau|gift|étudiante?|siret|siren|rcs|tracking|suivi|colis"
    r"|imei|iccid|ean|gtin|isbn|upc|gencode|barcode|barres?)\b\W",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"\b(?:sécu|secu|sécurité sociale|securite sociale|nir|nss|ss|insee|vitale|immatriculation sociale|social security"
    r"|ssn|niss|avs|ni(?:no)?|national insurance|assurée?)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\b(?:versions?|v|ver|release|firmware|build|maj|update|ios|android)[ .:]{0,2}$", re.IGNORECASE)
#: Written like an address of a large network: "EMUI 10.1.0.128", "la mise à jour vers 10.34.0.2".
_VERSION_NEAR = re.compile(
    r"\b(?:versions?|v|ver|release|firmware|build|maj|mise à jour|update[ds]?|ios|android|emui|miui|harmony ?os|windows"
    r"|app|appli(?:cation)?|bios|uefi|driver|pilote|patch|logiciel|software|chapitre|chapter|section|article|annexe)\b"
    r"[^\d\n]{0,16}$",
    re.IGNORECASE,
)
#: What every box is called at home.
_USUAL_HOME = ("127.", "192.168.0.", "192.168.1.", "10.0.0.")
_IP = re.compile(
    r"\bip(?:v[46])?\b[^\n]{0,25}$|\b(?:connexions?|connect(?:é|ée|ed|ing|ion|ions)?|logins?|logged|log[ -]?ins?"
    r"|sign(?:ed)?[ -]in"
    r"|accès|accessed|hack\w*|pirat\w*|tentatives?|attempts?|sessions?|requests?|requêtes?|attaques?|attack\w*)\b"
    r"[^\n]{0,24}\b(?:depuis|from|de|via|sur|by|par|at)[ :]*$",
    re.IGNORECASE,
)
#: A message that tells one: "error mentions 10.8.0.14".
_MESSAGE = re.compile(
    r"\b(?:error|erreur|message|screen|écran|logs?|alerte?)\b[^\d\n]{0,16}"
    r"\b(?:mentions?|says?|shows?|lists?|affiche|indique|mentionne|dit|cite)[ \u00a0:«“\"]{1,3}$",
    re.IGNORECASE,
)
_DEVICE = (
    r"(?:routers?|routeur|(?:live|free|b)?box|modem|passerelle|gateway|nas|serveur|server|réseau|network|wi-?fi|vpn"
    r"|proxy|imprimante"
    r"|printer|caméra|camera|pc|ordi(?:nateur)?|laptop|computer|adresse|address|ip)"
)
_OF = (
    r"(?:(?:my|ma|mon|our|notre|his|her|sa|son|the|le|la|l['’]|de|du|home|locale?|internet|ip|adresse|address) ?){0,6}"
)
#: A number of a version seldom goes further.
_SMALL = 30
#: Below, the first number of a public address is more often that of a version.
_LEAST_PUBLIC = 20
#: Told to be that of somebody: "192.168.1.254 is my router", "ma box : 10.0.0.1".
_DEVICE_AFTER = re.compile(rf" ?(?:[:=,(]|is|est|was|c['’]?(?:est|était))[ ]?{_OF}{_DEVICE}\b", re.IGNORECASE)
_DEVICE_BEFORE = re.compile(rf"\b{_DEVICE}(?: ip)? ?(?:[:=(]|is|est|was|c['’]?est|['’]s)[ ]?$", re.IGNORECASE)


def luhn(digits: str) -> bool:
    """True when the last of ``digits`` is the check digit of the others."""
    total = 0
    for rank, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find_numbers(text: str) -> Iterator[PersonalSpan]:
    """IBAN, social numbers, cards, IP addresses, the surest first."""
    yield from _ibans(text)
    yield from _social(text)
    for match in _CARD.finditer(text):
        if _is_card(text, match):
            yield PersonalSpan("CARD", *match.span())
    for match in _IPV4.finditer(text):
        if _is_ip(text, match):
            yield PersonalSpan("IP", *match.span())
    if "::" in text or text.count(":") > 6:
        for match in _IPV6.finditer(text):
            if _address(match.group()) is not None and any(sign.isdigit() for sign in match.group()):
                yield PersonalSpan("IP", *match.span())


def _ibans(text: str) -> Iterator[PersonalSpan]:
    for match in _IBAN_HEAD.finditer(text):
        end = _iban_end(text, match.start())
        if end:
            yield PersonalSpan("IBAN", match.start(), end)
    for match in _RIB.finditer(text):
        if said_before(text, match.start(), _BANK):
            yield PersonalSpan("IBAN", *match.span())


def _iban_end(text: str, start: int) -> int | None:
    """End of the IBAN that begins at ``start``; None when it is too short or nothing says it is one."""
    wanted = _IBAN_LENGTHS.get(text[start : start + 2].upper())
    if not wanted:
        return None
    signs = ""
    for position in range(start, min(len(text), start + 2 * wanted)):
        sign = text[position]
        if sign.isascii() and sign.isalnum():
            signs += sign.upper()
        elif sign not in " \u00a0\u202f.-":
            return None
        if len(signs) == wanted:
            return position + 1 if _is_iban(text, start, signs) else None
    return None


def _is_iban(text: str, start: int, signs: str) -> bool:
    number = int("".join(str(int(letter, 36)) for letter in signs[4:] + signs[:4]))
    # A mistyped one is as personal: grouped by four, or announced.
    return number % 97 == 1 or bool(_IBAN_GROUPED.match(text, start)) or said_before(text, start, _BANK)


def _social(text: str) -> Iterator[PersonalSpan]:
    for match in _NIR.finditer(text):
        written = match.group()
        near = said_before(text, match.start(), _SOCIAL, 60) or _SOCIAL.search(text, match.end(), match.end() + 40)
        full = len(re.sub(r"[^\dABab]", "", written)) == 15
        if near or (full and (_is_nir(written) or _NIR_GROUPED.fullmatch(written))):
            yield PersonalSpan("NIR", *match.span())
    for match in _OTHER_SOCIAL.finditer(text):
        yield PersonalSpan("NIR", *match.span())


def _is_nir(written: str) -> bool:
    signs = re.sub(r"[^\dAB]", "", written.upper())
    body = signs[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    return body.isdigit() and 97 - int(body) % 97 == int(signs[13:])


def _is_card(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    if said_before(text, match.start(), _LOYALTY) and not said_before(text, match.start(), _BANK_CARD):
        return False
    if _CARD_GROUPED.fullmatch(written) or said_before(text, match.start(), _PLASTIC):
        return True
    digits = digits_of(written)
    return digits[0] in "3456" and luhn(digits)


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return None
    return None if found.is_unspecified else found


def _is_home(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """True for the addresses that every home network has; those kept for examples stand for real ones."""
    example = address.version == 4 and str(address).startswith(("192.0.2.", "198.51.100.", "203.0.113."))
    return address.is_private and not example


def _is_ip(text: str, match: re.Match[str]) -> bool:
    found = _address(match.group())
    if found is None or said_before(text, match.start(), _VERSION):
        return False
    if any(said_before(text, match.start(), cue) for cue in (_IP, _DEVICE_BEFORE, _MESSAGE)):
        return True
    if _DEVICE_AFTER.match(text, match.end()) is not None:
        return True
    # A small one is a version; one that every home network has points at nobody, unless it is given as somebody's.
    octets = [int(part) for part in match.group().split(".")]
    if max(octets[1:]) < _SMALL or match.group().startswith(_USUAL_HOME):
        return False
    if _is_home(found):
        return not said_before(text, match.start(), _VERSION_NEAR)
    return octets[0] >= _LEAST_PUBLIC
