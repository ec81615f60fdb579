"""The labelled comments that ship: what each intent looks like, in French and in English, and their vectors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Event
from typing import TYPE_CHECKING

from copilot.cache import fitting, keep_arrays, kept_arrays
from copilot.domain.conversation import Intent
from copilot.intelligence.semantic.embedder import WIDTH, Embedder
from copilot.paths import assets_dir

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A comment and what it is."""

    text: str
    intent: Intent


@cache
def shipped() -> tuple[Exemplar, ...]:
    """All exemplars, one file after the other."""
    return tuple(
        Exemplar(told["text"], Intent(told["label"]))
        for path in sorted((assets_dir() / "intelligence").glob("exemplars.*.jsonl"))
        for told in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    )


def vectors_of_shipped(
    embedder: Embedder, *, stop: Event | None = None, progress: Progress = lambda _done, _total: None
) -> NDArray[np.float32]:
    """The vectors of :func:`shipped`, made once for a model and kept beside it.

    Raises:
        OutsideError: ``models.broken``. Stopped: ``stop`` was set.
    """
    texts = [exemplar.text for exemplar in shipped()]
    kept = embedder.place / f"exemplars-{_hashed(embedder.model, *texts)[:16]}.npz"
    known = fitting(kept_arrays(kept), "vectors", (len(texts), WIDTH))
    if known is not None:
        return known
    vectors = embedder.embed(texts, stop=stop, progress=progress)
    keep_arrays(kept, {"vectors": vectors.astype("<f2")})
    return vectors


def fingerprint(what: str) -> str:
    """What changes with any exemplar, its intent, or ``what`` is made of them."""
    return _hashed(what, *(f"{one.intent.value} {one.text}" for one in shipped()))


def _hashed(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
