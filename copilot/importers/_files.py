"""Reading a file a person names: checked before it is read, every refusal in its own words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from copilot.errors import OutsideError, UserError


def read_capped(path: Path, *, area: str, max_bytes: int) -> bytes:
    """The bytes of ``path``, at most ``max_bytes``.

    Raises:
        UserError: ``<area>.missing``, ``<area>.is_folder``, ``<area>.unreadable``, ``<area>.too_large``.
        OutsideError: ``<area>.disk`` when the disk itself fails.
    """
    name = path.name or str(path)
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > max_bytes:
                raise _too_large(area, name, size, max_bytes)
            return read_stream(stream, name, area=area, max_bytes=max_bytes)
    except IsADirectoryError as error:
        raise UserError(f"{area}.is_folder", name=name) from error
    except PermissionError as error:
        # Windows answers "permission denied" when a folder is opened as a file.
        kind = "is_folder" if path.is_dir() else "unreadable"
        raise UserError(f"{area}.{kind}", name=name) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError(f"{area}.missing", name=name) from error
    except OSError as error:
        raise OutsideError(f"{area}.disk", name=name, why=error.strerror or str(error)) from error


def read_stream(stream: BinaryIO, name: str, *, area: str, max_bytes: int) -> bytes:
    """Everything in ``stream``, refused as soon as it passes ``max_bytes``."""
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise _too_large(area, name, len(content), max_bytes)
    return content


def _too_large(area: str, name: str, size: int, max_bytes: int) -> UserError:
    return UserError(f"{area}.too_large", name=name, size_mb=round(size / 1e6, 1), max_mb=max_bytes // 1_000_000)
