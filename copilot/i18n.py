"""Sentences in the person's language, from the gettext catalogues in ``assets/locale``.

Message ids are keys (``error.brief.empty``); both catalogues hold every key. Parameters are written
``{name}`` and filled once: a parameter's own braces are never expanded.
"""

from __future__ import annotations

import errno
import locale
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter

from copilot.domain.wording import Wording
from copilot.errors import RepliqueError
from copilot.paths import assets_dir

LANGUAGES = ("fr", "en")

#: Parameters that name a thing by its number: nobody groups the figures of a number to be typed again.
NAMED = frozenset({"id", "thread", "message", "item", "line"})
#: What the system says when a file cannot be had, by the code of its error.
_OS = {
    errno.ENOENT: "os.not_found", errno.EACCES: "os.not_allowed", errno.EPERM: "os.not_allowed",
    errno.EISDIR: "os.is_folder", errno.ENOTDIR: "os.not_folder", errno.EEXIST: "os.exists",
    errno.ENOSPC: "os.disk_full", errno.EROFS: "os.read_only", errno.ENAMETOOLONG: "os.name_long",
    errno.EBUSY: "os.busy", errno.EIO: "os.broken", errno.EMFILE: "os.too_many",
}  # fmt: skip

#: Which plural form a count takes: 0 singular, 1 plural (CLDR plural rules, "one" and "other").
PLURAL = {"fr": lambda n: 0 if abs(n) < 2 else 1, "en": lambda n: 0 if n == 1 else 1}


def catalogue_file(language: str) -> Path:
    """The file of a language."""
    return assets_dir() / "locale" / f"{language}.po"


@lru_cache(maxsize=4)
def _catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    return _entries(catalogue_file(language).read_text(encoding="utf-8"))


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    """The sentences of a catalogue by key, one a plural form.

    Reads the subset of the PO format our catalogues use (a test holds it to polib's reading): polib takes 25 ms,
    a third of what the window may add to Qt's own start.
    """
    entries: dict[str, tuple[str, ...]] = {}
    key, forms = "", [""]
    into_key = False
    for line in text.split("\n"):
        word, _, quoted = line.partition(" ")
        if line.startswith('"'):
            quoted = line
        elif word == "msgid":
            if key:
                entries[key] = tuple(forms)
            key, forms, into_key = "", [""], True
        elif word == "msgid_plural":
            # Our plural forms are all in msgstr: the plural of a key is the key.
            quoted = '""'
        elif word.startswith("msgstr"):
            into_key = False
            if word not in ("msgstr", "msgstr[0]"):
                forms.append("")
        else:
            continue
        piece = quoted[1:-1]
        if "\\" in piece:
            piece = _unescaped(piece)
        if into_key:
            key += piece
        else:
            forms[-1] += piece
    if key:
        entries[key] = tuple(forms)
    return entries


_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def _unescaped(piece: str) -> str:
    told, plain = [], iter(piece)
    for char in plain:
        told.append(_ESCAPES.get(nxt := next(plain, ""), nxt) if char == "\\" else char)
    return "".join(told)


def key_count(language: str) -> int:
    """How many sentences a language has."""
    return len(_catalogue(language))


@dataclass(frozen=True, slots=True)
class Translator:
    """Renders keys in one language."""

    language: str

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence of ``key``. ``count`` in the parameters chooses the plural form.

        A missing key comes back as itself (a test keeps the catalogues complete).
        """
        forms = _catalogue(self.language).get(key)
        if not forms:
            return key
        template = forms[0]
        if len(forms) > 1:
            count = params.get("count", 0)
            template = forms[min(PLURAL[self.language](count if isinstance(count, int | float) else 0), len(forms) - 1)]
        return fill(template, {name: self._named(name, value) for name, value in params.items()})

    def has(self, key: str) -> bool:
        """True when the catalogue holds ``key``."""
        return key in _catalogue(self.language)

    def wording(self, wording: Wording) -> str:
        """A :class:`Wording` as a sentence."""
        return self(wording.key, **dict(wording.params))

    def error(self, error: RepliqueError) -> str:
        """An error as a sentence: what happened, what was kept, what to do."""
        why = error.params.get("why")
        params = dict(error.params)
        if isinstance(why, str) and why in _reasons():
            params["why"] = self(_reasons()[why])
        if error.key.startswith("error.thread.") and params.get("name") == "":
            # A conversation that was pasted, or came through a pipe.
            params["name"] = self("error.thread.unnamed")
        return self(error.key, **params)

    def _named(self, name: str, value: object) -> str:
        return str(value) if name in NAMED and isinstance(value, int) else self._shown(value)

    def _shown(self, value: object) -> str:
        if isinstance(value, Wording):
            return self.wording(value)
        if isinstance(value, tuple | list):
            return _listed([self._shown(part) for part in value])
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return self.number(value)

    def moment(self, at: datetime) -> str:
        """A moment to the minute, in local time: ``21/11/2026 17:00`` in French, ``2026-11-21 17:00`` in English."""
        try:
            local = at.astimezone()
        except (OverflowError, ValueError, OSError):
            # The first and last days there are have no local time everywhere.
            local = at
        return f"{local:%d/%m/%Y %H:%M}" if self.language == "fr" else f"{local:%Y-%m-%d %H:%M}"

    def number(self, value: int | float) -> str:
        """A number as the language writes it: ``12 500`` (U+202F) in French, ``12,500`` in English."""
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        if self.language == "fr":
            return shown.replace(",", "\u202f").replace(".", ",")
        return shown


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """The literal texts of a template, each with the name that follows it."""
    return tuple((literal, name) for literal, name, _spec, _conversion in Formatter().parse(template))


def _listed(parts: Sequence[str]) -> str:
    """Words parted by commas; sentences, which end by themselves, by a space."""
    return "".join(part if not place else (" " if parts[place - 1][-1:] in (".", "…") else ", ") + part
                   for place, part in enumerate(parts))  # fmt: skip


@lru_cache(maxsize=1)
def _reasons() -> Mapping[str, str]:
    """The key of each reason of the system, by the words it has for it."""
    return {os.strerror(code): key for code, key in _OS.items()}


def fill(template: str, params: Mapping[str, str]) -> str:
    """Replace each ``{name}`` of ``template`` once; an unknown name stays as it is written.

    A sentence that ends with a sentence ends once: of two full stops one is written.
    """
    parts: list[str] = []
    for literal, name in _pieces(template):
        ends = bool(parts) and parts[-1].endswith((".", "…")) and literal.startswith(".") and literal[:2] != ".."
        parts.append(literal[1:] if ends else literal)
        if name is not None:
            parts.append(params.get(name, "{" + name + "}"))
    return "".join(parts)


def choose_language(asked: str | None = None, setting: str | None = None) -> str:
    """The interface language: what was asked, else ``REPLIQUE_LANG``, the settings, the locale, French."""
    for wanted in (asked, os.environ.get("REPLIQUE_LANG"), setting, _system_language()):
        code = (wanted or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def _system_language() -> str | None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return None if value.split(".")[0] in ("C", "POSIX") else value
    return locale.getlocale()[0]
