"""Shared by every test: no network but loopback, a profile folder of its own, no warning unheard."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import socket_allow_hosts
from xdist.scheduler import LoadScopeScheduling


def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


#: Files whose tests start many processes and look at clocks: one after another, or they would starve each other.
CROWDED = ("e2e/test_frozen.py", "e2e/test_kill.py", "e2e/test_journeys.py", "e2e/window/")


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types of its own
    """A file stays with one worker: what it sets up for all its tests is set up once. Crowded files are one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "processes" if file.removeprefix("tests/").startswith(CROWDED) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _ByFile:
    return _ByFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: nobody waits for the last of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _own_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No variable of the machine leaks in; the profile is the test's own. What is slow to make is made once for all."""
    for name in ("REPLIQUE_DATABASE_URL", "REPLIQUE_LANG", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REPLIQUE_PROFILE", str(tmp_path / "profile"))
    monkeypatch.setenv("REPLIQUE_CACHE", str(tmp_path_factory.getbasetemp().parent / "replique-cache"))
    # A semantic model that was set up beside the libraries would change what triage answers.
    monkeypatch.setenv("REPLIQUE_MODELS", str(tmp_path / "models"))


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the first start makes it, made once: most tests begin with a copy."""
    from copilot.store.unit_of_work import Store

    path = tmp_path_factory.mktemp("neuf") / "replique.db"
    Store.on_sqlite(path, path.parent / "backups").close()
    return path


@pytest.fixture
def begun_profile(new_store: Path, tmp_path: Path) -> Path:
    """The folder of a profile that was opened once."""
    folder = tmp_path / "profile"
    folder.mkdir()
    shutil.copy(new_store, folder)
    return folder


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Tests live until the end: each full collection of garbage would look at all of them, for half a second."""
    gc.collect()
    gc.freeze()
