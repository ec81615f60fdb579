"""Files named on the command line."""

from __future__ import annotations

from pathlib import Path

from copilot.cli.session import stdin_bytes
from copilot.errors import OutsideError, UserError

#: The largest text file the command line reads whole (brands, edited texts), in bytes.
MOST_BYTES = 1_000_000


def read_brief_argument(name: str) -> tuple[str, str]:
    """The text of the brief ``name`` (``-`` is the standard input) and its shown name.

    Raises:
        UserError: ``brief.*``.
    """
    from copilot.importers.briefs import load_brief, load_brief_file

    if name == "-":
        return load_brief(stdin_bytes().read(), "-")[0], ""
    path = Path(name)
    return load_brief_file(path)[0], path.name


def read_bytes(name: str, most: int) -> bytes:
    """The bytes of a file, or of the standard input for ``-``; at most ``most``.

    Raises:
        UserError: ``file.missing``, ``file.is_folder``, ``file.too_large``.
        OutsideError: ``file.unreadable``.
    """
    if name == "-":
        content = stdin_bytes().read(most + 1)
    else:
        path = Path(name)
        try:
            if path.is_dir():
                raise UserError("file.is_folder", path=name)
            with path.open("rb") as file:
                content = file.read(most + 1)
        except FileNotFoundError as error:
            raise UserError("file.missing", path=name) from error
        except OSError as error:
            raise OutsideError("file.unreadable", path=name, why=error.strerror or str(error)) from error
    if len(content) > most:
        raise UserError("file.too_large", path=name, most=most // 1_000_000)
    return content


def read_text(name: str, most: int = MOST_BYTES) -> str:
    """A UTF-8 text file, or the standard input for ``-``.

    Raises:
        UserError: as :func:`read_bytes`, or ``file.not_utf8``.
    """
    try:
        return read_bytes(name, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file.not_utf8", path=name) from error


def write_new(name: str, text: str) -> Path:
    """Write ``text`` to a file that must not exist yet.

    Raises:
        UserError: ``file.exists``; what was there is untouched.
        OutsideError: ``file.cannot_write``.
    """
    path = Path(name)
    if path.exists():
        raise UserError("file.exists", path=name)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutsideError("file.cannot_write", path=name, why=error.strerror or str(error)) from error
    return path
