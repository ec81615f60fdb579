"""What each system is told about the program: name, version, copyright, icon."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

NAME = "Réplique"
#: The program's name for macOS, in the reversed order of an internet domain.
BUNDLE_ID = "org.replique.Replique"
COPYRIGHT = "© The Réplique authors. MIT licence."
#: The oldest macOS that this Qt runs on.
OLDEST_MACOS = "13.0"


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """``0.1.0`` as Windows counts: (0, 1, 0, 0). What follows the numbers (``rc1``) is left out."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", version, maxsplit=1)[0])][:4]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def windows_version(template: Path, version: str, program: str) -> str:
    """The version resource of ``program`` (``replique.exe``), in the form that PyInstaller reads."""
    return Template(template.read_text(encoding="utf-8")).substitute(
        numbers=four_numbers(version), version=version, name=NAME, copyright=COPYRIGHT, program=program
    )


def macos_plist(version: str) -> dict[str, Any]:
    """What ``Info.plist`` says beside what PyInstaller writes there. No document type is claimed."""
    return {
        "CFBundleName": "Replique",
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": ".".join(map(str, four_numbers(version)[:3])),
        "CFBundleVersion": ".".join(map(str, four_numbers(version)[:3])),
        "CFBundleDevelopmentRegion": "fr",
        "CFBundleLocalizations": ["fr", "en"],
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSRequiresAquaSystemAppearance": False,
    }


def linux_share(app: Path, share: Path, version: str, day: date) -> None:
    """Lay the menu entry, the description and the icons in ``share``, as ``/usr/share`` has them."""
    for source, folder in (
        ("replique.desktop", "applications"),
        ("replique.metainfo.xml", "metainfo"),
        ("replique.svg", "icons/hicolor/scalable/apps"),
        ("replique.png", "icons/hicolor/512x512/apps"),
    ):
        target = share / folder / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.endswith(".xml"):
            text = (app / source).read_text(encoding="utf-8")
            target.write_text(Template(text).substitute(version=version, day=day.isoformat()), encoding="utf-8")
        else:
            shutil.copyfile(app / source, target)


def licence_texts(root: Path, folder: Path, packages: Mapping[str, Path]) -> None:
    """Lay the product's licence, those of Qt, and the copyright files of the system's ``packages`` in ``folder``."""
    (folder / "libraries").mkdir(parents=True, exist_ok=True)
    for text in (root / "LICENSE", *sorted((root / "assets" / "licences").iterdir())):
        shutil.copyfile(text, folder / text.name)
    for package, text in packages.items():
        shutil.copyfile(text, folder / "libraries" / f"{package}.txt")
