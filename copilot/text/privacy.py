"""Pseudonyms for remote models: what points at a person stays home, a token goes instead.

The same value gets the same token for the life of a :class:`Vault`, and ``restore(mask(text)) == text`` for
every text, one that already holds something like a token included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from copilot.errors import UserError
from copilot.text.facts.contacts import normal_phone
from copilot.text.personal import KINDS as PERSONAL_KINDS
from copilot.text.personal import KnownPeople, PersonalSpan, find_personal, flat, settled

#: Kinds of pseudonyms. ``TEXT`` stands for words of the text that looked like a token.
KINDS = (*PERSONAL_KINDS, "TEXT")

# Case and spaces inside the brackets are forgiven; an unknown kind counts as a token when it is written like one.
_TOKEN = re.compile(
    rf"\[\s{{0,3}}\[\s{{0,3}}(?:(?P<kind>{'|'.join(KINDS)})[\s\\_-]{{0,3}}|(?P<other>[A-Za-z]{{2,20}})\\?_)"
    r"\s{0,3}(?P<number>[0-9]{1,9})(?P<spelling>[B-Z]?)\s{0,3}\]\s{0,3}\]",
    re.IGNORECASE,
)


#: Words of a name: an initial names nobody.
_LETTERS = re.compile(r"[^\W\d_]{3,}")


#: Kinds whose values are the same whatever their case, or with and without a sign in front (an order, "#45872"):
#: another spelling has the same number and a letter.
_CASELESS = frozenset(["PERSON", "HANDLE", "EMAIL"])
_SIGNED = {"REF": "#"}
#: The first spelling of a value has no letter.
_SPELLINGS = ("", *"BCDEFGHIJKLMNOPQRSTUVWXYZ")


class Numbering:
    """Numbers tokens: "Jo le taxi" is ``[[PERSON_1]]``, "jo le taxi" ``[[PERSON_1B]]``: both come back exact."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        """Begin after the tokens of ``given``, each with what it stands for; others than tokens are left aside."""
        self._last: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._used: dict[tuple[str, int], set[str]] = {}
        for written, value in (given or {}).items():
            if (match := _TOKEN.fullmatch(written)) is not None:
                self._learn((match["kind"] or match["other"]).upper(), value, int(match["number"]), match["spelling"])

    def next(self, kind: str, value: str) -> str:
        """The token of a value that has none."""
        number = self._numbers.get((kind, _spelt(kind, value)), 0)
        free = (one for one in _SPELLINGS if one not in self._used.get((kind, number), ()))
        spelling = next(free, None) if number else ""
        if not number or spelling is None:
            number, spelling = self._last.get(kind, 0) + 1, ""
        self._learn(kind, value, number, spelling)
        return token(kind, number, spelling)

    def _learn(self, kind: str, value: str, number: int, spelling: str) -> None:
        self._last[kind] = max(self._last.get(kind, 0), number)
        self._used.setdefault((kind, number), set()).add(spelling.upper())
        if kind in _CASELESS or kind in _SIGNED:
            self._numbers[kind, _spelt(kind, value)] = number


class Register(Protocol):
    """Gives tokens that outlive a vault: the same value of a thread has the same one at each of its answers."""

    def tokens(self, wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """The token of each (kind, value), an old one or one nobody had."""
        ...


class Vault:
    """The pseudonyms of one answer, from the register of its thread, or kept in memory only."""

    def __init__(
        self,
        known_names: Iterable[str] = (),
        known_handles: Iterable[str] = (),
        allowed: Iterable[str] = (),
        register: Register | None = None,
    ) -> None:
        """Begin a vault.

        Args:
            known_names: names of the people of the thread, hidden wherever they appear.
            known_handles: their handles, with or without ``@``.
            allowed: the brand's own contact details, left in clear.
            register: where tokens come from; numbered from 1 by this vault alone when there is none.
        """
        self._register = register
        self._values: dict[str, str] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._numbering = Numbering()
        names, handles = tuple(known_names), tuple(known_handles)
        self._people = KnownPeople(names, handles)
        self._as_known = frozenset(one.strip() for one in (*names, *handles))
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
        spans = self.spans(text)
        self._learn(dict.fromkeys((span.kind, text[span.start : span.end]) for span in spans))
        for span in spans:
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

    def restore_given(self, text: str) -> str:
        """As :meth:`restore`, with a token that this vault never gave left as it is, for a check to stop."""
        return _TOKEN.sub(lambda match: self._values.get(_token_of(match), match.group()), text)

    def lost(self, masked: str, restored: str) -> tuple[str, ...]:
        """What the tokens of ``masked`` stand for and ``restored``, written from it, says no more, in order.

        A person is still named by one of their words: "Léa" for "Léa Martin".
        """
        given = dict.fromkeys(_token_of(match) for match in _TOKEN.finditer(masked))
        values = dict.fromkeys(self._values[one] for one in given if one in self._values and "TEXT" not in one)
        said = restored.casefold()
        words = frozenset(_LETTERS.findall(said))
        return tuple(
            value
            for value in values
            if value.casefold() not in said and words.isdisjoint(_LETTERS.findall(value.casefold()))
        )

    def _value(self, match: re.Match[str]) -> str:
        told = _token_of(match)
        if told not in self._values:
            raise UserError("privacy.invented_pseudonym", token=told)
        return self._values[told]

    def _token(self, kind: str, value: str) -> str:
        return self._tokens[kind, value]

    def _learn(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Have a token for each (kind, value)."""
        fresh = self._as_known_first([one for one in wanted if one not in self._tokens])
        if not fresh:
            return
        given = self._register.tokens(fresh) if self._register else {one: self._numbering.next(*one) for one in fresh}
        for one in fresh:
            self._tokens[one] = given[one]
            self._values[given[one]] = one[1]

    def _as_known_first(self, wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """``wanted``, the spelling a person is known under before its others: it is the one without a letter."""
        if len(wanted) < 2 or self._as_known.isdisjoint(value for _, value in wanted):
            return wanted
        ranks: dict[tuple[str, str], int] = {}
        for rank, (kind, value) in enumerate(wanted):
            ranks.setdefault((kind, _spelt(kind, value)), rank)
        return sorted(wanted, key=lambda one: (ranks[one[0], _spelt(*one)], one[1] not in self._as_known))

    def spans(self, text: str) -> list[PersonalSpan]:
        """What :meth:`mask` hides in ``text``, in order, none overlapping another."""
        return settled(self._candidates(text), len(text))

    def _candidates(self, text: str) -> Iterator[PersonalSpan]:
        for match in _TOKEN.finditer(text):
            yield PersonalSpan("TEXT", *match.span())
        # Nothing hides what the brand says of itself: an empty kind only keeps the others away.
        yield from _matches("", self._allowed, text)
        for span in find_personal(text, self._people):
            allowed = span.kind == "PHONE" and normal_phone(text[span.start : span.end]) in self._allowed_phones
            yield PersonalSpan("" if allowed else span.kind, span.start, span.end)


def token(kind: str, number: int, spelling: str = "") -> str:
    """How the pseudonym ``number`` of a kind is written; ``spelling`` is the letter of another spelling of it."""
    return f"[[{kind}_{number}{spelling}]]"


def _spelt(kind: str, value: str) -> str:
    """What two spellings of one value share: "Léa MARTIN" and "lea martin", "#45872" and "45872"."""
    if kind in _CASELESS:
        return " ".join(flat(value).casefold().split())
    return value.removeprefix(_SIGNED.get(kind, ""))


def _token_of(match: re.Match[str]) -> str:
    """The token that ``match`` was meant to be."""
    return token((match["kind"] or match["other"]).upper(), int(match["number"]), match["spelling"].upper())


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
