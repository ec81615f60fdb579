"""A text read once: its claims, its sentences, its words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache

from copilot.domain.claim import ClaimKind
from copilot.text.claims.contacts import Contact, find_contacts
from copilot.text.claims.days import find_days
from copilot.text.claims.figures import find_figures
from copilot.text.claims.mention import Mention
from copilot.text.claims.names import as_mention, find_names, ordinary_words
from copilot.text.claims.promises import find_promises
from copilot.text.claims.scanning import Capital
from copilot.text.claims.shadow import Shadow, plain_letters, shadow_of
from copilot.text.claims.stems import stem, stems
from copilot.text.facts.numbers import plain

_SENTENCE_END = re.compile(
    r"(?:(?<!\Wlun)(?<!\Wmar)(?<!\Wjeu)(?<!\Wven)(?<!\Wsam)(?<!\Wdim)\.|[.!?…]{2,}|[!?…])(?=\s|$)|[\n;•|]"
)
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+(?![a-zß-ÿ])|\d+")
_TAG = re.compile(r"[#＃](\w{2,100})")
_BEFORE = re.compile(r"(?<![\w])([A-ZÀ-Þ][\w’'-]{1,28})[ \u00a0]$")
#: A number that stands for "many" unless a source counts the same thing.
_MANY = re.compile(r"(?:mille(?! [a-z]*cent)|cent|a thousand|a hundred|a million|un millier)(?: d[e'])? ?[a-z]*$")
#: The low end of "two to eight", the high end.
_LOW_END = re.compile(r"\s*(?:a|to|-|ou|or)\s+\d")
_HIGH_END = re.compile(r"\d\s*(?:a|to|-|ou|or)\s*$")
_DIGITS = re.compile(r"\d+")
_NUMBERED_TAG = re.compile(r"[#＃](?:\d+|[A-Za-z]{1,4}-?\d{3,})(?!\w)")


#: Characters of a text that are read: no network takes a post of this length, and no screen waits for more.
MOST_READ = 100_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and what was found in it. Offsets of ``mentions`` are those of ``shadow.low``."""

    shadow: Shadow
    mentions: tuple[Mention, ...]
    contacts: tuple[Contact, ...]
    refusals: tuple[Mention, ...]
    ends: tuple[int, ...]
    words: dict[str, int]
    starts: tuple[int, ...]
    _stems: dict[int, frozenset[str]] = field(default_factory=dict)
    by_key: dict[str, list[Mention]] = field(default_factory=dict)
    by_kind: dict[ClaimKind, list[Mention]] = field(default_factory=dict)
    notes: dict[object, frozenset[str]] = field(default_factory=dict)
    _joined: list[str] = field(default_factory=list)
    _meant: dict[str, int] = field(default_factory=dict)

    def word_with(self, part: str) -> str:
        """The longer word that holds ``part`` first; empty when there is none."""
        if not self._joined:
            self._joined.append(" ".join(("", *self.words, "")))
        joined = self._joined[0]
        place = joined.find(part)
        while place >= 0:
            word = joined[joined.rfind(" ", 0, place) + 1 : joined.find(" ", place)]
            if len(word) > len(part) + 2:
                return word
            place = joined.find(part, place + len(part))
        return ""

    def place_of_stem(self, wanted: str) -> int | None:
        """Where a word of this stem stands first."""
        if not self._meant:
            for word, place in self.words.items():
                if len(word) > 3:
                    self._meant.setdefault(stem(word), place)
        return self._meant.get(wanted)

    def sentence(self, offset: int) -> int:
        """The rank of the sentence that holds ``offset``."""
        return bisect_right(self.ends, offset)

    def span(self, sentence: int) -> tuple[int, int]:
        """Start and end of a sentence in ``shadow.low``."""
        start = self.ends[sentence - 1] if 0 < sentence <= len(self.ends) else 0
        end = self.ends[sentence] if sentence < len(self.ends) else len(self.shadow.low)
        return start, end

    def _numbers(self, start: int, end: int) -> frozenset[str]:
        """The numbers said in a stretch, in words or not."""
        told = (one.number for one in self.between(start, end))
        return frozenset(plain(one) for one in told if one is not None and one > 9)

    def of_kind(self, kind: ClaimKind) -> list[Mention]:
        """The mentions of a kind, the first thousand at most."""
        return self.by_kind.get(kind, [])[:1000]

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in a stretch, the first two hundred at most."""
        first = bisect_left(self.starts, start)
        return self.mentions[first : min(bisect_left(self.starts, end), first + 200)]

    def stems(self, sentence: int) -> frozenset[str]:
        """What a sentence is about."""
        if sentence not in self._stems:
            start, end = self.span(sentence)
            # A sentence that never ends is read near its beginning only.
            self._stems[sentence] = stems(self.shadow.low[start : min(end, start + 2000)]) | self._numbers(start, end)
        return self._stems[sentence]


@lru_cache(maxsize=96)
def read(text: str, language: str) -> Reading:
    """Read the first :data:`MOST_READ` characters; remembered, since sources are read again at each draft."""
    shadow = shadow_of(text[:MOST_READ])
    low_closed = bytearray(len(shadow.low) + 1)
    contacts = find_contacts(shadow.text)
    for one in contacts:
        low_closed[one.start : one.end] = b"\x01" * (one.end - one.start)
    words = _words(shadow)
    for match in _TAG.finditer(shadow.text):
        if not _NUMBERED_TAG.match(match.group()):
            low_closed[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    closed = _in_digits(shadow, low_closed)
    found = [_modelled(shadow, one) for one in find_figures(shadow.digits, language, closed, _capitals(shadow))]
    found = [one for one in found if one.end > one.start]
    for mention in found:
        closed[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    found += [
        day
        for day in find_days(shadow.digits, closed)
        if not any(closed[day.start : day.end]) and not _close(closed, day)
    ]
    promises = list(find_promises(shadow.digits, language))
    kept = [_in_low(shadow, mention) for mention in found]
    refusals = tuple(_in_low(shadow, one) for one in promises if one.about == "no")
    kept += [_in_low(shadow, one) for one in promises if one.about != "no"]
    for mention in kept:
        if mention.kind is not ClaimKind.PROMISE:
            low_closed[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    kept += [as_mention(name) for name in find_names(shadow.text, low_closed)]
    kept += [
        Mention(one.kind, one.start, one.end, one.key, (one.key, one.host) if one.host else (one.key,))
        for one in contacts
    ]
    mentions = tuple(sorted(kept, key=lambda mention: (mention.start, mention.end)))
    ends = tuple(match.end() for match in _SENTENCE_END.finditer(shadow.low))
    by_key: dict[str, list[Mention]] = {}
    by_kind: dict[ClaimKind, list[Mention]] = {}
    for mention in mentions:
        by_kind.setdefault(mention.kind, []).append(mention)
        for key in mention.keys:
            by_key.setdefault(f"{mention.kind.value}|{key}" if _kept_apart(mention) else key, []).append(mention)
    return Reading(
        shadow,
        mentions,
        contacts,
        refusals,
        ends,
        words,
        tuple(one.start for one in mentions),
        by_key=by_key,
        by_kind=by_kind,
    )


_BY_KIND = frozenset(
    [ClaimKind.NAME, ClaimKind.PLACE, ClaimKind.LINK, ClaimKind.EMAIL, ClaimKind.PHONE, ClaimKind.HANDLE]
)


def _kept_apart(mention: Mention) -> bool:
    """True for what is looked up among its own kind only."""
    return mention.kind in _BY_KIND and mention.about not in ("code", "model")


def _close(closed: bytearray, day: Mention) -> bool:
    closed[day.start : day.end] = b"\x01" * (day.end - day.start)
    return False


def _words(shadow: Shadow) -> dict[str, int]:
    """Each word of the text, without case or accents, and where it stands first; hashtags count word by word."""
    found: dict[str, int] = {}
    for match in _WORD.finditer(shadow.low):
        found.setdefault(match.group(), match.start())
    for tag in _TAG.finditer(shadow.text):
        for part in _CAMEL.finditer(tag[1]):
            found.setdefault(plain_letters(part.group()), tag.start(1) + part.start())
    return found


def _in_digits(shadow: Shadow, closed: bytearray) -> bytearray:
    if shadow.places is None:
        return bytearray(closed)
    return bytearray(closed[place] for place in shadow.places)


def _capitals(shadow: Shadow) -> Capital:
    """Tells whether a stretch of the digits was written with a capital."""

    def capital(start: int, end: int) -> bool:
        return any(sign.isupper() for sign in shadow.text[shadow.place(start) : shadow.place(end)])

    return capital


def _modelled(shadow: Shadow, mention: Mention) -> Mention:
    """A number after a capitalised word is part of a name (``Trivelo 5``); a small one in words alone is nothing."""
    if mention.kind is not ClaimKind.QUANTITY or not mention.keys or not mention.keys[0].startswith("number "):
        return mention
    start = shadow.place(mention.start)
    written = shadow.low[start : shadow.place(mention.end)]
    in_words = not any(sign.isdigit() for sign in written)
    if _MANY.match(written):
        return replace(mention, soft=True)
    if in_words and not mention.about and mention.number is not None and mention.number <= 12:
        digits = shadow.digits
        if _LOW_END.match(digits, mention.end) or _HIGH_END.search(digits[max(0, mention.start - 8) : mention.start]):
            return mention
        return mention.moved(mention.start, mention.start)
    if in_words:
        return mention
    word = _BEFORE.search(shadow.text[max(0, start - 30) : start])
    if not word or plain_letters(word[1]) in ordinary_words():
        return mention
    number = plain(mention.number) if mention.number is not None else ""
    name = f"{plain_letters(word[1])} {number}"
    figures = _DIGITS.match(shadow.digits, mention.start)
    end = figures.end() if figures else mention.end
    return Mention(ClaimKind.NAME, mention.start, end, name, (f"model {name}",), mention.number, "model")


def _in_low(shadow: Shadow, mention: Mention) -> Mention:
    if shadow.places is None:
        return mention
    return mention.moved(shadow.place(mention.start), shadow.place(mention.end))
