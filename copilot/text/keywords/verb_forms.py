"""The forms of frequent French and English verbs, built from the infinitives of ``assets/lexicons``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copilot.text.lexicons import lexicon

_FIRST_GROUP = [
    "e",
    "es",
    "ent",
    "ons",
    "ez",
    "er",
    "ant",
    "é",
    "ée",
    "és",
    "ées",
    "era",
    "eront",
    "erons",
    "erez",
    "erait",
    "eraient",
    "ait",
    "aient",
]
_SECOND_GROUP = [
    "is",
    "it",
    "issons",
    "issez",
    "issent",
    "issant",
    "ir",
    "i",
    "ie",
    "ies",
    "irons",
    "irez",
    "ira",
    "iront",
    "irait",
]
_SOFTENED = str.maketrans({"c": "ç", "g": "ge"})
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=2)
def verb_forms(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Forms of ``fr`` or ``en`` verbs in lower case: those that are verbs, and those that are nouns as well."""
    sure = set(lexicon(f"hashtag_verb_forms.{language}"))
    double: set[str] = set()
    for listed in lexicon(f"hashtag_verbs.{language}"):
        base = listed.rstrip("*")
        forms = set(_french(base) if language == "fr" else _english(base))
        nouns = forms & _nominal(base, language) if listed.endswith("*") else set()
        sure |= forms - nouns
        double |= nouns
    double |= lexicon(f"hashtag_nouns.{language}")
    return frozenset(sure - double), frozenset(double)


def _nominal(base: str, language: str) -> set[str]:
    """The forms of a starred verb that are nouns too."""
    if language == "fr":
        stem = base[:-2]
        return {f"{stem}e", f"{stem}es"}
    return {base, _with_s(base)}


def _french(base: str) -> Iterator[str]:
    if not base.endswith(("er", "ir")):
        yield base
        return
    stem = base[:-2]
    for ending in _FIRST_GROUP if base.endswith("er") else _SECOND_GROUP:
        hard = base.endswith("er") and ending[0] in "oa" and stem[-1] in "cg"
        yield (stem[:-1] + stem[-1].translate(_SOFTENED) if hard else stem) + ending


def _english(base: str) -> Iterator[str]:
    yield base
    yield _with_s(base)
    if base.endswith("e"):
        yield from (f"{base}d", f"{base[:-1]}ing")
    elif base.endswith("y") and base[-2] not in _VOWELS:
        yield from (f"{base[:-1]}ied", f"{base}ing")
    else:
        yield from (f"{base}ed", f"{base}ing")
        if len(base) > 2 and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
            yield from (f"{base}{base[-1]}ed", f"{base}{base[-1]}ing")


def _with_s(base: str) -> str:
    if base.endswith(("s", "x", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in _VOWELS else f"{base}s"
