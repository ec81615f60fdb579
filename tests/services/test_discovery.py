"""Model servers of this machine are found by asking real loopback servers, some of them hostile."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from copilot.providers import openai_compatible
from copilot.providers._fields import checked
from copilot.providers._probe import LARGEST
from copilot.services.discovery import PLACES, FoundServer, Place, find_local

Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]
MODELS = json.dumps({"object": "list", "data": [{"id": "gemma3:1b"}, {"id": "qwen2.5:7b"}]}).encode()


@asynccontextmanager
async def served(answer: Answer, asked: list[str] | None = None) -> AsyncIterator[int]:
    """The port of a server that gives ``answer`` to each request, named by its first line and headers."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            if asked is not None:
                asked.append(request)
            await answer(request, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def reply(body: bytes, *, status: str = "200 OK", kind: str = "application/json", more: str = "") -> Answer:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{more}\r\n".encode()

    async def answer(_request: str, writer: asyncio.StreamWriter) -> None:
        writer.write(head + body)

    return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


async def test_a_server_and_its_models_are_found() -> None:
    asked: list[str] = []
    async with served(reply(MODELS), asked) as port:
        found = await find_local(5, places=[Place("LM Studio", port, "lmstudio")])
    assert found == (FoundServer("LM Studio", f"http://127.0.0.1:{port}/v1", ("gemma3:1b", "qwen2.5:7b"), "lmstudio"),)
    assert [one.split("\r\n")[0] for one in asked] == ["GET /v1/models HTTP/1.1"]
    assert "authorization" not in asked[0].lower()


async def test_an_old_ollama_is_asked_in_its_own_way() -> None:
    async def answer(request: str, writer: asyncio.StreamWriter) -> None:
        old = reply(json.dumps({"models": [{"name": "mistral:7b"}]}).encode())
        await (old if "/api/tags" in request else reply(b"404", status="404 Not Found"))(request, writer)

    async with served(answer) as port:
        found = await find_local(5, places=[Place("Ollama", port, "ollama"), Place("vLLM", port, "vllm")])
    assert [(one.label, one.models) for one in found] == [("Ollama", ("mistral:7b",))]


async def test_a_program_that_says_who_it_is_is_believed() -> None:
    body = json.dumps({"data": [{"id": "m.gguf", "owned_by": "llamacpp"}]}).encode()
    async with served(reply(body)) as port:
        found = await find_local(5, places=[Place("vLLM", port, "vllm")])
    assert [(one.label, one.preset) for one in found] == [("llama.cpp", "other")]


async def test_models_that_cannot_write_here_are_left_out() -> None:
    names = ["nomic-embed-text:latest", "gpt-oss:120b-cloud", "kimi:cloud", "bge-reranker", "mistral:7b"]
    async with served(reply(json.dumps({"data": [{"id": name} for name in names]}).encode())) as port:
        found = await find_local(5, places=[Place("Ollama", port, "ollama")])
    assert [one.models for one in found] == [("mistral:7b",)]


async def test_a_server_without_a_model_is_told_as_such() -> None:
    async with served(reply(b'{"object": "list", "data": []}')) as port:
        found = await find_local(5, places=[Place("Ollama", port, "ollama")])
    assert [one.models for one in found] == [()]


async def _hang(_request: str, _writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _drip(_request: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.Event().wait()


SILENT = json.dumps({"data": [{"id": name} for name in ("\u0000", "a\nb", "", " x", "z" * 201, 7, None, "\u202eok")]})
NOT_SERVERS = {
    "a page": reply(b"<html><body>Bonjour</body></html>", kind="text/html"),
    "a page that claims to be JSON": reply(b"<html>"),
    "JSON of something else": reply(b'{"status": "ok"}'),
    "a list": reply(b"[1, 2]"),
    "a list of something else": reply(b'{"data": [1, "two", null]}'),
    "data that is no list": reply(b'{"data": {"id": "x"}}'),
    "too deep": reply(b"[" * 100_000),
    "not UTF-8": reply(b'{"data": [{"id": "\xff\xfe"}]}'),
    "empty": reply(b""),
    "a key is asked": reply(b"{}", status="401 Unauthorized"),
    "an error": reply(MODELS, status="500 Oops"),
    "squeezed": reply(gzip.compress(MODELS), more="content-encoding: gzip\r\n"),
    "not HTTP": lambda request, writer: _raw(writer, b"\x00\xff SSH-2.0-OpenSSH\r\n"),
    "cut": lambda request, writer: _raw(writer, b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"),
    "nothing": lambda request, writer: _raw(writer, b""),
    "endless headers": lambda request, writer: _raw(writer, b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000),
}


async def _raw(writer: asyncio.StreamWriter, content: bytes) -> None:
    writer.write(content)


@pytest.mark.parametrize("name", NOT_SERVERS)
async def test_what_is_no_model_server_is_left_out(name: str) -> None:
    async with served(NOT_SERVERS[name]) as port:
        assert await find_local(5, places=[Place("Ollama", port, "ollama")]) == ()


async def test_names_that_no_screen_could_show_are_left_out() -> None:
    async with served(reply(SILENT.encode())) as port:
        found = await find_local(5, places=[Place("Ollama", port)])
    assert [one.models for one in found] == [()]


async def test_a_closed_port_is_left_out() -> None:
    assert await find_local(5, places=[Place("Ollama", free_port(), "ollama")]) == ()


@pytest.mark.parametrize("slow", [_hang, _drip])
async def test_one_that_is_slow_costs_the_timeout_and_hides_no_other(slow: Answer) -> None:
    async with served(slow) as slow_port, served(reply(MODELS)) as port:
        places = [Place("Jan", slow_port), Place("Ollama", port, "ollama"), Place("vLLM", slow_port, "vllm")]
        async with asyncio.timeout(20):
            found = await find_local(0.6, places=places)
    assert [one.label for one in found] == ["Ollama"]


async def test_a_body_of_a_gigabyte_is_left_at_once() -> None:
    sent = 0

    async def endless(_request: str, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
        while sent < 1024**3:
            writer.write(b" " * 65536)
            sent += 65536
            await writer.drain()

    async with served(endless) as port:
        assert await find_local(20, places=[Place("vLLM", port, "vllm")]) == ()
    # What the system buffers between both ends comes on top of what is read.
    assert LARGEST < sent < 64 * 1024**2


async def test_a_redirection_is_not_followed() -> None:
    asked: list[str] = []
    async with served(reply(MODELS), asked) as other:
        elsewhere = reply(b"", status="302 Found", more=f"location: http://127.0.0.1:{other}/v1/models\r\n")
        async with served(elsewhere) as port:
            assert await find_local(5, places=[Place("vLLM", port, "vllm")]) == ()
    assert asked == []


async def test_a_proxy_of_the_environment_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    async with served(reply(b"{}"), seen) as proxy, served(reply(MODELS)) as port:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        found = await find_local(5, places=[Place("Ollama", port, "ollama")])
    assert len(found) == 1
    assert seen == []


@pytest.mark.parametrize("model", ["gemma3:1b", "org/Model-Name.Q4_K_M.gguf", "é" * 80, "…"])
def test_a_found_model_is_a_source_that_can_be_added(model: str) -> None:
    source = FoundServer("LM Studio", "http://127.0.0.1:1234/v1", (model,), "lmstudio").as_provider(model)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", source.id)
    assert checked(openai_compatible.FIELDS, source.values)["model"] == model
    assert openai_compatible.address(source.values) == "http://127.0.0.1:1234/v1"
    assert not openai_compatible.REMOTE(source.values)


def test_every_known_place_is_a_source_that_can_be_added() -> None:
    for place in PLACES:
        server = FoundServer(place.label, f"http://127.0.0.1:{place.port}/v1", ("m",), place.preset)
        assert checked(openai_compatible.FIELDS, server.as_provider("m").values)["preset"] == place.preset
