"""Links, e-mails and phone numbers. Hashtags and mentions are set aside at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.domain.post import FactKind, FoundFact
from copilot.text.facts.page import Page

# Endings a bare address may have. Short endings that are also French words (me, la, et, est) need a scheme or "www.".
_ENDINGS = (
    "com|org|net|fr|eu|be|ch|ca|lu|mc|re|nc|pf|uk|ie|de|es|it|pt|nl|io|co|ai|app|dev|shop|store|info|biz|tv|fm|gg"
    "|paris|bzh|alsace|corsica|quebec|london|brussels|online|site|blog|studio|agency|coop|bio|eco|events|example|test"
    "|immo|pro|education|museum|tech|cloud|link|social|news|media|radio|ly|gl|gouv|asso|green|bike"
)
_LINK = re.compile(
    r"(?P<scheme>(?<!\w)(?i:https?)://)[^\s<>\"«»“”\u2060]{1,2000}"
    r"|(?<![\w@./-])(?i:www)\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?P<wpath>[/?#][^\s<>\"«»“”\u2060]{0,2000})?"
    r"|(?<![\w@./-])(?:[a-zA-Z0-9À-ÿ](?:[\wÀ-ÿ-]{0,61}\w)?\.){1,5}"
    rf"(?:{_ENDINGS})(?![\w@-])(?!\.\w)(?P<path>[/?#][^\s<>\"«»“”\u2060]{{0,2000}})?"
    # In capitals, ``FIN.SUITE`` is two sentences: only the endings that are no word.
    r"|(?<![\w@./-])(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.){1,5}(?:COM|ORG|NET|FR|EU|BE|CH|CA|UK|EXAMPLE)"
    r"(?![\w@-])(?!\.\w)(?:/[^\s<>\"«»“”\u2060]{0,2000})?"
)
_HOST = re.compile(r"(?:https?://)?[^/?#]*", re.IGNORECASE)
_TRAILING = ".,;:!?…'’»”\"*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_TAG = re.compile(r"(?<![\w&])[#＃@]\w+(?:[.-]\w+)*")

_SEP = r"[ .\-\u00a0\u202f\u2009\u2011]?"
#: A phone number as people write them: French, international, British and American forms.
PHONE = re.compile(
    rf"(?<![\w.,/])(?:"
    rf"(?:\+|00)\d{{1,3}}{_SEP}(?:\(0\){_SEP})?(?:\d{_SEP}){{6,11}}\d(?!\w)"
    rf"|0[1-9](?:{_SEP}\d{{2}}){{4}}(?![\d€%])"
    rf"|0{_SEP}[89]\d{{2}}{_SEP}(?:\d{{3}}{_SEP}\d{{3}}|\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{2}})(?![\d€%])"
    r"|(?:\+1 ?)?\(\d{3}\) ?\d{3}[-. ]\d{4}(?!\d)|(?:1[-. ])?\d{3}[-.]\d{3}[-.]\d{4}(?![\d-])"
    r"|0(?:2\d ?\d{4} ?\d{4}|\d{4} ?\d{3} ?\d{3}|\d{3} ?\d{3} ?\d{4})(?!\d))"
)
_SHORT = re.compile(
    r"(?:\b(?:appelez|composez|téléphonez|appelle|tél(?:éphone)?\.?|call|dial|sms)(?: :| au| le| la| by| to)?\s)"
    r"(?P<number>3\d{3}|3\d \d{2}|1\d{2}|118 ?\d{3})(?![\d€%]|[ :.]\d| ?€)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[^\d+]")


def _trimmed(link: str) -> str:
    """``link`` without the punctuation that closes the sentence, nor a bracket it did not open."""
    end = len(link)
    while end:
        last = link[end - 1]
        opening = _PAIRS.get(last)
        if last not in _TRAILING and not (opening and link.count(opening, 0, end) < link.count(last, 0, end)):
            break
        end -= 1
    return link[:end]


def find_links(page: Page) -> Iterator[FoundFact]:
    """Web addresses, with a scheme or without; the punctuation after them is left out."""
    for match in _LINK.finditer(page.text):
        link = _trimmed(match.group())
        if len(link) <= len(match["scheme"] or "") or page.text[match.start() + len(link) :].startswith("@", 0, 1):
            continue
        normalised = _HOST.sub(lambda host: host.group().lower(), link, count=1)
        yield page.fact(FactKind.LINK, match.start(), match.start() + len(link), normalised)


def find_emails(page: Page) -> Iterator[FoundFact]:
    """E-mail addresses. Afterwards hashtags and mentions are closed to every other finder."""
    for match in _EMAIL.finditer(page.text):
        address = match.group().rstrip(".-_")
        if "." in address.partition("@")[2]:
            yield page.fact(FactKind.EMAIL, match.start(), match.start() + len(address), address.lower())
    for match in _TAG.finditer(page.text):
        if page.free(*match.span()):
            page.block(*match.span())


def normal_phone(written: str) -> str:
    """Digits of a phone number; French and British numbers and those with a prefix get ``+`` and the country code."""
    digits = _DIGITS.sub("", written.replace("(0)", ""))
    if digits.startswith("00"):
        return "+" + digits[2:]
    if len(digits) == 10 and digits.startswith("0"):
        return "+33" + digits[1:]
    if len(digits) == 11 and digits.startswith("0"):
        return "+44" + digits[1:]
    return digits


def find_phones(page: Page) -> Iterator[FoundFact]:
    """Phone numbers: French, with an international prefix, British and American national forms, short numbers."""
    for match in PHONE.finditer(page.text):
        yield page.fact(FactKind.PHONE, *match.span(), normal_phone(match.group()))
    for match in _SHORT.finditer(page.text):
        yield page.fact(FactKind.PHONE, *match.span("number"), normal_phone(match["number"]))
