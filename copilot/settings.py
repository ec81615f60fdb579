"""Settings of a profile: what a person chose, without any secret, in ``settings.json``."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from copilot.errors import OutsideError, UserError

FORM = 1


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """One configured model source: its id, the provider it uses, the values of its fields."""

    id: str
    provider: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person set. ``default_provider`` is an id of ``providers`` or ``playbook``."""

    language: str | None = None
    default_brand: str | None = None
    default_provider: str = "playbook"
    four_eyes: bool = False
    providers: tuple[ProviderSettings, ...] = ()

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
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError("settings.broken", path=str(path)) from error


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
    )


def save(settings: Settings, path: Path) -> None:
    """Write ``settings`` whole or not at all.

    Raises:
        OutsideError: ``settings.unwritable``; what was there stays.
    """
    body = json.dumps({"form": FORM, **asdict(settings)}, ensure_ascii=False, indent=2)
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
