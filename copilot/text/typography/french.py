"""French signs: spaces before and after them, guillemets, apostrophes, ellipses. Over a masked text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.typography.edit import SPACES, Edit, Habits, Reason, back_over_spaces, over_spaces, spaced
from copilot.text.typography.protected import LINK, TAG

_HIGH = re.compile(r"(?<![!?])[!?]++(?=[\s»”\")\]*_~…\u2190-\U0010ffff]|\Z)|(?<![;:]);(?=[\s»”\"*]|\Z)")
_COLON = re.compile(r"(?<![;:]):(?=[\s«“\"]|\*\*|__|\Z)")
_ENDS_WORD = frozenset(')]»”’%‰€$£…"*_+°²³½')
_YEAR = re.compile("[0-9]{4}")
#: Names that end with a sign.
_NAMES = ("yahoo", "wham", "jeopardy", "kahoot", "joomla", "yum", "oulipo")
_LETTER = r"[^\W\d_]"
_APOSTROPHE = re.compile(rf"(?:(?<={_LETTER})|(?<=[\u0300-\u036f]))['´‘](?={_LETTER})")
_ELISION = re.compile(
    r"(?<![\w'’])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(['´‘])(?=[«“\"(0-9\ue000-\ue002])", re.IGNORECASE
)
_ELLIPSIS = re.compile(r"(?<![./\\…])\.{3}(?![./\\…])")
_ET_CETERA = re.compile(rf"(?<!\w)etc([{SPACES}]?(?:\.{{2,4}}|\.?…))(?![./\\…])", re.IGNORECASE)
_QUOTE_TOKEN = re.compile('["“”«»\n]')
_GUILLEMET = re.compile("[«»]")
_MAY_OPEN_AFTER = frozenset("([{'’-–—/:;,.!?…*_«“\n\r")
_MAY_CLOSE_BEFORE = frozenset(")]}'’-–—/:;,.!?…*_»”\n\r")


def signs(text: str, habits: Habits) -> Iterator[Edit]:
    """The space before ``; ! ?`` and before ``:``. A cluster such as ``?!`` takes one."""
    for match in _HIGH.finditer(text):
        if not (match.group()[0] == "!" and _ends_a_name(text, match.start())):
            yield from _before(text, match.start(), habits, Reason.HIGH)
    for match in _COLON.finditer(text):
        yield from _before(text, match.start(), habits, Reason.COLON)


def _before(text: str, at: int, habits: Habits, reason: Reason) -> Iterator[Edit]:
    left = back_over_spaces(text, at)
    run, before = text[left:at], text[left - 1 : left]
    if before in (LINK, TAG):
        # An ordinary space: some apps take a no-break one into the link.
        if run != " " and not (before == TAG and run) and (run or habits.high.right):
            yield Edit(left, at, " ", Reason.AFTER_LINK)
        return
    if not _ends_word(before, run) or (reason is Reason.COLON and _is_between_figures(text, left, at)):
        return
    edit = spaced(left, at, run, habits.colon if reason is Reason.COLON else habits.high, reason)
    # A house without spaces there may still want one after an emoji.
    if edit and not (edit.reason is Reason.EXTRA and before > "\u2190"):
        yield edit


def _ends_word(before: str, run: str) -> bool:
    if not before:
        return False
    if before == ".":
        return bool(run)
    return before.isalnum() or before in _ENDS_WORD or before > "\u2190" or "\u0300" <= before <= "\u036f"


def _is_between_figures(text: str, left: int, at: int) -> bool:
    """A score or an hour (``3 : 1``, ``10: 30``); after a year, a colon is one like any other."""
    right = over_spaces(text, at + 1)
    return (
        text[left - 1].isdigit()
        and text[right : right + 1].isdigit()
        and not _YEAR.fullmatch(text, max(0, left - 4), left)
    )


def _ends_a_name(text: str, at: int) -> bool:
    return text[max(0, at - 8) : at].lower().endswith(_NAMES)


def guillemets(text: str, habits: Habits) -> Iterator[Edit]:
    """The space inside guillemets."""
    for match in _GUILLEMET.finditer(text):
        at = match.start()
        edit = _inside_opening(text, at, habits) if match.group() == "«" else _inside_closing(text, at, habits)
        if edit:
            yield edit


def _inside_opening(text: str, at: int, habits: Habits) -> Edit | None:
    right = over_spaces(text, at + 1)
    after = text[right : right + 1]
    if not after or after in "\n\r«»":
        return None
    # »so« quotes some other languages.
    if right == at + 1 and text[at - 1 : at].isalnum() and not after.isalnum():
        return None
    return spaced(at + 1, right, text[at + 1 : right], habits.inside, Reason.GUILLEMETS)


def _inside_closing(text: str, at: int, habits: Habits) -> Edit | None:
    left = back_over_spaces(text, at)
    before, run = text[left - 1 : left], text[left:at]
    if not before or before in "\n\r«»" or (not run and not _closes(before)):
        return None
    if text[at + 1 : at + 2].isalnum() and (run or not before.isalnum()):
        return None
    if before == LINK:
        return None if run in ("", " ") else Edit(left, at, " ", Reason.AFTER_LINK)
    return spaced(left, at, run, habits.inside, Reason.GUILLEMETS)


def _closes(before: str) -> bool:
    return before.isalnum() or before in ".,;:!?…)]%€$'’”\"*_" or before > "\u2190" or "\u0300" <= before <= "\u036f"


def quotes(text: str, habits: Habits) -> Iterator[Edit]:
    """Straight and English quotation marks made guillemets, or English ones inside guillemets. Pairs of a line only."""
    if '"' not in text and "“" not in text:
        return
    line: list[re.Match[str]] = []
    for token in _QUOTE_TOKEN.finditer(text):
        if token.group() == "\n":
            yield from _quotes_of_line(text, line, habits)
            line = []
        else:
            line.append(token)
    yield from _quotes_of_line(text, line, habits)


def _quotes_of_line(text: str, tokens: list[re.Match[str]], habits: Habits) -> Iterator[Edit]:
    inside = False
    opened: tuple[int, bool] | None = None
    found: list[Edit] = []
    for token in tokens:
        sign, at = token.group(), token.start()
        if sign in "«»":
            if opened is not None:
                return
            inside = sign == "«"
        elif opened is None:
            if sign == "”" or not may_open(text, at):
                return
            opened = at, sign == '"'
        else:
            start, straight = opened
            if (sign == '"') != straight or sign == "“" or not may_close(text, at) or at == start + 1:
                return
            opened = None
            if not inside:
                gap = habits.inside.right
                found += [Edit(start, start + 1, f"«{gap}", Reason.QUOTES), Edit(at, at + 1, f"{gap}»", Reason.QUOTES)]
            elif straight:
                found += [Edit(start, start + 1, "“", Reason.QUOTES), Edit(at, at + 1, "”", Reason.QUOTES)]
    if opened is None:
        yield from found


def may_open(text: str, at: int) -> bool:
    """Whether a quotation mark at ``at`` can open what it quotes."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    fine = not before or before.isspace() or before in _MAY_OPEN_AFTER or before > "\u2190"
    return fine and bool(after) and not after.isspace()


def may_close(text: str, at: int) -> bool:
    """Whether a quotation mark at ``at`` can close what it quotes."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    fine = not after or after.isspace() or after in _MAY_CLOSE_BEFORE or after > "\u2190"
    return fine and bool(before) and not before.isspace()


def apostrophes(text: str) -> Iterator[Edit]:
    """``’`` between letters, and after an elision."""
    if "'" not in text and "´" not in text and "‘" not in text:
        return
    for match in _APOSTROPHE.finditer(text):
        yield Edit(match.start(), match.end(), "’", Reason.APOSTROPHE)
    for match in _ELISION.finditer(text):
        yield Edit(match.start(1), match.end(1), "’", Reason.APOSTROPHE)


def ellipses(text: str) -> Iterator[Edit]:
    """Three dots made one sign, and a single dot after ``etc``."""
    if "…" not in text and ".." not in text:
        return
    ended = set()
    for match in _ET_CETERA.finditer(text):
        ended.add(match.end())
        yield Edit(match.start(1), match.end(1), ".", Reason.ET_CETERA)
    for match in _ELLIPSIS.finditer(text):
        if match.end() not in ended:
            yield Edit(match.start(), match.end(), "…", Reason.ELLIPSIS)
