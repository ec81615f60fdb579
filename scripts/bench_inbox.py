"""How right and how quick the reading of comments is: intents against sets labelled by hand, texts turned to vectors.

Without the semantic model (``replique models add semantic``) rules and words alone are measured, and it is said.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from copilot.intelligence.combined import CombinedTriage
    from copilot.intelligence.semantic.embedder import Embedder

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "data" / "evals" / "inbox"
#: Sets too large or not ours to commit; measured where the folder is at hand.
SHARED = Path(os.environ.get("REPLIQUE_SHARED") or ROOT.parent / "shared") / "datasets"
HANDWRITTEN = SHARED / "intent_handwritten_fr_en.jsonl"
#: What that set calls two intents.
_NAMES = {"private": "private_data_request", "crisis": "crisis_signal"}

#: A set and the macro-F1 wanted of it, with the semantic model and without.
SETS = {
    "handwritten": (HANDWRITTEN, 0.90, 0.80),
    "dev": (FOLDER / "intents.dev.jsonl", 0.85, 0.78),
    "heldout": (FOLDER / "intents.heldout.jsonl", 0.80, 0.70),
}
#: Texts whose speed is measured.
TEXTS = 200

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment and its intent."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Measured:
    """How right a triage is on one set: macro-F1 over the intents the set has, in all and by language."""

    name: str
    count: int
    f1: float
    by_language: dict[str, float]
    unsure: float
    by_label: dict[str, float]


def labelled(path: Path) -> list[Labelled]:
    """The comments of a JSON Lines file."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Labelled(one["text"], _NAMES.get(one["label"], one["label"])) for one in told]


def measured(triage: CombinedTriage, name: str, rows: Sequence[Labelled]) -> Measured:
    """How right ``triage`` is on ``rows``."""
    from copilot.intelligence.combined import Asked
    from copilot.text.language import detect

    told = triage.triage_batch([Asked(row.text) for row in rows])
    pairs = [(row.label, one.intent.value) for row, one in zip(rows, told, strict=True)]
    languages = [detect(row.text) for row in rows]
    by_language = {
        language: macro_f1([pair for pair, found in zip(pairs, languages, strict=True) if found == language])
        for language in ("fr", "en")
    }
    unsure = sum(one.unsure for one in told) / len(told)
    return Measured(name, len(rows), macro_f1(pairs), by_language, unsure, f1_by_label(pairs))


def f1_by_label(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The F1 of each label that ``pairs`` (right, told) have."""
    found = {}
    for label in sorted({right for right, _told in pairs}):
        hits = sum(right == told == label for right, told in pairs)
        told_so = sum(told == label for _right, told in pairs)
        there = sum(right == label for right, _told in pairs)
        found[label] = 2 * hits / (told_so + there)
    return found


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean of the F1 of each label."""
    each = f1_by_label(pairs)
    return sum(each.values()) / len(each) if each else 0.0


def installed() -> Embedder | None:
    """The semantic model of the profile in use, None when it is not installed."""
    from copilot.intelligence.semantic import folder
    from copilot.intelligence.semantic.embedder import Embedder
    from copilot.paths import profile_at

    place = folder.find(profile_at())
    return Embedder(place) if place else None


def speeds(embedder: Embedder, texts: Sequence[str], times: int = 9) -> tuple[float, float]:
    """Texts read in a second by the raw runtime on ready batches; and ours from the texts, as a ratio to it.

    In turns, and the median of the ratios of neighbours: what else the machine does falls on both.
    """
    batches = [batch for _places, batch in embedder.batches(list(dict.fromkeys(texts)))]

    def seconds(action: Callable[[], object]) -> float:
        start = time.perf_counter()
        action()
        return time.perf_counter() - start

    def raw() -> float:
        return seconds(lambda: [embedder.run(batch) for batch in batches])

    def ours() -> float:
        return seconds(lambda: embedder.embed(texts))

    pairs = []
    for turn in range(times):
        first, second = (raw(), ours()) if turn % 2 else (ours(), raw())
        pairs.append((first, second) if turn % 2 else (second, first))
    return len(set(texts)) / min(by_raw for by_raw, _ours in pairs), statistics.median(one / two for one, two in pairs)


def semantic_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """What the semantic layer costs, and how right triage is: ``line(what, figure, wanted, holds)`` for each."""
    from copilot.domain.conversation import Intent
    from copilot.intelligence.combined import CombinedTriage, Learnt, Lesson

    embedder = installed()
    if embedder is None:
        yield line("semantic model", "not installed: rules and words", "", None)
    triage = CombinedTriage(Learnt(embedder=embedder))
    start = time.perf_counter()
    triage.train()
    yield line("first training, all loaded", f"{time.perf_counter() - start:.1f} s", "", None)
    vector = embedder.embed(["x"]).astype("<f2").tobytes() if embedder else None
    again = triage.teach([Lesson("Rien à voir avec la marque", Intent.OTHER, vector)])
    start = time.perf_counter()
    again.train()
    seconds, most = time.perf_counter() - start, 1.0 if embedder else 2.0
    yield line("training again after a correction", f"{seconds:.2f} s", f"<= {most:.0f} s", seconds <= most)
    for name, (path, wanted, wanted_by_words) in SETS.items():
        if not path.is_file():
            yield line(f"intents, {name}", f"{path.name} is not here", "", None)
            continue
        found, least = measured(triage, name, labelled(path)), wanted if embedder else wanted_by_words
        parts = " ".join(f"{language} {value:.3f}" for language, value in found.by_language.items())
        shown = f"{found.f1:.3f} ({parts}, unsure {found.unsure:.0%})"
        yield line(f"intents, {name} ({found.count}), macro-F1", shown, f">= {least:.2f}", found.f1 >= least)
    if embedder:
        raw, ratio = speeds(embedder, _texts())
        yield line("texts to vectors / raw onnxruntime", f"{ratio:.2f} (raw {raw:.0f} texts/s)", ">= 0.9", ratio >= 0.9)


def _texts() -> list[str]:
    from copilot.intelligence.semantic.exemplars import shipped

    every = [exemplar.text for exemplar in shipped()]
    return every[:: max(1, len(every) // TEXTS)]
