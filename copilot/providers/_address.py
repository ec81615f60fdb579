"""Addresses of services as people type them, repaired or explained."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from copilot.errors import UserError
from copilot.providers._presets import Preset

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|[0-9A-Fa-f:.]+")
#: Ends of addresses copied from an example of a call rather than from the settings page.
_ENDPOINTS = ("/chat/completions", "/completions", "/models", "/responses")
#: Servers print the address they bind; nobody can call it.
_BIND_ALL = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised so as to be replaced, never bound
_LONGEST = 500


def repaired(typed: str, preset: Preset) -> str:
    """The base address to call, without a final slash; the preset's own when nothing was typed.

    A missing scheme becomes ``http`` on this machine or a private network and ``https`` elsewhere; a missing
    path becomes the preset's (``/v1``).

    Raises:
        UserError: ``provider.url_missing``, ``provider.url_scheme``, ``provider.url_extra`` (a password, a
            query: they would end up in settings and logs), ``provider.url_unreadable``.
    """
    text = typed.strip().strip("\"'<>«»").strip()
    if not text:
        if not preset.base_url:
            raise UserError("provider.url_missing")
        return preset.base_url
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise UserError("provider.url_scheme", scheme=scheme[1])
    parts = _split(text if scheme else f"//{text}")
    if parts.username is not None or parts.query or parts.fragment:
        raise UserError("provider.url_extra")
    host, port = _host_and_port(parts)
    chosen = parts.scheme or ("http" if is_nearby(host) else "https")
    return f"{chosen}://{_shown(host)}{port}{_path(parts.path, preset)}"


def host_of(base_url: str) -> str:
    """Host and port of a repaired address, for sentences."""
    return urlsplit(base_url).netloc


def is_loopback_url(base_url: str) -> bool:
    """True when a repaired address names this machine."""
    return is_loopback(urlsplit(base_url).hostname or "")


def is_loopback(host: str) -> bool:
    """True when ``host`` names this machine and nothing else."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _ip(name)
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def is_nearby(host: str) -> bool:
    """True on this machine, a private network, or for a name without a dot: where TLS is rare."""
    name = host.rstrip(".").lower()
    if is_loopback(name) or name.endswith((".local", ".lan", ".home.arpa", ".internal")):
        return True
    address = _ip(name)
    return "." not in name if address is None else address.is_private


def _split(text: str) -> SplitResult:
    if len(text) > _LONGEST or any(char.isspace() or not char.isprintable() for char in text):
        raise UserError("provider.url_unreadable")
    try:
        return urlsplit(text)
    except ValueError:
        raise UserError("provider.url_unreadable") from None


def _host_and_port(parts: SplitResult) -> tuple[str, str]:
    try:
        host, port = parts.hostname or "", parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        raise UserError("provider.url_unreadable") from None
    if not _HOST.fullmatch(ascii_host) or port == 0 or ".." in ascii_host:
        raise UserError("provider.url_unreadable")
    if ":" in ascii_host and _ip(ascii_host) is None:
        raise UserError("provider.url_unreadable")
    return _BIND_ALL.get(ascii_host, ascii_host), f":{port}" if port else ""


def _path(typed: str, preset: Preset) -> str:
    path = re.sub(r"/{2,}", "/", typed).rstrip("/")
    for end in _ENDPOINTS:
        path = path.removesuffix(end)
    # "/api" alone is where Ollama and OpenRouter keep other things than this protocol.
    if path in ("", "/api"):
        return preset.path if preset.path.startswith(path + "/") else "/v1"
    return path


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _ip(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
