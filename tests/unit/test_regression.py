"""The linear models and the groups of the product against those of the usual libraries, which only these tests need."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.intelligence.grouping.linkage import linked
from copilot.intelligence.semantic.pieces import Pieces
from copilot.intelligence.semantic.regression import (
    Entries,
    Rows,
    Ways,
    each_or_not,
    learn,
    learn_along,
    one_of,
    sigmoid,
)

Floats = NDArray[np.float32]


def some(seed: int, count: int, width: int, groups: int) -> tuple[Floats, NDArray[np.int64]]:
    """Rows of length 1 around ``groups`` middles, and which middle each is around."""
    rng = np.random.default_rng(seed)
    of = np.concatenate([np.arange(groups), rng.integers(0, groups, count - groups)])
    rows = rng.normal(size=(groups, width))[of] + rng.normal(size=(count, width))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32), of


@pytest.mark.parametrize("seed", range(4))
def test_classes_are_as_likely_as_the_library_finds(seed: int) -> None:
    rows, classes = some(seed, 400, 20, 5)
    weights = np.random.default_rng(seed).uniform(0.5, 3.0, len(rows)).astype(np.float32)
    wanted = LogisticRegression(C=4.0, tol=1e-6, max_iter=1_000).fit(rows, classes, sample_weight=weights)
    found = learn(Rows(rows), one_of(classes, weights, 5), 5, 4.0, rounds=500, tolerance=1e-5)
    scores = rows @ found.coefficients + found.constants
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert np.abs(chances - wanted.predict_proba(rows)).max() < 0.005


def test_a_table_of_entries_teaches_what_the_same_rows_teach() -> None:
    rows, classes = some(7, 200, 12, 3)
    rows[np.abs(rows) < 0.2] = 0.0
    rows[:, -1] = 1.0
    owners, columns = np.nonzero(rows)
    wanted = np.eye(3, dtype=np.float32)[classes]
    loss = each_or_not(wanted, np.ones_like(wanted))
    entries = Entries(owners, columns, rows[owners, columns], 12)
    told = [learn(table, loss, 3, 2.0, rounds=500, tolerance=1e-5) for table in (Rows(rows), entries)]
    chances = [sigmoid(rows @ one.coefficients + one.constants) for one in told]
    assert np.abs(chances[0] - chances[1]).max() < 0.005
    assert np.allclose(entries.scores(told[0].coefficients), rows @ told[0].coefficients, atol=1e-4)


def test_an_example_that_weighs_nothing_teaches_nothing() -> None:
    rows, classes = some(3, 120, 10, 3)
    weights = np.ones(120, np.float32)
    weights[60:] = 0.0
    turned = classes.copy()
    turned[60:] = (classes[60:] + 1) % 3
    both = [learn(Rows(rows), one_of(of, weights, 3), 3, 4.0, rounds=300, tolerance=1e-5) for of in (classes, turned)]
    assert np.allclose(both[0].coefficients, both[1].coefficients, atol=1e-3)


TEXTS = [
    "Ma commande n’est toujours pas arrivée !!!", "ma COMMANDE est arrivée, merci", "à quelle heure ouvrez-vous ?",
    "À quelle heure fermez-vous le samedi ?", "merci à toute l’équipe", "Merci merci merci", "",
]  # fmt: skip


def test_pieces_weigh_what_the_library_makes_of_them() -> None:
    kept = {"sublinear_tf": True, "min_df": 2, "strip_accents": "unicode"}
    both = (
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=20_000, **kept),
        TfidfVectorizer(ngram_range=(1, 2), max_features=8_000, token_pattern=r"\w+", **kept),
    )
    wanted = np.hstack([one.fit_transform(TEXTS).toarray() for one in both])
    pieces = Pieces.learnt(TEXTS)
    owners, columns, values = pieces.of(TEXTS)
    found = np.zeros((len(TEXTS), pieces.width), np.float32)
    found[owners, columns] = values
    assert pieces.width == wanted.shape[1] + 1
    assert np.allclose(found[:, :-1], wanted, atol=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_groups_are_those_of_the_library(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, _of = some(seed, int(rng.integers(20, 300)), 24, int(rng.integers(1, 12)))
    limit = float(rng.uniform(0.1, 0.9))
    apart = (1.0 - rows @ rows.T).clip(0.0, 2.0)
    wanted = fcluster(linkage(apart[np.triu_indices(len(rows), 1)], "average"), limit, "distance")
    found = np.zeros(len(rows), np.int64)
    for place, group in enumerate(linked(apart, limit, lambda: None)):
        found[group] = place
    assert len(set(zip(wanted.tolist(), found.tolist(), strict=True))) == len(set(wanted.tolist())) == len(set(found))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rows_are_groups_too(count: int) -> None:
    assert sorted(len(one) for one in linked(np.zeros((count, count), np.float32), 0.5, lambda: None)) == [count] * (
        count > 0
    )


def test_learning_from_what_was_learnt_of_nearly_the_same_ends_at_the_same_place() -> None:
    draw = np.random.default_rng(7)
    rows = draw.normal(size=(200, 12)).astype(np.float32)
    classes = draw.integers(0, 3, 200)
    weights = np.ones(200, np.float32)
    loss = one_of(classes, weights, 3)
    most = learn(Rows(rows[:190]), one_of(classes[:190], weights[:190], 3), 3, 2.0, rounds=500, tolerance=1e-5)
    cold, warm = (learn(Rows(rows), loss, 3, 2.0, rounds=500, tolerance=1e-5, start=start) for start in (None, most))
    assert np.allclose(cold.coefficients, warm.coefficients, atol=1e-3)


def test_one_example_more_times_the_table_is_what_the_table_written_out_gives() -> None:
    draw = np.random.default_rng(3)
    dense = (draw.normal(size=(40, 15)) * (draw.random((40, 15)) < 0.3)).astype(np.float32)
    dense[np.arange(40), np.arange(40) % 15] = 1.0
    owners, columns = np.nonzero(dense)
    table = Entries(owners, columns, dense[owners, columns], 15)
    more = np.zeros(15, np.float32)
    more[[2, 3, 11]] = (0.5, -1.0, 2.0)
    assert np.allclose(table.along(np.array([2, 3, 11]), more[[2, 3, 11]]), dense @ more, atol=1e-5)


def test_going_on_along_all_that_examples_tell_ends_where_learning_anew_does() -> None:
    draw = np.random.default_rng(11)
    rows = draw.normal(size=(60, 8)).astype(np.float32)
    classes = draw.integers(0, 3, 60)
    loss = one_of(classes, np.ones(60, np.float32), 3)
    before = learn(Rows(rows[:40]), one_of(classes[:40], np.ones(40, np.float32), 3), 3, 2.0, rounds=9, tolerance=1e-3)
    anew = learn(Rows(rows), loss, 3, 2.0, rounds=500, tolerance=1e-6)
    # Twenty ways span all there are here.
    more, begun = rows[40:], rows[40:] @ before.coefficients
    ways = Ways(rows @ more.T, more @ more.T, begun, rows @ before.coefficients + before.constants)
    steps = learn_along(ways, loss, 2.0, rounds=500, tolerance=1e-6)
    assert np.allclose(before.coefficients + more.T @ steps.coefficients, anew.coefficients, atol=1e-3)
