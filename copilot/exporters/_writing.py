"""Writes exported files: all or none, never half a file, never over another one by accident."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from copilot.errors import OutsideError, UserError
from copilot.exporters._rows import ExportFile

_DISK_FULL = frozenset(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))
_READ_ONLY = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


def target_paths(files: Sequence[ExportFile], out: Path) -> list[Path]:
    """Where each file goes: ``out`` itself, its stem with the file's suffix, or a name inside a folder."""
    if out.is_dir():
        return [out / f"replique{file.name_suffix}{file.extension}" for file in files]
    return [out.with_name(f"{out.stem}{file.name_suffix}{out.suffix}") for file in files]


def write_files(files: Sequence[ExportFile], out: Path, *, overwrite: bool = False) -> list[Path]:
    """Write every file, or none and leave what was there. Missing folders are made.

    A file that already holds the very same bytes is left alone.

    Raises:
        UserError: ``export.exists`` for another file of that name without ``overwrite``,
            ``export.not_a_file`` when the name is that of something else.
        OutsideError: ``export.disk_full``, ``export.disk_read_only``, ``export.disk_failed``.
    """
    paths = target_paths(files, out)
    try:
        waiting = [(path, file) for path, file in zip(paths, files, strict=True) if not _holds(path, file, overwrite)]
        _write_all(waiting)
    except OSError as error:
        raise _outside(error, out) from error
    return paths


def _holds(path: Path, file: ExportFile, overwrite: bool) -> bool:
    """True when ``path`` already holds the bytes of ``file``."""
    if not os.path.lexists(path):
        return False
    if path.exists() and not path.is_file():
        raise UserError("export.not_a_file", path=str(path))
    if path.is_file() and path.stat().st_size == len(file.content) and path.read_bytes() == file.content:
        return True
    if not overwrite:
        raise UserError("export.exists", path=str(path))
    return False


def _write_all(waiting: Sequence[tuple[Path, ExportFile]]) -> None:
    staged: list[tuple[Path, Path]] = []
    try:
        for path, file in waiting:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = _beside(path, "new")
            staged.append((beside, path))
            _write(beside, file.content)
        _put_in_place(staged)
    finally:
        for beside, _ in staged:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _put_in_place(staged: Sequence[tuple[Path, Path]]) -> None:
    """Rename each finished file to its name; when one cannot be, put back what was there."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for beside, path in staged:
            # A lone file needs no copy of the old one: its rename happens or does not.
            kept = _kept(path) if len(staged) > 1 and path.exists() else None
            done.append((path, kept))
            beside.replace(path)
    except OSError:
        for path, kept in reversed(done):
            with contextlib.suppress(OSError):
                _undo(path, kept, is_lone=len(staged) == 1)
        raise
    for path, kept in done:
        with contextlib.suppress(OSError):
            if kept:
                kept.unlink()
        _sync_folder(path.parent)


def _kept(path: Path) -> Path:
    """A second name for what is there, or a copy where the file system has no such thing."""
    kept = _beside(path, "old")
    try:
        kept.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, kept)
    return kept


def _undo(path: Path, kept: Path | None, *, is_lone: bool) -> None:
    if kept:
        kept.replace(path)
    elif not is_lone:
        path.unlink(missing_ok=True)


def _beside(path: Path, role: str) -> Path:
    """A hidden name in the same folder, so that a rename never crosses a disk."""
    return path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.{role}")


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renames last through a power cut, where the system can."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _outside(error: OSError, out: Path) -> OutsideError:
    why = error.strerror or str(error)
    if error.errno in _DISK_FULL:
        return OutsideError("export.disk_full", path=str(out), why=why)
    if error.errno in _READ_ONLY:
        return OutsideError("export.disk_read_only", path=str(out), why=why)
    return OutsideError("export.disk_failed", path=str(out), why=why)
