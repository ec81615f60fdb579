"""Links as X sees them, in a time linear in the text.

X's rules (twitter-text 3) say what is a link: with ``http(s)://`` or without, a domain whose last label is a known
top-level domain, what may come before it, where the path stops. Here they are applied by a scanner over the labels
of a host name instead of one backtracking expression: the answer is the same, hostile text costs no more than prose.
Mastodon counts by the same rules, for links that have a scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.paths import assets_dir

MAX_LABEL = 63
MAX_URL = 4096
MAX_SHORT_SLUG = 40

_INVALID = "\ufffe\ufeff\uffff"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NOT_IN_LABEL = rf"!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~${_SPACES}{_INVALID}{_DIRECTION}"
_LATIN = (
    "\xc0-\xd6\xd8-\xf6\xf8-\xff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    "\u02bb\u0300-\u036f\u1e00-\u1eff"
    # The same in the other case: listed, since a class that ignores case takes milliseconds to compile.
    "\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u0399\u03b9\u1fbe\u2c65\u2c66\u2c7e\u2c7f"
)
_CYRILLIC = "\u0400-\u04ff\u1c80-\u1c87"

_DOT = re.compile(r"\.(?=[A-Za-z]{2}|[^\x00-\x7f])")
_HOST_RUN = re.compile(f"(?:[^{_NOT_IN_LABEL}]|[-._])+")
_MAY_PRECEDE = re.compile(f"[^A-Za-z0-9@\uff20$#\uff03{_INVALID}]")
_BEGIN = re.compile(f"(?<={_MAY_PRECEDE.pattern})[^-_]")
_PLAIN_LABEL = re.compile(f"[-a-zA-Z0-9{_LATIN}]+")
_SCHEME = re.compile("https?://", re.IGNORECASE | re.ASCII)
_ASCII_WORD = re.compile("[A-Za-z]+")
_PUNYCODE = re.compile("xn--[-0-9a-z]+", re.IGNORECASE | re.ASCII)
_AFTER_TLD = re.compile("[^0-9a-zA-Z@+-]")

_PATH_CHAR = rf"[a-zA-Z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
_PARENS = rf"\((?:{_PATH_CHAR}+|{_PATH_CHAR}*\({_PATH_CHAR}+\){_PATH_CHAR}*)\)"
_PATH_END = rf"[-+a-zA-Z{_CYRILLIC}0-9=_#/{_LATIN}]"
# Up to the last sign a path may end with, then balanced parentheses: never tried twice, so linear.
_PATH = rf"/(?:{_PATH_CHAR}*(?:{_PARENS}{_PATH_CHAR}*)*{_PATH_END})?(?:{_PARENS})*"
_QUERY = r"(?:\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/])"
_TAIL = re.compile(rf"(?::[0-9]+)?(?P<path>{_PATH})?(?:{_QUERY})?")
_SHORTENED = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", re.IGNORECASE | re.ASCII)

_IDEOGRAPHIC_DOTS = re.compile("[\u3002\uff0e\uff61]")


@lru_cache(maxsize=1)
def top_level_domains() -> tuple[frozenset[str], re.Pattern[str]]:
    """The ASCII top-level domains, and an expression for the others (the longest first)."""
    lines = (assets_dir() / "lexicons" / "tlds.txt").read_text(encoding="utf-8").splitlines()
    names = " ".join(line for line in lines if not line.startswith("#")).split()
    others = sorted((name for name in names if not name.isascii()), key=len, reverse=True)
    return (
        frozenset(name for name in names if name.isascii()),
        re.compile(f"(?:{'|'.join(others)})(?=[^0-9a-zA-Z@+-]|\\Z)", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``text[start:end]``. ``start`` is where its scheme or its domain begins."""

    start: int
    end: int
    has_scheme: bool


def find_links(text: str, *, bare: bool = True) -> list[Link]:
    """The links of ``text`` (NFC) in order. ``bare`` False keeps to those that have a scheme."""
    if "." not in text:
        return []
    return list(_Scanner(text, bare).links())


@dataclass(slots=True)
class _Host:
    """The labels of a run of host characters: label ``n`` is ``text[bounds[n][0]:bounds[n][1]]``.

    ``tld_end[n]`` is where a top-level domain that begins after label ``n`` ends; ``best[n]`` the last label before
    the top-level domain of the longest host name that begins at label ``n``. None when there is none.
    """

    bounds: list[tuple[int, int]]
    tld_end: list[int | None]
    best: list[int | None]


class _Scanner:
    """Goes through a text once, as the expression of twitter-text would."""

    def __init__(self, text: str, bare: bool) -> None:
        self.text = text
        self.bare = bare
        self.done = 0

    def links(self) -> Iterator[Link]:
        floor = 0
        for dot in _DOT.finditer(self.text):
            # Most dots of a text are looked at no further: what follows is no top-level domain.
            if dot.start() < floor or _tld_end(self.text, dot.end()) is None:
                continue
            start = self._run_start(dot.start(), floor)
            run = _HOST_RUN.match(self.text, start)
            assert run is not None
            floor = run.end()
            if floor > self.done:
                host = self._host(start, floor)
                if host is not None:
                    yield from self._links_of(host)

    def _run_start(self, at: int, floor: int) -> int:
        """Where the run of host characters around ``at`` begins, ``floor`` being past the run before."""
        while at > floor:
            before = self.text[max(at - 64, floor) : at][::-1]
            run = _HOST_RUN.match(before)
            at -= run.end() if run else 0
            if not run or run.end() < len(before):
                break
        return at

    def _host(self, start: int, end: int) -> _Host | None:
        """The labels of a run; None when no label is followed by a top-level domain."""
        bounds = []
        at = start
        for part in self.text[start:end].split("."):
            bounds.append((at, at + len(part)))
            at += len(part) + 1
        tld_end = [_tld_end(self.text, after + 1) for _, after in bounds[:-1]]
        if not any(tld_end):
            return None
        return _Host(bounds, tld_end, self._best(bounds, tld_end))

    def _best(self, bounds: list[tuple[int, int]], tld_end: list[int | None]) -> list[int | None]:
        best: list[int | None] = [None] * len(bounds)
        for n in range(len(tld_end) - 1, -1, -1):
            start, end = bounds[n]
            # A label begins and ends with neither hyphen nor underscore; the last one holds no underscore at all.
            if start == end or self.text[start] in "-_" or self.text[end - 1] in "-_":
                continue
            here = n if tld_end[n] and self.text.find("_", start, end) < 0 else None
            best[n] = here if best[n + 1] is None else best[n + 1]
        return best

    def _links_of(self, host: _Host) -> Iterator[Link]:
        first = host.bounds[0][0]
        scheme = self._scheme_before(first)
        if scheme is not None and host.best[0] is not None:
            yield from self._with_scheme(scheme, first, host, host.best[0])
        if not self.bare:
            return
        for n in range(len(host.tld_end)):
            if host.best[n + 1] is None and host.tld_end[n] is None:
                continue
            while (start := self._first_in_label(host, n)) is not None:
                further = host.best[n + 1]
                yield from self._bare(start, host, n if further is None else further)

    def _first_in_label(self, host: _Host, n: int) -> int | None:
        """The first place in label ``n`` where a host name may begin."""
        start, end = host.bounds[n]
        if start == end or self.text[end - 1] in "-_":
            return None
        lowest = max(start, self.done + 1) if self.done else start
        if host.best[n + 1] is None:
            lowest = max(lowest, self.text.rfind("_", start, end) + 1)
        if start == 0 == self.done and lowest == 0 and self.text[0] not in "-_":
            # At the very start the expression tries first to take one character as what comes before.
            return 1 if end > 1 and _BEGIN.match(self.text, 1, end) else 0
        found = _BEGIN.search(self.text, lowest, end)
        return found.start() if found else None

    def _may_begin(self, at: int) -> bool:
        if at == 0:
            return True
        return at > self.done - (self.done == 0) and bool(_MAY_PRECEDE.match(self.text, at - 1))

    def _scheme_before(self, at: int) -> int | None:
        """Where ``http(s)://`` begins when it stands just before ``at`` and a link may begin there."""
        for length in (7, 8):
            start = at - length
            if start >= 0 and _SCHEME.fullmatch(self.text, start, at) and self._may_begin(start):
                return start
        return None

    def _with_scheme(self, start: int, domain: int, host: _Host, last: int) -> Iterator[Link]:
        tld_end = host.tld_end[last] or 0
        end = self._tail(tld_end).end()
        self.done = end
        if not _is_valid(self.text[domain:tld_end], end - start + domain - start):
            return
        shortened = _SHORTENED.match(self.text, start, end)
        if shortened:
            if len(shortened[1]) > MAX_SHORT_SLUG:
                return
            end = shortened.end()
        yield Link(start, end, True)

    def _bare(self, start: int, host: _Host, last: int) -> Iterator[Link]:
        tld_end = host.tld_end[last] or 0
        tail = self._tail(tld_end)
        self.done = tail.end()
        domain = self.text[start:tld_end]
        if start and self.text[start - 1] in "-_./":
            return
        if not _is_valid(domain, tail.end() - start + len("https://")):
            return
        plain = [Link(start + first, start + end, False) for first, end in _plain_domains(domain)]
        if plain and tail["path"] is not None:
            # The tail is added to the last domain, wherever that one ended.
            plain[-1] = Link(plain[-1].start, plain[-1].end + tail.end() - tld_end, False)
        yield from plain

    def _tail(self, at: int) -> re.Match[str]:
        """Port, path and query."""
        match = _TAIL.match(self.text, at)
        assert match is not None
        return match


def _tld_end(text: str, at: int, stop: int | None = None) -> int | None:
    """Where the top-level domain that begins at ``at`` ends, None when there is none."""
    limit = len(text) if stop is None else stop
    ascii_names, others = top_level_domains()
    word = _ASCII_WORD.match(text, at, limit)
    if word and word.group().lower() in ascii_names and _ends_there(text, word.end(), limit):
        return word.end()
    if at < limit and (not text[at].isascii() or text[at] in "vV"):
        other = others.match(text, at, limit)
        if other:
            return other.end()
    punycode = _PUNYCODE.match(text, at, limit)
    return punycode.end() if punycode else None


def _ends_there(text: str, at: int, limit: int) -> bool:
    return at >= limit or bool(_AFTER_TLD.match(text, at, limit))


@lru_cache(maxsize=1024)
def _plain_domains(domain: str) -> tuple[tuple[int, int], ...]:
    """The parts of a domain written without a scheme that are links: Latin letters, digits and hyphens."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for part in domain.split("."):
        bounds.append((at, at + len(part)))
        at += len(part) + 1
    tld_end = [_tld_end(domain, end + 1, len(domain)) for _, end in bounds[:-1]]
    whole = [bool(_PLAIN_LABEL.fullmatch(domain, *bound)) for bound in bounds]
    best: list[int | None] = [None] * (len(tld_end) + 1)
    for n in range(len(tld_end) - 1, -1, -1):
        here = n if tld_end[n] else None
        further = best[n + 1] if whole[n + 1] else None
        best[n] = further if further is not None else here
    found = []
    done = 0
    for n, (start, end) in enumerate(bounds[:-1]):
        last = best[n]
        if last is None:
            continue
        first = _plain_suffix(domain, max(start, done), end)
        if first < end:
            done = tld_end[last] or 0
            found.append((first, done))
    return tuple(found)


def _plain_suffix(domain: str, start: int, end: int) -> int:
    """Where the longest run of plain characters that reaches ``end`` begins."""
    at = end
    while at > start and _PLAIN_LABEL.match(domain, at - 1):
        at -= 1
    return at


def _is_valid(domain: str, length: int) -> bool:
    """Whether the labels are short enough once encoded, and the whole of ``length`` characters too."""
    return length <= MAX_URL and _is_valid_name(domain)


# The links of a text are those it had at the last keystroke, but for one.
@lru_cache(maxsize=1024)
def _is_valid_name(domain: str) -> bool:
    if not all(0 < _encoded_length(label) <= MAX_LABEL for label in domain.split(".")):
        return False
    return not domain.startswith("xn--") or bool(_plain_domains(domain))


def _encoded_length(label: str) -> int:
    """Length of a label in Punycode; past the limit any figure beyond it will do."""
    if label.isascii() or len(label) > MAX_LABEL:
        return len(label)
    parts = _IDEOGRAPHIC_DOTS.split(label)
    encoded = (part if part.isascii() else "xn--" + _punycode(part) for part in parts)
    return len(".".join(encoded))


def _punycode(part: str) -> str:
    try:
        return part.encode("punycode").decode("ascii")
    except UnicodeError:
        return "-" * MAX_LABEL
