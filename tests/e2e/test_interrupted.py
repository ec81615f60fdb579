"""Ctrl-C during long work on the store's files: they are as they were, nothing half made is left."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from signal import SIGINT

import pytest

from copilot.store.backup import check_database
from tests.e2e.conftest import Replique
from tests.e2e.test_incident import HEEDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise on Windows")


@pytest.fixture
def large(replique: Replique, demo_brand: str, tmp_path: Path) -> Path:
    """A profile whose store takes its time to copy: 120 MB."""
    store = tmp_path / "profil" / "replique.db"
    with closing(sqlite3.connect(store)) as db:
        rows = ((f"filler:{place}", "x" * 60_000) for place in range(2_000))
        db.executemany("INSERT INTO working_copies (key, body, revision, saved_at) VALUES (?, ?, 0, '')", rows)
        db.commit()
    return store.parent


def interrupted(profile: Path, folder: Path, partial: str, *words: str) -> int:
    """The exit code of a command that gets Ctrl-C as soon as a file ``partial`` is in ``folder``; it says so."""
    running = subprocess.Popen(
        [sys.executable, "-c", HEEDS, "--profile", str(profile), "--ui-lang", "fr", *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(folder.glob(partial)):
        assert running.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < until
    running.send_signal(SIGINT)
    told, complained = running.communicate(timeout=60)
    assert (told, complained) == ("", "Interrompu. Ce qui était enregistré le reste.\n")
    return running.returncode


def test_an_interrupted_backup_leaves_no_file(large: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    assert interrupted(large, copies, ".copy-*", "backup", str(copies / "copie.db")) == 130
    assert list(copies.iterdir()) == []
    check_database(large / "replique.db")


def test_an_interrupted_restore_leaves_the_store_as_it_was(large: Path, replique: Replique, tmp_path: Path) -> None:
    copy = tmp_path / "copie.db"
    assert replique("backup", copy).code == 0
    before = sorted(one.name for one in large.iterdir() if not one.name.endswith(("-wal", "-shm")))
    with closing(sqlite3.connect(large / "replique.db")) as db:
        db.execute("INSERT INTO working_copies (key, body, revision, saved_at) VALUES ('après', '', 0, '')")
        db.commit()
    assert interrupted(large, large, ".copy-*", "restore", str(copy)) == 130
    assert sorted(one.name for one in large.iterdir() if not one.name.endswith(("-wal", "-shm"))) == before
    with closing(sqlite3.connect(large / "replique.db")) as db:
        assert db.execute("SELECT count(*) FROM working_copies WHERE key = 'après'").fetchone() == (1,)
