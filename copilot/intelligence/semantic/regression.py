"""Logistic regression over a table of examples, by limited-memory BFGS (Nocedal, 1980), with numpy alone.

The objective is that of the usual tools: ``strength * sum(weight * loss) + |coefficients|² / 2``, the constants free.
A library for it would add 90 MB to the program.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    #: Scores of examples x classes to the loss and its slope in each score.
    Loss = Callable[[Floats], tuple[float, Floats]]

#: Steps that are remembered.
_MEMORY = 10
#: A step must lower the objective by this part of what its slope promises; else it is halved, so many times at most.
_PROMISED, _HALVINGS = 1e-4, 20
_LEAST = 1e-12


class Table(Protocol):
    """Examples x features."""

    width: int

    def scores(self, coefficients: Floats) -> Floats:
        """The table times features x classes."""

    def back(self, slopes: Floats) -> Floats:
        """The table turned over, times examples x classes."""


class Rows:
    """A table that is written out whole."""

    def __init__(self, rows: Floats) -> None:
        self._rows = rows
        self.width = rows.shape[1]

    def scores(self, coefficients: Floats) -> Floats:
        """The table times features x classes."""
        found: Floats = self._rows @ coefficients
        return found

    def back(self, slopes: Floats) -> Floats:
        """The table turned over, times examples x classes."""
        found: Floats = self._rows.T @ slopes
        return found


class Entries:
    """A table that is mostly zeros: example ``owners[i]`` has ``values[i]`` of feature ``columns[i]``.

    Sorted by example; every example and every feature below ``width`` has an entry.
    """

    def __init__(self, owners: NDArray[np.int64], columns: NDArray[np.int64], values: Floats, width: int) -> None:
        self.width = width
        self._owners, self._columns, self._values = owners, columns, values[:, None]
        self._first = _beginnings(owners)

    def scores(self, coefficients: Floats) -> Floats:
        """The table times features x classes."""
        found: Floats = np.add.reduceat(coefficients[self._columns] * self._values, self._first)
        return found

    def back(self, slopes: Floats) -> Floats:
        """The table turned over, times examples x classes."""
        owners, values, first = self._by_column
        found: Floats = np.add.reduceat(slopes[owners] * values, first)
        return found

    def along(self, columns: NDArray[np.int64], values: Floats) -> Floats:
        """The table times one more example, which has ``values`` of the features ``columns``: one number an example."""
        owners, held, first = self._by_column
        ends = np.append(first[1:], len(owners))
        counts = ends[columns] - first[columns]
        # The entries of each of its features, one after the other.
        skipped = np.cumsum(counts) - counts
        places = np.repeat(first[columns] - skipped, counts) + np.arange(counts.sum())
        added = held[places, 0] * np.repeat(values, counts)
        found: Floats = np.bincount(owners[places], added, len(self._first)).astype(np.float32)
        return found

    @cached_property
    def _by_column(self) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
        order = np.argsort(self._columns, kind="stable")
        return self._owners[order], self._values[order], _beginnings(self._columns[order])


def _beginnings(sorted_numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places where another number begins."""
    return np.flatnonzero(np.diff(sorted_numbers, prepend=-1))


class Learnt(NamedTuple):
    """``coefficients``: features x classes; ``constants``: one a class."""

    coefficients: Floats
    constants: Floats


class Ways(NamedTuple):
    """A few ways to go on from what was learnt: each is the direction of one more example.

    ``reach``: examples x ways, what a step adds to the score of each; ``products`` of the ways, each by each;
    ``begun``: ways x classes, what was learnt times each way; ``scores``: examples x classes, as they were learnt.
    """

    reach: Floats
    products: Floats
    begun: Floats
    scores: Floats


def one_of(classes: NDArray[np.int64], weights: Floats, count: int) -> Loss:
    """The loss of an example being of exactly one of ``count`` classes."""
    wanted = np.eye(count, dtype=np.float32)[classes]
    weight = weights[:, None]

    def loss(scores: Floats) -> tuple[float, Floats]:
        logs = scores - scores.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        value = -float((weight * wanted * logs).sum(dtype=np.float64))
        return value, weight * (np.exp(logs) - wanted)

    return loss


def each_or_not(wanted: Floats, weights: Floats) -> Loss:
    """The loss of an example being of each class or not; both arrays are examples x classes."""
    signs: Floats = np.where(wanted > 0, np.float32(-1), np.float32(1))

    def loss(scores: Floats) -> tuple[float, Floats]:
        turned = signs * scores
        value = float((weights * np.logaddexp(0.0, turned)).sum(dtype=np.float64))
        return value, weights * signs * sigmoid(turned)

    return loss


def sigmoid(scores: Floats) -> Floats:
    """From any number to between 0 and 1."""
    told: Floats = np.float32(1) / (1 + np.exp(-scores.clip(-30.0, 30.0)))
    return told


def learn(
    table: Table,
    loss: Loss,
    count: int,
    strength: float,
    *,
    rounds: int,
    tolerance: float,
    start: Learnt | None = None,
) -> Learnt:
    """The coefficients that fit ``count`` classes best.

    It ends when the slope has shrunk to ``tolerance`` of what it is where all coefficients are 0.

    ``strength`` is the weight of the examples against that of small coefficients. ``start``: what was learnt from
    nearly the same examples, from where the way is shorter.
    """

    def objective(point: Floats) -> tuple[float, Floats]:
        coefficients, constants = point[:-1], point[-1]
        value, slopes = loss(table.scores(coefficients) + constants)
        slope = np.vstack([strength * table.back(slopes) + coefficients, strength * slopes.sum(axis=0)])
        return strength * value + 0.5 * float((coefficients * coefficients).sum(dtype=np.float64)), slope

    nothing = np.zeros((table.width + 1, count), np.float32)
    begun = objective(nothing)
    enough = tolerance * _size(begun[1])
    if start is None:
        found = _lowest(nothing, begun, objective, rounds, enough)
    else:
        point = np.vstack([start.coefficients, start.constants])
        found = _lowest(point, objective(point), objective, rounds, enough)
    return Learnt(found[:-1], found[-1])


def learn_along(ways: Ways, loss: Loss, strength: float, *, rounds: int, tolerance: float) -> Learnt:
    """The steps along ``ways`` after which all examples are fitted best, and what to add to the constants.

    The objective is that of :func:`learn`, looked at along those ways only: with few of them, a moment's work.
    """

    def objective(point: Floats) -> tuple[float, Floats]:
        steps, constants = point[:-1], point[-1]
        value, slopes = loss(ways.scores + ways.reach @ steps + constants)
        drawn = ways.products @ steps
        slope = np.vstack([strength * (ways.reach.T @ slopes) + ways.begun + drawn, strength * slopes.sum(axis=0)])
        return strength * value + float(((ways.begun + 0.5 * drawn) * steps).sum(dtype=np.float64)), slope

    nothing = np.zeros((len(ways.products) + 1, ways.scores.shape[1]), np.float32)
    begun = objective(nothing)
    found = _lowest(nothing, begun, objective, rounds, tolerance * _size(begun[1]))
    return Learnt(found[:-1], found[-1])


def _lowest(
    point: Floats,
    there: tuple[float, Floats],
    objective: Callable[[Floats], tuple[float, Floats]],
    rounds: int,
    enough: float,
) -> Floats:
    """Where ``objective``, which gives its value and its slope, is lowest: its slope no steeper than ``enough``.

    ``there`` is what it gives at ``point``, where the search begins.
    """
    value, slope = there
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _round in range(rounds):
        if _size(slope) <= enough:
            break
        way = _way(slope, steps)
        promised = _dot(way, slope)
        length = 1.0 if steps else 1.0 / (_size(slope) + _LEAST)
        for _halving in range(_HALVINGS):
            moved = point + np.float32(length) * way
            new_value, new_slope = objective(moved)
            if new_value <= value + _PROMISED * length * promised:
                break
            length /= 2
        else:
            break
        step, turn = moved - point, new_slope - slope
        curve = _dot(step, turn)
        if curve > _LEAST:
            steps.append((step, turn, curve))
        point, value, slope = moved, new_value, new_slope
    return point


def _way(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """Downhill, as the curves of the last steps have it."""
    way = -slope
    shares = []
    for step, turn, curve in reversed(steps):
        share = np.float32(_dot(step, way) / curve)
        shares.append(share)
        way = way - share * turn
    if steps:
        _step, turn, curve = steps[-1]
        way = way * np.float32(curve / _dot(turn, turn))
    for (step, turn, curve), share in zip(steps, reversed(shares), strict=True):
        way = way + (share - np.float32(_dot(turn, way) / curve)) * step
    return way


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


def _size(one: Floats) -> float:
    return float(np.abs(one).max())
