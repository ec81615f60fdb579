"""Bytes to text: which encoding a file is in, and characters no text should carry."""

from __future__ import annotations

import codecs
import re

#: Enough to see the alternation of NUL bytes that betrays UTF-16 without its mark.
_SAMPLE = 4096

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAC_ROMAN = "mac-roman"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

#: Dropped from texts: C0 and C1 controls but tab and line feed, DEL, lone marks and non-characters.
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: A valid UTF-8 sequence of several bytes, to weigh a mostly-UTF-8 file against cp1252.
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

#: Mac Roman: à ç é è ê ù in a word, where cp1252 has signs that stand in none, or nothing at all.
_MAC = re.compile(rb"(?<=[a-z])[\x88\x8d-\x90\x9d]|[\x8d\x8f\x90\x9d](?=[a-z])")
#: Not Mac Roman: what would be a capital after a small letter there, or a sign of mathematics.
_NOT_MAC = re.compile(
    rb"(?<=[a-z])[\x80-\x86\xae\xaf\xcb-\xce\xd9\xe5-\xef\xf1-\xf4]"
    rb"|[\xa2\xa4\xa6\xab-\xad\xb0-\xbd\xc2-\xc6\xd6\xd7\xda\xdc-\xe4\xf0\xf5-\xff]"
)
#: Words that prove it, where the line ends do not: those of Mac Roman's time are carriage returns alone.
_MAC_WORDS = 3


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of ``content`` and the name of its encoding; never fails.

    The mark wins, then the pattern of NUL bytes, then UTF-8 if it holds, then ``declared``, then Mac Roman where that
    is certain, then cp1252 (a byte cp1252 does not define is read as Latin-1).
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    wide = _utf16_without_mark(content)
    if wide:
        return content.decode(wide, "replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_legacy(content, declared)


def encoding_of(start: bytes) -> str:
    """The encoding that :func:`decode` would choose for a file that begins with ``start``; a cut letter is no fault."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    wide = _utf16_without_mark(start)
    if wide:
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "utf-8" if _is_damaged_utf8(start) else _of_one_byte(start)
    return "utf-8"


def _decode_legacy(content: bytes, declared: str | None) -> tuple[str, str]:
    if _is_damaged_utf8(content):
        return content.decode("utf-8", "replace"), "utf-8"
    if declared:
        try:
            return content.decode(declared), declared.lower()
        except (LookupError, ValueError):
            pass
    if _of_one_byte(content) == _MAC_ROMAN:
        return content.decode(_MAC_ROMAN), _MAC_ROMAN
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return "".join(_cp1252_char(byte) for byte in content), "cp1252"


def _of_one_byte(content: bytes) -> str:
    """Mac Roman, which spreadsheets on a Mac write, where nothing else can be meant; else cp1252."""
    words = len(_MAC.findall(content))
    has_old_line_ends = b"\r" in content and b"\n" not in content
    is_mac = words >= (1 if has_old_line_ends else _MAC_WORDS) and not _NOT_MAC.search(content)
    return _MAC_ROMAN if is_mac else "cp1252"


def _cp1252_char(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _is_damaged_utf8(content: bytes) -> bool:
    """True when most bytes above ASCII form valid UTF-8: a cut or a stray byte, not another encoding."""
    high = len(_HIGH.findall(content))
    valid = sum(len(found) for found in _MULTIBYTE.findall(content))
    return valid * 10 >= high * 9


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # In French or English nearly every high byte is zero and no low byte is.
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def clean(text: str) -> str:
    """``text`` with line feeds for line ends, no control character but tab, and no lone surrogate."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATE.sub("\ufffd", text)


def tidy(text: str) -> str:
    """Cleaned text without trailing spaces, blank edges, or more than one blank line in a row."""
    lines = [line.rstrip() for line in clean(text).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def mostly_controls(content: bytes) -> bool:
    """True when the bytes cannot be text: more than one control byte in twenty, but UTF-16."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16_without_mark(content):
        return False
    sample = content[: _SAMPLE * 4]
    controls = sum(sample.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13))
    # A few stray controls in a short note do not make it a program.
    return controls > max(8, len(sample) // 20)
