"""Words in capitals: they read as shouting, and screen readers may spell them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._phrases import MOST, Page, page
from copilot.checks._samples import Sample
from copilot.domain.brand import Brand, HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.lexicons import lexicon

NAME = "shouting"
SEVERITY = Severity.WARNS

#: Shorter words in capitals are mostly acronyms (letters).
LONG = 4
#: Apart from one another, this many words in capitals, and this share of the words, shout as well.
SEVERAL, SHARE = 3, 0.15

_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"[^\S\n]*[,;!?'’–—-]?[^\S\n]*\Z")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of several words in capitals, in a row or scattered; advises against a single emphatic one."""
    if not any(char.isupper() for char in draft.text):
        return
    where = page(draft.text)
    words = list(_WORD.finditer(where.prose))
    own = _own(context.brand)
    runs = [run for run in _runs(where, words, own) if run]
    shouted = [word for run in runs for word in run if _is_loud(where, word, own)]
    rows = [run for run in runs if _is_row(where, run, own)]
    for run in rows[:MOST]:
        yield _finding(draft, where, run, Severity.WARNS)
    if rows:
        return
    if len(shouted) >= SEVERAL and len(shouted) >= SHARE * len(words):
        yield _finding(draft, where, shouted[:1], Severity.WARNS)
        return
    for word in shouted[:MOST]:
        if where.plain[word.start() : word.end()] in lexicon("checks_shouted"):
            yield _finding(draft, where, [word], Severity.ADVISES)


def _typed(where: Page, word: re.Match[str]) -> str:
    return where.written(word.start(), word.end())


def _is_capital(where: Page, word: re.Match[str]) -> bool:
    typed = _typed(where, word)
    return typed.isupper() and (len(typed) > 1 or typed in "ÀAÔOYIL")


def _is_loud(where: Page, word: re.Match[str], own: frozenset[str]) -> bool:
    typed = _typed(where, word)
    plain = where.plain[word.start() : word.end()]
    around = where.plain[max(0, word.start() - 1) : word.start()] + where.plain[word.end() : word.end() + 1]
    return (
        len(typed) >= LONG
        and typed.isupper()
        and plain not in lexicon("checks_acronyms")
        and plain not in own
        and not any(char.isdigit() or char in "_&" for char in around)
    )


def _runs(where: Page, words: list[re.Match[str]], own: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Words in capitals that follow one another on a line."""
    run: list[re.Match[str]] = []
    for word in words:
        if not _is_capital(where, word):
            yield run
            run = []
            continue
        if run and not _LINK.fullmatch(where.plain, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    yield run


def _is_row(where: Page, run: list[re.Match[str]], own: frozenset[str]) -> bool:
    loud = [word for word in run if _is_loud(where, word, own)]
    letters = sum(len(_typed(where, word)) for word in loud)
    spoken = lexicon("checks_shouted")
    said = sum(len(_typed(where, word)) < LONG and where.plain[word.start() : word.end()] in spoken for word in run)
    return len(loud) + said >= 2 or (bool(loud) and len(run) >= 3 and letters >= 5)


@lru_cache(maxsize=8)
def _own_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in _WORD.findall(page(name).plain))


def _own(brand: Brand | None) -> frozenset[str]:
    """The words of the brand's name and of those it writes its own way."""
    return _own_words((brand.name, *brand.style.words, *brand.accounts.values())) if brand else frozenset()


def _finding(draft: Draft, where: Page, run: list[re.Match[str]], weight: Severity) -> Finding:
    start, end = where.span(run[0].start(), run[-1].end())
    quote = draft.text[start:end]
    calm = quote.lower()
    before = draft.text[max(0, start - 8) : start].rstrip()
    opens = start == 0 or not before or before[-1] in ".!?…:" or draft.text[start - 1] == "\n"
    fix = calm[:1].upper() + calm[1:] if opens else calm
    return Finding(NAME, weight, start, end, Wording("check.shouting", {"quote": quote}), quote, fix)


BAD = {
    "fr": (
        Sample("GRANDE BRADERIE ce samedi à l’atelier !"),
        Sample("VENEZ À LA FÊTE samedi."),
        Sample("VENEZ tous DEMAIN pour une OFFRE de rentrée et une belle SURPRISE."),
        Sample("Entrée GRATUITE pour les enfants."),
    ),
    "en": (
        Sample("HUGE SALE this Saturday.", language="en"),
        Sample("PLEASE STOP writing to us.", part=("reply"), language=("en")),
    ),
}
GOOD = {
    "fr": (
        Sample("La SNCF et la RATP ouvrent une ligne vers l’UNESCO, avec Marie DUPONT."),
        Sample("Le XR650 et le AUBRELLE sont là.", style=HouseStyle(words=("Aubrelle",))),
        Sample("Suivez #GRANDEBRADERIE et lisez « ENTRÉE LIBRE ICI »."),
        Sample("À VTT dans le 63, FAQ en ligne, CDI à pourvoir."),
    ),
    "en": (Sample("NASA and UNESCO meet in the UK. FAQ online.", language="en"),),
}
