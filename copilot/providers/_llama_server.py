"""Owns the process of a local model: starts it when needed, once for all callers, and never leaves it behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from copilot.errors import OutsideError
from copilot.providers import _gguf
from copilot.providers._llama_child import child_command

logger = logging.getLogger("replique.providers")

#: Seconds an idle or busy server may take to say it is there. Its HTTP side answers while it generates.
HEALTH_SECONDS = 5.0
#: Seconds to end by itself once its input is closed, before it is killed.
STOP_SECONDS = 2.0
#: ``CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP`` of Windows.
_NO_WINDOW_OWN_GROUP = 0x08000000 | 0x00000200


@dataclass(frozen=True, slots=True)
class Spec:
    """What to run: the file, tokens of context of each slot, answers at once, threads (0: the library chooses)."""

    path: Path
    context: int
    slots: int
    threads: int

    @property
    def model(self) -> str:
        """The model's name: the file's, without its extension."""
        return self.path.stem


@dataclass(eq=False, slots=True)
class Running:
    """A process that answers."""

    process: subprocess.Popen[bytes]
    port: int
    key: str = field(repr=False)
    doubtful: bool = False

    @property
    def base_url(self) -> str:
        """Where it speaks the OpenAI protocol."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def alive(self) -> bool:
        """True while the process exists."""
        return self.process.poll() is None


class LlamaServer:
    """One model's process. Belongs to one event loop."""

    def __init__(self, spec: Spec, start_seconds: float) -> None:
        self.spec = spec
        self._start_seconds = start_seconds
        self._running: Running | None = None
        self._starting: asyncio.Task[Running] | None = None
        self._closed = False

    async def running(self) -> Running:
        """The process, started when there is none; calls at the same time share one start.

        A process that crashed, or whose last call ended badly and that says nothing when asked, is replaced.

        Raises:
            UserError: ``provider.local_missing``, ``provider.local_not_gguf``, ``provider.local_cut``,
                ``provider.local_memory``.
            OutsideError: ``provider.local_unreadable``, ``provider.local_start``,
                ``provider.local_start_timeout``, ``provider.local_died`` when it is being closed.
        """
        now = self._running
        if now is not None and now.alive and not now.doubtful:
            return now
        if self._closed:
            raise OutsideError("provider.local_died", model=self.spec.model)
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._replace())
        # A caller that gives up does not stop the start the others wait for.
        return await asyncio.shield(self._starting)

    def doubt(self, running: Running) -> None:
        """A call ended badly: ask whether it still answers before the next one."""
        running.doubtful = True

    async def discard(self, running: Running) -> None:
        """End a process that failed; nothing happens when another took its place already."""
        if self._running is running:
            self._running = None
        await _end(running.process, patient=False)

    async def aclose(self) -> None:
        """End the process, and any start under way. Nothing is started after."""
        self._closed = True
        if self._starting is not None:
            self._starting.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._starting
        if self._running is not None:
            running, self._running = self._running, None
            await _end(running.process, patient=True)

    async def _replace(self) -> Running:
        now = self._running
        if now is not None:
            if now.alive and await _is_well(now.port):
                now.doubtful = False
                return now
            logger.warning("the local model's process %s", "does not answer" if now.alive else "ended")
            await self.discard(now)
        self._running = await self._start()
        return self._running

    async def _start(self) -> Running:
        await asyncio.to_thread(_gguf.check, self.spec.path)
        key = secrets.token_urlsafe(32)
        # Here and not in a thread: on Linux the child dies with the thread that started it.
        process = _launch()
        try:
            async with asyncio.timeout(self._start_seconds):
                _ask(process, self.spec, key)
                port = await _port(process, self.spec)
                if not await _is_well(port):
                    raise OutsideError("provider.local_start", model=self.spec.model)
        except TimeoutError:
            await _end(process, patient=False)
            raise OutsideError(
                "provider.local_start_timeout", model=self.spec.model, count=round(self._start_seconds)
            ) from None
        except BaseException:
            await _end(process, patient=False)
            raise
        return Running(process, port, key)


def _launch() -> subprocess.Popen[bytes]:
    """The child, out of reach of the terminal's Ctrl-C, without our secrets in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REPLIQUE_SECRET_")}
    windows = sys.platform == "win32"
    return subprocess.Popen(
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=not windows,
        creationflags=_NO_WINDOW_OWN_GROUP if windows else 0,
    )


def _ask(process: subprocess.Popen[bytes], spec: Spec, key: str) -> None:
    asked = {
        "path": str(spec.path),
        "model": spec.model,
        "context": spec.context,
        "slots": spec.slots,
        "threads": spec.threads,
        "key": key,
        "parent": os.getpid(),
    }
    assert process.stdin is not None
    # A child that is gone already is noticed when it says nothing.
    with contextlib.suppress(OSError):
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()


async def _port(process: subprocess.Popen[bytes], spec: Spec) -> int:
    """The port the child says it listens on."""
    assert process.stdout is not None
    line = await asyncio.to_thread(process.stdout.readline)
    try:
        return int(json.loads(line)["port"])
    except (ValueError, KeyError, TypeError):
        raise OutsideError("provider.local_start", model=spec.model) from None


async def _is_well(port: int) -> bool:
    """True when the server answers 200 to ``/health`` in time."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                await writer.drain()
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return False


async def _end(process: subprocess.Popen[bytes], *, patient: bool) -> None:
    """End a process and wait for it: by closing its input when ``patient``, else at once."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        if not patient:
            process.kill()
        await asyncio.shield(asyncio.to_thread(_wait_or_kill, process))
    finally:
        process.stdout.close()


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
