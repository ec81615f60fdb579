"""Train the two linear models of ``copilot.intelligence.linear`` and say how good they are.

    python scripts/train_toxicity.py FOLDER [--write]

``FOLDER`` holds ``toxic_mlma_fr.jsonl``, ``toxic_davidson_en.jsonl`` (MIT) and ``spam_youtube_en.jsonl`` (UCI YouTube
Spam Collection, CC BY 4.0), one ``{"text", "label"}`` a line; the exemplars of ``assets/intelligence`` complete them.
``--write`` keeps the weights in ``assets/intelligence/words.npz``. Figures are of texts held out: the last fifth of a
toxicity set; five contiguous blocks of the spam set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# The repository is not installed here: its folder is put on the path first.
from copilot.domain.conversation import Intent  # noqa: E402
from copilot.intelligence.linear import KEYS, Likely, hashed  # noqa: E402
from copilot.intelligence.tokens import visible  # noqa: E402
from copilot.intelligence.triage import RuleTriage  # noqa: E402

SEED = 5
BLOCKS = 5
THRESHOLD = 0.8
STRENGTH = {"hateful": 20.0, "spam": 100.0}

Row = tuple[str, bool]


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def exemplars() -> list[dict[str, Any]]:
    """The exemplars that ship, each once."""
    found = [row for path in sorted((ROOT / "assets/intelligence").glob("exemplars.*.jsonl")) for row in rows(path)]
    return list({row["text"]: row for row in found}.values())


def toxic(folder: Path) -> dict[str, list[Row]]:
    """The texts of each toxicity set: hurtful in any way, or normal."""
    french = [(row["text"], row["label"] != "normal") for row in rows(folder / "toxic_mlma_fr.jsonl")]
    english = [(row["text"], row["label"] != "neither") for row in rows(folder / "toxic_davidson_en.jsonl")]
    return {"fr": french, "en": english}


def ordinary() -> list[Row]:
    """What customers write: exemplars of all intents but those that may hurt."""
    return [(row["text"], False) for row in exemplars() if row["label"] not in ("troll", "crisis_signal")]


def matrix(texts: Sequence[str]) -> csr_matrix:
    """One row a text: how often each hashed key comes, over the root of the number of keys."""
    keys, owners, count = hashed(texts)
    sizes = np.maximum(np.bincount(owners, minlength=count), 1)
    made = csr_matrix((1 / np.sqrt(sizes)[owners], (owners, keys.astype(np.int64))), shape=(count, KEYS))
    made.sum_duplicates()
    return made


def trained(told: Sequence[Row], name: str) -> LogisticRegression:
    """The model of these texts; both answers weigh the same."""
    model = LogisticRegression(C=STRENGTH[name], class_weight="balanced", max_iter=400, random_state=SEED)
    return model.fit(matrix([text for text, _ in told]), [answer for _, answer in told])


def chances(model: LogisticRegression, texts: Sequence[str]) -> Any:
    """How likely each text is."""
    return model.predict_proba(matrix(texts))[:, 1]


def report_toxicity(folder: Path) -> None:
    """Figures on the last fifth of each set."""
    sets = toxic(folder)
    cut = {name: len(told) * 4 // 5 for name, told in sets.items()}
    model = trained([row for name, told in sets.items() for row in told[: cut[name]]] + ordinary(), "hateful")
    for name, told in sets.items():
        held = told[cut[name] :]
        truth = np.array([answer for _, answer in held])
        found = chances(model, [text for text, _ in held]) > THRESHOLD
        precision, recall, f1, _ = precision_recall_fscore_support(truth, found, average="binary", zero_division=0)
        macro = f1_score(truth, found, average="macro")
        alarms = found[~truth].mean()
        print(
            f"toxicity {name}: P {precision:.2f} R {recall:.2f} F1 {f1:.2f} macro-F1 {macro:.2f}, normal {alarms:.1%}"
        )


def blocks(told: Sequence[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Each block of the set, and the rest."""
    size = -(-len(told) // BLOCKS)
    for begin in range(0, len(told), size):
        yield [*told[:begin], *told[begin + size :]], list(told[begin : begin + size])


def report_spam(told: Sequence[Row], own: Sequence[Row]) -> None:
    """Figures of five contiguous blocks: the model alone, and triage as it is with that model."""
    truth: list[bool] = []
    alone: list[bool] = []
    whole: list[bool] = []
    rules = RuleTriage(screen=False)
    for rest, block in blocks(told):
        model = trained([*rest, *own], "spam")
        texts = [text for text, _ in block]
        truth += [answer for _, answer in block]
        likely = chances(model, texts)
        alone += list(likely > 0.5)
        for text, chance in zip(texts, likely, strict=True):
            signals = rules.signals(visible(text))._replace(likely=Likely(0.0, float(chance)))
            whole.append(rules.scores(signals).best is Intent.SPAM)
    print(f"spam: F1 of the model {f1_score(truth, alone):.3f}, of triage {f1_score(truth, whole):.3f}")


def kept(models: Sequence[LogisticRegression], path: Path) -> None:
    """Write the weights, one byte each."""
    whole = np.stack([model.coef_[0] for model in models])
    scales = np.abs(whole).max(axis=1) / 127
    small = np.round(whole / scales[:, None]).astype(np.int8)
    biases = np.array([model.intercept_[0] for model in models])
    np.savez_compressed(path, weights=small, scales=scales.astype(np.float32), biases=biases.astype(np.float32))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Report, and write when asked."""
    parser = argparse.ArgumentParser(description="Train the linear models.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    spam = [(row["text"], row["label"] == "spam") for row in rows(asked.folder / "spam_youtube_en.jsonl")]
    own = [(row["text"], row["label"] == "spam") for row in exemplars()]
    # What people say to each other, links included, is no spam.
    own += [(text, False) for told in toxic(asked.folder).values() for text, _ in told[::8]]
    report_toxicity(asked.folder)
    report_spam(spam, own)
    if asked.write:
        every = [row for told in toxic(asked.folder).values() for row in told]
        models = [trained([*every, *ordinary()], "hateful"), trained([*spam, *own], "spam")]
        kept(models, ROOT / "assets/intelligence/words.npz")


if __name__ == "__main__":
    main()
