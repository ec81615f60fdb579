"""Hashtags for a post: its names, its noun phrases, the days it names, the brand's own, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copilot.domain.brand import Brand
from copilot.domain.network import Network
from copilot.domain.post import FoundFact, Hashtag
from copilot.domain.wording import Wording
from copilot.text.hashtags.candidates import Candidate, of_brand, of_text, stems, written
from copilot.text.hashtags.casing import LONGEST, LONGEST_WRITTEN, as_tag, camel_case, tag_key, tag_words, topic
from copilot.text.hashtags.cautions import (
    Caution,
    TagUses,
    banned_term,
    cautions,
    is_generic,
    is_unreadable,
    problem_of,
    rude_reading,
)
from copilot.text.tag_rules import holds_spaces, kept

__all__ = [
    "LONGEST",
    "MOST",
    "Caution",
    "ProposedTag",
    "TagUses",
    "banned_term",
    "camel_case",
    "cautions",
    "is_generic",
    "is_unreadable",
    "problem_of",
    "propose",
    "rude_reading",
    "suggest",
]

#: How many hashtags are proposed where a network sets no lower cap.
MOST = 15
_NO_USES: Mapping[str, TagUses] = {}


@dataclass(frozen=True, slots=True)
class ProposedTag:
    """One hashtag to choose from, without its ``#``.

    ``cap`` is the most the network takes (None for no cap), ``advised`` whether it is within what is advised there.
    """

    tag: str
    reason: Wording
    warnings: tuple[Caution, ...]
    cap: int | None
    advised: bool

    @property
    def reason_id(self) -> str:
        """Stable name of the reason: brief_phrase, product, place, written, campaign, calendar_day, brand_list..."""
        return self.reason.key.rpartition(".")[2]


def propose(
    text: str,
    language: str,
    *,
    network: Network,
    brand: Brand | None = None,
    uses: Mapping[str, TagUses] = _NO_USES,
    facts: Sequence[FoundFact] = (),
    limit: int | None = None,
) -> tuple[ProposedTag, ...]:
    """Hashtags to choose from for ``text`` on ``network``, best first, fewer rather than poor ones.

    On a network whose topics hold spaces (Threads), the tag is the topic with its spaces.

    Args:
        text: the brief or the draft, in any state.
        language: ``fr``, ``en``, or anything else for whichever the text is in.
        network: its cap is never passed, and what it would cut is not proposed.
        brand: whose lists, name and banned words to use, if any.
        uses: what went out before, by tag without case or accents.
        facts: what :func:`copilot.text.facts.find_facts` read in ``text``, when known.
        limit: how many at most, 15 without.
    """
    cap = network.hashtags.max
    room = MOST if limit is None else limit
    room = room if cap is None else min(room, cap)
    chosen = _choose(text, language, network, brand, uses, facts, room, spaced=holds_spaces(network))
    high = network.hashtags.advised[1]
    return tuple(
        ProposedTag(one.tag, one.reason, cautions(one.tag, brand, uses), cap, index < high)
        for index, one in enumerate(chosen)
    )


def suggest(
    text: str,
    language: str,
    *,
    facts: Sequence[FoundFact] = (),
    brand: Brand | None,
    network: Network,
    limit: int | None = None,
    uses: Mapping[str, TagUses] = _NO_USES,
) -> tuple[Hashtag, ...]:
    """The hashtags to put under ``text`` on ``network``, best first, never two that differ by case or accents alone.

    The brand's hashtags that the text speaks of come first (those of that network's lists before the others) but
    leave half of the room to the text. The rest of the brand's lists only fills up to the network's advised minimum:
    a tag on another subject serves nobody. What calls for a warning comes last, what is banned not at all.

    Args:
        text: the text the hashtags go with.
        language: as for :func:`propose`.
        facts: what was read in the text, when known.
        brand: whose lists, name and banned words to use, if any.
        network: its cap is never passed.
        limit: how many at most; without it the network's advised maximum is kept. Its cap holds in any case.
        uses: what went out before, by tag without case or accents.
    """
    rules = network.hashtags
    wanted = rules.advised[1] if limit is None else limit
    room = wanted if rules.max is None else min(wanted, rules.max)
    return tuple(_choose(text, language, network, brand, uses, facts, room, spaced=False, banned=False))


def _choose(
    text: str,
    language: str,
    network: Network,
    brand: Brand | None,
    uses: Mapping[str, TagUses],
    facts: Sequence[FoundFact],
    room: int,
    *,
    spaced: bool,
    banned: bool = True,
) -> list[Hashtag]:
    if room <= 0:
        return []
    chosen = _Chosen(room, network, brand, spaced=spaced, banned=banned)
    spoken, others = of_brand(text, brand, network, uses) if brand else ([], [])
    chosen.take(spoken, room - room // 2)
    chosen.take(written(text))
    if brand:
        named = Wording("hashtag.reason.brand_name", {"name": brand.name})
        chosen.take([Candidate(brand.name, named)])
    chosen.take(of_text(text, language, facts), distinct=True)
    chosen.take(chosen.left, distinct=True)
    chosen.take(spoken)
    chosen.take(others, max(0, min(room, network.hashtags.advised[0]) - len(chosen.tags)))
    return chosen.tags


class _Chosen:
    """Tags kept so far, in order. ``left`` are the candidates put off because the brand bans them or worse."""

    def __init__(self, room: int, network: Network, brand: Brand | None, *, spaced: bool, banned: bool) -> None:
        self.tags: list[Hashtag] = []
        self.left: list[Candidate] = []
        self._room = room
        self._network = network
        self._brand = brand
        self._spaced = spaced
        self._banned = banned
        self._longest = min(LONGEST, network.hashtags.max_chars or LONGEST)
        self._keys: set[str] = set()
        self._words: list[frozenset[str]] = []

    def take(self, candidates: Iterable[Candidate], count: int | None = None, *, distinct: bool = False) -> None:
        """Keep up to ``count`` of ``candidates``; ``distinct`` refuses those that only repeat words of a kept one."""
        wanted = self._room if count is None else min(self._room, len(self.tags) + count)
        putting_off = candidates is not self.left
        for candidate in candidates:
            if len(self.tags) >= wanted:
                return
            tag = self._tag(candidate.source)
            if not tag or tag_key(tag) in self._keys:
                continue
            words = stems(tag_words(tag))
            if distinct and not candidate.broad and self._repeats(words, wider=putting_off):
                continue
            if distinct and putting_off and self._is_grave(tag):
                if self._banned:
                    self.left.append(candidate)
                continue
            self._keys.add(tag_key(tag))
            if not candidate.broad:
                self._words.append(words)
            self.tags.append(Hashtag(tag, candidate.reason))

    def _tag(self, source: str) -> str | None:
        """``source`` as the network takes it, whole; None when it cannot be a tag there."""
        if self._spaced and (not source.startswith("#") or " " in source):
            return topic(source, self._network.hashtags.max_chars or LONGEST)
        tag = as_tag(source)
        longest = self._network.hashtags.max_chars or LONGEST_WRITTEN if source.startswith("#") else self._longest
        if not tag or len(tag) > longest or kept(tag, self._network) != tag:
            return None
        return tag

    def _repeats(self, words: frozenset[str], *, wider: bool) -> bool:
        """Whether a kept tag holds all of ``words``, or with ``wider`` is held by them."""
        return any(words <= kept_words or (wider and kept_words <= words) for kept_words in self._words)

    def _is_grave(self, tag: str) -> bool:
        return problem_of(tag) is not None or (self._brand is not None and bool(banned_term(tag, self._brand)))
