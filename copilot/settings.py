"""Settings of a profile: what a person chose, without any secret, in ``settings.json``."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from copilot.errors import OutsideError, UserError

FORM = 1
THEMES = ("auto", "light", "dark")
#: Sizes of the text, in percent.
TEXT_SIZES = (100, 115, 130, 150, 175, 200)
LONGEST_AUTHOR = 100

Choice = TypeVar("Choice", str, int)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """One configured model source: its id, the provider it uses, the values of its fields."""

    id: str
    provider: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person set. ``default_provider`` is an id of ``providers`` or ``playbook``.

    ``theme`` is one of ``THEMES``, ``text_size`` one of ``TEXT_SIZES`` (percent), ``author`` the person's name as
    decisions show it.
    """

    language: str | None = None
    default_brand: str | None = None
    default_provider: str = "playbook"
    four_eyes: bool = False
    providers: tuple[ProviderSettings, ...] = ()
    theme: str = "auto"
    text_size: int = 100
    first_run_done: bool = False
    author: str = ""
    reduced_motion: bool = False

    def provider(self, provider_id: str) -> ProviderSettings:
        """The configured provider of this id.

        Raises:
            UserError: ``provider.unknown``.
        """
        for one in self.providers:
            if one.id == provider_id:
                return one
        raise UserError(
            "provider.unknown", name=provider_id, known=", ".join(["playbook", *(one.id for one in self.providers)])
        )

    def with_provider(self, provider: ProviderSettings) -> Settings:
        """The settings with ``provider`` added or replaced."""
        others = tuple(one for one in self.providers if one.id != provider.id)
        return replace(self, providers=(*others, provider))

    def without_provider(self, provider_id: str) -> Settings:
        """The settings without that provider; the default falls back to the playbook."""
        self.provider(provider_id)
        default = "playbook" if self.default_provider == provider_id else self.default_provider
        others = tuple(one for one in self.providers if one.id != provider_id)
        return replace(self, providers=others, default_provider=default)


def load(path: Path) -> Settings:
    """The settings at ``path``; the defaults when there is no file.

    Raises:
        UserError: ``settings.broken`` (kept as it is), ``settings.newer``.
        OutsideError: ``settings.unreadable``.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise UserError("settings.broken", path=str(path)) from error
    except OSError as error:
        raise OutsideError("settings.unreadable", path=str(path), why=error.strerror or str(error)) from error
    try:
        told = json.loads(text)
        if int(told.get("form", 0)) > FORM:
            raise UserError("settings.newer", path=str(path))
        return _settings_of(told)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise UserError("settings.broken", path=str(path)) from error


def repair(path: Path, now: datetime | None = None) -> Path:
    """Move the broken settings at ``path`` aside, so that the next :func:`load` gives the defaults.

    Returns:
        Where they are now: ``settings.broken-YYYYMMDD-HHMMSS.json`` (local time) beside them; ``path`` itself
        when there was nothing to repair.

    Raises:
        UserError: ``settings.newer``: they are not broken, and stay.
        OutsideError: ``settings.unreadable``, ``settings.unwritable``; they stay.
    """
    try:
        load(path)
    except UserError as error:
        if error.kind != "settings.broken":
            raise
    else:
        return path
    try:
        aside = _free(path, f"{path.stem}.broken-{now or datetime.now():%Y%m%d-%H%M%S}")
        path.rename(aside)
    except OSError as error:
        raise OutsideError("settings.unwritable", path=str(path), why=error.strerror or str(error)) from error
    return aside


def _free(path: Path, stem: str) -> Path:
    """A name beside ``path`` that no file has."""
    aside, number = path.with_name(stem + path.suffix), 2
    while aside.exists():
        aside, number = path.with_name(f"{stem}-{number}{path.suffix}"), number + 1
    return aside


def _settings_of(told: Mapping[str, object]) -> Settings:
    providers = told.get("providers", [])
    if not isinstance(providers, list):
        raise TypeError
    language, brand = told.get("language"), told.get("default_brand")
    return Settings(
        language=str(language) if language else None,
        default_brand=str(brand) if brand else None,
        default_provider=str(told.get("default_provider", "playbook")),
        four_eyes=bool(told.get("four_eyes", False)),
        providers=tuple(
            ProviderSettings(
                str(one["id"]), str(one["provider"]), {str(k): str(v) for k, v in one.get("values", {}).items()}
            )
            for one in providers
        ),
        theme=_one_of(told.get("theme"), THEMES, "auto"),
        text_size=_one_of(told.get("text_size"), TEXT_SIZES, 100),
        first_run_done=told.get("first_run_done") is True,
        author=_name(told.get("author")),
        reduced_motion=told.get("reduced_motion") is True,
    )


def _one_of(value: object, allowed: tuple[Choice, ...], default: Choice) -> Choice:
    """``value`` when it is one of ``allowed``: a slip in how things look never costs the rest of the file."""
    return next((one for one in allowed if type(one) is type(value) and one == value), default)


def _name(value: object) -> str:
    """``value`` when it can be the name of a person, else nothing."""
    name = value.strip() if isinstance(value, str) else ""
    usable = len(name) <= LONGEST_AUTHOR and not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)
    return name if usable else ""


def _body(settings: Settings) -> str:
    told = {"form": FORM, **asdict(settings)}
    body = json.dumps(told, ensure_ascii=False, indent=2)
    try:
        body.encode()
    except UnicodeEncodeError:  # a file name that is no text: kept escaped
        body = json.dumps(told, indent=2)
    return body


def save(settings: Settings, path: Path) -> None:
    """Write ``settings`` whole or not at all.

    Raises:
        OutsideError: ``settings.unwritable``; what was there stays.
    """
    body = _body(settings)
    import tempfile

    draft: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".settings-", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(body + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        if draft:
            draft.unlink(missing_ok=True)
        raise OutsideError("settings.unwritable", path=str(path), why=error.strerror or str(error)) from error
