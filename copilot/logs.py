"""Logs of a profile: rotating, and redacted before anything is written.

Texts that people wrote never go to a log: callers log ids, kinds and counts. The filter is the second
line of defence, for what an exception or a library may carry.
"""

from __future__ import annotations

import logging
import re
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_BYTES = 1_000_000
KEPT_FILES = 3

_PATTERNS = (
    # Keys: what follows the usual names, and the shapes providers give them.
    (
        re.compile(
            r"(?i)\b(authorization|api[-_ ]?key|token|secret|password|bearer)\b"
            r"(['\"]?\s*[:=]?\s*['\"]?)(?:bearer\s+)?[^\s,'\"}]+"
        ),
        r"\1\2[key]",
    ),
    (re.compile(r"\b(?:sk|pk|rk|gsk|hf|xai|or)-[A-Za-z0-9_-]{8,}"), "[key]"),
    (re.compile(r"\bhf_[A-Za-z0-9]{8,}"), "[key]"),
    (re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+@"), "[key]@"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), "[email]"),
    # A date written 2026-11-21 is no number to call.
    (re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+|00)?\d(?:[ .\u00a0\u202f-]?\d){7,14}(?![\w])"), "[phone]"),
    (re.compile(r"(?<![\w@])@[A-Za-z0-9_.]{2,30}"), "[handle]"),
)
_LONGEST = 2_000
#: Runs of quoted or free text this long are content, not diagnostics.
_QUOTED = re.compile(r"(['\"«])[^'\"»\n]{40,}(['\"»])")


def redact(text: str) -> str:
    """``text`` without keys, e-mails, phones, handles or long quoted passages; cut at 2,000 characters."""
    text = text[: _LONGEST * 4]
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    text = _QUOTED.sub(r"\1[text]\2", text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "[…]"


class RedactingFormatter(logging.Formatter):
    """Writes date, level and logger as they are, and what follows redacted, exception included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line to write."""
        # Another listener may have left its own words of the exception in the record, messages and all.
        record = copy(record)
        record.exc_text = None
        return f"{self.formatTime(record)} {record.levelname} {record.name} {redact(super().format(record))}"

    def formatException(self, ei: object) -> str:  # noqa: N802  # the name is the standard library's
        """A traceback of places alone: no message and no source line, which may quote what a person wrote.

        A place is the last two parts of its file: a whole path may hold a person's name.
        """
        import traceback

        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        kind, _value, where = ei
        frames = traceback.extract_tb(where) if where else []
        places = [f"  {'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]
        return "\n".join([*places, kind.__name__])


def start(folder: Path, level: int = logging.INFO) -> logging.Handler | None:
    """Log ``replique.*`` into ``folder``; None when it cannot be written (never an error for that)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = RotatingFileHandler(
            folder / "replique.log", maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    target.setFormatter(RedactingFormatter("%(message)s"))
    logger = logging.getLogger("replique")
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(target)
    return target


def stop(target: logging.Handler | None) -> None:
    """Close what :func:`start` opened."""
    if target:
        logging.getLogger("replique").removeHandler(target)
        target.close()
