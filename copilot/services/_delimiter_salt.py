"""What the delimiters of untrusted blocks are drawn from: random, of this profile, never sent."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

LENGTH = 16


def salt_at(path: Path) -> bytes:
    """The salt in the file ``path``, made at the first call; one for this run only where nothing can be written."""
    try:
        kept = path.read_bytes()
        if len(kept) == LENGTH:
            return kept
        path.unlink()
    except OSError:
        pass
    fresh = secrets.token_bytes(LENGTH)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
    except OSError:
        return fresh
    return fresh
