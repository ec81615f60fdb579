"""Birth dates: only dates announced as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, said_before

_MONTH = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|fevrier|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|aout|sept?(?:embre)?"
    r"|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?|decembre|jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|september|october|november|dec(?:ember)?)\.?"
)
_DATE = (
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?(?:{S}?[/.-]{S}?|{S}(?:of{S})?)(?:\d{{1,2}}|{_MONTH})(?:{S}?[/.-]{S}?"
    rf"|,?{S})\d{{2,4}}(?!\d)"
    rf"|\d{{4}}[-/.]\d{{2}}[-/.]\d{{2}}(?!\d)|{_MONTH}{S}\d{{1,2}}(?:st|nd|rd|th)?,?{S}\d{{4}}(?!\d)"
)
_BIRTH = re.compile(
    r"(?:(?<!\w)(?:né\(e\)(?=\W)|née?s?(?:[ \u00a0]\(e\))?|date de naissance|naissance|ddn|dob|d\.o\.b\.?|born"
    r"|date of birth|birth[ -]?date"
    r"|birthday|anniv(?:ersaire)?|bday|b-day|bd(?=[ \u00a0]?:))(?!\w))[ \u00a0]?(?:[:=(,]|(?:est|is|was|le|on|the|in"
    r"|du|c['’]?[ ]?est)(?!\w))?[ \u00a0]?(?:le "
    r"|the |on )?[ \u00a0]?(?:: ?)?"
    rf"(?P<date>{_DATE})"
    r"|(?:(?<!\w)(?:née?s?|né\(e\)|born)[ \u00a0](?:à|a|in|at|en)[ \u00a0][\w'’-]{2,30}"
    r"(?:[ \u00a0][\w'’()-]{2,30}){0,2}?,?[ \u00a0](?:le|on|en|in)[ \u00a0](?:the )?"
    rf"(?P<there>{_DATE}|(?:{_MONTH}{S})?(?:19|20)\d{{2}}(?!\w)))"
    r"|(?:(?<!\w)(?:ddn|dob|date de naissance)[ \u00a0:]{1,3}(?P<solid>\d{6}(?:\d{2})?)(?!\w))"
    r"|(?:(?<!\w)(?:date de naissance|ddn|dob|date of birth"
    r"|birth ?date)(?:[ \u00a0][\w'’-]{1,15}){1,4}?[ \u00a0]?[:=]?[ \u00a0]?"
    rf"(?P<whose>{_DATE}))"
    rf"|(?:(?<!\w)b\.[ \u00a0]?(?P<short>{_DATE}))"
    r"|(?:(?<!\w)je suis de (?P<aged>19\d{2})(?![\w%]|[.,]\d))"
    r"|(?:(?<!\w)(?:née?s?|né\(e\)|born)[ \u00a0](?:en|in|un|une|back in)[ \u00a0]"
    rf"(?P<year>{_DATE}|(?:{_MONTH}{S})?(?:19|20)\d{{2}}(?!\w)"
    r"|['’]?[3-9]\d(?![\w.,/]|[ ](?:ans|euros|€|minutes|min|jours))))"
    r"|(?:(?<!\w)(?:née?|born|(?:mon|ma|my|his|her) (?:anniversaire|birthday)(?: est| is|['’]s)?)[ \u00a0]"
    r"(?:le|on|the|c['’]est le)?[ \u00a0]?(?P<day>"
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?{S}(?:of{S})?{_MONTH}(?![\w ]{{0,2}}\d)|{_MONTH}{S}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)))"
    r"|(?:(?<!\w)(?:née?|nee|born)(?:[ \u00a0](?-i:[A-ZÀ-Þ])[\w'’-]{1,30}){1,3}\)?,?"
    rf"[ \u00a0](?:le|on|the)[ \u00a0](?P<maiden>{_DATE}))"
    rf"|(?:(?<!\w)je suis[ \u00a0]du[ \u00a0](?P<from>{_DATE}))",
    re.IGNORECASE,
)

#: The date first: "23/11/1968 c'est ma date de naissance".
_TOLD = re.compile(
    rf"(?P<told>(?<![\w/.]){_DATE})(?={S}?[(:,;=–—-]{{0,2}}{S}?(?:(?:oui|et|and|yes|which|ce|qui|that|it|this){S})?"
    rf"(?:(?:c['’]|c{S})?(?:est|était|etait|is|was|being)|['’]s|correspond à|as)?{S}?(?:bien{S}|also{S}|aussi{S})?"
    rf"(?:la{S}|le{S}|sa{S}|son{S}|ma{S}|mon{S}|my{S}|his{S}|her{S}|our{S}|notre{S}|the{S}|leur{S})?"
    r"(?:date de (?:ma |sa )?naissance|(?:jour|date|année) de (?:ma|sa|mon|son|la|naissance)(?: naissance)?|naissance"
    r"|ddn|dob|d\.o\.b|date of (?:my |his |her )?birth"
    r"|birth ?-?da(?:y|te)|anniv(?:ersaire)?|(?:the )?day (?:i|he|she) was born|when (?:i|he|she) was born)(?!\w))",
    re.IGNORECASE,
)
#: Born too, and nobody: "une marque née en 1921".
_FOUNDED = re.compile(
    r"(?<!\w)(?:marque|maison|entreprise|enseigne|société|boutique|usine|recette|idée|légende|brand|company|café"
    r"|restaurant"
    r"|magasin|modèle|école|club|asso(?:ciation)?|tradition|collection|appli|start-?up"
    r"|legend)s?[ \u00a0,]{1,2}(?:est |was |is )?$",
    re.IGNORECASE,
)
#: Without one of these, no date is that of a birth: asked first, for most texts have none.
_SAID = re.compile(
    r"naiss|birth|dob|d\.o\.b|ddn|anniv|born|b-?day|(?<!\w)bd[ \u00a0]?:|suis[ \u00a0](?:du|de)"
    r"|(?<!\w)(?:n[ée]e?s?(?!\w)|b\.)",
    re.IGNORECASE,
)


#: After a whole name, a date too old for an order: "Destiny Alvarez, 07/04/2001, acct 5520".
_BESIDE_NAME = re.compile(
    r"(?<!\w)[A-ZÀ-Þ][\w'’-]{1,20}(?:[ \u00a0][A-ZÀ-Þ]\.)?"
    r"(?:[ \u00a0][A-ZÀ-Þ][\w'’-]{1,20}){1,3}[ \u00a0]?[,;(][ \u00a0]?"
    r"(?P<date>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d{2}|200\d|201[0-2])|(?:19\d{2}|200\d|201[0-2])-\d{2}-\d{2})(?![\w/-])"
)


def find_birth_dates(text: str) -> Iterator[PersonalSpan]:
    """Dates announced as those of a birth, or told right after a whole name."""
    for match in _BESIDE_NAME.finditer(text):
        yield PersonalSpan("BIRTHDATE", *match.span("date"))
    if not _SAID.search(text):
        return
    for match in _BIRTH.finditer(text):
        if said_before(text, match.start(), _FOUNDED, 24):
            continue
        yield PersonalSpan("BIRTHDATE", *match.span(match.lastgroup or 0))
    for match in _TOLD.finditer(text):
        yield PersonalSpan("BIRTHDATE", *match.span("told"))
