"""Each store test runs on a new SQLite file and, where a server is at hand, on a new PostgreSQL schema."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from copilot.store.unit_of_work import Store

KINDS = ["sqlite", "postgresql"]


def _server_url() -> str:
    url = os.environ.get("REPLIQUE_TEST_DATABASE_URL")
    if url:
        return url
    if os.environ.get("CI"):
        pytest.fail("CI must give REPLIQUE_TEST_DATABASE_URL: the store suite runs on PostgreSQL too")
    pytest.skip("REPLIQUE_TEST_DATABASE_URL is not set: scripts/test starts a server when it can")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path, new_store: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        shutil.copy(new_store, tmp_path)
        opened = Store.on_sqlite(tmp_path / "replique.db", tmp_path / "backups")
        yield opened
        opened.close()
        return
    with new_schema(_server_url()) as url:
        opened = Store.on_postgres(url)
        yield opened
        opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, new_store: Path) -> Iterator[Store]:
    shutil.copy(new_store, tmp_path)
    opened = Store.on_sqlite(tmp_path / "replique.db", tmp_path / "backups")
    yield opened
    opened.close()


class new_schema:  # noqa: N801  # used as a word of the with statement
    """A schema of its own in the test database, dropped at the end."""

    def __init__(self, url: str) -> None:
        self._url = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
        self._name = f"t_{secrets.token_hex(6)}"

    def _run(self, statement: str) -> None:
        engine = sqlalchemy.create_engine(self._url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(statement))
        engine.dispose()

    def __enter__(self) -> str:
        self._run(f"CREATE SCHEMA {self._name}")
        url = self._url.update_query_dict({"options": f"-csearch_path={self._name}"})
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    def __exit__(self, *exc: object) -> None:
        self._run(f"DROP SCHEMA {self._name} CASCADE")
