"""What this program is made of: its version, and every library and asset shipped with it, with its licence."""

from __future__ import annotations

import platform
import re
import sysconfig
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from copilot import __version__
from copilot.paths import assets_dir

PRODUCT = "replique"
#: A licence text is cut after this many characters; the longest shipped one has 60,000.
LONGEST_TEXT = 1_000_000
_LICENCE_FILE = re.compile(r"(?:.*[-_.])?(?:licen[cs]es?|copying|notice|authors)(?:[-_.].*)?", re.IGNORECASE)
_CODE = (".py", ".pyc", ".pyi", ".so", ".pyd", ".dll")
#: The page of a project that says most, best first.
_PAGES = ("homepage", "repository", "source", "source code", "code", "website", "documentation")


@dataclass(frozen=True, slots=True)
class Licence:
    """One thing shipped: ``licence`` is an SPDX expression or what the project itself writes, empty when unknown."""

    name: str
    version: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """This program. ``qt_version`` is given by who draws the window; the core knows no Qt."""

    version: str
    python: str
    licences: tuple[Licence, ...]
    qt_version: str = ""


def about(qt_version: str = "") -> About:
    """What runs here: Python, the libraries in use on this system (those of development left out), the assets."""
    python = Licence("Python", platform.python_version(), "PSF-2.0", "https://www.python.org/")
    shipped = (python, *(_licence(one) for one in _shipped()), *(licence for licence, _file in _assets()))
    ordered = tuple(sorted(shipped, key=lambda one: one.name.casefold()))
    return About(__version__, platform.python_version(), ordered, qt_version)


def licence_text(name: str) -> str:
    """The licence of ``name`` (as :func:`about` names it) as its authors shipped it, empty when they shipped none."""
    if name == "Python":
        return _read(Path(sysconfig.get_path("stdlib")) / "LICENSE.txt")
    for licence, file in _assets():
        if licence.name == name:
            return _read(file) if file else ""
    found = _installed(name)
    files = (found.files or ()) if found else ()
    texts = (_read(Path(str(file.locate()))) for file in files if _is_licence(str(file)))
    shipped = "\n\n".join(text for text in texts if text)
    return (shipped or _standard_text(_licence(found).licence if found else ""))[:LONGEST_TEXT]


def _standard_text(licence: str) -> str:
    """The text of a licence that names the LGPL and whose library (Qt's) brings none."""
    if "LGPL-3.0" not in licence:
        return ""
    folder = assets_dir() / "licences"
    return "\n\n".join(_read(folder / f"{name}.txt") for name in ("LGPL-3.0", "GPL-3.0"))


@lru_cache(maxsize=1)
def _shipped() -> tuple[metadata.Distribution, ...]:
    """The libraries the product asks for, and those they ask for in turn, that are installed here.

    A frozen program may have lost what it asked for: then everything it carries counts.
    """
    product = _installed(PRODUCT)
    if product is None or product.requires is None:
        return tuple(one for one in metadata.distributions() if one.metadata["Name"] != PRODUCT)
    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(PRODUCT, "")]
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        name, extra = wanted
        distribution = found.get(name) or _installed(name)
        if distribution is not None:
            found[name] = distribution
            waiting += _asked(distribution, extra)
    found.pop(PRODUCT)
    return tuple(found.values())


def _asked(distribution: metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    """What ``distribution`` needs on this system with the option ``extra``: names, each with each of its options."""
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    for told in distribution.requires or ():
        try:
            asked = Requirement(told)
        except InvalidRequirement:  # somebody else's slip: that one line is not followed
            continue
        if asked.marker is None or asked.marker.evaluate({"extra": extra}):
            for option in ("", *asked.extras):
                yield canonicalize_name(asked.name), option


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except (metadata.PackageNotFoundError, ValueError):
        return None


def _licence(distribution: metadata.Distribution) -> Licence:
    # Asked once: each access reads the whole file again.
    told = distribution.metadata
    fields = {key: told.get_all(key) or [] for key in ("License-Expression", "License", "Classifier", "Project-URL")}
    classes = [one.rpartition(" :: ")[2] for one in fields["Classifier"] if one.startswith("License :: ")]
    written = next(iter(fields["License-Expression"] or fields["License"]), "").strip()
    # Some put the whole text there: its first line is its title.
    first = written.partition("\n")[0].strip()
    name = first if first and first != "UNKNOWN" and len(first) <= 100 else ", ".join(classes)
    pages = [tuple(part.strip() for part in one.split(",", 1)) for one in fields["Project-URL"]]
    home = next(iter(told.get_all("Home-page") or []), "")
    return Licence(told["Name"], told["Version"], name, _page({one[0].lower(): one[-1] for one in pages}, home))


def _page(pages: dict[str, str], home: str) -> str:
    found = next((pages[name] for name in _PAGES if name in pages), home)
    return found if found.startswith(("https://", "http://")) else ""


def _is_licence(path: str) -> bool:
    file = Path(path)
    inside = any(part.endswith(".dist-info") for part in file.parts[:-1])
    if inside and "licenses" in file.parts:
        return True
    return file.suffix not in _CODE and _LICENCE_FILE.fullmatch(file.name) is not None


def _assets() -> tuple[tuple[Licence, Path | None], ...]:
    """The fonts and drawings shipped, each with the file of its licence."""
    folder = assets_dir().resolve()
    try:
        told = tomllib.loads((folder / "licences.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple((_asset(one), _inside(folder, one.get("file", ""))) for one in told.get("asset", ()))


def _asset(told: dict[str, str]) -> Licence:
    return Licence(told["name"], told.get("version", ""), told["licence"], told.get("url", ""))


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    return path if name and path.is_relative_to(folder) else None


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(LONGEST_TEXT)
    except OSError:
        return ""
