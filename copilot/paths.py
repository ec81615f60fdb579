"""Where things lie: shipped files (source tree, wheel, frozen) and the profile folder."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import Bug, OutsideError


def _bundle_root() -> Path:
    """The folder that holds ``prompts`` and ``assets``, however the product was installed."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen)] if frozen else []
    candidates += [package.parent, package / "_bundle"]
    for candidate in candidates:
        if (candidate / "assets" / "networks").is_dir() and (candidate / "prompts").is_dir():
            return candidate
    raise Bug("bundle.missing", tried=", ".join(str(path) for path in candidates))


def assets_dir() -> Path:
    """Shipped assets: networks, playbooks, locale, demo, lexicons."""
    return _bundle_root() / "assets"


def prompts_dir() -> Path:
    """Shipped prompt templates."""
    return _bundle_root() / "prompts"


@dataclass(frozen=True, slots=True)
class Profile:
    """The data folder of one person: store, settings, own prompts, logs."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite store."""
        return self.root / "replique.db"

    @property
    def settings(self) -> Path:
        """Settings without secrets."""
        return self.root / "settings.json"

    @property
    def prompts(self) -> Path:
        """The person's own copies of prompts; they win over the shipped ones."""
        return self.root / "prompts"

    @property
    def logs(self) -> Path:
        """Rotating, redacted logs."""
        return self.root / "logs"

    @property
    def backups(self) -> Path:
        """Automatic copies of the store, made before an upgrade or a restore."""
        return self.root / "backups"

    def ensure(self) -> Profile:
        """Create the folder when it is missing.

        Raises:
            OutsideError: ``profile.unusable`` when it cannot be created or is not a folder.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutsideError("profile.unusable", path=str(self.root), why=error.strerror or str(error)) from error
        return self


def profile_at(folder: str | os.PathLike[str] | None = None) -> Profile:
    """The profile in ``folder``, else in ``$REPLIQUE_PROFILE``, else in the user's data folder."""
    chosen = folder or os.environ.get("REPLIQUE_PROFILE")
    if chosen:
        return Profile(Path(chosen).expanduser().absolute())
    import platformdirs

    return Profile(Path(platformdirs.user_data_dir("Replique", appauthor=False)))


def cache_dir() -> Path:
    """Where what can be made again is kept, nothing of anybody: ``$REPLIQUE_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("REPLIQUE_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir("Replique", appauthor=False))
