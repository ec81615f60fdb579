"""What went wrong with a service, as one of our errors: never its words, which may quote the key or the prompt."""

from __future__ import annotations

import logging
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from copilot.domain.wording import Wording
from copilot.errors import OutsideError, RepliqueError

logger = logging.getLogger("replique.providers")

#: Classes of the HTTP client, by name: it is the SDK's own dependency, not ours.
_TIMEOUTS = {"ConnectTimeout", "ReadTimeout", "WriteTimeout", "PoolTimeout", "APITimeoutError", "OpenAITimeoutError"}
_BROKEN = {"RemoteProtocolError", "ReadError", "WriteError", "EndOfStream", "IncompleteRead"}
_SILENT_ON_CAUSES = {"httpx2", "httpcore2", "anyio"}
#: Words by which services say that the question is longer than the model reads.
_TOO_LONG = re.compile(
    r"context[_ ](?:length|size|window)|exceed\w* the (?:available )?context|maximum context|too many tokens"
    r"|prompt is too long|input tokens exceed",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model_not_found|invalid_model|invalid model|not a valid model|model.{0,120}(?:not found|not exist|unknown)",
    re.IGNORECASE | re.DOTALL,
)
_SCHEMA = re.compile(r"response_format|json_schema|structured output|grammar", re.IGNORECASE)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|insufficient credits", re.IGNORECASE)
#: Read at most this many characters of what a service says.
_READ = 4000


def explain(error: BaseException, host: str, model: str) -> RepliqueError:
    """The error of ours that ``error`` comes down to. ``host`` and ``model`` are named in the sentence."""
    chain = list(_chain(error))
    for link in chain:
        if isinstance(link, RepliqueError):
            return link
    for link in chain:
        status = getattr(link, "status_code", None)
        if isinstance(status, int):
            return of_status(status, _said(link), _headers(link), host=host, model=model)
    told = _told_in_stream(chain)
    if told is not None:
        return of_status(*told, {}, host=host, model=model)
    kind = _of_connection(chain)
    if kind is None:
        logger.warning("answer that cannot be read from a provider: %s", type(error).__name__)
        kind = "not_an_api"
    return OutsideError(f"provider.{kind}", host=host)


def of_status(status: int, said: str, headers: Mapping[str, str], *, host: str, model: str) -> OutsideError:
    """The error for an HTTP status and what the service said with it."""
    if status == 401:
        return OutsideError("provider.unauthorised", host=host)
    if status == 402 or (status in (403, 429) and _QUOTA.search(said)):
        return OutsideError("provider.quota", host=host)
    if status == 403:
        return OutsideError("provider.forbidden", host=host, model=model)
    if status in (400, 413, 422) and (status == 413 or _TOO_LONG.search(said)):
        return OutsideError("provider.too_long", host=host, model=model)
    if status in (400, 404, 422) and _NO_MODEL.search(said):
        return OutsideError("provider.model_unknown", host=host, model=model)
    if status in (400, 422, 501) and _SCHEMA.search(said):
        return OutsideError("provider.schema_refused", host=host, model=model)
    if status == 429:
        return OutsideError("provider.rate_limited", host=host, wait=wait(headers))
    if status in (404, 405) or 300 <= status < 400:
        return OutsideError("provider.redirected" if status < 400 else "provider.not_an_api", host=host)
    if status in (408, 504):
        return OutsideError("provider.timeout", host=host)
    if status >= 500:
        return OutsideError("provider.server", host=host, status=str(status), wait=wait(headers))
    return OutsideError("provider.refused", host=host, status=str(status))


def wait(headers: Mapping[str, str], now: datetime | None = None) -> Wording:
    """When to come back, from ``Retry-After`` (seconds or a date): whole seconds, or "in a while"."""
    asked = headers.get("retry-after", "").strip()
    seconds: float | None = None
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", asked):
        seconds = float(asked)
    elif asked:
        seconds = _until(asked, now or datetime.now(UTC))
    if seconds is None:
        return Wording("provider.wait.unknown")
    return Wording("provider.wait.seconds", {"count": max(1, -int(-seconds // 1))})


def _until(date: str, now: datetime) -> float | None:
    try:
        until = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return None
    return (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, its causes, and the members of its groups; each once.

    Contexts only within the HTTP client, which names no causes: elsewhere, what was being handled when an error
    was raised may have nothing to do with it (a second try handles the first one's error).
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting.append(link.__cause__)
        if link.__cause__ is None and type(link).__module__.partition(".")[0] in _SILENT_ON_CAUSES:
            waiting.append(link.__context__)
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions


def _said(error: Any) -> str:
    """What the service said, for recognising only."""
    return f"{getattr(error, 'code', '') or ''} {getattr(error, 'body', '') or ''} {error}"[:_READ]


def _headers(error: Any) -> Mapping[str, str]:
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    return headers


def _told_in_stream(chain: list[BaseException]) -> tuple[int, str] | None:
    """An error sent in the middle of a stream that began well: its status (500 when not told) and words."""
    for link in chain:
        body = getattr(link, "body", None)
        if isinstance(body, Mapping):
            code = body.get("code")
            shown = str(code) if code is not None else ""
            status = int(shown) if re.fullmatch(r"[45]\d\d", shown) else 500
            said = _said(link)
            return (400 if status == 500 and _TOO_LONG.search(said) else status), said
    return None


def _of_connection(chain: list[BaseException]) -> str | None:
    """Which failure of the connection this is; None when it is none."""
    names = {type(link).__name__ for link in chain}
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in chain):
        return "tls_certificate"
    # While connecting only: later, a TLS connection that waits or breaks shows errors of this class all the time.
    if "ConnectError" in names and any(isinstance(link, ssl.SSLError) for link in chain):
        return "tls"
    if any(isinstance(link, socket.gaierror) for link in chain):
        return "dns"
    if "ProxyError" in names:
        return "proxy"
    if names & _TIMEOUTS:
        return "unreachable" if "ConnectTimeout" in names else "timeout"
    if names & _BROKEN:
        return "cut_answer"
    if names & {"APIConnectionError", "OpenAIConnectionError", "ConnectError"} or any(
        isinstance(link, OSError) for link in chain
    ):
        return "unreachable"
    return None
