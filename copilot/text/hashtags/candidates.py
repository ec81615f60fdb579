"""Where the hashtags of a post come from: its own words, the calendar, the brand, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from copilot.domain.brand import Brand
from copilot.domain.network import Network
from copilot.domain.post import FactKind, FoundFact
from copilot.domain.wording import Wording
from copilot.text.hashtags.casing import LONGEST, LONGEST_WRITTEN, camel_case
from copilot.text.hashtags.cautions import TagUses
from copilot.text.keywords import phrases, spoken_language
from copilot.text.keywords.chunks import stem
from copilot.text.keywords.layout import pieces
from copilot.text.lexicons import folded, lexicon, stop_words

_READ_PHRASES = 30
_READ = 100_000
_WRITTEN = re.compile(r"(?<![\w&/])[#＃](?P<tag>\w{2,60})")
_CAMPAIGN = re.compile(
    r"(?:^|[.;,] )[ \t*•–#-]{0,8}(?:nom de )?(?:la )?(?:campagne|opération|campaign)(?: name)?"
    r"[ \t\u00a0\u202f]{0,3}:[ \t]{0,3}"
    r"[«\"“]?[ \u00a0\u202f]?(?P<name>[^\s»\"”][^\n»\"”]{2,60})",
    re.IGNORECASE | re.MULTILINE,
)
_CAMPAIGN_LIST = re.compile(r"\b(?:campagne|campaign|opération|operation)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CAPITAL_ARTICLE = re.compile(r"^\s*[Ll]['’](?=\w)")
_PLAIN = str.maketrans("àâäáãçéèêëíìîïñóòôöõúùûüÿ", "aaaaaceeeeiiiinooooouuuuy")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words for a hashtag (with ``#`` when they are one already), the reason, and what they are worth.

    ``broad`` ones name what the whole text is about: they stand beside a tag that holds them. ``subject`` ones name a
    subject and nobody's name.
    """

    source: str
    reason: Wording
    score: float = 0.0
    broad: bool = False
    subject: bool = False


def written(text: str) -> Iterator[Candidate]:
    """The hashtags the text has."""
    for match in _WRITTEN.finditer(text[:_READ]):
        yield Candidate(match.group(), Wording("hashtag.reason.written", {"tag": match.group()}), 3.0)


def of_text(text: str, language: str, facts: Sequence[FoundFact]) -> list[Candidate]:
    """Days, campaigns, names and phrases of the text, best first."""
    found = [*_campaigns(text), *_days(text), *_phrases(text, language, facts)]
    return mixed(sorted(found, key=lambda candidate: -candidate.score))


#: Names before the first subject, and how many subjects are drawn forward.
_NAMES_FIRST = 3
_SUBJECTS_FORWARD = 3
#: What a subject is worth at least to be drawn forward: one said in passing is not.
_FORWARD = 1.45


def mixed(found: Sequence[Candidate]) -> list[Candidate]:
    """``found``, its best subjects drawn among the names: names alone say to nobody what it is about."""
    names = [candidate for candidate in found if not candidate.subject]
    subjects = [candidate for candidate in found if candidate.subject]
    order: list[Candidate] = []
    since = drawn = 0
    while names and subjects:
        forward = drawn < _SUBJECTS_FORWARD and since >= (_NAMES_FIRST if not drawn else 1)
        forward = forward and subjects[0].score >= _FORWARD
        if forward or subjects[0].score >= names[0].score:
            order.append(subjects.pop(0))
            drawn, since = drawn + 1, 0
        else:
            order.append(names.pop(0))
            since += 1
    return order + names + subjects


def _campaigns(text: str) -> Iterator[Candidate]:
    for match in _CAMPAIGN.finditer(text[:_READ]):
        name = match["name"].strip(" .\t")
        yield Candidate(name, Wording("hashtag.reason.campaign", {"name": name}), 2.9)


@lru_cache(maxsize=1)
def _calendar() -> dict[str, list[tuple[list[str], str]]]:
    """The listed days by their first word: all their words, and the day as it is written."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for day in sorted(lexicon("hashtag_calendar")):
        parts = _WORD.findall(day.translate(_PLAIN))
        found.setdefault(parts[0], []).append((parts, day))
    return found


def _days(text: str) -> Iterator[Candidate]:
    """The days of the calendar that the text names."""
    parts = _WORD.findall(text[:_READ].lower().translate(_PLAIN))
    days = _calendar()
    for index, part in enumerate(parts):
        for sequence, day in days.get(part, ()):
            if parts[index : index + len(sequence)] == sequence:
                reason = Wording("hashtag.reason.calendar_day", {"day": day})
                tag = f"#{camel_case(day, LONGEST_WRITTEN)}"
                yield Candidate(
                    tag if len(tag) > LONGEST + 1 else day,
                    reason,
                    2.0 + 0.2 * len(sequence) if len(sequence) > 1 else 1.3,
                )


def _phrases(text: str, language: str, facts: Sequence[FoundFact]) -> Iterator[Candidate]:
    named = {folded(fact.normalised): fact.kind for fact in facts if fact.kind in _NAMED}
    streets = [fact for fact in facts if fact.kind is FactKind.PLACE and any(map(str.isdigit, fact.normalised))]
    said: set[str] = set()
    tongue = language if language in ("fr", "en") else spoken_language(text)
    for phrase in phrases(text, tongue, _READ_PHRASES):
        if any(phrase.start < street.end and street.start < phrase.end for street in streets):
            continue
        key = folded(phrase.text)
        said.add(key)
        kind = named.get(key)
        if kind is None and phrase.place and " " not in phrase.text:
            kind = FactKind.PLACE
        if kind is None:
            reason = Wording("hashtag.reason.brief_phrase", {"phrase": phrase.text})
        else:
            reason = Wording(_NAMED[kind], {"name": phrase.text})
        yield Candidate(
            _joined(phrase.text, tongue),
            reason,
            phrase.score + (0.5 if kind in named.values() else 0.0),
            phrase.broad,
            phrase.subject,
        )
    yield from _unsaid(text, facts, said)


_NAMED = {FactKind.PRODUCT: "hashtag.reason.product", FactKind.PLACE: "hashtag.reason.place"}


def _joined(name: str, language: str) -> str:
    """``Fern & Fable`` as it is said: a tag cannot hold the sign."""
    return name.replace(" & ", " et " if language == "fr" else " and ") if "&" in name else name


def _unsaid(text: str, facts: Sequence[FoundFact], said: set[str]) -> Iterator[Candidate]:
    """Products read in the text that no phrase holds; what a greeting or a signature says is none."""
    products = [fact for fact in facts if fact.kind is FactKind.PRODUCT]
    read = list(pieces(text[:_READ])) if products else []
    for fact in products:
        name = _CAPITAL_ARTICLE.sub("", fact.normalised)
        spoken = bool(read) and read[0].start <= fact.start < read[-1].end
        if spoken and not any(folded(name) in key for key in said) and not is_empty(name):
            yield Candidate(name, Wording(_NAMED[fact.kind], {"name": fact.normalised}), 1.6)


def is_empty(phrase: str) -> bool:
    """True when no word of ``phrase`` says what it is about."""
    small = stop_words("both") | lexicon("hashtag_empty") | lexicon("hashtag_small")
    return all(part in small or part.isdigit() for part in re.findall(r"\w+(?:-\w+)*", phrase.casefold()))


def of_brand(
    text: str, brand: Brand, network: Network, uses: Mapping[str, TagUses]
) -> tuple[list[Candidate], list[Candidate]]:
    """Tags of the brand's lists, that network's lists first: those the text speaks of, and the others.

    Among each, the tag used least lately comes first: the same ones are not used each day.
    """
    here = [listed for listed in brand.hashtags if network.id in listed.networks]
    anywhere = [listed for listed in brand.hashtags if not listed.networks]
    body = re.sub(r"[\W_]+", "", folded(text[:_READ]))
    spoken: list[Candidate] = []
    others: list[Candidate] = []
    for lists in (here, anywhere):
        told: list[Candidate] = []
        rest: list[Candidate] = []
        for listed in lists:
            key = "hashtag.reason.campaign_list" if _CAMPAIGN_LIST.search(listed.name) else "hashtag.reason.brand_list"
            for tag in listed.tags:
                bare = tag.lstrip("#")
                candidate = Candidate(f"#{bare}", Wording(key, {"list": listed.name}))
                (told if folded(bare) in body else rest).append(candidate)
        spoken += rotated(told, uses)
        others += rotated(rest, uses)
    return spoken, others


def rotated(found: Sequence[Candidate], uses: Mapping[str, TagUses]) -> list[Candidate]:
    """``found`` with what was used least, then longest ago, first; unused ones keep their order."""
    never = datetime.min.replace(tzinfo=UTC)

    def turn(candidate: Candidate) -> tuple[int, datetime]:
        used = uses.get(folded(candidate.source.lstrip("#")), TagUses())
        return used.recent, used.last or never

    return sorted(found, key=turn)


@lru_cache(maxsize=5_000)
def stems(tag_parts: tuple[str, ...]) -> frozenset[str]:
    """The words of a tag that count when two are compared."""
    small = stop_words("both")
    kept = frozenset(stem(part) for part in tag_parts if part not in small and len(part) > 1)
    return kept or frozenset(tag_parts)
