"""When, where, how much: taken from the labelled lines of a brief, else from the facts found in its sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from copilot.domain.post import FactKind, FoundFact
from copilot.playbook.post_brief import PRACTICAL_ROLES, Unit
from copilot.playbook.post_lexicon import PostLexicon, fold
from copilot.playbook.post_links import links_in
from copilot.playbook.post_typography import capitalised, lowered

_DEADLINE = re.compile(
    r"(?:jusqu'(?:au|a)|avant le|d'ici(?: le| au)?|depuis(?: le)?|until|before|by|since)\s+(?:le\s+)?$"
)
_DEADLINE_LABEL = re.compile(r"\b(?:limite|closing|deadline)\b")
_DATE_LEFT = re.compile(
    r"(?:du|des le|a partir du|jusqu'au|avant le|d'ici le|d'ici au|les|ce|au|from|until|by|before)\s+$"
)
_TIME_LEFT = re.compile(r"(?:de|a|des|entre|a partir de|jusqu'a|from|at|between|until)\s+$")
#: What may stand between the dates and times of one moment: ``du 3 au 5 mai, de 10 h à 18 h``.
_RANGE_GAP = re.compile(
    r"(?:\s|,|-|–|\b(?:jusqu'au|jusqu'a|a partir de|au|a|et|de|du|des|entre|to|and|at|from|until|till)\b)*"
)
_PLACE_LEFT = re.compile(r"(?:^|[\s,(])(?:a|au|aux|a la|a l'|at|in|at the|in the)\s*$")
_ADDRESS = re.compile(
    r"^\d{1,4}(?: ?bis| ?ter)?,? [^\W\d]|\b(?:rue|avenue|boulevard|bd|place|quai|allee|chemin|impasse|cours|route|"
    r"street|road|lane|square)\b"
)
_COUNTRY = re.compile(
    r"(?:la |the )?(?:france|belgique|suisse|luxembourg|canada|espagne|italie|allemagne|portugal|maroc|tunisie|algerie|"
    r"senegal|mali|niger|europe|royaume-uni|etats-unis|uk|us|usa|united kingdom|united states|"
    r"england|scotland|wales|ireland|germany|"
    r"spain|italy|belgium|switzerland)"
)
_PLACE_GAP = re.compile(r"\s*,?\s*(?:à|a|in|at)?\s*", re.IGNORECASE)
_FREE = re.compile(
    r"\b(?:entr[ée]e|acc[èe]s|participation|visite) (?:est )?(?:libre|gratuite?|à prix libre)(?: et gratuite?)?"
    r"(?! pour les (?:moins|enfants)| le | les )|\bfree (?:entry|admission)\b|\b(?:entry|admission) is free\b",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\b(?:prix|tarifs?|entree|billets?|admission|entry|tickets?|price|costs?|coute)\b")
_LARGE = re.compile(r"milli|\dk|\d ?k€|\dm\b|\bbn\b", re.IGNORECASE)
#: Amounts there are salaries or sums to collect.
#: Dates there are deadlines, first working days or years gone by.
_NO_DATE = ("recruitment", "thanks", "content")
#: A month or a year alone is no appointment.
_DAY = re.compile(r"-\d\d-\d\d$")
_NO_PRICE = ("recruitment", "appeal", "thanks")
_YEAR = re.compile(r"[\s,]+(?:19|20)\d\d$")
_FIRST_ARTICLE = re.compile(r"(?:le|on)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Detail:
    """A practical line: ``label`` in the language of the post or of the brief, ``text`` from the brief.

    ``derived`` when a sentence says it and no label does; ``announced`` when that sentence is the announcement.
    """

    kind: str
    label: str
    text: str
    derived: bool = False
    announced: bool = False


@dataclass(frozen=True, slots=True)
class DetailReader:
    """Reads the practical details of one brief. ``calm`` lowers the voice of a brief in capitals."""

    brief: str
    facts: Sequence[FoundFact]
    lexicon: PostLexicon
    calm: Callable[[str], str]

    def kinds(self, unit: Unit, *wanted: FactKind) -> list[FoundFact]:
        """The facts of these kinds that stand inside ``unit``."""
        return [fact for fact in self.facts if fact.kind in wanted and unit.start <= fact.start < unit.end]

    def details(self, units: Sequence[Unit], main: Unit, told: Sequence[Unit], theme: str) -> tuple[Detail, ...]:
        """The practical lines: what the brief labels, then what its sentences (the announcement first) say."""
        found = [
            Detail(unit.role, capitalised(unit.label), _bare(unit.text))
            for unit in units
            if unit.role in PRACTICAL_ROLES and unit.label
        ]
        found += self._ways_to_book(units)
        kinds = {detail.kind for detail in found if not _DEADLINE_LABEL.search(fold(detail.label))}
        when, dated = ("", None) if theme in _NO_DATE else self._when(told)
        near = [unit for unit in told if unit in (main, dated) or unit.role in ("title", "benefit")]
        where = self._where(near)
        price = "" if theme in _NO_PRICE else self._price(told, main)
        here = {"when": dated is main, "where": dated is main or bool(self._where([main])), "price": False}
        for kind, text in {"when": when, "where": where, "price": price}.items():
            if text and kind not in kinds:
                low = self.lexicon.language == "fr" and kind != "where"
                shown = lowered(text) if low else capitalised(text)
                found.append(Detail(kind, self.lexicon.words[kind], shown, derived=True, announced=here[kind]))
        return tuple(sorted((one for one in found if one.text), key=_place))

    def hook_date(self, unit: Unit) -> str:
        """A date to ask about (``samedi 10 avril``), without its year; empty for a deadline, a period or a month."""
        dates = self.kinds(unit, FactKind.DATE)
        if not dates:
            return ""
        left = fold(self.brief[max(0, dates[0].start - 16) : dates[0].start])
        shown = self.calm(_YEAR.sub("", dates[0].value))
        if _DEADLINE.search(left) or not any(char.isdigit() for char in shown) or "/" in shown or shown[:4].isdigit():
            return ""
        if re.search(r"\b(?:du|from|partir du|des le|a compter du)\s+$", left):
            return ""
        if self.lexicon.language == "en":
            return f"on {shown}"
        return f"le {shown}" if shown[0].isdigit() else lowered(shown)

    def undated(self, unit: Unit) -> str:
        """The text of ``unit`` without the date it begins with, empty when it begins otherwise."""
        dates = self.kinds(unit, FactKind.DATE)
        offset = self.brief.find(unit.text, max(unit.start - 8, 0)) if dates else -1
        if offset < 0 or not re.fullmatch(r"(?:le|ce|on)?\s*", self.brief[offset : dates[0].start], re.IGNORECASE):
            return ""
        end = offset + len(unit.text)
        rest = self.brief[dates[0].end : end]
        return rest[1:].strip() if rest.startswith(",") else ""

    def _ways_to_book(self, units: Sequence[Unit]) -> list[Detail]:
        """Booking by telephone or e-mail is a practical detail when a link already calls to act."""
        if not any(unit.role == "link" and links_in(unit.text) for unit in units):
            return []
        found = []
        for unit in units:
            reach = self.kinds(unit, FactKind.EMAIL, FactKind.PHONE)
            if unit.role == "link" and not links_in(unit.text) and reach:
                found.append(Detail("practical", capitalised(unit.label), reach[0].value))
        return found

    def _when(self, units: Sequence[Unit]) -> tuple[str, Unit | None]:
        """The first date with what completes it, and the hours the same sentence gives."""
        for unit in units:
            dates = [fact for fact in self.kinds(unit, FactKind.DATE) if _DAY.search(fact.normalised)]
            if dates:
                moments = self.kinds(unit, FactKind.DATE, FactKind.TIME)
                day, rest = self._run(moments[moments.index(dates[0]) :], _DATE_LEFT)
                hours = next((index for index, fact in enumerate(rest) if fact.kind is FactKind.TIME), None)
                has_hours = rest is not moments and any(
                    fact.kind is FactKind.TIME for fact in moments[: -len(rest) or None]
                )
                if hours is not None and not has_hours and all(fact.kind is FactKind.TIME for fact in rest):
                    day = f"{day}, {self._run(rest, _TIME_LEFT)[0]}"
                return self.calm(_FIRST_ARTICLE.sub("", day, count=1) if _FIRST_ARTICLE.match(day) else day), unit
        return "", None

    def _run(self, moments: Sequence[FoundFact], left: re.Pattern[str]) -> tuple[str, Sequence[FoundFact]]:
        """The stretch of the brief the first ``moments`` cover without a break, and the moments left."""
        start, end, count = moments[0].start, moments[0].end, 1
        for fact in moments[1:]:
            gap = fold(self.brief[end : fact.start])
            if len(gap) > 24 or not _RANGE_GAP.fullmatch(gap):
                break
            end, count = fact.end, count + 1
        before = left.search(fold(self.brief[max(0, start - 16) : start]))
        start -= len(before.group()) if before else 0
        return re.sub(r"\s+", " ", self.brief[start:end]).strip(), moments[count:]

    def _where(self, units: Sequence[Unit]) -> str:
        for unit in units:
            places = [fact for fact in self.kinds(unit, FactKind.PLACE) if self._is_venue(fact, unit)]
            if places:
                end = places[0].end
                for fact in places[1:]:
                    if not _PLACE_GAP.fullmatch(self.brief[end : fact.start]):
                        break
                    end = fact.end
                return self.calm(re.sub(r"\s+", " ", self.brief[places[0].start : end]).strip())
        return ""

    def _is_venue(self, place: FoundFact, unit: Unit) -> bool:
        """An address, a line of its own, or a place named after ``à`` or ``at`` where a date is given too."""
        shown = fold(place.value)
        if _COUNTRY.fullmatch(shown):
            return False
        if _ADDRESS.search(shown) or fold(unit.text).strip(" .,") == shown:
            return True
        left = fold(self.brief[max(0, place.start - 12) : place.start])
        return bool(_PLACE_LEFT.search(left) and self.kinds(unit, FactKind.DATE, FactKind.TIME))

    def _price(self, units: Sequence[Unit], main: Unit) -> str:
        """What entry costs when the brief says it is free, or its only price; nothing when there are several.

        A price outside the announcement counts only beside a word such as ``tarif`` or ``entry``.
        """
        free = next((found.group() for found in (_FREE.search(unit.text) for unit in units) if found), "")
        prices = [fact for unit in units for fact in self.kinds(unit, FactKind.PRICE)]
        if free and not prices:
            return free
        if len(prices) != 1 or free or _LARGE.search(prices[0].value):
            return ""
        unit = next(unit for unit in units if prices[0] in self.kinds(unit, FactKind.PRICE))
        return prices[0].value if unit is main or _PRICED.search(fold(unit.text[:400])) else ""


def _place(detail: Detail) -> tuple[bool, int]:
    order = {kind: place for place, kind in enumerate(PRACTICAL_ROLES)}
    return bool(_DEADLINE_LABEL.search(fold(detail.label))), order.get(detail.kind, len(order))


def _bare(text: str) -> str:
    text = text.rstrip(" ;,")
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
