"""What a person should know before using a hashtag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from copilot.domain.brand import Brand
from copilot.domain.wording import Wording
from copilot.text.hashtags.casing import camel_case, tag_key, tag_words
from copilot.text.keywords.chunks import stem
from copilot.text.lexicons import folded, lexicon, words

#: From this many uses in a month on, a tag is told as already used.
OFTEN = 1
#: A tag in small letters of this length holds several words.
_LONG_RUN = 15
#: Letters of a tag read for what it may spell.
_READ = 200
#: Letters left of a word that can be read as another one.
_SHORTEST_REST = 3
_LINKERS = words("de du des et la le les au aux en un une of and the")
_PROBLEMS = ("spam", "blocked", "sensitive")


@dataclass(frozen=True, slots=True)
class TagUses:
    """How often a tag went out: ``month`` this calendar month, ``recent`` in the last 31 days, ``last`` when last."""

    month: int = 0
    recent: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning. ``id`` is stable: banned, problem, ambiguous, generic, used or unreadable."""

    id: str
    wording: Wording


def cautions(tag: str, brand: Brand | None = None, uses: Mapping[str, TagUses] | None = None) -> tuple[Caution, ...]:
    """What to know of ``tag`` (without its sign), the gravest first.

    Args:
        tag: as it would be written.
        brand: whose banned words count.
        uses: by tag without case or accents.
    """
    shown = {"tag": f"#{tag}"}
    key = tag_key(tag)
    found: list[Caution] = []
    banned = brand and banned_term(tag, brand)
    if banned:
        found.append(Caution("banned", Wording("hashtag.warning.banned", {**shown, "term": banned})))
    kind = problem_of(tag)
    if kind:
        found.append(Caution("problem", Wording(f"hashtag.warning.problem.{kind}", shown)))
    rude = rude_reading(tag)
    if rude:
        found.append(Caution("ambiguous", Wording("hashtag.warning.ambiguous", {**shown, "reading": rude})))
    if is_generic(tag):
        found.append(Caution("generic", Wording("hashtag.warning.generic", shown)))
    used = uses.get(key) if uses else None
    if used and used.month >= OFTEN:
        found.append(Caution("used", Wording("hashtag.warning.used", {**shown, "count": used.month})))
    if is_unreadable(tag):
        found.append(Caution("unreadable", Wording("hashtag.warning.unreadable", shown)))
    return tuple(found)


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    return frozenset(folded(entry).replace(" ", "") for entry in lexicon(name))


@lru_cache(maxsize=5_000)
def problem_of(tag: str) -> str | None:
    """``spam``, ``blocked`` or ``sensitive`` for a tag of the shipped lists of problem tags."""
    key = tag_key(tag)
    return next((kind for kind in _PROBLEMS if key in _listed(f"hashtag_problem_{kind}")), None)


def is_generic(tag: str) -> bool:
    """True for a tag so wide that a post drowns in it, or that says nothing."""
    key = tag_key(tag)
    return key in _listed("hashtag_generic") or key in _listed("hashtag_empty")


def banned_term(tag: str, brand: Brand) -> str | None:
    """The term of the brand that bans ``tag``, as the brand writes it."""
    key = tag_key(tag)
    stems = [stem(part) for part in tag_words(tag)]
    terms = (*brand.voice.banned, *(term.instead_of for term in brand.voice.preferred))
    for term in terms:
        words = [stem(part) for part in folded(term).replace("'", " ").replace("’", " ").replace("-", " ").split()]
        words = [word.strip('#.,!?«»" ') for word in words]
        if not any(words):
            continue
        count = len(words)
        if key == "".join(words) or any(stems[at : at + count] == words for at in range(len(stems) - count + 1)):
            return term
    return None


@lru_cache(maxsize=1)
def _rude() -> dict[str, list[tuple[str, bool]]]:
    """Rude words by their first three letters, and whether one of their ends must be that of a word of the tag."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry in sorted({entry for language in ("fr", "en") for entry in lexicon(f"hashtag_rude.{language}")}):
        word = folded(entry.rstrip("*"))
        found.setdefault(word[:3], []).append((word, entry.endswith("*")))
    return found


@lru_cache(maxsize=5_000)
def rude_reading(tag: str) -> str | None:
    """The rude word read across the words of ``tag`` once joined in small letters, in French or English.

    A word that is rude by itself is no ambiguity, and a word that holds another one inside (« concert ») is none. What
    stands on both sides must read as words too: "sus-anal-bum-party", but not « artis-anal-sacien ».
    """
    parts = tag_words(tag[:_READ])
    if len(parts) < 2:
        return None
    joined = "".join(parts)
    edges = set(accumulate(map(len, parts), initial=0))
    inner = sorted(edges)[1:-1]
    words = _rude()
    for start in range(inner[-1] if inner else 0):
        for word, on_edge in words.get(joined[start : start + 3], ()):
            end = start + len(word)
            if not joined.startswith(word, start) or not any(start < edge < end for edge in inner):
                continue
            ends = (start in edges) + (end in edges)
            if ends == 2 or (ends == 0 and on_edge) or _covers_linker(parts, start, end):
                continue
            left = joined[max(edge for edge in edges if edge <= start) : start]
            right = joined[end : min(edge for edge in edges if edge >= end)]
            if _reads_alone(left) and _reads_alone(right):
                return word
    return None


def _covers_linker(parts: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a whole linker stands in ``start:end`` (« coupe de France »): the eye stops at it."""
    at = 0
    for part in parts:
        if start <= at and at + len(part) <= end and part in _LINKERS:
            return True
        at += len(part)
    return False


@lru_cache(maxsize=2_000)
def _reads_alone(rest: str) -> bool:
    """Whether what is left of a word beside a rude reading is nothing, or a French or English word."""
    if not rest:
        return True
    if len(rest) < _SHORTEST_REST:
        return False
    # Read only now: a dictionary takes 0.1 s, and few tags come so far.
    from copilot.text.spelling import load

    spellers = (load("fr"), load("en"))
    return any(speller is not None and speller.forms.has(rest) for speller in spellers)


def is_unreadable(tag: str) -> bool:
    """True for several words joined in small letters: nobody, and no screen reader, tells them apart."""
    bare = "".join(sign for sign in tag if sign.isalpha())
    if not bare or not bare.islower() or " " in tag or "_" in tag:
        return False
    if len(bare) >= _LONG_RUN:
        return True
    return tag_key(tag) in _joined_days()


@lru_cache(maxsize=1)
def _joined_days() -> frozenset[str]:
    days = (camel_case(day) for day in lexicon("hashtag_calendar") if " " in day)
    return frozenset(folded(day) for day in days if day)
