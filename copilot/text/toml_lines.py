"""Where each key of a TOML text stands, so that a mistake can be shown on its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: A path of keys and of 0-based positions in arrays: ``("facts", 2, "valid_until")``.
KeyPath = tuple[str | int, ...]

_BLANK = " \t\r\n"
_BARE = re.compile(r"[^\s=.\[\]{},#\"']+")
# Hundreds of dotted parts make the TOML parser slow (quadratic); no file of ours needs ten.
_LONG_KEY = re.compile(r"(?<![\w.\"' \t-])[ \t]*+(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}")
_SCALAR_END = re.compile(r"[,\]}#\r\n]")


def long_key_at(text: str) -> int | None:
    """Where a key with hundreds of dotted parts begins, which would keep the TOML parser busy for seconds."""
    found = _LONG_KEY.search(text)
    return found.start() if found else None


@dataclass(slots=True)
class _Scan:
    """A walk over a text that a TOML parser already accepted; it only looks for line numbers."""

    text: str
    at: int = 0
    line: int = 1
    counted: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    arrays: dict[KeyPath, int] = field(default_factory=dict)

    def here(self) -> int:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_blank(self, blank: str = _BLANK) -> None:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#" and "\n" in blank:
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif char in blank:
                self.at += 1
            else:
                return

    def note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self.here())

    def string(self) -> str:
        quote = self.peek()
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        start = self.at = self.at + len(fence)
        while self.at < len(self.text):
            if quote == '"' and self.text[self.at] == "\\":
                self.at += 2
            elif self.text.startswith(fence, self.at):
                break
            else:
                self.at += 1
        content = self.text[start : self.at]
        self.at += len(fence)
        while len(fence) == 3 and self.peek() == quote:  # up to two quotes may touch the closing fence
            self.at += 1
        return content

    def key(self) -> KeyPath:
        parts: list[str] = []
        while self.at < len(self.text):
            self.skip_blank(" \t")
            if self.peek() in ('"', "'"):
                parts.append(self.string())
            else:
                bare = _BARE.match(self.text, self.at)
                if not bare:
                    break
                parts.append(bare.group())
                self.at = bare.end()
            self.skip_blank(" \t")
            if self.peek() != ".":
                break
            self.at += 1
        return tuple(parts)

    def resolved(self, keys: KeyPath) -> KeyPath:
        """``facts.extra`` under ``[[facts]]`` belongs to the last element of that array."""
        path: KeyPath = ()
        for part in keys:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path])
        return path

    def header(self) -> KeyPath:
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = self.key()
        if double:
            array = (*self.resolved(keys[:-1]), *keys[-1:])
            self.note(array)
            self.arrays[array] = self.arrays.get(array, -1) + 1
            path: KeyPath = (*array, self.arrays[array])
        else:
            path = self.resolved(keys)
        self.note(path)
        self.at += 2 if double else 1
        return path

    def pair(self, table: KeyPath) -> None:
        self.skip_blank()
        start = self.at
        keys = self.key()
        for depth in range(1, len(keys) + 1):
            self.note((*table, *keys[:depth]))
        self.skip_blank(" \t")
        self.at += 1  # the equals sign
        self.value((*table, *keys))
        self.at = max(self.at, start + 1)  # always forward, whatever the text

    def value(self, path: KeyPath) -> None:
        self.skip_blank(" \t")
        char = self.peek()
        if char in ('"', "'"):
            self.string()
        elif char == "[":
            self.members(path, "]")
        elif char == "{":
            self.members(path, "}")
        else:
            end = _SCALAR_END.search(self.text, self.at)
            self.at = end.start() if end else len(self.text)

    def members(self, path: KeyPath, close: str) -> None:
        self.at += 1
        position = 0
        while self.at < len(self.text):
            self.skip_blank()
            if self.peek() == close:
                break
            if self.peek() == ",":
                self.at += 1
                continue
            if close == "}":
                self.pair(path)
            else:
                before = self.at
                self.note((*path, position))
                self.value((*path, position))
                position += 1
                self.at = max(self.at, before + 1)
        self.at += 1


def key_lines(text: str) -> dict[KeyPath, int]:
    """The 1-based line of every table, key and array element of a valid TOML ``text``.

    Nested brackets are followed as deep as the TOML parser itself goes; deeper raises RecursionError.
    """
    scan = _Scan(text)
    table: KeyPath = ()
    while True:
        scan.skip_blank()
        if scan.at >= len(text):
            return scan.lines
        if scan.peek() == "[":
            table = scan.header()
        else:
            scan.pair(table)


def nearest_line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of ``path``, else of the closest thing around it, else 1."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1
