"""Long work on the store's files stops when asked: nothing is lost, nothing half made is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from copilot.store.backup import STEP, check_database, copy_database, put_in_place, staged_restore
from copilot.store.stopping import Stopped
from copilot.store.upkeep import compact
from tests.store.test_opening import made

#: Bytes that make a store of many steps.
FILLER = 24_000_000
ROW = 3_000


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """A sound store with much deleted in it: copying, checking and compacting take a while."""
    (tmp_path / "profil").mkdir()
    path = made(tmp_path / "profil" / "replique.db")
    row = "INSERT INTO working_copies (key, body, revision, saved_at) VALUES (hex(randomblob(8)), ?, 0, '')"
    with closing(sqlite3.connect(path)) as db:
        db.executemany(row, [("x" * ROW,)] * (FILLER // ROW))
        db.commit()
    return path


def files_of(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if not one.name.endswith(("-wal", "-shm"))}


def stopping_at(stop: Event, step: int) -> Callable[[int, int], None]:
    """Stop once ``step`` reports came."""
    seen = []

    def told(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == step:
            stop.set()

    return told


def test_a_backup_tells_how_far_it_is(store_file: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    copy_database(store_file, tmp_path / "copy.db", tell=lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1][0] == told[-1][1] > 3 * STEP


@pytest.mark.parametrize("step", [1, 3])
def test_a_stopped_backup_leaves_no_file_and_the_one_of_before(store_file: Path, tmp_path: Path, step: int) -> None:
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    target.write_bytes(b"la copie de la veille")
    stop = Event()
    with pytest.raises(Stopped):
        copy_database(store_file, target, overwrite=True, stop=stop, tell=stopping_at(stop, step))
    assert files_of(target.parent) == {"copy.db"}
    assert target.read_bytes() == b"la copie de la veille"
    check_database(store_file)


def test_what_is_written_during_a_backup_neither_enters_it_nor_begins_it_anew(store_file: Path, tmp_path: Path) -> None:
    told: list[int] = []
    writer = sqlite3.connect(store_file, timeout=1)
    with closing(writer):

        def write(done: int, _total: int) -> None:
            told.append(done)
            writer.execute(
                "INSERT INTO working_copies (key, body, revision, saved_at) VALUES (?, '', 0, '')", (f"k{done}",)
            )
            writer.commit()

        copy_database(store_file, tmp_path / "copy.db", tell=write)
    assert told == sorted(set(told))
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert db.execute("SELECT count(*) FROM working_copies WHERE key LIKE 'k%'").fetchone() == (0,)


def test_a_check_stops(store_file: Path) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        check_database(store_file, stop)
    check_database(store_file)


def test_a_restore_stops_before_anything_is_replaced(store_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy_database(store_file, copy)
    before = store_file.read_bytes()
    stop = Event()
    with pytest.raises(Stopped):
        staged_restore(copy, store_file, stop=stop, tell=stopping_at(stop, 2))
    assert store_file.read_bytes() == before
    assert files_of(store_file.parent) == {"replique.db"}


def test_a_staged_restore_takes_its_place(store_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy_database(store_file, copy)
    incoming = staged_restore(copy, store_file)
    put_in_place(incoming, store_file, tmp_path / "kept.db")
    check_database(store_file)
    check_database(tmp_path / "kept.db")
    assert files_of(store_file.parent) == {"replique.db"}


class SetLater(Event):
    """Set by itself once it was asked ``after`` times."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


@pytest.mark.parametrize("after", [0, 1, 20], ids=["at once", "soon", "under way"])
def test_compacting_stops_and_the_store_is_as_it_was(store_file: Path, after: int) -> None:
    with closing(sqlite3.connect(store_file)) as db:
        db.execute("DELETE FROM working_copies WHERE rowid % 2")
        db.commit()
        held = db.execute("SELECT count(*), sum(length(body)) FROM working_copies").fetchone()
    size = store_file.stat().st_size
    with pytest.raises(Stopped):
        compact(store_file, SetLater(after))
    with closing(sqlite3.connect(store_file)) as db:
        assert db.execute("SELECT count(*), sum(length(body)) FROM working_copies").fetchone() == held
    check_database(store_file)
    assert store_file.stat().st_size == size
    compact(store_file)
    assert store_file.stat().st_size < size
    check_database(store_file)
