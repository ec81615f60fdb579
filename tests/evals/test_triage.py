"""How right the intents are on comments labelled by hand, with the semantic model and with words alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.intelligence.combined import CombinedTriage, Learnt
from copilot.intelligence.semantic.embedder import Embedder
from scripts.bench_inbox import SETS, f1_by_label, labelled, macro_f1, measured
from tests.semantic_model import real_model_or_skip

REFERENCE = Path(__file__).parents[1] / "data" / "evals" / "inbox" / "vectors.json"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(real_model_or_skip())


@pytest.fixture(scope="module")
def meaning(embedder: Embedder) -> CombinedTriage:
    return CombinedTriage(Learnt(embedder=embedder))


@pytest.fixture(scope="module")
def words() -> CombinedTriage:
    return CombinedTriage()


def rows_or_skip(path: Path) -> list:
    if not path.is_file():
        pytest.skip(f"{path.name} is not on this machine")
    return labelled(path)


@pytest.mark.parametrize("name", SETS)
def test_intents_by_meaning(name: str, meaning: CombinedTriage, capsys: pytest.CaptureFixture[str]) -> None:
    path, wanted, _by_words = SETS[name]
    told = measured(meaning, name, rows_or_skip(path))
    with capsys.disabled():
        print(f"\nintents by meaning, {name}: macro-F1 {told.f1:.3f} {told.by_language} unsure {told.unsure:.0%}")
    assert told.f1 >= wanted, told
    assert min(told.by_language.values()) >= wanted - 0.1, told


@pytest.mark.parametrize("name", SETS)
def test_intents_by_words(name: str, words: CombinedTriage, capsys: pytest.CaptureFixture[str]) -> None:
    path, _wanted, least = SETS[name]
    told = measured(words, name, rows_or_skip(path))
    with capsys.disabled():
        print(f"\nintents by words, {name}: macro-F1 {told.f1:.3f} {told.by_language} unsure {told.unsure:.0%}")
    assert told.f1 >= least, told


def test_vectors_are_those_of_the_model_they_were_made_of(embedder: Embedder) -> None:
    """Against what the package that carries the weights answers itself for the same texts."""
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    import numpy as np

    wanted = np.array(told["vectors"], np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    near = (embedder.embed(told["texts"]) * wanted).sum(axis=1)
    assert near.mean() >= 0.99, near
    assert near.min() >= 0.97, near


def test_texts_are_cut_as_the_model_was_taught(embedder: Embedder) -> None:
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    cut = [0] * len(told["texts"])
    for places, batch in embedder.batches(told["texts"]):
        for place, count in zip(places, batch["mask"].sum(axis=1), strict=True):
            cut[place] = int(count)
    assert cut == told["tokens"]


def test_the_mean_of_f1_is_over_the_labels_there_are() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "c")]
    assert f1_by_label(pairs) == {"a": pytest.approx(2 / 3), "b": 0.5}
    assert macro_f1(pairs) == pytest.approx((2 / 3 + 0.5) / 2)
