"""A real GGUF model in its own process, through the product's own provider and service."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.domain.prompt import Prompt, Run
from copilot.errors import OutsideError
from copilot.providers import local, openai_compatible
from copilot.providers._llama_child import ARGUMENT, child_command, run_child_if_asked
from copilot.providers._llama_server import LlamaServer, Spec
from copilot.services.generation import (
    Chunk,
    Generation,
    GenerationFailure,
    GenerationRequest,
    GenerationResult,
    Source,
)
from tests.servers.models import model_or_skip

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
SCHEMA = {
    "type": "object",
    "properties": {"tone": {"type": "string", "enum": ["negative", "positive"]}},
    "required": ["tone"],
    "additionalProperties": False,
}


@pytest.fixture(scope="session")
def gguf() -> Path:
    return model_or_skip()


def prompt(output: str = "text", max_tokens: int = 40, body: str = "Answer the customer politely.") -> Prompt:
    return Prompt(
        task="reply",
        name="t",
        language="en",
        version=f"{output}{max_tokens}",
        body=f"# system\n{body}\n# user\n{{{{{{message}}}}}}",
        # Trusted, so that no random delimiter changes the answer from run to run.
        trusted=("message",),
        untrusted=(),
        output=output,
        schema=SCHEMA if output == "json" else None,
        temperature=0.0,
        max_tokens=max_tokens,
    )


def request(asked: Prompt, subject: str = "s", timeout: float = 90) -> GenerationRequest:
    return GenerationRequest(asked, {"message": "Where is my bicycle?"}, "here", subject, total_timeout=timeout)


#: Ends by itself well before its limit.
WHOLE = prompt(max_tokens=700, body="Answer in one short sentence.")
#: At temperature 0 this model writes about this until the limit stops it.
LONG = prompt(max_tokens=400, body="Write a very long story about bicycles, with many chapters. Never stop.")


@asynccontextmanager
async def generation(gguf: Path, *, slots: int = 1, ledger: list[Run] | None = None) -> AsyncIterator[Generation]:
    values = {"path": str(gguf), "slots": str(slots), "context": "1024", "threads": "1"}
    kept = ledger if ledger is not None else []
    service = Generation(lambda name: Source(name, local, values), kept.append, lambda: datetime.now(UTC))
    try:
        yield service
    finally:
        await service.aclose()


def server_of(service: Generation) -> LlamaServer:
    """The process behind a service that has answered."""
    server = service._models._open["here"].chat.server
    assert isinstance(server, LlamaServer)
    return server


def child_of(service: Generation) -> int:
    running = server_of(service)._running
    assert running is not None
    return running.process.pid


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the system tells nobody when somebody else's child ends
            await asyncio.sleep(0.01)


def is_gone(pid: int) -> bool:
    """No such process, or only its entry waiting to be read."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return sys.platform == "linux"


async def test_it_streams(gguf: Path) -> None:
    runs: list[Run] = []
    async with generation(gguf, ledger=runs) as service:
        parts = [part async for part in service.stream(request(WHOLE))]
    result = parts[-1]
    assert isinstance(result, GenerationResult)
    chunks = [part.text for part in parts[:-1] if isinstance(part, Chunk)]
    assert len(chunks) > 5
    assert "".join(chunks).strip() == result.text
    assert (runs[0].outcome, runs[0].model) == ("ok", gguf.stem)
    assert runs[0].usage.tokens_out > 5
    assert runs[0].usage.first_token_seconds is not None


async def test_a_schema_holds(gguf: Path) -> None:
    async with generation(gguf) as service:
        result = await service.run(request(prompt("json", 60)))
    assert result.values is not None
    assert result.values["tone"] in ("negative", "positive")
    assert result.repaired is False


async def test_an_answer_cut_by_the_limit_is_named(gguf: Path) -> None:
    runs: list[Run] = []
    async with generation(gguf, ledger=runs) as service:
        with pytest.raises(OutsideError, match="generation.cut") as caught:
            await service.run(request(prompt(max_tokens=5)))
    assert caught.value.params["count"] == 5
    assert runs[0].outcome == "cut"


async def test_a_question_longer_than_the_context_is_named(gguf: Path) -> None:
    async with generation(gguf) as service:
        long = GenerationRequest(prompt(), {"message": "bicycle " * 3000}, "here", "s")
        with pytest.raises(OutsideError, match="provider.too_long"):
            await service.run(long)


async def _seconds(service: Generation, asked: Prompt) -> float:
    before = time.perf_counter()
    with pytest.raises(OutsideError, match="generation.cut"):
        await service.run(request(asked))
    return time.perf_counter() - before


async def test_cancelling_stops_the_server(gguf: Path) -> None:
    """The only slot is free again long before the answer would have been over."""
    async with generation(gguf, slots=1) as service:
        short = prompt(max_tokens=2)
        await _seconds(service, short)
        whole = await _seconds(service, LONG)
        stream = service.stream(request(LONG))
        assert isinstance(await anext(stream), Chunk)
        await stream.aclose()
        assert await _seconds(service, short) < whole / 3


async def test_a_wrong_key_is_refused(gguf: Path) -> None:
    server = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    try:
        running = await server.running()
        settings = {"base_url": running.base_url, "model": "m"}
        for key in ("wrong", None):
            async with openai_compatible.open_model(settings, key) as model:
                with pytest.raises(OutsideError, match="provider.unauthorised"):
                    await model.ainvoke("?")
        async with openai_compatible.open_model(settings, running.key) as model:
            assert (await model.bind(max_tokens=4).ainvoke("Say hello.")).content
    finally:
        await server.aclose()
    assert not running.alive


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_key_is_not_for_others_to_see(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLIQUE_SECRET_OTHER", "hidden")
    server = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    try:
        running = await server.running()
        public = [Path(f"/proc/{running.process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        assert running.key.encode() not in b"".join(public)
        assert b"hidden" not in b"".join(public)
        assert running.key not in repr(running)
    finally:
        await server.aclose()


@POSIX
async def test_killed_in_the_middle_of_an_answer(gguf: Path) -> None:
    runs: list[Run] = []
    async with generation(gguf, slots=2, ledger=runs) as service:
        streams = [service.stream(request(LONG, str(n))) for n in range(2)]
        for stream in streams:
            await anext(stream)
        killed = child_of(service)
        os.kill(killed, signal.SIGKILL)
        for stream in streams:
            with pytest.raises(OutsideError, match="provider.local_died"):
                async for _ in stream:
                    pass
        result = await service.run(request(WHOLE))
        assert result.text
        assert child_of(service) != killed
    assert [run.outcome for run in runs] == ["provider.local_died", "provider.local_died", "ok"]


@POSIX
async def test_killed_between_two_answers(gguf: Path) -> None:
    async with generation(gguf) as service:
        await service.run(request(WHOLE))
        killed = child_of(service)
        os.kill(killed, signal.SIGKILL)
        await until(lambda: is_gone(killed))
        assert (await service.run(request(WHOLE))).text


@POSIX
async def test_one_that_hangs_is_replaced(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copilot.providers._llama_server.HEALTH_SECONDS", 0.5)
    async with generation(gguf) as service:
        await service.run(request(WHOLE))
        hung = child_of(service)
        os.kill(hung, signal.SIGSTOP)
        with pytest.raises(OutsideError, match="generation.timeout"):
            await service.run(request(WHOLE, timeout=0.3))
        assert (await service.run(request(WHOLE))).text
        await until(lambda: is_gone(hung))


async def test_eight_at_once(gguf: Path) -> None:
    requests = [request(WHOLE, subject=str(n)) for n in range(8)]
    async with generation(gguf, slots=8) as service:
        results = [one async for one in service.run_many(requests, concurrency=8)]
        assert sorted(one.subject for one in results) == [str(n) for n in range(8)]
        assert not [one for one in results if isinstance(one, GenerationFailure)]
        assert len({id(server_of(service))}) == 1


async def test_a_caller_that_gives_up_does_not_stop_the_start_of_others(gguf: Path) -> None:
    server = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    try:
        first, second = (asyncio.create_task(server.running()) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).alive
        assert first.cancelled()
    finally:
        await server.aclose()


async def test_closing_ends_the_process_and_the_start(gguf: Path) -> None:
    server = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    running = await server.running()
    await server.aclose()
    assert not running.alive
    starting = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    task = asyncio.create_task(starting.running())
    await asyncio.sleep(0)
    await starting.aclose()
    with pytest.raises((OutsideError, asyncio.CancelledError)):
        await task
    with pytest.raises(OutsideError, match="provider.local_died"):
        await starting.running()


async def test_a_start_that_takes_too_long_is_ended(gguf: Path) -> None:
    server = LlamaServer(Spec(gguf, 512, 1, 1), 0.001)
    try:
        with pytest.raises(OutsideError, match="provider.local_start_timeout"):
            await server.running()
        assert server._running is None
    finally:
        await server.aclose()


async def test_a_file_the_library_does_not_know_is_named(tmp_path: Path) -> None:
    unknown = tmp_path / "nope.gguf"
    unknown.write_bytes(b"GGUF" + (3).to_bytes(4, "little") + bytes(16))
    server = LlamaServer(Spec(unknown, 512, 1, 1), 60)
    try:
        with pytest.raises(OutsideError, match="provider.local_start"):
            await server.running()
    finally:
        await server.aclose()


PARENT = """
import asyncio, sys, threading
from pathlib import Path
from copilot.providers._llama_server import LlamaServer, Spec
async def main():
    running = await LlamaServer(Spec(Path(sys.argv[1]), 512, 1, 1), 60).running()
    print(running.process.pid, flush=True)
    threading.Event().wait()
asyncio.run(main())
"""


@POSIX
async def test_no_orphan_when_the_parent_is_killed(gguf: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, str(gguf), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    assert not is_gone(child)
    parent.kill()
    await parent.wait()
    await until(lambda: is_gone(child))


async def test_the_child_ends_when_its_input_does(gguf: Path) -> None:
    """What ends it where the system does not kill children with their parents."""
    server = LlamaServer(Spec(gguf, 512, 1, 1), 60)
    process = (await server.running()).process
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.to_thread(process.wait, 20) == 0
    await server.aclose()


def test_a_frozen_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, ARGUMENT]


def test_only_the_hidden_argument_makes_a_child() -> None:
    assert run_child_if_asked(["count", ARGUMENT]) is None
