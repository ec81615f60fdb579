"""Archives of conversations: each read as the file it is, all of them stored at once or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Event
from typing import IO, TYPE_CHECKING

from copilot.domain.imports import FileLeft, Unpacked
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services._loading import Asked, Load, Ready
from copilot.services._triaging import Stopped

if TYPE_CHECKING:
    from copilot.importers.threads import Archive, Found
    from copilot.intelligence.triage import RuleTriage
    from copilot.services._so_far import SoFarTold
    from copilot.services.conversations import ThreadImported
    from copilot.store.unit_of_work import Store

#: Files left aside that are told in words; all are in :class:`Unpacked`.
FEW = 5
#: Why a file of an archive is left, by what reading it said.
_WHY = {
    **{f"thread.{kind}": "damaged" for kind in ("malformed", "truncated", "too_deep", "entity_expansion")},
    "thread.needs_mapping": "needs_mapping",
    "thread.empty": "empty",
    "thread.too_large": "too_large",
}
#: Reasons that say nothing is lost.
_PLAIN = ("not_comments", "media", "empty")


def load(
    store: Store,
    rules: RuleTriage | None,
    asked: Asked,
    at: datetime,
    stop: Event,
    tell: Callable[[int, int], None],
    so_far: SoFarTold | None = None,
) -> ThreadImported:
    """Read, triage and store a file, or every conversation of an archive.

    Raises:
        UserError, Stopped: as ``Load.run``; nothing was stored.
    """
    from copilot.importers.threads import Packed, Pages, archive_of, size_of

    def go_on(_done: int) -> None:
        if stop.is_set():
            raise Stopped

    content = asked.content
    archive = None if isinstance(content, Packed | Pages) else archive_of(content, asked.name, go_on)
    if archive is None:
        return Load(store, rules, asked, at, stop, tell, so_far).run()
    if len(archive.found) > 1:
        if asked.into is not None:
            raise UserError("thread.archive_many", name=asked.name, count=len(archive.found))
        # What a person says of columns is of one table.
        asked = replace(asked, mapping=None)
    progress = _Progress(tell, [size_of(one.content) for one in archive.found])
    loads = [
        Load(store, rules, _one(asked, one, is_cut=archive.is_cut), at, stop, progress.of(place), so_far)
        for place, one in enumerate(archive.found)
    ]
    return _Archive(store, asked.name, archive).loaded(loads)


def _one(asked: Asked, found: Found, *, is_cut: bool) -> Asked:
    # Direct messages are handed over for a time that a person chooses.
    is_partial = is_cut or found.is_direct
    network = asked.network or found.network
    return replace(
        asked, content=found.content, name=found.name, network=network, is_partial=is_partial, origin=found.origin
    )


class _Progress:
    """What several loads tell, as one."""

    def __init__(self, tell: Callable[[int, int], None], sizes: Sequence[int]) -> None:
        self._tell = tell
        self._done = [0] * len(sizes)
        self._total = sum(sizes)

    def of(self, place: int) -> Callable[[int, int], None]:
        """What the load at ``place`` tells."""

        def told(done: int, _total: int) -> None:
            self._done[place] = done
            self._tell(sum(self._done), self._total)

        return told


class _Archive:
    def __init__(self, store: Store, name: str, archive: Archive) -> None:
        self._store = store
        self._name = name
        self._archive = archive

    def loaded(self, loads: Sequence[Load]) -> ThreadImported:
        with loads[0].aside() as aside:
            read = self._prepared(loads, aside)
            done: list[ThreadImported] = []
            if any(isinstance(ready, Ready) for _found, _load, ready in read):
                with self._store.write() as work:
                    for found, one, ready in read:
                        told = one.keep(work, ready, aside) if isinstance(ready, Ready) else ready
                        done.append(replace(told, files=found.paths))
            else:
                done = [
                    replace(ready, files=found.paths) for found, _load, ready in read if not isinstance(ready, Ready)
                ]
        first, *others = done
        return replace(
            first, others=tuple(others), archive=self._unpacked(), warnings=(*first.warnings, *self._warnings())
        )

    def _prepared(self, loads: Sequence[Load], aside: IO[bytes]) -> list[tuple[Found, Load, Ready | ThreadImported]]:
        """What each conversation is; those that cannot be read are left, unless all are.

        Raises:
            UserError: why the first could not be read, when none could.
        """
        read: list[tuple[Found, Load, Ready | ThreadImported]] = []
        refused: UserError | None = None
        for found, one in zip(self._archive.found, loads, strict=True):
            try:
                read.append((found, one, one.prepare(aside)))
            except UserError as error:
                if not error.kind.startswith("thread.") or error.kind == "thread.unknown":
                    raise
                refused = refused or error
                self._archive.leave(found.paths[0], _WHY.get(error.kind, "not_comments"))
        if not read:
            raise refused or UserError("thread.archive_nothing", name=self._name, count=0)
        return read

    def _unpacked(self) -> Unpacked:
        archive = self._archive
        left = tuple(FileLeft(one.name, one.why) for one in archive.left)
        return Unpacked(left, archive.counts.total(), archive.is_cut)

    def _warnings(self) -> list[Wording]:
        """What to say of the archive itself: the files one may miss by name, the others by their number."""
        archive = self._archive
        direct = sum(one.is_direct for one in archive.found)
        missed = [one for one in archive.left if one.why not in _PLAIN]
        told = [
            Wording("thread.warn.archive_member", {"name": one.name, "why": Wording(f"thread.left.{one.why}")})
            for one in missed[:FEW]
        ]
        if len(missed) > FEW:
            told.append(Wording("thread.warn.more", {"count": len(missed) - FEW}))
        if direct:
            told.append(Wording("thread.warn.archive_direct", {"count": direct}))
        plain = sum(archive.counts[why] for why in _PLAIN)
        if plain:
            told.append(Wording("thread.warn.archive_left", {"count": plain}))
        if archive.is_cut:
            told.append(Wording("thread.warn.archive_cut"))
        return told
