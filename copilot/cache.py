"""Arrays that take long to make, kept in the cache folder or beside a model: nothing of anybody.

What is lost or damaged is made again.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from copilot.paths import cache_dir

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def kept_path(kind: str, fingerprint: str) -> Path:
    """Where arrays of a ``kind`` are kept; ``fingerprint`` changes with whatever they are made from."""
    return cache_dir() / f"{kind}-{fingerprint[:16]}.npz"


def kept_arrays(path: Path) -> Mapping[str, NDArray[Any]]:
    """The arrays kept in ``path`` by name; none when there are none, or they are damaged."""
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def fitting(kept: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> NDArray[np.float32] | None:
    """The array ``name`` of those ``kept``, as numbers; None when it is not there, or not what was kept."""
    import numpy as np

    found = kept[name].astype(np.float32) if name in kept else None
    return found if found is not None and found.shape == shape and bool(np.isfinite(found).all()) else None


def keep_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep ``arrays`` in ``path``, whole or not at all; others of the same kind go.

    Where that cannot be, they are made again at the next start.
    """
    import numpy as np

    kind = path.name.partition("-")[0]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Readable as other files are: a model may be there for everybody on the machine.
        making = path.with_name(f"{kind}-{secrets.token_hex(8)}.making")
        try:
            with making.open("xb") as file:
                np.savez(file, allow_pickle=False, **dict(arrays))
            making.replace(path)
        except OSError:
            making.unlink(missing_ok=True)
            raise
        # Of other versions, or begun by a process that was killed.
        for other in path.parent.glob(f"{kind}-*"):
            if other != path:
                other.unlink(missing_ok=True)
