"""Asks a port of this machine which models it serves: no key, no proxy, no redirection, and little is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

#: Nothing of more bytes than this is a list of models.
LARGEST = 256 * 1024
_MOST_MODELS = 200
_LONGEST_NAME = 200


def client() -> httpx.AsyncClient:
    """Connections to this machine only, to be closed by who asked. A proxy of the environment never sees them."""
    import ssl

    import httpx

    return httpx.AsyncClient(
        # Never used for plain HTTP; the default one reads every authority of the system.
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        trust_env=False,
        follow_redirects=False,
        headers={"accept": "application/json", "accept-encoding": "identity", "connection": "close"},
        limits=httpx.Limits(max_keepalive_connections=0),
    )


async def models(http: httpx.AsyncClient, port: int, *, ollama: bool = False) -> tuple[tuple[str, ...], str] | None:
    """The models that ``port`` of 127.0.0.1 serves, and whom it calls their owner; None when it is no such server.

    ``ollama``: ask in its own way too, for versions that know no other. Bound its time from outside.
    """
    told = await _told(http, f"http://127.0.0.1:{port}/v1/models")
    found = _named(told, "data", "id")
    if found is not None:
        return found, _owner(told)
    if ollama:
        found = _named(await _told(http, f"http://127.0.0.1:{port}/api/tags"), "models", "name")
    return None if found is None else (found, "")


async def _told(http: httpx.AsyncClient, url: str) -> Any:
    """The JSON at ``url``; None for anything else, whatever it is."""
    import httpx

    content = bytearray()
    try:
        async with http.stream("GET", url, timeout=None) as answer:
            if answer.status_code != 200:
                return None
            async for piece in answer.aiter_raw():
                content += piece
                if len(content) > LARGEST:
                    return None
        return json.loads(content)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError):
        return None


def _named(told: Any, listed: str, name: str) -> tuple[str, ...] | None:
    """The names in a list of models; None when ``told`` is no such list."""
    entries = told.get(listed) if isinstance(told, dict) else None
    if not isinstance(entries, list):
        return None
    names = [entry.get(name) for entry in entries if isinstance(entry, dict)]
    if entries and not names:
        return None
    return tuple(dict.fromkeys(one for one in names if isinstance(one, str) and _is_name(one)))[:_MOST_MODELS]


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable() and text == text.strip()


def _owner(told: Any) -> str:
    first = next((entry for entry in told["data"] if isinstance(entry, dict)), {})
    owner = first.get("owned_by")
    return owner if isinstance(owner, str) else ""
