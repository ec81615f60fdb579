"""What a post can be made of: the announcement, what supports it, the practical details, the call to action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.domain.brand import Address
from copilot.domain.post import FactKind, FoundFact
from copilot.playbook.post_brief import PRACTICAL_ROLES, Unit
from copilot.playbook.post_habits import Habits
from copilot.playbook.post_lexicon import PostLexicon, fold
from copilot.playbook.post_typography import capitalised, is_verbatim, lowered, sentence, title

#: Words at the head of a sentence that need the sentence before it.
_LEANS_BACK = re.compile(
    r"\b(?:il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|cela|ca|ce|cet|cette|ces|en|y|aussi|egalement|donc|puis|ensuite|"
    r"enfin|mais|et|or|car|it|its|it's|they|their|this|that|these|those|also|then|but|and|so|yours|theirs)\b"
)
_NEWS = re.compile(
    r"\b(?:annonc\w+|lanc\w+|ouvr\w+|arriv\w+|present\w+|invit\w+|fet\w+|organis\w+|rejoi\w+|recrut\w+|nouve\w+|"
    r"decouvr\w+|propos\w+|accueill\w+|inaugur\w+|ferm\w+|report\w+|revien\w+|sort\w*|aura lieu|se tien\w+|cherch\w+|"
    r"launch\w*|open\w*|introduc\w+|announc\w+|join\w*|hiring|new|host\w*|clos\w+|celebr\w+|welcom\w+|return\w*)\b"
)
_DEADLINE = re.compile(
    r"(?:jusqu'(?:au|a)|avant le|d'ici(?: le| au)?|depuis(?: le)?|until|before|by|since)\s+(?:le\s+)?$"
)
_DATE_LEFT = re.compile(
    r"(?:du|des le|a partir du|jusqu'au|avant le|d'ici le|d'ici au|les|le|ce|au|from|until|by|before|on)\s+$"
)
#: What may stand between the dates and times of one moment: ``du 3 au 5 mai, de 10 h à 18 h``.
_RANGE_GAP = re.compile(
    r"(?:\s|,|-|–|\b(?:jusqu'au|jusqu'a|a partir de|au|a|et|de|du|des|entre|to|and|at|from|until|till)\b)*"
)
_FREE = re.compile(
    r"\b(?:entr[ée]e|acc[èe]s|participation|visite) (?:est )?(?:libre|gratuite?|à prix libre)(?: et gratuite?)?"
    r"|\bfree (?:entry|admission)\b|\b(?:entry|admission) is free\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[\s,]+(?:19|20)\d\d$")
_PLAIN_LINK_LABELS = re.compile(r"liens?|links?|site(?: web| internet)?|web ?site|url|page|lien vers|web|action")


@dataclass(frozen=True, slots=True)
class Detail:
    """A practical line: ``label`` in the language of the post or of the brief, ``text`` from the brief."""

    kind: str
    label: str
    text: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the structures choose from; every text already reads as a sentence, a title or an item."""

    theme: str
    title: str
    announcement: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    question: str
    items: tuple[str, ...]
    details: tuple[Detail, ...]
    call: str
    legal: tuple[str, ...]
    when: str
    undated: str

    @property
    def story(self) -> str:
        """A sentence that can open a post by itself, before the announcement."""
        for one in (*self.before, *self.after):
            if not leans_back(one) and 30 <= len(one) <= 240:
                return one
        return ""


def leans_back(text: str) -> bool:
    """True when the first words refer to a sentence before (``Il``, ``Cette``, ``Its``)."""
    return bool(_LEANS_BACK.search(" ".join(fold(text).split()[:5])))


def theme_of(units: Sequence[Unit], lexicon: PostLexicon) -> str:
    """The theme most of the words speak of, titles and first lines counting more; ``general`` when none."""
    scores = dict.fromkeys(lexicon.themes, 0.0)
    for index, unit in enumerate(units[:40]):
        weight = 3.0 if unit.role == "title" else 2.0 if index < 3 else 0.5
        text = fold(f"{unit.label} {unit.text}"[:400])
        for theme, pattern in lexicon.themes.items():
            scores[theme] += weight * len(set(pattern.findall(text)))
    best = max(scores, key=lambda theme: scores[theme])
    return best if scores[best] >= 1.0 else "general"


@dataclass(slots=True)
class MaterialReader:
    """Sorts the public units of one brief for one network."""

    brief: str
    units: Sequence[Unit]
    facts: Sequence[FoundFact]
    lexicon: PostLexicon
    habits: Habits
    address: Address

    def read(self) -> Material:
        """The material of a post."""
        units = [unit for unit in self.units if self._allowed(unit)]
        titles = [unit for unit in units if unit.role == "title"]
        prose = [unit for unit in units if unit.role in ("message", "sentence")]
        call_unit = self._call_unit(prose)
        prose = [unit for unit in prose if unit is not call_unit]
        question = next((unit for unit in prose[:4] if unit.text.endswith("?")), None)
        told = [unit for unit in prose if unit is not question]
        items = [unit for unit in units if unit.role == "benefit"]
        main = self._main(told)
        heading = titles[0] if titles else None
        if main is None and heading is None:
            main = next(iter([*told, *items, *([question] if question else []), *units]), None)
        at = told.index(main) if main in told else -1
        shown = self._sentence(main) if main else title(heading.text) if heading else ""
        details = self._details(units, main, told)
        when = self._hook_date(main or heading)
        return Material(
            theme=theme_of(units, self.lexicon),
            title=title(heading.text) if heading and main else "",
            announcement=shown,
            before=tuple(self._sentence(unit) for unit in told[: max(at, 0)]),
            after=tuple(self._sentence(unit) for unit in told[at + 1 :]),
            question=self._sentence(question) if question else "",
            items=tuple(self._item(unit) for unit in items if unit is not main),
            details=details,
            call=self._call(units, call_unit),
            legal=tuple(self._sentence(unit) for unit in units if unit.role == "legal"),
            when=when,
            undated=self._undated(main, when) if main else "",
        )

    def kinds(self, unit: Unit, *wanted: FactKind) -> list[FoundFact]:
        """The facts of these kinds that stand inside ``unit``."""
        return [fact for fact in self.facts if fact.kind in wanted and unit.start <= fact.start < unit.end]

    def _allowed(self, unit: Unit) -> bool:
        return self.habits.phone or not self.kinds(unit, FactKind.PHONE)

    def _links(self, unit: Unit) -> list[str]:
        """Links written in the unit, found again in its own text so that they are whole."""
        return [word.strip("()<>«»,;.!?") for word in unit.text.split() if _is_link(word)]

    def _main(self, told: Sequence[Unit]) -> Unit | None:
        """The sentence that makes the announcement: early, newsy, precise, not too long."""
        best, best_score = None, float("-inf")
        for index, unit in enumerate(told[:8]):
            score = -0.7 * index + (1.0 if unit.role == "message" else 0.0)
            score += 2.0 if _NEWS.search(fold(unit.text[:300])) else 0.0
            score += 1.5 * bool(self.kinds(unit, FactKind.DATE)) + 0.7 * bool(self.kinds(unit, FactKind.PLACE))
            score += 0.7 * bool(self.kinds(unit, FactKind.PRICE, FactKind.PERCENTAGE)) + 0.7 * bool(
                self.kinds(unit, FactKind.PRODUCT)
            )
            score -= 1.0 if len(unit.text) > 240 else 0.0
            score -= 2.0 if len(unit.text) < 25 else 0.0
            score -= 1.5 if index and leans_back(unit.text) else 0.0
            if score > best_score:
                best, best_score = unit, score
        return best

    def _call_unit(self, prose: Sequence[Unit]) -> Unit | None:
        """The sentence that calls to act: it holds the link, or an imperative near the end."""
        with_link = [unit for unit in prose if self._links(unit) and len(unit.text) <= 200]
        if with_link and len(prose) > 1:
            return with_link[-1]
        calls = [unit for unit in prose[1:] if self.kinds(unit, FactKind.CALL_TO_ACTION) and len(unit.text) <= 160]
        return calls[-1] if calls and calls[-1] in prose[-2:] else None

    def _sentence(self, unit: Unit) -> str:
        return sentence(self._link_for_network(unit.text))

    def _item(self, unit: Unit) -> str:
        text = self._link_for_network(unit.text).rstrip(" ;,")
        return capitalised(text[:-1] if text.endswith(".") and not text.endswith("..") else text)

    def _link_for_network(self, text: str) -> str:
        """The text with its link, or what stands for it where links are not written."""
        if self.habits.links == "text":
            return text
        words = text.split(" ")
        places = [index for index, word in enumerate(words) if _is_link(word)]
        for index in reversed(places):
            tail = words[index][len(words[index].rstrip(".,;!?)")) :].replace(")", "")
            before = words[index - 1] if index else ""
            cut = index
            if self.habits.links == "bio" and index == places[0]:
                colon = before.endswith(":")
                stand_in = self.lexicon.words["link_in_bio" if colon or not index else "via_link_in_bio"]
            else:
                stand_in = ""
                cut = index - 1 if before == ":" else index
            if not before.endswith(":") and fold(before) in ("sur", "via", "a", "ici", "on", "at", "here"):
                cut = index - 1
            words[cut : index + 1] = [stand_in + tail] if stand_in else [tail] if tail else []
        return " ".join(words).strip().rstrip(":").rstrip()

    def _call(self, units: Sequence[Unit], call_unit: Unit | None) -> str:
        """The call to action, with the brief's link when there is one. Empty when the brief gives nothing."""
        asked = next((unit for unit in units if unit.role == "cta"), None)
        link_unit = next((unit for unit in units if unit.role == "link" and self._links(unit)), None)
        link = self._links(link_unit)[0] if link_unit else ""
        if asked:
            words = self._imperative(asked.text)
            if self._links(asked):
                return sentence(self._link_for_network(words))
            link = link or (self._links(call_unit)[0] if call_unit and self._links(call_unit) else "")
            return self._with_link(words.rstrip(" .!:"), link) if link else sentence(words)
        if call_unit:
            return self._sentence(call_unit)
        if link_unit:
            label = link_unit.label
            plain = bool(_PLAIN_LINK_LABELS.fullmatch(fold(label).strip()))
            return self._with_link("" if plain else label, link)
        return self._contact(units)

    def _with_link(self, words: str, link: str) -> str:
        if not words:
            words = self.lexicon.calls[self._theme()][0]
        colon = ": "
        words = capitalised(words)
        if self.habits.links == "text":
            return f"{words} {colon}{link}" if self.lexicon.language == "fr" else f"{words}{colon}{link}"
        if self.habits.links == "bio":
            return sentence(f"{words} {self.lexicon.words['via_link_in_bio']}")
        return ""

    def _theme(self) -> str:
        return theme_of(self.units, self.lexicon)

    def _contact(self, units: Sequence[Unit]) -> str:
        """``Contact : address``, without the name of a person."""
        for unit in units:
            if unit.role == "link":
                found = self.kinds(unit, FactKind.EMAIL, FactKind.PHONE)
                if found:
                    space = " " if self.lexicon.language == "fr" else ""
                    return f"{capitalised(unit.label)}{space}: {found[0].value}"
        return ""

    def _imperative(self, text: str) -> str:
        """``réserver un essai`` as ``Réservez un essai``; anything else as it is."""
        folded_text = fold(text)
        for infinitive, forms in self.lexicon.imperatives.items():
            if folded_text == infinitive or folded_text.startswith(infinitive + " "):
                rest = text[len(infinitive) :]
                if self.address is Address.VOUS or not re.search(r"\b(?:votre|vos|vous)\b", rest):
                    return capitalised(forms[0 if self.address is Address.VOUS else 1] + rest)
        return capitalised(text)

    def _details(self, units: Sequence[Unit], main: Unit | None, told: Sequence[Unit]) -> tuple[Detail, ...]:
        found = [
            Detail(unit.role, capitalised(unit.label), self._detail_text(unit))
            for unit in units
            if unit.role in PRACTICAL_ROLES and unit.label and unit is not main
        ]
        found += self._detail_links(units)
        kinds = {detail.kind for detail in found}
        source = ([main] if main else []) + [unit for unit in told if unit is not main]
        derived = {"when": self._when(source), "where": self._where(source), "price": self._price(source)}
        words = self.lexicon.words
        found += [
            Detail(kind, words[kind], capitalised(text), derived=True)
            for kind, text in derived.items()
            if text and kind not in kinds
        ]
        order = {kind: place for place, kind in enumerate(PRACTICAL_ROLES)}
        return tuple(sorted((one for one in found if one.text), key=lambda one: order.get(one.kind, 9)))

    def _detail_links(self, units: Sequence[Unit]) -> list[Detail]:
        """Booking by telephone or e-mail is a practical detail when a link already calls to act."""
        if not any(unit.role == "link" and self._links(unit) for unit in units):
            return []
        found = []
        for unit in units:
            reach = self.kinds(unit, FactKind.EMAIL, FactKind.PHONE)
            if unit.role == "link" and not self._links(unit) and reach:
                found.append(Detail("practical", capitalised(unit.label), reach[0].value))
        return found

    def _detail_text(self, unit: Unit) -> str:
        text = self._link_for_network(unit.text).rstrip(" ;,")
        return text[:-1] if text.endswith(".") and not text.endswith("..") else text

    def _when(self, units: Sequence[Unit]) -> str:
        """The date of the first dated sentence with what completes it: ``du 3 au 5 mai, de 10 h à 18 h``."""
        for unit in units:
            dates = self.kinds(unit, FactKind.DATE, FactKind.TIME)
            if dates and dates[0].kind is FactKind.DATE:
                start, end = dates[0].start, dates[0].end
                for fact in dates[1:]:
                    gap = fold(self.brief[end : fact.start])
                    if len(gap) > 24 or not _RANGE_GAP.fullmatch(gap):
                        break
                    end = fact.end
                left = _DATE_LEFT.search(fold(self.brief[max(0, start - 16) : start]))
                start -= len(left.group()) if left else 0
                return re.sub(r"\s+", " ", self.brief[start:end]).strip()
        return ""

    def _where(self, units: Sequence[Unit]) -> str:
        for unit in units:
            places = self.kinds(unit, FactKind.PLACE)
            if places:
                first = places[0]
                end = first.end
                for fact in places[1:]:
                    if not re.fullmatch(r",?\s*(?:à|a|in|at)?\s*", self.brief[end : fact.start], re.IGNORECASE):
                        break
                    end = fact.end
                return re.sub(r"\s+", " ", self.brief[first.start : end]).strip()
        return ""

    def _price(self, units: Sequence[Unit]) -> str:
        for unit in units:
            free = _FREE.search(unit.text)
            if free:
                return free.group()
        prices = [fact for unit in units for fact in self.kinds(unit, FactKind.PRICE)]
        return prices[0].value if len(prices) == 1 else ""

    def _hook_date(self, unit: Unit | None) -> str:
        """A date to ask about, without its year; empty for a deadline or a month."""
        if unit is None:
            return ""
        for fact in self.kinds(unit, FactKind.DATE):
            left = fold(self.brief[max(0, fact.start - 16) : fact.start])
            shown = _YEAR.sub("", fact.value)
            if _DEADLINE.search(left) or not re.search(r"\d", shown) or re.search(r"/|^\d{4}", shown):
                return ""
            if re.search(r"\b(?:du|from)\s+$", left):
                return ""
            if shown[0].isdigit():
                shown = f"le {shown}" if self.lexicon.language == "fr" else f"on {shown}"
            elif self.lexicon.language == "fr":
                shown = lowered(shown)
            else:
                shown = f"on {shown}"
            return shown
        return ""

    def _undated(self, unit: Unit, when: str) -> str:
        """The announcement without the date it begins with, when the hook already says it."""
        dates = self.kinds(unit, FactKind.DATE)
        if not when or not dates or unit.text not in self.brief:
            return ""
        offset = self.brief.find(unit.text, max(unit.start - 8, 0))
        head = self.brief[offset : dates[0].start]
        if offset < 0 or not re.fullmatch(r"(?:le|ce|on|dès le)?\s*", head, re.IGNORECASE):
            return ""
        rest = re.match(r"\s*,\s*", self.brief[dates[0].end : offset + len(unit.text)])
        if not rest:
            return ""
        return sentence(self._link_for_network(self.brief[dates[0].end + rest.end() : offset + len(unit.text)]))


def _is_link(word: str) -> bool:
    core = word.strip("()<>«»,;.!?")
    return "@" not in core and (
        "://" in core or ((core.startswith("www.") or is_verbatim(core)) and not core.startswith("#"))
    )
