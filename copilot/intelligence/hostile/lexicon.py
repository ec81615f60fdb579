"""The words and turns of phrase of orders to a machine: ``assets/lexicons/hostile.toml``, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from copilot import paths


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The file as it is: ``kinds``, ``parts``, ``letters``, ``plain``."""
    path = paths.assets_dir() / "lexicons" / "hostile.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
