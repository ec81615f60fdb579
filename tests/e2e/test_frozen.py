"""The frozen program, as a person gets it: all the source tree holds, nothing of the machine it was made on."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from copilot.cli.main import run as run_here
from copilot.paths import Profile
from tests.semantic_model import tiny_model
from tests.servers.conftest import need
from tests.servers.fake_openai import serving
from tests.servers.models import model_or_skip
from ui.instance import raise_other

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 380_000_000
SECRET = "clé-très-secrète-9f8e7d"

pytestmark = [
    pytest.mark.slow,
    # The first test may wait for the build, which takes two minutes of two cores.
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="scripts/build makes the folder for Linux"),
]


@dataclass(frozen=True)
class Frozen:
    """The folder, and a world in which nothing of this machine's Python is known."""

    folder: Path
    home: Path

    @property
    def program(self) -> str:
        return str(self.folder / "replique")

    @property
    def world(self) -> dict[str, str]:
        return {"HOME": str(self.home), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

    @property
    def profile(self) -> Path:
        return self.home / "profil été"

    def run(self, *words: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [self.program, "--profile", str(self.profile), "--ui-lang", "fr", *map(str, words)]
        return self._run(command, self.world | environment, stdin)

    def json(self, *words: object, stdin: str = "", **environment: str) -> Any:
        return json.loads(self.run(*words, "--json", stdin=stdin, **environment).stdout)

    def from_sources(self, *words: object, **environment: str) -> Any:
        """What the source tree answers to the same words, on a profile of its own."""
        profile = self.home / "profil des sources"
        command = [sys.executable, "-m", "copilot", "--profile", str(profile), "--ui-lang", "fr", *map(str, words)]
        return json.loads(self._run([*command, "--json"], {**os.environ, **environment}, "").stdout)

    def _run(self, command: list[str], world: dict[str, str], stdin: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, input=stdin, env=world, cwd=ROOT if world.get("PATH") else self.home,
            capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """``dist/replique``; in CI it is made anew, elsewhere on the disk than where a person would look."""
    if not os.environ.get("CI"):
        if not (ROOT / "dist" / "replique" / "replique").is_file():
            pytest.skip("dist/replique is not there: scripts/build makes it")
        yield ROOT / "dist" / "replique"
        return
    out = tmp_path_factory.mktemp("à emporter")
    start = time.perf_counter()
    built = subprocess.run(
        ["bash", str(ROOT / "scripts" / "build"), str(out)], capture_output=True, text=True, timeout=840
    )
    assert built.returncode == 0, built.stderr[-4000:]
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        print(f"\nscripts/build: {time.perf_counter() - start:.0f} s\n{built.stdout}")
    yield out / "replique"
    shutil.rmtree(out)


@pytest.fixture
def frozen(folder: Path, tmp_path: Path) -> Frozen:
    home = tmp_path / "chez Zoé"
    home.mkdir()
    return Frozen(folder, home)


def test_it_holds_every_plug_in_prompt_network_and_command_of_the_source_tree(frozen: Frozen) -> None:
    told, expected = frozen.json("self-check"), frozen.from_sources("self-check")
    for counts in (told["counts"], expected["counts"]):
        # The catalogues go in whole; a sentence more is no reason to build again.
        assert counts.pop("sentences") > 1000
    assert told["counts"] == expected["counts"], "older than the sources? scripts/build makes it again"
    assert told["version"] == expected["version"]
    assert (told["sound"], told["problems"]) == (True, [])
    assert min(told["counts"].values()) > 0


def test_it_is_small_enough_and_knows_nothing_of_where_it_was_made(frozen: Frozen) -> None:
    files = [path for path in frozen.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) <= LARGEST
    assert [path for path in frozen.folder.rglob("*") if path.is_symlink() and not path.exists()] == []
    here = os.fsencode(ROOT)
    assert [path.name for path in files if here in path.read_bytes()] == []


@pytest.mark.parametrize(
    "unwanted",
    ["tkinter", "pytest", "PIL", "zstandard", "sklearn", "libgtk", "libstdc++", "Qt6Qml", "Qt6Quick"],
)
def test_libraries_nobody_needs_are_left_out(frozen: Frozen, unwanted: str) -> None:
    assert [path.name for path in frozen.folder.rglob("*") if path.name.startswith((unwanted, f"lib{unwanted}"))] == []


def test_each_library_it_carries_comes_with_its_licence(frozen: Frozen) -> None:
    inside = frozen.folder / "_internal"
    told = {path.name.partition("-")[0].lower(): path for path in inside.glob("*.dist-info")}
    assert {"replique", "pyside6_essentials", "shiboken6", "numpy", "xllamacpp", "keyring"} <= set(told)
    assert not {"pytest", "zstandard", "pillow", "pyinstaller", "mypy"} & set(told)
    for name in ("pyside6_essentials", "shiboken6"):
        text = (told[name] / "licenses" / "LGPL-3.0.txt").read_text("utf-8")
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
        assert f"{told[name].name}/licenses/LGPL-3.0.txt,," in (told[name] / "RECORD").read_text("utf-8")
    assert "Apache License" in (told["tokenizers"] / "licenses" / "Apache-2.0.txt").read_text("utf-8")
    assert not (inside / "scipy").exists(), "numpy's own libraries bear its name, no more"
    assert "PSF" in next(inside.glob("lib/python3.*/LICENSE.txt")).read_text("utf-8")
    assert "MIT" in (frozen.folder / "share" / "doc" / "replique" / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("network", ["x", "linkedin"])
def test_it_counts_as_the_source_tree_does(frozen: Frozen, network: str) -> None:
    words = ("count", "--network", network, "Été à la plage 👩‍👩‍👧 https://exemple.fr/é")
    told = frozen.json(*words)
    assert told == frozen.from_sources(*words)
    assert told["fits"] is True


@pytest.mark.parametrize("brief", sorted((ROOT / "tests" / "data" / "briefs").iterdir()), ids=lambda path: path.suffix)
def test_it_reads_the_facts_of_each_kind_of_brief(frozen: Frozen, brief: Path) -> None:
    told = frozen.json("facts", brief)
    assert told == frozen.from_sources("facts", brief)
    assert told["facts"]


def test_it_does_the_whole_job_in_a_fresh_profile(frozen: Frozen) -> None:
    out, other = frozen.home / "sortie ü", frozen.home / "sortie des sources"
    told = frozen.json("demo", "--out", out)
    expected = frozen.from_sources("demo", "--out", other)
    assert (told["briefs"], told["threads"]) == (expected["briefs"], expected["threads"])
    assert {path.name for path in out.iterdir()} == {
        path.name for path in (frozen.home / "sortie des sources").iterdir()
    }
    assert "\ufffd" not in (out / "relecture.md").read_text("utf-8")


@pytest.fixture(scope="module")
def frozen_for_all(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    """One profile for many files: making it takes longer than reading one."""
    return Frozen(folder, tmp_path_factory.mktemp("chez tous"))


@pytest.mark.parametrize("thread", sorted((ROOT / "tests" / "data" / "threads").iterdir()), ids=lambda path: path.name)
def test_it_reads_each_kind_of_thread(frozen_for_all: Frozen, thread: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = ("format", "title", "messages", "roots", "max_depth", "owner_replies", "deleted", "warnings")
    words = ("--ui-lang", "fr", "thread", "import", str(thread), "--json")
    assert run_here(["--profile", str(frozen_for_all.home / "profil des sources"), *words]) == 0
    expected = json.loads(capsys.readouterr().out)
    told = frozen_for_all.json("thread", "import", thread)
    assert [told[key] for key in kept] == [expected[key] for key in kept]


def test_it_triages_by_meaning_and_groups(frozen: Frozen) -> None:
    models = frozen.home / "modèles"
    tiny_model(models / "semantic" / "1")
    said = [json.dumps({"text": f"Ma commande n’est pas arrivée {word}"}) for word in ("!", "!!", "merci", "svp")]
    (frozen.home / "fil.jsonl").write_text("\n".join(said), encoding="utf-8")
    environment = {"REPLIQUE_MODELS": str(models)}
    answers = []
    for run in (frozen.json, frozen.from_sources):
        run("thread", "import", frozen.home / "fil.jsonl", **environment)
        triage = run("triage", 1, "--again", **environment)
        answers.append((triage["messages"], run("groups", "find", 1, **environment)["groups"]))
    for here, there in zip(answers[0][0], answers[1][0], strict=True):
        # The last digits of a learnt model depend on how its sums are cut up.
        assert here["triage"].pop("confidence") == pytest.approx(there["triage"].pop("confidence"), abs=0.02)
        assert {**here["triage"], "why": []} == {**there["triage"], "why": []}
    assert {one["triage"]["decided_by"] for one in answers[0][0]} != {"rules"}
    assert [one["size"] for one in answers[0][1]] == [one["size"] for one in answers[1][1]] != []


def test_a_machine_without_a_keyring_is_told_so_and_the_environment_serves(frozen: Frozen) -> None:
    add = ("provider", "add", "moi", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--key-stdin")
    assert frozen.json("self-check")["keyring"] is None
    assert frozen.json(*add, stdin=SECRET)["error"]["kind"] == "secret.no_keyring"


def test_a_key_is_kept_in_the_keyring_of_the_system(frozen: Frozen) -> None:
    need("dbus-run-session", "gnome-keyring-daemon")
    script = ROOT / "tests" / "servers" / "keyring" / "with_keyring.sh"
    add = '"$0" --profile "$1" provider add moi --base-url http://127.0.0.1:9/v1 --model m --key-stdin --json'
    done = subprocess.run(
        ["bash", str(script), str(frozen.home / "trousseau"), "bash", "-c", add, frozen.program, str(frozen.profile)],
        env=frozen.world | {"PATH": os.environ["PATH"]}, input=SECRET, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert json.loads(done.stdout)["key"] == "SecretService", done.stderr
    assert not [path for path in frozen.profile.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_the_driver_of_postgresql_is_there(frozen: Frozen) -> None:
    told = frozen.json("self-check", REPLIQUE_DATABASE_URL="postgresql://a:b@127.0.0.1:1/c")
    expected = frozen.from_sources("self-check", REPLIQUE_DATABASE_URL="postgresql://a:b@127.0.0.1:1/c")
    assert told["problems"] == expected["problems"]
    assert told["sound"] is False


async def test_it_talks_to_a_service_compatible_with_openai(frozen: Frozen) -> None:
    async with serving() as service:
        added = frozen.json("provider", "add", "moi", "--base-url", service.url, "--model", "petit")
        assert added["id"] == "moi", added
        told = await asyncio.to_thread(frozen.json, "provider", "test", "moi")
    assert (told["works"], service.last.body["model"]) == (True, "petit")


def test_the_process_of_a_local_model_refuses_a_broken_request_in_its_own_words(frozen: Frozen) -> None:
    asked = {"path": str(frozen.home / "rien.gguf"), "model": "m", "key": "k", "parent": os.getpid(), "slots": 1}
    # The child ends with its input: it stays open until the child has spoken.
    child = subprocess.Popen(
        [frozen.program, "--replique-llama-child"],
        env=frozen.world, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps({**asked, "context": 512, "threads": 1}).encode() + b"\n")
        child.stdin.flush()
        told = json.loads(child.stdout.readline())
        assert child.wait(timeout=30) == 1
    assert set(told) == {"failed"}


def test_a_local_model_writes(frozen: Frozen) -> None:
    frozen.json("provider", "add", "local", "--type", "local", "--path", model_or_skip())
    assert frozen.json("provider", "test", "local")["works"] is True


def test_the_window_opens_answers_and_closes_when_asked(frozen: Frozen, qtbot: QtBot) -> None:
    window = subprocess.Popen(
        [frozen.program, "--profile", str(frozen.profile)],
        env=frozen.world, cwd=frozen.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        profile = Profile(frozen.profile)
        wait_until(qtbot, window, (profile.root / "window.lock").exists)
        wait_until(qtbot, window, profile.database.exists)
        wait_until(qtbot, window, lambda: raise_other(profile))
        assert foreign(window.pid, frozen) == []
        second = frozen.run("app")
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        window.send_signal(signal.SIGTERM)
        said, _nothing = window.communicate(timeout=30)
    finally:
        window.kill()
        window.wait()
    # What Qt itself says where there is no screen, when the second start brings the window to the front.
    assert set(said.decode().splitlines()) <= {"This plugin does not support raise()"}
    assert window.returncode == 0
    assert frozen.json("self-check")["sound"] is True


def wait_until(qtbot: QtBot, window: subprocess.Popen[bytes], true: Callable[[], bool]) -> None:
    """Until ``true``; a window that has ended says why at once."""
    qtbot.waitUntil(lambda: window.poll() is not None or true(), timeout=30_000)
    assert window.poll() is None, window.stdout and window.stdout.read()


def foreign(process: int, frozen: Frozen) -> list[str]:
    """Files a process has in its memory that are neither the frozen program's nor the system's."""
    mapped = set(re.findall(r" (/\S.*)$", Path(f"/proc/{process}/maps").read_text("utf-8"), re.MULTILINE))
    ours = (str(frozen.folder), str(frozen.home), "/usr/", "/lib", "/etc/", "/var/cache/", "/dev/", "/memfd:", "/SYSV")
    return sorted(path for path in mapped if not path.startswith(ours) and not path.endswith(("-shm", " (deleted)")))
