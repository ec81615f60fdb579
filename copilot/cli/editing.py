"""Where an edited text comes from: an option, a file, or the person's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from copilot.cli.files import read_text
from copilot.errors import OutsideError, UsageError


def edited_text(before: str, text: str | None, file: str, *, ask_editor: bool) -> str | None:
    """The new text; None when only something else changes.

    Raises:
        UsageError: ``usage.no_edit`` when nothing says what to change and there is no editor.
        OutsideError: ``editor.failed``; the item is as it was.
    """
    if text is not None:
        return text
    if file:
        return read_text(file).removesuffix("\n")
    if not ask_editor:
        return None
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError("usage.no_edit", command="replique item edit")
    return _from_editor(editor, before)


def _from_editor(editor: str, before: str) -> str:
    with tempfile.TemporaryDirectory(prefix="replique-") as folder:
        path = Path(folder) / "texte.md"
        path.write_text(before + "\n", encoding="utf-8", newline="\n")
        try:
            # The editor is the person's own command; the file name is ours.
            done = subprocess.run([*shlex.split(editor, posix=sys.platform != "win32"), str(path)], check=False)
        except OSError as error:
            raise OutsideError("editor.failed", name=editor, why=error.strerror or str(error)) from error
        if done.returncode:
            raise OutsideError("editor.failed", name=editor, why=str(done.returncode))
        return read_text(str(path)).removesuffix("\n")
