"""Suggestions for a word: the near ones at once, then those of a process that is ended when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from typing import Any

from copilot.text.spelling._child import child_command

logger = logging.getLogger("replique.spelling")

#: Seconds to end by itself once its input is closed, before it is killed.
STOP_SECONDS = 2.0
#: ``CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP`` of Windows.
_NO_WINDOW_OWN_GROUP = 0x08000000 | 0x00000200


class Suggester:
    """The process and who speaks to it. Belongs to one event loop; started at the first question."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._turn = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._loaded: set[str] = set()
        self._asked = 0

    @property
    def pid(self) -> int | None:
        """The process that answers, None when there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    async def suggestions(self, word: str, language: str, seconds: float) -> tuple[str, ...]:
        """What the dictionary of ``language`` suggests within ``seconds``, best first.

        Time runs out while the dictionary is read: nothing, and the process goes on reading. While it looks for the
        word: what it found so far, and it is ended; the next question starts another.
        """
        found: list[str] = []
        with contextlib.suppress(TimeoutError, OSError):
            async with asyncio.timeout(seconds), self._turn:
                await self._collect(word, language, found)
        return tuple(found)

    async def _collect(self, word: str, language: str, found: list[str]) -> None:
        self._start_if_gone()
        if not await self._is_loaded(language):
            return
        self._asked += 1
        number = self._asked
        self._tell({"word": word, "language": language, "id": number})
        try:
            while (answer := await self._answers.get()) is not None:
                if answer.get("id") == number:
                    if "word" not in answer:
                        return
                    found.append(answer["word"])
        except asyncio.CancelledError:
            self._kill()
            raise
        self._kill()

    async def _is_loaded(self, language: str) -> bool:
        if language not in self._loaded:
            self._tell({"load": language})
        while language not in self._loaded:
            answer = await self._answers.get()
            if answer is None:
                logger.warning("the spelling process ended")
                self._kill()
                return False
            if "loaded" in answer:
                self._loaded.add(answer["loaded"])
        return True

    def _start_if_gone(self) -> None:
        if self.pid is not None:
            return
        self._kill()
        self._answers = asyncio.Queue()
        windows = sys.platform == "win32"
        self._process = subprocess.Popen(
            child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if not name.startswith("REPLIQUE_SECRET_")},
            start_new_session=not windows,
            creationflags=_NO_WINDOW_OWN_GROUP if windows else 0,
        )
        arguments = (self._process, asyncio.get_running_loop(), self._answers)
        # A thread of our own: those of the event loop are waited for when it ends.
        threading.Thread(target=_pump, args=arguments, name="spelling-answers", daemon=True).start()

    def _tell(self, question: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        self._process.stdin.flush()

    def _kill(self) -> None:
        process, self._process = self._process, None
        self._loaded.clear()
        if process is not None:
            process.kill()
            _end(process)

    def close(self) -> None:
        """End the process. The next question would start another."""
        process, self._process = self._process, None
        self._loaded.clear()
        if process is not None:
            _end(process)


def _pump(
    process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop, answers: asyncio.Queue[dict[str, Any] | None]
) -> None:
    """Hand over each line the process says, then None."""
    assert process.stdout is not None
    # The event loop may be closed before the process is.
    with contextlib.suppress(RuntimeError), process.stdout as said:
        for line in said:
            loop.call_soon_threadsafe(answers.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(answers.put_nowait, None)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
