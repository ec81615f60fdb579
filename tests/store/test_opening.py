"""Opening a store: new, older, newer, corrupt, somebody else's; backups and restores."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.store import migrate
from copilot.store.backup import check_database, copy_database, put_in_place, staged_restore
from copilot.store.engine import APPLICATION_ID, postgres_engine
from copilot.store.tables import metadata
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON, approved, draft


def opened(path: Path) -> Store:
    return Store.on_sqlite(path, path.parent / "backups")


def made(path: Path) -> Path:
    """A store with one approved item, closed."""
    store = opened(path)
    item = approved(store)
    with store.write() as work:
        work.audit.append(NOON, "Nora", "approve", f"item:{item.id}", {})
    store.close()
    return path


def count(path: Path) -> int:
    store = opened(path)
    with store.read() as work:
        found = len(work.items.list())
    store.close()
    return found


def test_a_new_store_is_one_sound_file_of_ours(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    assert [one.name for one in tmp_path.iterdir()] == ["replique.db"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    check_database(path)


def test_head_is_the_newest_migration_and_opening_needs_no_alembic(tmp_path: Path) -> None:
    import subprocess
    import sys

    assert migrate.known_revisions()[-1] == migrate.HEAD
    path = made(tmp_path / "replique.db")
    code = (
        "import sys; from pathlib import Path; from copilot.store.unit_of_work import Store;"
        "p = Path(sys.argv[1]); Store.on_sqlite(p, p.parent).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)]).returncode == 0


def test_models_and_migrations_agree(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def told(name: str | None, kind: str, _parents: object) -> bool:
        """All but the search, which each database holds in its own way."""
        return not (str(name).startswith("message_words") or (kind == "index" and name == "ix_messages_words"))

    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": told})
        assert compare_metadata(context, metadata) == []


def test_checks_of_models_and_migrations_agree(sqlite_store: Store) -> None:
    from sqlalchemy import CheckConstraint, inspect

    inspector = inspect(sqlite_store._engine)
    for table in metadata.tables.values():
        wanted = {c.name: str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)}
        found = {c["name"]: c["sqltext"] for c in inspector.get_check_constraints(table.name)}
        assert found == wanted


def test_processes_that_start_together_share_one_store(tmp_path: Path) -> None:
    path = tmp_path / "replique.db"

    def add(number: int) -> None:
        store = opened(path)
        with store.write() as work:
            work.items.add(draft(f"Texte {number}"), NOON)
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    assert count(path) == 8


def test_an_emptied_file_is_reported_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "replique.db"
    path.touch()
    with pytest.raises(OutsideError) as caught:
        opened(path)
    assert caught.value.kind == "store.corrupt"
    assert path.stat().st_size == 0


def _without_guards(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER items_approval_decided")
        db.commit()


def test_a_store_without_its_guards_is_not_opened(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    _without_guards(path)
    with pytest.raises(UserError) as caught:
        opened(path)
    assert caught.value.kind == "store.guards_missing"


def _older(path: Path) -> None:
    """Make the store at ``path`` look like an older one: today's schema under a revision that precedes it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = '0000'")
        db.commit()


def test_an_upgrade_copies_the_file_first_and_a_failure_leaves_it_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "replique.db")
    _older(path)
    monkeypatch.setattr(migrate, "known_revisions", lambda: ("0000", "0001"))
    # No migration leads from 0000: the upgrade fails after the copy was made.
    with pytest.raises(Exception, match="0000"):
        opened(path)
    copies = list((tmp_path / "backups").iterdir())
    assert len(copies) == 1
    for one in (path, copies[0]):
        with closing(sqlite3.connect(one)) as db:
            assert db.execute("SELECT version_num FROM alembic_version").fetchone()[0] == "0000"
            assert db.execute("SELECT count(*) FROM items").fetchone()[0] == 1


def test_a_newer_store_is_refused_and_untouched(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        opened(path)
    assert (caught.value.kind, caught.value.params["revision"]) == ("store.newer", "9999")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"ceci n'est pas une base" * 500, id="not a database"),
        pytest.param(lambda content: content[:5000], id="cut"),
        pytest.param(lambda content: b"\0" * len(content), id="zeroed"),
        pytest.param(lambda content: content[:100] + b"\xff" * 4000 + content[4100:], id="first page"),
    ],
)
def test_a_corrupt_store_is_reported_kept_and_never_overwritten(tmp_path: Path, damage) -> None:
    path = made(tmp_path / "replique.db")
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(RepliqueError) as caught:
            count(path)
        assert caught.value.kind in ("store.corrupt", "store.not_ours")
        assert path.read_bytes() == before


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "replique.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (id)")
    with pytest.raises(UserError) as caught:
        opened(path)
    assert caught.value.kind == "store.not_ours"


def test_backup_and_restore(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    store = opened(path)
    copy_database(path, tmp_path / "copy.db")
    with store.write() as work:
        work.items.add(draft("Après la copie"), NOON)
    store.close()
    put_in_place(staged_restore(tmp_path / "copy.db", path), path, tmp_path / "kept" / "old.db")
    assert count(path) == 1
    assert count(tmp_path / "kept" / "old.db") == 2


def test_a_backup_never_replaces_a_file_unasked(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    (tmp_path / "precious.txt").write_text("à garder")
    with pytest.raises(UserError) as caught:
        copy_database(path, tmp_path / "precious.txt")
    assert caught.value.kind == "backup.exists"
    assert (tmp_path / "precious.txt").read_text() == "à garder"


def test_a_backup_into_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        copy_database(made(tmp_path / "replique.db"), tmp_path / "nowhere" / "copy.db")
    assert caught.value.kind == "backup.cannot_write"


def _tampered(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER audit_never_updated")
        db.execute("UPDATE audit SET details = '{\"n\":1}'")
        db.commit()


def _other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (id)")


BAD_BACKUPS = [
    pytest.param(lambda path: path.write_bytes(b""), "backup.not_a_store", id="empty"),
    pytest.param(lambda path: path.write_bytes(b"x" * 9000), "backup.not_a_store", id="not a database"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-8192]), "backup.damaged", id="cut"),
    pytest.param(_other_database, "backup.not_a_store", id="somebody else's"),
    pytest.param(_tampered, "backup.audit_broken", id="audit tampered with"),
    pytest.param(_without_guards, "backup.guards_missing", id="without its guards"),
    pytest.param(lambda path: path.unlink(), "backup.missing", id="missing"),
]


@pytest.mark.parametrize(("spoil", "kind"), BAD_BACKUPS)
def test_a_bad_backup_is_refused_before_anything_is_touched(tmp_path: Path, spoil, kind: str) -> None:
    path = made(tmp_path / "replique.db")
    backup = tmp_path / "copy.db"
    copy_database(path, backup)
    spoil(backup)
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        put_in_place(staged_restore(backup, path), path, tmp_path / "kept.db")
    assert caught.value.kind == kind
    assert path.read_bytes() == before
    assert not (tmp_path / "kept.db").exists()


def test_restoring_over_a_corrupt_store_keeps_its_bytes(tmp_path: Path) -> None:
    path = made(tmp_path / "replique.db")
    copy_database(path, tmp_path / "copy.db")
    path.write_bytes(b"ruine" * 2000)
    put_in_place(staged_restore(tmp_path / "copy.db", path), path, tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_bytes() == b"ruine" * 2000
    assert count(path) == 1


@pytest.mark.parametrize("url", ["mysql://x/y", "n'importe quoi", "sqlite:///x.db", ""])
def test_a_wrong_database_address_is_explained(url: str) -> None:
    with pytest.raises(UserError) as caught:
        postgres_engine(url)
    assert caught.value.kind == "store.bad_url"


def test_a_server_that_does_not_answer_is_the_outside_world() -> None:
    with pytest.raises(OutsideError) as caught:
        Store.on_postgres("postgresql://nobody@127.0.0.1:9/none")
    assert caught.value.kind == "store.no_server"
    assert "nobody" in str(caught.value.params["path"])


def test_a_password_never_shows_in_an_error() -> None:
    with pytest.raises(OutsideError) as caught:
        Store.on_postgres("postgresql://nobody:s3cret@127.0.0.1:9/none")
    assert "s3cret" not in str(caught.value.params)
