"""A real HTTP server on loopback that speaks the OpenAI protocol, well or badly, as each test scripts it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """What to answer to one request: a stream of ``pieces``, unless a ``body`` is given.

    ``hang`` keeps the connection open after the pieces, ``drop`` breaks it there; ``finish`` is the last chunk's
    reason, None leaves it (and the end of the protocol) out.
    """

    pieces: Sequence[str] = ("Bon", "jour")
    finish: str | None = "stop"
    hang: bool = False
    drop: bool = False
    raw_event: str = ""
    refusal: str = ""
    status: int = 200
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON


def error(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message, "type": "t", "code": code}})
    return Reply(status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class Seen:
    """One request as it came, and whether the client has hung up since."""

    path: str
    headers: dict[str, str]
    body: Any
    raw: bytes = b""
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class FakeOpenAI:
    """Give it replies; the last one is repeated."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies) or [Reply()]
        self.seen: list[Seen] = []
        self.asked = asyncio.Event()
        self.connections = 0
        self.port = 0
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/v1"

    @property
    def last(self) -> Seen:
        return self.seen[-1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while seen := await self._request(reader):
                reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
                self.seen.append(seen)
                self.asked.set()
                if not await self._answer(reply, seen, reader, writer) or seen.headers["connection"] == "close":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            if self.seen:
                self.seen[-1].gone.set()
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _request(self, reader: asyncio.StreamReader) -> Seen | None:
        first = await reader.read(1)
        if first in (b"", b"\x16"):
            # Nobody, or the hello of a client that wants TLS.
            return None
        line = first + await reader.readline()
        headers: dict[str, str] = {}
        while (text := (await reader.readline()).decode().strip()) != "":
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        return Seen(line.decode().split()[1], headers, json.loads(content) if content else None, content)

    async def _answer(
        self, reply: Reply, seen: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """True when the connection can serve another request."""
        if reply.body is not None:
            content = reply.body.encode()
            self._head(writer, reply, {"content-type": reply.content_type, "content-length": str(len(content))})
            writer.write(content)
            await writer.drain()
            return True
        self._head(writer, reply, {"content-type": "text/event-stream", "transfer-encoding": "chunked"})
        for piece in reply.pieces:
            await self._event(writer, json.dumps(_chunk({"content": piece})))
        if reply.refusal:
            await self._event(writer, json.dumps(_chunk({"refusal": reply.refusal})))
        if reply.raw_event:
            await self._event(writer, reply.raw_event)
        if reply.drop:
            writer.transport.abort()
            return False
        if reply.hang:
            if not await reader.read(1):
                seen.gone.set()
            return False
        if reply.finish is not None:
            await self._event(writer, json.dumps(_chunk({}, reply.finish)))
            usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
            await self._event(writer, json.dumps({**_chunk({}), "choices": [], "usage": usage}))
            await self._event(writer, "[DONE]")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    def _head(self, writer: asyncio.StreamWriter, reply: Reply, headers: Mapping[str, str]) -> None:
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{k}: {v}" for k, v in {**headers, **reply.headers}.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def _event(self, writer: asyncio.StreamWriter, data: str) -> None:
        event = f"data: {data}\n\n".encode()
        writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
        await writer.drain()


def _chunk(delta: Mapping[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


@contextlib.asynccontextmanager
async def serving(*replies: Reply, tls: ssl.SSLContext | None = None) -> AsyncIterator[FakeOpenAI]:
    """A server for the time of a test."""
    fake = FakeOpenAI(*replies)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await fake._serve(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    fake.port = server.sockets[0].getsockname()[1]
    fake.scheme = "https" if tls else "http"
    try:
        yield fake
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
