"""Words of a text whatever their case, accents and apostrophes, with where they stand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from copilot.checks._inflections import inflections
from copilot.checks._phrases import page

_CHUNK = re.compile(r"\S+")
_DOT_INSIDE = re.compile(r"\w[.:/]+\w")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")


def find_word(word: str, text: str) -> list[tuple[int, int]]:
    """Where the word or words ``word`` stand in ``text``, as whole words, inflected or not."""
    pattern = _pattern(word)
    if pattern is None:
        return []
    where = page(text)
    spans = (where.span(*match.span()) for match in pattern.finditer(where.plain))
    return [span for span in spans if not _gains_an_accent(word, text[slice(*span)])]


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str] | None:
    wanted = page(word).plain.split()
    if not wanted:
        return None
    alone = len(wanted) == 1
    several = r"\s+".join(_forms(one, alone=alone) for one in wanted)
    return re.compile(rf"(?<!\w){several}(?!\w)")


def _forms(word: str, *, alone: bool) -> str:
    """An alternation of the forms of ``word``; what it is elided with stays: "n'hésitez"."""
    elided, sign, last = word.rpartition("'")
    forms = "|".join(map(re.escape, inflections(last, alone=alone)))
    written = f"{re.escape(elided + sign)}(?:{forms})"
    return written.replace("œ", "oe").replace("oe", "(?:oe|œ)").replace("ss", "(?:ss|ß)")


def _gains_an_accent(word: str, found: str) -> bool:
    """Whether ``found`` ends in "é" where ``word`` ends in "e": "usiné" is no form of "usine"."""
    last = unicodedata.normalize("NFC", found)[-1:]
    return last in ("é", "É") and word[-1:] in ("e", "E")


def without_quotes_and_links(text: str) -> str:
    """``text``, as long as before, with spaces in place of quotations, links, e-mails, hashtags and handles."""
    text = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    return _CHUNK.sub(lambda match: " " * len(match.group()) if _is_no_prose(match.group()) else match.group(), text)


def _is_no_prose(chunk: str) -> bool:
    return any(sign in chunk for sign in "@#＃") or bool(_DOT_INSIDE.search(chunk))
