"""Typography of a text, French and English: what would be mended, place by place, and all of it at once.

Nothing inside links, e-mails, names, tags, times, emoticons, code or slots changes. Spaces are those that cost least on
the network; a text that fits still fits once mended. No word changes, apart from the accent of a listed capital and
the ending of an ordinal (``1re``, ``2e``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from copilot.domain.brand import Typography
from copilot.domain.network import Network
from copilot.text.measure import measure
from copilot.text.typography import english, french, french_capitals, french_figures
from copilot.text.typography.edit import NARROW, NBSP, Edit, Habits, Reason, counts_spaces, habits_of
from copilot.text.typography.protected import masked

__all__ = ["Edit", "Reason", "applied", "apply_all", "cheapest_spaces", "edits", "fitting", "masked", "size_on"]

#: One edit may call for another; no text is known to need more than three passes.
MOST_PASSES = 8


def edits(
    text: str,
    language: str,
    network: Network | None = None,
    style: Typography = Typography.FRANCE,
    *,
    part: str = "post",
) -> list[Edit]:
    """What would be mended in ``text``, in order, none over another; whatever room there is.

    Args:
        text: any text.
        language: ``fr`` or ``en``; nothing is said of another.
        network: where it goes, for the cost of a space; None when that is not known.
        style: the house's habits, in French only.
        part: ``post``, ``reply``, ``title``...
    """
    if language.startswith("fr"):
        return _in_order(_french(masked(text), habits_of(style, network, part)))
    if language.startswith("en"):
        return _in_order(_english(masked(text)))
    return []


def _french(text: str, habits: Habits) -> Iterator[Edit]:
    yield from french.signs(text, habits)
    yield from french.guillemets(text, habits)
    yield from french.quotes(text, habits)
    yield from french.apostrophes(text)
    yield from french.ellipses(text)
    yield from french_figures.hours(text, habits)
    yield from french_figures.units(text, habits)
    yield from french_figures.numbers(text, habits)
    yield from french_figures.ordinals(text)
    yield from french_figures.thousands(text, habits)
    yield from french_capitals.capitals(text)


def _english(text: str) -> Iterator[Edit]:
    yield from english.signs(text)
    yield from english.apostrophes(text)
    yield from english.quotes(text)


def _in_order(found: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    last = (-1, -1)
    for edit in sorted(found, key=lambda one: (one.start, one.end)):
        if edit.start >= last[1] and (edit.start, edit.end) != last:
            kept.append(edit)
            last = (edit.start, edit.end)
    return kept


def applied(text: str, found: Iterable[Edit]) -> str:
    """``text`` with ``found`` (in order, none over another) made."""
    pieces: list[str] = []
    at = 0
    for edit in found:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, text[at:]])


def fitting(text: str, found: list[Edit], fits: Callable[[str], bool], size: Callable[[str], int]) -> list[Edit]:
    """``found``; when all of it would make a text that fits too long, what lengthens it is marked ``fits=False``.

    Args:
        text: the text the edits are for.
        found: from :func:`edits`.
        fits: whether a text fits where it goes, with all that goes along.
        size: how long a few signs are there, in any unit that ranks them as the network does.
    """
    if not found or fits(applied(text, found)) or not fits(text):
        return found
    return [
        replace(edit, fits=False) if size(edit.replacement) > size(text[edit.start : edit.end]) else edit
        for edit in found
    ]


def apply_all(
    text: str,
    language: str,
    network: Network | None = None,
    style: Typography = Typography.FRANCE,
    *,
    part: str = "post",
) -> str:
    """``text`` with everything mended that leaves it within the limit; applied again, it changes nothing more.

    Args:
        text: any text.
        language: ``fr`` or ``en``; a text in another comes back as it is.
        network: where it goes; None when that is not known.
        style: the house's habits, in French only.
        part: ``post``, ``reply``, ``title``...
    """
    for _ in range(MOST_PASSES):
        found = edits(text, language, network, style, part=part)
        if network is not None:
            found = fitting(text, found, lambda one: _fits(one, network, part), size_on(network, part))
        mended = applied(text, (edit for edit in found if edit.fits))
        if mended == text:
            break
        text = mended
    return text


def cheapest_spaces(text: str, network: Network, part: str = "post") -> str:
    """``text`` with the ordinary no-break space for the narrow one where ``network`` charges that one more."""
    return text.replace(NARROW, NBSP) if counts_spaces(network, part) else text


def _fits(text: str, network: Network, part: str) -> bool:
    return measure(text, network, part).fits


def size_on(network: Network, part: str) -> Callable[[str], int]:
    """How long a few signs are on ``network``."""
    return lambda signs: measure(signs, network, part).count
