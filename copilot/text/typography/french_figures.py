"""French figures: hours, thousands, units, ordinals, ``n°``. Over a masked text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.typography.edit import NARROW, NBSP, SPACES, Edit, Habits, Reason, back_over_spaces, spaced

_S = f"[{SPACES}]"
_HOUR = re.compile(
    rf"(?<![\w.,:/])(?:(?P<hour>[01]?[0-9]|2[0-4])(?P<before>{_S}?)[hH](?P<after>{_S}?)[0-5][0-9](?!\w|[.,:][0-9])"
    rf"|[0-9]{{1,3}}(?P<alone>{_S}?)h(?![\w/'’:]))"
)
_SYMBOL = re.compile(r"[kKM]?€(?![0-9])|[%‰](?!\w)|[$£](?!\w)")
_GLUED_UNIT = "km/h|km²|km|kg|cm|mm|cl|ml|m²|m³|kWh|Go|Mo|To|°C"
_UNIT = re.compile(
    rf"(?<=[0-9])(?:(?P<glued>)(?:{_GLUED_UNIT})|(?P<run>{_S}+)(?:{_GLUED_UNIT}|Wh|ha|min|[gmlLW]))(?![\w'’])"
)
_NUMBER = re.compile(rf"(?<!\w)[Nn][°º]({_S}*)(?=[0-9])")
_ORDINAL = re.compile(
    r"(?<![\w.,])(?:(?P<first>1)(?P<feminine>[èe]re)s?|[0-9]{1,4}(?P<rank>i?[èe]me)s?|(?P<roman>[IVX]{1,6})(?P<of>i?[èe]me)s?)"
    r"(?!\w)"
)
_SPACED = re.compile(rf"(?<![\w.,+])[1-9][0-9]{{0,2}}(?:{_S}[0-9]{{3}})+(?![0-9\w]|{_S}[0-9]|[.,][0-9]{{3}})")
_GLUED = re.compile(
    rf"(?<![\w.,:/#+-])[1-9][0-9]{{4,8}}(?={_S}?(?:[kKM]?€|[%$£]|km|kg|m²|kWh)|{_S}(?P<noun>[^\W\d_]{{4,}}))"
)
_REFERENCE = re.compile(
    rf"(?:n[°ºᵒo]|num[ée]ro|r[ée]f|r[ée]f[ée]rence|dossier|commande|facture|siren|siret|rcs|rna|code|lot|cs|bp|iban|ticket|"
    rf"tva|t[ée]l|postal|cedex)[{SPACES}.:#]*\Z",
    re.IGNORECASE,
)
_COUNTED = frozenset({"euros", "personnes", "millions"})
#: Words in -s or -x that are not what is counted.
_NO_NOUN_WORDS = """
    dans sans plus moins mais sous vers chez puis alors après depuis jamais toujours nous vous elles ils leurs
    très cours fois vos nos ses mes tes des les ces aux eux deux trois selon lors pas
"""
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())


def hours(text: str, habits: Habits) -> Iterator[Edit]:
    """``10 h 30``, ``10 h``: no-break spaces around the h."""
    if "h" not in text and "H" not in text:
        return
    for match in _HOUR.finditer(text):
        for group in ("before", "after", "alone"):
            if match[group] is not None:
                edit = spaced(match.start(group), match.end(group), match[group], habits.firm, Reason.HOUR)
                if edit:
                    yield edit


def units(text: str, habits: Habits) -> Iterator[Edit]:
    """A no-break space before ``%``, a currency or a unit."""
    for match in _SYMBOL.finditer(text):
        left = back_over_spaces(text, match.start())
        if left and "0" <= text[left - 1] <= "9":
            edit = spaced(left, match.start(), text[left : match.start()], habits.firm, Reason.UNIT)
            if edit:
                yield edit
    for match in _UNIT.finditer(text):
        if _is_standalone(text, match.start()):
            group = "run" if match["run"] is not None else "glued"
            edit = spaced(match.start(group), match.end(group), match[group], habits.firm, Reason.UNIT)
            if edit:
                yield edit


def _is_standalone(text: str, at: int) -> bool:
    """Whether the figure that ends at ``at`` is no part of a name such as ``RX100``."""
    floor = max(0, at - 12)
    while at > floor and (text[at - 1].isdigit() or text[at - 1] in ".,"):
        at -= 1
    return not (at and (text[at - 1].isalpha() or text[at - 1] in "-_"))


def numbers(text: str, habits: Habits) -> Iterator[Edit]:
    """A no-break space after ``n°``; the sign is kept, ``nᵒ`` costs more on X and is a box in old fonts."""
    if "°" not in text and "º" not in text:
        return
    for match in _NUMBER.finditer(text):
        edit = spaced(match.start(1), match.end(1), match[1], habits.firm, Reason.NUMBER)
        if edit:
            yield edit


def ordinals(text: str) -> Iterator[Edit]:
    """``1re``, ``2e``, ``XXIe``."""
    if "me" not in text and "re" not in text:
        return
    for match in _ORDINAL.finditer(text):
        group = "feminine" if match["first"] else "rank" if match["rank"] else "of"
        if match["first"] or text[match.start() : match.start(group)] not in ("1", "I"):
            yield Edit(match.start(group), match.end(group), "re" if match["first"] else "e", Reason.ORDINAL)


def thousands(text: str, habits: Habits) -> Iterator[Edit]:
    """A no-break space between thousands: where a space stands already, or from five digits on what is counted."""
    for match in _SPACED.finditer(text):
        if not (_is_inside_figure(text, match.start()) or _is_reference(text, match.start()) or _is_place(text, match)):
            yield from _gaps(match, habits)
    for match in _GLUED.finditer(text):
        if not _is_reference(text, match.start()) and _is_counted(match["noun"]):
            last = match.end()
            for at in range(last - 3, match.start(), -3):
                yield Edit(at, at, habits.thousands.right, Reason.THOUSANDS)


def _gaps(match: re.Match[str], habits: Habits) -> Iterator[Edit]:
    start = match.start()
    for index, char in enumerate(match.group(), start):
        if not "0" <= char <= "9":
            edit = spaced(index, index + 1, char, habits.thousands, Reason.THOUSANDS)
            if edit:
                yield edit


def _is_inside_figure(text: str, at: int) -> bool:
    left = back_over_spaces(text, at)
    return left < at and text[left - 1 : left].isdigit()


def _is_reference(text: str, at: int) -> bool:
    return bool(_REFERENCE.search(text[max(0, at - 16) : at]))


def _is_place(text: str, match: re.Match[str]) -> bool:
    """A postcode cut in two, before the name of a town."""
    figures = match.group()
    after = text[match.end() : match.end() + 2]
    plain = NBSP not in figures and NARROW not in figures
    return plain and len(figures) == 6 and len(after) == 2 and after[0] in " \u00a0" and after[1].isupper()


def _is_counted(noun: str | None) -> bool:
    if noun is None or noun in _COUNTED:
        return True
    return noun[-1] in "sx" and noun.islower() and noun not in _NO_NOUN
