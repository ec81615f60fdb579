"""A display of our own, a window on it, and hands to use them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[3]
#: Seconds between two looks, and the longest wait for one thing.
LOOK, LONGEST = 0.05, 30.0

T = TypeVar("T")

_OWNER = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv)
app.clipboard().setText(sys.stdin.read())
app.clipboard().dataChanged.connect(app.quit)
print("ready", flush=True)
app.exec()
"""

_LOOK_UNTIL_STILL = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv)
app.styleHints().setCursorFlashTime(0)
seen = []
def look():
    seen.append(app.primaryScreen().grabWindow(0).toImage())
    if len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]:
        app.quit()
timer = QTimer(interval=110, timeout=look)
timer.start()
app.exec()
"""


class NotSeen(AssertionError):
    """What was waited for did not come."""


def until(look: Callable[[], T | None], what: str, seconds: float = LONGEST) -> T:
    """The first value of ``look`` that is true; looked for again and again, without spinning."""
    pause = threading.Event()
    for _ in range(round(seconds / LOOK)):
        if found := look():
            return found
        pause.wait(LOOK)
    raise NotSeen(f"not within {seconds:.0f} s: {what}")


@contextmanager
def display() -> Iterator[str]:
    """A display that nobody else uses, as ``DISPLAY`` names it."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(30)


class Seat:
    """Keyboard, mouse, clipboard and camera at a display."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        self.environment.pop("WAYLAND_DISPLAY", None)

    def xdotool(self, *words: str, check: bool = True) -> str:
        """Run one xdotool command; its answer."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20, check=False
        )
        assert done.returncode == 0 or not check, f"xdotool {words}: {done.stderr}"
        return done.stdout.strip()

    def windows(self, title: str) -> list[str]:
        """Ids of the visible windows whose title is ``title``."""
        return self.xdotool("search", "--onlyvisible", "--name", f"^{title}$", check=False).split()

    @contextmanager
    def clipboard(self, text: str) -> Iterator[None]:
        """Another program that copied ``text``."""
        with subprocess.Popen(
            [sys.executable, "-c", _OWNER], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as owner:
            assert owner.stdin
            assert owner.stdout
            owner.stdin.write(text.encode())
            owner.stdin.close()
            assert owner.stdout.readline().strip() == b"ready"
            try:
                yield
            finally:
                owner.kill()

    def settled(self) -> None:
        """Wait until nothing moves on the display any more: three looks in a row show the same."""
        subprocess.run([sys.executable, "-c", _LOOK_UNTIL_STILL], env=self.environment, timeout=30, check=True)

    def shoot(self, path: Path) -> None:
        """A picture of the whole display."""
        code = (
            "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication(sys.argv[:1]); "
            "app.primaryScreen().grabWindow(0).save(sys.argv[1])"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], env=self.environment, timeout=20, check=False)


class Window:
    """``replique --profile PROFILE``, started as a person does, and used by keys and mouse only."""

    def __init__(self, seat: Seat, profile: Path, *options: str) -> None:
        self.seat = seat
        self.profile = profile
        self.process = subprocess.Popen(
            [sys.executable, "-m", "copilot", "--profile", str(profile), *options],
            cwd=ROOT,
            env=seat.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.id = until(self._found, "the window")
        self.focus(self.id)

    def _found(self) -> str:
        assert self.process.poll() is None, f"the window ended by itself: {self.process.communicate()[1]}"
        return (self.seat.windows("Réplique") or [""])[0]

    def idle(self) -> None:
        """Wait until the window has nothing left to do: what was typed was read, and what came of it is shown."""
        before, quiet, pause = self._worked(), 0, threading.Event()
        for _ in range(round(2 * LONGEST / 0.1)):
            pause.wait(0.1)
            now = self._worked()
            # A blinking cursor is drawn now and then: one tick.
            quiet = quiet + 1 if now - before <= 1 else 0
            before = now
            if quiet == 8:
                return
        raise NotSeen("the window at rest")

    def _worked(self) -> int:
        """Time the window's threads have run or waited for a processor, in hundredths of a second.

        Who waits for a processor has something left to do (proc(5): schedstat, the first two figures, nanoseconds).
        """
        told = 0
        for one in Path(f"/proc/{self.process.pid}/task").iterdir():
            # A thread may end meanwhile.
            with suppress(OSError):
                ran, waited, _slices = (one / "schedstat").read_text(encoding="ascii").split()
                told += int(ran) + int(waited)
        return told // 10_000_000

    def focus(self, window: str) -> None:
        """Give the keyboard to a window: this display has no window manager to do it."""
        self.seat.xdotool("windowfocus", "--sync", window)

    def dialog(self, title: str) -> str:
        """Wait for the dialog of this title, all it has to show included, and give it the keyboard; its id."""
        found = until(lambda: (self.seat.windows(title) or [""])[0], f"the dialog “{title}”")
        self.focus(found)
        self.idle()
        return found

    def open_dialog(self, title: str, *keys: str) -> str:
        """Press ``keys`` until the dialog of this title is there; give it the keyboard; its id."""
        found = self.press_until(lambda: (self.seat.windows(title) or [""])[0], f"the dialog “{title}”", *keys)
        self.focus(found)
        self.idle()
        return found

    def gone(self, window: str) -> None:
        """Wait until a dialog is closed; the keyboard goes back to the window."""
        until(lambda: window not in self.seat.xdotool("search", "--onlyvisible", "", check=False).split(), "its end")
        self.focus(self.id)

    def press(self, *keys: str) -> None:
        """Press key combinations, one after the other (``ctrl+Return``)."""
        self.seat.xdotool("key", "--clearmodifiers", "--delay", "25", *keys)

    def press_until(self, look: Callable[[], T | None], what: str, *keys: str) -> T:
        """Press ``keys`` and look; press them again when nothing came of it, as what they act on may be coming."""
        for _ in range(10):
            self.press(*keys)
            with suppress(NotSeen):
                return until(look, what, 1.5)
        raise NotSeen(what)

    def type(self, text: str) -> None:
        """Type plain letters."""
        assert text.isascii()
        self.seat.xdotool("type", "--clearmodifiers", "--delay", "8", text)

    def paste_at(self, across: float, down: float, text: str, arrived: Callable[[], bool]) -> None:
        """Copy ``text`` in another program, click into an editor and put it in place of all that is there.

        Tried again as a person would: the screen may still be coming.
        """
        with self.seat.clipboard(text):
            for _ in range(6):
                self.click(across, down)
                self.press("ctrl+a", "ctrl+v")
                # A clipboard belongs to a program: it lives until the window asked it for its text.
                with suppress(NotSeen):
                    until(arrived, "what was pasted", 2.5)
                    return
            raise NotSeen("what was pasted")

    def click(self, across: float, down: float, window: str = "") -> None:
        """Click at a share of the width and the height."""
        shape = dict(
            line.split("=")
            for line in self.seat.xdotool("getwindowgeometry", "--shell", window or self.id).splitlines()
        )
        x = int(shape["X"]) + round(int(shape["WIDTH"]) * across)
        y = int(shape["Y"]) + round(int(shape["HEIGHT"]) * down)
        self.seat.xdotool("mousemove", "--sync", str(x), str(y))
        self.seat.xdotool("click", "1")

    def close(self) -> int:
        """Ctrl+Q; the exit code."""
        self.focus(self.id)
        self.press("ctrl+q")
        code = self.process.wait(30)
        assert self.process.stderr
        told = self.process.stderr.read()
        self.process.stderr.close()
        assert told == "", told
        return code

    def end(self) -> None:
        """After a failure: no process stays."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)
        if self.process.stderr:
            self.process.stderr.close()


def settings_of(profile: Path, **values: object) -> None:
    """Write the settings of a profile."""
    told = {"form": 1, "language": "fr", "author": "Nora", "first_run_done": True, **values}
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "settings.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def has_display() -> bool:
    """True where the tools of these tests are installed."""
    return bool(shutil.which("Xvfb") and shutil.which("xdotool"))
