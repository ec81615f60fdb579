"""What a message wants, learnt from examples: a linear model over meaning, one over words, and both together.

Everything is trained on this machine, in less than a second, from what ships and from what moderators corrected.
Nothing learnt is kept in a file: the examples are.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from copilot.domain.conversation import Intent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: The order of the columns of every table of intents.
INTENTS = tuple(Intent)
#: What a correction weighs beside one shipped exemplar.
CORRECTION_WEIGHT = 3.0
#: What one point of the rules weighs beside a vector of length 1, and beside the words; both found on exemplars.
RULE_IN_MEANING, RULE_BESIDE_WORDS = 0.05, 0.4
#: What the words weigh beside the meaning.
WORDS_BESIDE_MEANING = 0.3
#: The rules' points count no further than this.
LEAST_POINTS, MOST_POINTS = -2.0, 6.0
#: Characters of a text whose words are read.
MOST_CHARS = 4_000

_STRENGTH, _STRENGTH_OF_WORDS = 10.0, 3.0
_NOTHING = 1e-9


def clipped(points: Floats) -> Floats:
    """The rules' points of each intent, brought within bounds."""
    import numpy as np

    return np.clip(points, LEAST_POINTS, MOST_POINTS)


class MeaningModel:
    """Vectors and the rules' points to probabilities."""

    def __init__(self, vectors: Floats, points: Floats, intents: Sequence[Intent], weights: Floats) -> None:
        """Learn from examples: arrays with one row each, the points in the order of :data:`INTENTS`."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
        with _one_core():
            self._model: Any = model.fit(
                self._seen(vectors, points), [one.value for one in intents], sample_weight=weights
            )

    def probabilities(self, vectors: Floats, points: Floats) -> Floats:
        """Array of texts x intents; an intent no example shows has none."""
        with _one_core():
            return _in_order(self._model.predict_proba(self._seen(vectors, points)), self._model.classes_)

    @staticmethod
    def _seen(vectors: Floats, points: Floats) -> Floats:
        import numpy as np

        return np.hstack([vectors, RULE_IN_MEANING * clipped(points)])


class WordsModel:
    """Texts to probabilities by their words and pieces of words, where no model tells what they mean."""

    def __init__(self, texts: Sequence[str], intents: Sequence[Intent], weights: Floats) -> None:
        """Learn from examples."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        self._features = _features()
        seen = self._features.fit_transform([text[:MOST_CHARS] for text in texts])
        told = np.array([one.value for one in intents])
        self._classes = sorted(set(told.tolist()))
        # One question an intent is answered six times quicker than all of them at once.
        with _one_core():
            self._models = [
                LogisticRegression(C=_STRENGTH_OF_WORDS, class_weight="balanced", solver="liblinear").fit(
                    seen, told == one, sample_weight=weights
                )
                for one in self._classes
            ]

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Array of texts x intents."""
        import numpy as np

        seen = self._features.transform([text[:MOST_CHARS] for text in texts])
        each = np.column_stack([model.predict_proba(seen)[:, 1] for model in self._models])
        return _in_order(each / each.sum(axis=1, keepdims=True), self._classes)


def _one_core() -> AbstractContextManager[object]:
    """These tables are small: several threads would wait for each other longer than they work."""
    from threadpoolctl import threadpool_limits

    told: AbstractContextManager[object] = threadpool_limits(1)
    return told


def _features() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    kept: dict[str, Any] = {"sublinear_tf": True, "min_df": 2, "strip_accents": "unicode"}
    whole = {"token_pattern": r"\w+"}
    return make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=20_000, **kept),
        TfidfVectorizer(ngram_range=(1, 2), max_features=8_000, **whole, **kept),
    )


def _in_order(found: Any, classes: Sequence[str]) -> Floats:
    import numpy as np

    told = np.zeros((len(found), len(INTENTS)), np.float32)
    told[:, [INTENTS.index(Intent(one)) for one in classes]] = found
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
