"""Texts to vectors on this machine. Call it from a worker thread: a thousand comments take seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from copilot.errors import OutsideError
from copilot.intelligence.semantic import folder
from copilot.intelligence.semantic.vocabulary import prepared, spread_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

#: Numbers in a vector.
WIDTH = 384
#: Tokens of one text that are read, what opens and closes it included.
MOST_TOKENS = 512
#: Texts, and tokens, that go through the network together: more gains nothing and costs memory.
TEXTS_AT_ONCE, TOKENS_AT_ONCE = 32, 8_192
#: Texts cut into tokens together, between two looks at whether to stop.
CUT_AT_ONCE = 2_000

Progress = Callable[[int, int], None]


class Stopped(Exception):
    """The work was called off between two batches."""


class Embedder:
    """The model of one folder, loaded at the first text and kept. Several threads may share it."""

    #: What made the vectors, version included.
    model = folder.MODEL_ID

    def __init__(self, place: Path, threads: int | None = None) -> None:
        """Use the model in ``place`` on ``threads`` cores, all of them unless said."""
        self.place = place
        self._threads = threads or os.cpu_count() or 1
        self._lock = Lock()
        self._loaded: tuple[Tokenizer, dict[int, str], Any] | None = None

    def embed(
        self, texts: Sequence[str], *, stop: Event | None = None, progress: Progress = lambda _done, _total: None
    ) -> NDArray[np.float32]:
        """A vector of length 1 for each text, in order: array of texts x :data:`WIDTH`. Equal texts are read once.

        Any text will do; what goes beyond :data:`MOST_TOKENS` tokens is not read.

        Raises:
            OutsideError: ``models.broken`` when the files are not what was installed.
            Stopped: ``stop`` was set.
        """
        import numpy as np

        places: dict[str, int] = {}
        where = [places.setdefault(text, len(places)) for text in texts]
        vectors = np.empty((len(places), WIDTH), np.float32)
        done = 0
        for chosen, batch in self.batches(list(places), stop=stop):
            vectors[chosen] = self.run(batch)
            done += len(chosen)
            progress(done, len(places))
        return vectors[where]

    def batches(
        self, texts: Sequence[str], *, stop: Event | None = None
    ) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
        """What goes through the network together, texts of like length side by side; with the places of the texts.

        Raises:
            OutsideError: ``models.broken``. Stopped: ``stop`` was set.
        """
        tokenizer, spread, _session = self._parts()
        cut: list[Any] = []
        for start in range(0, len(texts), CUT_AT_ONCE):
            _look(stop)
            some = [prepared(text, spread) for text in texts[start : start + CUT_AT_ONCE]]
            cut += [one.ids[: MOST_TOKENS - 2] for one in tokenizer.encode_batch_fast(some)]
        order = sorted(range(len(cut)), key=lambda place: len(cut[place]))
        begin = tokenizer.get_vocab_size()
        while order:
            _look(stop)
            longest = len(cut[order[-1]]) + 2
            count = max(1, min(TEXTS_AT_ONCE, TOKENS_AT_ONCE // longest))
            chosen, order = order[-count:], order[:-count]
            yield chosen, _padded([cut[place] for place in chosen], longest, begin)

    def run(self, batch: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The vectors of one batch."""
        told: NDArray[np.float32] = self._parts()[2].run(None, batch)[0]
        return told

    def _parts(self) -> tuple[Tokenizer, dict[int, str], Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Tokenizer, dict[int, str], Any]:
        if broken := folder.broken_file(self.place):
            raise OutsideError("models.broken", path=str(self.place), file=broken)
        # Said before it is loaded: else it warns in every process that this one starts.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(self.place / folder.NETWORK), options, providers=["CPUExecutionProvider"]
        )
        spread = spread_in((self.place / folder.SPREAD).read_text(encoding="utf-8"))
        return Tokenizer.from_file(str(self.place / folder.TOKENIZER)), spread, session


def _look(stop: Event | None) -> None:
    if stop is not None and stop.is_set():
        raise Stopped


def _padded(cut: Sequence[Sequence[int]], longest: int, begin: int) -> dict[str, NDArray[np.int64]]:
    import numpy as np

    ids = np.full((len(cut), longest), begin + 2, np.int64)
    mask = np.zeros((len(cut), longest), np.int64)
    ids[:, 0] = begin
    for row, tokens in enumerate(cut):
        ids[row, 1 : len(tokens) + 1] = tokens
        ids[row, len(tokens) + 1] = begin + 1
        mask[row, : len(tokens) + 2] = 1
    return {"ids": ids, "mask": mask}


def packed(vectors: NDArray[np.float32]) -> list[bytes]:
    """Each vector as little-endian 16-bit floats."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpacked(kept: Sequence[bytes]) -> NDArray[np.float32]:
    """The vectors that :func:`packed` wrote, as an array of ``len(kept)`` x :data:`WIDTH`."""
    import numpy as np

    return np.frombuffer(b"".join(kept), "<f2").reshape(-1, WIDTH).astype(np.float32)
