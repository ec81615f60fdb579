"""The command line as a person or a script runs it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from copilot.cli.main import run
from copilot.paths import assets_dir


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object it answered."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON Lines it answered."""
        return [json.loads(line) for line in self.out.splitlines()]


Replique = Callable[..., Ran]


@pytest.fixture
def replique(
    tmp_path: Path, new_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Replique:
    """``replique("count", "--network", "x", stdin="…")`` on a profile of the test's own."""
    profile = tmp_path / "profil"

    def call(*arguments: object, stdin: str | bytes = b"", lang: str = "fr") -> Ran:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        if not profile.exists():
            profile.mkdir()
            shutil.copy(new_store, profile)
        capsys.readouterr()
        code = run(["--profile", str(profile), "--ui-lang", lang, *map(str, arguments)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def demo_brand(replique: Replique) -> str:
    """The demo brand, imported; its id."""
    done = replique("brand", "import", assets_dir() / "demo" / "brand.toml", "--json")
    assert done.code == 0, done.out
    return str(done.json["id"])


@pytest.fixture
def brief() -> Path:
    """A demo brief in French."""
    return sorted((assets_dir() / "demo" / "briefs").iterdir())[0]


@pytest.fixture
def thread_file() -> Path:
    """A demo thread."""
    return next(path for path in sorted((assets_dir() / "demo" / "threads").iterdir()) if path.suffix == ".jsonl")
