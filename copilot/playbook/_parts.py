"""Setting one sentence of a playbook, and choosing one among several, always the same for the same message."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from copilot.domain.brand import Address
from copilot.playbook import grammar_en, grammar_fr
from copilot.playbook.grammar_fr import Thing

#: An open slot as it is shown in a reply.
SLOT = re.compile(r"\{([^{}\n]+)\}")

_MARK = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]|<([^<>]*)>|\{([^{}]*)\}")
_HIGH = re.compile(r" (?=[;!?])")
#: Links, e-mail addresses and open slots: no character of them may change.
_UNTOUCHED = re.compile(r"(https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]{1,255}|\{[^{}\n]{0,80}\})")
_UNITS = r"h|min|km|m|cm|mm|kg|g|l|L|cl|ml|W|Wh|kWh|V|Ah|Go|Mo|°C|km/h"
#: Thin or full unbreakable spaces; a telephone number is no thousand.
_FRENCH = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
    (re.compile(r"(?<![\d.,+])(?<!\d[ \u00a0\u202f])(\d{1,3})[ \u00a0](?=\d{3}(?!\d))"), "\\1\u202f"),
    (re.compile(r"(?<=\u202f\d{3})[ \u00a0](?=\d{3}(?!\d))"), "\u202f"),
    (re.compile(r"(?<=\d)[ \u202f]?(?=[€%])"), "\u00a0"),
    (re.compile(rf"(?<=\d)[ \u202f](?=(?:{_UNITS})(?![\w’]))"), "\u00a0"),
    (re.compile(r"(?<=[\w»)\]’€%])[ \u00a0]?(?=[;!?](?:[\s!?»)]|$))"), "\u202f"),
    (re.compile(r"[ \u00a0](?=[;!?])"), "\u202f"),
    (re.compile(r"(?<=[\w»)\]’€%])[ \u202f]?(?=:(?:\s|$))"), "\u00a0"),
    (re.compile(r"[ \u202f](?=:(?:\s|$))"), "\u00a0"),
    (re.compile(r"«[ \u202f]?(?=[^\s])"), "«\u00a0"),
    (re.compile(r"(?<=[^\s])[ \u202f]?»"), "\u00a0»"),
)
_JOINS: Mapping[str, Callable[[str], str]] = {"de": grammar_fr.of, "a": grammar_fr.to, "que": grammar_fr.that}
_DETERMINED = {"fr": grammar_fr.determined, "en": grammar_en.determined}
_NO_THING = Thing("")


def typeset(template: str, language: str) -> str:
    """The spaces French wants: U+202F before ; ! ?, U+00A0 before : and inside guillemets."""
    if language != "fr":
        return template
    return _HIGH.sub("\u202f", template).replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def finished(text: str, language: str) -> str:
    """``text`` with French spaces wherever it came from; links, addresses and open slots stay as they are."""
    if language != "fr":
        return text
    pieces = _UNTOUCHED.split(text)
    return "".join(piece if place % 2 else _french(piece) for place, piece in enumerate(pieces))


def _french(text: str) -> str:
    for shape, replacement in _FRENCH:
        text = shape.sub(replacement, text)
    return text


def capitalised(text: str) -> str:
    """``text`` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Setting:
    """What every sentence of one reply shares."""

    language: str
    address: Address
    thing: Thing | None
    values: Mapping[str, str]

    def set(self, template: str, **more: str) -> str:
        """``template`` with its markers resolved. Values go in as they are: nothing in them is expanded."""
        values = {**self.values, **more}
        return _MARK.sub(lambda mark: self._resolved(mark, values), typeset(template, self.language))

    def _resolved(self, mark: re.Match[str], values: Mapping[str, str]) -> str:
        formal, familiar, marker, name = mark.groups()
        if formal is not None:
            return str(formal if self.address is Address.VOUS else familiar)
        if marker is not None:
            return self._agreed(marker)
        join, _, key = name.rpartition(":")
        if key not in values:
            return str(mark.group())
        return _JOINS[join](values[key]) if join else values[key]

    def _agreed(self, marker: str) -> str:
        thing = self.thing or _NO_THING
        if "|" in marker:
            return marker.split("|")[thing.number]
        worded = _DETERMINED[self.language](marker.lower(), thing, self.address)
        return capitalised(worded) if marker[0].isupper() else worded


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses sentences: an order drawn from the message and the approach, turned by ``variant``.

    A sentence that recent replies already hold is passed over for one they hold less often; sentences with a word
    the brand bans are left out when others remain.
    """

    seed: str
    variant: int
    avoid: tuple[str, ...]
    banned: tuple[str, ...] = ()

    def pick(self, part: str, sentences: Sequence[str]) -> str:
        """One of ``sentences`` (already set).

        Raises:
            IndexError: when there is none.
        """
        allowed = [sentence for sentence in dict.fromkeys(sentences) if not self._is_banned(sentence)]
        ordered = self._ordered(part, allowed or list(dict.fromkeys(sentences)))
        return min(ordered, key=self.uses)

    def toss(self, part: str, sides: int) -> int:
        """A number below ``sides``, drawn from the message."""
        return (int(self._draw(part, "toss")[:8], 16) + self.variant) % sides

    def uses(self, sentence: str) -> int:
        """How many recent replies hold ``sentence`` (its first letter aside: a greeting may have lowered it)."""
        return sum(sentence[1:] in reply for reply in self.avoid)

    def _ordered(self, part: str, sentences: list[str]) -> list[str]:
        drawn = sorted(sentences, key=lambda sentence: self._draw(part, sentence))
        turn = self.variant % len(drawn)
        return drawn[turn:] + drawn[:turn]

    def _draw(self, part: str, salt: str) -> str:
        return hashlib.sha256(f"{self.seed}\n{part}\n{salt}".encode("utf-8", "surrogatepass")).hexdigest()

    def _is_banned(self, sentence: str) -> bool:
        lowered = sentence.lower()
        return any(word in lowered for word in self.banned)


def seed_of(message: str, approach: str) -> str:
    """What the choices of one reply are drawn from: a digest of the message and the approach."""
    body = f"{approach}\n{message}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"replique-reply/1\n" + body).hexdigest()
