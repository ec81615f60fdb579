"""Pseudonyms for remote models: what points at a person stays home, a token goes instead.

The same value gets the same token for the life of a :class:`Vault`, and ``restore(mask(text)) == text`` for
every text, one that already holds something like a token included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from copilot.errors import UserError
from copilot.text.facts.contacts import normal_phone
from copilot.text.lexicons import lexicon, stop_words
from copilot.text.personal import PersonalSpan, find_personal

#: Kinds of pseudonyms. ``TEXT`` stands for words of the text that looked like a token.
KINDS = ("PERSON", "EMAIL", "PHONE", "HANDLE", "IBAN", "CARD", "REF", "ADDRESS", "IP", "NIR", "BIRTHDATE", "TEXT")

# Case and spaces inside the brackets are forgiven; an unknown kind counts as a token when it is written like one.
_TOKEN = re.compile(
    rf"\[\s{{0,3}}\[\s{{0,3}}(?:(?P<kind>{'|'.join(KINDS)})[\s\\_-]{{0,3}}|(?P<other>[A-Za-z]{{2,20}})\\?_)"
    r"\s{0,3}(?P<number>[0-9]{1,9})\s{0,3}\]\s{0,3}\]",
    re.IGNORECASE,
)
_SHORTEST_PART = 3
_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Vault:
    """The pseudonyms of one thread or one brief, kept in memory only."""

    def __init__(
        self, known_names: Iterable[str] = (), known_handles: Iterable[str] = (), allowed: Iterable[str] = ()
    ) -> None:
        """Begin a vault.

        Args:
            known_names: names of the people of the thread, hidden wherever they appear.
            known_handles: their handles, with or without ``@``.
            allowed: the brand's own contact details, left in clear.
        """
        self._values: dict[str, str] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._full, self._parts = _name_patterns(known_names)
        self._handles = _any_of([f"@{name.lstrip('@')}" for name in known_handles if name.strip("@ ")])
        self._bare_handles = _any_of(
            [name.lstrip("@") for name in known_handles if len(name.strip("@ ")) > _SHORTEST_PART]
        )
        kept = [entry.strip() for entry in allowed if entry.strip()]
        self._allowed = _any_of(kept)
        self._allowed_phones = frozenset(normal_phone(entry) for entry in kept if re.search(r"\d{2}.*\d{2}", entry))

    @property
    def pseudonyms(self) -> Mapping[str, str]:
        """What each token stands for: to show a person what stays home. Never to be logged."""
        return MappingProxyType(self._values)

    def mask(self, text: str) -> str:
        """``text`` with a token in the place of each personal detail."""
        parts = []
        position = 0
        for span in self._spans(text):
            parts.append(text[position : span.start])
            parts.append(self._token(span.kind, text[span.start : span.end]))
            position = span.end
        parts.append(text[position:])
        return "".join(parts)

    def restore(self, text: str) -> str:
        """``text`` with each token replaced by what it stands for; case and spaces in the brackets are forgiven.

        Raises:
            UserError: ``privacy.invented_pseudonym`` with ``token``, when this vault never gave it.
        """
        return _TOKEN.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        kind = (match["kind"] or match["other"]).upper()
        token = f"[[{kind}_{int(match['number'])}]]"
        if token not in self._values:
            raise UserError("privacy.invented_pseudonym", token=token)
        return self._values[token]

    def _token(self, kind: str, value: str) -> str:
        known = self._tokens.get((kind, value))
        if known:
            return known
        self._counts[kind] = self._counts.get(kind, 0) + 1
        token = f"[[{kind}_{self._counts[kind]}]]"
        self._tokens[kind, value] = token
        self._values[token] = value
        return token

    def _spans(self, text: str) -> list[PersonalSpan]:
        """What to hide, in order, none overlapping another. ``""`` kinds only keep others away."""
        taken = bytearray(len(text))
        kept: list[PersonalSpan] = []
        for span in self._candidates(text):
            if span.end > span.start and taken.find(1, span.start, span.end) < 0:
                taken[span.start : span.end] = b"\x01" * (span.end - span.start)
                if span.kind:
                    kept.append(span)
        return sorted(kept, key=lambda span: span.start)

    def _candidates(self, text: str) -> Iterator[PersonalSpan]:
        for match in _TOKEN.finditer(text):
            yield PersonalSpan("TEXT", *match.span())
        yield from _matches("", self._allowed, text)
        for pattern in (self._handles, self._bare_handles):
            yield from _matches("HANDLE", pattern, text)
        yield from _matches("PERSON", self._full, text)
        for span in find_personal(text):
            allowed = span.kind == "PHONE" and normal_phone(text[span.start : span.end]) in self._allowed_phones
            yield PersonalSpan("" if allowed else span.kind, span.start, span.end)
        yield from _matches("PERSON", self._parts, text)


def _matches(kind: str, pattern: re.Pattern[str] | None, text: str) -> Iterator[PersonalSpan]:
    if pattern:
        for match in pattern.finditer(text):
            yield PersonalSpan(kind, *match.span())


def _any_of(entries: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str] | None:
    """A pattern for whole occurrences of any entry, the longest first."""
    ordered = sorted({entry.strip() for entry in entries if entry.strip()}, key=lambda entry: (-len(entry), entry))
    if not ordered:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", flags)


def _name_patterns(names: Iterable[str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Patterns for the full names, whatever their case, and for their parts, capitalised as they are or in capitals."""
    full: list[str] = []
    parts: set[str] = set()
    for name in names:
        found = _PART.findall(name)
        if not found or all(_is_common(part) for part in found):
            continue
        full += [name.strip(), " ".join(found)]
        for part in found:
            if len(part) >= _SHORTEST_PART and not _is_common(part):
                parts |= {part[0].upper() + part[1:], part.upper()}
    return _any_of(full), _any_of(parts, 0)


def _is_common(word: str) -> bool:
    low = word.casefold()
    return low in stop_words("both") or low in lexicon("common_words")
