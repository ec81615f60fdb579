"""Light typographic edits of sentences taken from a brief: spaces, apostrophes, quotes, capitals.

Nothing is reworded. Links, addresses, handles and hashtags are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from copilot.domain.brand import Typography
from copilot.domain.network import Network
from copilot.text.typography import apply_all, cheapest_spaces

_Edit = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

NBSP = "\u00a0"
NARROW = "\u202f"

_SPACES = re.compile(r"[ \t\u00a0\u202f\u2009]+")
_KEPT = "\ue000"
_KEPT_BACK = re.compile("\ue000(\\d+)\ue001")
_EDGES = ".,;:!?…)»”\"'"
_EMOTICON = re.compile(r"(?<!\S)[:;]-?[()DPp](?!\S)")
_UNITS = (
    r"(?:€|%|\$|£|kg|g|km|m|cm|mm|l|cl|ml|h|min|s|ans|an|mois|jours?|semaines|kWh?|Wh|Go|Mo|m²|places|personnes|euros)"
)
_PHONE = re.compile(r"(?<![\d+])(?:\+33 ?|0)\d(?: \d\d){4}(?!\d)|(?<![\d+])0\d{2,4} \d{3,4} \d{3,4}(?!\d)")
_WHOLE_PHONE: _Edit = (_PHONE, lambda match: match.group().replace(" ", NBSP))
_FRENCH: tuple[_Edit, ...] = (
    _WHOLE_PHONE,
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\b([ldnsjmtc]|qu)[’'] (?=\w)", re.IGNORECASE), r"\1’"),
    (re.compile(r"\.{3,}"), "…"),
    (re.compile(r"([!?])\1+"), r"\1"),
    (re.compile(r" +([,.…)\]])"), r"\1"),
    (re.compile(r"(?<=[(\[]) +"), ""),
    (re.compile(r'"([^"\n]{1,300})"'), f"«{NBSP}\\1{NBSP}»"),
    (re.compile(r"“([^”\n]{1,300})”"), f"«{NBSP}\\1{NBSP}»"),
    (re.compile(f"«[ {NBSP}]*"), f"«{NBSP}"),
    (re.compile(f"[ {NBSP}]*»"), f"{NBSP}»"),
    (re.compile(r" ?([;!?](?!\d))(?=[\s;!?»)]|$)"), f"{NARROW}\\1"),
    (re.compile(f"{NARROW}([!?]){NARROW}(?=[!?])"), f"{NARROW}\\1"),
    (re.compile(r" ?:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d) ?([€%])"), f"{NBSP}\\1"),
    (re.compile(r"(?<![\d:.,])(\d{1,2}) ?[hH] ?(\d{2})(?!\d)"), f"\\1{NBSP}h{NBSP}\\2"),
    (re.compile(r"(?<![\d:.,])(\d{1,2}) ?[hH](?![\w’])"), f"\\1{NBSP}h"),
    (re.compile(rf"(?<=\d) (?={_UNITS}(?!\w))"), NBSP),
    (re.compile(rf"(?<=h) a (?=\d)|(?<=h{NBSP}\d\d) a (?=\d)"), " à "),
    (re.compile(r"\b([Nn]) ?° ?(?=\d)"), f"\\1°{NBSP}"),
    (re.compile(r"(^(?:[–-] )?|[.!?…] )A (?=\d|partir\b|l’)", re.MULTILINE), "\\1À "),
)
_DAYS = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = r"january|february|march|april|may|june|july|august|september|october|november|december"
_ENGLISH: tuple[_Edit, ...] = (
    _WHOLE_PHONE,
    (re.compile(rf"\b(?:{_DAYS})\b"), lambda match: match.group().capitalize()),
    (re.compile(rf"(?<=\d )(?:{_MONTHS})\b|\b(?:{_MONTHS})(?= \d)"), lambda match: match.group().capitalize()),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=s)'(?=\s)"), "’"),
    (re.compile(r"\.{3,}"), "…"),
    (re.compile(r"([!?])\1+"), r"\1"),
    (re.compile(r" +([,.…;:!?)\]](?:\s|$))"), r"\1"),
    (re.compile(r"(?<=[(\[]) +"), ""),
    (re.compile(r'"([^"\n]{1,300})"'), r"“\1”"),
)


def is_verbatim(word: str) -> bool:
    """True for a link, an e-mail, a handle or a hashtag: nothing inside may change."""
    core = word.lstrip("(«“\"'[<")
    return "://" in word or "@" in word or core.startswith(("www.", "#")) or bool(_DOMAIN.match(core))


_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,12}(?:/\S*)?[.,;:!?)…]*$")


def typeset(text: str, language: str) -> str:
    """``text`` (one paragraph or several lines) with the spaces and signs its language wants."""
    text = _SPACES.sub(" ", text.replace(_KEPT, " ").replace("\ue001", " "))
    kept: list[str] = []

    def keep(word: str) -> str:
        kept.append(word)
        return f"{_KEPT}{len(kept) - 1}\ue001"

    words = []
    for word in re.split(r"( |\n)", text):
        if is_verbatim(word):
            core = word.rstrip(_EDGES)
            words.append(keep(core) + word[len(core) :])
        else:
            words.append(word)
    result = _EMOTICON.sub(lambda match: keep(match.group()), "".join(words))
    for pattern, replacement in _FRENCH if language == "fr" else _ENGLISH:
        result = pattern.sub(replacement, result)
    return _KEPT_BACK.sub(lambda match: kept[int(match.group(1))], result)


def spelled_for(network: Network, text: str) -> str:
    """``text`` with the signs ``network`` takes, and takes cheaply."""
    if network.id == "youtube":
        text = text.replace("<", "‹").replace(">", "›")  # refused there in titles and descriptions
    return cheapest_spaces(text, network)


def set_for(network: Network, text: str, language: str, style: Typography) -> str:
    """:func:`spelled_for`, and as the house writes: the checks then find nothing to mend."""
    return apply_all(spelled_for(network, text), language, network, style)


def capitalised(text: str) -> str:
    """The first letter in upper case, unless the text begins with a link or a name such as ``iPhone``."""
    word = text.split(" ", 1)[0]
    if is_verbatim(word) or (len(word) > 1 and word[1:2].isupper()):
        return text
    for index, char in enumerate(text[:4]):
        if char.isalpha():
            return text[:index] + char.upper() + text[index + 1 :]
        if char.isdigit():
            return text
    return text


def lowered(text: str) -> str:
    """The first letter in lower case when the first word is plain (``Réservez`` but not ``SNCF``)."""
    word = text.split(" ", 1)[0]
    if word in ("À", "A") or (len(word) > 1 and word[1:].islower()):
        return text[:1].lower() + text[1:]
    return text


def sentence(text: str) -> str:
    """``text`` with a capital and a final stop; a text that ends on a link or an address takes none."""
    text = capitalised(text.strip().rstrip(",;:–- ").rstrip())
    if text.endswith(".") and is_verbatim(text.rsplit(" ", 1)[-1]):
        return text.rstrip(".")
    if not text or text.rstrip(f")»”{NBSP} ")[-1:] in (".", "!", "?", "…"):
        return text
    if is_verbatim(text.rsplit(" ", 1)[-1].rsplit("\n", 1)[-1]) or not _ends_in_words(text):
        return text
    return text + "."


def title(text: str) -> str:
    """``text`` as a title: a capital, no final stop."""
    text = capitalised(text.strip().rstrip(",;:–- ").rstrip())
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _ends_in_words(text: str) -> bool:
    last = text[-1]
    return last.isalnum() or last in ")»”%€$£°²³’'\"+"
