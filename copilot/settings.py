"""Settings of a profile: what a person chose, without any secret, in ``settings.json``."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

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
class CrisisThresholds:
    """From when on many negative messages are worrying.

    ``yellow``, ``orange`` and ``red`` are multiples of the usual number of negatives in an hour; below ``floor``, fewer
    is as usual. Past days tell the usual band of an hour from ``days`` on. A message with ``likes`` comes from an
    influential account. ``safety_orange`` and ``safety_red`` count authors of safety words in a day; ``theme_share`` is
    the part of the negatives that makes a theme.
    """

    yellow: float = 2.0
    orange: float = 3.0
    red: float = 10.0
    floor: float = 2.5
    days: int = 5
    likes: int = 100
    safety_orange: int = 1
    safety_red: int = 3
    theme_share: float = 0.5

    @classmethod
    def of(cls, told: object) -> CrisisThresholds:
        """The thresholds of a table of values; a value that cannot be one falls back to the usual one."""
        usual = cls()
        if not isinstance(told, Mapping):
            return usual
        kept: dict[str, Any] = {name: _figure(told.get(name), value) for name, value in asdict(usual).items()}
        made = cls(**kept)
        return made if made.yellow <= made.orange <= made.red else usual


#: The highest threshold: past it, a level would never be reached.
HIGHEST_THRESHOLD = 1_000_000


def _figure(value: object, usual: float) -> float:
    """``value`` when it is a number above 0 of the kind of ``usual``, else ``usual``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= HIGHEST_THRESHOLD:
        return usual
    if isinstance(usual, float):
        return float(value)
    return int(value) if float(value).is_integer() else usual


#: The classes of urgency, most urgent first; the last is owed no answer unless a person says so.
SLA_CLASSES = ("P0", "P1", "P2", "P3", "P4")
#: The longest wait: 60 days.
LONGEST_WAIT = 86_400
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class SlaSettings:
    """How soon each class of message is owed an answer.

    ``minutes`` says how many for each of ``SLA_CLASSES``, None for no answer owed. The classes of
    ``in_working_hours`` count only what lies between ``opens`` and ``closes`` (``HH:MM``, in the brand's time zone) of
    ``days`` (1 is Monday).
    """

    minutes: Mapping[str, int | None] = field(
        default_factory=lambda: {"P0": 30, "P1": 120, "P2": 480, "P3": 1440, "P4": None}
    )
    in_working_hours: tuple[str, ...] = ("P2",)
    opens: str = "09:00"
    closes: str = "18:00"
    days: tuple[int, ...] = (1, 2, 3, 4, 5)

    @classmethod
    def of(cls, told: object) -> SlaSettings:
        """The settings of a table of values; a value that cannot be one falls back to the usual one."""
        usual = cls()
        if not isinstance(told, Mapping):
            return usual
        minutes = told.get("minutes")
        minutes = minutes if isinstance(minutes, Mapping) else {}
        opens, closes = told.get("opens"), told.get("closes")
        hours = (opens, closes) if _is_hour(opens) and _is_hour(closes) and str(opens) < str(closes) else None
        days, working = told.get("days"), told.get("in_working_hours")
        return cls(
            minutes={name: _wait(minutes.get(name, wait), wait) for name, wait in usual.minutes.items()},
            in_working_hours=tuple(one for one in SLA_CLASSES if one in working)
            if isinstance(working, list | tuple)
            else usual.in_working_hours,
            opens=str(hours[0]) if hours else usual.opens,
            closes=str(hours[1]) if hours else usual.closes,
            days=_days(days) if isinstance(days, list | tuple) else usual.days,
        )


def _is_hour(value: object) -> bool:
    return isinstance(value, str) and _HOUR.fullmatch(value) is not None


def _wait(value: object, usual: int | None) -> int | None:
    if value is None:
        return None
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 < value <= LONGEST_WAIT else usual


def _days(told: Iterable[object]) -> tuple[int, ...]:
    """The days of a week among ``told``; the usual ones when there is none."""
    known = {one for one in told if isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= 7}
    return tuple(sorted(known)) or SlaSettings().days


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
    crisis: CrisisThresholds = field(default_factory=CrisisThresholds)
    sla: SlaSettings = field(default_factory=SlaSettings)

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
        crisis=CrisisThresholds.of(told.get("crisis")),
        sla=SlaSettings.of(told.get("sla")),
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
