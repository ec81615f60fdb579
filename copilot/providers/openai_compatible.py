"""Any service that speaks the OpenAI protocol: OpenAI, Mistral, OpenRouter, Ollama, LM Studio, vLLM and others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from copilot.domain.wording import Wording
from copilot.errors import RepliqueError, UserError
from copilot.providers._address import is_loopback_url, repaired
from copilot.providers._fields import PSEUDONYMS, Field, checked
from copilot.providers._presets import PRESETS

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NAME = "openai_compatible"
LABEL_KEY = "provider.openai_compatible"
FIELDS = (
    Field("preset", "choice", "provider.field.preset", default="other", choices=tuple(PRESETS)),
    Field("base_url", "url", "provider.field.base_url", help_key="provider.field.base_url.help"),
    Field("model", "text", "provider.field.model", required=True, help_key="provider.field.model.help"),
    Field("api_key", "secret", "provider.field.api_key", help_key="provider.field.api_key.help"),
    Field(
        "silence",
        "number",
        "provider.field.silence",
        default="60",
        help_key="provider.field.silence.help",
        minimum=1,
        maximum=3600,
    ),
    PSEUDONYMS,
)


def REMOTE(settings: Mapping[str, str]) -> bool:  # noqa: N802 - a name of the seam, beside NAME and FIELDS
    """False only when the address is this machine and the model runs there."""
    try:
        base_url = address(settings)
    except (RepliqueError, KeyError):
        return True
    # Ollama hands the models it names so to its makers' servers.
    return not is_loopback_url(base_url) or MODEL(settings).lower().endswith(("-cloud", ":cloud"))


def MODEL(settings: Mapping[str, str]) -> str:  # noqa: N802 - a name of the seam, beside NAME and FIELDS
    """The model's name as the service knows it."""
    return settings.get("model", "").strip()


def address(settings: Mapping[str, str]) -> str:
    """The base address the settings come down to.

    Raises:
        UserError: ``provider.url_*``.
        KeyError: the preset does not exist.
    """
    return repaired(settings.get("base_url", ""), PRESETS[settings.get("preset", "").strip() or "other"])


@asynccontextmanager
async def unsent_model(settings: Mapping[str, str]) -> AsyncIterator[tuple[BaseChatModel, list[bytes]]]:
    """The model with no network behind it, and the bodies of the requests it was about to send.

    Raises:
        UserError: ``provider.setting_*``, ``provider.url_*``.
    """
    chosen = checked(FIELDS, settings)
    preset = PRESETS[chosen["preset"]]
    from copilot.providers._openai_chat import OpenAIChat

    kept: list[bytes] = []
    model = OpenAIChat.connect(
        address(chosen),
        chosen["model"],
        None,
        read_seconds=float(chosen["silence"]),
        limit_name=preset.limit_name,
        usage_on_request=preset.usage_on_request,
        unsent=kept,
    )
    try:
        yield model, kept
    finally:
        await model.aclose()


@asynccontextmanager
async def open_model(settings: Mapping[str, str], secret: str | None) -> AsyncIterator[BaseChatModel]:
    """The model, until left.

    Raises:
        UserError: ``provider.setting_*``, ``provider.url_*``, ``provider.key_missing``, ``provider.key_unreadable``.
        OutsideError: ``provider.certificate_file``.
    """
    chosen = checked(FIELDS, settings)
    preset = PRESETS[chosen["preset"]]
    base_url = address(chosen)
    key = (secret or "").strip()
    if not key and preset.needs_key:
        raise UserError("provider.key_missing", service=Wording(f"provider.field.preset.{preset.name}"))
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UserError("provider.key_unreadable")
    from copilot.providers._openai_chat import OpenAIChat

    model = OpenAIChat.connect(
        base_url,
        chosen["model"],
        key or None,
        read_seconds=float(chosen["silence"]),
        limit_name=preset.limit_name,
        usage_on_request=preset.usage_on_request,
    )
    try:
        yield model
    finally:
        await model.aclose()
