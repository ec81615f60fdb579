"""How well personal details are found, against texts annotated by hand, and how fast.

Reads ``tests/data/evals/privacy/*.jsonl`` (or the files given): ``{"text", "spans": [[start, end, type]],
"known_names"?}``, or ``label`` with a JSON list of spans under the letters of :data:`LETTERS`. A span counts when it
overlaps the right one by 95 % of the longer; ``typed`` asks for its type too.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copilot.text.privacy import Vault

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "evals" / "privacy"
LETTERS = {
    **{"N": "PERSON", "E": "EMAIL", "P": "PHONE", "R": "REF", "I": "IBAN", "H": "HANDLE", "S": "NIR", "X": "IP"},
    **{"C": "CARD", "A": "ADDRESS", "D": "BIRTHDATE"},
}
OVERLAP = 0.95

Span = tuple[int, int, str]


@dataclass(slots=True)
class Score:
    """Right and wrong spans of one set. ``found`` and ``true`` count whatever the type, ``typed`` with it."""

    texts: int = 0
    gold: int = 0
    given: int = 0
    found: int = 0
    found_typed: int = 0
    true: int = 0
    true_typed: int = 0
    restored: int = 0
    seconds: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Part of what should be hidden that is, whatever its type."""
        return self.found / max(1, self.gold)

    @property
    def precision(self) -> float:
        """Part of what is hidden that should be."""
        return self.true / max(1, self.given)

    @property
    def strict_recall(self) -> float:
        """As :attr:`recall`, its type right too."""
        return self.found_typed / max(1, self.gold)

    @property
    def strict_precision(self) -> float:
        """As :attr:`precision`, its type right too."""
        return self.true_typed / max(1, self.given)


def rows(path: Path) -> list[tuple[str, tuple[str, ...], list[Span]]]:
    """(text, known names, spans) of each line."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            told: dict[str, Any] = json.loads(line)
            spans = told["spans"] if "spans" in told else json.loads(told["label"])
            typed = [(start, end, LETTERS.get(kind, kind)) for start, end, kind in spans]
            found.append((told["text"], tuple(told.get("known_names", ())), typed))
    return found


def same(one: Span, other: Span, *, typed: bool) -> bool:
    """True when two spans cover the same characters, but for one in twenty."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    longest = max(one[1] - one[0], other[1] - other[0])
    return shared >= OVERLAP * longest and (not typed or one[2] == other[2])


def score(told: Sequence[tuple[str, tuple[str, ...], list[Span]]]) -> Score:
    """The score of a set."""
    done = Score(texts=len(told))
    Vault().mask("Bonjour Nadia, 06 12 34 56 78")
    given: list[list[Span]] = []
    start = time.perf_counter()
    for text, names, _ in told:
        given.append([(span.start, span.end, span.kind) for span in Vault(names).spans(text)])
    done.seconds = time.perf_counter() - start
    for (text, names, gold), spans in zip(told, given, strict=True):
        vault = Vault(names)
        done.restored += vault.restore(vault.mask(text)) == text
        done.gold += len(gold)
        done.given += len(spans)
        done.found += sum(any(same(one, span, typed=False) for span in spans) for one in gold)
        done.true += sum(any(same(one, span, typed=False) for one in gold) for span in spans)
        missed = [one for one in gold if not any(same(one, span, typed=True) for span in spans)]
        extra = [span for span in spans if not any(same(one, span, typed=True) for one in gold)]
        done.found_typed += len(gold) - len(missed)
        done.true_typed += len(spans) - len(extra)
        done.missed.update(one[2] for one in missed)
        done.extra.update(one[2] for one in extra)
    return done


def figures(paths: Iterable[Path]) -> list[tuple[str, Score]]:
    """The score of each file."""
    return [(path.name, score(rows(path))) for path in sorted(paths)]


def main(arguments: Sequence[str]) -> None:
    """Print one line a set."""
    for name, done in figures(map(Path, arguments) if arguments else FOLDER.glob("*.jsonl")):
        print(
            f"{name:28} {done.texts:4} texts {done.gold:4} spans  recall {done.recall:.3f}"
            f" precision {done.precision:.3f}"
            f"  typed {done.strict_recall:.3f} {done.strict_precision:.3f}  restored {done.restored}/{done.texts}"
            f"  {done.texts / done.seconds:,.0f} texts/s  missed {dict(done.missed)} extra {dict(done.extra)}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
