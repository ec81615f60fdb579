"""Finds what points at a person in a text: names, addresses, numbers. In doubt it takes too much, not too little."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import NamedTuple

from copilot.text.facts.contacts import PHONE
from copilot.text.facts.page import Page, Token
from copilot.text.lexicons import lexicon, stop_words, words


class PersonalSpan(NamedTuple):
    """``text[start:end]`` is of kind ``PERSON``, ``EMAIL``, ``PHONE``, ``HANDLE``, ``IBAN``, ``CARD``, ``REF``..."""

    kind: str
    start: int
    end: int


_S = "[ \u00a0\u202f]"
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|[ ]?(?:\(at\)|\[at\]|\{at\})[ ]?|[ ](?:arobase|chez arobase)[ ])"
    r"[\w-]{1,63}(?:(?:\.|[ ]?(?:\(dot\)|\[dot\]|\(point\))[ ]?|[ ](?:point|dot)[ ])[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@])@[^\W_][\w.-]{1,40}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})?|(?<![\w.@])@_[\w.]{1,40}")
_IBAN_HEAD = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?=[ \u00a0\u202f.-]?[A-Za-z0-9])")
_IBAN_LENGTHS = {
    **{"AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18},
    **{"FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MC": 27},
    **{"MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24},
}
_CARD = re.compile(r"(?<![\w.,-])\d(?:[ \u00a0.-]?\d){12,18}(?![\w])")
_NIR = re.compile(
    rf"(?<!\w)[12][ \u00a0.]?\d{{2}}[ \u00a0.]?(?:0[1-9]|1[0-2]|[2-9]\d)[ \u00a0.]?(?:\d{{2}}"
    rf"|2[ABab])[ \u00a0.]?\d{{3}}[ \u00a0.]?\d{{3}}"
    rf"(?:{_S}?/?{_S}?\d{{2}})?(?!\w)"
)
_LOOSE_PHONE = re.compile(r"(?<![\w.,/])0[1-9](?:[ .\-/_\u00a0\u202f]{0,3}\d){8}(?!\d)")
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_STREET = (
    r"rue|avenue|av\.|boulevard|bd|bld|place|quai|allées?|chemin|impasse|passage|square|route|cours|villa|résidence"
    r"|faubourg"
)
_ADDRESS = re.compile(
    rf"(?<![\w.,])\d{{1,4}}(?:{_S}?(?:bis|ter|quater|[A-D]))?,?{_S}(?:{_STREET}){_S}"
    rf"(?:(?:de|du|des|la|le|les|aux?|à){_S}|[ldLD]['’]){{0,3}}[\w'’-]{{1,40}}"
    rf"(?:{_S}(?:(?:de|du|des|la|le|les|et|aux?|en|sur){_S}|[ldLD]['’]){{0,3}}(?-i:[A-ZÀ-Þ][\w'’-]{{0,30}})){{0,5}}"
    rf"(?:(?:,|{_S}-)?[ \u00a0\n]\d{{5}}(?:{_S}(?-i:[A-ZÀ-Þ])[\w'’-]{{1,40}}"
    rf"(?:{_S}(?-i:[A-ZÀ-Þ0-9])[\w'’-]{{0,30}}){{0,3}})?)?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    rf"(?<![\w.,-])(?:\d{{5}}{_S}[A-ZÀ-Þ][\w'’-]{{2,40}}|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})(?!\w)"
)
_ENGLISH_ADDRESS = re.compile(
    rf"(?<![\w.,])(?:(?:flat|apt\.?|unit){_S}\d{{1,4}}\w?,?{_S})?\d{{1,5}}[A-Da-d]?{_S}"
    rf"(?:(?-i:[A-Z])[\w'’-]{{1,30}}{_S}){{1,4}}"
    rf"(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|court|square|terrace|grove|hill|mews|walk|row|crescent|way|close|gardens"
    rf"|boulevard|place)(?!\w)"
    rf"(?:,?{_S}(?-i:[A-Z])[\w'’-]{{1,30}})?(?:,?{_S}(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|\d{{5}}))?",
    re.IGNORECASE,
)
_REF_CUE = re.compile(
    r"(?:\b(?:commandes?|cde|cmd|order|réf(?:érence)?s?|reference|ref|dossier|ticket|facture|invoice|suivi"
    r"|tracking|colis|parcel"
    r"|compte|account|contrat|contract|abonnement|client|customer|réservation|booking|adhérent|member(?:ship)?"
    r"|numéro|number|num"
    r"|billet|série|serial|case|n[°ºo])(?!\w)|#)"
    r"[ \u00a0\u202f]?(?:(?:client|de commande|de suivi|de dossier|de série|commande|number|numéro|num|no|id|est"
    r"|is|n[°ºo]|[:#.=(-])[ \u00a0\u202f.:]*){0,4}"
    r"(?P<ref>[A-Za-z]{0,8}[-_/]?\d[\w/-]{2,30})(?!\w)",
    re.IGNORECASE,
)
_REF_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,6}[-_]?\d{4,20}(?:-\d{1,8})?|[A-Z]{2}-\d{3}-[A-Z]{2}|\d[A-Z]\d{11}"
    r"|[A-Z]{2}\d{9}[A-Z]{2}|\d{8,20})(?![\w-])"
)
_BIRTH = re.compile(
    r"(?:\bnée?s?[ \u00a0]le|\bdate de naissance|\bnaissance|\bborn(?: on)?|\bdate of birth|\bbirth ?date"
    r"|\bDOB)[ \u00a0]?:?[ \u00a0]?(?:est le |is |le )?"
    r"(?P<date>\d{1,2}(?:er)?[ /.-](?:\d{1,2}|[^\W\d_]{3,9}\.?)[ /.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|[^\W\d_]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
    re.IGNORECASE,
)
_BANK = re.compile(
    r"(?:carte|card|cb|visa|mastercard|bancaire|iban|rib|bic)\W{1,4}(?:\w{1,10}\W{1,3}){0,3}$", re.IGNORECASE
)
_SOCIAL = re.compile(
    r"(?:sécu|sécurité sociale|nir|ss|insee|social security)\W{1,4}(?:\w{1,10}\W{1,3}){0,3}$", re.IGNORECASE
)


def _luhn(digits: str) -> bool:
    total = 0
    for rank, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _iban_end(text: str, start: int) -> int | None:
    """End of the IBAN that begins at ``start``; None when its length or its check digits are wrong."""
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
            number = int("".join(str(int(letter, 36)) for letter in signs[4:] + signs[:4]))
            named = "iban" in text[max(0, start - 25) : start].lower()
            return position + 1 if number % 97 == 1 or named else None
    return None


def _is_nir(written: str) -> bool:
    signs = re.sub(r"[^\dAB]", "", written.upper())
    if len(signs) != 15:
        return False
    body = signs[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    return body.isdigit() and 97 - int(body) % 97 == int(signs[13:])


def _is_ip(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    return not address.is_unspecified


def _numbers(page: Page) -> Iterator[PersonalSpan]:
    text = page.text
    for match in _IBAN_HEAD.finditer(text):
        end = _iban_end(text, match.start())
        if end:
            yield PersonalSpan("IBAN", match.start(), end)
    for match in _NIR.finditer(text):
        if _is_nir(match.group()) or _SOCIAL.search(page.before(match.start())):
            yield PersonalSpan("NIR", *match.span())
    for match in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", match.group())) or _BANK.search(page.before(match.start())):
            yield PersonalSpan("CARD", *match.span())
    for pattern in (PHONE, _LOOSE_PHONE):
        for match in pattern.finditer(text):
            yield PersonalSpan("PHONE", *match.span())
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if _is_ip(match.group()):
                yield PersonalSpan("IP", *match.span())


def _references(page: Page) -> Iterator[PersonalSpan]:
    for match in _BIRTH.finditer(page.text):
        yield PersonalSpan("BIRTHDATE", *match.span("date"))
    for pattern in (_ADDRESS, _ENGLISH_ADDRESS, _POSTCODE):
        for match in pattern.finditer(page.text):
            yield PersonalSpan("ADDRESS", *match.span())
    for match in _REF_CODE.finditer(page.text):
        yield PersonalSpan("REF", *match.span())
    for match in _REF_CUE.finditer(page.text):
        if not _is_year_or_price(page, *match.span("ref")):
            start = match.start("ref")
            yield PersonalSpan("REF", start - (page.text[start - 1] == "#"), match.end("ref"))


def _is_year_or_price(page: Page, start: int, end: int) -> bool:
    value = page.text[start:end]
    if not any(sign.isdigit() for sign in value) or sum(sign.isdigit() for sign in value) < 3:
        return True
    if re.fullmatch(r"(?:19|20)\d{2}", value) or re.fullmatch(r"\d{1,4}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2}-\d{2}", value):
        return page.text[start - 1 : start] != "#"
    return bool(re.match(r"[.,]?\d*[ \u00a0\u202f]?(?:€|%|\$|£|euros?\b|km\b|h\b)", page.text[end : end + 12]))


def find_personal(text: str) -> Iterator[PersonalSpan]:
    """Every personal span of ``text``; an earlier one wins the characters it shares with a later one.

    Time grows linearly with the text.
    """
    page = Page(text, "fr")
    for match in _EMAIL.finditer(text):
        yield PersonalSpan("EMAIL", match.start(), match.start() + len(match.group().rstrip(".-_")))
    for match in _HANDLE.finditer(text):
        yield PersonalSpan("HANDLE", match.start(), match.start() + len(match.group().rstrip(".-")))
    yield from _numbers(page)
    yield from _references(page)
    yield from _people(page)


_TITLES = words("m mme mlle mr mrs ms miss dr monsieur madame mademoiselle maître docteur")
_GREETINGS = words(
    "bonjour bonsoir salut coucou hello hi hey dear cher chère merci thanks thank bravo cordialement bisous"
)
_CUE = re.compile(
    r"(?:\b(?:je (?:m['’]appelle|me nomme)|mon nom (?:est|c['’]est)|mon prénom est|my name is|my name['’]s"
    r"|call me|signé|nom(?: de famille)?"
    r"|prénom|name|au nom de|under the name|conseiller|conseillère|demander|appelée?"
    r"|nommée?)[ \u00a0]?:?[ \u00a0](?:est |is )?"
    r"|(?:cordialement|bien à vous|regards|cheers|sincerely),?[ \u00a0]*\n[ \u00a0]*)(?=[^\W\d_])",
    re.IGNORECASE,
)
_SURNAME_PARTICLES = words("de du des la le van von den der el al ben d' d’ da di dos mac")
_NAME_GAPS = frozenset(["", " ", "\u00a0", "-", ". "])
_LONGEST_NAME = 5


def _people(page: Page) -> Iterator[PersonalSpan]:
    cues = {match.end() for match in _CUE.finditer(page.text)}
    tokens = page.tokens
    index = 0
    while index < len(tokens):
        first = _name_start(page, index, tokens[index].start in cues)
        if first is None:
            index += 1
            continue
        last = _name_end(page, first)
        if last > first:
            yield PersonalSpan("PERSON", tokens[index].start, _with_possessive_cut(tokens[last - 1]))
        index = max(last, index + 1)


def _with_possessive_cut(token: Token) -> int:
    return token.end - 2 if token.text[-2:] in ("'s", "’s") else token.end


def _name_start(page: Page, index: int, cued: bool) -> int | None:
    """Index of the first word of the name that the token at ``index`` opens (its title included), else None."""
    tokens = page.tokens
    token = tokens[index]
    low = token.text.casefold()
    if low in _TITLES and _followed(page, index) and (low not in ("m", "ms", "dr", "miss") or token.text[0].isupper()):
        return _titled(page, index + 1)
    if cued and not _ordinary(token):
        return index
    if _is_first_name(page, index):
        return index
    before = tokens[index - 1].text.casefold() if index else ""
    if before in _GREETINGS and _capital(token) and not token.initial and not _ordinary(token) and _alone(page, index):
        return index
    return None


def _titled(page: Page, index: int) -> int | None:
    """Index of the surname after a title, past the particles of ``Mme de La Tour``."""
    tokens = page.tokens
    last = index
    while last < min(index + 2, len(tokens) - 1) and tokens[last].text.casefold() in _SURNAME_PARTICLES:
        last += 1
    return last if _capital(tokens[last]) and not _ordinary(tokens[last]) else None


def _followed(page: Page, index: int) -> bool:
    if index + 1 >= len(page.tokens):
        return False
    return page.text[page.tokens[index].end : page.tokens[index + 1].start] in (" ", "\u00a0", ". ", ".\u00a0", ".")


def _capital(token: Token) -> bool:
    return token.text[0].isupper() and token.text[-1] not in "'’"


def _ordinary(token: Token) -> bool:
    low = token.text.casefold()
    return low in stop_words("both") or low in lexicon("common_words") or token.text[0].isdigit()


def _alone(page: Page, index: int) -> bool:
    """True when the word ends its clause: "Merci Nadia !", not "Merci Décathlon pour"."""
    rest = page.after(page.tokens[index].end, 4).lstrip(" \u00a0\u202f")
    return not rest or rest[0] in "!,.?;:)\n" or not rest[0].isalnum()


def _is_first_name(page: Page, index: int) -> bool:
    token = page.tokens[index]
    bare = token.text.removesuffix("'s").removesuffix("’s")
    low = bare.casefold()
    known = low in lexicon("first_names") or (
        "-" in low and all(part in lexicon("first_names") for part in low.split("-"))
    )
    if not known:
        return False
    if not _capital(token):
        return len(low) >= 5 and low not in lexicon("ambiguous_names") | lexicon("names_that_are_words")
    if low not in lexicon("ambiguous_names") or _surname_follows(page, index) or _greeted(page, index):
        return True
    # A capital inside a sentence makes a name of "Jean" or "Rose", not of "France" or "May".
    return not token.initial and low not in lexicon("common_words") and low not in lexicon("places")


def _greeted(page: Page, index: int) -> bool:
    return bool(index) and page.tokens[index - 1].text.casefold() in _GREETINGS and not page.tokens[index].initial


def _surname_follows(page: Page, index: int) -> bool:
    following = index + 1
    if following >= len(page.tokens):
        return False
    token = page.tokens[following]
    joined = page.text[page.tokens[index].end : token.start] in (" ", "\u00a0")
    return joined and _capital(token) and not _ordinary(token)


def _name_end(page: Page, first: int) -> int:
    """Index after the last word of the name that begins at ``first``."""
    tokens = page.tokens
    last = first + 1
    while last < len(tokens) and last - first < _LONGEST_NAME:
        gap = page.text[tokens[last - 1].end : tokens[last].start]
        if gap not in _NAME_GAPS or (gap == ". " and len(tokens[last - 1].text) > 1):
            break
        token = tokens[last]
        if _capital(token) and not _ordinary(token):
            last += 1
        elif token.text.casefold() in _SURNAME_PARTICLES and _particle_leads(page, last):
            last += 2
        else:
            break
    return last


def _particle_leads(page: Page, index: int) -> bool:
    tokens = page.tokens
    if index + 1 >= len(tokens) or page.text[tokens[index].end : tokens[index + 1].start] not in ("", " ", "\u00a0"):
        return False
    return _capital(tokens[index + 1]) and tokens[index + 1].text.casefold() not in lexicon("places")
