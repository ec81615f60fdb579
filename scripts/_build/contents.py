"""What goes into the frozen folder: modules found by name at run time, files, and nothing nobody needs."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

#: (name in the folder, file here, kind), as PyInstaller lists what it collects.
Entry = tuple[str, str, str]

LINUX = sys.platform.startswith("linux")

#: Packages whose modules are imported by name: plug-ins, drivers, and libraries that load their parts when asked.
BY_NAME = (
    "copilot", "ui", "alembic", "anyio", "importlib_metadata", "langchain_core", "langchain_openai",
    "psycopg", "rich._unicode_data", "tiktoken_ext", "tzdata",
)  # fmt: skip
#: The driver of PostgreSQL's own compiled part, which only it can import.
COMPILED_DRIVER = ["psycopg_binary", "psycopg_binary._psycopg", "psycopg_binary.pq"]
#: Packages with files of their own beside their modules.
WITH_FILES = ("py3langid", "tzdata")
#: Read as files where they are.
MIGRATIONS = "copilot/store/migrations"
#: What the frozen product never runs. readline is under the GPL.
EXCLUDED = [
    "tkinter", "_tkinter", "turtle", "turtledemo", "idlelib", "lib2to3", "ensurepip", "venv", "pydoc_data",
    "readline", "curses", "test", "pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel", "uv",
    "hatchling", "editables", "pytest", "_pytest", "pytest_asyncio", "pytestqt", "pytest_socket", "hypothesis",
    "mypy", "mypyc", "ruff", "PyInstaller", "polib", "jsonschema", "referencing", "rpds", "reportlab", "PIL",
    "pygments", "IPython", "zstandard", "twitter_text", "attr", "attrs", "numpy.f2py", "numpy.testing",
    "numpy.distutils", "numpy.fft", "numpy.polynomial", "numpy.tests", "alembic.testing",
    "sqlalchemy.testing", "anyio.pytest_plugin", "anyio._backends._trio", "trio", "lxml.isoschematron",
    "lxml.objectify", "langchain_openai.middleware", "langsmith.cli", "langsmith.pytest_plugin", "scipy", "sklearn",
    "joblib", "narwhals", "pandas",
]  # fmt: skip
#: The parts of Qt in use, and what its own plug-ins for a display are linked to.
QT_LIBRARIES = {
    "Core", "Gui", "Widgets", "Network", "Svg", "DBus", "OpenGL", "XcbQpa", "WaylandClient",
    "WaylandEglClientHwIntegration",
}  # fmt: skip
#: Qt's plug-ins by kind; of a kind that is not here none is kept. Names without ``lib`` and what follows the dot.
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qgtk3", "qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
#: Of the build machine's own libraries, those a desktop may lack. The others (GTK, GLib, fonts, D-Bus, C++) must be
#: the ones the person's system was built with: ours would be older than what its drivers and themes ask for.
SYSTEM_LIBRARIES = re.compile(
    r"lib(?:python3|ssl|crypto|sqlite3|ffi|bz2|lzma|z|uuid|gomp|gssapi_krb5|krb5|k5crypto|krb5support|com_err|keyutils"
    r"|brotlidec|brotlicommon"
    r"|xcb-(?:cursor|icccm|image|keysyms|randr|render|render-util|shape|shm|sync|util|xfixes|xkb|xinput)"
    r"|xkbcommon|xkbcommon-x11)[-.\d]*\.so"
)
#: Libraries are shipped without the names of their inner functions (xllamacpp is four times smaller), but for those
#: that have none (Qt) and those a tool has edited after they were linked, which a second one may damage.
LEFT_WHOLE = re.compile(r"PySide6/|shiboken6/|numpy/|psycopg_binary/|[^/]+\.libs/")
#: Babel's words of other languages than those the product speaks.
_OTHER_LOCALES = re.compile(r"babel/locale-data/(?!(?:root|fr|en)\.dat$)")
_QT = re.compile(r"(?:^|/)(?:lib)?Qt6?([A-Z][A-Za-z0-9]*)\.")
_QT_PLUGIN = re.compile(r"(?:^|/)plugins/([\w-]+)/(?:lib)?([\w-]+)\.")
_QT_WORDS = re.compile(r"/translations/(?!qtbase_(?:fr|en)\.qm$)")
_LICENCE = re.compile(r"(?:.*[-_.])?(?:licen[cs]es?|copying|notice|authors)(?:[-_.].*)?", re.IGNORECASE)
#: Libraries whose wheels ship no licence text though their licence asks for it.
LGPL, APACHE = ("LGPL-3.0.txt", "GPL-3.0.txt"), ("Apache-2.0.txt",)
MISSING_TEXTS = {"pyside6_essentials": LGPL, "shiboken6": LGPL, "tokenizers": APACHE}


def modules() -> list[str]:
    """Modules that are imported by name, which reading the sources does not find."""
    found = [name for package in BY_NAME if _is_here(package) for name in collect_submodules(package, _is_wanted)]
    return found + (COMPILED_DRIVER if _is_here(COMPILED_DRIVER[0]) else [])


def _is_here(package: str) -> bool:
    return find_spec(package.partition(".")[0]) is not None


def _is_wanted(module: str) -> bool:
    return not any(f"{module}.".startswith(f"{out}.") for out in EXCLUDED)


def files(root: Path) -> list[tuple[str, str]]:
    """The product's own files and those of the libraries: (file, folder to put it in)."""
    found = [(str(root / name), name) for name in ("prompts", "assets")]
    found += [
        (str(root / MIGRATIONS / one), f"{MIGRATIONS}{to}")
        for one, to in (("env.py", ""), ("versions/*.py", "/versions"))
    ]
    found.append((str(root / "LICENSE"), "."))
    found += [pair for package in WITH_FILES if _is_here(package) for pair in collect_data_files(package)]
    return found + _python_licence()


def _python_licence() -> list[tuple[str, str]]:
    base, library = Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))
    text = next((path for path in (library / "LICENSE.txt", base / "LICENSE.txt") if path.is_file()), None)
    return [(str(text), library.relative_to(base).as_posix())] if text else []


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the collected files that somebody needs."""
    return [entry for entry in entries if _needed(entry[0].replace("\\", "/"), entry[1]) and _leads_somewhere(entry)]


def _leads_somewhere(entry: Entry) -> bool:
    name, target, kind = entry
    return kind != "SYMLINK" or _needed(Path(name).parent.joinpath(target).as_posix(), "")


def _needed(name: str, source: str) -> bool:
    if "PySide6" in name or _QT.search(name):
        return _needed_of_qt(name)
    if name.startswith("assets/app/") and not name.endswith((".svg", ".png")):
        return False
    if _OTHER_LOCALES.match(name) or re.search(r"numpy/_core/_\w+_tests\.|/__pycache__/|\.pyi$", name):
        return False
    return not LINUX or not _of_the_system(source) or SYSTEM_LIBRARIES.match(Path(name).name) is not None


def _needed_of_qt(name: str) -> bool:
    plugin = _QT_PLUGIN.search(name)
    if plugin:
        return plugin[2] in QT_PLUGINS.get(plugin[1], ())
    if _QT_WORDS.search(name) or "pyside6qml" in name or "opengl32sw" in name:
        return False
    library = _QT.search(name)
    return library is None or library[1] in QT_LIBRARIES


def _of_the_system(source: str) -> bool:
    return re.match(r"/(?:usr/)?lib(?:64|32)?/", source) is not None and "/site-packages/" not in source


def stripped(entries: Iterable[Entry], work: Path) -> list[Entry]:
    """The same, libraries replaced by copies without the names of their inner functions (Linux)."""
    tool = shutil.which("strip") if LINUX else None
    return [_stripped(entry, work, tool) if tool and _can_be_stripped(entry) else entry for entry in entries]


def _can_be_stripped(entry: Entry) -> bool:
    name, source, kind = entry
    return kind in ("BINARY", "EXTENSION") and not LEFT_WHOLE.match(name) and not _of_the_system(source)


def _stripped(entry: Entry, work: Path, tool: str) -> Entry:
    name, source, kind = entry
    copy = work / "stripped" / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([tool, "--strip-unneeded", "-o", str(copy), source], capture_output=True, check=False)
    return entry if done.returncode else (name, str(copy), kind)


def about_libraries(carried: Iterable[Entry], root: Path, work: Path) -> list[Entry]:
    """Name, version, entry points and licences of the libraries that are carried, and of them only."""
    tops = {name.replace("\\", "/").split("/")[0].split(".")[0] for name, _source, _kind in carried}
    wanted = {name for top, names in metadata.packages_distributions().items() if top in tops for name in names}
    return [
        entry for name in sorted({*wanted, "replique"}) for entry in _about(metadata.distribution(name), root, work)
    ]


def _about(library: metadata.Distribution, root: Path, work: Path) -> Iterator[Entry]:
    kept_files: list[str] = []
    folder = ""
    for file in library.files or ():
        inside = file.parts[0].endswith(".dist-info")
        # Programs are beside the libraries; the product's own files come from the sources.
        if ".." in file.parts or (library.name == "replique" and not inside):
            continue
        folder = file.parts[0] if inside else folder
        if _is_told(str(file), inside=inside) and Path(str(file.locate())).is_file():
            kept_files.append(file.as_posix())
            yield file.as_posix(), str(file.locate()), "DATA"
    for text in MISSING_TEXTS.get(folder.lower().partition("-")[0], ()):
        kept_files.append(f"{folder}/licenses/{text}")
        yield kept_files[-1], str(root / "assets" / "licences" / text), "DATA"
    record = work / "records" / folder
    record.parent.mkdir(parents=True, exist_ok=True)
    with record.open("w", encoding="utf-8", newline="") as told:
        csv.writer(told, lineterminator="\n").writerows((name, "", "") for name in kept_files)
    yield f"{folder}/RECORD", str(record), "DATA"


def _is_told(name: str, *, inside: bool) -> bool:
    """The licences and what the program asks of itself; never what names the build machine (``direct_url.json``)."""
    path = Path(name)
    if inside:
        return (
            path.name in ("METADATA", "entry_points.txt")
            or "licenses" in path.parts
            or bool(_LICENCE.fullmatch(path.name))
        )
    return path.suffix in ("", ".txt", ".md", ".rst") and _LICENCE.fullmatch(path.name) is not None


def copyrights(entries: Iterable[Entry]) -> dict[str, Path]:
    """The copyright file of each Debian package a carried library comes from, by package."""
    if not shutil.which("dpkg-query"):
        return {}
    paths = {
        str(path) for _name, source, _kind in entries if _of_the_system(source) for path in _names_of(Path(source))
    }
    if not paths:
        return {}
    told = subprocess.run(["dpkg-query", "-S", *sorted(paths)], capture_output=True, text=True, check=False).stdout
    packages = {line.partition(":")[0] for line in told.splitlines()}
    found = {package: Path("/usr/share/doc") / package / "copyright" for package in packages}
    return {package: path for package, path in sorted(found.items()) if path.is_file()}


def _names_of(path: Path) -> Iterator[Path]:
    """A library's file under the names a package may know it by (``/lib`` is ``/usr/lib`` on newer systems)."""
    for one in (path, path.resolve()):
        yield one
        yield Path(str(one).removeprefix("/usr")) if str(one).startswith("/usr/") else Path(f"/usr{one}")
