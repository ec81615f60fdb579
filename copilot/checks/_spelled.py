"""Links, e-mails, accounts and numbers written so that a machine does not see them and a person does.

"evil[.]example", "evil dot example", "hxxps://…", letters parted by spaces, wide or Cyrillic letters, digits in words:
read as they are meant, each with where it stands as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.checks._phrases import page
from copilot.text.lexicons import stop_words
from copilot.text.lookalikes import TWINS

#: Characters of a text that are read.
MOST_CHARS = 20_000
#: References of one text that are told.
MOST = 40
#: Digits that make a number to call.
PHONE_DIGITS = 8

_DOTS = {"\u3002": ".", "\uff61": ".", "\u2024": ".", "\u30fb": ".", "\u00b7": ".", "\u2022": ".", "\u22c5": "."}
#: The sign that makes a key of a digit, and what chooses how a character is drawn.
_DRESSING = frozenset("\u20e3\ufe0f\ufe0e")

#: Last labels of a host that nobody says in a sentence after "point" or "dot", beside those in use.
_RESERVED = frozenset(("example", "test", "invalid", "onion", "eth"))
_LABEL = r"[a-z0-9][a-z0-9-]{0,40}"
_DOT = (
    r"(?:\s?[\[({<]{1,2}\s?(?:\.|dot|point|d0t|punkt|punto)\s?[\])}>]{1,2}\s?|\s(?:point|dot|punto)\s|\s\.\s?"
    r"|\s?[-_*/|](?:point|dot)[-_*/|]\s?|\.)"
)
_AT = r"(?:\s?[\[({<]\s?(?:@|at|arobase?|arrobas?e?|a)\s?[\])}>]\s?|\s(?:arobase?|arrobas?e?|at sign|at)\s|\s?@\s?)"
_NAMED_HOST = re.compile(
    rf"(?<![\w@.-])(?:(?P<user>{_LABEL}){_AT})?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})(?![\w-])"
)
#: The end of a host said apart: "« shop » suivi de « .net »".
_END_ALONE = re.compile(
    r"(?:(?<=[\s«\"'(\[])|^)\.\s?(?:com|net|org|fr|eu|io|co|info|biz|shop|xyz|online|site|store|app|club|top"
    r"|live|ru|cn|example)(?![\w.-])"
)
_DEFANGED = re.compile(
    r"(?<!\w)(?:h(?:xx|tt|\*\*|__)ps?\s?(?:\[:\]|:|\(:\))\s?[/\\]{2}|hxxps?\b)\s?(?P<rest>\S{3,200})"
)
_SPACED = re.compile(r"(?<!\w)\w(?:[ \u00a0.\-_*·]{1,2}[\w.]){4,80}(?!\w)")
_APART = re.compile(r"[ \u00a0.\-_*·]+")
_LOOSE_HANDLE = re.compile(
    r"(?<![\w@])(?:(?:@|\barobase?|\barrobas?e?|\bat[- ]sign)\s{1,3}|[\[({<](?:@|at"
    r"|arobase?)[\])}>]\s?)(?P<name>[a-z0-9][\w.-]{2,40})"
)
#: Pairs of digits, as a number to call is said: a date and its hour have a year or a sign among them.
_LOOSE_PHONE = re.compile(
    r"(?<![\w,.])(?:0\d|\+\d{2}|0|\d)(?:[ ._/|*,;~\-]{1,3}\d{1,2}){4,16}(?!\w)|(?<!\w)\+?\d{8,15}(?!\w)"
)
_FIGURE_RUN = re.compile(r"(?<![\w,.])\d{1,4}(?:[\s,.-]{1,6}\d{1,4}){3,16}(?!\w)")
#: "élu·es" is a word.
_INCLUSIVE = re.compile(
    r"[·•⋅](?=(?:e|es|s|ne|nes|se|ses|le|les|te|tes|ve|ves|x|rices?|trices?|euses?|ales?|elles?|fe|fes|re|res)\b)"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A reference as it is meant (``key``, small letters), and where it stands in the text."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=32)
def spelled(text: str) -> tuple[Spelled, ...]:
    """The references of ``text`` that are not written plainly, in order, ``MOST`` at most."""
    clear, places = unmasked(_INCLUSIVE.sub("-", text[:MOST_CHARS]))
    low = clear.lower()
    found: list[Spelled] = []
    for key, start, end in sorted(_found(low), key=lambda one: (one[1], -one[2])):
        first, last = places[start], places[end] if end < len(places) else len(text[:MOST_CHARS])
        while last > first + 1 and text[last - 1].isspace():
            last -= 1
        if text[first:last].lower() == key or (found and first < found[-1].end):
            continue
        found.append(Spelled(key, first, last))
        if len(found) == MOST:
            break
    return tuple(found)


def is_vouched(one: Spelled, own: str) -> bool:
    """Whether the brand's own words (``own``) hold the reference, written plainly or not."""
    low = own.lower()
    if one.key.lstrip("+").isdigit():
        return one.key[-PHONE_DIGITS:] in "".join(_DIGIT.findall(low))
    key = re.escape(one.key.lstrip("@"))
    return re.search(rf"(?<![\w.-]){key}(?![\w-])", low) is not None or any(
        known.key == one.key for known in spelled(own)
    )


def unmasked(text: str) -> tuple[str, list[int]]:
    """``text`` without hidden characters and in Latin letters, and where each of its characters stood."""
    chars: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char in _DRESSING or unicodedata.category(char) in ("Cf", "Mn"):
            continue
        plain = _DOTS.get(char) or (char if char.isascii() else unicodedata.normalize("NFKD", char.translate(TWINS)))
        kept = [one for one in plain if unicodedata.category(one) != "Mn"] or [char]
        chars += kept
        places += [at] * len(kept)
    return "".join(chars), places


def _found(low: str) -> Iterator[tuple[str, int, int]]:
    yield from _hosts(low)
    for match in _DEFANGED.finditer(low):
        if match.group().startswith(("http://", "https://")):
            continue
        rest = match["rest"].rstrip(".,;:!?)")
        yield _closed(rest), match.start(), match.start("rest") + len(rest)
    for match in _END_ALONE.finditer(low):
        yield match.group().replace(" ", ""), max(0, match.start() - 1), match.end()
    yield from _letters(low)
    for match in _LOOSE_HANDLE.finditer(low):
        yield f"@{match['name'].rstrip('.-')}", *match.span()
    yield from _numbers(low)


def _hosts(low: str) -> Iterator[tuple[str, int, int]]:
    """Hosts and addresses, their dots and signs in words or in brackets."""
    from copilot.text.measure.links import top_level_domains

    known = top_level_domains()[0] | _RESERVED
    for match in _NAMED_HOST.finditer(low):
        host = _closed(match["host"])
        first, _, last = host.rpartition(".")
        bracketed = re.search(r"[\[({<]", match["host"]) is not None
        if last not in known and not (bracketed and len(last) > 1 and last.isalpha()):
            continue
        user, at = match["user"], match.start()
        if user and "." in match["host"] and " at " in low[match.end("user") : match.start("host")]:
            # "book at shop.example" names no mailbox.
            user, at = None, match.start("host")
        # "un point de retrait", "sur place . On": words around a sign, and no host.
        if (
            not user
            and not bracketed
            and " " in match["host"]
            and {first.rpartition(".")[2], last} & stop_words("both")
        ):
            continue
        yield (f"{user}@{host}" if user else host), at, match.end()


def _closed(host: str) -> str:
    """A host with its dots as dots."""
    return re.sub(_DOT, ".", host).replace(" ", "")


def _letters(low: str) -> Iterator[tuple[str, int, int]]:
    """Words and hosts whose letters are parted: "e v i l . e x a m p l e", "R.i.v.a.l"."""
    for match in _SPACED.finditer(low):
        written = match.group()
        joined = written.replace(" ", "").replace("\u00a0", "")
        bare = _APART.sub("", written)
        if sum(char.isalpha() for char in bare) < max(5, len(bare) * 0.7):
            continue
        yield joined if " " in written else bare, *match.span()


def _numbers(low: str) -> Iterator[tuple[str, int, int]]:
    """Numbers to call, their digits parted by signs, drawn as keys, or in words."""
    for match in _LOOSE_PHONE.finditer(low):
        digits = "".join(_DIGIT.findall(match.group()))
        if len(digits) >= PHONE_DIGITS:
            yield digits, *match.span()
    where = page(low)
    if where.places is None:
        yield from _worded(low, where.plain)


def _worded(low: str, plain: str) -> Iterator[tuple[str, int, int]]:
    from copilot.text.claims.numerals import rewrites

    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    plain = plain.replace("zero", "0   ")
    for start, end, written in rewrites(plain):
        pieces += [plain[at:start], f" {written} "]
        origin += [*range(at, start), *([start] * len(written)), end - 1, end - 1]
        at = end
    if not at:
        return
    pieces.append(plain[at:])
    origin += range(at, len(plain))
    figures = "".join(pieces)
    for match in _FIGURE_RUN.finditer(figures):
        digits = "".join(_DIGIT.findall(match.group()))
        first, last = origin[match.start()], origin[match.end() - 1] + 1
        if len(digits) >= PHONE_DIGITS and any(map(str.isalpha, low[first:last])):
            yield digits, first, last
