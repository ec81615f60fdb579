"""Phone numbers: the usual shapes at once, the others as the numbering plans of eight countries say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.text.facts.contacts import PHONE
from copilot.text.personal._span import PersonalSpan, digits_of, said_before

#: Where a number without prefix may be from.
REGIONS = ("FR", "BE", "CH", "GB", "IE", "US", "CA")

# After a slash only where a number stands before it; "o6" is written so to escape machines.
_LOOSE = re.compile(r"(?<![\w,])(?<!\d\.)(?<![^\d]/)[0oO][1-9](?:[ .\-/_\u00a0\u202f]{0,3}\d){8}(?!\d)")
_FULL = re.compile(
    r"(?<![\w.,/+-])(?:1[ .-]?\(\d{3}\)[ .-]?\d{3}[ .-]\d{4}"
    r"|0[1-9](?:,\d{2}){4}(?!,?\d)|\(?(?:\+ ?|00 ?)?33\)?[ .-]?(?:\(0\)[ .-]?)?[1-79](?:[ .-]{0,2}\d{2}){4})(?!\w)"
    r"|(?<![\w.,/+-])(?:\+ |00 )(?:32|33|34|39|41|44|49|351|352|353|212|213|216"
    r"|1)(?:[ .-]?\(0\))?(?:[ .-]?\d){7,11}(?!\w)"
)
_LETTERED = re.compile(r"(?<![\w.,/])[oO]7\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\w)")
# "zéro six douze trente-quatre...", "oh seven seven double oh...".
_SAID = (
    r"(?:z[ée]ro|oh|zero|double|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize"
    r"|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|one|two|three|four"
    r"|five|seven"
    r"|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_SPOKEN = re.compile(
    rf"(?<!\w)(?:z[ée]ro|oh|zero|plus)(?:[ ,.-]{{1,2}}(?:et )?{_SAID}){{5,16}}(?!\w)"
    rf"|(?<!\w)z[ée]ro (?:six|sept|un|neuf)(?: (?:{_SAID}|\d{{2}})){{4}}(?!\w)"
    rf"|(?<!\w)0[1-9](?=[ \d]{{0,12}} [a-z])(?:[ .-](?:\d{{2}}|{_SAID}(?:[- ]{_SAID}){{0,2}})){{4}}(?!\w)",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"(?<![\w.,/#])(?:\(?\+|00)?[ ]?\(?\d(?:[ \u00a0\u202f.\-()/]{0,2}\d){6,14}(?!\w|[.,]\d)")
_AMERICAN = re.compile(r"\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}")
_GROUPED = re.compile(
    r"\(?0\d{1,4}\)?(?:[ \u00a0\u202f.\-/]\d{2,4}){2,4}|\(?0\d{2,4}\)?[ \u00a0\u202f.\-/]{1,3}\d{5,8}"
)
_LOCAL = re.compile(r"[2-9]\d{2}[ .-]\d{4}")
_CUE = re.compile(
    r"(?:\b(?:tél(?:éphone)?|tel|portable|mobile|mob|gsm|numéro|num|phone|call(?:ed|ing)?|ring|rang|text|sms"
    r"|whats ?app|cell"
    r"|dial|number|joindre|joignable|contacter|rappel\w*|appel\w*|reach me|contact me|fixe|landline)\b|☎|📞"
    r"|📱)[^\d\n]{0,25}$|\b(?:au|at|on|sur|is|c le|c'est le|est le)[ ]$",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"[ \u00a0](?:(?:is my|c['’]est mon|on|sur|my)[ \u00a0](?:cell|number|phone|mobile|num|whats ?app)"
    r"|(?:call|text|whats ?app|ring|message|ping|contact)(?: me| us|[.!]|$)|(?:appelez|rappelez)[ -]moi)",
    re.IGNORECASE,
)
#: Said of a mobile phone only: ten digits may be an account.
_MOBILE = re.compile(
    r"(?<!\w)(?:mob(?:ile)?|whats ?app|phone|ph|cell|contact|(?:call|text|ring|ping|message) (?:me|us))(?!\w)",
    re.IGNORECASE,
)
#: Numbers that were played: "joué le 06 12 23 34 45 au loto".
_DRAWN = re.compile(
    r"(?<!\w)(?:loto|lotto|lottery|euro ?millions?|keno|kéno|tirage|grille|draw|jou[ée]\w*|cochée?s?"
    r"|combinaison)(?!\w)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[ \u00a0\u202f]?(?:€|%|\$|£|euros?\b|km\b|kg\b|followers\b|abonnés\b|vues\b|views\b)")


def find_phones(text: str) -> Iterator[PersonalSpan]:
    """Phone numbers; short social ones (15, 3114) are nobody's."""
    for pattern in (_FULL, PHONE, _LOOSE, _LETTERED):
        for match in pattern.finditer(text):
            if not _is_dates(match.group()) and not _is_drawn(text, match):
                yield PersonalSpan("PHONE", match.start(), match.end())
    yield from find_spoken_phones(text)
    for match in _CANDIDATE.finditer(text):
        if _is_phone(text, match):
            start = match.start() + (len(match.group()) - len(match.group().lstrip()))
            yield PersonalSpan("PHONE", start, match.end())


def find_spoken_phones(text: str) -> Iterator[PersonalSpan]:
    """Phone numbers written in words."""
    for match in _SPOKEN.finditer(text):
        if not _is_drawn(text, match):
            yield PersonalSpan("PHONE", *match.span())


def _is_dates(written: str) -> bool:
    return written.count("/") in (2, 3) and not written.startswith("0") and len(digits_of(written)) <= 8


def _is_drawn(text: str, match: re.Match[str]) -> bool:
    """True for the numbers of a lottery: none above 59, each greater than the one before."""
    if match.group().count(" ") != 4:
        return False
    pairs = match.group().split()
    if any(len(pair) != 2 for pair in pairs) or pairs != sorted(pairs) or pairs[-1] > "59":
        return False
    return said_before(text, match.start(), _DRAWN) or _DRAWN.search(text, match.end(), match.end() + 30) is not None


def _is_phone(text: str, match: re.Match[str]) -> bool:
    written = match.group().strip()
    digits = digits_of(written)
    if _UNIT.match(text, match.end()) or _is_dates(written) or _is_drawn(text, match):
        return False
    if written.startswith(("+", "(+")):
        return len(digits) >= 8
    if written.startswith("00"):
        return _is_valid("+" + digits[2:], "")
    cued = said_before(text, match.start(), _CUE) or _CUE_AFTER.match(text, match.end()) is not None
    if len(digits) == 7:
        return cued and _LOCAL.fullmatch(written) is not None
    if digits.startswith("0") and 9 <= len(digits) <= 11:
        return _GROUPED.fullmatch(written) is not None or any(_is_valid(digits, region) for region in REGIONS[:5])
    if _AMERICAN.fullmatch(written):
        return True
    if not cued or len(digits) < 9:
        return False
    return _is_valid("+" + digits, "") or (
        len(digits) == 10
        and digits[0] != "0"
        and (_is_valid(digits, "US") or (_MOBILE.search(_around(text, match)) is not None and _is_valid(digits, "IN")))
    )


def _around(text: str, match: re.Match[str]) -> str:
    """What is said just before and after a number."""
    return f"{text[max(0, match.start() - 20) : match.start()]} {text[match.end() : match.end() + 16]}"


@lru_cache(maxsize=4096)
def _is_valid(digits: str, region: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region or None))
    except phonenumbers.NumberParseException:
        return False
