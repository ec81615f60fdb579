"""Spaces too many, spaces missing after a sign, spaces nobody sees at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks.line_breaks import squeezed_from
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.typography import masked
from copilot.text.typography.edit import NARROW, NBSP, SPACES
from copilot.text.typography.protected import LINK, OTHER, TAG

NAME = "spacing"
SEVERITY = Severity.ADVISES

#: Enough to show one by one; fixes go on in the next round.
MOST = 400
#: Blank lines in a row that are left alone.
BLANK_LINES = 2

_LETTER = r"[^\W\d_]"
_LOWER = "[a-zà-öø-ÿœ]"
_UPPER = "[A-ZÀ-ÖØ-ÞŒ]"
_MASKS = LINK + TAG + OTHER
# Not before a sign that typography gives its own space, nor after an opening guillemet.
_DOUBLE = re.compile(rf"(?<=[^\s«])[{SPACES}]{{2,}}(?=[^\s»;:!?,.]|[,.][^\s])")
_BEFORE_STOP = re.compile(rf"(?<=[\w)»”\"’%€])[ \t{NBSP}{NARROW}]+(?=[,.](?:\s|\Z)|,{_LETTER})")
_AFTER_COMMA = re.compile(rf"(?<={_LETTER}{_LETTER})([,;])(?={_LETTER}{_LETTER})")
_AFTER_STOP = re.compile(rf"(?<={_LOWER}{_LOWER}{_LOWER})([.…])(?={_UPPER}(?:{_LOWER}|[’' ]))")
_AFTER_MARK = re.compile(rf"(?<=[^\W_])([!?]+)(?={_UPPER}{_LOWER})|(?<=[{SPACES}])([!?]+)(?={_LETTER}{_LETTER})")
_INSIDE_BRACKET = re.compile(rf"(?<=[(\[])[{SPACES}]+(?=[\w«“])|(?<=[\w.!?…»”])[{SPACES}]+(?=[)\]](?:[\s.,;:!?]|\Z))")
_TRAILING = re.compile(r"(?<=\S)[ \t\u00a0\u202f]+(?=\r?\n|\Z)")
_BLANK = re.compile(r"\r?\n(?:[ \t\u00a0]*\r?\n){3,}")
_NAMES = ("yahoo", "wham", "jeopardy", "kahoot", "joomla")
_MARKDOWN_BREAK = "  "


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises of each place, with its fix; links, names, tags, code, slots and emoticons are left alone."""
    left = MOST
    text = masked(draft.text)
    for start, end, fix, kind in _found(text, draft):
        if not left:
            return
        left -= 1
        yield Finding(NAME, SEVERITY, start, end, _WORDINGS[kind], draft.text[start:end], fix, automatic=True)


_Found = tuple[int, int, str, str]


def _found(text: str, draft: Draft) -> Iterator[_Found]:
    yield from _too_many(text, draft)
    yield from _missing(text)
    if "\n" in text:
        yield from _blank_lines(text, draft)


def _too_many(text: str, draft: Draft) -> Iterator[_Found]:
    for match in _DOUBLE.finditer(text):
        if not _is_laid_out(text, match.start()):
            kept = next((char for char in match.group() if char in (NBSP, NARROW)), " ")
            yield match.start(), match.end(), kept, "double"
    for match in _BEFORE_STOP.finditer(text):
        yield match.start(), match.end(), "", "before_stop"
    for match in _INSIDE_BRACKET.finditer(text):
        if text[max(0, match.start() - 3) : match.start() + 1] != "- [" and text[match.end() : match.end() + 1]:
            yield match.start(), match.end(), "", "bracket"
    for match in _TRAILING.finditer(text):
        breaks = match.group() == _MARKDOWN_BREAK and draft.network.capabilities.markup == "markdown"
        if not (breaks and match.end() < len(text)):
            yield match.start(), match.end(), "", "trailing"


def _is_laid_out(text: str, at: int) -> bool:
    """A row of a table, or a list mark with its margin."""
    start = text.rfind("\n", max(0, at - 400), at) + 1
    lead = text[start:at].lstrip()
    return lead.startswith("|") or len(lead) <= 2


def _missing(text: str) -> Iterator[_Found]:
    for match in _AFTER_COMMA.finditer(text):
        yield match.start(), match.end(), f"{match[1]} ", "after"
    for match in _AFTER_STOP.finditer(text):
        yield match.start(), match.end(), f"{match[1]} ", "after"
    for match in _AFTER_MARK.finditer(text):
        if not text[max(0, match.start() - 8) : match.start()].lower().endswith(_NAMES):
            yield match.start(), match.end(), f"{match.group()} ", "after"


def _blank_lines(text: str, draft: Draft) -> Iterator[_Found]:
    if squeezed_from(draft.network) is not None:
        return
    for match in _BLANK.finditer(text):
        yield match.start(), match.end(), "\n" * (BLANK_LINES + 1), "blank_lines"


_WORDINGS = {
    "double": Wording("check.spacing.double"),
    "before_stop": Wording("check.spacing.before_stop"),
    "bracket": Wording("check.spacing.bracket"),
    "trailing": Wording("check.spacing.trailing"),
    "after": Wording("check.spacing.after"),
    "blank_lines": Wording("check.spacing.blank_lines"),
}
BAD = {
    "fr": (
        Sample("L’atelier  ouvre samedi."),
        Sample("Bonjour , merci à vous ."),
        Sample("Bonjour,merci à vous."),
        Sample("C’est fini.Nous fermons."),
        Sample("Quelle joie\u202f!Nous ouvrons."),
        Sample("Merci à tous. \nÀ demain."),
        Sample("Merci.\n\n\n\n\nÀ demain."),
        Sample("L’atelier ( ouvert ) vous attend."),
    ),
    "en": (
        Sample("The workshop  opens on Saturday.", language="en"),
        Sample("Hello ,thank you .", language="en"),
        Sample("It is over.We close.", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("L’atelier ouvre, samedi. À demain…\n\n- un\n- deux\n\nMerci (vraiment) :)"),
        Sample("Node.Js, S.N.C.F., 3,50\u00a0€, adhérent.e.s, https://a.fr/x,y, @nom.Prenom, #a,b, {nom}, M.Dupont"),
        Sample("Ligne un  \nLigne deux\n\n| a  | b  |", network="reddit"),
        Sample("Yahoo!France et 1.Un", network="x"),
        Sample("Un point\n.\n.\nDeux"),
    ),
    "en": (Sample("Hello, world. It's 3,500 or 2.5? Yes! `a,b  c`", language="en"),),
}
