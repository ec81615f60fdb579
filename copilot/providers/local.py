"""A GGUF model file on this machine, run by llama.cpp in a process of our own. Nothing leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.providers._fields import PSEUDONYMS, Field, checked

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from copilot.providers._llama_server import Spec

NAME = "local"
LABEL_KEY = "provider.local"
FIELDS = (
    Field("path", "path", "provider.field.path", required=True, help_key="provider.field.path.help"),
    Field(
        "context",
        "number",
        "provider.field.context",
        default="4096",
        help_key="provider.field.context.help",
        minimum=256,
        maximum=1_000_000,
    ),
    Field(
        "slots",
        "number",
        "provider.field.slots",
        default="2",
        help_key="provider.field.slots.help",
        minimum=1,
        maximum=64,
    ),
    Field(
        "threads",
        "number",
        "provider.field.threads",
        default="0",
        help_key="provider.field.threads.help",
        maximum=256,
    ),
    Field(
        "start_seconds",
        "number",
        "provider.field.start_seconds",
        default="180",
        help_key="provider.field.start_seconds.help",
        minimum=1,
        maximum=3600,
    ),
    PSEUDONYMS,
)


def REMOTE(settings: Mapping[str, str]) -> bool:  # noqa: N802 - the seam's name and signature
    """Never: the model runs here."""
    return False


def MODEL(settings: Mapping[str, str]) -> str:  # noqa: N802 - a name of the seam, beside NAME and FIELDS
    """The file's name without its extension."""
    return Path(settings.get("path", "").strip()).stem


def spec(settings: Mapping[str, str]) -> Spec:
    """What the settings ask to run.

    Raises:
        UserError: ``provider.setting_*``.
    """
    from copilot.providers._llama_server import Spec

    chosen = checked(FIELDS, settings)
    path = Path(chosen["path"]).expanduser().absolute()
    return Spec(path, int(chosen["context"]), int(chosen["slots"]), int(chosen["threads"]))


@asynccontextmanager
async def open_model(settings: Mapping[str, str], secret: str | None) -> AsyncIterator[BaseChatModel]:
    """The model, until left. Its process starts at the first question and ends when this is left.

    Raises:
        UserError: ``provider.setting_*``.
    """
    wanted = spec(settings)
    start_seconds = float(checked(FIELDS, settings)["start_seconds"])
    from copilot.providers._llama_server import LlamaServer
    from copilot.providers._local_chat import LocalChat

    model = LocalChat(server=LlamaServer(wanted, start_seconds))
    try:
        yield model
    finally:
        await model.aclose()
