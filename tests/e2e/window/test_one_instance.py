"""Starts that meet something in their way: another instance, a profile that cannot be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.i18n import Translator
from tests.e2e.window.screen import ROOT, Seat, Window, until


def started(seat: Seat, profile: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "copilot", "--ui-lang", "fr", "--profile", str(profile)],
        cwd=ROOT,
        env=seat.environment,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_second_start_ends_and_leaves_one_window(start: Callable[..., Window], seat: Seat, profile: Path) -> None:
    window = start()
    seat.settled()
    second = started(seat, profile)
    told = second.communicate(timeout=20)[1]
    assert (second.returncode, told) == (0, "")
    assert seat.windows("Réplique") == [window.id]
    assert window.close() == 0


@pytest.mark.slow
def test_a_profile_that_is_a_file_is_said_in_a_window(seat: Seat, tmp_path: Path) -> None:
    taken = tmp_path / "pris"
    taken.write_text("un fichier", encoding="utf-8")
    process = started(seat, taken)
    try:
        title = Translator("fr")("ui.trouble.title")
        said = until(lambda: (seat.windows(title) or [""])[0], "the sentence")
        seat.xdotool("windowfocus", "--sync", said)
        seat.xdotool("key", "Return")
        process.wait(30)
    finally:
        process.kill()
        _out, told = process.communicate()
    assert process.returncode == 3
    assert str(taken) in told
    assert "Traceback" not in told
