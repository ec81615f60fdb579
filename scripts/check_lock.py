"""The lock fits pyproject.toml: every requirement met, every version hashed, no address anywhere.

Where a package index answers (always in CI), the lock is also resolved again and must come out the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
COMPILE = [
    "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--all-extras", "--universal",
    "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header",
    "--no-emit-index-url", "--no-emit-find-links", "--quiet",
]  # fmt: skip


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for extra in project["project"]["optional-dependencies"].values():
        asked += extra
    return [Requirement(line) for line in asked]


def problems() -> list[str]:
    """What is wrong with the lock as a file."""
    text = LOCK.read_text(encoding="utf-8")
    found = ["an address"] if re.search(r"https?://|file:|--index|--find-links", text) else []
    entries = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)([^\n]*)((?:\n    --hash=\S+(?: \\)?)*)", text, re.M
    )
    locked: dict[str, list[str]] = {}
    for name, version, _rest, hashes in entries:
        locked.setdefault(canonicalize_name(name), []).append(version)
        if "sha256:" not in hashes:
            found.append(f"{name} has no hash")
    for requirement in wanted():
        versions = locked.get(canonicalize_name(requirement.name), [])
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            found.append(f"{requirement} is not met by {versions or 'nothing'}")
    return found


def resolved_again() -> str | None:
    """The lock resolved anew with its own versions as a preference; None where no index answers."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "requirements.lock"
        shutil.copy(LOCK, out)
        done = subprocess.run([*COMPILE, "-o", str(out)], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            if os.environ.get("CI"):
                sys.exit(f"the lock cannot be resolved:\n{done.stderr}")
            return None
        return out.read_text(encoding="utf-8")


def main() -> None:
    """Say what is wrong and leave with 1, or with 0."""
    found = problems()
    again = resolved_again()
    if again is not None and again != LOCK.read_text(encoding="utf-8"):
        found.append("stale: run " + " ".join([*COMPILE, "-o", "requirements.lock"]))
    for line in found:
        print(f"requirements.lock: {line}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
