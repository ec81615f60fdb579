"""The words the model keeps: Latin letters, digits, punctuation, emoji. Most of the table served other scripts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from copilot.intelligence.semantic.weights import Weights

#: How a piece that begins a word is marked.
WORD = "▁"
#: The name of the unknown piece: NUL, which :func:`cut` has taken out of any text, so that no text can spell it.
UNKNOWN = "\x00"
#: What e5 was taught to find before a text.
PREFIX = "query: "
#: Enough to fill the model's 512 tokens; the rest of a text is not read.
MOST_CHARS = 6_000

_KEPT = (
    range(0x20, 0x250),  # Latin
    range(0x300, 0x370),  # accents on their own
    range(0x2000, 0x2C00),  # punctuation, currencies, arrows, signs
    range(0xFE00, 0xFE10),  # how an emoji is drawn
    range(0x1F000, 0x1FB00),  # emoji
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces by their new number, with their scores; ``rows`` are their rows in the table of the weights.

    Number 0 is the unknown piece. The last three rows are the begin, the end and the padding: no text spells them.
    """

    pieces: tuple[tuple[str, float], ...]
    rows: tuple[int, ...]
    spread: Mapping[int, str]

    @property
    def begin(self) -> int:
        """Number of what opens every text; what closes it and the padding follow."""
        return len(self.pieces)


def cut(weights: Weights) -> Vocabulary:
    """The vocabulary that is kept of ``weights``."""
    specials = weights.specials
    apart = {specials.begin, specials.end, specials.padding, specials.unknown}
    kept = [
        number
        for number, piece in enumerate(weights.pieces)
        if number not in apart and weights.scores[number] < 0 and _is_kept(piece)
    ]
    return Vocabulary(
        ((UNKNOWN, 0.0), *((weights.pieces[number], weights.scores[number]) for number in kept)),
        (specials.unknown, *kept, specials.begin, specials.end, specials.padding),
        dict(weights.spread) | {0: ""},
    )


def _is_kept(piece: str) -> bool:
    return all(any(ord(char) in some for some in _KEPT) for char in piece.replace(WORD, ""))


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """What cuts a text, already passed through :func:`prepared`, into the numbers of ``pieces``."""
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Metaspace

    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = Metaspace(replacement=WORD, prepend_scheme="always")
    return tokenizer


def spread_out(spread: Mapping[int, str]) -> str:
    """``spread`` as JSON."""
    return json.dumps({str(point): text for point, text in spread.items()}, ensure_ascii=True, separators=(",", ":"))


def spread_in(text: str) -> dict[int, str]:
    """What :func:`spread_out` wrote."""
    return {int(point): str(told) for point, told in json.loads(text).items()}


def prepared(text: str, spread: Mapping[int, str]) -> str:
    """``text`` as the pieces spell it: composed, signs made plain, one space between words, the prefix before."""
    known = text[:MOST_CHARS]
    if not known.isascii():
        # Halves of pairs cannot be written in UTF-8, which the tokenizer reads.
        known = unicodedata.normalize("NFC", known).encode("utf-8", "replace").decode()
    return PREFIX + " ".join(known.translate(spread).split())
