"""Rules, meaning and words together: what each message wants, how sure that is, and what decided.

The rules read every message. Where the semantic model is installed, what the message means joins them; elsewhere its
words do. What the rules found grave is never made light of in silence: it keeps its urgency, and a person is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import TYPE_CHECKING

from copilot.cache import fitting, keep_arrays, kept_arrays, kept_path
from copilot.domain.conversation import Intent, Message, Triage
from copilot.intelligence.semantic import exemplars, learning
from copilot.intelligence.semantic.embedder import Embedder, Stopped, unpacked
from copilot.intelligence.settling import Read, said, settled
from copilot.intelligence.tokens import visible
from copilot.intelligence.triage import Asked, RuleTriage, Scores, rules_fingerprint, tone_of, urgency_of
from copilot.text.sameness import normalised

if TYPE_CHECKING:
    from copilot.intelligence.semantic.learning import Floats

__all__ = ["Asked", "CombinedTriage", "Learnt", "Lesson", "Stopped", "asked_of"]

#: A text with fewer Latin letters than this part of its letters is beyond what the model was cut to.
LATIN_PART = 0.5
#: Messages read between two looks at whether to stop.
AT_ONCE = 500
#: Lessons up to which the words learn them beside what ships, in a moment; more are learnt anew with all of it.
FEW_LESSONS = 200
#: Words from which the same text said again is the same thing meant again: "non" depends on what it answers.
FEWEST_SAID = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a moderator said a text is. ``vector`` as it is stored; None when no model had read it."""

    text: str
    intent: Intent
    vector: bytes | None = None


def asked_of(message: Message, thread_language: str, vector: bytes | None = None) -> Asked:
    """A message as it is asked about."""
    return Asked(message.text, message.author.name, None, thread_language, vector)


class Learnt:
    """What ships, read once and shared by all brands: exemplars, their vectors, the rules' points, their words."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Learn with ``embedder``; by words alone without one. Everything waits until it is used."""
        self.rules = RuleTriage()
        self.embedder = embedder
        self._lock = Lock()
        self._vectors: Floats | None = None
        self._points: Floats | None = None
        self._words: learning.WordsModel | None = None
        self._more_words: learning.MoreWords | None = None

    def vectors(self) -> Floats:
        """The vectors of the exemplars. Raises OutsideError ``models.broken``."""
        assert self.embedder is not None
        with self._lock:
            if self._vectors is None:
                self._vectors = exemplars.vectors_of_shipped(self.embedder)
            return self._vectors

    def points(self) -> Floats:
        """What the rules say of the exemplars: array of exemplars x intents, kept in the cache folder."""
        with self._lock:
            if self._points is None:
                texts = [one.text for one in exemplars.shipped()]
                path = kept_path("points", exemplars.fingerprint(rules_fingerprint()))
                self._points = fitting(kept_arrays(path), "points", (len(texts), len(learning.INTENTS)))
                if self._points is None:
                    self._points = self.points_of(texts)
                    keep_arrays(path, {"points": self._points})
            return self._points

    def words(self) -> learning.WordsModel:
        """The model of words, without any correction: learnt once on a machine, and kept in the cache folder."""
        with self._lock:
            if self._words is None:
                path = kept_path("words", exemplars.fingerprint(learning.WAY_OF_WORDS))
                self._words = learning.WordsModel.of_arrays(kept_arrays(path))
                if self._words is None:
                    self._words = words_model(())
                    keep_arrays(path, self._words.arrays())
            return self._words

    def words_with(self, lessons: Sequence[Lesson]) -> learning.WordsModel:
        """The model of words, taught ``lessons`` beside what ships."""
        if len(lessons) > FEW_LESSONS:
            return words_model(lessons, self.words())
        texts, intents = [one.text for one in lessons], [one.intent for one in lessons]
        more = self._ready_for_more()
        return more.taught(texts, intents, _weights(len(exemplars.shipped()), len(lessons)))

    def _ready_for_more(self) -> learning.MoreWords:
        model, shipped = self.words(), exemplars.shipped()
        with self._lock:
            if self._more_words is None:
                texts, intents = [one.text for one in shipped], [one.intent for one in shipped]
                self._more_words = learning.MoreWords(model, texts, intents)
            return self._more_words

    def points_of(self, texts: Sequence[str]) -> Floats:
        """What the rules say of ``texts``: array of texts x intents."""
        import numpy as np

        rows = [_points(self.rules.weighed(Asked(text)).scores) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), len(learning.INTENTS))


def _points(scores: Scores) -> tuple[float, ...]:
    weighed = scores.by_intent
    return tuple([weighed.get(intent, 0.0) for intent in learning.INTENTS])


def words_model(lessons: Sequence[Lesson], start: learning.WordsModel | None = None) -> learning.WordsModel:
    """The model of words, taught what ships and ``lessons``; sooner from ``start``, taught what ships alone."""
    shipped = exemplars.shipped()
    texts = [*(one.text for one in shipped), *(one.text for one in lessons)]
    intents = [*(one.intent for one in shipped), *(one.intent for one in lessons)]
    return learning.WordsModel.taught(texts, intents, _weights(len(shipped), len(lessons)), start)


def _weights(shipped: int, lessons: int) -> Floats:
    import numpy as np

    return np.array([1.0] * shipped + [learning.CORRECTION_WEIGHT] * lessons, np.float32)


class CombinedTriage:
    """Triage of one brand: rules, and what was learnt from the exemplars and from that brand's corrections.

    A triager as the rules are; :meth:`triage_batch` is the quick way. Made for worker threads: the first message
    waits until all is loaded.
    """

    def __init__(self, learnt: Learnt | None = None, lessons: Sequence[Lesson] = ()) -> None:
        """Learn from ``lessons`` beside what ships."""
        self._learnt = learnt or Learnt()
        self._lessons = tuple(lessons)
        self._judged = {normalised(one.text): one.intent for one in lessons}
        self._lock = Lock()
        self._meaning: learning.MeaningModel | None = None
        self._words: learning.WordsModel | None = None

    @property
    def by_meaning(self) -> bool:
        """True when the semantic model takes part."""
        return self._learnt.embedder is not None

    def teach(self, lessons: Sequence[Lesson]) -> CombinedTriage:
        """The same triage with ``lessons`` instead of its own; what ships is not read again."""
        return CombinedTriage(self._learnt, lessons)

    def without(self, text: str) -> CombinedTriage:
        """The same triage without what a moderator said of ``text``."""
        same = normalised(text)
        return self.teach([one for one in self._lessons if normalised(one.text) != same])

    @property
    def rules(self) -> RuleTriage:
        """The rules that read every message first."""
        return self._learnt.rules

    def settled(self, text: str, intent: Intent, before: Triage, *, author: str | None = None) -> Triage:
        """``before`` with another ``intent``: tone and urgency follow from it and from the words of ``text``."""
        signals = self.rules.signals(visible(text), author=author)
        return replace(before, intent=intent, tone=tone_of(intent, signals), urgency=urgency_of(intent, signals))

    def train(self) -> None:
        """Learn now what would be learnt at the first message. Raises OutsideError ``models.broken``."""
        with self._lock:
            if self.by_meaning and self._meaning is None:
                self._meaning = self._taught()
            if self._words is None:
                plain = self.by_meaning or not self._lessons
                self._words = self._learnt.words() if plain else self._learnt.words_with(self._lessons)

    def _taught(self) -> learning.MeaningModel:
        import numpy as np

        learnt, embedder = self._learnt, self._learnt.embedder
        assert embedder is not None
        texts = [one.text for one in self._lessons]
        vectors = _vectors(embedder, texts, [one.vector for one in self._lessons])
        intents = [*(one.intent for one in exemplars.shipped()), *(one.intent for one in self._lessons)]
        return learning.MeaningModel(
            np.vstack([learnt.vectors(), vectors]),
            np.vstack([learnt.points(), learnt.points_of(texts)]),
            intents,
            _weights(len(intents) - len(texts), len(texts)),
        )

    def triage(
        self,
        text: str,
        *,
        author: str | None = None,
        language: str | None = None,
        thread_language: str | None = None,
    ) -> Triage:
        """What ``text`` wants, how it sounds, how urgent it is, and why.

        Raises:
            OutsideError: ``models.broken``.
        """
        return self.triage_batch([Asked(text, author, language, thread_language)])[0]

    def triage_batch(
        self,
        messages: Sequence[Asked],
        *,
        stop: Event | None = None,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> list[Triage]:
        """What each of ``messages`` wants, in order.

        Raises:
            OutsideError: ``models.broken``. Stopped: ``stop`` was set.
        """
        self.train()
        told: list[Triage] = []
        for start in range(0, len(messages), AT_ONCE):
            some = messages[start : start + AT_ONCE]
            told += self._some(some, stop)
            progress(len(told), len(messages))
        return told

    def _some(self, messages: Sequence[Asked], stop: Event | None) -> list[Triage]:
        if stop is not None and stop.is_set():
            raise Stopped
        reads = self._reads(messages)
        judged = [place for place, read in enumerate(reads) if read.signals.words and _is_latin(read.plain)]
        found: dict[int, tuple[float, ...]] = {}
        if judged:
            rows = self._probabilities([messages[place] for place in judged], [reads[place] for place in judged], stop)
            found = dict(zip(judged, (tuple(row) for row in rows.tolist()), strict=True))
        return [self._decided(read, found.get(place)) for place, read in enumerate(reads)]

    def _decided(self, read: Read, found: tuple[float, ...] | None) -> Triage:
        if found is None:
            return replace(read.triage, unsure=read.triage.unsure or bool(read.signals.words))
        taught = self._judged.get(normalised(read.plain)) if self._judged else None
        if taught is not None and read.signals.words >= FEWEST_SAID:
            return said(read, taught, found, by_meaning=self.by_meaning)
        return settled(read, found, by_meaning=self.by_meaning, is_taught=taught is not None)

    def _reads(self, messages: Sequence[Asked]) -> list[Read]:
        weighed = [self.rules.weighed(one) for one in messages]
        told = self.rules.told(weighed)
        return [
            Read(triage, one.seen, one.signals, _points(one.scores)) for triage, one in zip(told, weighed, strict=True)
        ]

    def _probabilities(self, messages: Sequence[Asked], reads: Sequence[Read], stop: Event | None) -> Floats:
        import numpy as np

        assert self._words is not None
        points = np.array([read.points for read in reads], np.float32)
        words = self._words.probabilities([read.plain for read in reads])
        if self._meaning is None or self._learnt.embedder is None:
            return learning.with_rules(words, points)
        texts, known = [one.text for one in messages], [one.vector for one in messages]
        vectors = _vectors(self._learnt.embedder, texts, known, stop)
        return learning.with_words(self._meaning.probabilities(vectors, points), words)


def _is_latin(text: str) -> bool:
    """True when most letters of ``text`` are Latin, or when it has none."""
    if text.isascii():
        return True
    letters = [char for char in text[:2_000] if char.isalpha()]
    return sum(char < "\u0250" for char in letters) >= LATIN_PART * len(letters)


def _vectors(
    embedder: Embedder, texts: Sequence[str], known: Sequence[bytes | None], stop: Event | None = None
) -> Floats:
    """The vectors of ``texts``: those ``known``, and the others made now."""
    import numpy as np

    from copilot.intelligence.semantic.embedder import WIDTH

    vectors = np.empty((len(texts), WIDTH), np.float32)
    had = [place for place, kept in enumerate(known) if kept is not None]
    if had:
        vectors[had] = unpacked([kept for kept in known if kept is not None])
    if missing := [place for place, kept in enumerate(known) if kept is None]:
        vectors[missing] = embedder.embed([texts[place] for place in missing], stop=stop)
    return vectors
