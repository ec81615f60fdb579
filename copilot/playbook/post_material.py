"""What a post can be made of: the announcement, what supports it, the practical details, the call to action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from copilot.domain.brand import Address
from copilot.domain.post import FactKind
from copilot.playbook.post_brief import Unit
from copilot.playbook.post_details import Detail, DetailReader
from copilot.playbook.post_habits import Habits
from copilot.playbook.post_lexicon import PostLexicon, fold
from copilot.playbook.post_links import is_link, links_in, with_links
from copilot.playbook.post_typography import capitalised, lowered, sentence, title

#: Words at the head of a sentence that need the sentence before it.
_LEANS_BACK = re.compile(
    r"\b(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|cela|ca|cet|cette(?! (?:annee|semaine|saison))|ces|y|it|its|it's|"
    r"they|their|this(?! (?:year|week|month|season))|that|these|those)\b|"
    r"^(?:(?:tous|toutes) (?:sont|ont)|aussi|egalement|donc|puis|ensuite|enfin|mais|et|or|car|also|then|but|and|so)\b"
)
_LEANS_ANYWHERE = re.compile(r"\b(?:yours|theirs|celui-ci|celle-ci|ceux-ci|ce dernier|cette derniere|l[ea] votre)\b")
_NEWS = re.compile(
    r"\b(?:annonc\w+|lanc\w+|ouvr\w+|arriv\w+|present\w+|invit\w+|fet\w+|organis\w+|rejoi\w+|recrut\w+|nouve\w+|"
    r"decouvr\w+|propos\w+|accueill\w+|inaugur\w+|ferm\w+|report\w+|revien\w+|sort\w*|aura lieu|se tien\w+|cherch\w+|"
    r"launch\w*|open\w*|introduc\w+|announc\w+|join\w*|hiring|new|host\w*|clos\w+|celebr\w+|welcom\w+|return\w*|"
    r"portes ouvertes|ouverture|takes? place|available|remerci\w+)\b"
)
#: A sentence without its subject: what is available stands in the title.
_NO_SUBJECT = re.compile(r"(?:disponible|offert|ouvert|prevu|available|out now|now available)\w*\b")
_PLAIN_LINK_LABELS = re.compile(r"liens?|links?|site(?: web| internet)?|web ?site|url|page|lien vers|web|action")
_JOB_LABELS = re.compile(r"poste|intitule|role|job title")
#: Below this score a sentence does not announce anything by itself: the title does.
_ANNOUNCES = 1.5
#: What the first sentence with a date or a word of news has over the later ones.
_FIRST_NEWS = 1.5
#: Themes whose words are rarely said of anything else.
_THEME_WORTH = {"recruitment": 2.0, "notice": 1.5, "contest": 1.5}
_ROLE_WORTH = {"message": 1.0, "context": -1.0}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the structures choose from; every text already reads as a sentence, a title or an item.

    ``headed`` is true when the title announces. ``all_after`` is ``after`` with the question the brief asks, if it
    asks one there; ``paragraphs`` numbers the announcement's paragraph, then theirs. ``list_title`` heads ``items``
    when the brief gave it one. ``call`` is the call to action, ``call_alone`` the same with the link the announcement
    holds (``link``), for posts that leave the announcement out. ``when`` is a date to ask about and ``undated`` the
    announcement without it. ``conditions`` and ``legal`` come last in a post; ``legal`` never goes.
    """

    language: str
    theme: str
    title: str
    announcement: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    all_after: tuple[str, ...]
    paragraphs: tuple[int, ...]
    headed: bool
    question: str
    items: tuple[str, ...]
    list_title: str
    details: tuple[Detail, ...]
    call: str
    call_alone: str
    link: str
    conditions: tuple[str, ...]
    legal: tuple[str, ...]
    when: str
    undated: str

    @property
    def standalone(self) -> str:
        """The announcement, with the title before it when it does not say what it is about."""
        return self._named(self.announcement)

    @property
    def standalone_undated(self) -> str:
        """The same without the date it begins with; empty when it begins otherwise."""
        return self._named(self.undated) if self.undated else ""

    def _named(self, text: str) -> str:
        words = _words(self.title)
        if not words or 2 * len(words & _words(text)) >= len(words):
            return text
        if text[:1] in "-–" or text[:1].isdigit():
            return f"{self.title} : {text}" if self.language == "fr" else f"{self.title}: {text}"
        if _NO_SUBJECT.match(fold(text)) or re.match("c['’]est ", text, re.IGNORECASE):
            return f"{self.title}, {lowered(text)}"
        return f"{sentence(self.title)} {text}"

    @property
    def story(self) -> str:
        """A sentence that can open a post by itself, before the announcement."""
        for one in (*self.before, *self.after):
            if not leans_back(one) and 30 <= len(one) <= 240 and not one.endswith("?"):
                return one
        return ""


def leans_back(text: str) -> bool:
    """True when a sentence refers to the one before (``Il``, ``Cette``, ``Its``)."""
    folded_text = fold(text)
    return bool(_LEANS_BACK.search(" ".join(folded_text.split()[:5])) or _LEANS_ANYWHERE.search(folded_text))


def _words(text: str) -> set[str]:
    """The words that tell what a text is about, without their ending."""
    told = " ".join(word for word in text.split() if not is_link(word))
    return {word[:5] for word in re.findall(r"[^\W_]{4,}", fold(told))}


def _fragments(text: str) -> tuple[str, list[str]]:
    """A line of fragments apart by commas, as a title and its points; no points when it reads as a sentence."""
    parts: list[str] = []
    for part in text.split(", "):
        if parts and parts[-1][-2:].strip().isdigit() and not parts[-1][-4:].isdigit():
            parts[-1] += f", {part}"  # a street number
        else:
            parts.append(part)
    if len(parts) < 4 or any(len(part) > 60 for part in parts):
        return "", []
    return parts[0], [capitalised(part.strip()) for part in parts[1:]]


def theme_of(units: Sequence[Unit], lexicon: PostLexicon) -> str:
    """The theme most of the words speak of, titles and first lines counting more; ``general`` when none."""
    scores = dict.fromkeys(lexicon.themes, 0.0)
    for index, unit in enumerate(units[:40]):
        weight = 3.0 if unit.role == "title" else 2.0 if index < 3 else 0.5
        text = fold(f"{unit.label} {unit.text}"[:400])
        for theme, pattern in lexicon.themes.items():
            scores[theme] += weight * _THEME_WORTH.get(theme, 1.0) * len(set(pattern.findall(text)))
    best = max(scores, key=lambda theme: scores[theme])
    if scores[best] >= 1.0:
        return best
    return "event" if {"when", "where"} <= {unit.role for unit in units} else "general"


@dataclass(frozen=True, slots=True)
class MaterialReader:
    """Sorts the public units of one brief for one network."""

    units: Sequence[Unit]
    details: DetailReader
    lexicon: PostLexicon
    habits: Habits
    address: Address

    def read(self) -> Material:
        """The material of a post."""
        units = [unit for unit in self.units if self._allowed(unit)] or list(self.units)
        theme = theme_of(units, self.lexicon)
        prose = [unit for unit in units if unit.role in ("message", "context", "sentence")]
        question = next((unit for unit in prose[:4] if unit.text.endswith("?") and len(unit.text) <= 120), None)
        told = [unit for unit in prose if unit is not question]
        heading = self._heading(units)
        items = [unit for unit in units if unit.role == "benefit"]
        main = self._main(told, heading) or heading or next(iter([*items, *prose, *units]))
        at = told.index(main) if main in told else -1
        call_unit = self._call_unit([unit for unit in told if unit is not main], main)
        told_after = [unit for unit in told[at + 1 :] if unit is not call_unit]
        all_after = [unit for unit in prose if unit in told_after or (unit is question and unit.start > main.start)]
        told_before = [unit for unit in told[: max(at, 0)] if unit is not call_unit]
        when = self.details.hook_date(main)
        shown_items = [unit for unit in items if unit is not main]
        announcement = self._announcement(main, told_before)
        shown_title = title(heading.text) if heading and main is not heading else ""
        texts = [self._item(unit) for unit in shown_items]
        if main is heading and not told and not texts:
            shown_title, texts = _fragments(title(main.text))
        call, call_alone, link = self._calls(units, call_unit, main, theme)
        return Material(
            language=self.lexicon.language,
            theme=theme,
            title=shown_title,
            announcement=announcement,
            before=tuple(self._sentence(unit) for unit in told_before if self._sentence(unit) not in announcement),
            after=tuple(self._sentence(unit) for unit in told_after),
            all_after=tuple(self._sentence(unit) for unit in all_after),
            paragraphs=(main.paragraph, *(unit.paragraph for unit in all_after)),
            headed=main is heading,
            question=self._sentence(question) if question and question is not main else "",
            items=tuple(texts),
            list_title=self._list_title(shown_items),
            details=self._linkless(self.details.details(units, main, self._sources(main, told), theme)),
            call=call,
            call_alone=call_alone,
            link=link,
            conditions=tuple(self._sentence(unit) for unit in units if unit.role == "conditions"),
            legal=tuple(self._sentence(unit) for unit in units if unit.role == "legal"),
            when=when,
            undated=sentence(self._linked(self.details.undated(main))) if when else "",
        )

    def _allowed(self, unit: Unit) -> bool:
        return self.habits.phone or not self.details.kinds(unit, FactKind.PHONE)

    def _heading(self, units: Sequence[Unit]) -> Unit | None:
        heading = next((unit for unit in units if unit.role == "title"), None)
        if heading and _JOB_LABELS.fullmatch(fold(heading.label)):
            return replace(heading, text=self._labelled(self.lexicon.words["recruit"], lowered(heading.text)))
        return heading

    def _labelled(self, label: str, text: str) -> str:
        return f"{label} : {text}" if self.lexicon.language == "fr" else f"{label}: {text}"

    def _sources(self, main: Unit, told: Sequence[Unit]) -> list[Unit]:
        """Where practical facts are looked for: the announcement, the other sentences, the title, the items."""
        rest = [unit for unit in self.units if unit.role in ("title", "benefit")]
        return [main, *(unit for unit in [*told, *rest] if unit is not main)]

    def _main(self, told: Sequence[Unit], heading: Unit | None) -> Unit | None:
        """The sentence that makes the announcement; None when the title makes it better."""
        first = next((unit for unit in told[:8] if len(unit.text) >= 25 and self._is_news(unit)), None)
        scored = [
            (self._score(index, unit) + _FIRST_NEWS * (unit is first), -index, unit)
            for index, unit in enumerate(told[:8])
        ]
        if not scored:
            return None
        score, _, best = max(scored, key=lambda one: one[:2])
        return None if heading and score < _ANNOUNCES else best

    def _is_news(self, unit: Unit) -> bool:
        return bool(_NEWS.search(fold(unit.text[:300])) or self.details.kinds(unit, FactKind.DATE))

    def _score(self, index: int, unit: Unit) -> float:
        """Early, newsy, precise, not too long."""
        found = {fact.kind for fact in self.details.kinds(unit, *FactKind)}
        score = -0.7 * index + _ROLE_WORTH.get(unit.role, 0.0)
        score += 2.0 if _NEWS.search(fold(unit.text[:300])) else 0.0
        score += 2.0 * (FactKind.DATE in found) + 0.5 * (FactKind.TIME in found)
        score += 0.7 * (FactKind.PLACE in found) + 0.7 * (FactKind.PRODUCT in found)
        score += 0.7 * bool(found & {FactKind.PRICE, FactKind.PERCENTAGE})
        score -= 1.0 if len(unit.text) > 240 else 0.0
        score -= 2.0 if len(unit.text) < 25 else 0.0
        return score - (0.5 if index and leans_back(unit.text) else 0.0)

    def _announcement(self, main: Unit, before: Sequence[Unit]) -> str:
        """The main sentence, with the one before when it cannot stand alone."""
        shown = self._sentence(main)
        return f"{self._sentence(before[-1])} {shown}" if before and leans_back(shown) else shown

    def _call_unit(self, prose: Sequence[Unit], main: Unit) -> Unit | None:
        """The sentence that calls to act: it holds the link, or an imperative near the end."""
        with_link = [unit for unit in prose if links_in(unit.text) and len(unit.text) <= 200]
        if with_link and not links_in(main.text):
            return with_link[-1]
        last = prose[-1:]
        calls = [unit for unit in last if self.details.kinds(unit, FactKind.CALL_TO_ACTION)]
        reach = [unit for unit in prose if self.details.kinds(unit, FactKind.PHONE, FactKind.EMAIL)]
        return next((unit for unit in [*calls, *reach] if len(unit.text) <= 160), None)

    def _linked(self, text: str) -> str:
        return with_links(text, self.habits.links, self.lexicon.words)

    def _linkless(self, details: Sequence[Detail]) -> tuple[Detail, ...]:
        return tuple(replace(detail, text=self._linked(detail.text)) for detail in details)

    def _sentence(self, unit: Unit) -> str:
        return sentence(self._linked(unit.text))

    def _item(self, unit: Unit) -> str:
        text = self._linked(unit.text).rstrip(" ;,")
        return capitalised(text[:-1] if text.endswith(".") and not text.endswith("..") else text)

    def _list_title(self, items: Sequence[Unit]) -> str:
        """The brief's own heading of its list, when all the list stands under it and readers may see it."""
        labels = {unit.label for unit in items}
        label = labels.pop() if len(labels) == 1 else ""
        return "" if fold(label) in self.lexicon.plain_lists else capitalised(label)

    def _calls(self, units: Sequence[Unit], call_unit: Unit | None, main: Unit, theme: str) -> tuple[str, str, str]:
        """The call to action beside the announcement, without it, and what shows that the link is written."""
        call = self._call(units, call_unit, main, theme)
        links = links_in(main.text)
        if not links or links_in(call) or self.habits.links == "none":
            return call, call, ""
        words = call.rstrip(" .!:") if call and "@" not in call else self.lexicon.calls[theme][0]
        link = links[0] if self.habits.links == "text" else self.lexicon.words["link_in_bio"]
        return call, self._with_link(words, links[0]), link

    def _call(self, units: Sequence[Unit], call_unit: Unit | None, main: Unit, theme: str) -> str:
        """The call to action, with the brief's link when there is one. Empty when the brief gives nothing."""
        asked = next((unit for unit in units if unit.role == "cta"), None)
        link_unit = next((unit for unit in units if unit.role == "link" and links_in(unit.text)), None)
        sources = [unit for unit in (link_unit, call_unit) if unit]
        link = next((link for unit in sources for link in links_in(unit.text)), "")
        if asked:
            words = self._imperative(asked.text)
            if links_in(words) or not link:
                return sentence(self._linked(words))
            return self._with_link(words.rstrip(" .!:"), link)
        if call_unit:
            return self._sentence(call_unit)
        if link_unit and link not in main.text:
            plain = _PLAIN_LINK_LABELS.fullmatch(fold(link_unit.label).strip())
            return self._with_link(self.lexicon.calls[theme][0] if plain else link_unit.label, link)
        return self._contact(units)

    def _with_link(self, words: str, link: str) -> str:
        words = capitalised(words)
        if self.habits.links == "text":
            return self._labelled(words, link)
        if self.habits.links == "bio":
            return self._labelled(words, sentence(self.lexicon.words["link_in_bio"]).lower())
        return ""

    def _contact(self, units: Sequence[Unit]) -> str:
        """``Contact : address``, without the name of a person."""
        for unit in units:
            found = self.details.kinds(unit, FactKind.EMAIL, FactKind.PHONE) if unit.role == "link" else []
            if found:
                return self._labelled(capitalised(unit.label), found[0].value)
        return ""

    def _imperative(self, text: str) -> str:
        """``réserver un essai`` as ``Réservez un essai``; anything else as it is."""
        folded_text = fold(text)
        formal = self.address is Address.VOUS
        for infinitive, (plural, singular) in self.lexicon.imperatives.items():
            if folded_text == infinitive or folded_text.startswith(infinitive + " "):
                rest = text[len(infinitive) :]
                if formal or not re.search(r"\b(?:votre|vos|vous)\b", rest):
                    return capitalised((plural if formal else singular) + rest)
        return capitalised(text)
