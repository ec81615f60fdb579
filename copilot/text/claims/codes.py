"""Codes and numbers of orders: ``CF-88213``, ``NOEL20``, ``S2``."""

from __future__ import annotations

import re

from copilot.domain.claim import ClaimKind
from copilot.text.claims.amounts import PERCENT
from copilot.text.claims.mention import Mention
from copilot.text.claims.scanning import Scan
from copilot.text.lexicons import words

#: "J-5": five days to go.
_COUNTDOWN = re.compile(r"[jd]-\d{1,3}")

_TIMES = re.compile(r"\d{1,3}x\d{1,4}")

_CODE = re.compile(r"[^\W_]+(?:[-/.][^\W_]+){0,6}")

_COMMON_PIECE = re.compile(r"\d*[a-z]{0,9}|\d+(?:h|min|e|k|m)\d*")

_MIXED = re.compile(r"(?=[^\W\d_]*\d)(?=\d*[^\W\d_])")

_WELL_KNOWN = words(
    "co2 mp3 mp4 a3 a4 a5 b2b b2c 4g 5g 2d 3d 4k 8k web3 covid-19 h24 7j 24h o2 h2o 4x4 c2c v1 v2 top10 n1"
)

_ORDER_BEFORE = re.compile(
    r"(?:commandes?|orders?|colis|dossiers?|ref(?:erence|\.)?|tickets?|factures?|invoices?|reservations?|bookings?"
    r"|suivi"
    r"|tracking|parcel|case|incident|reclamation|contrat|client|dossier)\W{0,3}(?:(?:n[°o]?|numero|number|no"
    r"|ref)\W{0,2})?#?$"
)


_CODE_BEFORE = re.compile(r"(?:code|coupon)(?: promo)?\W{0,3}$")


def read_code(scan: Scan, here: int) -> tuple[int, list[Mention]] | None:
    """A code such as ``CF-88213``, ``S2``, ``NOEL20``; the number of an order."""
    start = _start_of_code(scan.text, here)
    glued = scan.text[start:here]
    match = _CODE.match(scan.text, start)
    if not match:
        return None
    value = match.group()
    if _TIMES.fullmatch(value):
        return None
    if _COUNTDOWN.fullmatch(value):
        return match.end(), []
    lead = scan.text[max(0, start - 40) : start]
    ordered = bool(_ORDER_BEFORE.search(lead))
    if (
        glued
        and "-" in glued
        and not (ordered or _CODE_BEFORE.search(lead) or _in_capitals(scan, start, here, match.end()))
    ):
        # "under-18s", "post-2020": a word, then a number of its own.
        return None
    if glued and not value[:1].isdigit():
        known = value in _WELL_KNOWN
        if known:
            return match.end(), []
        kind = ClaimKind.ORDER_NUMBER if ordered or _CODE_BEFORE.search(lead) or len(value) > 5 else ClaimKind.NAME
        return match.end(), [
            Mention(kind, start, match.end(), value.upper(), (f"code {_bare_code(value)}",), about="code")
        ]
    if glued:
        return match.end(), []
    if ordered and len(value) >= 3 and not PERCENT.match(scan.text, match.end()):
        return match.end(), [
            Mention(
                ClaimKind.ORDER_NUMBER, start, match.end(), value.upper(), (f"code {_bare_code(value)}",), about="code"
            )
        ]
    if (
        _MIXED.match(value)
        and len(value) >= 6
        and not all(_COMMON_PIECE.fullmatch(piece) for piece in re.split("[-/.]", value))
    ):
        return match.end(), [
            Mention(
                ClaimKind.ORDER_NUMBER, start, match.end(), value.upper(), (f"code {_bare_code(value)}",), about="code"
            )
        ]
    return None


def _start_of_code(text: str, here: int) -> int:
    """Where the letters begin that the digit at ``here`` is glued to; ``here`` when there are none."""
    start = here
    while start > max(0, here - 42) and (text[start - 1].isalnum() or text[start - 1] in "_/-"):
        start -= 1
    last = text[here - 2 : here - 1] if text[here - 1 : here] == "-" else text[here - 1 : here]
    while start < here and not text[start].isalnum():
        start += 1
    return start if last.isalnum() and any(map(str.isalpha, text[start:here])) else here


def _in_capitals(scan: Scan, start: int, here: int, end: int) -> bool:
    """True for ``CF-12``, not for the ``Under-5s`` that opens a sentence."""
    return scan.capital(start + 1 if here - start > 3 else start, end)


def _bare_code(value: str) -> str:
    return re.sub(r"[-/.]", "", value)
