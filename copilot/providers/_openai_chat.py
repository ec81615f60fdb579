"""A LangChain chat model over the OpenAI protocol, with a connection pool of its own and our errors.

Imported only when a model is opened: LangChain and the SDK take a second to load.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import openai
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models.chat_models import agenerate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI

from copilot import __version__
from copilot.errors import OutsideError
from copilot.providers._address import host_of, is_loopback_url
from copilot.providers._failures import explain

#: Seconds to connect. Loopback answers at once; a service that needs longer is down.
CONNECT_SECONDS = 10.0
#: All that the protocol needs. The SDK would add the machine, its Python, and headers found in the environment.
_SENT = {
    "host",
    "accept",
    "accept-encoding",
    "connection",
    "content-type",
    "content-length",
    "transfer-encoding",
    "authorization",
}
#: The SDK refuses to work without a key; this one is taken off before anything is sent.
_NO_KEY = "no-key"


class OpenAIChat(ChatOpenAI):
    """ChatOpenAI that raises our errors and leaves nothing of the answer's end unsaid."""

    host: str
    limit_name: str

    @classmethod
    def connect(
        cls,
        base_url: str,
        model: str,
        secret: str | None,
        *,
        read_seconds: float,
        limit_name: str = "max_tokens",
        usage_on_request: bool = True,
        unsent: list[bytes] | None = None,
    ) -> OpenAIChat:
        """A model on ``base_url``. ``read_seconds`` bounds the silence between two pieces of an answer.

        With ``unsent`` nothing is sent: the bodies of the requests are put there, and each then fails.

        Raises:
            OutsideError: ``provider.certificate_file``.
        """

        async def key() -> str:
            return secret or _NO_KEY

        return cls(
            model=model,
            base_url=base_url,
            api_key=key,
            http_async_client=_client(base_url, bool(secret), unsent),
            http_socket_options=(),
            timeout=openai.Timeout(read_seconds, connect=CONNECT_SECONDS),
            max_retries=0,
            stream_usage=usage_on_request,
            stream_chunk_timeout=None,
            use_responses_api=False,
            cache=False,
            host=host_of(base_url),
            limit_name=limit_name,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self.root_async_client.close()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        finished = False
        try:
            answer = super()._astream(messages, stop=stop, run_manager=run_manager, **self._wire(kwargs))
            async with aclosing(cast("AsyncGenerator[ChatGenerationChunk, None]", answer)) as chunks:
                async for chunk in chunks:
                    finished = finished or bool((chunk.generation_info or {}).get("finish_reason"))
                    yield chunk
        except Exception as error:
            # Not "from error": the request it holds carries the key and the prompt.
            raise explain(error, self.host, self.model_name) from None
        if not finished:
            raise OutsideError("provider.cut_answer", host=self.host)

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await agenerate_from_stream(self._astream(messages, stop=stop, run_manager=run_manager, **kwargs))

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        refusal = _refusal(chunk)
        if converted is not None and refusal:
            converted.message.additional_kwargs["refusal"] = refusal
        return converted

    def _wire(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The options as this service names them.

        They go in the body beside what the SDK knows: its own path for ``response_format`` raises on an answer
        cut by the limit instead of giving what was written, and always renames ``max_tokens``.
        """
        wire = dict(options)
        body: dict[str, Any] = {}
        schema, limit = wire.pop("schema", None), wire.pop("max_tokens", None)
        if limit is not None:
            body[self.limit_name] = limit
        if schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": schema, "strict": is_strict(schema)},
            }
        if _fixed_temperature(self.model_name):
            wire.pop("temperature", None)
        return {**wire, "extra_body": body}


def is_strict(schema: Any) -> bool:
    """True when every object of ``schema`` closes its keys and requires them all, as strict mode demands."""
    if isinstance(schema, list | tuple):
        return all(is_strict(one) for one in schema)
    if not isinstance(schema, Mapping):
        return True
    properties = schema.get("properties")
    if schema.get("type") == "object" or isinstance(properties, Mapping):
        if schema.get("additionalProperties") is not False:
            return False
        if set(schema.get("required", ())) != set(properties or ()):
            return False
    return all(is_strict(one) for one in schema.values())


def _refusal(chunk: Mapping[str, Any]) -> str:
    choices = chunk.get("choices") or [{}]
    delta = choices[0].get("delta") or {}
    return str(delta.get("refusal") or "")


def _fixed_temperature(model: str) -> bool:
    """Reasoning models of OpenAI refuse any temperature but their own."""
    name = model.lower().rpartition("/")[2]
    return name.startswith(("o1", "o3", "o4")) or (name.startswith("gpt-5") and "chat" not in name)


def _client(base_url: str, with_key: bool, unsent: list[bytes] | None = None) -> openai.DefaultAsyncHttpxClient:
    """A connection pool that follows no redirection (text would go where nobody said) and sends only ``_SENT``."""

    async def only_what_is_needed(request: Any) -> None:
        for name in list(request.headers):
            if name.lower() not in _SENT or (name.lower() == "authorization" and not with_key):
                del request.headers[name]
        request.headers["user-agent"] = f"Replique/{__version__}"
        if base_url.startswith("http://"):
            # A new connection costs nothing nearby; llama.cpp answers on kept ones late, or drops them unasked.
            request.headers["connection"] = "close"
        if unsent is not None:
            unsent.append(await request.aread())
            raise ConnectionError("nothing is sent")

    async def no_page(response: Any) -> None:
        if response.status_code < 300 and "html" in response.headers.get("content-type", ""):
            raise OutsideError("provider.not_an_api", host=host_of(base_url))

    return openai.DefaultAsyncHttpxClient(
        verify=_tls(base_url),
        # A proxy of the environment must never see what stays on this machine.
        trust_env=not is_loopback_url(base_url),
        follow_redirects=False,
        event_hooks={"request": [only_what_is_needed], "response": [no_page]},
    )


def _tls(base_url: str) -> ssl.SSLContext | bool:
    """What to verify TLS with; for plain HTTP an empty store, which costs nothing to make."""
    if base_url.startswith("http://"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        named = os.environ.get(name)
        if named and not Path(named).exists():
            raise OutsideError("provider.certificate_file", variable=name, path=named)
    try:
        authorities = os.environ.get("SSL_CERT_FILE")
        return ssl.create_default_context(cafile=authorities) if authorities else True
    except (OSError, ssl.SSLError):
        raise OutsideError("provider.certificate_file", variable="SSL_CERT_FILE", path=str(authorities)) from None
