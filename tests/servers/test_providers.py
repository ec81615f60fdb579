"""A service that misbehaves over a real connection: each way has its own error, and the key is in none."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ipaddress
import json
import logging
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from copilot.domain.wording import Wording
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.providers import openai_compatible
from tests.servers.fake_openai import Reply, error, serving

KEY = "sk-test-7f9c2e1b4d6a"
ASKED = "Le secret de Zoé"


@contextlib.asynccontextmanager
async def opened(url: str, key: str | None = KEY, **settings: str) -> AsyncIterator[BaseChatModel]:
    async with openai_compatible.open_model({"base_url": url, "model": "m", **settings}, key) as model:
        yield model


async def ask(model: BaseChatModel, **options: object) -> str:
    asked = model.bind(temperature=0.2, max_tokens=50, schema=None, **options)
    return "".join([str(chunk.content) async for chunk in asked.astream([HumanMessage(ASKED)])])


async def failure(url: str, key: str | None = KEY, **settings: str) -> RepliqueError:
    with pytest.raises(RepliqueError) as caught:
        async with opened(url, key, **settings) as model:
            await ask(model)
    return caught.value


HTML = Reply(body="<!doctype html><title>Portail</title>", content_type="text/html; charset=utf-8")
FAILURES = {
    "401": (error(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"), "unauthorised"),
    "403": (error(403, "not allowed"), "forbidden"),
    "402": (error(402, "pay"), "quota"),
    "404 model": (error(404, "The model `m` does not exist", "model_not_found"), "model_unknown"),
    "404 model, ollama": (error(404, 'model "m" not found, try pulling it first'), "model_unknown"),
    "400 model, mistral": (error(400, "Invalid model: m", "1500"), "model_unknown"),
    "400 model, openrouter": (error(400, "m is not a valid model ID"), "model_unknown"),
    "404 path": (Reply(status=404, body='{"detail":"Not Found"}'), "not_an_api"),
    "404 page": (Reply(status=404, body="<html>no</html>", content_type="text/html"), "not_an_api"),
    "400 context": (error(400, "This model's maximum context length is 10", "context_length_exceeded"), "too_long"),
    "400 context, llama.cpp": (error(400, "the request exceeds the available context size"), "too_long"),
    "413": (error(413, "large"), "too_long"),
    "400": (error(400, f"bad field near {ASKED}"), "refused"),
    "422 schema": (error(422, "response_format is not supported"), "schema_refused"),
    "429": (error(429, "slow down", retry_after="7"), "rate_limited"),
    "429 quota": (error(429, "You exceeded your current quota", "insufficient_quota"), "quota"),
    "500": (error(500, "oops"), "server"),
    "503": (error(503, "busy", retry_after="30"), "server"),
    "504": (error(504, "late"), "timeout"),
    "307": (Reply(status=307, body="", headers={"location": "http://203.0.113.9/v1"}), "redirected"),
    "200 page": (HTML, "not_an_api"),
    "200 nothing": (Reply(body="", content_type="text/event-stream"), "cut_answer"),
    "200 not JSON": (Reply(raw_event="{oh"), "not_an_api"),
    "200 other JSON": (Reply(body='{"ok":true}'), "cut_answer"),
    "broken in the middle": (Reply(drop=True), "cut_answer"),
    "ends without an end": (Reply(finish=None), "cut_answer"),
    "error in the stream": (Reply(raw_event='{"error":{"message":"overloaded","code":503}}'), "server"),
    "limit in the stream": (Reply(raw_event='{"error":{"message":"slow","code":429}}'), "rate_limited"),
    "context in the stream": (Reply(raw_event='{"error":{"message":"exceeds the context window"}}'), "too_long"),
}


@pytest.mark.parametrize(("reply", "kind"), FAILURES.values(), ids=FAILURES)
async def test_each_failure_has_its_own_error(reply: Reply, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with serving(reply) as fake:
            problem = await failure(fake.url)
    assert (problem.kind, problem.exit_code) == (f"provider.{kind}", 3)
    assert len(fake.seen) == 1, "never asked twice"
    sentences = [Translator(language).error(problem) for language in LANGUAGES]
    assert all("{" not in sentence and "error." not in sentence for sentence in sentences)
    # Loops that write each request down are the libraries' debug logs, which the app never turns on.
    said = [str(problem), repr(problem.params), *sentences, *(r.getMessage() for r in caplog.records if _ours(r))]
    assert not [text for text in said if KEY in text or ASKED in text]
    assert problem.__cause__ is None


def _ours(record: logging.LogRecord) -> bool:
    return record.name.startswith("replique") or record.levelno >= logging.INFO


RETRY_AFTER = {
    "seconds": ("7", Wording("provider.wait.seconds", {"count": 7})),
    "fraction": ("0.2", Wording("provider.wait.seconds", {"count": 1})),
    "date gone by": ("Wed, 21 Oct 2015 07:28:00 GMT", Wording("provider.wait.seconds", {"count": 1})),
    "absurd": ("soon " * 50, Wording("provider.wait.unknown")),
    "huge": ("9" * 5000, Wording("provider.wait.unknown")),
}


@pytest.mark.parametrize(("said", "wait"), RETRY_AFTER.values(), ids=RETRY_AFTER)
async def test_when_to_come_back_is_said(said: str, wait: Wording) -> None:
    async with serving(error(429, "slow down", retry_after=said)) as fake:
        problem = await failure(fake.url)
    assert problem.params["wait"] == wait


async def test_when_to_come_back_is_said_in_a_sentence() -> None:
    async with serving(error(429, "slow down", retry_after="7")) as fake:
        problem = await failure(fake.url)
    assert "dans 7\u00a0secondes" in Translator("fr").error(problem)
    assert "in 7 seconds" in Translator("en").error(problem)


async def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        problem = await failure(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert problem.kind == "provider.unreachable"


async def test_a_name_that_does_not_exist() -> None:
    assert (await failure("https://nowhere.invalid/v1")).kind == "provider.dns"


async def test_silence_has_an_end() -> None:
    async with serving(Reply(hang=True)) as fake:
        assert (await failure(fake.url, silence="1")).kind == "provider.timeout"


async def test_tls_asked_of_a_server_without_it() -> None:
    async with serving() as fake:
        assert (await failure(fake.url.replace("http:", "https:"))).kind == "provider.tls"
        assert fake.seen == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of our own for 127.0.0.1, with its key, in one file."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography comes with the Linux secret service only")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = tmp_path / "test.pem"
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + built.public_bytes(pem))
    return path


async def test_certificates_are_checked(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with serving(tls=context) as fake:
        assert (await failure(fake.url)).kind == "provider.tls_certificate"
        assert fake.seen == []
        refused = fake.connections
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with opened(fake.url) as model:
            assert [await ask(model), await ask(model)] == ["Bonjour", "Bonjour"]
            assert fake.connections == refused + 1, "kept between questions"


@pytest.mark.parametrize(("reply", "kind"), [(Reply(hang=True), "timeout"), (Reply(drop=True), "cut_answer")])
async def test_failures_inside_tls_are_not_failures_of_tls(
    reply: Reply, kind: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with serving(reply, tls=context) as fake:
        assert (await failure(fake.url, silence="1")).kind == f"provider.{kind}"


async def test_a_certificate_file_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(gone))
    problem = await failure("https://127.0.0.1:9/v1")
    assert (problem.kind, problem.params["path"]) == ("provider.certificate_file", str(gone))
    async with serving() as fake, opened(fake.url) as model:
        assert await ask(model) == "Bonjour", "plain loopback needs no certificate"


async def test_loopback_never_goes_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as proxy, serving() as fake:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        async with opened(fake.url) as model:
            assert await ask(model) == "Bonjour"
    assert (len(fake.seen), proxy.seen) == (1, [])


async def test_only_what_the_protocol_needs_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "leaked")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Leak: leaked")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/leaked")
    async with serving() as fake, opened(fake.url) as model:
        await ask(model)
    headers = fake.last.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "leaked" not in json.dumps(headers)
    assert not [name for name in headers if name.startswith(("x-", "openai-"))]
    assert fake.last.path == "/v1/chat/completions"


@pytest.mark.parametrize("key", [None, "", "  "])
async def test_a_local_service_needs_no_key(key: str | None) -> None:
    async with serving() as fake, opened(fake.url, key) as model:
        await ask(model)
    assert "authorization" not in fake.last.headers


@pytest.mark.parametrize("preset", ["openai", "mistral", "openrouter"])
async def test_a_known_service_needs_one(preset: str) -> None:
    problem = await failure("", None, preset=preset)
    assert isinstance(problem, UserError)
    assert problem.kind == "provider.key_missing"


@pytest.mark.parametrize("key", ["sk-é", "a b", "a\nb"])
async def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    problem = await failure("http://127.0.0.1:9", key)
    assert problem.kind == "provider.key_unreadable"
    assert key not in str(problem)


async def test_options_reach_the_service() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    async with serving() as fake, opened(fake.url) as model:
        asked = model.bind(temperature=0.2, max_tokens=50, schema=schema)
        assert (await asked.ainvoke(ASKED)).content == "Bonjour"
    body = fake.last.body
    assert (body["temperature"], body["max_tokens"], body["model"]) == (0.2, 50, "m")
    assert body["response_format"]["json_schema"]["schema"] == schema
    assert body["response_format"]["json_schema"]["strict"] is False
    assert body["stream_options"] == {"include_usage": True}


async def test_each_service_gets_its_own_words() -> None:
    async with serving() as fake:
        async with opened(fake.url, preset="openai", model="gpt-5-mini") as model:
            await ask(model)
        assert fake.last.body["max_completion_tokens"] == 50
        assert not {"max_tokens", "temperature"} & set(fake.last.body)
        async with opened(fake.url, preset="mistral") as model:
            await ask(model)
        assert "stream_options" not in fake.last.body


async def test_a_refusal_and_the_reason_of_the_end_are_told() -> None:
    async with serving(Reply(refusal="Non."), Reply(finish="length"), Reply(finish="content_filter")) as fake:
        async with opened(fake.url) as model:
            answers = [await model.ainvoke("?") for _ in range(3)]
    assert answers[0].additional_kwargs["refusal"] == "Non."
    assert [one.response_metadata["finish_reason"] for one in answers[1:]] == ["length", "content_filter"]


async def test_cancelling_hangs_up() -> None:
    async with serving(Reply(hang=True)) as fake, opened(fake.url) as model:
        task = asyncio.create_task(ask(model))
        await asyncio.wait_for(fake.asked.wait(), 30)
        task.cancel()
        await asyncio.wait([task])
        await asyncio.wait_for(fake.last.gone.wait(), 5)


async def test_one_process_may_run_several_event_loops() -> None:
    code = """
import asyncio, sys
from copilot.providers import openai_compatible as source
async def one():
    async with source.open_model({"base_url": sys.argv[1], "model": "m"}, "k") as model:
        return (await model.ainvoke("?")).content
print(asyncio.run(one()) + asyncio.run(one()))
"""
    async with serving() as fake:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", code, fake.url, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = await process.communicate()
    assert (out.decode().strip(), err.decode()) == ("BonjourBonjour", "")


async def test_nothing_is_traced_even_when_the_environment_asks() -> None:
    code = """
import asyncio, sys
from copilot.providers import openai_compatible as source
from langsmith.utils import tracing_is_enabled
async def one():
    async with source.open_model({"base_url": sys.argv[1], "model": "m"}, "k") as model:
        return (await model.ainvoke("?")).content
print(asyncio.run(one()), tracing_is_enabled())
"""
    async with serving() as fake, serving() as tracer:
        asks = dict.fromkeys(("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"), "true")
        asks |= {"LANGSMITH_ENDPOINT": tracer.url, "LANGSMITH_API_KEY": "k", "LANGSMITH_GATEWAY": "true"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, fake.url, stdout=subprocess.PIPE, env={"PATH": "", **asks}
        )
        out, _ = await process.communicate()
    assert out.decode().split() == ["Bonjour", "False"]
    assert tracer.seen == []


async def test_tracing_is_off_by_default() -> None:
    from langsmith.utils import tracing_is_enabled

    assert tracing_is_enabled() is False


async def test_the_key_is_in_no_text_of_the_model() -> None:
    async with opened("http://127.0.0.1:9") as model:
        assert KEY not in f"{model!r}{model!s}{model.model_dump()}{model._identifying_params}"


async def test_a_whole_answer_fails_with_our_errors_too() -> None:
    async with serving(error(500, "x")) as fake, opened(fake.url) as model:
        with pytest.raises(OutsideError, match="provider.server"):
            await model.ainvoke("?")
