"""The statistical identifier of languages: the model of py3langid cut to the languages asked for, and kept so.

The model is 68 MB unpacked, for 97 languages, and takes a second to unpack; what ours need of it is 12 MB. That part is
kept in the cache folder, so that this second is spent once on a machine and not at each start.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import sqrt
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from unicodedata import normalize

from copilot.cache import keep_arrays, kept_arrays, kept_path

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from py3langid.langid import LanguageIdentifier

Numbers: TypeAlias = "NDArray[Any]"

#: The moves from a state, one for each byte, lie in runs: the low bits of a byte say where in one, the others in which.
_RUN_BITS, _RUNS_BITS = 5, 3
_RUN, _RUNS = 1 << _RUN_BITS, 1 << _RUNS_BITS
_IN_RUN = _RUN - 1
#: Changes whenever what is kept in the cache folder is laid out otherwise.
_LAYOUT = 1
_loading = Lock()


class Tables(NamedTuple):
    """What the identifier reads with.

    The table of moves of the model, 256 for each state of the reader, holds the same runs of moves over and over: each
    is kept once. A state is known by the number of its first run, which is where a move leads.

    ``languages``: n codes. ``weights``: float16, runs of characters x n. ``biases``: float32, n. ``features``: int32,
    for each state the run of characters that ends there or -1. ``moves``: uint32. ``starts``: uint32, 8 a state.
    """

    languages: Numbers
    weights: Numbers
    biases: Numbers
    features: Numbers
    moves: Numbers
    starts: Numbers


class Identifier:
    """Tells how likely each language is for a text, with the same chances as py3langid."""

    def __init__(self, tables: Tables) -> None:
        self._all: list[str] = tables.languages.tolist()
        self._weighed = tables.weights, tables.biases
        self._some: dict[tuple[str, ...], tuple[list[str], Numbers, Numbers]] = {}
        self._features = tables.features
        # Arrays of the standard library are read item by item, four times quicker than those of numpy.
        self._moves, self._starts = array("I", tables.moves.tobytes()), array("I", tables.starts.tobytes())

    def chances(self, text: str, languages: tuple[str, ...]) -> dict[str, float]:
        """How likely each of ``languages`` is where it must be one of them."""
        import numpy as np

        told, weights, biases = self._weights(languages)
        read = normalize("NFC", text).encode("utf-8", "surrogatepass")
        features = self._features[np.array(self._walk(read), dtype=np.intp) >> _RUNS_BITS]
        counts = Counter(features[features >= 0].tolist())
        if not counts:
            return dict.fromkeys(told, float(np.float32(1 / len(told))))
        keys = np.fromiter(counts, dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        scores = np.log1p(times) @ weights[keys] + biases
        scores *= 1 / sqrt(len(read))
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return dict(zip(told, chances.tolist(), strict=True))

    def _weights(self, languages: tuple[str, ...]) -> tuple[list[str], Numbers, Numbers]:
        """The languages in the order of the model, their weights by runs of characters, what is added to each."""
        some = self._some.get(languages)
        if some is None:
            weights, biases = self._weighed
            kept = [at for at, language in enumerate(self._all) if language in languages]
            some = [self._all[at] for at in kept], weights[:, kept], biases[kept]
            self._some[languages] = some
        return some

    def _walk(self, read: bytes) -> list[int]:
        """The first run of each state met, from the first byte to the last."""
        starts, moves = self._starts, self._moves
        at = 0
        met: list[int] = []
        add = met.append
        for byte in read:
            at = moves[starts[at + (byte >> _RUN_BITS)] + (byte & _IN_RUN)]
            add(at)
        return met


def identifier_of(languages: tuple[str, ...]) -> Identifier:
    """The identifier of ``languages``, loaded at the first call; who comes while it is loaded waits for it."""
    with _loading:
        return _loaded(languages)


@lru_cache(maxsize=1)
def _loaded(languages: tuple[str, ...]) -> Identifier:
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    model = MODEL_DIR / MODEL_FILE
    path = kept_path("languages", hashlib.sha256(f"{_LAYOUT} {languages}".encode() + model.read_bytes()).hexdigest())
    tables = _tables(kept_arrays(path))
    if tables is None:
        tables = _cut(model, languages)
        keep_arrays(path, tables._asdict())
    return Identifier(tables)


def _tables(kept: Mapping[str, Numbers]) -> Tables | None:
    """The tables ``kept``; None when they are not all there, or do not fit together."""
    if not kept.keys() >= set(Tables._fields):
        return None
    tables = Tables(*(kept[name] for name in Tables._fields))
    return tables if _is_sound(tables) else None


def _is_sound(tables: Tables) -> bool:
    """Whether no move leads out of the tables."""
    states = len(tables.features)
    return bool(
        states
        and len(tables.starts) == states * _RUNS
        and int(tables.starts.max()) + _RUN <= len(tables.moves)
        and int(tables.moves.max()) >> _RUNS_BITS < states
        and int(tables.features.max()) < len(tables.weights)
        and tables.weights.shape[1:] == tables.biases.shape == tables.languages.shape
    )


def _cut(model: Path, languages: tuple[str, ...]) -> Tables:
    """What ``languages`` need of the model of py3langid in the file ``model``."""
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    whole: LanguageIdentifier = LanguageIdentifier.from_model_file(model)
    whole.set_languages(list(languages))
    moves = memoryview(whole.tk_nextmove)
    runs: dict[bytes, int] = {}
    starts = [
        runs.setdefault(bytes(moves[at : at + _RUN]), len(runs) << _RUN_BITS) for at in range(0, len(moves), _RUN)
    ]
    led = np.frombuffer(b"".join(runs), dtype=whole.tk_nextmove.typecode).astype(np.uint32) << _RUNS_BITS
    told = np.array(starts, dtype=np.uint32).reshape(-1, _RUNS)
    rows = np.frombuffer(whole.tk_row, dtype=whole.tk_row.typecode)
    return Tables(
        np.array(whole.nb_classes), whole.nb_ptc, whole.nb_pc, np.array(whole.tk_output, dtype=np.int32), led,
        told[rows].ravel(),
    )  # fmt: skip
