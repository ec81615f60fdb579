"""Birth dates: only dates announced as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S

_MONTH = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|fevrier|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|aout|sept?(?:embre)?"
    r"|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?|decembre|jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|september|october|november|dec(?:ember)?)\.?"
)
_DATE = (
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?(?:{S}?[/.-]{S}?|{S}(?:of{S})?)(?:\d{{1,2}}|{_MONTH})(?:{S}?[/.-]{S}?"
    rf"|,?{S})\d{{2,4}}(?!\d)"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|{_MONTH}{S}\d{{1,2}}(?:st|nd|rd|th)?,?{S}\d{{4}}(?!\d)"
)
_BIRTH = re.compile(
    r"(?:(?<!\w)(?:né\(e\)(?=\W)|née?s?(?:[ \u00a0]\(e\))?|date de naissance|naissance|ddn|dob|d\.o\.b\.?|born"
    r"|date of birth|birth[ -]?date"
    r"|birthday|anniversaire)(?!\w))[ \u00a0]?(?:[:=(]|(?:est|is|was|le|on|the|in|du)(?!\w))?[ \u00a0]?(?:le "
    r"|the |on )?[ \u00a0]?(?:: ?)?"
    rf"(?P<date>{_DATE})"
    r"|(?:(?<!\w)(?:née?s?|né\(e\)|born)[ \u00a0](?:à|a|in|at|en)[ \u00a0][\w'’-]{2,30}"
    r"(?:[ \u00a0][\w'’()-]{2,30}){0,2}?,?[ \u00a0](?:le|on|en|in)[ \u00a0](?:the )?"
    rf"(?P<there>{_DATE}|(?:{_MONTH}{S})?(?:19|20)\d{{2}}(?!\w)))"
    r"|(?:(?<!\w)(?:ddn|dob|date de naissance)[ \u00a0:]{1,3}(?P<solid>\d{6}(?:\d{2})?)(?!\w))"
    rf"|(?:(?<!\w)b\.[ \u00a0]?(?P<short>{_DATE}))"
    r"|(?:(?<!\w)(?:née?s?|né\(e\)|born)[ \u00a0](?:en|in|un|une|back in)[ \u00a0]"
    rf"(?P<year>{_DATE}|(?:{_MONTH}{S})?(?:19|20)\d{{2}}(?!\w)"
    r"|['’]?[3-9]\d(?![\w.,/]|[ ](?:ans|euros|€|minutes|min|jours))))"
    r"|(?:(?<!\w)(?:née?|born|(?:mon|ma|my|his|her) (?:anniversaire|birthday)(?: est| is|['’]s)?)[ \u00a0]"
    r"(?:le|on|the|c['’]est le)?[ \u00a0]?(?P<day>"
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?{S}(?:of{S})?{_MONTH}(?![\w ]{{0,2}}\d)|{_MONTH}{S}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)))"
    rf"|(?:(?<!\w)je suis[ \u00a0]du[ \u00a0](?P<from>\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}))"
    r"|(?P<told>(?<![\d/.])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?=[ \u00a0]?[(:,]?[ \u00a0]?(?:ma |my )?"
    r"(?:date de naissance|naissance|dob|date of birth|birth ?day)(?!\w))",
    re.IGNORECASE,
)


def find_birth_dates(text: str) -> Iterator[PersonalSpan]:
    """Dates announced as those of a birth."""
    for match in _BIRTH.finditer(text):
        yield PersonalSpan("BIRTHDATE", *match.span(match.lastgroup or 0))
