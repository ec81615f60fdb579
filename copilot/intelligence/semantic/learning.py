"""What a message wants, learnt from examples: a linear model over meaning, one over words, and both together.

Everything is trained on this machine, from what ships and from what moderators corrected. What was learnt from
corrections is kept in no file: the examples are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from copilot.domain.conversation import Intent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.intelligence.semantic.pieces import Pieces
    from copilot.intelligence.semantic.regression import Learnt, Loss

    Floats = NDArray[np.float32]

#: The order of the columns of every table of intents.
INTENTS = tuple(Intent)
#: What a correction weighs beside one shipped exemplar.
CORRECTION_WEIGHT = 3.0
#: What one point of the rules weighs beside a vector of length 1, and beside the words; both found on exemplars.
RULE_IN_MEANING, RULE_BESIDE_WORDS = 0.05, 0.4
#: What the words weigh beside the meaning.
WORDS_BESIDE_MEANING = 0.8
#: The rules' points count no further than this.
LEAST_POINTS, MOST_POINTS = -2.0, 6.0
#: Characters of a text whose words are read.
MOST_CHARS = 4_000

_STRENGTH, _STRENGTH_OF_WORDS = 10.0, 3.0
#: Learning ends after so many steps, or once its slope has shrunk to these parts of the first.
_ROUNDS, _TOLERANCE, _TOLERANCE_OF_WORDS = 300, 1e-3, 1e-2
_NOTHING = 1e-9
#: Changes whenever words are learnt otherwise: what was learnt in another way is not used.
WAY_OF_WORDS = "words 1"


def clipped(points: Floats) -> Floats:
    """The rules' points of each intent, brought within bounds."""
    import numpy as np

    return np.clip(points, LEAST_POINTS, MOST_POINTS)


class MeaningModel:
    """Vectors and the rules' points to probabilities."""

    def __init__(self, vectors: Floats, points: Floats, intents: Sequence[Intent], weights: Floats) -> None:
        """Learn from examples: arrays with one row each, the points in the order of :data:`INTENTS`."""
        from copilot.intelligence.semantic.regression import Rows, learn, one_of

        seen, classes = self._seen(vectors, points), _classes(intents)
        # Vectors of the model lie close together: what they share says nothing, and learning is slow with it.
        self._middle = seen.mean(axis=0)
        loss = one_of(classes, weights * _balance(classes, weights), len(INTENTS))
        with _one_core():
            self._learnt = learn(
                Rows(seen - self._middle), loss, len(INTENTS), _STRENGTH, rounds=_ROUNDS, tolerance=_TOLERANCE
            )
        self._known = _known(classes)

    def probabilities(self, vectors: Floats, points: Floats) -> Floats:
        """Array of texts x intents; an intent no example shows has none."""
        import numpy as np

        seen = self._seen(vectors, points) - self._middle
        with _one_core():
            scores = seen @ self._learnt.coefficients + self._learnt.constants
        return _normal(np.where(self._known, scores, -np.inf))

    @staticmethod
    def _seen(vectors: Floats, points: Floats) -> Floats:
        import numpy as np

        told: Floats = np.hstack([vectors, RULE_IN_MEANING * clipped(points)]).astype(np.float32)
        return told


class WordsModel:
    """Texts to probabilities by their words and pieces of words, where no model tells what they mean."""

    def __init__(self, pieces: Pieces, learnt: Learnt, known: NDArray[np.bool_]) -> None:
        """What was learnt: of each of ``pieces``, and which intents an example showed."""
        self.pieces, self.learnt, self._known = pieces, learnt, known

    @classmethod
    def taught(
        cls, texts: Sequence[str], intents: Sequence[Intent], weights: Floats, start: WordsModel | None = None
    ) -> WordsModel:
        """Learn from examples; sooner from ``start``, what was learnt from most of them."""
        from copilot.intelligence.semantic.pieces import Pieces
        from copilot.intelligence.semantic.regression import Entries, learn

        read = [text[:MOST_CHARS] for text in texts]
        pieces = Pieces.learnt(read)
        loss = _loss_of_words(intents, weights)
        table = Entries(*pieces.of(read), pieces.width)
        learnt = learn(
            table,
            loss,
            len(INTENTS),
            _STRENGTH_OF_WORDS,
            rounds=_ROUNDS,
            tolerance=_TOLERANCE_OF_WORDS,
            start=start.on(pieces) if start else None,
        )
        return cls(pieces, learnt, _known(_classes(intents)))

    def on(self, pieces: Pieces) -> Learnt:
        """What was learnt, of ``pieces``; nothing of those that are new."""
        import numpy as np

        there, here = pieces.shared(self.pieces)
        coefficients = np.zeros((pieces.width, len(INTENTS)), np.float32)
        coefficients[there] = self.learnt.coefficients[here]
        return self.learnt._replace(coefficients=coefficients)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it as arrays, for :meth:`of_arrays`."""
        return {**self.pieces.arrays(), **self.learnt._asdict(), "known": self._known}

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> WordsModel | None:
        """What :meth:`arrays` gave; None of what is something else."""
        import numpy as np

        from copilot.intelligence.semantic.pieces import Pieces
        from copilot.intelligence.semantic.regression import Learnt

        try:
            pieces, known = Pieces.of_arrays(kept), kept["known"]
            learnt = Learnt(kept["coefficients"], kept["constants"])
        except (KeyError, ValueError):
            return None
        shape = (pieces.width, len(INTENTS))
        fits = learnt.coefficients.shape == shape and learnt.constants.shape == known.shape == shape[1:]
        return cls(pieces, learnt, known) if fits and all(np.isfinite(one).all() for one in learnt) else None

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Array of texts x intents."""
        import numpy as np

        from copilot.intelligence.semantic.regression import Entries, sigmoid

        if not texts:
            return np.zeros((0, len(INTENTS)), np.float32)
        table = Entries(*self.pieces.of([text[:MOST_CHARS] for text in texts]), self.pieces.width)
        each = sigmoid(table.scores(self.learnt.coefficients) + self.learnt.constants) * self._known
        told: Floats = each / each.sum(axis=1, keepdims=True)
        return told


class MoreWords:
    """What was learnt of words, ready to be taught a few examples more in a moment.

    What it was taught first stays as it is but along the words of those few; it weighs as before against them.
    """

    def __init__(self, model: WordsModel, texts: Sequence[str], intents: Sequence[Intent]) -> None:
        """``model`` was taught ``texts`` of ``intents``."""
        from copilot.intelligence.semantic.regression import Entries

        self._model, self._intents = model, tuple(intents)
        self._table = Entries(*model.pieces.of([text[:MOST_CHARS] for text in texts]), model.pieces.width)
        self._scores = self._table.scores(model.learnt.coefficients) + model.learnt.constants

    def taught(self, texts: Sequence[str], intents: Sequence[Intent], weights: Floats) -> WordsModel:
        """The model taught ``texts`` too; ``weights``: of those of before, then of these."""
        import numpy as np

        from copilot.intelligence.semantic.regression import Learnt, Ways, learn_along

        read = [text[:MOST_CHARS] for text in texts]
        pieces = self._model.pieces.with_those_of(read)
        before, (old, _same) = self._model.on(pieces), pieces.shared(self._model.pieces)
        more = np.zeros((len(read), pieces.width), np.float32)
        owners, columns, values = pieces.of(read)
        more[owners, columns] = values
        with _one_core():
            products, begun = more @ more.T, more @ before.coefficients
            reach = np.vstack([self._reach(more[:, old]), products])
            ways = Ways(reach, products, begun, np.vstack([self._scores, begun + before.constants]))
            loss = _loss_of_words([*self._intents, *intents], weights)
            steps = learn_along(ways, loss, _STRENGTH_OF_WORDS, rounds=_ROUNDS, tolerance=_TOLERANCE_OF_WORDS)
            learnt = Learnt(before.coefficients + more.T @ steps.coefficients, before.constants + steps.constants)
        return WordsModel(pieces, learnt, _known(_classes([*self._intents, *intents])))

    def _reach(self, more: Floats) -> Floats:
        """Array of the examples of before x those of ``more``."""
        import numpy as np

        held = [np.flatnonzero(row) for row in more]
        return np.column_stack(
            [self._table.along(columns, row[columns]) for row, columns in zip(more, held, strict=True)]
        )


def _loss_of_words(intents: Sequence[Intent], weights: Floats) -> Loss:
    """One question an intent, each as hard on those that have it as on those that do not: quicker than all at once."""
    import numpy as np

    from copilot.intelligence.semantic.regression import each_or_not

    wanted = np.eye(len(INTENTS), dtype=np.float32)[_classes(intents)]
    balance = np.column_stack([_balance(wanted[:, at].astype(np.int64), weights) for at in range(len(INTENTS))])
    return each_or_not(wanted, weights[:, None] * balance)


def _classes(intents: Sequence[Intent]) -> NDArray[np.int64]:
    import numpy as np

    return np.array([INTENTS.index(one) for one in intents], np.int64)


def _known(classes: NDArray[np.int64]) -> NDArray[np.bool_]:
    import numpy as np

    return np.bincount(classes, minlength=len(INTENTS)) > 0


def _balance(classes: NDArray[np.int64], weights: Floats) -> Floats:
    """What each example weighs so that all classes that are shown weigh the same."""
    import numpy as np

    held = np.bincount(classes, weights=weights)
    shown = np.count_nonzero(held)
    told: Floats = (weights.sum() / (shown * np.maximum(held, _NOTHING)))[classes].astype(np.float32)
    return told


def _one_core() -> AbstractContextManager[object]:
    """These tables are small: several threads would wait for each other longer than they work."""
    from threadpoolctl import threadpool_limits

    told: AbstractContextManager[object] = threadpool_limits(1)
    return told


def with_words(meaning: Floats, words: Floats) -> Floats:
    """Probabilities of both together."""
    import numpy as np

    return _normal(np.log(meaning + _NOTHING) + WORDS_BESIDE_MEANING * np.log(words + _NOTHING))


def with_rules(words: Floats, points: Floats) -> Floats:
    """Probabilities of the words and the rules together."""
    import numpy as np

    return _normal(np.log(words + _NOTHING) + RULE_BESIDE_WORDS * clipped(points))


def _normal(logs: Floats) -> Floats:
    import numpy as np

    told: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    told /= told.sum(axis=1, keepdims=True)
    return told
