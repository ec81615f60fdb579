"""Where the semantic model lies: one folder a version, with a manifest that tells the hash of each file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import OutsideError
from copilot.paths import Profile

#: The version of what the converter writes: vectors of two versions are never compared.
VERSION = "1"
#: What made a vector, as the store keeps it beside each.
MODEL_ID = f"multilingual-e5-small-int8/{VERSION}"
MANIFEST, NETWORK, TOKENIZER, SPREAD, NOTICE = "manifest.json", "model.onnx", "tokenizer.json", "spread.json", "NOTICE"
_FILES = (NETWORK, TOKENIZER, SPREAD, NOTICE)
#: A folder of models shared by several profiles; nothing else is looked into when it is set.
SHARED = "REPLIQUE_MODELS"


@dataclass(frozen=True, slots=True)
class Installed:
    """A model that is there. ``broken`` names the first file that is not what the manifest says, empty when whole."""

    folder: Path
    size: int
    shared: bool
    broken: str = ""


def own_place(profile: Profile) -> Path:
    """Where this profile keeps the semantic model."""
    return profile.root / "models" / "semantic" / VERSION


def shared_place() -> Path:
    """Where all profiles of this installation find it: ``$REPLIQUE_MODELS``, else beside the libraries."""
    chosen = os.environ.get(SHARED)
    root = Path(chosen).expanduser() if chosen else Path(sys.prefix) / "share" / "replique" / "models"
    return root / "semantic" / VERSION


def find(profile: Profile) -> Path | None:
    """The folder of the model to use, whole: the profile's own first; None when there is none."""
    for place in (own_place(profile), shared_place()):
        if place.is_dir() and not broken_file(place):
            return place
    return None


def look(place: Path, *, shared: bool) -> Installed | None:
    """What lies in ``place``, every file read against its hash; None when nothing does."""
    if not place.is_dir():
        return None
    size = sum(entry.stat().st_size for entry in place.iterdir() if entry.is_file())
    return Installed(place, size, shared, broken_file(place))


def broken_file(place: Path) -> str:
    """The first file of the model in ``place`` that is missing or altered, empty when it is whole."""
    try:
        told = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        hashes = {name: told["files"][name] for name in _FILES}
        if told["model"] != MODEL_ID:
            return MANIFEST
    except (OSError, ValueError, KeyError, TypeError):
        return MANIFEST
    return next((name for name, wanted in hashes.items() if _hash_of(place / name) != wanted), "")


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def put(place: Path, write: Callable[[Path], None], source: str) -> None:
    """Let ``write`` fill a folder, add its manifest, and make it ``place`` in one step: whole, or not at all.

    What an earlier run that was killed left beside it is cleared.

    Raises:
        OutsideError: ``models.cannot_write``; nothing is left behind.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _clear(place.parent)
        with tempfile.TemporaryDirectory(prefix=_BEGUN, dir=place.parent, ignore_cleanup_errors=True) as begun:
            made = Path(begun) / place.name
            made.mkdir()
            write(made)
            told = {"model": MODEL_ID, "source": source, "files": {name: _hash_of(made / name) for name in _FILES}}
            (made / MANIFEST).write_text(json.dumps(told, indent=1), encoding="utf-8")
            if place.exists():
                place.replace(Path(begun) / "old")
            made.replace(place)
    except OSError as error:
        raise OutsideError("models.cannot_write", path=str(place), why=error.strerror or str(error)) from error


_BEGUN = ".begun-"
#: Seconds after which nobody works in a folder any more.
ABANDONED = 3_600


def _clear(parent: Path) -> None:
    """Sweep what a run that was killed left; what is young may be another run's, at work."""
    for left in parent.glob(f"{_BEGUN}*"):
        if time.time() - left.stat().st_mtime > ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def remove(place: Path) -> bool:
    """Forget the model in ``place``. True when there was one.

    Raises:
        OutsideError: ``models.cannot_write``.
    """
    if not place.is_dir():
        return False
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise OutsideError("models.cannot_write", path=str(place), why=error.strerror or str(error)) from error
    return True
