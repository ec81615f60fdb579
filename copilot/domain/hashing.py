"""The hash of a text."""

from __future__ import annotations

import hashlib


def sha256_of(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of ``text``, in hex; half a surrogate pair counts as its own three bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
