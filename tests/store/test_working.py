"""Working copies in the database, and the upgrade of a database that has none."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from copilot.domain.item import Status
from copilot.errors import OutsideError, UserError
from copilot.store import migrate
from copilot.store.backup import check_database, copy_database, put_in_place, staged_restore
from copilot.store.engine import sqlite_engine
from copilot.store.unit_of_work import Store
from tests.store.conftest import KINDS, _server_url, new_schema
from tests.store.samples import FIRST_COLUMNS, NOON, add_to_first, approved, draft, status_of, thread

HOSTILE = {"text": "été\ud83d \0 \u202e ’«»\u202f!" + "\u0301" * 500, "tags": ["Vélo", "\udc00"], "at": None, "n": 1.5}


def keep(store: Store, key: str, body: dict[str, object], minutes: int = 0, revision: int | None = None) -> None:
    with store.write() as work:
        work.working.save(key, body, revision, NOON + timedelta(minutes=minutes))


def kept(store: Store, prefix: str = "") -> list[str]:
    with store.read() as work:
        return [copy.key for copy in work.working.list(prefix)]


def test_what_is_kept_comes_back_whatever_it_holds(store: Store) -> None:
    keep(store, "item:12", HOSTILE, revision=3)
    with store.read() as work:
        copy = work.working.get("item:12")
        assert work.working.get("item:13") is None
    assert copy
    assert (copy.key, copy.body, copy.revision, copy.saved_at) == ("item:12", HOSTILE, 3, NOON)


def test_a_later_copy_takes_the_place_of_the_earlier(store: Store) -> None:
    keep(store, "item:12", {"text": "un", "more": "x"}, revision=3)
    keep(store, "item:12", {"text": "deux"}, minutes=1)
    with store.read() as work:
        (copy,) = work.working.list()
    assert (copy.body, copy.revision, copy.saved_at) == ({"text": "deux"}, None, NOON + timedelta(minutes=1))


def test_copies_are_listed_by_prefix_the_newest_first(store: Store) -> None:
    for minutes, key in enumerate(("item:1", "item:12", "ITEM:9", "item%:x", "brand:éco", "item_:x")):
        keep(store, key, {}, minutes)
    assert kept(store, "item:") == ["item:12", "item:1"]
    assert kept(store, "item%") == ["item%:x"]
    assert kept(store, "item_") == ["item_:x"]
    assert kept(store, "brand:é") == ["brand:éco"]
    assert len(kept(store)) == 6


def test_copies_are_dropped_by_key(store: Store) -> None:
    for key in ("item:1", "item:2", "compose:brief"):
        keep(store, key, {})
    with store.write() as work:
        work.working.drop("item:1", "compose:brief", "item:404")
    assert kept(store) == ["item:2"]


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_no_column_holds_is_refused_before_it_is_cut(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        keep(store, key, {})
    assert kept(store) == []


def test_the_longest_key_is_kept(store: Store) -> None:
    keep(store, "é" * 200, {})
    assert kept(store) == ["é" * 200]


def test_writers_of_one_new_key_do_not_refuse_each_other(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: keep(store, "compose:brief", {"n": number}), range(12)))
    assert kept(store) == ["compose:brief"]


@pytest.mark.parametrize("body", ["{", "[]", "null", "[" * 100_000])
def test_a_copy_spoiled_by_somebody_else_is_told_and_hides_no_other(store: Store, body: str) -> None:
    keep(store, "item:1", {"text": "bon"})
    keep(store, "item:2", {})
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE working_copies SET body = :body WHERE key = 'item:2'"), {"body": body})
    assert kept(store) == ["item:1"]
    with pytest.raises(OutsideError) as caught, store.read() as work:
        work.working.get("item:2")
    assert (caught.value.kind, caught.value.params["key"]) == ("store.damaged_copy", "item:2")


def test_what_is_typed_touches_neither_item_nor_audit(store: Store) -> None:
    item = approved(store)
    with store.read() as work:
        before = (work.items.list(), work.items.versions(item.id), work.items.decisions(item.id), work.audit.verify())
    keep(store, f"item:{item.id}", {"text": "Autre chose", "status": "published"}, revision=item.revision)
    with store.read() as work:
        after = (work.items.list(), work.items.versions(item.id), work.items.decisions(item.id), work.audit.verify())
    assert after == before


def test_each_known_revision_has_its_guards() -> None:
    assert tuple(migrate.GUARDS) == migrate.known_revisions()


# A database of version 0001, made by its own migration, as the first release left it.


def _only(revision: str) -> Callable[[object], None]:
    """``migrate.upgrade`` as it was when ``revision`` was the newest."""

    def upgrade(connection: object) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    return upgrade


def _make_first(monkeypatch: pytest.MonkeyPatch, where: Path | str) -> Store:
    """A store of version 0001 at ``where`` (a file or an address), open."""
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", _only("0001"))
        patch.setattr(migrate, "HEAD", "0001")
        return _open(where)


def _open(where: Path | str) -> Store:
    return Store.on_postgres(where) if isinstance(where, str) else Store.on_sqlite(where, where.parent / "backups")


def _fill(store: Store) -> None:
    """One of everything the first version kept."""
    item = approved(store)
    add_to_first(store, "a" * 64, thread("Bonjour", "Où est mon vélo ?").messages)
    with store.write() as work:
        work.items.add(draft("À relire"), NOON)
        work.audit.append(NOON, "Nora", "approve", f"item:{item.id}", {"package": item.package.sha256})
        work.items.record_exports([(item.id, item.package.sha256)], "json", "f" * 64, NOON)


OLD_TABLES = (
    "brands",
    "briefs",
    "threads",
    "messages",
    "items",
    "item_versions",
    "decisions",
    "exports",
    "audit",
    "audit_head",
    "runs",
)


OLD_COLUMNS = {
    "messages": FIRST_COLUMNS,
    "threads": "id, title, source, network, language, post_text, sha256, imported_at",
}


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._engine.connect() as connection:
        return {
            table: sorted(tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table}")))
            for table in OLD_TABLES
            for columns in [OLD_COLUMNS.get(table, "*")]
        }


def _revision(store: Store) -> str:
    with store._engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _upgraded(monkeypatch: pytest.MonkeyPatch, where: Path | str) -> None:
    first = _make_first(monkeypatch, where)
    try:
        _fill(first)
        before = _rows(first)
        assert _revision(first) == "0001"
    finally:
        first.close()
    assert all(before[table] for table in ("items", "item_versions", "decisions", "exports", "audit", "messages"))
    store = _open(where)
    try:
        assert _revision(store) == migrate.HEAD
        assert _rows(store) == before
        keep(store, "item:1", HOSTILE)
        assert kept(store) == ["item:1"]
        assert status_of(store, 1) is Status.APPROVED
        with store.read() as work:
            assert work.audit.verify().holds
    finally:
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_of_the_first_version_is_upgraded_and_loses_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "sqlite":
        _upgraded(monkeypatch, tmp_path / "replique.db")
        return
    with new_schema(_server_url()) as url:
        _upgraded(monkeypatch, url)


def _third_filled(where: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of version 0003 with what it could keep."""
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", _only("0003"))
        patch.setattr(migrate, "HEAD", "0003")
        store = _open(where)
    try:
        _fill(store)
        keep(store, "item:7", {"text": "en cours"})
        with store._engine.begin() as connection:
            connection.execute(
                text("INSERT INTO message_marks (message_id, mark, by, at) VALUES (1, 'skipped', 'Léa', 'x')")
            )
    finally:
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_of_the_third_version_is_upgraded_and_loses_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.ExitStack() as stack:
        where = tmp_path / "replique.db" if kind == "sqlite" else stack.enter_context(new_schema(_server_url()))
        _third_filled(where, monkeypatch)
        store = _open(where)
        stack.callback(store.close)
        assert _revision(store) == migrate.HEAD
        assert kept(store) == ["item:7"]
        with store.read() as work:
            (told,) = [work.threads.get(thread.id) for thread, _count in work.threads.list()]
            assert work.audit.verify().holds
        assert [message.text for message in told.messages] == ["Bonjour", "Où est mon vélo ?"]
        assert not any(one.deleted or one.hidden or one.answered or one.changed_at for one in told.messages)
        assert (told.brand_id, told.origin, told.truncated) == ("", "", False)
        with store._engine.connect() as connection:
            assert connection.execute(text("SELECT mark FROM message_marks")).scalar() == "skipped"
        assert status_of(store, 1) is Status.APPROVED


def _first_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    store = _make_first(monkeypatch, path)
    _fill(store)
    store.close()
    return path


def test_the_file_of_the_first_version_is_kept_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _first_file(monkeypatch, tmp_path / "replique.db")
    _open(path).close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith("replique-0001-")
    assert migrate.sqlite_revision(copy) == "0001"
    check_database(copy)


def test_stores_opened_together_upgrade_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _first_file(monkeypatch, tmp_path / "replique.db")
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _number: _open(path), range(4)))
    for number, store in enumerate(stores):
        keep(store, f"item:{number}", {})
    assert len(kept(stores[0])) == 4
    for store in stores:
        store.close()


def test_an_upgrade_cut_short_leaves_the_first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _first_file(monkeypatch, tmp_path / "replique.db")
    engine = sqlite_engine(path)
    with engine.connect().execution_options(replique_mode="IMMEDIATE") as connection:
        transaction = connection.begin()
        migrate.upgrade(connection)
        transaction.rollback()
    engine.dispose()
    with closing(sqlite3.connect(path)) as db:
        assert "working_copies" not in {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    assert migrate.sqlite_revision(path) == "0001"


def test_a_backup_of_the_first_version_is_restored_then_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "replique.db"
    copy_database(_first_file(monkeypatch, tmp_path / "old.db"), tmp_path / "copy.db")
    _open(path).close()
    put_in_place(staged_restore(tmp_path / "copy.db", path), path, tmp_path / "kept.db")
    store = _open(path)
    assert status_of(store, 1) is Status.APPROVED
    store.close()


def test_a_backup_of_the_first_version_without_its_guards_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _first_file(monkeypatch, tmp_path / "replique.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER items_approval_decided")
        db.commit()
    with pytest.raises(UserError) as caught:
        check_database(path)
    assert caught.value.kind == "backup.guards_missing"
